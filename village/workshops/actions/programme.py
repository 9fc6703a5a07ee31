"""The programme comes in as a whole: trainers, workshops, rooms, hours."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from village.audit.actions import record
from village.editions.queries import get_edition, list_rooms, travel_minutes
from village.kit.clock import instant
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.workshops.actions.publishing import keep_first_version
from village.workshops.models import Trainer, Workshop, WorkshopTrainer
from village.workshops.rules import Booking, NewTrainer, NewWorkshop, Sitting, list_programme_clashes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village.editions.queries import RoomRow
    from village.kit.deeds import Deed


def import_programme(
    deed: Deed, edition_id: int, trainers: Sequence[NewTrainer], workshops: Sequence[NewWorkshop]
) -> dict[str, int]:
    """Add trainers and workshops to an edition.

    Returns:
        the ids of the workshops by their code.

    Raises:
        Refusal: all clashes of the programme: `room_not_found`, `room_too_small`, `room_taken`, `trainer_taken`,
            `trainer_not_found`.

    """
    edition = get_edition(deed.session, edition_id)
    rooms = {room.code: room for room in list_rooms(deed.session, edition_id)}
    travel = travel_minutes(deed.session, edition_id)
    objections = [
        *_list_missing(workshops, trainers, rooms),
        *list_programme_clashes([_booking(new, rooms) for new in workshops], travel),
    ]
    if objections:
        raise Refusal.of(objections)
    trainer_ids = _add_trainers(deed, edition_id, trainers)
    ids = {}
    for new in workshops:
        row = _workshop(edition_id, edition.zone, new, rooms.get(new.room or ""))
        deed.session.add(row)
        deed.session.flush()
        ids[new.code] = row.id
        deed.session.add_all(
            WorkshopTrainer(workshop_id=row.id, trainer_id=trainer_ids[code], position=position)
            for position, code in enumerate(new.trainers)
        )
    keep_first_version(deed, edition_id)
    record(
        deed,
        "programme.imported",
        f"edition:{edition.code}",
        {"workshops": len(workshops), "trainers": len(trainers)},
    )
    return ids


def set_join_link(deed: Deed, workshop_id: int, join_url: str) -> None:
    """Give a workshop the address where those confirmed online take part.

    Raises:
        Refusal: `workshop_not_found`.

    """
    row = locked(deed.session, Workshop, workshop_id)
    if row is None:
        raise Refusal("workshop_not_found", {"workshop": workshop_id})
    row.join_url = join_url
    record(deed, "workshop.join_link_set", f"workshop:{row.code}", {"set": bool(join_url)})


def _list_missing(
    workshops: Sequence[NewWorkshop], trainers: Sequence[NewTrainer], rooms: dict[str, RoomRow]
) -> list[Refusal]:
    known = {trainer.code for trainer in trainers}
    objections = []
    for new in workshops:
        room = rooms.get(new.room or "")
        if new.room and room is None:
            objections.append(Refusal("room_not_found", {"workshop": new.code, "room": new.room}))
        elif room and new.capacity > room.capacity:
            facts = {"workshop": new.code, "capacity": new.capacity, "seats": room.capacity}
            objections.append(Refusal("room_too_small", facts))
        objections += [
            Refusal("trainer_not_found", {"workshop": new.code, "trainer": code})
            for code in new.trainers
            if code not in known
        ]
    return objections


def _booking(new: NewWorkshop, rooms: dict[str, RoomRow]) -> Booking:
    room = rooms.get(new.room or "")
    venue = room.venue.id if room and not room.venue.is_online else None
    sitting = Sitting(new.code, datetime.combine(new.day, new.starts), datetime.combine(new.day, new.ends), venue)
    return Booking(sitting, room.id if room else None, frozenset(new.trainers))


def _add_trainers(deed: Deed, edition_id: int, trainers: Sequence[NewTrainer]) -> dict[str, int]:
    rows = [
        Trainer(
            edition_id=edition_id,
            code=new.code,
            name_ar=new.name_ar,
            name_fr=new.name_fr,
            gender=new.gender,
        )
        for new in trainers
    ]
    deed.session.add_all(rows)
    deed.session.flush()
    return {row.code: row.id for row in rows}


def _workshop(edition_id: int, zone: str, new: NewWorkshop, room: RoomRow | None) -> Workshop:
    places = new.places
    return Workshop(
        edition_id=edition_id,
        code=new.code,
        title_ar=new.title_ar,
        title_fr=new.title_fr,
        kind=new.kind,
        mode=new.mode.value,
        room_id=room.id if room else None,
        venue_id=room.venue.id if room and not room.venue.is_online else None,
        day=new.day,
        starts=new.starts,
        ends=new.ends,
        credit_minutes=new.credit_minutes,
        places_onsite=places.onsite,
        places_online=places.online,
        opens=new.opens,
        closes=new.closes or instant(new.day, new.ends, zone),
        join_url=new.join_url,
    )
