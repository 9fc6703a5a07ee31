"""Reads of sheets typed from paper and not confirmed yet: for the two who type and read them, nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from village.awards.models import Nominee, PaperSheet


@dataclass(frozen=True)
class PaperRow:
    """What somebody (`typed_by`, an actor) typed for a nominee: criterion code → half-points; `seal` names it."""

    marks: Mapping[str, int]
    typed_by: str
    typed_at: datetime
    seal: str


def list_paper_sheets(session: Session, juror_id: int, category_id: int) -> dict[int, PaperRow]:
    """Return nominee id → what waits to be confirmed of one juror's sheets in a category (one SQL query)."""
    rows = session.scalars(
        select(PaperSheet)
        .join(Nominee, Nominee.id == PaperSheet.nominee_id)
        .where(PaperSheet.juror_id == juror_id, Nominee.category_id == category_id)
    )
    return {row.nominee_id: PaperRow(dict(row.marks), row.typed_by, row.typed_at, row.seal) for row in rows}
