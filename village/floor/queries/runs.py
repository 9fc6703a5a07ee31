"""What past allocations gave, and why each exhibitor stands where it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import aliased

from village.floor import allocation
from village.floor.allocation import Plan, Reason
from village.floor.models import AllocationRun, PlanChange
from village.floor.queries.problem import load_problem
from village.floor.rules import undoable_changes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session


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
