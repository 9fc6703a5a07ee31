"""Reading draws: for the public, for the commission, for the minutes, and the bundle anyone can check."""

from village.draws.queries.bundle import make_bundle, make_pins
from village.draws.queries.candidates import list_candidates
from village.draws.queries.minutes import minutes_values, render_minutes
from village.draws.queries.rows import DrawCard, DrawView, EntrantRow, PickRow, ReasonRow, SeatRow, TicketView
from village.draws.queries.views import find_ticket, get_draw, get_draw_by_code, list_draws, list_entrants

__all__ = [
    "DrawCard",
    "DrawView",
    "EntrantRow",
    "PickRow",
    "ReasonRow",
    "SeatRow",
    "TicketView",
    "find_ticket",
    "get_draw",
    "get_draw_by_code",
    "list_candidates",
    "list_draws",
    "list_entrants",
    "make_bundle",
    "make_pins",
    "minutes_values",
    "render_minutes",
]
