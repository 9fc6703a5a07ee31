"""What every step of a draw does: hold the draw, ask for the witnesses' word, log, and sign the head of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from village.audit.actions import make_checkpoint, record
from village.draws.models import Draw, DrawHead
from village.draws.queries.heads import count_cosigned
from village.kit.db import locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.audit.keys import LogKeys
    from village.kit.db import Json
    from village.kit.deeds import Deed


def hold_draw(deed: Deed, draw_id: int) -> Draw:
    """Load a draw and hold it until the deed ends: two people never do the same step.

    Raises:
        Refusal: `draw_not_found`.

    """
    row = locked(deed.session, Draw, draw_id)
    if row is None:
        raise Refusal("draw_not_found", {"draw": draw_id})
    return row


def need_cosigned(deed: Deed, row: Draw) -> None:
    """Go on only when the witnesses of the draw have cosigned every head so far.

    Raises:
        Refusal: `head_not_cosigned` with `have` and `need`.

    """
    for have, need in count_cosigned(deed.session, row).values():
        if have < need:
            raise Refusal("head_not_cosigned", {"have": have, "need": need})


def record_step(deed: Deed, row: Draw, step: str, facts: dict[str, Json] | None = None) -> None:
    """Log a step of a committed draw; every such line names the commitment it belongs to."""
    record(deed, f"draw.{step}", f"draw:{row.id}", {"commitment": row.commitment_sha256, **(facts or {})})


def sign_head_of_step(deed: Deed, draw_id: int, step: str, keys: LogKeys) -> None:
    """Sign the head of the log that holds the step, and keep it with the draw. Comes last: it holds the log's head."""
    head = make_checkpoint(deed, keys, f"draw.{step.partition('.')[0]}")
    deed.session.execute(insert(DrawHead).values(draw_id=draw_id, step=step, size=head.size, note=head.note))
