"""Changes of a problem's numbers: what moves cost, who may have what, who stays; and moves between plans."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.terms import NEVER, NOWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from village.floor.allocation.problem import Plan, Problem
    from village.floor.allocation.terms import Terms


def previous_starts(terms: Terms, problem: Problem, previous: Plan) -> NDArray[np.int32]:
    """First stands (N) of an earlier plan; NOWHERE for who had none, or a block of another size than now."""
    size = {each.code: each.size for each in problem.exhibitors}
    return terms.starts({who: block for who, block in previous.items() if len(block) == size.get(who)})


def with_moves(terms: Terms, previous: NDArray[np.int32], points: int) -> Terms:
    """The same numbers where everyone who had a place pays ``points`` for any other place, or for none.

    ``previous`` are first stands (N, NOWHERE for those without a place, who pay nothing wherever they go).
    """
    had = previous >= 0
    if not points or not had.any():
        return terms
    cost = terms.cost + np.where(had, points, 0).astype(np.int32)[:, None]
    rows = np.flatnonzero(had)
    cost[rows, previous[rows]] -= points
    cost = np.where(terms.allowed, cost, NEVER).astype(np.int32)
    return replace(terms, cost=cost, unplaced=terms.unplaced + np.where(had & (terms.pinned < 0), points, 0))


def moved(previous: Plan, plan: Plan) -> tuple[str, ...]:
    """Codes of those who had a place and have another one now, or none."""
    return tuple(sorted(who for who, block in previous.items() if block and tuple(plan.get(who, ())) != tuple(block)))


def kept(terms: Terms, previous: NDArray[np.int32]) -> NDArray[np.int32]:
    """What can stay of an earlier placement: pins first, then each place in order that is allowed, free and carried."""
    found = np.full(len(previous), NOWHERE, np.int32)
    taken = np.zeros(len(terms.stands), bool)
    load = np.zeros(len(terms.capacity), np.int64)
    order = np.argsort(terms.pinned < 0, kind="stable")
    for who in order.tolist():
        start = int(terms.pinned[who]) if terms.pinned[who] >= 0 else int(previous[who])
        size = int(terms.size[who])
        if start < 0 or not terms.allowed[who, start] or taken[start : start + size].any():
            continue
        circuit, watts = int(terms.circuit[size, start]), int(terms.watts[who])
        if watts and circuit >= 0:
            if load[circuit] + watts > terms.capacity[circuit]:
                continue
            load[circuit] += watts
        taken[start : start + size] = True
        found[who] = start
    return found


def only(terms: Terms, masks: Mapping[int, NDArray[np.bool_]]) -> Terms:
    """The same numbers where some exhibitors may have fewer blocks: number of the exhibitor → mask (S)."""
    allowed = terms.allowed.copy()
    for who, mask in masks.items():
        allowed[who] &= mask
    return restricted(terms, allowed)


def restricted(terms: Terms, allowed: NDArray[np.bool_]) -> Terms:
    """The same numbers with fewer blocks allowed (N×S)."""
    return replace(terms, allowed=allowed, cost=np.where(allowed, terms.cost, NEVER).astype(np.int32))


def settled(terms: Terms, starts: NDArray[np.int32], free: NDArray[np.bool_]) -> Terms:
    """The same numbers where all but the ``free`` (N) stay as placed; the free keep clear of their stands.

    Who stays without a stand may have no block at all.
    """
    allowed = np.zeros_like(terms.allowed)
    taken = np.zeros(len(terms.stands), bool)
    stay = np.flatnonzero(~free & (starts >= 0))
    allowed[stay, starts[stay]] = True
    for who in stay.tolist():
        taken[starts[who] : starts[who] + terms.size[who]] = True
    for size in np.unique(terms.size[free]).tolist():
        these = free & (terms.size == size)
        allowed[these] = terms.allowed[these] & ~_touches(taken, size)
    pinned = np.where(~free & (starts >= 0), starts, terms.pinned).astype(np.int32)
    return replace(restricted(terms, allowed), pinned=pinned)


def _touches(taken: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    """Whether the block of that size from each stand on holds a taken one."""
    found = taken.copy()
    for step in range(1, size):
        found[:-step] |= taken[step:]
    return found
