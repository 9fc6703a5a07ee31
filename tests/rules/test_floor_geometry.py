"""Rows, neighbours, open sides and faults, found from drawings: the demo's hall, and small ones with one fault each."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.floor_fair import DATA
from village.floor.allocation.files import read_instance
from village.floor.allocation.problem import Beside
from village.floor.drawing import read_drawing
from village.floor.geometry.faults import faults
from village.floor.geometry.neighbours import drawn_neighbours, neighbours, open_sides
from village.floor.geometry.rows import Laid, rows_of
from village.floor.geometry.safety import most_people, units_needed, units_of_passage, ways_out_needed
from village.floor.geometry.scene import Gate, Placed, Scene, area_of, found_of, scene_of
from village.floor.rules import Box, DoorKind, Side
from village.floor.wording import FAULTS

ENTRANCE = Gate("ENT", DoorKind.ENTRANCE, Side.SOUTH, Box(900, 2000, 200, 0))


def stand(code: str, x: int, y: int, back: Side = Side.NORTH, **other: Any) -> Placed:
    size = other.pop("size", (300, 300))
    plain = {"outline": None, "open_sides_own": None, "power": False, "circuit": None, "closed": False}
    return Placed(code, Box(x, y, *size), back, **{**plain, **other})


def hall(*stands: Placed, **other: Any) -> Scene:
    plain: dict[str, Any] = {
        "width": 2000,
        "depth": 2000,
        "min_aisle": 300,
        "door_clear": 200,
        "capacity": None,
        "doors": (ENTRANCE,),
        "obstacles": (),
        "aisles": (),
        "safety_lines": (),
        "circuits": (),
        "links": (),
    }
    return Scene(**{**plain, **other}, stands=tuple(sorted(stands, key=lambda each: each.code)))


def demo() -> Scene:
    return scene_of(read_drawing(json.loads((DATA / "floor.json").read_text(encoding="utf-8"))))


def kinds(scene: Scene) -> dict[tuple[str, str], str]:
    return {(edge.a, edge.b): edge.kind.value for edge in neighbours(scene)}


def said(scene: Scene, loads: dict[str, int] | None = None) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.code, each.things) for each in faults(scene, loads)]


def test_four_stands_over_an_aisle_know_each_other() -> None:
    # two rows face to face over three metres; a third stands back to back with the second
    scene = hall(
        stand("A1", 0, 0),
        stand("A2", 300, 0),
        stand("B1", 0, 600, Side.SOUTH),
        stand("B2", 300, 600, Side.SOUTH),
        stand("C1", 0, 900),
        stand("C2", 300, 930),
    )
    assert kinds(scene) == {
        ("A1", "A2"): "side",
        ("B1", "B2"): "side",
        ("A1", "B1"): "across",
        ("A2", "B2"): "across",
        ("A1", "B2"): "diagonal",
        ("A2", "B1"): "diagonal",
        ("B1", "C1"): "back",
        ("B2", "C2"): "back",
    }


@pytest.mark.parametrize(
    ("back", "shift", "expected"),
    [(Side.SOUTH, 600, "across"), (Side.SOUTH, 900, "across"), (Side.SOUTH, 911, None), (Side.NORTH, 600, None)],
)
def test_across_ends_at_twice_the_least_aisle(back: Side, shift: int, expected: str | None) -> None:
    assert kinds(hall(stand("A1", 0, 0), stand("B1", 0, shift, back))).get(("A1", "B1")) == expected


@pytest.mark.parametrize(("gap", "expected"), [(0, "back"), (50, "back"), (51, None)])
def test_backs_half_a_metre_apart_are_still_back_to_back(gap: int, expected: str | None) -> None:
    scene = hall(stand("B1", 0, 600, Side.SOUTH), stand("C1", 0, 900 + gap))
    assert kinds(scene).get(("B1", "C1")) == expected


def test_what_stands_between_hides() -> None:
    scene = hall(stand("A1", 0, 0), stand("B1", 0, 600, Side.SOUTH))
    assert kinds(replace(scene, obstacles=(("DSK", Box(0, 400, 300, 100)),))) == {}
    assert kinds(replace(scene, obstacles=(("POL", Box(0, 400, 40, 40)),))) == {("A1", "B1"): "across"}


def test_corners_that_touch_are_diagonal_but_not_back_to_back() -> None:
    assert kinds(hall(stand("A1", 0, 0), stand("B1", 300, 300, Side.EAST))) == {("A1", "B1"): "diagonal"}
    assert kinds(hall(stand("A1", 0, 0, Side.SOUTH), stand("B1", 300, 300))) == {}


def test_links_have_the_last_word() -> None:
    scene = hall(stand("A1", 0, 0), stand("A2", 300, 0), stand("Z9", 1500, 1500))
    corrected = replace(scene, links=(("A1", "A2", "none"), ("A1", "Z9", "across")))
    assert kinds(corrected) == {("A1", "Z9"): "across"}


def test_the_demo_has_its_neighbours() -> None:
    found = kinds(demo())
    count = {kind: sum(each == kind for each in found.values()) for kind in Beside}
    assert count == {"side": 51, "back": 20, "across": 29, "diagonal": 35}
    assert found["B05", "C05"] == "back"
    assert ("B05", "B06") not in found
    # six metres of aisle: face to face over the widest that counts
    assert (found["E01", "F02"], found["E01", "F01"]) == ("across", "diagonal")


def test_the_published_instance_has_its_pairs() -> None:
    case = read_instance((Path(__file__).parents[1] / "data" / "madagh56.json").read_text(encoding="utf-8"))
    backs = {each.code: Side.SOUTH if each.row[-1] in "135" else Side.NORTH for each in case.stands}
    scene = hall(
        *(
            stand(each.code, each.box.x, each.box.y, backs[each.code], size=(each.box.w, each.box.h))
            for each in case.stands
        )
    )
    assert neighbours(replace(scene, width=2700, depth=3000)) == case.edges


@given(st.permutations(range(12)))
@settings(max_examples=25, deadline=None)
def test_neighbours_do_not_depend_on_the_order(order: list[int]) -> None:
    placed = [
        stand(f"S{n:02d}", 300 * (n % 4), 600 * (n // 4), Side.NORTH if n // 4 % 2 else Side.SOUTH) for n in range(12)
    ]
    scene = hall()
    first = sorted(drawn_neighbours(replace(scene, stands=tuple(placed))))
    assert sorted(drawn_neighbours(replace(scene, stands=tuple(placed[n] for n in order)))) == first


def test_open_sides_are_those_to_an_aisle() -> None:
    sides = open_sides(demo())
    assert (sides["A01"], sides["A02"], sides["B05"], sides["F10"]) == (2, 1, 2, 2)
    # the file's own word goes before: A05 is called a corner, F10 is not
    found = found_of(demo())
    assert (found["A05"].open_sides, found["F10"].open_sides, found["A02"].open_sides) == (2, 1, 1)


def test_an_island_a_wall_and_a_half_covered_side() -> None:
    assert open_sides(hall(stand("A1", 900, 900)))["A1"] == 3
    assert open_sides(hall(stand("A1", 0, 0)))["A1"] == 2  # a wall at its back and at one flank
    half = hall(stand("A1", 900, 900), stand("B1", 1200, 1050, Side.WEST))
    assert open_sides(half)["A1"] == 2
    less = hall(stand("A1", 900, 900), stand("B1", 1200, 1060, Side.WEST))
    assert open_sides(less)["A1"] == 3


def test_an_outline_has_its_own_area_and_row() -> None:
    outline = ((600, 0), (900, 0), (900, 300), (750, 300), (600, 150))
    cut = stand("A3", 600, 0, outline=outline)
    assert area_of(cut) == 90_000 - 11_250
    rows = rows_of([Laid("A2", Box(300, 0, 300, 300), Side.NORTH), Laid("A3", cut.box, Side.NORTH, outline)])
    assert rows == {"A2": ("A2", 1), "A3": ("A2", 2)}
    # its box touches, the outline itself stays half a metre away
    away = ((650, 0), (900, 0), (900, 300), (650, 300), (650, 150))
    assert rows_of(
        [Laid("A2", Box(300, 0, 300, 300), Side.NORTH), Laid("A3", Box(600, 0, 300, 300), Side.NORTH, away)]
    )["A3"] == ("A3", 1)


def test_backs_of_different_depth_make_one_row_along_the_back() -> None:
    laid = [Laid("F1", Box(0, 700, 300, 300), Side.SOUTH), Laid("F2", Box(300, 500, 300, 500), Side.SOUTH)]
    assert rows_of(laid) == {"F1": ("F1", 1), "F2": ("F1", 2)}


def test_the_demo_is_faulty_only_where_something_stands_in_an_aisle() -> None:
    found = faults(demo())
    assert [(each.level, each.code, each.things, each.facts["metres"]) for each in found] == [
        ("warn", "way_narrow", ("B05", "POL1"), "1.3"),
        ("warn", "way_narrow", ("B10", "PWR"), "2.12"),
        ("warn", "way_narrow", ("D05", "POL2"), "1.3"),
        ("warn", "way_narrow", ("F05", "DSK"), "1.8"),
    ]


def test_a_narrow_way_is_told_between_two_things() -> None:
    way = faults(demo())[0]
    assert FAULTS[way.code].say("fr", way.facts) == "Le passage entre B05 et POL1 n’a que 1,3 m ; il faut 3 m."
    assert FAULTS[way.code].say("en", way.facts).startswith("The way between B05 and POL1 is only")
    arabic = FAULTS[way.code].say("ar", way.facts).replace("\u2066", "").replace("\u2069", "")
    assert "بين B05 وPOL1 عرضه" in arabic


def test_each_fault_is_found() -> None:
    assert said(hall(stand("A1", 600, 600), stand("A2", 650, 600))) == [("stands_overlap", ("A1", "A2"))]
    assert said(hall(stand("A1", 1750, 0)))[0] == ("stand_outside_hall", ("A1",))
    desk = hall(stand("A1", 600, 600), obstacles=(("DSK", Box(700, 700, 50, 50)),))
    assert ("stand_on_obstacle", ("A1", "DSK")) in said(desk)
    assert ("door_blocked", ("ENT", "A1")) in said(hall(stand("A1", 800, 1600, Side.SOUTH)))
    assert ("door_off_wall", ("ENT",)) in said(hall(doors=(replace(ENTRANCE, box=Box(900, 1000, 200, 0)),)))
    emergency = replace(ENTRANCE, code="EX1", kind=DoorKind.EMERGENCY)
    assert ("exit_blocked", ("EX1", "A1")) in said(hall(stand("A1", 800, 1600, Side.SOUTH), doors=(emergency,)))
    aisle = hall(stand("A1", 600, 600), aisles=(("M1", ((0, 700), (2000, 700), (2000, 1000), (0, 1000))),))
    assert ("stand_on_aisle", ("A1", "M1")) in said(aisle)
    line = hall(stand("A1", 600, 600), safety_lines=(("L1", ((0, 700), (2000, 700))),))
    assert ("safety_line_crossed", ("A1", "L1")) in said(line)
    along = hall(stand("A1", 600, 600), safety_lines=(("L1", ((0, 600), (2000, 600))),))
    assert "safety_line_crossed" not in dict(said(along))


def test_stands_that_only_touch_do_not_overlap() -> None:
    assert said(hall(stand("A1", 600, 600), stand("A2", 900, 600))) == []


def test_power_needs_a_circuit_once_there_are_circuits() -> None:
    scene = hall(stand("A1", 600, 600, power=True))
    assert said(scene) == []
    wired = replace(scene, circuits=(("Q1", 3000),))
    assert said(wired) == [("stand_without_circuit", ("A1",))]
    assert said(wired, {"Q1": 3000}) == [("stand_without_circuit", ("A1",))]
    assert said(wired, {"Q1": 3001}) == [("circuit_overloaded", ("Q1",)), ("stand_without_circuit", ("A1",))]


@pytest.mark.parametrize(("aisle", "found"), [(300, []), (299, ["2.99"]), (150, ["1.5"])])
def test_an_aisle_between_fronts_is_measured_once_for_two_rows(aisle: int, found: list[str]) -> None:
    rows = [stand(f"A{n}", 600 + 300 * n, 300) for n in range(3)]
    rows += [stand(f"B{n}", 600 + 300 * n, 600 + aisle, Side.SOUTH) for n in range(3)]
    assert [each.facts["metres"] for each in faults(hall(*rows)) if each.code == "way_narrow"] == found


def test_a_blind_alley_between_two_fronts_is_narrow_too() -> None:
    # both rows stand against the west wall, so there is no way through: still, people come in
    scene = hall(stand("A1", 0, 500), stand("B1", 0, 950, Side.SOUTH))
    assert [(each.things, each.facts["metres"]) for each in faults(scene) if each.code == "way_narrow"] == [
        (("A1", "B1"), "1.5")
    ]


def test_behind_backs_and_beside_walls_there_is_no_way() -> None:
    backs = hall(stand("B1", 600, 600, Side.SOUTH), stand("C1", 600, 1000))
    assert said(backs) == []
    against_the_wall = hall(stand("A1", 0, 0), stand("A2", 300, 0))
    assert said(against_the_wall) == []
    pocket = hall(stand("A1", 100, 0))  # a metre beside a stand that stands against the wall leads nowhere
    assert said(pocket) == []


def test_between_an_island_and_the_wall_the_way_is_narrow() -> None:
    (fault,) = faults(hall(stand("A1", 600, 600), stand("B1", 1600, 600)))
    assert (fault.code, fault.level, fault.things, fault.facts["metres"]) == ("way_narrow_wall", "bad", ("B1",), "1")


def test_a_pole_leaves_room_for_a_wheelchair_or_not() -> None:
    left, right = stand("A1", 600, 600), stand("A2", 1200, 600)
    pole = hall(left, right, obstacles=(("POL", Box(1030, 700, 40, 40)),))
    assert [(each.level, each.facts["metres"]) for each in faults(pole)] == [("warn", "1.3")]
    desk = hall(left, right, obstacles=(("DSK", Box(970, 700, 160, 40)),))
    assert [(each.level, each.facts["metres"]) for each in faults(desk)] == [("bad", "0.7")]


@pytest.mark.parametrize(("width", "units"), [(89, 0), (90, 1), (139, 1), (140, 2), (179, 2), (180, 3), (600, 10)])
def test_units_of_passage(width: int, units: int) -> None:
    assert units_of_passage(width) == units


@pytest.mark.parametrize(
    ("people", "units", "ways"),
    [(50, 1, 1), (51, 1, 2), (100, 1, 2), (101, 3, 2), (500, 6, 2), (501, 6, 3), (1200, 12, 4)],
)
def test_what_so_many_people_need_to_leave(people: int, units: int, ways: int) -> None:
    assert (units_needed(people), ways_out_needed(people)) == (units, ways)


def test_people_against_floor_and_doors() -> None:
    floor, doors = most_people(demo())
    assert (floor, doors) == (637, 1500)
    for people in (1, 37, 100, 101, 240, 500, 501, 1200, 1500):
        # the most that doors allow is the last number whose needs they meet
        units = sum(units_of_passage(each.width) for each in demo().doors)
        assert (people <= doors) == (units_needed(people) <= units and ways_out_needed(people) <= 4)
    crowded = replace(demo(), capacity=700)
    assert [each.facts["most"] for each in faults(crowded) if each.code == "people_above_floor"] == [637]
    shut = replace(demo(), capacity=600, doors=demo().doors[:1])
    assert "people_above_exits" in dict(said(shut))
    assert not [each for each in faults(replace(demo(), capacity=637)) if each.code.startswith("people")]


def large(aisle: int = 300) -> Scene:
    """Sixteen hundred stands in double rows of twenty."""
    placed = [
        stand(
            f"S{20 * (4 * band + block) + 10 * row + place:04d}",
            300 + block * (3000 + aisle) + 300 * place,
            300 + band * (600 + aisle) + 300 * row,
            Side.NORTH if row else Side.SOUTH,
        )
        for band in range(20)
        for block in range(4)
        for row in range(2)
        for place in range(10)
    ]
    return hall(*placed, width=300 + 4 * (3000 + aisle), depth=300 + 20 * (600 + aisle), doors=())


def test_a_large_hall_is_checked_while_one_draws() -> None:
    scene = large(280)
    start = time.process_time()
    found, facts = faults(scene), found_of(scene)
    assert time.process_time() - start < 1.0
    assert len(facts) == 1600
    assert {each.facts["metres"] for each in found} == {"2.8"}
