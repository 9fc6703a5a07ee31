"""The sentences of the floor's refusals and deeds, and the words of its plans, one module for each wing."""

from village.floor.wording import day, drawing, lot, moves, papers, plan, studio
from village.floor.wording.drawing import FAULTS
from village.floor.wording.moves import CHANGES, LETTER_SUBJECT, NEWS, NEWS_LOST, say_letter
from village.floor.wording.plan import OBSTACLES, RESERVES, WAYS

_WINGS = (plan, drawing, studio, day, lot, papers)
REFUSALS = {code: words for wing in _WINGS for code, words in wing.REFUSALS.items()}
DEEDS = {code: words for wing in _WINGS for code, words in wing.DEEDS.items()}
CHARGES = {**moves.CHARGES, **plan.CHARGES}
REASONS = {**moves.REASONS, **plan.REASONS}

__all__ = [
    "CHANGES",
    "CHARGES",
    "DEEDS",
    "FAULTS",
    "LETTER_SUBJECT",
    "NEWS",
    "NEWS_LOST",
    "OBSTACLES",
    "REASONS",
    "REFUSALS",
    "RESERVES",
    "WAYS",
    "say_letter",
    "studio",
]
