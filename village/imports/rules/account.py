"""What is told of each row before anything is kept: accepted, corrected, or refused and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Generic, TypeVar

from village.kit.refusal import Refusal

Value = TypeVar("Value")


class Kind(StrEnum):
    """What a sheet holds."""

    PEOPLE = "people"
    EXHIBITORS = "exhibitors"


class Verdict(StrEnum):
    """What becomes of a row."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REFUSED = "refused"


@dataclass(frozen=True)
class Note:
    """Something mended in a cell, or worth a look: a code of `wording.NOTES`, the heading, before and after."""

    code: str
    heading: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class RowAccount(Generic[Value]):
    """One row: its line in the file, a name to know it by, what was mended, what speaks against it."""

    number: int
    label: str
    value: Value | None
    notes: tuple[Note, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Refused if anything speaks against it, corrected if anything was mended or noted, else accepted."""
        if self.refusals:
            return Verdict.REFUSED
        return Verdict.CORRECTED if self.notes else Verdict.ACCEPTED


@dataclass(frozen=True)
class Account(Generic[Value]):
    """All rows of a sheet."""

    rows: tuple[RowAccount[Value], ...]

    def count(self, verdict: Verdict) -> int:
        """How many rows have this verdict."""
        return sum(row.verdict is verdict for row in self.rows)

    @property
    def kept(self) -> list[Value]:
        """The values of the rows that are not refused, in the order of the file."""
        return [row.value for row in self.rows if row.value is not None and not row.refusals]

    @property
    def digest(self) -> str:
        """A fingerprint of the verdicts: what was shown and what is loaded must agree on it."""
        lines = (f"{row.number}:{row.verdict}:{row.label}" for row in self.rows)
        return sha256("\n".join(lines).encode()).hexdigest()


class RowReader:
    """The cells of one row under their fields, gathering notes and refusals while they are read."""

    def __init__(self, number: int, cells: Mapping[str, str], headings: Mapping[str, str]) -> None:
        """`cells` and `headings` are keyed by field."""
        self.number = number
        self.notes: list[Note] = []
        self.refusals: list[Refusal] = []
        self._cells = cells
        self._headings = headings

    def text(self, field: str) -> str:
        """The cell of a field, empty where the sheet has no such column."""
        return self._cells.get(field, "")

    def heading(self, field: str) -> str:
        """The heading of a field's column as it stands in the file."""
        return self._headings.get(field, field)

    def note(self, code: str, field: str, after: str = "") -> None:
        """Tell that a cell was mended."""
        self.notes.append(Note(code, self.heading(field), self.text(field), after))

    def refuse(self, code: str, field: str, **facts: str | int) -> None:
        """Tell what speaks against the row."""
        where = {"row": self.number, "column": self.heading(field), "value": self.text(field)[:60]}
        self.refusals.append(Refusal(code, {**where, **facts}))

    def refuse_all(self, refusals: Iterable[Refusal]) -> None:
        """Add what a rule of a feature says against the row."""
        self.refusals += refusals

    def account(self, label: str, value: Value | None) -> RowAccount[Value]:
        """The row's account, with all that was gathered."""
        kept = None if self.refusals else value
        return RowAccount(self.number, label, kept, tuple(self.notes), tuple(self.refusals))
