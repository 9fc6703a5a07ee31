"""Who can be served by what: wants and supplies matched along alternating paths, and the sets that come up short.

Sets are the bits of whole numbers: bit s stands for supply s.  Everything is exact and without chance.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray


def bits(of: int) -> Iterator[int]:
    """The numbers of the bits that are set, ascending."""
    while of:
        low = of & -of
        yield low.bit_length() - 1
        of ^= low


def rows_as_bits(table: NDArray[Any]) -> list[int]:
    """Each row of a table of booleans as bits."""
    packed = np.packbits(table, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in packed]


def spread_down(stands: int, size: int) -> int:
    """First stands of the blocks of that size that would touch any of these stands."""
    found = stands
    for step in range(1, size):
        found |= stands >> step
    return found


@dataclass(frozen=True, slots=True)
class Shortage:
    """Those who together want more than there is of all that any of them could use."""

    who: tuple[int, ...]
    supplies: tuple[int, ...]
    wanted: int
    available: int


@dataclass(slots=True)
class Matching:
    """A greatest matching of wants (``wanted[w]`` units each from ``options[w]``) to supplies of ``capacity`` units.

    A want may take its units from several supplies.  What cannot be served is kept in ``missing``.
    """

    wanted: Sequence[int]
    options: Sequence[int]
    capacity: Sequence[int]
    missing: dict[int, int] = field(default_factory=dict)
    _left: list[int] = field(default_factory=list)
    _spare: int = 0
    _given: list[dict[int, int]] = field(default_factory=list)
    _takers: list[set[int]] = field(default_factory=list)
    # Supplies from which no path leads to anything left: they stay so.
    _dead: int = 0

    def __post_init__(self) -> None:
        self._left = list(self.capacity)
        self._spare = sum(1 << supply for supply, units in enumerate(self.capacity) if units)
        self._given = [{} for _ in self.wanted]
        self._takers = [set() for _ in self.capacity]
        # The pickiest first leave fewer paths to search.
        for want in sorted(range(len(self.wanted)), key=lambda each: (self.options[each].bit_count(), each)):
            rest = self._serve(want, self.wanted[want])
            if rest:
                self.missing[want] = rest

    def shortages(self) -> tuple[Shortage, ...]:
        """One shortage for each set of supplies that lacks; those short of the same supplies stand together.

        None of its members can be left out without the lack becoming smaller: along the paths that lead to it,
        what it leaves serves one of those who lack.
        """
        found: dict[int, set[int]] = {}
        known: dict[int, tuple[set[int], int]] = {}
        for want in sorted(self.missing):
            options = self.options[want]
            if options not in known:
                known[options] = self._reach(want)
            members, supplies = known[options]
            found.setdefault(supplies, set()).update(members, {want})
        return tuple(self._shortage(members, supplies) for supplies, members in found.items())

    def _shortage(self, members: set[int], supplies: int) -> Shortage:
        there = tuple(bits(supplies))
        wanted, available = sum(self.wanted[each] for each in members), sum(self.capacity[each] for each in there)
        return Shortage(tuple(sorted(members)), there, wanted, available)

    def _serve(self, want: int, units: int) -> int:
        """Serve as many units as possible; what is left over."""
        while units:
            taken = self._take(want, units) or self._take_along(want, units)
            if not taken:
                return units
            units -= taken
        return 0

    def _take(self, want: int, units: int) -> int:
        free = self.options[want] & self._spare
        if not free:
            return 0
        supply = (free & -free).bit_length() - 1
        taken = min(units, self._left[supply])
        self._give(want, supply, taken)
        return taken

    def _give(self, want: int, supply: int, units: int) -> None:
        given = self._given[want]
        given[supply] = given.get(supply, 0) + units
        if not given[supply]:
            del given[supply]
            self._takers[supply].discard(want)
        else:
            self._takers[supply].add(want)
        self._left[supply] -= units
        self._spare = self._spare | 1 << supply if self._left[supply] else self._spare & ~(1 << supply)

    def _take_along(self, want: int, units: int) -> int:
        """One path of takers who each give way to the one before, to a supply with something left."""
        seen, queue = self._dead, deque([want])
        before: dict[int, tuple[int, int]] = {}
        while queue:
            each = queue.popleft()
            new = self.options[each] & ~seen
            if new & self._spare and each != want:
                return self._shift(each, new & self._spare, before, want, units)
            seen |= new
            for supply in bits(new):
                for taker in sorted(self._takers[supply]):
                    if taker != want and taker not in before:
                        before[taker] = (each, supply)
                        queue.append(taker)
        self._dead |= seen
        return 0

    def _shift(self, last: int, spare: int, before: dict[int, tuple[int, int]], want: int, units: int) -> int:
        path, each = [], last
        while each != want:
            path.append((each, *before[each]))
            each = before[each][0]
        end = (spare & -spare).bit_length() - 1
        moved = min(units, self._left[end], *(self._given[taker][supply] for taker, _, supply in path))
        to = end
        for taker, _, supply in path:
            self._give(taker, to, moved)
            self._give(taker, supply, -moved)
            to = supply
        self._give(want, to, moved)
        return moved

    def _reach(self, want: int) -> tuple[set[int], int]:
        """Who competes with the one that lacks, and all the supplies that any of them could use."""
        seen, members, queue = 0, {want}, deque([want])
        while queue:
            each = queue.popleft()
            new = self.options[each] & ~seen
            seen |= new
            for supply in bits(new):
                fresh = self._takers[supply] - members
                members |= fresh
                queue.extend(sorted(fresh))
        return members, seen
