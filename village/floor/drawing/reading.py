"""A hall as JSON: lengths in metres, origin in the north-west corner, x east, y south.

`read_floor` and `write_floor` are each other's inverse: what was written is read back as the same things.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from village.floor.drawing.commands import check_references
from village.floor.drawing.things import HALL, KINDS, MOST_CM, Form, Things, link_code, normal, normal_code
from village.floor.geometry.neighbours import open_sides
from village.floor.geometry.rows import Laid
from village.floor.geometry.scene import found_of, scene_of
from village.floor.rules import Box, Side, layout_faults
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# A hall of more stands than this is no hall.
MOST_STANDS = 5000
# Names of a stand's features in the file, by their names in its form.
FEATURES = {"power": "has_power", "water": "has_water", "step_free": "step_free", "food": "food_floor"}
KEPT = ("circuit", "value", "closed", "fixed")


def read_drawing(data: Mapping[str, Any], default_zone: str | None = None) -> Things:
    """Read a hall from its JSON form, for a hall that is laid out from it: a faulty drawing is not.

    Raises:
        Refusal: ``floor_unreadable`` when a value is missing or not of its kind, else ``floor_faulty`` with the
            faults of the layout, all at once.
    """
    things = read_floor(data, default_zone)
    hall = things["hall"][HALL]
    laid = [
        Laid(code, Box(form["x"], form["y"], form["w"], form["h"]), Side(form["back"]))
        for code, form in things["stand"].items()
    ]
    boxes = [Box(form["x"], form["y"], form["w"], form["h"]) for form in things["obstacle"].values()]
    faults = [*layout_faults(hall["width"], hall["depth"], laid, boxes), *_zone_faults(things)]
    if faults:
        raise Refusal("floor_faulty", {"faults": len(faults)}, tuple(faults))
    return things


def _zone_faults(things: Things) -> list[Refusal]:
    return [
        Refusal("stand_zone_unknown", {"stand": code, "zone": form["zone"]})
        for code, form in things["stand"].items()
        if form["zone"] not in things["zone"]
    ]


def read_floor(data: Mapping[str, Any], default_zone: str | None = None) -> Things:
    """The things of a hall from its JSON form; where open sides are told that the drawing does not show, they are kept.

    Raises:
        Refusal: ``floor_unreadable``; ``stand_code_twice``.
    """
    try:
        things = _read(data, default_zone)
    except (LookupError, TypeError, ValueError, InvalidOperation, AttributeError) as error:
        raise Refusal("floor_unreadable", {"detail": str(error)[:80]}) from error
    except Refusal as refusal:
        if refusal.code != "layout_value":
            raise
        detail = f"{refusal.facts['thing']} {refusal.facts['field']}"
        raise Refusal("floor_unreadable", {"detail": detail}) from refusal
    _keep_told_sides(data, things)
    return things


def _read(data: Mapping[str, Any], default_zone: str | None) -> Things:
    stands = list(data["stands"])
    if len(stands) > MOST_STANDS:
        raise ValueError(f"stands > {MOST_STANDS}")
    rules = data.get("rules") or {}
    hall = {
        **{name: data.get(name) for name in ("name_ar", "name_fr", "capacity")},
        "width": _cm(data["width_m"]),
        "depth": _cm(data["depth_m"]),
        "default_zone": default_zone or data.get("default_zone") or str(data["zones"][0]["code"]),
        "min_aisle": _cm(rules.get("min_aisle_m", 3)),
        "door_clear": _cm(rules.get("keep_clear_at_doors_m", 2)),
    }
    return {
        "hall": {HALL: normal("hall", HALL, hall)},
        "zone": _all("zone", ((each, _picked(each, "name_ar", "name_fr", "sectors")) for each in data["zones"])),
        "circuit": _all("circuit", ((each, {"watts": _watts(each["kw"])}) for each in data.get("circuits", ()))),
        "stand": _all("stand", ((each, _stand(each)) for each in stands)),
        "door": _all("door", ((each, _door(each)) for each in data["doors"])),
        "obstacle": _all("obstacle", ((each, {"kind": str(each["kind"]), **_box(each)}) for each in data["obstacles"])),
        "marking": _all("marking", ((each, _marking(each)) for each in data.get("markings", ()))),
        "link": {
            link_code(each["a"], each["b"]): normal("link", each["a"], dict(each)) for each in data.get("links", ())
        },
    }


def _all(kind: str, rows: Iterable[tuple[Mapping[str, Any], Form]]) -> dict[str, Form]:
    found: dict[str, Form] = {}
    for row, form in rows:
        code = normal_code(kind, str(row["code"]).strip())
        if code in found:
            raise Refusal("stand_code_twice", {"stand": code})
        found[code] = normal(kind, code, form)
    return found


def _picked(each: Mapping[str, Any], *names: str) -> Form:
    return {name: each.get(name) for name in names}


def _stand(each: Mapping[str, Any]) -> Form:
    outline = each.get("outline_m")
    told = {name: each[column] for name, column in FEATURES.items() if column in each}
    return {
        **_box(each),
        "outline": None if outline is None else _corners(outline),
        "back": each["back"],
        "zone": str(each["zone"]),
        "open_sides_own": each.get("open_sides_own"),
        "reserved_for": each.get("reserved_for"),
        **told,
        **{name: each[name] for name in KEPT if name in each},
    }


def _keep_told_sides(data: Mapping[str, Any], things: Things) -> None:
    """Where a file tells other open sides than the drawing shows, the organisers said so: it is kept as theirs."""
    seen = open_sides(scene_of(things))
    for each in data["stands"]:
        code = str(each["code"]).strip()
        if "open_sides" in each and "open_sides_own" not in each and each["open_sides"] != seen[code]:
            form = normal("stand", code, {**things["stand"][code], "open_sides_own": each["open_sides"]})
            things["stand"][code].update(form)


def _door(each: Mapping[str, Any]) -> Form:
    return {"kind": each["kind"], "side": each["side"], "x": _cm(each["x"]), "y": _cm(each["y"]), "w": _cm(each["w"])}


def _marking(each: Mapping[str, Any]) -> Form:
    return {"kind": each["kind"], "points": _corners(each["points_m"])}


def _corners(raw: Iterable[Iterable[Any]]) -> list[list[int]]:
    return [[_cm(x), _cm(y)] for x, y in raw]


def _box(each: Mapping[str, Any]) -> Form:
    return {name: _cm(each[name]) for name in ("x", "y", "w", "h")}


def _cm(metres: float | str) -> int:
    """Metres to whole centimetres, half a centimetre upwards; finite and within a kilometre."""
    if isinstance(metres, bool):
        raise TypeError("a length is a number")
    length = Decimal(str(metres))
    if not length.is_finite() or abs(length) * 100 > MOST_CM:
        raise ValueError(f"length {metres}")
    return int((length * 100).quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def _watts(kilowatts: float | str) -> int:
    load = Decimal(str(kilowatts))
    if isinstance(kilowatts, bool) or not load.is_finite():
        raise ValueError(f"kw {kilowatts}")
    return int((load * 1000).quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def write_floor(things: Things) -> dict[str, Any]:
    """The JSON form of a hall's things, with what is found from the drawing beside each stand."""
    check_references(things)
    hall, scene = things["hall"][HALL], scene_of(things)
    found = found_of(scene)
    return {
        **_picked(hall, "name_ar", "name_fr", "capacity", "default_zone"),
        "width_m": _m(hall["width"]),
        "depth_m": _m(hall["depth"]),
        "area_m2": hall["width"] * hall["depth"] / 10_000,
        "origin": "north-west corner; x east, y south; metres",
        "rules": {"min_aisle_m": _m(hall["min_aisle"]), "keep_clear_at_doors_m": _m(hall["door_clear"])},
        "zones": [{"code": code, **form} for code, form in sorted(things["zone"].items())],
        "doors": [
            {"code": code, "kind": form["kind"], **_metres(form, "x", "y", "w"), "side": form["side"]}
            for code, form in sorted(things["door"].items())
        ],
        "obstacles": [
            {"code": code, "kind": form["kind"], **_metres(form, "x", "y", "w", "h")}
            for code, form in sorted(things["obstacle"].items())
        ],
        "circuits": [{"code": code, "kw": form["watts"] / 1000} for code, form in sorted(things["circuit"].items())],
        "markings": [
            {"code": code, "kind": form["kind"], "points_m": _points(form["points"])}
            for code, form in sorted(things["marking"].items())
        ],
        "links": [dict(form) for _, form in sorted(things["link"].items())],
        "stands": [
            {
                "code": code,
                **_stand_row(form),
                "area_m2": (found[code].area_cm2 or form["w"] * form["h"]) / 10_000,
                "open_sides": found[code].open_sides,
                "distance_to_entrance_m": _m(found[code].entrance_cm),
            }
            for code, form in sorted(things["stand"].items())
        ],
    }


def _stand_row(form: Form) -> dict[str, Any]:
    return {
        **_metres(form, "x", "y", "w", "h"),
        "outline_m": None if form["outline"] is None else _points(form["outline"]),
        **{name: form[name] for name in ("zone", "back", "open_sides_own", "reserved_for")},
        **{column: form[name] for name, column in FEATURES.items()},
        **{name: form[name] for name in KEPT},
    }


def _metres(form: Form, *names: str) -> dict[str, float]:
    return {name: _m(form[name]) for name in names}


def _points(corners: Iterable[Iterable[int]]) -> list[list[float]]:
    return [[_m(x), _m(y)] for x, y in corners]


def _m(cm: int) -> float:
    return cm / 100


def empty() -> dict[str, dict[str, Form]]:
    """No things at all, of every kind."""
    return {kind: {} for kind in KINDS}
