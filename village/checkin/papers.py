"""Sign-in sheets on paper: A4, in Arabic and French at once, with the numbers of the screen."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf

from village.checkin.queries import slot_of
from village.kit import pdf, qr
from village.kit.i18n import format_clock, format_day
from village.people.queries import list_people
from village.workshops.rules import Channel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from markupsafe import Markup
    from sqlalchemy.orm import Session

    from village.badges.rules import Affiliation
    from village.checkin.queries import SheetRow, SheetView
    from village.editions.queries import EditionView
    from village.people.queries import PersonRow
    from village.workshops.queries import WorkshopRow

DESIGN = "sign_in_sheet"
_SHOWN_DIGITS = 4
QUALITIES = {
    "exhibitor": ("عارض(ة)", "Exposant(e)"),
    "project_holder": ("حامل(ة) مشروع", "Porteur(se) de projet"),
    "association": ("جمعية", "Association"),
    "student": ("طالب(ة)", "Étudiant(e)"),
    "institution": ("مؤسسة", "Institution"),
    "press": ("صحافة", "Presse"),
    "public": ("", ""),
}


def sheet_pdf(
    session: Session,
    edition: EditionView,
    row: WorkshopRow,
    sheet: SheetView,
    affiliations: Mapping[int, Affiliation],
    provinces: Callable[[str], tuple[str, str, str]],
    address: str,
) -> bytes:
    """Lay a sheet out; names are those of today, rows and numbers those of the day it was made.

    `address` is the village's, without a slash at its end: the symbol on the sheet leads there.
    """
    people = {person.id: person for person in list_people(session, edition.id, sheet.person_ids)}
    values = sheet_values(edition, row, sheet, people, affiliations, provinces)
    return pdf.render(DESIGN, DESIGN, **values, qr=sheet_symbol(address, row.code, sheet.number))


def sheet_symbol(address: str, code: str, number: int) -> Markup:
    """Draw the symbol by which a phone opens the page where the sheet is typed back."""
    return qr.svg(qr.matrix(f"{address}/S/{code}-{number}".upper()), f"{code}-{number}")


def sheet_values(
    edition: EditionView,
    row: WorkshopRow,
    sheet: SheetView,
    people: Mapping[int, PersonRow],
    affiliations: Mapping[int, Affiliation],
    provinces: Callable[[str], tuple[str, str, str]],
) -> dict[str, Any]:
    """Return the values of the design `sign_in_sheet`: texts alone."""
    hours = f"{format_clock(row.starts, 'fr')} – {format_clock(row.ends, 'fr')}"
    room = row.room
    return {
        "lang": sheet.lang,
        "dir": "rtl" if sheet.lang == "ar" else "ltr",
        "fair": {"ar": edition.name_ar, "fr": edition.name_fr},
        "session": {"ar": row.title_ar, "fr": row.title_fr, "code": row.code},
        "sheet": f"{row.code}-{sheet.number}",
        "date": {"ar": format_day(row.day, "ar"), "fr": format_day(row.day, "fr"), "hours": hours},
        "room": {
            "ar": f"{room.name_ar}، {room.venue.city_ar}" if room else "",
            "fr": f"{room.name_fr}, {room.venue.city_fr}" if room else "",
        },
        "warning": _warning(row, sheet),
        "trainers": [{"ar": each.name_ar, "fr": each.name_fr} for each in row.trainers],
        "rows": [
            _line(each, people.get(each.person_id or 0), affiliations, provinces) for each in sheet.rows
        ],
        "registered": sum(1 for each in sheet.rows if each.person_id is not None),
    }


def _warning(row: WorkshopRow, sheet: SheetView) -> dict[str, str] | None:
    """Return what stands over a sheet of a workshop that was cancelled, or moved since the sheet was made."""
    if row.status == "cancelled":
        return {"ar": "ألغيت هذه الورشة.", "fr": "Cet atelier est annulé.", "hours": ""}
    was = sheet.slot
    if was is None or was == slot_of(row):
        return None
    return {
        "ar": f"تغير موعد الورشة أو قاعتها بعد إعداد هذه اللائحة. كان {format_day(was.day, 'ar')}،",
        "fr": f"L’atelier a changé d’heure ou de salle après cette liste. Avant : {format_day(was.day, 'fr')},",
        "hours": f"{was.starts:%H:%M} – {was.ends:%H:%M}",
    }


def _line(
    row: SheetRow,
    person: PersonRow | None,
    affiliations: Mapping[int, Affiliation],
    provinces: Callable[[str], tuple[str, str, str]],
) -> dict[str, Any]:
    """Return what a row shows; of a telephone only its end, for the sheet goes from hand to hand."""
    no, code = row.no, row.code
    if person is None:
        return {"no": no, "code": code, "blank": True, "online": False, "ar": "", "fr": "", "org_ar": "", "org_fr": "",
                "quality_ar": "", "quality_fr": "", "province_ar": "", "province_fr": "", "phone": ""}  # fmt: skip
    belongs = affiliations.get(person.id)
    province = provinces(person.province_code) if person.province_code else ("", "", "")
    quality = QUALITIES.get(person.category, ("", ""))
    return {
        "no": no,
        "code": code,
        "blank": False,
        "online": row.channel == Channel.ONLINE,
        "ar": person.name_ar,
        "fr": person.name_fr,
        "org_ar": belongs.org_ar if belongs else "",
        "org_fr": belongs.org_fr if belongs else "",
        "quality_ar": quality[0],
        "quality_fr": quality[1],
        "province_ar": province[0],
        "province_fr": province[1],
        "phone": f"…{person.phone[-_SHOWN_DIGITS:]}" if person.phone else "",
    }


def bind(papers: Iterable[bytes]) -> bytes:
    """Put several sheets into one file, each with its own page numbers."""
    whole = pikepdf.new()
    for paper in papers:
        with pikepdf.open(io.BytesIO(paper)) as one:
            whole.pages.extend(one.pages)
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()
