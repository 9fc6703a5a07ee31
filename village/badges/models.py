"""Badges that were made, and what became of each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime

_ACTIVE = text("state = 'active'")


class Badge(Base):
    """One printed (or printable) badge. The id is random and is what the signed code carries.

    A lost badge stays, replaced; its successor points back to it by `replaces_id`.
    """

    __tablename__ = "badge"
    __table_args__ = (
        UniqueConstraint("short_code"),
        UniqueConstraint("edition_id", "imported_id"),
        CheckConstraint("state IN ('active', 'revoked', 'replaced')", name="state"),
        # One valid badge in a person's hands, whatever the deeds do.
        Index(
            "uq_badge_active",
            "person_id",
            "edition_id",
            unique=True,
            sqlite_where=_ACTIVE,
            postgresql_where=_ACTIVE,
        ),
        Index(None, "edition_id", "state"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[int] = mapped_column(SmallInteger)
    short_code: Mapped[str] = mapped_column(String(12))
    imported_id: Mapped[str | None] = mapped_column(String(26))
    state: Mapped[str] = mapped_column(String(10), default="active")
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("badge.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")
    printed_count: Mapped[int] = mapped_column(SmallInteger, default=0)
    printed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
