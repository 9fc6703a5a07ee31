"""The exact search against trying all plans, the judge against cases counted by hand, and the hard rules on any floor."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import judge
from tests.allocation_cases import every_plan, exhibitor, problems, stand
from village.floor.allocation import (
    BLOCKS_AND_PRIORITIES,
    Circuit,
    Edge,
    Mode,
    Problem,
    Progress,
    Proof,
    Wish,
    allocate,
    moved,
    problem,
    reasons,
    score,
    zone_of,
)
from village.floor.allocation.envy import envied
from village.floor.allocation.files import read_instance
from village.floor.allocation.terms import value_of
from village.floor.rules import Needs, WishKind

if TYPE_CHECKING:
    import random

FAIR = Path(__file__).parents[1] / "data" / "madagh56.json"

small = problems(most_stands=5, most_exhibitors=3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small)
def test_the_exact_search_finds_what_trying_all_plans_finds(case: Problem) -> None:
    found = allocate(case)
    best = min(score(case, plan).total for plan in every_plan(case))
    assert (found.cost.total, found.proof) == (best, Proof.PROVEN)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small, st.data(), st.sampled_from([1, 7, 40]))
def test_moves_count_as_trying_all_plans_counts_them(case: Problem, data: st.DataObject, points: int) -> None:
    plans = list(every_plan(case.with_pins({})))
    before = data.draw(st.sampled_from(plans))
    found = allocate(case, previous=before, move_cost=points)
    # A pinned exhibitor has no choice, so its move is no reason for anything; the others' are weighed.
    best = min(score(case, plan).total + points * len(moved(before, plan)) for plan in every_plan(case))
    assert found.cost.total + points * len(moved(before, found.plan)) == best
    assert found.proof is Proof.PROVEN


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(), st.sampled_from(Mode))
def test_no_plan_breaks_a_hard_rule(case: Problem, mode: Mode) -> None:
    found = allocate(case, mode=mode)
    assert found.cost.broken == ()
    assert found.cost == score(case, found.plan)
    assert found.bound <= found.cost.total


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(), st.randoms(), st.sampled_from(Mode))
def test_shuffled_input_gives_the_same_plan(case: Problem, chance: random.Random, mode: Mode) -> None:
    parts = [
        list(case.stands),
        list(case.exhibitors),
        [Wish(w.kind, w.b, w.a) for w in case.wishes],
        [Edge(e.b, e.a, e.kind) for e in case.edges],
        list(case.circuits),
    ]
    for part in parts:
        chance.shuffle(part)  # type: ignore[arg-type]
    stands, people, wishes, edges, circuits = parts
    again = problem(stands, people, wishes, rules=case.rules, pins=case.pins, edges=edges, circuits=circuits)  # type: ignore[arg-type]
    first, second = allocate(case, mode=mode, seed=3), allocate(again, mode=mode, seed=3)
    assert json.dumps(first.plan) == json.dumps(second.plan)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(), st.sampled_from([{"stop": lambda: True}, {"budget": 0.0}, {"work": 0}]))
def test_a_search_cut_short_still_gives_a_valid_plan_and_an_honest_bound(case: Problem, limits: dict) -> None:  # type: ignore[type-arg]
    found = allocate(case, **limits)
    assert found.cost.broken == ()
    assert found.bound <= allocate(case).cost.total <= found.cost.total
    assert (found.proof is Proof.PROVEN) == (found.bound == found.cost.total)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_by_strict_priority_nobody_has_a_just_complaint(case: Problem) -> None:
    found = allocate(case, mode=Mode.PRIORITY)
    terms = case.rules.terms(case)
    assert envied(terms, terms.starts(found.plan)) == []
    assert found.bound <= allocate(case).cost.total


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small)
def test_by_strict_priority_the_cheapest_plan_without_complaint_is_found(case: Problem) -> None:
    terms = case.rules.terms(case)
    calm = [plan for plan in every_plan(case) if not envied(terms, terms.starts(plan))]
    assert allocate(case, mode=Mode.PRIORITY).cost.total == min(score(case, plan).total for plan in calm)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_the_numbers_of_the_search_say_what_the_judge_says(case: Problem) -> None:
    terms, plan = case.rules.terms(case), allocate(case, stop=lambda: True).plan
    assert value_of(terms, terms.starts(plan)) == score(case, plan).total


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_everybody_gets_reasons(case: Problem) -> None:
    found = allocate(case)
    why = reasons(case, found.plan)
    for who in case.exhibitors:
        assert why[who.code] or isinstance(case.rules, type(BLOCKS_AND_PRIORITIES))
        without = {"no_stand_left", "no_block_fits"} & {each.code for each in why[who.code]}
        assert (who.code in found.plan) == (not without)


def test_reasons_tell_which_wish_was_given_and_who_has_the_dearer_one() -> None:
    stands = [stand(0, value=90), stand(1, water=True, value=90), stand(2, value=10)]
    people = [
        exhibitor(1, priority=6, stand_wishes=("S00",)),
        exhibitor(2, priority=1, stand_wishes=("S00", "S01")),
        exhibitor(3, priority=1, stand_wishes=("S00",)),
    ]
    case = problem(stands, people, rules=BLOCKS_AND_PRIORITIES)
    why = reasons(case, {"C01": ("S00",), "C02": ("S01",), "C03": ("S02",)})
    assert [each.code for each in why["C01"]][:1] == ["wish_given"]
    assert [(each.code, dict(each.facts)) for each in why["C02"]][:2] == [
        ("wish_to_higher", {"stand": "S00", "rank": 1, "exhibitor": "C01"}),
        ("wish_given", {"stand": "S01", "rank": 2}),
    ]
    assert [each.code for each in why["C03"]][:2] == ["wish_to_higher", "no_wish_given"]


def test_reasons_tell_what_the_wished_stand_lacks() -> None:
    who = exhibitor(1, needs=Needs(water=True), stand_wishes=("S00", "S02"))
    case = problem([stand(0), stand(1, water=True), stand(2, closed=True)], [who], rules=BLOCKS_AND_PRIORITIES)
    assert [each.code for each in reasons(case, {"C01": ("S01",)})["C01"]] == [
        "wish_without_water",
        "wish_closed",
        "no_wish_given",
        "has_water",
    ]


def test_the_judge_counts_each_charge() -> None:
    stands = [stand(n) for n in range(8)]
    people = [
        exhibitor(1),
        exhibitor(2, poor_place_last_year=True),
        exhibitor(3, province="02.411"),
        exhibitor(4, province="02.411"),
    ]
    wishes = [Wish(WishKind.APART, "C01", "C02"), Wish(WishKind.TOGETHER, "C03", "C04")]
    case = problem(stands, people, wishes)
    # C02 far from the entrance and out of its zone; C01 too near to C02 by centres 3 m apart; C03 and C04 two apart.
    cost = score(case, {"C01": ("S04",), "C02": ("S05",), "C03": ("S00",), "C04": ("S02",)})
    assert cost.by_code == {"apart_broken": 15, "out_of_zone": 20, "poor_again": 8, "together_broken": 20}
    assert cost.total == 63
    assert score(case, {"C01": ("S00",)}).by_code["unplaced"] == 3000


def test_the_judge_counts_a_province_that_crowds_the_entrance() -> None:
    stands = [stand(n, zone="Z1") for n in range(16)]
    case = problem(stands, [exhibitor(n) for n in range(6)])
    at_the_door = {f"C{n:02d}": (f"S{n:02d}",) for n in range(6)}
    assert score(case, at_the_door).by_code == {"province_over": 24}
    assert allocate(case).cost.by_code == {"province_over": 12}  # fifteen of sixteen stands are watched


def test_a_wish_counts_with_a_partner_who_has_no_stand() -> None:
    case = problem([stand(0)], [exhibitor(1), exhibitor(2)], [Wish(WishKind.TOGETHER, "C01", "C02")])
    assert score(case, {"C01": ("S00",)}).by_code == {"together_broken": 20, "unplaced": 1000}


def test_the_judge_sees_broken_rules() -> None:
    case = problem([stand(0), stand(1)], [exhibitor(1, needs=Needs(water=True)), exhibitor(2)], pins={"C02": "S01"})
    broken = score(case, {"C01": ("S00",), "C02": ("S00",), "C99": ("S01",)}).broken
    assert {each.code for each in broken} == {
        "stand_without_water",
        "stand_given_twice",
        "placement_unknown",
        "pin_moved",
    }


def test_a_circuit_carries_no_more_than_it_can() -> None:
    stands = [stand(n, power=True, circuit="Q1") for n in range(3)]
    people = [exhibitor(n, needs=Needs(power=True, power_w=1000), priority=n + 1) for n in range(3)]
    case = problem(stands, people, rules=BLOCKS_AND_PRIORITIES, circuits=[Circuit("Q1", 2000)])
    everyone = {f"C{n:02d}": (f"S{n:02d}",) for n in range(3)}
    assert {each.code for each in score(case, everyone).broken} == {"circuit_overloaded"}
    assert sorted(allocate(case).plan) == ["C01", "C02"]


def test_pins_that_overload_a_circuit_stay_and_nobody_comes_upon_them() -> None:
    stands = [stand(n, power=True, circuit="Q1") for n in range(3)]
    people = [exhibitor(n, needs=Needs(power=True, power_w=1000)) for n in range(3)]
    case = problem(stands, people, circuits=[Circuit("Q1", 1000)], pins={"C00": "S00", "C01": "S01"})
    found = allocate(case)
    assert (found.plan, found.cost.broken) == ({"C00": ("S00",), "C01": ("S01",)}, ())


def test_a_pin_holds_even_where_a_need_is_not_met() -> None:
    case = problem([stand(0), stand(1, water=True)], [exhibitor(1, needs=Needs(water=True))], pins={"C01": "S00"})
    found = allocate(case)
    assert (found.plan, found.cost.broken) == ({"C01": ("S00",)}, ())


@pytest.mark.parametrize("pins", [{"C09": "S00"}, {"C01": "S09"}, {"C01": "S00", "C02": "S00"}])
def test_pins_that_name_nothing_or_one_stand_twice_are_refused(pins: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="pin"):
        problem([stand(0)], [exhibitor(1), exhibitor(2)], pins=pins)


def test_the_branch_goes_before_the_sector_and_who_is_listed_nowhere_has_the_default_zone() -> None:
    zones = {"Z1": ("agriculture:dairy",), "Z2": ("agriculture",), "Z3": ("handicraft",)}
    assert zone_of("agriculture", "dairy", zones, "Z2") == "Z1"
    assert zone_of("agriculture", "olive", zones, "Z2") == "Z2"
    assert zone_of("handicraft", None, zones, "Z2") == "Z3"
    assert zone_of("argan", "argan_oil", zones, "Z2") == "Z2"


@pytest.mark.parametrize("mode", Mode)
def test_progress_is_told_and_ends_with_the_judged_cost(mode: Mode) -> None:
    told: list[Progress] = []
    case = problem([stand(n) for n in range(6)], [exhibitor(n) for n in range(6)])
    found = allocate(case, mode=mode, on_progress=told.append)
    last = told[-1]
    assert (last.phase, last.cost, last.bound, last.plan) == ("done", found.cost.total, found.bound, found.plan)
    costs = [each.cost for each in told if each.plan is not None and each.phase == "search"]
    assert costs == sorted(costs, reverse=True)


def test_a_fair_without_exhibitors_costs_nothing() -> None:
    found = allocate(problem([stand(0)], []))
    assert (found.plan, found.cost.total, found.proof) == ({}, 0, Proof.PROVEN)


@pytest.fixture(scope="module")
def fair() -> Problem:
    return read_instance(FAIR.read_text(encoding="utf-8"))


def test_the_fair_of_56_is_solved_and_proven_and_both_judges_agree(fair: Problem) -> None:
    found = allocate(fair)
    assert (found.cost.total, found.bound, found.proof) == (1380, 1380, Proof.PROVEN)
    plan = {who: list(block) for who, block in found.plan.items()}
    instance = json.loads(FAIR.read_text(encoding="utf-8"))
    assert (sum(judge.parts(instance, plan).values()), judge.faults(instance, plan)) == (1380, [])


def test_by_strict_priority_the_fair_of_56_knows_no_justified_envy_by_either_judge(fair: Problem) -> None:
    found = allocate(fair, mode=Mode.PRIORITY)
    plan = {who: list(block) for who, block in found.plan.items()}
    instance = json.loads(FAIR.read_text(encoding="utf-8"))
    assert (judge.envies(instance, plan), judge.faults(instance, plan)) == ([], [])
    assert (found.cost.total, found.bound, found.unplaced) == (1563, 1380, ())


@pytest.mark.parametrize("lost", ["E0003", "E0017", "E0029", "E0041", "E0056"])
def test_when_one_stand_closes_two_move_at_most(fair: Problem, lost: str) -> None:
    before = allocate(fair)
    gone = before.plan[lost][0]
    closed = replace(fair, stands=tuple(replace(s, closed=s.closed or s.code == gone) for s in fair.stands))
    after = allocate(closed, previous=before.plan, move_cost=40)
    assert after.proof is Proof.PROVEN
    assert after.unplaced == ()
    assert 1 <= len(moved(before.plan, after.plan)) <= 2
