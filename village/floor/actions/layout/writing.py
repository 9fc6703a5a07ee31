"""From forms to rows: what changed between two drawings is written, and what follows from it is found anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from village.floor.drawing.things import HALL, Form
from village.floor.geometry.scene import found_of, scene_of
from village.floor.models import (
    Circuit,
    Door,
    Hall,
    Marking,
    Obstacle,
    SignPrint,
    Stand,
    StandAssignment,
    StandLink,
    StandPreference,
    Zone,
)
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from village.floor.drawing.commands import Applied
    from village.floor.drawing.things import Things
    from village.floor.queries.layout import LayoutRows
    from village.kit.db import Base
    from village.kit.deeds import Deed

PLAIN: Mapping[str, tuple[Any, Mapping[str, str]]] = {
    "zone": (Zone, {"name_ar": "name_ar", "name_fr": "name_fr", "sectors": "sectors"}),
    "circuit": (Circuit, {"watts": "watts"}),
    "door": (Door, {"kind": "kind", "side": "side", "x": "x_cm", "y": "y_cm", "w": "w_cm"}),
    "obstacle": (Obstacle, {"kind": "kind", "x": "x_cm", "y": "y_cm", "w": "w_cm", "h": "h_cm"}),
    "marking": (Marking, {"kind": "kind", "points": "points"}),
}
HALL_COLUMNS = {
    "name_ar": "name_ar",
    "name_fr": "name_fr",
    "width": "width_cm",
    "depth": "depth_cm",
    "default_zone": "default_zone",
    "min_aisle": "min_aisle_cm",
    "door_clear": "door_clear_cm",
    "capacity": "capacity",
}
STAND_COLUMNS = {
    "x": "x_cm",
    "y": "y_cm",
    "w": "w_cm",
    "h": "h_cm",
    "outline": "outline",
    "back": "back",
    "open_sides_own": "open_sides_own",
    "power": "has_power",
    "water": "has_water",
    "step_free": "step_free",
    "food": "food_floor",
    "value": "value",
    "reserved_for": "reserved_for",
    "closed": "closed",
    "fixed": "fixed",
}
# What a removed stand leaves behind besides its form.
Kept = dict[str, Any]


def write_drawing(deed: Deed, rows: LayoutRows, before: Things, applied: Applied, kept: Mapping[str, Kept]) -> None:
    """Write what is different after a command; ``kept`` tells what re-added stands had left behind, by code.

    Raises:
        Refusal: ``stand_occupied`` when a stand is removed or closed that somebody has.
    """
    after = applied.things
    _set(rows.hall, HALL_COLUMNS, after["hall"][HALL])
    _refuse_occupied(deed, rows, after, applied.renames)
    upserted = {kind: _write_plain(deed, kind, rows, after[kind]) for kind in PLAIN}
    deed.session.flush()
    stands = _write_stands(deed, rows, after["stand"], applied.renames, kept, upserted)
    deed.session.flush()
    _write_links(deed, rows, after["link"], stands, applied.renames)
    deed.session.flush()
    _remove_plain(deed, rows, after)
    write_found(before, after, stands)
    deed.session.flush()


def _set(row: Base, columns: Mapping[str, str], form: Form) -> None:
    for field, column in columns.items():
        if getattr(row, column) != form[field]:
            setattr(row, column, form[field])


def _rows(rows: LayoutRows, kind: str) -> Mapping[str, Any]:
    return {
        "zone": rows.zones,
        "circuit": rows.circuits,
        "door": rows.doors,
        "obstacle": rows.obstacles,
        "marking": rows.markings,
    }[kind]


def _write_plain(deed: Deed, kind: str, rows: LayoutRows, forms: Mapping[str, Form]) -> dict[str, Any]:
    model, columns = PLAIN[kind]
    known, found = _rows(rows, kind), {}
    for code, form in forms.items():
        row = known.get(code)
        if row is None:
            row = model(hall_id=rows.hall.id, code=code, **{columns[field]: value for field, value in form.items()})
            deed.session.add(row)
        else:
            _set(row, columns, form)
        found[code] = row
    return found


def _remove_plain(deed: Deed, rows: LayoutRows, after: Things) -> None:
    for kind in PLAIN:
        for code, row in _rows(rows, kind).items():
            if code not in after[kind]:
                deed.session.delete(row)


def _refuse_occupied(deed: Deed, rows: LayoutRows, after: Things, renames: Mapping[str, str]) -> None:
    touched = {}
    for code, row in rows.stands.items():
        form = after["stand"].get(renames.get(code, code))
        if form is None or (form["closed"] and not row.closed):
            touched[row.id] = code
    if not touched:
        return
    held = deed.session.scalars(select(StandAssignment.stand_id).where(StandAssignment.stand_id.in_(touched)))
    faults = [Refusal("stand_occupied", {"stand": touched[each]}) for each in held]
    if faults:
        raise Refusal.of(sorted(faults, key=lambda each: str(each.facts["stand"])))


def left_behind(deed: Deed, rows: LayoutRows, codes: Iterable[str]) -> dict[str, Kept]:
    """What stands about to be removed leave behind: their ids, and which exhibitors wished for them at which rank."""
    ids = {rows.stands[code].id: code for code in codes if code in rows.stands}
    found: dict[str, Kept] = {code: {"id": number, "wishes": []} for number, code in ids.items()}
    query = select(StandPreference).where(StandPreference.stand_id.in_(ids)).order_by(StandPreference.id)
    for each in deed.session.scalars(query) if ids else ():
        found[ids[each.stand_id]]["wishes"].append([each.exhibitor_id, each.rank])
    return found


def _write_stands(
    deed: Deed,
    rows: LayoutRows,
    forms: Mapping[str, Form],
    renames: Mapping[str, str],
    kept: Mapping[str, Kept],
    upserted: Mapping[str, Mapping[str, Any]],
) -> dict[str, Stand]:
    here = {renames.get(code, code): row for code, row in rows.stands.items()}
    _remove_stands(deed, rows, [row for code, row in here.items() if code not in forms])
    _rename(deed, {code: row for code, row in here.items() if code in forms})
    found: dict[str, Stand] = {}
    fresh = fresh_ids(deed)
    for code, form in forms.items():
        row = here.get(code)
        if row is None:
            row = Stand(hall_id=rows.hall.id, code=code, row="", position=0, open_sides=0, entrance_cm=0, area_cm2=0)
            number = _old_id(deed, kept.get(code)) or next(fresh, 0)
            if number:
                row.id = number
            deed.session.add(row)
        _set(row, STAND_COLUMNS, form)
        row.zone_id = upserted["zone"][form["zone"]].id
        row.circuit_id = upserted["circuit"][form["circuit"]].id if form["circuit"] else None
        found[code] = row
    deed.session.flush()
    for code, row in found.items():
        if code not in here and code in kept:
            _wish_again(deed, row.id, kept[code])
    return found


def _remove_stands(deed: Deed, rows: LayoutRows, gone: list[Stand]) -> None:
    ids = [row.id for row in gone]
    if not ids:
        return
    for model in (StandPreference, SignPrint):
        deed.session.execute(delete(model).where(model.stand_id.in_(ids)))
    deed.session.execute(delete(StandLink).where(StandLink.a_id.in_(ids) | StandLink.b_id.in_(ids)))
    rows.hall.last_removed_id = max(rows.hall.last_removed_id, *ids)
    for row in gone:
        deed.session.delete(row)
    deed.session.flush()


def _rename(deed: Deed, stands: Mapping[str, Stand]) -> None:
    changed = {code: row for code, row in stands.items() if row.code != code}
    if not changed:
        return
    # Two stands may exchange their codes: both let go of the old one first.
    for row in changed.values():
        row.code = f"~{row.id}"
    deed.session.flush()
    for code, row in changed.items():
        row.code = code
    deed.session.flush()


def fresh_ids(deed: Deed) -> Iterator[int]:
    """Ids for new stands where the database would give those of removed ones again (SQLite); else nothing."""
    if deed.session.get_bind().dialect.name != "sqlite":
        return iter(())
    used = deed.session.scalar(select(func.max(Stand.id))) or 0
    removed = deed.session.scalar(select(func.max(Hall.last_removed_id))) or 0
    return iter(range(max(used, removed) + 1, 2**62))


def _old_id(deed: Deed, kept: Mapping[str, Any] | None) -> int | None:
    """The id a stand had before it was removed, so that publications find it again; None when there is none."""
    number = kept.get("id") if kept else None
    return number if number is not None and deed.session.get(Stand, number) is None else None


def _wish_again(deed: Deed, stand_id: int, kept: Mapping[str, Any]) -> None:
    """Wishes for a stand that is back, as far as nothing else was wished at that rank since."""
    for exhibitor, rank in kept.get("wishes", ()):
        taken = select(StandPreference.id).where(
            StandPreference.exhibitor_id == exhibitor,
            (StandPreference.rank == rank) | (StandPreference.stand_id == stand_id),
        )
        if deed.session.scalar(taken) is None:
            deed.session.add(StandPreference(exhibitor_id=exhibitor, rank=rank, stand_id=stand_id))


def _write_links(
    deed: Deed, rows: LayoutRows, forms: Mapping[str, Form], stands: Mapping[str, Stand], renames: Mapping[str, str]
) -> None:
    known = {}
    for code, row in rows.links.items():
        a, b = sorted(renames.get(each, each) for each in code.split("~"))
        known[f"{a}~{b}"] = row
    alive = {row.id for row in stands.values()}
    for code, row in known.items():
        # Links of removed stands went with them.
        if code not in forms and {row.a_id, row.b_id} <= alive:
            deed.session.delete(row)
    for code, form in forms.items():
        if code in known:
            known[code].kind = form["kind"]
        else:
            first, second = sorted((stands[form["a"]].id, stands[form["b"]].id))
            deed.session.add(StandLink(hall_id=rows.hall.id, a_id=first, b_id=second, kind=form["kind"]))


def write_found(before: Things, after: Things, stands: Mapping[str, Stand]) -> None:
    """Rows, open sides and areas of all stands; distances of those that moved, or of all when an entrance did."""
    scene = scene_of(after)
    doors_moved = before["door"] != after["door"]
    for code, found in found_of(scene).items():
        row, form = stands[code], after["stand"][code]
        old = before["stand"].get(code)
        row.row = found.row
        row.position = found.position
        row.open_sides = found.open_sides
        row.area_cm2 = found.area_cm2
        if doors_moved or old is None or any(old[each] != form[each] for each in ("x", "y", "w", "h")):
            row.entrance_cm = found.entrance_cm
