"""A hall as it arrives in a file: read once, checked wholly, in whole centimetres from then on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from village.floor.geometry.rows import Laid, rows_of
from village.floor.rules import Box, DoorKind, Reserve, Side, distance_cm, layout_faults
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# No hall is longer than a kilometre: more is a slip of the pen, centimetres for metres.
MOST_METRES = 1000


@dataclass(frozen=True, slots=True)
class DrawnZone:
    """A zone with its sectors, as `sector` or `sector:branch`."""

    code: str
    name_ar: str | None
    name_fr: str | None
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawnDoor:
    """A door: its corner and width along its wall, in centimetres."""

    code: str
    kind: DoorKind
    side: Side
    x: int
    y: int
    w: int


@dataclass(frozen=True, slots=True)
class DrawnObstacle:
    """Something in the way."""

    code: str
    kind: str
    box: Box


@dataclass(frozen=True, slots=True)
class DrawnStand:
    """A stand of the drawing with its place in a row."""

    code: str
    box: Box
    zone: str
    back: Side
    row: str
    position: int
    open_sides: int
    power: bool
    water: bool
    step_free: bool
    entrance_cm: int
    reserved_for: Reserve | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole hall, checked."""

    width: int
    depth: int
    zones: tuple[DrawnZone, ...]
    doors: tuple[DrawnDoor, ...]
    obstacles: tuple[DrawnObstacle, ...]
    stands: tuple[DrawnStand, ...]


def read_drawing(data: Mapping[str, Any]) -> Drawing:
    """Read a hall from its JSON form (metres, origin north-west, x east, y south).

    The distance to the entrance is taken from the file when it is there, else measured from the
    stand's centre to the middle of the first entrance.

    Raises:
        Refusal: ``floor_unreadable`` when a value is missing or not of its kind, else the faults of
            the layout, all at once.
    """
    try:
        drawing = _read(data)
    except (KeyError, TypeError, ValueError, InvalidOperation, AttributeError) as error:
        raise Refusal("floor_unreadable", {"detail": str(error)[:80]}) from error
    laid = [Laid(each.code, each.box, each.back) for each in drawing.stands]
    faults = [
        *layout_faults(drawing.width, drawing.depth, laid, [each.box for each in drawing.obstacles]),
        *_zone_faults(drawing),
    ]
    if faults:
        raise Refusal("floor_faulty", {"faults": len(faults)}, tuple(faults))
    return drawing


def _zone_faults(drawing: Drawing) -> list[Refusal]:
    known = {each.code for each in drawing.zones}
    return [
        Refusal("stand_zone_unknown", {"stand": each.code, "zone": each.zone})
        for each in drawing.stands
        if each.zone not in known
    ]


def _read(data: Mapping[str, Any]) -> Drawing:
    doors = tuple(
        DrawnDoor(
            _code(each), DoorKind(each["kind"]), Side(each["side"]), _cm(each["x"]), _cm(each["y"]), _cm(each["w"])
        )
        for each in data["doors"]
    )
    zones = tuple(
        DrawnZone(_code(each), each.get("name_ar"), each.get("name_fr"), tuple(map(str, each["sectors"])))
        for each in data["zones"]
    )
    obstacles = tuple(DrawnObstacle(_code(each), str(each["kind"]), _box(each)) for each in data["obstacles"])
    rows = rows_of([Laid(_code(each), _box(each), Side(each["back"])) for each in data["stands"]])
    stands = tuple(_stand(each, rows, doors) for each in data["stands"])
    return Drawing(_cm(data["width_m"]), _cm(data["depth_m"]), zones, doors, obstacles, stands)


def _stand(each: Mapping[str, Any], rows: Mapping[str, tuple[str, int]], doors: Sequence[DrawnDoor]) -> DrawnStand:
    box, code = _box(each), _code(each)
    row, position = rows[code]
    measured = each.get("distance_to_entrance_m")
    return DrawnStand(
        code=code,
        box=box,
        zone=str(each["zone"]),
        back=Side(each["back"]),
        row=row,
        position=position,
        open_sides=int(each["open_sides"]),
        power=_flag(each["has_power"]),
        water=_flag(each["has_water"]),
        step_free=_flag(each["step_free"]),
        entrance_cm=_from_entrance(box, doors) if measured is None else _cm(measured),
        reserved_for=Reserve(each["reserved_for"]) if each.get("reserved_for") else None,
    )


def _from_entrance(box: Box, doors: Sequence[DrawnDoor]) -> int:
    door = next(each for each in doors if each.kind is DoorKind.ENTRANCE)
    along_x = door.side in (Side.NORTH, Side.SOUTH)
    half = door.w // 2
    return distance_cm(box, door.x + half if along_x else door.x, door.y if along_x else door.y + half)


def _code(each: Mapping[str, Any]) -> str:
    code = str(each["code"]).strip()
    if not code:
        raise ValueError("a code is empty")
    return code


def _box(each: Mapping[str, Any]) -> Box:
    return Box(_cm(each["x"]), _cm(each["y"]), _cm(each["w"]), _cm(each["h"]))


def _cm(metres: float | str) -> int:
    """Metres to whole centimetres, half a centimetre upwards; finite and within a kilometre."""
    if isinstance(metres, bool):
        raise TypeError("a length is a number")
    length = Decimal(str(metres))
    if not length.is_finite() or abs(length) > MOST_METRES:
        raise ValueError(f"length {metres}")
    return int((length * 100).quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("a feature is true or false")
    return value
