"""Reads of the files of a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from village.kit.refusal import Refusal
from village.workshops.models import SessionFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class FileRow:
    """A file of a session; `size` in bytes, the bytes under `key` in the storage."""

    id: int
    workshop_id: int
    name: str
    mimetype: str
    size: int
    key: str
    added_at: datetime

    @property
    def kind(self) -> str:
        """What it is, as people call it: its ending in capitals (PDF, JPG, DOCX)."""
        return self.name.rpartition(".")[2].upper()


def list_files(session: Session, workshop_id: int) -> list[FileRow]:
    """List the files of a session in the order in which they came; one SQL query."""
    rows = session.scalars(
        select(SessionFile)
        .where(SessionFile.workshop_id == workshop_id, SessionFile.removed_at.is_(None))
        .order_by(SessionFile.id)
    )
    return [_file(row) for row in rows]


def get_file(session: Session, workshop_id: int, file_id: int) -> FileRow:
    """Return a file of a session; one that was removed is not found.

    Raises:
        Refusal: `file_not_found`.

    """
    row = session.get(SessionFile, file_id)
    if row is None or row.workshop_id != workshop_id or row.removed_at is not None:
        raise Refusal("file_not_found", {"file": file_id})
    return _file(row)


def count_files(session: Session, workshop_ids: Iterable[int]) -> dict[int, int]:
    """Count the files by session; sessions without any are left out; one SQL query."""
    rows = session.execute(
        select(SessionFile.workshop_id, func.count())
        .where(SessionFile.workshop_id.in_(tuple(workshop_ids)), SessionFile.removed_at.is_(None))
        .group_by(SessionFile.workshop_id)
    )
    return {workshop: number for workshop, number in rows}


def _file(row: SessionFile) -> FileRow:
    return FileRow(row.id, row.workshop_id, row.name, row.mimetype, row.size, row.key, row.added_at)
