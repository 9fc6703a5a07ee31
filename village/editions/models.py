"""Tables of the yearly fair. Planned times are local wall times; the zone stands on the edition."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId


class Edition(Base):
    """One yearly fair."""

    __tablename__ = "edition"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="dates"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    number: Mapped[int] = mapped_column(unique=True)
    name_ar: Mapped[str] = mapped_column(String(120))
    name_fr: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    theme_ar: Mapped[str] = mapped_column(Text)
    theme_fr: Mapped[str] = mapped_column(Text)
    zone: Mapped[str] = mapped_column(String(64))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    status: Mapped[str] = mapped_column(String(16))
    # A demonstration says so on every document that could be mistaken for a real one.
    demonstration: Mapped[bool] = mapped_column(default=False)


class EditionDay(Base):
    """One day of the fair."""

    __tablename__ = "edition_day"
    __table_args__ = (UniqueConstraint("edition_id", "date"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    date: Mapped[date]
    opens: Mapped[time]
    closes: Mapped[time]


class Phase(Base):
    """Call, selection, allocation, set-up, fair, tear-down."""

    __tablename__ = "phase"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    starts: Mapped[datetime]
    ends: Mapped[datetime]


class Venue(Base):
    """A place of the fair; online when it has no commune."""

    __tablename__ = "venue"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(16))
    city_ar: Mapped[str] = mapped_column(String(80))
    city_fr: Mapped[str] = mapped_column(String(80))
    name_ar: Mapped[str] = mapped_column(String(160))
    name_fr: Mapped[str] = mapped_column(String(160))
    commune_code: Mapped[str | None] = mapped_column(String(16))


class Room(Base):
    """A room of a venue."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("venue_id", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    code: Mapped[str] = mapped_column(String(16))
    name_ar: Mapped[str] = mapped_column(String(160))
    name_fr: Mapped[str] = mapped_column(String(160))
    capacity: Mapped[int]
    # What stands there: codes of `rules` with commas between (projector, sound …).
    equipment: Mapped[str] = mapped_column(String(160), default="")


class Travel(Base):
    """Minutes on the way between two venues, either way."""

    __tablename__ = "travel"
    __table_args__ = (UniqueConstraint("venue_a_id", "venue_b_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    venue_a_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    venue_b_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    minutes: Mapped[int]


class Break(Base):
    """A prayer or meal break in which nothing is planned."""

    __tablename__ = "break"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    date: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]


class Ceremony(Base):
    """Opening, awards, draw, closing."""

    __tablename__ = "ceremony"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(32))
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    date: Mapped[date]
    starts: Mapped[time]
    title_ar: Mapped[str] = mapped_column(String(200))
    title_fr: Mapped[str] = mapped_column(String(200))


class Partner(Base):
    """An organiser, partner, funder or guest; the protocol order rules every document."""

    __tablename__ = "partner"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(16))
    name_ar: Mapped[str] = mapped_column(String(200))
    name_fr: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(32))
    protocol_order: Mapped[int]
