"""Pages of the gates, of the sheets that people sign, and of trainers."""

from village.checkin.pages import rooms, sheets
from village.checkin.pages.gates import bp

__all__ = ["bp", "rooms", "sheets"]
