"""Deeds of the studio: ask for a plan, keep what is found, stop a search, choose the weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from village.audit.actions import record
from village.floor import allocation
from village.floor.actions.allocate import refuse_broken_pins, write_result
from village.floor.actions.assign import assign_stand, lock_stand
from village.floor.actions.ledger import stand_in_locked_hall
from village.floor.allocation import RULE_SETS, Allocation, Mode, Plan, Problem, Proof
from village.floor.asking import EFFORTS, LONGEST_NAME, MOST_POINTS, Ask, Keep
from village.floor.models import AllocationRun, Hall, StandAssignment
from village.floor.queries import load_problem
from village.floor.queries.proposals import places_now, places_published, seen_of
from village.kit import jobs
from village.kit.db import Json, locked
from village.kit.jobs import Job
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from village.kit.deeds import Deed

# The kinds of the jobs in jobs.py, which actions do not import.
ALLOCATE: Final = "floor.allocate"
FRONTIER: Final = "floor.frontier"
# How far back a search is looked for that was asked for the same.
RECENT = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """The run that answers; ``new`` is False where it was asked before and is there or on its way."""

    run_id: int
    new: bool


def ask_for_plan(deed: Deed, *, hall_id: int, ask: Ask) -> Asked:
    """Start the search for a plan as a job, unless the same search runs or has ended already.

    Raises:
        Refusal: ``hall_not_found``, ``nothing_to_allocate``, ``weights_unknown``, ``pin_broken``.
    """
    hall = locked(deed.session, Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    refuse_broken_pins(deed, hall_id)
    problem = load_problem(deed.session, hall_id)
    if not problem.exhibitors or not problem.stands:
        raise Refusal("nothing_to_allocate")
    run = AllocationRun(
        hall_id=hall_id,
        rule_set=problem.rules.name,
        seed=ask.seed,
        cost=0,
        bound=0,
        proven=False,
        by_code={},
        places={},
        reasons={},
        actor=str(deed.actor),
        at=deed.now,
        mode=Mode(ask.mode),
        name=(ask.name or "").strip()[:LONGEST_NAME] or None,
        weights=_weights(hall, ask.weights),
        work=EFFORTS.get(ask.effort),
        move_cost=ask.move_cost if ask.keep else 0,
        previous={who: list(block) for who, block in _previous(deed, hall_id, ask.keep).items()},
        family=ask.family,
        seen=seen_of(problem),
        layout_version=hall.layout_version,
        plan_version=hall.plan_version,
    )
    known = _same(deed, run)
    if known is not None:
        return Asked(known, new=False)
    deed.session.add(run)
    deed.session.flush()
    run.job_id = jobs.start(deed, ALLOCATE, run_id=run.id)
    facts: dict[str, Json] = {"run": run.id, "mode": str(run.mode), "weights": dict(run.weights), "seed": run.seed}
    record(deed, "plan.asked", f"hall:{hall.code}", facts)
    return Asked(run.id, new=True)


def _weights(hall: Hall, changes: Mapping[str, int] | None) -> dict[str, int]:
    weights = dict(hall.weights or {}) if changes is None else dict(changes)
    check_weights(hall.rule_set, weights)
    return dict(sorted(weights.items()))


def check_weights(rule_set: str, weights: Mapping[str, int]) -> None:
    """Let known weights of a rule set pass.

    Raises:
        Refusal: ``rule_set_not_found``, ``weights_unknown``.
    """
    if rule_set not in RULE_SETS:
        raise Refusal("rule_set_not_found", {"rule_set": rule_set})
    try:
        RULE_SETS[rule_set].with_weights(dict(weights))
    except ValueError as fault:
        raise Refusal("weights_unknown", {"rule_set": rule_set}) from fault
    if any(points > MOST_POINTS for points in weights.values()):
        raise Refusal("weights_unknown", {"rule_set": rule_set})


def _previous(deed: Deed, hall_id: int, keep: Keep) -> Plan:
    if keep == "plan":
        return places_now(deed.session, hall_id)
    return places_published(deed.session, hall_id) if keep == "published" else {}


def _same(deed: Deed, asked: AllocationRun) -> int | None:
    """The run that was asked for the same and is there, waits or works; a search that was stopped is asked anew."""
    query = (
        select(AllocationRun, Job.state)
        .join(Job, Job.id == AllocationRun.job_id)
        .where(
            AllocationRun.hall_id == asked.hall_id,
            AllocationRun.mode == asked.mode,
            AllocationRun.rule_set == asked.rule_set,
            AllocationRun.seed == asked.seed,
            AllocationRun.move_cost == asked.move_cost,
            Job.state.in_(("queued", "running", "done")),
        )
        .order_by(AllocationRun.id.desc())
        .limit(RECENT)
    )
    for row, _ in deed.session.execute(query):
        same = (row.weights, row.work, row.previous, row.seen) == (
            asked.weights,
            asked.work,
            asked.previous,
            asked.seen,
        )
        if same:
            row.name, row.family = asked.name or row.name, asked.family or row.family
            return int(row.id)
    return None


def note_progress(
    deed: Deed,
    *,
    run_id: int,
    problem: Problem,
    curve: Sequence[Sequence[int | None]],
    plan: Plan | None,
    bound: int | None,
) -> None:
    """Keep how far a search has come: its curve, and the best plan so far as the judge counts it."""
    run = deed.session.get(AllocationRun, run_id)
    if run is None or run.done_at is not None:
        return
    run.curve = [list(each) for each in curve]
    if plan is None:
        return
    judged = allocation.score(problem, plan)
    run.cost, run.by_code = judged.total, judged.by_code
    run.bound = min(bound if bound is not None else 0, judged.total)
    run.places = {who: list(block) for who, block in plan.items()}
    run.unplaced = len(problem.exhibitors) - len(plan)
    run.seen = seen_of(problem)


def finish_run(
    deed: Deed, *, run_id: int, problem: Problem, solved: Allocation, curve: Sequence[Sequence[int | None]]
) -> None:
    """Keep what a search found as a proposal."""
    run = deed.session.get(AllocationRun, run_id)
    if run is None or run.done_at is not None:
        return
    write_result(run, problem, solved)
    run.curve = [list(each) for each in curve]
    run.done_at = deed.now


def stop_run(deed: Deed, *, run_id: int) -> None:
    """Ask a search to end with the best plan so far.

    Raises:
        Refusal: ``run_not_found``.
    """
    run = deed.session.get(AllocationRun, run_id)
    if run is None or run.job_id is None:
        raise Refusal("run_not_found", {"run": run_id})
    jobs.stop(deed, run.job_id)


def keep_plan(
    deed: Deed, *, hall_id: int, problem: Problem, plan: Plan, found: Ask, bound: int | None = None
) -> int:
    """Keep a plan that was found on the way (a point of the frontier, an alternative) as a proposal; its run's id."""
    judged = allocation.score(problem, plan)
    run = AllocationRun(
        hall_id=hall_id,
        rule_set=problem.rules.name,
        seed=found.seed,
        actor=str(deed.actor),
        at=deed.now,
        done_at=deed.now,
        name=found.name,
        family=found.family,
        move_cost=found.move_cost,
        weights=_weights_of(problem),
        previous={who: list(block) for who, block in _previous(deed, hall_id, found.keep).items()},
    )
    least = 0 if bound is None else min(bound, judged.total)
    proof = Proof.PROVEN if bound is not None and least == judged.total else Proof.STOPPED
    write_result(run, problem, Allocation(dict(plan), judged, least, proof, found.mode))
    deed.session.add(run)
    deed.session.flush()
    return int(run.id)


