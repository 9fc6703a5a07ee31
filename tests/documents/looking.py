"""Looking at printed pages as pictures, and reading the codes on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

if TYPE_CHECKING:
    from pathlib import Path

MM_PER_INCH = 25.4


def pictures(data: bytes | Path, dpi: float = 72) -> list[Image.Image]:
    """Every page as a grey picture."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def codes(picture: Image.Image) -> set[str]:
    """Texts of all QR symbols in a picture."""
    return {found.text for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)}


def worn(picture: Image.Image) -> Image.Image:
    """The picture as a poor camera sees it: tilted by three degrees and out of focus."""
    return picture.rotate(3, expand=True, fillcolor=255).filter(ImageFilter.GaussianBlur(1.2))


def is_blank(picture: Image.Image, dpi: float, box_mm: tuple[float, float, float, float]) -> bool:
    """Whether nothing is printed in a box (left, top, right, bottom); a pale ground counts as nothing."""
    left, top, right, bottom = (round(value / MM_PER_INCH * dpi) for value in box_mm)
    darkest, _ = picture.crop((left, top, right, bottom)).getextrema()
    return int(darkest) > 200


def worst_tile(one: Image.Image, other: Image.Image, tile: int = 8) -> float:
    """The greatest mean difference (0 to 255) between tiles of two pictures of one size."""
    difference = ImageChops.difference(one, other)
    small = difference.resize((difference.width // tile, difference.height // tile), Image.Resampling.BOX)
    return float(small.getextrema()[1])


def fonts_of(data: bytes | Path) -> dict[str, bool]:
    """Fonts of a file by name without their subset tag, and whether each is embedded."""
    from io import BytesIO

    found: dict[str, bool] = {}
    with pikepdf.open(BytesIO(data) if isinstance(data, bytes) else data) as file:
        for thing in file.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                name = str(thing.FontName).lstrip("/").partition("+")[2]
                found[name] = any(key in thing for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found
