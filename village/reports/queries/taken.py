"""Reads of the lists that were taken out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.reports.models import DataExport
from village.reports.rules import Taken

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class ExportRow:
    """A list that was taken out: what, of which session, for whom and what for. `actor` as the log names one."""

    id: int
    kind: Taken
    workshop_id: int | None
    lang: str
    form: str
    rows: int
    sha256: str
    recipient: str
    purpose: str
    made_at: datetime
    actor: str


def list_exports(session: Session, edition_id: int, limit: int = 30) -> list[ExportRow]:
    """List what was taken out last, the newest first; one SQL query."""
    query = select(DataExport).where(DataExport.edition_id == edition_id).order_by(DataExport.id.desc()).limit(limit)
    return [
        ExportRow(
            row.id, Taken(row.kind), row.workshop_id, row.lang, row.form, row.rows, row.sha256, row.recipient,
            row.purpose, row.made_at, row.actor,
        )
        for row in session.scalars(query)
    ]  # fmt: skip
