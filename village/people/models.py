"""Persons. Accounts and roles stand in `account_models.py`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime


class Person(Base):
    """Somebody who takes part in an edition. A name in one script is enough; no national ID number, ever."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("gender IN ('m', 'f', 'unknown')", name="gender"),
        Index("ix_person_edition_phone", "edition_id", "phone"),
        Index("ix_person_edition_search", "edition_id", "search"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(16))
    given_ar: Mapped[str] = mapped_column(String(80), default="")
    family_ar: Mapped[str] = mapped_column(String(80), default="")
    given_fr: Mapped[str] = mapped_column(String(80), default="")
    family_fr: Mapped[str] = mapped_column(String(80), default="")
    gender: Mapped[str] = mapped_column(String(8), default="unknown")
    category: Mapped[str] = mapped_column(String(24))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))
    lang: Mapped[str] = mapped_column(String(2))
    province_code: Mapped[str | None] = mapped_column(String(16))
    commune_code: Mapped[str | None] = mapped_column(String(16))
    age_band: Mapped[str | None] = mapped_column(String(8))
    consent_photo: Mapped[bool] = mapped_column(default=False)
    consent_contact: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Raised when a personal link must stop working; the link itself is never stored.
    link_version: Mapped[int] = mapped_column(default=1)
    # Folded names and consonant keys of both scripts, for finding only.
    search: Mapped[str] = mapped_column(String(400))
    sound: Mapped[str] = mapped_column(String(200))
