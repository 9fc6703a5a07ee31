"""Reads of the keys of other programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.people.account_models import ApiKey
from village.people.rules import digest_of, looks_like_key

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class KeyRow:
    """A key without what opens: that was shown once."""

    id: int
    edition_id: int
    name: str
    scopes: tuple[str, ...]
    made_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


def find_key(session: Session, edition_id: int, text: str) -> KeyRow | None:
    """Return the key of an edition whose text this is; None where it is unknown or revoked. One SQL query at most."""
    if not looks_like_key(text):
        return None
    row = session.scalars(
        select(ApiKey).where(
            ApiKey.digest == digest_of(text), ApiKey.edition_id == edition_id, ApiKey.revoked_at.is_(None)
        )
    ).first()
    return _row(row) if row else None


def list_keys(session: Session, edition_id: int) -> list[KeyRow]:
    """List the keys of an edition, the newest first."""
    rows = session.scalars(select(ApiKey).where(ApiKey.edition_id == edition_id).order_by(ApiKey.id.desc()))
    return [_row(row) for row in rows]


def _row(row: ApiKey) -> KeyRow:
    scopes = tuple(scope for scope in row.scopes.split(",") if scope)
    return KeyRow(row.id, row.edition_id, row.name, scopes, row.made_at, row.used_at, row.revoked_at)
