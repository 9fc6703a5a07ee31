"""Presence online: the link that is given per registration counts whoever opens it while the session is held.

The organisers' words: «من دخل بالرابط الخاص به في وقت الورشة فهو حاضر، مثل من مسحت شارته.»
« Qui entre par son propre lien pendant l’atelier est présent, comme qui a été scanné à l’entrée. »
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from datetime import datetime

OPENS_BEFORE = timedelta(minutes=15)
# The arrivals by link carry an id that is computed, so that the same link opened again is the same arrival.
_ARRIVALS = uuid.UUID("6f0d1c52-5f0b-4c5e-9f62-0f7a4e1b7a11")


def why_not_joined(now: datetime, starts: datetime, ends: datetime) -> Refusal | None:
    """Return why the online room is shut now, or None from 15 minutes before the session to its end.

    Args:
        now: the instant of the visit.
        starts: the session's beginning, in the zone of the fair.
        ends: the session's end, in the zone of the fair.

    Returns:
        `join_too_early` with the day and the hour at which it opens, `join_over`, or None.

    """
    opens = starts - OPENS_BEFORE
    if now < opens:
        return Refusal("join_too_early", {"day": opens.date().isoformat(), "time": opens.time().isoformat("minutes")})
    return Refusal("join_over") if now > ends else None


def arrival_id(workshop_id: int, person_id: int) -> str:
    """Return the id of a person's arrival at a session by the link: always the same one."""
    return str(uuid.uuid5(_ARRIVALS, f"{workshop_id}.{person_id}"))
