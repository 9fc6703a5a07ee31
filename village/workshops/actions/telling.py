"""Put down what people are to be told, in the transaction of the deed that concerns them; note when they were told."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import Table, insert, or_, select, update

from village.workshops.models import Notice
from village.workshops.queries.telling import NoticeRow, notice_row

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from village.kit.db import Json
    from village.kit.deeds import Deed
    from village.workshops.rules import NoticeKind

_PUT = insert(cast("Table", Notice.__table__))


def note(
    deed: Deed,
    kind: NoticeKind,
    *,
    edition_id: int,
    workshop_id: int,
    person_id: int,
    registration_id: int | None = None,
    facts: Mapping[str, Json] | None = None,
) -> None:
    """Put one notice down; it is handed on after the deed stands.

    Args:
        deed: the transaction.
        kind: what happened.
        edition_id: the fair.
        workshop_id: in which session.
        person_id: to whom.
        registration_id: by which request, if by one.
        facts: what the sentence needs beyond the session as it is now (old hours, the time to answer …).

    """
    deed.session.connection().execute(
        _PUT,
        {
            "edition_id": edition_id,
            "person_id": person_id,
            "workshop_id": workshop_id,
            "registration_id": registration_id,
            "kind": kind.value,
            "facts": dict(facts or {}),
            "at": deed.now,
        },
    )


def take_untold(deed: Deed, limit: int) -> list[NoticeRow]:
    """Take the oldest notices that nobody has been told, for this deed alone, and note that they are told.

    All notices of a person come together, so that one letter tells them all; notices that another process is taking
    right now are passed over.
    """
    first = (
        select(Notice.id, Notice.person_id)
        .where(Notice.told_at.is_(None))
        .order_by(Notice.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = deed.session.execute(first).all()
    if not taken:
        return []
    # All of the batch, and whatever else waits for the same persons.
    whose = or_(Notice.id.in_([row.id for row in taken]), Notice.person_id.in_({row.person_id for row in taken}))
    rows = deed.session.scalars(
        select(Notice)
        .where(Notice.told_at.is_(None), whose)
        .order_by(Notice.id)
        .with_for_update(skip_locked=True)
    ).all()
    found = [notice_row(row) for row in rows]
    for row in rows:
        row.told_at = deed.now
    deed.session.flush()
    return found


def settle(deed: Deed, edition_id: int) -> int:
    """Tell nobody of what has happened so far: for a fair whose history came in from elsewhere. Returns how many."""
    done = deed.session.execute(
        update(Notice)
        .where(Notice.edition_id == edition_id, Notice.told_at.is_(None))
        .values(told_at=deed.now)
        .returning(Notice.id)
        .execution_options(synchronize_session=False)
    )
    return len(done.all())


def mark_seen(deed: Deed, person_id: int, ids: Collection[int] | None = None) -> None:
    """Note that a person has read their notices: those with the given ids, or all."""
    query = update(Notice).where(Notice.person_id == person_id, Notice.seen_at.is_(None))
    if ids is not None:
        query = query.where(Notice.id.in_(tuple(ids)))
    deed.session.execute(query.values(seen_at=deed.now).execution_options(synchronize_session=False))
