"""More stands for who asks for more: in rounds, so that a third waits until all had a second."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from village.floor.allocation.completion import Completion
from village.floor.allocation.shortages import hard_terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from village.floor.allocation.problem import Problem


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
    most = _placeable(problem)
    for size in range(2, max(asked.values(), default=0) + 1):
        for code in turns:
            if asked.get(code, 0) < size or code in problem.pins or known[code].size != size - 1:
                continue
            larger = replace(known[code], size=size)
            tried = replace(
                problem, exhibitors=tuple(larger if each.code == code else each for each in problem.exhibitors)
            )
            if _placeable(tried) >= most:
                problem, known[code] = tried, larger
    return problem


def _placeable(problem: Problem) -> int:
    return Completion(hard_terms(problem)).most
