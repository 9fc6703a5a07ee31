"""The few SQL statements that write places, built once; what they decide by is read in `queries.facts`.

Locks are always taken in one order: workshops by rising id, then persons by rising id.
"""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, bindparam, column, insert, select, table, update

from village.workshops.models import Notice
from village.workshops.queries.facts import session_of, sitting_of
from village.workshops.queries.reading import GROUP, PRE, SESSION, R, W

__all__ = ["GROUP", "PRE", "R", "W", "session_of", "sitting_of"]

N = cast("Table", Notice.__table__)
# Persons belong to another feature: only their key is named here, as a foreign key would, to hold the row.
PERSON = table("person", column("id"), column("merged_into_id"))

# FOR NO KEY UPDATE: rows that refer to the locked one may still be inserted elsewhere.
LOCK_WORKSHOPS = SESSION.with_for_update(key_share=True, of=W)
LOCK_PERSONS = (
    select(PERSON.c.id)
    # Who turned out to be somebody else meanwhile takes no place any more.
    .where(PERSON.c.id.in_(bindparam("persons", expanding=True)), PERSON.c.merged_into_id.is_(None))
    .order_by(PERSON.c.id)
    .with_for_update(key_share=True)
)

LIVE = select(
    R.c.id, R.c.status, R.c.channel, R.c.reserve_id, R.c.offered_until, R.c.group_id, R.c.seq, R.c.wish
).where(
    R.c.person_id == bindparam("person"),
    R.c.workshop_id == bindparam("workshop"),
    R.c.status.in_(("confirmed", "offered", "waitlisted")),
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
REQUEST_COLUMNS = (
    "edition_id", "workshop_id", "person_id", "status", "channel", "wish", "seq", "requested_at", "decided_at",
    "reason", "via", "group_id", "reserve_id",
)  # fmt: skip
NOTICE_COLUMNS = ("edition_id", "person_id", "workshop_id", "kind", "facts", "at")

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
        reserve_id=bindparam("reserve"),
        offered_until=bindparam("until"),
    )
)

SET_CAPACITY = (
    update(W)
    .where(W.c.id == bindparam("workshop"))
    .values(places_onsite=bindparam("onsite"), places_online=bindparam("online"))
)

_ADDED = (
    insert(R)
    .values({name: bindparam(f"r_{name}", type_=R.c[name].type) for name in REQUEST_COLUMNS})
    .returning(R.c.id)
    .cte("added")
)
_TOLD = (
    insert(N)
    .from_select(
        [*NOTICE_COLUMNS, "registration_id"],
        select(*(bindparam(f"n_{name}", type_=N.c[name].type) for name in NOTICE_COLUMNS), _ADDED.c.id),
    )
    .cte("told")
)
# PostgreSQL does the three in one message, which halves how long the session's row is held.
REQUEST_AT_ONCE = select(_ADDED.c.id).add_cte(COUNT_REQUEST.cte("counted"), _TOLD)

# A group that waits together makes its session one whose list is looked at before anybody new gets a place.
LOOK_CLOSER = update(W).where(W.c.id == bindparam("workshop")).values(extra_rules=True)

IS_TOGETHER = select(GROUP.c.together).where(GROUP.c.id == bindparam("of"))

THE_GROUP = select(GROUP.c.workshop_id, GROUP.c.together).where(GROUP.c.id == bindparam("group"))
