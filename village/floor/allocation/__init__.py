"""The allocation of stands: the problem, its judge, the searches and the reasons.  Pure.

Importing it is light: solvers and compiled kernels are loaded where a search calls them.
"""

from village.floor.allocation.allocate import allocate, lot_seed
from village.floor.allocation.changes import moved
from village.floor.allocation.conflicts import Conflict
from village.floor.allocation.diagnose import diagnose
from village.floor.allocation.explain import Alternative, WhyNot, alternatives, why_not
from village.floor.allocation.fairness import Fairness, fairness
from village.floor.allocation.frontier import Point, frontier
from village.floor.allocation.lot import OnTurn, Turn, draw, order_by_lot
from village.floor.allocation.problem import (
    Beside,
    Block,
    Circuit,
    Edge,
    Exhibitor,
    Plan,
    Problem,
    Wish,
    problem,
    zone_of,
)
from village.floor.allocation.reasons import Reason, reasons
from village.floor.allocation.rulesets import BLOCKS_AND_PRIORITIES, RULE_SETS, ZONES_AND_WISHES, RuleSet
from village.floor.allocation.score import Charge, Score, score
from village.floor.allocation.search import Allocation, Mode, OnProgress, Progress, Proof, Stop

__all__ = [
    "BLOCKS_AND_PRIORITIES",
    "RULE_SETS",
    "ZONES_AND_WISHES",
    "Allocation",
    "Alternative",
    "Beside",
    "Block",
    "Charge",
    "Circuit",
    "Conflict",
    "Edge",
    "Exhibitor",
    "Fairness",
    "Mode",
    "OnProgress",
    "OnTurn",
    "Plan",
    "Point",
    "Problem",
    "Progress",
    "Proof",
    "Reason",
    "RuleSet",
    "Score",
    "Stop",
    "Turn",
    "WhyNot",
    "Wish",
    "allocate",
    "alternatives",
    "diagnose",
    "draw",
    "fairness",
    "frontier",
    "lot_seed",
    "moved",
    "order_by_lot",
    "problem",
    "reasons",
    "score",
    "why_not",
    "zone_of",
]
