"""More stands for who asks for more: in rounds, so that a third waits until all had a second."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from village.floor.allocation.completion import Completion
from village.floor.allocation.shortages import hard_terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from village.floor.allocation.problem import Exhibitor, Problem


def grow(problem: Problem, asked: Mapping[str, int], order: Sequence[str] | None = None) -> Problem:
    """The problem in which exhibitors ask for as many stands as can be granted, one more in each round.

    An exhibitor's ``size`` is the least it accepts and ``asked`` (code → stands) the most it would like.  First
    everybody is to have the least; then those who asked for two get a second, then those who asked for three a
    third, each only if as many exhibitors as before can still be placed.  Within a round the turn goes by ``order``
    (codes, as drawn by lot), or by weight and code.  Pinned exhibitors keep what they have.

    Raises:
        ValueError: ``asked`` or ``order`` names somebody who is not there.
    """
    known = {each.code: each for each in problem.exhibitors}
    if not known.keys() >= {*asked, *(order or ())}:
        raise ValueError("somebody is asked for who is not there")
    by_weight = sorted(known, key=lambda code: (-problem.rules.weight_of(known[code]), code))
    turns = [*(order or ()), *(code for code in by_weight if code not in set(order or ()))]
    held = {code for block in problem.pins.values() for code in block}
    most, room = _placeable(problem), sum(each.open_to_exhibitors or each.code in held for each in problem.stands)
    for size in range(2, max(asked.values(), default=0) + 1):
        for code in turns:
            if asked.get(code, 0) < size or code in problem.pins or known[code].size != size - 1:
                continue
            larger = replace(known[code], size=size)
            tried = replace(
                problem, exhibitors=tuple(larger if each.code == code else each for each in problem.exhibitors)
            )
            # So many stands are not there, however they lie: the exact answer would take long to say the same.
            if sum(sorted(each.size for each in tried.exhibitors)[:most]) > room:
                continue
            if (placeable := _placeable(tried)) >= most:
                problem, known[code], most = tried, larger, placeable
    return problem


def begin_small(problem: Problem, least: Mapping[str, int]) -> Problem:
    """The problem with everybody granted the most that can be, between ``least`` (code → stands) and its own size.

    An exhibitor asks in ``size`` for what it would like; whom ``least`` does not name, nothing less will do.  Where
    a least floor is asked for, nobody begins with fewer stands than can have it.
    """
    asked = {each.code: each.size for each in problem.exhibitors if least.get(each.code, each.size) < each.size}
    if not asked:
        return problem
    return replace(
        problem, exhibitors=_granted(_Same(problem, tuple(sorted(asked.items())), tuple(sorted(least.items()))))
    )


@dataclass(frozen=True)
class _Same:
    """What decides who gets how many; equal where all of it is, however often a page asks."""

    problem: Problem
    asked: tuple[tuple[str, int], ...]
    least: tuple[tuple[str, int], ...]

    def __hash__(self) -> int:
        return hash((self.problem.stands, self.problem.exhibitors, self.asked, self.least))


@lru_cache(maxsize=8)
def _granted(same: _Same) -> tuple[Exhibitor, ...]:
    problem, asked, least = same.problem, dict(same.asked), dict(same.least)
    largest = max((each.area for each in problem.stands), default=0) or 1
    small = [
        replace(each, size=min(each.size, max(least[each.code], -(-each.min_area_cm2 // largest))))
        if each.code in asked and each.code not in problem.pins
        else each
        for each in problem.exhibitors
    ]
    return grow(replace(problem, exhibitors=tuple(small)), asked).exhibitors


def _placeable(problem: Problem) -> int:
    return Completion(hard_terms(problem)).most
