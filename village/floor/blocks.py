"""Blocks by hand: which neighbouring stands an exhibitor gets when one of them is pointed at.  Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Run = tuple[int, ...]
"""Ids of neighbouring stands of one row, in row order."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A stand as hands see it: where it stands in its row."""

    id: int
    code: str
    row: str
    position: int
    closed: bool


@dataclass(frozen=True)
class Floor:
    """A hall's stands in row order and who has them (exhibitor by stand)."""

    spots: tuple[Spot, ...]
    holders: Mapping[int, int]

    @cached_property
    def place(self) -> dict[int, int]:
        """Where in the row order each stand is."""
        return {each.id: index for index, each in enumerate(self.spots)}

    @cached_property
    def code(self) -> dict[int, str]:
        """Codes of the stands."""
        return {each.id: each.code for each in self.spots}

    def block_of(self, who: int | None) -> Run:
        """The stands of an exhibitor, in row order."""
        return () if who is None else tuple(each.id for each in self.spots if self.holders.get(each.id) == who)

    def unbroken(self, stands: Iterable[int]) -> bool:
        """Whether stands are neighbours in one row."""
        order = [self.spots[each] for each in sorted(self.place[stand] for stand in stands)]
        return all(_joined(a, b) for a, b in pairwise(order))

    def in_order(self, stands: Iterable[int]) -> Run:
        """The stands in row order."""
        return tuple(sorted(stands, key=self.place.__getitem__))

    def runs(self, stand: int, size: int) -> Iterator[Run]:
        """The runs of ``size`` stands with this one: first that begins there, then that ends there, then the others."""
        at = self.place[stand]
        for first in sorted(
            range(at - size + 1, at + 1), key=lambda first: (first != at, first != at - size + 1, first)
        ):
            found = self.spots[max(first, 0) : first + size] if first >= 0 else ()
            if len(found) == size and all(_joined(a, b) for a, b in pairwise(found)):
                yield tuple(each.id for each in found)

    def runs_for(self, who: int, stand: int, size: int) -> Iterator[Run]:
        """Runs whose stands are free, its own, or of whoever has the stand that is pointed at."""
        yields = {None, who, self.holders.get(stand)}
        return (run for run in self.runs(stand, size) if all(self.holders.get(each) in yields for each in run))

    def exchanges(self, block: Run, stand: int) -> Iterator[Run]:
        """Runs as long as a block and apart from it, whose holders have no stand outside the run."""
        for run in self.runs(stand, len(block)):
            if not set(run) & set(block):
                inside = {who for each in run if (who := self.holders.get(each)) is not None}
                if all(set(self.block_of(who)) <= set(run) for who in inside):
                    yield run


def _joined(a: Spot, b: Spot) -> bool:
    return a.row == b.row and b.position == a.position + 1
