"""Solving again after a small change: with few moves, and on large fairs only where it concerns anybody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.changes import kept, settled, with_moves
from village.floor.allocation.greedy import completed
from village.floor.allocation.terms import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from village.floor.allocation.problem import Block, Plan
    from village.floor.allocation.search import Stop
    from village.floor.allocation.terms import Terms

# Up to so many exhibitors the whole fair is solved again; above, the zones concerned.
MOST_WHOLE = 100
# Nodes of the exact search for one question, when nobody says how much work it is worth.
NODES = 400


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """One exhibitor's block before and after; None where it has none."""

    who: str
    before: Block | None
    after: Block | None


def moves_between(before: Plan, after: Plan) -> tuple[Move, ...]:
    """Everyone whose block changes, in order of code."""
    return tuple(
        Move(who, before.get(who) or None, after.get(who) or None)
        for who in sorted({*before, *after})
        if (before.get(who) or None) != (after.get(who) or None)
    )


def concerned(terms: Terms, starts: NDArray[np.int32], stands: Iterable[int], who: Iterable[int]) -> NDArray[np.bool_]:
    """Who may move on a large fair (N): those in the zones of these stands and of these exhibitors, and the latter."""
    asked, wanted = list(who), list(stands)
    zones = {int(terms.zone[stand]) for stand in wanted} | {
        int(terms.zone[starts[each]]) for each in asked if starts[each] >= 0
    }
    found: NDArray[np.bool_] = (starts >= 0) & np.isin(terms.zone[starts], list(zones))
    for stand in wanted:
        found |= (starts <= stand) & (stand < starts + terms.size) & (starts >= 0)
    found[asked] = True
    return found & (terms.pinned < 0)


def resolve(
    terms: Terms,
    before: NDArray[np.int32],
    *,
    points: int = 0,
    free: NDArray[np.bool_] | None = None,
    fewest: bool = False,
    seed: int = 0,
    work: int | None = None,
    stop: Stop | None = None,
) -> tuple[NDArray[np.int32], bool]:
    """First stands of the best plan near an earlier one, and whether it is proven the best.

    Args:
        terms: the problem as it is now.
        before: first stands of the earlier plan (N); what is no longer allowed there falls away.
        points: what each move costs.
        free: who may move (N); None: everybody.
        fewest: of plans with the same cost, the one with the fewest moves.
        seed: of the solver's chances.
        work: as of `allocate`.
        stop: asked now and then.

    """
    from village.floor.allocation.allocate import UNITS_PER_NODE
    from village.floor.allocation.exact import solve

    stay = kept(terms, before)
    changed = with_moves(terms, before, points)
    if fewest:
        changed = with_moves(_sharper(changed, len(before) + 1), before, 1)
    if free is not None:
        changed = settled(changed, stay, free | ((stay < 0) & (terms.pinned < 0)))
    nodes = NODES if work is None else max(1, work // UNITS_PER_NODE)
    solved = solve(changed, first=completed(changed, stay), seed=seed, nodes=nodes, stop=stop)
    return solved.starts, solved.proven and free is None


def _sharper(terms: Terms, times: int) -> Terms:
    """All points so many times over: a single point then only decides between equals."""
    return replace(
        terms,
        cost=np.where(terms.allowed, terms.cost * times, NEVER).astype(np.int32),
        unplaced=terms.unplaced * times,
        spread=terms.spread * times,
        apart_points=terms.apart_points * times,
        beside_points=terms.beside_points * times,
        zone_points=terms.zone_points * times,
        quotas=tuple(replace(each, points=each.points * times) for each in terms.quotas),
        constant=terms.constant * times,
    )
