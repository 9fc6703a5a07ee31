"""The rules of the timetable: what stands against a slot, and that every slot offered is free."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from village.kit.i18n import LANGS
from village.workshops.rules.timetable import (
    Ground,
    Hall,
    Pause,
    Piece,
    Slot,
    list_all_clashes,
    list_clashes,
    list_free_slots,
)
from village.workshops.wording import REFUSALS

FRIDAY, SATURDAY = date(2026, 12, 4), date(2026, 12, 5)
TENT, CLASS, THEATRE, STREAM = 1, 2, 3, 4
MADAGH, SAIDIA = 11, 12
YASSINE, HIND = 71, 72
NAMES = {YASSINE: ("ياسين الفلاحي", "Yassine Fellahi"), HIND: ("هند بناني", "Hind Bennani")}
GROUND = Ground(
    days={FRIDAY: (time(10), time(20)), SATURDAY: (time(9, 30), time(18))},
    halls={
        TENT: Hall(TENT, "M1", MADAGH, 80, frozenset({"projector"}), "الخيمة", "Tente"),
        CLASS: Hall(CLASS, "M2", MADAGH, 40, frozenset(), "القاعة", "Salle"),
        THEATRE: Hall(THEATRE, "S1", SAIDIA, 200, frozenset({"projector", "sound"}), "المسرح", "Théâtre"),
        STREAM: Hall(STREAM, "L1", None, 300, frozenset(), "المنصة", "Plateforme"),
    },
    pauses=(Pause("prayer", FRIDAY, time(12, 15), time(14, 30)), Pause("meal", SATURDAY, time(12), time(13))),
    travel={(MADAGH, SAIDIA): 35, (SAIDIA, MADAGH): 35},
)
TEN = Slot(FRIDAY, time(10), time(12), TENT, "planned", (YASSINE,))


def piece(number: int, slot: Slot, **different) -> Piece:
    values = {
        "id": number,
        "code": f"W{number:02}",
        "title_ar": "ورشة",
        "title_fr": "Atelier",
        "mode": "onsite",
        "kind": "training",
        "taken_onsite": 0,
        "equipment": frozenset(),
        "slot": slot,
        "public": replace(slot, status="draft"),
    }
    return Piece(**{**values, **different})


def codes(one: Piece, *others: Piece) -> list[str]:
    return [each.code for each in list_clashes(one, others, GROUND, NAMES)]


OTHER = piece(1, TEN)


@pytest.mark.parametrize(
    ("slot", "different", "expected"),
    [
        (replace(TEN, starts=time(14, 30), ends=time(16)), {}, []),
        (replace(TEN, room_id=CLASS, trainers=()), {}, []),
        (replace(TEN, starts=time(11), ends=time(12), trainers=()), {}, ["slot_room_taken"]),
        (replace(TEN, starts=time(11), ends=time(12), room_id=CLASS), {}, ["slot_trainer_taken"]),
        (replace(TEN, starts=time(11), ends=time(12)), {}, ["slot_room_taken", "slot_trainer_taken"]),
        (replace(TEN, day=date(2026, 12, 9)), {}, ["slot_day_outside"]),
        (replace(TEN, starts=time(9), ends=time(10), trainers=()), {}, ["slot_hours_outside"]),
        (replace(TEN, starts=time(12), ends=time(12, 30)), {}, ["slot_in_prayer"]),
        (replace(TEN, starts=time(14, 15), ends=time(15)), {"kind": "ceremony"}, ["slot_in_prayer"]),
        (replace(TEN, day=SATURDAY, starts=time(12, 30), ends=time(14)), {}, ["slot_in_meal"]),
        (replace(TEN, day=SATURDAY, starts=time(12, 30), ends=time(14)), {"kind": "ceremony"}, []),
        (replace(TEN, day=SATURDAY, room_id=CLASS), {"taken_onsite": 41}, ["slot_room_too_small"]),
        (replace(TEN, day=SATURDAY, room_id=CLASS), {"taken_onsite": 40}, []),
        (replace(TEN, day=SATURDAY, room_id=CLASS), {"equipment": frozenset({"projector"})}, ["slot_equipment_missing"]),
        (replace(TEN, day=SATURDAY, room_id=TENT), {"equipment": frozenset({"projector"})}, []),
        (replace(TEN, day=SATURDAY, room_id=STREAM), {}, ["slot_room_online"]),
        (replace(TEN, day=SATURDAY, room_id=TENT), {"mode": "online"}, ["slot_room_onsite"]),
        (replace(TEN, day=SATURDAY, room_id=None), {"mode": "online"}, []),
        (replace(TEN, day=SATURDAY, room_id=None), {}, ["slot_room_needed"]),
        (replace(TEN, starts=time(15), ends=time(15, 10)), {}, ["slot_hours_order"]),
        (replace(TEN, status="draft"), {}, []),
        (replace(TEN, status="cancelled"), {}, []),
    ],
)
def test_what_stands_against_a_slot(slot: Slot, different: dict, expected: list[str]) -> None:
    assert codes(piece(2, slot, **different), OTHER) == expected


def test_the_way_between_two_cities_counts_for_a_trainer() -> None:
    before = piece(1, replace(TEN, day=SATURDAY, starts=time(9, 30), ends=time(11)))
    soon = piece(2, replace(TEN, day=SATURDAY, starts=time(11, 30), ends=time(12), room_id=THEATRE))
    found = list_clashes(soon, [before], GROUND, NAMES)
    assert [(each.code, each.facts["way"]) for each in found] == [("slot_trainer_way", 35)]
    later = piece(2, replace(soon.slot, starts=time(11, 35), ends=time(12)))
    assert codes(later, before) == []
    assert codes(replace(soon, slot=replace(soon.slot, trainers=(HIND,))), before) == []


def test_what_is_published_is_not_called_into_question_for_itself() -> None:
    early = replace(TEN, starts=time(8), ends=time(9))
    assert codes(piece(2, early, public=early)) == []
    assert codes(piece(2, early, public=TEN)) == ["slot_hours_outside"]
    assert codes(piece(2, early, public=early), piece(3, early)) == ["slot_room_taken", "slot_trainer_taken"]


def test_a_meeting_of_two_is_named_once_for_the_whole_board() -> None:
    board = [OTHER, piece(2, TEN), piece(3, replace(TEN, starts=time(15), ends=time(16)))]
    assert [(one.code, each.code) for one, each in list_all_clashes(board, GROUND, NAMES)] == [
        ("W01", "slot_room_taken"),
        ("W01", "slot_trainer_taken"),
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_reasons_name_the_trainer_the_session_and_the_hours(lang: str) -> None:
    taken = list_clashes(piece(2, replace(TEN, room_id=CLASS)), [OTHER], GROUND, NAMES)[0]
    said = REFUSALS[taken.code].say(lang, taken.facts)
    assert ("ياسين" if lang == "ar" else "Yassine") in said
    assert "W01" in said
    assert "…" not in said


def test_the_nearest_free_slots_come_first_and_differ() -> None:
    wished = piece(2, replace(TEN, starts=time(11), ends=time(12), trainers=()))
    found = list_free_slots(wished, [OTHER], GROUND, NAMES)
    assert [(each.day.day, f"{each.starts:%H:%M}", each.room_id) for each in found] == [
        (4, "11:00", CLASS),
        (4, "10:45", CLASS),
        (4, "11:00", THEATRE),
    ]
    assert {each.length for each in found} == {wished.slot.length}


def test_another_day_is_offered_where_the_day_is_full() -> None:
    full = piece(1, replace(TEN, starts=time(10), ends=time(20)))
    wished = piece(2, replace(TEN, starts=time(15), ends=time(17)))
    assert {each.day for each in list_free_slots(wished, [full], GROUND, NAMES)} == {SATURDAY}


def test_a_session_longer_than_any_day_has_no_free_slot() -> None:
    assert list_free_slots(piece(2, replace(TEN, starts=time(0), ends=time(23))), [], GROUND, NAMES) == []


hours = st.integers(0, 4 * 24 - 5).flatmap(
    lambda start: st.integers(1, 16).map(lambda long: (start, min(start + long, 4 * 24 - 1)))
)
slots = st.builds(
    lambda day, quarter, room, trainers: Slot(
        day,
        time(quarter[0] // 4, quarter[0] % 4 * 15),
        time(quarter[1] // 4, quarter[1] % 4 * 15),
        room,
        "planned",
        tuple(trainers),
    ),
    st.sampled_from([FRIDAY, SATURDAY]),
    hours,
    st.sampled_from([TENT, CLASS, THEATRE]),
    st.lists(st.sampled_from([YASSINE, HIND]), unique=True),
)


@settings(max_examples=60, deadline=None)
@given(wished=slots, others=st.lists(slots, max_size=12), taken=st.integers(0, 100), needs=st.sets(st.just("projector")))
def test_a_slot_that_is_offered_is_always_free(wished, others, taken, needs) -> None:
    one = piece(99, wished, taken_onsite=taken, equipment=frozenset(needs))
    rest = [piece(number, slot) for number, slot in enumerate(others, 1)]
    offered = list_free_slots(one, rest, GROUND, NAMES)
    assert len(offered) <= 3
    for slot in offered:
        assert list_clashes(replace(one, slot=slot), rest, GROUND, NAMES) == []
        assert slot.length == wished.length
        assert slot.trainers == wished.trainers


@given(slots)
def test_a_slot_survives_the_ledger(slot: Slot) -> None:
    assert Slot.of_json(slot.as_json()) == slot


@pytest.mark.parametrize("broken", [{}, {"day": "2026-12-04"}, {**TEN.as_json(), "status": "gone"}, {**TEN.as_json(), "starts": "25:00"}])
def test_what_is_no_slot_is_not_read_as_one(broken: dict) -> None:
    with pytest.raises(ValueError):
        Slot.of_json(broken)
