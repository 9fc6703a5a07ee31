"""Zones as areas of the floor: the ground round a zone's stands, and a free place to write its name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from village.floor.rules import Box, Side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry
    from shapely.strtree import STRtree

# Rows of one zone across an aisle up to so wide make one area; an area reaches so far past its stands.
AISLE_CM, MARGIN_CM = 330, 105
# A letter of a name, as a share of the size of the letters; sizes to try, as shares of the largest.
LETTER, SIZES = 0.56, (1.0, 0.8, 0.62)
# Between the front of a row and the name of its zone.
BEFORE_ROW_CM = 24


@dataclass(frozen=True, slots=True)
class ZoneStand:
    """A stand as an area sees it: its zone, its row, its box, where its back is."""

    zone: str
    row: str
    box: Box
    back: Side


@dataclass(frozen=True, slots=True)
class Name:
    """Where a name is written: the middle of its line, the size of its letters, and whether it runs upwards."""

    x: int
    y: int
    size: int
    upwards: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """The area of a zone: rings of points in centimetres, and where its name fits (None: nowhere)."""

    zone: str
    rings: tuple[tuple[tuple[int, int], ...], ...]
    name: Name | None

    @property
    def path(self) -> str:
        """The rings as SVG path data."""
        return "".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "Z" for ring in self.rings)


@lru_cache(maxsize=32)
def zone_areas(
    size: tuple[int, int],
    stands: tuple[ZoneStand, ...],
    obstacles: tuple[Box, ...],
    letters: tuple[tuple[str, int], ...],
    largest: int,
) -> tuple[Area, ...]:
    """The areas of a hall's zones in the order of `letters`, which gives each zone's code and the length of its name.

    Names keep clear of stands, obstacles and one another; `largest` is the size of letters to try first (centimetres).
    """
    from shapely import box, unary_union
    from shapely.strtree import STRtree

    hall = box(0, 0, *size)
    grounds = {code: unary_union([_square(each.box) for each in stands if each.zone == code]) for code, _ in letters}
    solids = [_square(each.box) for each in stands] + [_square(each) for each in obstacles]
    tree = STRtree(solids)
    made: list[Area] = []
    taken: BaseGeometry = box(0, 0, 0, 0)
    names: list[BaseGeometry] = []
    for code, length in letters:
        if grounds[code].is_empty:
            continue
        others = [each.buffer(MARGIN_CM, join_style="mitre") for key, each in grounds.items() if key != code]
        reach = AISLE_CM // 2
        area = grounds[code].buffer(reach, join_style="mitre").buffer(MARGIN_CM - reach, join_style="mitre")
        area = area.intersection(hall).difference(unary_union([*others, taken]))
        taken = unary_union([taken, area])
        own = [each for each in stands if each.zone == code]
        spots = (spot for share in SIZES for spot in _spots(own, length, round(largest * share)))
        found = next((spot for spot in spots if _is_clear(spot[1], hall, tree, names)), None)
        if found:
            names.append(found[1])
        made.append(Area(code, _rings(area), found[0] if found else None))
    return tuple(made)


def _is_clear(room: BaseGeometry, hall: BaseGeometry, solids: STRtree, names: Sequence[BaseGeometry]) -> bool:
    """Whether a name may be written there."""
    free = hall.contains(room) and not len(solids.query(room, "intersects"))
    return free and not any(room.intersects(each) for each in names)


def _square(each: Box) -> BaseGeometry:
    from shapely import box

    return box(each.x, each.y, each.x + each.w, each.y + each.h)


def _spots(stands: Sequence[ZoneStand], length: int, size: int) -> Iterator[tuple[Name, BaseGeometry]]:
    """Places before the rows of a zone, the longest row first, each with the room its name takes."""
    from shapely import box

    rows: dict[str, list[Box]] = {}
    backs: dict[str, Side] = {}
    for each in stands:
        rows.setdefault(each.row, []).append(each.box)
        backs[each.row] = each.back
    half = round(length * size * LETTER) // 2
    for row in sorted(rows, key=lambda row: (-len(rows[row]), row)):
        left, top = min(b.x for b in rows[row]), min(b.y for b in rows[row])
        right, bottom = max(b.x + b.w for b in rows[row]), max(b.y + b.h for b in rows[row])
        x, y = (left + right) // 2, (top + bottom) // 2
        off = BEFORE_ROW_CM + size // 2
        if backs[row] in (Side.NORTH, Side.SOUTH):
            y = bottom + off if backs[row] is Side.NORTH else top - off
            for at in (x, left + half, right - half):
                yield Name(at, y, size), box(at - half, y - size // 2, at + half, y + size // 2)
        else:
            x = right + off if backs[row] is Side.WEST else left - off
            yield Name(x, y, size, upwards=True), box(x - size // 2, y - half, x + size // 2, y + half)


def _rings(area: BaseGeometry) -> tuple[tuple[tuple[int, int], ...], ...]:
    from shapely import get_parts

    polygons = [each for each in get_parts(area.simplify(2)) if each.geom_type == "Polygon" and not each.is_empty]
    rings = [ring for each in polygons for ring in (each.exterior, *each.interiors)]
    return tuple(tuple((round(x), round(y)) for x, y in ring.coords[:-1]) for ring in rings)
