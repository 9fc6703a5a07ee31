"""Why not there, and where else: objections in full, the price to the point, and who would have to move."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings

from tests.small_fairs import fairs, floor, madagh, someone, stand
from village.floor.allocation.allocate import allocate
from village.floor.allocation.explain import Alternative, WhyNot, alternatives, why_not
from village.floor.allocation.problem import Circuit, Plan, Problem, problem
from village.floor.allocation.resolve import Move
from village.floor.allocation.rulesets import BLOCKS_AND_PRIORITIES
from village.floor.allocation.score import broken_rules, score
from village.floor.allocation.search import Proof
from village.floor.rules import Needs, Objection, Reserve


@cache
def best_of_madagh() -> tuple[Problem, Plan]:
    case = madagh()
    return case, allocate(case).plan


def codes(answer: WhyNot) -> list[str]:
    return [each.code for each in answer.objections]


def test_what_stands_against_a_block_is_told_all_at_once() -> None:
    stands = [
        stand(0),
        stand(1, water=False, power=False),
        stand(2, reserved_for=Reserve.SPARE),
        stand(3, closed=True),
    ]
    case = problem(stands, [someone("A", needs=Needs(water=True, power=True)), someone("B")], pins={"B": "S00"})
    plan = {"B": ("S00",)}

    assert codes(why_not(case, plan, "A", "S01")) == ["stand_without_power", "stand_without_water"]
    assert codes(why_not(case, plan, "A", "S02")) == ["stand_reserved"]
    assert codes(why_not(case, plan, "A", "S03")) == ["stand_closed"]
    assert why_not(case, plan, "A", "S00").objections == (Objection("stand_pinned", "S00", "B"),)


def test_a_circuit_that_pins_have_filled_is_an_objection() -> None:
    stands = [stand(0, circuit="Q1"), stand(1, circuit="Q1"), stand(2, circuit="Q2")]
    people = [someone("A", needs=Needs(power_w=600)), someone("B", needs=Needs(power_w=600))]
    case = problem(stands, people, circuits=[Circuit("Q1", 1000), Circuit("Q2", 1000)], pins={"B": "S00"})

    assert codes(why_not(case, {"A": ("S02",), "B": ("S00",)}, "A", "S01")) == ["circuit_overloaded"]


def test_the_price_of_a_stand_is_the_points_and_the_moves_of_others() -> None:
    case = problem(
        floor(3),
        [someone("A", stand_wishes=("S00",)), someone("B", stand_wishes=("S01",)), someone("C")],
        rules=BLOCKS_AND_PRIORITIES,
    )
    plan = {"A": ("S00",), "B": ("S01",), "C": ("S02",)}

    answer = why_not(case, plan, "A", "S01")

    # B changes places with A: both lose the first wish (0 points) for none (12).
    assert answer == WhyNot("A", ("S01",), (), 24, (Move("B", ("S01",), ("S00",)),), proven=True)


def test_the_own_stand_costs_nothing() -> None:
    case, plan = best_of_madagh()
    who = case.exhibitors[0].code

    assert why_not(case, plan, who, plan[who][0]) == WhyNot(who, plan[who], (), 0, (), proven=True)


def test_a_block_is_found_round_the_stand_that_was_asked_for() -> None:
    case = problem([stand(0), stand(1, closed=True), stand(2), stand(3), stand(4)], [someone("Tall", size=2)])

    assert why_not(case, {}, "Tall", "S02").block == ("S02", "S03")
    assert codes(why_not(case, {}, "Tall", "S00")) == ["stand_closed"]
    assert codes(why_not(case, {}, "Tall", ("S03", "S04"))) == ["block_broken"]


def test_a_pinned_exhibitor_may_be_asked_about_too() -> None:
    case = problem(floor(2), [someone("A", stand_wishes=("S00",))], rules=BLOCKS_AND_PRIORITIES, pins={"A": "S01"})

    answer = why_not(case, {"A": ("S01",)}, "A", "S00")

    assert (answer.objections, answer.extra) == ((), -13)


def test_nobody_and_nowhere_are_refused() -> None:
    case = problem(floor(1), [someone("A")])
    with pytest.raises(ValueError, match="exhibitor"):
        why_not(case, {}, "Nobody", "S00")
    with pytest.raises(ValueError, match="stand"):
        why_not(case, {}, "A", "Nowhere")
    with pytest.raises(ValueError, match="exhibitor"):
        alternatives(case, {}, "Nobody")


def test_on_the_fair_of_56_every_price_is_one_that_forcing_pays() -> None:
    case, plan = best_of_madagh()
    total = score(case, plan).total
    for who in case.exhibitors[:4]:
        wished = who.stand_wishes[0] if who.stand_wishes else case.stands[0].code
        answer = why_not(case, plan, who.code, wished)
        if answer.objections or not answer.extra:
            continue
        forced = allocate(case.with_pins({who.code: answer.block or ()}))
        assert forced.proof is Proof.PROVEN
        assert (answer.proven, total + answer.extra) == (True, forced.cost.total)


def test_a_free_block_as_good_moves_nobody() -> None:
    case = problem(
        [stand(number, value=50) for number in range(4)],
        [someone("A"), someone("B")],
        rules=BLOCKS_AND_PRIORITIES,
    )

    found = alternatives(case, {"A": ("S00",), "B": ("S01",)}, "A")

    assert found == (Alternative(("S02",), 0, ()), Alternative(("S03",), 0, ()))


def test_who_has_no_other_block_has_no_alternative() -> None:
    case = problem([stand(0), stand(1, water=False)], [someone("A", needs=Needs(water=True))])

    assert alternatives(case, {"A": ("S00",)}, "A") == ()


@settings(max_examples=40, deadline=None)
@given(fairs(most_stands=6, most_exhibitors=4))
def test_alternatives_are_prices_of_other_blocks_the_cheapest_first(case: Problem) -> None:
    plan = allocate(case).plan
    total = score(case, plan).total
    for who in case.exhibitors:
        found = alternatives(case, plan, who.code)
        assert [each.extra for each in found] == sorted(each.extra for each in found)
        for each in found:
            assert each.block != plan.get(who.code)
            assert each.extra >= 0
            after = {**plan, who.code: each.block}
            for move in each.moves:
                after.pop(move.who, None)
                after |= {move.who: move.after} if move.after else {}
            assert broken_rules(case, after) == ()
            assert score(case, after).total == total + each.extra
