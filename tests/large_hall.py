"""A hall with sixteen hundred stands, most of them given: what the plan's speed is measured on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from tests.factories import make_edition
from tests.floor_fair import document, exhibitor
from village.exhibitors.actions import add_exhibitors, decide_applications
from village.exhibitors.queries import ids_by_code
from village.exhibitors.rules import Decision, Status
from village.floor.actions import import_floor, publish_plan
from village.floor.models import Hall, Stand, StandAssignment

if TYPE_CHECKING:
    from village.kit.deeds import Deed

ROWS, PER_ROW, GIVEN = 40, 40, 1480
ZONES = 8


def drawing() -> dict[str, Any]:
    """Forty rows of forty stands of nine square metres, back to back, with aisles of three metres and a cross aisle."""
    stands = []
    for row in range(ROWS):
        y = 3 + (row // 2) * 9 + (row % 2) * 3
        for place in range(PER_ROW):
            x = 4 + place * 3 + (4 if place >= PER_ROW // 2 else 0)
            stands.append(
                {
                    "code": f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[row // 2]}{row % 2 * PER_ROW + place + 1:02d}",
                    "x": x,
                    "y": y,
                    "w": 3,
                    "h": 3,
                    "zone": f"Z{row * ZONES // ROWS + 1}",
                    "back": "south" if row % 2 == 0 else "north",
                    "open_sides": 1,
                    "has_power": True,
                    "has_water": place % 5 == 0,
                    "step_free": True,
                    "reserved_for": None,
                }
            )
    zones = [
        {"code": f"Z{n}", "name_ar": f"فضاء الجهات {n}", "name_fr": f"Espace des régions {n}", "sectors": ["agriculture"]}
        for n in range(1, ZONES + 1)
    ]
    doors = [
        {"code": "N", "kind": "entrance", "side": "north", "x": 62, "y": 0, "w": 6},
        {"code": "S", "kind": "entrance", "side": "south", "x": 62, "y": 186, "w": 6},
    ]
    return {"width_m": 132, "depth_m": 186, "zones": zones, "doors": doors, "obstacles": [], "stands": stands}


def open_large_hall(deed: Deed) -> int:
    """An edition with that hall, its plan published; returns the hall's id."""
    edition_id = make_edition(deed)
    models = [exhibitor(each) for each in document("cooperatives.json")["cooperatives"]]
    many = [replace(models[n % len(models)], code=f"X{n:04d}") for n in range(GIVEN)]
    add_exhibitors(deed, edition_id, many)
    decide_applications(deed, edition_id, [Decision(each.code, Status.ACCEPTED, None, None) for each in many])
    hall_id = import_floor(
        deed, edition_id=edition_id, code="BIG", drawing=drawing(), default_zone="Z1", name_ar="القاعة الكبرى", name_fr="Grand hall"
    )
    ids = sorted(ids_by_code(deed.session, edition_id).items())
    stands = deed.session.scalars(select(Stand.id).where(Stand.hall_id == hall_id).order_by(Stand.code)).all()
    given = [
        {"stand_id": stand, "exhibitor_id": who, "part": 0, "locked": False}
        for stand, (_, who) in zip(stands, ids, strict=False)
    ]
    deed.session.execute(insert(StandAssignment), given)
    deed.session.get_one(Hall, hall_id).plan_version += 1
    deed.session.flush()
    publish_plan(deed, hall_id=hall_id)
    return hall_id
