"""Where the back of each stand is, guessed for drawings that do not say: CAD files show outlines, no fronts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.floor.rules import TOUCHING_CM, Box, Side

if TYPE_CHECKING:
    from collections.abc import Mapping

_ACROSS = {
    Side.NORTH: (Side.EAST, Side.WEST),
    Side.SOUTH: (Side.EAST, Side.WEST),
    Side.EAST: (Side.NORTH, Side.SOUTH),
    Side.WEST: (Side.NORTH, Side.SOUTH),
}


def guess_backs(boxes: Mapping[str, Box], width: int, depth: int) -> dict[str, Side]:
    """The likely back of each stand, by code.

    A stand with neighbours on two opposite sides stands in a row between them: its back is the third side that is
    closed.  The ends of a row follow their neighbour.  Elsewhere the back is at a wall or at another stand; a stand
    that touches nothing turns its back north.
    """
    near = _near(boxes)
    touches = {code: _touches(box, near[code]) for code, box in boxes.items()}
    walls = {code: _walls(box, width, depth) for code, box in boxes.items()}
    found: dict[str, Side] = {}
    for code in sorted(boxes):
        for side in Side:
            flanks = _ACROSS[side]
            closed = side in touches[code] or side in walls[code]
            if closed and all(each in touches[code] for each in flanks):
                found[code] = side
                break
    # Row by row outwards from those that are sure.
    waiting = [code for code in sorted(boxes) if code not in found]
    while waiting:
        told = {code: back for code in waiting if (back := _as_beside(touches[code], found)) is not None}
        if not told:
            break
        found |= told
        waiting = [code for code in waiting if code not in told]
    for code in waiting:
        at_wall = [side for side in Side if side in walls[code]]
        at_stand = [side for side in Side if side in touches[code]]
        found[code] = (at_wall or _behind(at_stand) or [Side.NORTH])[0]
    return found


def _as_beside(touched: Mapping[Side, str], known: Mapping[str, Side]) -> Side | None:
    for side, other in touched.items():
        back = known.get(other)
        if back is not None and side in _ACROSS[back]:
            return back
    return None


def _behind(touched: list[Side]) -> list[Side]:
    """The side that is not a flank, of a stand that touches others on one or two sides."""
    flanks = [side for side in touched if all(each in touched for each in _ACROSS[_ACROSS[side][0]])]
    return [side for side in touched if side not in flanks] or touched


def _near(boxes: Mapping[str, Box]) -> dict[str, dict[str, Box]]:
    """For each stand, the stands that may touch it."""
    import shapely

    codes = sorted(boxes)
    found: dict[str, dict[str, Box]] = {code: {} for code in codes}
    if not codes:
        return found
    shapes = [shapely.box(each.x, each.y, each.x + each.w, each.y + each.h) for each in map(boxes.__getitem__, codes)]
    pairs = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=TOUCHING_CM)
    for a, b in pairs.T.tolist():
        if a != b:
            found[codes[a]][codes[b]] = boxes[codes[b]]
    return found


def _touches(here: Box, near: Mapping[str, Box]) -> dict[Side, str]:
    """The stand that touches each side over half of it."""
    found: dict[Side, str] = {}
    for other, box in near.items():
        across = min(here.x + here.w, box.x + box.w) - max(here.x, box.x)
        along = min(here.y + here.h, box.y + box.h) - max(here.y, box.y)
        gaps = {
            Side.NORTH: here.y - box.y - box.h,
            Side.SOUTH: box.y - here.y - here.h,
            Side.WEST: here.x - box.x - box.w,
            Side.EAST: box.x - here.x - here.w,
        }
        for side, gap in gaps.items():
            share = 2 * across >= here.w if side in (Side.NORTH, Side.SOUTH) else 2 * along >= here.h
            if share and abs(gap) <= TOUCHING_CM:
                found[side] = other
    return found


def _walls(box: Box, width: int, depth: int) -> set[Side]:
    return {
        side
        for side, gap in (
            (Side.NORTH, box.y),
            (Side.SOUTH, depth - box.y - box.h),
            (Side.WEST, box.x),
            (Side.EAST, width - box.x - box.w),
        )
        if gap <= TOUCHING_CM
    }
