"""The hall's drawing as forms: what the editor shows, what a command is compared with, how it came about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from village.floor.drawing.commands import Change
from village.floor.drawing.things import HALL, Form, Things, link_code
from village.floor.models import (
    Circuit,
    Door,
    Hall,
    HallBackground,
    LayoutChange,
    Marking,
    Obstacle,
    Stand,
    StandLink,
    Zone,
)
from village.floor.rules import undoable_changes
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

Part = TypeVar("Part", Zone, Circuit, Stand, Door, Obstacle, Marking)


@dataclass(frozen=True)
class LayoutRows:
    """The rows of a hall by code: what a command writes into."""

    hall: Hall
    zones: Mapping[str, Zone]
    circuits: Mapping[str, Circuit]
    stands: Mapping[str, Stand]
    doors: Mapping[str, Door]
    obstacles: Mapping[str, Obstacle]
    markings: Mapping[str, Marking]
    links: Mapping[str, StandLink]


@dataclass(frozen=True)
class LayoutView:
    """A hall's drawing: its version, all its things as forms, and what was found from the drawing by stand."""

    hall_id: int
    version: int
    things: Things
    found: Mapping[str, Mapping[str, Any]]
    background: BackgroundView | None = None


@dataclass(frozen=True)
class BackgroundView:
    """The picture under the drawing: its key in the storage, its place (cm) and strength (per cent)."""

    key: str
    name: str
    x: int
    y: int
    w: int
    h: int
    opacity: int


@dataclass(frozen=True)
class LayoutStepRow:
    """One command of the editor, as it was done."""

    id: int
    version: int
    code: str
    steps: tuple[Change, ...]
    undoes: int | None
    actor: str


def layout_rows(session: Session, hall: Hall) -> LayoutRows:
    """All rows of a hall's drawing.  Seven SQL queries."""
    stands = _by_code(session, Stand, hall.id)
    code_of = {row.id: row.code for row in stands.values()}
    links = session.scalars(select(StandLink).where(StandLink.hall_id == hall.id))
    return LayoutRows(
        hall,
        _by_code(session, Zone, hall.id),
        _by_code(session, Circuit, hall.id),
        stands,
        _by_code(session, Door, hall.id),
        _by_code(session, Obstacle, hall.id),
        _by_code(session, Marking, hall.id),
        {link_code(code_of[row.a_id], code_of[row.b_id]): row for row in links},
    )


def _by_code(session: Session, model: type[Part], hall_id: int) -> dict[str, Part]:
    query = select(model).where(model.hall_id == hall_id).order_by(model.code)
    return {row.code: row for row in session.scalars(query)}


def things_of(rows: LayoutRows) -> Things:
    """The rows as forms."""
    zone_of = {row.id: row.code for row in rows.zones.values()}
    circuit_of = {row.id: row.code for row in rows.circuits.values()}
    code_of = {row.id: row.code for row in rows.stands.values()}
    return {
        "hall": {HALL: _hall_form(rows.hall)},
        "zone": {
            code: {"name_ar": row.name_ar, "name_fr": row.name_fr, "sectors": list(row.sectors)}
            for code, row in rows.zones.items()
        },
        "circuit": {code: {"watts": row.watts} for code, row in rows.circuits.items()},
        "stand": {
            code: _stand_form(row, zone_of[row.zone_id], circuit_of.get(row.circuit_id or 0))
            for code, row in rows.stands.items()
        },
        "door": {
            code: {"kind": row.kind, "side": row.side, "x": row.x_cm, "y": row.y_cm, "w": row.w_cm}
            for code, row in rows.doors.items()
        },
        "obstacle": {
            code: {"kind": row.kind, "x": row.x_cm, "y": row.y_cm, "w": row.w_cm, "h": row.h_cm}
            for code, row in rows.obstacles.items()
        },
        "marking": {
            code: {"kind": row.kind, "points": [list(each) for each in row.points]}
            for code, row in rows.markings.items()
        },
        "link": {code: _link_form(row, code_of) for code, row in rows.links.items()},
    }


def _hall_form(hall: Hall) -> Form:
    return {
        "name_ar": hall.name_ar,
        "name_fr": hall.name_fr,
        "width": hall.width_cm,
        "depth": hall.depth_cm,
        "default_zone": hall.default_zone,
        "min_aisle": hall.min_aisle_cm,
        "door_clear": hall.door_clear_cm,
        "capacity": hall.capacity,
    }


