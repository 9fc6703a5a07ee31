"""The allocation as a job: read, solve without holding anything, write at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.floor import actions, allocation, queries
from village.kit.jobs import Stopped, job

if TYPE_CHECKING:
    from village.floor.allocation import Progress
    from village.kit.jobs import Work

ALLOCATE = "floor.allocate"
# Steps that the progress bar shows: read, solve, write.
STEPS = 3


@job(ALLOCATE)
def allocate_hall(work: Work, *, hall_id: int, seed: int = 0) -> None:
    """Allocate the stands of a hall.  Called again after a crash it simply solves again: the same plan comes out."""
    work.progress(0, STEPS)
    with work.session() as session:
        problem = queries.load_problem(session, hall_id)
    stopped = False

    def say(progress: Progress) -> None:
        nonlocal stopped
        cost = "–" if progress.cost is None else progress.cost
        bound = "–" if progress.bound is None else progress.bound
        try:
            work.progress(1, STEPS, f"{cost} / {bound}")
        except Stopped:
            # Raised inside the solver's own call it would be lost: the solver is asked to end, and then we do.
            stopped = True

    solved = allocation.allocate(problem, seed=seed, on_progress=say, stop=lambda: stopped)
    if stopped:
        raise Stopped
    work.progress(2, STEPS, f"{solved.cost.total} / {solved.bound}")
    with work.deed() as deed:
        actions.apply_allocation(deed, hall_id=hall_id, problem=problem, solved=solved, seed=seed)
    work.progress(STEPS, STEPS, f"{solved.cost.total} / {solved.bound}")
