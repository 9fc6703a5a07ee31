"""The search for large fairs: zone prices and a bound, annealing, and neighbourhoods placed anew by the exact solver.

All is counted in work, never in time: one unit is a thousand proposals of the annealing; what the other parts take
is stated in these units.  A deadline without work only chooses how much there is to be; a deadline that cuts a
search short is told in the result.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.anneal import board, kernel, ready
from village.floor.allocation.bound import MOST_STEPS, alone, load_solver, lower_bound
from village.floor.allocation.changes import kept
from village.floor.allocation.greedy import completed
from village.floor.allocation.neighbourhoods import Limits, improve
from village.floor.allocation.terms import NEVER, value_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from village.floor.allocation.search import Stop
    from village.floor.allocation.terms import Terms

Say = Callable[["int | None", "int | None", "NDArray[np.int32] | None"], None]
"""Told now and then: best cost, bound, and the placement where it is new."""

# What parts of the work the bound and, up to so many exhibitors, the neighbourhoods take.
BOUND_SHARE, POLISH_SHARE, POLISHED = 0.15, 0.08, 2000
# Units that one assignment of 200 to 220 takes, and one neighbourhood.
STEP_UNITS, ROUND_UNITS = 14, 90
# Temperatures, in parts of what an exhibitor loses on a middling block; the first makes and breaks clusters.
HOT, COOL = 0.3, 0.02
# What part of the first plan's points one may hope to come down to.
HOPED = 0.69
# Into how many slices the annealing is cut at least, and the most units of one: between them time and stop are
# looked at.
SLICES, SLICE_UNITS = 150, 150
# Units that are tried to see how fast this machine is, and how much of the time they then are to fill.
TRIAL, USED = 50, 0.95
# For how much of the time the compiler may be waited for, where it has not run here before.
AWAITED = 0.6
# Of the time, what is left for judging and writing: a part, and seconds.
LEFT, LEFT_SECONDS = 0.005, 0.03
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
    run = _Run(terms, starts, value_of(terms, starts), alone(terms), seed, deadline, say, stop)
    run.tell(new=True)
    # The compiler works while the assignments are solved.
    compiling = threading.Thread(target=ready, daemon=True)
    compiling.start()
    if work is None and deadline is None:
        work = usual_work(len(terms.size))
    shares = _Shares.of(run, work, bound_work)
    blocks = _find_bound(run, shares)
    last = run.until(AWAITED)
    compiling.join(None if last is None else max(0.0, last - time.monotonic()))
    if compiling.is_alive():
        # The time is too short to wait for the compiler: the neighbourhoods take it all.
        run.annealing, run.late, shares = False, True, _Shares(shares.bound, None, None)
    if run.annealing:
        _anneal(run, shares.anneal, blocks)
    _polish(run, shares, blocks)
    return Found(run.starts, min(run.bound, run.cost), run.late and run.bound < run.cost)


def usual_work(exhibitors: int) -> int:
    """Units when nobody says: enough for a good placement, some seconds to half a minute."""
    return 4000 + 8 * exhibitors


def work_for(exhibitors: int, seconds: float) -> int:
    """Units that a machine of our days makes in so many seconds, in one thread."""
    return max(1, int(seconds * 2200 / (1 + exhibitors / 6000)))


@dataclass(frozen=True, slots=True)
class _Shares:
    """Units of each part; None where the time decides."""

    bound: int | None
    anneal: int | None
    polish: int | None

    @classmethod
    def of(cls, run: _Run, work: int | None, bound_work: int | None) -> _Shares:
        if work is None:
            return cls(bound_work, None, None)
        bound = int(work * BOUND_SHARE) if bound_work is None else min(bound_work, work)
        polish = int(work * run.polish_share())
        return cls(bound, max(1, work - bound - polish), polish)


@dataclass(slots=True)
class _Run:
    """The best so far, and what the search was asked."""

    terms: Terms
    starts: NDArray[np.int32]
    cost: int
    bound: int
    seed: int
    deadline: float | None
    say: Say | None
    stop: Stop | None
    annealing: bool = field(default_factory=lambda: kernel() is not None)
    late: bool = False
    begun: float = field(default_factory=time.monotonic)

    def offer(self, starts: NDArray[np.int32]) -> None:
        """Take a placement if it is better, and tell."""
        cost = value_of(self.terms, starts)
        if cost < self.cost:
            self.starts, self.cost = starts, cost
            self.tell(new=True)

    def tell(self, *, new: bool = False) -> None:
        """Tell cost and bound, and the placement where it is new."""
        if self.say is not None:
            self.say(self.cost, min(self.bound, self.cost), self.starts if new else None)

    def stopped(self) -> bool:
        """Whether someone wants the search to end."""
        return self.stop is not None and self.stop()

    def until(self, part: float) -> float | None:
        """When a part of the time is over; None without a deadline."""
        if self.deadline is None:
            return None
        whole = self.deadline - self.begun
        return min(self.begun + part * whole, self.deadline - LEFT * whole - LEFT_SECONDS)

    def polish_share(self) -> float:
        """What part of all the neighbourhoods take: all that the bound leaves, where nothing can be annealed."""
        if not self.annealing:
            return 1 - BOUND_SHARE
        return POLISH_SHARE if len(self.terms.size) <= POLISHED else 0.0


def _find_bound(run: _Run, shares: _Shares) -> NDArray[np.int32] | None:
    """The bound; returns each exhibitor's blocks that are worth trying."""

    def better(points: int) -> None:
        run.bound = max(run.bound, points)
        run.tell()

    load_solver()
    steps, deadline = MOST_STEPS, run.deadline
    if shares.bound is not None:
        steps = min(steps, _steps(run.terms, shares.bound))
    elif deadline is not None:
        deadline = time.monotonic() + BOUND_SHARE * (deadline - run.begun)
    hoped = int(HOPED * run.cost)
    found = lower_bound(run.terms, hoped, steps=steps, deadline=deadline, stop=run.stop, say=better)
    better(found.points)
    if found.starts is not None:
        run.offer(completed(run.terms, kept(run.terms, found.starts)))
    return found.blocks


