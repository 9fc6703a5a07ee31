"""Reads of the jury: seats, who has still to mark whom, what a juror gave (for that juror's eyes only)."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village.awards.models import (
    Absence,
    AwardCategory,
    AwardCriterion,
    Juror,
    JurorAssignment,
    JurorClosing,
    Mark,
    MarkSheet,
    Nominee,
    Recusal,
)
from village.awards.queries.rows import BallotPaper, JurorRow, OwnSheet, RecusalRow, RowState
from village.awards.rules import Panel, Seat, Tie


def list_jurors(session: Session, edition_id: int) -> list[JurorRow]:
    """List the jury in protocol order, the chair where it was seated."""
    rows = session.scalars(select(Juror).where(Juror.edition_id == edition_id).order_by(Juror.position, Juror.id))
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


def list_assignments(session: Session, edition_id: int) -> dict[int, frozenset[tuple[int, int]]]:
    """Return category id → (juror id, nominee id) pairs, for the categories whose panel is split (one SQL query)."""
    rows = session.execute(
        select(AwardCategory.id, JurorAssignment.juror_id, JurorAssignment.nominee_id)
        .outerjoin(Nominee, Nominee.category_id == AwardCategory.id)
        .outerjoin(JurorAssignment, JurorAssignment.nominee_id == Nominee.id)
        .where(AwardCategory.edition_id == edition_id, AwardCategory.panel == Panel.SPLIT)
    )
    found: dict[int, set[tuple[int, int]]] = {}
    for category, juror, nominee in rows:
        pairs = found.setdefault(category, set())
        if juror is not None:
            pairs.add((juror, nominee))
    return {category: frozenset(pairs) for category, pairs in found.items()}


def list_closings(session: Session, edition_id: int) -> dict[tuple[int, int], datetime]:
    """Return (juror id, category id) → when the juror closed the sheets of it (one SQL query)."""
    rows = session.execute(
        select(JurorClosing.juror_id, JurorClosing.category_id, JurorClosing.closed_at)
        .join(AwardCategory, AwardCategory.id == JurorClosing.category_id)
        .where(AwardCategory.edition_id == edition_id)
    )
    return {(juror, category): at for juror, category, at in rows}


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


def get_ballot_paper(session: Session, juror_id: int, category_id: int) -> BallotPaper:
    """Return one juror's own paper of a category, for that juror's eyes (four SQL queries)."""
    own = list_own_marks(session, juror_id)
    sheets = session.scalars(
        select(MarkSheet)
        .join(Nominee, Nominee.id == MarkSheet.nominee_id)
        .where(MarkSheet.juror_id == juror_id, Nominee.category_id == category_id)
    )
    closing = session.get(JurorClosing, (juror_id, category_id))
    panel = session.scalar(select(AwardCategory.panel).where(AwardCategory.id == category_id))
    assigned = None
    if panel == Panel.SPLIT:
        assigned = frozenset(
            session.scalars(
                select(JurorAssignment.nominee_id)
                .join(Nominee, Nominee.id == JurorAssignment.nominee_id)
                .where(JurorAssignment.juror_id == juror_id, Nominee.category_id == category_id)
            )
        )
    return BallotPaper(
        sheets={
            row.nominee_id: OwnSheet(own.get(row.nominee_id, {}), row.version, row.note, row.uid, row.given_at)
            for row in sheets
        },
        closed_at=closing.closed_at if closing else None,
        assigned=assigned,
    )


def count_who_marked(session: Session, edition_id: int) -> dict[int, int]:
    """Return category id → how many jurors gave at least one sheet in it (one SQL query)."""
    rows = session.execute(
        select(Nominee.category_id, func.count(MarkSheet.juror_id.distinct()))
        .join(MarkSheet, MarkSheet.nominee_id == Nominee.id)
        .join(AwardCategory, AwardCategory.id == Nominee.category_id)
        .where(AwardCategory.edition_id == edition_id)
        .group_by(Nominee.category_id)
    )
    return {category: count for category, count in rows}


def list_recusals(session: Session, edition_id: int) -> list[RecusalRow]:
    """List the recusals of an edition in the order they were declared."""
    rows = session.scalars(
        select(Recusal)
        .join(Juror, Juror.id == Recusal.juror_id)
        .where(Juror.edition_id == edition_id)
        .order_by(Recusal.id)
    )
    return [RecusalRow(row.juror_id, row.exhibitor_id, row.reason_ar, row.reason_fr, Tie(row.tie)) for row in rows]
