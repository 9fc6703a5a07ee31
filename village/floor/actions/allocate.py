"""The allocation as a deed: solve and write the whole plan at once with its reasons, or make a proposal the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.audit.actions import record
from village.exhibitors import queries as exhibitors
from village.floor import allocation
from village.floor.actions.ledger import Move, holders_of, named, write_change
from village.floor.allocation import Allocation, OnProgress, Plan, Problem, Proof, Stop
from village.floor.models import AllocationRun, Hall, Stand
from village.floor.queries import broken_pins, load_problem
from village.floor.queries.proposals import places_now, seen_of, under, what_changed
from village.floor.queries.runs import run_view
from village.kit.db import Json, locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.kit.deeds import Deed

# A refusal names so many stands or exhibitors, and counts the rest.
NAMED = 8


@dataclass(frozen=True, slots=True)
class AllocationDone:
    """An allocation that now is the plan: places (codes of stands by exhibitor code) and figures of the judge.

    ``moved`` counts who had a stand before and has another one or none now.
    """

    run_id: int
    places: dict[str, tuple[str, ...]]
    unplaced: tuple[str, ...]
    cost: int
    bound: int
    proven: bool
    moved: int
    change_id: int | None = None


def allocate(
    deed: Deed,
    *,
    hall_id: int,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
) -> AllocationDone:
    """Find the best plan of a hall and make it the plan; pinned exhibitors stay.

    The transaction is open while the solver works: for a fair that is already in use, the studio's job
    solves first and an organiser makes its proposal the plan afterwards.

    Raises:
        Refusal: ``hall_not_found``, ``nothing_to_allocate``, ``pin_broken``.
    """
    if locked(deed.session, Hall, hall_id) is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    refuse_broken_pins(deed, hall_id)
    problem = load_problem(deed.session, hall_id)
    solved = allocation.allocate(problem, seed=seed, on_progress=on_progress, stop=stop)
    return apply_allocation(deed, hall_id=hall_id, problem=problem, solved=solved, seed=seed)


def refuse_broken_pins(deed: Deed, hall_id: int) -> None:
    """Let pass when whoever is pinned stands on a block: no plan could keep a pin on stands that lie apart.

    Raises:
        Refusal: ``pin_broken`` for each who does not.
    """
    broken = broken_pins(deed.session, hall_id)
    if not broken:
        return
    ids = exhibitors.ids_by_code(deed.session, deed.session.get_one(Hall, hall_id).edition_id)
    told = [{**named(deed, ids[each.exhibitor]), "stands": " ".join(each.stands)} for each in broken]
    raise Refusal.of([Refusal("pin_broken", each) for each in told])


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
    now = load_problem(deed.session, hall_id)
    if now != problem:
        raise changed_meanwhile(what_changed(seen_of(problem), now))
    run = AllocationRun(hall_id=hall_id, rule_set=problem.rules.name, seed=seed, actor=str(deed.actor), at=deed.now)
    write_result(run, problem, solved)
    run.done_at = deed.now
    deed.session.add(run)
    deed.session.flush()
    return _make_plan(deed, hall, run)


def write_result(run: AllocationRun, problem: Problem, solved: Allocation) -> None:
    """Write what a search found into a run's row, with the reasons of every placement."""
    why = allocation.reasons(problem, solved.plan)
    run.cost, run.bound = solved.cost.total, solved.bound
    run.proven = solved.proof is Proof.PROVEN
    run.by_code = solved.cost.by_code
    run.places = {who: list(block) for who, block in solved.plan.items()}
    run.reasons = {who: [[each.code, dict(each.facts), each.good] for each in found] for who, found in why.items()}
    run.mode = solved.mode
    run.stopped_by_time = solved.stopped_by_time
    run.unplaced = len(solved.unplaced)
    run.seen = seen_of(problem)


