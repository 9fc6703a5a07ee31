"""Can everybody else still be placed?  A placement kept beside a draw as the proof that they can.

Exact: a stand is refused only when no placement of the rest exists (needs, blocks, circuits), and the answer
comes by the cheapest way that is certain.  First the placement at hand is repaired along a chain of moves; then
a shortage of stands refuses; only what neither settles is asked of HiGHS.  Sets of stands and of first stands are
bits of whole numbers.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from village.floor.allocation.matching import bits, spread_down
from village.floor.allocation.outline import outline
from village.floor.allocation.placement import Placement
from village.floor.allocation.placing import place_most
from village.floor.allocation.terms import NOWHERE

if TYPE_CHECKING:
    from village.floor.allocation.terms import Terms

# Above so many exhibitors a small model is asked before the whole one.
LARGE = 150


class Completion(Placement):
    """A placement of all (or of as many as possible), parts of which are settled one by one.

    ``most`` is how many can be placed at once at all; those alike (size, load, blocks) are one ``group``.  Pins
    are settled from the start.
    """

    def __init__(self, terms: Terms) -> None:
        super().__init__(terms)
        self._settled_load = [0] * len(self.capacity)
        self._kept_for_others = [0] * len(self.size)
        alike = list(zip(self.size, self.watts, self.may, strict=True))
        number = {kind: index for index, kind in enumerate(dict.fromkeys(alike))}
        self.group = [number[kind] for kind in alike]
        # Refused for one, refused for all alike, and for good: what is settled only grows.
        self._refused = [0] * len(number)
        for who, start in enumerate(terms.pinned.tolist()):
            if start >= 0:
                self._put(who, start)
                self._settle(who)
        self.most = self._place_most()

    def settle(self, who: int, start: int) -> bool:
        """Settle the exhibitor there, if as many as before can still be placed; else leave all as it was."""
        if (self._refused[self.group[who]] | self._kept_starts(who)) >> start & 1:
            return False
        if not self._has_room(who, start) or not (self.starts[who] == start or self._rearrange(who, start)):
            self._refused[self.group[who]] |= 1 << start
            return False
        self._settle(who)
        return True

    def settle_out(self, who: int) -> None:
        """Settle that the exhibitor has no stand: all that it could have are gone or needed."""
        self._settle(who)

    def _settle(self, who: int) -> None:
        start, size = self.starts[who], self.size[who]
        self.settled[who] = True
        if start < 0:
            return
        self._gone |= ((1 << size) - 1) << start
        circuit = self.circuit[size][start]
        if circuit >= 0:
            self._settled_load[circuit] += self.watts[who]

    def _has_room(self, who: int, start: int) -> bool:
        """Whether neither stand nor circuit is lost to those who are settled."""
        size = self.size[who]
        if self._gone >> start & ((1 << size) - 1):
            return False
        circuit = self.circuit[size][start]
        return circuit < 0 or self._settled_load[circuit] + self.watts[who] <= self.capacity[circuit]

    def _kept_starts(self, who: int) -> int:
        return spread_down(self._kept_for_others[who], self.size[who])

    def _rearrange(self, who: int, start: int) -> bool:
        """Put the exhibitor there and bring those it displaces elsewhere; False when nobody can."""
        kept = self._keep()
        self._lift(who)
        homeless = self._make_room(who, start)
        self._put(who, start)
        lost = [each for each in homeless if not self._place(each, {who})]
        if self.placed >= self.most or (lost and self._swap_in({who}, self.most)):
            return True
        refused = any(self._is_short(each, who, start) for each in lost) if self.most == len(self.size) else False
        self._restore(kept)
        if refused:
            return False
        if self.most == len(self.size) > LARGE:
            blocks = outline(self, who, start)
            if blocks is None:
                return False
            kept = self._keep()
            if self._fill(who, start, blocks):
                return True
            self._restore(kept)
        return self._ask(who, start)

    @property
    def settled_stands(self) -> int:
        """Stands (bits) of those who are settled."""
        return self._gone

    def _fill(self, who: int, start: int, blocks: dict[int, int]) -> bool:
        """Take over an outline: blocks where it has them, then everybody else along chains; False when one is left."""
        moving = {who: start} | {each: at for each, at in blocks.items() if self.starts[each] != at}
        for each in moving:
            self._lift(each)
        for each, at in moving.items():
            for stand in range(at, at + self.size[each]):
                if self._holder[stand] >= 0:
                    self._lift(self._holder[stand])
            if not self._carries(each, at):
                return False
            self._put(each, at)
        homeless = [each for each, at in enumerate(self.starts) if at < 0]
        return all(self._place(each, {who}) for each in homeless)

    def _ask(self, who: int, start: int) -> bool:
        """The exact answer; the placement found becomes the one at hand."""
        found = place_most(self, who, start)
        if found is None:
            return False
        for each, settled in enumerate(self.settled):
            if not settled:
                self._lift(each)
        for each, at in found.items():
            self._put(each, at)
        return True

    def _make_room(self, who: int, start: int) -> list[int]:
        """Lift who stands there, then, the lightest first, who loads its circuit too much."""
        size = self.size[who]
        there = {self._holder[stand] for stand in range(start, start + size)} - {NOWHERE}
        homeless = sorted(there, key=lambda each: (-self.size[each], each))
        for each in homeless:
            self._lift(each)
        circuit = self.circuit[size][start]
        if circuit >= 0 and not self._carries(who, start):
            others = [
                (self.watts[each], each)
                for each, at in enumerate(self.starts)
                if at >= 0
                and not self.settled[each]
                and self.watts[each]
                and self.circuit[self.size[each]][at] == circuit
            ]
            over = self._load[circuit] + self.watts[who] - self.capacity[circuit]
            for watts, each in sorted(others):
                if over <= 0:
                    break
                self._lift(each)
                homeless.append(each)
                over -= watts
        return homeless

    def _is_short(self, lost: int, who: int, start: int) -> bool:
        """Whether those who compete with the lost one need more stands than there are without this block.

        Blocks count as so many single stands and circuits not at all: who is short even so, is short.
        """
        block = ((1 << self.size[who]) - 1) << start
        seen, members, queue, demand = self._gone | block, {lost}, deque([lost]), 0
        while queue:
            each = queue.popleft()
            demand += self.size[each]
            reach = self._cover(each) & ~seen
            if reach & self._free:
                return False
            seen |= reach
            for stand in bits(reach):
                holder = self._holder[stand]
                if holder not in members and holder != who and not self.settled[holder]:
                    members.add(holder)
                    queue.append(holder)
        stands = seen & ~self._gone & ~block
        if demand <= stands.bit_count():
            return False
        if self.size[who] == 1:
            # Those stands and this one are all needed by the members, whatever else comes.
            for other in range(len(self.size)):
                if other not in members:
                    self._kept_for_others[other] |= stands | block
        return True

    def _cover(self, who: int) -> int:
        found = self.may[who]
        for step in range(1, self.size[who]):
            found |= self.may[who] << step
        return found

    def _place_most(self) -> int:
        """A first placement of as many as possible: the largest and pickiest first, then the exact answer."""
        order = sorted(
            (each for each, at in enumerate(self.starts) if at < 0 and self.may[each]),
            key=lambda each: (-self.size[each], -self.watts[each], self.may[each].bit_count(), each),
        )
        for who in order:
            self._place(who, set())
        if self.placed == len(self.size) - self.may.count(0):
            return self.placed
        self.most = 0
        self._ask(NOWHERE, NOWHERE)
        return self.placed
