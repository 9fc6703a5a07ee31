"""Figures: what may be shown, and what is left to do."""

from dataclasses import replace
from datetime import date, time
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village.reports.rules import (
    SMALL,
    Breakdown,
    By,
    Figures,
    SessionFigures,
    Step,
    Task,
    fill_by,
    hide_small,
    may_hope,
    next_steps,
    part_of,
    per_cent,
)

DONE = Figures(
    stands=56, assigned=56, applications=65, undecided=0, accepted=56, people=600, women=340, gender_known=600,
    youth=300, age_known=600, places=700, confirmed=650, waiting=200, registered_people=400, badges=600, unprinted=0,
    present=380, earned=491, certificates=491, awards={"published": 5}, draws={"drawn": 1}, untranslated=0, log_size=9,
)  # fmt: skip


def shown(counts: dict[str, int]) -> tuple[dict[str, int | None], int | None]:
    found = hide_small(counts)
    return {share.key: share.count for share in found.shares}, found.total


def test_small_counts_are_hidden_and_none_can_be_worked_out_from_the_sum() -> None:
    assert shown({"berkane": 195, "nador": 3, "figuig": 2}) == ({"berkane": 195, "figuig": None, "nador": None}, 200)
    # One alone takes the next larger for company.
    assert shown({"berkane": 195, "nador": 20, "figuig": 4}) == ({"berkane": 195, "figuig": None, "nador": None}, 219)
    assert shown({"berkane": 195, "nador": 5, "jerada": 0}) == ({"berkane": 195, "nador": 5}, 200)
    # Two of one person each: their sum would say so.
    assert shown({"berkane": 195, "nador": 20, "figuig": 1, "jerada": 1})[0]["nador"] is None
    # Nothing is left for company: the sum goes too.
    assert shown({"figuig": 4}) == ({"figuig": None}, None)
    assert shown({"figuig": 1, "nador": 2}) == ({"figuig": None, "nador": None}, None)
    assert shown({}) == ({}, 0)


def test_the_order_of_what_is_hidden_gives_nothing_away() -> None:
    assert [share.key for share in hide_small({"a": 1, "b": 4, "c": 90}).shares] == ["c", "a", "b"]
    assert [share.key for share in hide_small({"a": 4, "b": 1, "c": 90}).shares] == ["c", "a", "b"]


@pytest.mark.parametrize(("provinces", "most"), [(1, 30), (2, 20), (3, 13), (4, 9)])
def test_no_hidden_count_can_be_worked_out_by_whoever_knows_the_rule(provinces: int, most: int) -> None:
    """All fairs of a size, gathered by what is shown of them: each hidden count could be another one."""
    names = "abcd"[:provinces]
    alike: dict[Breakdown, list[tuple[int, ...]]] = {}
    for counts in product(range(most), repeat=provinces):
        alike.setdefault(hide_small(dict(zip(names, counts, strict=True))), []).append(counts)
    for seen, fairs in alike.items():
        for share in seen.shares:
            if share.count is None:
                assert len({fair[names.index(share.key)] for fair in fairs}) > 1, (seen, fairs)


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 60), max_size=12))
def test_what_is_shown_is_true_and_never_small(counts: dict[str, int]) -> None:
    seen = hide_small(counts)
    assert {share.key for share in seen.shares} == {key for key, count in counts.items() if count}
    assert seen.total in {None, sum(counts.values())}
    for share in seen.shares:
        assert share.count is None or (share.count == counts[share.key] and share.count >= SMALL)
    hidden = [counts[share.key] for share in seen.shares if share.count is None]
    if seen.total is not None and hidden:
        assert len(hidden) > 1
    # Exchanging what is hidden changes nothing that is shown.
    keys = [share.key for share in seen.shares if share.count is None]
    turned = dict(zip(keys, [*hidden[1:], *hidden[:1]], strict=True))
    assert hide_small({**counts, **turned}) == seen


@pytest.mark.parametrize("whole", range(40))
def test_a_part_that_is_hidden_may_be_small_or_leave_few(whole: int) -> None:
    hidden = [part for part in range(whole + 1) if part_of(part, whole).count is None]
    assert all(0 < part < SMALL or 0 < whole - part < SMALL for part in hidden)
    assert len(hidden) != 1
    assert part_of(0, max(whole, SMALL)).count == 0


