"""Who gets a place: hours, the way between towns, channels, waiting lists and what staff may set aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village.kit.refusal import Refusal
from village.workshops.rules import (
    Booking,
    Channel,
    Decision,
    Places,
    Request,
    Result,
    Session,
    Sitting,
    Status,
    Wish,
    decide_registration,
    list_objections,
    list_programme_clashes,
    overlaps,
    why_not_together,
)

MADAGH, SAIDIA = 1, 2
TRAVEL = {(MADAGH, SAIDIA): 35, (SAIDIA, MADAGH): 35}
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 12, 4)  # noqa: DTZ001 - planned times are wall times


def at(clock: str) -> datetime:
    """Say an hour of the Friday."""
    hour, minute = clock.split(":")
    return FRIDAY.replace(hour=int(hour), minute=int(minute))


def sitting(code: str, starts: str, ends: str, venue: int | None = MADAGH) -> Sitting:
    """A time somebody already holds."""
    return Sitting(code, at(starts), at(ends), venue)


def session(
    starts: str = "10:00", ends: str = "12:00", venue: int | None = MADAGH, places: Places | None = None
) -> Session:
    """A workshop that people ask for."""
    return Session("W50", at(starts), at(ends), venue, places or Places(onsite=10, online=0))


def ask(wanted: Session, *held: Sitting, wish: Wish = Wish.ANY, override: str = "") -> Request:
    """One person's request for a workshop."""
    return Request(wanted, held, TRAVEL, NOW, wish, None, override)


def test_touching_ends_in_one_town_do_not_overlap() -> None:
    assert not overlaps(sitting("W06", "09:30", "11:30"), sitting("W08", "11:30", "13:00"), TRAVEL)


def test_one_shared_minute_overlaps() -> None:
    assert overlaps(sitting("W06", "09:30", "11:31"), sitting("W08", "11:30", "13:00"), TRAVEL)


@pytest.mark.parametrize(("starts", "refused"), [("12:00", True), ("12:34", True), ("12:35", False)])
def test_the_way_to_the_other_town_counts(starts: str, refused: bool) -> None:
    wanted = session(starts, "14:00", SAIDIA)
    decision = decide_registration(ask(wanted, sitting("W01", "10:00", "12:00", MADAGH)))
    assert (decision.result is Result.REFUSED_OVERLAP) is refused


def test_the_way_counts_in_both_directions() -> None:
    earlier = session("10:00", "12:00", MADAGH)
    decision = decide_registration(ask(earlier, sitting("W04", "12:20", "14:00", SAIDIA)))
    assert decision.overlap is not None
    assert decision.overlap.code == "refused_overlap_way"
    assert decision.overlap.facts["way"] == 35


def test_an_online_session_needs_no_way() -> None:
    wanted = session("12:00", "13:00", None, Places(onsite=0, online=20))
    decision = decide_registration(ask(wanted, sitting("W01", "10:00", "12:00", MADAGH)))
    assert decision == Decision(Result.CONFIRMED, Channel.ONLINE)


def test_who_cannot_reach_the_hybrid_room_in_time_is_confirmed_online() -> None:
    wanted = session("12:10", "13:00", SAIDIA, Places(onsite=50, online=50))
    decision = decide_registration(ask(wanted, sitting("W01", "10:00", "12:00", MADAGH)))
    assert decision == Decision(Result.CONFIRMED, Channel.ONLINE)


def test_an_overlap_says_with_what() -> None:
    refusal = why_not_together(sitting("W50", "11:00", "13:00"), [sitting("W01", "10:00", "12:00")], TRAVEL)
    assert refusal is not None
    assert refusal.facts["other"] == "W01"
    assert (refusal.facts["starts"], refusal.facts["ends"], refusal.facts["way"]) == ("10:00", "12:00", 0)


class TestChannels:
    """A full room with places left online, and the reverse."""

    full_room = Places(onsite=2, online=3, taken_onsite=2, taken_online=1)
    full_online = Places(onsite=2, online=3, taken_onsite=1, taken_online=3)
    full = Places(onsite=2, online=3, taken_onsite=2, taken_online=3)

    @pytest.mark.parametrize(
        ("places", "wish", "expected"),
        [
            (full_room, Wish.ANY, Decision(Result.CONFIRMED, Channel.ONLINE)),
            (full_room, Wish.ONLINE, Decision(Result.CONFIRMED, Channel.ONLINE)),
            (full_room, Wish.ONSITE, Decision(Result.WAITLISTED)),
            (full_online, Wish.ANY, Decision(Result.CONFIRMED, Channel.ONSITE)),
            (full_online, Wish.ONLINE, Decision(Result.WAITLISTED)),
            (full, Wish.ANY, Decision(Result.WAITLISTED)),
        ],
    )
    def test_each_channel_has_its_own_places(self, places: Places, wish: Wish, expected: Decision) -> None:
        assert decide_registration(ask(session(places=places), wish=wish)) == expected

    def test_a_channel_that_is_not_offered_is_refused(self) -> None:
        with pytest.raises(Refusal) as caught:
            decide_registration(ask(session(places=Places(onsite=10, online=0)), wish=Wish.ONLINE))
        assert caught.value.code == "channel_not_offered"


