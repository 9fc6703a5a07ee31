"""Tables of the gates and of paper: devices, scans, attendance, sign-in sheets, trainers' notes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime


class Device(Base):
    """A phone, tablet or browser at a gate. `offset_s` is how far its clock runs ahead of the server's."""

    __tablename__ = "device"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("state IN ('active', 'revoked')", name="state"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80), default="")
    offset_s: Mapped[int] = mapped_column(Integer, default=0)
    state: Mapped[str] = mapped_column(String(10), default="active")
    measured_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Scan(Base):
    """Everything a gate ever read, refused codes included; rows are added and never taken away.

    A code that names no badge is kept as a keyed hash only: enough to see it come back, useless to whoever reads the
    table. `verdict` changes in two cases: an earlier scan arrives late and takes the first place; staff take a scan
    back, or restore it.
    """

    __tablename__ = "scan"
    __table_args__ = (
        UniqueConstraint("uuid"),
        Index(None, "workshop_id", "person_id"),
        Index(None, "edition_id", "corrected_at"),
        Index(None, "device_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    uuid: Mapped[str] = mapped_column(String(36))
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"))
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    device_time: Mapped[datetime] = mapped_column(UtcDateTime)
    corrected_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    way: Mapped[str] = mapped_column(String(10), default="badge")
    badge_id: Mapped[int | None] = mapped_column(ForeignKey("badge.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    code_hash: Mapped[str | None] = mapped_column(String(32))
    verdict: Mapped[str] = mapped_column(String(20))


class Attendance(Base):
    """One person was at one workshop; `scan_id` is the first arrival by corrected time."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("person_id", "workshop_id"), Index(None, "workshop_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    scan_id: Mapped[int] = mapped_column(ForeignKey("scan.id"))
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignInSheet(Base):
    """A printed list of a workshop. Its rows stay as they were printed; `number` counts a workshop's sheets from 1.

    `slot` is when and where the workshop was when the sheet was made (`rules.slots`), so that a sheet of before a move
    is known; empty on sheets that are older than this column.
    """

    __tablename__ = "sign_in_sheet"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    number: Mapped[int] = mapped_column(Integer)
    lang: Mapped[str] = mapped_column(String(2))
    printed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    slot: Mapped[str] = mapped_column(String(80), default="")


class SignInRow(Base):
    """A row of a sheet. `registration_id` is empty on a blank row until a walk-in is typed from it.

    `ticked` is what was typed so far, `scan_id` the arrival that the signature was counted as, and `settled` what
    staff decided where paper and gates differ.
    """

    __tablename__ = "sign_in_row"
    __table_args__ = (UniqueConstraint("sheet_id", "no"), UniqueConstraint("sheet_id", "code"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sign_in_sheet.id"))
    no: Mapped[int] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(String(3))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    ticked: Mapped[bool] = mapped_column(Boolean, default=False)
    settled: Mapped[str] = mapped_column(String(10), default="")
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("scan.id"), index=True)


class SessionNote(Base):
    """What the trainer wrote about a workshop; `version` keeps two writers from overwriting each other."""

    __tablename__ = "session_note"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
