"""Telephones, counted nouns, days, hours, numbers and the zone exactly as the vectors of tests/data/l10n say."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import ROOT
from village.kit.clock import instant, local, zone
from village.kit.i18n import MONTHS, WEEKDAYS, counted, format_clock, format_day, format_number
from village.kit.refusal import Refusal
from village.kit.typed import parse_clock, parse_day, parse_money, parse_number, parse_whole, read_day
from village.people.rules import parse_phones, show_phone

FOLDER = ROOT / "tests" / "data" / "l10n"


def vectors(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


PHONES, PLURALS, DATES = vectors("phones"), vectors("plurals"), vectors("dates")
NUMBERS, TIMEZONE = vectors("numbers"), vectors("timezone")
# The faults of the vectors, by the code that says them.
DAY_FAULTS = {
    "day/month order": "day_us_order",
    "no such day": "day_not_in_calendar",
    "incomplete": "day_incomplete",
    "a range, not a date": "day_range",
}
DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))


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


def test_an_hour_in_french_is_written_as_in_the_texts():
    assert plain(format_clock(time(14, 5), "fr")) == DATES["format"]["fr"]["time"]


@pytest.mark.parametrize("case", DATES["parse_cases"], ids=lambda case: str(case["in"]))
def test_what_is_typed_becomes_the_day_that_is_meant(case):
    if "error" in case:
        with pytest.raises(Refusal, match=DAY_FAULTS[case["error"]]):
            parse_day(case["in"])
        return
    read = read_day(case["in"])
    assert read.day.isoformat() == case["out"]
    assert read.weekday_differs is (case.get("warning") == "weekday_mismatch")


@pytest.mark.parametrize("name", DATES["month_aliases_ar"])
def test_every_spelling_of_a_month_is_read(name):
    assert parse_day(f"15 {name} 2026") == date(2026, DATES["month_aliases_ar"][name], 15)


@given(DAYS, st.sampled_from(["ar", "fr", "en"]), st.booleans())
def test_every_day_that_we_write_is_read_back(day, lang, weekday):
    read = read_day(format_day(day, lang, weekday=weekday))
    assert (read.day, read.weekday_differs) == (day, False)


@given(DAYS, st.sampled_from(["{:%Y-%m-%d}", "{:%d/%m/%Y}", "{0.day}-{0.month}-{0:%Y}", "{:%d.%m.%y}", "{:%d %m %Y}"]))
def test_every_day_in_figures_is_read_back_in_three_kinds_of_digits(day, form):
    written = form.format(day)
    for digits in ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"):
        assert parse_day(written.translate(str.maketrans("0123456789", digits))) == day


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1970, 2069))
def test_no_day_is_ever_turned_round(day, month, year):
    """Whatever is typed as figures, it is the day that stands first, or it is refused."""
    if day <= monthrange(year, month)[1]:
        assert parse_day(f"{day}/{month}/{year}") == date(year, month, day)
    else:
        with pytest.raises(Refusal, match="day_not_in_calendar"):
            parse_day(f"{day}/{month}/{year}")
    if day > 12:
        with pytest.raises(Refusal, match=r"day_us_order|day_not_in_calendar"):
            parse_day(f"{month}/{day}/{year}")


@pytest.mark.parametrize(
    "typed",
    ["", "demain", "4 foo 2026", "4 jui 2026", "mar. 8 décembre et jeudi 2026", "الجمعة", "4 12", "99/99/2026", "9" * 30 + " mars 2026",
     "4 mars 04/12/2026", "9" * 5000 + " mars 26"],
)
def test_a_day_that_cannot_be_known_is_asked_again(typed):
    with pytest.raises(Refusal, match="day_"):
        parse_day(typed)


def test_an_abbreviated_tuesday_is_no_march():
    assert read_day("mar. 8 déc. 2026") == read_day("08/12/2026")
    assert parse_day("4 mar. 2026") == date(2026, 3, 4)


def test_a_weekday_that_differs_is_said_and_not_believed():
    assert read_day("الأحد 04/12/2026").weekday_differs
    assert not read_day("vendredi 04/12/2026").weekday_differs
    assert (MONTHS["ar"][11], WEEKDAYS["ar"][4]) == ("دجنبر", "الجمعة")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14:05", time(14, 5)), ("14 h 05", time(14, 5)), ("14h05", time(14, 5)), ("14\u00a0h\u00a005", time(14, 5)),
        ("14 H 05", time(14, 5)), ("١٤:٠٥", time(14, 5)), ("۱۴:۰۵", time(14, 5)), ("14.05", time(14, 5)),
        ("1405", time(14, 5)), ("14:05:00", time(14, 5)), ("9h", time(9)), ("٩", time(9)), ("8 heures 30", time(8, 30)),
        ("الساعة 9:30 صباحا", time(9, 30)), ("2:05 بعد الزوال", time(14, 5)), ("12 am", time(0)), ("12:30 pm", time(12, 30)),
        ("à 14 h 05", time(14, 5)), (time(14, 5, 59), time(14, 5)), (datetime(2026, 12, 4, 14, 5, tzinfo=UTC), time(14, 5)),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_the_hour_that_is_meant(typed, read):
    assert parse_clock(typed) == read


@pytest.mark.parametrize("typed", ["", "14:5", "25:00", "24:10", "14:60", "midi", "14-05", "14:05:30", "٩٩"])
def test_an_hour_that_cannot_be_known_is_asked_again(typed):
    with pytest.raises(Refusal, match="clock_"):
        parse_clock(typed)


@given(st.times(), st.sampled_from(["ar", "fr", "en"]))
def test_every_hour_that_we_write_is_read_back(at, lang):
    assert parse_clock(format_clock(at, lang)) == at.replace(second=0, microsecond=0)


@pytest.mark.parametrize("case", NUMBERS["parse_cases"], ids=lambda case: case["in"])
def test_what_is_typed_becomes_the_number_that_is_meant(case):
    assert parse_number(case["in"]) == Decimal(str(case["out"]))


@pytest.mark.parametrize("case", NUMBERS["ambiguous"], ids=lambda case: case["in"])
def test_a_number_with_two_meanings_is_asked(case):
    with pytest.raises(Refusal, match="number_doubtful") as refused:
        parse_number(case["in"])
    assert refused.value.facts["whole"] == "1234"
    assert refused.value.facts["small"] == "1.234"
    # Where one of them is out of range, the other is meant.
    assert parse_number(case["in"], most=20) == Decimal("1.234")
    assert parse_money(case["in"]) == parse_whole(case["in"]) == 1234


@pytest.mark.parametrize(
    "typed", ["", "douze", "1,2,3", "1.23.456", "1 23", "12 kg", "1.234.56", "--5", "1e9", "9" * 30, "²", "½", "٫"]
)
def test_a_number_that_cannot_be_known_is_asked_again(typed):
    with pytest.raises(Refusal, match="number_unreadable"):
        parse_number(typed)


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["ar", "fr", "en"]))
def test_every_amount_that_we_write_is_read_back(amount, lang):
    assert parse_money(format_number(amount, lang, 2)) == amount


@given(st.integers(-(10**12), 10**12), st.sampled_from(["ar", "fr", "en"]))
def test_every_whole_number_that_we_write_is_read_back(number, lang):
    assert parse_whole(format_number(number, lang)) == number


def test_half_a_person_and_a_tenth_of_a_centime_are_refused():
    with pytest.raises(Refusal, match="number_not_whole"):
        parse_whole("1,5")
    with pytest.raises(Refusal, match="money_too_fine"):
        parse_money("12,3456")


def test_money_is_grouped_as_each_language_does():
    """The vectors show `1.234,50 درهم` and `1 234,50 DH`: figures, then the unit of the page."""
    assert plain(format_number(Decimal("1234.50"), "ar", 2)) in NUMBERS["display"]["money_ar"]
    assert plain(format_number(Decimal("1234.50"), "fr", 2)) in plain(NUMBERS["display"]["money_fr"])
    assert plain(format_number(Decimal("15.50"), "fr", 2)) in NUMBERS["display"]["score"]


@pytest.mark.parametrize("case", TIMEZONE["vectors"], ids=lambda case: f"{case['local']} {case.get('fold', '')}")
def test_planned_times_become_instants_as_the_zone_says(case):
    wall = datetime.fromisoformat(case["local"]).replace(fold=case.get("fold", 0))
    if case.get("nonexistent"):
        # The clock was put forward over it: no instant shows this time of day.
        at = instant(wall.date(), wall.time(), TIMEZONE["zone"])
        assert local(at, TIMEZONE["zone"]).replace(tzinfo=None) != wall
        return
    wanted = datetime.fromisoformat(case["utc"])
    assert instant(wall.date(), wall.timetz(), TIMEZONE["zone"]) == wanted
    assert local(wanted, TIMEZONE["zone"]).replace(tzinfo=None) == wall.replace(tzinfo=None)


def test_morocco_stays_on_universal_time_after_the_change():
    for day in range(0, 3 * 365, 7):
        at = datetime(2026, 9, 21, 12, tzinfo=UTC) + timedelta(days=day)
        assert at.astimezone(zone(TIMEZONE["zone"])).utcoffset() == timedelta(0)