class TestObjections:
    """Everything that speaks against a request is said at once."""

    closed = replace(session(), closes=NOW - timedelta(hours=1))

    def test_all_objections_come_together(self) -> None:
        request = replace(ask(self.closed, sitting("W01", "11:00", "13:00")), standing=Status.WAITLISTED)
        codes = [o.code for o in list_objections(request)]
        assert codes == ["already_registered", "registration_closed", "refused_overlap"]

    def test_the_refusal_carries_them_all(self) -> None:
        request = ask(self.closed, sitting("W01", "11:00", "13:00"))
        with pytest.raises(Refusal) as caught:
            decide_registration(request)
        assert [o.code for o in caught.value.objections] == ["registration_closed", "refused_overlap"]

    @pytest.mark.parametrize(
        ("opens", "closes", "code"),
        [
            (NOW + timedelta(seconds=1), None, "registration_not_open"),
            (None, NOW, "registration_closed"),
            (NOW, NOW + timedelta(seconds=1), None),
        ],
    )
    def test_opening_and_closing(self, opens: datetime | None, closes: datetime | None, code: str | None) -> None:
        found = list_objections(ask(replace(session(), opens=opens, closes=closes)))
        assert [o.code for o in found] == ([code] if code else [])

    def test_a_cancelled_request_does_not_stand_in_the_way(self) -> None:
        assert not list_objections(replace(ask(session()), standing=Status.CANCELLED))

    def test_staff_may_set_an_overlap_a_closing_and_a_full_room_aside(self) -> None:
        full = replace(self.closed, places=Places(onsite=2, online=0, taken_onsite=2))
        request = ask(full, sitting("W01", "11:00", "13:00"), override="invited by the trainer")
        decision = decide_registration(request)
        assert decision.result is Result.CONFIRMED
        assert decision.overruled == ("registration_closed", "refused_overlap", "workshop_full")

    def test_staff_cannot_register_a_person_twice(self) -> None:
        request = replace(ask(session(), override="insists"), standing=Status.CONFIRMED)
        with pytest.raises(Refusal) as caught:
            decide_registration(request)
        assert caught.value.code == "already_registered"

    def test_an_override_without_need_overrules_nothing(self) -> None:
        assert decide_registration(ask(session(), override="in case")).overruled == ()


class TestProgramme:
    """Rooms and trainers cannot be in two places either."""

    def booking(self, code: str, starts: str, ends: str, venue: int, room: int, trainer: str) -> Booking:
        return Booking(sitting(code, starts, ends, venue), room, frozenset({trainer}))

    def test_a_room_is_booked_twice(self) -> None:
        one = self.booking("W01", "10:00", "12:00", MADAGH, 1, "T01")
        two = self.booking("W02", "11:00", "13:00", MADAGH, 1, "T02")
        assert [c.code for c in list_programme_clashes([one, two], TRAVEL)] == ["room_taken"]

    def test_a_trainer_needs_the_way_too(self) -> None:
        one = self.booking("W01", "10:00", "12:00", MADAGH, 1, "T04")
        two = self.booking("W04", "12:20", "14:00", SAIDIA, 3, "T04")
        assert [c.facts["trainer"] for c in list_programme_clashes([one, two], TRAVEL)] == ["T04"]

    def test_one_after_the_other_is_fine(self) -> None:
        one = self.booking("W01", "10:00", "12:00", MADAGH, 1, "T04")
        two = self.booking("W02", "12:00", "14:00", MADAGH, 1, "T04")
        assert list_programme_clashes([one, two], TRAVEL) == []


minutes = st.integers(min_value=0, max_value=1_000)


@st.composite
def sittings(draw: st.DrawFn) -> Sitting:
    """Any session of a day, in either town or online."""
    start = draw(minutes)
    length = draw(st.integers(min_value=1, max_value=240))
    venue = draw(st.sampled_from([MADAGH, SAIDIA, None]))
    return Sitting("W90", FRIDAY + timedelta(minutes=start), FRIDAY + timedelta(minutes=start + length), venue)


@given(sittings(), sittings())
def test_overlap_is_the_same_seen_from_both_sides(one: Sitting, other: Sitting) -> None:
    assert overlaps(one, other, TRAVEL) is overlaps(other, one, TRAVEL)


@given(sittings(), sittings())
def test_overlap_means_that_not_every_minute_can_be_sat(one: Sitting, other: Sitting) -> None:
    """An independent account: count the minutes between the end of the one and the start of the other."""
    first, second = sorted((one, other), key=lambda s: (s.ends, s.starts))
    gap = (second.starts - first.ends).total_seconds() / 60
    towns = {one.venue_id, other.venue_id}
    needed = 35 if towns == {MADAGH, SAIDIA} else 0
    assert overlaps(one, other, TRAVEL) is (gap < needed)
