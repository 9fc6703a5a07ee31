"""Reads of places that one person cannot all keep: a session was moved onto another one."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from village.editions.queries import travel_minutes
from village.workshops.rules import overlaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from village.workshops.queries.registrations import AgendaItem


def list_choices(
    session: Session, edition_id: int, agenda: Sequence[AgendaItem]
) -> list[tuple[AgendaItem, AgendaItem]]:
    """List the pairs of confirmed places of an agenda that nobody can attend both, in order of time.

    Registration refuses such a pair; publishing new hours can make one. One SQL query, and none without two places.
    """
    held = [item for item in agenda if item.registration.status == "confirmed"]
    if len(held) < 2:  # noqa: PLR2004 - two places make a pair
        return []
    travel = travel_minutes(session, edition_id)
    return [
        (one, other)
        for one, other in combinations(held, 2)
        if overlaps(
            one.workshop.sitting(one.registration.channel), other.workshop.sitting(other.registration.channel), travel
        )
    ]
