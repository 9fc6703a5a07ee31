"""The state of a draw as it moves: small enough to be asked for every few seconds by every telephone of the hall."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from village.audit.queries.witnesses import count_cosignatures
from village.draws.models import Draw, DrawBeacon, DrawCount, DrawHead, DrawPrize, DrawSeat, DrawTurn, DrawVoidSignature
from village.kit.canonical import dumps
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from village.kit.db import Json


def live_state(session: Session, edition_id: int, code: str) -> dict[str, Json]:
    """Say how far a draw has come, without a name, a count or a number that is still secret.

    `mark` changes whenever anything else does. At most eight queries, whatever the number of tickets.

    Raises:
        Refusal: `draw_not_found`.

    """
    draw = session.scalar(select(Draw).where(Draw.edition_id == edition_id, Draw.code == code))
    if draw is None:
        raise Refusal("draw_not_found", {"draw": code})
    said: dict[str, Json] = {
        "beacons": _count(session, DrawBeacon, draw.id),
        "counted": _count(session, DrawCount, draw.id),
        "heads": _heads(session, draw),
        "offline": draw.offline_at is not None,
        "seats": _seats(session, draw.id),
        "state": draw.state,
        "turns": _turns(session, draw.id),
        "withdrawn": _withdrawn(session, draw.id),
    }
    return {**said, "mark": hashlib.sha256(dumps(said)).hexdigest()[:16]}


def _count(session: Session, model: Any, draw_id: int) -> int:
    return session.scalar(select(func.count()).select_from(model).where(model.draw_id == draw_id)) or 0


def _heads(session: Session, draw: Draw) -> Json:
    rows = session.execute(
        select(DrawHead.step, DrawHead.size).where(DrawHead.draw_id == draw.id).order_by(DrawHead.size)
    )
    heads: list[Json] = [[row.step, row.size] for row in rows]
    if not heads or not draw.quorum:
        return heads
    last = int(heads[-1][1])  # type: ignore[index, arg-type]
    return [*heads, ["cosigned", count_cosignatures(session, last, draw.witness_keys.split())]]


def _seats(session: Session, draw_id: int) -> Json:
    rows = session.execute(
        select(DrawSeat.code, DrawSeat.handed_in_at, DrawSeat.opened_at)
        .where(DrawSeat.draw_id == draw_id)
        .order_by(DrawSeat.code)
    )
    return [[row.code, "open" if row.opened_at else "in" if row.handed_in_at else "awaited"] for row in rows]


def _turns(session: Session, draw_id: int) -> Json:
    words = select(func.count()).where(DrawVoidSignature.turn_id == DrawTurn.id).scalar_subquery()
    rows = session.execute(
        select(DrawTurn.place, DrawTurn.turn, DrawTurn.state, DrawTurn.calls, words.label("words"))
        .where(DrawTurn.draw_id == draw_id)
        .order_by(DrawTurn.place, DrawTurn.turn)
    )
    return [[row.place, row.turn, row.state, row.calls, row.words] for row in rows]


def _withdrawn(session: Session, draw_id: int) -> Json:
    rows = session.scalars(
        select(DrawPrize.position)
        .where(DrawPrize.draw_id == draw_id, DrawPrize.withdrawn_at.is_not(None))
        .order_by(DrawPrize.position)
    )
    return list(rows)
