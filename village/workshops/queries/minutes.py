"""Reads of the minutes of sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.workshops.models import SessionMinutes, Workshop
from village.workshops.rules.sessions import MinutesText

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class MinutesRow:
    """The minutes of a session; version 0 before anything was written."""

    text: MinutesText
    version: int = 0
    written_at: datetime | None = None
    closed_at: datetime | None = None


def get_minutes(session: Session, workshop_id: int) -> MinutesRow:
    """Return the minutes of a session as far as they are written."""
    row = session.get(SessionMinutes, workshop_id)
    if row is None:
        return MinutesRow(MinutesText())
    text = MinutesText(
        row.rapporteur, row.attended, row.text_ar, row.text_fr, row.decisions_ar, row.decisions_fr
    )
    return MinutesRow(text, row.version, row.written_at, row.closed_at)


def minutes_states(session: Session, edition_id: int) -> dict[int, bool]:
    """Tell for each session with minutes, by its id, whether they are closed; one SQL query."""
    rows = session.execute(
        select(SessionMinutes.workshop_id, SessionMinutes.closed_at)
        .join(Workshop, Workshop.id == SessionMinutes.workshop_id)
        .where(Workshop.edition_id == edition_id)
    )
    return {workshop: closed is not None for workshop, closed in rows}
