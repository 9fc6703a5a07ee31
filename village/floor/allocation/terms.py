"""A problem in numbers: what a rule set makes of it, so that every search works on every rule set.

Exhibitors and stands are numbered in the problem's order.  A block is written as the number of its first stand:
with the exhibitor's size that says which stands it holds.  Points are whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from village.floor.allocation.problem import Plan, Problem
    from village.floor.rules import Stand

# Beyond any cost of a block, and far from the end of 32 bits.
NEVER = 10**8
NOWHERE = -1

Pairs = tuple[tuple[int, int], ...]
Near = tuple[tuple[int, ...], ...]
"""For each stand, the stands in a relation to it; symmetric, without itself."""


@dataclass(frozen=True, slots=True)
class Quota:
    """Of ``stands``, ``members`` hold ``limit`` freely; each one more costs ``points``."""

    members: tuple[int, ...]
    stands: tuple[int, ...]
    limit: int
    points: int


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers of a problem with N exhibitors and S stands.

    - ``size`` (N): stands of a block; ``group`` (N): number of the sector, ``zone`` (S): number of the zone;
      ``run`` (S): number of the unbroken run of stands; ``run_end`` (S): first stand behind the run.
    - ``allowed`` (N×S): whether the exhibitor may have the block that begins there; needs, rows, pins respected.
    - ``cost`` (N×S): points of that block taken alone, NEVER where it is not allowed; ``unplaced`` (N).
    - ``watts`` (N), ``circuit`` (largest size + 1 × S): circuit that a block of that size loads, NOWHERE for
      none; ``capacity``: watts a circuit carries (at least what pins load).
    - ``pinned`` (N): first stand of the block that is settled, NOWHERE where none is.
    - ``spread``: points for each (group, zone) in use.
    - ``apart``: pairs that cost ``apart_points`` when a stand of one is ``near`` a stand of the other.
    - ``together``: pairs that cost ``beside_points`` unless a stand of one is ``beside`` one of the other, and
      ``zone_points`` unless both blocks begin in one zone; both sums when either has no stand.
    - ``quotas``; ``constant``: points of every plan.
    """

    exhibitors: tuple[str, ...]
    stands: tuple[str, ...]
    size: NDArray[np.int32]
    group: NDArray[np.int32]
    zone: NDArray[np.int32]
    run: NDArray[np.int32]
    run_end: NDArray[np.int32]
    allowed: NDArray[np.bool_]
    cost: NDArray[np.int32]
    unplaced: NDArray[np.int64]
    watts: NDArray[np.int64]
    circuit: NDArray[np.int32]
    capacity: NDArray[np.int64]
    pinned: NDArray[np.int32]
    near: Near
    beside: Near
    spread: int = 0
    apart: Pairs = ()
    apart_points: int = 0
    together: Pairs = ()
    beside_points: int = 0
    zone_points: int = 0
    quotas: tuple[Quota, ...] = ()
    constant: int = 0
    weight: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))

    def plan(self, starts: NDArray[Any] | list[int]) -> dict[str, tuple[str, ...]]:
        """The plan that first stands (N, NOWHERE for none) say."""
        return {
            who: self.stands[int(start) : int(start) + int(size)]
            for who, start, size in zip(self.exhibitors, starts, self.size, strict=True)
            if start >= 0
        }

    def starts(self, plan: Plan) -> NDArray[np.int32]:
        """First stands (N) of a plan, NOWHERE for those without a stand here."""
        number = {code: index for index, code in enumerate(self.stands)}
        found = [number.get(block[0], NOWHERE) if (block := plan.get(who)) else NOWHERE for who in self.exhibitors]
        return np.array(found, dtype=np.int32)


def windows(problem: Problem) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Number of its unbroken run, and the first stand behind that run, for each stand of the problem."""
    stands, count = problem.stands, len(problem.stands)
    run = np.zeros(count, np.int32)
    for index in range(1, count):
        before, here = stands[index - 1], stands[index]
        joined = here.row == before.row and here.position == before.position + 1
        run[index] = run[index - 1] + (0 if joined else 1)
    end = np.full(count, count, np.int32)
    for index in range(count - 2, -1, -1):
        end[index] = end[index + 1] if run[index] == run[index + 1] else index + 1
    return run, end


def over_blocks(values: NDArray[Any], size: int, how: Any) -> NDArray[Any]:
    """``how`` (a numpy ufunc) over the ``size`` stands from each stand on; beyond the end the last ones repeat."""
    found = values.copy()
    for step in range(1, size):
        shifted = np.concatenate([values[step:], values[-1:].repeat(step)])[: len(values)]
        found = how(found, shifted)
    return found


def circuits_of_blocks(problem: Problem, largest: int) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Circuit that a block of each size from each stand loads, and what each circuit carries (watts)."""
    number = {each.code: index for index, each in enumerate(problem.circuits)}
    own = [number.get(each.circuit or "", NOWHERE) if each.power else None for each in problem.stands]
    count = len(own)
    found = np.full((largest + 1, count), NOWHERE, np.int32)
    for size in range(1, largest + 1):
        for start in range(count):
            first = next((c for c in own[start : start + size] if c is not None), NOWHERE)
            found[size, start] = first
    capacity = np.array([each.watts for each in problem.circuits], dtype=np.int64)
    return found, np.maximum(capacity, _pinned_loads(problem, found))


