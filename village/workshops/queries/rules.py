"""The rules of a session as organisers and visitors read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.exhibitors.queries import accepted_exhibitors_of
from village.kit.refusal import Refusal
from village.people.queries import list_people
from village.workshops.models import RegistrationPolicy
from village.workshops.queries.facts import facts_of
from village.workshops.queries.reading import INVITED, KEPT, PRE, SESSION, R, W
from village.workshops.rules import Audience, Channel, WaitingMode

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class RequiredRow:
    """A session that must be held before another."""

    id: int
    code: str
    title_ar: str
    title_fr: str


@dataclass(frozen=True, slots=True)
class ReserveRow:
    """Places kept for an audience or an organisation; `used` of them are used by those whom they serve."""

    id: int
    channel: Channel
    places: int
    audience: Audience | None
    exhibitor_id: int | None
    until: datetime | None
    released: bool
    used: int


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """Somebody invited: a person of the list, or a telephone; `registered` tells whether a request came of it."""

    id: int
    person_id: int | None
    phone: str | None
    invited_at: datetime
    registered: bool


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """How many places one person may hold, in all and on one day; None for no limit."""

    max_per_person: int | None = None
    max_per_day: int | None = None


@dataclass(frozen=True, slots=True)
class SessionRules:
    """All rules of a session."""

    workshop_id: int
    code: str
    audience: Audience
    waiting: WaitingMode
    offer_minutes: int
    max_per_exhibitor: int | None
    opens: datetime | None
    closes: datetime | None
    prerequisites: tuple[RequiredRow, ...]
    needed_for: tuple[RequiredRow, ...]
    reserves: tuple[ReserveRow, ...]
    invitations: tuple[InvitationRow, ...]
    policy: PolicyRow


def session_rules(session: Session, workshop_id: int, now: datetime) -> SessionRules:
    """Return all rules of a session; a constant number of SQL queries.

    Raises:
        Refusal: `workshop_not_found`.

    """
    run = session.connection().execute
    row = run(SESSION, {"workshops": [workshop_id]}).first()
    if row is None:
        raise Refusal("workshop_not_found", {"workshop": workshop_id})
    return SessionRules(
        workshop_id=row.id,
        code=row.code,
        audience=Audience(row.audience),
        waiting=WaitingMode(row.waiting),
        offer_minutes=row.offer_minutes,
        max_per_exhibitor=row.max_per_exhibitor,
        opens=row.opens,
        closes=row.closes,
        prerequisites=_linked(session, PRE.c.workshop_id == workshop_id, PRE.c.required_id),
        needed_for=_linked(session, PRE.c.required_id == workshop_id, PRE.c.workshop_id),
        reserves=_reserves(session, workshop_id, now),
        invitations=_invitations(session, workshop_id, row.edition_id),
        policy=PolicyRow(row.max_per_person, row.max_per_day),
    )


def find_policy(session: Session, edition_id: int) -> PolicyRow:
    """Return how many places one person may hold in a fair."""
    row = session.get(RegistrationPolicy, edition_id)
    return PolicyRow(row.max_per_person, row.max_per_day) if row else PolicyRow()


def exhibitor_of(session: Session, person_id: int) -> int | None:
    """Return the accepted exhibitor for whom somebody stands, or None."""
    return accepted_exhibitors_of(session, [person_id]).get(person_id)


def _linked(session: Session, where: ColumnElement[bool], other: ColumnElement[int]) -> tuple[RequiredRow, ...]:
    query = (
        select(W.c.id, W.c.code, W.c.title_ar, W.c.title_fr)
        .join(PRE, other == W.c.id)
        .where(where)
        .order_by(W.c.day, W.c.starts, W.c.code)
    )
    return tuple(RequiredRow(r.id, r.code, r.title_ar, r.title_fr) for r in session.connection().execute(query))


def _reserves(session: Session, workshop_id: int, now: datetime) -> tuple[ReserveRow, ...]:
    run = session.connection().execute
    rows = run(select(KEPT).where(KEPT.c.workshop_id == workshop_id).order_by(KEPT.c.id)).all()
    if not rows:
        return ()
    here = run(SESSION, {"workshops": [workshop_id]}).one()
    unused = facts_of(session, here, [], now).conditions.unused
    return tuple(
        ReserveRow(
            r.id, Channel(r.channel), r.places, Audience(r.audience) if r.audience else None, r.exhibitor_id, r.until,
            r.id not in unused, r.places - unused.get(r.id, r.places),
        )
        for r in rows
    )  # fmt: skip


def _invitations(session: Session, workshop_id: int, edition_id: int) -> tuple[InvitationRow, ...]:
    run = session.connection().execute
    rows = run(select(INVITED).where(INVITED.c.workshop_id == workshop_id).order_by(INVITED.c.id)).all()
    if not rows:
        return ()
    asked = set(run(select(R.c.person_id).where(R.c.workshop_id == workshop_id)).scalars())
    by_phone = any(r.phone for r in rows)
    phones = {p.phone for p in list_people(session, edition_id, asked) if p.phone} if by_phone else set()
    return tuple(
        InvitationRow(r.id, r.person_id, r.phone, r.invited_at, r.person_id in asked or r.phone in phones) for r in rows
    )
