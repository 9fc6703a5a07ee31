"""Stands, needs and distances on a floor: frozen values and the decisions about one stand.

Lengths are whole centimetres, measured from the north-west corner of the hall: ``x`` runs east,
``y`` runs south.  Whole numbers keep every comparison exact and every plan the same on all machines.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import isqrt
from typing import TYPE_CHECKING, Protocol, TypeVar

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from village.floor.geometry.rows import Laid

# Two stands whose edges are this near still touch: a tent frame is never laid out to the millimetre.
TOUCHING_CM = 10


class Side(StrEnum):
    """A side of the hall or of a stand, as seen on the plan."""

    NORTH = "north"
    EAST = "east"
    SOUTH = "south"
    WEST = "west"


class Reserve(StrEnum):
    """For whom a stand is kept when it is not for exhibitors of the call."""

    INSTITUTION = "institution"
    ORGANIZER = "organizer"
    SPARE = "spare"


class DoorKind(StrEnum):
    """What a door is for; an emergency exit is never blocked by a stand."""

    ENTRANCE = "entrance"
    EMERGENCY = "emergency"


class WishKind(StrEnum):
    """What two exhibitors ask of each other's places."""

    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the floor: north-west corner and size, in centimetres."""

    x: int
    y: int
    w: int
    h: int

    def overlaps(self, other: Box) -> bool:
        """Whether the two rectangles share an area (touching edges do not count)."""
        return (
            self.x < other.x + other.w
            and other.x < self.x + self.w
            and self.y < other.y + other.h
            and other.y < self.y + self.h
        )

    def inside(self, width: int, depth: int) -> bool:
        """Whether the rectangle lies in a hall of that width and depth (centimetres)."""
        return (
            self.x >= 0
            and self.y >= 0
            and self.w > 0
            and self.h > 0
            and self.x + self.w <= width
            and self.y + self.h <= depth
        )


@dataclass(frozen=True, slots=True)
class Stand:
    """One stand as the allocation sees it.

    ``row`` names the unbroken row it stands in and ``position`` its place there: two stands of one
    row with consecutive positions are side by side, and make a block.  ``entrance_cm`` is the distance
    from the stand's centre to the entrance; ``area_cm2`` its floor (0: the box's); ``value`` how good
    the place is, 0 to 100; ``circuit`` the circuit its socket hangs on, None where nothing limits it;
    ``food`` whether its floor may carry open food.
    """

    code: str
    box: Box
    zone: str
    row: str
    position: int
    power: bool
    water: bool
    step_free: bool
    entrance_cm: int
    reserved_for: Reserve | None = None
    closed: bool = False
    area_cm2: int = 0
    corner: bool = False
    food: bool = True
    circuit: str | None = None
    value: int = 0

    @property
    def area(self) -> int:
        """Its floor in square centimetres."""
        return self.area_cm2 or self.box.w * self.box.h

    @property
    def open_to_exhibitors(self) -> bool:
        """Whether an exhibitor of the call may stand here at all."""
        return self.reserved_for is None and not self.closed


@dataclass(frozen=True, slots=True)
class Needs:
    """What an exhibitor cannot do without.  A cold box needs a socket, so ``cold`` implies power.

    ``power_w`` is the load in watts that its circuit has to carry.
    """

    power: bool = False
    water: bool = False
    cold: bool = False
    step_free: bool = False
    food: bool = False
    corner: bool = False
    power_w: int = 0

    @property
    def any_power(self) -> bool:
        """Whether the stand must have power, for machines or for cold."""
        return self.power or self.cold or self.power_w > 0


@dataclass(frozen=True, slots=True)
class Objection:
    """One hard need the stand does not meet."""

    code: str
    stand: str
    exhibitor: str

    def refusal(self) -> Refusal:
        """The objection as a refusal that can be said in the reader's language."""
        return Refusal(self.code, {"stand": self.stand, "exhibitor": self.exhibitor})


def objections(stand: Stand, exhibitor: str, needs: Needs) -> tuple[Objection, ...]:
    """Every hard need of the exhibitor that the stand does not meet, all at once.

    The organisers' words: «لكل تعاونية رواق واحد، مع الكهرباء والماء والولوج بدون أدراج عند الحاجة،
    ولا يعطى رواق محجوز لتعاونية»; « la branche froide demande une prise ».
    """
    return block_objections((stand,), exhibitor, needs)