def _weights_of(problem: Problem) -> dict[str, int]:
    """What the problem's weights differ in from those its rule set was written with."""
    plain, own = RULE_SETS[problem.rules.name].weights, problem.rules.weights
    names = plain.__dataclass_fields__
    return {name: getattr(own, name) for name in sorted(names) if getattr(own, name) != getattr(plain, name)}


def keep_pinned(deed: Deed, *, stand_id: int, exhibitor_id: int, expected: int | None, reason: str | None) -> None:
    """Put an exhibitor at a stand by hand and lock it there: the next search places the others round it.

    Raises:
        Refusal: those of `assign_stand`.
    """
    stand, _ = stand_in_locked_hall(deed, stand_id)
    if expected != exhibitor_id:
        assign_stand(
            deed, stand_id=stand.id, exhibitor_id=exhibitor_id, expected=expected, override_reason=reason
        )
    lock_stand(deed, stand_id=stand.id, expected=exhibitor_id, locks=True)


def lock_exhibitor(deed: Deed, *, stand_id: int, expected: int | None, locks: bool) -> None:
    """Pin the whole block of whoever holds the stand, or let it go.

    Raises:
        Refusal: those of `lock_stand`.
    """
    stand, _ = stand_in_locked_hall(deed, stand_id)
    rows = [stand.id]
    if expected is not None:
        query = select(StandAssignment.stand_id).where(StandAssignment.exhibitor_id == expected)
        rows = sorted({stand.id, *deed.session.scalars(query)})
    for each in rows:
        lock_stand(deed, stand_id=each, expected=expected, locks=locks)


def choose_weights(deed: Deed, *, hall_id: int, rule_set: str, weights: Mapping[str, int]) -> None:
    """Choose the rules of a hall and their weights, for every plan from now on.

    Raises:
        Refusal: ``hall_not_found``, ``rule_set_not_found``, ``weights_unknown``.
    """
    hall = locked(deed.session, Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    check_weights(rule_set, weights)
    plain = RULE_SETS[rule_set].weights
    hall.rule_set = rule_set
    hall.weights = {name: points for name, points in sorted(weights.items()) if getattr(plain, name) != points}
    facts: dict[str, Json] = {"rule_set": rule_set, "weights": dict(hall.weights)}
    record(deed, "rules.chosen", f"hall:{hall.code}", facts)
