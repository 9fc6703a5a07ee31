"""Put down what people are to be told, in the transaction of the deed that concerns them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import Table, insert

from village.workshops.models import Notice

if TYPE_CHECKING:
    from collections.abc import Mapping

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
