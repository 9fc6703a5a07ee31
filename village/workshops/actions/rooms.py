"""Rooms as the programme uses them: a room never has fewer seats than a session planned in it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from village.editions.actions import edit_room
from village.editions.queries import list_rooms
from village.kit.refusal import Refusal
from village.workshops.models import ProgrammeDraft, Workshop
from village.workshops.rules.sessions import why_not_capacity

if TYPE_CHECKING:
    from village.editions.rules import NewRoom
    from village.kit.deeds import Deed


def change_room(deed: Deed, *, edition_id: int, code: str, seen: NewRoom, room: NewRoom) -> list[str]:
    """Change the name, the seats or the equipment of a room. Returns the names of what changed.

    Args:
        deed: the transaction.
        edition_id: the fair.
        code: which room.
        seen: the room as its editor saw it.
        room: what it is to be.

    Raises:
        Refusal: `this_room_not_found`, `changed_meanwhile`, `room_name_missing`, `room_capacity_wrong`,
            `room_capacity_needed` naming the sessions that need more.

    """
    found = next((each for each in list_rooms(deed.session, edition_id) if each.code == code), None)
    if found is None:
        raise Refusal("this_room_not_found", {"room": code})
    # Where a session stands on the board, and where it stands published: either needs its seats.
    rows = deed.session.execute(
        select(Workshop.code, Workshop.places_onsite)
        .outerjoin(ProgrammeDraft, ProgrammeDraft.workshop_id == Workshop.id)
        .where(
            Workshop.edition_id == edition_id,
            Workshop.status != "cancelled",
            or_(Workshop.room_id == found.id, ProgrammeDraft.room_id == found.id),
        )
    )
    if objection := why_not_capacity(code, room.capacity, {name: places for name, places in rows}):
        raise objection
    return edit_room(deed, room_id=found.id, seen=seen, room=room)
