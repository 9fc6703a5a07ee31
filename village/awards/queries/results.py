"""Reads of the results: rankings, marks and what settles them, once the chair has opened a category."""

from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from village.awards import rules
from village.awards.models import AwardCategory, AwardPrize, AwardResult, DeliberationNote, Nominee
from village.awards.queries.judged import load_sheets, terms_of
from village.awards.queries.rows import CategoryRow, MarksTable, NoteRow, PrizeRow, StandingRow
from village.awards.rules import CategoryState, DecidedBy, Panel
from village.kit.refusal import Refusal

_OPEN = (CategoryState.OPENED, CategoryState.PUBLISHED)


def list_standings(session: Session, edition_id: int, *, published_only: bool = False) -> dict[int, list[StandingRow]]:
    """Return category id → ranking, best first, of the categories whose marks are opened (one SQL query)."""
    states = [CategoryState.PUBLISHED] if published_only else list(_OPEN)
    rows = session.execute(
        select(AwardResult, Nominee.exhibitor_id, AwardCategory.winners)
        .join(Nominee, Nominee.id == AwardResult.nominee_id)
        .join(AwardCategory, AwardCategory.id == AwardResult.category_id)
        .where(
            AwardCategory.edition_id == edition_id,
            AwardCategory.state.in_(states),
            Nominee.exhibitor_id.is_not(None),
        )
        .order_by(AwardCategory.position, AwardResult.rank, Nominee.position)
    )
    found: dict[int, list[StandingRow]] = {}
    for row, exhibitor_id, winners in rows:
        found.setdefault(row.category_id, []).append(_standing(row, exhibitor_id or 0, winners))
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
            AwardCategory.state.in_(_OPEN),
            AwardResult.rank <= AwardCategory.winners,
        )
    )
    return sorted(number for number in rows if number is not None)


def get_marks_table(session: Session, category: CategoryRow, chair_id: int) -> MarksTable:
    """Return all sheets of an opened category, the jurors' totals, their effects and the sensitivity.

    Refusal: `marks_hidden` before the chair opened them.
    """
    if not category.is_open:
        raise Refusal("marks_hidden", {"category": category.code})
    loaded = load_sheets(session, category.id)
    sheets = tuple(one.sheet for one in loaded)
    criteria = category.rule_criteria()
    totals = {(sheet.juror_id, sheet.nominee_id): rules.total(sheet, criteria) for sheet in sheets}
    terms = terms_of(session, category.id, category.panel, vote=category.has_vote)
    return MarksTable(
        sheets=sheets,
        totals=totals,
        sensitivity=rules.sensitivity(criteria, sheets, chair_id, terms),
        effects=(rules.juror_effects(totals) or {}) if category.panel is Panel.SPLIT else {},
        points={}
        if terms.votes is None
        else {one.id: rules.public_points(criteria, terms.votes, one.id) for one in category.nominees},
        broken_seals=tuple((one.sheet.juror_id, one.sheet.nominee_id) for one in loaded if not one.fits),
    )


def list_notes(session: Session, category_id: int) -> list[NoteRow]:
    """List the notes of the deliberation on a category, in the order they were written."""
    rows = session.scalars(
        select(DeliberationNote).where(DeliberationNote.category_id == category_id).order_by(DeliberationNote.id)
    )
    return [NoteRow(row.id, row.text_ar, row.text_fr, row.actor, row.written_at) for row in rows]


def list_prizes(session: Session, edition_id: int) -> list[PrizeRow]:
    """List what goes with the awards of an edition, by category and rank (one SQL query)."""
    rows = session.scalars(
        select(AwardPrize)
        .join(AwardCategory, AwardCategory.id == AwardPrize.category_id)
        .where(AwardCategory.edition_id == edition_id)
        .order_by(AwardCategory.position, AwardPrize.rank, AwardPrize.id)
    )
    return [
        PrizeRow(
            row.id,
            row.category_id,
            row.rank,
            row.kind,
            row.title_ar,
            row.title_fr,
            row.value_mad,
            row.giver_ar,
            row.giver_fr,
            row.promised_for,
            row.promised_at,
            row.nominee_id,
            row.delivered_at,
            row.receiver,
            row.proof_key,
            row.proof_sha256,
        )
        for row in rows
    ]


def _standing(row: AwardResult, exhibitor_id: int, winners: int) -> StandingRow:
    adjusted = None
    if row.adjusted_numerator is not None and row.adjusted_denominator:
        adjusted = Fraction(row.adjusted_numerator, row.adjusted_denominator)
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
        adjusted=adjusted,
        votes=row.votes,
    )
