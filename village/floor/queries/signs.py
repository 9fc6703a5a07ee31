"""Which stand signs have been printed, and with what on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from village.floor.models import SignPrint, Stand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session


def printed_signs(session: Session, hall_id: int) -> Mapping[int, tuple[str, datetime]]:
    """What the last printed sign of each stand of a hall said (its digest) and when, by the stand's id."""
    query = (
        select(SignPrint.stand_id, SignPrint.digest, SignPrint.printed_at)
        .join(Stand, Stand.id == SignPrint.stand_id)
        .where(Stand.hall_id == hall_id)
    )
    return {row.stand_id: (row.digest, row.printed_at) for row in session.execute(query)}
