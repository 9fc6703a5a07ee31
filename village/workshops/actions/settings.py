"""The rules of a session and of the fair: who may register, how the list moves, how many places one may hold."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, delete, func, insert, or_, select, update

from village.audit.actions import record
from village.kit.refusal import Refusal
from village.workshops.actions import statements as sql
from village.workshops.actions.moving import (
    Promoted,
    lapse,
    list_expired,
    lock_lists,
    lock_workshop,
    lock_workshops,
    move_up,
)
from village.workshops.models import PlaceReserve, Prerequisite, RegistrationPolicy, WorkshopInvitation
from village.workshops.queries import facts
from village.workshops.rules import NewReserve, NewRules, Required, list_rule_faults

if TYPE_CHECKING:
    from collections.abc import Iterable

    from village.kit.deeds import Deed
    from village.workshops.queries.facts import Found

__all__ = ["NewReserve", "NewRules", "invite", "set_policy", "set_rules", "uninvite"]

_INVITED = cast("Table", WorkshopInvitation.__table__)


def set_rules(deed: Deed, *, workshop_id: int, rules: NewRules) -> list[Promoted]:
    """Set all rules of a session; nobody loses a place by it. Returns who moves up because of it.

    Invitations are apart: see `invite` and `uninvite`.

    Raises:
        Refusal: all that is wrong, in one: `workshop_not_found`, `closes_before_opens`, `offer_minutes_wrong`,
            `maximum_wrong`, `reserve_wrong`, `reserves_exceed`, `prerequisite_itself`, `prerequisite_not_before`.

    """
    row = lock_workshop(deed, workshop_id)
    run = deed.session.connection().execute
    wanted = sorted(set(rules.prerequisites))
    found = run(
        select(sql.W.c.id, sql.W.c.code, sql.W.c.day, sql.W.c.ends).where(
            sql.W.c.id.in_(wanted), sql.W.c.edition_id == row.edition_id
        )
    ).all()
    if len(found) < len(wanted):
        raise Refusal("workshop_not_found", {"workshop": ""})
    required = [Required(r.id, r.code, datetime.combine(r.day, r.ends)) for r in found]
    if faults := list_rule_faults(facts.session_of(row), row.id, rules, required):
        raise Refusal.of(faults)
    values = {
        "audience": rules.audience.value, "waiting": rules.waiting.value, "offer_minutes": rules.offer_minutes,
        "max_per_exhibitor": rules.max_per_exhibitor, "opens": rules.opens, "closes": rules.closes,
    }  # fmt: skip
    run(update(sql.W).where(sql.W.c.id == workshop_id).values(**values))
    run(delete(Prerequisite).where(Prerequisite.workshop_id == workshop_id))
    if wanted:
        run(insert(Prerequisite), [{"workshop_id": workshop_id, "required_id": r} for r in wanted])
    _set_reserves(deed, workshop_id, rules.reserves)
    _look_closer(deed, workshop_id)
    told = {"audience": rules.audience.value, "waiting": rules.waiting.value}
    record(deed, "workshop.rules_set", f"workshop:{row.code}", told)
    return _deal_anew(deed, workshop_id)


def invite(deed: Deed, *, workshop_id: int, person_ids: Iterable[int] = (), phones: Iterable[str] = ()) -> int:
    """Invite people to a session, by person or by telephone; who is invited already stays so. Returns how many are new.

    Raises:
        Refusal: `workshop_not_found`.

    """
    row = lock_workshop(deed, workshop_id)
    run = deed.session.connection().execute
    here = run(select(_INVITED.c.person_id, _INVITED.c.phone).where(_INVITED.c.workshop_id == workshop_id)).all()
    known_persons, known_phones = {r.person_id for r in here}, {r.phone for r in here}
    blank: dict[str, Any] = {"workshop_id": workshop_id, "person_id": None, "phone": None, "invited_at": deed.now}
    new = [{**blank, "person_id": p} for p in dict.fromkeys(person_ids) if p not in known_persons]
    new += [{**blank, "phone": p} for p in dict.fromkeys(phones) if p not in known_phones]
    if new:
        run(insert(_INVITED), new)
        _look_closer(deed, workshop_id)
        record(deed, "workshop.people_invited", f"workshop:{row.code}", {"number": len(new)})
        _deal_anew(deed, workshop_id)
    return len(new)


def uninvite(deed: Deed, *, workshop_id: int, invitation_id: int) -> None:
    """Take an invitation back; a place that was taken by it stays.

    Raises:
        Refusal: `workshop_not_found`, `invitation_not_found`.

    """
    row = lock_workshop(deed, workshop_id)
    run = deed.session.connection().execute
    gone = run(delete(_INVITED).where(_INVITED.c.id == invitation_id, _INVITED.c.workshop_id == workshop_id))
    if not gone.rowcount:
        raise Refusal("invitation_not_found")
    _look_closer(deed, workshop_id)
    record(deed, "workshop.invitation_withdrawn", f"workshop:{row.code}", {"invitation": invitation_id})


def set_policy(deed: Deed, edition_id: int, max_per_person: int | None, max_per_day: int | None) -> list[Promoted]:
    """Set how many places one person may hold in the fair and on one day; None for no limit. Nobody loses a place.

    Returns who moves up because a limit was raised.

    Raises:
        Refusal: `maximum_wrong`.

    """
    if any(number is not None and number < 1 for number in (max_per_person, max_per_day)):
        raise Refusal("maximum_wrong")
    run = deed.session.connection().execute
    waiting = select(sql.R.c.workshop_id).where(sql.R.c.edition_id == edition_id, sql.R.c.status == "waitlisted")
    ids = sorted(set(run(waiting).scalars()))
    lock_workshops(deed, ids)
    lock_lists(deed, ids)
    values = {"max_per_person": max_per_person, "max_per_day": max_per_day}
    policy = deed.session.get(RegistrationPolicy, edition_id)
    if policy is None:
        deed.session.add(RegistrationPolicy(edition_id=edition_id, **values))
    else:
        policy.max_per_person, policy.max_per_day = max_per_person, max_per_day
    deed.session.flush()
    told = {"person": max_per_person or 0, "day": max_per_day or 0}
    record(deed, "registration.policy_set", f"edition:{edition_id}", told)
    return [promoted for each in ids for promoted in _deal_anew(deed, each, held=True)]


def _set_reserves(deed: Deed, workshop_id: int, reserves: Iterable[NewReserve]) -> None:
    run = deed.session.connection().execute
    labelled = update(sql.R).where(sql.R.c.workshop_id == workshop_id, sql.R.c.reserve_id.is_not(None))
    run(labelled.values(reserve_id=None))
    run(delete(PlaceReserve).where(PlaceReserve.workshop_id == workshop_id))
    new = [
        {
            "workshop_id": workshop_id, "channel": r.channel.value, "places": r.places, "until": r.until,
            "audience": r.audience.value if r.audience else None, "exhibitor_id": r.exhibitor_id,
        }
        for r in reserves
    ]  # fmt: skip
    if new:
        run(insert(PlaceReserve), new)


def _look_closer(deed: Deed, workshop_id: int) -> None:
    """Note whether anything beyond the row itself bears on a registration of this session."""
    run = deed.session.connection().execute
    anything = or_(
        *(
            select(func.count()).where(model.workshop_id == workshop_id).scalar_subquery() > 0
            for model in (Prerequisite, PlaceReserve, WorkshopInvitation)
        ),
        select(func.count())
        .where(sql.GROUP.c.workshop_id == workshop_id, sql.GROUP.c.together.is_(True))
        .scalar_subquery()
        > 0,
    )
    extra = bool(run(select(anything)).scalar())
    run(update(sql.W).where(sql.W.c.id == workshop_id).values(extra_rules=extra))


def _deal_anew(deed: Deed, workshop_id: int, *, held: bool = False) -> list[Promoted]:
    """Let the list move as far as the rules now allow."""
    row: Found = lock_workshop(deed, workshop_id)
    session = lapse(deed, row, facts.session_of(row), list_expired(deed, workshop_id))
    return list(move_up(deed, row, session, held=held).promoted)
