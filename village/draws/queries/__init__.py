"""Reading draws: for the public, for the commission, for the minutes, and the bundle anyone can check."""

from village.draws.queries.after import get_register
from village.draws.queries.bundle import make_bundle, make_pins
from village.draws.queries.candidates import list_candidates
from village.draws.queries.minutes import minutes_key, minutes_values, render_minutes
from village.draws.queries.rows import (
    BeaconView,
    DrawCard,
    DrawView,
    EntrantRow,
    PickRow,
    PrizeRow,
    ReasonRow,
    RegisterRow,
    SeatRow,
    TicketView,
    TurnRow,
)
from village.draws.queries.state import live_state
from village.draws.queries.tickets import find_ticket, list_tickets_of
from village.draws.queries.views import find_verifier, get_draw, get_draw_by_code, list_draws, list_entrants

__all__ = [
    "BeaconView",
    "DrawCard",
    "DrawView",
    "EntrantRow",
    "PickRow",
    "PrizeRow",
    "ReasonRow",
    "RegisterRow",
    "SeatRow",
    "TicketView",
    "TurnRow",
    "find_ticket",
    "find_verifier",
    "get_draw",
    "get_draw_by_code",
    "get_register",
    "list_candidates",
    "list_draws",
    "list_entrants",
    "list_tickets_of",
    "live_state",
    "make_bundle",
    "make_pins",
    "minutes_key",
    "minutes_values",
    "render_minutes",
]
