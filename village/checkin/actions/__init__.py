"""Deeds at the gates and on paper: admit, welcome a walk-in, print a sheet, type it back, tick, take back."""

from village.checkin.actions.gates import (
    Admission,
    CodeKeys,
    admit,
    admit_by_name,
    register_device,
    revoke_device,
)
from village.checkin.actions.marks import mark_present, withdraw, write_note
from village.checkin.actions.online import join_online
from village.checkin.actions.sheets import (
    SheetTaken,
    TicksNoted,
    fill_blank,
    note_ticks,
    print_sheet,
    take_sheet,
    undo_sheet,
)
from village.checkin.actions.walk_ins import walk_in

__all__ = [
    "Admission",
    "CodeKeys",
    "SheetTaken",
    "TicksNoted",
    "admit",
    "admit_by_name",
    "fill_blank",
    "join_online",
    "mark_present",
    "note_ticks",
    "print_sheet",
    "register_device",
    "revoke_device",
    "take_sheet",
    "undo_sheet",
    "walk_in",
    "withdraw",
    "write_note",
]
