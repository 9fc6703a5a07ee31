"""Who could be drawn: the accepted exhibitors, with the facts that the rule of entry looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.draws.rules.eligibility import Entrant
from village.exhibitors.queries import list_placeable, list_presence

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy.orm import Session

ABSENT = "absent"


def list_candidates(
    session: Session, edition_id: int, *, award_winners: Collection[int] = (), tied: Collection[int] = ()
) -> list[Entrant]:
    """List every accepted exhibitor with the days it came, late or not. Two queries.

    Each stands in a group of its own: a cooperative wins once.

    Args:
        session: the database.
        edition_id: the edition.
        award_winners: ids of exhibitors that won an award (a fact of the awards).
        tied: ids of exhibitors with a declared tie to the organiser.

    """
    days: dict[int, set[date]] = {}
    for row in list_presence(session, edition_id):
        if row.status != ABSENT:
            days.setdefault(row.exhibitor_id, set()).add(row.date)
    return [
        Entrant(
            f"exhibitor:{each.id}",
            group=f"exhibitor:{each.id}",
            days_present=frozenset(days.get(each.id, ())),
            award_winner=each.id in award_winners,
            tied_to_organiser=each.id in tied,
        )
        for each in list_placeable(session, edition_id)
    ]
