"""Justified envy in numbers: who rather would have a block of the same size that somebody of lower weight holds.

Circuits are not asked: who is told that another of lower weight holds the better place does not ask for the fuse.
So a placement without envy in this sense has none in any milder one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.greedy import Floor
from village.floor.allocation.terms import NEVER, NOWHERE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from village.floor.allocation.terms import Terms

# Above every weight: what an unheld block counts as.
NOBODY = np.iinfo(np.int32).max
# Steps of the repair, for each exhibitor, after which it no longer looks for other places for those it displaces.
PATIENCE = 200
# Blocks that are tried for one who waits.
TRIES = 100


def own_costs(terms: Terms, starts: NDArray[np.int32]) -> NDArray[np.int32]:
    """What each exhibitor's block costs it alone (N); NEVER without a stand, as any block is better than none."""
    rows = np.arange(len(starts))
    return np.where(starts >= 0, terms.cost[rows, starts], NEVER).astype(np.int32)


def envied(terms: Terms, starts: NDArray[np.int32]) -> list[tuple[int, int]]:
    """Pairs (who, whom) of justified envy in a placement, in order."""
    own, found = own_costs(terms, starts), []
    holder = {size: np.full(len(terms.stands), NOWHERE, np.int32) for size in np.unique(terms.size).tolist()}
    for who in np.flatnonzero(starts >= 0).tolist():
        holder[int(terms.size[who])][starts[who]] = who
    weights = {size: np.where(who >= 0, terms.weight[who], NOBODY) for size, who in holder.items()}
    for who in range(len(starts)):
        size = int(terms.size[who])
        wanted = (terms.cost[who] < own[who]) & (weights[size] < terms.weight[who])
        found += [(who, whom) for whom in holder[size][wanted].tolist()]
    return found


