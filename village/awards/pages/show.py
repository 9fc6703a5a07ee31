"""What the pages and documents of the awards show: names, states and figures put together for reading."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from flask_babel import lazy_gettext as _l

from village.awards import queries, rules
from village.awards.queries import RowState
from village.awards.rules import CategoryState
from village.exhibitors.queries import list_exhibitors
from village.kit.i18n import current_lang, format_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime
    from fractions import Fraction

    from sqlalchemy.orm import Session

    from village.awards.queries import CategoryRow, JurorRow, NomineeRow, PrizeRow, StandingRow, TieLotView
    from village.exhibitors.queries import ExhibitorRow

_SEATS: Final = {"S1": _l("First person"), "S2": _l("Second person"), "S3": _l("Third person")}


@dataclass(frozen=True)
class Progress:
    """How far the marking of one category has come, in sheets; no mark is in it."""

    category: CategoryRow
    given: int
    excused: int
    total: int
    by_juror: Mapping[int, tuple[int, int]]
    closed: Mapping[int, datetime]
    # Jurors who gave sheets on a device and can still change them; who gave signed paper has nothing to close.
    open: frozenset[int]

    @property
    def awaited(self) -> int:
        """Sheets still to come."""
        return self.total - self.given - self.excused

    @property
    def is_ready(self) -> bool:
        """True when the chair may open: every sheet is there and every juror who marks has closed."""
        return self.category.state is CategoryState.MARKING and self.awaited == 0 and self.given > 0 and not self.open


@dataclass(frozen=True)
class Face:
    """A nominee as everybody sees it: an exhibitor with what it makes, or a person by name."""

    nominee: NomineeRow
    name_ar: str
    name_fr: str
    what_ar: str = ""
    what_fr: str = ""
    code: str = ""

    def name_in(self, lang: str) -> str:
        """The name in the script of a language where it is known, else in the other."""
        return (self.name_ar or self.name_fr) if lang == "ar" else (self.name_fr or self.name_ar)


def faces_of(session: Session, edition_id: int, categories: Iterable[CategoryRow]) -> dict[int, Face]:
    """Return nominee id → face for the nominees of categories (one SQL query)."""
    exhibitors = exhibitors_by_id(session, edition_id)
    return {one.id: _face(one, exhibitors) for category in categories for one in category.nominees}


def _face(nominee: NomineeRow, exhibitors: Mapping[int, ExhibitorRow]) -> Face:
    row = exhibitors.get(nominee.exhibitor_id) if nominee.exhibitor_id is not None else None
    name_ar, name_fr = nominee.name_ar, nominee.name_fr
    if row is None:
        return Face(nominee, name_ar, name_fr)
    # A person who is honoured stands before the cooperative.
    return Face(nominee, name_ar or row.name_ar, name_fr or row.name_fr, row.products_ar, row.products_fr, row.code)


@dataclass(frozen=True)
class OwnProgress:
    """How far one juror is with one category: nominees to mark, marked; the day the sheets were closed."""

    category: CategoryRow
    given: int
    total: int
    closed_at: datetime | None


def list_own_progress(session: Session, edition_id: int, seat: JurorRow) -> list[OwnProgress]:
    """Return how far a juror is with each category that is marked."""
    closings = queries.list_closings(session, edition_id)
    return [
        OwnProgress(one.category, *one.by_juror[seat.id], closings.get((seat.id, one.category.id)))
        for one in list_progress(session, edition_id)
        if one.category.award_class == "merit"
    ]


def exhibitors_by_id(session: Session, edition_id: int) -> dict[int, ExhibitorRow]:
    """Return the edition's exhibitors by id (one SQL query)."""
    return {row.id: row for row in list_exhibitors(session, edition_id)}


def list_progress(session: Session, edition_id: int) -> list[Progress]:
    """Return the progress of every category (a fixed number of SQL queries, whatever the size)."""
    jurors = queries.list_jurors(session, edition_id)
    states = queries.list_row_states(session, edition_id)
    closings = queries.list_closings(session, edition_id)
    assigned = queries.list_assignments(session, edition_id)
    return [
        _progress(category, jurors, states, closings, assigned.get(category.id))
        for category in queries.list_categories(session, edition_id)
    ]


