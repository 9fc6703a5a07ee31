"""The solver against brute force, the judge against cases counted by hand, and the hard rules on any floor."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from village.floor.allocation import (
    Exhibitor,
    Problem,
    Progress,
    Proof,
    Wish,
    allocate,
    cost_of,
    problem,
    reasons,
    zone_of,
)
from village.floor.allocation.solve import first_plan
from village.floor.rules import Box, Needs, Reserve, Stand, WishKind, objections

if TYPE_CHECKING:
    import random

ZONES = ("Z1", "Z2")


def stand(number: int, **different: object) -> Stand:
    """Stands of three metres in rows of four, the entrance at the south-west corner."""
    row, place = divmod(number, 4)
    plain = Stand(
        code=f"S{number:02d}",
        box=Box(place * 300, row * 600, 300, 300),
        zone=ZONES[row % 2],
        row=f"R{row}",
        position=place + 1,
        power=False,
        water=False,
        step_free=True,
        entrance_cm=500 + 100 * number,
    )
    return replace(plain, **different)  # type: ignore[arg-type]


def exhibitor(number: int, **different: object) -> Exhibitor:
    """An exhibitor of zone Z1 without needs."""
    return replace(Exhibitor(f"C{number:02d}", "Z1", "02.113"), **different)  # type: ignore[arg-type]


@st.composite
def problems(draw: st.DrawFn, most_stands: int = 8, most_exhibitors: int = 7) -> Problem:
    """Any small fair: needs, reserves, zones, wishes, provinces."""
    flag = st.booleans()
    stands = [
        stand(
            n,
            power=draw(flag),
            water=draw(flag),
            step_free=draw(flag),
            zone=draw(st.sampled_from(ZONES)),
            entrance_cm=draw(st.integers(100, 900)),
            reserved_for=draw(st.sampled_from([None, None, None, Reserve.SPARE])),
        )
        for n in range(draw(st.integers(1, most_stands)))
    ]
    people = [
        exhibitor(
            n,
            zone=draw(st.sampled_from(ZONES)),
            province=draw(st.sampled_from(["02.113", "02.411"])),
            needs=Needs(draw(flag), draw(flag), cold=draw(flag), step_free=draw(flag)),
            poor_place_last_year=draw(flag),
        )
        for n in range(draw(st.integers(1, most_exhibitors)))
    ]
    codes = st.sampled_from([each.code for each in people])
    wishes = draw(st.lists(st.builds(Wish, st.sampled_from(WishKind), codes, codes), max_size=5))
    return problem(stands, people, wishes)


def best_by_trying_all(case: Problem) -> int:
    """The least cost over every plan that keeps the hard rules."""
    choices = [
        [None, *(s.code for s in case.stands if not objections(s, who.code, who.needs))] for who in case.exhibitors
    ]
    least = None
    for places in itertools.product(*choices):
        taken = [place for place in places if place]
        if len(set(taken)) < len(taken):
            continue
        plan = {who.code: place for who, place in zip(case.exhibitors, places, strict=True) if place}
        total = cost_of(case, plan).total
        least = total if least is None else min(least, total)
    assert least is not None
    return least


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(most_stands=5, most_exhibitors=4))
def test_the_solver_finds_what_trying_all_plans_finds(case: Problem) -> None:
    found = allocate(case)
    assert (found.cost.total, found.proof) == (best_by_trying_all(case), Proof.PROVEN)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_no_plan_breaks_a_hard_rule(case: Problem) -> None:
    for plan in (allocate(case).plan, first_plan(case)):
        assert cost_of(case, plan).broken == ()
        assert len(set(plan.values())) == len(plan)


@settings(max_examples=40, deadline=None)
@given(problems(), st.randoms())
def test_shuffled_input_gives_the_same_plan(case: Problem, chance: random.Random) -> None:
    parts = [list(case.stands), list(case.exhibitors), [Wish(w.kind, w.b, w.a) for w in case.wishes]]
    for part in parts:
        chance.shuffle(part)  # type: ignore[arg-type]
    again = problem(*parts)  # type: ignore[arg-type]
    assert allocate(again).plan == allocate(case).plan


@settings(max_examples=40, deadline=None)
@given(problems())
def test_a_search_stopped_at_once_still_gives_a_valid_plan_and_an_honest_bound(case: Problem) -> None:
    found = allocate(case, stop=lambda: True)
    assert found.cost.broken == ()
    assert found.bound <= allocate(case).cost.total <= found.cost.total
    assert (found.proof is Proof.PROVEN) == (found.bound == found.cost.total)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_everybody_gets_reasons(case: Problem) -> None:
    found = allocate(case)
    why = reasons(case, found.plan)
    for who in case.exhibitors:
        assert why[who.code]
        assert (who.code in found.plan) == all(each.code != "no_stand_left" for each in why[who.code])


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
    cost = cost_of(case, {"C01": "S04", "C02": "S05", "C03": "S00", "C04": "S02"})
    assert cost.by_code == {"apart_broken": 15, "out_of_zone": 20, "poor_again": 8, "together_broken": 20}
    assert cost.total == 63
    assert cost_of(case, {"C01": "S00"}).by_code["unplaced"] == 3000


def test_the_judge_counts_a_province_that_crowds_the_entrance() -> None:
    stands = [stand(n, zone="Z1") for n in range(16)]
    case = problem(stands, [exhibitor(n) for n in range(6)])
    at_the_door = {f"C{n:02d}": f"S{n:02d}" for n in range(6)}
    assert cost_of(case, at_the_door).by_code == {"province_over": 24}
    assert allocate(case).cost.by_code == {"province_over": 12}  # fifteen of sixteen stands are watched


def test_a_wish_counts_with_a_partner_who_has_no_stand() -> None:
    case = problem([stand(0)], [exhibitor(1), exhibitor(2)], [Wish(WishKind.TOGETHER, "C01", "C02")])
    assert cost_of(case, {"C01": "S00"}).by_code == {"together_broken": 20, "unplaced": 1000}


def test_the_judge_sees_broken_rules() -> None:
    case = problem([stand(0), stand(1)], [exhibitor(1, needs=Needs(water=True)), exhibitor(2)], pins={"C02": "S01"})
    broken = cost_of(case, {"C01": "S00", "C02": "S00", "C99": "S01"}).broken
    assert {each.code for each in broken} == {
        "stand_without_water",
        "stand_given_twice",
        "placement_unknown",
        "pin_moved",
    }


def test_a_pin_holds_even_where_a_need_is_not_met() -> None:
    case = problem([stand(0), stand(1, water=True)], [exhibitor(1, needs=Needs(water=True))], pins={"C01": "S00"})
    found = allocate(case)
    assert (found.plan, found.cost.broken) == ({"C01": "S00"}, ())


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


def test_progress_is_told_and_ends_with_the_judged_cost() -> None:
    told: list[Progress] = []
    found = allocate(problem([stand(n) for n in range(6)], [exhibitor(n) for n in range(6)]), on_progress=told.append)
    assert told[0].phase == "first_plan"
    assert (told[-1].phase, told[-1].cost, told[-1].bound) == ("done", found.cost.total, found.bound)


def test_a_fair_without_exhibitors_costs_nothing() -> None:
    found = allocate(problem([stand(0)], []))
    assert (found.plan, found.cost.total, found.proof) == ({}, 0, Proof.PROVEN)
