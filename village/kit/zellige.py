"""Moroccan star ornament (zellige) drawn from its geometry, as SVG text.

The khatim is the eight-pointed star of two squares turned by 45 degrees. The border pattern is the
tiling of octagons and squares with a line entering at the middle of every edge under one contact
angle (E. H. Hankin, "The drawing of geometric patterns in Saracenic art", 1925); with 67.5 degrees it
gives the star-and-cross ground seen on Moroccan walls.

Every drawing uses presentation attributes only: print engines do not apply page styles inside SVG,
and pages are served under a policy without inline styles. ``python -m village.kit.zellige static/img``
writes the files that the style sheets use.
"""

import sys
from collections.abc import Iterable
from math import cos, hypot, pi, radians, sin, tan
from pathlib import Path
from typing import Final

GREEN: Final = "#0f5c50"
TERRACOTTA: Final = "#a8432a"
OCHRE: Final = "#dc9f2b"
COBALT: Final = "#24478f"
IVORY: Final = "#fbf6ec"

CONTACT_ANGLE: Final = radians(67.5)
"""Angle between a pattern line and the tile edge it crosses."""

KHATIM_VALLEY: Final = cos(pi / 4) / cos(pi / 8)
"""Radius of the khatim's inner corners, as a share of the radius of its tips."""

_SVG: Final = '<svg xmlns="http://www.w3.org/2000/svg" '


def _n(value: float) -> str:
    """Write a coordinate with at most two decimals and no needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _path(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + "Z"


def _star(centre: tuple[float, float], tip: float, valley: float, tips: int = 8, turn: float = 0.0) -> str:
    """Return the path of a star; radii in user units, ``turn`` in radians from the x axis."""
    corners = []
    for step in range(2 * tips):
        radius, angle = (tip, valley)[step % 2], turn + step * pi / tips
        corners.append((centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)))
    return _path(corners)


def khatim(x: float, y: float, radius: float, turn: float = 0.0) -> str:
    """Return the path data of an eight-pointed khatim about (x, y), tips at ``radius``."""
    return _star((x, y), radius, radius * KHATIM_VALLEY, turn=turn)


def _valley(tips: int, apothem: float) -> float:
    """Return the radius where pattern lines from two neighbouring edges of a tile meet."""
    half = tan(pi / tips)
    length = apothem * half / (cos(CONTACT_ANGLE) + half * sin(CONTACT_ANGLE))
    return hypot(apothem - length * sin(CONTACT_ANGLE), length * cos(CONTACT_ANGLE))


def _shape(path: str, fill: str, line: float = 0.0) -> str:
    edge = f' stroke="{IVORY}" stroke-width="{_n(line)}" stroke-linejoin="round"' if line else ""
    return f'<path d="{path}" fill="{fill}"{edge}/>'


def _rosette(period: float) -> str:
    """Draw the star of one octagon about the origin, with its heart."""
    half = period / 2
    return (
        _shape(_star((0, 0), half, _valley(8, half)), GREEN, period * 0.035)
        + _shape(khatim(0, 0, period * 0.235, pi / 8), OCHRE, period * 0.022)
        + _shape(khatim(0, 0, period * 0.115), TERRACOTTA)
    )


def _joint(period: float) -> str:
    """Draw the small cross that fills a square between four octagons, about the origin."""
    apothem = period / (1 + 2**0.5) / 2
    return _shape(_star((0, 0), apothem, _valley(4, apothem), 4, pi / 4), TERRACOTTA, period * 0.035)


def _tiles(columns: int, rows: int, period: float, *, keep_frame: bool) -> str:
    """Place rosettes and joints on a grid of square tiles; only the outermost ring with ``keep_frame``."""
    key = f"{columns}-{rows}"

    def place(kind: str, x: float, y: float) -> str:
        return f'<use xlink:href="#{kind}{key}" x="{_n(period * x)}" y="{_n(period * y)}"/>'

    rosettes = (
        place("r", column + 0.5, row + 0.5)
        for row in range(rows)
        for column in range(columns)
        if not keep_frame or column in (0, columns - 1) or row in (0, rows - 1)
    )
    joints = (
        place("j", column, row)
        for row in range(rows + 1)
        for column in range(columns + 1)
        if not keep_frame or column in (0, 1, columns - 1, columns) or row in (0, 1, rows - 1, rows)
    )
    return "".join((*rosettes, *joints))


def _defs(columns: int, rows: int, period: float, clip: str) -> str:
    """Define the tiles once; ids carry the grid so that several drawings can share one page."""
    key = f"{columns}-{rows}"
    return (
        f'<defs><g id="r{key}">{_rosette(period)}</g><g id="j{key}">{_joint(period)}</g>'
        f'<clipPath id="f{key}"><path clip-rule="evenodd" d="{clip}"/></clipPath></defs>'
    )


def _frame_grid(width_mm: float, height_mm: float, margin_mm: float) -> tuple[int, int]:
    """Return how many tiles fit along both sides so that a tile is about a 24th of the long side."""
    period = max(width_mm / 24, height_mm / 24, 6.0)
    return (
        max(3, round((width_mm - 2 * margin_mm) / period)),
        max(3, round((height_mm - 2 * margin_mm) / period)),
    )


def border_inset(width_mm: float, height_mm: float, margin_mm: float = 6.0) -> float:
    """Return the distance in mm from the sheet's edge to where text may begin inside ``border``."""
    columns, rows = _frame_grid(width_mm, height_mm, margin_mm)
    tile = max((width_mm - 2 * margin_mm) / columns, (height_mm - 2 * margin_mm) / rows)
    return margin_mm + tile + 3.0


