"""What becomes of badges when two persons turn out to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from village.audit.actions import record
from village.badges.models import Badge
from village.badges.rules import State
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.people.actions import move_rows, put_back
from village.people.rules import Mover

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from village.kit.db import Json
    from village.kit.deeds import Deed


def move_badges(deed: Deed, kept: int, gone: int) -> dict[str, Any]:
    """Give all badges to the one who stays. Where both hold a valid one, that of the one who goes ends."""
    ended = None
    second = _active(deed, gone)
    if second is not None and _active(deed, kept) is not None:
        second.state, second.ended_at = State.REVOKED.value, deed.now
        deed.session.flush()
        ended = second.id
        record(deed, "badge.revoked", f"badge:{second.id:x}", {"person": gone})
    return {"ended": ended, "ids": move_rows(deed, Badge, kept=kept, gone=gone)}


def restore_badges(deed: Deed, kept: int, gone: int, done: Mapping[str, Any]) -> None:
    """Give the badges back, and let the one that ended open doors again.

    Raises:
        Refusal: `merge_changed_since`.

    """
    put_back(deed, Badge, done["ids"], kept=kept, gone=gone)
    # A badge that replaced one of the moved since then belongs with it, and nobody can say to whom it was handed.
    newer = select(func.count()).where(Badge.person_id == kept, Badge.replaces_id.in_(done["ids"]))
    if deed.session.scalar(newer):
        raise Refusal("merge_changed_since")
    if done["ended"] is None:
        return
    badge = locked(deed.session, Badge, done["ended"])
    if badge is None or badge.state != State.REVOKED or _active(deed, gone) is not None:
        raise Refusal("merge_changed_since")
    badge.state, badge.ended_at = State.ACTIVE.value, None
    deed.session.flush()
    record(deed, "badge.restored", f"badge:{badge.id:x}", {"person": gone})


def _active(deed: Deed, person: int) -> Badge | None:
    query = select(Badge).where(Badge.person_id == person, Badge.state == State.ACTIVE).with_for_update()
    return deed.session.scalars(query.execution_options(populate_existing=True)).first()


BADGES = Mover("badges", move_badges, restore_badges)


def list_kept(session: Session, ids: Sequence[int]) -> list[dict[str, Json]]:
    """Return what is kept of persons' badges, for themselves to read."""
    rows = session.scalars(select(Badge).where(Badge.person_id.in_(ids)).order_by(Badge.issued_at, Badge.id))
    return [
        {"code": row.short_code, "state": row.state, "at": row.issued_at.isoformat(), "printed": row.printed_count}
        for row in rows
    ]


def forget(deed: Deed, person_id: int) -> None:
    """End a person's badge; it opens nothing from now on. What staff wrote about it goes too."""
    for badge in deed.session.scalars(select(Badge).where(Badge.person_id == person_id).with_for_update()):
        badge.reason = ""
        if badge.state == State.ACTIVE:
            badge.state, badge.ended_at = State.REVOKED.value, deed.now
            record(deed, "badge.revoked", f"badge:{badge.id:x}", {"person": person_id})
