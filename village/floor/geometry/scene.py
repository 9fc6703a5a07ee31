"""A drawing as geometry: its stands, doors, obstacles and markings with their shapes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from village.floor.geometry.rows import Laid, Points, rows_of
from village.floor.rules import Box, DoorKind, Side, distance_cm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from village.floor.drawing.things import Form, Things


@dataclass(frozen=True, slots=True)
class Placed:
    """A stand in the hall: what its place and the checks depend on."""

    code: str
    box: Box
    back: Side
    outline: Points | None
    open_sides_own: int | None
    power: bool
    circuit: str | None
    closed: bool


@dataclass(frozen=True, slots=True)
class Gate:
    """A door and the strip of wall it takes."""

    code: str
    kind: DoorKind
    side: Side
    box: Box

    @property
    def width(self) -> int:
        """Its width in centimetres."""
        return max(self.box.w, self.box.h)


@dataclass(frozen=True)
class Scene:
    """A hall with everything in it, each kind in order of code; lengths in centimetres."""

    width: int
    depth: int
    min_aisle: int
    door_clear: int
    capacity: int | None
    stands: tuple[Placed, ...]
    doors: tuple[Gate, ...]
    obstacles: tuple[tuple[str, Box], ...]
    aisles: tuple[tuple[str, Points], ...]
    safety_lines: tuple[tuple[str, Points], ...]
    circuits: tuple[tuple[str, int], ...]
    links: tuple[tuple[str, str, str], ...]

    @cached_property
    def rows(self) -> dict[str, tuple[str, int]]:
        """Row and position of each stand."""
        return rows_of(Laid(each.code, each.box, each.back, each.outline) for each in self.stands)

    @cached_property
    def shapes(self) -> Shapes:
        """The shapes of its stands and obstacles."""
        return Shapes(self)


def polygons(boxes: Sequence[Box], outlines: Sequence[Points | None]) -> Any:
    """Polygons of things (array): their boxes, or the outlines of those that are no rectangles."""
    import numpy as np
    import shapely

    if not boxes:
        return np.empty(0, dtype=object)
    west, north, width, depth = np.array([(each.x, each.y, each.w, each.h) for each in boxes], float).T
    found = shapely.box(west, north, west + width, north + depth)
    for index, outline in enumerate(outlines):
        if outline is not None:
            found[index] = shapely.Polygon(outline)
    return found


class Shapes:
    """The shapely geometries of a scene, made once: stands and obstacles with trees to search them."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @cached_property
    def stands(self) -> Any:
        """Polygons of the stands (array, in the scene's order)."""
        stands = self.scene.stands
        return polygons([each.box for each in stands], [each.outline for each in stands])

    @cached_property
    def things(self) -> Any:
        """Polygons of stands, then of obstacles (array)."""
        import numpy as np

        return np.concatenate([self.stands, polygons([box for _, box in self.scene.obstacles], ())])

    @cached_property
    def tree(self) -> Any:
        """Tree of `things`."""
        from shapely import STRtree

        return STRtree(self.things)


def scene_of(things: Things) -> Scene:
    """The scene that forms describe."""
    hall = things["hall"]["HALL"]
    marks = sorted(things["marking"].items())
    return Scene(
        hall["width"],
        hall["depth"],
        hall["min_aisle"],
        hall["door_clear"],
        hall["capacity"],
        tuple(_placed(name, form) for name, form in sorted(things["stand"].items())),
        tuple(_gate(name, form) for name, form in sorted(things["door"].items())),
        tuple((name, _box(form)) for name, form in sorted(things["obstacle"].items())),
        tuple((name, _points(form["points"])) for name, form in marks if form["kind"] == "aisle"),
        tuple((name, _points(form["points"])) for name, form in marks if form["kind"] == "safety_line"),
        tuple((name, form["watts"]) for name, form in sorted(things["circuit"].items())),
        tuple((form["a"], form["b"], form["kind"]) for _, form in sorted(things["link"].items())),
    )


def _box(form: Form) -> Box:
    return Box(form["x"], form["y"], form["w"], form["h"])


def _points(raw: list[list[int]]) -> Points:
    return tuple((int(x), int(y)) for x, y in raw)


def _placed(name: str, form: Form) -> Placed:
    outline = _points(form["outline"]) if form["outline"] is not None else None
    return Placed(
        name,
        _box(form),
        Side(form["back"]),
        outline,
        form["open_sides_own"],
        form["power"],
        form["circuit"],
        form["closed"],
    )


def _gate(name: str, form: Form) -> Gate:
    side = Side(form["side"])
    along = side in (Side.NORTH, Side.SOUTH)
    box = Box(form["x"], form["y"], form["w"] if along else 0, 0 if along else form["w"])
    return Gate(name, DoorKind(form["kind"]), side, box)


@dataclass(frozen=True, slots=True)
class Found:
    """What the drawing says of a stand beyond its form."""

    row: str
    position: int
    open_sides: int
    entrance_cm: int
    area_cm2: int


def found_of(scene: Scene) -> Mapping[str, Found]:
    """Row, position, open sides, distance to the entrance and area of each stand, by code.

    The distance is 0 in a hall without an entrance; the area is 0 where it is that of the box.
    """
    from village.floor.geometry.neighbours import open_sides

    rows, sides = scene.rows, open_sides(scene)
    return {
        each.code: Found(
            rows[each.code][0],
            rows[each.code][1],
            each.open_sides_own if each.open_sides_own is not None else sides[each.code],
            from_entrance(scene, each.box),
            area_of(each),
        )
        for each in scene.stands
    }


def from_entrance(scene: Scene, box: Box) -> int:
    """Centimetres from a stand's centre to the middle of the first entrance; 0 without one."""
    door = next((each for each in scene.doors if each.kind is DoorKind.ENTRANCE), None)
    if door is None:
        return 0
    return distance_cm(box, door.box.x + door.box.w // 2, door.box.y + door.box.h // 2)


def area_of(stand: Placed) -> int:
    """Square centimetres of a stand that is no rectangle; 0 for the others."""
    if stand.outline is None:
        return 0
    ring = stand.outline
    doubled = sum(x * ring[i - 1][1] - ring[i - 1][0] * y for i, (x, y) in enumerate(ring))
    return abs(doubled) // 2
