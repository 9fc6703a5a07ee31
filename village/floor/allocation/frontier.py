"""After a change: how few may move, and what each move more is worth.  The organiser chooses among the points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.changes import kept, previous_starts
from village.floor.allocation.greedy import completed
from village.floor.allocation.resolve import MOST_WHOLE, Move, concerned, moves_between, resolve
from village.floor.allocation.score import score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from village.floor.allocation.problem import Plan, Problem
    from village.floor.allocation.search import Stop
    from village.floor.allocation.terms import Terms

# From "nobody who need not" to "as if nobody had a place yet", in points a move has to earn.
MOVE_COSTS = (400, 100, 40, 20, 5, 0)
# On a large fair a shorter ladder: the answer is wanted in a second.
FEW_MOVE_COSTS = (400, 40, 5)


@dataclass(frozen=True, slots=True)
class Point:
    """One plan after a change: so many of those who had a place move (``moved``), and it costs so much.

    ``move_cost`` is what a move had to earn for this plan; ``proven``: no plan is better at that price.
    """

    moves: int
    cost: int
    plan: Plan
    moved: tuple[Move, ...]
    move_cost: int
    proven: bool


def frontier(
    problem: Problem,
    previous: Plan,
    *,
    seed: int = 0,
    work: int | None = None,
    move_costs: Sequence[int] | None = None,
    stop: Stop | None = None,
) -> tuple[Point, ...]:
    """Plans after a change from a previous one, the fewest moves first; each costs less than those with fewer moves.

    Exhibitors who are no longer there do not count as moved, nor do those who had no place.  Up to 100 exhibitors
    everybody may move; on larger fairs those in the zones of who lost their place, and whom it takes to place them.
    ``stop`` ends the ladder early; the first point is always there.
    """
    terms = problem.rules.terms(problem)
    before = previous_starts(terms, problem, previous)
    present = {who: previous[who] for who in terms.exhibitors if previous.get(who)}
    whole = len(terms.exhibitors) <= MOST_WHOLE
    free = None if whole else _free(terms, before)
    ladder = move_costs or (MOVE_COSTS if whole else FEW_MOVE_COSTS)
    points: list[Point] = []
    for move_cost in sorted(set(ladder), reverse=True):
        if points and stop is not None and stop():
            break
        starts, proven = resolve(terms, before, points=move_cost, free=free, seed=seed, work=work, stop=stop)
        plan = terms.plan(starts)
        moved = tuple(each for each in moves_between(present, plan) if each.before)
        points.append(Point(len(moved), score(problem, plan).total, plan, moved, move_cost, proven))
    return _best(points)


def _free(terms: Terms, before: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Who may move on a large fair (N)."""
    stay = kept(terms, before)
    lost = np.flatnonzero((before >= 0) & (stay < 0))
    helped = completed(terms, stay) != stay
    found: NDArray[np.bool_] = concerned(terms, before, before[lost].tolist(), lost.tolist()) | helped
    return found & (terms.pinned < 0)


def _best(points: list[Point]) -> tuple[Point, ...]:
    """Those that no other beats in both moves and cost."""
    found: list[Point] = []
    for point in sorted(points, key=lambda each: (each.moves, each.cost, -each.move_cost)):
        if not found or point.cost < found[-1].cost:
            found.append(point)
    return tuple(found)
