"""The SQL statements that read what bears on a place, built once.

By the ORM a registration costs three to five times the processor time.
"""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, and_, bindparam, column, exists, func, or_, select, table

from village.workshops.models import (
    PlaceReserve,
    Prerequisite,
    Registration,
    RegistrationGroup,
    RegistrationPolicy,
    Workshop,
    WorkshopInvitation,
)

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

HOLDERS = select(R.c.person_id, R.c.channel).where(
    R.c.workshop_id == bindparam("workshop"), R.c.status.in_(_HOLDING)
)
REQUIRED = (
    select(W.c.id, W.c.code, W.c.day, W.c.ends, W.c.title_ar, W.c.title_fr)
    .join(PRE, PRE.c.required_id == W.c.id)
    # What is not held any more can be asked of nobody.
    .where(PRE.c.workshop_id == bindparam("workshop"), W.c.status == "planned")
    .order_by(W.c.day, W.c.starts)
)
HOLD_REQUIRED = select(R.c.person_id, R.c.workshop_id).where(
    R.c.person_id.in_(bindparam("persons", expanding=True)),
    R.c.workshop_id.in_(bindparam("required", expanding=True)),
    R.c.status == "confirmed",
)
RESERVES = select(KEPT).where(KEPT.c.workshop_id == bindparam("workshop"))
INVITATIONS = select(INVITED.c.person_id, INVITED.c.phone).where(INVITED.c.workshop_id == bindparam("workshop"))
COUNTS = (
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

BY_CODE = select(W.c.id, W.c.code).where(W.c.edition_id == bindparam("edition"), W.c.code == bindparam("code"))
