"""What bears on a place, read for the rules: a session, its conditions, and how people stand towards them.

Only what is set is read: most sessions have no prerequisites, reserves, invitations or maxima. The statements are those
of `queries.reading`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from village.editions.queries import travel_minutes
from village.exhibitors.queries import accepted_exhibitors_of
from village.kit.clock import instant, local
from village.kit.refusal import Refusal
from village.people.queries import list_people
from village.workshops.queries import reading as sql
from village.workshops.rules import (
    FREE,
    Audience,
    Channel,
    Conditions,
    Line,
    Places,
    Required,
    Reserve,
    Session,
    Sitting,
    Visitor,
    Waiting,
    Wish,
    gathers,
    narrowest_first,
    places_by_slot,
    reserved_slots,
    unused_places,
    why_not_admitted,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row, orm

    Found = Row[*tuple[Any, ...]]


def find_session(session: orm.Session, edition_id: int, code: str) -> tuple[int, str]:
    """Return the id of a session and its code as it is written; the deeds need no more of it.

    Raises:
        Refusal: `workshop_not_found`.

    """
    row = session.connection().execute(sql.BY_CODE, {"edition": edition_id, "code": code.upper()}).first()
    if row is None:
        raise Refusal("workshop_not_found", {"workshop": code})
    return row.id, row.code


@dataclass(frozen=True, slots=True)
class Facts:
    """A session's conditions, and how each of some people stands towards them."""

    conditions: Conditions
    visitors: Mapping[int, Visitor]

    def visitor(self, person_id: int) -> Visitor:
        """Return how somebody stands; of whom nothing had to be read, nothing is known."""
        return self.visitors.get(person_id) or Visitor(person_id)


NOTHING = Facts(FREE, {})


def session_of(row: Found) -> Session:
    """Read a workshop's row as the rules see it."""
    return Session(
        code=row.code,
        starts=datetime.combine(row.day, row.starts),
        ends=datetime.combine(row.day, row.ends),
        venue_id=row.venue_id,
        places=Places(row.places_onsite, row.places_online, row.taken_onsite, row.taken_online),
        opens=local(row.opens, row.zone) if row.opens else None,
        closes=local(row.closes, row.zone) if row.closes else None,
        title_ar=row.title_ar,
        title_fr=row.title_fr,
        starts_at=instant(row.day, row.starts, row.zone),
        is_cancelled=row.status == "cancelled",
    )


def sitting_of(row: Found) -> Sitting:
    """Read a confirmed registration's row as a time that the person holds."""
    return Sitting(
        workshop=row.code,
        starts=datetime.combine(row.day, row.starts),
        ends=datetime.combine(row.day, row.ends),
        venue_id=row.venue_id if row.channel == "onsite" else None,
        title_ar=row.title_ar,
        title_fr=row.title_fr,
    )


def is_plain(row: Found) -> bool:
    """Tell whether nothing beyond the hours and the number of places bears on a session."""
    return not (
        row.extra_rules
        or row.audience != Audience.OPEN
        or row.max_per_exhibitor is not None
        or row.max_per_person is not None
        or row.max_per_day is not None
    )


def facts_of(session: orm.Session, row: Found, persons: Sequence[int], now: datetime) -> Facts:
    """Read the conditions of a session and how some people stand towards them; nothing for a plain session."""
    if is_plain(row):
        return NOTHING
    run = session.connection().execute
    here = {"workshop": row.id}
    required = run(sql.REQUIRED, here).all() if row.extra_rules else []
    kept = [r for r in run(sql.RESERVES, here) if r.until is None or now < r.until] if row.extra_rules else []
    holders = run(sql.HOLDERS, here).all() if kept or row.max_per_exhibitor is not None else []
    all_persons = {*persons, *(h.person_id for h in holders)}
    exhibitors = _exhibitors(session, row, kept, all_persons)
    by_invitation = row.audience == Audience.INVITED or any(r.audience == Audience.INVITED for r in kept)
    invited = _invited(session, row, all_persons) if by_invitation else set()
    places, that_day = _counts(session, row, persons)
    holds = _held_required(session, required, persons)
    visitors = {
        person: Visitor(
            person, exhibitors.get(person), person in invited, places[person], that_day[person],
            holds.get(person, frozenset()),
        )
        for person in all_persons
    }  # fmt: skip
    reserves = narrowest_first(_reserve(r) for r in kept)
    held = [(Channel(h.channel), visitors[h.person_id]) for h in holders]
    conditions = Conditions(
        audience=Audience(row.audience),
        required=tuple(_must_come_before(r) for r in required),
        max_per_person=row.max_per_person,
        max_per_day=row.max_per_day,
        max_per_exhibitor=row.max_per_exhibitor,
        shares=_shares(row, holders, exhibitors),
        reserves=reserves,
        unused=unused_places(reserves, held),
    )
    return Facts(conditions, visitors)


