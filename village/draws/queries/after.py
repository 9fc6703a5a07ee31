"""What follows a result, as frozen rows: turns, the beacon's rounds, and the closed register of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from village.draws import beacon
from village.draws.models import DrawBeacon, DrawEntrant, DrawRegister, DrawTurn, DrawVoidSignature
from village.draws.queries.parts import holder_names
from village.draws.queries.rows import BeaconView, RegisterRow, TurnRow
from village.draws.rules.turns import TurnState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from village.draws.models import Draw
    from village.draws.queries.rows import HeadRow, PrizeRow
    from village.exhibitors.queries import ExhibitorRow


def get_beacon(session: Session, row: Draw) -> BeaconView | None:
    """Read the round of the public beacon that counts; None where none was planned."""
    if row.beacon_chain is None or row.beacon_round is None:
        return None
    said = session.scalars(select(DrawBeacon).where(DrawBeacon.draw_id == row.id, DrawBeacon.iteration == 0)).first()
    return BeaconView(
        row.beacon_chain,
        row.beacon_round,
        beacon.time_of(row.beacon_chain, row.beacon_round),
        said.signature if said else None,
        said.randomness if said else None,
    )


def list_rounds(session: Session, draw_id: int) -> frozenset[int]:
    """List the rounds of the beacon that were brought in, for the draw itself or for a replacement."""
    return frozenset(session.scalars(select(DrawBeacon.round).where(DrawBeacon.draw_id == draw_id)))


def list_turns(session: Session, draw_id: int, names: dict[int, ExhibitorRow]) -> tuple[TurnRow, ...]:
    """List the turns of all prizes in the order they began. Three queries."""
    words: dict[int, list[tuple[str, str]]] = {}
    signed = select(DrawVoidSignature).join(DrawTurn, DrawTurn.id == DrawVoidSignature.turn_id)
    for word in session.scalars(signed.where(DrawTurn.draw_id == draw_id).order_by(DrawVoidSignature.id)):
        words.setdefault(word.turn_id, []).append((word.signer, word.reason))
    brought = set(session.scalars(select(DrawBeacon.void).where(DrawBeacon.draw_id == draw_id)))
    rows = session.execute(
        select(DrawTurn, DrawEntrant.token, DrawEntrant.exhibitor_id)
        .join(DrawEntrant, DrawEntrant.id == DrawTurn.entrant_id)
        .where(DrawTurn.draw_id == draw_id)
        .order_by(DrawTurn.id)
    ).all()
    last = {row.place: row.turn for row, _, _ in rows}
    return tuple(
        TurnRow(
            row.place,
            row.turn,
            token,
            row.rank,
            row.iteration,
            TurnState(row.state),
            row.calls,
            *holder_names(names.get(exhibitor or 0)),
            row.began_at,
            row.claimed_at,
            row.claimed_by,
            row.voided_at,
            row.void_reason,
            tuple(sorted({signer for signer, _ in words.get(row.id, [])})),
            tuple(words.get(row.id, [])),
            row.next_round,
            f"{row.place}.{row.turn}" in brought,
            last[row.place] > row.turn,
            row.handed_over_at,
            row.proof_sha256,
            row.proof_key,
        )
        for row, token, exhibitor in rows
    )


def list_waiting(heads: Iterable[HeadRow], turns: Sequence[TurnRow], prizes: Iterable[PrizeRow]) -> tuple[str, ...]:
    """List the places voided and not replaced, in the order of their voids; a withdrawn prize waits for nobody."""
    order = [head.step.removeprefix("voided.") for head in heads if head.step.startswith("voided.")]
    there = {prize.id for prize in prizes if prize.withdrawn_at is None}
    open_voids = {
        f"{turn.place}.{turn.turn}": turn.place
        for turn in turns
        if turn.state is TurnState.VOIDED and not turn.replaced and turn.place in there
    }
    return tuple(open_voids[name] for name in order if name in open_voids)


def get_register(session: Session, edition_id: int) -> RegisterRow | None:
    """Read the register of an edition; None while it is open."""
    row = session.get(DrawRegister, edition_id, populate_existing=True)
    return None if row is None else RegisterRow(row.count, row.last, row.closed_at)
