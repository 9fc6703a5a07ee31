"""Pictures to trace a hall from: PNG, JPEG, or a page of a PDF, made anew so that nothing but pixels is kept."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

MOST_BYTES: Final = 8 * 1024 * 1024
# Read at most so many pixels; keep at most so many to a side.
MOST_PIXELS: Final = 60_000_000
MOST_SIDE: Final = 4000
MOST_PAGES: Final = 500
_PDFIUM: Final = Lock()  # pdfium is not for two threads at once
_PILLOW: Final = Lock()  # nor is the choice what to do with files that break off


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: PNG or JPEG, its ending, its size in pixels."""

    data: bytes
    ending: str
    width: int
    height: int


def read_picture(data: bytes, page: int = 1) -> Picture:
    """A PNG or JPEG picture, or a page (from 1) of a PDF, made anew and small enough to show.

    Raises:
        Refusal: ``import_too_large``, ``picture_unreadable``, ``picture_page_not_found``.
    """
    if len(data) > MOST_BYTES:
        raise Refusal("import_too_large", {"limit": MOST_BYTES // 1024 // 1024})
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _kept(_page(data, page), "PNG")
    return _opened(data)


def _opened(data: bytes) -> Picture:
    from PIL import Image, UnidentifiedImageError

    try:
        with _whole_files_only(), Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Refusal("import_too_large", {"limit": MOST_PIXELS})
            kind = image.format or "PNG"
            image.load()
            return _kept(image.convert("RGB" if kind == "JPEG" else "RGBA"), kind)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refusal("picture_unreadable") from error


@contextmanager
def _whole_files_only() -> Iterator[None]:
    """Refuse files that break off, also where the printer of papers has let the library take them."""
    from PIL import ImageFile

    with _PILLOW:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _page(data: bytes, page: int) -> Image:
    import pypdfium2

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise Refusal("picture_unreadable") from error
        try:
            if not 1 <= page <= min(len(document), MOST_PAGES):
                raise Refusal("picture_page_not_found", {"page": page, "pages": len(document)})
            return _rendered(document[page - 1])
        except pypdfium2.PdfiumError as error:
            raise Refusal("picture_unreadable") from error
        finally:
            document.close()


def _rendered(page: Any) -> Image:
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise Refusal("picture_unreadable")
    scale = min(4.0, MOST_SIDE / max(width, height))
    image: Image = page.render(scale=scale).to_pil().convert("RGB")
    return image


def _kept(image: Image, kind: str) -> Picture:
    image.thumbnail((MOST_SIDE, MOST_SIDE))
    out = BytesIO()
    if kind == "JPEG":
        image.save(out, "JPEG", quality=85)
    else:
        image.save(out, "PNG")
    return Picture(out.getvalue(), "jpg" if kind == "JPEG" else "png", image.width, image.height)
