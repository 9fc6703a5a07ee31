"""A day of the fair is closed in the log once it is over, and the log is sealed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from tests.factories import make_edition
from village.audit.queries import EntryFilter, latest_checkpoint, list_checkpoints_because, list_entries
from village.editions.actions import close_day
from village.editions.jobs import close_days
from village.editions.rules import DAY_CLOSED, Status
from village.kit.chance import SystemChance
from village.kit.refusal import Refusal
from village.kit.signing import Keyring
from village.kit.worker import rounds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from village.kit.clock import FixedClock

FRIDAY = date(2026, 12, 4)


@pytest.fixture
def world(engine: Engine, clock: FixedClock, tmp_path: Path) -> SimpleNamespace:
    """What the worker hands to a round."""
    return SimpleNamespace(engine=engine, clock=clock, chance=SystemChance(), keys=Keyring(tmp_path / "keys"))


def test_each_day_is_closed_and_sealed_when_it_is_over(act: Callable, session: Session, world: SimpleNamespace) -> None:
    """The worker asks at each round; however often, and however late, every day is closed once and in order."""
    with act() as deed:
        make_edition(deed)
    assert "village.editions.jobs.close_days" in rounds()

    def closed() -> list[str]:
        session.rollback()
        rows = list_entries(session, EntryFilter(code=DAY_CLOSED)).rows
        return [str(row.facts["day"]) for row in reversed(rows)]

    world.clock.move_to(datetime(2026, 12, 4, 12, 0, tzinfo=UTC))
    assert close_days(world) == 0
    world.clock.move_to(datetime(2026, 12, 4, 23, 0, tzinfo=UTC))
    assert [close_days(world), close_days(world)] == [1, 0]
    assert closed() == ["2026-12-04"]
    seal = latest_checkpoint(session)
    assert seal
    assert (seal.reason, seal.at) == (DAY_CLOSED, world.clock.now())
    world.clock.move_to(datetime(2026, 12, 8, 9, 0, tzinfo=UTC))
    assert [close_days(world), close_days(world)] == [2, 0]
    assert closed() == ["2026-12-04", "2026-12-05", "2026-12-06"]
    assert len(list_checkpoints_because(session, DAY_CLOSED)) == 3


@pytest.mark.sqlite_only
def test_only_days_of_a_running_fair_are_closed(act: Callable, world: SimpleNamespace) -> None:
    with act() as deed:
        edition = make_edition(deed, status=Status.OPEN)
    world.clock.move_to(datetime(2026, 12, 8, 9, 0, tzinfo=UTC))
    assert close_days(world) == 0
    with pytest.raises(Refusal, match="edition_not_found"), act() as deed:
        close_day(deed, edition_id=edition, day=date(2026, 1, 1), keys=world.keys)
    with act() as deed:
        assert close_day(deed, edition_id=edition, day=FRIDAY, keys=world.keys)
    with act() as deed:
        assert not close_day(deed, edition_id=edition, day=FRIDAY, keys=world.keys)
