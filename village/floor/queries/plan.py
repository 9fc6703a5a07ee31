"""The plan as it is drawn: the stands of a hall and who has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import func, select, union

from village.exhibitors import queries as exhibitors
from village.exhibitors.queries import ExhibitorRow
from village.floor.models import Hall, PlanPublication, Stand, StandAssignment, StandShare, Zone
from village.floor.queries.hall import HallView, Outline, find_hall, outline_of
from village.floor.rules import Box, Reserve, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import CompoundSelect
    from sqlalchemy.orm import Session

HolderView = ExhibitorRow


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
    # Empty: the stand is its whole box.
    outline: Outline = ()
    area_cm2: int = 0

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


@dataclass(frozen=True)
class PublicationView:
    """A published version of the plan."""

    id: int
    number: int
    plan_version: int
    at: datetime


def load_plan(session: Session, edition_id: int, hall_code: str | None = None) -> PlanView | None:
    """The working plan of a hall (the first where none is named), or None before one is laid out.

    Nine SQL queries, however many stands.
    """
    hall = find_hall(session, edition_id, hall_code)
    if hall is None:
        return None
    query = select(StandAssignment).join(Stand, Stand.id == StandAssignment.stand_id).where(Stand.hall_id == hall.id)
    assigned = {row.stand_id: row for row in session.scalars(query)}
    holders = {stand: row.exhibitor_id for stand, row in assigned.items()}
    return _plan(session, hall, holders, assigned, session.scalars(_served_elsewhere(hall.id)))


def load_published_plan(
    session: Session, edition_id: int, hall_code: str | None = None
) -> tuple[PlanView, PublicationView | None] | None:
    """The plan as last published; with empty stands before the first publication.  Eight SQL queries."""
    hall = find_hall(session, edition_id, hall_code)
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
    aside: Iterable[int] = (),
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
    placed = {*holders.values(), *aside}
    return PlanView(hall, stands, tuple(each for each in accepted if each.id not in placed))


def _served_elsewhere(hall_id: int) -> CompoundSelect[tuple[int]]:
    """Who does not wait for a stand here: guests at another's stand, and those who have one in another hall."""
    others = (
        select(StandAssignment.exhibitor_id)
        .join(Stand, Stand.id == StandAssignment.stand_id)
        .where(Stand.hall_id != hall_id)
    )
    return union(select(StandShare.guest_id), others)


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
        outline=outline_of(row.outline),
        area_cm2=row.area_cm2 or row.w_cm * row.h_cm,
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