def block_objections(
    block: Sequence[Stand], exhibitor: str, needs: Needs, *, size: int | None = None, min_area_cm2: int = 0
) -> tuple[Objection, ...]:
    """Every hard need that a block of stands (in row order) does not meet, all at once.

    Power, water and a corner are needed at one stand of the block; food-grade floor and step-free
    access at each.  ``size`` is the number of stands asked for (None: as many as the block has).
    """
    first = block[0].code
    missing = [
        *(("stand_closed", each.closed, each.code) for each in block),
        *(("stand_reserved", each.reserved_for is not None, each.code) for each in block),
        ("stand_without_power", needs.any_power and not any(each.power for each in block), first),
        ("stand_without_water", needs.water and not any(each.water for each in block), first),
        ("stand_not_corner", needs.corner and not any(each.corner for each in block), first),
        *(("stand_not_step_free", needs.step_free and not each.step_free, each.code) for each in block),
        *(("stand_without_food_floor", needs.food and not each.food, each.code) for each in block),
        ("block_too_small", sum(each.area for each in block) < min_area_cm2, first),
        ("block_of_other_size", size is not None and len(block) != size, first),
        ("block_broken", not _unbroken(block), first),
    ]
    return tuple(Objection(code, stand, exhibitor) for code, lacks, stand in missing if lacks)


def _unbroken(block: Sequence[Stand]) -> bool:
    return all(a.row == b.row and b.position == a.position + 1 for a, b in pairwise(block))


# What no reason of an organiser overrides.
FINAL = frozenset({"stand_closed", "block_broken"})


class Coded(Protocol):
    """What has the code of an objection."""

    @property
    def code(self) -> str:
        """The code."""


Told = TypeVar("Told", bound=Coded)


def left_standing(found: Iterable[Told], override_reason: str | None) -> list[Told]:
    """The objections that hold against an organiser's reason; without a reason all do.

    A closed stand, and stands that do not follow each other, are facts that no reason changes.
    """
    if not (override_reason and override_reason.strip()):
        return list(found)
    return [each for each in found if each.code in FINAL]


def centre_distance_squared_x4(a: Box, b: Box) -> int:
    """Four times the squared distance of two centres, in cm²: exact, for comparison with a limit."""
    dx = (2 * a.x + a.w) - (2 * b.x + b.w)
    dy = (2 * a.y + a.h) - (2 * b.y + b.h)
    return dx * dx + dy * dy


def nearer_than(a: Box, b: Box, limit_cm: int) -> bool:
    """Whether the centres are strictly nearer than the limit (centimetres); exact."""
    return centre_distance_squared_x4(a, b) < 4 * limit_cm * limit_cm


def distance_cm(a: Box, x: int, y: int) -> int:
    """Whole centimetres, rounded to the nearest, from the centre of ``a`` to a point."""
    dx, dy = 2 * a.x + a.w - 2 * x, 2 * a.y + a.h - 2 * y
    # sqrt(d2)/2 to the nearest whole: compare in quarters, without floats.
    return (isqrt(dx * dx + dy * dy) + 1) // 2


def side_by_side(a: Stand, b: Stand) -> bool:
    """Whether two stands are neighbours in one unbroken row."""
    return a.row == b.row and abs(a.position - b.position) == 1


def median_x2(values: Sequence[int]) -> int:
    """Twice the median, so that the middle of two whole numbers stays whole."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return 2 * ordered[middle]
    return ordered[middle - 1] + ordered[middle]


class Beside(StrEnum):
    """Where a stand lies for somebody who enters: said in words for those who do not see the plan."""

    AHEAD = "ahead"
    LEFT = "left"
    RIGHT = "right"


def layout_faults(width: int, depth: int, stands: Sequence[Laid], obstacles: Sequence[Box]) -> tuple[Refusal, ...]:
    """What is wrong with a drawing: doubled codes, stands outside the hall, overlaps."""
    faults: list[Refusal] = []
    seen: set[str] = set()
    for each in stands:
        if each.code in seen:
            faults.append(Refusal("stand_code_twice", {"stand": each.code}))
        seen.add(each.code)
        if not each.box.inside(width, depth):
            faults.append(Refusal("stand_outside_hall", {"stand": each.code}))
        if any(each.box.overlaps(other) for other in obstacles):
            faults.append(Refusal("stand_on_obstacle", {"stand": each.code}))
    ordered = sorted(stands, key=lambda each: each.box.x)
    for index, each in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.box.x >= each.box.x + each.box.w:
                break
            if each.box.overlaps(other.box):
                pair = sorted((each.code, other.code))
                faults.append(Refusal("stands_overlap", {"stand": pair[0], "other": pair[1]}))
    return tuple(faults)


def undoable_changes(takes_back: Mapping[int, int | None]) -> list[int]:
    """Ids of the changes that "undo" may take back, oldest first.

    ``takes_back`` gives, for each change in order, the change that it takes back, or None.  To take an
    undoing back is to redo: a change counts while it stands and an even number of undoings led to it.
    """
    taken_back = set(takes_back.values())
    steps: dict[int, int] = {}
    for change, before in takes_back.items():
        steps[change] = 0 if before is None else steps[before] + 1
    return [change for change in takes_back if change not in taken_back and steps[change] % 2 == 0]
