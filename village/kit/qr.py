"""QR symbols for print: the densest text, the smallest symbol, drawn as paths of our own.

Digits are the densest text a QR symbol can hold (10 bits for three), upper-case letters the next
(11 bits for two). A link is therefore an upper-case URL followed by one decimal number, each in a
segment of its own mode. The mask is fixed: trying all eight costs six times the drawing and reads
no better on paper.
"""

from collections.abc import Iterator
from typing import cast

from markupsafe import Markup, escape
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M
from qrcode.main import QRCode
from qrcode.util import MODE_ALPHA_NUM, MODE_NUMBER, QRData

Row = tuple[bool, ...]
Matrix = tuple[Row, ...]
"""Rows of modules from the top, True for dark, without the quiet zone."""

QUIET = 4
"""Clear modules round a symbol (ISO/IEC 18004, 9.1)."""

_MASK = 2


def matrix(prefix: str, digits: str = "", *, largest: int = 41) -> Matrix:
    """Make the symbol of an upper-case `prefix` followed by decimal `digits`.

    The error correction is M where the symbol then has at most `largest` modules a side, else L:
    the size of a module decides whether a phone reads it, the spare code words hardly ever.
    Raises ValueError when `prefix` has a character outside the alphanumeric set of QR, or
    `digits` one that is no digit.
    """
    segments = [QRData(prefix, MODE_ALPHA_NUM)]
    if digits:
        segments.append(QRData(digits, MODE_NUMBER))
    code = _fitted(segments, ERROR_CORRECT_M)
    if side(code.version) > largest:
        code = _fitted(segments, ERROR_CORRECT_L)
    code.makeImpl(False, _MASK)
    return tuple(tuple(bool(cell) for cell in row) for row in code.modules)


def side(version: int) -> int:
    """Modules along one side of a symbol of this version (1 to 40)."""
    return 17 + 4 * version


def svg(modules: Matrix, title: str) -> Markup:
    """Draw the symbol with its quiet zone as SVG that fills the box it is put into.

    The title is what a screen reader and a tagged PDF say of the figure. A white ground is drawn
    with it, so that the symbol reads on any paper colour.
    """
    width = len(modules) + 2 * QUIET
    path = "".join(f"M{x} {y}h{w}v{h}h-{w}z" for x, y, w, h in _blocks(modules))
    return Markup(  # noqa: S704  numbers of ours and an escaped title
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-{QUIET} -{QUIET} {width} {width}" role="img">'
        f"<title>{escape(title)}</title>"
        f'<path fill="#fff" d="M-{QUIET} -{QUIET}h{width}v{width}h-{width}z"/><path fill="#000" d="{path}"/></svg>'
    )


def pdf_operators(modules: Matrix, x: float, y: float, size: float) -> bytes:
    """Content-stream operators that draw the symbol, black, its modules filling a square.

    `x`, `y` is the upper left corner of the square and `size` its side, in points with y upwards
    as in PDF; the quiet zone lies outside and belongs to the caller.
    """
    scale = size / len(modules)
    blocks = "\n".join(f"{bx} {by} {w} {h} re" for bx, by, w, h in _blocks(modules))
    return f"q 0 g {scale:.5f} 0 0 {-scale:.5f} {x:.3f} {y:.3f} cm\n{blocks}\nf Q\n".encode("ascii")


def _fitted(segments: list[QRData], level: int) -> "QRCode[object]":
    """Return a code of the smallest version that holds the segments."""
    code = QRCode(error_correction=level, mask_pattern=_MASK)
    for segment in segments:
        code.add_data(segment)
    code.best_fit()
    return cast("QRCode[object]", code)


def _blocks(modules: Matrix) -> Iterator[tuple[int, int, int, int]]:
    """Cover the dark modules with few rectangles (x, y, width, height): runs that repeat downwards are one."""
    open_runs: dict[tuple[int, int], int] = {}
    for y, row in enumerate((*modules, ())):
        runs = set(_runs(row))
        for run in [run for run in open_runs if run not in runs]:
            top = open_runs.pop(run)
            yield run[0], top, run[1], y - top
        for run in runs:
            open_runs.setdefault(run, y)


def _runs(row: Row) -> Iterator[tuple[int, int]]:
    """Dark runs of a row as (start, length)."""
    start = None
    for x, dark in enumerate((*row, False)):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            yield start, x - start
            start = None
