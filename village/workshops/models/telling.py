"""What people are to be told of their places."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime

_UNTOLD = text("told_at IS NULL")


class Notice(Base):
    """Something that happened to somebody's place: shown on their page, carried by mail or SMS, told to other programs.

    Written in the transaction of the deed. `kind` is one of `rules.telling.KINDS`; `facts` what the sentence needs
    (old and new hours …). `told_at` is when it was handed on (or settled without), `seen_at` when the person opened
    their page after it.
    """

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('confirmed', 'waitlisted', 'offered', 'promoted', 'lapsed', 'cancelled', 'transferred', 'moved',"
            " 'session_cancelled', 'refused')",
            name="kind",
        ),
        Index("ix_notice_person", "person_id", "id"),
        Index("ix_notice_untold", "id", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
