"""Reads of the awards: no mark of a category the chair has not opened, except to the juror who gave it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from village.awards import rules
from village.awards.models import (
    Absence,
    AwardCategory,
    AwardCriterion,
    AwardResult,
    Juror,
    Mark,
    MarkSheet,
    Nominee,
    Recusal,
)
from village.awards.rules import CategoryState, Criterion, DecidedBy, Seat, Sensitivity, Sheet
from village.kit.refusal import Refusal


class RowState(StrEnum):
    """Where one juror stands with one nominee."""

    AWAITED = "awaited"
    GIVEN = "given"
    RECUSED = "recused"
    ABSENT = "absent"


@dataclass(frozen=True)
class CriterionRow:
    """A criterion; `weight` in per cent."""

    id: int
    code: str
    name_ar: str
    name_fr: str
    weight: int


@dataclass(frozen=True)
class NomineeRow:
    """An exhibitor named for a category."""

    id: int
    exhibitor_id: int


@dataclass(frozen=True)
class CategoryRow:
    """A category with its criteria and nominees in their listed order."""

    id: int
    code: str
    name_ar: str
    name_fr: str
    name_en: str | None
    trophy_ar: str
    trophy_fr: str
    winners: int
    state: CategoryState
    ruled_at: datetime | None
    opened_at: datetime | None
    published_at: datetime | None
    criteria: tuple[CriterionRow, ...]
    nominees: tuple[NomineeRow, ...]

    @property
    def is_open(self) -> bool:
        """True once the chair has opened the marks."""
        return self.state in {CategoryState.OPENED, CategoryState.PUBLISHED}


@dataclass(frozen=True)
class JurorRow:
    """A seat of the jury."""

    id: int
    code: str
    name_ar: str
    name_fr: str
    gender: str
    seat: Seat
    body_ar: str
    body_fr: str
    account_id: int | None


@dataclass(frozen=True)
class RecusalRow:
    """A tie a juror declared, with its reason in either language."""

    juror_id: int
    exhibitor_id: int
    reason_ar: str
    reason_fr: str


@dataclass(frozen=True)
class StandingRow:
    """One line of an opened ranking; means on 20, exact."""

    category_id: int
    nominee_id: int
    exhibitor_id: int
    rank: int
    mean: Fraction
    heaviest_mean: Fraction
    jurors: int
    tied_with_next: bool
    decided_by: DecidedBy
    is_winner: bool

    @property
    def mean_text(self) -> str:
        """The mean with two decimals, as it is read aloud."""
        return rules.decimal_text(self.mean, 2)

    @property
    def mean_exact(self) -> str:
        """The mean as a fraction in lowest terms."""
        return rules.fraction_text(self.mean)


@dataclass(frozen=True)
class MarksTable:
    """The opened sheets of a category, and what the first place hangs on."""

    sheets: tuple[Sheet, ...]
    totals: Mapping[tuple[int, int], Fraction]
    sensitivity: tuple[Sensitivity, ...]


def list_categories(session: Session, edition_id: int) -> list[CategoryRow]:
    """List the categories of an edition in their order (three SQL queries)."""
    rows = session.scalars(
        select(AwardCategory).where(AwardCategory.edition_id == edition_id).order_by(AwardCategory.position)
    ).all()
    ids = [row.id for row in rows]
    criteria = session.scalars(
        select(AwardCriterion).where(AwardCriterion.category_id.in_(ids)).order_by(AwardCriterion.position)
    ).all()
    nominees = session.scalars(select(Nominee).where(Nominee.category_id.in_(ids)).order_by(Nominee.position)).all()
    return [
        _category(
            row,
            [one for one in criteria if one.category_id == row.id],
            [one for one in nominees if one.category_id == row.id],
        )
        for row in rows
    ]


def get_category(session: Session, edition_id: int, code: str) -> CategoryRow:
    """Return one category by its code. Refusal: `category_not_found`."""
    for category in list_categories(session, edition_id):
        if category.code == code:
            return category
    raise Refusal("category_not_found")


def list_jurors(session: Session, edition_id: int) -> list[JurorRow]:
    """List the jury in protocol order, the chair where it was seated."""
    rows = session.scalars(select(Juror).where(Juror.edition_id == edition_id).order_by(Juror.position))
    return [
        JurorRow(
            row.id,
            row.code,
            row.name_ar,
            row.name_fr,
            row.gender,
            Seat(row.seat),
            row.body_ar,
            row.body_fr,
            row.account_id,
        )
        for row in rows
    ]


def find_seat(session: Session, edition_id: int, account_id: int) -> JurorRow | None:
    """Return the seat from which an account marks, if it has one."""
    return next((row for row in list_jurors(session, edition_id) if row.account_id == account_id), None)


def list_row_states(session: Session, edition_id: int) -> dict[tuple[int, int], RowState]:
    """Return (juror id, nominee id) → state for all rows that are settled; any other is awaited (three SQL queries)."""
    here = (
        select(Nominee.id)
        .join(AwardCategory, AwardCategory.id == Nominee.category_id)
        .where(AwardCategory.edition_id == edition_id)
    )
    given = session.execute(select(MarkSheet.juror_id, MarkSheet.nominee_id).where(MarkSheet.nominee_id.in_(here)))
    absent = session.execute(select(Absence.juror_id, Absence.nominee_id).where(Absence.nominee_id.in_(here)))
    recused = session.execute(
        select(Recusal.juror_id, Nominee.id)
        .join(Nominee, Nominee.exhibitor_id == Recusal.exhibitor_id)
        .where(Nominee.id.in_(here))
    )
    states = dict.fromkeys(((row[0], row[1]) for row in absent), RowState.ABSENT)
    states.update(dict.fromkeys(((row[0], row[1]) for row in recused), RowState.RECUSED))
    states.update(dict.fromkeys(((row[0], row[1]) for row in given), RowState.GIVEN))
    return states


def list_own_marks(session: Session, juror_id: int) -> dict[int, dict[str, int]]:
    """Return what one juror gave, for that juror's eyes: nominee id → criterion code → half-points."""
    rows = session.execute(
        select(MarkSheet.nominee_id, AwardCriterion.code, Mark.half_points)
        .join(Mark, Mark.sheet_id == MarkSheet.id)
        .join(AwardCriterion, AwardCriterion.id == Mark.criterion_id)
        .where(MarkSheet.juror_id == juror_id)
    )
    found: dict[int, dict[str, int]] = {}
    for nominee, criterion, half in rows:
        found.setdefault(nominee, {})[criterion] = half
    return found


