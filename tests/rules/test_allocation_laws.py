"""What holds for every plan, whoever made it and under whichever rules."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.benchmarks.allocation_fairs import fair
from tests.small_fairs import fairs, madagh
from village.floor.allocation.allocate import allocate
from village.floor.allocation.changes import moved
from village.floor.allocation.diagnose import diagnose
from village.floor.allocation.envy import envied
from village.floor.allocation.explain import why_not
from village.floor.allocation.fairness import fairness
from village.floor.allocation.files import read_instance, write_plan
from village.floor.allocation.frontier import frontier
from village.floor.allocation.lot import draw, order_by_lot
from village.floor.allocation.problem import Plan, Problem, problem
from village.floor.allocation.score import score
from village.floor.allocation.search import Mode, Proof

MODES = st.sampled_from(list(Mode))
WORK = 500
bounded = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def best_of_madagh() -> tuple[Problem, Plan]:
    case = madagh()
    return case, allocate(case).plan


def shuffled(case: Problem, seed: int) -> Problem:
    """The same fair told in another order, its pairs the other way round."""
    chance = random.Random(seed)

    def mixed(things: tuple) -> list:
        return chance.sample(list(things), len(things))

    return problem(
        mixed(case.stands),
        mixed(case.exhibitors),
        [replace(each, a=each.b, b=each.a) for each in mixed(case.wishes)],
        rules=case.rules,
        edges=[replace(each, a=each.b, b=each.a) for each in mixed(case.edges)],
        circuits=mixed(case.circuits),
        pins=dict(mixed(tuple(case.pins.items()))),
    )


def closed(case: Problem, code: str) -> Problem:
    return replace(case, stands=tuple(replace(each, closed=each.closed or each.code == code) for each in case.stands))


@bounded
@given(fairs(), MODES, st.integers(0, 3))
def test_no_plan_breaks_a_hard_rule(case: Problem, mode: Mode, seed: int) -> None:
    found = allocate(case, mode=mode, seed=seed, work=WORK)

    assert found.cost.broken == ()
    assert found.cost == score(case, found.plan)
    assert found.mode is mode


@bounded
@given(fairs(), st.integers(0, 9))
def test_no_plan_after_a_change_breaks_a_hard_rule(case: Problem, seed: int) -> None:
    chance = random.Random(seed)
    previous = allocate(case, work=WORK).plan
    changed = closed(case, chance.choice(case.stands).code)
    changed = replace(changed, exhibitors=tuple(chance.sample(changed.exhibitors, max(1, len(changed.exhibitors) - 1))))
    changed = replace(changed, exhibitors=tuple(sorted(changed.exhibitors, key=lambda each: each.code)))

    points = frontier(changed, previous)

    assert [each.moves for each in points] == sorted({each.moves for each in points})
    assert [each.cost for each in points] == sorted({each.cost for each in points}, reverse=True)
    for point in points:
        judged = score(changed, point.plan)
        assert (judged.broken, judged.total) == ((), point.cost)
        assert point.moves == sum(
            1 for who in changed.exhibitors if who.code in previous and point.plan.get(who.code) != previous[who.code]
        )


@bounded
@given(fairs(), MODES, st.integers(0, 99))
def test_the_order_of_the_input_changes_no_byte_of_the_plan(case: Problem, mode: Mode, seed: int) -> None:
    plans = {write_plan(allocate(each, mode=mode, work=WORK).plan, each) for each in (case, shuffled(case, seed))}

    assert len(plans) == 1


@pytest.mark.parametrize("mode", Mode, ids=str)
def test_the_order_of_the_input_changes_no_byte_on_the_fair_of_56(mode: Mode) -> None:
    case = madagh()

    plans = {write_plan(allocate(each, mode=mode, work=100).plan, each) for each in (case, shuffled(case, 7))}

    assert len(plans) == 1


@bounded
@given(fairs())
def test_strict_priority_leaves_no_justified_envy(case: Problem) -> None:
    plan = allocate(case, mode=Mode.PRIORITY, work=WORK).plan
    terms = case.rules.terms(case)

    assert fairness(case, plan).justified == 0
    assert envied(terms, terms.starts(plan)) == []


@bounded
@given(fairs(), st.binary(min_size=1, max_size=4))
def test_by_lot_nobody_is_left_out_when_a_full_plan_exists(case: Problem, seed: bytes) -> None:
    if diagnose(case) == ():
        assert draw(case, order_by_lot(case, seed)).unplaced == ()


@bounded
@given(fairs(most_stands=7, most_exhibitors=5))
def test_no_mode_is_cheaper_than_the_proven_balance(case: Problem) -> None:
    balanced = allocate(case)

    assert balanced.proof is Proof.PROVEN
    for mode in (Mode.PRIORITY, Mode.LOT):
        other = allocate(case, mode=mode, work=WORK)
        assert other.cost.total >= balanced.cost.total
        assert other.bound <= other.cost.total


@pytest.mark.parametrize("who", [0, 8, 16, 25, 32, 40, 48])
def test_one_closed_stand_moves_two_at_most_on_the_fair_of_56(who: int) -> None:
    case, plan = best_of_madagh()
    code = case.exhibitors[who].code
    changed = closed(case, plan[code][0])

    found = allocate(changed, previous=plan, move_cost=40)

    assert found.unplaced == ()
    assert code in moved(plan, found.plan)
    assert len(moved(plan, found.plan)) <= 2
    assert frontier(changed, plan, move_costs=(40,))[0].moves <= 2


def test_whose_block_of_four_is_broken_needs_two_others_to_make_room() -> None:
    case, plan = best_of_madagh()
    wide = next(each for each in case.exhibitors if each.size == 4)

    # Whatever a move costs, no four stands in a row are free: two others make room, or the block of four is left out.
    ladder = frontier(closed(case, plan[wide.code][0]), plan)

    assert ladder[0].moves == 3 or wide.code not in ladder[0].plan


def test_one_who_cancels_moves_nobody_on_the_fair_of_56() -> None:
    case, plan = best_of_madagh()
    changed = replace(case, exhibitors=case.exhibitors[:10] + case.exhibitors[11:])
    gone = case.exhibitors[10].code

    first = frontier(changed, plan, move_costs=(40,))[0]

    assert (first.moves, first.plan) == (0, {who: block for who, block in plan.items() if who != gone})


@cache
def lots_of_200() -> tuple[Problem, Plan]:
    case = read_instance(json.dumps(fair(200)))
    return case, draw(case, order_by_lot(case, b"a lot")).plan


@pytest.mark.parametrize("who", [3, 77, 150])
def test_on_a_large_fair_a_closed_stand_moves_its_holder_and_one_more_at_most(who: int) -> None:
    case, plan = lots_of_200()
    code = case.exhibitors[who].code
    changed = closed(case, plan[code][0])

    ladder = frontier(changed, plan)

    assert ladder[0].moves <= 2
    for point in ladder:
        judged = score(changed, point.plan)
        assert (judged.broken, judged.total) == ((), point.cost)
        assert code in {each.who for each in point.moved}
        assert not any(charge.code == "unplaced" for charge in judged.charges)
    assert not any(each.proven for each in ladder)


def test_on_a_large_fair_the_price_of_a_stand_is_what_the_judge_says() -> None:
    case, plan = lots_of_200()
    who = next(
        each for each in case.exhibitors if each.stand_wishes and not set(each.stand_wishes) & set(plan[each.code])
    )

    found = [why_not(case, plan, who.code, wish) for wish in who.stand_wishes]

    for each in found:
        if each.objections:
            continue
        after = dict(plan) | {move.who: move.after for move in each.moves if move.after} | {who.code: each.block}
        after = {
            code: block for code, block in after.items() if all(move.who != code or move.after for move in each.moves)
        }
        judged = score(case, after)
        assert (judged.broken, judged.total) == ((), score(case, plan).total + (each.extra or 0))
    assert any(not each.objections for each in found)
