"""Rows of stands, found from the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from village.floor.rules import TOUCHING_CM, Box, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Points = tuple[tuple[int, int], ...]
"""Corners of a polygon in order, in centimetres of the hall."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A stand as drawn, before its row is known; ``outline`` where it is no rectangle (the box surrounds it)."""

    code: str
    box: Box
    back: Side
    outline: Points | None = None


def along_x(back: Side) -> bool:
    """Whether a row with this back runs from west to east."""
    return back in (Side.NORTH, Side.SOUTH)


def back_line(box: Box, back: Side) -> int:
    """Where the back of a stand lies, across its row (cm)."""
    return {
        Side.NORTH: box.y,
        Side.SOUTH: box.y + box.h,
        Side.WEST: box.x,
        Side.EAST: box.x + box.w,
    }[back]


def start_of(box: Box, back: Side) -> int:
    """Where a stand begins along its row (cm)."""
    return box.x if along_x(back) else box.y


def end_of(box: Box, back: Side) -> int:
    """Where a stand ends along its row (cm)."""
    return box.x + box.w if along_x(back) else box.y + box.h


def rows_of(laid: Iterable[Laid]) -> dict[str, tuple[str, int]]:
    """Row name and position (from 1) of each stand, found from the drawing.

    Stands make one row when their backs face the same side, lie on one line and their edges touch;
    a pole or an aisle between two of them breaks the row.  A row is named after its first stand.
    """
    found: dict[str, tuple[str, int]] = {}
    for members in _lines(laid):
        members.sort(key=lambda each: (start_of(each.box, each.back), each.code))
        name, position = members[0].code, 1
        found[name] = (name, position)
        for before, here in pairwise(members):
            name, position = (name, position + 1) if _joined(before, here) else (here.code, 1)
            found[here.code] = (name, position)
    return found


def _lines(laid: Iterable[Laid]) -> Iterator[list[Laid]]:
    """Stands whose backs lie on one line, within the tolerance of a tent frame."""
    by_side: dict[Side, list[Laid]] = {}
    for each in laid:
        by_side.setdefault(each.back, []).append(each)
    for members in by_side.values():
        members.sort(key=lambda each: (back_line(each.box, each.back), each.code))
        line = [members[0]]
        for before, here in pairwise(members):
            if back_line(here.box, here.back) - back_line(before.box, before.back) > TOUCHING_CM:
                yield line
                line = []
            line.append(here)
        yield line


def _joined(before: Laid, here: Laid) -> bool:
    gap = start_of(here.box, here.back) - end_of(before.box, before.back)
    if abs(gap) > TOUCHING_CM:
        return False
    if before.outline is None and here.outline is None:
        return True
    from shapely import Polygon

    shapes = [Polygon(each.outline or corners(each.box)) for each in (before, here)]
    return float(shapes[0].distance(shapes[1])) <= TOUCHING_CM


def corners(box: Box) -> Points:
    """The four corners of a rectangle, clockwise from the north-west."""
    return (
        (box.x, box.y),
        (box.x + box.w, box.y),
        (box.x + box.w, box.y + box.h),
        (box.x, box.y + box.h),
    )


def box_of(points: Sequence[Sequence[int]]) -> Box:
    """The rectangle that surrounds a polygon."""
    xs, ys = [int(x) for x, _ in points], [int(y) for _, y in points]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
