"""Sheets of badges, written in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.badges.files import sheets_key, write_badges
from village.editions.queries import get_edition
from village.kit.jobs import job

if TYPE_CHECKING:
    from village.kit.jobs import Work


@job("badges.sheets")
def write_sheets(work: Work, *, edition_id: int, badge_ids: list[int]) -> None:
    """Write the sheets of these badges. The file appears whole at the end, so that a resumed job begins again."""
    parts = work.parts
    affiliations = parts.wires.get("affiliations")
    with work.session() as session:
        edition = get_edition(session, edition_id)
        key = sheets_key(edition, work.job_id)
        if not parts.storage.exists(key):
            write_badges(
                session,
                edition,
                badge_ids,
                parts.storage.path(key),
                keys=parts.keys,
                address=parts.settings.address,
                affiliations=affiliations(session, edition_id) if affiliations else {},
                progress=work.progress,
            )
    work.progress(len(badge_ids), len(badge_ids))
