"""What a drawing implies: which stands are neighbours, what is wrong with it, what its circuits carry."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.exhibitors import queries as exhibitors
from village.floor.geometry.faults import Fault, faults
from village.floor.geometry.neighbours import neighbours
from village.floor.geometry.scene import scene_of
from village.floor.models import Hall, Stand, StandAssignment, StandShare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from village.floor.queries.layout import LayoutView


def neighbours_of(layout: LayoutView) -> list[list[str]]:
    """Neighbouring stands of a drawing: [[code, code, kind], …]."""
    return [[each.a, each.b, each.kind.value] for each in neighbours(scene_of(layout.things))]


def faults_of(session: Session, layout: LayoutView) -> tuple[Fault, ...]:
    """What is wrong with a drawing, with who stands where now.  One SQL query, four where there are circuits."""
    held = _held(session, layout.hall_id)
    loads = circuit_loads(session, layout, held) if layout.things["circuit"] else {}
    return (*faults(scene_of(layout.things), loads), *_broken_blocks(layout, held))


def _held(session: Session, hall_id: int) -> dict[int, tuple[str, ...]]:
    """Codes of the stands of each exhibitor (by id) in row order."""
    query = (
        select(StandAssignment.exhibitor_id, Stand.code)
        .join(Stand, Stand.id == StandAssignment.stand_id)
        .where(Stand.hall_id == hall_id)
        .order_by(Stand.row, Stand.position, Stand.code)
    )
    found: dict[int, tuple[str, ...]] = {}
    for who, code in session.execute(query):
        found[who] = (*found.get(who, ()), code)
    return found


def _broken_blocks(layout: LayoutView, held: Mapping[int, tuple[str, ...]]) -> Iterator[Fault]:
    """Exhibitors whose stands stand side by side no more."""
    for codes in sorted(held.values()):
        found = [layout.found[code] for code in codes]
        if any(a["row"] != b["row"] or b["position"] != a["position"] + 1 for a, b in pairwise(found)):
            yield Fault("block_apart", "warn", codes, {"stands": ", ".join(codes)})


def circuit_loads(session: Session, layout: LayoutView, held: Mapping[int, tuple[str, ...]]) -> dict[str, int]:
    """Watts that the exhibitors of the working plan load each circuit with: that of their first powered stand."""
    edition = session.scalars(select(Hall.edition_id).where(Hall.id == layout.hall_id)).one()
    watts = {row.id: row.power_w for row in exhibitors.list_placeable(session, edition)}
    for share in session.scalars(select(StandShare).where(StandShare.host_id.in_(watts))):
        watts[share.host_id] += watts.get(share.guest_id, 0)
    stands, loads = layout.things["stand"], dict.fromkeys(layout.things["circuit"], 0)
    for who, codes in held.items():
        first = next((stands[code]["circuit"] for code in codes if stands[code]["power"]), None)
        if first is not None:
            loads[first] += watts.get(who, 0)
    return loads
