"""Stands by lot: each in turn takes the block it likes best, as long as nobody after it is left out for it.

Random serial dictatorship with look-ahead.  The order comes from the engine of the public draws: who holds the
seed finds the same order, and the turns can be followed one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.completion import Completion
from village.floor.allocation.matching import bits
from village.floor.allocation.score import score
from village.floor.allocation.search import Allocation, Mode, Proof
from village.floor.allocation.terms import NEVER
from village.kit import lot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from village.floor.allocation.problem import Block, Problem
    from village.floor.allocation.search import Stop
    from village.floor.allocation.terms import Terms

# A public page shows so many of the blocks that were liked better; the counts say how many there were.
SHOWN = 12


class Why(StrEnum):
    """Why a block that was liked better was not taken."""

    GONE = "gone"
    NEEDED = "needed"


@dataclass(frozen=True, slots=True)
class Refused:
    """A block liked better: GONE to an earlier turn, or NEEDED so that nobody later is left out."""

    block: Block
    why: Why


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the draw: who, the block taken (None when there was none), and what was liked better.

    ``place`` counts from 1; pinned exhibitors come first with place 0.  ``refused`` holds the best liked of
    those refused (at most 12), ``gone`` and ``needed`` count them all.
    """

    place: int
    who: str
    block: Block | None
    refused: tuple[Refused, ...] = ()
    gone: int = 0
    needed: int = 0


OnTurn = Callable[[Turn], None]


def order_by_lot(problem: Problem, seed: bytes) -> list[str]:
    """The exhibitors without a pin in the order of the lot: ticket id is the exhibitor's code.

    Raises:
        ValueError: the seed is empty.
    """
    if not seed:
        raise ValueError("a lot needs a seed")
    return lot.rank(seed, (each.code for each in problem.exhibitors if each.code not in problem.pins))


def draw(
    problem: Problem, order: Sequence[str], *, on_turn: OnTurn | None = None, stop: Stop | None = None
) -> Allocation:
    """The plan in which each in turn takes its best-liked block that keeps as many placed as can be.

    Liked best is the lowest own cost under the problem's rules (`Terms.cost`); among blocks liked equally the one
    that the fewest of those whose turn is to come wish for, then the first in the order of the stands.  Nobody is
    left out when a full plan exists.  Exhibitors that ``order`` does not name take their turns after it, in order
    of code.  Asked to ``stop``, the rest is placed as the look-ahead has them, without liking.

    Raises:
        ValueError: the order names an exhibitor twice, or one that is not there.
    """
    terms = problem.rules.terms(problem)
    number = {code: index for index, code in enumerate(terms.exhibitors)}
    if len(set(order)) != len(order) or not number.keys() >= set(order):
        raise ValueError("the order names each exhibitor once")
    completion = Completion(terms)
    for turn in _turns(terms, completion, _Wished(problem, terms), _in_turn(order, problem), stop):
        if on_turn is not None:
            on_turn(turn)
    plan = terms.plan(completion.starts)
    return Allocation(plan, score(problem, plan), _least(terms), Proof.STOPPED, Mode.LOT)


def _in_turn(order: Sequence[str], problem: Problem) -> list[str]:
    named = [code for code in order if code not in problem.pins]
    rest = [each.code for each in problem.exhibitors if each.code not in set(order) | problem.pins.keys()]
    return [*named, *rest]


class _Wished:
    """How many of those who still wait wish for each stand: nobody takes one that others wish if another will do."""

    def __init__(self, problem: Problem, terms: Terms) -> None:
        place = {code: index for index, code in enumerate(terms.stands)}
        self._of = {
            each.code: [place[code] for code in dict.fromkeys(each.stand_wishes) if code in place]
            for each in problem.exhibitors
            if each.code not in problem.pins
        }
        self._count = np.zeros(len(place) + 1, np.int64)
        for stands in self._of.values():
            self._count[1:][stands] += 1

    def turn_of(self, code: str) -> None:
        """Its own wishes count no more."""
        self._count[1:][self._of.pop(code, [])] -= 1

    def in_blocks(self, starts: NDArray[np.int64], size: int) -> NDArray[np.int64]:
        """How many wishes of others lie in each block."""
        upto = np.cumsum(self._count)
        found: NDArray[np.int64] = upto[starts + size] - upto[starts]
        return found


def _turns(
    terms: Terms, completion: Completion, wished: _Wished, order: list[str], stop: Stop | None
) -> Iterator[Turn]:
    number = {code: index for index, code in enumerate(terms.exhibitors)}
    for who, start in enumerate(terms.pinned.tolist()):
        if start >= 0:
            yield Turn(0, terms.exhibitors[who], _block(terms, who, start))
    for place, code in enumerate(order, start=1):
        if stop is not None and stop():
            return
        wished.turn_of(code)
        yield _turn(terms, completion, wished, number[code], place)


def _turn(terms: Terms, completion: Completion, wished: _Wished, who: int, place: int) -> Turn:
    cost = terms.cost[who]
    allowed = np.fromiter(bits(completion.may[who]), np.int64)
    others = wished.in_blocks(allowed, int(terms.size[who]))
    liked = allowed[np.lexsort((allowed, others, cost[allowed]))].tolist()
    gone, taken = completion.gone(who), None
    refused: list[tuple[int, Why]] = []
    for start in liked:
        if gone >> start & 1:
            refused.append((start, Why.GONE))
        elif completion.settle(who, start):
            taken = start
            break
        else:
            refused.append((start, Why.NEEDED))
    if taken is None:
        completion.settle_out(who)
    dearer = NEVER if taken is None else int(cost[taken])
    better = [(start, why) for start, why in refused if cost[start] < dearer]
    shown = tuple(Refused(_block(terms, who, start), why) for start, why in better[:SHOWN])
    count = sum(why is Why.GONE for _, why in better)
    block = None if taken is None else _block(terms, who, taken)
    return Turn(place, terms.exhibitors[who], block, shown, count, len(better) - count)


def _block(terms: Terms, who: int, start: int) -> Block:
    return terms.stands[start : start + int(terms.size[who])]


def _least(terms: Terms) -> int:
    """Points that no plan can go below: everyone alone in the hall."""
    best = np.minimum(terms.cost.min(axis=1, initial=NEVER), terms.unplaced)
    return int(best.sum()) + terms.constant
