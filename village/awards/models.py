"""Tables of the awards. Marks are whole half-points; means are kept as numerator and denominator."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village.awards.rules import HALF_POINTS_MAX
from village.kit.db import Base, BigId, UtcDateTime


class AwardCategory(Base):
    __tablename__ = "award_category"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("winners > 0", name="winners"),
        CheckConstraint("state IN ('draft', 'marking', 'opened', 'published')", name="state"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    code: Mapped[str] = mapped_column(String(16))
    position: Mapped[int]
    name_ar: Mapped[str] = mapped_column(String(200))
    name_fr: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str | None] = mapped_column(String(200))
    trophy_ar: Mapped[str] = mapped_column(String(200), default="")
    trophy_fr: Mapped[str] = mapped_column(String(200), default="")
    winners: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default="draft")
    ruled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    criteria: Mapped[list["AwardCriterion"]] = relationship(order_by="AwardCriterion.position")
    nominees: Mapped[list["Nominee"]] = relationship(order_by="Nominee.position")


class AwardCriterion(Base):
    __tablename__ = "award_criterion"
    __table_args__ = (
        UniqueConstraint("category_id", "code"),
        CheckConstraint("weight > 0 AND weight <= 100", name="weight"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("award_category.id"), index=True)
    code: Mapped[str] = mapped_column(String(32))
    position: Mapped[int]
    name_ar: Mapped[str] = mapped_column(String(200))
    name_fr: Mapped[str] = mapped_column(String(200))
    weight: Mapped[int]


class Nominee(Base):
    __tablename__ = "nominee"
    __table_args__ = (UniqueConstraint("category_id", "exhibitor_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("award_category.id"), index=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    position: Mapped[int]


class Juror(Base):
    __tablename__ = "juror"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        UniqueConstraint("edition_id", "account_id"),
        CheckConstraint("seat IN ('chair', 'member')", name="seat"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    code: Mapped[str] = mapped_column(String(16))
    position: Mapped[int]
    name_ar: Mapped[str] = mapped_column(String(200))
    name_fr: Mapped[str] = mapped_column(String(200))
    gender: Mapped[str] = mapped_column(String(8))
    seat: Mapped[str] = mapped_column(String(8))
    body_ar: Mapped[str] = mapped_column(String(200), default="")
    body_fr: Mapped[str] = mapped_column(String(200), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Recusal(Base):
    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("juror_id", "exhibitor_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    reason_ar: Mapped[str] = mapped_column(Text, default="")
    reason_fr: Mapped[str] = mapped_column(Text, default="")
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Absence(Base):
    __tablename__ = "juror_absence"
    __table_args__ = (UniqueConstraint("juror_id", "nominee_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id"), index=True)
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MarkSheet(Base):
    """What one juror gave one nominee; the log holds only `seal`, whose salt stays here."""

    __tablename__ = "mark_sheet"
    __table_args__ = (UniqueConstraint("juror_id", "nominee_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id"), index=True)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    seal: Mapped[str] = mapped_column(String(64))


class Mark(Base):
    __tablename__ = "mark"
    __table_args__ = (CheckConstraint(f"half_points >= 0 AND half_points <= {HALF_POINTS_MAX}", name="half_points"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("mark_sheet.id", ondelete="CASCADE"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("award_criterion.id"), primary_key=True)
    half_points: Mapped[int]


class AwardResult(Base):
    __tablename__ = "award_result"

    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id"), primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("award_category.id"), index=True)
    rank: Mapped[int]
    mean_numerator: Mapped[int]
    mean_denominator: Mapped[int]
    heaviest_numerator: Mapped[int]
    heaviest_denominator: Mapped[int]
    jurors: Mapped[int]
    tied_with_next: Mapped[bool]
    decided_by: Mapped[str] = mapped_column(String(16))
