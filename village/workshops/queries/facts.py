"""What bears on a place, read for the rules: a session, its conditions, and how people stand towards them.

Core statements, built once: by the ORM a registration costs three to five times the processor time. Only what is set
is read: most sessions have no prerequisites, reserves, invitations or maxima.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, and_, bindparam, column, exists, func, or_, select, table

from village.editions.queries import travel_minutes
from village.exhibitors.queries import accepted_exhibitors_of
from village.kit.clock import instant, local
from village.kit.refusal import Refusal
from village.people.queries import list_people
from village.workshops.models import (
    PlaceReserve,
    Prerequisite,
    Registration,
    RegistrationGroup,
    RegistrationPolicy,
    Workshop,
    WorkshopInvitation,
)
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

W = cast("Table", Workshop.__table__)
R = cast("Table", Registration.__table__)
PRE = cast("Table", Prerequisite.__table__)
KEPT = cast("Table", PlaceReserve.__table__)
INVITED = cast("Table", WorkshopInvitation.__table__)
GROUP = cast("Table", RegistrationGroup.__table__)
POLICY = cast("Table", RegistrationPolicy.__table__)
# An edition belongs to another feature: only what places a session in time is named here.
EDITION = table("edition", column("id"), column("zone"))

_HOLDING = ("confirmed", "offered")

# A session with all that says whether more must be read.
SESSION = (
    select(
        W.c.id, W.c.edition_id, W.c.code, W.c.title_ar, W.c.title_fr, W.c.venue_id, W.c.day, W.c.starts, W.c.ends,
        W.c.places_onsite, W.c.places_online, W.c.taken_onsite, W.c.taken_online, W.c.requests, W.c.opens, W.c.closes,
        W.c.kind, W.c.status, W.c.audience, W.c.waiting, W.c.offer_minutes, W.c.max_per_exhibitor, W.c.extra_rules,
        EDITION.c.zone, POLICY.c.max_per_person, POLICY.c.max_per_day,
        exists().where(PRE.c.required_id == W.c.id).label("is_required"),
    )
    .join(EDITION, EDITION.c.id == W.c.edition_id)
    .outerjoin(POLICY, POLICY.c.edition_id == W.c.edition_id)
    .where(W.c.id.in_(bindparam("workshops", expanding=True)))
    .order_by(W.c.id)
)  # fmt: skip

_SITTING = (
    R.c.person_id, R.c.workshop_id, R.c.status, R.c.channel, W.c.code, W.c.day, W.c.starts, W.c.ends, W.c.venue_id,
    W.c.title_ar, W.c.title_fr,
)  # fmt: skip

# All that bears on a request: what the person holds that day, and how they stand with this workshop.
STANDING = (
    select(*_SITTING)
    .join(W, W.c.id == R.c.workshop_id)
    .where(
        R.c.person_id == bindparam("person"),
        or_(
            and_(R.c.status == "confirmed", W.c.day == bindparam("on")),
            and_(R.c.workshop_id == bindparam("workshop"), R.c.status.in_(("offered", "waitlisted"))),
        ),
    )
)

HELD = (
    select(*_SITTING)
    .join(W, W.c.id == R.c.workshop_id)
    .where(
        R.c.person_id.in_(bindparam("persons", expanding=True)),
        R.c.status == "confirmed",
        W.c.day == bindparam("on"),
    )
)

WAITING = (
    select(R.c.id, R.c.person_id, R.c.seq, R.c.wish, R.c.group_id, GROUP.c.together)
    .outerjoin(GROUP, GROUP.c.id == R.c.group_id)
    .where(R.c.workshop_id == bindparam("workshop"), R.c.status == "waitlisted")
    .order_by(R.c.seq)
)

_HOLDERS = select(R.c.person_id, R.c.channel).where(
    R.c.workshop_id == bindparam("workshop"), R.c.status.in_(_HOLDING)
)
_REQUIRED = (
    select(W.c.id, W.c.code, W.c.day, W.c.ends, W.c.title_ar, W.c.title_fr)
    .join(PRE, PRE.c.required_id == W.c.id)
    # What is not held any more can be asked of nobody.
    .where(PRE.c.workshop_id == bindparam("workshop"), W.c.status == "planned")
    .order_by(W.c.day, W.c.starts)
)
_HOLD_REQUIRED = select(R.c.person_id, R.c.workshop_id).where(
    R.c.person_id.in_(bindparam("persons", expanding=True)),
    R.c.workshop_id.in_(bindparam("required", expanding=True)),
    R.c.status == "confirmed",
)
_RESERVES = select(KEPT).where(KEPT.c.workshop_id == bindparam("workshop"))
_INVITATIONS = select(INVITED.c.person_id, INVITED.c.phone).where(INVITED.c.workshop_id == bindparam("workshop"))
_COUNTS = (
    select(R.c.person_id, W.c.day, func.count().label("places"))
    .join(W, W.c.id == R.c.workshop_id)
    .where(
        R.c.person_id.in_(bindparam("persons", expanding=True)),
        R.c.edition_id == bindparam("edition"),
        R.c.workshop_id != bindparam("workshop"),
        R.c.status.in_(_HOLDING),
        W.c.status == "planned",
    )
    .group_by(R.c.person_id, W.c.day)
)


_BY_CODE = select(W.c.id, W.c.code).where(W.c.edition_id == bindparam("edition"), W.c.code == bindparam("code"))


def find_session(session: orm.Session, edition_id: int, code: str) -> tuple[int, str]:
    """Return the id of a session and its code as it is written; the deeds need no more of it.

    Raises:
        Refusal: `workshop_not_found`.

    """
    row = session.connection().execute(_BY_CODE, {"edition": edition_id, "code": code.upper()}).first()
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
    required = run(_REQUIRED, here).all() if row.extra_rules else []
    kept = [r for r in run(_RESERVES, here) if r.until is None or now < r.until] if row.extra_rules else []
    holders = run(_HOLDERS, here).all() if kept or row.max_per_exhibitor is not None else []
    all_persons = {*persons, *(h.person_id for h in holders)}
    of_exhibitors = row.audience == Audience.DELEGATES or row.max_per_exhibitor is not None or any(
        r.audience != Audience.INVITED for r in kept
    )
    exhibitors = accepted_exhibitors_of(session, all_persons) if of_exhibitors else {}
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
    shares: dict[int, int] = {}
    if row.max_per_exhibitor is not None:
        taken = Counter(exhibitors[h.person_id] for h in holders if h.person_id in exhibitors)
        shares = {e: row.max_per_exhibitor - taken[e] for e in {*taken, *exhibitors.values()}}
    reserves = narrowest_first(_reserve(r) for r in kept)
    held = [(Channel(h.channel), visitors[h.person_id]) for h in holders]
    conditions = Conditions(
        audience=Audience(row.audience),
        required=tuple(
            Required(r.id, r.code, datetime.combine(r.day, r.ends), r.title_ar, r.title_fr) for r in required
        ),
        max_per_person=row.max_per_person,
        max_per_day=row.max_per_day,
        max_per_exhibitor=row.max_per_exhibitor,
        shares=shares,
        reserves=reserves,
        unused=unused_places(reserves, held),
    )
    return Facts(conditions, visitors)


def line_of(session: orm.Session, row: Found, here: Session, waiting: Sequence[Found], now: datetime) -> Line:
    """Read a waiting list as the rules see it.

    `waiting` are rows of `WAITING`; `here` is the session with its places as they are now.
    """
    persons = [w.person_id for w in waiting]
    held: dict[int, list[Sitting]] = {}
    elsewhere = set()
    if persons:
        for each in session.connection().execute(HELD, {"persons": persons, "on": row.day}):
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
    asked = session.connection().execute(_INVITATIONS, {"workshop": row.id}).all()
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
    for each in session.connection().execute(_COUNTS, wanted):
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
    for each in session.connection().execute(_HOLD_REQUIRED, wanted):
        held.setdefault(each.person_id, set()).add(each.workshop_id)
    return {person: frozenset(found) for person, found in held.items()}
