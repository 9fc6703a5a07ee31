"""The plan made public, version by version, with who moved and why: never taken back, only superseded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from village.audit.actions import record
from village.floor.actions.ledger import holders_of
from village.floor.models import Hall, PlanPublication
from village.floor.queries.publications import changes_since
from village.kit.db import Json, locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.kit.deeds import Deed


def publish_plan(deed: Deed, *, hall_id: int, expected: int | None = None) -> int:
    """Make the plan as it stands the public one and return its number, counted from 1.

    ``expected`` is the plan's version that the organiser saw before saying yes.

    Raises:
        Refusal: ``hall_not_found``, ``plan_empty``, ``plan_published`` when nothing has changed since,
            ``plan_changed_meanwhile``.
    """
    hall = locked(deed.session, Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    if expected is not None and expected != hall.plan_version:
        raise Refusal("plan_changed_meanwhile", {"steps": hall.plan_version - expected})
    holders = holders_of(deed, hall_id)
    if not holders:
        raise Refusal("plan_empty")
    last = _last(deed, hall_id)
    if last is not None and last.plan_version == hall.plan_version:
        raise Refusal("plan_published", {"number": last.number})
    changes = changes_since(deed.session, hall_id)
    publication = PlanPublication(
        hall_id=hall_id,
        number=(last.number if last else 0) + 1,
        plan_version=hall.plan_version,
        places=[[stand, who] for stand, who in sorted(holders.items())],
        changes=[each.as_json() for each in changes],
        actor=str(deed.actor),
        at=deed.now,
    )
    deed.session.add(publication)
    deed.session.flush()
    facts: dict[str, Json] = {
        "number": publication.number,
        "version": hall.plan_version,
        "stands": len(holders),
        "changes": len(changes),
    }
    record(deed, "plan.published", f"hall:{hall.code}", facts)
    return publication.number


def _last(deed: Deed, hall_id: int) -> PlanPublication | None:
    query = select(PlanPublication).where(PlanPublication.hall_id == hall_id)
    return deed.session.scalars(query.order_by(PlanPublication.number.desc()).limit(1)).first()


def note_told(deed: Deed, *, publication_id: int, exhibitor_id: int, told: bool, by: str = "mail") -> None:
    """Note that an exhibitor has been told of its change: by mail, or by an organiser on the telephone.

    Raises:
        Refusal: ``publication_not_found``.
    """
    row = locked(deed.session, PlanPublication, publication_id)
    if row is None:
        raise Refusal("publication_not_found", {"publication": publication_id})
    changes: list[dict[str, Any]] = [dict(each) for each in row.changes]
    for each in changes:
        if each["exhibitor"] == exhibitor_id:
            each["told"] = (by if told else "")
            each["failed"] = not told
    row.changes = changes
