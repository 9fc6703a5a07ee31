"""The list of a workshop as trainer, door and paper share it: one order, one numbering, the same counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from village.checkin import gate, queries
from village.checkin.rules import Way, in_order
from village.editions.queries import list_rooms
from village.kit.clock import instant
from village.kit.db import db
from village.kit.i18n import current_lang
from village.kit.web import clock, wired
from village.people.queries import list_people
from village.people.rules.needs import NEEDS, list_needs
from village.workshops.queries import count_files, list_registrations
from village.workshops.queries.versions import list_versions
from village.workshops.rules import Channel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from village.badges.rules import Affiliation
    from village.checkin.queries import Arrived, Listing
    from village.checkin.rules import Slot
    from village.people.queries import PersonRow
    from village.people.rules.needs import Need
    from village.workshops.queries import RegistrationRow, WorkshopRow

_BEFORE, _AFTER = timedelta(minutes=30), timedelta(minutes=30)


@dataclass(frozen=True)
class Seat:
    """A line of the list; `no` is the number on the newest sheet, 0 for who registered since."""

    no: int
    place: RegistrationRow
    person: PersonRow
    arrived: Arrived | None
    org: Affiliation | None

    @property
    def registration_id(self) -> int:
        """The request by which the place is held."""
        return self.place.id

    @property
    def is_ticked(self) -> bool:
        """Whether the trainer's tick is what counts."""
        return self.arrived is not None and self.arrived.way == Way.TRAINER

    @property
    def is_online(self) -> bool:
        """Whether the place is one online."""
        return self.place.channel == Channel.ONLINE

    @property
    def needs(self) -> list[Need]:
        """What the person asked for in order to take part."""
        return list_needs(self.person.needs)


@dataclass(frozen=True)
class Counts:
    """Places and presences of a workshop, women apart, and by the channel of the place."""

    registered: int
    present: int
    women: int
    women_present: int
    room: int
    room_present: int
    online: int
    online_present: int


def seats_of(row: WorkshopRow) -> list[Seat]:
    """Return who holds a place, in the order and with the numbers of the newest sheet; a constant number of queries.

    Before there is a sheet the order is that of a sheet in the reader's language. Who came since stands behind.
    """
    edition, session = gate.the_edition(), db.session()
    places = {r.person_id: r for r in list_registrations(session, row.id) if r.status == "confirmed"}
    people = {person.id: person for person in list_people(session, edition.id, places)}
    numbers = numbers_of(row)
    order = in_order(((p.id, p.name_ar, p.name_fr) for p in people.values()), current_lang())
    if numbers is None:
        numbers = {person: no for no, person in enumerate(order, 1)}
    behind = max(numbers.values(), default=0) + 1
    order.sort(key=lambda person: numbers.get(person, behind))
    arrivals = queries.list_arrivals(session, row.id)
    belongs = wired("affiliations")(session, edition.id)
    return [Seat(numbers.get(p, 0), places[p], people[p], arrivals.get(p), belongs.get(p)) for p in order]


def numbers_of(row: WorkshopRow) -> dict[int, int] | None:
    """Return the number of each person on the newest sheet of a workshop, or None while there is no sheet."""
    listed = queries.list_sheets(db.session(), row.id)
    if not listed:
        return None
    rows = queries.get_sheet(db.session(), row.id, listed[0].number).rows
    numbers: dict[int, int] = {}
    for each in rows:
        if each.person_id is not None:
            numbers.setdefault(each.person_id, each.no)
    return numbers


def count_now(row: WorkshopRow) -> Counts:
    """Count a workshop as it is now: three queries, for figures that look again by themselves."""
    edition, session = gate.the_edition(), db.session()
    places = [each for each in list_registrations(session, row.id) if each.status == "confirmed"]
    online = {each.person_id: each.channel == Channel.ONLINE for each in places}
    here = queries.list_arrivals(session, row.id).keys()
    women = {person.id for person in list_people(session, edition.id, online) if person.gender == "f"}
    return _count((person in women, is_online, person in here) for person, is_online in online.items())


