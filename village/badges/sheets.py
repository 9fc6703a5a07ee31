"""Sheets of eight badges for the printer: one ground for each kind, the persons' lines over it.

Only a person's own lines are laid out for each badge. The ground of a kind (star band, name of the
fair, coloured foot) is rendered once and drawn eight times a page; the QR symbols and the cut marks
are written as drawing operators.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from village.badges.rules import Affiliation, Kind, group_short_code, link_prefix
from village.kit import pdf, qr
from village.kit.pdf.layers import POINTS_PER_MM, Placed, Stack
from village.kit.zellige import band

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import pikepdf

DESIGN = "badge_sheet"
PER_SHEET = 8
SHEETS_AT_ONCE = 25

CARD_MM = (85.6, 54.0)
QR_MM = 28.0
_PAGE_MM = 297.0
_GAP_MM = 6.0
_LEFT_MM = (108.0, 16.4)
_TOP_MM = 31.5
_QR_IN_CARD_MM = (3.6, 9.6)
_SHORT_NAME_SIZES = (19, 17, 15, 13, 12, 11, 10)
_LATIN_SIZES = (11, 10, 9, 8, 7)
_TEXT_MM = 47.5
_LONG_ORG = 60
"""Characters beyond which the organisation is set smaller, to leave the foot free."""


class KindLook(NamedTuple):
    """How a kind is called and coloured on its foot; white text on each colour has at least 4.5:1."""

    ar: str
    fr: str
    colour: str


LOOKS = {
    Kind.EXHIBITOR: KindLook("العارضون", "Exposants", "#0f5c50"),
    Kind.PARTICIPANT: KindLook("المشاركون", "Participants", "#24478f"),
    Kind.JURY: KindLook("لجنة التحكيم", "Jury", "#a8432a"),
    Kind.STAFF: KindLook("التنظيم", "Organisation", "#6a4a8c"),
    Kind.INSTITUTION: KindLook("المؤسسات", "Institutions", "#7d5410"),
    Kind.PRESS: KindLook("الصحافة", "Presse", "#3f3a36"),
    Kind.TRAINER: KindLook("التأطير", "Animation", "#0b6477"),
}


@dataclass(frozen=True)
class BadgeToPrint:
    """Everything one badge shows. `digits` is its signed record as a decimal number."""

    kind: Kind
    name_ar: str
    name_fr: str
    short_code: str
    digits: str
    affiliation: Affiliation


@dataclass(frozen=True)
class Heading:
    """Name of the fair as printed on every badge, and the public address of its links."""

    ar: str
    fr: str
    address: str


def write_sheets(
    badges: Sequence[BadgeToPrint],
    heading: Heading,
    path: Path,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Write the sheets of these badges, in their order, as one PDF.

    `progress` is told how many badges are done after each portion. Raises ValueError where there is none to print.
    """
    if not badges:
        raise ValueError("no badges to print")
    stack = Stack("شارات · Badges")
    kinds = sorted({badge.kind for badge in badges})
    grounds = dict(zip(kinds, stack.forms(_grounds(kinds, heading)), strict=True))
    prefix = link_prefix(heading.address)
    portion = PER_SHEET * SHEETS_AT_ONCE
    for start in range(0, len(badges), portion):
        part = badges[start : start + portion]
        sheets = [part[at : at + PER_SHEET] for at in range(0, len(part), PER_SHEET)]
        lines = pdf.render(
            f"{DESIGN}/lines.html",
            DESIGN,
            title="شارات",
            sheets=[[_shown(badge) for badge in sheet] for sheet in sheets],
        )
        stack.add_pages(lines, [_under(sheet, grounds, prefix) for sheet in sheets])
        progress(start + len(part), len(badges))
    stack.save(path)


def _grounds(kinds: Sequence[Kind], heading: Heading) -> bytes:
    return pdf.render(
        f"{DESIGN}/grounds.html",
        DESIGN,
        title="شارات",
        kinds=[LOOKS[kind]._asdict() for kind in kinds],
        fair={"ar": heading.ar, "fr": heading.fr},
        band=Markup(band(CARD_MM[0], 5.6)),  # noqa: S704 - our own drawing
    )


def _shown(badge: BadgeToPrint) -> dict[str, object]:
    """Return the values of one card's lines, names sized to fit."""
    return {
        "name_ar": badge.name_ar,
        "name_fr": badge.name_fr,
        "size_ar": round(pdf.fit(badge.name_ar, "Amiri", 700, _TEXT_MM, _SHORT_NAME_SIZES).size_pt),
        "size_fr": round(pdf.fit(badge.name_fr, "IBM Plex Sans Arabic", 700, _TEXT_MM, _LATIN_SIZES).size_pt),
        "org_ar": badge.affiliation.org_ar,
        "org_fr": badge.affiliation.org_fr,
        "long_org": max(len(badge.affiliation.org_ar), len(badge.affiliation.org_fr)) > _LONG_ORG,
        "stand": badge.affiliation.stand,
        "short": group_short_code(badge.short_code),
    }


def _under(sheet: Sequence[BadgeToPrint], grounds: Mapping[Kind, pikepdf.Object], prefix: str) -> list[Placed]:
    """Return what lies under the lines of one sheet: grounds, cut marks, QR symbols."""
    placed = []
    operators = [_cut_marks(len(sheet))]
    for place, badge in enumerate(sheet):
        left, top = _corner(place)
        placed.append(Placed(grounds[badge.kind], (left, _PAGE_MM - top - CARD_MM[1])))
        operators.append(
            qr.pdf_operators(
                qr.matrix(prefix, badge.digits),
                (left + _QR_IN_CARD_MM[0]) * POINTS_PER_MM,
                (_PAGE_MM - top - _QR_IN_CARD_MM[1]) * POINTS_PER_MM,
                QR_MM * POINTS_PER_MM,
            )
        )
    return [*placed, Placed(operators=b"".join(operators))]


def _corner(place: int) -> tuple[float, float]:
    """Upper left corner of a card on the sheet, from the sheet's upper left corner."""
    return _LEFT_MM[place % 2], _TOP_MM + (place // 2) * (CARD_MM[1] + _GAP_MM)


@cache
def _cut_marks(cards: int) -> bytes:
    """Short strokes outside the corners of each card, 0.6 mm away from it."""
    away, length = 0.6, 2.0
    strokes = []
    for place in range(cards):
        left, top = _corner(place)
        for x, outward_x in ((left, -1), (left + CARD_MM[0], 1)):
            for y, outward_y in ((top, -1), (top + CARD_MM[1], 1)):
                strokes.append((x + outward_x * away, y, x + outward_x * (away + length), y))
                strokes.append((x, y + outward_y * away, x, y + outward_y * (away + length)))
    drawn = "".join(
        f"{x1 * POINTS_PER_MM:.2f} {(_PAGE_MM - y1) * POINTS_PER_MM:.2f} m "
        f"{x2 * POINTS_PER_MM:.2f} {(_PAGE_MM - y2) * POINTS_PER_MM:.2f} l\n"
        for x1, y1, x2, y2 in strokes
    )
    return f"q 0 G 0.3 w\n{drawn}S Q\n".encode("ascii")
