"""Fairness: envy counted as one would by hand, justified only where the lighter holds what the weightier wants."""

from __future__ import annotations

import time
from dataclasses import replace

from hypothesis import given, settings

from tests.small_fairs import fairs, floor, madagh, someone, stand
from village.floor.allocation.fairness import Complaint, Fairness, Weighed, fairness
from village.floor.allocation.lot import draw, order_by_lot
from village.floor.allocation.problem import Beside, Circuit, Edge, Plan, Problem, Wish, problem
from village.floor.allocation.rulesets import BLOCKS_AND_PRIORITIES
from village.floor.allocation.score import broken_rules, loads
from village.floor.rules import Needs, WishKind


def envied_by_hand(case: Problem, plan: Plan) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Pairs of envy and of justified envy, straight from the definition."""
    terms = case.rules.terms(case)
    number = {code: index for index, code in enumerate(terms.exhibitors)}
    stand_number = {code: index for index, code in enumerate(terms.stands)}
    envy, justified = set(), set()
    for who in case.exhibitors:
        for whom in case.exhibitors:
            if who is whom or whom.code not in plan or who.size != whom.size:
                continue
            there = terms.cost[number[who.code], stand_number[plan[whom.code][0]]]
            mine = plan.get(who.code)
            if mine is not None and there >= terms.cost[number[who.code], stand_number[mine[0]]]:
                continue
            if not terms.allowed[number[who.code], stand_number[plan[whom.code][0]]]:
                continue
            envy.add((who.code, whom.code))
            swapped = {**plan, who.code: plan[whom.code], whom.code: mine}
            carried = loads(case, {each: block for each, block in swapped.items() if block})
            fits = all(carried.get(each.code, 0) <= each.watts for each in case.circuits)
            if case.rules.weight_of(whom) < case.rules.weight_of(who) and fits:
                justified.add((who.code, whom.code))
    return envy, justified


@settings(max_examples=150, deadline=None)
@given(fairs())
def test_envy_is_what_one_counts_by_hand(case: Problem) -> None:
    plan = draw(case, order_by_lot(case, b"a lot")).plan
    envy, justified = envied_by_hand(case, plan)

    found = fairness(case, plan)

    assert (found.envy, found.justified) == (len(envy), len(justified))
    assert {(each.who, each.whom) for each in found.complaints} == justified
    assert sum(each.justified for each in found.by_weight) == len(justified)
    assert (found.placed, len(found.unplaced)) == (len(plan), len(case.exhibitors) - len(plan))


def test_the_table_of_a_fair_of_three() -> None:
    case = problem(
        floor(3),
        [
            someone("Senior", priority=3, stand_wishes=("S00", "S01")),
            someone("Junior", priority=1, stand_wishes=("S00",)),
            someone("Guest", priority=1),
        ],
        [Wish(WishKind.TOGETHER, "Senior", "Junior"), Wish(WishKind.APART, "Senior", "Guest")],
        rules=BLOCKS_AND_PRIORITIES,
        edges=[Edge("S00", "S01", Beside.SIDE), Edge("S01", "S02", Beside.SIDE)],
    )

    found = fairness(case, {"Senior": ("S01",), "Junior": ("S00",)})

    assert found == Fairness(
        exhibitors=3,
        placed=2,
        unplaced=("Guest",),
        wishes=(1, 1),
        no_wish=0,
        envy=3,
        justified=1,
        complaints=(Complaint("Senior", "Junior"),),
        together=(1, 0),
        apart=(1, 0),
        by_weight=(
            Weighed(3, exhibitors=1, placed=1, wishes=(0, 1), no_wish=0, envy=1, justified=1),
            Weighed(1, exhibitors=2, placed=1, wishes=(1, 0), no_wish=0, envy=2, justified=0),
        ),
    )


def test_envy_that_a_circuit_forbids_to_settle_is_not_justified() -> None:
    stands = [stand(0, circuit="Q1"), stand(1, circuit="Q2")]
    people = [someone("Oven", priority=3, needs=Needs(power_w=900)), someone("Radio", needs=Needs(power_w=100))]
    plan = {"Oven": ("S01",), "Radio": ("S00",)}
    wide = problem(stands, people, rules=BLOCKS_AND_PRIORITIES, circuits=[Circuit("Q1", 900), Circuit("Q2", 900)])
    narrow = replace(wide, circuits=(Circuit("Q1", 500), Circuit("Q2", 900)))

    assert broken_rules(narrow, plan) == ()
    assert (fairness(wide, plan).envy, fairness(wide, plan).justified) == (1, 1)
    assert (fairness(narrow, plan).envy, fairness(narrow, plan).justified) == (1, 0)


def test_the_fair_of_56_adds_up_by_weight() -> None:
    case = madagh()
    found = fairness(case, draw(case, order_by_lot(case, b"a lot")).plan)

    assert sum(each.exhibitors for each in found.by_weight) == found.exhibitors == 56
    assert sum(found.wishes) + found.no_wish == sum(bool(each.stand_wishes) for each in case.exhibitors)
    assert found.together[0] + found.together[1] == sum(each.kind is WishKind.TOGETHER for each in case.wishes)
    assert found.envy > found.justified > 0


def test_five_thousand_are_compared_in_two_seconds() -> None:
    case = problem(
        floor(5200),
        [someone(f"E{number:04d}", priority=number % 5) for number in range(5000)],
        rules=BLOCKS_AND_PRIORITIES,
    )
    plan = {f"E{number:04d}": (f"S{number:02d}",) for number in range(5000)}
    terms = case.rules.terms(case)

    began = time.process_time()
    found = fairness(case, plan, terms)

    assert time.process_time() - began < 2
    assert found.placed == 5000
