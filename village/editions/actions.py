"""Deeds on an edition."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.audit.actions import make_checkpoint, record
from village.audit.queries import EntryFilter, list_entries
from village.editions.models import (
    Break,
    Ceremony,
    Edition,
    EditionDay,
    Partner,
    Phase,
    Room,
    Travel,
    Venue,
)
from village.editions.rules import (
    DAY_CLOSED,
    NewEdition,
    NewRoom,
    NewVenue,
    Status,
    list_room_objections,
    name_of_day,
    why_not_move,
)
from village.kit.db import locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date

    from village.audit.keys import LogKeys
    from village.kit.db import Json
    from village.kit.deeds import Deed


def open_edition(deed: Deed, new: NewEdition) -> int:
    """Create an edition with its days, venues, breaks and partners, in status draft. Returns its id."""
    edition = Edition(
        code=new.code,
        number=new.number,
        name_ar=new.name_ar,
        name_fr=new.name_fr,
        name_en=new.name_en,
        theme_ar=new.theme_ar,
        theme_fr=new.theme_fr,
        zone=new.zone,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        status=Status.DRAFT,
        demonstration=new.demonstration,
    )
    deed.session.add(edition)
    deed.session.flush()
    venues = {venue.code: _add_venue(deed, edition.id, venue) for venue in new.venues}
    for a, b, minutes in new.travel:
        deed.session.add(Travel(venue_a_id=venues[a], venue_b_id=venues[b], minutes=minutes))
    _add_calendar(deed, edition.id, new, venues)
    for partner in new.partners:
        deed.session.add(Partner(edition_id=edition.id, **vars(partner)))
    record(deed, "edition.created", f"edition:{new.code}", {"number": new.number})
    return edition.id


def move_edition(deed: Deed, edition_id: int, to: Status) -> None:
    """Move an edition one status on.

    Raises:
        Refusal: `edition_not_found`, `edition_status_order`.

    """
    edition = locked(deed.session, Edition, edition_id)
    if edition is None:
        raise Refusal("edition_not_found", {"edition": edition_id})
    if objection := why_not_move(Status(edition.status), to):
        raise objection
    edition.status = to
    record(deed, "edition.moved", f"edition:{edition.code}", {"to": str(to)})


def close_day(deed: Deed, *, edition_id: int, day: date, keys: LogKeys) -> bool:
    """Close a day of the fair in the log and seal it; what was closed already stays as it is.

    Returns:
        Whether the day was still open.

    Raises:
        Refusal: `edition_not_found`, also for a day that is none of its days.

    """
    edition = locked(deed.session, Edition, edition_id)
    found = select(EditionDay.id).where(EditionDay.edition_id == edition_id, EditionDay.date == day)
    if edition is None or deed.session.scalar(found) is None:
        raise Refusal("edition_not_found", {"edition": edition_id})
    thing = name_of_day(edition.code, day)
    if list_entries(deed.session, EntryFilter(code=DAY_CLOSED, thing=thing), limit=1).rows:
        return False
    record(deed, DAY_CLOSED, thing, {"day": day.isoformat()})
    make_checkpoint(deed, keys, DAY_CLOSED)
    return True


def add_room(deed: Deed, *, edition_id: int, venue_code: str, room: NewRoom) -> None:
    """Add a room to a venue.

    Raises:
        Refusal: `venue_not_found`, `room_code_wrong`, `room_code_taken`, `room_name_missing`, `room_capacity_wrong`.

    """
    venue = deed.session.scalars(
        select(Venue).where(Venue.edition_id == edition_id, Venue.code == venue_code).with_for_update()
    ).first()
    if venue is None:
        raise Refusal("venue_not_found", {"venue": venue_code})
    rooms = select(Room.code).join(Venue, Venue.id == Room.venue_id).where(Venue.edition_id == edition_id)
    if objections := list_room_objections(room, deed.session.scalars(rooms)):
        raise Refusal.of(objections)
    deed.session.add(Room(venue_id=venue.id, **vars(room)))
    deed.session.flush()
    record(deed, "room.added", f"room:{room.code}", {"room": room.code, "seats": room.capacity})


def edit_room(deed: Deed, *, room_id: int, seen: NewRoom, room: NewRoom) -> list[str]:
    """Change a room's names, seats or equipment; its code stays. Returns the names of what changed.

    Whether sessions need its seats is asked by the programme, which calls this.

    Raises:
        Refusal: `this_room_not_found`; `changed_meanwhile` where it is no longer as it was seen; `room_name_missing`,
            `room_capacity_wrong`.

    """
    row = locked(deed.session, Room, room_id)
    if row is None:
        raise Refusal("this_room_not_found", {"room": room_id})
    names = ("name_ar", "name_fr", "capacity", "equipment")
    if any(getattr(row, name) != getattr(seen, name) for name in names):
        raise Refusal("changed_meanwhile", {"thing": row.code})
    if objections := list_room_objections(replace(room, code=row.code), ()):
        raise Refusal.of(objections)
    changed = [name for name in names if getattr(row, name) != getattr(room, name)]
    for name in changed:
        setattr(row, name, getattr(room, name))
    if changed:
        facts: dict[str, Json] = {"room": row.code, "seats": row.capacity, "changed": list(changed)}
        record(deed, "room.edited", f"room:{row.code}", facts)
    return changed


def _add_venue(deed: Deed, edition_id: int, new: NewVenue) -> int:
    values = {name: value for name, value in vars(new).items() if name != "rooms"}
    venue = Venue(edition_id=edition_id, **values)
    deed.session.add(venue)
    deed.session.flush()
    deed.session.add_all(Room(venue_id=venue.id, **vars(room)) for room in new.rooms)
    return venue.id


def _add_calendar(deed: Deed, edition_id: int, new: NewEdition, venues: dict[str, int]) -> None:
    add = deed.session.add
    for day in new.days:
        add(EditionDay(edition_id=edition_id, **vars(day)))
    for phase in new.phases:
        add(Phase(edition_id=edition_id, **vars(phase)))
    for kind, date, starts, ends in new.breaks:
        add(Break(edition_id=edition_id, kind=kind, date=date, starts=starts, ends=ends))
    for ceremony in new.ceremonies:
        values = {name: value for name, value in vars(ceremony).items() if name != "venue"}
        add(Ceremony(edition_id=edition_id, venue_id=venues[ceremony.venue], **values))
