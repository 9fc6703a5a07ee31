"""How good a place in the hall is, and how good an exhibitor's earlier places were: whole points, 0 to 100.  Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BEST: Final = 100
# A corner is seen from two aisles: it makes a place so many points better.
CORNER_POINTS: Final = 15
# A place from here on is a good one; below, nobody owes anything for it.
GOOD: Final = 50


def place_value(entrance_cm: int, open_sides: int, ways: Sequence[int]) -> int:
    """How good a stand's place is where the organisers did not say: near the entrance and open to the aisles.

    ``ways`` are the distances of all the hall's stands from the entrance (cm), in rising order: the value is
    the share of the other stands that lie farther (half of those at the same distance), and more for a corner.
    """
    others = len(ways) - 1
    if others < 1:
        share = BEST
    else:
        farther = len(ways) - bisect_right(ways, entrance_cm)
        same = bisect_right(ways, entrance_cm) - bisect_left(ways, entrance_cm) - 1
        share = BEST * (2 * farther + max(same, 0)) // (2 * others)
    return min(BEST, share + (CORNER_POINTS if open_sides > 1 else 0))


def good_place_points(places: Iterable[tuple[int, int]]) -> int:
    """What an exhibitor had of good places, 0 to 100, from (editions ago, value of the place).

    A place counts from the middle of the scale up, fully where it was last year's, half where it is a year
    older, and so on: good places are remembered, and forgotten again.
    """
    points = 0
    for ago, value in places:
        over = max(0, value - GOOD) * BEST // (BEST - GOOD)
        points += over >> max(0, ago - 1)
    return min(BEST, points)
