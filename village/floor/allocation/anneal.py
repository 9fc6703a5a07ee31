"""Annealing: a placement made better by very many small exchanges, in numba's machine code.

`python -m village.floor.allocation.anneal` compiles it beforehand; without that the first search does.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from village.floor.allocation.terms import NEVER, NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType

    from numpy.typing import NDArray

    from village.floor.allocation.terms import Terms

# How many of its cheapest blocks an exhibitor tries above others.
CHOICES = 48
LIMITS = 4096
COLUMNS = 16


@cache
def kernel() -> ModuleType | None:
    """The compiled loop; None where numba is not installed."""
    if find_spec("numba") is None:
        return None
    _make_cache_writable()
    from village.floor.allocation import kernel as found

    return found


def _make_cache_writable() -> None:
    """Where neither the installation nor the home can be written to, machine code is kept with temporary files."""
    if "NUMBA_CACHE_DIR" in os.environ or "numba" in sys.modules:
        return
    beside = Path(__file__).parent / "__pycache__"
    if any(os.access(_existing(folder), os.W_OK) for folder in (beside, Path.home() / ".cache")):
        return
    # The compiler's own setting, for this process; the village has none of its own for it.
    os.environ.update(NUMBA_CACHE_DIR=str(_own_folder()))


def _own_folder() -> Path:
    """A folder for temporary files that nobody else can put machine code into."""
    folder = Path(tempfile.gettempdir()) / f"village-numba-{os.getuid()}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077:
        return folder
    return Path(tempfile.mkdtemp(prefix="village-numba-"))


def _existing(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())


@dataclass(slots=True)
class Board:
    """A placement in the arrays the compiled loop works on (see `kernel`)."""

    cost: NDArray[np.int32]
    people: NDArray[np.int64]
    stands: NDArray[np.int64]
    lists: NDArray[np.int64]
    tally: NDArray[np.int64]
    moves: NDArray[np.int64]
    chance: NDArray[np.uint64]
    limits: NDArray[np.float64]

    def starts(self) -> NDArray[np.int32]:
        """First stands (N), NOWHERE for none."""
        return self.people[:, 0].astype(np.int32)

    def run(self, proposals: int, hot: float, cool: float) -> int:
        """Make proposals from one temperature to another; points gained (below 0) or lost."""
        found = kernel()
        if found is None:
            raise RuntimeError("numba is not installed")
        bench = np.flatnonzero(self.people[:, 0] < 0)
        change = found.anneal(
            self.cost, self.people, self.stands, self.lists, self.tally, self.moves, self.chance, bench,
            self.limits, proposals, float(hot), float(cool),
        )  # fmt: skip
        return int(change)


class _Lists:
    """Lists of numbers laid one behind the other."""

    def __init__(self) -> None:
        self.parts: list[NDArray[np.int64]] = []
        self.end = 0

    def add(self, numbers: Any) -> tuple[int, int]:
        """Append; where the part begins and ends."""
        part = np.asarray(numbers, np.int64).ravel()
        self.parts.append(part)
        self.end += len(part)
        return self.end - len(part), self.end

    def add_each(self, parts: Iterable[Sequence[int]]) -> NDArray[np.int64]:
        """Append each; begin and end of each (count × 2)."""
        bounds = [self.add(part) for part in parts]
        return np.array(bounds, np.int64).reshape(-1, 2)

    def joined(self) -> NDArray[np.int64]:
        return np.concatenate([np.zeros(0, np.int64), *self.parts])


def board(
    terms: Terms, starts: NDArray[np.int32], seed: int, blocks: NDArray[np.int32] | None = None
) -> Board:
    """The arrays of a valid placement.

    ``blocks`` (N×M): first stands each exhibitor tries above others; without them its cheapest.
    """
    lists = _Lists()
    people = _people(terms, lists, blocks)
    stands = _stands(terms, lists)
    watched = [lists.add(np.isin(np.arange(len(terms.zone)), each.stands)) for each in terms.quotas]
    tally = _tally(terms, [first for first, _ in watched])
    chance = np.array([(seed * 2654435761 + 88172645463325252) % 2**64 or 1], np.uint64)
    limits = -np.log((np.arange(LIMITS) + 0.5) / LIMITS)
    moves = np.zeros((3, 32), np.int64)
    made = Board(terms.cost, people, stands, lists.joined(), tally, moves, chance, limits)
    _place(terms, made, starts)
    return made


def _people(terms: Terms, lists: _Lists, blocks: NDArray[np.int32] | None) -> NDArray[np.int64]:
    count = len(terms.size)
    partners: list[list[int]] = [[] for _ in range(count)]
    slack = np.zeros(count, np.int64)
    points = (terms.apart_points, terms.beside_points + terms.zone_points)
    for kind, pairs in enumerate((terms.apart, terms.together)):
        for a, b in pairs:
            partners[a].append(2 * b + kind)
            partners[b].append(2 * a + kind)
            slack[[a, b]] += points[kind]
    quotas: list[list[int]] = [[] for _ in range(count)]
    for number, quota in enumerate(terms.quotas):
        for who in quota.members:
            quotas[who].append(number)
    found = np.zeros((count, COLUMNS), np.int64)
    found[:, 0] = NOWHERE
    found[:, 1:6] = np.column_stack([terms.size, terms.group, terms.watts, terms.unplaced, slack])
    found[:, 7] = terms.pinned
    found[:, 8:10] = lists.add_each(partners)
    found[:, 10:12] = lists.add_each(quotas)
    groups = int(terms.group.max(initial=0)) + 1
    kin = lists.add_each([np.flatnonzero(terms.group == group).tolist() for group in range(groups)])
    found[:, 12:14] = kin[terms.group]
    found[:, 14:16] = lists.add_each(_choices(terms, who, blocks) for who in range(count))
    return found


def _choices(terms: Terms, who: int, blocks: NDArray[np.int32] | None) -> Any:
    """The blocks an exhibitor tries above others; any stand for one who may have none."""
    cost = terms.cost[who]
    if blocks is None:
        most = min(CHOICES, len(cost))
        kept = np.argpartition(cost, most - 1)[:most] if most else np.zeros(0, np.int64)
    else:
        kept = blocks[who]
    kept = np.sort(kept[cost[kept] < NEVER])
    return kept if len(kept) else [0]


def _stands(terms: Terms, lists: _Lists) -> NDArray[np.int64]:
    count, sizes = len(terms.zone), len(terms.circuit)
    found = np.zeros((count, 9 + sizes), np.int64)
    found[:, 0] = NOWHERE
    found[:, 1], found[:, 2] = terms.zone, terms.run_end
    found[:, 3:5] = lists.add_each(terms.near)
    found[:, 5:7] = lists.add_each(terms.beside)
    zones = int(terms.zone.max(initial=0)) + 1
    rooms = lists.add_each([np.flatnonzero(terms.zone == zone).tolist() for zone in range(zones)])
    found[:, 7:9] = rooms[terms.zone]
    found[:, 9:] = terms.circuit.T
    return found


def _tally(terms: Terms, watched: list[int]) -> NDArray[np.int64]:
    zones, groups = int(terms.zone.max(initial=0)) + 1, int(terms.group.max(initial=0)) + 1
    count_at = 9 + 4 * len(terms.quotas)
    load_at = count_at + zones * groups
    capacity_at = load_at + len(terms.capacity)
    head = [terms.spread, terms.apart_points, terms.beside_points, terms.zone_points, zones]
    head += [count_at, load_at, capacity_at, 0]
    for quota, marks in zip(terms.quotas, watched, strict=True):
        head += [0, quota.limit, quota.points, marks]
    counted = np.zeros(zones * groups + len(terms.capacity), np.int64)
    return np.concatenate([np.array(head, np.int64), counted, terms.capacity.astype(np.int64)])


def _place(terms: Terms, made: Board, starts: NDArray[np.int32]) -> None:
    """Put everyone on its stands and count what that makes."""
    tally, zones = made.tally, int(made.tally[4])
    for who, start in enumerate(starts.tolist()):
        if start < 0:
            continue
        size = int(terms.size[who])
        made.people[who, 0] = start
        made.stands[start : start + size, 0] = who
        tally[tally[5] + terms.group[who] * zones + terms.zone[start]] += 1
        circuit = terms.circuit[size, start]
        if circuit != NOWHERE:
            tally[tally[6] + circuit] += terms.watts[who]
    for number, quota in enumerate(terms.quotas):
        held = [made.stands[stand, 0] for stand in quota.stands]
        tally[9 + 4 * number] = np.isin(held, quota.members).sum()


def ready() -> None:
    """See that the loop is compiled; nothing to do without numba."""
    if kernel() is None:
        return
    from village.floor.allocation.problem import Exhibitor, problem
    from village.floor.rules import Box, Stand

    stand = Stand("A01", Box(0, 0, 300, 300), zone="A", row="A", position=0, power=False, water=False,
                  step_free=True, entrance_cm=0)  # fmt: skip
    case = problem([stand], [Exhibitor("E01")])
    terms = case.rules.terms(case)
    board(terms, np.array([NOWHERE], np.int32), 0).run(1, 1.0, 1.0)


if __name__ == "__main__":
    ready()