def apply_run(deed: Deed, *, run_id: int, expected: int | None = None) -> AllocationDone:
    """Make a plan of the studio the plan of its hall; ``expected`` is the plan's version the organiser saw.

    Raises:
        Refusal: ``run_not_found``; ``run_not_ready`` while it has no plan; ``plan_changed_meanwhile`` when
            somebody changed the plan after the organiser looked; ``floor_changed_meanwhile`` with the stands and
            exhibitors that changed since it was computed; ``stand_locked`` when it moves who is pinned now;
            ``nothing_changes``.
    """
    run = deed.session.get(AllocationRun, run_id)
    hall = locked(deed.session, Hall, run.hall_id) if run else None
    if run is None or hall is None:
        raise Refusal("run_not_found", {"run": run_id})
    deed.session.refresh(run)
    if not run.places:
        raise Refusal("run_not_ready")
    if expected is not None and expected != hall.plan_version:
        raise Refusal("plan_changed_meanwhile", {"steps": hall.plan_version - expected})
    problem = load_problem(deed.session, hall.id)
    changed = what_changed(run.seen, problem)
    if changed:
        raise changed_meanwhile(changed)
    plan = run_view(run).places
    broken = allocation.score(under(problem, run.rule_set, run.weights), plan).broken
    if broken:
        raise Refusal.of([each.refusal() for each in broken])
    return _make_plan(deed, hall, run, refuse_same=True)


def changed_meanwhile(changed: Mapping[str, tuple[str, ...]]) -> Refusal:
    """The refusal of a plan that was computed for another floor, with what has changed."""
    told = []
    for part, codes in changed.items():
        more = f" +{len(codes) - NAMED}" if len(codes) > NAMED else ""
        told.append(Refusal(f"{part}_changed_meanwhile", {"codes": ", ".join(codes[:NAMED]) + more}))
    facts = {part: list(codes) for part, codes in changed.items()}
    return Refusal("floor_changed_meanwhile", facts, [Refusal("floor_changed_meanwhile"), *told])


def _make_plan(deed: Deed, hall: Hall, run: AllocationRun, *, refuse_same: bool = False) -> AllocationDone:
    plan = run_view(run).places
    before = places_now(deed.session, hall.id)
    moves = _moves(deed, hall, plan)
    change = None
    if moves or refuse_same:
        change = write_change(deed, hall, "plan.allocated", moves, record_line=False)
    run.applied_at = deed.now
    moved = allocation.moved(before, plan)
    people = [row.code for row in exhibitors.list_placeable(deed.session, hall.edition_id)]
    unplaced = tuple(code for code in people if code not in plan)
    facts: dict[str, Json] = {
        "run": run.id,
        "mode": str(run.mode),
        "placed": len(plan),
        "moved": len(moved),
        "unplaced": len(unplaced),
        "cost": run.cost,
        "bound": run.bound,
        "proven": run.proven,
        "rule_set": run.rule_set,
        "seed": run.seed,
        "version": hall.plan_version,
        "places": {who: list(block) for who, block in plan.items()},
    }
    record(deed, "plan.allocated", f"hall:{hall.code}", facts)
    return AllocationDone(
        run.id,
        dict(plan),
        unplaced,
        run.cost,
        run.bound,
        run.proven,
        len(moved),
        change.change_id if change else None,
    )


def _moves(deed: Deed, hall: Hall, plan: Plan) -> list[Move]:
    ids = exhibitors.ids_by_code(deed.session, hall.edition_id)
    query = select(Stand.code, Stand.id).where(Stand.hall_id == hall.id)
    stands = {row.code: row.id for row in deed.session.execute(query)}
    # In the order of the blocks: the first stand of a block is its first part.
    after = {stands[stand]: ids[who] for who, block in plan.items() for stand in block}
    before = holders_of(deed, hall.id)
    order = [*after, *(stand for stand in sorted(before) if stand not in after)]
    return [(stand, before.get(stand), after.get(stand)) for stand in order if before.get(stand) != after.get(stand)]
