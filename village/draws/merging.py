"""What becomes of tickets when two persons turn out to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from village.draws.models import Draw, DrawEntrant, DrawSeat
from village.people.actions import move_rows, put_back
from village.people.rules import Mover

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from village.kit.db import Json
    from village.kit.deeds import Deed


def move_tickets(deed: Deed, kept: int, gone: int) -> dict[str, Any]:
    """Give tickets and witness seats to the one who stays.

    Where both stand in one list, that ticket stays with the one who goes: a committed list is never edited, and the
    one who stays has a ticket in it already.
    """
    own = select(DrawEntrant.draw_id).where(DrawEntrant.person_id == kept)
    double = select(DrawEntrant.id).where(DrawEntrant.person_id == gone, DrawEntrant.draw_id.in_(own))
    leave = list(deed.session.scalars(double))
    return {
        "tickets": move_rows(deed, DrawEntrant, kept=kept, gone=gone, leave=leave),
        "seats": move_rows(deed, DrawSeat, kept=kept, gone=gone),
    }


def restore_tickets(deed: Deed, kept: int, gone: int, done: Mapping[str, Any]) -> None:
    """Give tickets and seats back.

    Raises:
        Refusal: `merge_changed_since`.

    """
    put_back(deed, DrawEntrant, done["tickets"], kept=kept, gone=gone)
    put_back(deed, DrawSeat, done["seats"], kept=kept, gone=gone)


TICKETS = Mover("draws", move_tickets, restore_tickets)


def list_kept(session: Session, ids: Sequence[int]) -> list[dict[str, Json]]:
    """Return the draws in whose lists persons stand, for themselves to read."""
    rows = session.execute(
        select(Draw.code, Draw.title_ar, Draw.title_fr, DrawEntrant.token)
        .join(DrawEntrant, DrawEntrant.draw_id == Draw.id)
        .where(DrawEntrant.person_id.in_(ids))
        .order_by(Draw.id)
    )
    return [{"code": f"{row.code} {row.token}", "title_ar": row.title_ar, "title_fr": row.title_fr} for row in rows]
