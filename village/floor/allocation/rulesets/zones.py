"""Zones and wishes: the rules the organisers of the village wrote down.

Sectors in their zones, wishes of neighbours, a better place for those who had a poor one, and no
province alone at the entrance (30 % of 15 stands: 4).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.rulesets.common import changed, numbered, related, weight_of
from village.floor.allocation.score import Charge
from village.floor.allocation.terms import NEVER, Quota, Terms
from village.floor.rules import Stand, WishKind, median_x2, nearer_than, side_by_side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from village.floor.allocation.problem import Exhibitor, Plan, Problem
    from village.floor.allocation.terms import Near


@dataclass(frozen=True, slots=True)
class ZoneWeights:
    """What each thing one would rather avoid costs; whole points."""

    unplaced: int = 1000
    out_of_zone: int = 10
    apart_broken: int = 15
    together_broken: int = 20
    poor_again: int = 8
    province_over: int = 12


@dataclass(frozen=True, slots=True)
class ZonesAndWishes:
    """The rule set `zones-and-wishes`.

    ``apart_cm`` is the least distance of two centres for a pair that wishes to be apart;
    ``near_entrance`` is how many stands nearest the entrance are watched and ``province_limit`` how
    many of them the exhibitors of one province hold without cost.
    """

    name: str = "zones-and-wishes"
    weights: ZoneWeights = field(default_factory=ZoneWeights)
    apart_cm: int = 600
    near_entrance: int = 15
    province_limit: int = 4

    def with_weights(self, changes: Mapping[str, int]) -> ZonesAndWishes:
        """The same rules with some points changed.

        Raises:
            ValueError: an unknown weight, or points below 0.
        """
        return replace(self, weights=changed(self.weights, changes))

    def weight_of(self, exhibitor: Exhibitor) -> int:
        """Priority, and a half point for each earlier edition up to eight."""
        return weight_of(exhibitor)

    def charges(self, problem: Problem, plan: Plan) -> tuple[Charge, ...]:
        """Each exhibitor out of its zone, wish not granted, poor place again, province above its share.

        And each exhibitor without a stand.
        """
        stands, far = {each.code: each for each in problem.stands}, far_stands(problem)
        found: list[Charge] = []
        for each in problem.exhibitors:
            found += self._own_charges(each, [stands[code] for code in plan.get(each.code, ())], far)
        return (*found, *self._wish_charges(problem, plan, stands), *self._province_charges(problem, plan))

    def _own_charges(self, who: Exhibitor, block: list[Stand], far: frozenset[str]) -> list[Charge]:
        weights, concerned = self.weights, (who.code,)
        if not block:
            return [Charge("unplaced", weights.unplaced, concerned)]
        found = []
        if block[0].zone != who.zone:
            found.append(Charge("out_of_zone", weights.out_of_zone, concerned, block[0].zone))
        if who.poor_place_last_year and block[0].code in far:
            found.append(Charge("poor_again", weights.poor_again, concerned))
        return found

    def _wish_charges(self, problem: Problem, plan: Plan, stands: Mapping[str, Stand]) -> list[Charge]:
        found, known = [], {each.code for each in problem.exhibitors}
        for wish in problem.wishes:
            if not {wish.a, wish.b} <= known:
                continue
            a, b = ([stands[code] for code in plan.get(who, ())] for who in (wish.a, wish.b))
            pair = (wish.a, wish.b)
            if wish.kind is WishKind.APART:
                if any(nearer_than(one.box, other.box, self.apart_cm) for one in a for other in b):
                    found.append(Charge("apart_broken", self.weights.apart_broken, pair))
            elif not any(side_by_side(one, other) for one in a for other in b):
                found.append(Charge("together_broken", self.weights.together_broken, pair))
        return found

    def _province_charges(self, problem: Problem, plan: Plan) -> list[Charge]:
        near = set(nearest_entrance(problem))
        held = Counter(
            each.province for each in problem.exhibitors for code in plan.get(each.code, ()) if code in near
        )
        return [
            Charge("province_over", self.weights.province_over * (count - self.province_limit), (), code)
            for code, count in sorted(held.items())
            if count > self.province_limit
        ]

    def terms(self, problem: Problem) -> Terms:
        """The problem in numbers."""
        plain = numbered(problem)
        return replace(
            plain,
            cost=self._costs(problem, plain.allowed),
            unplaced=np.full(len(problem.exhibitors), self.weights.unplaced, np.int64),
            near=_nearer(problem.stands, self.apart_cm),
            beside=_in_rows(problem.stands),
            apart_points=self.weights.apart_broken,
            beside_points=self.weights.together_broken,
            quotas=self._quotas(problem),
        )

    def _costs(self, problem: Problem, allowed: NDArray[np.bool_]) -> NDArray[np.int32]:
        zone_of_stand = np.array([each.zone for each in problem.stands])
        beyond = far_stands(problem)
        far = np.array([each.code in beyond for each in problem.stands], bool)
        found = np.full(allowed.shape, NEVER, np.int32)
        for index, who in enumerate(problem.exhibitors):
            cost = np.where(zone_of_stand != who.zone, self.weights.out_of_zone, 0)
            if who.poor_place_last_year:
                cost = cost + np.where(far, self.weights.poor_again, 0)
            found[index] = np.where(allowed[index], cost, NEVER)
        return found

    def _quotas(self, problem: Problem) -> tuple[Quota, ...]:
        near = set(nearest_entrance(problem))
        watched = tuple(index for index, each in enumerate(problem.stands) if each.code in near)
        members: dict[str, list[int]] = {}
        for index, who in enumerate(problem.exhibitors):
            members.setdefault(who.province, []).append(index)
        return tuple(
            Quota(tuple(who), watched, self.province_limit, self.weights.province_over)
            for _, who in sorted(members.items())
            if sum(problem.exhibitors[index].size for index in who) > self.province_limit
        )


ZONES_AND_WISHES = ZonesAndWishes()


def far_stands(problem: Problem) -> frozenset[str]:
    """Codes of the stands at or beyond the median distance of all stands to the entrance."""
    if not problem.stands:
        return frozenset()
    middle = median_x2([each.entrance_cm for each in problem.stands])
    return frozenset(each.code for each in problem.stands if 2 * each.entrance_cm >= middle)


def nearest_entrance(problem: Problem) -> tuple[str, ...]:
    """Codes of the watched stands nearest the entrance, nearest first; ties in order of code."""
    watched = getattr(problem.rules, "near_entrance", ZONES_AND_WISHES.near_entrance)
    ordered = sorted(problem.stands, key=lambda each: (each.entrance_cm, each.code))
    return tuple(each.code for each in ordered[:watched])


def _in_rows(stands: tuple[Stand, ...]) -> Near:
    """Stands side by side; in the problem's order they follow each other."""
    numbered = enumerate(pairwise(stands))
    return related(len(stands), ((index, index + 1) for index, (a, b) in numbered if side_by_side(a, b)))


def _nearer(stands: tuple[Stand, ...], limit_cm: int) -> Near:
    """Stands whose centres are nearer than the limit; whole numbers, as `nearer_than` counts."""
    x2 = np.array([2 * each.box.x + each.box.w for each in stands], np.int64)
    y2 = np.array([2 * each.box.y + each.box.h for each in stands], np.int64)
    found = []
    for index in range(len(stands)):
        near = (x2 - x2[index]) ** 2 + (y2 - y2[index]) ** 2 < 4 * limit_cm * limit_cm
        near[index] = False
        found.append(tuple(np.flatnonzero(near).tolist()))
    return tuple(found)
