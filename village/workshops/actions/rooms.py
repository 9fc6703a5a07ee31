"""Rooms as the programme uses them: a room never has fewer seats than a session planned in it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from village.editions.actions import edit_room
from village.editions.queries import list_rooms
from village.kit.refusal import Refusal
from village.workshops.actions.timetable import hold_edition
from village.workshops.models import ProgrammeDraft, Workshop
from village.workshops.rules.sessions import why_not_capacity

if TYPE_CHECKING:
    from village.editions.queries import RoomRow
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
        Refusal: `edition_not_found`, `this_room_not_found`, `changed_meanwhile`, `room_name_missing`,
            `room_capacity_wrong`, `room_capacity_needed` naming the sessions that need more.

    """
    hold_edition(deed, edition_id)
    found = next((each for each in list_rooms(deed.session, edition_id) if each.code == code), None)
    if found is None:
        raise Refusal("this_room_not_found", {"room": code})
    if room.capacity < found.capacity:
        _refuse_too_few_seats(deed, edition_id, found, room.capacity)
    return edit_room(deed, room_id=found.id, seen=seen, room=room)


def _refuse_too_few_seats(deed: Deed, edition_id: int, room: RoomRow, capacity: int) -> None:
    """Hold the sessions of a room, so that no places are added meanwhile, and see that all of them keep their seats."""
    # Where a session stands on the board, and where it stands published: either needs its seats.
    rows = deed.session.execute(
        select(Workshop.code, Workshop.places_onsite)
        .outerjoin(ProgrammeDraft, ProgrammeDraft.workshop_id == Workshop.id)
        .where(
            Workshop.edition_id == edition_id,
            Workshop.status != "cancelled",
            or_(Workshop.room_id == room.id, ProgrammeDraft.room_id == room.id),
        )
        .order_by(Workshop.id)
        .with_for_update(key_share=True, of=Workshop)
    )
    if objection := why_not_capacity(room.code, capacity, {name: places for name, places in rows}):
        raise objection
