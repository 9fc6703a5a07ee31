"""Ways that are too narrow: where people pass between stands, obstacles and walls, measured at the narrowest.

What nobody can pass between makes one island; a wall makes an island with what stands against it.  Where two islands
come nearer than the least aisle, the way between them is narrow there; behind backs there is no way.  Before a stand's
front it is narrow wherever something stands nearer than that, be it of the same island (a blind alley).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from math import hypot
from typing import TYPE_CHECKING, Any, Final, Literal

from village.floor.geometry.rows import along_x
from village.floor.rules import TOUCHING_CM, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from village.floor.geometry.scene import Placed, Scene

Level = Literal["bad", "warn"]
Way = tuple[str, Level, tuple[str, ...], dict[str, Any]]
Spot = tuple[float, float]

# Nobody squeezes through less than this, so it is no way at all.
NOBODY_CM: Final = 60
# A wheelchair passes a single obstacle here (French arrêté of 20 April 2017 on access, article 6).
WHEELCHAIR_CM: Final = 90
# What is drawn half a centimetre short is as wide as asked.
ROUNDING_CM: Final = 0.5


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of stands, an obstacle or a wall; ``back`` is the side behind which there is no way."""

    codes: tuple[str, ...]
    shape: Any
    kind: Literal["row", "obstacle", "wall"]
    back: Side | None


@dataclass(frozen=True, slots=True)
class Narrow:
    """A narrow place: between which units, the things there, how wide (cm), and where its middle is."""

    a: int
    b: int
    things: tuple[str, ...]
    width: float
    spot: Spot


class _Floor:
    """Units and islands of a scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.units = _units(scene)
        self.shape_of = dict(zip((each.code for each in scene.stands), scene.shapes.stands, strict=True))

    @cached_property
    def tree(self) -> Any:
        from shapely import STRtree

        return STRtree([each.shape for each in self.units])

    @cached_property
    def unit_of(self) -> dict[str, int]:
        return {code: index for index, each in enumerate(self.units) for code in each.codes}

    def near(self, distance: float) -> list[tuple[int, int]]:
        """Pairs of units so near, each once."""
        left, right = self.tree.query([each.shape for each in self.units], predicate="dwithin", distance=distance)
        return [(a, b) for a, b in zip(left.tolist(), right.tolist(), strict=True) if a < b]

    @cached_property
    def islands(self) -> list[int]:
        """Number of the island of each unit."""
        parent = list(range(len(self.units)))

        def root(index: int) -> int:
            while parent[index] != index:
                parent[index] = parent[parent[index]]
                index = parent[index]
            return index

        for a, b in self.near(NOBODY_CM - ROUNDING_CM):
            parent[root(a)] = root(b)
        return [root(index) for index in range(len(parent))]


def narrow_ways(scene: Scene) -> list[Way]:
    """Each narrow way once: code, level, things it lies between, facts (first, second, metres, least metres)."""
    if not scene.min_aisle or not scene.stands:
        return []
    floor = _Floor(scene)
    found = sorted([*_between_islands(floor), *_before_fronts(floor)], key=lambda each: (each.width, each.things))
    return [_way(floor, each) for each in _each_once(floor, found)]


def _units(scene: Scene) -> list[Unit]:
    import shapely

    rows: dict[str, list[int]] = defaultdict(list)
    for index, stand in enumerate(scene.stands):
        rows[scene.rows[stand.code][0]].append(index)
    found = [
        Unit(
            tuple(scene.stands[index].code for index in members),
            shapely.union_all(scene.shapes.stands[members]),
            "row",
            scene.stands[members[0]].back,
        )
        for _, members in sorted(rows.items())
    ]
    count = len(scene.stands)
    found += [
        Unit((code,), scene.shapes.things[count + index], "obstacle", None)
        for index, (code, _) in enumerate(scene.obstacles)
    ]
    width, depth = scene.width, scene.depth
    for line in (
        [(0, 0), (width, 0)],
        [(width, 0), (width, depth)],
        [(width, depth), (0, depth)],
        [(0, depth), (0, 0)],
    ):
        found.append(Unit((), shapely.LineString(line), "wall", None))
    return found


def _between_islands(floor: _Floor) -> Iterator[Narrow]:
    import shapely

    units = floor.units
    for a, b in floor.near(floor.scene.min_aisle - ROUNDING_CM):
        if floor.islands[a] == floor.islands[b]:
            continue
        line = shapely.shortest_line(units[a].shape, units[b].shape)
        (x, y), (u, v) = shapely.get_coordinates(line).tolist()
        if _behind(units[a], (u - x, v - y)) and _behind(units[b], (x - u, y - v)):
            continue
        crossed = floor.tree.query(line, predicate="crosses").tolist()
        if any(each not in (a, b) for each in crossed):
            continue
        things = (*_nearest(floor, a, (x, y)), *_nearest(floor, b, (u, v)))
        yield Narrow(a, b, things, hypot(u - x, v - y), ((x + u) / 2, (y + v) / 2))


def _behind(unit: Unit, towards: Spot) -> bool:
    """Whether that direction leads from a unit away behind its back; a wall has nothing but a back."""
    dx, dy = towards
    if unit.kind == "wall":
        return True
    return {
        Side.NORTH: dy < -abs(dx),
        Side.SOUTH: dy > abs(dx),
        Side.WEST: dx < -abs(dy),
        Side.EAST: dx > abs(dy),
        None: False,
    }[unit.back]


def _nearest(floor: _Floor, unit: int, spot: Spot) -> tuple[str, ...]:
    """The thing of a unit that lies at a spot; nothing for a wall."""
    import shapely

    members = floor.units[unit]
    if members.kind != "row":
        return members.codes
    point = shapely.Point(spot)
    return (min(members.codes, key=lambda code: (shapely.distance(floor.shape_of[code], point), code)),)


def _before_fronts(floor: _Floor) -> Iterator[Narrow]:
    """Narrow places before the fronts of stands: the nearest thing before each."""
    import shapely

    scene = floor.scene
    count = len(scene.stands)
    strips = shapely.box(*zip(*(_before(each, scene.min_aisle) for each in scene.stands), strict=True))
    nearest: dict[int, tuple[float, int]] = {}
    left, right = scene.shapes.tree.query(strips, predicate="intersects")
    bounds = shapely.bounds(scene.shapes.things)
    for index, other in zip(left.tolist(), right.tolist(), strict=True):
        gap = _gap_before(scene.stands[index], tuple(bounds[other].tolist()))
        if other != index and gap is not None and (gap, other) < nearest.get(index, (float(scene.min_aisle), -1)):
            nearest[index] = (gap, other)
    for index, (gap, other) in sorted(nearest.items()):
        stand = scene.stands[index]
        code = scene.stands[other].code if other < count else scene.obstacles[other - count][0]
        a, b = sorted((floor.unit_of[stand.code], floor.unit_of[code]))
        if gap <= scene.min_aisle - ROUNDING_CM and a != b:
            yield Narrow(a, b, (stand.code, code), gap, _middle_before(stand, gap))
    for index, stand in enumerate(scene.stands):
        gap = _to_wall(scene, stand)
        if 0 <= gap <= scene.min_aisle - ROUNDING_CM and nearest.get(index, (gap, 0))[0] >= gap:
            wall = len(floor.units) - 4 + [Side.SOUTH, Side.WEST, Side.NORTH, Side.EAST].index(stand.back)
            yield Narrow(floor.unit_of[stand.code], wall, (stand.code,), gap, _middle_before(stand, gap))


def _before(stand: Placed, depth: int) -> tuple[int, int, int, int]:
    """The ground before a stand's front: west, north, east, south."""
    box = stand.box
    west, north, east, south = box.x, box.y, box.x + box.w, box.y + box.h
    return {
        Side.NORTH: (west, south, east, south + depth),
        Side.SOUTH: (west, north - depth, east, north),
        Side.WEST: (east, north, east + depth, south),
        Side.EAST: (west - depth, north, west, south),
    }[stand.back]


