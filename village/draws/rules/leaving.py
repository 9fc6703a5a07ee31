"""Ways out of a committed draw before its hour: without its beacon, or not at all. Both are public and final."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from village.draws.rules.plan import CANCEL_REASONS
from village.draws.rules.states import CancelledDraw, SealedDraw
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from datetime import datetime


def go_offline(draw: SealedDraw, now: datetime) -> SealedDraw:
    """Let the public beacon count no more: the seats alone decide, two at least.

    Only before the announced hour: afterwards the beacon is known, and whoever dropped it would choose.

    Raises:
        Refusal: `beacon_not_planned`, `draw_already_offline`, `offline_late`, `draw_seats_too_few`.

    """
    if draw.plan.beacon is None:
        raise Refusal("beacon_not_planned")
    if draw.offline:
        raise Refusal("draw_already_offline")
    if now >= draw.plan.announced_at:
        raise Refusal("offline_late")
    needed = draw.plan.seats_needed(with_beacon=False)
    if len(draw.plan.seats) < needed:
        raise Refusal("draw_seats_too_few", {"needed": needed, "seats": len(draw.plan.seats)})
    return replace(draw, offline=True)


def cancel(draw: SealedDraw, now: datetime, reason: str) -> CancelledDraw:
    """Call a committed draw off, for a reason of the closed list; its number stays taken for ever.

    Raises:
        Refusal: `cancel_reason_unknown`, `cancel_late`.

    """
    if reason not in CANCEL_REASONS:
        raise Refusal("cancel_reason_unknown")
    if now >= draw.plan.announced_at:
        raise Refusal("cancel_late")
    return CancelledDraw(draw, reason)
