"""The judge: what a plan costs and which hard rules it breaks, in plain code that knows no solver.

Every figure shown to anybody comes from here; a solver never reports its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from village.floor.rules import Objection, Stand, block_objections

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.floor.allocation.problem import Block, Plan, Problem


@dataclass(frozen=True, slots=True)
class Charge:
    """One thing that costs: its code, its points, whom it concerns; ``where`` is a zone or a province."""

    code: str
    points: int
    exhibitors: tuple[str, ...] = ()
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
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


def score(problem: Problem, plan: Plan) -> Score:
    """What the plan costs under the problem's rule set, in points (lower is better), and what it breaks."""
    charges = problem.rules.charges(problem, plan)
    return Score(sum(each.points for each in charges), charges, broken_rules(problem, plan))


def broken_rules(problem: Problem, plan: Plan) -> tuple[Objection, ...]:
    """Every hard rule the plan breaks: needs, blocks, stands given twice, circuits, unknown codes, pins moved.

    What the organiser pinned by hand was allowed by the organiser, with a reason in the log: its needs
    are not held against the plan, and a circuit that the pins alone overload neither.
    """
    stands = {each.code: each for each in problem.stands}
    known = {each.code: each for each in problem.exhibitors}
    found: list[Objection] = []
    holders = Counter(code for block in plan.values() for code in block)
    for who, block in sorted(plan.items()):
        if not block:
            continue
        if who not in known or not stands.keys() >= set(block):
            found.append(Objection("placement_unknown", block[0], who))
            continue
        if problem.pins.get(who) != block:
            each, held = known[who], [stands[code] for code in block]
            found += block_objections(held, who, each.needs, size=each.size, min_area_cm2=each.min_area_cm2)
        found += [Objection("stand_given_twice", code, who) for code in block if holders[code] > 1]
    found += _overloads(problem, plan, stands)
    found += [
        Objection("pin_moved", block[0], who) for who, block in problem.pins.items() if plan.get(who, ()) != block
    ]
    return tuple(found)


def circuit_of(block: Block, stands: Mapping[str, Stand]) -> str | None:
    """The circuit a block loads: that of its first stand with power."""
    return next((stands[code].circuit for code in block if stands[code].power), None)


def loads(problem: Problem, plan: Plan) -> dict[str, int]:
    """Watts that each circuit has to carry."""
    stands = {each.code: each for each in problem.stands}
    found: Counter[str] = Counter()
    for who in problem.exhibitors:
        block = plan.get(who.code)
        if not block or not who.needs.power_w or not stands.keys() >= set(block):
            continue
        circuit = circuit_of(block, stands)
        if circuit is not None:
            found[circuit] += who.needs.power_w
    return dict(found)


def _overloads(problem: Problem, plan: Plan, stands: Mapping[str, Stand]) -> list[Objection]:
    by_pins = loads(problem, problem.pins)
    carried = loads(problem, plan)
    found = []
    for circuit in problem.circuits:
        load = carried.get(circuit.code, 0)
        if load <= max(circuit.watts, by_pins.get(circuit.code, 0)):
            continue
        found += [
            Objection("circuit_overloaded", block[0], who.code)
            for who in problem.exhibitors
            if who.needs.power_w and (block := plan.get(who.code)) and circuit_of(block, stands) == circuit.code
        ]
    return found
