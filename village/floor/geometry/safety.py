"""How many people a hall may hold, by a published rule.

The French safety rules for places open to the public (arrêté of 25 June 1980, type T: halls of temporary fairs),
which Moroccan organisers also work by: one person for each square metre that is open to the public (article T 2);
ways out counted in units of passage of 0.60 m, where one unit takes 0.90 m and two take 1.40 m, and a width between
two counts for the smaller (CO 36); one unit for each 100 persons begun, and one more from 101 to 500 persons; two
ways out from 51 persons, one more for each 500 begun above 500 (CO 38).  No stand counts as open to the public here,
which is the stricter reading.  The safety committee has the last word: this is a first look, not its opinion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from village.floor.geometry.scene import Scene

PEOPLE_PER_SQUARE_METRE: Final = 1
SQUARE_METRE: Final = 10_000
UNIT_CM: Final = 60
ONE_UNIT_CM: Final = 90
TWO_UNITS_CM: Final = 140
PEOPLE_PER_UNIT: Final = 100
FEW: Final = 50
ONE_WAY_OUT_MORE: Final = 500


def units_of_passage(width_cm: int) -> int:
    """How many people can leave abreast through a door, in units of passage (CO 36)."""
    if width_cm < ONE_UNIT_CM:
        return 0
    if width_cm < TWO_UNITS_CM:
        return 1
    return max(2, width_cm // UNIT_CM)


def units_needed(people: int) -> int:
    """Units of passage that so many people need together (CO 38)."""
    hundreds = -(-people // PEOPLE_PER_UNIT)
    return hundreds + 1 if PEOPLE_PER_UNIT < people <= ONE_WAY_OUT_MORE else hundreds


def ways_out_needed(people: int) -> int:
    """Doors that so many people need (CO 38)."""
    if people <= FEW:
        return 1
    return 2 + max(0, -(-(people - ONE_WAY_OUT_MORE) // ONE_WAY_OUT_MORE))


def free_floor_cm2(scene: Scene) -> int:
    """The floor that visitors walk on: the hall without its stands and obstacles (cm²)."""
    import shapely

    hall = shapely.box(0, 0, scene.width, scene.depth)
    taken = shapely.union_all(scene.shapes.things) if len(scene.shapes.things) else shapely.Point()
    return int(hall.area - shapely.intersection(hall, taken).area)


def most_people(scene: Scene) -> tuple[int, int]:
    """How many people the free floor allows, and how many the doors let out."""
    by_floor = PEOPLE_PER_SQUARE_METRE * free_floor_cm2(scene) // SQUARE_METRE
    units = sum(units_of_passage(door.width) for door in scene.doors)
    doors = sum(units_of_passage(door.width) > 0 for door in scene.doors)
    by_doors = PEOPLE_PER_UNIT * units
    if PEOPLE_PER_UNIT < by_doors <= ONE_WAY_OUT_MORE + PEOPLE_PER_UNIT:
        by_doors = max(PEOPLE_PER_UNIT, by_doors - PEOPLE_PER_UNIT)
    by_number = FEW if doors == 1 else ONE_WAY_OUT_MORE * (doors - 1)
    return by_floor, min(by_doors, by_number if doors else 0)


def crowd_faults(scene: Scene) -> Iterator[tuple[str, tuple[str, ...], dict[str, Any]]]:
    """Announced people beyond what floor or doors allow: code, things, facts."""
    people = scene.capacity
    if people is None:
        return
    by_floor, by_doors = most_people(scene)
    if people > by_floor:
        yield "people_above_floor", ("HALL",), {"people": people, "most": by_floor}
    if people > by_doors:
        facts = {"people": people, "most": by_doors, "units": units_needed(people), "ways": ways_out_needed(people)}
        yield "people_above_exits", tuple(door.code for door in scene.doors), facts
