"""The bundle of a draw: everything a stranger needs to compute it again (docs/protocol.md, «The bundle»)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.audit.queries import EntryFilter, get_consistency, get_inclusion, list_checkpoints, list_entries
from village.audit.queries.witnesses import count_cosignatures, list_cosigned_heads
from village.draws.models import Draw, DrawEntrant, DrawSeat
from village.draws.queries.heads import count_cosigned, list_heads, note_of
from village.draws.rules.plan import Exclusion, Ticket
from village.editions.queries import get_edition
from village.kit.canonical import dumps
from village.kit.lot import PROTOCOL
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from village.audit.queries import EntryRow
    from village.draws.models import DrawHead
    from village.kit.db import Json

LINES_AT_ONCE = 1000
NEWEST_HEADS = 200
COMMITTED = "draw.committed"
REGISTER = "draw.register_closed"
_WITH_HEAD = ("committed", "went_offline", "cancelled", "closed", "concluded", "voided")
_WITHOUT = (
    "envelope_handed_in",
    "counted",
    "envelope_opened",
    "beacon_brought",
    "revealed",
    "prize_withdrawn",
    "called",
    "claimed",
    "void_signed",
    "replaced",
    "handed_over",
)
HEAD_LINES = frozenset(f"draw.{step}" for step in _WITH_HEAD)
STEPS = HEAD_LINES | {f"draw.{step}" for step in _WITHOUT}


@dataclass(frozen=True)
class Known:
    """What a bundle can hold now: lines in the order of the log, and the sizes of the heads that prove them."""

    lines: list[EntryRow]
    sizes: list[int]


def make_bundle(session: Session, draw_id: int) -> bytes:
    """Write the bundle of a drawn or cancelled draw as canonical JSON.

    It reaches to the newest signed head that is cosigned as the draw demands: what came after stands in the next one.

    Raises:
        Refusal: `draw_not_found`; `draw_not_drawn` while there is nothing to check yet; `head_not_cosigned` while the
            witnesses have not cosigned the result.

    """
    row = session.get(Draw, draw_id)
    if row is None:
        raise Refusal("draw_not_found", {"draw": draw_id})
    if row.state not in {"drawn", "cancelled"}:
        raise Refusal("draw_not_drawn", {"code": row.code})
    known = _known(session, row)
    entrants = session.scalars(
        select(DrawEntrant).where(DrawEntrant.draw_id == draw_id).order_by(DrawEntrant.token)
    ).all()
    proofs = [get_consistency(session, old, new) for old, new in pairwise(known.sizes)]
    return dumps(
        {
            "bundle": PROTOCOL,
            "checkpoints": [note_of(session, row, size) for size in known.sizes],
            "consistency": [[part.hex() for part in proof.path] for proof in proofs],
            "entries": [_entry(session, line, known.sizes[-1]) for line in known.lines],
            "exclusions": [
                Exclusion(each.token, tuple(each.reasons.split())).as_json() for each in entrants if each.reasons
            ],
            "log": row.log_key,
            "tickets": [Ticket(each.token, each.group_token).as_json() for each in entrants if not each.reasons],
        }
    )


def make_pins(session: Session, draw_id: int) -> bytes:
    """Write the keys to take away from the hall: the log's, those of the seats that have one, and the witnesses'.

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
    witnesses: Json = [*row.witness_keys.split("\n")] if row.witness_keys else []
    return dumps({"log": row.log_key, "seats": {seat.code: seat.public_key for seat in seats}, "witnesses": witnesses})


def _known(session: Session, row: Draw) -> Known:
    """Find how far the draw is proven: to the first head that lacks cosignatures, else to the newest head of all."""
    own = [line for line in _lines(session, EntryFilter(thing=f"draw:{row.id}")) if line.code in STEPS]
    heads = list_heads(session, row.id)
    lacking = _first_lacking(session, row, heads)
    if lacking is not None:
        heads = heads[:lacking]
        # A head is signed right after its line, so the line that it lacks is the last one before its size.
        cut = [line.index for line in own if line.code in HEAD_LINES][lacking]
        own = [line for line in own if line.index < cut]
    sizes = [head.size for head in heads]
    closing = _register(session, row)
    tail = [line for line in (*own, *closing) if line.index >= sizes[-1]]
    last = _last_head(session, row, tail, sizes[-1])
    if last is not None:
        sizes.append(last)
    later = [line for line in (*own, *closing) if line.index < sizes[-1]]
    return Known(sorted([*_earlier(session, row), *later], key=lambda line: line.index), sizes)


def _first_lacking(session: Session, row: Draw, heads: list[DrawHead]) -> int | None:
    """Find the first head with too few cosignatures; before there is a result nothing can be shown without it."""
    cosigned = count_cosigned(session, row, heads)
    for place, head in enumerate(heads):
        have, need = cosigned.get(head.step, (0, 0))
        if have < need:
            if not head.step.startswith("voided."):
                raise Refusal("head_not_cosigned", {"have": have, "need": need})
            return place
    return None


def _last_head(session: Session, row: Draw, tail: list[EntryRow], beyond: int) -> int | None:
    """Choose the head that proves the lines after the last step with a head of its own.

    Among all heads of the log that are cosigned enough the newest says which lines are proven, and the smallest one
    that proves just as many is taken, so that a bundle does not change while the log grows with other things.
    """
    newest = next(
        (
            head.size
            for head in list_checkpoints(session, limit=NEWEST_HEADS)
            if head.size > beyond and _is_cosigned(session, row, head.size)
        ),
        None,
    )
    proven = [line.index for line in tail if newest is not None and line.index < newest]
    if newest is None or not proven:
        return None
    smaller = list_cosigned_heads(session, after=max(proven), limit=NEWEST_HEADS)
    return next((head.size for head in smaller if _is_cosigned(session, row, head.size)), newest)


def _is_cosigned(session: Session, row: Draw, size: int) -> bool:
    return not row.quorum or count_cosignatures(session, size, row.witness_keys.split("\n")) >= row.quorum


def _earlier(session: Session, row: Draw) -> list[EntryRow]:
    """List the commitments of all earlier draws of the edition."""
    earlier = session.scalars(
        select(Draw.id).where(Draw.edition_id == row.edition_id, Draw.number < row.number).order_by(Draw.number)
    )
    return [line for number in earlier for line in _lines(session, EntryFilter(code=COMMITTED, thing=f"draw:{number}"))]


def _register(session: Session, row: Draw) -> list[EntryRow]:
    """Find the line that closes the register of the edition, if it stands."""
    thing = f"register:{get_edition(session, row.edition_id).code}"
    return list(_lines(session, EntryFilter(code=REGISTER, thing=thing)))


def _lines(session: Session, wanted: EntryFilter) -> Iterator[EntryRow]:
    """Give all lines that are wanted, oldest first."""
    found: list[EntryRow] = []
    before = None
    while True:
        page = list_entries(session, wanted, before=before, limit=LINES_AT_ONCE)
        found += page.rows
        before = page.older
        if before is None:
            return reversed(found)


def _entry(session: Session, line: EntryRow, size: int) -> dict[str, Json]:
    proof = get_inclusion(session, line.index, size)
    return {"body": line.body.decode(), "index": line.index, "proof": [part.hex() for part in proof.path]}
