"""Ways to the stands: walked on the plan's free floor, told in the reader's words, drawn as a line."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from village.floor import wording
from village.floor.ground import Entrance, Ground
from village.floor.route import Target, find_walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village.floor.ground import Point
    from village.floor.queries import PlanView, StandView
    from village.floor.route import Walk
    from village.floor.rules import Box
    from village.kit.i18n import Lang

# How far round a corner of the drawn line is cut, in centimetres.
ROUND_CM = 60


def ground_of(plan: PlanView) -> Ground:
    """The floor of a plan to walk on; the same floor is measured once, however often it is asked for."""
    hall = plan.hall
    return _ground(
        hall.width,
        hall.depth,
        (*(each.box for each in plan.stands if not each.outline), *(each.box for each in hall.obstacles)),
        tuple(each.outline for each in plan.stands if each.outline),
        tuple(
            Entrance(each.code, each.side, (each.box.x + each.box.w // 2, each.box.y + each.box.h // 2))
            for each in hall.entrances
        ),
    )


@lru_cache(maxsize=16)
def _ground(
    width: int,
    depth: int,
    boxes: tuple[Box, ...],
    outlines: tuple[tuple[Point, ...], ...],
    entrances: tuple[Entrance, ...],
) -> Ground:
    return Ground(width, depth, boxes, outlines, entrances)


def walk_to(plan: PlanView, block: Sequence[StandView]) -> Walk | None:
    """The walk from the nearest entrance to the nearest front of a block, or None where no entrance leads there."""
    return find_walk(ground_of(plan), [Target(each.box, each.back) for each in block])


def way(plan: PlanView, stand: StandView, lang: Lang) -> str:
    """The walk to a stand in words; empty where no entrance leads there."""
    walk = walk_to(plan, [stand])
    if walk is None:
        return ""
    several = len(plan.hall.entrances) > 1
    start = wording.WAYS["from_door" if several else "from"].say(lang, {"door": walk.entrance})
    first, *more = walk.legs
    told = [wording.WAYS[f"first_{first.turn}"].say(lang, {"metres": _metres(first.length)})]
    told += [wording.WAYS[f"then_{leg.turn}"].say(lang, {"metres": _metres(leg.length)}) for leg in more]
    return start + "".join(told) + wording.WAYS[f"there_{walk.beside}"].say(lang)


def line(walk: Walk | None) -> str:
    """A walk as SVG path data, its corners rounded; empty for none."""
    if walk is None:
        return ""
    points = walk.points
    drawn = [f"M{points[0][0]} {points[0][1]}"]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        cut = min(ROUND_CM, _apart(before, here) // 2, _apart(here, after) // 2)
        enter, leave = _toward(here, before, cut), _toward(here, after, cut)
        drawn.append(f"L{enter[0]} {enter[1]}Q{here[0]} {here[1]} {leave[0]} {leave[1]}")
    drawn.append(f"L{points[-1][0]} {points[-1][1]}")
    return "".join(drawn)


def _metres(centimetres: int) -> int:
    return max(1, (centimetres + 50) // 100)


def _apart(a: Point, b: Point) -> int:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _toward(here: Point, there: Point, by: int) -> Point:
    """The point so far from `here` on the straight line (along a wall) to `there`."""
    dx, dy = there[0] - here[0], there[1] - here[1]
    return here[0] + by * ((dx > 0) - (dx < 0)), here[1] + by * ((dy > 0) - (dy < 0))
