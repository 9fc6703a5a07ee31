"""What the worker does for the calendar of the fair at each round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from village.editions.actions import close_day
from village.editions.queries import find_current, list_days_to_close
from village.kit.deeds import SYSTEM, begin
from village.kit.worker import each_round

if TYPE_CHECKING:
    from village.kit.web import Parts


@each_round
def close_days(parts: Parts) -> int:
    """Close each day that is over in the log, and seal it: what was done that day is fixed from then on."""
    now = parts.clock.now()
    with Session(parts.engine) as session:
        edition = find_current(session)
        days = list_days_to_close(session, edition, now) if edition else []
    if edition is None or not days:
        return 0
    for day in days:
        with begin(parts.engine, actor=SYSTEM, now=now, chance=parts.chance) as deed:
            close_day(deed, edition_id=edition.id, day=day, keys=parts.keys)
    return len(days)
