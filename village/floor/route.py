"""The walk from an entrance to a stand, along free floor: told in legs and turns, drawn as a line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from village.floor.ground import INWARD, UNREACHED
from village.floor.rules import Beside, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from village.floor.ground import Entrance, Ground, Point
    from village.floor.rules import Box

# Who steps aside by less and goes on as before (round a desk, a pole) has not turned, in words.
SIDESTEP_CM = 300
# A last step up to the stand, or a first one past the door, is not told either.
LAST_STEP_CM = 200
# How far before its front one stands when one has arrived.
BEFORE_CM = 60


@dataclass(frozen=True, slots=True)
class Target:
    """Where one walks to: the box of a stand and the side its back is on."""

    box: Box
    back: Side


@dataclass(frozen=True, slots=True)
class Leg:
    """A straight piece of a walk: to which side one turns before it, and its length in centimetres."""

    turn: Beside
    length: int


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk: the entrance it begins at, its corners in centimetres, its legs, and where the stand then is."""

    entrance: str
    points: tuple[Point, ...]
    legs: tuple[Leg, ...]
    beside: Beside

    @property
    def length(self) -> int:
        """Centimetres from the entrance to the stand."""
        return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(self.points))


def find_walk(ground: Ground, targets: Iterable[Target]) -> Walk | None:
    """The shortest walk to the front of any of these stands, or None where no entrance leads there."""
    costs = ground.searched[0]
    options = [
        (costs[entry], order, entry, each)
        for order, each in enumerate(targets)
        for entry in _fronts(ground, each)
    ]
    if not options:
        return None
    _, _, entry, target = min(options, key=lambda each: each[:3])
    corners, entrance = _walk_back(ground, entry)
    points = _straight([_threshold(entrance, corners[0]), *corners])
    legs, heading = _legs(points, INWARD[entrance.side])
    middle = (target.box.x + target.box.w // 2, target.box.y + target.box.h // 2)
    toward = (middle[0] - points[-1][0], middle[1] - points[-1][1])
    return Walk(entrance.code, points, legs, _beside(heading, toward))


def _fronts(ground: Ground, target: Target) -> list[int]:
    """Ways of coming to the stand's front, else (where nothing is free there) to any of its other sides."""
    box = target.box
    middle_x, middle_y = box.x + box.w // 2, box.y + box.h // 2
    before = {
        Side.NORTH: (middle_x, box.y + box.h + BEFORE_CM),
        Side.SOUTH: (middle_x, box.y - BEFORE_CM),
        Side.WEST: (box.x + box.w + BEFORE_CM, middle_y),
        Side.EAST: (box.x - BEFORE_CM, middle_y),
    }
    inside = {side: at for side, at in before.items() if 0 <= at[0] < ground.width and 0 <= at[1] < ground.depth}
    for sides in ([target.back], [side for side in Side if side is not target.back]):
        entries = [ground.reach(ground.at(inside[side])) for side in sides if side in inside]
        usable = [entry for entry in entries if entry is not None]
        if usable:
            return usable
    return []


def _walk_back(ground: Ground, entry: int) -> tuple[list[Point], Entrance]:
    """The cells of a cheapest walk, from the entrance on, and the entrance."""
    before = ground.searched[1]
    passed: list[Point] = []
    while entry != UNREACHED:
        at = entry // 4
        passed.append(ground.middle(at))
        entry = before[entry]
    return passed[::-1], ground.starts[at]


def _threshold(entrance: Entrance, first: Point) -> Point:
    """The point of the wall one comes in at: in line with the first cell."""
    x, y = entrance.middle
    return (first[0], y) if entrance.side in (Side.NORTH, Side.SOUTH) else (x, first[1])


def _straight(points: Sequence[Point]) -> tuple[Point, ...]:
    """Only the corners of a walk of small steps."""
    kept = [points[0]]
    for here, after in zip(points[1:], [*points[2:], None], strict=True):
        before = kept[-1]
        if after is None or not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1]):
            kept.append(here)
    return tuple(kept)


def _legs(points: Sequence[Point], heading: Point) -> tuple[tuple[Leg, ...], Point]:
    """The pieces of a walk as one tells them, and the direction one faces at the end."""
    runs: list[tuple[Point, int]] = []
    for (ax, ay), (bx, by) in pairwise(points):
        length = abs(bx - ax) + abs(by - ay)
        way = ((bx > ax) - (bx < ax), (by > ay) - (by < ay))
        runs.append((way, length))
    legs: list[Leg] = []
    for way, length in _without_sidesteps(runs):
        legs.append(Leg(_beside(heading, way), length))
        heading = way
    return tuple(legs), heading


def _without_sidesteps(runs: Sequence[tuple[Point, int]]) -> list[tuple[Point, int]]:
    """Runs in one direction joined; small steps aside between two runs of one direction, and at the ends, left out."""
    told: list[tuple[Point, int]] = []
    for place, (way, length) in enumerate(runs):
        at_end = place in (0, len(runs) - 1)
        if len(runs) > 1 and (
            length < LAST_STEP_CM if at_end else length < SIDESTEP_CM and runs[place - 1][0] == runs[place + 1][0]
        ):
            continue
        if told and told[-1][0] == way:
            told[-1] = (way, told[-1][1] + length)
        else:
            told.append((way, length))
    return told or [runs[-1]]


def _beside(heading: Point, toward: Point) -> Beside:
    """On which side of somebody who faces `heading` (y runs south) something lies."""
    right = heading[0] * toward[1] - heading[1] * toward[0]
    ahead = heading[0] * toward[0] + heading[1] * toward[1]
    if abs(right) <= ahead:
        return Beside.AHEAD
    return Beside.RIGHT if right > 0 else Beside.LEFT