def border(width_mm: float, height_mm: float, margin_mm: float = 6.0) -> str:
    """Return a frame of star tiles for a sheet of the given size, as an SVG in millimetres.

    Whole tiles fill both sides: a tile is stretched by at most a few per cent to fit.
    The middle is left transparent; see ``border_inset`` for the free area.
    """
    columns, rows = _frame_grid(width_mm, height_mm, margin_mm)
    period = 10.0
    wide, high = columns * period, rows * period
    sx, sy = (width_mm - 2 * margin_mm) / wide, (height_mm - 2 * margin_mm) / high
    hole = f"M{period} {period}V{_n(high - period)}H{_n(wide - period)}V{period}Z"
    ring = f"M0 0H{_n(wide)}V{_n(high)}H0Z{hole}"
    rails = "".join(
        f'<rect x="{_n(margin_mm + inset * sx)}" y="{_n(margin_mm + inset * sy)}"'
        f' width="{_n(width_mm - 2 * margin_mm - 2 * inset * sx)}"'
        f' height="{_n(height_mm - 2 * margin_mm - 2 * inset * sy)}"'
        f' fill="none" stroke="{colour}" stroke-width="{line}"/>'
        for inset, colour, line in ((0.0, OCHRE, 0.7), (period, OCHRE, 0.7), (period * 1.14, GREEN, 0.25))
    )
    return (
        f'{_SVG}xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {_n(width_mm)} {_n(height_mm)}"'
        f' width="{_n(width_mm)}mm" height="{_n(height_mm)}mm">{_defs(columns, rows, period, ring)}'
        f'<g transform="translate({_n(margin_mm)} {_n(margin_mm)}) scale({sx:.5f} {sy:.5f})">'
        f'<g clip-path="url(#f{columns}-{rows})"><path d="{ring}" fill="{COBALT}" fill-rule="evenodd"/>'
        f"{_tiles(columns, rows, period, keep_frame=True)}</g></g>{rails}</svg>"
    )


def band(width_mm: float, height_mm: float) -> str:
    """Return one row of star tiles filling a strip of the given size, as an SVG in millimetres."""
    columns = max(1, round(width_mm / height_mm))
    period = 10.0
    wide = columns * period
    sx, sy = width_mm / wide, height_mm / period
    whole = f"M0 0H{_n(wide)}V{_n(period)}H0Z"
    return (
        f'{_SVG}xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {_n(width_mm)} {_n(height_mm)}"'
        f' width="{_n(width_mm)}mm" height="{_n(height_mm)}mm">{_defs(columns, 1, period, whole)}'
        f'<g transform="scale({sx:.5f} {sy:.5f})"><g clip-path="url(#f{columns}-1)"><path d="{whole}" fill="{COBALT}"/>'
        f"{_tiles(columns, 1, period, keep_frame=False)}</g></g></svg>"
    )


