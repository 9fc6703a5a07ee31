"""Deeds on the floor: lay out a hall, give stands by hand, let the solver allocate, publish the plan."""

from village.floor.actions.allocate import (
    AllocationDone,
    allocate,
    apply_allocation,
    apply_run,
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
from village.floor.actions.day import Arrived, note_arrival, reflow_absent, set_claim_time
from village.floor.actions.layout import (
    LayoutChanged,
    NewWish,
    add_wishes,
    change_layout,
    close_stand,
    import_floor,
    layout_deed_code,
    undo_layout,
)
from village.floor.actions.ledger import PlanChanged, Step
from village.floor.actions.lot import cancel_lot, draw_stands, seal_lot, type_number
from village.floor.actions.papers import note_signs_printed
from village.floor.actions.publish import note_told, publish_plan
from village.floor.actions.requests import end_share, note_request, share_stand
from village.floor.actions.studio import (
    Ask,
    Asked,
    ask_for_plan,
    choose_weights,
    finish_run,
    keep_pinned,
    keep_plan,
    lock_exhibitor,
    note_progress,
    stop_run,
)

__all__ = [
    "UNCHECKED",
    "AllocationDone",
    "Arrived",
    "Ask",
    "Asked",
    "LayoutChanged",
    "NewWish",
    "PlanChanged",
    "Step",
    "add_wishes",
    "allocate",
    "apply_allocation",
    "apply_run",
    "ask_for_plan",
    "assign_stand",
    "cancel_lot",
    "change_layout",
    "choose_weights",
    "close_stand",
    "draw_stands",
    "end_share",
    "finish_run",
    "free_stand",
    "import_floor",
    "keep_pinned",
    "keep_plan",
    "layout_deed_code",
    "lock_exhibitor",
    "lock_stand",
    "note_arrival",
    "note_progress",
    "note_request",
    "note_signs_printed",
    "note_told",
    "publish_plan",
    "reflow_absent",
    "seal_lot",
    "set_claim_time",
    "share_stand",
    "stop_run",
    "swap_stands",
    "type_number",
    "undo_change",
    "undo_last",
    "undo_layout",
]