def _progress(
    category: CategoryRow,
    jurors: list[JurorRow],
    states: Mapping[tuple[int, int], RowState],
    closings: Mapping[tuple[int, int], datetime],
    assigned: Collection[tuple[int, int]] | None,
) -> Progress:
    by_juror: dict[int, tuple[int, int]] = {}
    given = excused = total = 0
    for juror in jurors:
        own = [one.id for one in category.nominees if assigned is None or (juror.id, one.id) in assigned]
        found = [states.get((juror.id, nominee), RowState.AWAITED) for nominee in own]
        own_given = found.count(RowState.GIVEN)
        own_excused = found.count(RowState.RECUSED) + found.count(RowState.ABSENT)
        by_juror[juror.id] = (own_given, len(found) - own_excused)
        given += own_given
        excused += own_excused
        total += len(found)
    closed = {juror.id: at for juror in jurors if (at := closings.get((juror.id, category.id)))}
    still = frozenset(
        juror.id
        for juror in jurors
        if juror.account_id is not None and by_juror[juror.id][0] and juror.id not in closed
    )
    return Progress(category, given, excused, total, by_juror, closed, still)


def who_judged(
    category: CategoryRow, jurors: Iterable[JurorRow], states: Mapping[tuple[int, int], RowState]
) -> list[JurorRow]:
    """Return the jurors with a row in a category, in protocol order: who sat down later has none."""
    named = [one.id for one in category.nominees]
    return [juror for juror in jurors if any((juror.id, nominee) in states for nominee in named)]


def list_awaited(session: Session, edition_id: int, category: CategoryRow, juror_id: int) -> list[int]:
    """Return the nominees of a category whose marks by a juror are still to come."""
    states = queries.list_row_states(session, edition_id)
    assigned = queries.list_assignments(session, edition_id).get(category.id)
    return [
        one.id
        for one in category.nominees
        if (juror_id, one.id) not in states and (assigned is None or (juror_id, one.id) in assigned)
    ]


def say_mark(half_points: int) -> str:
    """Write half-points as a mark on 20 in the reader's language: 31 → 15,5."""
    return format_number(float(rules.mark_text(half_points)), current_lang(), 1)


def say_mean(value: Fraction) -> str:
    """Write a mean or a total on 20 with two decimals in the reader's language."""
    return format_number(float(Decimal(rules.decimal_text(value, 2))), current_lang(), 2)


def say_seat(code: str) -> str:
    """Name the seat of a witness who calls a number: S1 → "First person"."""
    return str(_SEATS.get(code, code))


def names_by_code(session: Session, edition_id: int, category: CategoryRow) -> dict[str, str]:
    """Return the names of a category's nominees by the code under which a lot knows them, in the reader's language."""
    return {face.code: face.name_in(current_lang()) for face in faces_of(session, edition_id, [category]).values()}


def ties_for_lot(
    category: CategoryRow, standings: Iterable[StandingRow], lots: Iterable[TieLotView]
) -> list[tuple[int, list[int]]]:
    """Return the winning ranks that several share and that the rules give to a lot not yet sealed: (rank, nominees)."""
    if category.tie_rule != "lot" or category.state is not CategoryState.OPENED:
        return []
    taken = {lot.rank for lot in lots if lot.state != "cancelled"}
    level: dict[int, list[int]] = {}
    for row in standings:
        if row.is_winner and row.rank not in taken:
            level.setdefault(row.rank, []).append(row.nominee_id)
    return [(rank, nominees) for rank, nominees in level.items() if len(nominees) > 1]


def holders_of(category: CategoryRow, standings: Mapping[int, list[StandingRow]], prize: PrizeRow) -> list[int]:
    """Return the nominees who hold the rank a prize goes to; nobody before the marks are open."""
    if prize.nominee_id is not None:
        return [prize.nominee_id]
    if category.award_class == "honour":
        place = prize.rank - 1
        return [one.id for one in category.nominees[place : place + 1]] if category.is_open else []
    return [row.nominee_id for row in standings.get(category.id, []) if row.rank == prize.rank]
