"""The allocation as a deed: solve, write the whole plan at once with its reasons, publish it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from village.audit.actions import record
from village.exhibitors import queries as exhibitors
from village.floor import allocation
from village.floor.actions.ledger import Move, holders_of, write_change
from village.floor.allocation import Allocation, OnProgress, Problem, Proof, Stop
from village.floor.models import AllocationRun, Hall, PlanPublication, Stand
from village.floor.queries import load_problem
from village.kit.db import Json, locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.kit.deeds import Deed


@dataclass(frozen=True, slots=True)
class AllocationDone:
    """An allocation that now is the plan: places (codes of stands by exhibitor code) and figures of the judge."""

    run_id: int
    places: dict[str, tuple[str, ...]]
    unplaced: tuple[str, ...]
    cost: int
    bound: int
    proven: bool
    moved: int


def allocate(
    deed: Deed,
    *,
    hall_id: int,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
) -> AllocationDone:
    """Find the best plan of a hall and make it the plan; pinned exhibitors stay.

    The transaction is open while the solver works: for a fair that is already in use, the job
    ``floor.allocate`` solves first and writes afterwards.

    Raises:
        Refusal: ``hall_not_found``, ``nothing_to_allocate``.
    """
    if locked(deed.session, Hall, hall_id) is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    problem = load_problem(deed.session, hall_id)
    solved = allocation.allocate(problem, seed=seed, on_progress=on_progress, stop=stop)
    return apply_allocation(deed, hall_id=hall_id, problem=problem, solved=solved, seed=seed)


def apply_allocation(
    deed: Deed, *, hall_id: int, problem: Problem, solved: Allocation, seed: int = 0
) -> AllocationDone:
    """Make a solved allocation the plan of the hall, if nothing it was computed from has changed since.

    Raises:
        Refusal: ``hall_not_found``, ``nothing_to_allocate``, ``floor_changed_meanwhile``.
    """
    hall = locked(deed.session, Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    if not problem.exhibitors or not problem.stands:
        raise Refusal("nothing_to_allocate")
    if load_problem(deed.session, hall_id) != problem:
        raise Refusal("floor_changed_meanwhile")
    run = _add_run(deed, hall_id, problem, solved, seed)
    moves = _moves(deed, hall, solved)
    if moves:
        write_change(deed, hall, "plan.allocated", moves, record_line=False)
    facts: dict[str, Json] = {
        "placed": len(solved.plan),
        "cost": solved.cost.total,
        "bound": solved.bound,
        "proven": run.proven,
        "rule_set": problem.rules.name,
        "seed": seed,
        "version": hall.plan_version,
        "places": {who: list(block) for who, block in solved.plan.items()},
    }
    record(deed, "plan.allocated", f"hall:{hall.code}", facts)
    return AllocationDone(
        run.id,
        dict(solved.plan),
        solved.unplaced,
        run.cost,
        run.bound,
        run.proven,
        sum(after is not None for _, _, after in moves),
    )


def _add_run(deed: Deed, hall_id: int, problem: Problem, solved: Allocation, seed: int) -> AllocationRun:
    why = allocation.reasons(problem, solved.plan)
    run = AllocationRun(
        hall_id=hall_id,
        rule_set=problem.rules.name,
        seed=seed,
        cost=solved.cost.total,
        bound=solved.bound,
        proven=solved.proof is Proof.PROVEN,
        by_code=solved.cost.by_code,
        places={who: list(block) for who, block in solved.plan.items()},
        reasons={who: [[each.code, dict(each.facts), each.good] for each in found] for who, found in why.items()},
        actor=str(deed.actor),
        at=deed.now,
        applied_at=deed.now,
        mode=solved.mode,
        stopped_by_time=solved.stopped_by_time,
        unplaced=len(solved.unplaced),
    )
    deed.session.add(run)
    deed.session.flush()
    return run


def _moves(deed: Deed, hall: Hall, solved: Allocation) -> list[Move]:
    ids = exhibitors.ids_by_code(deed.session, hall.edition_id)
    query = select(Stand.code, Stand.id).where(Stand.hall_id == hall.id)
    stands = {row.code: row.id for row in deed.session.execute(query)}
    after = {stands[stand]: ids[who] for who, block in solved.plan.items() for stand in block}
    before = holders_of(deed, hall.id)
    return [
        (stand, before.get(stand), after.get(stand))
        for stand in sorted({*before, *after})
        if before.get(stand) != after.get(stand)
    ]


def publish_plan(deed: Deed, *, hall_id: int) -> int:
    """Make the plan as it stands the public one and return its number, counted from 1.

    Raises:
        Refusal: ``hall_not_found``, ``plan_empty``, ``plan_published`` when nothing has changed since.
    """
    hall = locked(deed.session, Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    holders = holders_of(deed, hall_id)
    if not holders:
        raise Refusal("plan_empty")
    query = select(func.max(PlanPublication.number), func.max(PlanPublication.plan_version)).where(
        PlanPublication.hall_id == hall_id
    )
    number, shown = deed.session.execute(query).one()
    if shown == hall.plan_version:
        raise Refusal("plan_published", {"number": number})
    publication = PlanPublication(
        hall_id=hall_id,
        number=(number or 0) + 1,
        plan_version=hall.plan_version,
        places=[[stand, who] for stand, who in sorted(holders.items())],
        actor=str(deed.actor),
        at=deed.now,
    )
    deed.session.add(publication)
    deed.session.flush()
    facts = {"number": publication.number, "version": hall.plan_version, "stands": len(holders)}
    record(deed, "plan.published", f"hall:{hall.code}", facts)
    return publication.number
