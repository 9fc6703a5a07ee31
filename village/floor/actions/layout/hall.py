"""Deeds on the hall itself: import a drawing, note wishes, close a stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from village.audit.actions import record
from village.exhibitors import queries as exhibitors
from village.floor.actions.layout.commands import do_steps
from village.floor.allocation import RULE_SETS, ZONES_AND_WISHES
from village.floor.drawing import Drawing, DrawnStand, read_drawing
from village.floor.drawing.commands import Change
from village.floor.geometry.scene import found_of, scene_of
from village.floor.models import Door, Hall, Obstacle, Stand, StandWish, Zone
from village.floor.queries.layout import layout_rows, things_of
from village.kit.db import locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from village.floor.actions.layout.commands import LayoutChanged
    from village.floor.rules import WishKind
    from village.kit.deeds import Deed


def import_floor(
    deed: Deed,
    *,
    edition_id: int,
    code: str,
    drawing: Mapping[str, Any],
    default_zone: str,
    name_ar: str | None = None,
    name_fr: str | None = None,
    rule_set: str = ZONES_AND_WISHES.name,
) -> int:
    """Lay out a hall from its drawing (JSON form, metres) and return its id.

    ``default_zone`` is the zone of sectors that no zone lists.

    Raises:
        Refusal: ``floor_unreadable``, ``floor_faulty`` with every fault, ``hall_code_taken``,
            ``zone_not_found``, ``rule_set_not_found``.
    """
    hall_plan = read_drawing(drawing)
    if rule_set not in RULE_SETS:
        raise Refusal("rule_set_not_found", {"rule_set": rule_set})
    if default_zone not in {each.code for each in hall_plan.zones}:
        raise Refusal("zone_not_found", {"zone": default_zone})
    taken = select(Hall.id).where(Hall.edition_id == edition_id, Hall.code == code)
    if deed.session.scalar(taken) is not None:
        raise Refusal("hall_code_taken", {"hall": code})
    hall = Hall(
        edition_id=edition_id,
        code=code,
        name_ar=name_ar,
        name_fr=name_fr,
        width_cm=hall_plan.width,
        depth_cm=hall_plan.depth,
        default_zone=default_zone,
        rule_set=rule_set,
    )
    deed.session.add(hall)
    deed.session.flush()
    _add_parts(deed, hall.id, hall_plan)
    _keep_told_sides(deed, hall)
    record(deed, "floor.imported", f"hall:{code}", {"stands": len(hall_plan.stands)})
    return hall.id


def _add_parts(deed: Deed, hall_id: int, plan: Drawing) -> None:
    zones = {
        each.code: Zone(
            hall_id=hall_id,
            code=each.code,
            name_ar=each.name_ar,
            name_fr=each.name_fr,
            sectors=list(each.sectors),
        )
        for each in plan.zones
    }
    deed.session.add_all(zones.values())
    deed.session.flush()
    deed.session.add_all(_stand_row(hall_id, zones[each.zone].id, each) for each in plan.stands)
    deed.session.add_all(
        Door(
            hall_id=hall_id,
            code=each.code,
            kind=each.kind,
            side=each.side,
            x_cm=each.x,
            y_cm=each.y,
            w_cm=each.w,
        )
        for each in plan.doors
    )
    deed.session.add_all(
        Obstacle(
            hall_id=hall_id,
            code=each.code,
            kind=each.kind,
            x_cm=each.box.x,
            y_cm=each.box.y,
            w_cm=each.box.w,
            h_cm=each.box.h,
        )
        for each in plan.obstacles
    )
    deed.session.flush()


def _keep_told_sides(deed: Deed, hall: Hall) -> None:
    """Where a file tells other open sides than the drawing shows, the organisers said so: it is kept as theirs."""
    rows = layout_rows(deed.session, hall)
    for code, found in found_of(scene_of(things_of(rows))).items():
        row = rows.stands[code]
        if row.open_sides != found.open_sides:
            row.open_sides_own = row.open_sides
    deed.session.flush()


def _stand_row(hall_id: int, zone_id: int, each: DrawnStand) -> Stand:
    return Stand(
        hall_id=hall_id,
        zone_id=zone_id,
        code=each.code,
        x_cm=each.box.x,
        y_cm=each.box.y,
        w_cm=each.box.w,
        h_cm=each.box.h,
        back=each.back,
        row=each.row,
        position=each.position,
        open_sides=each.open_sides,
        has_power=each.power,
        has_water=each.water,
        step_free=each.step_free,
        entrance_cm=each.entrance_cm,
        reserved_for=each.reserved_for,
    )


class NewWish(NamedTuple):
    """A wish by the codes of the two exhibitors."""

    kind: WishKind
    a: str
    b: str


def add_wishes(deed: Deed, *, edition_id: int, wishes: Iterable[NewWish]) -> int:
    """Note who wishes to be beside whom or apart from whom; a wish already noted is left.  Returns how many are new.

    Raises:
        Refusal: ``exhibitor_not_found``, ``wish_for_oneself``.
    """
    ids = exhibitors.ids_by_code(deed.session, edition_id)
    query = select(StandWish.a_id, StandWish.b_id, StandWish.kind).where(StandWish.edition_id == edition_id)
    known = {tuple(row) for row in deed.session.execute(query)}
    added = 0
    for wish in wishes:
        if wish.a == wish.b:
            raise Refusal("wish_for_oneself", {"exhibitor": wish.a})
        for each in (wish.a, wish.b):
            if each not in ids:
                raise Refusal("exhibitor_not_found", {"exhibitor": each})
        a, b = sorted((ids[wish.a], ids[wish.b]))
        if (a, b, wish.kind.value) in known:
            continue
        known.add((a, b, wish.kind.value))
        deed.session.add(StandWish(edition_id=edition_id, a_id=a, b_id=b, kind=wish.kind))
        record(deed, "wish.noted", f"exhibitor:{wish.a}", {"kind": wish.kind.value, "other": wish.b})
        added += 1
    deed.session.flush()
    return added


def close_stand(deed: Deed, *, stand_id: int, closed: bool) -> LayoutChanged:
    """Close a stand (nobody may stand there) or open it again: a command like those of the editor.

    Raises:
        Refusal: ``stand_not_found``; ``stand_occupied`` when somebody has it; ``layout_unchanged``.
    """
    stand = deed.session.get(Stand, stand_id)
    hall = locked(deed.session, Hall, stand.hall_id) if stand else None
    if stand is None or hall is None:
        raise Refusal("stand_not_found", {"stand": stand_id})
    before = things_of(layout_rows(deed.session, hall))["stand"][stand.code]
    step = Change("stand", stand.code, before, {**before, "closed": closed})
    done = do_steps(deed, hall_id=hall.id, code="stand.changed", steps=[step])
    record(deed, "stand.closed" if closed else "stand.opened", f"stand:{stand.code}")
    return done
