"""Pictures that come in: photos of a dossier, proofs of a hand-over. What is kept is made anew, without metadata."""

from __future__ import annotations

from io import BytesIO
from threading import Lock
from typing import Final

from village.kit.refusal import Refusal

MOST_BYTES: Final = 12 * 1024 * 1024
_MOST_PIXELS: Final = 60_000_000
_SIDE: Final = 1600  # a tablet shows no more
_QUALITY: Final = 82
_KINDS: Final = ("JPEG", "PNG", "WEBP")
_PILLOW: Final = Lock()  # the choice what to do with files that break off is one for the whole library


def clean_photo(data: bytes) -> bytes:
    """Return a picture as JPEG, upright, at most 1600 pixels to a side, without what a camera writes beside it.

    Raises:
        Refusal: `photo_missing`, `photo_too_large` {most} (in MB), `photo_kind_wrong`, `photo_broken`.

    """
    from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

    _check_size(data)
    with _PILLOW:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            with Image.open(BytesIO(data), formats=_KINDS) as opened:
                if opened.width * opened.height > _MOST_PIXELS:
                    raise Refusal("photo_too_large", {"most": MOST_BYTES // 1024 // 1024})
                opened.draft("RGB", (_SIDE, _SIDE))
                upright = ImageOps.exif_transpose(opened)
        except UnidentifiedImageError as error:
            raise Refusal("photo_kind_wrong") from error
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise Refusal("photo_broken") from error
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before
    upright.thumbnail((_SIDE, _SIDE))
    plain = Image.new("RGB", upright.size, "white")
    if upright.has_transparency_data:
        # What is see-through becomes white, as on paper.
        clear = upright.convert("RGBA")
        plain.paste(clear, mask=clear.getchannel("A"))
    else:
        plain.paste(upright.convert("RGB"))
    out = BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def clean_proof(data: bytes) -> tuple[bytes, str]:
    """Return a proof of a hand-over and the ending of its name: a PDF as it is, or a picture made anew.

    Raises:
        Refusal: those of `clean_photo`.

    """
    import pikepdf

    if not data[:1024].lstrip().startswith(b"%PDF-"):
        return clean_photo(data), "jpg"
    _check_size(data)
    try:
        with pikepdf.open(BytesIO(data)) as file:
            pages = len(file.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise Refusal("photo_broken") from error
    if not pages:
        raise Refusal("photo_broken")
    return data, "pdf"


def _check_size(data: bytes) -> None:
    if not data:
        raise Refusal("photo_missing")
    if len(data) > MOST_BYTES:
        raise Refusal("photo_too_large", {"most": MOST_BYTES // 1024 // 1024})
