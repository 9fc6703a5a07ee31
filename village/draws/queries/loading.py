"""From rows to the state they stand for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.draws.models import Draw, DrawCount, DrawEntrant, DrawPick, DrawPrize, DrawSeat
from village.draws.rules.eligibility import EntryRule
from village.draws.rules.envelope import Envelope
from village.draws.rules.plan import Commitment, Exclusion, Plan, Prize, Seat, SeatKind, Ticket
from village.draws.rules.prizes import Pick
from village.draws.rules.states import AnyDraw, ClosedDraw, DrawnDraw, OpenDraw, RevealedDraw, SealedDraw
from village.editions.queries import get_edition
from village.kit.canonical import loads_strict

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def load_draw(session: Session, row: Draw) -> AnyDraw:
    """Build the state a draw has reached from its rows: five queries, whatever the number of tickets."""
    plan, seats = _plan(session, row)
    entrants = session.scalars(
        select(DrawEntrant).where(DrawEntrant.draw_id == row.id).order_by(DrawEntrant.token)
    ).all()
    tickets = tuple(Ticket(each.token, each.group_token) for each in entrants if not each.reasons)
    if row.commitment is None:
        exclusions = tuple(Exclusion(each.token, tuple(each.reasons.split())) for each in entrants if each.reasons)
        return OpenDraw(plan, tickets, exclusions)
    sealed = SealedDraw(
        plan,
        tickets,
        Commitment(loads_strict(row.commitment.encode())),
        {seat.code: Envelope(seat.code, seat.sealed, seat.signature) for seat in seats if seat.handed_in_at},
        {each.counter: each.counted for each in session.scalars(select(DrawCount).where(DrawCount.draw_id == row.id))},
    )
    if row.state == "sealed":
        return sealed
    closed = ClosedDraw(sealed, {seat.code: seat.value for seat in seats if seat.value is not None})
    if row.state == "closed" or row.seed is None:
        return closed
    revealed = RevealedDraw(closed, row.secret.hex() if row.secret else None, bytes.fromhex(row.seed))
    if row.state == "revealed":
        return revealed
    ranked = sorted((each for each in entrants if each.rank), key=lambda each: each.rank or 0)
    by_id = {each.id: each for each in ranked}
    places = session.execute(select(DrawPick.place, DrawPick.entrant_id).where(DrawPick.draw_id == row.id))
    picks = [Pick(place, by_id[entrant].token, by_id[entrant].rank or 0) for place, entrant in places]
    return DrawnDraw(revealed, tuple(each.token for each in ranked), tuple(sorted(picks, key=lambda pick: pick.rank)))


def entry_rule(row: Draw) -> EntryRule:
    """Read the rule of entry of a draw."""
    days = tuple(date.fromisoformat(day) for day in row.present_on.split())
    return EntryRule(days, row.bars_award_winners, row.bars_ties)


def _plan(session: Session, row: Draw) -> tuple[Plan, list[DrawSeat]]:
    prizes = session.scalars(select(DrawPrize).where(DrawPrize.draw_id == row.id).order_by(DrawPrize.position))
    seats = list(session.scalars(select(DrawSeat).where(DrawSeat.draw_id == row.id).order_by(DrawSeat.code)))
    return Plan(
        edition=get_edition(session, row.edition_id).code,
        code=row.code,
        announced_at=row.announced_at,
        prizes=tuple(Prize(f"P{p.position}", p.title_ar, p.title_fr, p.value_mad) for p in prizes),
        substitutes=row.substitutes,
        entry_rule=entry_rule(row),
        seats=tuple(Seat(seat.code, SeatKind(seat.kind), seat.public_key) for seat in seats),
        fewest_seats=row.fewest_seats,
        demonstration=row.demonstration,
        uses_secret=row.uses_secret,
        most_per_group=row.most_per_group,
    ), seats
