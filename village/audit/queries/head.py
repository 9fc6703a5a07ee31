"""The head of the log: how long it is, its root, and the heads that were signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from village.audit.merkle import HASH_BYTES, Accumulator
from village.audit.models import AuditCheckpoint

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

_CHECKPOINTS = select(
    AuditCheckpoint.id,
    AuditCheckpoint.size,
    AuditCheckpoint.root,
    AuditCheckpoint.note,
    AuditCheckpoint.reason,
    AuditCheckpoint.at,
)


@dataclass(frozen=True)
class HeadRow:
    """How long the log is now, and its root (32 bytes)."""

    size: int
    root: bytes


@dataclass(frozen=True)
class CheckpointRow:
    """A signed head; `note` is the C2SP note as given out."""

    id: int
    size: int
    root: bytes
    note: str
    reason: str
    at: datetime


def get_head(session: Session) -> HeadRow:
    """Read the present size and root of the log."""
    tree = read_tree(session)
    return HeadRow(tree.size, tree.root())


def latest_checkpoint(session: Session) -> CheckpointRow | None:
    """Find the newest signed head, if any was signed."""
    checkpoints = list_checkpoints(session, limit=1)
    return checkpoints[0] if checkpoints else None


def find_checkpoint(session: Session, size: int) -> CheckpointRow | None:
    """Find the signed head of exactly this size."""
    row = session.execute(_CHECKPOINTS.where(AuditCheckpoint.size == size)).one_or_none()
    return CheckpointRow(*row) if row else None


def list_checkpoints(session: Session, limit: int = 20) -> list[CheckpointRow]:
    """List signed heads, newest first."""
    rows = session.execute(_CHECKPOINTS.order_by(AuditCheckpoint.id.desc()).limit(limit))
    return [CheckpointRow(*row) for row in rows]


def list_checkpoints_because(session: Session, reason: str) -> list[CheckpointRow]:
    """List the heads signed for a reason, oldest first."""
    rows = session.execute(_CHECKPOINTS.where(AuditCheckpoint.reason == reason).order_by(AuditCheckpoint.id))
    return [CheckpointRow(*row) for row in rows]


def read_tree(session: Session) -> Accumulator:
    """Read the tree as it stands, without holding it."""
    # Compiled and typed by SQLAlchemy this costs five times as much, and every proof begins here.
    cursor: Any = session.connection().connection.cursor()
    try:
        cursor.execute("SELECT size, peaks FROM audit_head WHERE id = 1")
        size, peaks = cursor.fetchone()
    finally:
        cursor.close()
    return tree_of(size, bytes(peaks))


def tree_of(size: int, peaks: bytes) -> Accumulator:
    """Put together the tree from the columns of its head.

    Raises:
        ValueError: the peaks do not fit the size.

    """
    return Accumulator(size, [peaks[at : at + HASH_BYTES] for at in range(0, len(peaks), HASH_BYTES)])
