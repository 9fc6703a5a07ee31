"""Who asked for a place where, for whoever writes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from village.workshops.models import Registration

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


class Asked(NamedTuple):
    """One request of one person."""

    person_id: int
    workshop_id: int
    status: str


def list_asked(session: Session, edition_id: int, workshop_ids: Collection[int] = ()) -> list[Asked]:
    """List the requests of an edition that were not turned down, of all sessions or of those named; one SQL query."""
    query = select(Registration.person_id, Registration.workshop_id, Registration.status).where(
        Registration.edition_id == edition_id, Registration.status != "refused"
    )
    if workshop_ids:
        query = query.where(Registration.workshop_id.in_(tuple(workshop_ids)))
    return [Asked(*row) for row in session.execute(query.order_by(Registration.id))]