def _steps(terms: Terms, units: int) -> int:
    """Assignments of the bound that take as long as so many units; one at least, which leads the annealing."""
    cells = float(terms.size.sum()) * len(terms.zone)
    return max(1, int(units / (STEP_UNITS * max(cells / 46_000, 0.1) ** 1.05)))


def _anneal(run: _Run, units: int | None, blocks: NDArray[np.int32] | None) -> None:
    made = board(run.terms, run.starts, run.seed, blocks)
    end, begun, cost = run.until(1 - run.polish_share()), time.monotonic(), run.cost
    if units is None:
        units = _affordable(run, end or begun, blocks)
    hot, cool = (part * _scale(run.terms) for part in (HOT, COOL))
    slices = max(SLICES, -(-units // SLICE_UNITS))
    done, proposals = 0.0, max(1, units * 1000 // slices)
    while done < 1 - 0.5 / slices and not run.stopped():
        passed = 0.0 if end is None else (time.monotonic() - begun) / max(end - begun, 1e-9)
        if passed > done + LATE:
            # Too little is left for all proposals: cool down faster.
            run.late, done = True, min(passed, 1.0)
        after = min(1.0, done + 1 / slices)
        cost += made.run(proposals, hot * (cool / hot) ** done, hot * (cool / hot) ** after)
        done = after
        if cost < run.cost:
            run.offer(made.starts())
        else:
            run.tell()


def _scale(terms: Terms) -> float:
    """Points that a middling block costs more than the best one: what "hot" is measured by."""
    sample = np.linspace(0, len(terms.size) - 1, min(200, len(terms.size))).astype(int)
    loss = []
    for who in sample.tolist():
        costs = terms.cost[who][terms.allowed[who]]
        if len(costs) > 1:
            loss.append(float(np.median(costs) - costs.min()))
    pairs = max(terms.spread, terms.apart_points, terms.beside_points + terms.zone_points)
    return max(1.0, float(np.mean(loss)) if loss else 1.0, min(pairs, NEVER) / 2)


def _affordable(run: _Run, end: float, blocks: NDArray[np.int32] | None) -> int:
    """Units for which the time will do, from how long a few proposals take here and now."""
    trial = board(run.terms, run.starts, run.seed, blocks)
    before = time.monotonic()
    trial.run(1000 * TRIAL, 1.0, 1.0)
    pace = max(time.monotonic() - before, 1e-6) / TRIAL
    return max(1, int(USED * (end - time.monotonic()) / pace))


def _polish(run: _Run, shares: _Shares, blocks: NDArray[np.int32] | None) -> None:
    """Place few after few anew; without numba this is the search."""
    end = run.until(1.0)
    rounds = (_rounds_in(run, end) if shares.polish is None else shares.polish) // ROUND_UNITS
    if not rounds or run.stopped():
        return
    limits = Limits(rounds, end, run.stop)
    done = improve(run.terms, run.starts, seed=run.seed, limits=limits, offer=run.offer, blocks=blocks)
    run.late |= done < rounds and not run.stopped()


def _rounds_in(run: _Run, end: float | None) -> int:
    """Units for which the time will do, where it decides."""
    left = 0.0 if end is None else max(0.0, end - time.monotonic())
    share = 1.0 if run.polish_share() else 0.0
    return int(share * USED * work_for(len(run.terms.size), left))
