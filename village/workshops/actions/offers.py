"""Offers: somebody who waited is asked whether they still want the place, and has some time to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from village.kit.refusal import Refusal
from village.workshops.actions import statements as sql
from village.workshops.actions.moving import (
    LAPSED,
    lapse,
    list_expired,
    lock_lists,
    lock_workshop,
    lock_workshops,
    log,
    move_up,
    tell,
)
from village.workshops.queries import facts, reading
from village.workshops.queries.due import list_due
from village.workshops.rules import Channel, NoticeKind, Status, why_not_admitted, why_not_together

if TYPE_CHECKING:
    from village.kit.deeds import Deed
    from village.workshops.queries.facts import Found


def accept_offer(deed: Deed, *, person_id: int, workshop_id: int) -> Channel:
    """Take the place that is offered; taking it twice changes nothing. Declining is `cancel_registration`.

    Raises:
        Refusal: `workshop_not_found`, `person_not_found`, `offer_lapsed` where the time to answer has passed,
            `offer_none` where nothing was offered, `refused_overlap` where another place at that time was taken
            meanwhile, and what the conditions of the session object now.

    """
    row = lock_workshop(deed, workshop_id)
    if person_id not in lock_lists(deed, (), [person_id]):
        raise Refusal("person_not_found", {"person": person_id})
    run = deed.session.connection().execute
    own = run(sql.LIVE, {"person": person_id, "workshop": workshop_id}).first()
    if own is not None and own.status == Status.CONFIRMED:
        return Channel(own.channel)
    if own is None or own.status != Status.OFFERED:
        raise _no_offer(deed, row, person_id)
    if deed.now >= own.offered_until:
        raise _lapsed(row)
    channel = Channel(own.channel)
    if objections := _against(deed, row, person_id, channel):
        raise Refusal.of(objections)
    run(
        sql.SETTLE,
        {
            "registration": own.id, "to": "confirmed", "by": channel.value, "at": deed.now, "why": "",
            "reserve": own.reserve_id, "until": None,
        },
    )  # fmt: skip
    log(deed, row, "registration.accepted", person_id, own.id)
    tell(deed, row, NoticeKind.CONFIRMED, person_id, own.id, {"channel": channel.value})
    return channel


def lapse_offers(deed: Deed, edition_id: int, limit: int = 200) -> int:
    """Do what time alone makes due: end offers that nobody answered, and deal places out that are kept no longer.

    Whoever registers meanwhile does the same for their session, so a late round costs nobody a place.

    Args:
        deed: the transaction.
        edition_id: the fair.
        limit: for how many sessions at most; the rest waits for the next round.

    Returns how many people were told something: whose offer ended, and who moved up.

    """
    due = list_due(deed.session, edition_id, deed.now)[:limit]
    if not due:
        return 0
    rows = lock_workshops(deed, due)
    lock_lists(deed, rows)
    told = 0
    for row in rows.values():
        expired = list_expired(deed, row.id)
        session = lapse(deed, row, facts.session_of(row), expired)
        told += len(expired) + len(move_up(deed, row, session, held=True).promoted)
    return told


def _against(deed: Deed, row: Found, person_id: int, channel: Channel) -> list[Refusal]:
    """List what changed since the offer was made and speaks against the place now."""
    session = facts.session_of(row)
    if session.is_cancelled:
        return [Refusal("workshop_cancelled", {"workshop": row.code})]
    wanted = {"person": person_id, "workshop": row.id, "on": row.day}
    standing = deed.session.connection().execute(reading.STANDING, wanted).all()
    held = [r for r in standing if r.status == "confirmed" and r.workshop_id != row.id]
    travel = facts.way_between(deed.session, row, {r.venue_id for r in held})
    overlap = why_not_together(session.sitting(channel), [facts.sitting_of(r) for r in held], travel)
    known = facts.facts_of(deed.session, row, [person_id], deed.now)
    # The place that is offered is counted in the share of the organisation already.
    barred = [
        no
        for no in why_not_admitted(session, known.visitor(person_id), known.conditions)
        if no.code != "exhibitor_maximum"
    ]
    return [*barred, *([overlap] if overlap else [])]


def _no_offer(deed: Deed, row: Found, person_id: int) -> Refusal:
    """Say to somebody without an offer whether there was one."""
    last = (
        select(sql.R.c.reason)
        .where(sql.R.c.person_id == person_id, sql.R.c.workshop_id == row.id)
        .order_by(sql.R.c.seq.desc())
        .limit(1)
    )
    if deed.session.connection().execute(last).scalar() == LAPSED:
        return _lapsed(row)
    return Refusal("offer_none", {"workshop": row.code})


def _lapsed(row: Found) -> Refusal:
    return Refusal("offer_lapsed", {"workshop": row.code})
