"""The sentences of the programme's refusals and deeds, one module for each wing."""

from village.workshops.wording import files, groups, places, programme, programs, rules, sessions, timetable

_WINGS = (programme, sessions, places, rules, timetable, files, groups, programs)
REFUSALS = {code: words for wing in _WINGS for code, words in wing.REFUSALS.items()}
DEEDS = {code: words for wing in _WINGS for code, words in wing.DEEDS.items()}

__all__ = ["DEEDS", "REFUSALS"]
