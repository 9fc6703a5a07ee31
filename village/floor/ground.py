"""The floor one walks on, cut into square cells, and the cheapest way from the entrances to each of them.

A cell is free when no stand and no obstacle reaches into it (of an outline: when its middle lies outside).  Walks go
from cell to cell along the walls (never across a corner), shortest first, with some reluctance to turn and to brush
along stands: so they keep to the middle of the aisles and can be told in few words.  All whole numbers: the same floor
gives the same walks everywhere.
Shortest paths: E. W. Dijkstra, "A note on two problems in connexion with graphs", 1959.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from village.floor.rules import Box, Side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Point = tuple[int, int]

# Cells are half a metre wide; in halls beyond so many of them, a metre.
FINE_CM, COARSE_CM, MOST_CELLS = 50, 100, 40_000
# A step costs ten; beside something that stands in the way it costs more, one cell farther a little more.
STEP, BRUSHING, NEAR = 10, 6, 2
TURN = 25
HAND_CM = 5

INWARD = {Side.SOUTH: (0, -1), Side.NORTH: (0, 1), Side.WEST: (1, 0), Side.EAST: (-1, 0)}
_WAYS = ((0, -1), (1, 0), (0, 1), (-1, 0))
UNREACHED = -1


@dataclass(frozen=True, slots=True)
class Entrance:
    """A door one comes in by: its code, the wall it is in, the middle of its strip of wall."""

    code: str
    side: Side
    middle: Point


@dataclass(frozen=True)
class Ground:
    """A hall to walk in: its size, what stands in it (boxes, and outlines where they are no boxes), its entrances."""

    width: int
    depth: int
    boxes: tuple[Box, ...]
    outlines: tuple[tuple[Point, ...], ...]
    entrances: tuple[Entrance, ...]

    @cached_property
    def cell(self) -> int:
        """Width of a cell in centimetres."""
        fine = (self.width // FINE_CM + 1) * (self.depth // FINE_CM + 1)
        return FINE_CM if fine <= MOST_CELLS else COARSE_CM

    @cached_property
    def columns(self) -> int:
        """Cells from west to east."""
        return max(1, -(-self.width // self.cell))

    @cached_property
    def rows(self) -> int:
        """Cells from north to south."""
        return max(1, -(-self.depth // self.cell))

    @cached_property
    def free(self) -> bytearray:
        """One for each cell that can be walked on, row by row."""
        free = bytearray(b"\x01") * (self.columns * self.rows)
        for box in self.boxes:
            for at in self._cells(box):
                free[at] = 0
        for outline in self.outlines:
            for at in self._cells(_around(outline)):
                if free[at] and _inside(self.middle(at), outline):
                    free[at] = 0
        return free

    @cached_property
    def prices(self) -> list[int]:
        """What a step onto each cell costs; 0 where one cannot walk."""
        blocked = [not each for each in self.free]
        brushing = self._spread(blocked)
        near = self._spread(brushing)
        return [
            0 if stands else STEP + (BRUSHING if touches else NEAR if beside else 0)
            for stands, touches, beside in zip(blocked, brushing, near, strict=True)
        ]

    @cached_property
    def searched(self) -> tuple[list[int], list[int]]:
        """For each cell and each way of coming to it: the cheapest cost (-1: no way), and the step before it.

        Entry ``4 * cell + direction``, directions as in ``_WAYS``; the step before a start is -1.
        """
        prices, columns = self.prices, self.columns
        costs, before = [UNREACHED] * (4 * len(prices)), [UNREACHED] * (4 * len(prices))
        found = [(0, 4 * at + _WAYS.index(INWARD[each.side]), UNREACHED) for at, each in self.starts.items()]
        while found:
            cost, here, last = heappop(found)
            if costs[here] != UNREACHED:
                continue
            costs[here], before[here] = cost, last
            at, way = divmod(here, 4)
            row, column = divmod(at, columns)
            for turn, there, is_inside in (
                (0, at - columns, row > 0),
                (1, at + 1, column + 1 < columns),
                (2, at + columns, row + 1 < self.rows),
                (3, at - 1, column > 0),
            ):
                if is_inside and prices[there] and costs[4 * there + turn] == UNREACHED:
                    price = prices[there] + (TURN if turn != way else 0)
                    heappush(found, (cost + price, 4 * there + turn, here))
        return costs, before

    def reach(self, at: int) -> int | None:
        """The entry of the cheapest way of coming to a cell, or None where no entrance leads there."""
        costs = self.searched[0]
        ways = [(costs[entry], entry) for entry in range(4 * at, 4 * at + 4) if costs[entry] != UNREACHED]
        return min(ways)[1] if ways else None

    @cached_property
    def starts(self) -> dict[int, Entrance]:
        """The cell just inside each entrance."""
        found: dict[int, Entrance] = {}
        for each in self.entrances:
            dx, dy = INWARD[each.side]
            x, y = each.middle
            for step in (1, 3, 5):
                at = self.at((x + dx * step * self.cell // 2, y + dy * step * self.cell // 2))
                if self.free[at]:
                    found.setdefault(at, each)
                    break
        return found

    def at(self, point: Point) -> int:
        """The cell a point lies in; a point outside counts for the nearest cell."""
        column = min(max(point[0] // self.cell, 0), self.columns - 1)
        row = min(max(point[1] // self.cell, 0), self.rows - 1)
        return row * self.columns + column

    def middle(self, at: int) -> Point:
        """The middle of a cell."""
        row, column = divmod(at, self.columns)
        return column * self.cell + self.cell // 2, row * self.cell + self.cell // 2

    def _cells(self, box: Box) -> Iterator[int]:
        """Cells that a box reaches into by more than a hand's breadth, however thin it is."""
        across, along = min(HAND_CM, box.w // 4), min(HAND_CM, box.h // 4)
        first, last = (box.x + across) // self.cell, (box.x + box.w - across - 1) // self.cell
        top, bottom = (box.y + along) // self.cell, (box.y + box.h - along - 1) // self.cell
        for row in range(max(top, 0), min(bottom, self.rows - 1) + 1):
            start = row * self.columns
            yield from range(start + max(first, 0), start + min(last, self.columns - 1) + 1)

    def _spread(self, marked: Sequence[bool]) -> list[bool]:
        """The marked cells and those that touch them; the hall's walls count as marked."""
        wide = list(marked)
        for at, is_marked in enumerate(marked):
            row, column = divmod(at, self.columns)
            if row in (0, self.rows - 1) or column in (0, self.columns - 1):
                wide[at] = True
            if is_marked:
                for there, is_inside in (
                    (at - self.columns, row > 0),
                    (at + 1, column + 1 < self.columns),
                    (at + self.columns, row + 1 < self.rows),
                    (at - 1, column > 0),
                ):
                    if is_inside:
                        wide[there] = True
        return wide


def _around(outline: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _inside(point: Point, outline: Sequence[Point]) -> bool:
    """Whether a point lies in a polygon (even-odd rule)."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(outline, [*outline[1:], outline[0]], strict=True):
        # West of the edge at this height, compared without division.
        west = (x - ax) * (by - ay) < (bx - ax) * (y - ay)
        if (ay > y) != (by > y) and west == (by > ay):
            inside = not inside
    return inside
