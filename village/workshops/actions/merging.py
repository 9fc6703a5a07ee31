"""What becomes of places when two persons turn out to be one."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from village.audit.actions import record
from village.editions.queries import travel_minutes
from village.kit.refusal import Refusal
from village.people.actions import move_rows, put_back
from village.people.rules import Mover
from village.workshops.actions import statements as sql
from village.workshops.actions.places import cancel_registration
from village.workshops.models import Registration
from village.workshops.rules import Channel, Status, why_not_together

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from village.kit.db import Json
    from village.kit.deeds import Deed

_LIVE = (Status.CONFIRMED.value, Status.WAITLISTED.value)
# On lists that people of both languages read.
TWICE = "تسجيل مكرر · inscription en double"


def hold_workshops(deed: Deed, ids: tuple[int, int]) -> None:
    """Lock the workshops that a merge may touch, by rising id, before any person is locked."""
    held = select(sql.R.c.workshop_id).where(sql.R.c.person_id.in_(ids), sql.R.c.status.in_(_LIVE))
    lock = select(sql.W.c.id).where(sql.W.c.id.in_(held)).order_by(sql.W.c.id).with_for_update(key_share=True)
    deed.session.connection().execute(lock).all()


def move_registrations(deed: Deed, kept: int, gone: int) -> dict[str, Any]:
    """Give all requests to the one who stays. Of two places in one workshop the better one is kept; the other is freed.

    Raises:
        Refusal: `merge_overlap` where the two hold places in workshops that nobody can attend both.

    """
    rows = _live(deed, kept, gone)
    _must_not_overlap(deed, rows, kept, gone)
    own = {row.workshop_id: row for row in rows if row.person_id == kept}
    freed = []
    for theirs in (row for row in rows if row.person_id == gone and row.workshop_id in own):
        worse = max(own[theirs.workshop_id], theirs, key=lambda row: (row.status != "confirmed", row.seq))
        freed.append(
            {"id": worse.id, "workshop": worse.workshop_id, "status": worse.status, "channel": worse.channel,
             "decided": worse.decided_at.isoformat(), "reason": worse.reason}
        )  # fmt: skip
        cancel_registration(
            deed, person_id=worse.person_id, workshop_id=worse.workshop_id, by_staff=True, reason=TWICE
        )
    return {"freed": freed, "ids": move_rows(deed, Registration, kept=kept, gone=gone)}


def restore_registrations(deed: Deed, kept: int, gone: int, done: Mapping[str, Any]) -> None:
    """Give the requests back, and the places that were freed, as long as nobody else has them.

    Raises:
        Refusal: `merge_changed_since`, `merge_place_taken`.

    """
    put_back(deed, Registration, done["ids"], kept=kept, gone=gone)
    run = deed.session.connection().execute
    for each in done["freed"]:
        workshop = run(sql.LOCK_WORKSHOP, {"workshop": each["workshop"]}).one()
        now = run(select(sql.R).where(sql.R.c.id == each["id"])).one()
        if now.status != Status.CANCELLED or now.reason != TWICE or _holds(deed, now):
            raise Refusal("merge_changed_since")
        run(
            sql.SETTLE,
            {
                "registration": now.id, "to": each["status"], "by": each["channel"], "why": each["reason"],
                "at": datetime.fromisoformat(each["decided"]),
            },
        )  # fmt: skip
        if each["status"] == Status.CONFIRMED:
            channel = Channel(each["channel"])
            if not sql.session_of(workshop).places.left(channel):
                raise Refusal("merge_place_taken", {"workshop": workshop.code})
            step = {"onsite": int(channel is Channel.ONSITE), "online": int(channel is Channel.ONLINE)}
            run(sql.COUNT_PLACES, {"workshop": workshop.id, **step})
        facts = {"registration": now.id, "person": now.person_id, "workshop": workshop.code}
        record(deed, "registration.restored", f"workshop:{workshop.code}", facts)


def _live(deed: Deed, kept: int, gone: int) -> Sequence[Row[*tuple[Any, ...]]]:
    query = (
        select(sql.R, sql.W.c.code, sql.W.c.day, sql.W.c.starts, sql.W.c.ends, sql.W.c.venue_id, sql.W.c.title_ar,
               sql.W.c.title_fr)
        .join(sql.W, sql.W.c.id == sql.R.c.workshop_id)
        .where(sql.R.c.person_id.in_((kept, gone)), sql.R.c.status.in_(_LIVE))
        .order_by(sql.R.c.workshop_id, sql.R.c.seq)
    )  # fmt: skip
    return deed.session.connection().execute(query).all()


def _must_not_overlap(deed: Deed, rows: Sequence[Row[*tuple[Any, ...]]], kept: int, gone: int) -> None:
    sure = [row for row in rows if row.status == "confirmed"]
    mine = [sql.sitting_of(row) for row in sure if row.person_id == kept]
    theirs = [sql.sitting_of(row) for row in sure if row.person_id == gone]
    if not mine or not theirs:
        return
    travel = travel_minutes(deed.session, sure[0].edition_id)
    clashes = [clash for each in theirs for clash in [why_not_together(each, mine, travel)] if clash]
    if clashes:
        raise Refusal.of(
            [Refusal("merge_overlap", {"workshop": no.facts["workshop"], "other": no.facts["other"]}) for no in clashes]
        )


def _holds(deed: Deed, row: Row[*tuple[Any, ...]]) -> bool:
    live = {"person": row.person_id, "workshop": row.workshop_id}
    return deed.session.connection().execute(sql.LIVE, live).first() is not None


REGISTRATIONS = Mover("workshops", move_registrations, restore_registrations, hold_workshops)


def list_kept(session: Session, ids: Sequence[int]) -> list[dict[str, Json]]:
    """Return persons' requests for places, for themselves to read."""
    query = (
        select(sql.R, sql.W.c.code, sql.W.c.title_ar, sql.W.c.title_fr, sql.W.c.day)
        .join(sql.W, sql.W.c.id == sql.R.c.workshop_id)
        .where(sql.R.c.person_id.in_(ids))
        .order_by(sql.R.c.requested_at, sql.R.c.id)
    )
    return [
        {
            "code": row.code, "title_ar": row.title_ar, "title_fr": row.title_fr, "day": row.day.isoformat(),
            "state": row.status, "at": row.requested_at.isoformat(), "note": row.reason,
        }
        for row in session.execute(query)
    ]  # fmt: skip


def forget(deed: Deed, person_id: int) -> None:
    """Give back the places of workshops still to come, and drop what staff wrote; the requests stay for the counts."""
    run = deed.session.connection().execute
    live = select(sql.R.c.workshop_id).where(sql.R.c.person_id == person_id, sql.R.c.status.in_(_LIVE))
    for workshop in run(live.order_by(sql.R.c.workshop_id)).scalars().all():
        with suppress(Refusal):  # it has begun: who was there stays counted
            cancel_registration(deed, person_id=person_id, workshop_id=workshop)
    run(update(sql.R).where(sql.R.c.person_id == person_id).values(reason=""))
