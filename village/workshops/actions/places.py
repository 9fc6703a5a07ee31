"""Places: register a person, give a place back and move the next one up.

Exact under concurrency: the workshop's row is locked before anything is counted, and the persons' rows before their
other places are read, so that nobody takes two overlapping places at once. (On SQLite BEGIN IMMEDIATE already lets
one deed write at a time.)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from village.audit.actions import record
from village.editions.queries import get_edition, travel_minutes
from village.kit.clock import instant
from village.kit.refusal import Refusal
from village.workshops.actions import statements as sql
from village.workshops.rules import (
    Channel,
    Decision,
    Places,
    Request,
    Result,
    Session,
    Status,
    Waiting,
    Wish,
    choose_promotion,
    decide_registration,
    why_not_cancel,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row

    from village.kit.deeds import Deed


@dataclass(frozen=True, slots=True)
class Registered:
    """What a request came to. `overlap` says what hindered a refused one; `seq` is the rank of the request."""

    result: Result
    registration_id: int
    seq: int
    channel: Channel | None = None
    overlap: Refusal | None = None
    overruled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promoted:
    """Who moved up from the waiting list, and by which channel they take part."""

    person_id: int
    channel: Channel


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What a cancellation came to: `cancelled`, or `ignored` where there was nothing to cancel."""

    result: Result
    promoted: Promoted | None = None


def register(
    deed: Deed,
    *,
    person_id: int,
    workshop_id: int,
    wish: Wish = Wish.ANY,
    override: str = "",
) -> Registered:
    """Register a person for a workshop: confirmed while places are left, else waitlisted.

    A request refused for an overlap is kept in the list of requests and answered, not raised.

    Args:
        deed: the transaction.
        person_id: who asks.
        workshop_id: for what.
        wish: the room first and online where it is full, or one channel alone.
        override: the reason for which staff set a rule aside; empty where the rules decide.

    Raises:
        Refusal: `workshop_not_found`, `person_not_found`, `already_registered`, `registration_not_open`,
            `registration_closed`, `channel_not_offered`, alone or together.

    """
    workshop = _lock_workshop(deed, workshop_id)
    run = deed.session.connection().execute
    if run(sql.LOCK_PERSONS, {"persons": [person_id]}).first() is None:
        raise Refusal("person_not_found", {"person": person_id})
    standing = run(sql.STANDING, {"person": person_id, "workshop": workshop_id, "on": workshop.day}).all()
    held = [sql.sitting_of(row) for row in standing if row.status == "confirmed" and row.workshop_id != workshop_id]
    own = next((Status(row.status) for row in standing if row.workshop_id == workshop_id), None)
    travel = _travel(deed, workshop, standing)
    request = Request(sql.session_of(workshop), held, travel, deed.now, wish, own, override)
    return _write(deed, workshop, person_id, request, decide_registration(request))


def _write(
    deed: Deed, workshop: Row[*tuple[Any, ...]], person_id: int, request: Request, decision: Decision
) -> Registered:
    refused = decision.result is Result.REFUSED_OVERLAP
    status = Status.REFUSED if refused else Status(decision.result.value)
    seq = workshop.requests + 1
    run = deed.session.connection().execute
    added = run(
        sql.REQUEST,
        {
            "edition_id": workshop.edition_id,
            "workshop_id": workshop.id,
            "person_id": person_id,
            "status": status.value,
            "channel": decision.channel.value if decision.channel else None,
            "wish": request.wish.value,
            "seq": seq,
            "requested_at": deed.now,
            "decided_at": deed.now,
            "reason": request.override,
        },
    )
    run(sql.COUNT_REQUEST, {"workshop": workshop.id, **_one(decision.channel)})
    registration = added.inserted_primary_key[0] if added.inserted_primary_key else 0
    facts = {"registration": registration, "person": person_id, "workshop": workshop.code}
    if decision.overruled:
        record(deed, "registration.overruled", f"workshop:{workshop.code}", facts | {"rules": list(decision.overruled)})
    else:
        record(deed, f"registration.{status.value}", f"workshop:{workshop.code}", facts)
    return Registered(decision.result, registration, seq, decision.channel, decision.overlap, decision.overruled)


def cancel_registration(
    deed: Deed, *, person_id: int, workshop_id: int, by_staff: bool = False, reason: str = ""
) -> Cancelled:
    """Give a place or a rank back; a confirmed place goes at once to the longest waiting person who can come.

    Args:
        deed: the transaction.
        person_id: whose place it is.
        workshop_id: in which workshop.
        by_staff: staff may still correct the list once the workshop has begun.
        reason: what staff wrote.

    Raises:
        Refusal: `workshop_not_found`, `workshop_begun`.

    """
    workshop = _lock_workshop(deed, workshop_id)
    run = deed.session.connection().execute
    own = run(sql.LIVE, {"person": person_id, "workshop": workshop_id}).first()
    if own is None:
        return Cancelled(Result.IGNORED)
    if not by_staff:
        zone = get_edition(deed.session, workshop.edition_id).zone
        if objection := why_not_cancel(instant(workshop.day, workshop.starts, zone), deed.now, by_staff=False):
            raise objection
    run(
        sql.SETTLE,
        {"registration": own.id, "to": "cancelled", "by": own.channel, "at": deed.now, "why": reason},
    )
    facts = {"registration": own.id, "person": person_id, "workshop": workshop.code}
    record(deed, "registration.cancelled", f"workshop:{workshop.code}", facts)
    if own.status != Status.CONFIRMED.value:
        return Cancelled(Result.CANCELLED)
    freed = Channel(own.channel)
    run(sql.COUNT_PLACES, {"workshop": workshop_id, **_one(freed, -1)})
    session = _with_taken(sql.session_of(workshop), freed, -1)
    return Cancelled(Result.CANCELLED, _move_up(deed, workshop, session, freed))