def _exhibitors(session: orm.Session, row: Found, kept: Sequence[Found], persons: set[int]) -> Mapping[int, int]:
    """Return for whom people stand, only where something of the session depends on it."""
    matters = (
        row.audience == Audience.DELEGATES
        or row.max_per_exhibitor is not None
        or any(r.audience != Audience.INVITED for r in kept)
    )
    return accepted_exhibitors_of(session, persons) if matters else {}


def _shares(row: Found, holders: Sequence[Found], exhibitors: Mapping[int, int]) -> dict[int, int]:
    """Count how many places each organisation may still take; nothing where no maximum is set."""
    if row.max_per_exhibitor is None:
        return {}
    taken = Counter(exhibitors[h.person_id] for h in holders if h.person_id in exhibitors)
    return {each: row.max_per_exhibitor - taken[each] for each in {*taken, *exhibitors.values()}}


def _must_come_before(row: Found) -> Required:
    return Required(row.id, row.code, datetime.combine(row.day, row.ends), row.title_ar, row.title_fr)


def line_of(session: orm.Session, row: Found, here: Session, waiting: Sequence[Found], now: datetime) -> Line:
    """Read a waiting list as the rules see it.

    `waiting` are rows of `WAITING`; `here` is the session with its places as they are now.
    """
    persons = [w.person_id for w in waiting]
    held: dict[int, list[Sitting]] = {}
    elsewhere = set()
    if persons:
        for each in session.connection().execute(sql.HELD, {"persons": persons, "on": row.day}):
            held.setdefault(each.person_id, []).append(sitting_of(each))
            elsewhere.add(each.venue_id)
    facts = facts_of(session, row, persons, now)
    people = []
    for each in waiting:
        visitor = facts.visitor(each.person_id)
        people.append(
            Waiting(
                each.person_id,
                each.seq,
                Wish(each.wish),
                tuple(held.get(each.person_id, ())),
                each.group_id if each.together else None,
                tuple(why_not_admitted(here, visitor, facts.conditions)),
                reserved_slots(facts.conditions.reserves, visitor),
                visitor.exhibitor_id if facts.conditions.max_per_exhibitor is not None else None,
            )
        )
    return Line(
        here,
        people,
        way_between(session, row, elsewhere),
        places_by_slot(here.places, facts.conditions),
        facts.conditions.shares,
        gathers(here.starts_at, now),
    )


def way_between(session: orm.Session, row: Found, venues: set[int | None]) -> Mapping[tuple[int, int], int]:
    """Load the minutes between venues, only where somebody holds a place elsewhere."""
    elsewhere = venues - {None, row.venue_id}
    if not elsewhere or row.venue_id is None:
        return {}
    return travel_minutes(session, row.edition_id)


def _reserve(row: Found) -> Reserve:
    audience = Audience(row.audience) if row.audience else None
    return Reserve(row.id, Channel(row.channel), row.places, audience, row.exhibitor_id, row.until)


def _invited(session: orm.Session, row: Found, persons: set[int]) -> set[int]:
    """Return who of some people is invited, by name or by the telephone they gave."""
    asked = session.connection().execute(sql.INVITATIONS, {"workshop": row.id}).all()
    known = {a.person_id for a in asked if a.person_id is not None} & persons
    phones = {a.phone for a in asked if a.phone}
    if phones and persons - known:
        unknown = list_people(session, row.edition_id, persons - known)
        known |= {person.id for person in unknown if person.phone in phones}
    return known


def _counts(session: orm.Session, row: Found, persons: Sequence[int]) -> tuple[Counter[int], Counter[int]]:
    """Count the places that people hold in other sessions: in all, and on the day of this one."""
    places: Counter[int] = Counter()
    that_day: Counter[int] = Counter()
    if row.max_per_person is None and row.max_per_day is None:
        return places, that_day
    wanted = {"persons": list(persons), "edition": row.edition_id, "workshop": row.id}
    for each in session.connection().execute(sql.COUNTS, wanted):
        places[each.person_id] += each.places
        if each.day == row.day:
            that_day[each.person_id] += each.places
    return places, that_day


def _held_required(
    session: orm.Session, required: Sequence[Found], persons: Sequence[int]
) -> dict[int, frozenset[int]]:
    if not required or not persons:
        return {}
    wanted = {"persons": list(persons), "required": [r.id for r in required]}
    held: dict[int, set[int]] = {}
    for each in session.connection().execute(sql.HOLD_REQUIRED, wanted):
        held.setdefault(each.person_id, set()).add(each.workshop_id)
    return {person: frozenset(found) for person, found in held.items()}
