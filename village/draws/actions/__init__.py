"""The deeds of a draw, from its plan to the prize in the winner's hands, and the register of all draws."""

from village.draws.actions.beacons import bring_beacon, check_round
from village.draws.actions.committing import cancel_draw, close_register, commit_draw, go_offline
from village.draws.actions.preparing import (
    NewDraw,
    NewMember,
    NewPrize,
    NewSeat,
    change_draw,
    discard_draw,
    set_entrants,
    set_up_draw,
)
from village.draws.actions.secret_paper import print_secret
from village.draws.actions.stepping import (
    close_draw,
    conclude,
    hand_in_sealed,
    note_incident,
    open_envelope,
    record_count,
    reveal,
)
from village.draws.actions.turns import (
    call_turn,
    claim_by_badge,
    claim_turn,
    hand_over,
    hold_turn,
    replace_voided,
    sign_tail,
    sign_void,
    withdraw_prize,
)

__all__ = [
    "NewDraw",
    "NewMember",
    "NewPrize",
    "NewSeat",
    "bring_beacon",
    "call_turn",
    "cancel_draw",
    "change_draw",
    "check_round",
    "claim_by_badge",
    "claim_turn",
    "close_draw",
    "close_register",
    "commit_draw",
    "conclude",
    "discard_draw",
    "go_offline",
    "hand_in_sealed",
    "hand_over",
    "hold_turn",
    "note_incident",
    "open_envelope",
    "print_secret",
    "record_count",
    "replace_voided",
    "reveal",
    "set_entrants",
    "set_up_draw",
    "sign_tail",
    "sign_void",
    "withdraw_prize",
]