def _emblem_shapes() -> str:
    """Draw the emblem in a 64-unit square: eight people of one star round a common heart."""
    centre = 32.0
    kites = []
    for k in range(8):
        angle = k * pi / 4
        spread = pi / 8 * 0.88
        corners = [
            (centre + r * cos(angle + a), centre + r * sin(angle + a))
            for r, a in ((8.6, 0.0), (14.8, spread), (24.2, 0.0), (14.8, -spread))
        ]
        kites.append(_shape(_path(corners), (IVORY, OCHRE)[k % 2]))
    return (
        _shape(khatim(centre, centre, 31.6), OCHRE)
        + _shape(khatim(centre, centre, 28.6), IVORY)
        + _shape(khatim(centre, centre, 27.2), GREEN)
        + "".join(kites)
        + _shape(khatim(centre, centre, 8.4, pi / 8), TERRACOTTA)
    )


def emblem(size_mm: float) -> str:
    """Return the fair's emblem for print, as an SVG of ``size_mm`` by ``size_mm``."""
    return f'{_SVG}viewBox="0 0 64 64" width="{_n(size_mm)}mm" height="{_n(size_mm)}mm">{_emblem_shapes()}</svg>'


def logo() -> str:
    """Return the emblem for screens, sized by the page; also the favicon."""
    return f'{_SVG}viewBox="0 0 64 64">{_emblem_shapes()}</svg>'


def frieze(size: int = 24) -> str:
    """Return one repeat of the ribbon of stars that runs under the header (size in pixels)."""
    colours = (GREEN, TERRACOTTA, OCHRE, COBALT)
    half = size / 2
    out = []
    for i, colour in enumerate(colours):
        x = size * (i + 0.5)
        out.append(_shape(khatim(x, half, half * 0.94), colour))
        out.append(_shape(khatim(x, half, half * 0.5, pi / 8), IVORY))
        out.append(_shape(khatim(x, half, half * 0.24), colours[(i + 2) % 4]))
    for i in range(len(colours) + 1):
        for y in (0.0, float(size)):
            side = size * 0.17
            diamond = [(size * i - side, y), (size * i, y - side), (size * i + side, y), (size * i, y + side)]
            out.append(_shape(_path(diamond), "#c7b28c"))
    wide = size * len(colours)
    return f'{_SVG}width="{wide}" height="{size}" viewBox="0 0 {wide} {size}">{"".join(out)}</svg>'


def lattice(period: int = 72, stroke: str = "#ffffff", opacity: float = 0.17) -> str:
    """Return one repeat of the outlined star-and-cross ground (period in pixels)."""
    half = period / 2
    apothem = period / (1 + 2**0.5) / 2
    lines = [_star((half, half), half, _valley(8, half)), khatim(half, half, period * 0.2, pi / 8)]
    lines += [_star((x, y), apothem, _valley(4, apothem), 4, pi / 4) for x in (0.0, period) for y in (0.0, period)]
    return (
        f'{_SVG}width="{period}" height="{period}" viewBox="0 0 {period} {period}">'
        f'<path d="{"".join(lines)}" fill="none" stroke="{stroke}" stroke-opacity="{opacity}"'
        f' stroke-width="1.3"/></svg>'
    )


def mosaic(columns: int = 4, rows: int = 4, period: int = 96) -> str:
    """Return a panel of full-colour star tiles for wide screens (period in pixels)."""
    wide, high = columns * period, rows * period
    whole = f"M0 0H{wide}V{high}H0Z"
    return (
        f'{_SVG}xmlns:xlink="http://www.w3.org/1999/xlink" width="{wide}" height="{high}"'
        f' viewBox="0 0 {wide} {high}">{_defs(columns, rows, period, whole)}'
        f'<g clip-path="url(#f{columns}-{rows})"><path d="{whole}" fill="{COBALT}"/>'
        f"{_tiles(columns, rows, period, keep_frame=False)}</g></svg>"
    )


def pictures() -> dict[str, str]:
    """Return the drawings kept as files for the style sheets and the browser tab: name to SVG."""
    return {
        "emblem.svg": logo(),
        "frieze.svg": frieze(),
        "lattice.svg": lattice(),
        "lattice-ink.svg": lattice(stroke="#7a4d1f", opacity=0.09),
        "mosaic.svg": mosaic(1, 1),
    }


def write_pictures(folder: Path) -> None:
    """Write every picture of ``pictures`` into ``folder``."""
    for name, svg in pictures().items():
        (folder / name).write_text(svg + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_pictures(Path(sys.argv[1]))
