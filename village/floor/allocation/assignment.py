"""Stands as an assignment problem: what is left of a fair when zones have their price and pairs are forgotten.

Each exhibitor of n stands is n units; unit k goes to the k-th stand of a block, for an nth of the block's points.
Stands get prices (0 or less: what having this stand is worth to others).  Any prices give a bound (`survey`); good
ones come from the cheapest assignment (`match`, by scipy).

Numbers are whole multiples of 1/SCALE point in 32 or 64 bits: nothing is rounded up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.terms import NEVER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from village.floor.allocation.terms import Terms

SCALE = 64
# Points beyond this (times SCALE) would not fit beside prices; who costs more is taken as costing just this.
MOST = 2**29
FAR = 2**30
# A stand's price at most: sums over a block stay within 32 bits.
DEAREST = 2**25
# Lines of the table looked at together: few enough for the processor's cache.
CHUNK = 64
# Rounds until the prices of a matching agree with it; fewer only make them worse.
ROUNDS = 100

@dataclass(frozen=True, slots=True)
class Survey:
    """What prices say of the whole floor: a bound (in SCALE-ths of a point), and each one's cheapest blocks (N×M)."""

    value: int
    blocks: NDArray[np.int32]


def survey(
    terms: Terms, zone_prices: NDArray[np.int32], stand_prices: NDArray[np.int32], count: int
) -> Survey:
    """Everyone on its cheapest block at these prices: no placement can cost less.

    ``zone_prices`` (N×Z): what standing in a zone costs; ``stand_prices`` (S, 0 or less).
    """
    people, stands = terms.cost.shape
    count = min(count, stands)
    blocks = np.zeros((people, count), np.int32)
    lowest = np.zeros(people, np.int64)
    taken = _window_sums(stand_prices, int(terms.size.max(initial=1)))
    for first in range(0, people, CHUNK):
        rows = slice(first, min(first + CHUNK, people))
        points = scaled(terms.cost[rows])
        points += zone_prices[rows][:, terms.zone]
        points -= taken[terms.size[rows]]
        lowest[rows] = points.min(axis=1)
        if count < stands:
            blocks[rows] = np.argpartition(points, count, axis=1)[:, :count]
        else:
            blocks[rows] = np.arange(stands)
    value = np.minimum(lowest, out_points(terms)).sum() + int(stand_prices.sum(dtype=np.int64))
    return Survey(int(value), blocks)


def scaled(points: NDArray[np.int32]) -> NDArray[np.int32]:
    """Points in SCALE-ths, FAR where a block is not allowed."""
    found = np.minimum(points, MOST // SCALE) * np.int32(SCALE)
    found[points >= NEVER] = FAR
    return found


def out_points(terms: Terms) -> NDArray[np.int64]:
    """What having no stand costs, FAR for the pinned, who always have theirs."""
    return np.where(terms.pinned >= 0, FAR, np.minimum(terms.unplaced * SCALE, MOST))


def _window_sums(prices: NDArray[np.int32], longest: int) -> NDArray[np.int32]:
    """Sums over the stands of each block, by size (longest + 1 × S)."""
    found = np.zeros((longest + 1, len(prices)), np.int32)
    for size in range(1, longest + 1):
        found[size] = found[size - 1]
        found[size, : len(prices) - size + 1] += prices[size - 1 :]
    return found


def match(terms: Terms, zone_prices: NDArray[np.int32]) -> tuple[int, NDArray[np.int64]]:
    """The cheapest assignment: its sum (SCALE-ths), and each unit's stand (those behind the last: none)."""
    from scipy.optimize import linear_sum_assignment

    table = _table(terms, zone_prices)
    units, stands = linear_sum_assignment(table)
    return int(table[units, stands].sum()), stands


def stand_prices(
    terms: Terms, zone_prices: NDArray[np.int32], found: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Prices (S) at which no unit would rather have another stand than in this cheapest assignment; 0 for free ones."""
    table = _table(terms, zone_prices)
    own = table[np.arange(len(found)), found]
    prices = np.zeros(table.shape[1])
    for _ in range(ROUNDS):
        worth = own - prices[found]
        lower = prices.copy()
        for first in range(0, len(found), CHUNK):
            rows = slice(first, first + CHUNK)
            np.minimum(lower, (table[rows] - worth[rows, None]).min(axis=0), out=lower)
        if (lower == prices).all():
            break
        prices = lower
    return np.maximum(prices[: len(terms.zone)], -DEAREST).astype(np.int32)


def _table(terms: Terms, zone_prices: NDArray[np.int32]) -> NDArray[np.float64]:
    """Points of each unit on each stand; behind the stands as many columns for none as units are too many."""
    units, count = int(terms.size.sum()), len(terms.zone)
    table = np.full((units, count + max(0, units - count)), float(FAR))
    out, line = out_points(terms), 0
    for who, size in enumerate(terms.size.tolist()):
        points = (scaled(terms.cost[who]) + zone_prices[who, terms.zone]) // size
        for step in range(size):
            table[line, step:count] = points[: count - step]
            np.minimum(table[line], out[who] // size, out=table[line])
            line += 1
    return table
