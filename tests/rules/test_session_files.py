"""What may be given to those who take part: types found in the content, names of any script, pictures made small."""

from __future__ import annotations

import io
import random
import zipfile
from functools import cache

import pikepdf
import pytest
from PIL import Image

from village.kit.refusal import Refusal
from village.workshops.rules import MOST_FILE_BYTES, clean_name, free_name
from village.workshops.uploads import read_upload

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@cache
def a_pdf(*, locked: bool = False) -> bytes:
    """A PDF of one empty page."""
    out = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(out, encryption=pikepdf.Encryption(user="secret", owner="x") if locked else None)
    return out.getvalue()


def a_photograph(kind: str = "JPEG", size: tuple[int, int] = (2400, 1800), **more: object) -> bytes:
    """A noisy picture, as a camera makes it."""
    small = Image.frombytes("RGB", (120, 90), random.Random(4).randbytes(120 * 90 * 3))
    out = io.BytesIO()
    small.resize(size, Image.Resampling.BICUBIC).save(out, kind, **more)
    return out.getvalue()


def an_archive(*names: str, first: bytes = b"") -> bytes:
    """An archive of these parts; `first` is the content of a part called mimetype before them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kept", "mimetype"),
    [
        ("عرض التسويق.pdf", a_pdf(), "عرض التسويق.pdf", "application/pdf"),
        ("photo.exe", a_pdf(), "photo.exe.pdf", "application/pdf"),
        ("دليل.docx", an_archive("[Content_Types].xml", "word/document.xml"), "دليل.docx", WORD),
        ("ⵜⴰⵙⵏⵉⵎ.odt", an_archive(first=b"application/vnd.oasis.opendocument.text"), "ⵜⴰⵙⵏⵉⵎ.odt",
         "application/vnd.oasis.opendocument.text"),
        ("notes", "سؤال عن الفواتير".encode("cp1256"), "notes.txt", "text/plain"),
        ("prix.CSV", b"a;b\r\n1;2\r\n", "prix.csv", "text/plain"),
    ],
)  # fmt: skip
def test_the_type_is_that_of_the_content(name: str, data: bytes, kept: str, mimetype: str) -> None:
    new = read_upload(name, data)
    assert (new.name, new.mimetype) == (kept, mimetype)


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("upload_empty", b""),
        ("upload_too_large", b"x" * (MOST_FILE_BYTES + 1)),
        ("upload_broken", a_pdf()[:200]),
        ("upload_broken", a_pdf(locked=True)),
        ("upload_broken", a_photograph()[:5000]),
        ("upload_broken", b"PK\x03\x04 and then nothing"),
        ("upload_kind_unknown", an_archive("a.exe")),
        ("upload_kind_unknown", an_archive(first=b"application/vnd.oasis.opendocument.database")),
        ("upload_with_macros", an_archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("upload_kind_unknown", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("upload_kind_unknown", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("upload_kind_unknown", b'\xef\xbb\xbf <svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("upload_kind_unknown", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ],
)
def test_what_could_do_harm_or_does_not_open_is_refused(code: str, data: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        read_upload("cours.pdf", data)
    assert caught.value.code == code


def test_a_photograph_fits_a_phone_and_does_not_tell_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned: the camera was held upright
    exif.get_ifd(0x8825)[1] = "N"
    sent = a_photograph(exif=exif, quality=95)
    new = read_upload("صورة.jpg", sent)
    with Image.open(io.BytesIO(new.data)) as kept:
        assert (kept.width, kept.height) == (1200, 1600)
        assert not kept.getexif()
    assert len(new.data) < len(sent) / 2


def test_a_drawing_stays_sharp_and_a_photograph_as_png_becomes_small() -> None:
    drawing = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(drawing, "PNG")
    assert read_upload("plan.png", drawing.getvalue()).mimetype == "image/png"
    new = read_upload("photo.png", a_photograph("PNG", (1200, 900)))
    assert (new.name, new.mimetype) == ("photo.jpg", "image/jpeg")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Mes documents\\الدرس الأول.PDF", "الدرس الأول.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe.pdf"),
        ('a<b>:"c"|?*\x00.pdf', "a b c.pdf"),
        ("", "document.pdf"),
        (".pdf", "document.pdf"),
        ("م" * 300 + ".pdf", "م" * 120 + ".pdf"),
    ],
)
def test_names_are_kept_in_any_script_and_made_safe(name: str, kept: str) -> None:
    assert clean_name(name, "application/pdf") == kept


def test_two_files_of_one_name_are_told_apart() -> None:
    assert free_name("درس.pdf", ["درس.pdf", "درس (2).pdf"]) == "درس (3).pdf"
