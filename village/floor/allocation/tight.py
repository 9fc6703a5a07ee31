"""The model of the exact solver: one yes-or-no per exhibitor and block, and one per thing that costs.

The formulation decides how fast a proof comes, not the solver.  A sector uses a zone as soon as one block does,
exhibitor by exhibitor (``x(e in z) ≤ u``), and as far as its blocks fill the zone (``Σ stands ≤ room · u``).
Pairs are written block by block (``x[e,s] + Σ x[f, near s] ≤ 1 + c``), wishes to be together both ways round:
so the relaxation is nearly the answer, where one row per pair would leave the solver to branch for hours.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.terms import NOWHERE, touch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import highspy
    from numpy.typing import NDArray

    from village.floor.allocation.terms import Near, Quota, Terms

INFINITY = float("inf")
# A solver's yes is 1.0 give or take a rounding; anything above a half is a yes.
YES = 0.5

Row = list[tuple[int, float]]


@dataclass(slots=True)
class Tight:
    """Columns (whole, from 0) and rows; ``x`` gives each exhibitor's column by first stand."""

    terms: Terms
    x: list[dict[int, int]] = field(default_factory=list)
    unplaced: list[int | None] = field(default_factory=list)
    used: dict[tuple[int, int], int] = field(default_factory=dict)
    apart: list[int | None] = field(default_factory=list)
    beside: list[int] = field(default_factory=list)
    one_zone: list[int] = field(default_factory=list)
    quotas: list[int] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    uppers: list[float] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    sums: list[tuple[int, Row]] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)

    def column(self, cost: float, most: float = 1.0) -> int:
        """Add a whole column from 0 to ``most`` and return its number."""
        self.costs.append(float(cost))
        self.uppers.append(most)
        return len(self.costs) - 1

    def row(self, entries: Iterable[tuple[int, float]], lower: float, upper: float) -> None:
        """Add one row: lower ≤ Σ value · column ≤ upper."""
        self.begins.append(len(self.columns))
        for column, value in entries:
            self.columns.append(column)
            self.values.append(value)
        self.lower.append(lower)
        self.upper.append(upper)

    def derived(self, entries: Row) -> int:
        """Add a column that is the sum of others, and return its number."""
        column = self.column(0.0)
        self.sums.append((column, entries))
        self.row([*entries, (column, -1.0)], 0.0, 0.0)
        return column

    def starts(self, solution: Sequence[float]) -> NDArray[np.int32]:
        """First stands (N) that a solution says."""
        found = np.full(len(self.x), NOWHERE, np.int32)
        for who, columns in enumerate(self.x):
            for start, column in columns.items():
                if solution[column] > YES:
                    found[who] = start
        return found

    def solution(self, starts: NDArray[np.int32]) -> NDArray[np.float64]:
        """The columns' values (all of them) that a valid placement has."""
        terms, values = self.terms, np.zeros(len(self.costs))
        first = starts.tolist()
        held = [range(s, s + n) if s >= 0 else range(0) for s, n in zip(first, terms.size.tolist(), strict=True)]
        for who, start in enumerate(first):
            column = self.x[who].get(start) if start >= 0 else self.unplaced[who]
            if column is not None:
                values[column] = 1.0
            if start >= 0 and terms.spread:
                values[self.used[int(terms.group[who]), int(terms.zone[start])]] = 1.0
        for (a, b), column in zip(terms.apart, self.apart, strict=True):
            if column is not None:
                values[column] = touch(held[a], held[b], terms.near)
        for (a, b), near, zone in zip(terms.together, self.beside, self.one_zone, strict=True):
            values[near] = not touch(held[a], held[b], terms.beside)
            values[zone] = not (held[a] and held[b] and terms.zone[first[a]] == terms.zone[first[b]])
        for quota, column in zip(terms.quotas, self.quotas, strict=True):
            watched = set(quota.stands)
            values[column] = max(0, sum(s in watched for who in quota.members for s in held[who]) - quota.limit)
        for column, entries in self.sums:
            values[column] = sum(value * values[each] for each, value in entries)
        return values

    def lp(self, *, whole: bool = True) -> highspy.HighsLp:
        """What HiGHS takes; without ``whole`` its relaxation."""
        import highspy

        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.costs), len(self.lower)
        lp.offset_ = float(self.terms.constant)
        lp.col_cost_ = np.array(self.costs)
        lp.col_lower_, lp.col_upper_ = np.zeros(len(self.costs)), np.array(self.uppers)
        lp.row_lower_, lp.row_upper_ = np.array(self.lower), np.array(self.upper)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array([*self.begins, len(self.columns)], dtype=np.int32)
        lp.a_matrix_.index_ = np.array(self.columns, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(self.values)
        if whole:
            lp.integrality_ = [highspy.HighsVarType.kInteger] * len(self.costs)
        return lp


def build(terms: Terms) -> Tight:
    """The model; the same terms give the same model, column by column."""
    model = Tight(terms)
    for who, allowed in enumerate(terms.allowed):
        firsts = np.flatnonzero(allowed).tolist()
        model.x.append({start: model.column(terms.cost[who, start]) for start in firsts})
        settled = terms.pinned[who] >= 0
        model.unplaced.append(None if settled else model.column(float(terms.unplaced[who])))
    _places(model)
    _circuits(model)
    if terms.spread:
        _zones(model)
    for pair in terms.apart:
        _apart(model, *pair)
    for pair in terms.together:
        _beside(model, *pair)
        _one_zone(model, *pair)
    for quota in terms.quotas:
        _quota(model, quota)
    return model


def _places(model: Tight) -> None:
    holders: dict[int, Row] = defaultdict(list)
    for who, columns in enumerate(model.x):
        spare = model.unplaced[who]
        model.row([(c, 1.0) for c in (*columns.values(), *([] if spare is None else [spare]))], 1.0, 1.0)
        for start, column in columns.items():
            for stand in range(start, start + int(model.terms.size[who])):
                holders[stand].append((column, 1.0))
    for stand in sorted(holders):
        model.row(holders[stand], -INFINITY, 1.0)


def _circuits(model: Tight) -> None:
    terms, load = model.terms, defaultdict[int, Row](list)
    for who, columns in enumerate(model.x):
        watts = int(terms.watts[who])
        if not watts:
            continue
        for start, column in columns.items():
            circuit = int(terms.circuit[terms.size[who], start])
            if circuit >= 0:
                load[circuit].append((column, watts / 1000))
    for circuit in sorted(load):
        model.row(load[circuit], -INFINITY, int(terms.capacity[circuit]) / 1000)


def _zones(model: Tight) -> None:
    terms = model.terms
    mine: dict[tuple[int, int], dict[int, Row]] = defaultdict(lambda: defaultdict(list))
    filled: dict[tuple[int, int], dict[int, Row]] = defaultdict(lambda: defaultdict(list))
    for who, columns in enumerate(model.x):
        group, size = int(terms.group[who]), int(terms.size[who])
        for start, column in columns.items():
            zone = int(terms.zone[start])
            mine[group, zone][who].append((column, 1.0))
            inside = [s for s in range(start, start + size) if terms.zone[s] == zone]
            for stand in inside:
                filled[group, zone][stand].append((column, 1.0))
    for key in sorted(mine):
        used = model.used[key] = model.column(terms.spread)
        for entries in mine[key].values():
            model.row([*entries, (used, -1.0)], -INFINITY, 0.0)
        weights: dict[int, float] = defaultdict(float)
        for entries in filled[key].values():
            for column, _ in entries:
                weights[column] += 1.0
        model.row([*weights.items(), (used, -float(len(filled[key])))], -INFINITY, 0.0)


def _apart(model: Tight, a: int, b: int) -> None:
    terms, rows = model.terms, []
    for start, column in model.x[a].items():
        near = _related(model, (a, start), b, terms.near)
        if near:
            rows.append([(column, 1.0), *((each, 1.0) for each in near)])
    model.apart.append(model.column(terms.apart_points) if rows else None)
    for row in rows:
        model.row([*row, (len(model.costs) - 1, -1.0)], -INFINITY, 1.0)


def _beside(model: Tight, a: int, b: int) -> None:
    terms = model.terms
    lost = model.column(terms.beside_points)
    model.beside.append(lost)
    # Both ways round: the second set of rows cuts off halves that the first one lets through.
    for one, other in ((a, b), (b, a)):
        for start, column in model.x[one].items():
            near = _related(model, (one, start), other, terms.beside)
            model.row([(column, 1.0), *((each, -1.0) for each in near), (lost, -1.0)], -INFINITY, 0.0)
    _without_a_stand(model, (a, b), lost)


def _one_zone(model: Tight, a: int, b: int) -> None:
    lost = model.column(model.terms.zone_points)
    model.one_zone.append(lost)
    there = [_by_zone(model, who) for who in (a, b)]
    for one, other in ((there[0], there[1]), (there[1], there[0])):
        for zone in sorted(one):
            row = [(each, 1.0) for each in one[zone]] + [(each, -1.0) for each in other.get(zone, [])]
            model.row([*row, (lost, -1.0)], -INFINITY, 0.0)
    _without_a_stand(model, (a, b), lost)


def _without_a_stand(model: Tight, pair: tuple[int, int], lost: int) -> None:
    for who in pair:
        spare = model.unplaced[who]
        if spare is not None:
            model.row([(spare, 1.0), (lost, -1.0)], -INFINITY, 0.0)


def _by_zone(model: Tight, who: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for start, column in model.x[who].items():
        found[int(model.terms.zone[start])].append(column)
    return found


def _quota(model: Tight, quota: Quota) -> None:
    watched, row = set(quota.stands), []
    for who in quota.members:
        size = int(model.terms.size[who])
        for start, column in model.x[who].items():
            count = sum(stand in watched for stand in range(start, start + size))
            if count:
                row.append((column, float(count)))
    over = model.column(quota.points, float(len(quota.stands)))
    model.quotas.append(over)
    model.row([*row, (over, -1.0)], -INFINITY, float(quota.limit))


def _related(model: Tight, block: tuple[int, int], other: int, relation: Near) -> list[int]:
    """Columns of the other's blocks that a block (exhibitor, first stand) touches without sharing a stand."""
    who, start = block
    size, width = int(model.terms.size[who]), int(model.terms.size[other])
    firsts = {
        first
        for stand in range(start, start + size)
        for there in relation[stand]
        for first in range(there - width + 1, there + 1)
    }
    return [
        model.x[other][first]
        for first in sorted(firsts)
        if first in model.x[other] and not (first < start + size and start < first + width)
    ]
