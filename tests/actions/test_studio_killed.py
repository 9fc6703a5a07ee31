"""The worker that looks for a plan dies in the middle: what it had found is kept, and another worker ends the search.

This file is also the worker that dies: run with the address of a database, a folder and the number of a job.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import village.floor.jobs
from config import Settings
from tests.floor_fair import open_floor
from village.app import create_app
from village.floor import actions, queries
from village.kit import jobs

ROOT = Path(__file__).parents[2]


def worker_that_dies(url: str, folder: str, job: str) -> None:
    """Begin the search, write the first plan, and die as a pulled plug dies."""
    app = create_app(Settings(data=folder, database_url=url, public_url="http://village.test", queue="now"))
    village.floor.jobs.TICK_S = 0.0
    keep = actions.note_progress

    def keep_and_die(deed, **told):
        keep(deed, **told)
        if told["plan"]:
            deed.after_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))

    actions.note_progress = keep_and_die
    with app.app_context():
        jobs.run(app.extensions["village"], int(job))
    sys.exit("the worker outlived its moment")


def test_the_best_plan_so_far_is_kept_and_the_search_is_ended_by_another(act, app, database, session, tmp_path):
    with act("organiser") as deed:
        fair = open_floor(deed)
        asked = actions.ask_for_plan(deed, hall_id=fair.hall_id, ask=actions.Ask())
    before = queries.find_proposal(session, asked.run_id)
    session.rollback()
    died = subprocess.run(
        [sys.executable, __file__, database.url, str(tmp_path / "worker"), str(before.job_id)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()

    session.expire_all()
    left = queries.find_proposal(session, asked.run_id)
    assert left.state == "running"
    assert left.places
    assert left.curve
    session.rollback()

    # Its process is gone, so nobody has to wait for its silence.
    world = app.extensions["village"]
    assert jobs.resume(world) == [before.job_id]
    jobs.run(world, before.job_id)
    session.expire_all()
    done = queries.find_proposal(session, asked.run_id)
    assert (done.state, done.cost, done.proven) == ("done", 130, True)
    session.rollback()
    with act("organiser") as deed:
        assert len(actions.apply_run(deed, run_id=asked.run_id, expected=0).places) == 56


if __name__ == "__main__":
    worker_that_dies(*sys.argv[1:])
