"""The sentences of the programme's refusals and deeds, one module for each wing."""

from village.workshops.wording import places, programme

_WINGS = (programme, places)
REFUSALS = {code: words for wing in _WINGS for code, words in wing.REFUSALS.items()}
DEEDS = {code: words for wing in _WINGS for code, words in wing.DEEDS.items()}

__all__ = ["DEEDS", "REFUSALS"]
