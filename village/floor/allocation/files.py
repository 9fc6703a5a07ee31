"""Instances and plans as files: the exchange format of docs/allocation.md.

An instance is one JSON object (stands, edges by number of stand, circuits, exhibitors, weights); a plan
is {exhibitor id: [stand ids of one block in row order] or null}.
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from village.floor.allocation.problem import Beside, Circuit, Edge, Exhibitor, Problem, Wish, problem
from village.floor.allocation.rulesets import BLOCKS_AND_PRIORITIES
from village.floor.rules import Box, Needs, Stand, WishKind
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from village.floor.allocation.problem import Plan
    from village.floor.allocation.rulesets import BlocksAndPriorities


def read_instance(text: str) -> Problem:
    """The problem an instance file holds.

    Raises:
        Refusal: ``instance_unreadable`` with what is missing or wrong.
    """
    try:
        # Decimal keeps 0.1 kW a tenth: lengths, areas and loads become whole numbers without floats.
        data = json.loads(text, parse_float=Decimal)
        stands = [_stand(each) for each in data["stands"]]
        codes = dict(enumerate(each.code for each in stands))
        rules = _rules(data["weights"])
        return problem(
            stands,
            [_exhibitor(each, len(rules.weights.wish)) for each in data["exhibitors"]],
            [wish for each in data["exhibitors"] for wish in _wishes(each)],
            rules=rules,
            edges=[Edge(codes[a], codes[b], Beside(kind)) for a, b, kind in data["edges"]],
            circuits=[Circuit(str(each["id"]), _whole(each["kw"], 1000)) for each in data["circuits"]],
        )
    except KeyError as error:
        raise Refusal("instance_unreadable", {"detail": f"{error} is missing"[:120]}) from error
    except (TypeError, ValueError, IndexError, InvalidOperation, AttributeError, OverflowError) as error:
        detail = f"{type(error).__name__}: {error}"[:120]
        raise Refusal("instance_unreadable", {"detail": detail}) from error


def _stand(each: Mapping[str, Any]) -> Stand:
    width, depth = _whole(each["w"], 100), _whole(each["d"], 100)
    # The file gives the centre.
    box = Box(_whole(each["x"], 100) - width // 2, _whole(each["y"], 100) - depth // 2, width, depth)
    circuit = each["circuit"]
    return Stand(
        code=str(each["id"]),
        box=box,
        zone=str(each["zone"]),
        row=str(each["row"]),
        position=int(each["pos"]),
        power=bool(each["power"]),
        water=bool(each["water"]),
        step_free=bool(each["accessible"]),
        entrance_cm=0,
        area_cm2=_whole(each["area"], 10_000),
        corner=bool(each["corner"]),
        food=bool(each["food"]),
        circuit=None if circuit is None else str(circuit),
        value=int(each["value"]),
    )


def _exhibitor(each: Mapping[str, Any], ranks: int) -> Exhibitor:
    needs, size = each["needs"], int(each["size"])
    if size < 1:
        raise ValueError(f"{each['id']} asks for {size} stands")
    watts = _whole(needs["power_kw"], 1000)
    return Exhibitor(
        code=str(each["id"]),
        sector=str(each["sector"]),
        size=size,
        min_area_cm2=_whole(each["min_area"], 10_000),
        needs=Needs(
            power=watts > 0,
            power_w=watts,
            water=bool(needs["water"]),
            food=bool(needs["food"]),
            step_free=bool(needs["accessible"]),
            corner=bool(needs["corner"]),
        ),
        wants_corner=bool(each["wants_corner"]),
        priority=int(each["priority"]),
        seniority=int(each["seniority"]),
        # Wishes beyond those that have points count as none.
        stand_wishes=tuple(map(str, each["wishes"]))[:ranks],
    )


def _wishes(each: Mapping[str, Any]) -> Iterator[Wish]:
    """The pairs that count: those named by the exhibitor with the smaller id."""
    who = str(each["id"])
    for kind, others in ((WishKind.APART, each["competitors"]), (WishKind.TOGETHER, each["together"])):
        yield from (Wish(kind, who, str(other)) for other in others if who < str(other))


def _rules(weights: Mapping[str, Any]) -> BlocksAndPriorities:
    points = {name: int(value) for name, value in weights.items() if name != "wish"}
    rules = BLOCKS_AND_PRIORITIES.with_weights(points)
    return replace(rules, weights=replace(rules.weights, wish=tuple(map(int, weights["wish"]))))


def _whole(value: Any, times: int) -> int:
    if isinstance(value, bool):
        raise TypeError("a number is expected")
    return int((Decimal(str(value)) * times).to_integral_value(rounding="ROUND_HALF_UP"))


def read_plan(text: str, case: Problem) -> dict[str, tuple[str, ...]]:
    """A plan from its file; exhibitors and stands that the problem does not know are left out.

    Raises:
        Refusal: ``plan_unreadable``.
    """
    try:
        data = json.loads(text)
        known, stands = {each.code for each in case.exhibitors}, {each.code for each in case.stands}
        found = {str(who): tuple(map(str, block)) for who, block in data.items() if block}
    except (TypeError, ValueError, AttributeError) as error:
        raise Refusal("plan_unreadable", {"detail": str(error)[:120]}) from error
    return {who: block for who, block in sorted(found.items()) if who in known and stands >= set(block)}


def write_plan(plan: Plan, case: Problem) -> str:
    """The file of a plan: every exhibitor in order of id, null for those without a stand."""
    rows = {each.code: list(block) if (block := plan.get(each.code)) else None for each in case.exhibitors}
    return json.dumps(rows, ensure_ascii=False, indent=0, sort_keys=True) + "\n"
