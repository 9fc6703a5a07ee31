"""Stands from a DXF file: closed outlines with their numbers inside become stands, the walls' layer the hall.

Read in memory by ezdxf's recovering reader; blocks are taken apart, arcs become short lines.  DXF counts y upwards
from anywhere; the hall counts y downwards from its north-west corner, so the drawing is turned over and moved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from village.floor.drawing.backs import guess_backs
from village.floor.drawing.things import MOST_CM, MOST_CORNERS, Form, code
from village.floor.geometry.rows import box_of
from village.floor.rules import Box
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_BYTES: Final = 8 * 1024 * 1024
# A hall's drawing has thousands of entities; blocks within blocks can make billions of a small file.
MOST_ENTITIES: Final = 60_000
MOST_STANDS: Final = 5000
STANDS_LAYER: Final = "STANDS"
WALLS_LAYER: Final = "WALLS"
# Centimetres of one unit, by name and by the file's $INSUNITS.
UNITS: Final = {"mm": 0.1, "cm": 1.0, "m": 100.0, "in": 2.54, "ft": 30.48}
INSUNITS: Final = {1: "in", 2: "ft", 4: "mm", 5: "cm", 6: "m"}
# A corner this near to the straight line is none; a rectangle this near to its box is one.
SLACK_CM: Final = 1.0

Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class DxfRead:
    """What a DXF file holds: forms of stands by code, the hall's size (cm), its layers with entities, what is wrong."""

    stands: dict[str, Form]
    width: int
    depth: int
    layers: dict[str, int]
    faults: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def read_dxf(
    data: bytes, *, zone: str, layer: str = STANDS_LAYER, walls: str = WALLS_LAYER, unit: str | None = None
) -> DxfRead:
    """Read the stands of a DXF file.

    Args:
        data: the file.
        zone: the zone that all stands get.
        layer: the layer of the stands' outlines and of the texts inside them; any case.
        walls: the layer whose extent is the hall; the stands' own extent where it is empty.
        unit: mm, cm, m, in or ft; None for what the file says.

    Raises:
        Refusal: ``import_too_large``, ``import_unreadable``, ``import_unit_unknown``, ``import_layer_empty`` with the
            layers that there are.

    """
    if len(data) > MOST_BYTES:
        raise Refusal("import_too_large", {"limit": MOST_BYTES // 1024 // 1024})
    from ezdxf.lldxf.const import DXFError

    try:
        return _read(_open(data), zone, layer, walls, unit)
    except (DXFError, OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Refusal("import_unreadable", {"detail": type(error).__name__}) from error


def _read(document: Any, zone: str, layer: str, walls: str, unit: str | None) -> DxfRead:
    scale = _scale(document, unit)
    entities = _entities(document)
    layers = _count(entities)
    shapes = list(_closed(entities, layer, SLACK_CM / scale))
    if not shapes:
        raise Refusal("import_layer_empty", {"layer": layer, "layers": ", ".join(sorted(layers)[:12]) or "–"})
    if len(shapes) > MOST_STANDS:
        raise Refusal("import_too_large", {"limit": MOST_STANDS})
    extent = _extent(entities, walls, SLACK_CM / scale) or _extent_of(point for ring in shapes for point in ring)
    return _stands(shapes, list(_texts(entities, layer)), extent, scale, zone, layers)


def _open(data: bytes) -> Any:
    from ezdxf import recover

    document, _ = recover.read(BytesIO(data))
    return document


def _scale(document: Any, unit: str | None) -> float:
    told = unit or INSUNITS.get(int(document.header.get("$INSUNITS", 0)))
    if told not in UNITS:
        raise Refusal("import_unit_unknown", {"units": ", ".join(UNITS)})
    return UNITS[told]


def _entities(document: Any) -> list[Any]:
    """The entities of the model space, blocks taken apart."""
    from ezdxf import disassemble

    found = list(islice(disassemble.recursive_decompose(document.modelspace()), MOST_ENTITIES + 1))
    if len(found) > MOST_ENTITIES:
        raise Refusal("import_too_large", {"limit": MOST_ENTITIES})
    return found


def _count(entities: Iterable[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in entities:
        found[each.dxf.layer] = found.get(each.dxf.layer, 0) + 1
    return found


def _on(entities: Iterable[Any], layer: str, *kinds: str) -> Iterator[Any]:
    for each in entities:
        if each.dxf.layer.casefold() == layer.casefold() and each.dxftype() in kinds:
            yield each


def _closed(entities: Iterable[Any], layer: str, slack: float) -> Iterator[Ring]:
    for each in _on(entities, layer, "LWPOLYLINE", "POLYLINE", "CIRCLE", "ELLIPSE", "SPLINE"):
        ring = _points(each, slack)
        if len(ring) > 2 and (_same(ring[0], ring[-1]) or getattr(each, "is_closed", False)):  # noqa: PLR2004 - a triangle
            yield ring[:-1] if _same(ring[0], ring[-1]) else ring


def _points(entity: Any, slack: float) -> Ring:
    """The corners of a line, arcs as short lines that stay within the slack."""
    from ezdxf import path

    try:
        found = path.make_path(entity)
        return [(float(each.x), float(each.y)) for each in islice(found.flattening(slack), MOST_ENTITIES)]
    except (TypeError, ValueError, ArithmeticError):
        return []


def _same(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return abs(a[0] - b[0]) + abs(a[1] - b[1]) < 1e-6  # noqa: PLR2004 - two ends drawn at one place


def _texts(entities: Iterable[Any], layer: str) -> Iterator[tuple[str, tuple[float, float]]]:
    for each in _on(entities, layer, "TEXT", "MTEXT", "ATTRIB"):
        words = each.plain_text() if each.dxftype() == "MTEXT" else each.dxf.text
        at = each.dxf.insert
        if each.dxftype() != "MTEXT" and (each.dxf.halign or each.dxf.valign) and each.dxf.hasattr("align_point"):
            at = each.dxf.align_point
        yield " ".join(str(words).split()), (float(at.x), float(at.y))


def _extent(entities: Iterable[Any], layer: str, slack: float) -> tuple[float, float, float, float] | None:
    places: Ring = []
    for each in _on(entities, layer, "LINE", "LWPOLYLINE", "POLYLINE", "ARC"):
        places += _points(each, slack)
    return _extent_of(places) if places else None


def _extent_of(points: Iterable[tuple[float, float]]) -> tuple[float, float, float, float]:
    places = list(points)
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return min(xs), min(ys), max(xs), max(ys)


def _stands(
    shapes: list[Ring],
    texts: list[tuple[str, tuple[float, float]]],
    extent: tuple[float, float, float, float],
    scale: float,
    zone: str,
    layers: dict[str, int],
) -> DxfRead:
    import shapely

    west, south, east, north = extent
    width, depth = round((east - west) * scale), round((north - south) * scale)
    if not (100 <= width <= MOST_CM and 100 <= depth <= MOST_CM):  # noqa: PLR2004 - a metre at least
        raise Refusal("import_unit_wrong", {"width": f"{width / 100:g}", "depth": f"{depth / 100:g}"})
    faults: list[tuple[str, dict[str, Any]]] = []
    forms: dict[str, Form] = {}
    names = _names(shapes, texts, faults)
    for ring, name in sorted(zip(shapes, names, strict=True), key=lambda each: each[1]):
        corners = [[round((x - west) * scale), round((north - y) * scale)] for x, y in ring]
        form = _form(corners, zone)
        if form is None or not shapely.Polygon(corners).is_valid:
            faults.append(("import_outline_bad", {"stand": name}))
            continue
        forms[name] = form
    boxes = {name: Box(form["x"], form["y"], form["w"], form["h"]) for name, form in forms.items()}
    for name, back in guess_backs(boxes, width, depth).items():
        forms[name]["back"] = back.value
    return DxfRead(forms, width, depth, layers, faults)


def _names(
    shapes: list[Ring], texts: list[tuple[str, tuple[float, float]]], faults: list[tuple[str, dict[str, Any]]]
) -> list[str]:
    """A code for each outline: the text inside nearest its middle; invented and told where there is none."""
    import shapely

    tree = shapely.STRtree([shapely.Point(at) for _, at in texts])
    found: list[str] = []
    used: set[str] = set()
    for number, ring in enumerate(shapes, start=1):
        polygon = shapely.Polygon(ring)
        inside = tree.query(polygon, predicate="intersects").tolist() if texts and polygon.is_valid else []
        middle = polygon.centroid
        inside.sort(key=lambda index: (shapely.Point(texts[index][1]).distance(middle), texts[index][0]))
        name = next((clean for index in inside if (clean := _clean(texts[index][0]))), "")
        if not name:
            name = _free(f"S{number:03d}", used)
            faults.append(("import_unnamed", {"stand": name}))
        elif name in used:
            again = _free(name, used)
            faults.append(("import_name_twice", {"stand": name, "other": again}))
            name = again
        used.add(name)
        found.append(name)
    return found


def _clean(words: str) -> str:
    """A text as a code: spaces become dashes; nothing when it can be none."""
    joined = "-".join(words.split())[:20]
    try:
        return code(joined)
    except ValueError:
        return ""


def _free(name: str, used: set[str]) -> str:
    return (
        next(each for number in range(2, 10**6) if (each := f"{name[:14]}-{number}") not in used)
        if name in used
        else name
    )


def _form(corners: list[list[int]], zone: str) -> Form | None:
    """The form of a stand: a rectangle where the outline is one, within a centimetre."""
    import shapely

    ring = shapely.Polygon(corners).simplify(SLACK_CM)
    points = [[round(x), round(y)] for x, y in ring.exterior.coords[:-1]] if ring.geom_type == "Polygon" else []
    if not 3 <= len(points) <= MOST_CORNERS:  # noqa: PLR2004 - a triangle
        return None
    box = box_of(points)
    if box.w < 1 or box.h < 1:
        return None
    square = abs(ring.area - box.w * box.h) <= SLACK_CM * (box.w + box.h)
    return {
        "x": box.x,
        "y": box.y,
        "w": box.w,
        "h": box.h,
        "outline": None if square else points,
        "zone": zone,
    }
