"""Places: register a person or a group, give a place back and move the next one up.

Exact under concurrency: the workshop's row is locked before anything is counted, and the persons' rows before their
other places are read, so that nobody takes two overlapping places at once. (On SQLite BEGIN IMMEDIATE already lets
one deed write at a time.)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from village.audit.actions import record
from village.kit.refusal import Refusal
from village.workshops.actions import statements as sql
from village.workshops.actions.moving import (
    Promoted,
    lapse,
    list_expired,
    lock_lists,
    lock_workshop,
    log,
    move_up,
    one,
    tell,
    with_taken,
)
from village.workshops.queries import facts, reading
from village.workshops.rules import (
    LIVE,
    Channel,
    Decision,
    NoticeKind,
    Request,
    Result,
    Session,
    Slot,
    Status,
    WaitingMode,
    Wish,
    decide_registration,
    places_by_slot,
    reserved_slots,
    why_no_registration,
    why_not_admitted,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from village.kit.deeds import Deed
    from village.workshops.queries.facts import Found


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
class _Desk:
    """A session that is held for registering: its row, its places now, and the list as it stands."""

    row: Found
    session: Session
    persons: set[int]
    left: Mapping[Slot, int] | None


def register(
    deed: Deed,
    *,
    person_id: int,
    workshop_id: int,
    wish: Wish = Wish.ANY,
    override: str = "",
    via: str = "self",
    group_id: int | None = None,
) -> Registered:
    """Register a person for a workshop: confirmed while places are left, else waitlisted.

    A request refused for an overlap alone is kept in the list of requests and answered, not raised.

    Args:
        deed: the transaction.
        person_id: who asks.
        workshop_id: for what.
        wish: the room first and online where it is full, or one channel alone.
        override: the reason for which staff set a rule aside; empty where the rules decide.
        via: the way the request came in: self, desk, group, walk_in, transfer, api or import.
        group_id: with which group. Who joins a group that waits together waits with it.

    Raises:
        Refusal: everything that objects, in one: `workshop_not_found`, `person_not_found`, `already_registered`,
            `workshop_cancelled`, `registration_not_needed`, `registration_not_open`, `registration_closed`,
            `channel_not_offered`, `audience_delegates`, `audience_invited`, `prerequisite_missing`,
            `prerequisite_later`, `person_maximum`, `person_day_maximum`, `exhibitor_maximum`.

    """
    desk = _open_desk(deed, workshop_id, [person_id])
    party = deed.session.connection().execute(sql.IS_TOGETHER, {"of": group_id}).scalar() if group_id else False
    request = _request(deed, desk, person_id, wish, override)
    decision = decide_registration(request)
    if party and decision.result is Result.CONFIRMED and not override and _others_wait(deed, workshop_id, group_id):
        decision = Decision(Result.WAITLISTED)
    answer = _write(deed, desk, person_id, request, decision, via, group_id)
    if party and answer.result is Result.WAITLISTED:
        deed.session.connection().execute(sql.LOOK_CLOSER, {"workshop": workshop_id})
    return answer


def register_together(
    deed: Deed,
    *,
    group_id: int,
    person_ids: Sequence[int],
    wish: Wish = Wish.ANY,
    override: str = "",
    via: str = "group",
) -> list[Registered]:
    """Register people of one group at once. Where the group stays together, all get a place or all wait.

    Raises:
        Refusal: `group_not_found`, and what objects to any of them (see `register`), an overlap included: the facts
            hold `person`.

    """
    run = deed.session.connection().execute
    of = run(sql.THE_GROUP, {"group": group_id}).first()
    if of is None:
        raise Refusal("group_not_found", {"group": group_id})
    desk = _open_desk(deed, of.workshop_id, person_ids)
    asked: list[tuple[int, Request, Decision]] = []
    objections: list[Refusal] = []
    now = desk
    for person in dict.fromkeys(person_ids):
        try:
            request = _request(deed, now, person, wish, override)
            decision = decide_registration(request)
        except Refusal as refusal:
            objections += [Refusal(o.code, {**o.facts, "person": person}) for o in refusal.objections]
            continue
        if decision.overlap is not None:
            objections.append(Refusal(decision.overlap.code, {**decision.overlap.facts, "person": person}))
        asked.append((person, request, decision))
        now = _after(now, decision)
    if objections:
        raise Refusal.of(objections)
    waits = [d for _p, _r, d in asked if d.result is Result.WAITLISTED]
    if of.together and (waits or _others_wait(deed, of.workshop_id, group_id)) and not override:
        asked = [(person, request, Decision(Result.WAITLISTED)) for person, request, _d in asked]
        run(sql.LOOK_CLOSER, {"workshop": of.workshop_id})
    answers = []
    for number, (person, request, decision) in enumerate(asked):
        answers.append(_write(deed, desk, person, request, decision, via, group_id, number))
    return answers


def change_places(deed: Deed, *, workshop_id: int, onsite: int, online: int) -> list[Promoted]:
    """Change the places of a workshop; added places go to those who wait, in their order.

    Nobody loses a confirmed place: below the number taken, the room only stays full for longer.

    Raises:
        Refusal: `workshop_not_found`, `places_negative`.

    """
    row = lock_workshop(deed, workshop_id)
    if min(onsite, online) < 0:
        raise Refusal("places_negative", {"workshop": row.code})
    deed.session.connection().execute(sql.SET_CAPACITY, {"workshop": workshop_id, "onsite": onsite, "online": online})
    record(deed, "workshop.places_changed", f"workshop:{row.code}", {"onsite": onsite, "online": online})
    before = facts.session_of(row)
    session = replace(before, places=replace(before.places, onsite=onsite, online=online))
    return list(move_up(deed, row, session).promoted)


def hold_place(deed: Deed, *, person_id: int, workshop_id: int) -> Channel | None:
    """Return the channel of a person's confirmed place and hold its row until the deed ends; None without a place.

    Two gates that see the same person at the same moment wait for each other here.
    """
    row = deed.session.connection().execute(sql.HOLD_PLACE, {"person": person_id, "workshop": workshop_id}).first()
    return Channel(row.channel) if row else None


def _open_desk(deed: Deed, workshop_id: int, persons: Sequence[int]) -> _Desk:
    """Hold a session and those who ask, once everything that was due there is done.

    Where answers may be late, places are reserved or groups wait, those who wait go before anybody new.
    """
    row = lock_workshop(deed, workshop_id)
    if row.status == "draft":
        raise Refusal("workshop_not_found", {"workshop": workshop_id})
    session = facts.session_of(row)
    if not row.extra_rules and row.waiting == WaitingMode.PROMOTE:
        return _Desk(row, session, lock_lists(deed, (), persons), None)
    found = lock_lists(deed, [row.id], persons)
    session = lapse(deed, row, session, list_expired(deed, row.id))
    moved = move_up(deed, row, session, held=True)
    return _Desk(row, moved.session, found, moved.left)


def _request(deed: Deed, desk: _Desk, person_id: int, wish: Wish, override: str) -> Request:
    """Read all that bears on somebody's request."""
    if person_id not in desk.persons:
        raise Refusal("person_not_found", {"person": person_id})
    row, session = desk.row, desk.session
    wanted = {"person": person_id, "workshop": row.id, "on": row.day}
    standing = deed.session.connection().execute(reading.STANDING, wanted).all()
    held = [facts.sitting_of(r) for r in standing if r.status == "confirmed" and r.workshop_id != row.id]
    own = next((Status(r.status) for r in standing if r.workshop_id == row.id), None)
    travel = facts.way_between(deed.session, row, {r.venue_id for r in standing})
    barred = [no for no in [why_no_registration(row.kind, row.code)] if no]
    if facts.is_plain(row):
        return Request(session, held, travel, deed.now, wish, own, override, barred, desk.left)
    known = facts.facts_of(deed.session, row, [person_id], deed.now)
    visitor = known.visitor(person_id)
    barred += why_not_admitted(session, visitor, known.conditions)
    left = desk.left if desk.left is not None else places_by_slot(session.places, known.conditions)
    reserved = reserved_slots(known.conditions.reserves, visitor)
    return Request(session, held, travel, deed.now, wish, own, override, barred, left, reserved)


