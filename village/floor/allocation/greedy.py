"""The first placement: the hardest to place first, each on its cheapest free block, then room made for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.terms import NEVER, NOWHERE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from village.floor.allocation.terms import Terms

# How many exhibitors that stand in the way may be moved to make room for one.
MOST_MOVED = 4


def first_starts(terms: Terms, order: Sequence[int] | None = None) -> NDArray[np.int32]:
    """A valid placement (first stands, NOWHERE for none) that leaves few out.

    ``order`` are numbers of exhibitors, those to be served first first; without it the pinned come first,
    then those with the fewest blocks for their size, the weightier of two alike first.
    """
    floor = Floor(terms)
    turn = list(order) if order is not None else _hardest_first(terms)
    for who in sorted(turn, key=lambda each: terms.pinned[each] == NOWHERE):
        start = floor.cheapest(who)
        if start != NOWHERE:
            floor.put(who, start)
    for who in turn:
        if floor.starts[who] == NOWHERE:
            _make_room(floor, who)
    return floor.starts


def completed(terms: Terms, first: NDArray[np.int32]) -> NDArray[np.int32]:
    """A valid placement in which those who had no stand in ``first`` have one, as far as there are stands."""
    if not (first >= 0).any():
        return first_starts(terms)
    floor = Floor(terms, first)
    left = [who for who in _hardest_first(terms) if floor.starts[who] == NOWHERE]
    for who in left:
        start = floor.cheapest(who)
        if start != NOWHERE:
            floor.put(who, start)
    for who in left:
        if floor.starts[who] == NOWHERE:
            _make_room(floor, who)
    return floor.starts


def _hardest_first(terms: Terms) -> list[int]:
    choice = terms.allowed.sum(axis=1) / terms.size
    return np.lexsort((np.arange(len(choice)), -terms.unplaced, choice)).tolist()  # type: ignore[no-any-return]


def _make_room(floor: Floor, who: int) -> None:
    """Place one who is left, where those in the way find another free block; the cheapest such blocks first."""
    terms, size = floor.terms, int(floor.terms.size[who])
    costs = terms.cost[who]
    for start in np.argsort(costs, kind="stable")[: int(terms.allowed[who].sum())].tolist():
        away = floor.holders(start, size)
        if len(away) > MOST_MOVED or any(terms.pinned[each] != NOWHERE for each in away):
            continue
        before = [(each, int(floor.starts[each])) for each in away]
        for each in away:
            floor.take(each)
        if floor.fits(who, start):
            floor.put(who, start)
            for each in away:
                place = floor.cheapest(each)
                if place == NOWHERE:
                    break
                floor.put(each, place)
            else:
                return
        for each in (who, *away):
            floor.take(each)
        for each, place in before:
            floor.put(each, place)


class Floor:
    """A placement that grows: who stands where, which stands are free, what each circuit carries."""

    def __init__(self, terms: Terms, starts: NDArray[np.int32] | None = None) -> None:
        self.terms = terms
        self.starts = np.full(len(terms.size), NOWHERE, np.int32)
        self.holder = np.full(len(terms.zone), NOWHERE, np.int32)
        self.load = np.zeros(len(terms.capacity), np.int64)
        if starts is not None:
            for who, start in enumerate(starts.tolist()):
                if start != NOWHERE:
                    self.put(who, start)

    def put(self, who: int, start: int) -> None:
        """Give the block that begins there."""
        self.starts[who] = start
        self.holder[start : start + int(self.terms.size[who])] = who
        self._load(who, start, 1)

    def take(self, who: int) -> None:
        """Take the block away, if there is one."""
        start = int(self.starts[who])
        if start != NOWHERE:
            self.holder[start : start + int(self.terms.size[who])] = NOWHERE
            self.starts[who] = NOWHERE
            self._load(who, start, -1)

    def _load(self, who: int, start: int, times: int) -> None:
        circuit = self.terms.circuit[self.terms.size[who], start]
        if circuit != NOWHERE:
            self.load[circuit] += times * self.terms.watts[who]

    def holders(self, start: int, size: int) -> list[int]:
        """Who stands on any of these stands."""
        return sorted({each for each in self.holder[start : start + size].tolist() if each != NOWHERE})

    def fits(self, who: int, start: int) -> bool:
        """Whether the block is allowed, free, and its circuit carries it."""
        size = int(self.terms.size[who])
        if not self.terms.allowed[who, start] or (self.holder[start : start + size] != NOWHERE).any():
            return False
        circuit = self.terms.circuit[size, start]
        return bool(
            circuit == NOWHERE or self.load[circuit] + self.terms.watts[who] <= self.terms.capacity[circuit]
        )

    def cheapest(self, who: int) -> int:
        """First stand of the cheapest free block that fits; NOWHERE when there is none."""
        terms, size = self.terms, int(self.terms.size[who])
        free = self.holder == NOWHERE
        fits = free & terms.allowed[who]
        for step in range(1, size):
            fits[: len(free) - step] &= free[step:]
        if terms.watts[who] and len(terms.capacity):
            circuit = terms.circuit[size]
            carries = self.load[circuit] + terms.watts[who] <= terms.capacity[circuit]
            fits &= (circuit == NOWHERE) | carries
        if not fits.any():
            return NOWHERE
        return int(np.argmin(np.where(fits, terms.cost[who], NEVER)))
