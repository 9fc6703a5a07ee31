"""Neighbours and open sides, found from the drawing.

- *side*: next to each other in one row (`rows_of`).
- *back*: backs to each other, touching or with no more than half a metre between, over half of the shorter back.
- *across*: face to face over an aisle, with nothing between.
- *diagonal*: face to face over an aisle and one place aside; or corners that touch, unless that is back to back,
  where nobody sees the other.

The organisers correct what they know better by links (`StandLink`); a link of kind ``none`` takes neighbours apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from village.floor.allocation.problem import Beside, Edge
from village.floor.geometry.rows import along_x
from village.floor.rules import TOUCHING_CM, Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from village.floor.geometry.scene import Placed, Scene, Shapes
    from village.floor.rules import Box

# Backs this near still stand back to back: cables and curtains pass between.
BACKS_CM = 50
# Over an aisle wider than so many of the least aisle, nobody compares two stands any more.
ACROSS_AISLES = 2
NONE = "none"

_OPPOSITE = {Side.NORTH: Side.SOUTH, Side.SOUTH: Side.NORTH, Side.WEST: Side.EAST, Side.EAST: Side.WEST}


@lru_cache(maxsize=8)
def neighbours(scene: Scene) -> tuple[Edge, ...]:
    """Pairs of neighbouring stands, corrected by the organisers' links; in order of code.

    Remembered for the last drawings: each plan that is weighed asks for them anew.
    """
    found = {(edge.a, edge.b): edge.kind for edge in drawn_neighbours(scene)}
    for a, b, kind in scene.links:
        pair = (min(a, b), max(a, b))
        if kind == NONE:
            found.pop(pair, None)
        else:
            found[pair] = Beside(kind)
    return tuple(Edge(a, b, kind) for (a, b), kind in sorted(found.items()))


def drawn_neighbours(scene: Scene) -> Iterator[Edge]:
    """Pairs of neighbouring stands as the drawing has them."""
    sides = {frozenset(pair) for pair in side_pairs(scene)}
    for pair in sides:
        yield Edge(min(pair), max(pair), Beside.SIDE)
    reach = ACROSS_AISLES * scene.min_aisle + TOUCHING_CM
    for a, b in _near_pairs(scene.shapes, reach):
        if frozenset((a.code, b.code)) in sides:
            continue
        kind = _kind(scene.shapes, a, b, reach)
        if kind is not None:
            yield Edge(min(a.code, b.code), max(a.code, b.code), kind)


def side_pairs(scene: Scene) -> list[tuple[str, str]]:
    """Codes of the stands that are next to each other in one row."""
    order = sorted((row, position, code) for code, (row, position) in scene.rows.items())
    return [
        (a, b)
        for (row, position, a), (other, following, b) in pairwise(order)
        if row == other and following == position + 1
    ]


def _near_pairs(shapes: Shapes, reach: int) -> Iterator[tuple[Placed, Placed]]:
    """Pairs of stands within reach, each once."""
    stands = shapes.scene.stands
    if not stands:
        return
    # The tree holds obstacles too, behind the stands.
    left, right = shapes.tree.query(shapes.stands, predicate="dwithin", distance=reach)
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        if a < b < len(stands):
            yield stands[a], stands[b]


@dataclass(frozen=True, slots=True)
class _Facing:
    """Two parallel stands seen along the line between them: the gap, and how far they overlap across it."""

    gap: int
    overlap: int
    shorter: int
    a_front: bool
    b_front: bool


def _facing(a: Placed, b: Placed) -> _Facing | None:
    """How two stands with opposite backs lie to each other; None where their backs are not opposite."""
    if _OPPOSITE[a.back] is not b.back:
        return None
    upright = along_x(a.back)
    (a_low, a_high), (b_low, b_high) = (_span(each.box, across=upright) for each in (a, b))
    (a_from, a_to), (b_from, b_to) = (_span(each.box, across=not upright) for each in (a, b))
    a_first = a_low + a_high <= b_low + b_high
    gap = b_low - a_high if a_first else a_low - b_high
    # The back of the first one lies away from the other: they stand face to face.
    fronts = (a if a_first else b).back in (Side.NORTH, Side.WEST)
    overlap = min(a_to, b_to) - max(a_from, b_from)
    return _Facing(gap, overlap, min(a_to - a_from, b_to - b_from), fronts, fronts)


def _span(box: Box, *, across: bool) -> tuple[int, int]:
    """From where to where a box reaches: from north to south (across), or from west to east."""
    return (box.y, box.y + box.h) if across else (box.x, box.x + box.w)


def _kind(shapes: Shapes, a: Placed, b: Placed, reach: int) -> Beside | None:
    seen = _facing(a, b)
    if seen and seen.gap >= -TOUCHING_CM:
        if not seen.a_front:
            back_to_back = seen.gap <= BACKS_CM and 2 * seen.overlap >= seen.shorter
            return Beside.BACK if back_to_back else None
        if seen.gap <= reach and seen.overlap >= -TOUCHING_CM and _in_sight(shapes, a, b):
            return Beside.ACROSS if 2 * seen.overlap >= seen.shorter else Beside.DIAGONAL
        return None
    return Beside.DIAGONAL if _corners_touch(a.box, b.box) else None


def _corners_touch(a: Box, b: Box) -> bool:
    """Whether two rectangles meet in a corner, within the tolerance of a tent frame."""
    dx = max(a.x, b.x) - min(a.x + a.w, b.x + b.w)
    dy = max(a.y, b.y) - min(a.y + a.h, b.y + b.h)
    return abs(dx) <= TOUCHING_CM and abs(dy) <= TOUCHING_CM


def _in_sight(shapes: Shapes, a: Placed, b: Placed) -> bool:
    """Whether the line from the middle of one front to the middle of the other crosses nothing."""
    import shapely

    line = shapely.linestrings([_front(a), _front(b)])
    codes = shapes.scene.stands
    own = {a.code, b.code}
    for index in shapes.tree.query(line, predicate="intersects").tolist():
        if index < len(codes) and codes[index].code in own:
            continue
        if shapely.intersection(line, shapes.things[index]).length > TOUCHING_CM:
            return False
    return True


def _front(stand: Placed) -> tuple[float, float]:
    box = stand.box
    return {
        Side.NORTH: (box.x + box.w / 2, float(box.y + box.h)),
        Side.SOUTH: (box.x + box.w / 2, float(box.y)),
        Side.WEST: (float(box.x + box.w), box.y + box.h / 2),
        Side.EAST: (float(box.x), box.y + box.h / 2),
    }[stand.back]


def open_sides(scene: Scene) -> dict[str, int]:
    """How many sides of each stand are open to an aisle: its front and flanks, without walls and what touches.

    A side is closed where a stand, an obstacle or the hall's wall covers at least half of it.  The back is never
    counted: who opens it says so.
    """
    found = {each.code: 0 for each in scene.stands}
    strips = [
        (index, side, _strip(each.box, side))
        for index, each in enumerate(scene.stands)
        for side in Side
        if side is not each.back and not _at_wall(scene, each.box, side)
    ]
    covered = _covered(scene.shapes, [(owner, strip) for owner, _, strip in strips])
    for (owner, side, (west, north, east, south)), (across, along) in zip(strips, covered, strict=True):
        upright = side in (Side.NORTH, Side.SOUTH)
        if 2 * (across if upright else along) < (east - west if upright else south - north):
            found[scene.stands[owner].code] += 1
    return found


def _covered(shapes: Shapes, strips: list[tuple[int, tuple[int, int, int, int]]]) -> list[tuple[float, float]]:
    """How much of each strip other things than its owner cover, from west to east and from north to south (cm)."""
    import numpy as np
    import shapely

    covered = np.zeros((len(strips), 2))
    if not strips:
        return []
    edges = np.array([strip for _, strip in strips], float)
    boxes = shapely.box(*edges.T)
    strip, thing = shapes.tree.query(boxes)
    others = thing != np.array([owner for owner, _ in strips])[strip]
    strip, thing = strip[others], thing[others]
    # Boxes meet in boxes: arithmetic does for nearly all; only other outlines need their true intersection.
    bounds, here = shapely.bounds(shapes.things)[thing], edges[strip]
    low, high = np.maximum(bounds[:, :2], here[:, :2]), np.minimum(bounds[:, 2:], here[:, 2:])
    odd = np.isin(thing, [i for i, each in enumerate(shapes.scene.stands) if each.outline is not None])
    if odd.any():
        true = shapely.bounds(shapely.intersection(boxes[strip[odd]], shapes.things[thing[odd]]))
        low[odd], high[odd] = np.nan_to_num(true[:, :2]), np.nan_to_num(true[:, 2:])
    meets = (high >= low).all(axis=1)
    np.add.at(covered, strip[meets], (high - low)[meets])
    return [(float(across), float(along)) for across, along in covered]


def _strip(box: Box, side: Side) -> tuple[int, int, int, int]:
    """The strip along a side, as wide as what still counts as touching: west, north, east, south."""
    west, north, east, south = box.x, box.y, box.x + box.w, box.y + box.h
    return {
        Side.NORTH: (west, north - TOUCHING_CM, east, north),
        Side.SOUTH: (west, south, east, south + TOUCHING_CM),
        Side.WEST: (west - TOUCHING_CM, north, west, south),
        Side.EAST: (east, north, east + TOUCHING_CM, south),
    }[side]


def _at_wall(scene: Scene, box: Box, side: Side) -> bool:
    return {
        Side.NORTH: box.y <= TOUCHING_CM,
        Side.SOUTH: box.y + box.h >= scene.depth - TOUCHING_CM,
        Side.WEST: box.x <= TOUCHING_CM,
        Side.EAST: box.x + box.w >= scene.width - TOUCHING_CM,
    }[side]
