"""A bound that no placement can beat, for any terms: an assignment of stands with the price of zones spread out.

Pairs and quotas only add points, and circuits only forbid: all are left out.  What a sector pays for a zone is
shared out among its exhibitors there, and among the stands they fill; any shares give a bound, for whoever opens a
zone pays at least the shares of those who stand in it.  What remains is an assignment problem (`assignment`);
subgradient steps make the shares better (Held and Karp's way).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.assignment import SCALE, match, stand_prices, survey
from village.floor.allocation.terms import NEVER, NOWHERE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from village.floor.allocation.search import Stop
    from village.floor.allocation.terms import Terms

# A step that grew by less than this (SCALE-ths of a point) did not grow.
GROWTH = 13
# Assignments beyond which the bound hardly grows.
MOST_STEPS = 120
# Steps without growth after which they become shorter, and by how much.
PATIENCE, SHORTER = 6, 0.7


@dataclass(frozen=True, slots=True)
class Bound:
    """Points that no placement can go below; blocks cheap at the best prices (N×M); where the assignment puts each.

    The last (first stands, N) is no placement yet: blocks may cut each other, circuits may be overloaded.
    """

    points: int
    blocks: NDArray[np.int32] | None = None
    starts: NDArray[np.int32] | None = None


def lower_bound(
    terms: Terms,
    upper: int,
    *,
    steps: int,
    keep: int = 16,
    deadline: float | None = None,
    stop: Stop | None = None,
    say: Callable[[int], None] | None = None,
) -> Bound:
    """A bound, better with more steps.

    Args:
        terms: the problem in numbers.
        upper: points of a placement that may be hoped for; it only sets the length of the steps.
        steps: assignments to solve at most.
        keep: cheap blocks of each exhibitor to hand back.
        deadline: of `time.monotonic`; no step begins after it.
        stop: asked before each step.
        say: told of each better bound.

    """
    least = alone(terms)
    if find_spec("scipy") is None or not len(terms.zone) or not len(terms.size) or steps <= 0:
        return Bound(least)
    search = _Search(terms, upper, least)
    for step in range(steps):
        if step and ((deadline is not None and time.monotonic() >= deadline) or (stop is not None and stop())):
            break
        before = search.points
        search.step()
        if say is not None and search.points > before:
            say(search.points)
    blocks = search.look(keep)
    return Bound(search.points, blocks, search.starts())


def load_solver() -> None:
    """Import what solves assignments: it takes a good part of a second."""
    if find_spec("scipy") is not None:
        import scipy.optimize  # noqa: F401 - loaded here so that it is not counted as a step


def alone(terms: Terms) -> int:
    """A bound at no expense: what everyone would cost who had the floor to itself."""
    spare = np.where(terms.pinned < 0, terms.unplaced, np.iinfo(np.int64).max)
    return terms.constant + int(np.minimum(terms.cost.min(axis=1, initial=NEVER), spare).sum())


class _Search:
    """Steps of the subgradient, with the best shares and their assignment so far."""

    def __init__(self, terms: Terms, upper: int, least: int) -> None:
        self.terms, self.points = terms, least
        self.upper = (upper - terms.constant) * SCALE
        self.owner = np.repeat(np.arange(len(terms.size)), terms.size)
        self.shares = self.kept = _Shares.equal(terms)
        self.stands = np.zeros(len(self.owner), np.int64)
        self.top, self.length, self.idle = -np.inf, 1.0, 0

    def step(self) -> None:
        """One assignment, one step."""
        value, stands = match(self.terms, self.shares.prices(self.terms))
        if value > self.top + GROWTH:
            self.top, self.idle, self.kept, self.stands = value, 0, self.shares, stands
            self.note(value)
        else:
            self.idle += 1
        if self.idle >= PATIENCE:
            self.length, self.idle, self.shares = self.length * SHORTER, 0, self.kept
        else:
            gap = max(self.upper - value, SCALE)
            self.shares = self.shares.moved(self.terms, *self._used(stands), self.length * gap)

    def starts(self) -> NDArray[np.int32]:
        """Each exhibitor's first unit's stand in the best assignment, NOWHERE for none."""
        sizes = self.terms.size
        first = self.stands[np.cumsum(sizes) - sizes]
        return np.where(first < len(self.terms.zone), first, NOWHERE).astype(np.int32)

    def look(self, keep: int) -> NDArray[np.int32]:
        """The blocks that are cheap at the best shares and their prices of stands; perhaps a better bound."""
        zones = self.kept.prices(self.terms)
        seen = survey(self.terms, zones, stand_prices(self.terms, zones, self.stands), keep)
        self.note(seen.value)
        return seen.blocks

    def note(self, value: int) -> None:
        """Take a value (SCALE-ths, rounded up to a whole point) that no placement can go below."""
        self.points = max(self.points, self.terms.constant - (-value // SCALE))

    def _used(self, stands: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """How far each exhibitor stands in each zone, and each group fills each zone's room."""
        terms, shares = self.terms, self.shares
        real = stands < len(terms.zone)
        owner, zone = self.owner[real], terms.zone[stands[real]]
        each, full = np.zeros_like(shares.each), np.zeros_like(shares.full)
        np.add.at(each, (owner, zone), 1.0 / terms.size[owner])
        np.add.at(full, (terms.group[owner], zone), 1.0)
        return each, full / shares.room


