"""Giving on the stands of those who did not come: to those who wait, in their order, with the fewest moves.  Pure.

Each in turn gets a free block that suits it; where none is free, somebody who is there moves to a free block so that
its own becomes free, or two do, or three.  Nobody moves for any other reason.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from village.kit.canonical import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from village.floor.allocation import Plan, Problem
    from village.floor.allocation.problem import Block
    from village.floor.allocation.terms import Terms

# So many who are there may move so that one more gets a place.
MOST_MOVED: Final = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who is there and moves so that another gets a place."""

    who: str
    before: Block
    after: Block


@dataclass(frozen=True, slots=True)
class Given:
    """Somebody who waited and gets a block, who moves for it, and whose stands (of those absent) it comes from."""

    who: str
    block: Block
    moves: tuple[Moved, ...]
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reflow:
    """Who is absent with which block, who gets a block, who still waits, and the plan that comes of it."""

    absent: tuple[tuple[str, Block], ...]
    given: tuple[Given, ...]
    left: tuple[str, ...]
    plan: Plan

    @property
    def moved(self) -> tuple[Moved, ...]:
        """All who move, in the order of the gifts."""
        return tuple(move for each in self.given for move in each.moves)

    @property
    def seal(self) -> str:
        """What a form carries to say which proposal its reader saw."""
        content = {
            "absent": [[who, list(block)] for who, block in self.absent],
            "plan": {who: list(block) for who, block in self.plan.items()},
        }
        return hashlib.sha256(dumps(content)).hexdigest()[:24]


def reflow(problem: Problem, plan: Plan, absent: Sequence[str], waiting: Sequence[str]) -> Reflow:
    """Give the stands of the absent to those who wait, in their order.

    Args:
        problem: the hall, everybody accepted and everybody who waits, the pins.
        plan: who stands where now.
        absent: codes of those who have a stand and did not come.
        waiting: codes of those who wait, first served first.

    """
    gone = tuple((who, plan[who]) for who in sorted(set(absent)) if plan.get(who))
    pins = {who: block for who, block in problem.pins.items() if who not in dict(gone)}
    case = problem.with_pins(pins)
    ground = _Ground(case.rules.terms(case), {who: block for who, block in plan.items() if who not in dict(gone)})
    freed = {stand: who for who, block in gone for stand in block}
    given, left = [], []
    for who in waiting:
        if who in dict(gone) or plan.get(who):
            continue
        chain = ground.chain(who)
        if chain is None:
            left.append(who)
            continue
        moves = tuple(Moved(each, ground.plan[each], block) for each, block in chain[1:])
        ground.take(chain)
        entered = {stand for _, block in chain for stand in block}
        instead = tuple(dict.fromkeys(freed[stand] for stand in sorted(entered & freed.keys())))
        given.append(Given(who, chain[0][1], moves, instead))
    return Reflow(gone, tuple(given), tuple(left), dict(sorted(ground.plan.items())))


Chain = list[tuple[str, "Block"]]


class _Ground:
    """The hall while stands are given on: who has what, and shortest chains to a free block."""

    def __init__(self, terms: Terms, plan: Mapping[str, Block]) -> None:
        self.terms, self.plan = terms, dict(plan)
        self.number = {code: index for index, code in enumerate(terms.exhibitors)}
        self.holder = {stand: who for who, block in plan.items() for stand in block}

    def take(self, chain: Chain) -> None:
        """Put everybody of a chain on its new block."""
        for who, _ in chain:
            for stand in self.plan.pop(who, ()):
                self.holder.pop(stand, None)
        for who, block in chain:
            self.plan[who] = block
            self.holder.update(dict.fromkeys(block, who))

    def chain(self, who: str) -> Chain | None:
        """The shortest chain of moves that gives somebody a block, the cheapest of those; None where there is none."""
        paths: list[Chain] = [[]]
        ends = [who]
        seen = {who}
        for _ in range(MOST_MOVED + 1):
            found: list[tuple[int, Chain]] = []
            further: list[Chain] = []
            further_ends: list[str] = []
            for path, end in zip(paths, ends, strict=True):
                for block, in_the_way in self._blocks(end):
                    chain = [*path, (end, block)]
                    if in_the_way is None:
                        if self._holds(chain):
                            found.append((self._cost(chain), chain))
                    elif in_the_way not in seen and self._may_move(in_the_way):
                        seen.add(in_the_way)
                        further.append(chain)
                        further_ends.append(in_the_way)
            if found:
                return min(found, key=lambda each: (each[0], each[1]))[1]
            paths, ends = further, further_ends
        return None

    def _blocks(self, who: str) -> Iterator[tuple[Block, str | None]]:
        """Blocks that suit, the cheapest first, each with the only one who is in the way (None: it is free)."""
        if who not in self.number:
            return
        index = self.number[who]
        starts = np.flatnonzero(self.terms.allowed[index])
        size = int(self.terms.size[index])
        for start in starts[np.argsort(self.terms.cost[index, starts], kind="stable")].tolist():
            block = self.terms.stands[start : start + size]
            there = {self.holder[stand] for stand in block if stand in self.holder} - {who}
            if not there:
                yield block, None
            elif len(there) == 1 and set(self.plan[next(iter(there))]) <= set(block):
                yield block, next(iter(there))

    def _may_move(self, who: str) -> bool:
        index = self.number.get(who)
        # Whoever stands somewhere by an organiser's word, pinned or smaller than asked, stays.
        return index is not None and self.terms.pinned[index] < 0 and len(self.plan[who]) == self.terms.size[index]

    def _cost(self, chain: Chain) -> int:
        place = {code: index for index, code in enumerate(self.terms.stands)}
        return sum(int(self.terms.cost[self.number[who], place[block[0]]]) for who, block in chain)

    def _holds(self, chain: Chain) -> bool:
        """Whether no stand is taken twice, and no circuit carries more than it can and more than before."""
        stands = [stand for _, block in chain for stand in block]
        if len(set(stands)) != len(stands):
            return False
        after = {**self.plan, **dict(chain)}
        was, now = self._loads(self.plan), self._loads(after)
        return bool((now <= np.maximum(was, self.terms.capacity)).all())

    def _loads(self, plan: Mapping[str, Block]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        terms = self.terms
        found = np.zeros(len(terms.capacity), np.int64)
        if not len(found):
            return found
        place = {code: index for index, code in enumerate(terms.stands)}
        for who, block in plan.items():
            index = self.number.get(who)
            if index is None or not terms.watts[index] or len(block) >= len(terms.circuit):
                continue
            circuit = int(terms.circuit[len(block), place[block[0]]])
            if circuit >= 0:
                found[circuit] += terms.watts[index]
        return found


def in_turn(waitlisted: Iterable[tuple[int, str]], unplaced: Iterable[str]) -> list[str]:
    """Who is served in which order: the waiting list by rank, then accepted exhibitors who have no stand yet."""
    return [*(code for _, code in sorted(waitlisted)), *sorted(unplaced)]
