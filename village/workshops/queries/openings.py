"""Free places of all sessions at once, for whoever asks often: one light statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sqlalchemy import Table, bindparam, func, select

from village.workshops.models import Registration, Workshop
from village.workshops.rules import Channel, Places

if TYPE_CHECKING:
    from datetime import datetime

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
        W.c.taken_online, W.c.opens, W.c.closes, _WAITING.label("waiting"),
    )
    .where(W.c.edition_id == bindparam("edition"), W.c.status != "draft")
    .order_by(W.c.day, W.c.starts, W.c.code)
)  # fmt: skip
_ONE = _ALL.where(W.c.code == bindparam("code"))


def list_openings(session: Session, edition_id: int) -> list[Opening]:
    """List the free places of every published session in order of time; one SQL query."""
    return [_opening(row) for row in session.execute(_ALL, {"edition": edition_id})]


def find_opening(session: Session, edition_id: int, code: str) -> Opening | None:
    """Return the free places of a published session, or None where there is no such session; one SQL query."""
    row = session.execute(_ONE, {"edition": edition_id, "code": code.upper()}).first()
    return _opening(row) if row else None


def _opening(row: object) -> Opening:
    number, code, kind, status, onsite, online, taken_onsite, taken_online, opens, closes, waiting = row  # type: ignore[misc] # a row is a tuple
    places = Places(onsite, online, taken_onsite, taken_online)  # type: ignore[has-type]
    return Opening(number, code, kind, status, places, opens, closes, waiting)  # type: ignore[has-type]
