"""The signed heads of a draw, and how many of its witnesses have cosigned each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from village.audit.queries.witnesses import cosigned_note
from village.draws.models import DrawHead
from village.draws.rules.cosigned import count_in_time

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from village.draws.models import Draw


def list_heads(session: Session, draw_id: int) -> list[DrawHead]:
    """List the heads of a draw in the order they were signed."""
    return list(session.scalars(select(DrawHead).where(DrawHead.draw_id == draw_id).order_by(DrawHead.size)))


def note_of(session: Session, row: Draw, size: int) -> str:
    """Give the signed head of a size with the cosignatures of the draw's own witnesses under it."""
    return cosigned_note(session, size, row.witness_keys.split("\n") if row.witness_keys else ())


def count_cosigned(session: Session, row: Draw, heads: list[DrawHead] | None = None) -> dict[str, tuple[int, int]]:
    """Tell for the head of each step how many cosignatures count and how many the draw demands; empty for none.

    For the heads before the hour only cosignatures by the announced hour count.
    """
    if not row.quorum:
        return {}
    found = list_heads(session, row.id) if heads is None else heads
    return {
        head.step: (count_in_time(note_of(session, row, head.size), head.step, row.announced_at), row.quorum)
        for head in found
    }
