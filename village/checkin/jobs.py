"""Sheets of many workshops, laid out in the background and bound into one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.checkin.papers import bind, sheet_pdf
from village.checkin.queries import get_sheet
from village.editions.queries import get_edition
from village.kit.jobs import job
from village.workshops.queries import list_workshops

if TYPE_CHECKING:
    from village.editions.queries import EditionView
    from village.kit.jobs import Work

SHEETS = "checkin.sheets"


def bound_key(edition: EditionView, job_id: int) -> str:
    """Storage key of the sheets that a run binds."""
    return f"checkin/{edition.code}/sheets-{job_id}.pdf"


@job(SHEETS)
def write_sheets(work: Work, *, edition_id: int, sheets: list[list[int]]) -> None:
    """Lay out these sheets, each [workshop id, number]; the file appears whole at the end; resumed, it begins anew."""
    address = work.parts.settings.address
    affiliations, provinces = (work.parts.wires[name] for name in ("affiliations", "province_names"))
    with work.session() as session:
        edition = get_edition(session, edition_id)
        key = bound_key(edition, work.job_id)
        if not work.parts.storage.exists(key):
            belongs = affiliations(session, edition_id)
            wanted = [workshop_id for workshop_id, _number in sheets]
            rows = {row.id: row for row in list_workshops(session, edition_id, wanted)}
            papers = []
            for done, (workshop_id, number) in enumerate(sheets):
                work.progress(done, len(sheets))
                sheet = get_sheet(session, workshop_id, number)
                papers.append(sheet_pdf(session, edition, rows[workshop_id], sheet, belongs, provinces, address))
            work.parts.storage.put(key, bind(papers))
    work.progress(len(sheets), len(sheets))
