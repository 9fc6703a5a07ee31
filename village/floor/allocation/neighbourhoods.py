"""Neighbourhoods: everyone stays but a few, and these are placed anew by the exact solver.

It makes good placements a little better, and it is the search where numba is not installed.  Those who may move are
they who stand in two zones; all others keep their stands, and what they mean to the few (zones in use, partners,
loads of circuits, quotas) is kept in a small problem of its own.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.terms import NEVER, NOWHERE, Quota, Terms, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from village.floor.allocation.search import Stop

# How many may move at once, and how long the solver may think of them.
MOST_FREE = 26
NODES = 20
# Spare stands that are offered to them beside their own.
MOST_SPARE = 12


@dataclass(frozen=True, slots=True)
class Limits:
    """How many neighbourhoods at most, and what ends the search before."""

    rounds: int
    deadline: float | None = None
    stop: Stop | None = None

    def over(self) -> bool:
        """Whether the search is to end now."""
        if self.deadline is not None and time.monotonic() >= self.deadline:
            return True
        return self.stop is not None and self.stop()


def improve(
    terms: Terms,
    starts: NDArray[np.int32],
    *,
    seed: int,
    limits: Limits,
    offer: Callable[[NDArray[np.int32]], None],
    blocks: NDArray[np.int32] | None = None,
) -> int:
    """Place few after few anew; ``offer`` is told of each better placement.

    ``blocks`` (N×M): blocks worth trying, which lead the choice of zones.  Returns how many rounds were done.
    """
    chance = np.random.default_rng(seed)
    now, cost = starts.copy(), value_of(terms, starts)
    for done in range(limits.rounds):
        if limits.over():
            return done
        free = _free(terms, now, chance, blocks)
        if len(free) < 2:  # noqa: PLR2004 - one alone stands where it is best already, or nearly
            continue
        after = solved(terms, now, free, seed=seed, nodes=NODES, deadline=limits.deadline)
        better = value_of(terms, after)
        if better < cost:
            now, cost = after, better
            offer(now)
    return limits.rounds


def _free(
    terms: Terms, starts: NDArray[np.int32], chance: np.random.Generator, blocks: NDArray[np.int32] | None
) -> NDArray[np.int64]:
    """Those who stand in the zone of someone and in a zone it would like, as many as may move; who has none."""
    movable = terms.pinned == NOWHERE
    zone = np.where(starts >= 0, terms.zone[np.maximum(starts, 0)], NOWHERE)
    out = np.flatnonzero(movable & (starts < 0))[: MOST_FREE // 4]
    who = int(chance.integers(len(starts)))
    if blocks is not None:
        liked = int(terms.zone[blocks[who, int(chance.integers(blocks.shape[1]))]])
    else:
        likeable = np.flatnonzero(terms.allowed[who])
        liked = int(terms.zone[likeable[int(chance.integers(len(likeable)))]]) if len(likeable) else NOWHERE
    near = np.flatnonzero(movable & (zone >= 0) & ((zone == zone[who]) | (zone == liked)))
    chosen = chance.permutation(near)[: MOST_FREE - len(out)]
    return np.unique(np.concatenate([out, chosen]))


def solved(
    terms: Terms,
    starts: NDArray[np.int32],
    free: NDArray[np.int64],
    *,
    seed: int,
    nodes: int | None,
    deadline: float | None = None,
) -> NDArray[np.int32]:
    """The placement with the ``free`` (numbers of exhibitors) placed anew, all others where they are."""
    from village.floor.allocation.exact import solve

    small, people = restricted(terms, starts, free)
    found = solve(small, first=starts[people], seed=seed, nodes=nodes, deadline=deadline)
    after = starts.copy()
    after[people] = found.starts
    return after


def restricted(terms: Terms, starts: NDArray[np.int32], free: NDArray[np.int64]) -> tuple[Terms, NDArray[np.int64]]:
    """The problem of the free alone, and whom its lines are: the free, and pinned those who matter to them."""
    beside = np.array(sorted(_witnesses(terms, starts, set(free.tolist()))), np.int64)
    people = np.concatenate([free, beside])
    rest = np.setdiff1d(np.arange(len(starts)), people)
    allowed = terms.allowed[people] & _open(terms, starts, people, free)
    rows = np.arange(len(free), len(people))
    allowed[rows] = False
    allowed[rows, starts[beside]] = True
    number = {int(who): index for index, who in enumerate(people)}
    pinned = np.full(len(people), NOWHERE, np.int32)
    pinned[rows] = starts[beside]
    small = replace(
        terms,
        exhibitors=tuple(terms.exhibitors[who] for who in people),
        size=terms.size[people],
        group=terms.group[people],
        allowed=allowed,
        cost=np.where(allowed, terms.cost[people], NEVER).astype(np.int32),
        unplaced=terms.unplaced[people],
        watts=terms.watts[people],
        capacity=terms.capacity - _load(terms, starts, rest),
        pinned=pinned,
        apart=_among(terms.apart, number),
        together=_among(terms.together, number),
        quotas=tuple(_quotas(terms, starts, number)),
        constant=0,
        weight=terms.weight[people] if len(terms.weight) else terms.weight,
    )
    return small, people


def _witnesses(terms: Terms, starts: NDArray[np.int32], free: set[int]) -> Iterator[int]:
    """Those who stay and matter: partners of the free, and one of each of their groups in each zone it uses."""
    chosen = set()
    for a, b in (*terms.apart, *terms.together):
        for one, other in ((a, b), (b, a)):
            if one in free and other not in free and starts[other] >= 0 and other not in chosen:
                chosen.add(other)
                yield other
    groups = {int(terms.group[who]) for who in free}
    seen: set[tuple[int, int]] = set()
    for who in sorted(set(np.flatnonzero(starts >= 0).tolist()) - free, key=lambda each: (each not in chosen, each)):
        place = (int(terms.group[who]), int(terms.zone[starts[who]]))
        if place[0] in groups and place not in seen:
            seen.add(place)
            if who not in chosen:
                yield who


def _open(
    terms: Terms, starts: NDArray[np.int32], people: NDArray[np.int64], free: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which blocks hold only stands of the free, or spare ones in their zones (people × S)."""
    held = np.zeros(len(terms.zone), bool)
    own = np.zeros(len(terms.zone), bool)
    moving = set(free.tolist())
    for who, start in enumerate(starts.tolist()):
        if start >= 0:
            (own if who in moving else held)[start : start + int(terms.size[who])] = True
    zones = np.unique(terms.zone[own])
    spare = np.flatnonzero(~held & ~own)
    inside = spare[np.isin(terms.zone[spare], zones)]
    offered = np.concatenate([inside, np.setdiff1d(spare, inside)])[: max(MOST_SPARE, len(inside))]
    own[offered] = True
    found = np.zeros((len(people), len(own)), bool)
    for size in np.unique(terms.size[people]).tolist():
        whole = own.copy()
        for step in range(1, size):
            whole[: len(own) - step] &= own[step:]
        found[terms.size[people] == size] = whole
    return found


def _load(terms: Terms, starts: NDArray[np.int32], people: NDArray[np.int64]) -> NDArray[np.int64]:
    load = np.zeros(len(terms.capacity), np.int64)
    for who in people.tolist():
        if starts[who] >= 0 and terms.watts[who]:
            circuit = int(terms.circuit[terms.size[who], starts[who]])
            if circuit != NOWHERE:
                load[circuit] += terms.watts[who]
    return load


def _among(pairs: tuple[tuple[int, int], ...], number: dict[int, int]) -> tuple[tuple[int, int], ...]:
    return tuple((number[a], number[b]) for a, b in pairs if a in number and b in number)


def _quotas(terms: Terms, starts: NDArray[np.int32], number: dict[int, int]) -> Iterator[Quota]:
    """Quotas with what the others hold taken off; where that is above the limit already, none of it is left."""
    for quota in terms.quotas:
        members = tuple(number[who] for who in quota.members if who in number)
        if not members:
            continue
        watched = set(quota.stands)
        held = sum(
            stand in watched
            for who in quota.members
            if who not in number and starts[who] >= 0
            for stand in range(int(starts[who]), int(starts[who]) + int(terms.size[who]))
        )
        yield Quota(members, quota.stands, max(0, quota.limit - held), quota.points)
