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
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from village.floor.allocation.problem import Plan, Problem
    from village.floor.allocation.terms import Terms

# Up to so many exhibitors a proof comes in seconds; from about 150 on it takes minutes.
MOST_EXACT = 100
# A unit of work is a thousand proposals of the large search; a node of the exact search takes as long as these.
UNITS_PER_NODE = 10
# What the exact search may spend when nobody says; far more than fairs of its size were seen to need.
NODES = 50_000
# What the large search may spend when nobody says: some seconds for a thousand exhibitors.
WORK = 20_000


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
        previous: an earlier plan; each exhibitor that it placed pays ``move_cost`` points for any other place.
        move_cost: points of a move; they lead the search but are not in the result's cost.
        order: codes of the exhibitors as drawn, for the mode by lot.
        on_progress: told of phase, cost, bound and better plans on the way.
        stop: asked now and then; True ends the search with the best plan so far.

    Returns:
        The plan with the judge's figures.  With a previous plan the bound is one for plans with as few moves.

    """
    deadline = None if budget is None else time.monotonic() + budget
    say = on_progress or (lambda _: None)
    if mode is Mode.LOT:
        return _by_lot(problem, seed, order, say, stop)
    terms = problem.rules.terms(problem)
    task = _Task(problem, terms, terms, seed, work, deadline, say, stop)
    if previous:
        before = previous_starts(terms, problem, previous)
        task = replace(task, terms=with_moves(terms, before, move_cost), before=before)
    if mode is Mode.PRIORITY:
        return _by_priority(task)
    return _balanced(task)


@dataclass(frozen=True)
class _Task:
    """What a search works on: ``terms`` with what moves cost, ``plain`` without."""

    problem: Problem
    terms: Terms
    plain: Terms
    seed: int
    work: int | None
    deadline: float | None
    say: OnProgress
    stop: Stop | None
    before: NDArray[np.int32] | None = None

    def tell(self, phase: str, cost: int | None, bound: int | None, starts: NDArray[np.int32] | None) -> None:
        """Pass on what a search tells."""
        plan = None if starts is None else self.terms.plan(starts)
        self.say(Progress(phase, cost, bound, plan))

    def result(self, starts: NDArray[np.int32], bound: int, mode: Mode, *, late: bool) -> Allocation:
        """The placement as the judge sees it."""
        plan = self.terms.plan(starts)
        cost = score(self.problem, plan)
        # What the moves add to the search's figures is taken off its bound: a bound for as few moves.
        bound = min(bound - (value_of(self.terms, starts) - cost.total), cost.total)
        proof = Proof.PROVEN if bound == cost.total else Proof.STOPPED
        self.say(Progress("done", cost.total, bound, plan))
        return Allocation(plan, cost, bound, proof, mode, late and proof is not Proof.PROVEN)


def _balanced(task: _Task) -> Allocation:
    first = first_of(task)
    task.tell("first_plan", value_of(task.terms, first), None, first)
    if len(task.terms.exhibitors) <= MOST_EXACT:
        from village.floor.allocation.exact import solve

        solved = solve(
            task.terms,
            first=first,
            seed=task.seed,
            nodes=NODES if task.work is None else max(1, task.work // UNITS_PER_NODE),
            deadline=task.deadline,
            say=lambda cost, bound, starts: task.tell("search", cost, bound, starts),
            stop=task.stop,
        )
        return task.result(solved.starts, solved.bound, Mode.BALANCED, late=solved.stopped_by_time)
    from village.floor.allocation.large import search

    found = search(
        task.terms,
        first,
        seed=task.seed,
        work=WORK if task.work is None else task.work,
        deadline=task.deadline,
        say=lambda cost, bound, starts: task.tell("search", cost, bound, starts),
        stop=task.stop,
    )
    return task.result(found.starts, found.bound, Mode.BALANCED, late=found.stopped_by_time)


def first_of(task: _Task) -> NDArray[np.int32]:
    """Where a search starts: what can stay of the previous plan, or the pins alone."""
    return kept(task.terms, task.terms.pinned if task.before is None else task.before)


def _by_priority(task: _Task) -> Allocation:
    from village.floor.allocation.priority import place

    placed = place(
        task.terms,
        task.plain,
        seed=task.seed,
        work=task.work,
        deadline=task.deadline,
        say=lambda cost, bound, starts: task.tell("priority", cost, bound, starts),
        stop=task.stop,
    )
    return task.result(placed.starts, placed.bound, Mode.PRIORITY, late=placed.stopped_by_time)


def _by_lot(problem: Problem, seed: int, order: Sequence[str] | None, say: OnProgress, stop: Stop | None) -> Allocation:
    from village.floor.allocation.lot import draw, order_by_lot

    drawn = order_by_lot(problem, lot_seed(seed)) if order is None else order
    found = draw(problem, drawn, stop=stop)
    say(Progress("done", found.cost.total, found.bound, found.plan))
    return found


def lot_seed(seed: int) -> bytes:
    """The 32 bytes that a lot takes from a number: SHA-256 of its decimal digits."""
    return hashlib.sha256(str(seed).encode()).digest()
