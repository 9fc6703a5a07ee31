"""The demo's hall with exhibitors placed by hand, for tests of what is shown and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from tests.floor_fair import open_floor
from village.floor import actions
from village.floor.models import Hall, Stand, StandAssignment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.floor_fair import FloorFair
    from village.kit.deeds import Deed

# The pastry cooks of Ahfir (C10) have two stands side by side.
PLACES: Mapping[str, tuple[str, ...]] = {
    "C10": ("B01", "B02"),
    "C01": ("A03",),
    "C02": ("D08",),
    "C03": ("F04",),
}


def place(deed: Deed, fair: FloorFair, places: Mapping[str, tuple[str, ...]]) -> None:
    """Put exhibitors on stands, whatever they asked for, and take everybody else off."""
    deed.session.execute(delete(StandAssignment))
    rows = deed.session.execute(select(Stand.code, Stand.id).where(Stand.hall_id == fair.hall_id))
    ids = {code: number for code, number in rows}
    for who, codes in places.items():
        for part, code in enumerate(codes):
            deed.session.add(StandAssignment(stand_id=ids[code], exhibitor_id=fair.exhibitors[who], part=part))
    deed.session.get_one(Hall, fair.hall_id).plan_version += 1
    deed.session.flush()


def open_placed_floor(deed: Deed) -> FloorFair:
    """The demo's hall with those few exhibitors, published."""
    fair = open_floor(deed)
    place(deed, fair, PLACES)
    actions.publish_plan(deed, hall_id=fair.hall_id)
    return fair