def _pinned_loads(problem: Problem, circuits: NDArray[np.int32]) -> NDArray[np.int64]:
    """Watts that the pinned exhibitors load each circuit with."""
    load, first = np.zeros(len(problem.circuits), np.int64), pinned_starts(problem)
    for who, start in zip(problem.exhibitors, first.tolist(), strict=True):
        circuit = int(circuits[who.size, start]) if start >= 0 else NOWHERE
        if circuit >= 0:
            load[circuit] += who.needs.power_w
    return load


def allowed_blocks(problem: Problem, run_end: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which blocks each exhibitor may have (N×S): needs met, row unbroken, stands open, pins respected."""
    stands, count = problem.stands, len(problem.stands)
    number = {each.code: index for index, each in enumerate(stands)}
    taken = np.zeros(count, bool)
    for block in problem.pins.values():
        taken[[number[code] for code in block]] = True
    offers = _Offers.of(stands)
    by_size: dict[int, _Offers] = {}
    found = np.zeros((len(problem.exhibitors), count), bool)
    for index, who in enumerate(problem.exhibitors):
        pin = problem.pins.get(who.code)
        if pin:
            found[index, number[pin[0]]] = True
            continue
        if who.size not in by_size:
            by_size[who.size] = offers.blocks(who.size, run_end, taken)
        offer, needs = by_size[who.size], who.needs
        fits = offer.open & (offer.area >= who.min_area_cm2)
        for wanted, has in (
            (needs.any_power, offer.power),
            (needs.water, offer.water),
            (needs.food, offer.food),
            (needs.step_free, offer.step_free),
            (needs.corner, offer.corner),
        ):
            if wanted:
                fits = fits & has
        found[index] = fits
    return found


def pinned_starts(problem: Problem) -> NDArray[np.int32]:
    """Number of the first stand of each exhibitor's pinned block, NOWHERE where none is settled."""
    number = {each.code: index for index, each in enumerate(problem.stands)}
    pins = problem.pins
    found = [number[pins[each.code][0]] if each.code in pins else NOWHERE for each in problem.exhibitors]
    return np.array(found, np.int32)


@dataclass(frozen=True, slots=True)
class _Offers:
    """What stands, or blocks of one size, offer (each S)."""

    open: NDArray[np.bool_]
    area: NDArray[np.int64]
    power: NDArray[np.bool_]
    water: NDArray[np.bool_]
    food: NDArray[np.bool_]
    step_free: NDArray[np.bool_]
    corner: NDArray[np.bool_]

    @classmethod
    def of(cls, stands: tuple[Stand, ...]) -> _Offers:
        def flags(name: str) -> NDArray[np.bool_]:
            return np.array([getattr(each, name) for each in stands], dtype=bool)

        area = np.array([each.area for each in stands], dtype=np.int64)
        names = ("power", "water", "food", "step_free", "corner")
        return cls(flags("open_to_exhibitors"), area, *(flags(name) for name in names))

    def blocks(self, size: int, run_end: NDArray[np.int32], taken: NDArray[np.bool_]) -> _Offers:
        """The same of blocks of ``size`` stands."""
        inside = np.arange(len(run_end)) + size <= run_end
        return _Offers(
            inside & over_blocks(self.open & ~taken, size, np.logical_and),
            over_blocks(self.area, size, np.add),
            over_blocks(self.power, size, np.logical_or),
            over_blocks(self.water, size, np.logical_or),
            over_blocks(self.food, size, np.logical_and),
            over_blocks(self.step_free, size, np.logical_and),
            over_blocks(self.corner, size, np.logical_or),
        )


def value_of(terms: Terms, starts: NDArray[np.int32]) -> int:
    """The points of a placement by the numbers alone; tests hold it against the judge."""
    total = terms.constant
    held = [range(s, s + n) if s >= 0 else range(0) for s, n in zip(starts.tolist(), terms.size.tolist(), strict=True)]
    for who, start in enumerate(starts.tolist()):
        total += int(terms.cost[who, start]) if start >= 0 else int(terms.unplaced[who])
    zones = {(int(terms.group[who]), int(terms.zone[block[0]])) for who, block in enumerate(held) if block}
    total += terms.spread * len(zones)
    for a, b in terms.apart:
        if touch(held[a], held[b], terms.near):
            total += terms.apart_points
    for a, b in terms.together:
        if not (held[a] and held[b]):
            total += terms.beside_points + terms.zone_points
            continue
        total += 0 if touch(held[a], held[b], terms.beside) else terms.beside_points
        total += 0 if terms.zone[held[a][0]] == terms.zone[held[b][0]] else terms.zone_points
    for quota in terms.quotas:
        watched = set(quota.stands)
        count = sum(stand in watched for who in quota.members for stand in held[who])
        total += quota.points * max(0, count - quota.limit)
    return total


def touch(one: range, other: range, relation: Near) -> bool:
    """Whether any stand of one block is in the relation to any of the other."""
    return any(neighbour in other for stand in one for neighbour in relation[stand])
