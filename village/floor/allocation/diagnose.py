"""What makes a full plan impossible, before any search: minimal conflicts, each with those it concerns.

Wants are matched to supplies along alternating paths (Hall's theorem): single stands, blocks of a run, and the load
of circuits.  Blocks count as so many stands of what they may hold, so every conflict told is certain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.floor.allocation.conflicts import Conflict, needs_of
from village.floor.allocation.score import loads
from village.floor.allocation.shortages import Shortages
from village.floor.rules import block_objections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from village.floor.allocation.problem import Problem
    from village.kit.db import Json

__all__ = ["Conflict", "diagnose", "needs_of"]


def diagnose(problem: Problem) -> tuple[Conflict, ...]:
    """Everything that makes a full plan impossible, as minimal conflicts; empty when none was found.

    Pins come first, then exhibitors with no block at all, circuits, and sets that want more than there is.
    """
    free = Shortages(problem.with_pins({}))
    own = free.conflicts()
    if not problem.pins:
        return own
    by_pins = [
        _by_pins(problem, free, each)
        for each in Shortages(problem).conflicts()
        if not any(each.kind == told.kind and set(each.exhibitors) <= set(told.exhibitors) for told in own)
    ]
    return (*_unsuited_pins(problem), *_overloading_pins(problem), *by_pins, *own)


def _unsuited_pins(problem: Problem) -> Iterator[Conflict]:
    stands = {each.code: each for each in problem.stands}
    for who in problem.exhibitors:
        block = problem.pins.get(who.code)
        if not block:
            continue
        held = [stands[code] for code in block]
        found = block_objections(held, who.code, who.needs, min_area_cm2=who.min_area_cm2)
        if found:
            codes = sorted({each.code for each in found})
            yield Conflict("pins", (who.code,), tuple(sorted(block)), {"objections": list(codes)})


def _overloading_pins(problem: Problem) -> Iterator[Conflict]:
    carried = loads(problem, problem.pins)
    for circuit in problem.circuits:
        load = carried.get(circuit.code, 0)
        if load <= circuit.watts:
            continue
        who = [
            each.code
            for each in problem.exhibitors
            if circuit.code in loads(problem, {each.code: problem.pins.get(each.code, ())})
        ]
        stands = sorted(code for each in who for code in problem.pins[each])
        need: dict[str, Json] = {"circuits": [circuit.code], "wanted": load, "available": circuit.watts}
        yield Conflict("pins", tuple(who), tuple(stands), need)


def _by_pins(problem: Problem, free: Shortages, conflict: Conflict) -> Conflict:
    """What pins alone bring about: those who cannot be placed any more, and the pins that hold what they could have."""
    could_have = free.reach_of(set(conflict.exhibitors) - problem.pins.keys())
    holders = {
        who for who, block in problem.pins.items() if who in conflict.exhibitors or not could_have.isdisjoint(block)
    }
    stands = {code for who in holders for code in problem.pins[who]}
    need: dict[str, Json] = {**conflict.need, "instead": conflict.kind}
    return Conflict("pins", tuple(sorted({*conflict.exhibitors, *holders})), tuple(sorted(stands)), need)
