"""The organisers' own files, cell by cell: bytes in, typed rows out.

Each row class has the names of the file's columns and says by its types what a cell must be: `int`, `bool`,
`date`, `time`, `datetime` (local wall time, naive), `Decimal`, `tuple` (codes set apart by semicolons), one of
a list of words; `| None` allows an empty cell. A wrong file is refused as a whole, with every fault and its place:
`file_unreadable` {faults, rows} whose objections carry {row, column}.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from decimal import Decimal
from types import NoneType, UnionType
from typing import Final, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

from village.imports import cells
from village.imports.tables import TableRow, read_table
from village.kit.refusal import Refusal

Gender = Literal["m", "f"]
SHOWN_FAULTS: Final = 50
"""A file of the wrong kind has a fault in every cell: this many are told."""


@dataclass(frozen=True)
class ParticipantRow:
    """One person of `participants.csv`; `badge_code` is the random id printed on the badge."""

    id: str
    badge_code: str
    given_ar: str
    family_ar: str
    given_fr: str
    family_fr: str
    gender: Gender
    category: str
    cooperative_id: str | None
    province_code: str
    commune_code: str
    phone: str
    email: str | None
    lang: Literal["ar", "fr", "en"]
    age_band: Literal["18-24", "25-34", "35-49", "50+"]
    consent_photo: bool
    consent_contact: bool
    created_at: datetime


@dataclass(frozen=True)
class CooperativeRow:
    """One cooperative of `cooperatives.csv`; `power_w` in watts, `labels` are quality marks."""

    id: str
    name_ar: str
    name_fr: str
    sector: str
    branch: str
    province_code: str
    commune_code: str | None
    register_no: str
    ice: str | None
    founded: date
    members: int
    women_members: int
    is_womens: bool
    products_ar: str
    products_fr: str
    labels: tuple[str, ...]
    power_w: int
    needs_water: bool
    needs_cold: bool
    needs_step_free: bool
    chair_ar: str
    chair_fr: str
    chair_gender: Gender
    phone: str
    email: str | None
    previous_editions: int
    last_year_place: Literal["good", "average", "poor"] | None


@dataclass(frozen=True)
class ApplicationRow:
    """One application to the call; `rank` only on the waiting list, `reason` only of a rejection."""

    id: str
    cooperative_id: str
    reference: str
    submitted_at: datetime
    status: Literal["accepted", "waitlisted", "rejected"]
    rank: int | None
    reason: str | None
    selection_score: Decimal | None
    documents: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class RegistrationEventRow:
    """One request of a person for a workshop, in the order of `seq`."""

    seq: int
    at: datetime
    action: Literal["register", "cancel"]
    participant_id: str
    workshop_id: str


@dataclass(frozen=True)
class ScanRow:
    """One scan: `device_time` by the device's own clock, `received_at` by the server's."""

    id: str
    device: str
    device_time: datetime
    received_at: datetime
    workshop_id: str
    code: str


@dataclass(frozen=True)
class ScoreRow:
    """One mark of one juror on one criterion, on 20 in steps of 0.5."""

    award_id: str
    cooperative_id: str
    juror_id: str
    criterion: str
    score: Decimal


@dataclass(frozen=True)
class ExhibitorPresenceRow:
    """One exhibitor on one day; `sales_mad` in dirhams as declared."""

    cooperative_id: str
    date: date
    status: Literal["present", "late", "absent"]
    arrived_at: time | None
    sales_mad: int | None


_Row = TypeVar("_Row")
_Read = Callable[[str], object]
_READ: Final[Mapping[object, _Read]] = {
    str: lambda text: text,
    int: cells.read_int,
    bool: cells.read_bool,
    date: cells.read_date,
    time: cells.read_time,
    datetime: cells.read_datetime,
    Decimal: cells.read_decimal,
}


def read_participants(data: bytes) -> list[ParticipantRow]:
    """Rows of `participants.csv`. Refusals: see the module."""
    return _read(data, ParticipantRow, unique="id")


def read_cooperatives(data: bytes) -> list[CooperativeRow]:
    """Rows of `cooperatives.csv`. Refusals: see the module."""
    return _read(data, CooperativeRow, unique="id")


def read_applications(data: bytes) -> list[ApplicationRow]:
    """Rows of `applications.csv`. Refusals: see the module."""
    return _read(data, ApplicationRow, unique="id")


def read_registration_events(data: bytes) -> list[RegistrationEventRow]:
    """Rows of `registration_events.csv` in the order of `seq`. Refusals: see the module."""
    return sorted(_read(data, RegistrationEventRow, unique="seq"), key=lambda row: row.seq)


def read_scans(data: bytes) -> list[ScanRow]:
    """Rows of `scans.csv` in file order. Refusals: see the module."""
    return _read(data, ScanRow, unique="id")


def read_scores(data: bytes) -> list[ScoreRow]:
    """Rows of `scores.csv`. Refusals: see the module."""
    return _read(data, ScoreRow)


def read_exhibitor_presence(data: bytes) -> list[ExhibitorPresenceRow]:
    """Rows of `exhibitor_presence.csv`. Refusals: see the module."""
    return _read(data, ExhibitorPresenceRow)


def _read(data: bytes, row_type: type[_Row], unique: str = "") -> list[_Row]:
    table = read_table(data)
    header, *body = table.rows
    places = _places(header, row_type)
    hints = get_type_hints(row_type)
    faults: list[Refusal] = []
    found: list[_Row] = []
    seen: dict[str, int] = {}
    for row in body:
        values, wrong = _typed(row, places, hints)
        faults += wrong
        if unique:
            faults += _repeated(row, unique, places[unique], seen)
        if not wrong:
            found.append(row_type(**values))
    if faults:
        facts = {"faults": len(faults), "rows": len(body)}
        raise Refusal("file_unreadable", facts, tuple(faults[:SHOWN_FAULTS]))
    return found


def _places(header: TableRow, row_type: type[object]) -> dict[str, int]:
    """Column name → position. Refusals `columns_missing` {columns}, `column_twice` {column}."""
    names = [field.name for field in fields(cast("type", row_type))]
    missing = [name for name in names if name not in header.cells]
    if missing:
        raise Refusal("columns_missing", {"columns": ", ".join(missing)})
    for name in names:
        if header.cells.count(name) > 1:
            raise Refusal("column_twice", {"column": name})
    return {name: header.cells.index(name) for name in names}


def _typed(
    row: TableRow, places: Mapping[str, int], hints: Mapping[str, object]
) -> tuple[dict[str, object], list[Refusal]]:
    values: dict[str, object] = {}
    faults: list[Refusal] = []
    for name, place in places.items():
        text = row.cells[place] if place < len(row.cells) else ""
        try:
            values[name] = _value(text, hints[name])
        except Refusal as fault:
            where = {"row": row.number, "column": name, "value": text[:40]}
            faults.append(Refusal(fault.code, {**where, **fault.facts}))
    return values, faults


def _value(text: str, hint: object) -> object:
    """Read one cell as its annotation says."""
    kinds = get_args(hint)
    if get_origin(hint) is tuple:
        return cells.read_list(text)
    if get_origin(hint) is UnionType or NoneType in kinds:
        if not text:
            return None
        return _value(text, next(kind for kind in kinds if kind is not NoneType))
    if not text:
        raise Refusal("cell_empty")
    if get_origin(hint) is Literal:
        if text not in kinds:
            raise Refusal("cell_not_listed", {"choices": ", ".join(map(str, kinds))})
        return text
    return _READ[hint](text)


def _repeated(row: TableRow, name: str, place: int, seen: dict[str, int]) -> list[Refusal]:
    text = row.cells[place] if place < len(row.cells) else ""
    first = seen.setdefault(text, row.number)
    if first == row.number:
        return []
    return [Refusal("cell_repeated", {"row": row.number, "column": name, "value": text[:40], "first": first})]
