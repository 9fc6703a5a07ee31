"""Tables of the programme: trainers, workshops, registrations."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime


class Trainer(Base):
    """A person who leads workshops (مؤطر / animateur)."""

    __tablename__ = "trainer"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(20))
    name_ar: Mapped[str] = mapped_column(String(120), default="")
    name_fr: Mapped[str] = mapped_column(String(120), default="")
    gender: Mapped[str] = mapped_column(String(8), default="unknown")


class Workshop(Base):
    """One session of the programme at its day, hours and room.

    `day`, `starts` and `ends` are local wall times of the edition's zone. The `taken` counters are kept by the
    deeds that hold this row's lock, so that a full room is seen without counting registrations.
    """

    __tablename__ = "workshop"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("taken_onsite >= 0 AND taken_online >= 0", name="taken"),
        CheckConstraint("places_onsite >= 0 AND places_online >= 0", name="places"),
        CheckConstraint("mode IN ('onsite', 'online', 'hybrid')", name="mode"),
        Index(None, "edition_id", "day", "starts"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(20))
    title_ar: Mapped[str] = mapped_column(String(300), default="")
    title_fr: Mapped[str] = mapped_column(String(300), default="")
    kind: Mapped[str] = mapped_column(String(20))
    mode: Mapped[str] = mapped_column(String(10))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    day: Mapped[date] = mapped_column(Date)
    starts: Mapped[time] = mapped_column(Time)
    ends: Mapped[time] = mapped_column(Time)
    credit_minutes: Mapped[int] = mapped_column(Integer)
    places_onsite: Mapped[int] = mapped_column(Integer)
    places_online: Mapped[int] = mapped_column(Integer)
    taken_onsite: Mapped[int] = mapped_column(Integer, default=0)
    taken_online: Mapped[int] = mapped_column(Integer, default=0)
    requests: Mapped[int] = mapped_column(Integer, default=0)
    opens: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes: Mapped[datetime | None] = mapped_column(UtcDateTime)
    join_url: Mapped[str] = mapped_column(String(500), default="")


class WorkshopTrainer(Base):
    """Who leads which workshop, in the order of the programme."""

    __tablename__ = "workshop_trainer"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    trainer_id: Mapped[int] = mapped_column(ForeignKey("trainer.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)


_LIVE = text("status IN ('confirmed', 'waitlisted')")


class Registration(Base):
    """One request for a place and what became of it; cancelled and refused requests stay.

    `seq` numbers the requests of a workshop and is the rank on its waiting list. `reason` is what staff wrote when
    they set a rule aside.
    """

    __tablename__ = "registration"
    __table_args__ = (
        CheckConstraint("status IN ('confirmed', 'waitlisted', 'cancelled', 'refused')", name="status"),
        # One person holds at most one place or one rank in a workshop, whatever the deeds do.
        Index(
            "uq_registration_live",
            "person_id",
            "workshop_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(None, "workshop_id", "status", "seq"),
        Index(None, "person_id", "status"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    status: Mapped[str] = mapped_column(String(12))
    channel: Mapped[str | None] = mapped_column(String(10))
    wish: Mapped[str] = mapped_column(String(10), default="any")
    seq: Mapped[int] = mapped_column(Integer)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")
