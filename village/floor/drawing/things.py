"""The things of a drawing as plain forms: what the editor sends, what the log of changes keeps.

A form is a small JSON object whose lengths are whole centimetres; `normal` checks one and brings it into the one
way it is kept, so that two forms say the same exactly when they are equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final

from village.floor.geometry.rows import box_of
from village.floor.rules import DoorKind, Reserve, Side
from village.kit.refusal import Refusal

Form = dict[str, Any]
Things = Mapping[str, Mapping[str, Form]]
"""Kind of thing → its code → its form."""

KINDS: Final = ("hall", "zone", "circuit", "stand", "door", "obstacle", "marking", "link")
HALL: Final = "HALL"
# No hall is longer than a kilometre: more is a slip of the pen, centimetres for metres.
MOST_CM: Final = 100_000
MOST_CORNERS: Final = 200
MOST_WATTS: Final = 10_000_000
MOST_PEOPLE: Final = 1_000_000
OBSTACLE_KINDS: Final = ("electrical_panel", "tent_pole", "reception_desk", "stage", "water_point", "other")
LINK_KINDS: Final = ("side", "back", "across", "diagonal", "none")
# What a client may send along although it is computed from the drawing, or says a new code.
COMPUTED: Final = frozenset({"open_sides", "row", "position", "entrance", "area", "code"})

_CODE: Final = re.compile(r"\w[\w.+-]{0,19}")
_MISSING: Final = object()

Check = Callable[[Any], Any]


def whole(low: int, high: int) -> Check:
    """A whole number from low to high."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"{low}…{high}")
        return value

    return check


