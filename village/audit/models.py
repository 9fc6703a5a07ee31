"""Tables of the append-only log. What keeps them append-only stands in `guards.py`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
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


class AuditWitness(Base):
    """Somebody outside who keeps heads: a tablet of the jury, of a cooperative, of the bailiff.

    Enrolled by a code that serves once; from then on `vkey` (C2SP, kind 4) is the witness. The private key never
    leaves the tablet.
    """

    __tablename__ = "audit_witness"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    label_ar: Mapped[str] = mapped_column(String(160), default="")
    label_fr: Mapped[str] = mapped_column(String(160), default="")
    # SHA-256 of the code that enrols it, and until when the code serves.
    code_sha256: Mapped[str | None] = mapped_column(String(64), unique=True)
    code_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    vkey: Mapped[str | None] = mapped_column(String(240), unique=True)
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    enrolled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AuditCosignature(Base):
    """A witness's word that a signed head continues all those it saw before; `line` as it stands in the note."""

    __tablename__ = "audit_cosignature"
    __table_args__ = (UniqueConstraint("checkpoint_id", "witness_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    checkpoint_id: Mapped[int] = mapped_column(ForeignKey("audit_checkpoint.id"))
    witness_id: Mapped[int] = mapped_column(ForeignKey("audit_witness.id"))
    # Seconds since 1970 as the witness's own clock had them, part of what it signed.
    time: Mapped[int] = mapped_column(BigId)
    line: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AuditTimestamp(Base):
    """A time stamp (RFC 3161) that an authority outside gave a signed head."""

    __tablename__ = "audit_timestamp"
    __table_args__ = (UniqueConstraint("checkpoint_id", "authority"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    checkpoint_id: Mapped[int] = mapped_column(ForeignKey("audit_checkpoint.id"))
    authority: Mapped[str] = mapped_column(String(300))
    token: Mapped[bytes] = mapped_column(LargeBinary)
    stamped_at: Mapped[datetime] = mapped_column(UtcDateTime)


attach(Base.metadata)
