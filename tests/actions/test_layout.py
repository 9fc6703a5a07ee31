"""The drawing changed by commands, on both databases: compare-and-set, undo, two editors at once, a pulled plug.

This file is also the second editor of the tests with two processes: run with a database, a stand and a distance.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event, select

from tests.floor_fair import open_floor
from village.audit.queries import EntryFilter, list_entries
from village.exhibitors.queries import ids_by_code, list_placeable
from village.floor import actions, queries
from village.floor.models import Hall, LayoutChange, Stand, StandAssignment, StandPreference, StandShare
from village.kit.deeds import Actor, begin
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    import sqlalchemy as sa
    from sqlalchemy.orm import Session

    from tests.floor_fair import Act, FloorFair

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
KHADIJA, YOUSSEF = Actor("account", "1"), Actor("account", "2")


@pytest.fixture
def fair(act: Act) -> FloorFair:
    with act("organiser") as deed:
        return open_floor(deed)


def form(session: Session, fair: FloorFair, kind: str, code: str) -> dict[str, Any] | None:
    session.rollback()
    found = queries.get_layout(session, fair.hall_id).things[kind].get(code)
    session.rollback()
    return found


def moved(before: dict[str, Any], dx: int) -> dict[str, Any]:
    return {**before, "x": before["x"] + dx}


def change(
    act: Act, fair: FloorFair, *steps: list[Any], code: str = "stand.changed", who: Any = "floor_manager"
) -> Any:
    with act(who) as deed:
        return actions.change_layout(deed, hall_id=fair.hall_id, code=code, steps=[list(each) for each in steps])


def undo(act: Act, fair: FloorFair, number: int, who: Any = "floor_manager") -> Any:
    with act(who) as deed:
        return actions.undo_layout(deed, hall_id=fair.hall_id, change_id=number)


def test_moving_a_stand_breaks_its_row_and_opens_its_neighbours(act: Act, session: Session, fair: FloorFair) -> None:
    before = form(session, fair, "stand", "A03")
    done = change(act, fair, ["stand", "A03", before, {**before, "y": 100}], code="stand.moved")
    assert (done.version, session.get(Hall, fair.hall_id).layout_version) == (1, 1)
    found = queries.get_layout(session, fair.hall_id).found
    assert [(found[code]["row"], found[code]["position"]) for code in ("A02", "A03", "A04")] == [
        ("A01", 2),
        ("A03", 1),
        ("A04", 1),
    ]
    assert found["A03"]["entrance"] == 2944
    (line,) = list_entries(session, EntryFilter(code="layout.stand_moved")).rows
    assert (line.thing, line.facts) == ("hall:H1", {"version": 1, "things": ["A03"], "count": 1})


def test_what_one_believes_must_be_so(act: Act, session: Session, fair: FloorFair) -> None:
    before = form(session, fair, "stand", "A01")
    change(act, fair, ["stand", "A01", before, moved(before, 100)])
    with pytest.raises(Refusal) as refused:
        change(act, fair, ["stand", "B01", form(session, fair, "stand", "B01"), None], ["stand", "A01", before, None])
    assert refused.value.facts["steps"] == [["stand", "A01", None, moved(before, 100)]]
    # nothing of the command is left, not even its first step
    assert form(session, fair, "stand", "B01") is not None


def test_two_editors_change_different_things(act: Act, session: Session, fair: FloorFair) -> None:
    a, b = (form(session, fair, "stand", code) for code in ("A01", "F01"))
    change(act, fair, ["stand", "A01", a, moved(a, -100)], who=KHADIJA)
    change(act, fair, ["stand", "F01", b, moved(b, -100)], who=YOUSSEF)
    assert [form(session, fair, "stand", code)["x"] for code in ("A01", "F01")] == [100, 100]


@pytest.mark.parametrize(
    ("kind", "code", "after"),
    [
        ("stand", "A01", {"w": 0}),
        ("stand", "A01", {"w": 3.5}),
        ("stand", "A01", {"x": True}),
        ("stand", "A01", {"back": "up"}),
        ("stand", "A01", {"value": 101}),
        ("stand", "A01", {"colour": "red"}),
        ("stand", "A01", {"outline": [[0, 0], [300, 300], [300, 0], [0, 300]]}),
        ("door", "ENT", {"w": 10**9}),
        ("hall", "HALL", {"width": 0}),
        ("zone", "Z1", {"sectors": "food"}),
    ],
)
def test_impossible_values_are_refused(
    act: Act, session: Session, fair: FloorFair, kind: str, code: str, after: dict[str, Any]
) -> None:
    before = form(session, fair, kind, code)
    with pytest.raises(Refusal, match="layout_value"):
        change(act, fair, [kind, code, before, {**before, **after}])


@pytest.mark.parametrize(
    "steps",
    [
        None,
        [],
        "x",
        [[]],
        [["stand", "A01", None]],
        [["tree", "T1", None, {}]],
        [["stand", "A 1", None, {}]],
        [["stand", "A01", None, None]],
    ],
)
def test_what_is_no_command_is_refused(act: Act, fair: FloorFair, steps: Any) -> None:
    with pytest.raises(Refusal, match="layout_value"), act("organiser") as deed:
        actions.change_layout(deed, hall_id=fair.hall_id, code="stand.changed", steps=steps)


def test_references_are_kept_whole(act: Act, session: Session, fair: FloorFair) -> None:
    before = form(session, fair, "stand", "A01")
    with pytest.raises(Refusal, match="stand_zone_unknown"):
        change(act, fair, ["stand", "A01", before, {**before, "zone": "Z9"}])
    with pytest.raises(Refusal, match="stand_circuit_unknown"):
        change(act, fair, ["stand", "A01", before, {**before, "circuit": "Q1"}])
    with pytest.raises(Refusal, match=r"stand_zone_unknown"):
        change(act, fair, ["zone", "Z1", form(session, fair, "zone", "Z1"), None])
    with pytest.raises(Refusal, match="layout_code_taken"):
        change(act, fair, ["stand", "A01", before, {**before, "code": "A02"}])
    with pytest.raises(Refusal, match="layout_conflict"):
        change(act, fair, ["stand", "A02", None, before])


def test_a_stand_on_a_new_circuit_in_one_command(act: Act, session: Session, fair: FloorFair) -> None:
    before = form(session, fair, "stand", "A01")
    done = change(
        act, fair, ["stand", "A01", before, {**before, "circuit": "Q1"}], ["circuit", "Q1", None, {"watts": 3000}]
    )
    assert form(session, fair, "stand", "A01")["circuit"] == "Q1"
    undo(act, fair, done.change_id)
    assert form(session, fair, "circuit", "Q1") is None
    assert form(session, fair, "stand", "A01") == before


def test_an_occupied_stand_is_neither_removed_nor_closed(act: Act, session: Session, fair: FloorFair) -> None:
    stand = session.scalars(select(Stand).where(Stand.code == "A01")).one().id
    before = form(session, fair, "stand", "A01")
    with act("organiser") as deed:
        actions.assign_stand(
            deed, stand_id=stand, exhibitor_id=fair.exhibitors["C01"], expected=None, override_reason="essai"
        )
    for after in (None, {**before, "closed": True}):
        with pytest.raises(Refusal, match="stand_occupied"):
            change(act, fair, ["stand", "A01", before, after])
    # It may be moved and renamed: whoever has it keeps it.
    change(act, fair, ["stand", "A01", before, {**before, "x": 190, "code": "A00"}], code="stand.renamed")
    assert queries.load_plan(session, fair.edition_id).by_exhibitor[fair.exhibitors["C01"]].code == "A00"


def test_a_block_pulled_apart_and_a_circuit_overloaded_are_shown(act: Act, session: Session, fair: FloorFair) -> None:
    stands = {row.code: row.id for row in session.scalars(select(Stand))}
    session.rollback()
    who = fair.exhibitors["C08"]
    with act("organiser") as deed:
        for part, code in enumerate(("D01", "D02")):
            deed.session.add(StandAssignment(stand_id=stands[code], exhibitor_id=who, part=part))
        deed.session.add(StandShare(host_id=who, guest_id=fair.exhibitors["C01"]))
    d01 = form(session, fair, "stand", "D01")
    wired = {**d01, "circuit": "Q1"}
    change(act, fair, ["circuit", "Q1", None, {"watts": 1}], ["stand", "D01", d01, wired])
    change(
        act,
        fair,
        ["stand", "D02", form(session, fair, "stand", "D02"), {**form(session, fair, "stand", "D02"), "y": 1540}],
    )
    session.rollback()
    found = {each.code: each for each in queries.faults_of(session, queries.get_layout(session, fair.hall_id))}
    assert found["block_apart"].things == ("D01", "D02")
    rows = {row.code: row.power_w for row in list_placeable(session, fair.edition_id)}
    assert found["circuit_overloaded"].facts == {"circuit": "Q1", "load": rows["C08"] + rows["C01"], "watts": 1}


def test_nothing_is_lost_by_removing_and_bringing_back(act: Act, session: Session, fair: FloorFair) -> None:
    last = session.scalars(select(Stand).order_by(Stand.id.desc()).limit(1)).one()
    number, code = last.id, last.code
    who = ids_by_code(session, fair.edition_id)["C04"]
    session.rollback()
    with act("organiser") as deed:
        deed.session.add(StandPreference(exhibitor_id=who, rank=1, stand_id=number))
    neighbour = form(session, fair, "stand", "A01")
    change(act, fair, ["link", f"A01~{code}", None, {"a": "A01", "b": code, "kind": "back"}], code="link.added")
    removed = change(act, fair, ["stand", code, form(session, fair, "stand", code), None], code="stand.removed")
    assert [each.kind for each in removed.steps] == ["link", "stand"]
    new = {**neighbour, "x": 3900}
    added = change(act, fair, ["stand", "G01", None, new], code="stand.added")
    assert session.scalars(select(Stand).where(Stand.code == "G01")).one().id > number
    undo(act, fair, added.change_id)
    undo(act, fair, removed.change_id)
    session.rollback()
    assert session.scalars(select(Stand).where(Stand.code == code)).one().id == number
    assert session.scalars(select(StandPreference)).one().stand_id == number
    assert form(session, fair, "link", f"A01~{code}") == {"a": "A01", "b": code, "kind": "back"}


def test_links_correct_the_neighbours(act: Act, session: Session, fair: FloorFair) -> None:
    change(
        act,
        fair,
        ["link", "A01~A02", None, {"a": "A02", "b": "A01", "kind": "none"}],
        ["link", "A01~F01", None, {"a": "A01", "b": "F01", "kind": "across"}],
        code="link.changed",
    )
    pairs = queries.neighbours_of(queries.get_layout(session, fair.hall_id))
    assert [each for each in pairs if each[:2] in (["A01", "A02"], ["A01", "F01"])] == [["A01", "F01", "across"]]
    edges = {(edge.a, edge.b) for edge in queries.load_problem(session, fair.hall_id).edges}
    assert ("A01", "F01") in edges
    assert ("A01", "A02") not in edges


def test_undo_belongs_to_each_editor(act: Act, session: Session, fair: FloorFair) -> None:
    def ids(who: Actor) -> tuple[int | None, int | None]:
        session.rollback()
        found = queries.undo_of(session, fair.hall_id, str(who))
        return found.undo, found.redo

    a, b = (form(session, fair, "stand", code) for code in ("A01", "B01"))
    first = change(act, fair, ["stand", "A01", a, moved(a, 10)], who=KHADIJA)
    second = change(act, fair, ["stand", "B01", b, moved(b, 10)], who=YOUSSEF)
    assert (ids(KHADIJA), ids(YOUSSEF)) == ((first.change_id, None), (second.change_id, None))
    undone = undo(act, fair, first.change_id, KHADIJA)
    assert ids(KHADIJA) == (None, undone.change_id)
    redone = undo(act, fair, undone.change_id, KHADIJA)
    assert ids(KHADIJA) == (redone.change_id, None)
    third = change(act, fair, ["stand", "A01", moved(a, 10), moved(a, 20)], who=YOUSSEF)
    with pytest.raises(Refusal, match="layout_conflict"):
        undo(act, fair, redone.change_id, KHADIJA)
    assert ids(YOUSSEF) == (third.change_id, None)


def test_every_undo_leads_back_to_where_it_began(act: Act, session: Session, fair: FloorFair) -> None:
    start = queries.get_layout(session, fair.hall_id)
    session.rollback()
    a, zone = form(session, fair, "stand", "A01"), form(session, fair, "zone", "Z4")
    outline = [[200, 0], [500, 0], [500, 300], [350, 300], [200, 150]]
    done = [
        change(act, fair, ["stand", "A01", a, {**a, "outline": outline}]),
        change(act, fair, ["zone", "Z4", zone, {**zone, "name_fr": "Services"}], code="zone.changed"),
        change(
            act,
            fair,
            ["marking", "M1", None, {"kind": "safety_line", "points": [[0, 50], [4000, 50]]}],
            code="marking.added",
        ),
        change(act, fair, ["door", "EX1", form(session, fair, "door", "EX1"), None], code="door.removed"),
        change(
            act,
            fair,
            ["obstacle", "STG", None, {"kind": "stage", "x": 1, "y": 2, "w": 3, "h": 4}],
            code="obstacle.added",
        ),
    ]
    session.rollback()
    assert queries.get_layout(session, fair.hall_id).found["A01"]["area"] == 90_000 - 11_250
    for each in reversed(done):
        undo(act, fair, each.change_id)
    session.rollback()
    session.expire_all()
    back = queries.get_layout(session, fair.hall_id)
    assert (back.things, back.found, back.version) == (start.things, start.found, 10)


def test_two_threads_on_one_stand_one_wins(act: Act, session: Session, fair: FloorFair) -> None:
    before, answers = form(session, fair, "stand", "B03"), []
    start = threading.Barrier(8)

    def editor(dx: int) -> None:
        start.wait()
        try:
            change(act, fair, ["stand", "B03", before, moved(before, dx)])
        except Refusal as refusal:
            answers.append(refusal.code)
        else:
            answers.append(dx)

    threads = [threading.Thread(target=editor, args=(dx,)) for dx in range(1, 9)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    (winner,) = [each for each in answers if isinstance(each, int)]
    assert {each for each in answers if each != winner} == {"layout_conflict"}
    assert form(session, fair, "stand", "B03")["x"] == before["x"] + winner
    assert session.get(Hall, fair.hall_id).layout_version == 1


def test_a_drawing_outlives_the_way_back_and_forth(engine: sa.Engine, session: Session, fair: FloorFair) -> None:
    """What an earlier version of the house was told of open sides is kept as the organisers' word."""
    before = queries.get_layout(session, fair.hall_id)
    session.close()
    config = Config(ROOT / "migrations" / "alembic.ini")
    config.attributes["engine"] = engine
    command.downgrade(config, "0001")
    command.upgrade(config, "head")
    after = queries.get_layout(session, fair.hall_id)
    assert (after.things["stand"], after.found) == (before.things["stand"], before.found)


