"""Times of day as people type them: 14:05, 14 h 05, 14h05, 14.05, ١٤:٠٥, 2:05 بعد الزوال."""

from __future__ import annotations

import re
from datetime import datetime, time

from village.kit.refusal import Refusal
from village.kit.typed.signs import folded

_HALF_A_DAY = 12
_CLOCK = re.compile(r"(\d{1,2})(?: ?(?:[:.h]|heures?|س) ?(?:(\d\d)(?: ?(?:[:.]|min|mn) ?(?:00)?)?)?)?", re.ASCII)
_FOUR = re.compile(r"([01]\d|2[0-3])([0-5]\d)", re.ASCII)
_BEFORE = re.compile(r"^(?:علي )?(?:الساعة |a |at |vers )?")
_MORNING = re.compile(r" ?(?:صباحا|ص|du matin|a\.?m\.?)$")
_AFTERNOON = re.compile(r" ?(?:بعد الزوال|زوالا|مساء|م|de l['’]apres-midi|du soir|p\.?m\.?)$")


def parse_clock(typed: object) -> time:
    """Read a time of day, to the minute.

    An hour alone is the full hour (9 h, ٩). Words for morning and afternoon count for hours up to twelve.

    Raises:
        Refusal: `clock_not_on_the_dial` for 24:10 and the like, `clock_unreadable`.

    """
    if isinstance(typed, datetime):
        return typed.time().replace(second=0, microsecond=0)
    if isinstance(typed, time):
        return typed.replace(second=0, microsecond=0)
    text = _BEFORE.sub("", folded(typed))
    bare = _MORNING.sub("", text)
    morning = bare != text
    text = bare
    bare = _AFTERNOON.sub("", text)
    afternoon = bare != text
    found = _FOUR.fullmatch(bare) or _CLOCK.fullmatch(bare.strip())
    if found is None:
        raise Refusal("clock_unreadable", {"typed": str(typed)})
    hour, minute = int(found[1]), int(found[2] or 0)
    if (morning or afternoon) and 1 <= hour <= _HALF_A_DAY:
        hour = hour % _HALF_A_DAY + (_HALF_A_DAY if afternoon else 0)
    try:
        return time(hour, minute)
    except ValueError as fault:
        raise Refusal("clock_not_on_the_dial", {"typed": str(typed)}) from fault
