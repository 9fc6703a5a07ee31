"""Ways that are too narrow: where people pass between stands, obstacles and walls, measured at the narrowest.

Stands and obstacles that nobody can pass between make one island together; a wall makes an island with what stands
against it.  Where two islands come nearer than the least aisle, the way between them is narrow there.  In front of a
stand it is narrow wherever something stands nearer than that, be it of the same island (a blind alley).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from village.floor.geometry.scene import Scene

Way = tuple[Literal["bad", "warn"], tuple[str, ...], dict[str, Any]]

# A gap of a hand's breadth under the body's: nobody passes, so it is no way at all.
NOBODY_CM = 60
# A wheelchair passes here (arrêté of 20 April 2017, article 6: 0.90 m past a single obstacle).
WHEELCHAIR_CM = 90
# Half a centimetre less than asked is as asked.
ROUNDING_CM = 0.5


def narrow_ways(scene: Scene) -> list[Way]:
    """Each narrow way once: level, codes of what it lies between, facts (width and least aisle, metres)."""
    return []
