"""The sentences of the floor's refusals and deeds, and the words of its plans, one module for each wing."""

from village.floor.wording import day, drawing, lot, plan, studio
from village.floor.wording.plan import CHARGES, OBSTACLES, REASONS, RESERVES, ROUTES

_WINGS = (plan, drawing, studio, day, lot)
REFUSALS = {code: words for wing in _WINGS for code, words in wing.REFUSALS.items()}
DEEDS = {code: words for wing in _WINGS for code, words in wing.DEEDS.items()}

__all__ = ["CHARGES", "DEEDS", "OBSTACLES", "REASONS", "REFUSALS", "RESERVES", "ROUTES"]
