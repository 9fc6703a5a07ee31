"""The floor: the hall from its drawing, the wishes, the best allocation, its publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.floor.actions import NewWish, add_wishes, allocate, import_floor, publish_plan
from village.floor.queries import find_hall
from village.floor.rules import WishKind
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.demo.stage import Stage
    from village.kit.db import Json
    from village.kit.deeds import Deed

HALL = "H1"
# The organisers' rule: a sector that no zone lists belongs among the products of the land.
ZONE_OF_OTHER_SECTORS = "Z2"


def floor(stage: Stage, deed: Deed) -> dict[str, Json]:
    """Lay out the hall and note the wishes."""
    drawing = stage.source.json("floor.json")
    import_floor(
        deed, edition_id=stage.edition_id, code=HALL, drawing=drawing, default_zone=ZONE_OF_OTHER_SECTORS
    )
    wishes = [
        NewWish(WishKind(each["kind"]), each["a"], each["b"])
        for each in stage.source.json("stand_wishes.json")["wishes"]
    ]
    return {"stands": len(drawing["stands"]), "wishes": add_wishes(deed, edition_id=stage.edition_id, wishes=wishes)}


def allocation(stage: Stage, deed: Deed) -> dict[str, Json]:
    """Find the best plan, make it the plan, and publish it."""
    hall = find_hall(deed.session, stage.edition_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": HALL})
    found = allocate(deed, hall_id=hall.id, on_progress=None)
    number = publish_plan(deed, hall_id=hall.id)
    return {
        "placed": len(found.places),
        "unplaced": len(found.unplaced),
        "cost": found.cost,
        "bound": found.bound,
        "proven": found.proven,
        "published": number,
    }
