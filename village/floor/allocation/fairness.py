"""How fair a plan is: envy and justified envy, wishes by rank, neighbours, all by weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.terms import NEVER, touch
from village.floor.rules import WishKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from village.floor.allocation.problem import Plan, Problem
    from village.floor.allocation.terms import Terms

# Exhibitors compared at once: the tables stay below a hundred megabytes at 5000.
AT_ONCE = 512
# Of many complaints a page shows so many.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Complaint:
    """``who`` would rather have the block of ``whom``, who weighs less."""

    who: str
    whom: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the exhibitors of one weight got.

    ``wishes[k]`` counts those whose best wish granted is the one of rank k (from 0), ``no_wish`` those none of whose
    wishes was; those who named none are in neither.  ``envy`` and ``justified`` count pairs by who envies.
    """

    weight: int
    exhibitors: int
    placed: int
    wishes: tuple[int, ...]
    no_wish: int
    envy: int
    justified: int


@dataclass(frozen=True, slots=True)
class Fairness:
    """The same sums over all (``wishes`` as long as the longest list), and by weight, the greatest first.

    ``envy`` counts pairs: one would rather (by what its place alone costs) have the other's block, of its own size
    and one it may have; without a stand, any.  It is ``justified`` where the other weighs less and the exchange of
    the two would overload no circuit; ``complaints`` are the first of these (at most 20).
    ``together`` and ``apart`` are (granted, refused) wishes of two exhibitors.
    """

    exhibitors: int
    placed: int
    unplaced: tuple[str, ...]
    wishes: tuple[int, ...]
    no_wish: int
    envy: int
    justified: int
    complaints: tuple[Complaint, ...]
    together: tuple[int, int]
    apart: tuple[int, int]
    by_weight: tuple[Weighed, ...]


def fairness(problem: Problem, plan: Plan, terms: Terms | None = None) -> Fairness:
    """How fair a valid plan is under the problem's rules; ``terms`` are its numbers where they are known already."""
    terms = terms or problem.rules.terms(problem)
    starts = terms.starts(plan)
    envy, justified = np.zeros(len(starts), np.int64), np.zeros(len(starts), np.int64)
    complaints: list[Complaint] = []
    for who, envies, rightly, holders in _envies(terms, starts):
        envy[who], justified[who] = envies.sum(axis=1), rightly.sum(axis=1)
        for row, column in np.argwhere(rightly)[: max(0, SHOWN - len(complaints))].tolist():
            complaints.append(Complaint(terms.exhibitors[int(who[row])], terms.exhibitors[int(holders[column])]))
    ranks, longest = _ranks(problem, plan)
    placed = starts >= 0
    by_weight = tuple(
        _weighed(int(weight), terms.weight == weight, placed, (ranks, longest), envy, justified)
        for weight in np.unique(terms.weight)[::-1]
    )
    everyone = _weighed(0, np.ones(len(starts), bool), placed, (ranks, longest), envy, justified)
    return Fairness(
        exhibitors=everyone.exhibitors,
        placed=everyone.placed,
        unplaced=tuple(terms.exhibitors[each] for each in np.flatnonzero(~placed)),
        wishes=everyone.wishes,
        no_wish=everyone.no_wish,
        envy=everyone.envy,
        justified=everyone.justified,
        complaints=tuple(complaints),
        together=_pairs(problem, terms, starts, WishKind.TOGETHER),
        apart=_pairs(problem, terms, starts, WishKind.APART),
        by_weight=by_weight,
    )


def _weighed(
    weight: int,
    these: NDArray[np.bool_],
    placed: NDArray[np.bool_],
    wishes: tuple[NDArray[np.int32], int],
    envy: NDArray[np.int64],
    justified: NDArray[np.int64],
) -> Weighed:
    ranks, longest = wishes
    granted = np.bincount(ranks[these & (ranks >= 0)], minlength=longest)
    return Weighed(
        weight,
        int(these.sum()),
        int((these & placed).sum()),
        tuple(granted.tolist()),
        int((ranks[these] == NO_WISH).sum()),
        int(envy[these].sum()),
        int(justified[these].sum()),
    )


NO_WISH, NAMED_NONE = -1, -2


def _ranks(problem: Problem, plan: Plan) -> tuple[NDArray[np.int32], int]:
    """Rank of the best wish granted for each exhibitor (NO_WISH, NAMED_NONE), and the length of the longest list."""
    found = np.full(len(problem.exhibitors), NAMED_NONE, np.int32)
    for index, who in enumerate(problem.exhibitors):
        if who.stand_wishes:
            block = plan.get(who.code) or ()
            found[index] = next((rank for rank, code in enumerate(who.stand_wishes) if code in block), NO_WISH)
    return found, max((len(each.stand_wishes) for each in problem.exhibitors), default=0)


def _pairs(problem: Problem, terms: Terms, starts: NDArray[np.int32], kind: WishKind) -> tuple[int, int]:
    """Wishes granted and refused; of two exhibitors of whom one has no stand, who wish to be apart are."""
    number = {code: index for index, code in enumerate(terms.exhibitors)}
    held = [
        range(at, at + size) if at >= 0 else range(0)
        for at, size in zip(starts.tolist(), terms.size.tolist(), strict=True)
    ]
    granted = refused = 0
    for wish in problem.wishes:
        if wish.kind is not kind:
            continue
        if wish.a not in number or wish.b not in number:
            continue
        one, other = held[number[wish.a]], held[number[wish.b]]
        met = touch(one, other, terms.beside) if kind is WishKind.TOGETHER else not touch(one, other, terms.near)
        granted, refused = granted + met, refused + (not met)
    return granted, refused


def _envies(
    terms: Terms, starts: NDArray[np.int32]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64]]]:
    """For some exhibitors at a time: their numbers, whom of the holders they envy, whom rightly, the holders."""
    own = np.where(starts >= 0, terms.cost[np.arange(len(starts)), starts], NEVER)
    floor = _Circuits(terms, starts)
    for size in np.unique(terms.size):
        alike = np.flatnonzero(terms.size == size)
        holders = alike[starts[alike] >= 0]
        for first in range(0, len(alike), AT_ONCE):
            who = alike[first : first + AT_ONCE]
            envies = terms.cost[np.ix_(who, starts[holders])] < own[who][:, None]
            rightly = envies & (terms.weight[holders][None, :] < terms.weight[who][:, None])
            if rightly.any():
                rightly &= floor.carry(who, holders)
            yield who, envies, rightly, holders


class _Circuits:
    """Whether circuits carry it when two exchange their blocks."""

    def __init__(self, terms: Terms, starts: NDArray[np.int32]) -> None:
        count = len(terms.capacity)
        self.watts = terms.watts
        found = np.where(starts >= 0, terms.circuit[terms.size, starts], -1)
        # A circuit of its own, without limit, for those on none.
        self.circuit = np.where(found >= 0, found, count)
        load = np.bincount(self.circuit, weights=np.where(starts >= 0, terms.watts, 0), minlength=count + 1)
        self.room = np.append(terms.capacity, np.iinfo(np.int32).max).astype(np.int64) - load.astype(np.int64)

    def carry(self, who: NDArray[np.int64], holders: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Each of ``who`` with each of the holders (table)."""
        more = self.watts[who][:, None] - self.watts[holders][None, :]
        here, there = self.circuit[who][:, None], self.circuit[holders][None, :]
        fits = (more <= self.room[there]) & (-more <= self.room[here])
        found: NDArray[np.bool_] = fits | (here == there) | (more == 0)
        return found
