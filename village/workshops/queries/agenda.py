"""Reads of a person's agenda with its history, for calendars that follow it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from village.workshops.models import Registration
from village.workshops.queries.programme import list_workshops

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.workshops.queries.programme import WorkshopRow

# How far a registration has come; a second registration in the same workshop begins after the end of the first.
_STEPS = {"waitlisted": 0, "offered": 1, "confirmed": 2, "cancelled": 3}


@dataclass(frozen=True)
class AgendaEntry:
    """What became of a person's wish for a workshop.

    `status` is confirmed, offered, waitlisted or cancelled; `revision` grows with every decision; `position` is the
    place in the queue, from 1.
    """

    workshop: WorkshopRow
    status: str
    channel: str | None
    revision: int
    decided_at: datetime
    position: int | None


def list_agenda_entries(session: Session, edition_id: int, person_id: int) -> list[AgendaEntry]:
    """List the workshops that a person holds, waits for or has given back, each once, in order of time.

    Requests that were refused never stood in an agenda and are left out. Six SQL queries.
    """
    rows = session.scalars(
        select(Registration)
        .where(
            Registration.person_id == person_id,
            Registration.edition_id == edition_id,
            Registration.status.in_(_STEPS),
        )
        .order_by(Registration.seq)
    ).all()
    by_workshop: dict[int, list[Registration]] = {}
    for row in rows:
        by_workshop.setdefault(row.workshop_id, []).append(row)
    if not by_workshop:
        return []
    workshops = {row.id: row for row in list_workshops(session, edition_id, by_workshop)}
    positions = _positions(session, [own[-1] for own in by_workshop.values() if own[-1].status == "waitlisted"])
    entries = [_entry(workshops[number], own, positions) for number, own in by_workshop.items()]
    return sorted(entries, key=lambda e: (e.workshop.day, e.workshop.starts, e.workshop.code))


def _entry(workshop: WorkshopRow, own: list[Registration], positions: dict[int, int]) -> AgendaEntry:
    last = own[-1]
    revision = len(_STEPS) * (len(own) - 1) + _STEPS[last.status]
    return AgendaEntry(workshop, last.status, last.channel, revision, last.decided_at, positions.get(last.id))


def _positions(session: Session, waiting: list[Registration]) -> dict[int, int]:
    """Return the place in the queue of each waiting registration; one SQL query."""
    if not waiting:
        return {}
    other = Registration.__table__.alias("other")
    rows = session.execute(
        select(Registration.id, func.count())
        .join(other, (other.c.workshop_id == Registration.workshop_id) & (other.c.seq <= Registration.seq))
        .where(Registration.id.in_([row.id for row in waiting]), other.c.status == "waitlisted")
        .group_by(Registration.id)
    )
    return {number: ahead for number, ahead in rows}
