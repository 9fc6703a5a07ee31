"""A day of the fair: who has come, whose stand is given on, what a late comer finds, and two at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from tests.floor_fair import FloorFair, open_floor
from village.audit.queries import EntryFilter, list_entries
from village.exhibitors.queries import list_exhibitors
from village.exhibitors.rules import Status
from village.floor import actions, queries
from village.floor.queries import DayState
from village.kit.clock import local
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.floor_fair import Act
    from village.floor.queries import DayView
    from village.floor.reflow import Reflow

FRIDAY = date(2026, 12, 4)
# Long before and long after ten by the clock of the tent, whatever Morocco's clock does that winter.
EARLY, LATE = datetime(2026, 12, 4, 7, 0, tzinfo=UTC), datetime(2026, 12, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def fair(act: Act) -> FloorFair:
    """All placed by the program; exhibitors have until ten."""
    with act("organiser") as deed:
        made = open_floor(deed)
        actions.allocate(deed, hall_id=made.hall_id)
        actions.set_claim_time(deed, hall_id=made.hall_id, claim_by=time(10))
    return made


def day(session: Session, fair: FloorFair, now: datetime = LATE) -> DayView:
    session.rollback()
    found = queries.get_day(session, fair.hall_id, FRIDAY, now)
    session.rollback()
    return found


def proposal(session: Session, fair: FloorFair, absent: set[int] | None = None) -> Reflow:
    session.rollback()
    found = queries.propose(session, fair.hall_id, FRIDAY, LATE, absent)
    session.rollback()
    return found


def all_come_but(act: Act, session: Session, fair: FloorFair, *missing: str) -> None:
    rows = day(session, fair, EARLY).in_state(DayState.EXPECTED)
    with act("floor_manager", at=EARLY) as deed:
        for row in rows:
            if row.exhibitor.code not in missing:
                actions.note_arrival(deed, hall_id=fair.hall_id, exhibitor_id=row.exhibitor.id, day=FRIDAY)


def places(session: Session, fair: FloorFair) -> dict[str, tuple[str, ...]]:
    session.rollback()
    found = dict(queries.load_plan(session, fair.edition_id).places)
    session.rollback()
    return found


def waitlisted(session: Session, fair: FloorFair) -> dict[str, int | None]:
    session.rollback()
    rows = list_exhibitors(session, fair.edition_id, status=Status.WAITLISTED)
    session.rollback()
    return {row.code: row.waiting_rank for row in rows}


def hand_on(act: Act, fair: FloorFair, found: Reflow, **more: Any) -> actions.PlanChanged:
    with act("floor_manager", at=LATE) as deed:
        return actions.reflow_absent(deed, hall_id=fair.hall_id, day=FRIDAY, seen=found.seal, **more)


def test_before_the_time_everybody_is_expected_and_nothing_is_given_on(
    act: Act, session: Session, fair: FloorFair
) -> None:
    assert day(session, fair, EARLY).count(DayState.EXPECTED) == 56
    with pytest.raises(Refusal, match="claim_not_over"), act("floor_manager", at=EARLY) as deed:
        actions.reflow_absent(deed, hall_id=fair.hall_id, day=FRIDAY, seen="")
    with act("organiser") as deed:
        actions.set_claim_time(deed, hall_id=fair.hall_id, claim_by=None)
    assert day(session, fair).count(DayState.EXPECTED) == 56
    with pytest.raises(Refusal, match="claim_time_missing"), act("floor_manager", at=LATE) as deed:
        actions.reflow_absent(deed, hall_id=fair.hall_id, day=FRIDAY, seen="")


def test_who_comes_after_the_time_is_late(act: Act, session: Session, fair: FloorFair) -> None:
    all_come_but(act, session, fair, "C01")
    view = day(session, fair)
    assert view.count(DayState.HERE) == 55
    assert [row.exhibitor.code for row in view.in_state(DayState.MISSING)] == ["C01"]
    with act("floor_manager", at=LATE) as deed:
        came = actions.note_arrival(deed, hall_id=fair.hall_id, exhibitor_id=fair.exhibitors["C01"], day=FRIDAY)
    assert (came.late, came.placed) == (True, True)
    (row,) = day(session, fair).in_state(DayState.LATE)
    assert row.arrived_at == local(LATE, "Africa/Casablanca").time()
    with pytest.raises(Refusal, match="nobody_absent"), act("floor_manager", at=LATE) as deed:
        actions.reflow_absent(deed, hall_id=fair.hall_id, day=FRIDAY, seen="")


def test_another_day_is_no_day_of_the_fair(act: Act, session: Session, fair: FloorFair) -> None:
    with pytest.raises(Refusal, match="not_a_fair_day"), act("floor_manager", at=LATE) as deed:
        actions.note_arrival(deed, hall_id=fair.hall_id, exhibitor_id=fair.exhibitors["C01"], day=date(2026, 12, 24))


def test_an_absent_holders_stand_goes_to_the_waiting_list_in_one_deed_and_comes_back_by_undo(
    act: Act, session: Session, fair: FloorFair
) -> None:
    all_come_but(act, session, fair, "C01", "C05")
    before, waiting = places(session, fair), waitlisted(session, fair)
    found = proposal(session, fair)
    first = min(waiting, key=lambda code: waiting[code] or 99)
    assert [who for who, _ in found.absent] == ["C01", "C05"]
    changed = hand_on(act, fair, found)
    now = places(session, fair)
    assert "C01" not in now
    assert set(now) - set(before) == {each.who for each in found.given}
    moved = {who for who in before if who in now and now[who] != before[who]}
    assert moved == {move.who for move in found.moved}
    assert first not in waitlisted(session, fair) or first in found.left
    view = day(session, fair)
    assert {row.exhibitor.code for row in view.in_state(DayState.ABSENT)} == {"C01", "C05"}
    # Who was called up a moment ago is expected, not missing.
    assert {row.exhibitor.code for row in view.in_state(DayState.EXPECTED)} == {each.who for each in found.given}
    assert view.count(DayState.MISSING) == 0
    (line,) = list_entries(session, EntryFilter(code="plan.reflowed")).rows
    assert line.facts["given"] == len(found.given)
    session.rollback()
    with act("floor_manager", at=LATE) as deed:
        undone = actions.undo_change(deed, change_id=changed.change_id)
    assert places(session, fair) == before
    assert waitlisted(session, fair) == waiting
    assert day(session, fair).count(DayState.ABSENT) == 0
    assert day(session, fair).count(DayState.MISSING) == 2
    with act("floor_manager", at=LATE) as deed:
        actions.undo_change(deed, change_id=undone.change_id)
    assert places(session, fair) == now
    assert day(session, fair).count(DayState.ABSENT) == 2


def test_only_those_that_the_organiser_names_lose_their_stand(act: Act, session: Session, fair: FloorFair) -> None:
    all_come_but(act, session, fair, "C01", "C05")
    only = {fair.exhibitors["C01"]}
    hand_on(act, fair, proposal(session, fair, only), absent=only)
    assert "C05" in places(session, fair)
    assert "C01" not in places(session, fair)


def test_a_proposal_that_is_out_of_date_changes_nothing(act: Act, session: Session, fair: FloorFair) -> None:
    all_come_but(act, session, fair, "C01", "C05")
    old, before = proposal(session, fair), places(session, fair)
    with act("floor_manager", at=LATE) as deed:
        actions.note_arrival(deed, hall_id=fair.hall_id, exhibitor_id=fair.exhibitors["C05"], day=FRIDAY)
    with pytest.raises(Refusal, match="reflow_changed"):
        hand_on(act, fair, old)
    assert places(session, fair) == before


def test_a_locked_stand_of_somebody_absent_is_given_on_all_the_same(
    act: Act, session: Session, fair: FloorFair
) -> None:
    all_come_but(act, session, fair, "C01")
    stand = queries.load_plan(session, fair.edition_id).by_exhibitor[fair.exhibitors["C01"]]
    session.rollback()
    with act("floor_manager") as deed:
        actions.lock_stand(deed, stand_id=stand.id, expected=fair.exhibitors["C01"], locks=True)
    hand_on(act, fair, proposal(session, fair))
    assert "C01" not in places(session, fair)


def test_a_late_comer_gets_its_stand_back_or_is_offered_one_near(act: Act, session: Session, fair: FloorFair) -> None:
    all_come_but(act, session, fair, "C01", "C05")
    hand_on(act, fair, proposal(session, fair))
    with act("floor_manager", at=LATE) as deed:
        came = actions.note_arrival(deed, hall_id=fair.hall_id, exhibitor_id=fair.exhibitors["C01"], day=FRIDAY)
    assert (came.late, came.placed) == (True, False)
    (row,) = day(session, fair).in_state(DayState.STRANDED)
    assert row.former
    offer = queries.offer_for(session, fair.hall_id, row)
    session.rollback()
    now = places(session, fair)
    taken = {stand for block in now.values() for stand in block}
    assert offer is None or not set(offer.stands) & taken
    if offer:
        with act("floor_manager", at=LATE) as deed:
            actions.assign_stand(deed, stand_id=offer.stand_id, exhibitor_id=fair.exhibitors["C01"], expected=None)
        assert places(session, fair)["C01"] == offer.stands


def test_targets_say_what_speaks_against_each(session: Session, fair: FloorFair) -> None:
    # C08 needs a socket for its cold box, and water.
    targets = queries.list_targets(session, fair.hall_id, fair.exhibitors["C08"], limit=100)
    told = {each.stands: {objection.code for objection in each.objections} for each in targets}
    assert any(not codes for codes in told.values())
    assert any("stand_without_water" in codes for codes in told.values())
    assert [len(each.objections) for each in targets] == sorted(len(each.objections) for each in targets)
