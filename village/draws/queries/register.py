"""The register of an edition: every draw that was ever sealed, by its number without gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.draws.models import Draw

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class NumberedDraw:
    """A sealed draw: its number without gaps, and the hash of what was fixed."""

    number: int
    code: str
    title_ar: str
    title_fr: str
    state: str
    commitment_sha256: str
    committed_at: datetime


@dataclass(frozen=True)
class RegisterView:
    """The sealed draws of an edition, and how many were set up but not sealed."""

    draws: tuple[NumberedDraw, ...]
    still_open: int


def list_numbered(session: Session, edition_id: int) -> RegisterView:
    """List the sealed draws of an edition by number. One query."""
    rows = session.scalars(select(Draw).where(Draw.edition_id == edition_id).order_by(Draw.number, Draw.code)).all()
    return RegisterView(
        tuple(
            NumberedDraw(
                row.number, row.code, row.title_ar, row.title_fr, row.state, row.commitment_sha256, row.committed_at
            )
            for row in rows
            if row.number is not None and row.commitment_sha256 is not None and row.committed_at is not None
        ),
        sum(row.number is None for row in rows),
    )
