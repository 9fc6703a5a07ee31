"""Moving up from the waiting list: whoever is next gets the place, or is asked whether they still want it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.audit.actions import record
from village.kit.refusal import Refusal
from village.workshops.actions import statements as sql
from village.workshops.actions.telling import note
from village.workshops.queries import facts, reading
from village.workshops.rules import Channel, NoticeKind, Places, Session, WaitingMode, deal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from village.kit.db import Json
    from village.kit.deeds import Deed
    from village.workshops.queries.facts import Found
    from village.workshops.rules import Slot

# On lists that people of both languages read.
LAPSED = "انتهى أجل الجواب · délai de réponse passé"


@dataclass(frozen=True, slots=True)
class Promoted:
    """Who moved up from the waiting list, and by which channel; until when they may answer where it is an offer."""

    person_id: int
    channel: Channel
    offered_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """Who moved up, and the places left by slot for whoever comes new; `session` counts the places as they are now."""

    promoted: tuple[Promoted, ...]
    left: Mapping[Slot, int] | None
    session: Session


def lock_workshop(deed: Deed, workshop_id: int) -> Found:
    """Hold a workshop's row until the deed ends.

    Raises:
        Refusal: `workshop_not_found`.

    """
    row = deed.session.connection().execute(sql.LOCK_WORKSHOPS, {"workshops": [workshop_id]}).first()
    if row is None:
        raise Refusal("workshop_not_found", {"workshop": workshop_id})
    return row


def lock_workshops(deed: Deed, workshop_ids: Iterable[int]) -> dict[int, Found]:
    """Hold several workshops' rows, by rising id."""
    rows = deed.session.connection().execute(sql.LOCK_WORKSHOPS, {"workshops": sorted(set(workshop_ids))}).all()
    return {row.id: row for row in rows}


def lock_lists(deed: Deed, workshop_ids: Iterable[int], persons: Iterable[int] = ()) -> set[int]:
    """Hold everybody who waits for some workshops, and some more, in one order. Returns who of them still is somebody.

    Call it once the workshops are held: nobody joins their lists any more.
    """
    run = deed.session.connection().execute
    ids = set(persons)
    wanted = sorted(set(workshop_ids))
    if wanted:
        waiting = select(sql.R.c.person_id).where(sql.R.c.workshop_id.in_(wanted), sql.R.c.status == "waitlisted")
        ids.update(run(waiting).scalars())
    if not ids:
        return set()
    return {row.id for row in run(sql.LOCK_PERSONS, {"persons": sorted(ids)})}


def move_up(deed: Deed, row: Found, session: Session, *, held: bool = False) -> Moved:
    """Give or offer the free places to those who wait, in their order.

    Args:
        deed: the transaction, which holds the workshop.
        row: the workshop.
        session: the workshop with its places as they are now.
        held: those who wait are held already.

    """
    if not session.places.all_left or session.is_cancelled or (session.starts_at and deed.now >= session.starts_at):
        return Moved((), None, session)
    waiting = deed.session.connection().execute(reading.WAITING, {"workshop": row.id}).all()
    if not waiting:
        return Moved((), None, session)
    if not held:
        lock_lists(deed, (), [w.person_id for w in waiting])
    dealt = deal(facts.line_of(deed.session, row, session, waiting, deed.now))
    by_person = {w.person_id: w for w in waiting}
    promoted = []
    for award in dealt.awards:
        promoted.append(_give(deed, row, session, by_person[award.person_id], award.channel, award.reserve_id))
        session = with_taken(session, award.channel, +1)
    return Moved(tuple(promoted), dealt.left, session)