def list_recusals(session: Session, edition_id: int) -> list[RecusalRow]:
    """List the recusals of an edition in the order they were declared."""
    rows = session.scalars(
        select(Recusal)
        .join(Juror, Juror.id == Recusal.juror_id)
        .where(Juror.edition_id == edition_id)
        .order_by(Recusal.id)
    )
    return [RecusalRow(row.juror_id, row.exhibitor_id, row.reason_ar, row.reason_fr) for row in rows]


def list_standings(session: Session, edition_id: int, *, published_only: bool = False) -> dict[int, list[StandingRow]]:
    """Return category id → ranking, best first, of the categories whose marks are opened (one SQL query)."""
    states = [CategoryState.PUBLISHED] if published_only else [CategoryState.OPENED, CategoryState.PUBLISHED]
    rows = session.execute(
        select(AwardResult, Nominee.exhibitor_id, AwardCategory.winners)
        .join(Nominee, Nominee.id == AwardResult.nominee_id)
        .join(AwardCategory, AwardCategory.id == AwardResult.category_id)
        .where(AwardCategory.edition_id == edition_id, AwardCategory.state.in_(states))
        .order_by(AwardCategory.position, AwardResult.rank, Nominee.position)
    )
    found: dict[int, list[StandingRow]] = {}
    for row, exhibitor_id, winners in rows:
        found.setdefault(row.category_id, []).append(_standing(row, exhibitor_id, winners))
    return found


def list_winners(session: Session, edition_id: int) -> list[int]:
    """List the exhibitor ids at a winning rank of an opened category, each once, in ascending order."""
    rows = session.scalars(
        select(Nominee.exhibitor_id)
        .distinct()
        .join(AwardResult, AwardResult.nominee_id == Nominee.id)
        .join(AwardCategory, AwardCategory.id == Nominee.category_id)
        .where(
            AwardCategory.edition_id == edition_id,
            AwardCategory.state.in_([CategoryState.OPENED, CategoryState.PUBLISHED]),
            AwardResult.rank <= AwardCategory.winners,
        )
    )
    return sorted(rows)


def get_marks_table(session: Session, category: CategoryRow, chair_id: int) -> MarksTable:
    """Return all sheets of an opened category, the jurors' totals and the sensitivity (one SQL query).

    Refusal: `marks_hidden` before the chair opened them.
    """
    if not category.is_open:
        raise Refusal("marks_hidden", {"category": category.code})
    rows = session.execute(
        select(MarkSheet.juror_id, MarkSheet.nominee_id, Mark.criterion_id, Mark.half_points)
        .join(Mark, Mark.sheet_id == MarkSheet.id)
        .join(AwardCriterion, AwardCriterion.id == Mark.criterion_id)
        .where(AwardCriterion.category_id == category.id)
        .order_by(MarkSheet.juror_id, MarkSheet.nominee_id)
    )
    marks: dict[tuple[int, int], dict[int, int]] = {}
    for juror, nominee, criterion, half in rows:
        marks.setdefault((juror, nominee), {})[criterion] = half
    sheets = tuple(Sheet(juror, nominee, given) for (juror, nominee), given in marks.items())
    criteria = tuple(Criterion(one.id, one.weight) for one in category.criteria)
    totals = {(sheet.juror_id, sheet.nominee_id): rules.total(sheet, criteria) for sheet in sheets}
    return MarksTable(sheets, totals, rules.sensitivity(criteria, sheets, chair_id))


def _category(row: AwardCategory, criteria: list[AwardCriterion], nominees: list[Nominee]) -> CategoryRow:
    return CategoryRow(
        id=row.id,
        code=row.code,
        name_ar=row.name_ar,
        name_fr=row.name_fr,
        name_en=row.name_en,
        trophy_ar=row.trophy_ar,
        trophy_fr=row.trophy_fr,
        winners=row.winners,
        state=CategoryState(row.state),
        ruled_at=row.ruled_at,
        opened_at=row.opened_at,
        published_at=row.published_at,
        criteria=tuple(CriterionRow(one.id, one.code, one.name_ar, one.name_fr, one.weight) for one in criteria),
        nominees=tuple(NomineeRow(one.id, one.exhibitor_id) for one in nominees),
    )


def _standing(row: AwardResult, exhibitor_id: int, winners: int) -> StandingRow:
    return StandingRow(
        category_id=row.category_id,
        nominee_id=row.nominee_id,
        exhibitor_id=exhibitor_id,
        rank=row.rank,
        mean=Fraction(row.mean_numerator, row.mean_denominator),
        heaviest_mean=Fraction(row.heaviest_numerator, row.heaviest_denominator),
        jurors=row.jurors,
        tied_with_next=row.tied_with_next,
        decided_by=DecidedBy(row.decided_by),
        is_winner=row.rank <= winners,
    )
