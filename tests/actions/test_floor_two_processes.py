"""Two organisers at two servers on one database: one wins, the other is told, nothing is ever doubled."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from tests.floor_fair import FloorFair, document, open_floor
from village.floor import actions, queries
from village.floor.wants import Wants

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.databases import Database
    from tests.floor_fair import Act

ROOT = Path(__file__).parents[2]
ROUNDS = 3

# A server of its own: it takes one order after the other, and does each when it is told "go".
SERVER = """
import json, sys
from datetime import UTC, datetime
import sqlalchemy as sa
from tests.databases import import_all_models
from village.floor import actions
from village.kit.deeds import Actor, begin
from village.kit.refusal import Refusal
import_all_models()
engine = sa.create_engine(sys.argv[1])
engine.connect().close()
print("ready", flush=True)
for line in sys.stdin:
    name, wants = json.loads(line)
    try:
        with begin(engine, actor=Actor("account", sys.argv[2]), now=datetime.now(UTC)) as deed:
            getattr(actions, name)(deed, **wants)
        print("done", flush=True)
    except Refusal as refusal:
        print(refusal.code, flush=True)
"""


class Servers:
    """Two processes that do deeds at the same moment."""

    def __init__(self, url: str) -> None:
        self.pair = [
            subprocess.Popen(
                [sys.executable, "-c", SERVER, url, number],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            )
            for number in ("1", "2")
        ]  # fmt: skip
        for each in self.pair:
            assert each.stdout.readline().strip() == "ready"

    def at_once(self, *orders: tuple[str, dict[str, Any]]) -> list[str]:
        """What both say, sorted: "done" or the code of a refusal."""
        for each, order in zip(self.pair, orders, strict=True):
            each.stdin.write(json.dumps(order) + "\n")
        for each in self.pair:
            each.stdin.flush()
        return sorted(each.stdout.readline().strip() for each in self.pair)

    def close(self) -> None:
        for each in self.pair:
            each.stdin.close()
            each.wait(30)
            each.stdout.close()


@pytest.fixture
def servers(database: Database) -> Any:
    found = Servers(database.url)
    yield found
    found.close()


@pytest.fixture
def fair(act: Act) -> FloorFair:
    """C01 asks for two stands; a second hall is drawn like the first."""
    with act("organiser") as deed:
        made = open_floor(deed)
        actions.note_request(deed, edition_id=made.edition_id, exhibitor_id=made.exhibitors["C01"], wants=Wants(size=2))
        actions.import_floor(
            deed, edition_id=made.edition_id, code="H2", drawing=document("floor.json"), default_zone="Z2"
        )
    return made


@pytest.fixture
def ids(session: Session, fair: FloorFair) -> dict[str, int]:
    """Stands by hall and code: "H1 A01"."""
    found = {}
    for hall in ("H1", "H2"):
        plan = queries.load_plan(session, fair.edition_id, hall)
        found |= {f"{hall} {each.code}": each.id for each in plan.stands}
    session.rollback()
    return found


def held(session: Session, fair: FloorFair) -> dict[str, str]:
    """Who has which stand of both halls."""
    session.rollback()
    found = {}
    for hall in ("H1", "H2"):
        plan = queries.load_plan(session, fair.edition_id, hall)
        found |= {f"{hall} {each.code}": each.holder.code for each in plan.stands if each.holder}
    rows = session.execute(sa.text("SELECT count(*), count(DISTINCT stand_id) FROM stand_assignment")).one()
    session.rollback()
    assert rows[0] == rows[1] == len(found)
    return found


def clear(act: Act, session: Session, fair: FloorFair, ids: dict[str, int]) -> None:
    while now := held(session, fair):
        place, who = next(iter(now.items()))
        with act("floor_manager") as deed:
            actions.free_stand(deed, stand_id=ids[place], expected=fair.exhibitors[who])


def give(fair: FloorFair, ids: dict[str, int], who: str, place: str, **more: Any) -> tuple[str, dict[str, Any]]:
    wants = {"stand_id": ids[place], "exhibitor_id": fair.exhibitors[who], "expected": None, **more}
    return "assign_stand", wants


def test_the_same_stand_to_two(servers: Servers, act: Act, session: Session, fair: FloorFair, ids: Any) -> None:
    for _ in range(ROUNDS):
        said = servers.at_once(give(fair, ids, "C12", "H1 B01"), give(fair, ids, "C05", "H1 B01"))
        assert said == ["done", "stand_taken"]
        assert len(held(session, fair)) == 1
        clear(act, session, fair, ids)


def test_one_exhibitor_to_two_stands(servers: Servers, act: Act, session: Session, fair: FloorFair, ids: Any) -> None:
    for _ in range(ROUNDS):
        said = servers.at_once(
            give(fair, ids, "C12", "H1 B01", moved_from=None), give(fair, ids, "C12", "H1 C10", moved_from=None)
        )
        assert said == ["done", "exhibitor_moved"]
        assert list(held(session, fair).values()) == ["C12"]
        clear(act, session, fair, ids)


def test_one_exhibitor_to_two_halls(servers: Servers, act: Act, session: Session, fair: FloorFair, ids: Any) -> None:
    for _ in range(ROUNDS):
        said = servers.at_once(give(fair, ids, "C12", "H1 B01"), give(fair, ids, "C12", "H2 B01"))
        assert said == ["done", "exhibitor_in_other_hall"]
        assert list(held(session, fair).values()) == ["C12"]
        clear(act, session, fair, ids)


def test_a_block_and_a_single_stand_that_overlap(
    servers: Servers, act: Act, session: Session, fair: FloorFair, ids: Any
) -> None:
    """C01 takes two from B01 on while C12 takes B02: both may find a place, never on one stand."""
    for _ in range(ROUNDS):
        said = servers.at_once(give(fair, ids, "C01", "H1 B01"), give(fair, ids, "C12", "H1 B02"))
        now = held(session, fair)
        assert said in (["done", "done"], ["done", "no_run_here"], ["done", "stand_taken"])
        assert sum(who == "C12" for who in now.values()) <= 1
        assert sum(who == "C01" for who in now.values()) in (0, 2)
        clear(act, session, fair, ids)


def test_one_moves_a_block_while_the_other_exchanges_it(
    servers: Servers, act: Act, session: Session, fair: FloorFair, ids: Any
) -> None:
    one, other = fair.exhibitors["C01"], fair.exhibitors["C12"]
    for _ in range(ROUNDS):
        with act("floor_manager") as deed:
            actions.assign_stand(deed, stand_id=ids["H1 B01"], exhibitor_id=one, expected=None)
            actions.assign_stand(deed, stand_id=ids["H1 A05"], exhibitor_id=other, expected=None)
        said = servers.at_once(
            give(fair, ids, "C01", "H1 C10", moved_from=ids["H1 B01"]),
            (
                "swap_stands",
                {
                    "stand_id": ids["H1 B01"],
                    "other_id": ids["H1 A05"],
                    "expected": one,
                    "other_expected": other,
                },
            ),
        )
        assert "done" in said
        assert set(said) <= {"done", "exhibitor_moved", "stand_changed", "stand_taken"}
        assert len(said) == 2
        assert said != ["done", "done"]
        assert sorted(held(session, fair).values()) == ["C01", "C01", "C12"]
        clear(act, session, fair, ids)


def test_two_undo_the_same_change(servers: Servers, act: Act, session: Session, fair: FloorFair, ids: Any) -> None:
    with act("floor_manager") as deed:
        change = actions.assign_stand(deed, stand_id=ids["H1 B01"], exhibitor_id=fair.exhibitors["C12"], expected=None)
    undo = ("undo_change", {"change_id": change.change_id})
    assert servers.at_once(undo, undo) == ["change_undone", "done"]
    assert held(session, fair) == {}
