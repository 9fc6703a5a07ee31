"""The judge: what a plan costs, in plain code that knows nothing of any solver.

Every figure shown to anybody comes from here; a solver never reports its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from village.floor.rules import (
    Objection,
    Stand,
    WishKind,
    median_x2,
    nearer_than,
    objections,
    side_by_side,
)

if TYPE_CHECKING:
    from village.floor.allocation.problem import Exhibitor, Plan, Problem


@dataclass(frozen=True, slots=True)
class Charge:
    """One thing that costs: its code, whom it concerns, its points."""

    code: str
    points: int
    exhibitors: tuple[str, ...] = ()
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """The sum of a plan's charges, with each charge, and the hard rules it breaks (none, in a valid plan)."""

    total: int
    charges: tuple[Charge, ...]
    broken: tuple[Objection, ...]

    @property
    def by_code(self) -> dict[str, int]:
        """Points per kind of charge, in alphabetical order of the codes."""
        sums: Counter[str] = Counter()
        for charge in self.charges:
            sums[charge.code] += charge.points
        return dict(sorted(sums.items()))


def cost_of(problem: Problem, plan: Plan) -> Cost:
    """What the plan costs under the problem's rule set.

    Points, lower is better: each exhibitor out of its sector's zone, each wish not granted, each
    poor place given again, each stand a province holds above its share of those nearest the
    entrance, each exhibitor without a stand.
    """
    stands = {each.code: each for each in problem.stands}
    charges: list[Charge] = []
    for each in problem.exhibitors:
        place = stands.get(plan.get(each.code, ""))
        charges += _own_charges(problem, each, place)
    charges += _wish_charges(problem, plan, stands)
    charges += _province_charges(problem, plan)
    return Cost(sum(each.points for each in charges), tuple(charges), broken_rules(problem, plan))


def _own_charges(problem: Problem, exhibitor: Exhibitor, stand: Stand | None) -> list[Charge]:
    weights, who = problem.rules.weights, (exhibitor.code,)
    if stand is None:
        return [Charge("unplaced", weights.unplaced, who)]
    found = []
    if stand.zone != exhibitor.zone:
        found.append(Charge("out_of_zone", weights.out_of_zone, who))
    if exhibitor.poor_place_last_year and is_far(problem, stand):
        found.append(Charge("poor_again", weights.poor_again, who))
    return found


def is_far(problem: Problem, stand: Stand) -> bool:
    """Whether the stand lies at or beyond the median distance of all stands to the entrance."""
    return 2 * stand.entrance_cm >= median_x2([each.entrance_cm for each in problem.stands])


def nearest_entrance(problem: Problem) -> tuple[str, ...]:
    """Codes of the watched stands nearest the entrance, nearest first; ties in order of code."""
    ordered = sorted(problem.stands, key=lambda each: (each.entrance_cm, each.code))
    return tuple(each.code for each in ordered[: problem.rules.near_entrance])


def _wish_charges(problem: Problem, plan: Plan, stands: dict[str, Stand]) -> list[Charge]:
    weights, found = problem.rules.weights, []
    for wish in problem.wishes:
        a, b = stands.get(plan.get(wish.a, "")), stands.get(plan.get(wish.b, ""))
        pair = (wish.a, wish.b)
        if wish.kind is WishKind.APART:
            if a and b and nearer_than(a.box, b.box, problem.rules.apart_cm):
                found.append(Charge("apart_broken", weights.apart_broken, pair))
        elif not (a and b and side_by_side(a, b)):
            found.append(Charge("together_broken", weights.together_broken, pair))
    return found


def _province_charges(problem: Problem, plan: Plan) -> list[Charge]:
    near = set(nearest_entrance(problem))
    held = Counter(each.province for each in problem.exhibitors if plan.get(each.code) in near)
    rules = problem.rules
    return [
        Charge("province_over", rules.weights.province_over * (count - rules.province_limit), (), code)
        for code, count in sorted(held.items())
        if count > rules.province_limit
    ]


def broken_rules(problem: Problem, plan: Plan) -> tuple[Objection, ...]:
    """Every hard rule the plan breaks: needs not met, stands given twice, unknown codes, pins moved."""
    stands = {each.code: each for each in problem.stands}
    exhibitors = {each.code: each for each in problem.exhibitors}
    found: list[Objection] = []
    holders: Counter[str] = Counter(plan.values())
    for code, stand_code in sorted(plan.items()):
        stand, exhibitor = stands.get(stand_code), exhibitors.get(code)
        if stand is None or exhibitor is None:
            found.append(Objection("placement_unknown", stand_code, code))
            continue
        # What the organiser pinned by hand was allowed by the organiser, with a reason in the log.
        if problem.pins.get(code) != stand_code:
            found += objections(stand, code, exhibitor.needs)
        if holders[stand_code] > 1:
            found.append(Objection("stand_given_twice", stand_code, code))
    for code, stand_code in problem.pins.items():
        if plan.get(code) != stand_code:
            found.append(Objection("pin_moved", stand_code, code))
    return tuple(found)
