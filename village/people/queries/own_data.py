"""All that the feature itself keeps of a person, for that person to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from village.kit.refusal import Refusal
from village.people.models import Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from village.kit.db import Json

_TOLD = (
    "code", "given_ar", "family_ar", "given_fr", "family_fr", "gender", "category", "phone", "email", "lang",
    "province_code", "commune_code", "age_band", "organisation", "needs", "consent_photo", "consent_contact",
)  # fmt: skip


def get_own_data(session: Session, person_id: int) -> tuple[list[int], list[dict[str, Json]]]:
    """Return the ids under which somebody is known, and what is kept under each, the one that counts first.

    Raises:
        Refusal: `person_not_found`.

    """
    query = select(Person).where(or_(Person.id == person_id, Person.merged_into_id == person_id))
    rows = sorted(session.scalars(query), key=lambda row: (row.id != person_id, row.id))
    if not rows or rows[0].id != person_id:
        raise Refusal("person_not_found")
    told = [{**{name: getattr(row, name) for name in _TOLD}, "at": row.created_at.isoformat()} for row in rows]
    return [row.id for row in rows], told
