"""The allocation of stands: the problem, its judge, the exact solver and the reasons.  Pure."""

from village.floor.allocation.cost import Charge, Cost, cost_of
from village.floor.allocation.problem import (
    RULE_SETS,
    ZONES_AND_WISHES,
    Exhibitor,
    OnProgress,
    Plan,
    Problem,
    Progress,
    Proof,
    RuleSet,
    Stop,
    Weights,
    Wish,
    problem,
    zone_of,
)
from village.floor.allocation.reasons import Reason, reasons
from village.floor.allocation.solve import Allocation, allocate

__all__ = [
    "RULE_SETS",
    "ZONES_AND_WISHES",
    "Allocation",
    "Charge",
    "Cost",
    "Exhibitor",
    "OnProgress",
    "Plan",
    "Problem",
    "Progress",
    "Proof",
    "Reason",
    "RuleSet",
    "Stop",
    "Weights",
    "Wish",
    "allocate",
    "cost_of",
    "problem",
    "reasons",
    "zone_of",
]
