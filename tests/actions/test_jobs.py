"""Long work: done once, by whoever lives, and never left hanging."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from sqlalchemy import update

from village.kit import jobs
from village.kit.jobs import Job, Stopped, get_job, job

ELSEWHERE = "another-house:1"
_does = {}


@job("tests.work")
def _work(work, *, what):
    _does[what](work)


@pytest.fixture
def world(app):
    return app.extensions["village"]


@pytest.fixture
def begun(act):
    def begin(what, does=lambda _work: None):
        _does[what] = does
        with act("organiser") as deed:
            return jobs.start(deed, "tests.work", what=what)

    return begin


def give_to(act, number, **values):
    with act("system") as deed:
        deed.session.execute(update(Job).where(Job.id == number).values(**values))


def test_a_job_is_done_once(world, begun, session):
    done = []
    number = begun("once", done.append)
    assert jobs.resume(world) == [number]
    jobs.run(world, number)
    jobs.run(world, number)
    assert len(done) == 1
    assert get_job(session, number).state == "done"
    assert jobs.resume(world) == []


def test_a_job_that_fails_says_why_and_is_left_alone(world, begun, session):
    def fail(_work):
        raise ValueError("no paper")

    number = begun("fail", fail)
    jobs.run(world, number)
    found = get_job(session, number)
    assert (found.state, "no paper" in found.error) == ("failed", True)
    assert jobs.resume(world) == []


def test_a_live_worker_keeps_its_job_and_a_silent_one_loses_it(world, begun, act, clock, session):
    number = begun("left")
    give_to(act, number, state="running", worker=ELSEWHERE, heard_at=clock.now())
    assert jobs.resume(world) == []
    jobs.run(world, number)
    assert get_job(session, number).state == "running"
    session.rollback()
    clock.advance(seconds=91)
    assert jobs.resume(world) == [number]
    jobs.run(world, number)
    assert get_job(session, number).state == "done"


def test_a_job_that_should_stop_ends_though_its_worker_died(world, begun, act, clock, session):
    done = []
    number = begun("stopping", done.append)
    give_to(act, number, state="stopping", worker=ELSEWHERE, heard_at=clock.now() - timedelta(seconds=91))
    jobs.run(world, number)
    assert get_job(session, number).state == "stopped"
    assert done == []
    assert jobs.resume(world) == []


def test_who_was_taken_for_dead_lets_go_without_a_word(world, begun, act, session):
    reached = []

    def go_on(work):
        give_to(act, work.job_id, worker=ELSEWHERE)
        with pytest.raises(Stopped):
            work.progress(1, 2)
        reached.append(True)

    number = begun("taken", go_on)
    jobs.run(world, number)
    assert reached == [True]
    row = session.get(Job, number)
    assert (row.state, row.worker, row.done) == ("running", ELSEWHERE, 0)


def test_a_worker_deep_in_a_long_step_still_says_that_it_lives(world, begun, clock, session, monkeypatch):
    monkeypatch.setattr(jobs, "_BEAT_S", 0.02)
    heard = []

    def long_step(work):
        clock.advance(seconds=300)
        until = time.monotonic() + 10
        while not heard and time.monotonic() < until:
            time.sleep(0.02)
            with work.session() as reading:
                heard.extend(at for at in [reading.get(Job, work.job_id).heard_at] if at == clock.now())
        heard.append(jobs.resume(world))

    jobs.run(world, begun("long", long_step))
    assert heard == [clock.now(), []]
