"""Sizes for names of any length, measured by shaping them (Pillow with Raqm, as WeasyPrint shapes)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PIL import ImageFont

from village.kit import fonts
from village.kit.pdf.text import direction_of

POINT_MM = 25.4 / 72
"""Millimetres in a typographic point."""

_UNIT = 200
"""Size in pixels at which text is measured; widths scale from it."""


@dataclass(frozen=True)
class Fit:
    """The size to set a text in, and whether it then needs two lines."""

    size_pt: float
    lines: int


def width_mm(text: str, family: str, weight: int, size_pt: float) -> float:
    """Width of one line of shaped text."""
    return _length(text, family, weight) / _UNIT * size_pt * POINT_MM


def fit(text: str, family: str, weight: int, box_mm: float, sizes_pt: Sequence[float]) -> Fit:
    """Choose the largest size in which the text fits one line of `box_mm`.

    Where even the smallest does not, the largest size that lets it stand on two lines with some
    room for the break (an eighth), else the smallest on two lines. `sizes_pt` goes from large to
    small and is not empty.
    """
    length = _length(text, family, weight) / _UNIT * POINT_MM
    for size in sizes_pt:
        if length * size <= box_mm:
            return Fit(size, 1)
    for size in sizes_pt:
        if length * size <= 1.75 * box_mm and size <= sizes_pt[len(sizes_pt) // 2]:
            return Fit(size, 2)
    return Fit(sizes_pt[-1], 2)


def _length(text: str, family: str, weight: int) -> float:
    return _font(family, weight).getlength(text, direction=direction_of(text))


@cache
def _font(family: str, weight: int) -> ImageFont.FreeTypeFont:
    path = fonts.ready() / fonts.face(family, weight).filename
    return ImageFont.truetype(str(path), _UNIT, layout_engine=ImageFont.Layout.RAQM)
