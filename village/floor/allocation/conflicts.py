"""A conflict: why not everybody can have a stand, in codes that are worded elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.floor.allocation.problem import Exhibitor
    from village.kit.db import Json

Kind = Literal["no_block", "hall_set", "circuit", "pins"]
# What an exhibitor may ask of a block, in the order in which one would rather give way.
ASKED = ("area", "corner", "step_free", "power", "water", "food", "size")


@dataclass(frozen=True, slots=True)
class Conflict:
    """One reason why not everybody can have a stand.

    ``exhibitors`` and ``stands`` are codes, sorted.  ``need`` by kind:

    - no_block, one exhibitor with no block at all: ``needs`` the fewest needs (of area, corner, step_free, power,
      water, food, size) that it would have to give up, ``ways`` every choice of so few, ``size`` the stands it asks
      for, ``longest`` how many in one row it could have with its other needs.
    - hall_set, more wanted than there is: ``needs`` that all of them share and not every place meets, ``size`` of the
      smallest block among them, ``wanted`` and ``available`` in ``unit`` "stand", "block" (of ``size`` stands) or
      "exhibitor" (of those named, so many can be placed at once).  No exhibitor can be left out of the set without
      the lack becoming smaller; ``stands`` are all that any of them may have.
    - circuit, more load than their circuits carry: ``circuits``, ``wanted`` and ``available`` in watts; with
      ``placed`` where the sum would do but no distribution does: so many of those named can be placed at once.
    - pins: ``objections``, codes of the needs that a pin does not meet; or ``circuits``, ``wanted`` and ``available``
      of circuits that the pins overload; or, where pins take from others what they could not do without,
      ``instead`` with the kind of that conflict, and its need.
    """

    kind: Kind
    exhibitors: tuple[str, ...]
    stands: tuple[str, ...]
    need: Mapping[str, Json]

    def as_json(self) -> dict[str, Json]:
        """The conflict in the form of docs/allocation.md."""
        return {
            "kind": self.kind,
            "exhibitors": list(self.exhibitors),
            "stands": list(self.stands),
            "need": dict(self.need),
        }


def needs_of(who: Exhibitor) -> tuple[str, ...]:
    """Which of the things one may ask of a block the exhibitor asks for."""
    needs = who.needs
    asked = {
        "area": who.min_area_cm2 > 0,
        "corner": needs.corner,
        "step_free": needs.step_free,
        "power": needs.any_power,
        "water": needs.water,
        "food": needs.food,
        "size": who.size > 1,
    }
    return tuple(name for name in ASKED if asked[name])