def tell(line: str) -> None:
    """Say a line to the test that waits for it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def second_editor(url: str, hall: str, dx: str, plug: str) -> None:
    """Move B03 as another process would; ``plug`` is the word of the statement before which the process dies."""
    engine = create_engine(url)
    if plug:
        event.listen(
            engine, "before_cursor_execute", lambda *args: os.kill(os.getpid(), 9) if args[2].startswith(plug) else None
        )
    with begin(engine, actor=YOUSSEF, now=NOON) as deed:
        before = dict(queries.get_layout(deed.session, int(hall)).things["stand"]["B03"])
    tell("ready")
    sys.stdin.readline()
    try:
        with begin(engine, actor=YOUSSEF, now=NOON) as deed:
            actions.change_layout(
                deed, hall_id=int(hall), code="stand.moved", steps=[["stand", "B03", before, moved(before, int(dx))]]
            )
    except Refusal as refusal:
        tell(json.dumps(refusal.code))
    else:
        tell(json.dumps(int(dx)))


def process(url: str, fair: FloorFair, dx: int, plug: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, __file__, url, str(fair.hall_id), str(dx), plug],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_two_processes_on_one_stand_one_wins(database: Any, session: Session, fair: FloorFair) -> None:
    editors = [process(database.url, fair, dx) for dx in (10, 20)]
    assert [each.stdout.readline().strip() for each in editors] == ["ready", "ready"]
    for each in editors:
        each.stdin.write("now\n")
        each.stdin.flush()
    answers = [json.loads(each.communicate(timeout=60)[0].strip()) for each in editors]
    (winner,) = [each for each in answers if isinstance(each, int)]
    assert [each for each in answers if each != winner] == ["layout_conflict"]
    assert form(session, fair, "stand", "B03")["x"] == 1000 + winner
    assert len(session.scalars(select(LayoutChange)).all()) == 1


@pytest.mark.parametrize("plug", ["UPDATE stand", "INSERT INTO layout_change", "UPDATE hall"])
def test_a_pulled_plug_leaves_all_or_nothing(
    database: Any, engine: sa.Engine, act: Act, session: Session, fair: FloorFair, plug: str
) -> None:
    editor = process(database.url, fair, 10, plug)
    assert editor.stdout.readline().strip() == "ready"
    editor.communicate("now\n", timeout=60)
    assert editor.returncode == -9
    assert session.get(Hall, fair.hall_id).layout_version == 0
    before = form(session, fair, "stand", "B03")
    assert before["x"] == 1000
    # no lock is left behind
    assert change(act, fair, ["stand", "B03", before, moved(before, 5)]).version == 1


if __name__ == "__main__":
    second_editor(*sys.argv[1:])
