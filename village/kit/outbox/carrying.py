"""Carrying: claim what is due, hand it over, note what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from village.kit.deeds import SYSTEM, begin
from village.kit.outbox.things import Outgoing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from village.kit.chance import Chance
    from village.kit.web import Parts

_log = structlog.get_logger(__name__)

# After this many tries, some fifteen hours after the first, nobody tries again by himself.
MOST_TRIES = 12
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=6)
# Waits are lengthened by up to this part of themselves, so that what failed together does not come back together.
_JITTER_PERCENT = 25
# Whoever claims a thing has it for so long; a thing whose carrier died is taken up again afterwards.
LEASE = timedelta(minutes=10)
# No carrying may take longer than this: what would begin later than so before the lease ends is given back.
_LONGEST_CARRY = timedelta(minutes=1)
_LONGEST_ERROR = 500


@dataclass(frozen=True)
class Item:
    """What a carrier is given: the same `uid` at every try, `attempts` counting this one."""

    id: int
    uid: str
    kind: str
    target: str
    body: dict[str, Any]
    about: str
    attempts: int
    made_at: datetime


class Undelivered(Exception):  # noqa: N818 - an answer, not a fault
    """The carrier could not hand it over.

    Args:
        reason: in the other side's words, for staff; no names, no addresses.
        for_good: trying again would not help (the address does not exist).
        after: try again no earlier than this, as the other side asks.

    """

    def __init__(self, reason: str, *, for_good: bool = False, after: timedelta | None = None) -> None:
        """Say why it did not arrive."""
        super().__init__(reason)
        self.reason, self.for_good, self.after = reason, for_good, after


_CARRIERS: dict[str, Callable[[Parts, Item], None]] = {}


def carrier(kind: str) -> Callable[[Callable[[Parts, Item], None]], Callable[[Parts, Item], None]]:
    """Register who carries a kind: called with the application's parts and the item, raises `Undelivered`.

    A carrier takes at most a minute.
    """

    def register(function: Callable[[Parts, Item], None]) -> Callable[[Parts, Item], None]:
        _CARRIERS[kind] = function
        return function

    return register


def carried_kinds() -> frozenset[str]:
    """Return the kinds that have a carrier."""
    return frozenset(_CARRIERS)


def carry_due(parts: Parts, limit: int = 50, kinds: Collection[str] | None = None) -> int:
    """Carry what is due, oldest first; several processes share the work and none takes what another has.

    Args:
        parts: the application's parts (database, clock, chance, and what the carriers need).
        limit: how many at most.
        kinds: only these; all that have a carrier when left out.

    Returns:
        how many were tried.

    """
    wanted = tuple(kind for kind in _CARRIERS if kinds is None or kind in kinds)
    if not wanted or not _is_anything_due(parts, wanted):
        return 0
    until, items = _claim(parts, limit, wanted)
    for number, item in enumerate(items):
        if parts.clock.now() + _LONGEST_CARRY > until:
            _give_back(parts, items[number:], until)
            return number
        _carry(parts, item, until)
    return len(items)


def wait_before(tries: int, chance: Chance) -> timedelta:
    """Return how long to wait after so many tries: 30 s, doubled up to six hours, and a quarter more at most."""
    plain = min(_FIRST_WAIT * (1 << min(tries - 1, 20)), _LONGEST_WAIT)
    return plain * (1 + chance.below(_JITTER_PERCENT + 1) / 100)


def _is_anything_due(parts: Parts, kinds: Sequence[str]) -> bool:
    # A read first: an idle round never takes the one write lock of SQLite.
    with Session(parts.engine) as session:
        return session.execute(_due(parts.clock.now(), kinds, 1)).first() is not None


def _due(now: datetime, kinds: Sequence[str], limit: int) -> Any:
    return (
        select(Outgoing.id)
        .where(Outgoing.state == "waiting", Outgoing.next_at <= now, Outgoing.kind.in_(kinds))
        .order_by(Outgoing.next_at, Outgoing.id)
        .limit(limit)
    )


def _claim(parts: Parts, limit: int, kinds: Sequence[str]) -> tuple[datetime, list[Item]]:
    """Take what is due for the time of a lease, and count the try: also one that kills the process is counted."""
    with begin(parts.engine, actor=SYSTEM, now=parts.clock.now(), chance=parts.chance) as deed:
        until = deed.now + LEASE
        # Rows that another process is claiming right now are passed over; SQLite lets one deed write at a time.
        ids = deed.session.scalars(_due(deed.now, kinds, limit).with_for_update(skip_locked=True)).all()
        rows = deed.session.execute(
            update(Outgoing)
            .where(Outgoing.id.in_(ids))
            .values(next_at=until, attempts=Outgoing.attempts + 1)
            .returning(
                Outgoing.id,
                Outgoing.uid,
                Outgoing.kind,
                Outgoing.target,
                Outgoing.body,
                Outgoing.about,
                Outgoing.attempts,
                Outgoing.made_at,
            )
            .execution_options(synchronize_session=False)
        ).all()
    order = {number: place for place, number in enumerate(ids)}
    return until, sorted((Item(*row) for row in rows), key=lambda item: order[item.id])


def _give_back(parts: Parts, items: Sequence[Item], until: datetime) -> None:
    with begin(parts.engine, actor=SYSTEM, now=parts.clock.now(), chance=parts.chance) as deed:
        deed.session.execute(
            update(Outgoing)
            .where(Outgoing.id.in_([item.id for item in items]), Outgoing.next_at == until)
            .values(next_at=deed.now, attempts=Outgoing.attempts - 1)
            .execution_options(synchronize_session=False)
        )


def _carry(parts: Parts, item: Item, until: datetime) -> None:
    try:
        _CARRIERS[item.kind](parts, item)
    except Undelivered as answer:
        _note_failure(parts, item, until, answer)
    except Exception as fault:  # noqa: BLE001 - a carrier's fault costs one try, not the round
        _log.exception("carrier_failed", kind=item.kind, outgoing=item.id)
        _note_failure(parts, item, until, Undelivered(type(fault).__name__))
    else:
        with begin(parts.engine, actor=SYSTEM, now=parts.clock.now(), chance=parts.chance) as deed:
            deed.session.execute(
                update(Outgoing)
                .where(Outgoing.id == item.id, Outgoing.state == "waiting")
                .values(state="sent", sent_at=deed.now, next_at=deed.now, error="")
                .execution_options(synchronize_session=False)
            )


def _note_failure(parts: Parts, item: Item, until: datetime, answer: Undelivered) -> None:
    over = answer.for_good or item.attempts >= MOST_TRIES
    wait = max(wait_before(item.attempts, parts.chance), answer.after or timedelta())
    with begin(parts.engine, actor=SYSTEM, now=parts.clock.now(), chance=parts.chance) as deed:
        deed.session.execute(
            update(Outgoing)
            # Whose lease ran out says nothing: another has it.
            .where(Outgoing.id == item.id, Outgoing.state == "waiting", Outgoing.next_at == until)
            .values(
                state="failed" if over else "waiting",
                next_at=deed.now if over else deed.now + wait,
                error=answer.reason[:_LONGEST_ERROR],
            )
            .execution_options(synchronize_session=False)
        )
    if over:
        _log.warning("undelivered", kind=item.kind, outgoing=item.id, reason=answer.reason)
