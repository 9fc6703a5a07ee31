"""QR symbols for print: the densest text, the smallest symbol, drawn as paths of our own.

Digits are the densest text a QR symbol can hold (10 bits for three), upper-case letters the next
(11 bits for two). A link is therefore an upper-case URL followed by one decimal number, each in a
segment of its own mode. The mask is fixed: trying all eight costs six times the drawing and reads
no better on paper.

The library `qrcode` knows the fixed patterns, the block sizes and the generator polynomials; bits,
check bytes and placing are done here with whole numbers, four times as fast as module by module.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape
from qrcode.base import gexp, glog, rs_blocks
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from qrcode.LUT import rsPoly_LUT
from qrcode.main import QRCode
from qrcode.util import ALPHA_NUM, BIT_LIMIT_TABLE, MODE_ALPHA_NUM, MODE_NUMBER, length_in_bits, mask_func

if TYPE_CHECKING:
    from collections.abc import Iterator

Matrix = tuple[str, ...]
"""Rows of modules from the top, "1" for dark and "0" for light, without the quiet zone."""

QUIET = 4
"""Clear modules round a symbol (ISO/IEC 18004, 9.1)."""

_MASK = 2
_LARGEST_VERSION = 40
_DARK_RUN = re.compile("1+")


def matrix(prefix: str, digits: str = "", *, largest: int = 41) -> Matrix:
    """Make the symbol of an upper-case `prefix` followed by decimal `digits`.

    The error correction is M where the symbol then has at most `largest` modules a side, else L:
    the size of a module decides whether a phone reads it, the spare code words hardly ever.

    Raises:
        ValueError: a character is outside the alphanumeric set of QR, or no symbol holds so much.

    """
    if not (digits.isdigit() and digits.isascii()) and digits:
        raise ValueError("digits must be decimal digits")
    level, version = ERROR_CORRECT_M, _version(prefix, digits, ERROR_CORRECT_M)
    if version is None or side(version) > largest:
        level, version = ERROR_CORRECT_L, _version(prefix, digits, ERROR_CORRECT_L)
    if version is None:
        raise ValueError("too much text for a QR symbol")
    plan = _plan(version, level)
    words = _with_check_bytes(_data_words(prefix, digits, version, plan.data_words), version, level)
    bits = int.from_bytes(words, "big") << plan.spare ^ plan.mask
    cells = list(plan.cells)
    for place, bit in zip(plan.places, f"{bits:0{len(plan.places)}b}", strict=True):
        cells[place] = bit
    width = side(version)
    return tuple("".join(cells[start : start + width]) for start in range(0, width * width, width))


def text_matrix(text: str, *, largest: int = 177) -> Matrix:
    """Make the symbol of any text, in bytes (UTF-8), with error correction L and the mask of the standard's choice.

    Raises:
        ValueError: the symbol would have more than `largest` modules a side.

    """
    code = QRCode(error_correction=ERROR_CORRECT_L, border=0)
    code.add_data(text.encode(), optimize=0)
    try:
        code.make(fit=True)
    except DataOverflowError as error:
        raise ValueError("too much text for a QR symbol") from error
    if len(code.modules) > largest:
        raise ValueError("too much text for a QR symbol")
    return tuple("".join("1" if cell else "0" for cell in row) for row in code.modules)


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
    blocks = "\n".join([f"{bx} {by} {w} {h} re" for bx, by, w, h in _blocks(modules)])
    return f"q 0 g {scale:.5f} 0 0 {-scale:.5f} {x:.3f} {y:.3f} cm\n{blocks}\nf Q\n".encode("ascii")


class _Plan(NamedTuple):
    """What all symbols of one version and level share."""

    cells: tuple[str, ...]
    """The fixed patterns, row by row; places of data hold "0"."""
    places: tuple[int, ...]
    """Where the data bits go, in the order of ISO/IEC 18004, 7.7.3."""
    mask: int
    data_words: int
    spare: int
    """Places that stay over after the last code word."""


@cache
def _plan(version: int, level: int) -> _Plan:
    code = QRCode(version=version, error_correction=level, mask_pattern=_MASK)
    code.add_data("0")
    code.make(fit=False)
    drawn = [row[:] for row in code.modules]
    # A second symbol of other content differs from the first in data places only; the blank one,
    # with format and version information laid on it, tells them all.
    code.modules = [row[:] for row in _blank(version)]
    code.setup_type_info(False, _MASK)
    if version >= 7:  # noqa: PLR2004  smaller symbols carry no version information
        code.setup_type_number(False)
    width = side(version)
    places = [(y, x) for y, x in _zigzag(width) if code.modules[y][x] is None]
    open_places = set(places)
    blocks = rs_blocks(version, level)
    mask = mask_func(_MASK)
    return _Plan(
        cells=tuple(
            "1" if drawn[y][x] and (y, x) not in open_places else "0" for y in range(width) for x in range(width)
        ),
        places=tuple(y * width + x for y, x in places),
        mask=int("".join("1" if mask(y, x) else "0" for y, x in places), 2),
        data_words=sum(block.data_count for block in blocks),
        spare=len(places) - 8 * sum(block.total_count for block in blocks),
    )


def _blank(version: int) -> list[list[bool | None]]:
    from qrcode.main import precomputed_qr_blanks

    blank: list[list[bool | None]] = precomputed_qr_blanks[version]
    return blank


def _zigzag(width: int) -> Iterator[tuple[int, int]]:
    """Cells in the order of placing: pairs of columns from the right, upwards and downwards in turn."""
    upwards = True
    for right in range(width - 1, 0, -2):
        column = right - 1 if right <= 6 else right  # noqa: PLR2004  column 6 is the timing pattern
        for y in reversed(range(width)) if upwards else range(width):
            yield y, column
            yield y, column - 1
        upwards = not upwards


def _version(prefix: str, digits: str, level: int) -> int | None:
    """Return the smallest version that holds both segments, or None."""
    for version in range(1, _LARGEST_VERSION + 1):
        need = 4 + length_in_bits(MODE_ALPHA_NUM, version) + 11 * (len(prefix) // 2) + 6 * (len(prefix) % 2)
        if digits:
            need += 4 + length_in_bits(MODE_NUMBER, version) + 10 * (len(digits) // 3) + (0, 4, 7)[len(digits) % 3]
        if need <= BIT_LIMIT_TABLE[level][version]:
            return version
    return None


def _data_words(prefix: str, digits: str, version: int, count: int) -> bytes:
    """Write both segments as code words, filled up as ISO/IEC 18004, 7.4.9 and 7.4.10 say."""
    values = [ALPHA_NUM.index(character) for character in prefix.encode("ascii")]
    pairs = zip(values[::2], values[1::2], strict=False)
    parts = [f"{MODE_ALPHA_NUM:04b}", f"{len(prefix):0{length_in_bits(MODE_ALPHA_NUM, version)}b}"]
    parts += [f"{first * 45 + second:011b}" for first, second in pairs]
    if len(values) % 2:
        parts.append(f"{values[-1]:06b}")
    if digits:
        parts += [f"{MODE_NUMBER:04b}", f"{len(digits):0{length_in_bits(MODE_NUMBER, version)}b}"]
        for start in range(0, len(digits), 3):
            group = digits[start : start + 3]
            parts.append(f"{int(group):0{(0, 4, 7, 10)[len(group)]}b}")
    bits = "".join(parts)
    bits += "0" * min(4, 8 * count - len(bits))
    bits += "0" * (-len(bits) % 8)
    words = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return (words + b"\xec\x11" * count)[:count]


def _with_check_bytes(data: bytes, version: int, level: int) -> bytes:
    """Append the Reed-Solomon check bytes, blocks interleaved."""
    blocks, checks, start = [], [], 0
    for block in rs_blocks(version, level):
        part = data[start : start + block.data_count]
        start += block.data_count
        blocks.append(part)
        checks.append(_check_bytes(part, block.total_count - block.data_count))
    longest = max(map(len, blocks))
    mixed = [part[place] for place in range(longest) for part in blocks if place < len(part)]
    mixed += [check[place] for place in range(len(checks[0])) for check in checks]
    return bytes(mixed)


def _check_bytes(data: bytes, count: int) -> bytes:
    """Remainder of the data by the generator polynomial, one table look-up for each byte."""
    table = _multiples(count)
    top, room = 8 * (count - 1), (1 << 8 * count) - 1
    remainder = 0
    for byte in data:
        remainder = (remainder << 8 & room) ^ table[remainder >> top ^ byte]
    return remainder.to_bytes(count, "big")


@cache
def _multiples(count: int) -> tuple[int, ...]:
    """Return the generator polynomial of `count` check bytes, times every byte, without its leading term."""
    generator = rsPoly_LUT[count][1:]
    return tuple(
        int.from_bytes(bytes(gexp(glog(factor) + glog(term)) if factor and term else 0 for term in generator), "big")
        for factor in range(256)
    )


def _blocks(modules: Matrix) -> Iterator[tuple[int, int, int, int]]:
    """Cover the dark modules with few rectangles (x, y, width, height): runs that repeat downwards are one."""
    above: dict[tuple[int, int], int] = {}
    for y, row in enumerate((*modules, "")):
        runs = {match.span(): y for match in _DARK_RUN.finditer(row)}
        for span, top in above.items():
            if span in runs:
                runs[span] = top
            else:
                yield span[0], top, span[1] - span[0], y - top
        above = runs
