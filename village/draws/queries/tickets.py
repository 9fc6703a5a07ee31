"""My ticket is in: the ticket of an exhibitor or a person, with the proof that it stands in the committed list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from village.audit import merkle
from village.draws.models import Draw, DrawEntrant, DrawPick, DrawPrize, DrawTurn
from village.draws.queries.rows import TicketView
from village.draws.queries.views import list_draws
from village.draws.rules.eligibility import Reason
from village.draws.rules.plan import Exclusion, Ticket
from village.draws.rules.turns import TurnState
from village.kit.canonical import dumps

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from village.draws.queries.rows import DrawCard


def find_ticket(
    session: Session, draw_id: int, *, exhibitor_id: int | None = None, person_id: int | None = None
) -> TicketView | None:
    """Find the ticket (or the exclusion) of an exhibitor or a person, with its proof under the root of its list."""
    mine = session.scalars(
        select(DrawEntrant).where(DrawEntrant.draw_id == draw_id, _held_by(exhibitor_id, person_id)).limit(1)
    ).first()
    return None if mine is None else _ticket(session, mine)


def list_tickets_of(
    session: Session, edition_id: int, *, exhibitor_id: int | None = None, person_id: int | None = None
) -> list[tuple[DrawCard, TicketView]]:
    """List every ticket and exclusion of an exhibitor or a person in the committed draws of an edition, by their hour.

    Before its commitment a list may still change, so nothing is shown of it.
    """
    mine = session.scalars(
        select(DrawEntrant)
        .join(Draw, Draw.id == DrawEntrant.draw_id)
        .where(Draw.edition_id == edition_id, Draw.number.is_not(None), _held_by(exhibitor_id, person_id))
    ).all()
    if not mine:
        return []
    held = {row.draw_id: row for row in mine}
    return [(card, _ticket(session, held[card.id])) for card in list_draws(session, edition_id) if card.id in held]


def _held_by(exhibitor_id: int | None, person_id: int | None) -> ColumnElement[bool]:
    # Ids begin at 1: nobody holds anything as number 0.
    return or_(DrawEntrant.exhibitor_id == (exhibitor_id or 0), DrawEntrant.person_id == (person_id or 0))


def _ticket(session: Session, mine: DrawEntrant) -> TicketView:
    columns = select(DrawEntrant.token, DrawEntrant.group_token, DrawEntrant.reasons)
    same_list = DrawEntrant.reasons != "" if mine.reasons else DrawEntrant.reasons == ""
    rows = session.execute(columns.where(DrawEntrant.draw_id == mine.draw_id, same_list))
    beside = sorted([(row.token, row.group_token, row.reasons) for row in rows], key=lambda each: each[0])
    index = [token for token, _group, _reasons in beside].index(mine.token)
    leaves = [merkle.leaf_hash(dumps(_leaf(*row))) for row in beside]
    proof = merkle.inclusion_proof(index, leaves)
    return TicketView(
        mine.token,
        tuple(Reason(reason) for reason in mine.reasons.split()),
        index,
        len(leaves),
        merkle.root(leaves).hex(),
        tuple(part.hex() for part in proof),
        mine.rank,
        mine.group_token,
        *_place(session, mine),
    )


def _leaf(token: str, group: str | None, reasons: str) -> object:
    return (Exclusion(token, tuple(reasons.split())) if reasons else Ticket(token, group)).as_json()


def _place(session: Session, mine: DrawEntrant) -> tuple[str | None, str]:
    """Find the place of a ticket, and how it lost it."""
    turn = session.execute(select(DrawTurn.place, DrawTurn.state).where(DrawTurn.entrant_id == mine.id)).first()
    if turn is None:
        return session.scalar(select(DrawPick.place).where(DrawPick.entrant_id == mine.id)), ""
    if turn.state == TurnState.VOIDED:
        return turn.place, "voided"
    withdrawn = session.scalar(
        select(DrawPrize.withdrawn_at).where(
            DrawPrize.draw_id == mine.draw_id, DrawPrize.position == int(turn.place[1:])
        )
    )
    return turn.place, "withdrawn" if withdrawn else ""
