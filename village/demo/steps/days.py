"""The three days on the floor: who was at the stand each day, with declared sales."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.exhibitors.actions import record_presence
from village.exhibitors.queries import ids_by_code
from village.exhibitors.rules import NewPresence, Presence

if TYPE_CHECKING:
    from village.demo.stage import Stage
    from village.kit.db import Json
    from village.kit.deeds import Deed


def presences(stage: Stage, deed: Deed) -> dict[str, Json]:
    """Note the daily attendance of the exhibitors."""
    ids = ids_by_code(deed.session, stage.edition_id)
    rows = stage.source.presences
    record_presence(
        deed,
        [
            NewPresence(ids[row.cooperative_id], row.date, Presence(row.status), row.arrived_at, row.sales_mad)
            for row in rows
        ],
    )
    return {"noted": len(rows), "sales_MAD": sum(row.sales_mad or 0 for row in rows)}
