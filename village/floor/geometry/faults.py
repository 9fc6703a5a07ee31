"""What is wrong with a drawing, shown while one draws: each fault with its things and the figures of its sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from village.floor.geometry.safety import crowd_faults
from village.floor.geometry.ways import narrow_ways
from village.floor.rules import DoorKind, Side

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from village.floor.geometry.scene import Gate, Scene

Level = Literal["bad", "warn"]
# Outlines that share less than this (cm²) only touch.
TOUCHING_CM2 = 25


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: ``bad`` is never right, ``warn`` wants a look; codes of the things; facts of its sentence."""

    code: str
    level: Level
    things: tuple[str, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


def faults(scene: Scene, loads: Mapping[str, int] | None = None) -> tuple[Fault, ...]:
    """Every fault of a drawing, the bad ones first; ``loads`` are the watts that each circuit has to carry."""
    found = [
        *_outside(scene),
        *_overlaps(scene),
        *_blocked_doors(scene),
        *_on_markings(scene),
        *(Fault(*each) for each in narrow_ways(scene)),
        *_electricity(scene, loads or {}),
        *(Fault(code, "bad", things, facts) for code, things, facts in crowd_faults(scene)),
    ]
    return tuple(sorted(found, key=lambda each: (each.level, each.code, each.things)))


def _outside(scene: Scene) -> Iterator[Fault]:
    for stand in scene.stands:
        if not stand.box.inside(scene.width, scene.depth):
            yield Fault("stand_outside_hall", "bad", (stand.code,), {"stand": stand.code})
    for code, box in scene.obstacles:
        if not box.inside(scene.width, scene.depth):
            yield Fault("thing_outside_hall", "warn", (code,), {"thing": code})
    for door in scene.doors:
        if not _in_wall(scene, door):
            yield Fault("door_off_wall", "bad", (door.code,), {"thing": door.code})


def _in_wall(scene: Scene, door: Gate) -> bool:
    box = door.box
    if door.side in (Side.NORTH, Side.SOUTH):
        wall = 0 if door.side is Side.NORTH else scene.depth
        return box.y == wall and box.x >= 0 and box.x + box.w <= scene.width
    wall = 0 if door.side is Side.WEST else scene.width
    return box.x == wall and box.y >= 0 and box.y + box.h <= scene.depth


def _overlaps(scene: Scene) -> Iterator[Fault]:
    """Stands that share ground with one another or with an obstacle."""
    import shapely

    stands, shapes = scene.stands, scene.shapes
    left, right = shapes.tree.query(shapes.stands, predicate="intersects")
    pairs = left < right
    left, right = left[pairs], right[pairs]
    shared = shapely.area(shapely.intersection(shapes.things[left], shapes.things[right]))
    for a, b, area in zip(left.tolist(), right.tolist(), shared.tolist(), strict=True):
        if area <= TOUCHING_CM2:
            continue
        here = stands[a].code
        if b < len(stands):
            facts = {"stand": here, "other": stands[b].code}
            yield Fault("stands_overlap", "bad", (here, stands[b].code), facts)
        else:
            other = scene.obstacles[b - len(stands)][0]
            yield Fault("stand_on_obstacle", "bad", (here, other), {"stand": here, "thing": other})


def _blocked_doors(scene: Scene) -> Iterator[Fault]:
    """Doors with something on the ground that is to stay clear before them."""
    import shapely

    for door in scene.doors:
        clear = shapely.box(*_before(door, scene.door_clear))
        for index in scene.shapes.tree.query(clear, predicate="intersects").tolist():
            thing = scene.shapes.things[index]
            if shapely.intersection(clear, thing).area <= TOUCHING_CM2:
                continue
            count = len(scene.stands)
            other = scene.stands[index].code if index < count else scene.obstacles[index - count][0]
            facts = {"door": door.code, "thing": other, "metres": _metres(scene.door_clear)}
            code = "exit_blocked" if door.kind is DoorKind.EMERGENCY else "door_blocked"
            yield Fault(code, "bad", (door.code, other), facts)


def _before(door: Gate, clear: int) -> tuple[int, int, int, int]:
    box = door.box
    return {
        Side.NORTH: (box.x, box.y, box.x + box.w, box.y + clear),
        Side.SOUTH: (box.x, box.y - clear, box.x + box.w, box.y),
        Side.WEST: (box.x, box.y, box.x + clear, box.y + box.h),
        Side.EAST: (box.x - clear, box.y, box.x, box.y + box.h),
    }[door.side]


def _on_markings(scene: Scene) -> Iterator[Fault]:
    """Stands on a marked aisle, or across a safety line."""
    import shapely

    marks = [(code, shapely.Polygon(ring), "stand_on_aisle") for code, ring in scene.aisles]
    marks += [(code, shapely.LineString(line), "safety_line_crossed") for code, line in scene.safety_lines]
    for code, shape, fault in marks:
        for index in scene.shapes.tree.query(shape, predicate="intersects").tolist():
            if index >= len(scene.stands):
                continue
            shared = shapely.intersection(shape, scene.shapes.things[index])
            # A line along the edge of a stand is not crossed.
            inside = shapely.intersection(shape, shapely.buffer(scene.shapes.things[index], -1))
            if shared.area > TOUCHING_CM2 or inside.length > 1:
                stand = scene.stands[index].code
                yield Fault(fault, "bad", (stand, code), {"stand": stand, "thing": code})


def _electricity(scene: Scene, loads: Mapping[str, int]) -> Iterator[Fault]:
    if scene.circuits:
        lacking = tuple(each.code for each in scene.stands if each.power and each.circuit is None)
        for code in lacking:
            yield Fault("stand_without_circuit", "warn", (code,), {"stand": code})
    for code, watts in scene.circuits:
        load = loads.get(code, 0)
        if load > watts:
            yield Fault("circuit_overloaded", "bad", (code,), {"circuit": code, "load": load, "watts": watts})


def _metres(cm: int) -> str:
    return f"{cm / 100:g}"
