"""Tables of the append-only log. What keeps them append-only stands in `guards.py`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from village.audit.guards import attach
from village.kit.db import Base, BigId, UtcDateTime


class AuditEntry(Base):
    """One line. `id` is the index in the tree plus one; the truth is `body`, the four last columns only find it.

    `nodes` holds the hashes of the inner nodes that this line completed, lowest level first, one after the other
    (none for every other line, 32 bytes a line on average): together the lines keep the whole tree.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    nodes: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(60))
    thing: Mapped[str] = mapped_column(String(120))

    __table_args__ = (Index(None, "thing", "id"), Index(None, "code", "id"))


class AuditHead(Base):
    """The one row every writer shares: how many lines there are, and the peaks of the tree, greatest first."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigId)
    peaks: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (CheckConstraint("id = 1", name="single"),)


class AuditCheckpoint(Base):
    """A signed head: the C2SP note as it was given out, one for each size that was signed."""

    __tablename__ = "audit_checkpoint"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigId, unique=True)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    note: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


attach(Base.metadata)
