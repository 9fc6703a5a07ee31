"""What a re-flow does besides the plan, and how it is taken back: absences noted, the waiting list called up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from village.audit.actions import record
from village.exhibitors import queries as exhibitors
from village.exhibitors.actions import decide_applications, record_presence
from village.exhibitors.rules import Decision, NewPresence, Presence, Status
from village.floor.models import Hall, PlanChange, StandAbsence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.kit.deeds import Deed

REFLOWED = "plan.reflowed"


def note_absences(deed: Deed, hall: Hall, more: Mapping[str, Any]) -> None:
    """Note who was absent and call up from the waiting list whom the change gives a stand.

    ``more`` is as kept with the change: {"day", "absent": {exhibitor id: [codes of stands]}, "accepted": {code: rank}}.
    """
    day = date.fromisoformat(more["day"])
    absent = {int(who): list(stands) for who, stands in more["absent"].items()}
    known = select(StandAbsence.exhibitor_id).where(
        StandAbsence.day == day, StandAbsence.exhibitor_id.in_(list(absent))
    )
    noted = set(deed.session.scalars(known))
    deed.session.add_all(
        StandAbsence(
            exhibitor_id=who, hall_id=hall.id, day=day, stands=stands, noted_at=deed.now, actor=str(deed.actor)
        )
        for who, stands in absent.items()
        if who not in noted
    )
    record_presence(deed, [NewPresence(who, day, Presence.ABSENT) for who in sorted(absent)])
    for code in sorted(exhibitors.codes_by_id(deed.session, absent.keys()).values()):
        record(deed, "day.absent", f"exhibitor:{code}", {"exhibitor": code, "date": day.isoformat()})
    decisions = [Decision(code, Status.ACCEPTED) for code in sorted(more["accepted"])]
    decide_applications(deed, hall.edition_id, decisions)
    deed.session.flush()


def withdraw_absences(deed: Deed, hall: Hall, more: Mapping[str, Any]) -> None:
    """Take back what `note_absences` did: nobody was absent, and the waiting list waits again by its ranks."""
    day = date.fromisoformat(more["day"])
    absent = [int(who) for who in more["absent"]]
    deed.session.execute(
        delete(StandAbsence).where(
            StandAbsence.hall_id == hall.id, StandAbsence.day == day, StandAbsence.exhibitor_id.in_(absent)
        )
    )
    decisions = [Decision(code, Status.WAITLISTED, int(rank)) for code, rank in sorted(more["accepted"].items())]
    decide_applications(deed, hall.edition_id, decisions)


def take_back_more(deed: Deed, hall: Hall, change: PlanChange) -> dict[str, Any] | None:
    """Before a change is undone: undo what else it did.  Returns what the undoing itself has to remember."""
    if not change.more:
        return None
    withdrawn = bool(change.more.get("withdrawn"))
    # To undo the undoing is to redo.
    (note_absences if withdrawn else withdraw_absences)(deed, hall, change.more)
    return {**change.more, "withdrawn": not withdrawn}