def change_places(deed: Deed, *, workshop_id: int, onsite: int, online: int) -> list[Promoted]:
    """Change the places of a workshop; added places go to those who wait, in their order.

    Nobody loses a confirmed place: below the number taken, the room only stays full for longer.

    Raises:
        Refusal: `workshop_not_found`, `places_negative`.

    """
    workshop = _lock_workshop(deed, workshop_id)
    if min(onsite, online) < 0:
        raise Refusal("places_negative", {"workshop": workshop.code})
    deed.session.connection().execute(sql.SET_CAPACITY, {"workshop": workshop_id, "onsite": onsite, "online": online})
    facts = {"onsite": onsite, "online": online}
    record(deed, "workshop.places_changed", f"workshop:{workshop.code}", facts)
    before = sql.session_of(workshop)
    places = replace(before.places, onsite=onsite, online=online)
    session = replace(before, places=places)
    moved = []
    for channel in Channel:
        while promoted := _move_up(deed, workshop, session, channel):
            session = _with_taken(session, channel, +1)
            moved.append(promoted)
    return moved


def hold_place(deed: Deed, *, person_id: int, workshop_id: int) -> Channel | None:
    """Return the channel of a person's confirmed place and hold its row until the deed ends; None without a place.

    Two gates that see the same person at the same moment wait for each other here.
    """
    row = deed.session.connection().execute(sql.HOLD_PLACE, {"person": person_id, "workshop": workshop_id}).first()
    return Channel(row.channel) if row else None


def _lock_workshop(deed: Deed, workshop_id: int) -> Row[*tuple[Any, ...]]:
    row = deed.session.connection().execute(sql.LOCK_WORKSHOP, {"workshop": workshop_id}).first()
    if row is None:
        raise Refusal("workshop_not_found", {"workshop": workshop_id})
    return row


def _move_up(deed: Deed, workshop: Row[*tuple[Any, ...]], session: Session, freed: Channel) -> Promoted | None:
    """Confirm the longest waiting person whom nothing hinders, if a place is left in the channel."""
    if not session.places.left(freed):
        return None
    run = deed.session.connection().execute
    rows = run(sql.WAITING, {"workshop": workshop.id}).all()
    if not rows:
        return None
    persons = sorted(row.person_id for row in rows)
    run(sql.LOCK_PERSONS, {"persons": persons})
    held = run(sql.HELD_BY_WAITING, {"persons": persons, "on": workshop.day}).all()
    waiting = [
        Waiting(
            row.person_id,
            row.seq,
            Wish(row.wish),
            tuple(sql.sitting_of(h) for h in held if h.person_id == row.person_id),
        )
        for row in rows
    ]
    chosen = choose_promotion(session, waiting, _travel(deed, workshop, held), freed)
    if chosen is None:
        return None
    registration = next(row.id for row in rows if row.person_id == chosen.person_id)
    run(
        sql.SETTLE,
        {"registration": registration, "to": "confirmed", "by": freed.value, "at": deed.now, "why": ""},
    )
    run(sql.COUNT_PLACES, {"workshop": workshop.id, **_one(freed)})
    facts = {"registration": registration, "person": chosen.person_id, "workshop": workshop.code}
    record(deed, "registration.promoted", f"workshop:{workshop.code}", facts)
    return Promoted(chosen.person_id, freed)


def _travel(
    deed: Deed, workshop: Row[*tuple[Any, ...]], held: Sequence[Row[*tuple[Any, ...]]]
) -> Mapping[tuple[int, int], int]:
    """Load the minutes between venues, only where somebody holds a place elsewhere."""
    elsewhere = {row.venue_id for row in held if row.venue_id is not None} - {workshop.venue_id}
    if not elsewhere or workshop.venue_id is None:
        return {}
    return travel_minutes(deed.session, workshop.edition_id)


def _one(channel: Channel | None, step: int = 1) -> dict[str, int]:
    return {
        "onsite": step if channel is Channel.ONSITE else 0,
        "online": step if channel is Channel.ONLINE else 0,
    }


def _with_taken(session: Session, channel: Channel, step: int) -> Session:
    now = session.places
    places = Places(
        now.onsite,
        now.online,
        now.taken_onsite + (step if channel is Channel.ONSITE else 0),
        now.taken_online + (step if channel is Channel.ONLINE else 0),
    )
    return replace(session, places=places)
