"""Pages of the gates, of the sheets that people sign, and of trainers."""

from village.checkin.pages import links, rooms, sheets, walk_ins
from village.checkin.pages.gates import bp
from village.checkin.pages.paper_codes import bare

__all__ = ["bare", "bp", "links", "rooms", "sheets", "walk_ins"]
