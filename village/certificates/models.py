"""Certificates that were issued, and the series of their numbers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime

_VALID = text("state = 'valid'")


class CertificateSeries(Base):
    """The last number given in an edition. Its row is locked while numbers are given, so that none is missing."""

    __tablename__ = "certificate_series"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer, default=0)


class Certificate(Base):
    """One certificate as it stands on paper: names, gender, day and minutes are kept as printed.

    A correction keeps the number and adds a version; the row it corrects stays, corrected.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("edition_id", "number", "version"),
        UniqueConstraint("short_code"),
        CheckConstraint("state IN ('valid', 'revoked', 'corrected')", name="state"),
        Index(
            "uq_certificate_valid",
            "person_id",
            "workshop_id",
            unique=True,
            sqlite_where=_VALID,
            postgresql_where=_VALID,
        ),
        Index(None, "workshop_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    number: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer, default=1)
    short_code: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(10), default="valid")
    gender: Mapped[str] = mapped_column(String(8))
    name_ar: Mapped[str] = mapped_column(String(200))
    name_fr: Mapped[str] = mapped_column(String(200))
    day: Mapped[date]
    minutes: Mapped[int] = mapped_column(Integer)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
