"""Tables of mailings and of the addresses of other programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime


class Webhook(Base):
    """Where another program wishes to hear of registrations. The signing secret is computed, not stored.

    `events` are words with commas between: registration.confirmed, registration.promoted …
    """

    __tablename__ = "webhook"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    url: Mapped[str] = mapped_column(String(500))
    note: Mapped[str] = mapped_column(String(160), default="")
    events: Mapped[str] = mapped_column(String(300))
    # Raised when the secret is renewed.
    secret_version: Mapped[int] = mapped_column(Integer, default=1)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Set by staff, or when the receiver says that it is gone (410).
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Mailing(Base):
    """One text sent to many people, each in their language. `asked` is the filter that chose them.

    `token` is that of the form it was written in: a second click finds the mailing there.
    """

    __tablename__ = "mailing"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    purpose: Mapped[str] = mapped_column(String(200))
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    subject_ar: Mapped[str] = mapped_column(String(200), default="")
    subject_fr: Mapped[str] = mapped_column(String(200), default="")
    text_ar: Mapped[str] = mapped_column(Text, default="")
    text_fr: Mapped[str] = mapped_column(Text, default="")
    recipients: Mapped[int] = mapped_column(Integer, default=0)
    by_mail: Mapped[int] = mapped_column(Integer, default=0)
    by_sms: Mapped[int] = mapped_column(Integer, default=0)
    # Those who have neither address: told by a call or at the desk.
    by_voice: Mapped[int] = mapped_column(Integer, default=0)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
