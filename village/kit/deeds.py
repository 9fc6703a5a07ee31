"""Deeds: one transaction for each thing a person does.

The change and its line in the audit log are committed together or not at all. What must only happen when the deed
stands (mail, jobs, webhooks) waits until after the commit.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from village.kit.chance import SystemChance
from village.kit.db import WRITES
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy import Engine

    from village.kit.chance import Chance

_log = structlog.get_logger(__name__)
# What PostgreSQL says to the second of two deeds: unique_violation, serialization_failure, deadlock_detected.
_RACES = frozenset({"23505", "40001", "40P01"})


@dataclass(frozen=True)
class Actor:
    """Who does a deed, by an opaque id: the log never holds a name."""

    kind: Literal["account", "person", "device", "key", "system", "public"]
    id: str = ""

    def __str__(self) -> str:
        """Write the actor as the log does, as in `account:3`."""
        return f"{self.kind}:{self.id}" if self.id else self.kind


SYSTEM = Actor("system")
PUBLIC = Actor("public")


@dataclass
class Deed:
    """What an action needs: the open transaction, who acts, when, and by what chance."""

    session: Session
    actor: Actor
    now: datetime
    chance: Chance
    notes: dict[str, Any] = field(default_factory=dict)
    _before: list[Callable[[Deed], None]] = field(default_factory=list)
    _after: list[Callable[[], None]] = field(default_factory=list)

    def before_commit(self, call: Callable[[Deed], None]) -> None:
        """Do something last inside the transaction: the audit log takes its one shared lock here."""
        self._before.append(call)

    def after_commit(self, call: Callable[[], None]) -> None:
        """Do something once the deed stands; not done at all when it is refused."""
        self._after.append(call)

    def finish(self) -> None:
        """Flush, run what waits for the end, and commit. Called by `begin`."""
        self.session.flush()
        for call in self._before:
            call(self)
        self.session.commit()

    def leave(self) -> None:
        """Run what waited for the commit. A failure there is logged: the deed itself stands."""
        for call in self._after:
            try:
                call()
            except Exception:  # noqa: BLE001 - whatever fails after the commit, the deed stands
                _log.exception("after_commit_failed", actor=str(self.actor))


@contextmanager
def begin(
    engine: Engine, *, actor: Actor, now: datetime, chance: Chance | None = None
) -> Iterator[Deed]:
    """Open a deed; commit at the end of the block; roll back on any exception, a Refusal included.

    Args:
        engine: the database; on SQLite the transaction begins as BEGIN IMMEDIATE.
        actor: who acts.
        now: the instant of the deed (aware, UTC).
        chance: where random numbers come from; the system's when left out.

    Raises:
        Refusal: `done_meanwhile` where another deed of the same moment came first (PostgreSQL; on SQLite deeds
            follow one another).

    """
    writing = engine.execution_options(**{WRITES: True})
    with Session(writing, expire_on_commit=False) as session:
        deed = Deed(session, actor, now, chance or SystemChance())
        try:
            yield deed
            deed.finish()
        except DBAPIError as fault:
            session.rollback()
            if getattr(fault.orig, "sqlstate", None) in _RACES:
                _log.warning("deed_came_second", actor=str(actor), sqlstate=fault.orig.sqlstate)  # type: ignore[union-attr]
                raise Refusal("done_meanwhile") from fault
            raise
        except BaseException:
            session.rollback()
            raise
    deed.leave()
