"""Telephones, counted nouns and written dates exactly as the vectors of tests/data/l10n say."""

from __future__ import annotations

import json
import re
from datetime import date, time

import pytest

from config import ROOT
from village.kit.i18n import counted, format_clock, format_day
from village.kit.refusal import Refusal
from village.people.rules import parse_phones, show_phone

FOLDER = ROOT / "tests" / "data" / "l10n"


def vectors(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


PHONES, PLURALS, DATES = vectors("phones"), vectors("plurals"), vectors("dates")


def plain(text):
    """Without the marks that keep figures in their place and with plain spaces."""
    return re.sub("[\u2066-\u2069\u200e\u200f]", "", text).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("case", PHONES["cases"], ids=lambda case: str(case["in"]))
def test_what_is_typed_becomes_the_number_that_is_kept(case):
    if "error" in case and case["error"] != "empty":
        with pytest.raises(Refusal, match="phone_invalid"):
            parse_phones(case["in"])
        return
    wanted = case.get("e164", [])
    assert list(parse_phones(case["in"])) == ([wanted] if isinstance(wanted, str) else wanted)


def test_a_number_is_shown_in_pairs():
    assert plain(show_phone("+212600000012")) == "06 00 00 00 12"


def ungrouped(text):
    """The vectors write figures bare; how thousands are grouped is the number's own business."""
    return re.sub(r"(?<=\d)[., ](?=\d{3})", "", plain(text))


def test_every_counted_noun_in_three_languages():
    wrong = [
        (case["key"], case["n"], lang, counted(case["key"], case["n"], lang), case[lang])
        for case in PLURALS["vectors"]
        for lang in ("ar", "fr", "en")
        if ungrouped(counted(case["key"], case["n"], lang)) != plain(case[lang])
    ]
    assert wrong == []


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_days_and_hours_are_written_as_in_morocco(lang):
    forms = DATES["format"][lang]
    assert plain(format_day(date(2026, 12, 4), lang)) == forms["full"]
    assert plain(format_day(date(2026, 12, 4), lang, weekday=False)) == forms["long"]
    months = DATES["months_ar_MA"] if lang == "ar" else DATES["months_fr"]
    for number, name in enumerate(months, 1):
        assert name in format_day(date(2026, number, 15), lang)
    first = DATES["first_day_of_month"][lang]
    assert first in format_day(date(2026, 12, 1), lang)
    weekdays = DATES[f"weekdays_{lang}"]
    assert [weekdays[date(2026, 12, day).weekday()] in format_day(date(2026, 12, day), lang) for day in range(1, 8)] == [True] * 7


def test_an_hour_in_arabic_is_written_with_western_figures():
    assert plain(format_clock(time(14, 5), "ar")) == DATES["format"]["ar"]["time"]
