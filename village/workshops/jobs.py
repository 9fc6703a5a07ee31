"""What the worker does for the programme at each round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from village.editions.queries import find_current
from village.kit.deeds import SYSTEM, begin
from village.kit.worker import each_round
from village.workshops.actions import lapse_offers
from village.workshops.queries.due import list_due

if TYPE_CHECKING:
    from village.kit.web import Parts


@each_round
def end_offers(parts: Parts) -> int:
    """End offers that nobody answered in time, and give their places to whoever waits longest."""
    now = parts.clock.now()
    with Session(parts.engine) as session:
        edition = find_current(session)
        if edition is None or not list_due(session, edition.id, now):
            return 0
    with begin(parts.engine, actor=SYSTEM, now=now, chance=parts.chance) as deed:
        return lapse_offers(deed, edition.id)
