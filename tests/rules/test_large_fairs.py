"""The search for large fairs: its plans are valid, its figures are the judge's, its bound is below every plan."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import judge
from tests.benchmarks.allocation_fairs import STANDS_OF, fair
from tests.small_fairs import fairs
from village.floor.allocation import anneal, bound, large, neighbourhoods
from village.floor.allocation.anneal import board
from village.floor.allocation.bound import lower_bound
from village.floor.allocation.exact import solve
from village.floor.allocation.files import read_instance
from village.floor.allocation.greedy import completed, first_starts
from village.floor.allocation.large import search
from village.floor.allocation.rulesets import ZONES_AND_WISHES
from village.floor.allocation.score import score
from village.floor.allocation.terms import NOWHERE, Terms, value_of

if TYPE_CHECKING:
    from pathlib import Path

    from village.floor.allocation.problem import Problem

# Few watched stands, so that a small fair can crowd the entrance.
CROWDED = replace(ZONES_AND_WISHES, near_entrance=3, province_limit=1)
careful = settings(deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def instance() -> dict:
    return fair(200)


@pytest.fixture(scope="module")
def case(instance: dict) -> Problem:
    return read_instance(json.dumps(instance))


@pytest.fixture(scope="module")
def terms(case: Problem) -> Terms:
    return case.rules.terms(case)


def crowded(small: Problem) -> Problem:
    return small.with_rules(CROWDED) if small.rules.name == ZONES_AND_WISHES.name else small


# ---------------------------------------------------------------- the generator


@pytest.mark.parametrize("exhibitors", [56, 200, 600])
def test_a_seed_makes_one_fair_that_leaves_stands_to_spare(exhibitors: int):
    made = fair(exhibitors, seed=3)
    assert made == fair(exhibitors, seed=3)
    assert made != fair(exhibitors, seed=4)
    assert (len(made["exhibitors"]), len(made["stands"])) == (exhibitors, STANDS_OF[exhibitors])
    assert sum(each["size"] for each in made["exhibitors"]) <= 0.98 * STANDS_OF[exhibitors]


# ---------------------------------------------------------------- the search


def test_a_fair_of_two_hundred_is_placed_whole_and_far_better_than_by_turns(case: Problem, terms: Terms, instance: dict):
    told: list = []
    greedy = first_starts(terms)
    found = search(terms, greedy, seed=1, work=1200, say=lambda *each: told.append(each))
    plan = terms.plan(found.starts)
    judged = score(case, plan)
    assert judged.broken == ()
    assert judge.faults(instance, {who: list(block) for who, block in plan.items()}) == []
    assert sum(judge.parts(instance, {who: list(block) for who, block in plan.items()}).values()) == judged.total
    assert value_of(terms, found.starts) == judged.total
    assert found.bound <= judged.total < 0.75 * value_of(terms, greedy)
    assert judged.total < 1.12 * found.bound
    assert not found.stopped_by_time
    costs = [cost for cost, _, _ in told]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == judged.total


def test_the_same_seed_and_work_give_the_same_placement(terms: Terms):
    one, other = (search(terms, first_starts(terms), seed=5, work=300) for _ in range(2))
    assert one.starts.tolist() == other.starts.tolist()
    assert one.bound == other.bound
    assert search(terms, first_starts(terms), seed=6, work=300).starts.tolist() != one.starts.tolist()


def test_a_deadline_ends_the_search_with_a_valid_plan(case: Problem, terms: Terms):
    begun = time.monotonic()
    found = search(terms, terms.pinned, seed=1, work=10**7, deadline=begun + 1)
    assert time.monotonic() - begun < 10
    assert found.stopped_by_time
    assert score(case, terms.plan(found.starts)).broken == ()


def test_who_says_stop_gets_the_best_so_far(case: Problem, terms: Terms):
    found = search(terms, terms.pinned, seed=1, work=10**7, stop=lambda: True)
    assert score(case, terms.plan(found.starts)).broken == ()
    assert not found.stopped_by_time


def test_pins_stay(case: Problem, instance: dict):
    free = case.rules.terms(case)
    before = free.plan(search(free, free.pinned, seed=1, work=100).starts)
    pins = {who: before[who] for who in list(before)[::9]}
    pinned = case.with_pins(pins)
    terms = pinned.rules.terms(pinned)
    plan = terms.plan(search(terms, terms.pinned, seed=1, work=300).starts)
    assert {who: plan[who] for who in pins} == pins
    assert score(pinned, plan).broken == ()


def test_without_numba_the_exact_solver_searches(monkeypatch: pytest.MonkeyPatch, case: Problem, terms: Terms):
    for module in (anneal, large):
        monkeypatch.setattr(module, "kernel", lambda: None)
    found = search(terms, terms.pinned, seed=1, work=1500)
    assert score(case, terms.plan(found.starts)).broken == ()
    assert value_of(terms, found.starts) < 0.8 * value_of(terms, first_starts(terms))


def test_without_scipy_there_is_still_a_bound(monkeypatch: pytest.MonkeyPatch, terms: Terms):
    monkeypatch.setattr(bound, "find_spec", lambda _: None)
    found = search(terms, terms.pinned, seed=1, work=100)
    assert bound.alone(terms) <= found.bound <= value_of(terms, found.starts)


def test_machine_code_is_kept_where_one_may_write(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(anneal.tempfile, "tempdir", str(tmp_path))
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr(anneal.os, "access", lambda *_: False)
    monkeypatch.setattr(anneal.sys, "modules", {})
    anneal._make_cache_writable()
    kept = anneal.Path(anneal.os.environ["NUMBA_CACHE_DIR"])
    assert kept.parent == tmp_path
    assert kept.stat().st_mode & 0o077 == 0
    # A folder that others can write to might bring their machine code.
    kept.chmod(0o777)
    assert anneal._own_folder() != kept
    kept.chmod(0o700)
    monkeypatch.delenv("NUMBA_CACHE_DIR")


def test_a_compiler_that_takes_too_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, case: Problem, terms: Terms):
    ended = threading.Event()
    monkeypatch.setattr(large, "ready", ended.wait)
    found = search(terms, terms.pinned, seed=1, deadline=time.monotonic() + 1.5)
    ended.set()
    assert found.stopped_by_time
    assert score(case, terms.plan(found.starts)).broken == ()
    assert value_of(terms, found.starts) < value_of(terms, first_starts(terms))


# ---------------------------------------------------------------- any fair


@careful
@given(fairs(), st.integers(0, 5))
def test_what_annealing_counts_is_what_a_plan_costs(small: Problem, seed: int):
    case = crowded(small)
    terms = case.rules.terms(case)
    starts = first_starts(terms)
    made = board(terms, starts, seed)
    for heat in (50.0, 5.0, 0.5):
        before = value_of(terms, made.starts())
        assert before + made.run(400, heat, heat) == value_of(terms, made.starts())
        assert score(case, terms.plan(made.starts())).broken == ()


@careful
@given(fairs(), st.booleans())
def test_the_bound_is_never_above_the_best_plan(small: Problem, crowd: bool):
    case = crowded(small) if crowd else small
    terms = case.rules.terms(case)
    best = solve(terms)
    assert best.proven
    # The hope only sets the length of steps: too low and too high ones must not lift the bound too far.
    for hoped in (best.bound // 2, best.bound, 3 * best.bound + 100):
        assert lower_bound(terms, hoped, steps=12).points <= best.bound


@careful
@given(fairs(), st.data())
def test_placing_few_anew_is_never_worse_and_moves_nobody_else(small: Problem, data: st.DataObject):
    case = crowded(small)
    terms = case.rules.terms(case)
    starts = first_starts(terms)
    free = np.flatnonzero([data.draw(st.booleans()) and pin == NOWHERE for pin in terms.pinned])
    after = neighbourhoods.solved(terms, starts, free, seed=0, nodes=None)
    assert score(case, terms.plan(after)).broken == ()
    assert value_of(terms, after) <= value_of(terms, starts)
    others = np.setdiff1d(np.arange(len(starts)), free)
    assert after[others].tolist() == starts[others].tolist()


@careful
@given(fairs())
def test_greedy_plans_are_valid_and_keep_what_was_given(small: Problem):
    terms = small.rules.terms(small)
    starts = first_starts(terms)
    assert score(small, terms.plan(starts)).broken == ()
    assert completed(terms, starts).tolist() == starts.tolist()
    last = first_starts(terms, range(len(starts) - 1, -1, -1))
    assert score(small, terms.plan(last)).broken == ()


def test_greedy_makes_room_for_who_has_one_place_only(case: Problem, terms: Terms):
    # Everybody takes the dearest stand there is; one may stand nowhere else and comes last.
    starts = first_starts(terms)
    who = int(np.argmax(terms.allowed.sum(axis=1)))
    allowed = terms.allowed.copy()
    allowed[who] = False
    allowed[who, starts[who]] = True
    changed = replace(terms, allowed=allowed, cost=np.where(allowed, terms.cost, 10**8).astype(np.int32))
    order = [*(each for each in range(len(starts)) if each != who), who]
    assert first_starts(changed, order)[who] == starts[who]
