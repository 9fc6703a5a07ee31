"""The search for large fairs: greedy, annealing, polish, and a bound beside them.

All is counted in work, never in time: one unit is a thousand proposals of the annealing; what the other parts take
is stated in these units.  A deadline only shortens the search, and then the result says so.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.anneal import board, kernel, ready
from village.floor.allocation.bound import alone, lower_bound
from village.floor.allocation.greedy import completed
from village.floor.allocation.terms import value_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from village.floor.allocation.search import Stop
    from village.floor.allocation.terms import Terms

Say = Callable[["int | None", "int | None", "NDArray[np.int32] | None"], None]
"""Told now and then: best cost, bound, and the placement where it is new."""

# The share of the work that the bound may take.
BOUND_SHARE = 0.15
MOST_STEPS = 120
# Temperatures in points: the first makes and breaks clusters, the last only takes what costs nearly nothing.
HOT, COOL = 7.0, 0.5
# What part of the first plan's points one may hope to come down to.
HOPED = 0.69
# Into how many slices the annealing is cut: between them time and stop are looked at.
SLICES = 150
# Units that are tried to see how fast this machine is, and how much of the time they then are to fill.
TRIAL, USED = 50, 0.92
# A slice later than this part of the whole: the deadline hurries the search.
LATE = 0.02


@dataclass(frozen=True, slots=True)
class Found:
    """First stands (N) of a valid placement, and a bound (points) that none can beat."""

    starts: NDArray[np.int32]
    bound: int
    stopped_by_time: bool = False


def search(
    terms: Terms,
    first: NDArray[np.int32],
    *,
    seed: int,
    work: int | None = None,
    deadline: float | None = None,
    say: Say | None = None,
    stop: Stop | None = None,
    bound_work: int | None = None,
) -> Found:
    """A good placement of many exhibitors, and how far from the best it can be.

    Args:
        terms: the problem in numbers.
        first: a valid placement to start from; who has no stand in it is given one first.
        seed: of the search's chances; the same seed and work, the same placement.
        work: units to spend; None: what the deadline allows on this machine, or `usual_work`.
        deadline: of `time.monotonic`; a search it shortens says ``stopped_by_time``.
        say: told of cost, bound and better placements on the way.
        stop: asked now and then; True ends the search.
        bound_work: units of ``work`` that the bound takes; None: a fixed share.

    """
    starts = completed(terms, first)
    run = _Run(terms, starts, value_of(terms, starts), alone(terms), deadline, say, stop)
    run.tell(new=True)
    # The compiler works while the first assignments are solved.
    compiling = threading.Thread(target=ready)
    compiling.start()
    if work is None and deadline is None:
        work = usual_work(len(terms.size))
    blocks = _find_bound(run, work, bound_work)
    compiling.join()
    _anneal(run, seed, work, bound_work, blocks)
    return Found(run.starts, min(run.bound, run.cost), run.late and run.bound < run.cost)


@dataclass(slots=True)
class _Run:
    """The best so far; one thread makes placements, another the bound."""

    terms: Terms
    starts: NDArray[np.int32]
    cost: int
    bound: int
    deadline: float | None
    say: Say | None
    stop: Stop | None
    late: bool = False
    begun: float = field(default_factory=time.monotonic)

    def offer(self, starts: NDArray[np.int32]) -> None:
        """Take a placement if it is better, and tell."""
        cost = value_of(self.terms, starts)
        if cost < self.cost:
            self.starts, self.cost = starts, cost
            self.tell(new=True)

    def tell(self, *, new: bool = False) -> None:
        if self.say is not None:
            self.say(self.cost, min(self.bound, self.cost), self.starts if new else None)

    def spent(self) -> float:
        """How much of the time is over, 0 to 1; 0 without a deadline."""
        if self.deadline is None:
            return 0.0
        return (time.monotonic() - self.begun) / max(self.deadline - self.begun, 1e-9)

    def stopped(self) -> bool:
        return self.stop is not None and self.stop()


def usual_work(exhibitors: int) -> int:
    """Units when nobody says: enough for a good placement, some seconds to a minute."""
    return 4000 + 12 * exhibitors


def steps_for(terms: Terms, units: int) -> int:
    """Assignments of the bound that take as long as so many units."""
    cells = float(terms.size.sum()) * len(terms.zone)
    return max(1, int(units / (9 * max(cells / 44_000, 0.01) ** 1.08)))


def _find_bound(run: _Run, work: int | None, bound_work: int | None) -> NDArray[np.int32] | None:
    """The bound; returns each exhibitor's blocks that are worth trying."""

    def better(points: int) -> None:
        run.bound = max(run.bound, points)
        run.tell()

    deadline, steps = run.deadline, MOST_STEPS
    if work is not None or bound_work is not None:
        steps = min(steps, steps_for(run.terms, _bound_units(work or 0, bound_work)))
    elif deadline is not None:
        deadline = run.begun + BOUND_SHARE * (deadline - run.begun)
    hoped = int(HOPED * run.cost)
    found = lower_bound(run.terms, hoped, steps=steps, deadline=deadline, stop=run.stop, say=better)
    run.bound = max(run.bound, found.points)
    return found.blocks


def _bound_units(work: int, bound_work: int | None) -> int:
    return int(work * BOUND_SHARE) if bound_work is None else bound_work


def _anneal(
    run: _Run, seed: int, work: int | None, bound_work: int | None, blocks: NDArray[np.int32] | None
) -> None:
    if kernel() is None:
        return
    made = board(run.terms, run.starts, seed, blocks)
    units = _affordable(run, seed, blocks) if work is None else work - _bound_units(work, bound_work)
    cost = run.cost
    done, proposals, begun = 0.0, max(1, units * 1000 // SLICES), run.spent()
    while done < 1 - 1e-9 and not run.stopped():
        passed = 0.0 if run.deadline is None else (run.spent() - begun) / max(1 - begun, 1e-9)
        if passed > done + LATE:
            run.late, done = True, passed
        after = min(1.0, done + 1 / SLICES)
        cost += made.run(proposals, HOT * (COOL / HOT) ** min(done, 1), HOT * (COOL / HOT) ** after)
        done = after
        if cost < run.cost:
            run.offer(made.starts())
        else:
            run.tell()


def _affordable(run: _Run, seed: int, blocks: NDArray[np.int32] | None) -> int:
    """Units for which the time will do, from how long a few proposals take here and now."""
    trial = board(run.terms, run.starts, seed, blocks)
    before = time.monotonic()
    trial.run(1000 * TRIAL, COOL, COOL)
    pace = max(time.monotonic() - before, 1e-6) / TRIAL
    left = 0.0 if run.deadline is None else run.deadline - time.monotonic()
    return max(1, int(USED * left / pace))
