"""Reads for the organiser's boards: waiting lists and places given back, each in one SQL query."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from village.workshops.models import Registration
from village.workshops.queries.registrations import with_positions

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.workshops.queries.registrations import RegistrationRow


@dataclass(frozen=True)
class WaitingList:
    """Who waits for a session: how many, since when the first of them, and how many hold an offer."""

    waiting: int
    offered: int
    oldest: datetime | None


def list_waiting(session: Session, edition_id: int) -> dict[int, WaitingList]:
    """Return the waiting list of each session that has one."""
    rows = session.execute(
        select(Registration.workshop_id, Registration.status, func.count(), func.min(Registration.requested_at))
        .where(Registration.edition_id == edition_id, Registration.status.in_(("waitlisted", "offered")))
        .group_by(Registration.workshop_id, Registration.status)
    )
    found: dict[int, WaitingList] = {}
    for workshop_id, status, number, first in rows:
        known = found.get(workshop_id, WaitingList(0, 0, None))
        if status == "waitlisted":
            found[workshop_id] = WaitingList(number, known.offered, first)
        else:
            found[workshop_id] = WaitingList(known.waiting, number, known.oldest)
    return found


def count_given_back(session: Session, edition_id: int) -> tuple[int, int]:
    """Count the places of an edition that were given back so far, and all that were ever held."""
    rows = session.execute(
        select(Registration.status, func.count())
        .where(Registration.edition_id == edition_id, Registration.channel.is_not(None))
        .group_by(Registration.status)
    )
    counts = {status: number for status, number in rows}
    back = counts.get("cancelled", 0)
    return back, back + counts.get("confirmed", 0)


def list_requests(session: Session, edition_id: int, workshop_id: int | None = None) -> list[RegistrationRow]:
    """List all requests of an edition, or of one of its sessions, session by session in the order of coming."""
    query = select(Registration).where(Registration.edition_id == edition_id)
    if workshop_id is not None:
        query = query.where(Registration.workshop_id == workshop_id)
    rows = session.scalars(query.order_by(Registration.workshop_id, Registration.seq))
    return [row for _workshop, each in groupby(rows, lambda row: row.workshop_id) for row in with_positions(each)]
