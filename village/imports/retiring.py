"""What is forgotten of imports: cells that were never loaded, and the names of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from village.imports.models import ImportBatch
from village.people.rules.retention import Keeper, Stage

if TYPE_CHECKING:
    from village.kit.deeds import Deed


def forget_files(deed: Deed, edition_id: int, limit: int) -> int:
    """Give up what was never loaded, and take out the names of files; counts and digests stay."""
    left = or_(ImportBatch.sheet.is_not(None), ImportBatch.file_name != "")
    mine = select(ImportBatch).where(ImportBatch.edition_id == edition_id, left).order_by(ImportBatch.id)
    rows = deed.session.scalars(mine.limit(limit).with_for_update()).all()
    for row in rows:
        if row.sheet is not None:
            row.state, row.sheet, row.ended_at = "given_up", None, deed.now
        row.file_name = ""
    return len(rows)


KEEPERS = (Keeper("imports", Stage.YEAR, forget_files),)
