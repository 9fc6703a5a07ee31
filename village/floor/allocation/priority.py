"""Strict priority: nobody of lower weight holds a block of the same size that one would rather have.

Among the plans without such envy the cheapest is sought, where being without a stand costs most.  The search
begins with the balanced plan, which also gives the bound: what a plan is above it is the price of priority.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.changes import restricted
from village.floor.allocation.envy import envied, filled, repaired, without_new_envy
from village.floor.allocation.exact import Solved
from village.floor.allocation.terms import value_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from village.floor.allocation.terms import Terms
    from village.floor.allocation.tight import Row, Tight

    Search = Callable[[Terms, NDArray[np.int32], Callable[[Tight], None] | None, bool], Solved]


def by_priority(
    terms: Terms,
    plain: Terms,
    balanced: Solved,
    *,
    search: Search,
    small: bool,
    told: Callable[[NDArray[np.int32]], None],
) -> Solved:
    """The cheapest placement without justified envy that is found from a balanced one; its bound is kept.

    Args:
        terms: the numbers with what moves cost, which lead the search.
        plain: the numbers without, by which envy is measured.
        balanced: a valid placement to begin with, and its bound.
        search: looks for a better placement from a given one, by the numbers, and by rows added to the exact model;
            told whether it is the last search, and may take all that is left.
        small: whether the search is exact and takes rows.
        told: hears of each placement on the way.

    """
    starts = _fuller(terms, plain, repaired(plain, balanced.starts))
    told(starts)
    late = balanced.stopped_by_time
    for last in (False, True):
        if last and small:
            found = search(terms, starts, lambda model: add_priority(model, plain), last)
        else:
            # Within what cannot bring envy back; the second time, what the first has freed is within too.
            found = search(restricted(terms, without_new_envy(plain, starts)), starts, None, last)
        late = late or found.stopped_by_time
        # The searches know of envy by masks and rows; the plain check has the last word.
        if not envied(plain, found.starts):
            starts = _fuller(terms, plain, found.starts)
            told(starts)
    return Solved(starts, balanced.bound, proven=False, stopped_by_time=late)


def _fuller(terms: Terms, plain: Terms, starts: NDArray[np.int32]) -> NDArray[np.int32]:
    """The same with those who wait put in, where that costs less than waiting."""
    found = filled(plain, starts)
    return found if value_of(terms, found) < value_of(terms, starts) else starts


def add_priority(model: Tight, plain: Terms) -> None:
    """Rows that forbid justified envy: if one of lower weight has a block, each higher has one as good.

    For each exhibitor the blocks up to each cost are summed in a chain of columns, and for each block those of
    lower weight who may hold it, so that the rows stay short.
    """
    for size in np.unique(plain.size).tolist():
        these = [who for who in np.flatnonzero(plain.size == size).tolist() if plain.pinned[who] < 0]
        lower = _lower_holders(model, plain, these)
        for who in these:
            good = _as_good(model, plain, who)
            for start in model.x[who]:
                held = lower.get((int(plain.weight[who]), start))
                if held is not None:
                    entry = (good[int(plain.cost[who, start])], -1.0)
                    model.row([(held, 1.0), entry], -float("inf"), 0.0)


def _lower_holders(model: Tight, plain: Terms, these: list[int]) -> dict[tuple[int, int], int]:
    """For each weight and block, a column that says whether somebody of lower weight holds the block."""
    weights = sorted({int(plain.weight[who]) for who in these})
    at: dict[tuple[int, int], Row] = defaultdict(list)
    for who in these:
        for start, column in model.x[who].items():
            at[int(plain.weight[who]), start].append((column, 1.0))
    found: dict[tuple[int, int], int] = {}
    below: dict[int, int] = {}
    for weight in weights:
        found.update({(weight, start): column for start, column in below.items()})
        for start in sorted({start for each, start in at if each == weight}):
            before = [(below[start], 1.0)] if start in below else []
            below[start] = model.derived([*before, *at[weight, start]])
    return found


def _as_good(model: Tight, plain: Terms, who: int) -> dict[int, int]:
    """For each cost, a column that says whether the exhibitor has a block that costs it no more."""
    levels: dict[int, Row] = defaultdict(list)
    for start, column in model.x[who].items():
        levels[int(plain.cost[who, start])].append((column, 1.0))
    found: dict[int, int] = {}
    before: Row = []
    for cost in sorted(levels):
        found[cost] = model.derived([*before, *levels[cost]])
        before = [(found[cost], 1.0)]
    return found
