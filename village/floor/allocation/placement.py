"""A placement that can be rearranged: room for one more is made along chains of moves.

Sets of stands and of first stands are bits of whole numbers.  Those who are settled are never moved.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from village.floor.allocation.matching import bits, rows_as_bits, spread_down
from village.floor.allocation.placing import capacities, carried
from village.floor.allocation.terms import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from village.floor.allocation.terms import Terms

# Free stands tried as the end of one chain; each one more is another chance that the circuits carry it.
CHAIN_ENDS = 12


class Placement:
    """Who stands where, by numbers; no two on a stand, and no circuit above what it carries.

    ``starts[e]`` is the first stand of each exhibitor's block, NOWHERE for none; ``settled`` who cannot be moved any
    more; ``may`` the first stands (bits) that each may have at all.
    """

    def __init__(self, terms: Terms) -> None:
        count = len(terms.stands)
        self.terms = terms
        self.size: list[int] = terms.size.tolist()
        self.watts: list[int] = terms.watts.tolist()
        self.circuit: list[list[int]] = terms.circuit.tolist()
        self.capacity = capacities(terms)
        self.starts = [NOWHERE] * len(self.size)
        self.settled = [False] * len(self.size)
        self._holder = [NOWHERE] * count
        self._load = [0] * len(self.capacity)
        self._free = self._all = (1 << count) - 1
        self._gone = 0
        self.may = rows_as_bits(carried(terms, self.capacity))

    @property
    def placed(self) -> int:
        """How many have a stand in the placement at hand."""
        return len(self.starts) - self.starts.count(NOWHERE)

    def gone(self, who: int) -> int:
        """First stands (bits) that the exhibitor cannot have any more because somebody settled is there."""
        return spread_down(self._gone, self.size[who])

    def _put(self, who: int, start: int) -> None:
        size = self.size[who]
        for stand in range(start, start + size):
            self._holder[stand] = who
        self._free &= ~(((1 << size) - 1) << start)
        circuit = self.circuit[size][start]
        if circuit >= 0:
            self._load[circuit] += self.watts[who]
        self.starts[who] = start

    def _lift(self, who: int) -> None:
        start, size = self.starts[who], self.size[who]
        if start < 0:
            return
        for stand in range(start, start + size):
            self._holder[stand] = NOWHERE
        self._free |= ((1 << size) - 1) << start
        circuit = self.circuit[size][start]
        if circuit >= 0:
            self._load[circuit] -= self.watts[who]
        self.starts[who] = NOWHERE

    def _carries(self, who: int, start: int) -> bool:
        circuit = self.circuit[self.size[who]][start]
        return circuit < 0 or self._load[circuit] + self.watts[who] <= self.capacity[circuit]

    def _keep(self) -> tuple[list[int], list[int], list[int], int]:
        return self.starts.copy(), self._holder.copy(), self._load.copy(), self._free

    def _restore(self, kept: tuple[list[int], list[int], list[int], int]) -> None:
        self.starts, self._holder, self._load, self._free = kept

    def _place(self, who: int, fixed: set[int]) -> bool:
        """Give the exhibitor a free block, or one that a chain of moves of single stands makes free."""
        for start in bits(self.may[who] & ~spread_down(~self._free & self._all, self.size[who])):
            if self._carries(who, start):
                self._put(who, start)
                return True
        return self._chain(who, fixed) if self.size[who] == 1 else self._push(who, fixed)

    def _chain(self, who: int, fixed: set[int]) -> bool:
        """Breadth first over who could take whose single stand, until one of them finds a free one."""
        seen, into, queue, ends = self._gone, {}, deque([who]), 0
        while queue and ends < CHAIN_ENDS:
            mover = queue.popleft()
            for stand in bits(self.may[mover] & ~seen):
                seen |= 1 << stand
                holder = self._holder[stand]
                if holder in fixed or (holder >= 0 and (self.settled[holder] or self.size[holder] > 1)):
                    continue
                into[stand] = mover
                if holder >= 0:
                    queue.append(holder)
                    continue
                ends += 1
                if self._move_along(stand, into, who):
                    return True
        return False

    def _move_along(self, stand: int, into: dict[int, int], first: int) -> bool:
        """Carry out the chain that ends at the free stand, unless a circuit would carry too much."""
        moves = [(into[stand], stand)]
        while moves[-1][0] != first:
            mover = moves[-1][0]
            moves.append((into[self.starts[mover]], self.starts[mover]))
        before = {mover: self.starts[mover] for mover, _ in moves}
        for mover in before:
            self._lift(mover)
        if all(self.circuit[1][to] < 0 or not self.watts[mover] for mover, to in moves) or self._all_carry(moves):
            for mover, to in moves:
                self._put(mover, to)
            return True
        for mover, at in before.items():
            if at >= 0:
                self._put(mover, at)
        return False

    def _all_carry(self, moves: Iterable[tuple[int, int]]) -> bool:
        more: dict[int, int] = {}
        for mover, to in moves:
            circuit = self.circuit[self.size[mover]][to]
            if circuit >= 0:
                more[circuit] = more.get(circuit, 0) + self.watts[mover]
        return all(self._load[circuit] + watts <= self.capacity[circuit] for circuit, watts in more.items())

    def _push(self, who: int, fixed: set[int]) -> bool:
        """A block of several stands: lift the single stands of one window and place them elsewhere."""
        for start in bits(self.may[who] & ~self.gone(who)):
            there = {self._holder[stand] for stand in range(start, start + self.size[who])} - {NOWHERE}
            if any(each in fixed or self.settled[each] or self.size[each] > 1 for each in there):
                continue
            kept = self._keep()
            for each in sorted(there):
                self._lift(each)
            if self._carries(who, start):
                self._put(who, start)
                if all(self._place(each, fixed | {who}) for each in sorted(there)):
                    return True
            self._restore(kept)
        return False

    def _swap_in(self, fixed: set[int], most: int) -> bool:
        """Place those who had no stand before, until so many are placed."""
        for each, at in enumerate(self.starts):
            if at < 0 and not self.settled[each] and each not in fixed:
                self._place(each, fixed)
            if self.placed >= most:
                return True
        return False
