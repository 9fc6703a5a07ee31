"""Which counts of persons may be shown (law 09-08): three people of a village are known by name.

The organisers' rule: «لا يُنشر عدد يقل عن خمسة أشخاص، ولا أي عدد يمكن أن يُستنتج منه» / « aucun effectif de moins de
cinq personnes n’est montré, ni aucun qui permettrait de le calculer ».
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SMALL: Final = 5
"""Counts of persons below this are not shown."""


@dataclass(frozen=True)
class Share:
    """One bar of a chart; `count` is None where it is not shown."""

    key: str
    count: int | None


@dataclass(frozen=True)
class Breakdown:
    """Counts that add up to `total`, largest first, those that are hidden last; `total` is None where it is hidden."""

    shares: tuple[Share, ...]
    total: int | None

    @property
    def hides(self) -> bool:
        """Whether something is not shown."""
        return self.total is None or any(share.count is None for share in self.shares)

    @property
    def most(self) -> int:
        """The largest count that is shown: the length of the longest bar."""
        return max((share.count or 0 for share in self.shares), default=0)

    def of(self, key: str) -> int | None:
        """Return a count that is shown, None for one that is not; 0 for a key that nobody has."""
        return next((share.count for share in self.shares if share.key == key), 0)


def hide_small(counts: Mapping[str, int]) -> Breakdown:
    """Hide the counts below `SMALL`, and as many others as it takes that nobody can work one out from the total.

    Keys that nobody has are left out. What is hidden could be exchanged among the hidden keys without any change in
    what is shown, so a reader who knows this very rule cannot tell which is which. That needs hidden counts that
    differ, or equal ones with room on both sides: a single one, or ones that are all the least or all the greatest
    that can be small, get the next larger counts for company (all of the same size, so that no order gives one away).
    Where no other is left, or the total is small itself, the total is hidden with them.
    """
    known = {key: count for key, count in counts.items() if count}
    hidden = {key for key, count in known.items() if count < SMALL}
    while hidden and hidden != set(known) and _gives_away([known[key] for key in hidden]):
        next_larger = min(count for key, count in known.items() if key not in hidden)
        hidden |= {key for key, count in known.items() if count == next_larger}
    ordered = sorted(known.items(), key=lambda pair: (pair[0] in hidden, 0 if pair[0] in hidden else -pair[1], pair[0]))
    total = sum(known.values())
    alone = bool(hidden) and hidden == set(known) and _gives_away([known[key] for key in hidden])
    return Breakdown(
        tuple(Share(key, None if key in hidden else count) for key, count in ordered),
        None if alone or 0 < total < SMALL else total,
    )


def _gives_away(values: list[int]) -> bool:
    """Tell whether a reader who knows how many are hidden, and their sum, knows one of them."""
    return len(values) == 1 or (len(set(values)) == 1 and values[0] in {1, SMALL - 1})


@dataclass(frozen=True)
class Part:
    """A part of a whole. `count` is None where it is not shown; the whole is no secret."""

    count: int | None
    whole: int

    @property
    def per_cent(self) -> int | None:
        """The rounded share; None where it is hidden or nobody is counted."""
        return None if self.count is None else per_cent(self.count, self.whole)


def part_of(count: int, whole: int) -> Part:
    """Show a part of a whole, unless it or what it leaves is a small count of persons.

    Nobody and everybody may be shown: they name no few. The whole itself must not be a sum that is to be hidden.
    """
    small = 0 < count < SMALL or 0 < whole - count < SMALL
    return Part(None if small else count, whole)


def per_cent(part: int, whole: int) -> int | None:
    """Return the rounded share in per cent; None where there is nothing to divide by."""
    return None if whole == 0 else (200 * part + whole) // (2 * whole)
