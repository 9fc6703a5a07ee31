"""Exhibitors with no block at all: which of their needs stand in the way."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from village.floor.allocation.conflicts import Conflict, needs_of
from village.floor.allocation.problem import Exhibitor
from village.floor.allocation.terms import allowed_blocks, windows
from village.floor.rules import Needs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from village.floor.allocation.problem import Problem
    from village.kit.db import Json


# Needs, size, least area: who is alike in these is freed by the same.
Kind = tuple[Needs, int, int]


def no_blocks(problem: Problem, people: Sequence[Exhibitor]) -> list[Conflict]:
    """The conflicts of exhibitors that have no block, each with the fewest needs it would have to give up."""
    kinds = dict.fromkeys(map(_kind, people))
    tries = [
        (kind, names, modest) for kind in kinds for names in _choices(kind) for modest in _without(_asking(kind), names)
    ]
    # A shorter block is a smaller one: its area is left aside here, it is told among the needs.
    tries += [(kind, (), _asking((kind[0], size, 0))) for kind in kinds for size in range(1, kind[1])]
    freed: dict[Kind, list[tuple[str, ...]]] = {kind: [] for kind in kinds}
    longest = dict.fromkeys(kinds, 0)
    for (kind, names, modest), found in zip(tries, _may(problem, [each for *_, each in tries]), strict=True):
        if found and names and names not in freed[kind]:
            freed[kind].append(names)
        elif found and not names:
            longest[kind] = max(longest[kind], modest.size)
    return [_conflict(who, freed[_kind(who)], longest[_kind(who)]) for who in people]


def _conflict(who: Exhibitor, freed: list[tuple[str, ...]], longest: int) -> Conflict:
    fewest = min(map(len, freed), default=0)
    ways: list[Json] = [list(names) for names in freed if len(names) == fewest]
    need: dict[str, Json] = {
        "needs": ways[0] if ways else list(needs_of(who)),
        "ways": ways,
        "size": who.size,
        "longest": longest,
    }
    return Conflict("no_block", (who.code,), (), need)


def _kind(who: Exhibitor) -> Kind:
    return who.needs, who.size, who.min_area_cm2


def _asking(kind: Kind) -> Exhibitor:
    needs, size, area = kind
    return Exhibitor("asking", needs=needs, size=size, min_area_cm2=area)


def _choices(kind: Kind) -> list[tuple[str, ...]]:
    """What one may give up of such needs, the fewest first."""
    asked = needs_of(_asking(kind))
    return [names for count in range(1, len(asked) + 1) for names in combinations(asked, count)]


def _may(problem: Problem, people: list[Exhibitor]) -> list[bool]:
    """Whether each would have a block at all."""
    # Under names of their own: a pin must not answer for a try.
    tried = tuple(replace(each, code=f"{index}/{each.code}") for index, each in enumerate(people))
    if not tried:
        return []
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
