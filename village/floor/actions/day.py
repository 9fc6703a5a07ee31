"""Deeds of the days of the fair: who has come, and whose stand is given on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from village.audit.actions import record
from village.editions.queries import get_edition
from village.exhibitors import queries as exhibitors
from village.exhibitors.actions import record_presence
from village.exhibitors.rules import NewPresence, Presence
from village.floor.actions.absences import REFLOWED, note_absences
from village.floor.actions.ledger import Move, PlanChanged, lock_plan, write_change
from village.floor.models import Hall, PlanChange, StandAssignment
from village.floor.queries.day import DayState, fair_days, get_day, is_over, propose
from village.floor.queries.fitting import load_floor
from village.kit.clock import local
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, time

    from village.floor.reflow import Reflow
    from village.kit.deeds import Deed


def set_claim_time(deed: Deed, *, hall_id: int, claim_by: time | None) -> None:
    """Set the local time by which exhibitors must have come on each day of the fair; None: no time.

    Raises:
        Refusal: ``hall_not_found``.
    """
    hall = _locked(deed, hall_id)
    hall.claim_by = claim_by
    told = claim_by.isoformat("minutes") if claim_by else "–"
    record(deed, "day.claim_time_set", f"hall:{hall.code}", {"time": told})


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody has come: whether after the time, and whether it still has its stand."""

    late: bool
    placed: bool


def note_arrival(deed: Deed, *, hall_id: int, exhibitor_id: int, day: date) -> Arrived:
    """Note that an exhibitor has come to its stand, now; after the time it counts as late.

    Raises:
        Refusal: ``hall_not_found``, ``not_a_fair_day``, ``exhibitor_not_found``.
    """
    hall = _locked(deed, hall_id)
    if day not in fair_days(deed.session, hall.edition_id):
        raise Refusal("not_a_fair_day", {"day": day})
    late = is_over(deed.session, hall, day, deed.now)
    at = local(deed.now, get_edition(deed.session, hall.edition_id).zone)
    # Noted afterwards for an earlier day, the hour is not known.
    arrived = at.time().replace(second=0, microsecond=0) if at.date() == day else None
    status = Presence.LATE if late else Presence.PRESENT
    record_presence(deed, [NewPresence(exhibitor_id, day, status, arrived)])
    view = get_day(deed.session, hall_id, day, deed.now)
    row = next((each for each in view.rows if each.exhibitor.id == exhibitor_id), None)
    if row is not None and row.former and not row.stands:
        code = row.exhibitor.code
        record(deed, "day.came_after_all", f"exhibitor:{code}", {"exhibitor": code, "date": day.isoformat()})
    return Arrived(late, bool(row and row.stands))


def reflow_absent(
    deed: Deed, *, hall_id: int, day: date, absent: Collection[int] | None = None, seen: str
) -> PlanChanged:
    """Give the stands of those who did not come in time to those who wait, as proposed.

    ``absent`` are those whose stands are given on (None: all who are missing), ``seen`` is the seal of the proposal
    that whoever asks has read.  Who is called up from the waiting list is accepted by the same deed.

    Raises:
        Refusal: ``claim_time_missing``, ``claim_not_over``, ``nobody_absent``, ``reflow_changed``, ``reflow_empty``.
    """
    hall = _locked(deed, hall_id)
    if hall.claim_by is None:
        raise Refusal("claim_time_missing")
    if not is_over(deed.session, hall, day, deed.now):
        raise Refusal("claim_not_over", {"time": hall.claim_by})
    found = propose(deed.session, hall_id, day, deed.now, absent)
    if not found.absent:
        raise Refusal("reflow_changed" if get_day(deed.session, hall_id, day, deed.now).count(DayState.MISSING) else
                      "nobody_absent")  # fmt: skip
    if found.seal != seen:
        raise Refusal("reflow_changed")
    if not found.given:
        raise Refusal("reflow_empty")
    return _apply(deed, hall, day, found)


def _apply(deed: Deed, hall: Hall, day: date, found: Reflow) -> PlanChanged:
    ids = exhibitors.ids_by_code(deed.session, hall.edition_id)
    view = get_day(deed.session, hall.id, day, deed.now)
    ranks = {each.code: each.waiting_rank for each in view.waitlisted}
    more: dict[str, Any] = {
        "day": day.isoformat(),
        "absent": {str(ids[who]): list(block) for who, block in found.absent},
        "accepted": {each.who: ranks[each.who] for each in found.given if each.who in ranks},
    }
    note_absences(deed, hall, more)
    # Who did not come is no longer held to the stand.
    gone = [ids[who] for who, _ in found.absent]
    deed.session.execute(update(StandAssignment).where(StandAssignment.exhibitor_id.in_(gone)).values(locked=False))
    floor = load_floor(deed.session, hall.id)
    by_code = {code: stand for stand, code in floor.code.items()}
    after = {by_code[stand]: ids[who] for who, block in found.plan.items() for stand in block}
    moves: list[Move] = [
        (stand, floor.holders.get(stand), after.get(stand))
        for stand in sorted({*floor.holders, *after})
        if floor.holders.get(stand) != after.get(stand)
    ]
    changed = write_change(deed, hall, REFLOWED, moves, record_line=False)
    deed.session.get_one(PlanChange, changed.change_id).more = more
    record(
        deed,
        "plan.reflowed",
        f"hall:{hall.code}",
        {
            "absent": len(found.absent),
            "given": len(found.given),
            "moved": len(found.moved),
            "version": changed.version,
            "places": {each.who: list(each.block) for each in found.given},
        },
    )
    return changed


def _locked(deed: Deed, hall_id: int) -> Hall:
    hall = lock_plan(deed, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    return hall
