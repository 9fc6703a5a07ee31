"""Certificates on paper: print runs in three layers, and single tagged files to send.

A print run renders the frame once, the text once for each workshop and gender, and a person's own
lines in portions; QR symbols are written as drawing operators. A single file is laid out whole and
tagged for screen readers, over the same frame.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import pikepdf
from markupsafe import Markup

from village.badges.rules import group_short_code
from village.certificates.rules import (
    Session,
    duration_ar,
    duration_fr,
    link_prefix,
    ordinal,
    sentence,
    texts,
)
from village.kit import pdf, qr
from village.kit.i18n import counted, format_day
from village.kit.pdf.layers import POINTS_PER_MM, Placed, Stack, lay_under
from village.kit.pdf.text import has_tashkeel
from village.kit.zellige import border, emblem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

DESIGN = "certificate"
PERSONS_AT_ONCE = 25

_WIDTH_MM, _HEIGHT_MM = 297.0, 210.0
_QR_MM = 33.0
_QR_BOX_MM = (128.78, 142.78, 39.44)  # 33 mm of 41 modules, and the quiet zone of 4 on each side
_NAME_MM = 236.0
_ARABIC_SIZES = (36, 33, 30, 27, 24, 21, 18)
_MARKED_SIZES = (30, 27, 24, 21, 18)
_LATIN_SIZES = (22, 20, 18, 16, 14, 12)
_LATIN_ALONE_SIZES = (32, 28, *_LATIN_SIZES)
# Characters of the longer of both sentences up to which each size of the text fits its 40 mm.
_LONGEST_BY_SIZE = ((330, 1), (430, 2))


@dataclass(frozen=True)
class Fair:
    """What all certificates of an edition share. Done-at places are whole phrases («بمداغ», « à Madagh »)."""

    number: int
    name_ar: str
    name_fr: str
    organizer_ar: str
    organizer_fr: str
    done_place_ar: str
    done_place_fr: str
    done_on: date
    address: str
    demonstration: bool = False
    # The seal of the log that covers these certificates, as it is printed; empty before the first one.
    seal: str = ""


@dataclass(frozen=True)
class CertificateToPrint:
    """Everything one certificate shows. `digits` is its signed record as a decimal number."""

    number: str
    session: Session
    gender: str
    name_ar: str
    name_fr: str
    short_code: str
    digits: str


class _TextKey(NamedTuple):
    session: Session
    gender: str


def write_print_file(
    certificates: Sequence[CertificateToPrint],
    fair: Fair,
    path: Path,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Write these certificates, in their order, as one file for the printer.

    `progress` is told how many are done after each portion.
    """
    stack = Stack("شواهد المشاركة · Attestations de participation")
    keys = list(dict.fromkeys(_TextKey(each.session, each.gender) for each in certificates))
    frame = stack.forms(frame_page(replace(fair, seal="")))[0]
    sheets = dict(zip(keys, stack.forms(_text_pages(keys, fair)), strict=True)) if keys else {}
    prefix = link_prefix(fair.address)
    for start in range(0, len(certificates), PERSONS_AT_ONCE):
        part = certificates[start : start + PERSONS_AT_ONCE]
        pages = pdf.render(
            f"{DESIGN}/persons.html",
            DESIGN,
            title=texts()["title"]["ar"],
            persons=[_person(each, fair) for each in part],
        )
        under = [
            [
                Placed(frame),
                Placed(sheets[_TextKey(each.session, each.gender)]),
                Placed(operators=_symbol(prefix, each.digits)),
            ]
            for each in part
        ]
        stack.add_pages(pages, under)
        progress(start + len(part), len(certificates))
    stack.save(path)


def single(certificate: CertificateToPrint, fair: Fair) -> bytes:
    """Make one certificate as a tagged file (PDF/A-3a and PDF/UA-1): text in reading order, the frame an artifact."""
    text = _text(_TextKey(certificate.session, certificate.gender), fair)
    symbol = qr.matrix(link_prefix(fair.address), certificate.digits)
    laid_out = pdf.render(
        DESIGN,
        DESIGN,
        variant="pdf/a-3a",
        fair=_heading(fair),
        text=text,
        person=_person(certificate, fair),
        qr=qr.svg(symbol, f"QR {certificate.number}"),
        border="",
        emblem="",
    )
    with pikepdf.open(BytesIO(laid_out)) as file, pikepdf.open(BytesIO(frame_page(replace(fair, seal="")))) as frame:
        form = file.copy_foreign(frame.pages[0].as_form_xobject())
        lay_under(file.pages[0], [Placed(form)])
        with file.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["pdfuaid:part"] = "1"
        done = BytesIO()
        file.save(done, deterministic_id=True)
    return done.getvalue()


def content_hash(certificate: CertificateToPrint, fair: Fair) -> str:
    """Name of a single file in the storage: changes with anything the paper shows."""
    return hashlib.sha256(repr((certificate, fair)).encode()).hexdigest()[:32]


