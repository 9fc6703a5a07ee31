"""The smallest set that cannot all be placed, found by leaving out one after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from village.floor.allocation.completion import Completion

if TYPE_CHECKING:
    from village.floor.allocation.terms import Terms


@dataclass(frozen=True, slots=True)
class Misfit:
    """Numbers of exhibitors of whom only ``most`` fit at once, and any of them less: they fit.

    ``by_load``: their stands would do, were it not for the circuits.
    """

    who: tuple[int, ...]
    most: int
    by_load: bool


def find_misfit(terms: Terms) -> Misfit | None:
    """A minimal set that cannot be placed all at once; None when everybody can be."""
    everyone = list(range(len(terms.size)))
    if _all_placed(terms, everyone):
        return None
    members = _shrunk(terms, everyone)
    without_load = replace(terms, watts=np.zeros_like(terms.watts))
    most = Completion(_part(terms, members)).most
    return Misfit(tuple(members), most, by_load=_all_placed(without_load, members))


def _shrunk(terms: Terms, members: list[int]) -> list[int]:
    """Halves first, then ever smaller parts: few questions when few are concerned."""
    part = len(members) // 2
    while part:
        first = 0
        while first < len(members):
            rest = members[:first] + members[first + part :]
            if rest and not _all_placed(terms, rest):
                members = rest
            else:
                first += part
        part = min(part // 2, len(members) // 2) if part > 1 else 0
    return members


def _all_placed(terms: Terms, members: list[int]) -> bool:
    return Completion(_part(terms, members)).most == len(members)


def _part(terms: Terms, members: list[int]) -> Terms:
    """The numbers of some exhibitors alone on the floor."""
    return replace(
        terms,
        exhibitors=tuple(terms.exhibitors[each] for each in members),
        size=terms.size[members],
        group=terms.group[members],
        allowed=terms.allowed[members],
        cost=terms.cost[members],
        unplaced=terms.unplaced[members],
        watts=terms.watts[members],
        pinned=terms.pinned[members],
    )
