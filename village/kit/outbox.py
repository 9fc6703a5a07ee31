"""What leaves the house: put down in the deed's own transaction, carried after it stands, tried again until it arrives.

A carrier stands behind each kind (mail, sms, webhook). Carrying is at least once: after a crash between the carrying
and its note the same thing leaves again, under the same `uid`, by which a receiver may know it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime

_DUE = text("state = 'waiting'")


class Outgoing(Base):
    """One thing to be carried. `target` is an address, a telephone or the id of a webhook; `about` what it tells of."""

    __tablename__ = "outgoing"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'failed', 'dropped')", name="state"),
        Index("ix_outgoing_due", "next_at", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("ix_outgoing_about", "about"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    uid: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    target: Mapped[str] = mapped_column(String(300))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    about: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(Text, default="")
