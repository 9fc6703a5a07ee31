"""What a stand offers, which stands make a row, how one walks there: decided without app or database."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.floor_fair import DATA
from village.floor.drawing import read_drawing
from village.floor.geometry.rows import Laid, rows_of
from village.floor.geometry.scene import found_of, scene_of
from village.floor.rules import (
    Box,
    Needs,
    Reserve,
    Side,
    Stand,
    distance_cm,
    layout_faults,
    left_standing,
    median_x2,
    nearer_than,
    objections,
    side_by_side,
    undoable_changes,
)
from village.kit.refusal import Refusal


def stand(code: str = "A01", **different: Any) -> Stand:
    """A stand that has nothing to offer but its place."""
    values: dict[str, Any] = {
        "box": Box(0, 0, 300, 300),
        "zone": "Z1",
        "row": "A01",
        "position": 1,
        "power": False,
        "water": False,
        "step_free": False,
        "entrance_cm": 1000,
    }
    return Stand(code, **{**values, **different})


def floor() -> dict[str, Any]:
    """The demo's drawing, to be spoilt."""
    return json.loads((DATA / "floor.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_every_need_that_is_not_met_is_named() -> None:
    wants_all = Needs(power=True, water=True, step_free=True)
    found = objections(stand(reserved_for=Reserve.SPARE, closed=True), "C01", wants_all)
    assert [each.code for each in found] == [
        "stand_closed",
        "stand_reserved",
        "stand_without_power",
        "stand_without_water",
        "stand_not_step_free",
    ]
    assert objections(stand(power=True, water=True, step_free=True), "C01", wants_all) == ()


def test_cold_needs_a_socket() -> None:
    assert [each.code for each in objections(stand(), "C01", Needs(cold=True))] == ["stand_without_power"]
    assert objections(stand(power=True), "C01", Needs(cold=True)) == ()


def test_a_reason_overrides_all_but_a_closed_stand() -> None:
    dry, closed = (objections(each, "C01", Needs(water=True)) for each in (stand(), stand(closed=True)))
    assert left_standing(dry, "a tanker comes") == []
    assert [each.code for each in left_standing(closed, "a tanker comes")] == ["stand_closed"]
    assert left_standing(dry, " ") == list(dry) != []


def test_a_pole_between_two_stands_breaks_the_row() -> None:
    rows = scene_of(read_drawing(floor())).rows
    assert rows["B05"] == ("B01", 5)
    assert rows["B06"] == ("B06", 1)
    assert rows["A12"] == ("A01", 12)
    # Back to back, but not of one row.
    assert rows["C01"][0] != rows["B01"][0]


def test_stands_along_a_wall_from_north_to_south_make_a_row_too() -> None:
    laid = [Laid(f"W{n}", Box(0, 300 * n, 300, 300), Side.WEST) for n in (3, 1, 2)]
    assert rows_of(laid) == {"W1": ("W1", 1), "W2": ("W1", 2), "W3": ("W1", 3)}


def test_side_by_side_is_mutual_and_needs_one_row() -> None:
    a, b, c = stand("A01"), stand("A02", position=2), stand("C02", row="C01", position=2)
    assert side_by_side(a, b)
    assert side_by_side(b, a)
    assert not side_by_side(a, c)
    assert not side_by_side(a, a)


def test_exactly_six_metres_is_far_enough() -> None:
    here = Box(0, 0, 300, 300)
    assert not nearer_than(here, Box(600, 0, 300, 300), 600)
    assert nearer_than(here, Box(599, 0, 300, 300), 600)
    # 3.6 m and 4.8 m make 6 m across: no rounding may bring it nearer.
    assert not nearer_than(here, Box(360, 480, 300, 300), 600)
    assert nearer_than(here, Box(360, 479, 300, 300), 600)


@given(st.integers(0, 4000), st.integers(0, 3000))
def test_a_distance_is_the_nearest_whole_centimetre(x: int, y: int) -> None:
    exact = ((x - 150) ** 2 + (y - 150) ** 2) ** 0.5
    assert abs(distance_cm(Box(0, 0, 300, 300), x, y) - exact) <= 0.5 + 1e-9


def test_distances_of_the_demo_agree_with_the_drawing() -> None:
    data = floor()
    told = {each["code"]: round(100 * each["distance_to_entrance_m"]) for each in data["stands"]}
    measured = {code: found.entrance_cm for code, found in found_of(scene_of(read_drawing(data))).items()}
    assert told == measured


def test_the_median_of_an_even_number_lies_between() -> None:
    assert median_x2([1, 2, 10, 4]) == 6
    assert median_x2([5, 1, 3]) == 6


def test_all_faults_of_a_drawing_are_told_at_once() -> None:
    laid = [
        Laid("A01", Box(0, 0, 300, 300), Side.NORTH),
        Laid("A02", Box(200, 0, 300, 300), Side.NORTH),
        Laid("A02", Box(3900, 0, 300, 300), Side.NORTH),
    ]
    faults = layout_faults(4000, 3000, laid, [Box(100, 100, 10, 10)])
    assert sorted(each.code for each in faults) == [
        "stand_code_twice",
        "stand_on_obstacle",
        "stand_outside_hall",
        "stands_overlap",
    ]


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("stands", "x", "two metres"),
        ("stands", "x", "NaN"),
        ("stands", "x", True),
        ("stands", "w", 3_000),
        ("stands", "has_power", "yes"),
        ("stands", "back", "up"),
        ("stands", "code", " "),
        ("doors", "kind", "window"),
        ("zones", "sectors", None),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(part: str, name: str, value: object) -> None:
    data = floor()
    data[part][0][name] = value
    with pytest.raises(Refusal, match="floor_unreadable"):
        read_drawing(data)


def test_a_stand_of_no_zone_is_a_fault() -> None:
    data = floor()
    data["stands"][0]["zone"] = "Z9"
    with pytest.raises(Refusal) as refused:
        read_drawing(data)
    assert [each.code for each in refused.value.objections] == ["stand_zone_unknown"]


def test_what_was_redone_can_be_undone_again() -> None:
    # 1 and 2 are moves; 3 takes 2 back; 4 takes 3 back, so 2 stands again, by 4; 5 takes 4 back.
    assert undoable_changes({1: None, 2: None}) == [1, 2]
    assert undoable_changes({1: None, 2: None, 3: 2}) == [1]
    assert undoable_changes({1: None, 2: None, 3: 2, 4: 3}) == [1, 4]
    assert undoable_changes({1: None, 2: None, 3: 2, 4: 3, 5: 4}) == [1]
