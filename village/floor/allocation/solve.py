"""The exact solver: HiGHS on the tight model, the same answer on every run.

Inputs are sorted, one thread and one fixed seed are used; only a stop or a limit on work ends the
search early, and then the plan is still valid and says how far from the best it can be at most.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from village.floor.allocation.cost import Cost, cost_of
from village.floor.allocation.model import Model, build, start_values, suitable_stands
from village.floor.allocation.problem import OnProgress, Plan, Problem, Progress, Proof, Stop

# The solver and its arrays are loaded where it is called: the pages that only show plans start without them.
if TYPE_CHECKING:
    import highspy

# Bounds come back as floats; every cost is whole, so anything this near above a whole is that whole.
BOUND_SLACK = 1e-6
# What the solver says for "no bound yet" is a number beyond every cost.
NO_BOUND = 1e15


@dataclass(frozen=True, slots=True)
class Allocation:
    """A valid plan, its cost as the judge counts it, and the bound no plan can beat (points).

    ``proof`` is PROVEN only when the bound meets the cost.
    """

    plan: Plan
    cost: Cost
    bound: int
    proof: Proof

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Codes of the exhibitors without a stand."""
        return tuple(each.exhibitors[0] for each in self.cost.charges if each.code == "unplaced")


def allocate(
    problem: Problem,
    *,
    seed: int = 0,
    nodes: int | None = None,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
) -> Allocation:
    """The best plan, proven, unless ``stop`` says so or ``nodes`` (search nodes) are used up first.

    The same problem, seed and nodes give the same plan, whatever the order of the input.
    """
    import highspy

    say = on_progress or (lambda _: None)
    first = first_plan(problem)
    say(Progress("first_plan", cost_of(problem, first).total, None))
    if not problem.exhibitors:
        return Allocation({}, cost_of(problem, {}), 0, Proof.PROVEN)
    model = build(problem)
    solver = _solver(model, seed=seed, nodes=nodes)
    _watch(solver, say, stop)
    start = highspy.HighsSolution()
    start.col_value = start_values(model, problem, first)
    solver.setSolution(start)
    solver.run()
    return _read(problem, model, solver, first, say)


def _solver(model: Model, *, seed: int, nodes: int | None) -> highspy.Highs:
    import highspy
    import numpy as np

    lp, rows = highspy.HighsLp(), model.rows
    lp.num_col_, lp.num_row_ = len(model.costs), len(rows.lower)
    lp.col_cost_ = np.array(model.costs)
    lp.col_lower_, lp.col_upper_ = np.zeros(len(model.costs)), np.array(model.uppers)
    lp.row_lower_, lp.row_upper_ = np.array(rows.lower), np.array(rows.upper)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array([*rows.starts, len(rows.columns)], dtype=np.int32)
    lp.a_matrix_.index_ = np.array(rows.columns, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(rows.values)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(model.costs)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # the library types its values, not its door
    options: dict[str, bool | int | float] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": seed,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.0,
    }
    if nodes is not None:
        options["mip_max_nodes"] = nodes
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(lp)
    return solver


def _watch(solver: highspy.Highs, say: OnProgress, stop: Stop | None) -> None:
    def logged(event: highspy.highs.HighsCallbackEvent) -> None:
        cost, bound = event.data_out.mip_primal_bound, event.data_out.mip_dual_bound
        say(Progress("search", _whole(cost), _whole(bound)))

    def interrupted(event: highspy.highs.HighsCallbackEvent) -> None:
        if stop is not None and stop():
            event.interrupt()

    solver.cbMipLogging += logged
    if stop is not None:
        solver.cbMipInterrupt += interrupted
        solver.cbSimplexInterrupt += interrupted


def _whole(value: float) -> int | None:
    """A bound as a whole number rounded up, or None while there is none."""
    if not math.isfinite(value) or abs(value) > NO_BOUND:
        return None
    return math.ceil(value - BOUND_SLACK)


def _read(problem: Problem, model: Model, solver: highspy.Highs, first: Plan, say: OnProgress) -> Allocation:
    solution = solver.getSolution()
    plans: list[Plan] = [first]
    if solution.value_valid:
        plans.append(dict(sorted(model.plan(solution.col_value).items())))
    costs = [cost_of(problem, plan) for plan in plans]
    valid = [(cost.total, -index) for index, cost in enumerate(costs) if not cost.broken]
    best = -min(valid)[1] if valid else 0
    bound = max(_whole(solver.getInfo().mip_dual_bound) or 0, 0)
    cost = costs[best]
    bound = min(bound, cost.total)
    proof = Proof.PROVEN if bound == cost.total else Proof.STOPPED
    say(Progress("done", cost.total, bound))
    return Allocation(plans[best], cost, bound, proof)


def first_plan(problem: Problem) -> dict[str, str]:
    """A plan with as many exhibitors as possible on suitable stands (augmenting paths), wishes aside.

    It is where the search starts, and what is left when it is stopped at once.
    """
    suitable = suitable_stands(problem)
    zone = {who.code: who.zone for who in problem.exhibitors}
    holder: dict[str, str] = {}

    def seat(who: str, tried: set[str]) -> bool:
        for stand in sorted(suitable[who], key=lambda each: (each.zone != zone[who], each.code)):
            if stand.code in tried:
                continue
            tried.add(stand.code)
            if stand.code not in holder or seat(holder[stand.code], tried):
                holder[stand.code] = who
                return True
        return False

    for who in sorted(suitable, key=lambda code: (len(suitable[code]), code)):
        seat(who, set())
    return dict(sorted((who, stand) for stand, who in holder.items()))
