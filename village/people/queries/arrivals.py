"""Reads of those who came in a moment ago: a form sent twice must not make two persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, true

from village.people.models import Person
from village.people.rules import fold

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def find_just_come(
    session: Session,
    edition_id: int,
    phone: str,
    names: tuple[str, str],
    since: datetime,
    came_by: str | None = None,
) -> int | None:
    """Return the person whom the same form made since an instant: same telephone, same name; None when there is none.

    Args:
        session: where to read.
        edition_id: the edition.
        phone: as E.164.
        names: the whole name in Arabic and in Latin letters; one may be empty.
        since: how far back a second tap may lie.
        came_by: the mark of the browser whose form made the person; None asks for any, for callers who may see all.

    """
    rows = session.scalars(
        select(Person)
        .where(
            Person.edition_id == edition_id,
            Person.phone == phone,
            Person.created_at >= since,
            Person.merged_into_id.is_(None),
            Person.came_by == came_by if came_by is not None else true(),
        )
        .order_by(Person.id)
    )
    wanted = tuple(fold(name) for name in names)
    for row in rows:
        if (fold(f"{row.given_ar} {row.family_ar}"), fold(f"{row.given_fr} {row.family_fr}")) == wanted:
            return row.id
    return None
