"""What one would take instead of the village's allocation: each way reads an instance and writes a plan.

`python -m tests.benchmarks.allocation_rivals NAME INSTANCE SECONDS --out PLAN`
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from village.floor.allocation.files import read_instance, write_plan
from village.floor.allocation.greedy import Floor
from village.floor.allocation.terms import NOWHERE, Terms, value_of


def greedy(terms: Terms, _: float) -> np.ndarray:
    """By priority: in turn each takes the free block it likes best; the largest first where priorities are equal."""
    floor = Floor(terms)
    for who in np.lexsort((np.arange(len(terms.size)), -terms.size, -terms.weight)).tolist():
        start = floor.cheapest(who)
        if start != NOWHERE:
            floor.put(who, start)
    return floor.starts


def assignment(terms: Terms, _: float) -> np.ndarray:
    """scipy's assignment on the points of the blocks alone: larger blocks greedily first, then all others at once."""
    from scipy.optimize import linear_sum_assignment

    floor = Floor(terms)
    for who in np.flatnonzero(terms.size > 1).tolist():
        start = floor.cheapest(who)
        if start != NOWHERE:
            floor.put(who, start)
    single = np.flatnonzero(terms.size == 1)
    free = np.flatnonzero(floor.holder == NOWHERE)
    table = np.hstack([
        np.where(terms.allowed[np.ix_(single, free)], terms.cost[np.ix_(single, free)], 10**9).astype(float),
        np.repeat(terms.unplaced[single, None].astype(float), len(single), axis=1),
    ])
    for row, column in zip(*linear_sum_assignment(table), strict=True):
        # A circuit that is full already leaves one without a stand.
        if column < len(free) and floor.fits(int(single[row]), int(free[column])):
            floor.put(int(single[row]), int(free[column]))
    return floor.starts


def cp_sat(terms: Terms, seconds: float) -> np.ndarray:
    """OR-Tools' CP-SAT on the same model, one worker, hinted with the greedy plan; prints its bound."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    x, points, hint = {}, [terms.constant], greedy(terms, 0)
    cover, zones, load = defaultdict(list), defaultdict(list), defaultdict(list)
    for who, start in np.argwhere(terms.allowed).tolist():
        taken = x[who, start] = model.new_bool_var("")
        model.add_hint(taken, int(hint[who] == start))
        points.append(int(terms.cost[who, start]) * taken)
        for stand in range(start, start + int(terms.size[who])):
            cover[stand].append(taken)
        zones[int(terms.group[who]), int(terms.zone[start])].append(taken)
        circuit = int(terms.circuit[terms.size[who], start])
        if circuit != NOWHERE and terms.watts[who]:
            load[circuit].append(int(terms.watts[who]) * taken)
    _one_each(model, terms, x, points)
    for each in cover.values():
        model.add_at_most_one(each)
    for circuit, each in load.items():
        model.add(sum(each) <= int(terms.capacity[circuit]))
    for each in zones.values():
        used = model.new_bool_var("")
        model.add_max_equality(used, each)
        points.append(terms.spread * used)
    _pairs(model, terms, x, points)
    model.minimize(sum(points))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.max_time_in_seconds = 1, seconds
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return hint
    print(f"bound: {int(-(-solver.best_objective_bound // 1))}")
    found = np.full(len(terms.size), NOWHERE, np.int32)
    for (who, start), taken in x.items():
        if solver.value(taken):
            found[who] = start
    return found


def _one_each(model, terms: Terms, x: dict, points: list) -> None:
    for who, row in enumerate(terms.allowed):
        out = model.new_bool_var("")
        model.add_exactly_one([*(x[who, start] for start in np.flatnonzero(row).tolist()), out])
        points.append(int(terms.unplaced[who]) * out)


def _pairs(model, terms: Terms, x: dict, points: list) -> None:
    """Pairs block by block, the same cuts as the exact solver's."""
    blocks = [np.flatnonzero(row).tolist() for row in terms.allowed]

    def around(start: int, size: int, other: int, relation: tuple) -> list:
        near = {stand for each in range(start, start + size) for stand in relation[each]}
        length = int(terms.size[other])
        return [x[other, s] for s in blocks[other] if not near.isdisjoint(range(s, s + length))]

    for a, b in terms.apart:
        broken = model.new_bool_var("")
        points.append(terms.apart_points * broken)
        for start in blocks[a]:
            if near := around(start, int(terms.size[a]), b, terms.near):
                model.add(x[a, start] + sum(near) <= 1 + broken)
    for a, b in terms.together:
        apart, far = model.new_bool_var(""), model.new_bool_var("")
        points += [terms.beside_points * apart, terms.zone_points * far]
        for start in blocks[a]:
            model.add(sum(around(start, int(terms.size[a]), b, terms.beside)) + apart >= x[a, start])
            zone = terms.zone[start]
            model.add(sum(x[b, s] for s in blocks[b] if terms.zone[s] == zone) + far >= x[a, start])
        for who in (a, b):
            placed = sum(x[who, start] for start in blocks[who])
            model.add(placed + apart >= 1)
            model.add(placed + far >= 1)


RIVALS = {"greedy by priority": greedy, "scipy assignment": assignment, "OR-Tools CP-SAT": cp_sat}


def main(arguments: list[str]) -> int:
    """Run one way; 1 when its plan costs more than it said."""
    name, path, seconds, _, out = arguments
    case = read_instance(Path(path).read_text(encoding="utf-8"))
    terms = case.rules.terms(case)
    starts = RIVALS[name](terms, float(seconds))
    Path(out).write_text(write_plan(terms.plan(starts), case), encoding="utf-8")
    print(f"cost: {value_of(terms, starts)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
