"""Three languages: Arabic (right to left), French, English. Words, dates and numbers as they are written in Morocco.

The server alone formats: browsers and older systems write Moroccan months and digits in other ways.
"""

from __future__ import annotations

import json
import re
import string
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, cast

from babel import Locale
from babel.numbers import format_decimal
from flask import g, has_request_context

from village.kit.clock import local

if TYPE_CHECKING:
    from collections.abc import Mapping

Lang = Literal["ar", "fr", "en"]
LANGS: tuple[Lang, ...] = ("ar", "fr", "en")
OWN_NAMES: Mapping[Lang, str] = {"ar": "العربية", "fr": "Français", "en": "English"}
LOCALES: Mapping[Lang, str] = {"ar": "ar_MA", "fr": "fr_MA", "en": "en"}

_MONTHS = """
ar: يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر
fr: janvier février mars avril mai juin juillet août septembre octobre novembre décembre
en: January February March April May June July August September October November December
"""
_WEEKDAYS = """
ar: الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
fr: lundi mardi mercredi jeudi vendredi samedi dimanche
en: Monday Tuesday Wednesday Thursday Friday Saturday Sunday
"""


def _names(table: str) -> Mapping[Lang, tuple[str, ...]]:
    rows = (line.partition(": ") for line in table.strip().splitlines())
    return {cast("Lang", lang): tuple(names.split()) for lang, _, names in rows}


MONTHS, WEEKDAYS = _names(_MONTHS), _names(_WEEKDAYS)
_FIRST_OF_MONTH: Mapping[Lang, str] = {"ar": "فاتح", "fr": "1er", "en": "1"}

# Stands where a sentence asks for a fact that its line does not hold.
_UNKNOWN = "…"

# Isolates (Unicode TR9) keep a code or a phone number whole inside a sentence of the other direction.
_LEFT_TO_RIGHT_ISOLATE, _FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2066", "\u2068", "\u2069"


@dataclass(frozen=True)
class Words:
    """One sentence in three languages, with `{fact}` places.

    Formats inside a place: `{n:seat}` counts a noun of `kit/data/counted.json`, `{d:day}` a date, `{t:clock}` a time,
    `{x:number}` writes a number as the language does, `{x:ltr}` isolates a code left to right. Every other text is
    isolated by its first strong letter.
    """

    ar: str
    fr: str
    en: str

    def say(self, lang: Lang, facts: Mapping[str, Any] | None = None) -> str:
        """Fill the sentence of one language with facts; a missing fact shows as «…» rather than failing."""
        return _Sentence(lang).vformat(cast("str", getattr(self, lang)), (), dict(facts or {}))


