"""One person by the code that other programs know them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from village.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session


def find_person_by_code(session: Session, edition_id: int, code: str) -> int | None:
    """Return the id of the person with a code, or of whom they turned out to be; None where nobody is left."""
    who = func.coalesce(Person.merged_into_id, Person.id)
    found = session.execute(
        select(who).where(Person.edition_id == edition_id, Person.code == code.upper(), Person.erased_at.is_(None))
    ).scalar()
    return int(found) if found is not None else None


def codes_of(session: Session, person_ids: Iterable[int]) -> dict[int, str]:
    """Return the codes of persons by id; one SQL query."""
    rows = session.execute(select(Person.id, Person.code).where(Person.id.in_(tuple(person_ids))))
    return {number: code for number, code in rows}
