"""The studio's two drawings of figures: how a search went, and what moves are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# The drawing of a curve, in its own units.
CURVE_W, CURVE_H, CURVE_PAD = 600, 200, 12
# A first plan may cost a hundred times the last: what lies above this share of the last cost is cut off.
CURVE_TOP = 1.6
# Rows of the curve's table.
CURVE_ROWS = 8


@dataclass(frozen=True)
class Curve:
    """A search as a drawing: two lines of points, and the same in a few rows (seconds, cost, bound)."""

    cost: str
    bound: str
    rows: tuple[tuple[float, int | None, int | None], ...]
    top: int
    low: int
    seconds: float


def curve_of(points: Sequence[Sequence[int | None]]) -> Curve | None:
    """The curve of a search, or None before there is one."""
    costs = [cost for _, cost, _ in points if cost is not None]
    if not costs:
        return None
    bounds = [bound for *_, bound in points if bound is not None]
    low = min([*bounds, *costs])
    top = max(min(max(costs), round(costs[-1] * CURVE_TOP)), low + 1)
    end = max(points[-1][0] or 0, 1)

    def line(which: int) -> str:
        found = []
        for each in points:
            value = each[which]
            if value is None:
                continue
            x = CURVE_PAD + (CURVE_W - 2 * CURVE_PAD) * (each[0] or 0) // end
            share = (min(value, top) - low) / (top - low)
            found.append(f"{x},{round(CURVE_H - CURVE_PAD - share * (CURVE_H - 2 * CURVE_PAD))}")
        # A search that ended at once is a point; drawn as a line it can be seen.
        return " ".join([*found, f"{CURVE_W - CURVE_PAD},{found[-1].split(',')[1]}"]) if found else ""

    step = max(1, len(points) // CURVE_ROWS)
    rows = [*points[:-1][::step], points[-1]]
    told = tuple(((each[0] or 0) / 10, each[1], each[2]) for each in rows)
    return Curve(line(1), line(2), told, top, low, end / 10)


@dataclass(frozen=True)
class Dot:
    """A point of the frontier in the drawing's units."""

    x: int
    y: int
    moves: int
    cost: int


def frontier_dots(points: Sequence[tuple[int, int]]) -> list[Dot]:
    """Points (moves, cost) as they are drawn: more moves to the right, more points higher."""
    if not points:
        return []
    most = max(moves for moves, _ in points) or 1
    low, top = min(cost for _, cost in points), max(cost for _, cost in points)
    wide, high = CURVE_W - 4 * CURVE_PAD, CURVE_H - 4 * CURVE_PAD
    return [
        Dot(
            2 * CURVE_PAD + wide * moves // most,
            CURVE_H - 2 * CURVE_PAD - high * (cost - low) // max(top - low, 1),
            moves,
            cost,
        )
        for moves, cost in points
    ]