def _after(desk: _Desk, decision: Decision) -> _Desk:
    """Count a place of a group as taken, for the next of it."""
    if decision.channel is None:
        return desk
    slot = (decision.channel, decision.reserve_id)
    left = None if desk.left is None else {**desk.left, slot: desk.left.get(slot, 0) - 1}
    return replace(desk, session=with_taken(desk.session, decision.channel, +1), left=left)


def _others_wait(deed: Deed, workshop_id: int, group_id: int | None) -> bool:
    """Tell whether members of a group wait for a session."""
    rows = deed.session.connection().execute(reading.WAITING, {"workshop": workshop_id})
    return any(row.group_id == group_id for row in rows)


def _write(
    deed: Deed, desk: _Desk, person_id: int, request: Request, decision: Decision, via: str, group_id: int | None,
    before: int = 0,
) -> Registered:  # fmt: skip
    row = desk.row
    refused = decision.result is Result.REFUSED_OVERLAP
    status = Status.REFUSED if refused else Status(decision.result.value)
    seq = row.requests + 1 + before
    registration = _put(
        deed,
        row,
        {
            "edition_id": row.edition_id, "workshop_id": row.id, "person_id": person_id, "status": status.value,
            "channel": decision.channel.value if decision.channel else None, "wish": request.wish.value, "seq": seq,
            "requested_at": deed.now, "decided_at": deed.now, "reason": request.override, "via": via,
            "group_id": group_id, "reserve_id": decision.reserve_id,
        },
        decision.channel,
    )  # fmt: skip
    if decision.overruled:
        log(deed, row, "registration.overruled", person_id, registration, {"rules": list(decision.overruled)})
    else:
        log(deed, row, f"registration.{status.value}", person_id, registration)
    return Registered(decision.result, registration, seq, decision.channel, decision.overlap, decision.overruled)


def _put(deed: Deed, row: Found, request: dict[str, Any], channel: Channel | None) -> int:
    """Write a request, count it, and put down what is told of it. Returns its id."""
    run = deed.session.connection().execute
    counted = {"workshop": row.id, **one(channel)}
    told = {"channel": channel.value} if channel else {}
    kind = NoticeKind.CONFIRMED if channel else NoticeKind.WAITLISTED
    if request["status"] in LIVE and deed.session.get_bind().dialect.name == "postgresql":
        notice = {
            "edition_id": row.edition_id, "person_id": request["person_id"], "workshop_id": row.id, "kind": kind.value,
            "facts": told, "at": deed.now,
        }  # fmt: skip
        named = {f"r_{name}": value for name, value in request.items()} | {f"n_{n}": v for n, v in notice.items()}
        return int(run(sql.REQUEST_AT_ONCE, {**counted, **named}).scalar_one())
    added = run(sql.REQUEST, request)
    run(sql.COUNT_REQUEST, counted)
    registration = int(added.inserted_primary_key[0]) if added.inserted_primary_key else 0
    if request["status"] in LIVE:
        tell(deed, row, kind, request["person_id"], registration, told)
    return registration
