"""After the result, without application or database: whose turn it is, who comes next, and who may say so."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from village.draws.rules import turns
from village.draws.rules.prizes import assign_places
from village.draws.rules.turns import AfterDraw, Turn, TurnState, Void
from village.kit import lot
from village.kit.refusal import Refusal

TICKETS = tuple(f"T{number:02d}" for number in range(1, 13))
# T02 and T03 are of one household, and so are T06 and T07.
GROUPS = {ticket: {"T02": "G1", "T03": "G1", "T06": "G2", "T07": "G2"}.get(ticket) for ticket in TICKETS}
SEED = hashlib.sha256(b"a seed").digest()


def after(places: int = 2, *, most: int = 1, groups: dict[str, str | None] | None = None) -> AfterDraw:
    """The result of a ranking in the order of the numbers."""
    held = GROUPS if groups is None else groups
    names = tuple(f"P{number}" for number in range(1, places + 1))
    picks = assign_places(tuple(held), held, names, most)
    queue = turns.queue_of(tuple(held), held, most)
    return AfterDraw(names, most, held, queue, turns.first_turns(names, picks))


def put(state: AfterDraw, turn: Turn) -> AfterDraw:
    """Write a turn down as the actions do: in place of the one with its number, or as a new one."""
    others = [one for one in state.turns if (one.place, one.number) != (turn.place, turn.number)]
    name = f"{turn.place}.{turn.number}"
    voids = tuple(void for void in state.voids if void.place != turn.place)
    if turn.state is TurnState.VOIDED:
        voids = (*state.voids, Void(turn.place, name))
    order = [*others[: len(state.turns)], turn]
    known = {(one.place, one.number): rank for rank, one in enumerate(state.turns)}
    order.sort(key=lambda one: known.get((one.place, one.number), len(known)))
    return replace(state, turns=tuple(order), voids=voids)


def void(state: AfterDraw, place: str, reason: str = "declined") -> AfterDraw:
    """Let two people void a turn."""
    for signer in ("account:1", "account:6"):
        turn, _ = turns.sign_void(state, place, signer, reason)
        state = put(state, turn)
    return state


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    """Expect a refusal by its code."""
    return pytest.RaisesExc(Refusal, check=lambda refusal: refusal.code == code)


def test_a_winner_is_called_three_times_and_not_a_fourth() -> None:
    state = after()
    for number in (1, 2, 3):
        turn = turns.call(state, "P1")
        assert turn.calls == number
        state = put(state, turn)

    with refused("turn_called_enough"):
        turns.call(state, "P1")


def test_a_prize_is_claimed_once_and_handed_over_only_then() -> None:
    state = after()
    with refused("turn_not_claimed"):
        turns.hand_over(state, "P1")

    state = put(state, turns.claim(state, "P1"))
    for again in (turns.claim, turns.call):
        with refused("turn_already_claimed"):
            again(state, "P1")
    state = put(state, turns.hand_over(state, "P1"))

    assert turns.turn_at(state, "P1").state is TurnState.HANDED_OVER
    with refused("turn_not_claimed"):
        turns.hand_over(state, "P1")
    for step in (
        lambda: turns.sign_void(state, "P1", "account:1", "declined"),
        lambda: turns.withdraw(state, "P1", "unfit"),
    ):
        with refused("turn_not_waiting"):
            step()


def test_absence_needs_three_calls_and_nobody_who_came() -> None:
    state = after()
    for _ in range(2):
        state = put(state, turns.call(state, "P1"))
    with refused("void_without_calls"):
        turns.sign_void(state, "P1", "account:1", "absent_three_calls")

    state = put(state, turns.call(state, "P1"))
    came = put(state, turns.claim(state, "P1"))
    with refused("void_without_calls"):
        turns.sign_void(came, "P1", "account:1", "absent_three_calls")
    assert turns.turn_at(void(state, "P1", "absent_three_calls"), "P1").state is TurnState.VOIDED
    assert turns.turn_at(void(came, "P1", "not_eligible"), "P1").state is TurnState.VOIDED


def test_a_void_takes_two_people_and_one_reason() -> None:
    state = after()
    with refused("void_reason_unknown"):
        turns.sign_void(state, "P1", "account:1", "bad_luck")
    turn, agreed = turns.sign_void(state, "P1", "account:1", "declined")
    assert (turn.state, agreed) == (TurnState.WAITING, ())
    state = put(state, turn)
    for reason in ("declined", "not_eligible"):
        with refused("void_signed_already"):
            turns.sign_void(state, "P1", "account:1", reason)

    turn, agreed = turns.sign_void(state, "P1", "account:6", "not_eligible")
    assert (turn.state, agreed) == (TurnState.WAITING, ())
    state = put(state, turn)
    turn, agreed = turns.sign_void(state, "P1", "account:1", "not_eligible")
    assert (turn.state, agreed) == (TurnState.VOIDED, ("account:1", "account:6"))
    with refused("turn_not_waiting"):
        turns.sign_void(put(state, turn), "P1", "account:9", "not_eligible")


def test_the_queue_goes_on_where_the_prizes_ended_and_no_group_comes_twice() -> None:
    state = after()
    assert [turn.ticket for turn in state.turns] == ["T01", "T02"]
    came = []
    for _ in range(8):
        state = void(state, "P2")
        try:
            turn = turns.next_ordered(state)
        except Refusal as refusal:
            came.append(refusal.code)
            break
        state = put(state, turn)
        came.append(turn.ticket)

    assert came == ["T04", "T05", "T06", "T08", "T09", "T10", "T11", "T12"]
    assert [turn.number for turn in state.turns if turn.place == "P2"] == list(range(9))


def test_voids_are_replaced_in_their_order_and_a_withdrawn_prize_waits_for_nobody() -> None:
    state = void(void(after(3), "P3"), "P1")
    assert [each.place for each in state.waiting] == ["P3", "P1"]
    assert (turns.next_ordered(state).place, turns.next_ordered(state).ticket) == ("P3", "T05")

    turns.withdraw(state, "P3", "unfit")
    state = replace(state, withdrawn=frozenset({"P3"}))
    assert (turns.next_ordered(state).place, turns.next_ordered(state).ticket) == ("P1", "T05")
    for step in (turns.call, turns.claim, turns.turn_at):
        with refused("place_withdrawn"):
            step(state, "P3")
    with refused("nobody_to_replace"):
        turns.next_ordered(after())


def test_places_and_turns_that_are_not_there() -> None:
    few = after(3, groups={"T01": None, "T02": None})
    with refused("turn_unknown"):
        turns.call(few, "P3")
    for place in ("P4", "S1", ""):
        with refused("place_unknown"):
            turns.call(few, place)
    with refused("withdrawal_reason_unknown"):
        turns.withdraw(few, "P1", "because")
    with refused("nobody_left"):
        turns.next_ordered(void(few, "P1"))
    with refused("nobody_left"):
        turns.next_fresh(void(few, "P1"), SEED, 1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["G1", "G2", "G3", None]), min_size=1, max_size=14),
    st.integers(1, 4),
    st.integers(1, 3),
    st.booleans(),
    st.lists(st.integers(0, 3), max_size=12),
    st.binary(min_size=32, max_size=32),
)
def test_nobody_has_two_turns_and_no_group_too_many(groups, prizes, most, fresh, voided, seed) -> None:
    held = {f"T{number:02d}": group for number, group in enumerate(groups)}
    state, codes = after(prizes, most=most, groups=held), set()
    for iteration, number in enumerate(voided, start=1):
        place = f"P{number % prizes + 1}"
        try:
            state = void(state, place)
            made = hashlib.sha256(seed + bytes([iteration])).digest()
            state = put(state, turns.next_fresh(state, made, iteration) if fresh else turns.next_ordered(state))
        except Refusal as refusal:
            codes.add(refusal.code)

    assert codes <= {"nobody_left", "turn_unknown", "turn_not_waiting"}
    tickets = [turn.ticket for turn in state.turns]
    assert len(set(tickets)) == len(tickets)
    of_groups = Counter(held[ticket] for ticket in tickets if held[ticket] is not None)
    assert all(count <= most for count in of_groups.values())


@settings(max_examples=40, deadline=None)
@given(
    st.sets(st.text("ABCDEFGH", min_size=1, max_size=5), min_size=2, max_size=30),
    st.binary(min_size=32, max_size=32),
    st.data(),
)
def test_taking_a_ticket_out_never_reorders_the_others(tickets, seed, data) -> None:
    gone = data.draw(st.sampled_from(sorted(tickets)))

    ranking = lot.rank(seed, tickets)

    assert lot.rank(seed, tickets - {gone}) == [ticket for ticket in ranking if ticket != gone]


def test_every_ticket_has_every_rank_equally_often() -> None:
    """Chi-square over 12 tickets and 12 ranks: 121 degrees of freedom, the seeds are fixed."""
    rounds, seen = 3000, Counter[tuple[str, int]]()
    for number in range(rounds):
        seed = lot.seed("ab" * 32, [("juror", str(number)), ("bailiff", "7")], secret="cd" * 32)
        seen.update((ticket, rank) for rank, ticket in enumerate(lot.rank(seed, TICKETS)))

    expected = rounds / len(TICKETS)
    chi_square = sum((seen[ticket, rank] - expected) ** 2 / expected for ticket in TICKETS for rank in range(12))

    assert 66 < chi_square < 194  # one in ten thousand on either side


def test_a_fresh_replacement_is_as_likely_for_everyone_left() -> None:
    """Who comes after a void by beacon: ten tickets without a turn, one of each household that may, 9 degrees of freedom."""
    state = void(after(groups=dict.fromkeys(TICKETS)), "P1")
    rounds = 3000
    came = Counter(
        turns.next_fresh(state, lot.seed("ab" * 32, beacon=f"{number:064x}", iteration=1), 1).ticket
        for number in range(rounds)
    )

    assert sorted(came) == list(TICKETS[2:])
    chi_square = sum((count - rounds / 10) ** 2 / (rounds / 10) for count in came.values())
    assert chi_square < 33.8  # one in ten thousand