@dataclass(frozen=True, slots=True)
class _Shares:
    """How the price of each group in each zone is shared out (in SCALE-ths of a point).

    ``each`` (N×Z): what an exhibitor pays who stands in the zone; ``full`` (groups×Z): what the group pays for the
    zone's ``room`` (Z) stands together.  For each group and zone the shares sum up to the price at most.
    """

    each: NDArray[np.float64]
    full: NDArray[np.float64]
    room: NDArray[np.float64]

    @classmethod
    def equal(cls, terms: Terms) -> _Shares:
        groups, zones = int(terms.group.max(initial=0)) + 1, int(terms.zone.max(initial=0)) + 1
        full = np.full((groups, zones), float(terms.spread * SCALE))
        return cls(np.zeros((len(terms.size), zones)), full, _room(terms, zones))

    def prices(self, terms: Terms) -> NDArray[np.int32]:
        """What each exhibitor pays in each zone, rounded down (N×Z)."""
        per_stand = np.floor(self.full / self.room).astype(np.int32)
        found: NDArray[np.int32] = self.each.astype(np.int32) + per_stand[terms.group] * terms.size[:, None]
        return found

    def moved(
        self, terms: Terms, each: NDArray[np.float64], full: NDArray[np.float64], gap: float
    ) -> _Shares:
        """A step towards those who stand in a zone alone of their group, away from those who do not."""
        price = float(terms.spread * SCALE)
        if not price:
            return self
        mean = (_by_group(terms, self.each * each, len(full)) + self.full * full) / price
        each, full = each - mean[terms.group], full - mean
        each[(self.each <= 0) & (each < 0)] = 0
        length = gap / ((each**2).sum() + (full**2).sum() + 1e-9)
        each, full = np.maximum(0, self.each + length * each), np.maximum(0, self.full + length * full)
        # Just under the price, so that no rounding of the division lifts the sum above it.
        sums = _by_group(terms, each, len(full)) + full
        factor = price * (1 - 1e-9) / np.maximum(sums, 1e-9)
        return _Shares(each * factor[terms.group], full * factor, self.room)


def _by_group(terms: Terms, values: NDArray[np.float64], groups: int) -> NDArray[np.float64]:
    order = np.argsort(terms.group, kind="stable")
    found = np.zeros((groups, values.shape[1]))
    present, first = np.unique(terms.group[order], return_index=True)
    found[present] = np.add.reduceat(values[order], first, axis=0)
    return found


def _room(terms: Terms, zones: int) -> NDArray[np.float64]:
    """Stands that blocks beginning in each zone can hold: those of the zone, and what sticks out of it."""
    longest = int(terms.size.max(initial=1))
    inside = np.zeros((zones, len(terms.zone)), bool)
    stands = np.arange(len(terms.zone))
    for step in range(longest):
        fits = stands + step < terms.run_end
        inside[terms.zone[fits], stands[fits] + step] = True
    found: NDArray[np.float64] = np.maximum(inside.sum(axis=1), 1).astype(np.float64)
    return found
