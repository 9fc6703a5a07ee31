"""Giving stands by hand: what is refused, what is undone, and two organisers who want the same stand."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.floor_fair import FloorFair, open_floor
from village.audit.queries import EntryFilter, list_entries
from village.floor import actions, queries
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.databases import Database
    from tests.floor_fair import Act
    from village.floor.actions import PlanChanged


@pytest.fixture
def fair(act: Act) -> FloorFair:
    with act("organiser") as deed:
        return open_floor(deed)


@pytest.fixture
def stands(session: Session, fair: FloorFair) -> dict[str, int]:
    found = {stand.code: stand.id for stand in queries.load_plan(session, fair.edition_id).stands}
    session.rollback()
    return found


def holders(session: Session, fair: FloorFair) -> dict[str, str]:
    session.rollback()
    plan = queries.load_plan(session, fair.edition_id)
    session.rollback()
    return {stand.code: stand.holder.code for stand in plan.stands if stand.holder}


def give(act: Act, stand_id: int, exhibitor_id: int | None, expected: int | None = None, **more: Any) -> PlanChanged:
    with act("floor_manager") as deed:
        return actions.assign_stand(deed, stand_id=stand_id, exhibitor_id=exhibitor_id, expected=expected, **more)


def test_giving_moving_freeing(act: Act, session: Session, fair: FloorFair, stands: dict[str, int]) -> None:
    who = fair.exhibitors["C01"]
    assert give(act, stands["B01"], who).code == "stand.assigned"
    assert holders(session, fair) == {"B01": "C01"}
    assert give(act, stands["B02"], who, moved_from=stands["B01"]).code == "stand.moved"
    assert holders(session, fair) == {"B02": "C01"}
    with act("floor_manager") as deed:
        actions.free_stand(deed, stand_id=stands["B02"], expected=who)
    assert holders(session, fair) == {}


def test_a_newcomer_sends_whom_it_finds_back_to_the_queue(
    act: Act, session: Session, fair: FloorFair, stands: dict[str, int]
) -> None:
    one, other = fair.exhibitors["C01"], fair.exhibitors["C05"]
    give(act, stands["B01"], one)
    give(act, stands["B01"], other, expected=one)
    assert holders(session, fair) == {"B01": "C05"}
    waiting = {each.code for each in queries.load_plan(session, fair.edition_id).waiting}
    assert "C01" in waiting
    assert "C05" not in waiting


def test_who_believes_wrongly_changes_nothing_and_is_told_who_has_it(
    act: Act, session: Session, fair: FloorFair, stands: dict[str, int]
) -> None:
    give(act, stands["B01"], fair.exhibitors["C01"])
    with pytest.raises(Refusal) as refused:
        give(act, stands["B01"], fair.exhibitors["C05"], expected=None)
    assert refused.value.code == "stand_taken"
    assert refused.value.facts["exhibitor"] == "C01"
    with pytest.raises(Refusal, match="stand_changed"):
        give(act, stands["B02"], fair.exhibitors["C05"], expected=fair.exhibitors["C01"])
    with pytest.raises(Refusal, match="exhibitor_moved"):
        give(act, stands["B03"], fair.exhibitors["C01"], moved_from=None)
    assert holders(session, fair) == {"B01": "C01"}


def test_all_needs_that_are_not_met_are_named_at_once(
    act: Act, session: Session, fair: FloorFair, stands: dict[str, int]
) -> None:
    # C08 needs power for its cold box, and water; B03 has neither.
    with pytest.raises(Refusal) as refused:
        give(act, stands["B03"], fair.exhibitors["C08"])
    assert refused.value.code == "stand_unsuitable"
    assert {each.code for each in refused.value.objections} == {"stand_without_power", "stand_without_water"}
    with pytest.raises(Refusal) as refused:
        give(act, stands["F01"], fair.exhibitors["C01"])
    assert [each.code for each in refused.value.objections] == ["stand_reserved"]
    assert holders(session, fair) == {}


def test_an_organiser_may_override_with_a_reason_that_stays_out_of_the_log(
    act: Act, session: Session, fair: FloorFair, stands: dict[str, int]
) -> None:
    with pytest.raises(Refusal, match="stand_unsuitable"):
        give(act, stands["F01"], fair.exhibitors["C01"], override_reason="   ")
    give(act, stands["F01"], fair.exhibitors["C01"], override_reason="agreed with Mme Fatima")
    (line,) = list_entries(session, EntryFilter(code="stand.assigned")).rows
    # A reason may name somebody: it is kept with the stand and goes with it; the log says that there was one.
    assert line.facts["override"] is True
    assert "Fatima" not in str(line.facts)
    plan = queries.load_plan(session, fair.edition_id)
    assert next(each.override_reason for each in plan.stands if each.code == "F01") == "agreed with Mme Fatima"
    assert line.thing == "stand:F01"
    assert line.actor == "account:2"


def test_a_closed_stand_cannot_be_given_even_with_a_reason(act: Act, fair: FloorFair, stands: dict[str, int]) -> None:
    with act("organiser") as deed:
        actions.close_stand(deed, stand_id=stands["B01"], closed=True)
    with pytest.raises(Refusal) as refused:
        give(act, stands["B01"], fair.exhibitors["C01"], override_reason="please")
    assert [each.code for each in refused.value.objections] == ["stand_closed"]


def test_only_accepted_exhibitors_get_a_stand(act: Act, fair: FloorFair, stands: dict[str, int]) -> None:
    for code, refusal in (("C57", "exhibitor_not_accepted"), ("C63", "exhibitor_not_accepted")):
        with pytest.raises(Refusal, match=refusal):
            give(act, stands["B01"], fair.exhibitors[code])
    with pytest.raises(Refusal, match="exhibitor_not_found"):
        give(act, stands["B01"], 99_999)
    with pytest.raises(Refusal, match="stand_not_found"):
        give(act, 99_999, fair.exhibitors["C01"])


def test_two_exchange_their_stands(act: Act, session: Session, fair: FloorFair, stands: dict[str, int]) -> None:
    one, other = fair.exhibitors["C01"], fair.exhibitors["C05"]
    give(act, stands["B01"], one)
    give(act, stands["C10"], other)
    with act("floor_manager") as deed:
        changed = actions.swap_stands(
            deed, stand_id=stands["B01"], other_id=stands["C10"], expected=one, other_expected=other
        )
    assert holders(session, fair) == {"B01": "C05", "C10": "C01"}
    with act("floor_manager") as deed:
        actions.undo_change(deed, change_id=changed.change_id)
    assert holders(session, fair) == {"B01": "C01", "C10": "C05"}


def test_a_swap_lists_the_needs_of_both(act: Act, session: Session, fair: FloorFair, stands: dict[str, int]) -> None:
    cold, one = fair.exhibitors["C08"], fair.exhibitors["C01"]
    give(act, stands["A01"], cold)
    give(act, stands["B03"], one)
    with pytest.raises(Refusal) as refused, act("floor_manager") as deed:
        actions.swap_stands(deed, stand_id=stands["A01"], other_id=stands["B03"], expected=cold, other_expected=one)
    assert {each.code for each in refused.value.objections} == {"stand_without_power", "stand_without_water"}
    assert holders(session, fair) == {"A01": "C08", "B03": "C01"}


def test_undo_redo_and_their_limits(act: Act, session: Session, fair: FloorFair, stands: dict[str, int]) -> None:
    who = fair.exhibitors["C01"]
    given = give(act, stands["B01"], who)
    with act("floor_manager") as deed:
        undone = actions.undo_change(deed, change_id=given.change_id)
    assert holders(session, fair) == {}
    with pytest.raises(Refusal, match="change_undone"), act("floor_manager") as deed:
        actions.undo_change(deed, change_id=given.change_id)
    with act("floor_manager") as deed:
        actions.undo_change(deed, change_id=undone.change_id)  # to undo the undoing is to redo
    assert holders(session, fair) == {"B01": "C01"}
    give(act, stands["B01"], fair.exhibitors["C05"], expected=who)
    with pytest.raises(Refusal, match="stand_taken"), act("floor_manager") as deed:
        actions.undo_change(deed, change_id=undone.change_id + 1)
    with pytest.raises(Refusal, match="change_not_found"), act("floor_manager") as deed:
        actions.undo_change(deed, change_id=99_999)
    assert [each.facts["stand"] for each in list_entries(session, EntryFilter(code="plan.undone")).rows] == ["B01"] * 2


def test_undoing_does_not_tear_an_exhibitor_from_a_later_stand(
    act: Act, session: Session, fair: FloorFair, stands: dict[str, int]
) -> None:
    who = fair.exhibitors["C01"]
    give(act, stands["B01"], who)
    with act("floor_manager") as deed:
        freed = actions.free_stand(deed, stand_id=stands["B01"], expected=who)
    give(act, stands["B02"], who)
    with pytest.raises(Refusal, match="exhibitor_moved"), act("floor_manager") as deed:
        actions.undo_change(deed, change_id=freed.change_id)
    assert holders(session, fair) == {"B02": "C01"}


def test_undoing_the_last_change_goes_back_step_by_step(
    act: Act, session: Session, fair: FloorFair, stands: dict[str, int]
) -> None:
    give(act, stands["B01"], fair.exhibitors["C01"])
    give(act, stands["B02"], fair.exhibitors["C05"])
    for left in ({"B01": "C01"}, {}):
        with act("floor_manager") as deed:
            actions.undo_last(deed, hall_id=fair.hall_id)
        assert holders(session, fair) == left
    with pytest.raises(Refusal, match="nothing_to_undo"), act("floor_manager") as deed:
        actions.undo_last(deed, hall_id=fair.hall_id)


def test_a_locked_stand_is_not_moved_by_hand_until_it_is_unlocked(
    act: Act, session: Session, fair: FloorFair, stands: dict[str, int]
) -> None:
    who = fair.exhibitors["C01"]
    give(act, stands["B01"], who)
    with act("floor_manager") as deed:
        actions.lock_stand(deed, stand_id=stands["B01"], expected=who, locks=True)
    for target in ("B01", "B02"):
        with pytest.raises(Refusal, match="stand_locked"):
            give(act, stands[target], None if target == "B01" else who, expected=who if target == "B01" else None)
    with act("floor_manager") as deed:
        actions.lock_stand(deed, stand_id=stands["B01"], expected=who, locks=False)
    give(act, stands["B02"], who)
    assert holders(session, fair) == {"B02": "C01"}


WANTS = {
    "stand_taken": [("C01", "B01"), ("C05", "B01")],
    "exhibitor_moved": [("C01", "B01"), ("C01", "B02")],
}


@pytest.mark.parametrize("code", WANTS)
def test_two_organisers_at_once(act: Act, session: Session, fair: FloorFair, stands: dict[str, int], code: str) -> None:
    """One wins, the other is told; nothing is doubled, whichever comes first."""
    barrier = threading.Barrier(2)
    told: list[str] = []

    def organiser(exhibitor: str, stand: str) -> None:
        barrier.wait()
        try:
            give(act, stands[stand], fair.exhibitors[exhibitor], moved_from=None)
        except Refusal as refusal:
            told.append(refusal.code)

    for round_ in range(5):
        pair = [threading.Thread(target=organiser, args=want) for want in WANTS[code]]
        for each in pair:
            each.start()
        for each in pair:
            each.join()
        now = holders(session, fair)
        assert len(now) == 1
        assert len(told) == round_ + 1
        with act("floor_manager") as deed:
            ((stand, who),) = now.items()
            actions.free_stand(deed, stand_id=stands[stand], expected=fair.exhibitors[who])
    assert set(told) == {code}


PROCESS = """
import sys
from datetime import UTC, datetime
import sqlalchemy as sa
from tests.databases import import_all_models
from village.floor import actions
from village.kit.deeds import Actor, begin
from village.kit.refusal import Refusal
import_all_models()
url, stand, who = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
engine = sa.create_engine(url)
engine.connect().close()
print("ready", flush=True)
sys.stdin.readline()
try:
    with begin(engine, actor=Actor("account", "1"), now=datetime.now(UTC)) as deed:
        actions.assign_stand(deed, stand_id=stand, exhibitor_id=who, expected=None)
    print("done")
except Refusal as refusal:
    print(refusal.code)
"""


def test_two_processes_take_the_same_stand(
    database: Database, session: Session, fair: FloorFair, stands: dict[str, int]
) -> None:
    """Not only threads: two servers on one database."""
    root = Path(__file__).parents[2]
    pair = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, database.url, str(stands["B01"]), str(fair.exhibitors[who])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
        )
        for who in ("C01", "C05")
    ]
    for each in pair:
        assert each.stdout.readline().strip() == "ready"
    for each in pair:
        each.stdin.write("go\n")
        each.stdin.flush()
    said = sorted(each.communicate(timeout=60)[0].strip() for each in pair)
    assert said == ["done", "stand_taken"]
    assert len(holders(session, fair)) == 1
