"""Time stamps that authorities outside gave to heads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.audit.models import AuditCheckpoint, AuditTimestamp
from village.audit.queries.head import CheckpointRow, latest_checkpoint

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class TimestampRow:
    """A time stamp: of the head of how many lines, by whom, when, and the response itself (DER)."""

    size: int
    authority: str
    token: bytes
    stamped_at: datetime


def list_timestamps(session: Session, *, size: int | None = None, limit: int = 20) -> list[TimestampRow]:
    """List time stamps, of the longest head first; those of one head with `size`."""
    query = select(
        AuditCheckpoint.size, AuditTimestamp.authority, AuditTimestamp.token, AuditTimestamp.stamped_at
    ).join(AuditCheckpoint, AuditCheckpoint.id == AuditTimestamp.checkpoint_id)
    if size is not None:
        query = query.where(AuditCheckpoint.size == size)
    rows = session.execute(query.order_by(AuditCheckpoint.size.desc(), AuditTimestamp.id).limit(limit))
    return [TimestampRow(*row) for row in rows]


def find_unstamped(session: Session, authority: str) -> CheckpointRow | None:
    """Find the newest head where this authority has not stamped it."""
    seal = latest_checkpoint(session)
    if seal is None:
        return None
    stamped = select(AuditTimestamp.id).where(
        AuditTimestamp.checkpoint_id == seal.id, AuditTimestamp.authority == authority
    )
    return None if session.scalar(stamped) else seal
