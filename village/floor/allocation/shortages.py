"""What a problem lacks: blocks for one exhibitor, stands, blocks and load for sets of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.conflicts import ASKED, Conflict, needs_of
from village.floor.allocation.matching import Matching, Shortage, rows_as_bits
from village.floor.allocation.misfits import find_misfit
from village.floor.allocation.no_block import hinders, no_blocks
from village.floor.allocation.placing import capacities, carried
from village.floor.allocation.terms import Terms, allowed_blocks, circuits_of_blocks, pinned_starts, windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from village.floor.allocation.problem import Exhibitor, Problem
    from village.kit.db import Json

# Above so many exhibitors, only what the matchings find is told.
MOST_TRIED = 150


class Shortages:
    """The conflicts of one problem, its pins taken as they are."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.terms = hard_terms(problem)
        self.may = carried(self.terms, capacities(self.terms))
        self._alone: set[int] = set(np.flatnonzero(~self.may.any(axis=1)).tolist())

    def conflicts(self) -> tuple[Conflict, ...]:
        """All kinds; who has no block at all is left out of the sets."""
        alone = self._of_one_each()
        sets = [*self._circuits(), *self._stands()]
        sets += [each for each in self._blocks() if not any(_within(told, each) for told in sets)]
        if not (alone or sets) and len(self.may) <= MOST_TRIED:
            sets += self._by_trying()
        return (*alone, *sets)

    def reach_of(self, codes: set[str]) -> set[str]:
        """Stands of all the blocks that these exhibitors may have."""
        return set(self._stands_of([who for who, code in enumerate(self.terms.exhibitors) if code in codes], self.may))

    def _of_one_each(self) -> list[Conflict]:
        """Those who have no block, whatever the others do, or none whose circuit carries their load."""
        blockless = [who for who in sorted(self._alone) if not self.terms.allowed[who].any()]
        found = no_blocks(self.problem, [self.problem.exhibitors[who] for who in blockless])
        for who in sorted(self._alone.difference(blockless)):
            circuits = self._circuits_of(who, self.terms.allowed)
            most = max(int(self.terms.capacity[each]) for each in circuits)
            found.append(self._circuit((who,), circuits, int(self.terms.watts[who]), most))
        return found

    def _circuits_of(self, who: int, starts: NDArray[np.bool_]) -> tuple[int, ...]:
        return tuple(np.unique(self.terms.circuit[self.terms.size[who], starts[who]]).tolist())

    def _circuits(self) -> Iterator[Conflict]:
        """Loads matched to circuits, split at will: who finds no room even so, finds none."""
        loading, options = [], []
        for who in np.flatnonzero(self.terms.watts > 0).tolist():
            circuits = self._circuits_of(who, self.may)
            # A block without a circuit carries anything.
            if who not in self._alone and circuits[0] >= 0:
                loading.append(who)
                options.append(sum(1 << each for each in circuits))
        wanted = [int(self.terms.watts[who]) for who in loading]
        for lack in Matching(wanted, options, capacities(self.terms)).shortages():
            yield self._circuit([loading[each] for each in lack.who], lack.supplies, lack.wanted, lack.available)

    def _circuit(self, who: Iterable[int], circuits: Iterable[int], wanted: int, available: int) -> Conflict:
        members = sorted(who)
        need: dict[str, Json] = {
            "needs": ["power"],
            "circuits": [self.problem.circuits[each].code for each in circuits],
            "wanted": wanted,
            "available": available,
        }
        return Conflict("circuit", self._names(members), self._stands_of(members, self.terms.allowed), need)

    def _stands(self) -> Iterator[Conflict]:
        """Wanted stands matched to the stands of the blocks that each may have."""
        members = [who for who in range(len(self.may)) if who not in self._alone]
        cover = rows_as_bits(self._covered(members, self.may))
        wanted = self.terms.size[members].tolist()
        for lack in Matching(wanted, cover, [1] * len(self.terms.stands)).shortages():
            yield self._hall_set([members[each] for each in lack.who], lack, "stand")

    def _blocks(self) -> Iterator[Conflict]:
        """Blocks of at least each size matched to runs: a run of 7 stands holds two blocks of 3."""
        runs = self.terms.run
        for size in sorted(set(self.terms.size.tolist()) - {1}):
            members = [who for who in np.flatnonzero(self.terms.size >= size).tolist() if who not in self._alone]
            covered = self._covered(members, self.may)
            options = [sum(1 << run for run in set(runs[row].tolist())) for row in covered]
            capacity = [0] * (int(runs[-1]) + 1)
            for length, run in _stretches(np.asarray(covered.any(axis=0)), runs):
                capacity[run] += length // size
            for lack in Matching([1] * len(members), options, capacity).shortages():
                who = [members[each] for each in lack.who]
                if min(self.terms.size[who]) == size:
                    yield self._hall_set(who, lack, "block")

    def _hall_set(self, who: Sequence[int], lack: Shortage, unit: str) -> Conflict:
        people = [self.problem.exhibitors[each] for each in who]
        need: dict[str, Json] = {
            "needs": list(self._shared(people)),
            "size": min(each.size for each in people),
            "unit": unit,
            "wanted": lack.wanted,
            "available": lack.available,
        }
        return Conflict("hall_set", self._names(who), self._stands_of(who, self.may), need)

    def _by_trying(self) -> Iterator[Conflict]:
        """The last word where no shortage shows: a smallest set that cannot be placed at once all the same."""
        misfit = find_misfit(self.terms)
        if misfit is None:
            return
        who = list(misfit.who)
        if not misfit.by_load:
            lack = Shortage(misfit.who, (), len(who), misfit.most)
            yield self._hall_set(who, lack, "exhibitor")
            return
        loading = [each for each in who if self.terms.watts[each]]
        circuits = sorted({c for each in loading for c in self._circuits_of(each, self.may) if c >= 0})
        total = sum(int(self.terms.capacity[each]) for each in circuits)
        found = self._circuit(who, circuits, int(self.terms.watts[who].sum()), total)
        yield replace(found, need={**found.need, "placed": misfit.most})

    def _shared(self, people: list[Exhibitor]) -> list[str]:
        """Needs, but for size, that all of them have and that some place does not meet."""
        size, area = min(each.size for each in people), min(each.min_area_cm2 for each in people)
        shared = [name for name in ASKED if name != "size" and all(name in needs_of(each) for each in people)]
        return [name for name in shared if hinders(self.problem, name, size, area)]

    def _covered(self, who: Sequence[int], starts: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Stands of the blocks that begin there (exhibitors × S)."""
        begin, size = starts[list(who)], self.terms.size[list(who)]
        found = begin.copy()
        for step in range(1, int(size.max(initial=1))):
            found[:, step:] |= begin[:, :-step] & (size > step)[:, None]
        return found

    def _names(self, who: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted(self.terms.exhibitors[each] for each in who))

    def _stands_of(self, who: Sequence[int], starts: NDArray[np.bool_]) -> tuple[str, ...]:
        covered = self._covered(who, starts).any(axis=0)
        return tuple(sorted(self.terms.stands[each] for each in np.flatnonzero(covered).tolist()))


def hard_terms(problem: Problem) -> Terms:
    """What the hard rules alone say of a problem in numbers: no points, no pairs; the same under every rule set."""
    run, run_end = windows(problem)
    people, stands = problem.exhibitors, problem.stands
    circuit, capacity = circuits_of_blocks(problem, max((each.size for each in people), default=1))
    allowed = allowed_blocks(problem, run_end)
    return Terms(
        exhibitors=tuple(each.code for each in people),
        stands=tuple(each.code for each in stands),
        size=np.array([each.size for each in people], np.int32),
        group=np.zeros(len(people), np.int32),
        zone=np.zeros(len(stands), np.int32),
        run=run,
        run_end=run_end,
        allowed=allowed,
        cost=np.zeros(allowed.shape, np.int32),
        unplaced=np.zeros(len(people), np.int64),
        watts=np.array([each.needs.power_w for each in people], np.int64),
        circuit=circuit,
        capacity=capacity,
        pinned=pinned_starts(problem),
        near=(),
        beside=(),
    )


def _within(told: Conflict, other: Conflict) -> bool:
    return told.kind == other.kind and set(told.exhibitors) <= set(other.exhibitors)


def _stretches(covered: NDArray[np.bool_], runs: NDArray[np.int32]) -> Iterator[tuple[int, int]]:
    """Length and run of each unbroken stretch of covered stands."""
    length = 0
    for stand, here in enumerate(covered.tolist()):
        length = length + 1 if here else 0
        last = stand + 1 == len(runs) or runs[stand + 1] != runs[stand] or not covered[stand + 1]
        if here and last:
            yield length, int(runs[stand])
            length = 0
