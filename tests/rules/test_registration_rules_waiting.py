"""The waiting list: the order, who is passed over and why, groups, reserves, shares; never more than the capacity."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from village.kit.refusal import Refusal
from village.workshops.rules import (
    GATHERING_ENDS,
    Audience,
    Channel,
    Conditions,
    Line,
    Places,
    Reserve,
    Session,
    Sitting,
    Visitor,
    Waiting,
    Wish,
    deal,
    gathers,
    narrowest_first,
    parties_in_order,
    places_by_slot,
    reserved_slots,
    unused_places,
)

MADAGH, SAIDIA = 1, 2
TRAVEL = {(MADAGH, SAIDIA): 35, (SAIDIA, MADAGH): 35}
FRIDAY = datetime(2026, 12, 4)  # noqa: DTZ001 - planned times are wall times
BEGINS = datetime(2026, 12, 4, 10, tzinfo=UTC)
ROOM, ONLINE = Channel.ONSITE, Channel.ONLINE


def session(places: Places) -> Session:
    """The workshop for which people wait."""
    return Session("W50", FRIDAY.replace(hour=10), FRIDAY.replace(hour=12), MADAGH, places, starts_at=BEGINS)


def line(waiting: list[Waiting], places: Places, **more: Any) -> Line:
    """A list before places are dealt out, with every free place open to all."""
    left = more.pop("left", {(c, None): places.left(c) for c in Channel})
    return Line(session(places), waiting, TRAVEL, left, **more)


def awarded(found: Any) -> list[int]:
    """Who got a place, in order."""
    return [award.person_id for award in found.awards]


def codes(found: Any, person: int) -> list[str]:
    """Why somebody was passed over."""
    return [no.code for no in found.reasons.get(person, ())]


BUSY = (Sitting("W01", FRIDAY.replace(hour=11), FRIDAY.replace(hour=13), MADAGH),)
IN_SAIDIA = (Sitting("W04", FRIDAY.replace(hour=12, minute=10), FRIDAY.replace(hour=14), SAIDIA),)


class TestOneByOne:
    """People who came alone."""

    one_left = Places(onsite=2, online=0, taken_onsite=1)

    def test_the_longest_waiting_comes_first_whatever_the_order_given(self) -> None:
        assert awarded(deal(line([Waiting(7, 30, Wish.ANY), Waiting(8, 12, Wish.ANY)], self.one_left))) == [8]

    def test_who_has_an_overlap_is_passed_over_with_the_reason_and_keeps_the_rank(self) -> None:
        hindered, free = Waiting(8, 12, Wish.ANY, BUSY), Waiting(7, 30, Wish.ANY)
        found = deal(line([hindered, free], self.one_left))
        assert awarded(found) == [7]
        assert codes(found, 8) == ["refused_overlap"]
        assert awarded(deal(line([replace(hindered, held=()), free], self.one_left))) == [8]

    def test_the_way_between_towns_passes_over_too(self) -> None:
        found = deal(line([Waiting(8, 12, Wish.ANY, IN_SAIDIA)], self.one_left))
        assert (awarded(found), codes(found, 8)) == ([], ["refused_overlap_way"])

    def test_nobody_moves_up_while_staff_hold_the_room_beyond_its_capacity(self) -> None:
        assert not deal(line([Waiting(7, 30, Wish.ANY)], Places(2, 0, taken_onsite=3))).awards

    def test_a_freed_seat_in_the_room_passes_over_who_wants_online_only(self) -> None:
        places = Places(onsite=2, online=3, taken_onsite=1, taken_online=3)
        waiting = [Waiting(1, 4, Wish.ONLINE), Waiting(2, 5, Wish.ONSITE), Waiting(3, 6, Wish.ANY)]
        found = deal(line(waiting, places))
        assert awarded(found) == [2]
        assert codes(found, 1) == ["waits_other_way"]
        assert codes(found, 3) == []

    def test_what_the_conditions_object_passes_over(self) -> None:
        barred = Waiting(8, 12, Wish.ANY, barred=(Refusal("person_maximum", {"max": 2}),))
        found = deal(line([barred, Waiting(7, 30, Wish.ANY)], self.one_left))
        assert (awarded(found), codes(found, 8)) == ([7], ["person_maximum"])

    def test_an_organisation_gets_no_more_than_its_share(self) -> None:
        waiting = [Waiting(n, n, Wish.ANY, exhibitor_id=56) for n in (1, 2, 3)] + [Waiting(4, 4, Wish.ANY)]
        found = deal(line(waiting, Places(9, 0), shares={56: 2}))
        assert awarded(found) == [1, 2, 4]
        assert codes(found, 3) == ["exhibitor_share_taken"]


class TestGroups:
    """People who wish to stay together."""

    four = tuple(Waiting(n, n, Wish.ANY, party=1) for n in (1, 2, 3, 4))
    behind = Waiting(5, 5, Wish.ANY)

    def test_all_or_none_and_the_free_places_are_gathered_for_them(self) -> None:
        found = deal(line([*self.four, self.behind], Places(4, 0, taken_onsite=1), gathers=True))
        assert awarded(found) == []
        assert codes(found, 1) == ["waits_together"]
        assert codes(found, 5) == ["waits_behind_group"]
        assert sum(found.left.values()) == 0
        assert awarded(deal(line([*self.four, self.behind], Places(4, 0), gathers=True))) == [1, 2, 3, 4]

    def test_two_days_before_the_session_those_behind_get_them(self) -> None:
        assert gathers(BEGINS, BEGINS - GATHERING_ENDS - timedelta(seconds=1))
        assert not gathers(BEGINS, BEGINS - GATHERING_ENDS)
        assert awarded(deal(line([*self.four, self.behind], Places(4, 0, taken_onsite=1)))) == [5]

    def test_a_group_larger_than_the_room_holds_nobody_up(self) -> None:
        full = Places(onsite=3, online=0, taken_onsite=2)
        assert awarded(deal(line([*self.four, self.behind], full, gathers=True))) == [5]

    def test_a_group_of_which_one_cannot_come_holds_nobody_up(self) -> None:
        busy = [*self.four[:3], replace(self.four[3], held=BUSY)]
        found = deal(line([*busy, self.behind], Places(9, 0), gathers=True))
        assert awarded(found) == [5]
        assert (codes(found, 1), codes(found, 4)) == (["waits_for_member"], ["refused_overlap"])

    def test_those_behind_get_what_the_group_could_not_use(self) -> None:
        onsite = [replace(w, wish=Wish.ONSITE) for w in self.four]
        found = deal(line([*onsite, self.behind], Places(4, 5, taken_onsite=1), gathers=True))
        assert awarded(found) == [5]
        assert found.awards[0].channel is ONLINE

    def test_a_member_who_comes_late_takes_the_group_past_nobody(self) -> None:
        late = replace(self.four[0], person_id=6, seq=6)
        order = [[w.person_id for w in party] for party in parties_in_order([*self.four, self.behind, late])]
        assert order == [[5], [1, 2, 3, 4, 6]]

    def test_members_share_room_and_screen_as_they_can(self) -> None:
        mixed = [replace(self.four[0], wish=Wish.ANY), replace(self.four[1], wish=Wish.ONSITE)]
        found = deal(line(mixed, Places(onsite=1, online=1)))
        assert {a.person_id: a.channel for a in found.awards} == {1: ONLINE, 2: ROOM}


class TestReserves:
    """Places kept for some."""

    delegates = Reserve(1, ROOM, 3, audience=Audience.DELEGATES)
    argan = Reserve(2, ROOM, 1, exhibitor_id=56)
    member, other_member, visitor = Visitor(1, exhibitor_id=56), Visitor(2, exhibitor_id=57), Visitor(3)

    def left(self, places: Places, *holders: Visitor) -> dict[Any, int]:
        """Count what is left when some hold a place in the room."""
        reserves = narrowest_first([self.delegates, self.argan])
        unused = unused_places(reserves, [(ROOM, v) for v in holders])
        taken = replace(places, taken_onsite=len(holders))
        return places_by_slot(taken, Conditions(reserves=reserves, unused=unused))

    def test_the_narrowest_is_used_first(self) -> None:
        reserves = narrowest_first([self.delegates, self.argan])
        assert reserved_slots(reserves, self.member) == ((ROOM, 2), (ROOM, 1))
        assert reserved_slots(reserves, self.other_member) == ((ROOM, 1),)
        assert reserved_slots(reserves, self.visitor) == ()

    def test_others_see_the_capacity_less_what_is_kept_and_unused(self) -> None:
        assert self.left(Places(10, 0))[ROOM, None] == 6
        assert self.left(Places(10, 0), self.visitor)[ROOM, None] == 5
        assert self.left(Places(10, 0), self.member, self.other_member)[ROOM, None] == 6

    def test_who_held_a_place_before_the_reserve_was_made_fills_it(self) -> None:
        left = self.left(Places(4, 0), self.member, *[self.other_member] * 3)
        assert left == {(ROOM, 2): 0, (ROOM, 1): 0, (ROOM, None): 0, (ONLINE, None): 0}

    def test_more_kept_than_left_never_makes_more_places(self) -> None:
        left = self.left(Places(5, 0), self.visitor, self.visitor, self.visitor)
        assert sum(left.values()) == 2
        assert left[ROOM, None] == 0

    def test_after_its_time_a_reserve_keeps_nothing(self) -> None:
        until = replace(self.delegates, until=BEGINS)
        assert until.keeps(BEGINS - timedelta(seconds=1))
        assert not until.keeps(BEGINS)

    def test_who_waits_is_told_that_the_free_places_are_kept(self) -> None:
        waiting = [Waiting(3, 1, Wish.ANY), Waiting(1, 2, Wish.ANY, reserved=((ROOM, 1),))]
        found = deal(line(waiting, Places(2, 0), left={(ROOM, 1): 2, (ROOM, None): 0}))
        assert [(a.person_id, a.reserve_id) for a in found.awards] == [(1, 1)]
        assert codes(found, 3) == ["waits_reserved"]


# ---- whatever comes


@st.composite
def lists(draw: st.DrawFn) -> Line:
    """Any waiting list: people alone and in groups, some hindered, some with a reserve, any number of places."""
    number = draw(st.integers(0, 9))
    reserve = st.sampled_from([(), ((ROOM, 1),), ((ONLINE, 2),), ((ROOM, 1), (ONLINE, 2))])
    waiting = [
        Waiting(
            person,
            draw(st.integers(1, 99)) * 100 + person,
            draw(st.sampled_from(list(Wish))),
            draw(st.sampled_from([(), (), (), BUSY, IN_SAIDIA])),
            draw(st.sampled_from([None, None, 1, 2])),
            (),
            draw(reserve),
            draw(st.sampled_from([None, 56, 57])),
        )
        for person in range(number)
    ]
    places = Places(draw(st.integers(0, 6)), draw(st.integers(0, 6)), draw(st.integers(0, 7)), draw(st.integers(0, 7)))
    left = {}
    for channel, of in ((ROOM, 1), (ONLINE, 2)):
        rest = places.left(channel)
        left[channel, of] = draw(st.integers(0, rest))
        left[channel, None] = rest - left[channel, of]
    return line(
        waiting, places, left=left, gathers=draw(st.booleans()), shares={56: draw(st.integers(-1, 3)), 57: 9}
    )


@given(lists())
def test_never_more_than_there_is_and_nobody_twice(asked: Line) -> None:
    found = deal(asked)
    taken = Counter((a.channel, a.reserve_id) for a in found.awards)
    for slot, number in asked.left.items():
        assert taken[slot] + found.left[slot] <= number
        assert found.left[slot] >= 0
    assert len(set(awarded(found))) == len(found.awards)
    assert set(taken) <= set(asked.left)


@given(lists())
def test_everybody_gets_what_they_may_and_wish(asked: Line) -> None:
    people = {w.person_id: w for w in asked.waiting}
    for award in deal(asked).awards:
        person = people[award.person_id]
        assert award.channel in asked.session.channels(person.wish)
        assert award.reserve_id is None or (award.channel, award.reserve_id) in person.reserved
        assert person.held != BUSY


@given(lists())
def test_groups_move_as_a_whole(asked: Line) -> None:
    got = set(awarded(deal(asked)))
    for party in parties_in_order(asked.waiting):
        assert len({w.person_id in got for w in party}) == 1


@given(lists())
def test_no_organisation_passes_its_share(asked: Line) -> None:
    people = {w.person_id: w for w in asked.waiting}
    got = Counter(people[p].exhibitor_id for p in awarded(deal(asked)))
    assert got[56] <= max(0, asked.shares[56])


@given(lists())
def test_nobody_alone_is_passed_by_who_came_later_with_the_same_wishes(asked: Line) -> None:
    """Order: of two who came alone and are alike in all but their rank, the later never gets a place before the other."""
    got = set(awarded(deal(asked)))
    alone = [w for w in asked.waiting if w.party is None]
    for one in alone:
        for other in alone:
            alike = replace(one, person_id=0, seq=0) == replace(other, person_id=0, seq=0)
            if alike and one.seq < other.seq and other.person_id in got:
                assert one.person_id in got


@given(lists())
def test_no_free_place_is_left_for_which_somebody_alone_waits(asked: Line) -> None:
    """Unless it is gathered for a group: then it is in nobody's hands for the moment."""
    found = deal(asked)
    for person in asked.waiting:
        if person.party is not None or person.person_id in set(awarded(found)) or person.held or (found.reasons.get(
            person.person_id, ()
        )[:1] and found.reasons[person.person_id][0].code == "exhibitor_share_taken"):
            continue
        for channel in asked.session.channels(person.wish):
            assert found.left[channel, None] == 0


@given(lists())
def test_dealing_again_changes_nothing(asked: Line) -> None:
    found = deal(asked)
    still = [w for w in asked.waiting if w.person_id not in set(awarded(found))]
    used = Counter((a.channel, a.reserve_id) for a in found.awards)
    shares = dict(asked.shares)
    for award in found.awards:
        of = next(w.exhibitor_id for w in asked.waiting if w.person_id == award.person_id)
        if of in shares:
            shares[of] -= 1
    places = asked.session.places
    rooms = replace(
        places,
        taken_onsite=places.taken_onsite + sum(a.channel is ROOM for a in found.awards),
        taken_online=places.taken_online + sum(a.channel is ONLINE for a in found.awards),
    )
    again = replace(
        asked,
        session=session(rooms),
        waiting=still,
        left={slot: number - used[slot] for slot, number in asked.left.items()},
        shares=shares,
    )
    assert deal(again).awards == ()
