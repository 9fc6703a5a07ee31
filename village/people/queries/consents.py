"""Who may be written to about other things than what they registered for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from village.people.models import Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def list_invitable(session: Session, edition_id: int) -> set[int]:
    """Return the ids of those who agreed to be invited later; one SQL query."""
    rows = session.scalars(
        select(Person.id).where(
            Person.edition_id == edition_id,
            Person.consent_contact,
            Person.merged_into_id.is_(None),
            Person.erased_at.is_(None),
        )
    )
    return set(rows)
