"""Reads of the addresses that other programs are told at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.kit.refusal import Refusal
from village.messages.models import Webhook

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

KIND = "webhook"


@dataclass(frozen=True)
class WebhookRow:
    """An address with what it wishes to hear; stopped where `stopped_at` says since when."""

    id: int
    edition_id: int
    url: str
    note: str
    events: tuple[str, ...]
    secret_version: int
    made_at: datetime
    stopped_at: datetime | None


def about(webhook_id: int) -> str:
    """Return the word under which the outbox keeps what goes to an address."""
    return f"{KIND}:{webhook_id}"


def list_webhooks(session: Session, edition_id: int) -> list[WebhookRow]:
    """List the addresses of an edition in the order in which they were added."""
    rows = session.scalars(select(Webhook).where(Webhook.edition_id == edition_id).order_by(Webhook.id))
    return [_row(row) for row in rows]


def find_webhook(session: Session, webhook_id: int) -> WebhookRow | None:
    """Return an address, or None."""
    row = session.get(Webhook, webhook_id, populate_existing=True)
    return _row(row) if row else None


def get_webhook(session: Session, edition_id: int, webhook_id: int) -> WebhookRow:
    """Return an address of an edition.

    Raises:
        Refusal: `webhook_not_found`.

    """
    row = find_webhook(session, webhook_id)
    if row is None or row.edition_id != edition_id:
        raise Refusal("webhook_not_found")
    return row


def _row(row: Webhook) -> WebhookRow:
    events = tuple(word for word in row.events.split(",") if word)
    return WebhookRow(
        row.id, row.edition_id, row.url, row.note, events, row.secret_version, row.made_at, row.stopped_at
    )
