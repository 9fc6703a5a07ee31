"""The few SQL statements of a registration, built once.

Core statements on the same tables: by the ORM a registration costs three to five times the processor time.
Locks are always taken in one order: the workshop, then persons by rising id.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, and_, bindparam, column, insert, or_, select, table, update

from village.workshops.models import Registration, Workshop
from village.workshops.rules import Places, Session, Sitting

if TYPE_CHECKING:
    from sqlalchemy import Row

W = cast("Table", Workshop.__table__)
R = cast("Table", Registration.__table__)
# Persons belong to another feature: only their key is named here, as a foreign key would, to hold the row.
PERSON = table("person", column("id"), column("merged_into_id"))

# FOR NO KEY UPDATE: rows that refer to the locked one may still be inserted elsewhere.
LOCK_WORKSHOP = select(W).where(W.c.id == bindparam("workshop")).with_for_update(key_share=True)
LOCK_PERSONS = (
    select(PERSON.c.id)
    # Who turned out to be somebody else meanwhile takes no place any more.
    .where(PERSON.c.id.in_(bindparam("persons", expanding=True)), PERSON.c.merged_into_id.is_(None))
    .order_by(PERSON.c.id)
    .with_for_update(key_share=True)
)

_SITTING = (R.c.person_id, R.c.workshop_id, R.c.status, R.c.channel, W.c.code, W.c.day, W.c.starts, W.c.ends)
_SITTING_MORE = (W.c.venue_id, W.c.title_ar, W.c.title_fr)

# All that bears on a request: what the person holds that day, and how they stand with this workshop.
STANDING = (
    select(*_SITTING, *_SITTING_MORE)
    .join(W, W.c.id == R.c.workshop_id)
    .where(
        R.c.person_id == bindparam("person"),
        or_(
            and_(R.c.status == "confirmed", W.c.day == bindparam("on")),
            and_(R.c.workshop_id == bindparam("workshop"), R.c.status == "waitlisted"),
        ),
    )
)

HELD_BY_WAITING = (
    select(*_SITTING, *_SITTING_MORE)
    .join(W, W.c.id == R.c.workshop_id)
    .where(
        R.c.person_id.in_(bindparam("persons", expanding=True)),
        R.c.status == "confirmed",
        W.c.day == bindparam("on"),
    )
)

WAITING = (
    select(R.c.id, R.c.person_id, R.c.seq, R.c.wish)
    .where(R.c.workshop_id == bindparam("workshop"), R.c.status == "waitlisted")
    .order_by(R.c.seq)
)

LIVE = select(R.c.id, R.c.status, R.c.channel).where(
    R.c.person_id == bindparam("person"),
    R.c.workshop_id == bindparam("workshop"),
    R.c.status.in_(("confirmed", "waitlisted")),
)

HOLD_PLACE = (
    select(R.c.channel)
    .where(
        R.c.person_id == bindparam("person"),
        R.c.workshop_id == bindparam("workshop"),
        R.c.status == "confirmed",
    )
    .with_for_update(key_share=True)
)

REQUEST = insert(R)

COUNT_REQUEST = (
    update(W)
    .where(W.c.id == bindparam("workshop"))
    .values(
        requests=W.c.requests + 1,
        taken_onsite=W.c.taken_onsite + bindparam("onsite"),
        taken_online=W.c.taken_online + bindparam("online"),
    )
)

COUNT_PLACES = (
    update(W)
    .where(W.c.id == bindparam("workshop"))
    .values(
        taken_onsite=W.c.taken_onsite + bindparam("onsite"),
        taken_online=W.c.taken_online + bindparam("online"),
    )
)

SETTLE = (
    update(R)
    .where(R.c.id == bindparam("registration"))
    .values(
        status=bindparam("to"),
        channel=bindparam("by"),
        decided_at=bindparam("at"),
        reason=bindparam("why"),
    )
)

SET_CAPACITY = (
    update(W)
    .where(W.c.id == bindparam("workshop"))
    .values(places_onsite=bindparam("onsite"), places_online=bindparam("online"))
)


def session_of(row: Row[*tuple[Any, ...]]) -> Session:
    """Read a workshop's row as the rules see it."""
    return Session(
        code=row.code,
        starts=datetime.combine(row.day, row.starts),
        ends=datetime.combine(row.day, row.ends),
        venue_id=row.venue_id,
        places=Places(row.places_onsite, row.places_online, row.taken_onsite, row.taken_online),
        opens=row.opens,
        closes=row.closes,
        title_ar=row.title_ar,
        title_fr=row.title_fr,
    )


def sitting_of(row: Row[*tuple[Any, ...]]) -> Sitting:
    """Read a confirmed registration's row as a time that the person holds."""
    return Sitting(
        workshop=row.code,
        starts=datetime.combine(row.day, row.starts),
        ends=datetime.combine(row.day, row.ends),
        venue_id=row.venue_id if row.channel == "onsite" else None,
        title_ar=row.title_ar,
        title_fr=row.title_fr,
    )
