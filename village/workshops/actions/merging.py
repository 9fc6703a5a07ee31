"""What becomes of places when two persons turn out to be one."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, or_, select, update

from village.audit.actions import record
from village.editions.queries import travel_minutes
from village.kit.refusal import Refusal
from village.people.actions import move_rows, put_back
from village.people.queries import get_person, search_people
from village.people.rules import Mover
from village.workshops.actions import statements as sql
from village.workshops.actions.giving_back import cancel_registration
from village.workshops.actions.moving import lock_lists, lock_workshop, lock_workshops, one
from village.workshops.models import Notice, Registration, WorkshopInvitation
from village.workshops.rules import HOLDING, LIVE, Channel, Status, why_not_together

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from village.kit.db import Json
    from village.kit.deeds import Deed
    from village.people.queries import PersonRow

_LIVE = tuple(status.value for status in LIVE)
_RANK = {status.value: rank for rank, status in enumerate(LIVE)}
# On lists that people of both languages read.
TWICE = "تسجيل مكرر · inscription en double"


def hold_workshops(deed: Deed, ids: tuple[int, int]) -> None:
    """Lock the workshops that a merge may touch, by rising id, then the persons themselves and all who wait there.

    Those where a merge freed a second place are among them: undoing it takes that place again.
    """
    touched = or_(sql.R.c.status.in_(_LIVE), sql.R.c.reason == TWICE)
    held = select(sql.R.c.workshop_id).where(sql.R.c.person_id.in_(ids), touched)
    workshops = deed.session.connection().execute(held).scalars().all()
    lock_workshops(deed, workshops)
    lock_lists(deed, workshops, ids)


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
        worse = max(own[theirs.workshop_id], theirs, key=lambda row: (_RANK[row.status], row.seq))
        freed.append(
            {"id": worse.id, "workshop": worse.workshop_id, "status": worse.status, "channel": worse.channel,
             "decided": worse.decided_at.isoformat(), "reason": worse.reason,
             "until": worse.offered_until.isoformat() if worse.offered_until else None}
        )  # fmt: skip
        cancel_registration(
            deed, person_id=worse.person_id, workshop_id=worse.workshop_id, by_staff=True, reason=TWICE, quietly=True
        )
    return {
        "freed": freed,
        "ids": move_rows(deed, Registration, kept=kept, gone=gone),
        "notices": move_rows(deed, Notice, kept=kept, gone=gone),
        "invitations": move_rows(deed, WorkshopInvitation, kept=kept, gone=gone, leave=_invited_both(deed, kept, gone)),
    }


def restore_registrations(deed: Deed, kept: int, gone: int, done: Mapping[str, Any]) -> None:
    """Give the requests back, and the places that were freed, as long as nobody else has them.

    Raises:
        Refusal: `merge_changed_since`, `merge_place_taken`.

    """
    for model, name in ((Registration, "ids"), (Notice, "notices"), (WorkshopInvitation, "invitations")):
        # What was merged before notices and invitations were kept tells of requests alone.
        put_back(deed, model, done.get(name, ()), kept=kept, gone=gone)
    run = deed.session.connection().execute
    for each in done["freed"]:
        workshop = lock_workshop(deed, each["workshop"])
        now = run(select(sql.R).where(sql.R.c.id == each["id"])).one()
        if now.status != Status.CANCELLED or now.reason != TWICE or _holds(deed, now):
            raise Refusal("merge_changed_since")
        run(
            sql.SETTLE,
            {
                "registration": now.id, "to": each["status"], "by": each["channel"], "why": each["reason"],
                "at": datetime.fromisoformat(each["decided"]), "reserve": None, "until": _instant(each.get("until")),
            },
        )  # fmt: skip
        if each["status"] in HOLDING:
            channel = Channel(each["channel"])
            if not sql.session_of(workshop).places.left(channel):
                raise Refusal("merge_place_taken", {"workshop": workshop.code})
            run(sql.COUNT_PLACES, {"workshop": workshop.id, **one(channel)})
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


def _invited_both(deed: Deed, kept: int, gone: int) -> list[int]:
    """Return the invitations of the one who goes to sessions to which the one who stays is invited too."""
    mine = select(WorkshopInvitation.workshop_id).where(WorkshopInvitation.person_id == kept)
    theirs = select(WorkshopInvitation.id).where(
        WorkshopInvitation.person_id == gone, WorkshopInvitation.workshop_id.in_(mine)
    )
    return list(deed.session.scalars(theirs))


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _holds(deed: Deed, row: Row[*tuple[Any, ...]]) -> bool:
    live = {"person": row.person_id, "workshop": row.workshop_id}
    return deed.session.connection().execute(sql.LIVE, live).first() is not None


REGISTRATIONS = Mover("workshops", move_registrations, restore_registrations, hold_workshops)


def list_kept(session: Session, ids: Sequence[int]) -> list[dict[str, Json]]:
    """Return persons' requests for places, for themselves to read."""
    query = (
        select(sql.R, sql.W.c.code, sql.W.c.title_ar, sql.W.c.title_fr, sql.W.c.day, sql.GROUP.c.name)
        .join(sql.W, sql.W.c.id == sql.R.c.workshop_id)
        .outerjoin(sql.GROUP, sql.GROUP.c.id == sql.R.c.group_id)
        .where(sql.R.c.person_id.in_(ids))
        .order_by(sql.R.c.requested_at, sql.R.c.id)
    )
    return [
        {
            "code": row.code, "title_ar": row.title_ar, "title_fr": row.title_fr, "day": row.day.isoformat(),
            "state": row.status, "at": row.requested_at.isoformat(),
            "note": " · ".join(filter(None, (row.name, row.reason))),
        }
        for row in session.execute(query)
    ]  # fmt: skip


