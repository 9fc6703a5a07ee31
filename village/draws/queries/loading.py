"""From rows to the state they stand for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.draws.models import (
    Draw,
    DrawBeacon,
    DrawCount,
    DrawEntrant,
    DrawPick,
    DrawPrize,
    DrawSeat,
    DrawTurn,
    DrawVoidSignature,
)
from village.draws.queries.heads import list_heads
from village.draws.rules.eligibility import EntryRule
from village.draws.rules.envelope import Envelope
from village.draws.rules.plan import (
    BeaconPlan,
    Commitment,
    Exclusion,
    Plan,
    Pool,
    Prize,
    Replacement,
    Seat,
    SeatKind,
    Ticket,
)
from village.draws.rules.prizes import Pick
from village.draws.rules.states import (
    AnyDraw,
    CancelledDraw,
    ClosedDraw,
    DrawnDraw,
    OpenDraw,
    RevealedDraw,
    SealedDraw,
)
from village.draws.rules.turns import AfterDraw, Turn, TurnState, Void, queue_of
from village.editions.queries import get_edition
from village.kit.canonical import loads_strict

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def load_draw(session: Session, row: Draw) -> AnyDraw:
    """Build the state a draw has reached from its rows: a fixed number of queries, whatever the number of tickets."""
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
        offline=row.offline_at is not None,
    )
    if row.state == "sealed":
        return sealed
    if row.state == "cancelled":
        return CancelledDraw(sealed, row.cancel_reason or "")
    said = select(DrawBeacon.randomness).where(DrawBeacon.draw_id == row.id, DrawBeacon.iteration == 0)
    opened = {seat.code: seat.value for seat in seats if seat.value is not None}
    closed = ClosedDraw(sealed, opened, session.scalar(said))
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


def load_after(session: Session, row: Draw, drawn: DrawnDraw | None) -> AfterDraw:
    """Build what counts after the result; before there is one, only which prizes are there and which were withdrawn."""
    prizes = session.scalars(select(DrawPrize).where(DrawPrize.draw_id == row.id).order_by(DrawPrize.position)).all()
    places = tuple(f"P{prize.position}" for prize in prizes)
    withdrawn = frozenset(f"P{prize.position}" for prize in prizes if prize.withdrawn_at is not None)
    if drawn is None:
        return AfterDraw(places, row.most_per_group, {}, (), (), withdrawn)
    groups = {ticket.id: ticket.group for ticket in drawn.revealed.closed.sealed.tickets}
    queue = queue_of(drawn.ranking, groups, row.most_per_group)
    turns = _turns(session, row.id)
    return AfterDraw(places, row.most_per_group, groups, queue, turns, withdrawn, _voids(session, row.id, turns))


def void_name(turn: Turn) -> str:
    """Name a void by its place and turn, as its head and its beacon do."""
    return f"{turn.place}.{turn.number}"


def _turns(session: Session, draw_id: int) -> tuple[Turn, ...]:
    words: dict[int, dict[str, str]] = {}
    signed = select(DrawVoidSignature).join(DrawTurn, DrawTurn.id == DrawVoidSignature.turn_id)
    for word in session.scalars(signed.where(DrawTurn.draw_id == draw_id).order_by(DrawVoidSignature.id)):
        words.setdefault(word.turn_id, {})[word.signer] = word.reason
    rows = session.execute(
        select(DrawTurn, DrawEntrant.token)
        .join(DrawEntrant, DrawEntrant.id == DrawTurn.entrant_id)
        .where(DrawTurn.draw_id == draw_id)
        .order_by(DrawTurn.id)
    )
    return tuple(
        Turn(
            row.place,
            row.turn,
            token,
            row.rank,
            row.iteration,
            TurnState(row.state),
            row.calls,
            words.get(row.id),
        )
        for row, token in rows
    )


def _voids(session: Session, draw_id: int, turns: tuple[Turn, ...]) -> tuple[Void, ...]:
    """List the voids that were not replaced, in the order of their heads."""
    order = [head.step.partition(".")[2] for head in list_heads(session, draw_id) if head.step.startswith("voided.")]
    last = {turn.place: turn for turn in turns}
    names = {void_name(turn): turn.place for turn in last.values() if turn.state is TurnState.VOIDED}
    return tuple(Void(names[name], name) for name in order if name in names)


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
        prizes=tuple(Prize(f"P{p.position}", p.title_ar, p.title_fr, p.value_mad, p.mark) for p in prizes),
        substitutes=row.substitutes,
        entry_rule=entry_rule(row),
        seats=tuple(Seat(seat.code, SeatKind(seat.kind), seat.public_key) for seat in seats),
        fewest_seats=row.fewest_seats,
        demonstration=row.demonstration,
        uses_secret=row.uses_secret,
        most_per_group=row.most_per_group,
        witnesses=tuple(row.witness_keys.split("\n")) if row.witness_keys else (),
        quorum=row.quorum,
        pool=Pool(row.pool),
        replacement=Replacement(row.replacement),
        beacon=None if row.beacon_chain is None else BeaconPlan(row.beacon_chain, row.beacon_round or 0),
    ), seats