class _Sentence(string.Formatter):
    """`str.format` that knows counted nouns, dates, times and writing direction."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:  # noqa: ARG002 - the signature of string.Formatter
        return kwargs.get(str(key), _UNKNOWN)

    def format_field(self, value: Any, spec: str) -> str:
        if value == _UNKNOWN:
            return _UNKNOWN
        written = {
            "ltr": self._code,
            "day": self._day,
            "clock": self._clock,
            "number": self._number,
            "": self._plain,
        }
        if spec in written:
            return written[spec](value)
        return counted(spec, int(value), self.lang)

    def _plain(self, value: Any) -> str:
        if self.lang == "ar" and isinstance(value, str):
            return f"{_FIRST_STRONG_ISOLATE}{value}{_POP_ISOLATE}"
        return str(value)

    def _code(self, value: Any) -> str:
        return isolate_ltr(str(value))

    def _number(self, value: Any) -> str:
        # As a decimal, so that a fact written "2.12" stays so and becomes « 2,12 ».
        return format_number(Decimal(str(value)), self.lang)

    def _day(self, value: Any) -> str:
        return format_day(value if isinstance(value, date) else date.fromisoformat(str(value)), self.lang)

    def _clock(self, value: Any) -> str:
        return format_clock(value if isinstance(value, time) else time.fromisoformat(str(value)), self.lang)


def isolate_ltr(text: str) -> str:
    """Wrap a code, phone number or hash so that it reads left to right inside any sentence."""
    return f"{_LEFT_TO_RIGHT_ISOLATE}{text}{_POP_ISOLATE}"


def direction(lang: Lang) -> Literal["rtl", "ltr"]:
    """Return the writing direction of a language."""
    return "rtl" if lang == "ar" else "ltr"


def text_direction(text: str) -> Literal["rtl", "ltr"]:
    """Return the direction of the first strong letter of a text; left to right where there is none."""
    for letter in text:
        if "\u0590" <= letter <= "\u08ff" or "\ufb1d" <= letter <= "\ufefc":
            return "rtl"
        if letter.isalpha():
            return "ltr"
    return "ltr"


def current_lang() -> Lang:
    """Return the language of the request at hand; French outside a request (the language of the console)."""
    if not has_request_context():
        return "fr"
    return cast("Lang", g.get("lang", "fr"))


def format_day(day: date, lang: Lang, *, weekday: bool = True) -> str:
    """Write a date: الجمعة 4 دجنبر 2026 · vendredi 4 décembre 2026 · Friday 4 December 2026."""
    number = _FIRST_OF_MONTH[lang] if day.day == 1 else str(day.day)
    text = f"{number} {MONTHS[lang][day.month - 1]} {day.year}"
    return f"{WEEKDAYS[lang][day.weekday()]} {text}" if weekday else text


def format_clock(at: time, lang: Lang) -> str:
    """Write a time of day: 14:05, in French 14 h 05 (with no-break spaces)."""
    return f"{at.hour}\u00a0h\u00a0{at.minute:02d}" if lang == "fr" else f"{at.hour:02d}:{at.minute:02d}"


def format_instant(at: datetime, lang: Lang, zone_name: str = "Africa/Casablanca") -> str:
    """Write an instant as local date and time of a zone."""
    here = local(at, zone_name)
    return f"{format_day(here.date(), lang, weekday=False)}، {format_clock(here.time(), lang)}" if lang == "ar" else (
        f"{format_day(here.date(), lang, weekday=False)}, {format_clock(here.time(), lang)}"
    )


def format_number(number: float | Decimal, lang: Lang, digits: int | None = None) -> str:
    """Write a number with Western digits; `digits` fixes the decimals."""
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(number, format=pattern, locale=LOCALES[lang], numbering_system="latn")


@lru_cache(maxsize=1)
def _counted_forms() -> dict[str, dict[str, dict[str, str]]]:
    text = files("village.kit").joinpath("data/counted.json").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, dict[str, str]]]", json.loads(text))


@lru_cache(maxsize=3)
def _plural_rule(lang: Lang) -> Any:
    return Locale.parse(lang).plural_form


def counted(noun: str, number: int, lang: Lang) -> str:
    """Count a noun with the right one of its forms (six in Arabic): 3 تعاونيات, 11 تعاونية, 2 stands.

    Raises:
        KeyError: the noun has no forms in `kit/data/counted.json`.

    """
    forms = _counted_forms()[noun][lang]
    form = forms.get(_plural_rule(lang)(number)) or forms["other"]
    return form.replace("{n}", format_number(number, lang))


def french_spaces(text: str) -> str:
    """Keep : ; ? ! » on the line of the word before them, and « on the line of the word after."""
    return re.sub(r" (?=[:;?!»])|(?<=«) ", "\u00a0", text)


def pick(lang: Lang, ar: str | None, fr: str | None, en: str | None = None) -> tuple[str, Lang]:
    """Choose content for a reader: their language, else French, else Arabic. Returns the text and its language."""
    texts: dict[Lang, str | None] = {"ar": ar, "fr": fr, "en": en}
    order: tuple[Lang, ...] = (lang, "fr", "ar", "en")
    for choice in order:
        text = texts[choice]
        if text:
            return text, choice
    return "", lang
