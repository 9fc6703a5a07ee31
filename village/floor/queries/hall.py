"""A hall as it is drawn: its walls, zones, doors, and what stands or lies in it besides the stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.floor.models import Door, Hall, Marking, Obstacle, Zone
from village.floor.rules import Box, DoorKind, Side

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Outline = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class ZoneView:
    """A zone: its code, names, sectors."""

    code: str
    name_ar: str | None
    name_fr: str | None
    sectors: tuple[str, ...]


@dataclass(frozen=True)
class DoorView:
    """A door with the strip of wall it takes, in centimetres."""

    code: str
    kind: DoorKind
    side: Side
    box: Box


@dataclass(frozen=True)
class ObstacleView:
    """Something in the way."""

    code: str
    kind: str
    box: Box


@dataclass(frozen=True)
class MarkingView:
    """What is drawn on the ground: an aisle (a closed outline) or a safety line; points in centimetres."""

    code: str
    kind: str
    points: Outline


@dataclass(frozen=True)
class HallName:
    """A hall among several: enough to choose it."""

    id: int
    code: str
    name_ar: str | None
    name_fr: str | None


@dataclass(frozen=True)
class HallView:
    """A hall with its fixed parts; lengths in centimetres."""

    id: int
    edition_id: int
    code: str
    name_ar: str | None
    name_fr: str | None
    width: int
    depth: int
    default_zone: str
    rule_set: str
    version: int
    zones: tuple[ZoneView, ...]
    doors: tuple[DoorView, ...]
    obstacles: tuple[ObstacleView, ...]
    markings: tuple[MarkingView, ...] = ()
    layout_version: int = 0

    @property
    def entrances(self) -> tuple[DoorView, ...]:
        """The doors by which visitors come in, from which ways are told."""
        return tuple(each for each in self.doors if each.kind is DoorKind.ENTRANCE)


def list_halls(session: Session, edition_id: int) -> list[HallName]:
    """The halls of an edition in the order of their codes."""
    query = (
        select(Hall.id, Hall.code, Hall.name_ar, Hall.name_fr)
        .where(Hall.edition_id == edition_id)
        .order_by(Hall.code)
    )
    return [HallName(*row) for row in session.execute(query)]


def find_hall(session: Session, edition_id: int, code: str | None = None) -> HallView | None:
    """The edition's hall of this code, else its first; None before one is laid out.  Five SQL queries."""
    wanted = select(Hall).where(Hall.edition_id == edition_id)
    if code:
        wanted = wanted.where(Hall.code == code)
    row = session.scalars(wanted.order_by(Hall.code).limit(1)).first()
    return _hall_view(session, row) if row else None


def _hall_view(session: Session, row: Hall) -> HallView:
    zones = session.scalars(select(Zone).where(Zone.hall_id == row.id).order_by(Zone.code))
    doors = session.scalars(select(Door).where(Door.hall_id == row.id).order_by(Door.code))
    markings = session.scalars(select(Marking).where(Marking.hall_id == row.id).order_by(Marking.code))
    obstacles = session.scalars(select(Obstacle).where(Obstacle.hall_id == row.id).order_by(Obstacle.code))
    return HallView(
        row.id,
        row.edition_id,
        row.code,
        row.name_ar,
        row.name_fr,
        row.width_cm,
        row.depth_cm,
        row.default_zone,
        row.rule_set,
        row.plan_version,
        tuple(ZoneView(each.code, each.name_ar, each.name_fr, tuple(each.sectors)) for each in zones),
        tuple(_door_view(each) for each in doors),
        tuple(
            ObstacleView(each.code, each.kind, Box(each.x_cm, each.y_cm, each.w_cm, each.h_cm)) for each in obstacles
        ),
        tuple(MarkingView(each.code, each.kind, outline_of(each.points)) for each in markings),
        row.layout_version,
    )


def outline_of(points: list[list[int]] | None) -> Outline:
    """Points as they are stored, frozen; empty for none."""
    return tuple((int(x), int(y)) for x, y in points or ())


def _door_view(each: Door) -> DoorView:
    side = Side(each.side)
    along_x = side in (Side.NORTH, Side.SOUTH)
    box = Box(each.x_cm, each.y_cm, each.w_cm if along_x else 0, 0 if along_x else each.w_cm)
    return DoorView(each.code, DoorKind(each.kind), side, box)
