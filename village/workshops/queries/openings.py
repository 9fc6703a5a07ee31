"""Free places of all sessions at once, for whoever asks often: one light statement."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, bindparam, func, select

from village.workshops.models import Registration, Workshop
from village.workshops.queries.facts import facts_of
from village.workshops.queries.reading import SESSION
from village.workshops.rules import Channel, Places, places_by_slot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

W = cast("Table", Workshop.__table__)
R = cast("Table", Registration.__table__)


@dataclass(frozen=True, slots=True)
class Opening:
    """How full a session is, how many wait for it, and when one may register."""

    id: int
    code: str
    kind: str
    status: str
    places: Places
    opens: datetime | None
    closes: datetime | None
    waiting: int
    reserved: Mapping[Channel, int] = field(default_factory=dict)

    def state(self, now: datetime) -> str:
        """Tell whether one may register now: open, not_open, closed or cancelled."""
        if self.status == "cancelled":
            return "cancelled"
        if self.opens is not None and now < self.opens:
            return "not_open"
        return "closed" if self.closes is not None and now >= self.closes else "open"

    def capacity(self, channel: Channel) -> int:
        """Places of a channel, taken or not."""
        return self.places.onsite if channel is Channel.ONSITE else self.places.online


_WAITING = (
    select(func.count())
    .select_from(R)
    .where(R.c.workshop_id == W.c.id, R.c.status == "waitlisted")
    .correlate(W)
    .scalar_subquery()
)
_ALL = (
    select(
        W.c.id, W.c.code, W.c.kind, W.c.status, W.c.places_onsite, W.c.places_online, W.c.taken_onsite,
        W.c.taken_online, W.c.opens, W.c.closes, _WAITING.label("waiting"), W.c.extra_rules,
    )
    .where(W.c.edition_id == bindparam("edition"), W.c.status != "draft")
    .order_by(W.c.day, W.c.starts, W.c.code)
)  # fmt: skip
_ONE = _ALL.where(W.c.code == bindparam("code"))


def list_openings(session: Session, edition_id: int, now: datetime) -> list[Opening]:
    """List the free places of every published session in order of time; one SQL query, and more for reserves alone."""
    rows = session.execute(_ALL, {"edition": edition_id}).all()
    return [_opening(session, row, now) for row in rows]


def find_opening(session: Session, edition_id: int, code: str, now: datetime) -> Opening | None:
    """Return the free places of a published session, or None where there is no such session."""
    row = session.execute(_ONE, {"edition": edition_id, "code": code.upper()}).first()
    return _opening(session, row, now) if row else None


def _opening(session: Session, row: Row[*tuple[Any, ...]], now: datetime) -> Opening:
    places = Places(row.places_onsite, row.places_online, row.taken_onsite, row.taken_online)
    found = Opening(row.id, row.code, row.kind, row.status, places, row.opens, row.closes, row.waiting)
    # Few sessions have reserves: what is kept there is counted by the same rule as at a registration.
    return replace(found, reserved=_reserved(session, row.id, places, now)) if row.extra_rules else found


def _reserved(session: Session, workshop_id: int, places: Places, now: datetime) -> dict[Channel, int]:
    whole = session.execute(SESSION, {"workshops": [workshop_id]}).one()
    slots = places_by_slot(places, facts_of(session, whole, [], now).conditions)
    return {channel: places.left(channel) - slots[channel, None] for channel in Channel}
