"""What of an exhibitor follows when two persons turn out to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from village.exhibitors.models import Delegate, Exhibitor
from village.kit.refusal import Refusal
from village.people.rules import Mover

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from village.kit.db import Json
    from village.kit.deeds import Deed


def move_delegate(deed: Deed, kept: int, gone: int) -> dict[str, Any]:
    """Let the stand of the one who goes pass to the one who stays, unless that one stands at one already."""
    theirs, own = deed.session.get(Delegate, gone), deed.session.get(Delegate, kept)
    if theirs is None:
        return {}
    exhibitor = theirs.exhibitor_id
    deed.session.execute(delete(Delegate).where(Delegate.person_id == gone))
    if own is None:
        deed.session.execute(insert(Delegate).values(person_id=kept, exhibitor_id=exhibitor))
    return {"exhibitor": exhibitor, "passed": own is None}


def restore_delegate(deed: Deed, kept: int, gone: int, done: Mapping[str, Any]) -> None:
    """Give the stand back.

    Raises:
        Refusal: `merge_changed_since`.

    """
    if not done:
        return
    if done["passed"]:
        own = deed.session.get(Delegate, kept)
        if own is None or own.exhibitor_id != done["exhibitor"]:
            raise Refusal("merge_changed_since")
        deed.session.execute(delete(Delegate).where(Delegate.person_id == kept))
    deed.session.execute(insert(Delegate).values(person_id=gone, exhibitor_id=done["exhibitor"]))


DELEGATES = Mover("exhibitors", move_delegate, restore_delegate)


def list_kept(session: Session, ids: Sequence[int]) -> list[dict[str, Json]]:
    """Return what is kept of persons as delegates, for themselves to read."""
    told = select(Exhibitor.code, Exhibitor.name_ar, Exhibitor.name_fr)
    query = told.join(Delegate, Delegate.exhibitor_id == Exhibitor.id).where(Delegate.person_id.in_(ids))
    return [{"code": row.code, "title_ar": row.name_ar, "title_fr": row.name_fr} for row in session.execute(query)]


def forget(deed: Deed, person_id: int) -> None:
    """Let a person stand at no stand any more."""
    deed.session.execute(delete(Delegate).where(Delegate.person_id == person_id))
