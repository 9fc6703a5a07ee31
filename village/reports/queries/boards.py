"""Reads for the boards: a constant number of SQL queries, whatever the size of the fair."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from village.checkin import queries as checkin
from village.kit.clock import instant
from village.people import queries as people
from village.reports.rules import (
    YOUTH,
    Breakdown,
    Part,
    SessionFigures,
    count_where,
    hide_small,
    may_hope,
    part_of,
)
from village.workshops import queries as workshops

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.people.queries import Traits
    from village.workshops.queries import WaitingList, WorkshopRow

_NOBODY = workshops.WaitingList(0, 0, None)


@dataclass(frozen=True)
class Held:
    """Who holds a place in which session, and who was there: sets of person ids by session id."""

    confirmed: Mapping[int, frozenset[int]]
    came: Mapping[int, frozenset[int]]

    def absent(self, workshop_id: int) -> frozenset[int]:
        """Those who held a confirmed place and did not come."""
        return self.confirmed.get(workshop_id, frozenset()) - self.came.get(workshop_id, frozenset())


@dataclass(frozen=True)
class BoardView:
    """All that the boards show.

    `hopes` estimates for each session how many of its waiting list will get a place; venues and tracks are named by
    code, in Arabic and French.
    """

    sessions: tuple[SessionFigures, ...]
    hopes: Mapping[int, int]
    people: int
    women: Part
    youth: Part
    provinces: Breakdown
    venues: Mapping[str, tuple[str, str]]
    tracks: Mapping[str, tuple[str, str]]


def get_board(session: Session, edition_id: int, *, zone: str, now: datetime) -> BoardView:
    """Gather the figures of the programme.

    Args:
        session: for reading.
        edition_id: the fair.
        zone: where its wall times hold.
        now: an aware instant; before the end of a session nobody is absent from it.

    """
    rows = workshops.list_workshops(session, edition_id)
    waiting = workshops.list_waiting(session, edition_id)
    held = held_places(session, edition_id)
    traits = people.list_traits(session, edition_id)
    given_back, ever = workshops.count_given_back(session, edition_id)
    everybody = frozenset[int]().union(*held.confirmed.values())
    women, youth = _parts(everybody, traits)
    provinces = count_where(traits[each].province_code for each in everybody if each in traits)
    sessions = tuple(_session(row, waiting.get(row.id, _NOBODY), held, traits, zone, now) for row in rows)
    return BoardView(
        sessions,
        {one.workshop_id: 0 if one.over else may_hope(one.waiting, one.taken, given_back, ever) for one in sessions},
        len(everybody),
        women,
        youth,
        hide_small(provinces),
        {row.room.venue.code: (row.room.venue.city_ar, row.room.venue.city_fr) for row in rows if row.room},
        {row.track.code: (row.track.name_ar, row.track.name_fr) for row in rows if row.track},
    )


def held_places(session: Session, edition_id: int) -> Held:
    """Return who holds a place where, and who came; two SQL queries."""
    confirmed, came = defaultdict(set), defaultdict(set)
    for person, workshop, _channel in workshops.list_confirmed(session, edition_id):
        confirmed[workshop].add(person)
    for row in checkin.list_attendance(session, edition_id):
        came[row.workshop_id].add(row.person_id)
    return Held(
        {number: frozenset(each) for number, each in confirmed.items()},
        {number: frozenset(each) for number, each in came.items()},
    )


def _session(
    row: WorkshopRow, waiting: WaitingList, held: Held, traits: Mapping[int, Traits], zone: str, now: datetime
) -> SessionFigures:
    confirmed = held.confirmed.get(row.id, frozenset())
    over = instant(row.day, row.ends, zone) <= now
    women, youth = _parts(confirmed, traits)
    return SessionFigures(
        workshop_id=row.id,
        code=row.code,
        title_ar=row.title_ar,
        title_fr=row.title_fr,
        day=row.day,
        starts=row.starts,
        ends=row.ends,
        venue=row.room.venue.code if row.room else "",
        track=row.track.code if row.track else "",
        theme=row.theme,
        places=row.capacity,
        taken_onsite=row.places.taken_onsite,
        taken_online=row.places.taken_online,
        waiting=waiting.waiting,
        offered=waiting.offered,
        oldest=waiting.oldest,
        over=over,
        confirmed=len(confirmed),
        absent=len(held.absent(row.id)) if over else None,
        women=women,
        youth=youth,
    )


def _parts(ids: Iterable[int], traits: Mapping[int, Traits]) -> tuple[Part, Part]:
    """Return women of those whose gender is known, and young people of those whose age is known."""
    known = [traits[each] for each in ids if each in traits]
    genders = [one.gender for one in known if one.gender != "unknown"]
    bands = [one.age_band for one in known if one.age_band]
    return (
        part_of(sum(gender == "f" for gender in genders), len(genders)),
        part_of(sum(band in YOUTH for band in bands), len(bands)),
    )
