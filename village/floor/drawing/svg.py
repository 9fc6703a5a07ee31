"""A hall as SVG: a plan to scale in millimetres that any program draws, and that is read back as the same things.

Every thing carries its form in `data-form`; where a drawing program has moved or stretched a shape since, the shape
counts.  Reading takes nothing but these attributes: no style, no script, no reference, no entity.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from village.floor.drawing.things import HALL, KINDS, Form, Things, normal, normal_code
from village.floor.geometry.rows import corners
from village.floor.rules import Box
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_BYTES: Final = 8 * 1024 * 1024
MOST_ELEMENTS: Final = 60_000
MOST_DEPTH: Final = 64
_SHIFT: Final = re.compile(r"\s*translate\(\s*(-?[\d.]{1,12})(?:[\s,]+(-?[\d.]{1,12}))?\s*\)\s*")
_FILLS: Final = {"stand": "#ffffff", "obstacle": "#8a8f98", "aisle": "#eef1f5", "door": "#2b7a4b"}


def write_svg(things: Things) -> str:
    """The plan as an SVG document, one unit of the drawing for a centimetre."""
    hall = things["hall"][HALL]
    width, depth = hall["width"], hall["depth"]
    size = f'width="{width * 10}mm" height="{depth * 10}mm" viewBox="0 0 {width} {depth}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" {_data("hall", HALL, hall)}>',
        f'<rect x="0" y="0" width="{width}" height="{depth}" fill="#f7f7f4" stroke="#222" stroke-width="10"/>',
    ]
    lines += [_bare(kind, code, form) for kind in ("zone", "circuit", "link") for code, form in _sorted(things, kind)]
    lines += [_marking(code, form) for code, form in _sorted(things, "marking")]
    lines += [_shape("obstacle", code, form, _FILLS["obstacle"]) for code, form in _sorted(things, "obstacle")]
    lines += [line for code, form in _sorted(things, "stand") for line in _stand(code, form)]
    lines += [_door(code, form) for code, form in _sorted(things, "door")]
    return "\n".join([*lines, "</svg>", ""])


def _sorted(things: Things, kind: str) -> list[tuple[str, Form]]:
    return sorted(things[kind].items())


def _attribute(form: Form) -> str:
    return quoteattr(json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def _data(kind: str, code: str, form: Form) -> str:
    return f"data-kind={quoteattr(kind)} data-code={quoteattr(code)} data-form={_attribute(form)}"


def _bare(kind: str, code: str, form: Form) -> str:
    return f"<g {_data(kind, code, form)}/>"


def _shape(kind: str, code: str, form: Form, fill: str) -> str:
    style = f'fill="{fill}" stroke="#222" stroke-width="4"'
    if form.get("outline"):
        return f"<polygon {_data(kind, code, form)} points={quoteattr(_places(form['outline']))} {style}/>"
    box = " ".join(f'{name}="{form[field]}"' for name, field in _BOX.items())
    return f"<rect {_data(kind, code, form)} {box} {style}/>"


_BOX: Final = {"x": "x", "y": "y", "width": "w", "height": "h"}


def _places(points: Iterable[Iterable[int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def _stand(code: str, form: Form) -> list[str]:
    size = max(20, min(form["w"], form["h"]) // 4)
    x, y = form["x"] + form["w"] // 2, form["y"] + form["h"] // 2 + size // 3
    ring = corners(Box(form["x"], form["y"], form["w"], form["h"]))
    first = {"north": 0, "east": 1, "south": 2, "west": 3}[form["back"]]
    (a, b), (c, d) = ring[first], ring[(first + 1) % 4]
    return [
        _shape("stand", code, form, _FILLS["stand"]),
        f'<line x1="{a}" y1="{b}" x2="{c}" y2="{d}" stroke="#222" stroke-width="12"/>',
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="middle">{_text(code)}</text>',
    ]


def _text(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _marking(code: str, form: Form) -> str:
    if form["kind"] == "aisle":
        data = _data("marking", code, form)
        return f'<polygon {data} points={quoteattr(_places(form["points"]))} fill="{_FILLS["aisle"]}" stroke="#999"/>'
    data = _data("marking", code, form)
    return (
        f'<polyline {data} points={quoteattr(_places(form["points"]))} fill="none" stroke="#c0392b" stroke-width="6"/>'
    )


def _door(code: str, form: Form) -> str:
    along = form["side"] in ("north", "south")
    dx, dy = (form["w"], 0) if along else (0, form["w"])
    ends = f'x1="{form["x"]}" y1="{form["y"]}" x2="{form["x"] + dx}" y2="{form["y"] + dy}"'
    return f'<line {_data("door", code, form)} {ends} stroke="{_FILLS["door"]}" stroke-width="24"/>'


def read_svg(data: bytes) -> Things:
    """The things of an SVG plan of ours.

    Raises:
        Refusal: ``import_too_large``; ``import_unreadable`` for what is no well-formed SVG, or declares entities;
            ``import_not_ours`` when nothing in it is a thing of a hall; ``layout_value``.
    """
    if len(data) > MOST_BYTES:
        raise Refusal("import_too_large", {"limit": MOST_BYTES // 1024 // 1024})
    found: dict[str, dict[str, Form]] = {kind: {} for kind in KINDS}
    for attributes in _Reader().read(data):
        kind = attributes.get("data-kind", "")
        if kind not in KINDS:
            continue
        code = normal_code(kind, attributes.get("data-code"))
        if code in found[kind]:
            raise Refusal("stand_code_twice", {"stand": code})
        found[kind][code] = normal(kind, code, _form(kind, code, attributes))
    if not found["hall"]:
        raise Refusal("import_not_ours")
    return found


def _form(kind: str, code: str, attributes: Mapping[str, str]) -> Any:
    try:
        form = json.loads(attributes.get("data-form", ""))
        if not isinstance(form, dict):
            raise TypeError  # noqa: TRY301 - one answer for all that is no form
        return form if kind in ("hall", "zone", "circuit", "link", "door") else {**form, **_drawn(form, attributes)}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Refusal("layout_value", {"thing": code, "field": "data-form", "expected": "{…}"}) from error


def _drawn(form: Form, attributes: Mapping[str, str]) -> Form:
    """Where the shape lies now, in whole centimetres."""
    dx, dy = _shift(attributes.get("transform"))
    if "points" in attributes:
        numbers = [float(each) for each in attributes["points"].replace(",", " ").split()]
        places = [[round(x + dx), round(y + dy)] for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        return {"points" if "points" in form else "outline": places}
    box = {field: round(float(attributes[name])) for name, field in _BOX.items()}
    return {**box, "x": box["x"] + round(dx), "y": box["y"] + round(dy)}


def _shift(transform: str | None) -> tuple[float, float]:
    if not transform:
        return 0.0, 0.0
    found = _SHIFT.fullmatch(transform)
    if found is None:
        raise ValueError("transform")
    return float(found[1]), float(found[2] or 0)


class _Reader:
    """Attributes of every element of an XML document without doctype, entities or endless depth."""

    def __init__(self) -> None:
        self._found: list[dict[str, str]] = []
        self._depth = 0

    def read(self, data: bytes) -> list[dict[str, str]]:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Refusal("import_unreadable", {"detail": type(error).__name__}) from error
        return self._found

    def _refuse(self, *_: Any) -> None:
        raise Refusal("import_unreadable", {"detail": "DOCTYPE"})

    def _open(self, _name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH or len(self._found) >= MOST_ELEMENTS:
            raise Refusal("import_too_large", {"limit": MOST_ELEMENTS})
        self._found.append(attributes)

    def _close(self, _name: str) -> None:
        self._depth -= 1
