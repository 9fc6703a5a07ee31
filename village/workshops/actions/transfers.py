"""A place goes to another person, who passes all the rules; whoever gave it keeps nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from village.kit.refusal import Refusal
from village.workshops.actions import statements as sql
from village.workshops.actions.giving_back import built_upon, needed_by, waits_for_free
from village.workshops.actions.moving import lock_lists, lock_workshops, log, move_up, tell
from village.workshops.queries import facts, reading
from village.workshops.rules import (
    Channel,
    NoticeKind,
    Status,
    may_overrule,
    places_by_slot,
    reserved_slots,
    slots_of,
    why_not_admitted,
    why_not_together,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.kit.deeds import Deed
    from village.workshops.queries.facts import Found

# On lists that people of both languages read.
GIVEN_AWAY = "أُعطي المكان لشخص آخر · place transmise"


@dataclass(frozen=True, slots=True)
class Transferred:
    """A place that changed hands: the new registration, and what staff set aside for it."""

    registration_id: int
    channel: Channel
    overruled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Checked:
    """What objects to a transfer, and from which reserve the place comes for its receiver."""

    objections: list[Refusal]
    reserve_id: int | None


def transfer_place(
    deed: Deed, *, registration_id: int, to_person_id: int, by_staff: bool = False, reason: str = ""
) -> Transferred:
    """Give a confirmed place to another person before the session begins; the first keeps nothing.

    A receiver who waits for the same session waits no more. Opening and closing times do not matter: no place is added.

    Args:
        deed: the transaction.
        registration_id: whose place.
        to_person_id: who receives it.
        by_staff: staff may set rules aside, with a reason.
        reason: what staff wrote; it stays in the list and out of the log.

    Raises:
        Refusal: all that objects, in one: `registration_not_found`, `person_not_found`, `transfer_not_confirmed`,
            `transfer_same`, `transfer_begun`, `needed_by`, `already_registered`, `place_reserved`, an overlap, and the
            conditions of the session.

    """
    run = deed.session.connection().execute
    asked = run(select(sql.R.c.workshop_id, sql.R.c.person_id).where(sql.R.c.id == registration_id)).first()
    if asked is None:
        raise Refusal("registration_not_found", {"registration": registration_id})
    # Whoever gives this place away may come elsewhere now; all sessions are held at once, by rising id.
    waits = waits_for_free(deed, asked.person_id, asked.workshop_id)
    rows = lock_workshops(deed, [asked.workshop_id, *waits])
    row = rows[asked.workshop_id]
    given = run(select(sql.R).where(sql.R.c.id == registration_id)).one()
    # With those who wait: whoever receives the place may leave a group behind that is complete now.
    found = lock_lists(deed, rows, [given.person_id, to_person_id])
    if to_person_id not in found:
        raise Refusal("person_not_found", {"person": to_person_id})
    checked = _check(deed.session, row, given, to_person_id, deed.now)
    overruled: tuple[str, ...] = ()
    if checked.objections:
        if not (by_staff and reason and all(may_overrule(no) for no in checked.objections)):
            raise Refusal.of(checked.objections)
        overruled = tuple(dict.fromkeys(no.code for no in checked.objections))
    done = _hand_over(deed, row, given, to_person_id, checked.reserve_id, reason, overruled)
    for each in waits:
        move_up(deed, rows[each], facts.session_of(rows[each]), held=True)
    return done


def why_not_transfer(session: Session, *, registration_id: int, to_person_id: int, now: datetime) -> Refusal | None:
    """Return everything that objects to a transfer, in one, or None; for pages that say it before the deed."""
    run = session.connection().execute
    given = run(select(sql.R).where(sql.R.c.id == registration_id)).first()
    if given is None:
        return Refusal("registration_not_found", {"registration": registration_id})
    row = run(reading.SESSION, {"workshops": [given.workshop_id]}).one()
    objections = _check(session, row, given, to_person_id, now).objections
    return Refusal.of(objections) if objections else None


def _check(db: Session, row: Found, given: Found, to_person_id: int, now: datetime) -> _Checked:
    here = facts.session_of(row)
    said: dict[str, Any] = {"workshop": row.code}
    if given.status != Status.CONFIRMED:
        return _Checked([Refusal("transfer_not_confirmed", said)], None)
    if given.person_id == to_person_id:
        return _Checked([Refusal("transfer_same", said)], None)
    objections = []
    if here.is_cancelled:
        objections.append(Refusal("workshop_cancelled", said))
    if here.starts_at is not None and now >= here.starts_at:
        objections.append(Refusal("transfer_begun", said))
    if row.is_required:
        objections += [needed_by(row, each) for each in built_upon(db, given.person_id, row.id).values()]
    wanted = {"person": to_person_id, "workshop": row.id, "on": row.day}
    standing = db.connection().execute(reading.STANDING, wanted).all()
    own = next((r.status for r in standing if r.workshop_id == row.id), None)
    if own in {"confirmed", "offered"}:
        objections.append(Refusal("already_registered", {**said, "status": own}))
    known = facts.facts_of(db, row, [given.person_id, to_person_id], now)
    giver, receiver = known.visitor(given.person_id), known.visitor(to_person_id)
    barred = why_not_admitted(here, receiver, known.conditions)
    if giver.exhibitor_id is not None and giver.exhibitor_id == receiver.exhibitor_id:
        # Within one organisation its share stays what it was.
        barred = [no for no in barred if no.code != "exhibitor_maximum"]
    objections += barred
    channel = Channel(given.channel)
    held = [r for r in standing if r.status == "confirmed" and r.workshop_id != row.id]
    travel = facts.way_between(db, row, {r.venue_id for r in held})
    if overlap := why_not_together(here.sitting(channel), [facts.sitting_of(r) for r in held], travel):
        objections.append(overlap)
    return _place_for(row, known, given, to_person_id, objections)


def _place_for(
    row: Found, known: facts.Facts, given: Found, to_person_id: int, objections: list[Refusal]
) -> _Checked:
    """Find the slot in which the receiver takes the place: a reserve is not emptied by giving its places away."""
    channel, reserves = Channel(given.channel), known.conditions.reserves
    if not reserves:
        return _Checked(objections, None)
    receiver = known.visitor(to_person_id)
    mine = reserved_slots(reserves, receiver)
    if (channel, given.reserve_id) in mine:
        return _Checked(objections, given.reserve_id)
    left = places_by_slot(facts.session_of(row).places, known.conditions)
    kept_by_giver = {slot[1] for slot in reserved_slots(reserves, known.visitor(given.person_id)) if slot[0] is channel}
    if not kept_by_giver:
        return _Checked(objections, None)
    for slot in slots_of([channel], mine):
        if left.get(slot, 0):
            return _Checked(objections, slot[1])
    return _Checked([*objections, Refusal("place_reserved", {"workshop": row.code})], None)


def _hand_over(
    deed: Deed, row: Found, given: Found, to_person_id: int, reserve_id: int | None, reason: str,
    overruled: tuple[str, ...],
) -> Transferred:  # fmt: skip
    run = deed.session.connection().execute
    waited = run(sql.LIVE, {"person": to_person_id, "workshop": row.id}).first()
    for each in (given, waited):
        if each is not None:
            run(
                sql.SETTLE,
                {
                    "registration": each.id, "to": "cancelled", "by": each.channel, "at": deed.now, "why": GIVEN_AWAY,
                    "reserve": None, "until": None,
                },
            )  # fmt: skip
    added = run(
        sql.REQUEST,
        {
            "edition_id": row.edition_id, "workshop_id": row.id, "person_id": to_person_id, "status": "confirmed",
            "channel": given.channel, "wish": given.wish, "seq": row.requests + 1, "requested_at": deed.now,
            "decided_at": deed.now, "reason": reason, "via": "transfer", "group_id": None, "reserve_id": reserve_id,
            "transferred_from_id": given.id,
        },
    )  # fmt: skip
    run(sql.COUNT_REQUEST, {"workshop": row.id, "onsite": 0, "online": 0})
    registration = added.inserted_primary_key[0] if added.inserted_primary_key else 0
    log(
        deed, row, "registration.transferred", to_person_id, registration,
        {"from": given.person_id, "rules": list(overruled)},
    )  # fmt: skip
    tell(deed, row, NoticeKind.TRANSFERRED, given.person_id, given.id, {"side": "gave"})
    told = {"side": "received", "channel": given.channel}
    tell(deed, row, NoticeKind.TRANSFERRED, to_person_id, registration, told)
    if waited is not None and waited.group_id is not None:
        move_up(deed, row, facts.session_of(row), held=True)
    return Transferred(registration, Channel(given.channel), overruled)
