"""Days as people type them: 04/12/2026, 4 دجنبر 2026, 1er décembre 2026, or the serial number of a spreadsheet.

The day always stands before the month: 12/27/2026 is refused rather than turned round.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from village.kit.refusal import Refusal
from village.kit.typed.signs import folded

# Day 0 of spreadsheets: it makes up for the 29 February 1900 that they count and that never was.
_SERIAL_ZERO = date(1899, 12, 30)
_SERIAL = re.compile(r"[1-9]\d{4}(\.0*)?", re.ASCII)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[t ]\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?)?", re.ASCII)
_FIGURES = re.compile(r"(\d{1,2}) ?([-/. ]) ?(\d{1,2}) ?\2 ?(\d{4}|\d\d)", re.ASCII)
_TWO_OF_THREE = re.compile(r"\d{1,2} ?[-/.] ?(\d{1,2}|\d{4})|\d{4} ?[-/.] ?\d{1,2}|\d{1,4}", re.ASCII)
_WORDS = re.compile(r"[0-9]+|[^\W\d_]+")
_MONTHS_IN_A_YEAR, _LONGEST_DAY, _YEAR_DIGITS = 12, 31, 4
# Two digits of a year from here on belong to the century before.
_LAST_CENTURY = 70
_SHORTEST = 3

# Moroccan names first, then the ones of the Middle East, then common slips.
_ARABIC_MONTHS = """
1 يناير جانفي
2 فبراير فيفري
3 مارس
4 ابريل افريل
5 ماي مايو
6 يونيو يونيه
7 يوليوز يوليو يوليه
8 غشت غشث اغسطس
9 شتنبر شتمبر سبتمبر
10 اكتوبر
11 نونبر نونمبر نوفمبر
12 دجنبر دجمبر ديسمبر
"""
_LATIN_MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "january february march april may june july august september october november december",
)
_WEEKDAYS = (
    "اثنين ثلاثاء اربعاء خميس جمعة سبت احد",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "monday tuesday wednesday thursday friday saturday sunday",
)
_FIRST = {"فاتح", "er", "premier", "st", "first"}
_FILLERS = {"يوم", "من", "شهر", "سنة", "عام", "le", "de", "d", "du", "the", "of", "th", "nd", "rd", "on"}
_BETWEEN_DAYS = {"الي", "au", "to", "until"}


@dataclass(frozen=True)
class ReadDay:
    """A day that was read; `weekday_differs` where the text names another weekday than the day has."""

    day: date
    weekday_differs: bool = False


def parse_day(typed: object) -> date:
    """Read a day; see `read_day`, whose doubt about the weekday is left out."""
    return read_day(typed).day


def read_day(typed: object) -> ReadDay:
    """Read a day as it was typed in one of three languages, or as a cell of a spreadsheet holds it.

    Two digits of a year mean 2000–2069 and 1970–1999.

    Raises:
        Refusal: `day_us_order` where the month would be above twelve, `day_not_in_calendar`, `day_incomplete`,
            `day_range` for several days, `day_unreadable`.

    """
    if isinstance(typed, datetime):
        return ReadDay(typed.date())
    if isinstance(typed, date):
        return ReadDay(typed)
    text = folded(typed)
    if _SERIAL.fullmatch(text):
        return ReadDay(_SERIAL_ZERO + timedelta(days=int(text.partition(".")[0])))
    if found := _ISO.fullmatch(text):
        return ReadDay(_made(typed, int(found[4]), int(found[3]), int(found[1])))
    if found := _FIGURES.fullmatch(text):
        return ReadDay(_made(typed, int(found[1]), int(found[3]), _year(found[4])))
    if _TWO_OF_THREE.fullmatch(text):
        raise Refusal("day_incomplete", {"typed": str(typed)})
    return _in_words(typed, text)


def _in_words(typed: object, text: str) -> ReadDay:
    whole = _FIGURES.findall(text)
    if len(whole) > 1:
        raise Refusal("day_range", {"typed": str(typed)})
    words = _WORDS.findall(text)
    figures = [word for word in words if word.isdecimal()]
    named = [word for word in words if not word.isdecimal()]
    months = [word for word in named if _month(word) and not (_weekday(word) is not None and _has_other(named, word))]
    if len(months) > 1 or (len(figures) > 2 and (months or not whole)) or (months and _BETWEEN_DAYS & set(named)):  # noqa: PLR2004 - day and year
        raise Refusal("day_range", {"typed": str(typed)})
    unknown = [word for word in named if not _known(word)]
    if not months:
        # A weekday before figures alone: الجمعة 04/12/2026.
        if not whole or unknown:
            raise Refusal("day_unreadable", {"typed": str(typed)})
        number, _sign, month, year = whole[0]
        day = _made(typed, int(number), int(month), _year(year))
        return ReadDay(day, _differs(day, named))
    if unknown:
        raise Refusal("day_unreadable", {"typed": str(typed)})
    day = _named_day(typed, figures, _month(months[0]), first=bool(_FIRST & set(named)))
    return ReadDay(day, _differs(day, [word for word in named if word != months[0]]))


def _named_day(typed: object, figures: list[str], month: int, *, first: bool) -> date:
    if first and len(figures) == 1:
        figures = ["1", *figures]
    if len(figures) < 2:  # noqa: PLR2004 - day and year
        raise Refusal("day_incomplete", {"typed": str(typed)})
    number, year = figures
    if len(number) == _YEAR_DIGITS:
        number, year = year, number
    if len(year) not in {2, _YEAR_DIGITS} or len(number) > 2:  # noqa: PLR2004 - no day has three figures
        raise Refusal("day_unreadable", {"typed": str(typed)})
    return _made(typed, int(number), month, _year(year))


def _made(typed: object, day: int, month: int, year: int) -> date:
    if month > _MONTHS_IN_A_YEAR and day <= _MONTHS_IN_A_YEAR and month <= _LONGEST_DAY:
        raise Refusal("day_us_order", {"typed": str(typed)})
    try:
        return date(year, month, day)
    except ValueError as fault:
        raise Refusal("day_not_in_calendar", {"typed": str(typed)}) from fault


def _year(digits: str) -> int:
    number = int(digits)
    if len(digits) == _YEAR_DIGITS:
        return number
    return number + (1900 if number >= _LAST_CENTURY else 2000)


def _differs(day: date, named: list[str]) -> bool:
    said = {each for word in named if (each := _weekday(word)) is not None}
    return bool(said) and day.weekday() not in said


def _has_other(named: list[str], word: str) -> bool:
    """« mar. » is a Tuesday beside another month and March without one."""
    return any(_month(other) for other in named if other != word)


def _known(word: str) -> bool:
    return bool(_month(word)) or _weekday(word) is not None or word in _FIRST or word in _FILLERS


def _month(word: str) -> int:
    """Return the month of a name or of its beginning, 0 where it is none or may be several."""
    for line in _ARABIC_MONTHS.split("\n"):
        number, *names = line.split() or ["0"]
        if word in names:
            return int(number)
    return 1 + _place(word, *_LATIN_MONTHS)


def _weekday(word: str) -> int | None:
    place = _place(word.removeprefix("ال"), *_WEEKDAYS)
    return None if place < 0 else place


def _place(word: str, *tables: str) -> int:
    """Return the place of a name in tables of one order, by the name or a beginning that is nobody else's; else -1."""
    if len(word) < _SHORTEST:
        return -1
    rows = [table.split() for table in tables]
    whole = {row.index(word) for row in rows if word in row}
    found = whole or {place for row in rows for place, name in enumerate(row) if name.startswith(word)}
    return found.pop() if len(found) == 1 else -1
