"""The floor's long work: searches for plans, told as they go, and letters to those whose stand has changed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from village.floor import actions, allocation, paper_jobs, queries, wording
from village.floor.actions.studio import ALLOCATE, FRONTIER
from village.floor.asking import Ask
from village.kit.jobs import Stopped, TakenOver, job
from village.kit.mail import Letter

if TYPE_CHECKING:
    from village.floor.allocation import Allocation, Plan, Problem, Progress
    from village.floor.queries.proposals import Task
    from village.kit.jobs import Work

TELL = "floor.tell"
# Papers too large to wait for are printed by a job of their own module, which is known by being imported here.
PRINT = paper_jobs.print_paper
# Steps that the progress bar shows: read, search, write.
STEPS = 3
# How often a search tells how far it has come.
TICK_S = 1.0
# A curve of more points than this is thinned out: a search of an hour is drawn as well as one of a second.
MOST_POINTS = 240


@job(ALLOCATE)
def find_plan(work: Work, *, run_id: int) -> None:
    """Find the plan of a run and keep it as a proposal.

    After a crash the search begins anew, and the same plan comes out.
    """
    work.progress(0, STEPS)
    with work.session() as session:
        task = queries.load_task(session, run_id)
    if task is None:
        return
    teller = _Teller(work, run_id, task.problem)
    solved = _solve(task, teller)
    if teller.lost is not None:
        raise teller.lost
    with work.deed() as deed:
        actions.finish_run(deed, run_id=run_id, problem=task.problem, solved=solved, curve=teller.curve)
    if teller.stopped:
        raise Stopped
    work.progress(STEPS, STEPS, f"{solved.cost.total} / {solved.bound}")


def _solve(task: Task, teller: _Teller) -> Allocation:
    return allocation.allocate(
        task.problem,
        mode=task.mode,
        seed=task.seed,
        work=task.work,
        previous=task.previous or None,
        move_cost=task.move_cost,
        on_progress=teller.say,
        stop=teller.asked_to_stop,
    )


class _Teller:
    """Writes down how far a search has come, about once a second, and hears whether it should stop.

    The search is never interrupted by an exception: raised inside a solver's own call it would be lost.
    """

    def __init__(self, work: Work, run_id: int, problem: Problem) -> None:
        self.work, self.run_id, self.problem = work, run_id, problem
        self.curve: list[tuple[int, int | None, int | None]] = []
        self.stopped = False
        self.lost: TakenOver | None = None
        self._begun = self._told = time.monotonic()
        self._plan: Plan | None = None
        self._now: tuple[int | None, int | None] = (None, None)

    def say(self, progress: Progress) -> None:
        """Take in what the search tells."""
        if progress.plan is not None:
            self._plan = progress.plan
        before, self._now = self._now, (progress.cost, progress.bound)
        if not self.curve or progress.phase == "done" or (before != self._now and self._due()):
            self._add_point()
        self._tick()

    def asked_to_stop(self) -> bool:
        """Whether somebody wants the search to end."""
        self._tick()
        return self.stopped or self.lost is not None

    def _due(self) -> bool:
        return self._tenths() > self.curve[-1][0]

    def _tenths(self) -> int:
        return round((time.monotonic() - self._begun) * 10)

    def _add_point(self) -> None:
        self.curve.append((self._tenths(), *self._now))
        if len(self.curve) > MOST_POINTS:
            self.curve = [*self.curve[:-1:2], self.curve[-1]]

    def _tick(self) -> None:
        if self.stopped or self.lost or time.monotonic() - self._told < TICK_S:
            return
        self._told = time.monotonic()
        cost, bound = self._now
        self._add_point()
        with self.work.deed() as deed:
            actions.note_progress(
                deed, run_id=self.run_id, problem=self.problem, curve=self.curve, plan=self._plan, bound=bound
            )
        try:
            self.work.progress(1, STEPS, f"{'–' if cost is None else cost} / {'–' if bound is None else bound}")
        except TakenOver as taken:
            self.lost = taken
        except Stopped:
            self.stopped = True


@job(FRONTIER)
def find_frontier(work: Work, *, hall_id: int, family: str) -> None:
    """Find plans with few moves and fewer points from the present plan, and keep each as a proposal."""
    with work.session() as session:
        if queries.list_proposals(session, hall_id, family=family):
            return
        problem = queries.load_problem(session, hall_id)
        previous = queries.places_now(session, hall_id)
    work.progress(0, 1)
    from village.floor.allocation.frontier import frontier

    points = frontier(problem, previous)
    with work.deed() as deed:
        for point in points:
            found = Ask(keep="plan", move_cost=point.move_cost, family=family)
            actions.keep_plan(deed, hall_id=hall_id, problem=problem, plan=point.plan, found=found)
    work.progress(1, 1)


@job(TELL)
def tell_changes(work: Work, *, publication_id: int) -> None:
    """Write to those whose stand has changed and who gave an address; a letter that left is not sent again."""
    with work.session() as session:
        letters = queries.list_letters(session, publication_id)
    for done, each in enumerate(letters, start=1):
        facts = dict(each.facts)
        text = "\n\n".join(wording.say_letter(each.why, lang, facts) for lang in ("ar", "fr"))
        subject = wording.LETTER_SUBJECT.say("ar", facts) + " · " + wording.LETTER_SUBJECT.say("fr", facts)
        try:
            work.parts.mailer.send(Letter(each.email, subject, text, "ar"))
        except OSError:
            told = False
        else:
            told = True
        with work.deed() as deed:
            actions.note_told(deed, publication_id=publication_id, exhibitor_id=each.exhibitor_id, told=told)
        work.progress(done, len(letters))
