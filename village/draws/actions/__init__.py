"""The deeds of a draw: set up, commit, hand in, count, close, open, reveal, conclude."""

from village.draws.actions.preparing import (
    NewDraw,
    NewMember,
    NewPrize,
    NewSeat,
    commit_draw,
    set_entrants,
    set_up_draw,
)
from village.draws.actions.stepping import (
    close_draw,
    conclude,
    hand_in_sealed,
    note_incident,
    open_envelope,
    record_count,
    reveal,
)

__all__ = [
    "NewDraw",
    "NewMember",
    "NewPrize",
    "NewSeat",
    "close_draw",
    "commit_draw",
    "conclude",
    "hand_in_sealed",
    "note_incident",
    "open_envelope",
    "record_count",
    "reveal",
    "set_entrants",
    "set_up_draw",
]
