"""Plans of the studio as they are shown, and what each was computed from: so that it is known when that has changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from village.exhibitors import queries as exhibitors
from village.floor.allocation import RULE_SETS, Mode, Plan, Problem, Reason
from village.floor.models import AllocationRun, PlanPublication, Stand, StandAssignment
from village.floor.queries.problem import load_problem
from village.floor.queries.runs import run_view
from village.kit.jobs import Job

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

# A digest this long tells two stands apart; it guards against nobody.
_DIGITS = 12
# How many plans the studio lists.
SHOWN = 24


@dataclass(frozen=True)
class Proposal:
    """A plan of the studio; figures as the judge counted them under its own weights.

    ``state`` is queued, running, stopping, done, stopped or failed; ``curve`` holds [tenths of a second, cost or
    None, bound or None]; ``places`` is the best plan so far until ``state`` is done.
    """

    id: int
    hall_id: int
    name: str | None
    mode: Mode
    rule_set: str
    weights: Mapping[str, int]
    cost: int
    bound: int
    proven: bool
    by_code: Mapping[str, int]
    places: Plan
    unplaced: int
    reasons: Mapping[str, tuple[Reason, ...]]
    previous: Plan
    move_cost: int
    work: int | None
    curve: Sequence[Sequence[int | None]]
    stopped_by_time: bool
    family: str | None
    at: datetime
    applied_at: datetime | None
    job_id: int | None
    state: str

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in {"done", "failed", "stopped"}

    @property
    def gap_permille(self) -> int:
        """How far from the best possible it can be at most, in thousandths of the bound, rounded up."""
        return 0 if self.cost <= self.bound else -(-1000 * (self.cost - self.bound) // max(self.bound, 1))


def under(problem: Problem, rule_set: str, weights: Mapping[str, int]) -> Problem:
    """The same problem under the rules and weights of a proposal."""
    return problem.with_rules(RULE_SETS[rule_set].with_weights(dict(weights)))


def find_proposal(session: Session, run_id: int) -> Proposal | None:
    """A plan of the studio, or None.  One SQL query."""
    query = select(AllocationRun, Job.state).outerjoin(Job, Job.id == AllocationRun.job_id)
    row = session.execute(query.where(AllocationRun.id == run_id)).one_or_none()
    return _proposal(row[0], row[1]) if row else None


def list_proposals(
    session: Session, hall_id: int, *, family: str | None = None, limit: int = SHOWN
) -> list[Proposal]:
    """The newest plans of a hall's studio, newest first; with ``family`` those found together.  One SQL query."""
    query = (
        select(AllocationRun, Job.state)
        .outerjoin(Job, Job.id == AllocationRun.job_id)
        .where(AllocationRun.hall_id == hall_id)
        .order_by(AllocationRun.id.desc())
        .limit(limit)
    )
    if family is not None:
        query = query.where(AllocationRun.family == family)
    return [_proposal(row, state) for row, state in session.execute(query)]


def _proposal(row: AllocationRun, state: str | None) -> Proposal:
    seen = run_view(row)
    return Proposal(
        row.id,
        row.hall_id,
        row.name,
        Mode(row.mode),
        row.rule_set,
        row.weights,
        row.cost,
        row.bound,
        row.proven,
        row.by_code,
        seen.places,
        row.unplaced,
        seen.reasons,
        {who: tuple(block) for who, block in row.previous.items()},
        row.move_cost,
        row.work,
        row.curve,
        row.stopped_by_time,
        row.family,
        row.at,
        row.applied_at,
        row.job_id,
        _state(row, state),
    )


def _state(row: AllocationRun, state: str | None) -> str:
    if row.done_at is not None or state is None:
        return "stopped" if state in {"stopped", "stopping"} else "done"
    # A worker that died after the last plan was written leaves the best plan so far, and no end.
    return "failed" if state == "done" else state


@dataclass(frozen=True)
class Task:
    """What a run has to solve: its problem as the floor is now, under the run's own weights."""

    problem: Problem
    mode: Mode
    seed: int
    work: int | None
    previous: Plan
    move_cost: int


def load_task(session: Session, run_id: int) -> Task | None:
    """What a run has to solve, or None when there is no such run or its plan is there already."""
    row = session.get(AllocationRun, run_id)
    if row is None or row.done_at is not None:
        return None
    problem = under(load_problem(session, row.hall_id), row.rule_set, row.weights)
    previous = {who: tuple(block) for who, block in row.previous.items()}
    return Task(problem, Mode(row.mode), row.seed, row.work, previous, row.move_cost)


def places_now(session: Session, hall_id: int) -> dict[str, tuple[str, ...]]:
    """Who has which stands now, as codes; the stands of a block in row order.  Two SQL queries."""
    query = (
        select(StandAssignment.exhibitor_id, Stand.code)
        .join(Stand, Stand.id == StandAssignment.stand_id)
        .where(Stand.hall_id == hall_id)
        .order_by(Stand.row, Stand.position, Stand.code)
    )
    return _by_code(session, [(row[0], row[1]) for row in session.execute(query)])


def places_published(session: Session, hall_id: int) -> dict[str, tuple[str, ...]]:
    """Who has which stands in the latest publication, as codes; empty before the first.  Three SQL queries."""
    query = select(PlanPublication.places).where(PlanPublication.hall_id == hall_id)
    found = session.scalars(query.order_by(PlanPublication.number.desc()).limit(1)).first() or []
    stands = select(Stand.id, Stand.code).where(Stand.hall_id == hall_id).order_by(Stand.row, Stand.position)
    holder = {int(stand): int(who) for stand, who in found}
    held = [(holder[row.id], row.code) for row in session.execute(stands) if row.id in holder]
    return _by_code(session, held)


def _by_code(session: Session, held: Iterable[tuple[int, str]]) -> dict[str, tuple[str, ...]]:
    pairs = list(held)
    codes = exhibitors.codes_by_id(session, {who for who, _ in pairs})
    found: dict[str, tuple[str, ...]] = {}
    for who, stand in pairs:
        if who in codes:
            found[codes[who]] = (*found.get(codes[who], ()), stand)
    return found


def seen_of(problem: Problem) -> dict[str, Any]:
    """Digests of everything a plan is computed from, weights apart: stands and exhibitors by code, and the rest."""
    return {
        "stands": {each.code: _digest(each) for each in problem.stands},
        "exhibitors": {each.code: _digest(each) for each in problem.exhibitors},
        "wishes": _digest(problem.wishes),
        "floor": _digest((problem.edges, problem.circuits)),
        "pins": _digest(sorted(problem.pins.items())),
    }


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:_DIGITS]


def what_changed(seen: Mapping[str, Any], problem: Problem) -> dict[str, tuple[str, ...]]:
    """What has changed since a plan was computed: codes of stands and exhibitors; wishes and wiring by name alone.

    Pins are not among it: a plan that moves who is pinned now is refused for that.
    """
    now = seen_of(problem)
    found = {}
    for part in ("stands", "exhibitors"):
        before, after = seen.get(part, {}), now[part]
        codes = tuple(sorted(code for code in {*before, *after} if before.get(code) != after.get(code)))
        if codes:
            found[part] = codes
    for part in ("wishes", "floor"):
        if seen.get(part) != now[part]:
            found[part] = ()
    return found


def changed_since(session: Session, run_id: int, problem: Problem | None = None) -> dict[str, tuple[str, ...]]:
    """What has changed on the floor since a plan of the studio was computed (see `what_changed`)."""
    row = session.get(AllocationRun, run_id)
    if row is None:
        return {}
    return what_changed(row.seen, problem or load_problem(session, row.hall_id))
