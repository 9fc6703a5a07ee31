"""Single requests for places, by their number or by whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from village.workshops.models import Registration, Workshop

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

_LIVE = ("confirmed", "offered", "waitlisted")


@dataclass(frozen=True, slots=True)
class SingleRequest:
    """One request with the session's code; `position` is the place in the queue, from 1, while it waits."""

    id: int
    person_id: int
    workshop_id: int
    workshop: str
    status: str
    channel: str | None
    wish: str
    via: str
    requested_at: datetime
    decided_at: datetime
    offered_until: datetime | None
    position: int | None


def find_request(session: Session, edition_id: int, number: int) -> SingleRequest | None:
    """Return a request of an edition by its number, or None."""
    return _first(_read(session, Registration.id == number, Registration.edition_id == edition_id))


def find_live_request(session: Session, person_id: int, workshop_id: int) -> SingleRequest | None:
    """Return what a person holds in a session: a place, an offer or a rank; None where nothing."""
    return _first(
        _read(
            session,
            Registration.person_id == person_id,
            Registration.workshop_id == workshop_id,
            Registration.status.in_(_LIVE),
        )
    )


def list_requests(session: Session, edition_id: int, person_id: int) -> list[SingleRequest]:
    """List all requests of a person, the live ones and those that are over, in the order in which they came."""
    return _read(session, Registration.edition_id == edition_id, Registration.person_id == person_id)


def _first(found: list[SingleRequest]) -> SingleRequest | None:
    return found[0] if found else None


def _read(session: Session, *wanted: object) -> list[SingleRequest]:
    rows = session.execute(
        select(Registration, Workshop.code)
        .join(Workshop, Workshop.id == Registration.workshop_id)
        .where(*wanted)  # type: ignore[arg-type] # conditions of SQLAlchemy
        .order_by(Registration.id)
    ).all()
    positions = _positions(session, [row for row, _code in rows if row.status == "waitlisted"])
    return [
        SingleRequest(
            row.id,
            row.person_id,
            row.workshop_id,
            code,
            row.status,
            row.channel,
            row.wish,
            row.via,
            row.requested_at,
            row.decided_at,
            row.offered_until,
            positions.get(row.id),
        )
        for row, code in rows
    ]


def _positions(session: Session, waiting: Iterable[Registration]) -> dict[int, int]:
    """Count who waits before each, itself included; one SQL query for each session waited for."""
    return {
        row.id: session.execute(
            select(func.count())
            .select_from(Registration)
            .where(
                Registration.workshop_id == row.workshop_id,
                Registration.status == "waitlisted",
                Registration.seq <= row.seq,
            )
        ).scalar_one()
        for row in waiting
    }