def list_told(session: Session, ids: Sequence[int]) -> list[dict[str, Json]]:
    """Return what persons were told of their places, for themselves to read."""
    query = (
        select(Notice.kind, Notice.at, sql.W.c.code, sql.W.c.title_ar, sql.W.c.title_fr)
        .join(sql.W, sql.W.c.id == Notice.workshop_id)
        .where(Notice.person_id.in_(ids))
        .order_by(Notice.id)
    )
    return [
        {
            "code": row.code, "title_ar": row.title_ar, "title_fr": row.title_fr, "state": row.kind,
            "at": row.at.isoformat(),
        }
        for row in session.execute(query)
    ]  # fmt: skip


def list_invited(session: Session, ids: Sequence[int]) -> list[dict[str, Json]]:
    """Return the sessions to which persons are invited by name, for themselves to read."""
    query = (
        select(WorkshopInvitation.invited_at, sql.W.c.code, sql.W.c.title_ar, sql.W.c.title_fr)
        .join(sql.W, sql.W.c.id == WorkshopInvitation.workshop_id)
        .where(WorkshopInvitation.person_id.in_(ids))
        .order_by(WorkshopInvitation.id)
    )
    return [
        {"code": row.code, "title_ar": row.title_ar, "title_fr": row.title_fr, "at": row.invited_at.isoformat()}
        for row in session.execute(query)
    ]  # fmt: skip


def forget(deed: Deed, person_id: int) -> None:
    """Give back the places of workshops still to come, and drop what staff wrote; the requests stay for the counts."""
    run = deed.session.connection().execute
    live = select(sql.R.c.workshop_id).where(sql.R.c.person_id == person_id, sql.R.c.status.in_(_LIVE))
    workshops = run(live.order_by(sql.R.c.workshop_id)).scalars().all()
    lock_workshops(deed, workshops)
    lock_lists(deed, workshops)
    for workshop in workshops:
        with suppress(Refusal):  # it has begun: who was there stays counted
            cancel_registration(deed, person_id=person_id, workshop_id=workshop, quietly=True)
    run(update(sql.R).where(sql.R.c.person_id == person_id).values(reason=""))
    run(delete(Notice).where(Notice.person_id == person_id))
    run(delete(WorkshopInvitation).where(WorkshopInvitation.person_id == person_id))
    _forget_telephone(deed, get_person(deed.session, person_id))


def _forget_telephone(deed: Deed, person: PersonRow) -> None:
    """Drop invitations by a person's telephone, unless somebody else shares it: a family has one."""
    if not person.phone:
        return
    found = search_people(deed.session, person.edition_id, person.phone)
    if any(other.phone == person.phone and other.id != person.id for other in found):
        return
    here = select(sql.W.c.id).where(sql.W.c.edition_id == person.edition_id)
    gone = delete(WorkshopInvitation).where(
        WorkshopInvitation.phone == person.phone, WorkshopInvitation.workshop_id.in_(here)
    )
    deed.session.connection().execute(gone)
