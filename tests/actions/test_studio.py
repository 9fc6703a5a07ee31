"""The studio: plans asked for, found, stopped, compared with what has changed, made the plan, published."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

import village.floor.jobs  # the kinds of jobs are known once this is read
from tests.floor_fair import FloorFair, open_floor
from village.audit.queries import EntryFilter, list_entries
from village.exhibitors.models import Exhibitor
from village.floor import actions, queries
from village.floor.actions import Ask
from village.floor.allocation import Mode, score
from village.floor.jobs import TELL
from village.floor.models import AllocationRun, Hall, Stand
from village.kit import jobs
from village.kit.jobs import Job
from village.kit.refusal import Refusal
from village.kit.web import parts

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from tests.floor_fair import Act


@pytest.fixture
def fair(act: Act) -> FloorFair:
    with act("organiser") as deed:
        return open_floor(deed)


@pytest.fixture
def world(app: Flask):
    return app.extensions["village"]


def ask(act: Act, fair: FloorFair, **wanted: object) -> actions.Asked:
    with act("organiser") as deed:
        return actions.ask_for_plan(deed, hall_id=fair.hall_id, ask=Ask(**wanted))  # type: ignore[arg-type]


def work_off(world: object) -> None:
    """Do every job that waits, as a worker does."""
    for number in jobs.resume(world):  # type: ignore[arg-type]
        jobs.run(world, number)  # type: ignore[arg-type]


def found(session: Session, run_id: int) -> queries.Proposal:
    session.rollback()
    session.expire_all()
    proposal = queries.find_proposal(session, run_id)
    assert proposal is not None
    return proposal


def test_a_plan_that_is_found_stays_a_proposal_until_it_is_made_the_plan(act, world, session, fair):
    asked = ask(act, fair, name="Premier essai")
    assert asked.new
    work_off(world)
    proposal = found(session, asked.run_id)
    assert (proposal.state, proposal.cost, proposal.bound, proposal.proven) == ("done", 130, 130, True)
    assert proposal.reasons.keys() == proposal.places.keys()
    assert proposal.curve[-1][1:] == [130, 130]
    assert queries.count_assigned(session, fair.edition_id) == 0
    session.rollback()
    with act("organiser") as deed:
        done = actions.apply_run(deed, run_id=asked.run_id, expected=0)
    assert (len(done.places), done.moved, done.unplaced) == (56, 0, ())
    assert queries.places_now(session, fair.hall_id) == done.places
    assert found(session, asked.run_id).applied_at is not None
    (line,) = list_entries(session, EntryFilter(code="plan.allocated")).rows
    assert line.facts["run"] == asked.run_id


def test_a_plan_made_the_plan_can_be_taken_back(act, world, session, fair):
    asked = ask(act, fair)
    work_off(world)
    with act("organiser") as deed:
        done = actions.apply_run(deed, run_id=asked.run_id)
    with act("organiser") as deed:
        actions.undo_change(deed, change_id=done.change_id)
    assert queries.places_now(session, fair.hall_id) == {}


def test_asking_twice_starts_one_search(act, world, session, fair):
    first, second = ask(act, fair), ask(act, fair)
    assert (first.new, second) == (True, actions.Asked(first.run_id, new=False))
    assert len(jobs.resume(world)) == 1
    assert ask(act, fair, mode=Mode.LOT).run_id != first.run_id
    work_off(world)
    # Found already: the same question has the same answer.
    assert not ask(act, fair).new
    with act("organiser") as deed:
        deed.session.execute(update(Stand).where(Stand.code == "A01").values(has_water=False))
    assert ask(act, fair).new


@pytest.mark.parametrize("mode", [Mode.BALANCED, Mode.PRIORITY, Mode.LOT])
def test_each_mode_gives_a_valid_plan_with_its_price(act, world, session, fair, mode):
    asked = ask(act, fair, mode=mode)
    work_off(world)
    proposal = found(session, asked.run_id)
    judged = score(queries.load_problem(session, fair.hall_id), proposal.places)
    assert (proposal.mode, proposal.state, judged.broken) == (mode, "done", ())
    assert proposal.cost == judged.total >= 130


def test_weights_of_a_proposal_are_its_own(act, world, session, fair):
    asked = ask(act, fair, weights={"out_of_zone": 1})
    work_off(world)
    proposal = found(session, asked.run_id)
    assert proposal.cost <= 13
    assert proposal.weights == {"out_of_zone": 1}
    with pytest.raises(Refusal, match="weights_unknown"):
        ask(act, fair, weights={"out_of_zone": -1})
    with pytest.raises(Refusal, match="weights_unknown"):
        ask(act, fair, weights={"kindness": 3})


def test_weights_of_the_hall_hold_from_then_on(act, world, session, fair):
    with act("organiser") as deed:
        actions.choose_weights(deed, hall_id=fair.hall_id, rule_set="zones-and-wishes", weights={"out_of_zone": 2})
    asked = ask(act, fair)
    work_off(world)
    assert found(session, asked.run_id).cost <= 26


def test_a_plan_for_another_floor_is_refused_and_says_what_changed(act, world, session, fair):
    asked = ask(act, fair)
    work_off(world)
    with act("organiser") as deed:
        deed.session.execute(update(Stand).where(Stand.code == "A01").values(has_water=False))
        deed.session.execute(update(Exhibitor).where(Exhibitor.code == "C02").values(status="rejected"))
    with pytest.raises(Refusal, match="floor_changed_meanwhile") as refused, act("organiser") as deed:
        actions.apply_run(deed, run_id=asked.run_id)
    assert dict(refused.value.facts) == {"stands": ["A01"], "exhibitors": ["C02"]}
    assert queries.count_assigned(session, fair.edition_id) == 0


def test_a_plan_that_moves_who_was_pinned_since_is_refused(act, world, session, fair):
    asked = ask(act, fair)
    work_off(world)
    places = found(session, asked.run_id).places
    other = next(stand for who, (stand, *_) in places.items() if who != "C01" and stand.startswith("D"))
    stands = {each.code: each.id for each in queries.load_plan(session, fair.edition_id).stands}
    session.rollback()
    with act("floor_manager") as deed:
        actions.keep_pinned(
            deed, stand_id=stands[other], exhibitor_id=fair.exhibitors["C01"], expected=None, reason="promis"
        )
    with pytest.raises(Refusal, match="pin_moved"), act("organiser") as deed:
        actions.apply_run(deed, run_id=asked.run_id)


def test_two_organisers_at_once_one_wins_the_other_is_told(act, world, session, fair):
    runs = [ask(act, fair, mode=mode).run_id for mode in (Mode.BALANCED, Mode.LOT)]
    work_off(world)
    told: list[str] = []
    gate = threading.Barrier(2)

    def apply(role: str, run_id: int) -> None:
        gate.wait()
        try:
            with act(role) as deed:
                actions.apply_run(deed, run_id=run_id, expected=0)
            told.append("applied")
        except Refusal as refusal:
            told.append(refusal.code)

    threads = [
        threading.Thread(target=apply, args=each) for each in zip(("organiser", "floor_manager"), runs, strict=True)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(told) == ["applied", "plan_changed_meanwhile"]
    assert queries.count_assigned(session, fair.edition_id) == 56


def test_a_search_that_waits_is_stopped_before_it_begins(act, world, session, fair):
    asked = ask(act, fair)
    with act("organiser") as deed:
        actions.stop_run(deed, run_id=asked.run_id)
    work_off(world)
    assert found(session, asked.run_id).state == "stopped"
    with pytest.raises(Refusal, match="run_not_ready"), act("organiser") as deed:
        actions.apply_run(deed, run_id=asked.run_id)
    # Whoever asks again after a stop means it.
    assert ask(act, fair).new


def test_a_search_that_is_stopped_keeps_the_best_plan_so_far(act, world, session, fair, monkeypatch):
    """The organiser presses stop while the search tells of its first plan."""
    monkeypatch.setattr("village.floor.jobs.TICK_S", 0.0)
    asked = ask(act, fair)
    whole = actions.note_progress

    def stopped_meanwhile(deed, **told):
        jobs.stop(deed, found_job)
        whole(deed, **told)

    found_job = found(session, asked.run_id).job_id
    session.rollback()
    monkeypatch.setattr(actions, "note_progress", stopped_meanwhile)
    work_off(world)
    proposal = found(session, asked.run_id)
    assert proposal.state == "stopped"
    assert score(queries.load_problem(session, fair.hall_id), proposal.places).broken == ()
    session.rollback()
    with act("organiser") as deed:
        done = actions.apply_run(deed, run_id=asked.run_id)
    assert done.places == dict(proposal.places)


def test_a_running_search_shows_its_best_plan_so_far(act, world, session, fair, monkeypatch):
    monkeypatch.setattr("village.floor.jobs.TICK_S", 0.0)
    asked = ask(act, fair)
    shown = []
    whole = actions.note_progress

    def watched(deed, **told):
        whole(deed, **told)
        row = deed.session.get(AllocationRun, asked.run_id)
        shown.append((row.done_at, row.cost, len(row.places), row.curve[-1]))

    monkeypatch.setattr(actions, "note_progress", watched)
    work_off(world)
    assert shown
    assert all(done is None for done, *_ in shown)
    costs = [cost for _, cost, placed, _ in shown if placed]
    assert costs == sorted(costs, reverse=True)


def test_moves_from_the_present_plan_cost_what_the_organisers_say(act, world, session, fair):
    with act("organiser") as deed:
        actions.allocate(deed, hall_id=fair.hall_id)
    with act("organiser") as deed:
        deed.session.execute(update(Stand).where(Stand.code == "A02").values(has_power=False))
    before = queries.places_now(session, fair.hall_id)
    session.rollback()
    asked = ask(act, fair, keep="plan", move_cost=40)
    work_off(world)
    proposal = found(session, asked.run_id)
    assert proposal.previous == before
    assert sum(before[who] != block for who, block in proposal.places.items()) <= 2


def test_a_publication_keeps_who_moved_and_why(act, world, session, fair):
    with act("organiser") as deed:
        actions.allocate(deed, hall_id=fair.hall_id)
    with act("organiser") as deed:
        actions.publish_plan(deed, hall_id=fair.hall_id)
    plan = queries.load_plan(session, fair.edition_id)
    stands = {each.code: each for each in plan.stands}
    one, other = stands["B03"], stands["B04"]
    session.rollback()
    with act("floor_manager") as deed:
        actions.swap_stands(
            deed,
            stand_id=one.id,
            other_id=other.id,
            expected=one.holder.id,
            other_expected=other.holder.id,
            override_reason="Accord des deux",
        )
    with act("organiser") as deed:
        deed.session.execute(update(Exhibitor).where(Exhibitor.id == stands["C03"].holder.id).values(status="rejected"))
        actions.free_stand(deed, stand_id=stands["C03"].id, expected=stands["C03"].holder.id)
    with act("organiser") as deed:
        assert actions.publish_plan(deed, hall_id=fair.hall_id) == 2
    second, first = queries.list_publications(session, fair.hall_id)
    assert {each.why for each in first.changes} == {"placed"}
    assert len(first.changes) == 56
    told = {each.exhibitor: (each.before, each.after, each.why) for each in second.changes}
    assert told == {
        one.holder.id: (("B03",), ("B04",), "exchanged"),
        other.holder.id: (("B04",), ("B03",), "exchanged"),
        stands["C03"].holder.id: (("C03",), (), "withdrew"),
    }
    number, news = queries.last_news(session, fair.hall_id, one.holder.id)
    assert (number, news.after) == (2, ("B04",))


def test_publishing_what_another_has_changed_meanwhile_is_refused(act, session, fair):
    with act("organiser") as deed:
        actions.allocate(deed, hall_id=fair.hall_id)
    version = session.get(Hall, fair.hall_id).plan_version
    session.rollback()
    with act("floor_manager") as deed:
        stand = next(each for each in queries.load_plan(deed.session, fair.edition_id).stands if each.holder)
        actions.free_stand(deed, stand_id=stand.id, expected=stand.holder.id)
    with pytest.raises(Refusal, match="plan_changed_meanwhile"), act("organiser") as deed:
        actions.publish_plan(deed, hall_id=fair.hall_id, expected=version)


def test_those_with_an_address_are_written_to_once(act, app, world, session, fair):
    with act("organiser") as deed:
        actions.allocate(deed, hall_id=fair.hall_id)
        deed.session.execute(update(Exhibitor).where(Exhibitor.code == "C01").values(email="c01@village.test"))
        actions.publish_plan(deed, hall_id=fair.hall_id)
    publication = queries.list_publications(session, fair.hall_id)[0]
    session.rollback()
    for _ in range(2):
        with act("organiser") as deed:
            jobs.start(deed, TELL, publication_id=publication.id)
        work_off(world)
    with app.app_context():
        (letter,) = parts().mailer.letters
    assert letter.to == "c01@village.test"
    assert "رواقكم" in letter.text
    assert "votre stand" in letter.text
    session.expire_all()
    told = {each.exhibitor: each.told for each in queries.list_publications(session, fair.hall_id)[0].changes}
    assert [who for who, how in told.items() if how] == [fair.exhibitors["C01"]]


def test_a_search_left_by_a_dead_worker_ends_as_if_nothing_had_been(act, world, session, fair, clock):
    """Half of the work is written, the worker is gone: another does it again and finds the same plan."""
    asked = ask(act, fair)
    job_id = found(session, asked.run_id).job_id
    problem = queries.load_problem(session, fair.hall_id)
    session.rollback()
    with act("system") as deed:
        actions.note_progress(
            deed, run_id=asked.run_id, problem=problem, curve=[(3, 56_000, None)], plan={}, bound=None
        )
        deed.session.execute(
            update(Job).where(Job.id == job_id).values(state="running", worker="elsewhere:1", heard_at=clock.now())
        )
    assert found(session, asked.run_id).state == "running"
    session.rollback()
    clock.advance(seconds=91)
    work_off(world)
    proposal = found(session, asked.run_id)
    assert (proposal.state, proposal.cost, proposal.proven) == ("done", 130, True)


assert village.floor.jobs
