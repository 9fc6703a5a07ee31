"""Tables of those who exhibit."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime


class Exhibitor(Base):
    """A cooperative or another organisation that applies to exhibit; names in both scripts."""

    __tablename__ = "exhibitor"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        Index("ix_exhibitor_status", "edition_id", "status"),
        CheckConstraint("status IN ('submitted', 'accepted', 'waitlisted', 'rejected')", name="status"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(24), default="cooperative")
    name_ar: Mapped[str] = mapped_column(String(200))
    name_fr: Mapped[str] = mapped_column(String(200))
    sector: Mapped[str] = mapped_column(String(32))
    branch: Mapped[str] = mapped_column(String(32))
    province_code: Mapped[str] = mapped_column(String(16))
    commune_code: Mapped[str | None] = mapped_column(String(16))
    register_no: Mapped[str | None] = mapped_column(String(40))
    # Fifteen digits with leading zeros: a text, never a number.
    ice: Mapped[str | None] = mapped_column(String(15))
    founded: Mapped[date | None]
    members: Mapped[int] = mapped_column(default=0)
    women_members: Mapped[int] = mapped_column(default=0)
    is_womens: Mapped[bool] = mapped_column(default=False)
    products_ar: Mapped[str] = mapped_column(Text, default="")
    products_fr: Mapped[str] = mapped_column(Text, default="")
    labels: Mapped[str] = mapped_column(String(120), default="")
    power_w: Mapped[int] = mapped_column(default=0)
    needs_water: Mapped[bool] = mapped_column(default=False)
    needs_cold: Mapped[bool] = mapped_column(default=False)
    needs_step_free: Mapped[bool] = mapped_column(default=False)
    chair_ar: Mapped[str] = mapped_column(String(120), default="")
    chair_fr: Mapped[str] = mapped_column(String(120), default="")
    chair_gender: Mapped[str] = mapped_column(String(8), default="unknown")
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))
    previous_editions: Mapped[int] = mapped_column(default=0)
    last_year_place: Mapped[str | None] = mapped_column(String(16))
    preferred_zone: Mapped[str | None] = mapped_column(String(16))
    # The application and what the committee decided.
    reference: Mapped[str | None] = mapped_column(String(24))
    submitted_at: Mapped[datetime | None]
    status: Mapped[str] = mapped_column(String(16), default="submitted")
    waiting_rank: Mapped[int | None]
    decision_reason: Mapped[str | None] = mapped_column(String(40))
    # Points of the committee in tenths, so that no float enters the log.
    score_tenths: Mapped[int | None]
    papers: Mapped[str] = mapped_column(Text, default="")
    missing_papers: Mapped[str] = mapped_column(Text, default="")
    # Folded names and consonant keys, for finding only.
    search: Mapped[str] = mapped_column(String(500), default="")
    sound: Mapped[str] = mapped_column(String(250), default="")


class Delegate(Base):
    """A person who stands at an exhibitor's stand."""

    __tablename__ = "delegate"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), index=True)


class ExhibitorAccount(Base):
    """The account by which an exhibitor's representative signs in."""

    __tablename__ = "exhibitor_account"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), index=True)


class ExhibitorPresence(Base):
    """Daily attendance of an exhibitor, with declared sales in whole dirhams."""

    __tablename__ = "exhibitor_presence"
    __table_args__ = (
        UniqueConstraint("exhibitor_id", "date"),
        CheckConstraint("status IN ('present', 'late', 'absent')", name="status"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    date: Mapped[date]
    status: Mapped[str] = mapped_column(String(8))
    arrived_at: Mapped[time | None]
    sales_mad: Mapped[int | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
