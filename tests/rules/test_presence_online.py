"""When the online room counts who comes, and what a sheet remembers of when and where a session was."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from village.checkin.rules import Kind, Listed, Slot, arrival_id, compare, read_slot, why_not_joined
from village.kit.clock import zone

RABAT = zone("Africa/Casablanca")
STARTS = datetime(2026, 12, 5, 15, tzinfo=RABAT)
ENDS = datetime(2026, 12, 5, 17, tzinfo=RABAT)


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (STARTS - timedelta(minutes=15, seconds=1), "join_too_early"),
        (STARTS - timedelta(minutes=15), None),
        (ENDS, None),
        (ENDS + timedelta(seconds=1), "join_over"),
    ],
)
def test_the_room_opens_a_quarter_before_and_shuts_at_the_end(at: datetime, code: str | None) -> None:
    objection = why_not_joined(at, STARTS, ENDS)
    assert (objection.code if objection else None) == code


def test_who_comes_too_early_learns_when() -> None:
    objection = why_not_joined(STARTS - timedelta(days=1), STARTS, ENDS)
    assert objection is not None
    assert objection.facts == {"day": "2026-12-05", "time": "14:45"}


def test_the_same_link_is_always_the_same_arrival() -> None:
    assert arrival_id(5, 21) == arrival_id(5, 21)
    assert len({arrival_id(5, 21), arrival_id(5, 22), arrival_id(6, 21)}) == 3


@pytest.mark.parametrize("room", ["", "M1", "Salle 2"])
def test_a_slot_is_kept_as_text(room: str) -> None:
    slot = Slot(date(2026, 12, 4), time(10), time(12, 30), room)
    assert read_slot(slot.text) == slot
    assert read_slot("") is None


def test_who_takes_part_online_is_not_asked_for_a_signature() -> None:
    there = {"person_id": 5, "ticked": False, "arrived": True}
    assert [each.kind for each in compare([Listed(1, **there)])] == [Kind.SCANNED_ONLY]
    assert compare([Listed(1, **there, online=True)]) == []
