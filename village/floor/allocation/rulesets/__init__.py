"""Rule sets: each says, by name, what a plan costs, and puts that into numbers for the searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from village.floor.allocation.rulesets.blocks import BLOCKS_AND_PRIORITIES, BlocksAndPriorities, BlockWeights
from village.floor.allocation.rulesets.zones import ZONES_AND_WISHES, ZonesAndWishes, ZoneWeights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.floor.allocation.problem import Exhibitor, Plan, Problem
    from village.floor.allocation.score import Charge
    from village.floor.allocation.terms import Terms

__all__ = [
    "BLOCKS_AND_PRIORITIES",
    "RULE_SETS",
    "ZONES_AND_WISHES",
    "BlockWeights",
    "BlocksAndPriorities",
    "RuleSet",
    "ZoneWeights",
    "ZonesAndWishes",
]


class RuleSet(Protocol):
    """What makes a rule set.

    ``charges`` and ``terms`` are written apart: the first is the law, in plain code; the second its
    numbers for the searches.  Tests hold the one against the other on any plan.
    """

    @property
    def name(self) -> str:
        """Its name, kept with every plan made under it."""

    @property
    def weights(self) -> BlockWeights | ZoneWeights:
        """Its points; organisers change them in the studio."""

    def with_weights(self, changes: Mapping[str, int]) -> RuleSet:
        """The same rules with some points changed.

        Raises:
            ValueError: an unknown weight, or points below 0.
        """

    def weight_of(self, exhibitor: Exhibitor) -> int:
        """How much an exhibitor weighs: the order of strict priority, and the measure of justified envy."""

    def charges(self, problem: Problem, plan: Plan) -> tuple[Charge, ...]:
        """Everything that costs in a plan."""

    def terms(self, problem: Problem) -> Terms:
        """The problem in numbers."""


RULE_SETS: Mapping[str, RuleSet] = {each.name: each for each in (ZONES_AND_WISHES, BLOCKS_AND_PRIORITIES)}
