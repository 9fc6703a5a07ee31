"""The stage on which the demonstration is played: the application's parts, a clock that is set by hand, progress."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village.demo.models import DemoOutcome, DemoStep
from village.kit.clock import FixedClock, zone
from village.kit.deeds import SYSTEM, Actor, Deed, begin
from village.workshops.actions.telling import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from village.demo.source import Source
    from village.kit.db import Json
    from village.kit.web import Parts

ZONE = "Africa/Casablanca"


def at(text: str) -> datetime:
    """Read a local wall time of the fair, as in `2026-12-06T16:30`, as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=zone(ZONE)).astimezone(UTC)


def instant_of(wall: datetime) -> datetime:
    """Turn a naive local wall time of the fair into an instant."""
    return wall.replace(tzinfo=zone(ZONE)).astimezone(UTC)


@dataclass
class Stage:
    """What every step of the demonstration is given."""

    parts: Parts
    source: Source
    show: Callable[[int, int], None]
    clock: FixedClock = field(default_factory=lambda: FixedClock(datetime(2026, 10, 1, tzinfo=UTC)))
    step: str = ""
    actor: Actor = SYSTEM
    edition_id: int = 0

    @contextmanager
    def deed(self, now: datetime | None = None, actor: Actor | None = None) -> Iterator[Deed]:
        """Open a deed at an instant of the fair."""
        if now is not None:
            self.clock.move_to(now)
        world = self.parts
        with begin(world.engine, actor=actor or self.actor, now=self.clock.now(), chance=world.chance) as deed:
            yield deed

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session for reading."""
        with Session(self.parts.engine) as session:
            yield session

    def done(self) -> int:
        """Return how many deeds of the present step are done already."""
        with self.session() as session:
            row = session.get(DemoStep, self.step)
            return row.done if row else 0

    def advance(self, deed: Deed, done: int, total: int) -> None:
        """Note in the deed's own transaction how far the step has come, and show it."""
        row = _step(deed, self.step)
        row.done = done
        deed.after_commit(lambda: self.show(done, total))

    def keep(self, deed: Deed, key: str, value: str) -> None:
        """Keep, in the deed's own transaction, what it amounted to."""
        deed.session.add(DemoOutcome(step=self.step, key=key, value=value))

    def outcomes(self, step: str) -> dict[str, str]:
        """Return what the deeds of a step amounted to, by key."""
        with self.session() as session:
            rows = session.scalars(select(DemoOutcome).where(DemoOutcome.step == step))
            return {row.key: row.value for row in rows}

    def finish(self, deed: Deed, milliseconds: int, figures: Mapping[str, Json]) -> None:
        """Note in the deed's own transaction that the step is finished, and tell nobody of what it played."""
        settle(deed, self.edition_id)
        row = _step(deed, self.step)
        row.finished, row.milliseconds, row.figures = True, milliseconds, dict(figures)


def _step(deed: Deed, name: str) -> DemoStep:
    row: Any = deed.session.get(DemoStep, name)
    if row is None:
        row = DemoStep(name=name, done=0, finished=False, milliseconds=0, figures={})
        deed.session.add(row)
    return row  # type: ignore[no-any-return]
