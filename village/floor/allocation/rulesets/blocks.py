"""Blocks and priorities: stands in blocks, power on circuits, sectors in clusters, priorities and seniority.

The cost of the exchange format of allocation instances (docs/allocation.md): what `village allocate`
reads from a file is judged by these points.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.problem import Beside
from village.floor.allocation.rulesets.common import changed, numbered, related, weight_of
from village.floor.allocation.score import Charge
from village.floor.allocation.terms import NEVER, Terms, over_blocks
from village.floor.rules import WishKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from village.floor.allocation.problem import Block, Exhibitor, Plan, Problem
    from village.floor.allocation.terms import Near
    from village.floor.rules import Stand

BESIDE = frozenset({Beside.SIDE, Beside.BACK, Beside.ACROSS})
FULL_VALUE = 100


@dataclass(frozen=True, slots=True)
class BlockWeights:
    """Points; those marked (w) are multiplied by the exhibitor's weight.

    ``unplaced`` (w); ``value_div``: the lack of value, times w, is divided by it; ``corner`` (w) for a
    wished corner not given; ``wish`` (w) by rank of the best wish granted, ``wish_none`` (w) for none;
    ``zone`` for each sector and zone in use; ``competitor`` for each pair of neighbours;
    ``together_adjacent`` and ``together_zone`` for pairs not beside each other, not in one zone;
    ``rotation``: who had good places before pays so much for a good one again (0: not counted).
    """

    unplaced: int = 1000
    wish: tuple[int, ...] = (0, 3, 5, 7, 8)
    wish_none: int = 12
    value_div: int = 20
    corner: int = 4
    zone: int = 20
    competitor: int = 15
    together_adjacent: int = 10
    together_zone: int = 10
    rotation: int = 0


@dataclass(frozen=True, slots=True)
class BlocksAndPriorities:
    """The rule set `blocks-and-priorities`."""

    name: str = "blocks-and-priorities"
    weights: BlockWeights = field(default_factory=BlockWeights)

    def with_weights(self, changes: Mapping[str, int]) -> BlocksAndPriorities:
        """The same rules with some points changed (the list of wishes apart).

        Raises:
            ValueError: an unknown weight, points below 0, or a divisor below 1.
        """
        if changes.get("value_div", 1) < 1:
            raise ValueError("value_div divides")
        return replace(self, weights=changed(self.weights, changes, besides=frozenset({"wish"})))

    def weight_of(self, exhibitor: Exhibitor) -> int:
        """Priority, and a half point for each earlier edition up to eight."""
        return weight_of(exhibitor)

    def charges(self, problem: Problem, plan: Plan) -> tuple[Charge, ...]:
        """Everything that costs in a plan, one charge for each exhibitor, pair, or sector and zone."""
        stands = {each.code: each for each in problem.stands}
        found: list[Charge] = []
        clusters = set()
        for who in problem.exhibitors:
            block = plan.get(who.code)
            if not block:
                found.append(Charge("unplaced", self.weights.unplaced * self.weight_of(who), (who.code,)))
                continue
            found += self._own_charges(who, block, stands)
            clusters.add((who.sector, stands[block[0]].zone))
        found += [Charge("zone", self.weights.zone, (), f"{sector} {zone}") for sector, zone in sorted(clusters)]
        found += self._pair_charges(problem, plan, stands)
        return tuple(each for each in found if each.points)

    def _own_charges(self, who: Exhibitor, block: Block, stands: Mapping[str, Stand]) -> Iterator[Charge]:
        weights, weight, held = self.weights, self.weight_of(who), [stands[code] for code in block]
        value = max(each.value for each in held)
        yield Charge("value", weight * (FULL_VALUE - value) // weights.value_div, (who.code,))
        if who.wants_corner and not any(each.corner for each in held):
            yield Charge("corner", weights.corner * weight, (who.code,))
        if who.stand_wishes:
            rank = next((rank for rank, code in enumerate(who.stand_wishes) if code in block), None)
            yield Charge("wish", weight * (weights.wish_none if rank is None else weights.wish[rank]), (who.code,))
        yield Charge("rotation", weights.rotation * who.good_places * value // FULL_VALUE, (who.code,))

    def _pair_charges(self, problem: Problem, plan: Plan, stands: Mapping[str, Stand]) -> Iterator[Charge]:
        near: set[tuple[str, str]] = set()
        beside: set[tuple[str, str]] = set()
        for edge in problem.edges:
            both = {(edge.a, edge.b), (edge.b, edge.a)}
            near |= both
            beside |= both if edge.kind in BESIDE else set()
        weights = self.weights
        for wish in problem.wishes:
            a, b, pair = plan.get(wish.a) or (), plan.get(wish.b) or (), (wish.a, wish.b)
            if wish.kind is WishKind.APART:
                if any((one, other) in near for one in a for other in b):
                    yield Charge("competitor", weights.competitor, pair)
            elif not (a and b):
                yield Charge("together", weights.together_adjacent + weights.together_zone, pair)
            else:
                if not any((one, other) in beside for one in a for other in b):
                    yield Charge("together", weights.together_adjacent, pair)
                if stands[a[0]].zone != stands[b[0]].zone:
                    yield Charge("together_zone", weights.together_zone, pair)

    def terms(self, problem: Problem) -> Terms:
        """The problem in numbers."""
        plain, weights = numbered(problem), self.weights
        known = set(plain.exhibitors)
        lost = sum(each.kind is WishKind.TOGETHER and not {each.a, each.b} <= known for each in problem.wishes)
        return replace(
            plain,
            cost=self._costs(problem, plain.allowed, plain.run_end),
            unplaced=weights.unplaced * plain.weight.astype(np.int64),
            near=_neighbours(problem, frozenset(Beside)),
            beside=_neighbours(problem, BESIDE),
            spread=weights.zone,
            apart_points=weights.competitor,
            beside_points=weights.together_adjacent,
            zone_points=weights.together_zone,
            constant=lost * (weights.together_adjacent + weights.together_zone),
        )

    def _costs(
        self, problem: Problem, allowed: NDArray[np.bool_], run_end: NDArray[np.int32]
    ) -> NDArray[np.int32]:
        stands, weights = problem.stands, self.weights
        value = np.array([each.value for each in stands], np.int64)
        corner = np.array([each.corner for each in stands], bool)
        number = {each.code: index for index, each in enumerate(stands)}
        best: dict[int, tuple[NDArray[np.int64], NDArray[np.bool_]]] = {}
        found = np.full(allowed.shape, NEVER, np.int32)
        for index, who in enumerate(problem.exhibitors):
            size, weight = who.size, self.weight_of(who)
            if size not in best:
                best[size] = (over_blocks(value, size, np.maximum), over_blocks(corner, size, np.logical_or))
            values, corners = best[size]
            cost = (weight * (FULL_VALUE - values)) // weights.value_div
            cost = cost + weights.rotation * who.good_places * values // FULL_VALUE
            if who.wants_corner:
                cost = cost + np.where(corners, 0, weights.corner * weight)
            if who.stand_wishes:
                cost = cost + weight * self._wish_points(who, number, run_end)
            found[index] = np.where(allowed[index], cost, NEVER)
        return found

    def _wish_points(
        self, who: Exhibitor, number: Mapping[str, int], run_end: NDArray[np.int32]
    ) -> NDArray[np.int64]:
        points = np.full(len(run_end), self.weights.wish_none, np.int64)
        # The dearest wish last, so that it has the last word.
        for rank in range(len(who.stand_wishes) - 1, -1, -1):
            stand = number.get(who.stand_wishes[rank])
            if stand is None:
                continue
            for start in range(max(0, stand - who.size + 1), stand + 1):
                if start + who.size <= run_end[start]:
                    points[start] = self.weights.wish[rank]
        return points


BLOCKS_AND_PRIORITIES = BlocksAndPriorities()


def _neighbours(problem: Problem, kinds: frozenset[Beside]) -> Near:
    number = {each.code: index for index, each in enumerate(problem.stands)}
    known = (each for each in problem.edges if each.kind in kinds and each.a in number and each.b in number)
    return related(len(number), ((number[each.a], number[each.b]) for each in known))