def naive(certificate: CertificateToPrint, fair: Fair) -> bytes:
    """Render one certificate whole, frame included, in a call of its own: what the benchmark compares with."""
    return pdf.render(
        DESIGN,
        DESIGN,
        fair=_heading(fair),
        text=_text(_TextKey(certificate.session, certificate.gender), fair),
        person=_person(certificate, fair),
        qr=qr.svg(qr.matrix(link_prefix(fair.address), certificate.digits), "QR"),
        border=Markup(border(_WIDTH_MM, _HEIGHT_MM)),  # noqa: S704  our own drawing
        emblem=Markup(emblem(17)),  # noqa: S704  our own drawing
    )


@lru_cache(maxsize=8)
def frame_page(fair: Fair) -> bytes:
    """Render the frame of a fair's certificates."""
    return pdf.render(
        f"{DESIGN}/frame.html",
        DESIGN,
        fair=_heading(fair),
        border=Markup(border(_WIDTH_MM, _HEIGHT_MM)),  # noqa: S704  our own drawing
        emblem=Markup(emblem(17)),  # noqa: S704  our own drawing
    )


def _text_pages(keys: Sequence[_TextKey], fair: Fair) -> bytes:
    return pdf.render(f"{DESIGN}/sheets.html", DESIGN, fair=_heading(fair), sheets=[_text(key, fair) for key in keys])


def _heading(fair: Fair) -> dict[str, str]:
    return {
        "name_ar": fair.name_ar,
        "name_fr": fair.name_fr,
        "edition_ar": f"الدورة {ordinal(fair.number, 'ar')}" + (" — نموذج تجريبي" if fair.demonstration else ""),
        "edition_fr": f"{ordinal(fair.number, 'fr')} édition" + (" — démonstration" if fair.demonstration else ""),
        "tifinagh": "ⵜⵉⵡⵉⵣⵉ",
        "title_ar": texts()["title"]["ar"],
        "title_fr": texts()["title"]["fr"],
        "seal": fair.seal,
    }


def _text(key: _TextKey, fair: Fair) -> dict[str, object]:
    """Return the values of the middle layer: sentence, place and day, who signs."""
    session = key.session
    whole, odd = divmod(session.minutes, 60)
    ar = sentence(
        "ar",
        key.gender,
        session,
        {
            "organizer": fair.organizer_ar,
            "ordinal": ordinal(fair.number, "ar"),
            "date": f"يوم {format_day(session.day, 'ar')}",
            "hours": duration_ar(session.minutes, counted("hour", whole, "ar"), counted("minute", odd, "ar")),
        },
    )
    fr = sentence(
        "fr",
        key.gender,
        session,
        {
            "organizer": fair.organizer_fr,
            "ordinal": ordinal(fair.number, "fr"),
            "date": f"le {format_day(session.day, 'fr')}",
            "hours": duration_fr(session.minutes),
        },
    )
    longest = max(len(part.opening + part.title + part.rest) for part in (ar, fr))
    done = texts()["done_at"]
    return {
        "before_ar": ar.before,
        "before_fr": fr.before,
        "ar": {"opening": ar.opening, "title": ar.title, "rest": ar.rest},
        "fr": {"opening": fr.opening, "title": fr.title, "rest": fr.rest},
        "size": next((size for limit, size in _LONGEST_BY_SIZE if longest <= limit), 3),
        "done_ar": done["ar"].format(place=fair.done_place_ar, date=format_day(fair.done_on, "ar", weekday=False)),
        "done_fr": done["fr"].format(place=fair.done_place_fr, date=format_day(fair.done_on, "fr", weekday=False)),
        "organizer_ar": fair.organizer_ar,
        "organizer_fr": fair.organizer_fr,
        "signature_ar": texts()["signature"]["ar"],
        "signature_fr": texts()["signature"]["fr"],
        "trainers_ar": "، ".join(session.trainers_ar),
        "trainers_fr": ", ".join(session.trainers_fr),
    }


def _person(certificate: CertificateToPrint, fair: Fair) -> dict[str, object]:
    """Return the values of the top layer, names sized to fit."""
    ar, fr = certificate.name_ar, certificate.name_fr
    sizes_ar = _MARKED_SIZES if has_tashkeel(ar) else _ARABIC_SIZES
    sizes_fr = _LATIN_SIZES if ar else _LATIN_ALONE_SIZES
    return {
        "name_ar": ar,
        "name_fr": fr,
        "size_ar": round(pdf.fit(ar, "Amiri", 700, _NAME_MM, sizes_ar).size_pt),
        "size_fr": round(pdf.fit(fr, "Amiri", 400, _NAME_MM, sizes_fr).size_pt),
        "number": certificate.number,
        "short": group_short_code(certificate.short_code),
        "where": urlsplit(fair.address).netloc + "/C",
    }


def _symbol(prefix: str, digits: str) -> bytes:
    """Operators of the QR symbol, centred in the box that single files give it with its quiet zone."""
    left, top, box = _QR_BOX_MM
    inset = (box - _QR_MM) / 2
    return qr.pdf_operators(
        qr.matrix(prefix, digits),
        (left + inset) * POINTS_PER_MM,
        (_HEIGHT_MM - top - inset) * POINTS_PER_MM,
        _QR_MM * POINTS_PER_MM,
    )
