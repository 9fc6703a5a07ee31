"""Tables of the programme: tracks, trainers, sessions, and how the programme is changed and published."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    Time,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime


class Track(Base):
    """A line of the programme with its own organiser and report (Citizen University, Ecology Forum …)."""

    __tablename__ = "track"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(20))
    name_ar: Mapped[str] = mapped_column(String(160), default="")
    name_fr: Mapped[str] = mapped_column(String(160), default="")
    organiser_ar: Mapped[str] = mapped_column(String(200), default="")
    organiser_fr: Mapped[str] = mapped_column(String(200), default="")
    report_ar: Mapped[str] = mapped_column(Text, default="")
    report_fr: Mapped[str] = mapped_column(Text, default="")
    # Raised with every change, so that two people who edit at once see each other.
    version: Mapped[int] = mapped_column(Integer, default=1)


class Trainer(Base):
    """A person who leads sessions (مؤطر / animateur).

    Telephone and e-mail are for the organisers and never shown to the public; the link to the trainer's own page is
    computed, and `link_version` makes an old one worthless.
    """

    __tablename__ = "trainer"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(20))
    name_ar: Mapped[str] = mapped_column(String(120), default="")
    name_fr: Mapped[str] = mapped_column(String(120), default="")
    gender: Mapped[str] = mapped_column(String(8), default="unknown")
    role_ar: Mapped[str] = mapped_column(String(200), default="")
    role_fr: Mapped[str] = mapped_column(String(200), default="")
    profile_ar: Mapped[str] = mapped_column(Text, default="")
    profile_fr: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))
    link_version: Mapped[int] = mapped_column(Integer, default=1)
    version: Mapped[int] = mapped_column(Integer, default=1)


class Workshop(Base):
    """One session of the programme at its day, hours and room, as it is published.

    `day`, `starts` and `ends` are local wall times of the edition's zone. The `taken` counters are kept by the
    deeds that hold this row's lock, so that a full room is seen without counting registrations; a place that is
    offered to somebody who waits counts as taken. `status` is draft before it is first published, planned, or
    cancelled. `langs`, `equipment` are codes with commas between (see `rules.kinds`, `editions.rules`).
    `waiting` says what becomes of a free place: `promote` gives it at once, `offer` keeps it `offer_minutes` for the
    answer of whoever waits longest.
    """

    __tablename__ = "workshop"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("taken_onsite >= 0 AND taken_online >= 0", name="taken"),
        CheckConstraint("places_onsite >= 0 AND places_online >= 0", name="places"),
        CheckConstraint("mode IN ('onsite', 'online', 'hybrid')", name="mode"),
        CheckConstraint("status IN ('draft', 'planned', 'cancelled')", name="status"),
        CheckConstraint("audience IN ('open', 'delegates', 'invited')", name="audience"),
        CheckConstraint("waiting IN ('promote', 'offer')", name="waiting"),
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
    track_id: Mapped[int | None] = mapped_column(ForeignKey("track.id"), index=True)
    theme: Mapped[str] = mapped_column(String(24), default="")
    langs: Mapped[str] = mapped_column(String(24), default="ar")
    aims_ar: Mapped[str] = mapped_column(Text, default="")
    aims_fr: Mapped[str] = mapped_column(Text, default="")
    equipment: Mapped[str] = mapped_column(String(160), default="")
    status: Mapped[str] = mapped_column(String(12), default="planned")
    # Raised whenever what the public reads of the session changes: the SEQUENCE of its calendar entry.
    version: Mapped[int] = mapped_column(Integer, default=0)
    # Who may register, and how the waiting list moves.
    audience: Mapped[str] = mapped_column(String(12), default="open")
    waiting: Mapped[str] = mapped_column(String(8), default="promote")
    offer_minutes: Mapped[int] = mapped_column(Integer, default=1440)
    max_per_exhibitor: Mapped[int | None] = mapped_column(Integer)
    # Whether prerequisites, reserves or invitations must be read at a registration: most sessions have none.
    extra_rules: Mapped[bool] = mapped_column(default=False)


class WorkshopTrainer(Base):
    """Who leads which workshop, in the order of the programme."""

    __tablename__ = "workshop_trainer"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    trainer_id: Mapped[int] = mapped_column(ForeignKey("trainer.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)


class Prerequisite(Base):
    """A session that must be held a place in, and end before, another one."""

    __tablename__ = "prerequisite"
    __table_args__ = (CheckConstraint("workshop_id <> required_id", name="other"),)

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True, autoincrement=False)
    required_id: Mapped[int] = mapped_column(
        ForeignKey("workshop.id"), primary_key=True, autoincrement=False, index=True
    )


class SessionMinutes(Base):
    """The minutes (محضر / compte rendu) of a session of a kind that asks for them, in one or both languages."""

    __tablename__ = "session_minutes"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True, autoincrement=False)
    rapporteur: Mapped[str] = mapped_column(String(120), default="")
    attended: Mapped[int | None] = mapped_column(Integer)
    text_ar: Mapped[str] = mapped_column(Text, default="")
    text_fr: Mapped[str] = mapped_column(Text, default="")
    decisions_ar: Mapped[str] = mapped_column(Text, default="")
    decisions_fr: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Closed minutes are read, not written.
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SessionFile(Base):
    """A file for those who take part in a session. The bytes lie in the storage under `key`."""

    __tablename__ = "session_file"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    mimetype: Mapped[str] = mapped_column(String(80))
    size: Mapped[int] = mapped_column(Integer)
    key: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ProgrammeDraft(Base):
    """Where a session stands on the timetable board and is not yet published: its slot in place of the public one."""

    __tablename__ = "programme_draft"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(Date)
    starts: Mapped[time] = mapped_column(Time)
    ends: Mapped[time] = mapped_column(Time)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    status: Mapped[str] = mapped_column(String(12))
    # Ids of trainers in the order of the programme, with commas between.
    trainers: Mapped[str] = mapped_column(String(200), default="")


class ProgrammeChange(Base):
    """One step on the timetable board, so that it can be taken back. `before` and `after` are slots as JSON."""

    __tablename__ = "programme_change"
    __table_args__ = (UniqueConstraint("edition_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    number: Mapped[int] = mapped_column(Integer)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ProgrammeVersion(Base):
    """The programme as it was published once. `changes` lists what differs from the version before."""

    __tablename__ = "programme_version"
    __table_args__ = (UniqueConstraint("edition_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    number: Mapped[int] = mapped_column(Integer)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    note_ar: Mapped[str] = mapped_column(Text, default="")
    note_fr: Mapped[str] = mapped_column(Text, default="")
    slots: Mapped[list[Any]] = mapped_column(JSON)
    changes: Mapped[list[Any]] = mapped_column(JSON)
