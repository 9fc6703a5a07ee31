"""QR symbols: the same as the library draws, small enough, and readable."""

from __future__ import annotations

import secrets

import pytest
import zxingcpp
from PIL import Image
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M
from qrcode.main import QRCode
from qrcode.util import MODE_ALPHA_NUM, MODE_NUMBER, QRData

from village.kit import qr

PREFIX = "HTTPS://VILLAGE.EXAMPLE.MA/B/"


def number(count: int) -> str:
    return str(int.from_bytes(b"\x01" + secrets.token_bytes(count - 1), "big")) if count else ""


def by_the_library(prefix: str, digits: str, level: int) -> tuple[str, ...]:
    code = QRCode(error_correction=level, mask_pattern=2)
    code.add_data(QRData(prefix, MODE_ALPHA_NUM))
    if digits:
        code.add_data(QRData(digits, MODE_NUMBER))
    code.make()
    return tuple("".join("1" if cell else "0" for cell in row) for row in code.modules)


@pytest.mark.parametrize("count", [0, 1, 5, 30, 77, 93, 200, 500, 1000])
@pytest.mark.parametrize("prefix", [PREFIX, PREFIX + "A", "A"])
def test_the_symbol_is_the_one_that_the_library_draws(count: int, prefix: str) -> None:
    digits = number(count)
    drawn = qr.matrix(prefix, digits, largest=177)
    assert drawn == by_the_library(prefix, digits, ERROR_CORRECT_M)


def test_level_l_where_m_would_be_too_large() -> None:
    digits = number(93)
    assert len(by_the_library(PREFIX, digits, ERROR_CORRECT_M)) == 45
    assert qr.matrix(PREFIX, digits) == by_the_library(PREFIX, digits, ERROR_CORRECT_L)


def test_a_badge_needs_41_modules_and_a_certificate_no_more() -> None:
    badge = number(77)
    assert len(by_the_library(PREFIX, badge, ERROR_CORRECT_M)) == len(qr.matrix(PREFIX, badge)) == 41
    assert len(qr.matrix("HTTPS://CERTIFICATS.VILLAGE-SOLIDAIRE.EXAMPLE.MA/C/", number(93))) == 41


def test_the_symbol_reads_back() -> None:
    digits = number(77)
    modules = qr.matrix(PREFIX, digits)
    wide = len(modules) + 2 * qr.QUIET
    picture = Image.new("L", (wide, wide), 255)
    for y, row in enumerate(modules):
        for x, cell in enumerate(row):
            if cell == "1":
                picture.putpixel((x + qr.QUIET, y + qr.QUIET), 0)
    read = zxingcpp.read_barcode(picture.resize((wide * 4, wide * 4), Image.Resampling.NEAREST))
    assert read is not None
    assert read.text == PREFIX + digits


def test_the_drawing_covers_each_dark_module_once() -> None:
    modules = qr.matrix(PREFIX, number(40))
    seen: dict[tuple[int, int], int] = {}
    for line in qr.pdf_operators(modules, 0, 0, 100).decode().splitlines()[1:-1]:
        x, y, wide, high, operator = line.split()
        assert operator == "re"
        for dx in range(int(wide)):
            for dy in range(int(high)):
                seen[int(x) + dx, int(y) + dy] = seen.get((int(x) + dx, int(y) + dy), 0) + 1
    dark = {(x, y) for y, row in enumerate(modules) for x, cell in enumerate(row) if cell == "1"}
    assert set(seen) == dark
    assert set(seen.values()) == {1}


@pytest.mark.parametrize(("prefix", "digits"), [("lower.example/", ""), ("A", "12a"), ("A", "٣٤"), ("A" * 5000, "")])
def test_what_a_symbol_cannot_hold_is_refused(prefix: str, digits: str) -> None:
    with pytest.raises(ValueError):
        qr.matrix(prefix, digits)


def test_the_title_of_a_figure_is_escaped() -> None:
    assert "<script>" not in qr.svg(qr.matrix("A"), "<script>")
