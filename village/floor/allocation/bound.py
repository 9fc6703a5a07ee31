"""A bound that no placement can beat, for any terms: an assignment of stands with the price of zones spread out.

Pairs and quotas only add points, and circuits only forbid: all are left out.  What a sector pays for a zone is
shared out among its exhibitors there, and among the stands they fill; any shares give a bound, for whoever opens a
zone pays at least the shares of those who stand in it.  A block of n stands is taken apart into n stands at an nth of
its points.  What remains is an assignment problem, solved exactly; subgradient steps make the shares better.

All numbers are whole multiples of 1/SCALE point, so that nothing is rounded up and the bound holds to the point.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.terms import NEVER

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from village.floor.allocation.search import Stop
    from village.floor.allocation.terms import Terms

SCALE = 64
# A bound that grew by less than this part of a point did not grow.
GROWTH = 0.2
# Steps without growth after which they become shorter, and by how much.
PATIENCE, SHORTER = 6, 0.7
# Beyond any sum of points that a stand's place in an assignment can have.
FAR = float(NEVER) * SCALE


def lower_bound(
    terms: Terms,
    upper: int,
    *,
    steps: int,
    deadline: float | None = None,
    stop: Stop | None = None,
    say: Callable[[int], None] | None = None,
) -> int:
    """Points that no placement can go below; more ``steps`` make it better.

    Args:
        terms: the problem in numbers.
        upper: points of a placement that is known; it only sets the length of the steps.
        steps: assignments to solve at most.
        deadline: of `time.monotonic`; no step begins after it.
        stop: asked before each step.
        say: told of each better bound.

    """
    best = alone(terms)
    if find_spec("scipy") is None or not len(terms.zone) or steps <= 0:
        return best
    shares = _Shares.equal(terms)
    units = _Units.of(terms)
    top, length, idle, kept = -np.inf, 1.0, 0, shares
    for step in range(steps):
        if step and ((deadline is not None and time.monotonic() >= deadline) or (stop is not None and stop())):
            break
        value, stands = units.assign(terms, shares)
        if value > top + GROWTH * SCALE:
            top, idle, kept = value, 0, shares
            best = max(best, terms.constant - int(-value // SCALE))
            if say is not None:
                say(best)
        else:
            idle += 1
        if idle >= PATIENCE:
            length, idle, shares = length * SHORTER, 0, kept
        else:
            gap = max((upper - terms.constant) * SCALE - value, SCALE)
            shares = shares.moved(terms, *units.used(terms, stands, shares), length * gap)
    return best


def alone(terms: Terms) -> int:
    """A bound at no expense: what everyone would cost who had the floor to itself."""
    spare = np.where(terms.pinned < 0, terms.unplaced, np.iinfo(np.int64).max)
    return terms.constant + int(np.minimum(terms.cost.min(axis=1, initial=NEVER), spare).sum())


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

    def prices(self, terms: Terms) -> NDArray[np.float64]:
        """What each exhibitor pays in each zone, rounded down (N×Z)."""
        per_stand = np.floor(self.full / self.room)
        return np.floor(self.each) + per_stand[terms.group] * terms.size[:, None]

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
        factor = price * (1 - 1e-9) / np.maximum(_by_group(terms, each, len(full)) + full, 1e-9)
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
    return np.maximum(inside.sum(axis=1), 1).astype(np.float64)


@dataclass(frozen=True, slots=True)
class _Units:
    """The lines of the assignment: one for each stand of each exhibitor."""

    owner: NDArray[np.int64]
    part: NDArray[np.float64]

    @classmethod
    def of(cls, terms: Terms) -> _Units:
        owner = np.repeat(np.arange(len(terms.size)), terms.size)
        return cls(owner, 1.0 / terms.size[owner])

    def assign(self, terms: Terms, shares: _Shares) -> tuple[float, NDArray[np.int64]]:
        """Least sum of an assignment, and each line's stand (beyond the last: none)."""
        from scipy.optimize import linear_sum_assignment

        lines, stands = linear_sum_assignment(table := self._table(terms, shares))
        return float(table[lines, stands].sum()), stands

    def _table(self, terms: Terms, shares: _Shares) -> NDArray[np.float64]:
        count = len(terms.zone)
        spare = max(0, len(self.owner) - count)
        table = np.empty((len(self.owner), count + spare))
        prices, line = shares.prices(terms), 0
        for who, size in enumerate(terms.size.tolist()):
            points = np.where(terms.allowed[who], terms.cost[who].astype(np.float64) * SCALE, FAR)
            points += prices[who, terms.zone]
            # Who is pinned has no other place, so that no price makes it leave.
            out = float(terms.unplaced[who]) * SCALE if terms.pinned[who] < 0 else FAR
            if size > 1:
                own = np.floor(points / size)
                points = own.copy()
                for step in range(1, size):
                    points[step:] = np.minimum(points[step:], own[:-step])
                out = np.floor(out / size)
            table[line : line + size, :count] = np.minimum(points, out)
            table[line : line + size, count:] = out
            line += size
        return table

    def used(
        self, terms: Terms, stands: NDArray[np.int64], shares: _Shares
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """How far each exhibitor stands in each zone, and each group fills each zone's room."""
        real = stands < len(terms.zone)
        owner, zone = self.owner[real], terms.zone[stands[real]]
        each, full = np.zeros_like(shares.each), np.zeros_like(shares.full)
        np.add.at(each, (owner, zone), self.part[real])
        np.add.at(full, (terms.group[owner], zone), 1.0)
        return each, full / shares.room
