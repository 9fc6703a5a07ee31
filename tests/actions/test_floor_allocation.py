"""The demo fair's stands, from the files to the published plan, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, update

from tests.floor_fair import FloorFair, open_floor
from village.audit.queries import EntryFilter, list_entries
from village.exhibitors.models import Exhibitor
from village.floor import actions, queries
from village.floor.allocation import allocate, score
from village.floor.models import Stand
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    import sqlalchemy as sa
    from sqlalchemy.orm import Session

    from tests.floor_fair import Act


@pytest.fixture
def fair(act: Act) -> FloorFair:
    with act("organiser") as deed:
        return open_floor(deed)


def test_the_demo_is_placed_at_the_proven_optimum(act: Act, session: Session, fair: FloorFair) -> None:
    with act("organiser") as deed:
        done = actions.allocate(deed, hall_id=fair.hall_id)
    assert (done.cost, done.bound, done.proven, done.unplaced) == (130, 130, True, ())
    plan = queries.load_plan(session, fair.edition_id)
    assert plan is not None
    places = plan.places
    assert places == done.places
    assert len(places) == 56
    assert plan.waiting == ()
    # The judge, asked about what the database says, not about what the solver said.
    cost = score(queries.load_problem(session, fair.hall_id), places)
    assert (cost.total, cost.broken) == (130, ())
    assert not any(stand.holder for stand in plan.stands if stand.reserved_for)


def test_every_placement_has_its_reasons(act: Act, session: Session, fair: FloorFair) -> None:
    with act("organiser") as deed:
        actions.allocate(deed, hall_id=fair.hall_id)
    run = queries.find_latest_run(session, fair.hall_id)
    assert run is not None
    assert run.by_code == {"out_of_zone": 130}
    assert run.reasons.keys() == run.places.keys()
    assert all(run.reasons.values())
    # C08 sells what needs cold and water: both are said.
    assert {"has_cold", "has_water"} <= {each.code for each in run.reasons["C08"]}


def test_a_locked_exhibitor_stays_where_it_is(act: Act, session: Session, fair: FloorFair) -> None:
    who = fair.exhibitors["C04"]
    stands = {stand.code: stand.id for stand in queries.load_plan(session, fair.edition_id).stands}
    session.rollback()
    with act("floor_manager") as deed:
        actions.assign_stand(deed, stand_id=stands["D01"], exhibitor_id=who, expected=None)
        actions.lock_stand(deed, stand_id=stands["D01"], expected=who, locks=True)
    with act("organiser") as deed:
        done = actions.allocate(deed, hall_id=fair.hall_id)
    assert done.places["C04"] == ("D01",)
    assert done.proven
    assert "pinned" in {each.code for each in queries.find_latest_run(session, fair.hall_id).reasons["C04"]}


def test_a_plan_solved_for_another_floor_is_not_written(act: Act, session: Session, fair: FloorFair) -> None:
    problem = queries.load_problem(session, fair.hall_id)
    session.rollback()
    solved = allocate(problem)
    with act("organiser") as deed:
        deed.session.execute(update(Stand).where(Stand.code == "A01").values(has_water=False))
    with pytest.raises(Refusal, match="floor_changed_meanwhile"), act("system") as deed:
        actions.apply_allocation(deed, hall_id=fair.hall_id, problem=problem, solved=solved)
    assert queries.count_assigned(session, fair.edition_id) == 0


def test_allocating_twice_moves_nobody(act: Act, session: Session, fair: FloorFair) -> None:
    with act("organiser") as deed:
        actions.allocate(deed, hall_id=fair.hall_id)
    with act("organiser") as deed:
        assert actions.allocate(deed, hall_id=fair.hall_id).moved == 0


def test_the_public_plan_changes_only_when_it_is_published(act: Act, session: Session, fair: FloorFair) -> None:
    with pytest.raises(Refusal, match="plan_empty"), act("organiser") as deed:
        actions.publish_plan(deed, hall_id=fair.hall_id)
    with act("organiser") as deed:
        actions.allocate(deed, hall_id=fair.hall_id)
    assert queries.find_stand_of(session, fair.edition_id, fair.exhibitors["C01"]) is None
    session.rollback()
    with act("organiser") as deed:
        assert actions.publish_plan(deed, hall_id=fair.hall_id) == 1
    before = queries.find_stand_of(session, fair.edition_id, fair.exhibitors["C01"])
    assert before is not None
    session.rollback()
    with act("floor_manager") as deed:
        actions.free_stand(deed, stand_id=before.id, expected=fair.exhibitors["C01"])
    assert queries.find_stand_of(session, fair.edition_id, fair.exhibitors["C01"]).id == before.id
    session.rollback()
    with act("organiser") as deed:
        assert actions.publish_plan(deed, hall_id=fair.hall_id) == 2
    with pytest.raises(Refusal, match="plan_published"), act("organiser") as deed:
        actions.publish_plan(deed, hall_id=fair.hall_id)
    assert queries.find_stand_of(session, fair.edition_id, fair.exhibitors["C01"]) is None


def test_the_plan_costs_the_same_number_of_queries_whatever_its_size(
    act: Act, engine: sa.Engine, session: Session, fair: FloorFair
) -> None:
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def score_reading() -> int:
        session.rollback()
        session.expire_all()
        asked.clear()
        assert queries.load_plan(session, fair.edition_id) is not None
        return sum(statement.lstrip().startswith("SELECT") for statement in asked)

    empty = score_reading()
    session.rollback()
    with act("organiser") as deed:
        actions.allocate(deed, hall_id=fair.hall_id)
    assert score_reading() == empty == 9


def test_who_withdraws_is_no_longer_placed(act: Act, session: Session, fair: FloorFair) -> None:
    with act("organiser") as deed:
        actions.allocate(deed, hall_id=fair.hall_id)
    with act("organiser") as deed:
        deed.session.execute(update(Exhibitor).where(Exhibitor.code == "C01").values(status="rejected"))
    with act("organiser") as deed:
        done = actions.allocate(deed, hall_id=fair.hall_id)
    assert "C01" not in done.places
    assert len(done.places) == 55


def test_the_log_tells_where_everybody_was_placed(act: Act, session: Session, fair: FloorFair) -> None:
    with act("organiser") as deed:
        done = actions.allocate(deed, hall_id=fair.hall_id)
    (line,) = list_entries(session, EntryFilter(code="plan.allocated")).rows
    assert line.facts["places"] == {who: list(block) for who, block in done.places.items()}
