"""Look into an uploaded file: what it truly is, whether it opens, and pictures made small enough for a phone."""

from __future__ import annotations

import zipfile
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Final

from village.kit.refusal import Refusal
from village.workshops.rules import MOST_FILE_BYTES, OFFICE_PARTS, NewFile, clean_name

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS: Final = 60_000_000
_SIDE: Final = 1600  # a phone shows no more
_QUALITY: Final = 80
_MOST_PARTS: Final = 5000
_PICTURES: Final = ("JPEG", "PNG", "WEBP", "GIF")
_DOCUMENTS: Final = "application/vnd.oasis.opendocument."
_PILLOW: Final = Lock()  # the choice what to do with files that break off is one for the whole library


def read_upload(name: str, data: bytes) -> NewFile:
    """Return what is kept of an uploaded file, its type found in its content and never in its name.

    Pictures are made anew: turned upright, at most 1600 pixels to a side, without what a camera writes beside them
    (where it was taken). Office documents with macros, web pages, programs and archives are refused.

    Args:
        name: as the sender's device gave it.
        data: all its bytes.

    Raises:
        Refusal: `upload_empty`, `upload_too_large`, `upload_kind_unknown`, `upload_with_macros`, `upload_broken`.

    """
    if not data:
        raise Refusal("upload_empty")
    if len(data) > MOST_FILE_BYTES:
        raise Refusal("upload_too_large", {"most": MOST_FILE_BYTES // 1024 // 1024})
    if data[:1024].lstrip().startswith(b"%PDF-"):
        _must_open(data)
        return _file(name, "application/pdf", data)
    if data.startswith(b"PK\x03\x04"):
        return _file(name, _office_kind(data), data)
    if (picture := _picture(data)) is not None:
        return _file(name, *picture)
    return _file(name, "text/plain", _text(data))


def _file(name: str, mimetype: str, data: bytes) -> NewFile:
    return NewFile(clean_name(name, mimetype), mimetype, data)


def _must_open(data: bytes) -> None:
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as file:
            if not len(file.pages):
                raise Refusal("upload_broken")
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise Refusal("upload_broken") from error


def _office_kind(data: bytes) -> str:
    """Tell which office document an archive is, by its parts; nothing of it is unpacked but the name of its kind."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = [part.filename for part in archive.infolist()]
            if len(names) > _MOST_PARTS:
                raise Refusal("upload_kind_unknown")
            if any("vbaproject" in each.lower() or each.startswith("Basic/") for each in names):
                raise Refusal("upload_with_macros")
            if names and names[0] == "mimetype" and archive.infolist()[0].file_size < len(_DOCUMENTS) + 40:
                return _opendocument(archive.read("mimetype").decode("ascii", "replace").strip())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise Refusal("upload_broken") from error
    if "[Content_Types].xml" in names:
        for folder, mimetype in OFFICE_PARTS.items():
            if any(each.startswith(folder) for each in names):
                return mimetype
    raise Refusal("upload_kind_unknown")


def _opendocument(mimetype: str) -> str:
    if mimetype.removeprefix(_DOCUMENTS) not in ("text", "presentation", "spreadsheet"):
        raise Refusal("upload_kind_unknown")
    return mimetype


def _picture(data: bytes) -> tuple[str, bytes] | None:
    """Return type and bytes of a picture made anew, or None where this is none."""
    from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

    with _PILLOW:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            with Image.open(BytesIO(data), formats=_PICTURES) as opened:
                if opened.width * opened.height > _MOST_PIXELS:
                    raise Refusal("upload_too_large", {"most": MOST_FILE_BYTES // 1024 // 1024})
                opened.draft("RGB", (_SIDE, _SIDE))
                kind = opened.format
                upright = ImageOps.exif_transpose(opened)
        except UnidentifiedImageError:
            return None
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise Refusal("upload_broken") from error
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before
    upright.thumbnail((_SIDE, _SIDE))
    photograph = _as_photograph(upright)
    if kind in ("JPEG", "MPO"):
        return "image/jpeg", photograph
    # Drawings and pictures of screens are smaller, and sharper, as PNG; photographs are not.
    drawn = _as_drawing(upright)
    return ("image/png", drawn) if len(drawn) <= len(photograph) else ("image/jpeg", photograph)


def _as_photograph(image: Image) -> bytes:
    from PIL import Image as Pictures

    plain = image
    if image.has_transparency_data:
        # What is see-through becomes white, as on paper.
        clear = image.convert("RGBA")
        plain = Pictures.new("RGB", clear.size, "white")
        plain.paste(clear, mask=clear.getchannel("A"))
    elif image.mode not in ("RGB", "L"):
        plain = image.convert("RGB")
    out = BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _as_drawing(image: Image) -> bytes:
    out = BytesIO()
    plain = image if image.mode in ("RGB", "RGBA", "L", "P") else image.convert("RGBA")
    # As a new picture, so that nothing but its points is kept.
    plain.info = {key: value for key, value in plain.info.items() if key == "transparency"}
    plain.save(out, "PNG", optimize=True)
    return out.getvalue()


def _text(data: bytes) -> bytes:
    """Return a plain text as UTF-8. Web pages and drawings are no plain text: a browser would run them.

    Raises:
        Refusal: `upload_kind_unknown`.

    """
    text = _decoded(data)
    head = text.lstrip("\ufeff \r\n\t")[:512].lower()
    controls = sum(sign < " " and sign not in "\r\n\t\f" for sign in text)
    if controls or head.startswith(("<!doctype", "<html", "<?xml", "<svg", "<script", "#!", "{\\rtf", "mz")):
        raise Refusal("upload_kind_unknown")
    return text.encode()


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1256", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("upload_kind_unknown")
