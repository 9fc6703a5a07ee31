"""By lot: the order is the draw engine's, each takes what it likes best, and nobody is left out for it."""

from __future__ import annotations

import hashlib
import itertools
import json
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.benchmarks.allocation_fairs import fair
from tests.small_fairs import fairs, floor, madagh, someone
from village.floor.allocation import completion
from village.floor.allocation.files import read_instance
from village.floor.allocation.lot import Refused, Turn, Why, draw, order_by_lot
from village.floor.allocation.problem import Problem, problem
from village.floor.allocation.rulesets import BLOCKS_AND_PRIORITIES
from village.floor.allocation.score import broken_rules
from village.floor.allocation.search import Mode, Proof
from village.floor.rules import Needs
from village.kit import lot


def seed(number: int) -> bytes:
    return hashlib.sha256(b"%d" % number).digest()


def most_that_fit(case: Problem) -> int:
    """How many can be placed at once, by trying everything."""
    terms = case.rules.terms(case)
    choices = [[-1, *(start for start, may in enumerate(row) if may)] for row in terms.allowed.tolist()]
    return max(
        len(plan)
        for starts in itertools.product(*choices)
        if not broken_rules(case, plan := terms.plan(list(starts))) or not plan
    )


def test_the_order_is_the_ranking_of_the_draw_engine_over_the_codes() -> None:
    case = madagh()
    pinned = case.with_pins({case.exhibitors[0].code: [case.stands[0].code]})

    assert order_by_lot(case, seed(1)) == lot.rank(seed(1), [each.code for each in case.exhibitors])
    assert case.exhibitors[0].code not in order_by_lot(pinned, seed(1))
    with pytest.raises(ValueError, match="seed"):
        order_by_lot(case, b"")


def test_in_200_draws_nobody_is_left_out_of_the_fair_of_56() -> None:
    case = madagh()
    costs = set()
    for number in range(200):
        found = draw(case, order_by_lot(case, seed(number)))
        assert (found.unplaced, found.cost.broken) == ((), ())
        costs.add(found.cost.total)

    assert len(costs) > 100
    assert (found.mode, found.proof) == (Mode.LOT, Proof.STOPPED)
    assert found.bound <= min(costs)


@settings(max_examples=120, deadline=None)
@given(fairs(most_stands=7, most_exhibitors=4), st.integers(0, 9))
def test_a_draw_places_as_many_as_can_be_placed_at_once(case: Problem, number: int) -> None:
    found = draw(case, order_by_lot(case, seed(number)))

    assert found.cost.broken == ()
    assert len(found.plan) == most_that_fit(case)


@st.composite
def fairs_with_room(take: st.DrawFn) -> Problem:
    """Two rows of four where blocks and single stands get into each other's way, and everybody may fit."""
    stands = [replace(each, value=take(st.integers(0, 9)), water=take(st.booleans())) for each in floor(8)]
    sizes = take(
        st.lists(st.sampled_from([1, 1, 2, 2, 3]), min_size=2, max_size=5).filter(lambda sizes: sum(sizes) <= 8)
    )
    people = [
        someone(f"E{number}", size=size, needs=Needs(water=take(st.booleans()))) for number, size in enumerate(sizes)
    ]
    wished = st.lists(st.sampled_from([each.code for each in stands]), max_size=2, unique=True)
    people = [replace(each, stand_wishes=tuple(take(wished))) for each in people]
    return problem(stands, people, rules=BLOCKS_AND_PRIORITIES)


def test_the_small_models_of_large_fairs_change_no_draw() -> None:
    answers = []
    asked = completion.outline

    def heard(*question: Any) -> dict[int, int] | None:
        answers.append(asked(*question))
        return answers[-1]

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(fairs_with_room(), st.integers(0, 9))
    def drawn_both_ways(case: Problem, number: int) -> None:
        order = order_by_lot(case, seed(number))
        plain = draw(case, order).plan
        with mock.patch.object(completion, "LARGE", 0), mock.patch.object(completion, "outline", heard):
            assert draw(case, order).plan == plain

    drawn_both_ways()

    assert None in answers
    assert any(answers)


def test_nobody_is_left_out_of_a_fair_of_600() -> None:
    case = read_instance(json.dumps(fair(600)))

    found = draw(case, order_by_lot(case, seed(1)))

    assert (found.unplaced, found.cost.broken) == ((), ())


