"""How far a draw has come, in words for everybody: its stations, and what a pending draw still waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from village.draws import wording
from village.kit.i18n import current_lang

if TYPE_CHECKING:
    from village.draws.queries import DrawView, PrizeRow

_REACHED = {"open": 0, "sealed": 1, "closed": 2, "revealed": 3, "drawn": 4}


def stations(draw: DrawView) -> list[tuple[str, str]]:
    """List the stations of a draw as (text, done | now | next); a cancelled draw has none."""
    if draw.state == "cancelled":
        return []
    reached = _REACHED[draw.state]
    if draw.turns and all(_is_over(draw, prize) for prize in draw.prizes):
        reached = 5
    texts = (
        _("The list is closed and its hash published"),
        _("Sealed numbers are handed in"),
        _("The envelopes are opened"),
        _("The ranking is computed"),
        _("The prizes are handed over"),
    )
    return [
        (text, "done" if place < reached else "now" if place == reached else "next") for place, text in enumerate(texts)
    ]


def waits_for(draw: DrawView) -> list[str]:
    """Name what a closed draw still needs before its ranking can be computed."""
    if draw.state != "closed":
        return []
    lang = current_lang()
    missing = [
        _("the envelope of: %(witness)s", witness=wording.SEATS[seat.kind].say(lang))
        for seat in draw.seats
        if seat.handed_in_at and not seat.opened_at
    ]
    if draw.beacon and draw.beacon_counts and not draw.beacon.signature:
        missing.append(_("the number of the public beacon"))
    return missing


def _is_over(draw: DrawView, prize: PrizeRow) -> bool:
    states = [turn.state for turn in draw.turns if turn.place == prize.id]
    return prize.withdrawn_at is not None or not states or states[-1] == "handed_over"
