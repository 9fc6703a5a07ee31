"""What was written to a person, for themselves to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.kit.outbox import list_outgoing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from village.kit.db import Json

_MOST = 1000


def list_kept(session: Session, ids: Sequence[int]) -> list[dict[str, Json]]:
    """Return the letters and short messages to persons whose text is still kept, the oldest first."""
    rows = [row for number in ids for row in list_outgoing(session, whom=f"person:{number}", limit=_MOST)]
    return [
        {
            "at": (row.sent_at or row.made_at).isoformat(),
            "to": row.target,
            "message": "\n".join(part for part in (row.body.get("subject", ""), row.body.get("text", "")) if part),
        }
        for row in sorted(rows, key=lambda row: row.id)
        if row.target
    ]
