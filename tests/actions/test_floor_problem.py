"""How a stored floor becomes an instance: circuits, values, requests, guests, earlier places, pins, both rule sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, select, update

from tests.floor_fair import open_floor
from village.exhibitors.models import Exhibitor
from village.floor import actions, queries
from village.floor.allocation import BLOCKS_AND_PRIORITIES, Mode, allocate, score
from village.floor.models import Hall, Stand, StandAssignment, StandPreference, StandRequest, StandShare
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    import sqlalchemy as sa
    from sqlalchemy.orm import Session

    from tests.floor_fair import Act, FloorFair
    from village.floor.allocation import Exhibitor as Party
    from village.floor.allocation import Problem


@pytest.fixture
def fair(act: Act) -> FloorFair:
    with act("organiser") as deed:
        return open_floor(deed)


def loaded(session: Session, fair: FloorFair) -> Problem:
    session.rollback()
    session.expire_all()
    found = queries.load_problem(session, fair.hall_id)
    session.rollback()
    return found


def party(problem: Problem, code: str) -> Party:
    return next(each for each in problem.exhibitors if each.code == code)


def change(act: Act, session: Session, fair: FloorFair, code: str, **fields: Any) -> None:
    before = queries.get_layout(session, fair.hall_id).things["stand"][code]
    session.rollback()
    with act("floor_manager") as deed:
        steps = [["stand", code, before, {**before, **fields}]]
        actions.change_layout(deed, hall_id=fair.hall_id, code="stand.changed", steps=steps)


def test_the_demo_as_an_instance(session: Session, fair: FloorFair) -> None:
    problem = loaded(session, fair)
    assert (len(problem.stands), len(problem.exhibitors), problem.circuits) == (62, 56, ())
    assert {each.area for each in problem.stands} == {90_000}
    assert {each.circuit for each in problem.stands} == {None}
    assert len(problem.edges) == 135
    values = {each.code: each.value for each in problem.stands}
    # F05 and F06 are nearest (60 of the other 61 lie farther, the twin counts half: 99) and called corners
    assert (values["F05"], values["F06"], values["F10"]) == (100, 100, 100 * (2 * 38 + 1) // 122)
    assert values["A12"] == values["A01"] == 15  # nothing lies farther: only the corner counts
    assert {each.size for each in problem.exhibitors} == {1}


def test_the_organisers_value_goes_before_the_computed_one(act: Act, session: Session, fair: FloorFair) -> None:
    change(act, session, fair, "A01", value=88, food=False)
    stand = next(each for each in loaded(session, fair).stands if each.code == "A01")
    assert (stand.value, stand.food) == (88, False)


def test_circuits_limit_once_they_are_drawn(act: Act, session: Session, fair: FloorFair) -> None:
    with act("floor_manager") as deed:
        actions.change_layout(
            deed, hall_id=fair.hall_id, code="circuit.added", steps=[["circuit", "Q1", None, {"watts": 2000}]]
        )
    change(act, session, fair, "A01", circuit="Q1")
    problem = loaded(session, fair)
    assert [(each.code, each.watts) for each in problem.circuits] == [("Q1", 2000)]
    assert {each.code for each in problem.stands if each.circuit == "Q1"} == {"A01"}
    assert (
        party(problem, "C01").needs.power_w
        == session.scalars(select(Exhibitor).where(Exhibitor.code == "C01")).one().power_w
    )


def test_requests_say_what_is_asked(act: Act, session: Session, fair: FloorFair) -> None:
    who = fair.exhibitors["C04"]
    stands = {row.code: row.id for row in session.scalars(select(Stand))}
    session.rollback()
    with act("organiser") as deed:
        deed.session.add(
            StandRequest(
                exhibitor_id=who,
                size=2,
                min_size=1,
                min_area_cm2=120_000,
                wants_corner=True,
                needs_corner=False,
                needs_food=True,
                priority=5,
            )
        )
        deed.session.add_all(
            StandPreference(exhibitor_id=who, rank=rank, stand_id=stands[code])
            for rank, code in enumerate(("D02", "D01"), 1)
        )
    found = party(loaded(session, fair), "C04")
    assert (found.size, found.min_area_cm2, found.wants_corner, found.needs.food, found.priority) == (
        2,
        120_000,
        True,
        True,
        5,
    )
    assert found.stand_wishes == ("D02", "D01")
    # A stand of a wish that is removed takes the wish along.
    before = queries.get_layout(session, fair.hall_id).things["stand"]["D02"]
    session.rollback()
    with act("floor_manager") as deed:
        actions.change_layout(deed, hall_id=fair.hall_id, code="stand.removed", steps=[["stand", "D02", before, None]])
    assert party(loaded(session, fair), "C04").stand_wishes == ("D01",)


def test_who_would_manage_with_less_has_as_many_stands_as_everybody_s_place_allows(
    act: Act, session: Session, fair: FloorFair
) -> None:
    # Without six exhibitors six stands are to spare: nobody has a third before all had a second.
    asked = {"C01": (4, 9), "C02": (3, 1), "C03": (3, 1), "C04": (2, 1)}
    with act("organiser") as deed:
        deed.session.execute(update(Hall).values(rule_set=BLOCKS_AND_PRIORITIES.name, weights={}))
        away = Exhibitor.code.in_([f"C{number}" for number in range(50, 56)])
        deed.session.execute(update(Exhibitor).where(away).values(status="rejected"))
        deed.session.add_all(
            StandRequest(exhibitor_id=fair.exhibitors[who], size=size, min_size=1, priority=priority)
            for who, (size, priority) in asked.items()
        )
    problem = loaded(session, fair)
    given = {who: party(problem, who).size for who in asked}
    assert all(2 <= given[who] <= size for who, (size, _) in asked.items())
    assert max(given.values()) >= 3
    assert given["C01"] == max(given.values())
    found = allocate(problem, mode=Mode.LOT)
    assert (score(problem, found.plan).broken, len(found.plan)) == ((), 50)
    # Whom fewer will not do is not shortened.
    with act("organiser") as deed:
        deed.session.execute(update(StandRequest).values(min_size=StandRequest.size))
    problem = loaded(session, fair)
    assert {who: party(problem, who).size for who in asked} == {who: size for who, (size, _) in asked.items()}


def test_a_guest_is_part_of_its_hosts_party(act: Act, session: Session, fair: FloorFair) -> None:
    plain = loaded(session, fair)
    host, guest = (each for each in plain.exhibitors if each.code in ("C01", "C04"))
    with act("organiser") as deed:
        deed.session.add(StandShare(host_id=fair.exhibitors["C01"], guest_id=fair.exhibitors["C04"]))
    problem = loaded(session, fair)
    assert len(problem.exhibitors) == 55
    both = party(problem, "C01")
    assert both.needs.power_w == host.needs.power_w + guest.needs.power_w
    assert both.needs.water == (host.needs.water or guest.needs.water)
    named = {code for wish in problem.wishes for code in (wish.a, wish.b)}
    assert "C04" not in named
    # A host who does not take part leaves the guest to itself.
    with act("organiser") as deed:
        deed.session.execute(update(Exhibitor).where(Exhibitor.code == "C01").values(status="rejected"))
    assert party(loaded(session, fair), "C04").needs == guest.needs


def test_guests_in_a_circle_stand_for_themselves(act: Act, session: Session, fair: FloorFair) -> None:
    with act("organiser") as deed:
        deed.session.add(StandShare(host_id=fair.exhibitors["C01"], guest_id=fair.exhibitors["C04"]))
        deed.session.add(StandShare(host_id=fair.exhibitors["C04"], guest_id=fair.exhibitors["C01"]))
    assert len(loaded(session, fair).exhibitors) == 56


def test_a_pin_that_is_no_block_any_more_is_told_and_left_out(act: Act, session: Session, fair: FloorFair) -> None:
    who = fair.exhibitors["C04"]
    stands = {row.code: row.id for row in session.scalars(select(Stand))}
    session.rollback()
    with act("organiser") as deed:
        for part, code in enumerate(("D01", "D02")):
            deed.session.add(StandAssignment(stand_id=stands[code], exhibitor_id=who, part=part, locked=True))
    problem = loaded(session, fair)
    assert problem.pins == {"C04": ("D01", "D02")}
    assert party(problem, "C04").size == 2
    assert queries.broken_pins(session, fair.hall_id) == ()
    session.rollback()
    change(act, session, fair, "D02", y=1560)
    assert loaded(session, fair).pins == {}
    assert queries.broken_pins(session, fair.hall_id) == (queries.BrokenPin("C04", ("D01", "D02")),)
    session.rollback()
    # No plan could keep that pin: nothing is looked for until somebody unlocks it or mends the drawing.
    for look in (
        lambda deed: actions.allocate(deed, hall_id=fair.hall_id),
        lambda deed: actions.ask_for_plan(deed, hall_id=fair.hall_id, ask=actions.Ask()),
    ):
        with pytest.raises(Refusal) as caught, act("organiser") as deed:
            look(deed)
        assert (caught.value.code, caught.value.facts["stands"]) == ("pin_broken", "D01 D02")
    with act("organiser") as deed:
        actions.lock_exhibitor(deed, stand_id=stands["D01"], expected=who, locks=False)
    with act("organiser") as deed:
        assert len(actions.allocate(deed, hall_id=fair.hall_id).places) == 56


@pytest.mark.sqlite_only  # what is solved comes from the same reading; the reading is tried on both above
def test_under_blocks_and_priorities_the_demo_is_solved_too(act: Act, session: Session, fair: FloorFair) -> None:
    with act("organiser") as deed:
        deed.session.execute(update(Hall).values(rule_set=BLOCKS_AND_PRIORITIES.name, weights={"rotation": 2}))
    problem = loaded(session, fair)
    assert problem.rules.name == "blocks-and-priorities"
    # what exhibitors said of last year's place counts where no earlier plan is kept
    assert {each.good_places for each in problem.exhibitors} > {0}
    found = allocate(problem, budget=20)
    judged = score(problem, found.plan)
    assert (judged.broken, len(found.plan)) == ((), 56)


def test_an_instance_costs_the_same_number_of_queries_whatever_is_asked(
    act: Act, engine: sa.Engine, session: Session, fair: FloorFair
) -> None:
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def count() -> int:
        asked.clear()
        loaded(session, fair)
        return sum(each.lstrip().startswith("SELECT") for each in asked)

    before = count()
    with act("organiser") as deed:
        deed.session.add_all(StandRequest(exhibitor_id=who, size=1) for who in list(fair.exhibitors.values())[:20])
        actions.allocate(deed, hall_id=fair.hall_id)
    assert count() == before <= 26