def one_of(*values: str) -> Check:
    """One of these words."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in values:
            raise ValueError("|".join(values))
        return str(value)

    return check


def maybe(check: Check) -> Check:
    """None, or what the check lets pass."""
    return lambda value: None if value is None else check(value)


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError("true|false")  # noqa: TRY004 - every fault of a form is a ValueError
    return value


def text(most: int) -> Check:
    """A line of text without control characters; empty becomes None."""

    def check(value: Any) -> str | None:
        if not isinstance(value, str):
            raise ValueError("text")  # noqa: TRY004 - the same
        clean = " ".join(unicodedata.normalize("NFC", value).split())
        if len(clean) > most or any(unicodedata.category(each) == "Cc" for each in clean):
            raise ValueError(f"text ≤ {most}")
        return clean or None

    return check


def code(value: Any) -> str:
    """A code: up to twenty letters, digits, dots, dashes, plus signs."""
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise ValueError("A01")
    return unicodedata.normalize("NFC", value)


def words(value: Any) -> list[str]:
    """A list of sectors, `sector` or `sector:branch`, each once."""
    if not isinstance(value, list) or len(value) > MOST_CORNERS:
        raise ValueError("[sector]")
    found = [each for each in value if isinstance(each, str) and 0 < len(each) <= 60]  # noqa: PLR2004 - the columns' width
    if len(found) != len(value):
        raise ValueError("[sector]")
    return list(dict.fromkeys(found))


def points(least: int) -> Check:
    """A list of at least so many corners [x, y]."""
    place = whole(-MOST_CM, MOST_CM)

    def check(value: Any) -> list[list[int]]:
        if not isinstance(value, list) or not least <= len(value) <= MOST_CORNERS:
            raise ValueError(f"{least}…{MOST_CORNERS} [x, y]")
        if not all(isinstance(each, list) and len(each) == 2 for each in value):  # noqa: PLR2004 - x and y
            raise ValueError("[x, y]")
        return [[place(x), place(y)] for x, y in value]

    return check


_PLACE, _SIZE = whole(-MOST_CM, MOST_CM), whole(1, MOST_CM)
_NAMES = {"name_ar": (maybe(text(200)), None), "name_fr": (maybe(text(200)), None)}
_BOX = {"x": (_PLACE, _MISSING), "y": (_PLACE, _MISSING), "w": (_SIZE, _MISSING), "h": (_SIZE, _MISSING)}
_SIDE = one_of(*Side)

FIELDS: Final[Mapping[str, Mapping[str, tuple[Check, Any]]]] = {
    "hall": {
        **_NAMES,
        "width": (whole(100, MOST_CM), _MISSING),
        "depth": (whole(100, MOST_CM), _MISSING),
        "default_zone": (code, _MISSING),
        "min_aisle": (whole(0, 5000), 300),
        "door_clear": (whole(0, 5000), 200),
        "capacity": (maybe(whole(0, MOST_PEOPLE)), None),
    },
    "zone": {**_NAMES, "sectors": (words, [])},
    "circuit": {"watts": (whole(1, MOST_WATTS), _MISSING)},
    "stand": {
        **_BOX,
        "outline": (maybe(points(3)), None),
        "back": (_SIDE, "north"),
        "zone": (code, _MISSING),
        "open_sides_own": (maybe(whole(0, 4)), None),
        "power": (flag, False),
        "water": (flag, False),
        "step_free": (flag, True),
        "food": (flag, True),
        "circuit": (maybe(code), None),
        "value": (maybe(whole(0, 100)), None),
        "reserved_for": (maybe(one_of(*Reserve)), None),
        "closed": (flag, False),
        "fixed": (flag, False),
    },
    "door": {
        "kind": (one_of(*DoorKind), _MISSING),
        "side": (_SIDE, _MISSING),
        "x": (_PLACE, _MISSING),
        "y": (_PLACE, _MISSING),
        "w": (_SIZE, _MISSING),
    },
    "obstacle": {"kind": (text(40), "other"), **_BOX},
    "marking": {"kind": (one_of("aisle", "safety_line"), _MISSING), "points": (points(2), _MISSING)},
    "link": {"a": (code, _MISSING), "b": (code, _MISSING), "kind": (one_of(*LINK_KINDS), _MISSING)},
}


def normal(kind: str, name: str, form: Any) -> Form:
    """A form checked and complete: left-out fields get their defaults, an outline its surrounding box.

    Raises:
        Refusal: ``layout_value`` with the thing, the field and what is expected there.
    """
    if not isinstance(form, dict):
        raise _refused(name, kind, "{…}")
    fields = FIELDS[kind]
    for unknown in sorted(form.keys() - fields.keys() - COMPUTED):
        raise _refused(name, str(unknown)[:40], "–")
    found: Form = {}
    for field, (check, default) in fields.items():
        value = form.get(field, default)
        if value is _MISSING:
            raise _refused(name, field, "…")
        try:
            found[field] = check(value)
        except (ValueError, TypeError) as error:
            raise _refused(name, field, str(error)) from error
    return _settled(kind, name, found)


def _settled(kind: str, name: str, form: Form) -> Form:
    if kind == "stand" and form["outline"] is not None:
        _check_outline(name, "outline", form["outline"])
        box = box_of(form["outline"])
        form |= {"x": box.x, "y": box.y, "w": box.w, "h": box.h}
    if kind == "marking" and form["kind"] == "aisle":
        _check_outline(name, "points", form["points"])
    if kind == "link":
        form["a"], form["b"] = sorted((form["a"], form["b"]))
        if form["a"] == form["b"]:
            raise _refused(name, "b", "≠ a")
    return form


def _check_outline(name: str, field: str, corners: list[list[int]]) -> None:
    from shapely import Polygon

    if len(corners) < 3 or not Polygon(corners).is_valid or Polygon(corners).area < 1:  # noqa: PLR2004 - a triangle
        raise _refused(name, field, "△")


def normal_code(kind: str, name: Any) -> str:
    """The code of a thing, checked: `HALL` for the hall, `A01~A02` for a link, else a plain code.

    Raises:
        Refusal: ``layout_value``.
    """
    shown = str(name)[:40]
    try:
        if kind == "hall":
            return one_of(HALL)(name)  # type: ignore[no-any-return]
        if kind == "link" and isinstance(name, str):
            a, _, b = name.partition("~")
            return link_code(code(a), code(b))
        return code(name)
    except ValueError as error:
        raise _refused(shown, "code", str(error)) from error


def link_code(a: str, b: str) -> str:
    """The code of the link of two stands, the smaller code first."""
    return "~".join(sorted((a, b)))


def _refused(thing: str, field: str, expected: str) -> Refusal:
    return Refusal("layout_value", {"thing": thing, "field": field, "expected": expected})
