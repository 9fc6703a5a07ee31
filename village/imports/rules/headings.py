"""Which column is what: headings as people write them in three languages, and columns that are never kept.

Law 09-08: a national identity number is shown at the desk and never stored. Such a column is dropped before
anything is written down, known by its heading or by what its cells look like.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from village.imports.rules.account import Kind
from village.imports.rules.words import headings, spelling
from village.imports.tables import Table, TableRow
from village.kit.refusal import Refusal
from village.people.rules import fold

HEADING_ROWS: Final = 12
"""A title, a logo line, an empty line may stand above the headings: they are looked for in the first rows."""
KNOWN_HEADINGS: Final = 2  # one known word may stand in any title
MOSTLY: Final = 0.6

REQUIRED: Final[Mapping[Kind, tuple[frozenset[str], ...]]] = MappingProxyType(
    {
        Kind.PEOPLE: (frozenset({"given", "family", "name", "given_ar", "family_ar", "given_fr", "family_fr"}),),
        Kind.EXHIBITORS: (frozenset({"name", "name_ar", "name_fr"}), frozenset({"sector"}), frozenset({"province"})),
    }
)
_NATIONAL_ID: Final = re.compile(
    r"\b(cin|cnie|c i n|c n i e|cni)\b|carte (d identite|nationale)|identite nationale|national id|id card"
    r"|passeport|passport|جواز السفر|بطاقه (ال)?(وطنيه|تعريف)|البطاقه الوطنيه|رقم البطاقه|ب ت و|\bرقم ب و\b"
)
_NATIONAL_ID_CELL: Final = re.compile(r"[A-Za-z]{1,2} ?[0-9]{5,6}", re.ASCII)


@dataclass(frozen=True)
class Sheet:
    """A table understood: rows as (line, field → text), the heading of each field, what is left aside."""

    kind: Kind
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    titles: Mapping[str, str]
    national_ids: tuple[str, ...]
    ignored: tuple[str, ...]


def understand(table: Table, kind: Kind) -> Sheet:
    """Find the headings of a table and cut everything that is not asked for.

    Refusals: `headings_unknown` (none of the first rows holds two known headings), `columns_missing` {columns}
    (nothing names the person or exhibitor), `rows_missing` (headings and nothing under them).
    """
    place = _heading_row(table.rows[:HEADING_ROWS], kind)
    header, body = table.rows[place], table.rows[place + 1 :]
    columns = [[row.cells[at] if at < len(row.cells) else "" for row in body] for at in range(len(header.cells))]
    banned = {at for at, heading in enumerate(header.cells) if is_national_id(heading, columns[at])}
    fields: dict[int, str] = {}
    for at, heading in enumerate(header.cells):
        field = field_of(heading, kind)
        if field and at not in banned and field not in fields.values():
            fields[at] = field
    _demand(kind, set(fields.values()))
    if not body:
        raise Refusal("rows_missing")
    return Sheet(
        kind=kind,
        rows=tuple((row.number, _cells(row, fields)) for row in body),
        titles={field: header.cells[at] for at, field in fields.items()},
        national_ids=tuple(header.cells[at] for at in sorted(banned)),
        ignored=tuple(
            heading for at, heading in enumerate(header.cells) if heading and at not in banned and at not in fields
        ),
    )


def field_of(heading: str, kind: Kind) -> str:
    """Return the field a heading stands for, or an empty text."""
    return headings(kind).get(fold(heading), "")


def is_national_id(heading: str, column: Sequence[str]) -> bool:
    """True for a column of national identity numbers: its heading says so, or most of its cells look like one."""
    if _NATIONAL_ID.search(fold(heading)):
        return True
    filled = [cell for cell in column if cell]
    alike = sum(bool(_NATIONAL_ID_CELL.fullmatch(cell)) for cell in filled)
    return bool(filled) and alike >= MOSTLY * len(filled)


def _heading_row(rows: Sequence[TableRow], kind: Kind) -> int:
    for place, row in enumerate(rows):
        known = {field for heading in row.cells if (field := field_of(heading, kind))}
        if len(known) >= KNOWN_HEADINGS:
            return place
    raise Refusal("headings_unknown")


def _demand(kind: Kind, fields: set[str]) -> None:
    for wanted in REQUIRED[kind]:
        if not wanted & fields:
            shown = [spelling(kind, name) for name in sorted(wanted)]
            raise Refusal("columns_missing", {"columns": " / ".join(shown)})


def _cells(row: TableRow, fields: Mapping[int, str]) -> dict[str, str]:
    return {field: row.cells[at] for at, field in fields.items() if at < len(row.cells) and row.cells[at]}
