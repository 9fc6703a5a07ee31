"""Giving a place back: it is free at once, and goes to whoever is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from village.kit.refusal import Refusal
from village.workshops.actions import statements as sql
from village.workshops.actions.moving import (
    Promoted,
    lapse,
    list_expired,
    lock_lists,
    lock_workshops,
    log,
    move_up,
    one,
    tell,
    with_taken,
)
from village.workshops.queries import facts
from village.workshops.rules import HOLDING, Channel, NoticeKind, Result, Status, why_not_cancel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from village.kit.deeds import Deed
    from village.workshops.queries.facts import Found


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What a cancellation came to: `cancelled`, or `ignored` where there was nothing to cancel.

    `moved` are all who moved up in this session, `promoted` the first of them; `also` names the sessions given back
    with it because they build upon it.
    """

    result: Result
    promoted: Promoted | None = None
    moved: tuple[Promoted, ...] = ()
    also: tuple[str, ...] = ()


def cancel_registration(
    deed: Deed,
    *,
    person_id: int,
    workshop_id: int,
    by_staff: bool = False,
    reason: str = "",
    also: bool = False,
    quietly: bool = False,
) -> Cancelled:
    """Give a place or a rank back, or decline an offer; a place goes at once to the longest waiting who can come.

    Args:
        deed: the transaction.
        person_id: whose place it is.
        workshop_id: in which workshop.
        by_staff: staff may still correct the list once the workshop has begun.
        reason: what staff wrote.
        also: give back too what builds upon this session.
        quietly: tell the person nothing (a second entry of somebody who keeps the first).

    Raises:
        Refusal: `workshop_not_found`, `workshop_begun`, `needed_by` where a place in a session that builds upon this
            one is held and `also` is not asked for.

    """
    run = deed.session.connection().execute
    # What builds upon the session is looked up first, so that all are held by rising id, and once more when they are.
    waits = waits_for_free(deed, person_id, workshop_id)
    more = built_upon(deed.session, person_id, workshop_id) if also else ()
    rows = lock_workshops(deed, [workshop_id, *more, *waits])
    if workshop_id not in rows:
        raise Refusal("workshop_not_found", {"workshop": workshop_id})
    row = rows[workshop_id]
    held = bool(row.is_required or waits)
    if held:
        # Nobody takes a place that builds upon this one while it is given back.
        lock_lists(deed, rows, [person_id])
    own = run(sql.LIVE, {"person": person_id, "workshop": workshop_id}).first()
    if own is None:
        return Cancelled(Result.IGNORED)
    above = _must_be_free(deed, row, own, person_id, by_staff=by_staff, also=also, quietly=quietly)
    if not above.keys() <= rows.keys():
        raise Refusal("done_meanwhile")
    moved = _free(deed, row, own, person_id, reason, held=held, quietly=quietly)
    for each in above:
        live = run(sql.LIVE, {"person": person_id, "workshop": each}).first()
        if live is not None:
            _free(deed, rows[each], live, person_id, reason, held=True, quietly=quietly)
    # Whoever gave this place back may come elsewhere now, where a place stands free for them.
    for each in waits if own.status == Status.CONFIRMED else ():
        if each not in above:
            move_up(deed, rows[each], facts.session_of(rows[each]), held=True)
    return Cancelled(Result.CANCELLED, next(iter(moved), None), moved, tuple(each.code for each in above.values()))


def _must_be_free(
    deed: Deed, row: Found, own: Found, person_id: int, *, by_staff: bool, also: bool, quietly: bool
) -> Mapping[int, Found]:
    """Refuse what may not be given back; return the sessions that go with it because they build upon it."""
    session = facts.session_of(row)
    if session.starts_at and (no := why_not_cancel(session.starts_at, deed.now, by_staff=by_staff)):
        raise no
    holds = own.status in HOLDING and not quietly
    above = built_upon(deed.session, person_id, row.id) if row.is_required and holds else {}
    if above and not also:
        raise Refusal.of(needed_by(row, each) for each in above.values())
    return above


def waits_for_free(deed: Deed, person_id: int, workshop_id: int) -> list[int]:
    """Return the sessions for which somebody waits though places are free: an overlap or a maximum hinders them."""
    query = (
        select(sql.W.c.id)
        .join(sql.R, sql.R.c.workshop_id == sql.W.c.id)
        .where(
            sql.R.c.person_id == person_id,
            sql.R.c.status == Status.WAITLISTED.value,
            sql.W.c.id != workshop_id,
            or_(sql.W.c.taken_onsite < sql.W.c.places_onsite, sql.W.c.taken_online < sql.W.c.places_online),
        )
    )
    return list(deed.session.connection().execute(query).scalars())


def _free(
    deed: Deed, row: Found, own: Found, person_id: int, reason: str, *, held: bool, quietly: bool
) -> tuple[Promoted, ...]:
    """End a request; the place that it held goes on."""
    run = deed.session.connection().execute
    run(
        sql.SETTLE,
        {
            "registration": own.id, "to": "cancelled", "by": own.channel, "at": deed.now, "why": reason,
            "reserve": None, "until": None,
        },
    )  # fmt: skip
    offered = own.status == Status.OFFERED
    log(deed, row, "registration.declined" if offered else "registration.cancelled", person_id, own.id)
    if not quietly:
        tell(deed, row, NoticeKind.CANCELLED, person_id, own.id, {"was": own.status})
    session = facts.session_of(row)
    if own.status not in HOLDING:
        # A group may be complete now that somebody of it waits no more.
        return move_up(deed, row, session, held=held).promoted if own.group_id else ()
    freed = Channel(own.channel)
    run(sql.COUNT_PLACES, {"workshop": row.id, **one(freed, -1)})
    session = with_taken(session, freed, -1)
    if row.waiting == "offer":
        session = lapse(deed, row, session, list_expired(deed, row.id))
    return move_up(deed, row, session, held=held).promoted


def built_upon(db: Session, person_id: int, workshop_id: int) -> Mapping[int, Found]:
    """Return the sessions in which somebody holds a place and which build upon one, directly or through others."""
    holds = (
        select(sql.PRE.c.required_id, sql.W.c.id, sql.W.c.code, sql.W.c.title_ar, sql.W.c.title_fr, sql.R.c.status)
        .join(sql.W, sql.W.c.id == sql.PRE.c.workshop_id)
        .join(sql.R, sql.R.c.workshop_id == sql.W.c.id)
        .where(sql.R.c.person_id == person_id, sql.R.c.status.in_([s.value for s in HOLDING]))
        .order_by(sql.W.c.id)
    )
    pairs = db.connection().execute(holds).all()
    found: dict[int, Found] = {}
    todo = [workshop_id]
    while todo:
        below = todo.pop()
        for pair in pairs:
            if pair.required_id == below and pair.id not in found:
                found[pair.id] = pair
                todo.append(pair.id)
    return dict(sorted(found.items()))


def needed_by(row: Found, above: Found) -> Refusal:
    """Say that a place is needed for another one that the person holds."""
    return Refusal(
        "needed_by",
        {
            "workshop": row.code,
            "other": above.code,
            "other_ar": above.title_ar or above.title_fr,
            "other_fr": above.title_fr or above.title_ar,
        },
    )
