"""What is forgotten of the lists that were taken out, after three years: for whom and what for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, update

from village.people.rules.retention import Keeper, Stage
from village.reports.models import DataExport

if TYPE_CHECKING:
    from village.kit.deeds import Deed


def forget_exports(deed: Deed, edition_id: int, _limit: int) -> int:
    """Take out recipient and purpose; that a list left, its size and its digest stay."""
    left = or_(DataExport.recipient != "", DataExport.purpose != "")
    gone = (
        update(DataExport)
        .where(DataExport.edition_id == edition_id, left)
        .values(recipient="", purpose="")
        .returning(DataExport.id)
    )
    return len(deed.session.scalars(gone).all())


KEEPERS = (Keeper("exports", Stage.THREE_YEARS, forget_exports),)
