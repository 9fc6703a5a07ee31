"""Tables of what a fair leaves behind, and of the lists that were taken out of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime


class Agreement(Base):
    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("duration_months > 0", name="duration"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    code: Mapped[str] = mapped_column(String(16))
    title_ar: Mapped[str] = mapped_column(String(300), default="")
    title_fr: Mapped[str] = mapped_column(String(300), default="")
    signed_on: Mapped[date]
    duration_months: Mapped[int]


class AgreementParty(Base):
    """An exhibitor that signs with the fair."""

    __tablename__ = "agreement_party"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), primary_key=True)


class Recommendation(Base):
    __tablename__ = "recommendation"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    code: Mapped[str] = mapped_column(String(16))
    position: Mapped[int]
    text_ar: Mapped[str] = mapped_column(Text, default="")
    text_fr: Mapped[str] = mapped_column(Text, default="")


class DataExport(Base):
    """A list that somebody took out as a file: which, for whom and what for (law 09-08).

    Recipient and purpose stand here and not in the log, which holds no words of people; the log names this row.
    """

    __tablename__ = "data_export"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id"), index=True)
    lang: Mapped[str] = mapped_column(String(2))
    form: Mapped[str] = mapped_column(String(4))
    rows: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    recipient: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(String(300))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
