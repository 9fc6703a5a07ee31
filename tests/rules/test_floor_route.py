"""How one walks to a stand: on free floor, by the shortest way, told in legs and turns."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.floor_fair import DATA
from village.floor.areas import ZoneStand, zone_areas
from village.floor.ground import Entrance, Ground
from village.floor.route import Leg, Target, find_walk
from village.floor.rules import Beside, Box, Side

SOUTH_DOOR = Entrance("ENT", Side.SOUTH, (1000, 2000))


def hall(*boxes: Box, doors: tuple[Entrance, ...] = (SOUTH_DOOR,), outlines: tuple[tuple[tuple[int, int], ...], ...] = ()) -> Ground:
    """A hall of twenty by twenty metres with these things in it."""
    return Ground(2000, 2000, boxes, outlines, doors)


def test_straight_on_and_then_to_the_side() -> None:
    stand = Box(1600, 200, 300, 300)
    walk = find_walk(hall(stand), [Target(stand, Side.NORTH)])
    assert walk is not None
    assert [leg.turn for leg in walk.legs] == [Beside.AHEAD, Beside.RIGHT]
    assert walk.beside is Beside.LEFT
    assert walk.points[0] == (1025, 2000)
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(walk.points))


def test_a_pole_and_a_desk_are_walked_round_and_not_told() -> None:
    stand = Box(850, 100, 300, 300)
    things = (Box(900, 1400, 250, 100), Box(1018, 900, 20, 20))
    walk = find_walk(hall(stand, *things), [Target(stand, Side.NORTH)])
    assert walk is not None
    assert walk.legs == (Leg(Beside.AHEAD, sum(leg.length for leg in walk.legs)),)
    assert walk.beside is Beside.AHEAD
    assert free_of(walk.points, things)


def free_of(points: tuple[tuple[int, int], ...], boxes: tuple[Box, ...]) -> bool:
    """Whether a line along the walls touches none of these boxes."""
    for (ax, ay), (bx, by) in pairwise(points):
        line = Box(min(ax, bx), min(ay, by), max(abs(ax - bx), 1), max(abs(ay - by), 1))
        if any(line.overlaps(box) for box in boxes):
            return False
    return True


def test_the_nearest_entrance_is_the_one_that_is_told() -> None:
    stand = Box(850, 100, 300, 300)
    doors = (SOUTH_DOOR, Entrance("W", Side.WEST, (0, 500)))
    walk = find_walk(hall(stand, doors=doors), [Target(stand, Side.NORTH)])
    assert walk is not None
    assert walk.entrance == "W"
    assert walk.points[0][0] == 0


def test_of_a_block_the_nearest_stand_is_walked_to() -> None:
    far, near = Box(100, 100, 300, 300), Box(400, 100, 300, 300)
    walk = find_walk(hall(far, near), [Target(far, Side.NORTH), Target(near, Side.NORTH)])
    assert walk is not None
    assert 400 < walk.points[-1][0] < 700


def test_where_no_way_leads_nothing_is_told() -> None:
    stand = Box(850, 100, 300, 300)
    wall = Box(0, 1000, 2000, 100)
    assert find_walk(hall(stand, wall), [Target(stand, Side.NORTH)]) is None
    assert find_walk(hall(stand, doors=()), [Target(stand, Side.NORTH)]) is None


def test_an_outline_is_walked_round_but_its_empty_corner_is_free() -> None:
    corner = ((0, 600), (1400, 600), (0, 1900))
    stand = Box(100, 100, 300, 300)
    walk = find_walk(hall(stand, outlines=(corner,)), [Target(stand, Side.NORTH)])
    assert walk is not None
    assert all(not (x < 1000 and 650 < y < 900) for x, y in walk.points)
    assert hall(outlines=(corner,)).free[hall().at((1900, 1900))]
    assert not hall(outlines=(corner,)).free[hall().at((100, 700))]


def test_every_stand_of_the_demo_is_reached_on_free_floor() -> None:
    plan = json.loads((DATA / "floor.json").read_text(encoding="utf-8"))
    boxes = {each["code"]: Box(*(round(each[key] * 100) for key in "xywh")) for each in plan["stands"]}
    things = [Box(*(round(each[key] * 100) for key in "xywh")) for each in plan["obstacles"]]
    ground = Ground(4000, 3000, (*boxes.values(), *things), (), (Entrance("ENT", Side.SOUTH, (2000, 3000)),))
    for each in plan["stands"]:
        walk = find_walk(ground, [Target(boxes[each["code"]], Side(each["back"]))])
        assert walk is not None, each["code"]
        assert free_of(walk.points, ground.boxes), each["code"]
        direct = abs(walk.points[0][0] - walk.points[-1][0]) + abs(walk.points[0][1] - walk.points[-1][1])
        assert direct <= walk.length <= 2.2 * direct + 600, each["code"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(Box, st.integers(0, 1700), st.integers(0, 1400), st.integers(20, 600), st.integers(20, 600)), max_size=8
    )
)
def test_a_walk_never_crosses_what_stands_there(boxes: list[Box]) -> None:
    stand = Box(850, 100, 300, 300)
    walk = find_walk(hall(stand, *boxes), [Target(stand, Side.NORTH)])
    if walk is not None:
        # A walk keeps to the middles of cells that nothing reaches into.
        inner = tuple(Box(b.x + 10, b.y + 10, b.w - 20, b.h - 20) for b in boxes if b.w > 20 and b.h > 20)
        assert free_of(walk.points[1:], inner)


def test_halls_beyond_the_fine_grid_are_cut_into_metres() -> None:
    assert Ground(4000, 3000, (), (), ()).cell == 50
    assert Ground(20_000, 20_000, (), (), ()).cell == 100


@pytest.mark.parametrize("back", list(Side))
def test_a_zone_s_name_stands_before_a_row_and_on_no_stand(back: Side) -> None:
    upright = back in (Side.EAST, Side.WEST)
    stands = tuple(
        ZoneStand("Z1", "R", Box(900, 300 * n, 300, 300) if upright else Box(300 * n, 900, 300, 300), back) for n in range(1, 6)
    )
    (area,) = zone_areas((2200, 2200), stands, (), (("Z1", 12),), 60)
    assert area.name is not None
    assert area.name.upwards is upright
    assert not any(each.box.x < area.name.x < each.box.x + 300 and each.box.y < area.name.y < each.box.y + 300 for each in stands)
    assert area.path.startswith("M")


def test_zones_do_not_claim_the_ground_of_others() -> None:
    shapely = pytest.importorskip("shapely")
    stands = (ZoneStand("Z1", "A", Box(300, 300, 600, 300), Side.NORTH), ZoneStand("Z2", "B", Box(300, 800, 600, 300), Side.SOUTH))
    one, other = zone_areas((2000, 2000), stands, (), (("Z1", 5), ("Z2", 5), ("Z3", 5)), 60)
    shapes = [shapely.Polygon(each.rings[0]) for each in (one, other)]
    assert shapes[0].intersection(shapes[1]).area < 1000
    assert (one.zone, other.zone) == ("Z1", "Z2")
