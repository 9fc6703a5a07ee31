"""One door to every way of giving the stands: by mode, exact where a proof is within reach, searched beyond."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from village.floor.allocation.changes import kept, previous_starts, with_moves
from village.floor.allocation.score import score
from village.floor.allocation.search import Allocation, Mode, OnProgress, Progress, Proof, Stop
from village.floor.allocation.terms import value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from village.floor.allocation.exact import Say, Solved
    from village.floor.allocation.problem import Plan, Problem
    from village.floor.allocation.terms import Terms
    from village.floor.allocation.tight import Tight

# Up to so many exhibitors a proof comes in seconds; from about 150 on it takes minutes.
MOST_EXACT = 100
# From so many on the proof takes long enough for a good start to matter; and units that the start may take.
MOST_AT_ONCE, START_WORK = 60, 1000
# A unit of work is a thousand proposals of the large search; a node of the exact search takes as long as these.
UNITS_PER_NODE = 10
# What the exact search may spend when nobody says; far more than fairs of its size were seen to need.
NODES = 50_000


def allocate(  # noqa: PLR0913 - each is a choice of the organisers
    problem: Problem,
    *,
    mode: Mode = Mode.BALANCED,
    seed: int = 0,
    work: int | None = None,
    budget: float | None = None,
    previous: Plan | None = None,
    move_cost: int = 0,
    order: Sequence[str] | None = None,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
) -> Allocation:
    """A valid plan, the best that the mode and the work allow, and how far from the best it can be.

    The same problem, mode, seed, work and previous plan give the same plan, whatever the order of the input,
    unless the result says ``stopped_by_time`` or ``stop`` ended the search.

    Args:
        problem: stands, exhibitors, wishes, rules and pins.
        mode: by what the stands are given.
        seed: of the searches' chances; by lot, the lot's seed where ``order`` is not given.
        work: how much to search, in thousands of proposals (ten of them a node of the exact search).
        budget: seconds after which the search stops early.
        previous: an earlier plan; the bound is then one for plans with as few moves.
        move_cost: what whoever it placed pays for any other place, in points that are not in the result's cost.
        order: codes of the exhibitors as drawn, for the mode by lot.
        on_progress: told of phase, cost, bound and better plans on the way.
        stop: asked now and then; True ends the search with the best plan so far.

    """
    deadline = None if budget is None else time.monotonic() + budget
    say = on_progress or (lambda _: None)
    if mode is Mode.LOT:
        found = _by_lot(problem, lot_seed(seed) if order is None else order, say, _until(deadline, stop))
        return replace(found, stopped_by_time=deadline is not None and time.monotonic() >= deadline)
    terms = problem.rules.terms(problem)
    task = _Task(problem, terms, terms, seed, work, deadline, say, stop).near(previous, move_cost)
    return task.result(_by_priority(task) if mode is Mode.PRIORITY else _balanced(task), mode)


@dataclass(frozen=True)
class _Task:
    """What a search works on: ``terms`` with what moves cost, ``plain`` without; ``before``: the previous places."""

    problem: Problem
    terms: Terms
    plain: Terms
    seed: int
    work: int | None
    deadline: float | None
    say: OnProgress
    stop: Stop | None
    before: NDArray[np.int32] | None = None

    @property
    def small(self) -> bool:
        """Whether a proof is within reach."""
        return len(self.terms.exhibitors) <= MOST_EXACT

    def near(self, previous: Plan | None, move_cost: int) -> _Task:
        """The same task where moves from an earlier plan cost so much; the same one where there is none."""
        if not previous:
            return self
        before = previous_starts(self.plain, self.problem, previous)
        return replace(self, terms=with_moves(self.plain, before, move_cost), before=before)

    def half(self) -> _Task:
        """The same task with half the work and half the time that is left; work nobody gave is as usual."""
        work = None if self.work is None else max(1, self.work // 2)
        left = None if self.deadline is None else self.deadline - time.monotonic()
        return replace(self, work=work, deadline=None if left is None else time.monotonic() + max(0.0, left / 2))

    def tell(self, phase: str, cost: int | None, bound: int | None, starts: NDArray[np.int32] | None) -> None:
        """Pass on what a search tells."""
        plan = None if starts is None else self.terms.plan(starts)
        self.say(Progress(phase, cost, bound, plan))

    def result(self, found: Solved, mode: Mode) -> Allocation:
        """The placement as the judge sees it."""
        plan = self.terms.plan(found.starts)
        cost = score(self.problem, plan)
        # What the moves add to the search's figures is taken off its bound: a bound for as few moves.
        bound = min(found.bound - (value_of(self.terms, found.starts) - cost.total), cost.total)
        proof = Proof.PROVEN if bound == cost.total else Proof.STOPPED
        self.say(Progress("done", cost.total, bound, plan))
        return Allocation(plan, cost, bound, proof, mode, found.stopped_by_time)


def _search(task: _Task, first: NDArray[np.int32], say: Say, extra: Callable[[Tight], None] | None = None) -> Solved:
    """The best placement within reach: exact for small fairs, by very many small exchanges for large ones."""
    from village.floor.allocation.exact import Solved, solve

    if not task.small:
        return _by_exchanges(task, first, say)
    start = Solved(first, 0, proven=False)
    if extra is None and len(first) > MOST_AT_ONCE:
        start = _good_start(task, first, say)
    found = solve(
        task.terms,
        first=start.starts,
        seed=task.seed,
        nodes=NODES if task.work is None else max(1, task.work // UNITS_PER_NODE),
        deadline=task.deadline,
        say=say,
        stop=task.stop,
        extra=extra,
    )
    return replace(found, stopped_by_time=found.stopped_by_time or start.stopped_by_time)


def _good_start(task: _Task, first: NDArray[np.int32], say: Say) -> Solved:
    """A placement near the best for the exact search to begin with, in a part of the work and the time."""
    work = START_WORK if task.work is None else min(START_WORK, task.work // 2)
    left = None if task.deadline is None else task.deadline - time.monotonic()
    deadline = None if left is None else time.monotonic() + max(0.0, left / 4)
    return _by_exchanges(replace(task, work=work, deadline=deadline), first, say, bound_work=0)


def _by_exchanges(task: _Task, first: NDArray[np.int32], say: Say, bound_work: int | None = None) -> Solved:
    from village.floor.allocation.exact import Solved
    from village.floor.allocation.large import search

    found = search(
        task.terms,
        first,
        seed=task.seed,
        work=task.work,
        deadline=task.deadline,
        say=say,
        stop=task.stop,
        bound_work=bound_work,
    )
    return Solved(found.starts, found.bound, proven=False, stopped_by_time=found.stopped_by_time)


def _balanced(task: _Task, phase: str = "search") -> Solved:
    first = _first(task)
    task.tell("first_plan", value_of(task.terms, first), None, first)
    return _search(task, first, lambda cost, bound, starts: task.tell(phase, cost, bound, starts))


def _first(task: _Task) -> NDArray[np.int32]:
    """Where a search starts: what can stay of the previous plan, and the others where it costs least."""
    from village.floor.allocation.greedy import completed, first_starts

    return first_starts(task.terms) if task.before is None else completed(task.terms, kept(task.terms, task.before))


def _by_priority(task: _Task) -> Solved:
    from village.floor.allocation.priority import by_priority

    balanced = _balanced(task.half(), "balanced")
    rest = replace(task, work=task.half().work)

    def told(starts: NDArray[np.int32]) -> None:
        task.tell("priority", value_of(task.terms, starts), balanced.bound, starts)

    def heard(cost: int | None, _: int | None, starts: NDArray[np.int32] | None) -> None:
        task.tell("priority", cost, balanced.bound, starts)

    def search(
        terms: Terms,
        starts: NDArray[np.int32],
        extra: Callable[[Tight], None] | None,
        last: bool,  # noqa: FBT001
    ) -> Solved:
        part = replace(rest, work=rest.half().work) if last else rest.half()
        return _search(replace(part, terms=terms), starts, heard, extra)

    return by_priority(
        task.terms,
        task.plain,
        balanced,
        search=search,
        small=task.small,
        told=told,
    )


def _by_lot(problem: Problem, order: Sequence[str] | bytes, say: OnProgress, stop: Stop | None) -> Allocation:
    from village.floor.allocation.lot import draw, order_by_lot

    found = draw(problem, order_by_lot(problem, order) if isinstance(order, bytes) else order, stop=stop)
    say(Progress("done", found.cost.total, found.bound, found.plan))
    return found


def _until(deadline: float | None, stop: Stop | None) -> Stop | None:
    if deadline is None:
        return stop
    return lambda: time.monotonic() >= deadline or (stop is not None and stop())


def lot_seed(seed: int) -> bytes:
    """The 32 bytes that a lot takes from a number: SHA-256 of its decimal digits."""
    return hashlib.sha256(str(seed).encode()).digest()
