"""Badges end with the fair: they open nothing more, and what was written about them goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from village.badges.models import Badge
from village.badges.rules import State
from village.people.rules.retention import Keeper, Stage

if TYPE_CHECKING:
    from village.kit.deeds import Deed


def end_badges(deed: Deed, edition_id: int, limit: int) -> int:
    """End the badges of an edition. Their random numbers stay as numbers of rows that scans point to."""
    left = or_(Badge.state == State.ACTIVE, Badge.reason != "", Badge.imported_id.is_not(None))
    rows = deed.session.scalars(
        select(Badge).where(Badge.edition_id == edition_id, left).order_by(Badge.id).limit(limit).with_for_update()
    ).all()
    for badge in rows:
        badge.reason, badge.imported_id = "", None
        if badge.state == State.ACTIVE:
            badge.state, badge.ended_at = State.REVOKED.value, deed.now
    return len(rows)


KEEPERS = (Keeper("badges", Stage.END, end_badges),)