def _stand_form(row: Stand, zone: str, circuit: str | None) -> Form:
    return {
        "x": row.x_cm,
        "y": row.y_cm,
        "w": row.w_cm,
        "h": row.h_cm,
        "outline": None if row.outline is None else [list(each) for each in row.outline],
        "back": row.back,
        "zone": zone,
        "open_sides_own": row.open_sides_own,
        "power": row.has_power,
        "water": row.has_water,
        "step_free": row.step_free,
        "food": row.food_floor,
        "circuit": circuit,
        "value": row.value,
        "reserved_for": row.reserved_for,
        "closed": row.closed,
        "fixed": row.fixed,
    }


def _link_form(row: StandLink, code_of: Mapping[int, str]) -> Form:
    a, b = sorted((code_of[row.a_id], code_of[row.b_id]))
    return {"a": a, "b": b, "kind": row.kind}


def get_layout(session: Session, hall_id: int) -> LayoutView:
    """The drawing of a hall as it stands.  Nine SQL queries, however many stands.

    Raises:
        Refusal: ``hall_not_found``.
    """
    hall = session.get(Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    rows = layout_rows(session, hall)
    found = {code: found_form(row) for code, row in rows.stands.items()}
    return LayoutView(hall.id, hall.layout_version, things_of(rows), found, find_background(session, hall_id))


def found_form(row: Stand) -> dict[str, Any]:
    """What was found from the drawing for a stand, as it is sent along with its form."""
    return {
        "open_sides": row.open_sides,
        "row": row.row,
        "position": row.position,
        "entrance": row.entrance_cm,
        "area": row.area_cm2 or row.w_cm * row.h_cm,
    }


def find_background(session: Session, hall_id: int) -> BackgroundView | None:
    """The picture under a hall's drawing, or None."""
    row = session.scalars(select(HallBackground).where(HallBackground.hall_id == hall_id)).one_or_none()
    if row is None:
        return None
    return BackgroundView(row.key, row.name, row.x_cm, row.y_cm, row.w_cm, row.h_cm, row.opacity)


def list_layout_changes(session: Session, hall_id: int, since: int) -> list[LayoutStepRow]:
    """The commands after a version, in order."""
    query = select(LayoutChange).where(LayoutChange.hall_id == hall_id, LayoutChange.version > since)
    return [
        LayoutStepRow(row.id, row.version, row.code, changes_of(row.steps), row.undoes_id, row.actor)
        for row in session.scalars(query.order_by(LayoutChange.version))
    ]


def changes_of(steps: list[list[Any]]) -> tuple[Change, ...]:
    """The steps of a kept command."""
    found = []
    for kind, code, before, after, *kept in steps:
        form = dict(after) if after is not None else None
        renamed = form.pop("code", None) if form is not None else None
        found.append(Change(kind, code, before, form, renamed, kept[0] if kept else None))
    return tuple(found)


@dataclass(frozen=True)
class UndoView:
    """What "undo" and "redo" of one editor take back: ids of commands, or None."""

    undo: int | None
    redo: int | None


def undo_of(session: Session, hall_id: int, actor: str) -> UndoView:
    """What an editor may undo and redo: the own commands only, newest first.

    To redo is to take an undoing back; whoever does something new after an undoing does not redo it any more.
    """
    query = select(LayoutChange.id, LayoutChange.undoes_id, LayoutChange.actor).where(LayoutChange.hall_id == hall_id)
    rows = session.execute(query.order_by(LayoutChange.version)).all()
    takes_back = {row.id: row.undoes_id for row in rows}
    own = {row.id for row in rows if row.actor == actor}
    undoable = undoable_changes(takes_back)
    undo = next((each for each in reversed(undoable) if each in own), None)
    taken_back = set(takes_back.values())
    fresh = max((row.id for row in rows if row.id in own and row.undoes_id is None), default=0)
    open_undoings = [each for each in takes_back if each in own and each not in taken_back and each not in undoable]
    redo = next((each for each in reversed(open_undoings) if each > fresh), None)
    return UndoView(undo, redo)


def layout_version(session: Session, hall_id: int) -> int:
    """How often the drawing was changed."""
    return session.scalars(select(Hall.layout_version).where(Hall.id == hall_id)).one()
