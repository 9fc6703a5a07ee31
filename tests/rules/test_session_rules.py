"""What sessions are, what may be written of them, and two people who write at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village.editions.rules import EQUIPMENT, NewRoom, list_room_objections
from village.workshops.minutes_paper import paragraphs, points
from village.workshops.rules import KINDS, LANGS, THEMES, Places, asks_minutes, gives_certificate, registers
from village.workshops.rules.editing import list_changed, merge_three
from village.workshops.rules.kinds import why_no_minutes, why_no_registration
from village.workshops.rules.sessions import (
    MinutesText,
    SessionText,
    list_fitting,
    list_taken_objections,
    list_text_objections,
    next_code,
    why_not_capacity,
    why_not_close,
)

WORKSHOP = SessionText("التسويق", "La vente", "training", "onsite", places_onsite=30, credit_minutes=120)


def codes(objections: list[Any]) -> list[str]:
    """Name what stands against it."""
    return [each.code for each in objections]


@pytest.mark.parametrize(
    ("kind", "takes_places", "certificate", "minutes"),
    [
        ("training", True, True, False),
        ("awareness", True, True, False),
        ("round_table", True, True, False),
        ("plenary", True, False, True),
        ("forum", True, False, True),
        ("seminar", True, False, True),
        ("study_day", True, False, True),
        ("consultation", True, False, True),
        ("ceremony", False, False, False),
        ("nobody knows", False, False, False),
    ],
)
def test_each_kind_has_its_rules(kind: str, takes_places: bool, certificate: bool, minutes: bool) -> None:
    assert (registers(kind), gives_certificate(kind), asks_minutes(kind)) == (takes_places, certificate, minutes)
    assert (why_no_registration(kind, "W01") is None) == takes_places
    assert (why_no_minutes(kind, "W01") is None) == minutes


@pytest.mark.parametrize("table", [KINDS, THEMES, LANGS, EQUIPMENT])
def test_every_code_has_a_name_of_its_own_in_each_language(table: Any) -> None:
    for lang in ("ar", "fr", "en"):
        names = [thing.name(lang) for thing in table.values()]
        assert all(names)
        assert len(set(names)) == len(names)
    assert [thing.code for thing in table.values()] == list(table)


def test_a_text_in_order_has_nothing_against_it() -> None:
    assert list_text_objections(WORKSHOP, "W01", []) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title_ar": "", "title_fr": ""}, "session_title_missing"),
        ({"kind": "party"}, "session_word_unknown"),
        ({"theme": "football"}, "session_word_unknown"),
        ({"track": "TR9"}, "session_word_unknown"),
        ({"mode": "by post"}, "session_word_unknown"),
        ({"langs": ("ar", "xx")}, "session_word_unknown"),
        ({"equipment": ("swimming pool",)}, "session_word_unknown"),
        ({"langs": ()}, "session_language_missing"),
        ({"places_onsite": 0}, "session_without_places"),
        ({"places_onsite": -1}, "places_negative"),
        ({"join_url": "http://salle.example"}, "join_link_invalid"),
    ],
)
def test_each_mistake_is_named(change: dict[str, Any], code: str) -> None:
    assert code in codes(list_text_objections(replace(WORKSHOP, **change), "W01", ["TR1"]))


def test_all_mistakes_are_named_at_once() -> None:
    wrong = replace(WORKSHOP, title_ar="", title_fr="", langs=(), theme="football")
    assert codes(list_text_objections(wrong, "W01", [])) == [
        "session_title_missing", "session_word_unknown", "session_language_missing",
    ]  # fmt: skip


def test_a_ceremony_needs_no_places() -> None:
    assert list_text_objections(replace(WORKSHOP, kind="ceremony", places_onsite=0), "W01", []) == []


def test_a_channel_that_is_not_held_has_no_places() -> None:
    both = replace(WORKSHOP, places_online=50, langs=("fr", "ar", "fr"))
    assert both.settled() == replace(WORKSHOP, langs=("ar", "fr"))
    assert replace(both, mode="online").settled().places_onsite == 0
    assert replace(both, mode="hybrid").settled().places_online == 50


def test_people_who_hold_places_keep_them() -> None:
    held = Places(30, 10, 4, 2)
    assert codes(list_taken_objections(replace(WORKSHOP, kind="ceremony"), "W01", held, 7)) == [
        "session_has_registrations", "session_channel_taken",
    ]  # fmt: skip
    assert codes(list_taken_objections(replace(WORKSHOP, mode="online"), "W01", held, 7)) == ["session_channel_taken"]
    assert list_taken_objections(replace(WORKSHOP, mode="hybrid"), "W01", held, 7) == []


def test_the_text_of_a_session_survives_the_way_through_a_form() -> None:
    text = replace(WORKSHOP, langs=("ar", "zgh"), equipment=("sound",), aims_ar="سطر\nسطر", track="TR1")
    assert SessionText.of(text.values()) == text


def test_a_room_names_the_sessions_that_need_its_seats() -> None:
    assert why_not_capacity("M1", 30, {"W01": 30, "W02": 12}) is None
    refusal = why_not_capacity("M1", 11, {"W09": 30, "W02": 12, "W03": 5})
    assert refusal is not None
    assert dict(refusal.facts) == {"room": "M1", "capacity": 11, "workshops": "W02, W09", "most": 30}


@pytest.mark.parametrize(
    ("room", "codes_there", "code"),
    [
        (NewRoom("m1", "ق", "", 10), [], "room_code_wrong"),
        (NewRoom("M1", "ق", "", 10), ["M1"], "room_code_taken"),
        (NewRoom("M1", "", "", 10), [], "room_name_missing"),
        (NewRoom("M1", "ق", "", 0), [], "room_capacity_wrong"),
        (NewRoom("M1", "ق", "", 10, "sound,piano"), [], "equipment_unknown"),
    ],
)
def test_a_room_is_checked(room: NewRoom, codes_there: list[str], code: str) -> None:
    assert codes(list_room_objections(room, codes_there)) == [code]
    assert list_room_objections(NewRoom("M3", "ق", "", 10, "sound,board"), ["M1"]) == []


@pytest.mark.parametrize(
    ("prefix", "held", "digits", "new"),
    [("W", ["W01", "W12", "X99"], 2, "W13"), ("T", [], 2, "T01"), ("TR", ["TR1", "T09"], 1, "TR2"), ("W", ["W99"], 2, "W100")],
)
def test_codes_go_on(prefix: str, held: list[str], digits: int, new: str) -> None:
    assert next_code(prefix, held, digits) == new


def test_empty_minutes_are_not_closed() -> None:
    assert why_not_close(MinutesText(rapporteur="Mina"), "W07") is not None
    assert why_not_close(MinutesText(text_fr="Bien."), "W07") is None


def test_who_left_a_value_alone_takes_what_was_written_meanwhile() -> None:
    shown, now = {"ar": "one", "fr": "un"}, {"ar": "two", "fr": "un"}
    merged = merge_three(shown, now, {"ar": "one", "fr": "deux"})
    assert merged.values == {"ar": "two", "fr": "deux"}
    assert merged.conflicts == ()


def test_two_who_wrote_differently_are_asked() -> None:
    merged = merge_three({"ar": "one"}, {"ar": "two"}, {"ar": "three"})
    assert merged.conflicts == ("ar",)
    assert merged.values == {"ar": "three"}
    assert merge_three({"ar": "one"}, {"ar": "two"}, {"ar": "two"}).conflicts == ()


VALUES = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2))


@given(VALUES, VALUES.filter(len), VALUES)
def test_nothing_typed_is_lost_and_nothing_is_kept_that_nobody_wrote(shown: Any, now: Any, typed: Any) -> None:
    merged = merge_three(shown, now, typed)
    assert list(merged.values) == list(now)
    for name, value in merged.values.items():
        before = shown.get(name, now[name])
        wanted = typed.get(name, before)
        assert value == (wanted if wanted != before else now[name])
        assert (name in merged.conflicts) == (len({before, now[name], wanted}) == 3)


def test_what_changed_is_named_in_order() -> None:
    assert list_changed({"a": 1, "b": 2}, {"b": 3, "a": 1, "c": 0}) == ["b", "c"]


def test_lines_and_lists_of_minutes_are_read_as_people_write_them() -> None:
    assert paragraphs("Un\nsuite.\n\n\nDeux.") == ["Un suite.", "Deux."]
    assert points("- un\n• deux\n3) trois\n٤- أربعة\n\n2026 en fête") == ["un", "deux", "trois", "أربعة", "2026 en fête"]


def test_rooms_that_fit_come_with_the_fewest_idle_seats_first() -> None:
    rooms = {"M1": (80, ["sound", "board"]), "M2": (30, ["sound"]), "M3": (20, ["sound"]), "S1": (200, ["board"])}
    assert list_fitting(replace(WORKSHOP, equipment=("sound",)), rooms) == ["M2", "M1"]
    assert list_fitting(replace(WORKSHOP, equipment=("sound", "computers")), rooms) == []
