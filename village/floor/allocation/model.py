"""The exact model: one yes-or-no per exhibitor and suitable stand, and one per thing that costs.

The pair terms are written per stand (``x[a,s] + Σ x[b,t near s] ≤ 1 + c``): so the relaxation is
tight and the proof takes seconds; a single row per pair would leave the solver to branch for hours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from village.floor.allocation.cost import is_far, nearest_entrance
from village.floor.rules import Stand, WishKind, nearer_than, objections, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from village.floor.allocation.problem import Exhibitor, Plan, Problem

INFINITY = float("inf")
# A solver's yes is 1.0 give or take a rounding; anything above a half is a yes.
YES = 0.5


@dataclass(slots=True)
class Rows:
    """A sparse matrix by rows, as the solver takes it."""

    starts: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)

    def add(self, terms: Iterable[tuple[int, float]], lower: float, upper: float) -> None:
        """Add one row: lower ≤ Σ value · column ≤ upper."""
        self.starts.append(len(self.columns))
        for column, value in terms:
            self.columns.append(column)
            self.values.append(value)
        self.lower.append(lower)
        self.upper.append(upper)


@dataclass(slots=True)
class Model:
    """Costs and upper bounds of the columns (all whole, from 0), the rows, and what `x` stands for."""

    x: dict[tuple[str, str], int] = field(default_factory=dict)
    unplaced: dict[str, int] = field(default_factory=dict)
    costs: list[float] = field(default_factory=list)
    uppers: list[float] = field(default_factory=list)
    rows: Rows = field(default_factory=Rows)

    def column(self, cost: float, upper: float = 1.0) -> int:
        """Add a whole column from 0 to ``upper`` and return its index."""
        self.costs.append(cost)
        self.uppers.append(upper)
        return len(self.costs) - 1

    def plan(self, solution: Iterable[float]) -> dict[str, str]:
        """The plan a solution vector says."""
        values = list(solution)
        return {who: stand for (who, stand), column in self.x.items() if values[column] > YES}


def suitable_stands(problem: Problem) -> dict[str, tuple[Stand, ...]]:
    """For each exhibitor, the stands it may get: hard needs, reserves and pins respected."""
    pinned_stands = set(problem.pins.values())
    by_code = {each.code: each for each in problem.stands}
    found: dict[str, tuple[Stand, ...]] = {}
    for who in problem.exhibitors:
        if who.code in problem.pins:
            found[who.code] = (by_code[problem.pins[who.code]],)
            continue
        found[who.code] = tuple(
            stand
            for stand in problem.stands
            if stand.code not in pinned_stands and not objections(stand, who.code, who.needs)
        )
    return found


def build(problem: Problem) -> Model:
    """The model of a problem; the same problem gives the same model, column by column."""
    model, suitable = Model(), suitable_stands(problem)
    for who in problem.exhibitors:
        for stand in suitable[who.code]:
            model.x[who.code, stand.code] = model.column(_own_cost(problem, who, stand))
        if who.code not in problem.pins:
            model.unplaced[who.code] = model.column(problem.rules.weights.unplaced)
    _place_rows(problem, model, suitable)
    for wish in problem.wishes:
        pair = (suitable[wish.a], suitable[wish.b])
        if wish.kind is WishKind.APART:
            _apart_rows(problem, model, (wish.a, wish.b), pair)
        else:
            _together_rows(problem, model, (wish.a, wish.b), pair)
    _province_rows(problem, model)
    return model


def _own_cost(problem: Problem, who: Exhibitor, stand: Stand) -> int:
    weights = problem.rules.weights
    far = weights.poor_again if who.poor_place_last_year and is_far(problem, stand) else 0
    return far + (weights.out_of_zone if stand.zone != who.zone else 0)


def _place_rows(problem: Problem, model: Model, suitable: Mapping[str, tuple[Stand, ...]]) -> None:
    for who in problem.exhibitors:
        places = [(model.x[who.code, stand.code], 1.0) for stand in suitable[who.code]]
        spare = [(model.unplaced[who.code], 1.0)] if who.code in model.unplaced else []
        model.rows.add(places + spare, 1.0, 1.0)
    holders: dict[str, list[tuple[int, float]]] = {}
    for (_, stand_code), column in model.x.items():
        holders.setdefault(stand_code, []).append((column, 1.0))
    for terms in holders.values():
        model.rows.add(terms, -INFINITY, 1.0)


def _apart_rows(problem: Problem, model: Model, pair: tuple[str, str], suitable: tuple[tuple[Stand, ...], ...]) -> None:
    broken = model.column(problem.rules.weights.apart_broken)
    a, b = pair
    for stand in suitable[0]:
        near = [other for other in suitable[1] if nearer_than(stand.box, other.box, problem.rules.apart_cm)]
        if near:
            terms = [(model.x[b, other.code], 1.0) for other in near]
            model.rows.add([(model.x[a, stand.code], 1.0), *terms, (broken, -1.0)], -INFINITY, 1.0)


def _together_rows(
    problem: Problem, model: Model, pair: tuple[str, str], suitable: tuple[tuple[Stand, ...], ...]
) -> None:
    broken = model.column(problem.rules.weights.together_broken)
    a, b = pair
    # Both ways round: the second set of rows cuts off halves that the first one lets through.
    ways = ((a, b, suitable[0], suitable[1]), (b, a, suitable[1], suitable[0]))
    for one, other, here, there in ways:
        for stand in here:
            beside = [(model.x[other, s.code], -1.0) for s in there if side_by_side(stand, s)]
            model.rows.add([(model.x[one, stand.code], 1.0), *beside, (broken, -1.0)], -INFINITY, 0.0)
        if one in model.unplaced:
            model.rows.add([(model.unplaced[one], 1.0), (broken, -1.0)], -INFINITY, 0.0)


def _province_rows(problem: Problem, model: Model) -> None:
    near, rules = set(nearest_entrance(problem)), problem.rules
    province = {who.code: who.province for who in problem.exhibitors}
    held: dict[str, list[tuple[int, float]]] = {}
    for (who_code, stand_code), column in model.x.items():
        if stand_code in near:
            held.setdefault(province[who_code], []).append((column, 1.0))
    for _, terms in sorted(held.items()):
        over = model.column(rules.weights.province_over, float(len(near)))
        model.rows.add([*terms, (over, -1.0)], -INFINITY, float(rules.province_limit))


def start_values(model: Model, problem: Problem, plan: Plan) -> list[float]:
    """Values of the columns that say a plan; columns of charges are left for the solver to complete."""
    values = [0.0] * len(model.costs)
    for (code, stand), column in model.x.items():
        if plan.get(code) == stand:
            values[column] = 1.0
    for who in problem.exhibitors:
        if who.code in model.unplaced and who.code not in plan:
            values[model.unplaced[who.code]] = 1.0
    return values
