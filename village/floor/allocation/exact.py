"""The exact solver: HiGHS on the tight model, the same answer on every run.

Inputs are sorted, one thread and one fixed seed are used; a stop, a deadline or a limit of search nodes ends the
search early, and then the placement is still valid and the bound says how far from the best it can be at most.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from village.floor.allocation.bound import alone
from village.floor.allocation.terms import value_of
from village.floor.allocation.tight import build

# The solver is loaded where it is called: the pages that only show plans start without it.
if TYPE_CHECKING:
    import highspy
    from numpy.typing import NDArray

    from village.floor.allocation.search import Stop
    from village.floor.allocation.terms import Terms
    from village.floor.allocation.tight import Tight

# Bounds come back as floats; every cost is whole, so anything this near above a whole is that whole.
BOUND_SLACK = 1e-3
# What the solver says for "no bound yet" is a number beyond every cost.
NO_BOUND = 1e15

Say = Callable[["int | None", "int | None", "NDArray[np.int32] | None"], None]
"""Told now and then: best cost, bound, and the placement where it is new."""


@dataclass(frozen=True, slots=True)
class Solved:
    """First stands (N) of a valid placement, and a bound (points) that none can beat."""

    starts: NDArray[np.int32]
    bound: int
    proven: bool
    stopped_by_time: bool = False


def solve(
    terms: Terms,
    *,
    first: NDArray[np.int32] | None = None,
    seed: int = 0,
    nodes: int | None = None,
    deadline: float | None = None,
    say: Say | None = None,
    stop: Stop | None = None,
    extra: Callable[[Tight], None] | None = None,
) -> Solved:
    """The best placement, proven, unless a limit ends the search before.

    Args:
        terms: the problem in numbers.
        first: a valid placement to start from; without one, who is not pinned starts without a stand.
        seed: of the solver's own chances; the same seed, the same search.
        nodes: search nodes at most; None: no limit.
        deadline: of `time.monotonic`; a search it ends says ``stopped_by_time``.
        say: told of cost, bound and better placements on the way.
        stop: asked now and then; True ends the search.
        extra: adds rows of its own to the model; ``first`` obeys them.

    """
    begun = terms.pinned.copy() if first is None else np.asarray(first, dtype=np.int32)
    if not terms.exhibitors:
        return Solved(begun, terms.constant, proven=True)
    model = build(terms)
    if extra is not None:
        extra(model)
    solver = _solver(model, seed=seed, nodes=nodes)
    best = _Best(model, begun, value_of(terms, begun), say)
    _watch(solver, best, stop)
    solver.setSolution(_begin(model, begun))
    if deadline is not None:
        solver.setOptionValue("time_limit", max(0.0, deadline - time.monotonic()))
    solver.run()
    return _read(solver, best)


@dataclass(slots=True)
class _Best:
    """The best placement so far, its cost by `value_of`, and the best bound."""

    model: Tight
    starts: NDArray[np.int32]
    cost: int
    say: Say | None
    bound: int | None = None

    def offer(self, solution: Any) -> None:
        """Take a solution of the solver if it is better, and tell."""
        starts = self.model.starts(solution)
        cost = value_of(self.model.terms, starts)
        if cost < self.cost:
            self.starts, self.cost = starts, cost
            self.tell(starts)

    def tell(self, starts: NDArray[np.int32] | None = None) -> None:
        if self.say is not None:
            self.say(self.cost, self.bound, starts)


def _begin(model: Tight, starts: NDArray[np.int32]) -> highspy.HighsSolution:
    import highspy

    start = highspy.HighsSolution()
    start.col_value = model.solution(starts).tolist()
    return start


def _solver(model: Tight, *, seed: int, nodes: int | None) -> highspy.Highs:
    import highspy

    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # the library types its values, not its door
    options: dict[str, bool | int | float] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": seed % 2**31,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.0,
    }
    if nodes is not None:
        options["mip_max_nodes"] = nodes
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(model.lp())
    return solver


def _watch(solver: highspy.Highs, best: _Best, stop: Stop | None) -> None:
    def logged(event: highspy.highs.HighsCallbackEvent) -> None:
        bound = whole_bound(event.data_out.mip_dual_bound)
        if bound is not None:
            best.bound = min(max(bound, best.bound or bound), best.cost)
        best.tell()

    def improved(event: highspy.highs.HighsCallbackEvent) -> None:
        best.offer(event.data_out.mip_solution)

    def interrupted(event: highspy.highs.HighsCallbackEvent) -> None:
        if stop is not None and stop():
            event.interrupt()

    if best.say is not None:
        solver.cbMipLogging += logged
        solver.cbMipImprovingSolution += improved
    if stop is not None:
        solver.cbMipInterrupt += interrupted
        solver.cbSimplexInterrupt += interrupted


def whole_bound(value: float) -> int | None:
    """A bound as a whole number rounded up, or None while there is none."""
    if not math.isfinite(value) or abs(value) > NO_BOUND:
        return None
    return math.ceil(value - BOUND_SLACK)


def _read(solver: highspy.Highs, best: _Best) -> Solved:
    import highspy

    solution, terms = solver.getSolution(), best.model.terms
    if solution.value_valid:
        best.offer(solution.col_value)
    found = whole_bound(solver.getInfo().mip_dual_bound)
    lowest = alone(terms)
    bound = min(lowest if found is None else max(found, lowest), best.cost)
    ended = solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit
    return Solved(best.starts, bound, bound == best.cost, ended and bound < best.cost)
