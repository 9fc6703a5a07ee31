"""Reads of messages that were sent to many people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.kit.outbox import count_outgoing
from village.messages.models import Mailing

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class MailingRow:
    """A message to many: how many it was for, and how far it has come."""

    id: int
    purpose: str
    invitation: bool
    subject_ar: str
    subject_fr: str
    recipients: int
    by_mail: int
    by_sms: int
    by_voice: int
    sent_at: datetime
    left: int
    failed: int

    @property
    def carried(self) -> int:
        """How many letters and short messages there are in all."""
        return self.by_mail + self.by_sms


def find_mailing(session: Session, token: str) -> int | None:
    """Return the id of the mailing that was sent from a form, or None."""
    return session.execute(select(Mailing.id).where(Mailing.token == token)).scalar()


def list_mailings(session: Session, edition_id: int, limit: int = 20) -> list[MailingRow]:
    """List the last mailings of an edition, the newest first; two SQL queries."""
    rows = session.scalars(
        select(Mailing).where(Mailing.edition_id == edition_id).order_by(Mailing.id.desc()).limit(limit)
    ).all()
    counts = count_outgoing(session, abouts=[about(row.id) for row in rows]) if rows else {}
    return [
        MailingRow(
            row.id,
            row.purpose,
            bool(row.asked.get("invitation")),
            row.subject_ar,
            row.subject_fr,
            row.recipients,
            row.by_mail,
            row.by_sms,
            row.by_voice,
            row.sent_at,
            sum(counts.get((about(row.id), kind, "sent"), 0) for kind in ("mail", "sms")),
            sum(counts.get((about(row.id), kind, "failed"), 0) for kind in ("mail", "sms")),
        )
        for row in rows
    ]


def about(mailing_id: int) -> str:
    """How the outbox knows what belongs to a mailing."""
    return f"mailing:{mailing_id}"