def count_seats(seats: Sequence[Seat]) -> Counts:
    """Count a list."""
    return _count((seat.person.gender == "f", seat.is_online, seat.arrived is not None) for seat in seats)


def _count(people: Iterable[tuple[bool, bool, bool]]) -> Counts:
    """Count people, each given as (a woman, online, present)."""
    found = Counter(people)

    def number(*, woman: bool | None = None, online: bool | None = None, here: bool | None = None) -> int:
        asked = (woman, online, here)
        return sum(n for kind, n in found.items() if all(a in (None, b) for a, b in zip(asked, kind, strict=True)))

    return Counts(
        registered=number(),
        present=number(here=True),
        women=number(woman=True),
        women_present=number(woman=True, here=True),
        room=number(online=False),
        room_present=number(online=False, here=True),
        online=number(online=True),
        online_present=number(online=True, here=True),
    )


def count_needs(seats: Sequence[Seat]) -> list[tuple[Need, int]]:
    """Count what the people of a list need, in the order of the list of needs; what nobody needs is left out."""
    asked = Counter(need.code for seat in seats for need in seat.needs)
    return [(need, asked[code]) for code, need in NEEDS.items() if asked[code]]


def is_running(row: WorkshopRow) -> bool:
    """Tell whether a workshop is held within half an hour: then its figures look again by themselves."""
    zone, now = gate.the_edition().zone, clock().now()
    return (
        row.status == "planned"
        and instant(row.day, row.starts, zone) - _BEFORE <= now <= instant(row.day, row.ends, zone) + _AFTER
    )


def moved_from(row: WorkshopRow, slot: Slot | None) -> dict[str, Any] | None:
    """Return when and where a sheet says the workshop is, where that is true no more; None where it is."""
    if slot is None or slot == queries.slot_of(row):
        return None
    rooms = {room.code: room for room in list_rooms(db.session(), gate.the_edition().id)}
    room = rooms.get(slot.room)
    return {
        "day": slot.day,
        "starts": slot.starts,
        "ends": slot.ends,
        "room_ar": room.name_ar if room else "",
        "room_fr": room.name_fr if room else "",
    }


def last_moves(edition_id: int) -> dict[int, dict[str, Any]]:
    """Return by workshop id when and where it was before its last published move: day, hours, names of the room."""
    found: dict[int, dict[str, Any]] = {}
    for version in list_versions(db.session(), edition_id):
        for change in version.changes:
            if change["was"] and {"day", "hours", "room"}.intersection(change["what"]):
                was = change["was"]
                slot = {
                    "day": date.fromisoformat(was["day"]),
                    "starts": time.fromisoformat(was["starts"]),
                    "room_ar": was["room_ar"],
                    "room_fr": was["room_fr"],
                }
                found.setdefault(int(change["workshop"]), slot)
    return found


def ways() -> Mapping[str, str]:
    """Name the ways in which people were recognised."""
    return {
        "badge": _("badge"), "name": _("by name"), "walk_in": _("at the door"), "sheet": _("signed"),
        "trainer": _("ticked"), "online": _("joined online"),
    }  # fmt: skip


def room_view(row: WorkshopRow, certified: set[int]) -> dict[str, Any]:
    """Return what a workshop's list shows: seats, counts, needs, sheets, note, files.

    Args:
        row: the workshop.
        certified: who holds a certificate of it; where there is one, the attendance is closed.

    """
    session = db.session()
    seats = seats_of(row)
    listed: list[Listing] = queries.list_sheets(session, row.id)
    return {
        "row": row,
        "seats": seats,
        "counts": count_seats(seats),
        "needs": count_needs(seats),
        "listed": listed,
        "moved": {each.number: found for each in listed if (found := moved_from(row, each.slot))},
        "note": queries.get_note(session, row.id),
        "files": count_files(session, [row.id]).get(row.id, 0),
        "closed": bool(certified),
        "running": is_running(row),
        "ways": ways(),
        "clock_of": gate.clock_of,
    }