def _give(
    deed: Deed, row: Found, session: Session, waiting: Found, channel: Channel, reserve_id: int | None
) -> Promoted:
    """Confirm somebody who waited, or offer them the place and hold it for their answer."""
    run = deed.session.connection().execute
    until = answer_until(row, session, deed.now) if row.waiting == WaitingMode.OFFER else None
    status = "offered" if until else "confirmed"
    run(
        sql.SETTLE,
        {
            "registration": waiting.id, "to": status, "by": channel.value, "at": deed.now, "why": "",
            "reserve": reserve_id, "until": until,
        },
    )  # fmt: skip
    run(sql.COUNT_PLACES, {"workshop": row.id, **one(channel)})
    kind, told = NoticeKind.PROMOTED, {"channel": channel.value}
    if until:
        kind, told = NoticeKind.OFFERED, {"channel": channel.value, "until": until.isoformat()}
    tell(deed, row, kind, waiting.person_id, waiting.id, told)
    log(deed, row, "registration.offered" if until else "registration.promoted", waiting.person_id, waiting.id)
    return Promoted(waiting.person_id, channel, until)


def answer_until(row: Found, session: Session, now: datetime) -> datetime:
    """Return when an offer made now ends: after the minutes of the session, but never once it has begun."""
    until: datetime = now + timedelta(minutes=row.offer_minutes)
    return min(until, session.starts_at) if session.starts_at else until


def tell(
    deed: Deed, row: Found, kind: NoticeKind, person_id: int, registration_id: int,
    told: Mapping[str, Json] | None = None,
) -> None:  # fmt: skip
    """Put down what somebody is to be told of their place."""
    note(
        deed, kind, edition_id=row.edition_id, workshop_id=row.id, person_id=person_id,
        registration_id=registration_id, facts=told,
    )  # fmt: skip


def log(
    deed: Deed, row: Found, code: str, person_id: int, registration_id: int, more: Mapping[str, Json] | None = None
) -> None:
    """Write a line about somebody's place in the log."""
    facts_ = {"registration": registration_id, "person": person_id, "workshop": row.code, **(more or {})}
    record(deed, code, f"workshop:{row.code}", facts_)


def one(channel: Channel | None, step: int = 1) -> dict[str, int]:
    """Say by how many the counters of a workshop change."""
    return {
        "onsite": step if channel is Channel.ONSITE else 0,
        "online": step if channel is Channel.ONLINE else 0,
    }


def with_taken(session: Session, channel: Channel, step: int) -> Session:
    """Count one place more or less as taken."""
    now = session.places
    more = one(channel, step)
    places = Places(now.onsite, now.online, now.taken_onsite + more["onsite"], now.taken_online + more["online"])
    return replace(session, places=places)


def lapse(deed: Deed, row: Found, session: Session, expired: Sequence[Found]) -> Session:
    """End the offers that nobody answered in time; their places are free again."""
    run = deed.session.connection().execute
    for each in expired:
        run(
            sql.SETTLE,
            {
                "registration": each.id, "to": "cancelled", "by": each.channel, "at": deed.now, "why": LAPSED,
                "reserve": None, "until": each.offered_until,
            },
        )  # fmt: skip
        channel = Channel(each.channel)
        run(sql.COUNT_PLACES, {"workshop": row.id, **one(channel, -1)})
        session = with_taken(session, channel, -1)
        tell(deed, row, NoticeKind.LAPSED, each.person_id, each.id, {"until": each.offered_until.isoformat()})
        log(deed, row, "registration.lapsed", each.person_id, each.id)
    return session


_EXPIRED = (
    select(sql.R.c.id, sql.R.c.workshop_id, sql.R.c.person_id, sql.R.c.channel, sql.R.c.offered_until)
    .where(sql.R.c.status == "offered")
    .order_by(sql.R.c.workshop_id, sql.R.c.seq)
)


def list_expired(deed: Deed, workshop_id: int) -> Sequence[Found]:
    """List the offers of a workshop whose time to answer has passed."""
    query = _EXPIRED.where(sql.R.c.workshop_id == workshop_id, sql.R.c.offered_until <= deed.now)
    return deed.session.connection().execute(query).all()