@settings(max_examples=60, deadline=None)
@given(fairs(most_stands=7, most_exhibitors=4), st.integers(0, 9))
def test_no_turn_could_have_been_better_without_leaving_somebody_out(case: Problem, number: int) -> None:
    order = order_by_lot(case, seed(number))
    turns: list[Turn] = []
    draw(case, order, on_turn=turns.append)
    most, pins = most_that_fit(case), {}
    terms = case.rules.terms(case)
    for turn in turns:
        for refused in turn.refused:
            held = {code for block in pins.values() for code in block}
            if refused.why is Why.GONE:
                assert held & set(refused.block)
            elif fits(case, {**pins, turn.who: refused.block}):
                assert most_that_fit(case.with_pins({**pins, turn.who: refused.block})) < most
        if turn.block:
            pins[turn.who] = turn.block
    assert [turn.who for turn in turns] == order
    assert terms.plan(terms.starts(pins)) == pins


def fits(case: Problem, plan: dict[str, tuple[str, ...]]) -> bool:
    return not broken_rules(case, plan)


def test_a_wish_is_refused_when_somebody_later_can_stand_nowhere_else() -> None:
    dry = replace(floor(2)[1], water=False)
    case = problem(
        [floor(2)[0], dry],
        [someone("Argan"), someone("Zaytoun", needs=Needs(water=True))],
        rules=BLOCKS_AND_PRIORITIES,
    )
    turns: list[Turn] = []

    found = draw(case, ["Argan", "Zaytoun"], on_turn=turns.append)

    assert found.plan == {"Argan": ("S01",), "Zaytoun": ("S00",)}
    assert turns == [
        Turn(1, "Argan", ("S01",), (Refused(("S00",), Why.NEEDED),), gone=0, needed=1),
        Turn(2, "Zaytoun", ("S00",)),
    ]


def test_nobody_takes_a_stand_others_wish_if_another_is_liked_as_well() -> None:
    alike = [replace(each, value=50) for each in floor(3)]
    waiting = [someone("Argan"), someone("Zaytoun", stand_wishes=("S00",)), someone("Zbib", stand_wishes=("S01", "S00"))]
    case = problem(alike, waiting, rules=BLOCKS_AND_PRIORITIES)

    assert draw(case, ["Argan", "Zaytoun", "Zbib"]).plan == {"Argan": ("S02",), "Zaytoun": ("S00",), "Zbib": ("S01",)}
    # Wishes of those whose turn is over count no more.
    assert draw(case, ["Zbib", "Argan", "Zaytoun"]).plan == {"Zbib": ("S01",), "Argan": ("S02",), "Zaytoun": ("S00",)}
    assert draw(case, ["Zbib", "Zaytoun", "Argan"]).plan["Argan"] == ("S02",)


def test_pins_come_first_and_what_they_hold_is_gone() -> None:
    case = problem(floor(3), [someone("A"), someone("B")], rules=BLOCKS_AND_PRIORITIES, pins={"B": ("S00",)})
    turns: list[Turn] = []

    found = draw(case, ["A", "B"], on_turn=turns.append)

    assert found.plan == {"A": ("S01",), "B": ("S00",)}
    assert [(turn.place, turn.who) for turn in turns] == [(0, "B"), (1, "A")]


def test_a_draw_that_is_stopped_still_places_everybody() -> None:
    case = madagh()

    found = draw(case, order_by_lot(case, seed(3)), stop=lambda: True)

    assert (found.unplaced, found.cost.broken) == ((), ())


def test_an_order_that_names_somebody_twice_or_a_stranger_is_refused() -> None:
    case = problem(floor(2), [someone("A"), someone("B")])
    for wrong in (["A", "A"], ["A", "Nobody"]):
        with pytest.raises(ValueError, match="once"):
            draw(case, wrong)


def test_shuffled_input_gives_the_same_draw() -> None:
    case = madagh()
    again = problem(
        case.stands[::-1],
        case.exhibitors[::-1],
        case.wishes[::-1],
        rules=case.rules,
        edges=case.edges[::-1],
        circuits=case.circuits[::-1],
    )

    assert draw(again, order_by_lot(again, seed(5))).plan == draw(case, order_by_lot(case, seed(5))).plan
