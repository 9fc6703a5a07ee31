"""As many placed at once as possible, without any liking: the exact answer, by HiGHS.

Exhibitors with the same size, load and blocks are one column group, so the model stays small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from village.floor.allocation.matching import bits, spread_down

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from village.floor.allocation.completion import Completion
    from village.floor.allocation.terms import Terms

# Nearer to one than to none: how a binary comes back from the solver.
HALF = 0.5


def carried(terms: Terms, capacity: Sequence[int]) -> NDArray[np.bool_]:
    """Blocks that each exhibitor may have and whose circuit carries its load, were it alone (N×S)."""
    room = np.append(np.array(capacity, np.int64), np.iinfo(np.int64).max)
    found: NDArray[np.bool_] = terms.allowed.copy()
    for size, watts in sorted(set(zip(terms.size.tolist(), terms.watts.tolist(), strict=True))):
        too_small = room[terms.circuit[size]] < watts
        if too_small.any():
            found[(terms.size == size) & (terms.watts == watts)] &= ~too_small
    pinned = np.flatnonzero(terms.pinned >= 0)
    found[pinned, terms.pinned[pinned]] = True
    return found


def capacities(terms: Terms) -> list[int]:
    """What each circuit carries in watts, and never less than what the pins load on it."""
    loads = [0] * len(terms.capacity)
    for who, start in enumerate(terms.pinned.tolist()):
        circuit = int(terms.circuit[terms.size[who], start]) if start >= 0 else -1
        if circuit >= 0:
            loads[circuit] += int(terms.watts[who])
    return [max(own, pins) for own, pins in zip(terms.capacity.tolist(), loads, strict=True)]


def place_most(at: Completion, who: int, start: int) -> dict[int, int] | None:
    """First stands for those not settled, with ``who`` at ``start`` (-1: nobody), as many as possible.

    None when fewer than ``at.most`` would be placed in all.
    """
    model = _Model(at, who, start)
    counts = model.solve()
    if counts is None:
        return None
    found = {who: start} if who >= 0 else {}
    for group, places in counts.items():
        # Who of those alike had one of the places keeps it: fewer moves in the placement at hand.
        members = [each for each in model.members[group] if at.starts[each] not in places]
        rest = [place for place in places if place not in {at.starts[each] for each in model.members[group]}]
        found |= {each: at.starts[each] for each in model.members[group] if at.starts[each] in places}
        found |= dict(zip(members, rest, strict=False))
    return found


class _Model:
    """One binary per group of alike exhibitors and first stand; rows: groups, stands, circuits, how many in all."""

    def __init__(self, at: Completion, who: int, start: int) -> None:
        self.at = at
        block = ((1 << at.size[who]) - 1) << start if who >= 0 else 0
        gone = block
        self.capacity, self.settled = list(at.capacity), 0
        if who >= 0:
            self._load(who, start)
        for each, settled in enumerate(at.settled):
            place = at.starts[each]
            if settled and place >= 0:
                gone |= ((1 << at.size[each]) - 1) << place
                self._load(each, place)
        self.members: dict[int, list[int]] = {}
        for each, settled in enumerate(at.settled):
            if not settled and each != who:
                self.members.setdefault(at.group[each], []).append(each)
        columns = [
            (group, place)
            for group, members in self.members.items()
            for place in bits(at.may[members[0]] & ~spread_down(gone, at.size[members[0]]))
        ]
        self.groups = np.array([group for group, _ in columns], np.int64)
        self.places = np.array([place for _, place in columns], np.int64)

    def _load(self, who: int, start: int) -> None:
        self.settled += 1
        circuit = self.at.circuit[self.at.size[who]][start]
        if circuit >= 0:
            self.capacity[circuit] -= self.at.watts[who]

    def solve(self) -> dict[int, set[int]] | None:
        """First stands per group, None when it cannot be."""
        if min(self.capacity, default=0) < 0:
            return None
        if not len(self.groups):
            return {} if self.settled >= self.at.most else None
        taken = self._run()
        if taken is None or len(taken) + self.settled < self.at.most:
            return None
        found: dict[int, set[int]] = {group: set() for group in self.members}
        for column in taken:
            found[int(self.groups[column])].add(int(self.places[column]))
        return found

    def _run(self) -> list[int] | None:
        import highspy

        row, column, value, lower, upper = self._matrix()
        count, inf = len(self.groups), highspy.kHighsInf
        order = np.lexsort((row, column))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = count, len(lower)
        everyone = self.at.most == len(self.at.starts)
        model.col_cost_ = np.zeros(count) if everyone else np.full(count, -1.0)
        model.col_lower_, model.col_upper_ = np.zeros(count), np.ones(count)
        model.row_lower_, model.row_upper_ = np.where(np.isinf(lower), -inf, lower), upper
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        matrix: Any = model.a_matrix_
        matrix.start_ = np.searchsorted(column[order], np.arange(count + 1))
        matrix.index_ = row[order]
        matrix.value_ = value[order]
        model.integrality_ = [highspy.HighsVarType.kInteger] * count
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, option in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0)):
            solver.setOptionValue(name, option)
        solver.passModel(model)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return [int(each) for each in np.flatnonzero(np.array(solver.getSolution().col_value) > HALF)]

    def _matrix(self) -> tuple[NDArray[Any], ...]:
        """Rows and columns with their values, and the bounds of the rows."""
        at, members = self.at, self.members
        number = {group: index for index, group in enumerate(members)}
        first = {group: each[0] for group, each in members.items()}
        size = np.array([at.size[first[int(g)]] for g in self.groups], np.int64)
        watts = np.array([at.watts[first[int(g)]] for g in self.groups], np.int64)
        every = np.arange(len(size))
        rows, columns, values = [np.array([number[int(g)] for g in self.groups])], [every], [np.ones(len(size))]
        stands = len(at.terms.stands)
        for step in range(int(size.max())):
            inside = every[size > step]
            rows.append(len(number) + self.places[inside] + step)
            columns.append(inside)
            values.append(np.ones(len(inside)))
        circuit = at.terms.circuit[size, self.places].astype(np.int64)
        loading = every[(circuit >= 0) & (watts > 0)]
        rows.append(len(number) + stands + circuit[loading])
        columns.append(loading)
        values.append(watts[loading].astype(float))
        wanted = np.array([len(each) for each in members.values()], float)
        everyone = at.most == len(at.starts)
        rest = np.full(stands + len(self.capacity), -np.inf)
        lower = np.concatenate([wanted if everyone else np.zeros(len(wanted)), rest])
        upper = np.concatenate([wanted, np.ones(stands), np.array(self.capacity, float)])
        return np.concatenate(rows), np.concatenate(columns), np.concatenate(values), lower, upper
