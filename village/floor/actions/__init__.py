"""Deeds on the floor: lay out a hall, give stands by hand, let the solver allocate, publish the plan."""

from village.floor.actions.allocate import (
    AllocationDone,
    allocate,
    apply_allocation,
    publish_plan,
)
from village.floor.actions.assign import (
    UNCHECKED,
    assign_stand,
    free_stand,
    lock_stand,
    swap_stands,
    undo_change,
    undo_last,
)
from village.floor.actions.layout import NewWish, add_wishes, close_stand, import_floor
from village.floor.actions.ledger import PlanChanged, Step

__all__ = [
    "UNCHECKED",
    "AllocationDone",
    "NewWish",
    "PlanChanged",
    "Step",
    "add_wishes",
    "allocate",
    "apply_allocation",
    "assign_stand",
    "close_stand",
    "free_stand",
    "import_floor",
    "lock_stand",
    "publish_plan",
    "swap_stands",
    "undo_change",
    "undo_last",
]
