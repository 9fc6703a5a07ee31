"""Which round of the beacon is awaited now, and its long sum done before a deed begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.draws import actions

if TYPE_CHECKING:
    from village.draws.queries import DrawView


def check_first(draw: DrawView, signature: str | None) -> None:
    """Check a signature before the deed that brings it in, so that nobody waits at the database for the sum.

    Where no round is awaited, the deed itself says so.

    Raises:
        Refusal: those of `actions.check_round`.

    """
    number = awaited_round(draw)
    if draw.beacon is not None and number is not None:
        actions.check_round(draw.beacon.chain, number, signature or "")


def awaited_round(draw: DrawView) -> int | None:
    """Give the number of the round that counts next: the draw's own, or that of the void that waits longest."""
    if draw.beacon is None:
        return None
    if draw.state == "closed" and draw.beacon_counts and draw.beacon.randomness is None:
        return draw.beacon.round
    if draw.state != "drawn" or not draw.waiting:
        return None
    last = next(turn for turn in reversed(draw.turns) if turn.place == draw.waiting[0])
    return None if last.next_brought else last.next_round
