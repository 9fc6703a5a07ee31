"""The demo fair as far as the floor needs it: edition, exhibitors, hall and wishes, from the demo's files."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from village.editions.actions import open_edition
from village.editions.rules import NewEdition
from village.exhibitors.actions import add_exhibitors, decide_applications
from village.exhibitors.queries import ids_by_code
from village.exhibitors.rules import Decision, DecisionReason, NewExhibitor, Status
from village.floor.actions import NewWish, add_wishes, import_floor
from village.floor.rules import WishKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from village.kit.deeds import Deed

    Act = Callable[..., AbstractContextManager[Deed]]

DATA = Path(__file__).parents[1] / "village" / "demo" / "data"


@dataclass(frozen=True)
class FloorFair:
    """Ids by the codes of the demo files."""

    edition_id: int
    hall_id: int
    exhibitors: dict[str, int]


def document(name: str) -> Any:
    """Read a demo document."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def exhibitor(each: dict[str, Any]) -> NewExhibitor:
    """One cooperative of the demo."""
    return NewExhibitor(
        code=each["id"],
        name_ar=each["name_ar"],
        name_fr=each["name_fr"],
        sector=each["sector"],
        branch=each["branch"],
        province_code=each["province_code"],
        members=each["members"],
        women_members=each["women_members"],
        is_womens=each["is_womens"],
        products_ar=each["products_ar"],
        products_fr=each["products_fr"],
        labels=tuple(each["labels"]),
        power_w=each["power_w"],
        needs_water=each["needs_water"],
        needs_cold=each["needs_cold"],
        needs_step_free=each["needs_step_free"],
        last_year_place=each["last_year_place"],
    )


def decisions() -> list[Decision]:
    """What the committee of the demo decided."""
    with (DATA / "applications.csv").open(encoding="utf-8", newline="") as file:
        return [
            Decision(
                row["cooperative_id"],
                Status(row["status"]),
                int(row["rank"]) if row["rank"] else None,
                DecisionReason(row["reason"]) if row["reason"] else None,
            )
            for row in csv.DictReader(file)
        ]


def open_floor(deed: Deed) -> FloorFair:
    """Open an edition with its exhibitors decided, its hall drawn, its wishes noted."""
    edition_id = open_edition(deed, _edition())
    add_exhibitors(deed, edition_id, [exhibitor(each) for each in document("cooperatives.json")["cooperatives"]])
    decide_applications(deed, edition_id, decisions())
    hall_id = import_floor(
        deed,
        edition_id=edition_id,
        code="H1",
        drawing=document("floor.json"),
        default_zone="Z2",
        name_ar="الخيمة الكبرى",
        name_fr="Grande tente",
    )
    wishes = [NewWish(WishKind(w["kind"]), w["a"], w["b"]) for w in document("stand_wishes.json")["wishes"]]
    add_wishes(deed, edition_id=edition_id, wishes=wishes)
    return FloorFair(edition_id, hall_id, ids_by_code(deed.session, edition_id))


def _edition() -> NewEdition:
    return NewEdition(
        code="FAIR14",
        number=14,
        name_ar="القرية التضامنية",
        name_fr="Village solidaire",
        name_en="Solidarity Village",
        theme_ar="",
        theme_fr="",
        zone="Africa/Casablanca",
        starts_on=date(2026, 12, 4),
        ends_on=date(2026, 12, 6),
        demonstration=True,
        days=(),
        phases=(),
        venues=(),
        travel=(),
        breaks=(),
        ceremonies=(),
        partners=(),
    )