def without_new_envy(terms: Terms, starts: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Blocks (N×S) such that any placement of the placed ones within them has no justified envy.

    Each keeps a place at least as good as now, and none takes a block that somebody of higher weight and the
    same size would rather have.  For a placement without envy, it lies within.
    """
    own = own_costs(terms, starts)
    found = terms.allowed & (terms.cost <= own[:, None])
    for size in np.unique(terms.size).tolist():
        these = np.flatnonzero(terms.size == size)
        wanted = np.zeros(len(terms.stands), bool)
        for weight in np.unique(terms.weight[these])[::-1].tolist():
            members = these[terms.weight[these] == weight]
            found[members[terms.pinned[members] < 0]] &= ~wanted
            wanted |= (terms.cost[members] < own[members][:, None]).any(axis=0)
    return found


def repaired(terms: Terms, starts: NDArray[np.int32]) -> NDArray[np.int32]:
    """A valid placement without justified envy, from any valid one.

    From the highest weight down, each takes the best block of its size that somebody of lower weight holds and
    it would rather have; who is displaced gets the old block, a free one, or waits.  Every step serves the higher
    weight at the expense of a lower one, so this ends; where a circuit forbids the exchange, the lower one leaves.
    """
    floor = _Repair(terms, starts)
    steps = PATIENCE * len(starts)
    order = np.lexsort((np.arange(len(starts)), -terms.weight)).tolist()
    while True:
        before = steps
        for who in order:
            while steps > 0 and floor.improve(who):
                steps -= 1
        wanted = _wanted(terms, floor.starts)
        for who in order:
            if floor.starts[who] < 0 and steps > 0 and floor.insert(who, wanted):
                steps -= 1
        if steps < before:
            continue
        left = {whom for _, whom in envied(terms, floor.starts)}
        if not left:
            return floor.starts
        for whom in sorted(left):
            floor.take(whom)
        steps -= len(left)


def filled(terms: Terms, starts: NDArray[np.int32]) -> NDArray[np.int32]:
    """A placement without justified envy in which fewer wait, from one without: one more moves for each, at most."""
    floor = _Repair(terms, starts)
    wanted = _wanted(terms, starts)
    waiting = [who for who in np.lexsort((np.arange(len(starts)), -terms.weight)).tolist() if starts[who] < 0]
    for who in waiting:
        floor.squeeze(who, wanted)
    return floor.starts


def _wanted(terms: Terms, starts: NDArray[np.int32]) -> dict[int, NDArray[np.int32]]:
    """For each size, the greatest weight that would rather have the block at each stand (S) than its own; 0: none."""
    own, found = own_costs(terms, starts), {}
    for size in np.unique(terms.size).tolist():
        found[size] = np.zeros(len(terms.stands), np.int32)
        these = np.flatnonzero(terms.size == size)
        for weight in np.unique(terms.weight[these]).tolist():
            members = these[terms.weight[these] == weight]
            found[size][(terms.cost[members] < own[members][:, None]).any(axis=0)] = weight
    return found


class _Repair(Floor):
    """A placement under repair; ``weights`` gives for each size the weight of who holds the block at each stand."""

    def __init__(self, terms: Terms, starts: NDArray[np.int32]) -> None:
        self.weights = {size: np.full(len(terms.stands), NOBODY, np.int32) for size in np.unique(terms.size).tolist()}
        super().__init__(terms, starts)

    def put(self, who: int, start: int) -> None:
        """Give the block that begins there."""
        super().put(who, start)
        self.weights[int(self.terms.size[who])][start] = self.terms.weight[who]

    def take(self, who: int) -> None:
        """Take the block away, if there is one."""
        start = int(self.starts[who])
        if start != NOWHERE:
            self.weights[int(self.terms.size[who])][start] = NOBODY
        super().take(who)

    def improve(self, who: int) -> bool:
        """Take the best block of the same size from one of lower weight, if there is one and its circuit bears it."""
        terms, before = self.terms, int(self.starts[who])
        row = terms.cost[who]
        own = int(row[before]) if before >= 0 else NEVER
        wanted = np.flatnonzero((row < own) & (self.weights[int(terms.size[who])] < terms.weight[who]))
        for start in wanted[np.argsort(row[wanted], kind="stable")].tolist():
            whom = int(self.holder[start])
            self.take(whom)
            self.take(who)
            if self.fits(who, start):
                self.put(who, start)
                if before >= 0 and self.fits(whom, before):
                    self.put(whom, before)
                return True
            if before >= 0:
                self.put(who, before)
            self.put(whom, start)
        return False

    def insert(self, who: int, wanted: dict[int, NDArray[np.int32]]) -> bool:
        """Give the cheapest free block that nobody of higher weight and the same size would rather have.

        ``wanted`` gives for each size the greatest weight that would rather have the block at each stand (S).
        """
        terms, free = self.terms, self._free(who)
        calm = free[wanted[int(terms.size[who])][free] <= terms.weight[who]]
        for start in calm[np.argsort(terms.cost[who, calm], kind="stable")].tolist():
            if self.fits(who, start):
                self.put(who, start)
                return True
        return False

    def squeeze(self, who: int, wanted: dict[int, NDArray[np.int32]]) -> bool:
        """Give a block to one who waits, where its holder finds a free one and nobody comes to envy."""
        terms, size = self.terms, int(self.terms.size[who])
        starts = np.flatnonzero(terms.allowed[who] & (wanted[size] <= terms.weight[who]))
        for start in starts[np.argsort(terms.cost[who, starts], kind="stable")][:TRIES].tolist():
            away = self.holders(start, size)
            if len(away) > 1 or any(terms.pinned[each] >= 0 for each in away):
                continue
            before = [(each, int(self.starts[each])) for each in away]
            for each in away:
                self.take(each)
            if self.fits(who, start):
                self.put(who, start)
                if not self._envies(who, start) and all(self._elsewhere(each, wanted) for each in away):
                    return True
                for each in (who, *away):
                    self.take(each)
            for each, place in before:
                self.put(each, place)
        return False

    def _elsewhere(self, who: int, wanted: dict[int, NDArray[np.int32]]) -> bool:
        terms, size = self.terms, int(self.terms.size[who])
        free = self._free(who)
        calm = free[wanted[size][free] <= terms.weight[who]]
        for start in calm[np.argsort(terms.cost[who, calm], kind="stable")].tolist():
            if self.fits(who, start) and not self._envies(who, start):
                self.put(who, start)
                better = terms.cost[who] < terms.cost[who, start]
                wanted[size] = np.maximum(wanted[size], np.where(better, terms.weight[who], 0))
                return True
        return False

    def _free(self, who: int) -> NDArray[np.intp]:
        """First stands of the free blocks that one may have, circuits aside."""
        found = self.terms.allowed[who].copy()
        for step in range(int(self.terms.size[who])):
            found[: len(found) - step] &= self.holder[step:] == NOWHERE
        return np.flatnonzero(found)

    def _envies(self, who: int, start: int) -> bool:
        """Whether one would envy somebody of lower weight if it had that block."""
        terms = self.terms
        lower = self.weights[int(terms.size[who])] < terms.weight[who]
        return bool((lower & (terms.cost[who] < terms.cost[who, start])).any())
