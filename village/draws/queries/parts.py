"""The parts of a draw as frozen rows: prizes, seats, counts, members, incidents, heads, places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from village.draws.models import DrawCount, DrawEntrant, DrawIncident, DrawMember, DrawPick, DrawPrize, DrawSeat
from village.draws.queries.rows import CountRow, IncidentRow, MemberRow, PickRow, PrizeRow, SeatRow
from village.draws.rules.plan import SeatKind
from village.exhibitors.queries import list_exhibitors

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from village.draws.models import Draw
    from village.exhibitors.queries import ExhibitorRow


def list_prizes(session: Session, draw_id: int) -> tuple[PrizeRow, ...]:
    """List the prizes in award order."""
    rows = session.scalars(select(DrawPrize).where(DrawPrize.draw_id == draw_id).order_by(DrawPrize.position))
    return tuple(
        PrizeRow(
            f"P{row.position}",
            row.title_ar,
            row.title_fr,
            row.value_mad,
            row.mark,
            row.giver_ar,
            row.giver_fr,
            row.withdrawn_at,
            row.withdrawn_reason,
        )
        for row in rows
    )


def list_seats(session: Session, draw_id: int) -> tuple[SeatRow, ...]:
    """List the witness seats as they were set up."""
    rows = session.scalars(select(DrawSeat).where(DrawSeat.draw_id == draw_id).order_by(DrawSeat.id))
    return tuple(
        SeatRow(
            row.code,
            SeatKind(row.kind),
            row.name_ar,
            row.name_fr,
            row.public_key is not None,
            row.handed_in_at,
            row.sealed,
            row.opened_at,
            row.value,
        )
        for row in rows
    )


def list_counts(session: Session, draw_id: int) -> tuple[CountRow, ...]:
    """List what was counted, first counter first."""
    rows = session.scalars(select(DrawCount).where(DrawCount.draw_id == draw_id).order_by(DrawCount.id))
    return tuple(CountRow(row.counter, row.counted, row.counted_at) for row in rows)


def list_members(session: Session, draw_id: int) -> tuple[MemberRow, ...]:
    """List the commission."""
    rows = session.scalars(select(DrawMember).where(DrawMember.draw_id == draw_id).order_by(DrawMember.id))
    return tuple(MemberRow(row.role, row.name_ar, row.name_fr) for row in rows)


def list_incidents(session: Session, draw_id: int) -> tuple[IncidentRow, ...]:
    """List what was written down during the draw."""
    rows = session.scalars(select(DrawIncident).where(DrawIncident.draw_id == draw_id).order_by(DrawIncident.id))
    return tuple(IncidentRow(row.said_at, row.text_ar, row.text_fr) for row in rows)


def list_picks(
    session: Session, row: Draw, prizes: tuple[PrizeRow, ...], names: dict[int, ExhibitorRow]
) -> tuple[PickRow, ...]:
    """List the places as they were announced, by rank."""
    rows = session.execute(
        select(DrawPick.place, DrawEntrant)
        .join(DrawEntrant, DrawEntrant.id == DrawPick.entrant_id)
        .where(DrawPick.draw_id == row.id)
    ).all()
    by_place = {prize.id: prize for prize in prizes}
    found = [
        PickRow(
            place,
            entrant.rank or 0,
            entrant.token,
            *holder_names(names.get(entrant.exhibitor_id or 0)),
            by_place.get(place),
        )
        for place, entrant in rows
    ]
    return tuple(sorted(found, key=lambda pick: pick.rank))


def exhibitor_names(session: Session, edition_id: int) -> dict[int, ExhibitorRow]:
    """Find every exhibitor of an edition by its id. One query."""
    return {each.id: each for each in list_exhibitors(session, edition_id)}


def holder_names(holder: ExhibitorRow | None) -> tuple[str, str, str]:
    """Give code and names of an organisation; a person is never named."""
    return (holder.code, holder.name_ar, holder.name_fr) if holder else ("", "", "")
