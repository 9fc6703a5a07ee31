"""What every search of the allocation says of itself: how far it has come, what it found, how sure it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village.floor.allocation.problem import Plan
    from village.floor.allocation.score import Score


class Mode(StrEnum):
    """By what the stands are given."""

    BALANCED = "balanced"
    PRIORITY = "priority"
    LOT = "lot"


class Proof(StrEnum):
    """How far a plan is known to be the best: never "optimal" unless proven."""

    PROVEN = "proven"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the search has come: best cost so far and a bound no plan can beat (points, or None).

    ``plan`` is the best plan so far, given where it has changed since the last call.
    """

    phase: str
    cost: int | None
    bound: int | None
    plan: Plan | None = None


OnProgress = Callable[[Progress], None]
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Allocation:
    """A valid plan, its cost as the judge counts it, and the bound no plan can beat (points).

    ``proof`` is PROVEN only when the bound meets the cost.  ``stopped_by_time`` says that a budget of
    seconds ended the search: then another run may end elsewhere.  The bound is one for *balanced*
    plans; for the other modes it says what fairness by that mode costs at most.
    """

    plan: Plan
    cost: Score
    bound: int
    proof: Proof
    mode: Mode = Mode.BALANCED
    stopped_by_time: bool = False

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Codes of the exhibitors without a stand."""
        return tuple(each.exhibitors[0] for each in self.cost.charges if each.code == "unplaced")

    @property
    def gap_permille(self) -> int:
        """How far from the best possible the plan can be at most, in thousandths of the bound, rounded up."""
        if self.cost.total <= self.bound:
            return 0
        return -(-1000 * (self.cost.total - self.bound) // max(self.bound, 1))
