"""An exhibitor with no block at all: which of its needs stand in the way."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from village.floor.allocation.conflicts import Conflict, needs_of
from village.floor.allocation.problem import Exhibitor
from village.floor.allocation.terms import allowed_blocks, windows
from village.floor.rules import Needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from village.floor.allocation.problem import Problem
    from village.kit.db import Json


def no_block(problem: Problem, who: Exhibitor) -> Conflict:
    """The conflict of an exhibitor that has no block, with the fewest needs it would have to give up."""
    asked = needs_of(who)
    dropped = [names for count in range(1, len(asked) + 1) for names in combinations(asked, count)]
    freed = _freed(problem, [(names, each) for names in dropped for each in _without(who, names)])
    fewest = min(map(len, freed), default=0)
    ways: list[Json] = [list(names) for names in freed if len(names) == fewest]
    need: dict[str, Json] = {
        "needs": ways[0] if ways else list(asked),
        "ways": ways,
        "size": who.size,
        "longest": _longest(problem, who),
    }
    return Conflict("no_block", (who.code,), (), need)


def _freed(problem: Problem, tries: list[tuple[tuple[str, ...], Exhibitor]]) -> list[tuple[str, ...]]:
    """What was given up in those tries that have a block, each once, in order."""
    if not tries:
        return []
    has = _may(problem, [each for _, each in tries])
    return list(dict.fromkeys(names for (names, _), found in zip(tries, has, strict=True) if found))


def _may(problem: Problem, people: list[Exhibitor]) -> list[bool]:
    # Under names of their own: a pin must not answer for a try.
    tried = tuple(replace(each, code=f"{index}/{each.code}") for index, each in enumerate(people))
    may = allowed_blocks(replace(problem, exhibitors=tried), windows(problem)[1])
    return [bool(row.any()) for row in may]


def hinders(problem: Problem, need: str, size: int, area_cm2: int) -> bool:
    """Whether some open block of that size does not meet the need (for ``area``: is smaller than that)."""
    needs = Needs() if need == "area" else replace(Needs(), **{need: True})
    asking = Exhibitor("asking", needs=needs, size=size, min_area_cm2=area_cm2 if need == "area" else 0)
    plain = replace(asking, code="plain", needs=Needs(), min_area_cm2=0)
    asks, may = allowed_blocks(replace(problem, exhibitors=(asking, plain)), windows(problem)[1])
    return bool((may & ~asks).any())


def _without(who: Exhibitor, names: tuple[str, ...]) -> Iterator[Exhibitor]:
    """The exhibitor without those needs; without its size, with each smaller size."""
    needs, rest = who.needs, set(names) - {"area", "size"}
    if "power" in rest:
        needs = replace(needs, power=False, cold=False, power_w=0)
    needs = replace(needs, **dict.fromkeys(rest - {"power"}, False))
    modest = replace(who, needs=needs, min_area_cm2=0 if "area" in names else who.min_area_cm2)
    for size in range(1, who.size) if "size" in names else (who.size,):
        yield replace(modest, size=size)


def _longest(problem: Problem, who: Exhibitor) -> int:
    sizes = range(1, who.size)
    # A shorter block is a smaller one: its area is left aside here, it is told among the needs.
    has = _may(problem, [replace(who, size=size, min_area_cm2=0) for size in sizes]) if sizes else []
    return max((size for size, found in zip(sizes, has, strict=True) if found), default=0)
