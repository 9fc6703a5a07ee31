"""The outbox as staff see it: what left, what waits, what failed; sent again, dropped, emptied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select, update

from village.kit.db import locked
from village.kit.outbox.things import Outgoing
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.kit.deeds import Deed


# What an address may hold and no id is.
_GREATEST_ID = 1 << 62


@dataclass(frozen=True)
class OutgoingRow:
    """One thing of the outbox; `target` and `body` are empty once it has been emptied."""

    id: int
    uid: str
    kind: str
    target: str
    body: dict[str, Any]
    about: str
    whom: str
    state: str
    attempts: int
    made_at: datetime
    next_at: datetime
    sent_at: datetime | None
    error: str


def list_outgoing(
    session: Session,
    *,
    states: Collection[str] = (),
    kinds: Collection[str] = (),
    about: str = "",
    whom: str = "",
    before_id: int | None = None,
    limit: int = 50,
) -> list[OutgoingRow]:
    """List things of the outbox, newest first; what is left empty does not restrict. `before_id` turns the page."""
    query = select(Outgoing).order_by(Outgoing.id.desc()).limit(limit)
    if states:
        query = query.where(Outgoing.state.in_(tuple(states)))
    if kinds:
        query = query.where(Outgoing.kind.in_(tuple(kinds)))
    if about:
        query = query.where(Outgoing.about == about)
    if whom:
        query = query.where(Outgoing.whom == whom)
    if before_id is not None:
        query = query.where(Outgoing.id < min(before_id, _GREATEST_ID))
    return [_row(row) for row in session.scalars(query)]


def count_outgoing(session: Session, *, abouts: Collection[str] | None = None) -> dict[tuple[str, str, str], int]:
    """Count things by (about, kind, state) where `abouts` names what they belong to; else all, with an empty about."""
    about = Outgoing.about if abouts is not None else func.min("")
    query = select(about, Outgoing.kind, Outgoing.state, func.count()).group_by(Outgoing.kind, Outgoing.state)
    if abouts is not None:
        query = query.where(Outgoing.about.in_(tuple(abouts))).group_by(Outgoing.about)
    return {(what, kind, state): number for what, kind, state, number in session.execute(query)}


def replay(deed: Deed, outgoing_id: int) -> OutgoingRow:
    """Send something that is over once more, under the same uid, with all its tries before it.

    Raises:
        Refusal: `outgoing_not_found`; `outgoing_waits` while it is still being tried; `outgoing_emptied` when its
            text is no longer kept.

    """
    row = _locked(deed, outgoing_id)
    if row.state == "waiting":
        raise Refusal("outgoing_waits")
    if not row.target:
        raise Refusal("outgoing_emptied")
    row.state, row.attempts, row.next_at, row.sent_at, row.error = "waiting", 0, deed.now, None, ""
    return _row(row)


def replay_failed(deed: Deed, kinds: Collection[str]) -> int:
    """Send all that failed once more, where its text is still kept: after a mended setting. Returns how many."""
    query = update(Outgoing).where(
        Outgoing.state == "failed", Outgoing.kind.in_(tuple(kinds)), Outgoing.target != ""
    )
    return _count(deed, query.values(state="waiting", attempts=0, next_at=deed.now, error=""))


def drop(deed: Deed, outgoing_id: int) -> OutgoingRow:
    """Give up something that waits or failed: it is not sent.

    Raises:
        Refusal: `outgoing_not_found`; `outgoing_over` when it left already.

    """
    row = _locked(deed, outgoing_id)
    if row.state not in {"waiting", "failed"}:
        raise Refusal("outgoing_over")
    row.state, row.next_at = "dropped", deed.now
    return _row(row)


def mark_sent(deed: Deed, outgoing_id: int, kind: str) -> OutgoingRow:
    """Note that a person has done what no carrier does. A second tick changes nothing.

    Raises:
        Refusal: `outgoing_not_found`, also where it is of another kind.

    """
    row = _locked(deed, outgoing_id)
    if row.kind != kind:
        raise Refusal("outgoing_not_found", {"outgoing": outgoing_id})
    if row.state == "waiting":
        row.state, row.sent_at, row.next_at = "sent", deed.now, deed.now
    return _row(row)


def drop_for(deed: Deed, whom: str) -> int:
    """Send nothing more to somebody, and empty all that was written to them. Returns how many were emptied."""
    ended = (
        update(Outgoing)
        .where(Outgoing.whom == whom, Outgoing.state == "waiting")
        .values(state="dropped", next_at=deed.now)
    )
    deed.session.execute(ended.execution_options(synchronize_session=False))
    emptied = update(Outgoing).where(Outgoing.whom == whom, Outgoing.target != "").values(target="", body={})
    return _count(deed, emptied)


def purge(deed: Deed, before: datetime) -> int:
    """Empty what ended before an instant: the text and the address go, the line and its state stay for the counts.

    What has waited since before then (somebody to be told by voice whom nobody called) is given up.

    Returns:
        how many were emptied.

    """
    kept = or_(Outgoing.target != "", Outgoing.whom != "")
    ended = update(Outgoing).where(Outgoing.state != "waiting", Outgoing.next_at < before, kept)
    waited = update(Outgoing).where(Outgoing.state == "waiting", Outgoing.made_at < before)
    bare: dict[str, Any] = {"target": "", "body": {}, "whom": ""}
    return _count(deed, ended.values(bare)) + _count(
        deed, waited.values({**bare, "state": "dropped", "next_at": deed.now})
    )


def _count(deed: Deed, statement: Any) -> int:
    done: Any = deed.session.execute(statement.execution_options(synchronize_session=False))
    return int(done.rowcount)


def _locked(deed: Deed, outgoing_id: int) -> Outgoing:
    row = locked(deed.session, Outgoing, outgoing_id)
    if row is None:
        raise Refusal("outgoing_not_found", {"outgoing": outgoing_id})
    return row


def _row(row: Outgoing) -> OutgoingRow:
    return OutgoingRow(
        row.id,
        row.uid,
        row.kind,
        row.target,
        dict(row.body),
        row.about,
        row.whom,
        row.state,
        row.attempts,
        row.made_at,
        row.next_at,
        row.sent_at,
        row.error,
    )
