"""Blocks by hand: several neighbouring stands are given, moved, exchanged and freed as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.floor_fair import FloorFair, open_floor
from village.floor import actions, queries
from village.floor.rules import WishKind
from village.floor.wants import Wants
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.floor_fair import Act
    from village.floor.actions import PlanChanged


@pytest.fixture
def fair(act: Act) -> FloorFair:
    """C01 asks for two stands, C05 for three; nobody has a stand yet."""
    with act("organiser") as deed:
        made = open_floor(deed)
        actions.note_request(deed, edition_id=made.edition_id, exhibitor_id=made.exhibitors["C01"], wants=Wants(size=2))
        actions.note_request(deed, edition_id=made.edition_id, exhibitor_id=made.exhibitors["C05"], wants=Wants(size=3))
    return made


@pytest.fixture
def stands(session: Session, fair: FloorFair) -> dict[str, int]:
    found = {stand.code: stand.id for stand in queries.load_plan(session, fair.edition_id).stands}
    session.rollback()
    return found


@pytest.fixture
def places(session: Session, fair: FloorFair) -> Any:
    def now() -> dict[str, tuple[str, ...]]:
        session.rollback()
        found = dict(queries.load_plan(session, fair.edition_id).places)
        session.rollback()
        return found

    return now


@pytest.fixture
def give(act: Act, fair: FloorFair, stands: dict[str, int]) -> Any:
    def giving(who: str, stand: str, expected: str | None = None, **more: Any) -> PlanChanged:
        with act("floor_manager") as deed:
            return actions.assign_stand(
                deed,
                stand_id=stands[stand],
                exhibitor_id=fair.exhibitors[who],
                expected=fair.exhibitors[expected] if expected else None,
                **more,
            )

    return giving


def undo(act: Act, change: PlanChanged) -> PlanChanged:
    with act("floor_manager") as deed:
        return actions.undo_change(deed, change_id=change.change_id)


def test_who_asked_for_two_gets_two_from_one_tap(give: Any, places: Any) -> None:
    assert give("C01", "B01").code == "stand.assigned"
    assert places() == {"C01": ("B01", "B02")}


def test_at_the_end_of_a_row_the_block_ends_at_the_stand(give: Any, places: Any) -> None:
    give("C01", "B04")
    assert places()["C01"][-1] == "B04" or places()["C01"][0] == "B04"
    give("C05", "A12")
    assert places()["C05"] == ("A10", "A11", "A12")


def test_a_block_moves_as_one_and_keeps_its_size(give: Any, places: Any, act: Act) -> None:
    give("C01", "B01")
    moved = give("C01", "A05")
    assert moved.code == "stand.moved"
    assert places() == {"C01": ("A05", "A06")}
    undo(act, moved)
    assert places() == {"C01": ("B01", "B02")}


def test_the_stand_beside_extends_the_block_of_who_asked_for_more(
    give: Any, places: Any, act: Act, fair: FloorFair, stands: dict[str, int]
) -> None:
    give("C05", "A04")
    with act("floor_manager") as deed:
        actions.free_stand(deed, stand_id=stands["A04"], expected=fair.exhibitors["C05"], whole=False)
    assert places() == {"C05": ("A05", "A06")}
    extended = give("C05", "A07")
    assert extended.code == "stand.extended"
    assert places() == {"C05": ("A05", "A06", "A07")}
    # It has all that it asked for: the next tap moves the block by one.
    assert give("C05", "A08").code == "stand.moved"
    assert len(places()["C05"]) == 3
    with pytest.raises(Refusal, match="stand_changed"):
        undo(act, extended)


def test_no_block_across_an_aisle_or_over_somebody_else(give: Any, places: Any) -> None:
    give("C12", "A02")
    give("C13", "A05")
    with pytest.raises(Refusal) as refused:
        give("C05", "A03")
    assert refused.value.code == "no_run_here"
    assert refused.value.facts["size"] == 3
    assert "C05" not in places()


def test_the_middle_of_a_block_is_not_freed_alone(
    give: Any, places: Any, act: Act, fair: FloorFair, stands: dict[str, int]
) -> None:
    give("C05", "A04")
    with pytest.raises(Refusal, match="stand_amid_block"), act("floor_manager") as deed:
        actions.free_stand(deed, stand_id=stands["A05"], expected=fair.exhibitors["C05"], whole=False)
    with act("floor_manager") as deed:
        freed = actions.free_stand(deed, stand_id=stands["A05"], expected=fair.exhibitors["C05"])
    assert places() == {}
    assert freed.steps[0].stand == "A05"
    undo(act, freed)
    assert places() == {"C05": ("A04", "A05", "A06")}


@pytest.mark.parametrize("pointed", ["A04", "A05"])
def test_a_block_changes_place_with_two_single_stands(
    give: Any, places: Any, act: Act, fair: FloorFair, stands: dict[str, int], pointed: str
) -> None:
    give("C01", "B01")
    give("C12", "A04")
    give("C13", "A05")
    who = {"A04": "C12", "A05": "C13"}[pointed]
    with act("floor_manager") as deed:
        swapped = actions.swap_stands(
            deed,
            stand_id=stands["B02"],
            other_id=stands[pointed],
            expected=fair.exhibitors["C01"],
            other_expected=fair.exhibitors[who],
        )
    now = places()
    assert len(now["C01"]) == 2
    assert pointed in now["C01"]
    assert set(now[who]) < {"B01", "B02"}
    undo(act, swapped)
    assert places() == {"C01": ("B01", "B02"), "C12": ("A04",), "C13": ("A05",)}


def test_two_blocks_of_one_size_change_places(
    give: Any, places: Any, act: Act, fair: FloorFair, stands: dict[str, int]
) -> None:
    with act("organiser") as deed:
        actions.note_request(deed, edition_id=fair.edition_id, exhibitor_id=fair.exhibitors["C12"], wants=Wants(size=2))
    give("C01", "B01")
    give("C12", "A06")
    with act("floor_manager") as deed:
        actions.swap_stands(
            deed,
            stand_id=stands["A07"],
            other_id=stands["B01"],
            expected=fair.exhibitors["C12"],
            other_expected=fair.exhibitors["C01"],
        )
    assert places() == {"C01": ("A06", "A07"), "C12": ("B01", "B02")}


def test_whoever_loses_a_stand_of_its_block_waits_again_with_all_of_it(give: Any, places: Any) -> None:
    give("C01", "B01")
    give("C12", "B02", expected="C01")
    assert places() == {"C12": ("B02",)}


def test_a_lock_holds_the_whole_block(
    give: Any, act: Act, fair: FloorFair, stands: dict[str, int], session: Session
) -> None:
    give("C01", "B01")
    with act("floor_manager") as deed:
        actions.lock_stand(deed, stand_id=stands["B02"], expected=fair.exhibitors["C01"], locks=True)
    assert queries.load_problem(session, fair.hall_id).pins == {"C01": ("B01", "B02")}
    with pytest.raises(Refusal, match="stand_locked"):
        give("C01", "A05")


def test_neighbours_who_wished_to_be_apart_are_told_but_not_refused(give: Any, act: Act, fair: FloorFair) -> None:
    with act("organiser") as deed:
        wish = actions.NewWish(WishKind.APART, "C13", "C12")
        actions.add_wishes(deed, edition_id=fair.edition_id, wishes=[wish])
    give("C13", "A04")
    assert [each.code for each in give("C12", "A05").warnings] == ["neighbours_apart"]
    assert give("C12", "A09").warnings == ()
