"""The plan as it is drawn: a hall with everything in it and who stands where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from village.exhibitors import queries as exhibitors
from village.exhibitors.queries import ExhibitorRow
from village.floor.models import (
    Door,
    Hall,
    Obstacle,
    PlanPublication,
    Stand,
    StandAssignment,
    Zone,
)
from village.floor.rules import Box, DoorKind, Reserve, Route, Side, route_from

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

HolderView = ExhibitorRow


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

    @property
    def entrance(self) -> DoorView | None:
        """The first entrance, from which ways are told."""
        return next((each for each in self.doors if each.kind is DoorKind.ENTRANCE), None)


@dataclass(frozen=True)
class StandView:
    """A stand of the plan with who has it."""

    id: int
    code: str
    box: Box
    zone: str
    row: str
    position: int
    back: Side
    open_sides: int
    power: bool
    water: bool
    step_free: bool
    entrance_cm: int
    reserved_for: Reserve | None
    closed: bool
    holder: HolderView | None = None
    locked: bool = False
    override_reason: str | None = None

    @property
    def corner(self) -> bool:
        """Whether the stand is open on two sides or more."""
        return self.open_sides > 1

    @property
    def free(self) -> bool:
        """Whether an exhibitor may still get it."""
        return self.holder is None and self.reserved_for is None and not self.closed


@dataclass(frozen=True)
class PlanView:
    """A hall, its stands in order of code, and the accepted exhibitors who have none."""

    hall: HallView
    stands: tuple[StandView, ...]
    waiting: tuple[HolderView, ...]

    @cached_property
    def blocks(self) -> Mapping[int, tuple[StandView, ...]]:
        """The stands of each exhibitor in row order, by the exhibitor's id."""
        found: dict[int, tuple[StandView, ...]] = {}
        for each in sorted(self.stands, key=lambda each: (each.row, each.position, each.code)):
            if each.holder:
                found[each.holder.id] = (*found.get(each.holder.id, ()), each)
        return found

    @cached_property
    def by_exhibitor(self) -> Mapping[int, StandView]:
        """The stand of each exhibitor (the first of its block), by the exhibitor's id."""
        return {who: block[0] for who, block in self.blocks.items()}

    @cached_property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """Codes of each exhibitor's stands in row order, by the exhibitor's code."""
        return {
            block[0].holder.code: tuple(each.code for each in block)
            for block in self.blocks.values()
            if block[0].holder
        }

    def route(self, stand: StandView) -> Route | None:
        """The walk from the entrance to a stand, or None where the hall has no entrance."""
        door = self.hall.entrance
        return route_from(door.box, door.side, stand.box) if door else None


@dataclass(frozen=True)
class PublicationView:
    """A published version of the plan."""

    id: int
    number: int
    plan_version: int
    at: datetime


def find_hall(session: Session, edition_id: int) -> HallView | None:
    """The edition's hall (the first by code), or None before one is laid out.  Four SQL queries."""
    row = session.scalars(select(Hall).where(Hall.edition_id == edition_id).order_by(Hall.code).limit(1)).first()
    return _hall_view(session, row) if row else None


def _hall_view(session: Session, row: Hall) -> HallView:
    zones = session.scalars(select(Zone).where(Zone.hall_id == row.id).order_by(Zone.code))
    doors = session.scalars(select(Door).where(Door.hall_id == row.id).order_by(Door.code))
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
    )


def _door_view(each: Door) -> DoorView:
    side = Side(each.side)
    along_x = side in (Side.NORTH, Side.SOUTH)
    box = Box(each.x_cm, each.y_cm, each.w_cm if along_x else 0, 0 if along_x else each.w_cm)
    return DoorView(each.code, DoorKind(each.kind), side, box)


def load_plan(session: Session, edition_id: int) -> PlanView | None:
    """The working plan of an edition, or None before a hall is laid out.  Seven SQL queries, however many stands."""
    hall = find_hall(session, edition_id)
    if hall is None:
        return None
    query = select(StandAssignment).join(Stand, Stand.id == StandAssignment.stand_id).where(Stand.hall_id == hall.id)
    assigned = {row.stand_id: row for row in session.scalars(query)}
    holders = {stand: row.exhibitor_id for stand, row in assigned.items()}
    return _plan(session, hall, holders, assigned)


def load_published_plan(session: Session, edition_id: int) -> tuple[PlanView, PublicationView | None] | None:
    """The plan as last published; with empty stands before the first publication.  Seven SQL queries."""
    hall = find_hall(session, edition_id)
    if hall is None:
        return None
    row = session.scalars(
        select(PlanPublication)
        .where(PlanPublication.hall_id == hall.id)
        .order_by(PlanPublication.number.desc())
        .limit(1)
    ).first()
    if row is None:
        return _plan(session, hall, {}, {}), None
    shown = PublicationView(row.id, row.number, row.plan_version, row.at)
    return _plan(session, hall, {int(stand): int(who) for stand, who in row.places}, {}), shown


def find_publication(session: Session, hall_id: int) -> PublicationView | None:
    """The latest publication of a hall's plan, or None."""
    row = session.scalars(
        select(PlanPublication)
        .where(PlanPublication.hall_id == hall_id)
        .order_by(PlanPublication.number.desc())
        .limit(1)
    ).first()
    return PublicationView(row.id, row.number, row.plan_version, row.at) if row else None


def _plan(
    session: Session,
    hall: HallView,
    holders: Mapping[int, int],
    assigned: Mapping[int, StandAssignment],
) -> PlanView:
    accepted = exhibitors.list_placeable(session, hall.edition_id)
    by_id = {each.id: each for each in accepted}
    query = (
        select(Stand, Zone.code)
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Stand.hall_id == hall.id)
        .order_by(Stand.code)
    )
    stands = tuple(
        _stand_view(row, zone, by_id.get(holders.get(row.id, 0)), assigned.get(row.id))
        for row, zone in session.execute(query)
    )
    placed = set(holders.values())
    return PlanView(hall, stands, tuple(each for each in accepted if each.id not in placed))


def _stand_view(row: Stand, zone: str, holder: HolderView | None, assigned: StandAssignment | None) -> StandView:
    return StandView(
        row.id,
        row.code,
        Box(row.x_cm, row.y_cm, row.w_cm, row.h_cm),
        zone,
        row.row,
        row.position,
        Side(row.back),
        row.open_sides,
        row.has_power,
        row.has_water,
        row.step_free,
        row.entrance_cm,
        Reserve(row.reserved_for) if row.reserved_for else None,
        row.closed,
        holder,
        locked=assigned.locked if assigned else False,
        override_reason=assigned.override_reason if assigned else None,
    )


def find_stand_of(session: Session, edition_id: int, exhibitor_id: int) -> StandView | None:
    """The stand of an exhibitor in the published plan, or None."""
    found = load_published_plan(session, edition_id)
    return found[0].by_exhibitor.get(exhibitor_id) if found else None


def count_assigned(session: Session, edition_id: int) -> int:
    """How many exhibitors of an edition have a stand in the working plan."""
    query = (
        select(func.count(StandAssignment.id))
        .join(Stand, Stand.id == StandAssignment.stand_id)
        .join(Hall, Hall.id == Stand.hall_id)
        .where(Hall.edition_id == edition_id)
    )
    return session.execute(query).scalar_one()
