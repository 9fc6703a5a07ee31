"""Figures: what may be shown, and what is left to do."""

from dataclasses import replace

import pytest

from village.reports.rules import Figures, Share, Step, Task, hide_small, next_steps, per_cent

DONE = Figures(
    stands=56, assigned=56, applications=65, undecided=0, accepted=56, people=600, women=340, gender_known=600,
    youth=300, age_known=600, places=700, confirmed=650, waiting=200, registered_people=400, badges=600, unprinted=0,
    present=380, earned=491, certificates=491, awards={"published": 5}, draws={"drawn": 1}, untranslated=0, log_size=9,
)  # fmt: skip


def test_small_counts_are_hidden_and_none_can_be_worked_out_from_the_sum() -> None:
    assert hide_small({"berkane": 195, "nador": 3, "figuig": 2}) == (
        Share("berkane", 195),
        Share("nador", None),
        Share("figuig", None),
    )
    assert hide_small({"berkane": 195, "nador": 20, "figuig": 4}) == (
        Share("berkane", 195),
        Share("nador", None),
        Share("figuig", None),
    )
    assert hide_small({"berkane": 195, "nador": 5, "jerada": 0}) == (Share("berkane", 195), Share("nador", 5))
    assert hide_small({"figuig": 4}) == (Share("figuig", None),)


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
