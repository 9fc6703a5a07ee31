"""The bundle of a draw: everything a stranger needs to compute it again (docs/protocol.md, «The bundle»)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.audit.queries import EntryFilter, get_consistency, get_inclusion, list_entries
from village.draws.models import Draw, DrawEntrant, DrawHead, DrawSeat
from village.draws.rules.plan import Exclusion, Ticket
from village.kit.canonical import dumps
from village.kit.lot import PROTOCOL
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from village.audit.queries import EntryRow
    from village.kit.db import Json

MOST_LINES = 1000
STEPS = frozenset(
    f"draw.{step}"
    for step in ("committed", "envelope_handed_in", "counted", "closed", "envelope_opened", "revealed", "concluded")
)
HEADS = ("committed", "closed", "concluded")


def make_bundle(session: Session, draw_id: int) -> bytes:
    """Write the bundle of a drawn draw as canonical JSON.

    Raises:
        Refusal: `draw_not_found`; `draw_not_drawn` while there is nothing to check yet.

    """
    row = session.get(Draw, draw_id)
    if row is None:
        raise Refusal("draw_not_found", {"draw": draw_id})
    if row.state != "drawn":
        raise Refusal("draw_not_drawn", {"code": row.code})
    heads = {head.step: head for head in session.scalars(select(DrawHead).where(DrawHead.draw_id == draw_id))}
    sizes = [heads[step].size for step in HEADS]
    entrants = session.scalars(
        select(DrawEntrant).where(DrawEntrant.draw_id == draw_id).order_by(DrawEntrant.token)
    ).all()
    proofs = [get_consistency(session, old, new) for old, new in pairwise(sizes)]
    return dumps(
        {
            "bundle": PROTOCOL,
            "checkpoints": [heads[step].note for step in HEADS],
            "consistency": [[part.hex() for part in proof.path] for proof in proofs],
            "entries": [_entry(session, line, sizes[-1]) for line in _lines(session, row, sizes[-1])],
            "exclusions": [
                Exclusion(each.token, tuple(each.reasons.split())).as_json() for each in entrants if each.reasons
            ],
            "log": row.log_key,
            "tickets": [Ticket(each.token, each.group_token).as_json() for each in entrants if not each.reasons],
        }
    )


def make_pins(session: Session, draw_id: int) -> bytes:
    """Write the keys a witness takes away from the hall: the log's, and those of the seats that have one.

    Raises:
        Refusal: `draw_not_found`; `draw_not_committed` while the keys may still change.

    """
    row = session.get(Draw, draw_id)
    if row is None:
        raise Refusal("draw_not_found", {"draw": draw_id})
    if row.log_key is None:
        raise Refusal("draw_not_committed")
    seats = session.execute(
        select(DrawSeat.code, DrawSeat.public_key).where(DrawSeat.draw_id == draw_id, DrawSeat.public_key.is_not(None))
    )
    return dumps({"log": row.log_key, "seats": {seat.code: seat.public_key for seat in seats}})


def _lines(session: Session, row: Draw, size: int) -> list[EntryRow]:
    """List the lines of the bundle in the order of the log: every earlier commitment, then the steps of this draw."""
    earlier = session.scalars(
        select(Draw.id).where(Draw.edition_id == row.edition_id, Draw.number < row.number).order_by(Draw.number)
    )
    commitments = [EntryFilter(code="draw.committed", thing=f"draw:{number}") for number in earlier]
    found: list[EntryRow] = []
    for wanted in (*commitments, EntryFilter(thing=f"draw:{row.id}")):
        found += list_entries(session, wanted, limit=MOST_LINES).rows
    steps = [line for line in found if line.code in STEPS and line.index < size]
    return sorted(steps, key=lambda line: line.index)


def _entry(session: Session, line: EntryRow, size: int) -> dict[str, Json]:
    proof = get_inclusion(session, line.index, size)
    return {"body": line.body.decode(), "index": line.index, "proof": [part.hex() for part in proof.path]}
