"""The page of traps looks as it looked when a person who reads Arabic approved it.

After an approved change: `.venv/bin/python -m tests.documents.test_traps` draws the reference anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.documents.looking import pictures, worst_tile
from village.kit import pdf

REFERENCE = Path(__file__).with_name("traps.png")
DPI = 96
TOLERANCE = 40.0  # of 255, in the worst tile of 8 × 8 pixels: less than one letter out of its place


def drawn(**different: object) -> Image.Image:
    values = {**pdf.design("traps").sample, **different}
    made = pdf.render("traps", "traps", **values)  # type: ignore[arg-type]
    (picture,) = pictures(made, DPI)
    return picture


def test_the_page_of_traps_looks_as_approved() -> None:
    with Image.open(REFERENCE) as kept:
        approved = kept.convert("L")
    picture = drawn()
    assert picture.size == approved.size
    assert worst_tile(picture, approved) < TOLERANCE


@pytest.mark.parametrize(
    "broken",
    [
        {"phone": "21 00 00 00 6 212+"},
        {"fair": "ةينماضتلا ةيرقلا"},
        {"long_name": "العلوي الحسني اليزناسني مولاي عبد الرحمان بن سيدي محمد الإدريسي"},
        {"letters": "األعلى اآلالت لله مدرسةٌ شدّة ملاءمة"},
        {"number": "0001-A-VS14"},
    ],
)
def test_a_page_fallen_into_a_trap_is_seen(broken: dict[str, str]) -> None:
    with Image.open(REFERENCE) as kept:
        approved = kept.convert("L")
    assert worst_tile(drawn(**broken), approved) > TOLERANCE


if __name__ == "__main__":
    drawn().quantize(16).save(REFERENCE, optimize=True)
