"""The process dies while the chair opens, or while a lot is drawn: all of the deed stands, or nothing of it.

This file is also the program that dies: run with the address of a database, the edition and the category. It forks for
each death, so that everything is imported once.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

from tests.databases import import_all_models
from village.awards import actions, queries
from village.kit.deeds import SYSTEM, Actor, begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.databases import Database
    from tests.jury_room import Room

ROOT = Path(__file__).parents[2]
EVENING = datetime(2026, 12, 4, 18, 0, tzinfo=UTC)
# The statement before which it dies; "" is after the commit.
MOMENTS = ("INSERT INTO award_result", "UPDATE award_category", "COMMIT", "")
DRAWING = ("INSERT INTO award_result", "COMMIT", "")


def die(*_: Any) -> None:
    """Stop as a pulled plug stops: no handler runs, nothing is tidied."""
    os.kill(os.getpid(), signal.SIGKILL)


def do_and_die(url: str, step: str, number: int, moment: str) -> None:
    """Do one step and die in it."""
    engine = create_engine(url)
    if moment == "COMMIT":
        event.listen(engine, "commit", die)
    elif moment:

        @event.listens_for(engine, "before_cursor_execute")
        def _watch(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            if statement.startswith(moment):
                die()

    with begin(engine, actor=SYSTEM, now=EVENING) as deed:
        if step == "open":
            actions.open_marks(deed, category_id=number)
        else:
            actions.draw_tie_lot(deed, lot_id=number)
    die()


def main(url: str, edition: str, category: str) -> None:
    """Die once for each moment, opening and then drawing; print what stands after each death."""
    import_all_models()
    deaths(url, int(edition), "open", int(category), MOMENTS)
    engine = create_engine(url)
    with begin(engine, actor=SYSTEM, now=EVENING) as deed:
        lot = actions.seal_tie_lot(deed, category_id=int(category), rank=1)
    for who in ("1", "2"):
        with begin(engine, actor=Actor("account", who), now=EVENING) as deed:
            for seat in ("S1", "S2"):
                actions.type_lot_number(deed, lot_id=lot, seat=seat, value="7")
    engine.dispose()
    deaths(url, int(edition), "draw", lot, DRAWING)


def deaths(url: str, edition: int, step: str, number: int, moments: tuple[str, ...]) -> None:
    """Let a child do one step and die in it, once for each moment."""
    for moment in moments:
        child = os.fork()
        if not child:
            do_and_die(url, step, number, moment)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL, moment
        engine = create_engine(url)
        with Session(engine) as session:
            sys.stdout.write(json.dumps(standing(session, edition)) + "\n")
        engine.dispose()
        sys.stdout.flush()  # the next fork would write it a second time


@pytest.mark.sqlite_only
def test_an_opening_and_a_lot_stand_whole_or_not_at_all(database: Database, act: Callable[..., Any]) -> None:
    from tests.actions.test_awards_set_up import GOOD, TieRule, change, close_all, prepare, rule, seats

    room: Room = prepare(act, ruled=False)
    change(act, room.craft, tie_rule=TieRule.LOT)
    rule(act, room.craft)
    with act("system") as deed:
        for seat in seats(room):
            for code in ("C901", "C902"):
                actions.give_marks(deed, juror_id=seat, nominee_id=room.nominees["AW2", code], marks=GOOD)
    close_all(act, room, room.craft)
    program = [sys.executable, "-m", "tests.actions.test_awards_killed", database.url]
    command = [*program, str(room.edition), str(room.craft)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=120, text=True)
    assert ran.returncode == 0, ran.stderr
    shut, opened = ["marking", [], []], ["opened", [1, 1], []]
    sealed, drawn = ["opened", [1, 1], ["sealed"]], ["opened", [1, 2], ["drawn"]]
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert told == [shut, shut, shut, opened, sealed, sealed, drawn]


def standing(session: Session, edition: int) -> list[Any]:
    """How far the category is, the ranks it shows, the states of its lots."""
    category = queries.get_category(session, edition, "AW2")
    rows = queries.list_standings(session, edition).get(category.id, [])
    lots = [lot.state for lot in queries.list_lots(session, category.id)]
    return [category.state.value, [row.rank for row in rows], lots]


if __name__ == "__main__":
    main(*sys.argv[1:])