def test_nobody_and_everybody_may_be_shown() -> None:
    assert (part_of(0, 12).per_cent, part_of(12, 12).per_cent, part_of(6, 12).per_cent) == (0, 100, 50)
    assert part_of(11, 12).count is part_of(3, 12).count is part_of(3, 12).per_cent is None
    assert part_of(0, 0).per_cent is None


def figures(code: str, **different: Any) -> SessionFigures:
    values: dict[str, Any] = {
        "workshop_id": 1, "code": code, "title_ar": "", "title_fr": "", "day": date(2026, 12, 4), "starts": time(10),
        "ends": time(12), "venue": "V1", "track": "", "theme": "", "places": 40, "taken_onsite": 30, "taken_online": 0,
        "waiting": 0, "offered": 0, "oldest": None, "over": False, "confirmed": 30, "absent": None,
        "women": part_of(10, 30), "youth": part_of(10, 30),
    }  # fmt: skip
    return SessionFigures(**{**values, **different})


def test_places_are_summed_by_what_is_asked_for() -> None:
    sessions = [
        figures("W01", track="CU"),
        figures("W02", places=60, taken_onsite=20, taken_online=25, waiting=4, theme="finance"),
        figures("W03", day=date(2026, 12, 5), venue="V2", track="CU", places=0, taken_onsite=0),
        figures("W04", day=date(2026, 12, 5), venue="V2", track="CU", places=10, taken_onsite=10),
    ]
    by_day = fill_by(sessions, By.DAY)
    assert [(one.key, one.sessions, one.taken, one.places, one.per_cent, one.waiting) for one in by_day] == [
        ("2026-12-04", 2, 75, 100, 75, 4),
        ("2026-12-05", 1, 10, 10, 100, 0),
    ]
    # A ceremony without places fills nothing; sessions without a track stand last.
    assert [one.key for one in fill_by(sessions, By.SESSION)] == ["W01", "W02", "W04"]
    assert [one.key for one in fill_by(sessions, By.TRACK)] == ["CU", ""]
    assert [one.length for one in fill_by(sessions, By.VENUE)] == [104, 10]


@pytest.mark.parametrize(
    ("waiting", "taken", "back", "ever", "hope"), [(10, 40, 10, 100, 4), (2, 40, 10, 100, 2), (5, 40, 0, 80, 0), (5, 0, 0, 0, 0)]
)
def test_as_many_may_hope_as_places_are_given_back(waiting: int, taken: int, back: int, ever: int, hope: int) -> None:
    assert may_hope(waiting, taken, back, ever) == hope


@pytest.mark.parametrize(("part", "whole", "share"), [(1, 3, 33), (2, 3, 67), (1, 2, 50), (1, 8, 13), (0, 5, 0), (0, 0, None)])  # fmt: skip
def test_shares_round_to_the_nearest(part: int, whole: int, share: int | None) -> None:
    assert per_cent(part, whole) == share


def test_a_finished_fair_has_nothing_left_to_do() -> None:
    assert next_steps(DONE) == ()


@pytest.mark.parametrize(
    ("left", "step"),
    [
        ({"undecided": 3}, Step(Task.DECIDE, 3)),
        ({"assigned": 50}, Step(Task.ASSIGN, 6)),
        ({"unprinted": 7}, Step(Task.PRINT_BADGES, 7)),
        ({"certificates": 490}, Step(Task.ISSUE, 1)),
        ({"awards": {"draft": 2, "published": 3}}, Step(Task.RULE_AWARDS, 2)),
        ({"awards": {"marking": 1}}, Step(Task.OPEN_AWARDS, 1)),
        ({"awards": {"opened": 1}}, Step(Task.PUBLISH_AWARDS, 1)),
        ({"draws": {"sealed": 1, "drawn": 1}}, Step(Task.RUN_DRAW, 1)),
        ({"untranslated": 2}, Step(Task.TRANSLATE, 2)),
    ],
)
def test_each_thing_left_is_named_with_its_count(left: dict, step: Step) -> None:
    assert next_steps(replace(DONE, **left)) == (step,)


def test_more_accepted_than_stands_leaves_only_the_stands_to_assign() -> None:
    assert next_steps(replace(DONE, accepted=60, stands=56, assigned=55)) == (Step(Task.ASSIGN, 1),)