def _gap_before(stand: Placed, other: tuple[float, float, float, float]) -> float | None:
    """From a stand's front to what stands before it (cm); None when it is not before it, or touches."""
    box = stand.box
    west, north, east, south = other
    if along_x(stand.back):
        overlap = min(east, box.x + box.w) - max(west, box.x)
        gap = north - (box.y + box.h) if stand.back is Side.NORTH else box.y - south
    else:
        overlap = min(south, box.y + box.h) - max(north, box.y)
        gap = west - (box.x + box.w) if stand.back is Side.WEST else box.x - east
    return gap if overlap > TOUCHING_CM and gap > -TOUCHING_CM else None


def _to_wall(scene: Scene, stand: Placed) -> int:
    box = stand.box
    return {
        Side.NORTH: scene.depth - box.y - box.h,
        Side.SOUTH: box.y,
        Side.WEST: scene.width - box.x - box.w,
        Side.EAST: box.x,
    }[stand.back]


def _middle_before(stand: Placed, gap: float) -> Spot:
    box = stand.box
    x, y = box.x + box.w / 2, box.y + box.h / 2
    return {
        Side.NORTH: (x, box.y + box.h + gap / 2),
        Side.SOUTH: (x, box.y - gap / 2),
        Side.WEST: (box.x + box.w + gap / 2, y),
        Side.EAST: (box.x - gap / 2, y),
    }[stand.back]


def _each_once(floor: _Floor, found: Iterable[Narrow]) -> Iterator[Narrow]:
    """Narrow places, narrowest first: one for each obstacle, one for each pair of rows, one for each place."""
    kept: dict[Any, list[Narrow]] = defaultdict(list)
    for each in found:
        units = (floor.units[each.a], floor.units[each.b])
        obstacle = next((index for index in (each.a, each.b) if floor.units[index].kind == "obstacle"), None)
        walls = any(unit.kind == "wall" for unit in units)
        key: Any = ("obstacle", obstacle)
        if obstacle is None:
            key = (walls, frozenset((floor.islands[each.a], floor.islands[each.b])))
        same = (
            other
            for other in kept[key]
            if obstacle is not None
            or {other.a, other.b} == {each.a, each.b}
            or hypot(other.spot[0] - each.spot[0], other.spot[1] - each.spot[1]) < floor.scene.min_aisle
        )
        if next(same, None) is None:
            kept[key].append(each)
            yield each


def _way(floor: _Floor, each: Narrow) -> Way:
    units = (floor.units[each.a], floor.units[each.b])
    past_obstacle = any(unit.kind == "obstacle" for unit in units)
    level: Level = "warn" if past_obstacle and each.width >= WHEELCHAIR_CM else "bad"
    facts = {
        "first": each.things[0],
        "second": each.things[-1],
        "metres": f"{each.width / 100:.2f}".rstrip("0").rstrip("."),
        "least": f"{floor.scene.min_aisle / 100:g}",
    }
    code = "way_narrow_wall" if any(unit.kind == "wall" for unit in units) else "way_narrow"
    return code, level, each.things, facts
