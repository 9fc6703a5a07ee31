"""What happened at the prizes, as the minutes tell it: calls, claims, voids, replacements, handing over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from village.draws.queries.minutes_text import TEXT
from village.draws.wording import VOIDS, WITHDRAWALS
from village.kit.clock import local

if TYPE_CHECKING:
    from datetime import datetime

    from village.draws.queries.rows import DrawView, TurnRow

Script = Literal["ar", "fr"]


def list_events(draw: DrawView, *, zone: str, lang: Script) -> list[dict[str, Any]]:
    """List what happened in the order of its hours: each with hour, place, ticket, name and a short sentence.

    Calls have no hour of their own here: they are told with what ended them. Persons have no name in minutes.
    """
    words = TEXT[lang]
    found: list[tuple[datetime, str, str, str, str]] = []
    if draw.offline_at:
        found.append((draw.offline_at, "", "", "", words["offline"]))
    for prize in draw.prizes:
        if prize.withdrawn_at:
            why = WITHDRAWALS[prize.withdrawn_reason or ""].say(lang)
            found.append((prize.withdrawn_at, prize.id, "", "", words["withdrawn"].format(reason=why)))
    for turn in draw.turns:
        name = turn.name_ar if lang == "ar" else turn.name_fr
        said = [(at, prize, turn.token, name, text) for at, prize, text in _told(turn, lang)]
        found += said
    found.sort(key=lambda event: event[0])
    return [
        {"time": f"{local(at, zone):%H:%M}", "place": place, "ticket": ticket, "name": name, "text": text}
        for at, place, ticket, name, text in found
    ]


def _told(turn: TurnRow, lang: Script) -> list[tuple[datetime, str, str]]:
    words = TEXT[lang]
    calls = words["calls"].format(number=turn.calls) if turn.calls else ""
    joint = "، " if lang == "ar" else ", "
    told: list[tuple[datetime, str, str]] = []
    if turn.turn:
        told.append((turn.began_at, turn.place, words["replaced"].format(rank=turn.rank)))
    if turn.claimed_at:
        told.append((turn.claimed_at, turn.place, joint.join(filter(None, (words["claimed"], calls)))))
    if turn.voided_at:
        why = VOIDS[turn.void_reason or ""].say(lang)
        said = words["voided"].format(reason=why)
        told.append((turn.voided_at, turn.place, said if turn.claimed_at else joint.join(filter(None, (said, calls)))))
    if turn.handed_over_at:
        proof = f" ({turn.proof[:16]})" if turn.proof else ""
        told.append((turn.handed_over_at, turn.place, words["handed_over"] + proof))
    return told
