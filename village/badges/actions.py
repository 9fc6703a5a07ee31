"""Deeds with badges: make, revoke, replace, take to the printer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from village.audit.actions import record
from village.badges.models import Badge
from village.badges.rules import (
    BadgeOrder,
    Kind,
    State,
    new_ids,
    why_not_print,
    why_not_usable,
)
from village.kit.db import locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from village.kit.deeds import Deed

_ENTROPY_BYTES = 16
_AT_ONCE = 500


@dataclass(frozen=True)
class BadgesIssued:
    """Badges made by one deed, in the order of the orders, and how many people had one already."""

    ids: tuple[int, ...]
    already: int


def issue_badges(deed: Deed, *, edition_id: int, orders: Sequence[BadgeOrder]) -> BadgesIssued:
    """Make a badge for each person who holds none. Asking again makes nothing new.

    Raises:
        Refusal: `imported_id_taken`, when an imported id belongs to another badge already.

    """
    holders = set(
        deed.session.scalars(select(Badge.person_id).where(Badge.edition_id == edition_id, Badge.state == State.ACTIVE))
    )
    wanted = {order.person_id: order for order in orders if order.person_id not in holders}
    _must_be_free(deed, edition_id, [order.imported_id for order in wanted.values() if order.imported_id])
    rows = [_row(deed, edition_id, order) for order in wanted.values()]
    if rows:
        deed.session.execute(insert(Badge), rows)
        record(deed, "badges.issued", f"edition:{edition_id}", {"n": len(rows)})
    return BadgesIssued(tuple(row["id"] for row in rows), len(orders) - len(rows))


def revoke_badge(deed: Deed, *, badge_id: int, reason: str) -> None:
    """End a badge without giving another: it opens nothing from now on.

    Raises:
        Refusal: `badge_not_found`, or `badge_revoked` when it has ended already.

    """
    badge = _active(deed, badge_id)
    _end(deed, badge, State.REVOKED, reason)
    record(deed, "badge.revoked", f"badge:{badge_id:x}", {"person": badge.person_id})


def reissue_badge(deed: Deed, *, badge_id: int, reason: str) -> int:
    """Replace a lost or spoilt badge: the old one opens nothing any more. Returns the new badge's id.

    Raises:
        Refusal: `badge_not_found`, or `badge_revoked` when the badge has ended already.

    """
    badge = _active(deed, badge_id)
    _end(deed, badge, State.REPLACED, reason)
    # The old row must have left the index of active badges before the new one enters it.
    deed.session.flush()
    row = _row(deed, badge.edition_id, BadgeOrder(badge.person_id, Kind(badge.kind)), badge_id)
    deed.session.execute(insert(Badge), [row])
    record(
        deed,
        "badge.reissued",
        f"badge:{row['id']:x}",
        {"person": badge.person_id, "old": f"{badge_id:x}"},
    )
    return int(row["id"])


def mark_printed(deed: Deed, *, edition_id: int, badge_ids: Iterable[int], reprint: bool = False) -> int:
    """Write down that badges go to the printer, before they do. Returns how many.

    Raises:
        Refusal: `badge_printed` when some were printed before and `reprint` was not asked for;
            `badge_revoked` when one has ended; `badge_not_found`.

    """
    ids = list(dict.fromkeys(badge_ids))
    found: list[Badge] = []
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        query = select(Badge).where(Badge.edition_id == edition_id, Badge.id.in_(part)).with_for_update()
        found += deed.session.scalars(query).all()
    if len(found) != len(ids):
        raise Refusal("badge_not_found")
    for badge in found:
        if no := why_not_usable(State(badge.state)):
            raise no
    if no := why_not_print(sum(badge.printed_count > 0 for badge in found), reprint=reprint):
        raise no
    for start in range(0, len(ids), _AT_ONCE):
        deed.session.execute(
            update(Badge)
            .where(Badge.id.in_(ids[start : start + _AT_ONCE]))
            .values(printed_count=Badge.printed_count + 1, printed_at=deed.now)
            .execution_options(synchronize_session=False)
        )
    if ids:
        facts = {"n": len(ids), "again": sum(badge.printed_count > 0 for badge in found)}
        record(deed, "badges.printed", f"edition:{edition_id}", facts)
    return len(ids)


def _row(deed: Deed, edition_id: int, order: BadgeOrder, replaces: int | None = None) -> dict[str, Any]:
    context = f"badge {edition_id} {order.person_id} {replaces} {deed.now.isoformat()}"
    badge_id, short_code = new_ids(deed.chance.token_bytes(_ENTROPY_BYTES), context)
    return {
        "id": badge_id,
        "edition_id": edition_id,
        "person_id": order.person_id,
        "kind": int(order.kind),
        "short_code": short_code,
        "imported_id": order.imported_id.upper() if order.imported_id else None,
        "state": State.ACTIVE.value,
        "issued_at": deed.now,
        "replaces_id": replaces,
    }


def _must_be_free(deed: Deed, edition_id: int, imported: Sequence[str]) -> None:
    """Refuse imported ids that occur twice or are known already."""
    upper = [text.upper() for text in imported]
    taken = len(set(upper)) < len(upper)
    for start in range(0, len(upper), _AT_ONCE):
        part = upper[start : start + _AT_ONCE]
        query = select(Badge.id).where(Badge.edition_id == edition_id, Badge.imported_id.in_(part)).limit(1)
        taken = taken or deed.session.scalar(query) is not None
    if taken:
        raise Refusal("imported_id_taken")


def _active(deed: Deed, badge_id: int) -> Badge:
    badge = locked(deed.session, Badge, badge_id)
    if badge is None:
        raise Refusal("badge_not_found")
    if no := why_not_usable(State(badge.state)):
        raise no
    return badge


def _end(deed: Deed, badge: Badge, state: State, reason: str) -> None:
    badge.state = state.value
    badge.ended_at = deed.now
    badge.reason = reason.strip()
