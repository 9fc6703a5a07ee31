"""The problem as the solver takes it, what past allocations gave, and why each exhibitor stands where it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import aliased

from village.exhibitors import queries as exhibitors
from village.exhibitors.rules import LastYear
from village.floor import allocation
from village.floor.allocation import Plan, Problem, Reason
from village.floor.models import AllocationRun, Hall, PlanChange, Stand, StandAssignment, StandWish, Zone
from village.floor.rules import Box, Needs, Reserve, WishKind, undoable_changes
from village.floor.rules import Stand as StandValue
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.exhibitors.queries import ExhibitorRow


@dataclass(frozen=True)
class RunView:
    """One allocation that was made: its figures as the judge counted them, and the reasons by exhibitor code."""

    id: int
    rule_set: str
    cost: int
    bound: int
    proven: bool
    by_code: Mapping[str, int]
    places: Mapping[str, tuple[str, ...]]
    reasons: Mapping[str, tuple[Reason, ...]]
    at: datetime

    @property
    def gap_permille(self) -> int:
        """How far from the best possible the plan can be at most, in thousandths of the bound, rounded up."""
        return 0 if self.cost <= self.bound else -(-1000 * (self.cost - self.bound) // max(self.bound, 1))


@dataclass(frozen=True)
class ChangeRow:
    """One step of the plan's history."""

    id: int
    version: int
    code: str
    stands: tuple[int, ...]
    undone: bool
    undoes: int | None
    actor: str
    at: datetime


def stand_value(row: Stand, zone: str) -> StandValue:
    """A stand's row as the value that rules and solver take."""
    return StandValue(
        row.code,
        Box(row.x_cm, row.y_cm, row.w_cm, row.h_cm),
        zone,
        row.row,
        row.position,
        row.has_power,
        row.has_water,
        row.step_free,
        row.entrance_cm,
        Reserve(row.reserved_for) if row.reserved_for else None,
        row.closed,
    )


def needs_of(row: ExhibitorRow) -> Needs:
    """What an exhibitor cannot do without."""
    return Needs(row.power_w > 0, row.needs_water, row.needs_cold, row.needs_step_free)


def load_problem(session: Session, hall_id: int, *, also: Collection[ExhibitorRow] = ()) -> Problem:
    """The hall's stands, the accepted exhibitors, their wishes, and who is pinned where.  Six SQL queries.

    ``also`` are others who may get a stand: the waiting list, on the day.

    Raises:
        Refusal: ``hall_not_found``.
    """
    hall = session.get(Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    zones = {row.code: tuple(row.sectors) for row in session.scalars(select(Zone).where(Zone.hall_id == hall_id))}
    stands = session.execute(
        select(Stand, Zone.code).join(Zone, Zone.id == Stand.zone_id).where(Stand.hall_id == hall_id)
    ).all()
    rows = [*exhibitors.list_placeable(session, hall.edition_id), *also]
    code_of = {row.id: row.code for row in rows}
    wishes = session.scalars(select(StandWish).where(StandWish.edition_id == hall.edition_id))
    return allocation.problem(
        [stand_value(row, zone) for row, zone in stands],
        [_exhibitor_value(row, zones, hall.default_zone) for row in rows],
        [
            allocation.Wish(WishKind(each.kind), code_of[each.a_id], code_of[each.b_id])
            for each in wishes
            if each.a_id in code_of and each.b_id in code_of
        ],
        rules=allocation.RULE_SETS[hall.rule_set].with_weights(hall.weights or {}),
        pins=_pins(session, hall_id, code_of),
    )


def _exhibitor_value(
    row: ExhibitorRow, zones: Mapping[str, tuple[str, ...]], default_zone: str
) -> allocation.Exhibitor:
    return allocation.Exhibitor(
        row.code,
        allocation.zone_of(row.sector, row.branch, zones, default_zone),
        row.province_code,
        needs_of(row),
        poor_place_last_year=row.last_year_place == LastYear.POOR,
    )


def _pins(session: Session, hall_id: int, code_of: Mapping[int, str]) -> dict[str, tuple[str, ...]]:
    query = (
        select(StandAssignment.exhibitor_id, Stand.code)
        .join(Stand, Stand.id == StandAssignment.stand_id)
        .where(Stand.hall_id == hall_id, StandAssignment.locked.is_(True))
        .order_by(Stand.row, Stand.position)
    )
    found: dict[str, tuple[str, ...]] = {}
    for who, stand in session.execute(query):
        if who in code_of:
            found[code_of[who]] = (*found.get(code_of[who], ()), stand)
    return found


def explain_plan(session: Session, hall_id: int, places: Plan) -> dict[str, tuple[Reason, ...]]:
    """Why each exhibitor stands where it does in a plan (codes of stands by exhibitor code).  Seven SQL queries.

    Who was placed otherwise by the last allocation was moved by hand since, and that is said too.
    """
    problem = load_problem(session, hall_id)
    found = allocation.reasons(problem, places)
    run = find_latest_run(session, hall_id)
    if run is None:
        return found
    moved = Reason("moved_by_hand")
    return {
        who: (moved, *why) if who in places and run.places.get(who) != places[who] else why
        for who, why in found.items()
    }


def find_latest_run(session: Session, hall_id: int) -> RunView | None:
    """The newest allocation that was made the plan of a hall, or None."""
    row = session.scalars(
        select(AllocationRun)
        .where(AllocationRun.hall_id == hall_id, AllocationRun.applied_at.is_not(None))
        .order_by(AllocationRun.applied_at.desc(), AllocationRun.id.desc())
        .limit(1)
    ).first()
    return run_view(row) if row else None


def run_view(row: AllocationRun) -> RunView:
    """An allocation's row as it is shown; a plan from before blocks has one code for each exhibitor."""
    places = {who: (block,) if isinstance(block, str) else tuple(block) for who, block in row.places.items()}
    reasons = {
        who: tuple(Reason(code, facts, good=good) for code, facts, good in found) for who, found in row.reasons.items()
    }
    return RunView(row.id, row.rule_set, row.cost, row.bound, row.proven, row.by_code, places, reasons, row.at)


def list_undoable(session: Session, hall_id: int) -> list[int]:
    """Ids of the changes of a hall's plan that "undo" may take back, oldest first."""
    query = select(PlanChange.id, PlanChange.undoes_id).where(PlanChange.hall_id == hall_id)
    rows = session.execute(query.order_by(PlanChange.version))
    return undoable_changes({row.id: row.undoes_id for row in rows})


def list_changes(session: Session, hall_id: int, limit: int = 20) -> list[ChangeRow]:
    """The newest steps of the plan's history, newest first; ``undone`` when one was taken back."""
    undoing = aliased(PlanChange)
    query = (
        select(PlanChange, undoing.id)
        .outerjoin(undoing, undoing.undoes_id == PlanChange.id)
        .where(PlanChange.hall_id == hall_id)
        .order_by(PlanChange.version.desc())
        .limit(limit)
    )
    return [
        ChangeRow(
            row.id,
            row.version,
            row.code,
            tuple(int(step[0] or 0) for step in row.steps),
            undone is not None,
            row.undoes_id,
            row.actor,
            row.at,
        )
        for row, undone in session.execute(query)
    ]
