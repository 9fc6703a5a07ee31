"""The timetable board on both databases: one of two, nothing lost, undo, publishing and who is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from tests.timetables import FRIDAY, SATURDAY, Timetable
from village.kit.refusal import Refusal
from village.workshops.actions.timetable import redo_step, undo_step
from village.workshops.models import Notice, Registration, Workshop
from village.workshops.queries import get_workshop, list_workshops
from village.workshops.queries.timetable import list_steps, may_take_back
from village.workshops.queries.versions import (
    differences,
    get_version,
    list_doubles,
    list_outlooks,
    list_versions,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@pytest.fixture
def fair(act: Any, engine: sa.Engine) -> Timetable:
    """A small fair before its opening."""
    return Timetable(act, engine)


def undo(fair: Timetable, role: str = "organiser") -> Any:
    with fair.act(role) as deed:
        return undo_step(deed, edition_id=fair.edition)


def redo(fair: Timetable, role: str = "organiser") -> Any:
    with fair.act(role) as deed:
        return redo_step(deed, edition_id=fair.edition)


def told(fair: Timetable) -> list[tuple[int, str, dict]]:
    with fair.engine.connect() as connection:
        query = sa.select(Notice.person_id, Notice.kind, Notice.facts).where(
            Notice.kind.in_(("moved", "session_cancelled"))
        )
        return [tuple(row) for row in connection.execute(query.order_by(Notice.id))]


# ---- the board


def test_a_move_stays_on_the_board_until_it_is_published(fair: Timetable, session: Session) -> None:
    moved = fair.move("W01", starts=time(15), ends=time(17))
    assert (moved.number, moved.workshop) == (1, "W01")
    assert fair.slot("W01").starts == time(15)
    assert [each.row.code for each in fair.board().changes] == ["W01"]
    assert get_workshop(session, fair.edition, "W01").starts == time(10)


def test_back_where_it_was_there_is_nothing_to_publish(fair: Timetable) -> None:
    there = fair.slot("W01")
    fair.move("W01", starts=time(15), ends=time(17))
    fair.move("W01", starts=there.starts, ends=there.ends)
    assert fair.board().changes == []
    with pytest.raises(Refusal) as refused:
        fair.publish()
    assert refused.value.code == "programme_unchanged"


def test_all_that_stands_against_a_move_is_said_at_once_and_nothing_moves(fair: Timetable) -> None:
    digest = fair.board().digest
    with pytest.raises(Refusal) as refused:
        fair.move("W03", day=FRIDAY, starts=time(11), ends=time(13))
    assert [each.code for each in refused.value.objections] == ["slot_in_prayer", "slot_room_taken", "slot_trainer_taken"]
    assert fair.board().digest == digest
    free = fair.board().free_slots(fair.workshops["W03"], replace(fair.slot("W03"), day=FRIDAY, starts=time(11), ends=time(13)))
    assert len(free) == 3
    fair.move("W03", day=free[0].day, starts=free[0].starts, ends=free[0].ends, room_id=free[0].room_id)
    assert fair.slot("W03") == free[0]


def test_who_comes_second_is_shown_what_stands_now(fair: Timetable) -> None:
    seen = fair.slot("W01")
    fair.move("W01", "organiser", starts=time(15), ends=time(17))
    with pytest.raises(Refusal) as refused:
        fair.move("W01", "desk", before=seen, starts=time(16), ends=time(18))
    assert (refused.value.code, refused.value.facts["starts"]) == ("slot_changed_meanwhile", "15:00")
    assert fair.slot("W01").starts == time(15)


def test_two_organisers_move_two_sessions_into_one_slot_and_exactly_one_stands(fair: Timetable) -> None:
    wanted = {"day": SATURDAY, "starts": time(11), "ends": time(13), "room": "M1"}
    seen = {code: fair.slot(code) for code in ("W01", "W02")}

    def go(code: str) -> str:
        try:
            fair.move(code, "organiser" if code == "W01" else "desk", before=seen[code], **wanted)
        except Refusal as refusal:
            return refusal.code
        return "moved"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(go, ("W01", "W02"))) == ["moved", "slot_room_taken"]
    assert fair.board().all_clashes() == []


def test_many_moves_at_once_are_all_kept_and_numbered(fair: Timetable, session: Session) -> None:
    def go(code: str) -> None:
        fair.move(code, starts=time(16), ends=time(18))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(go, ("W01", "W02", "W03")))
    assert sorted(each.number for each in list_steps(session, fair.edition)) == [1, 2, 3]
    assert {fair.slot(code).starts for code in ("W01", "W02", "W03")} == {time(16)}


def test_a_session_that_is_not_there_or_whose_trainer_is_unknown_is_refused(fair: Timetable) -> None:
    fair.workshops["W99"] = 99_999
    with pytest.raises(Refusal) as refused:
        fair.move("W99", before=fair.slot("W01"), starts=time(15), ends=time(17))
    assert refused.value.code == "workshop_not_found"
    with pytest.raises(Refusal) as refused:
        fair.move("W01", trainers=(4711,))
    assert refused.value.code == "trainer_not_found"
    with pytest.raises(Refusal) as refused:
        fair.move("W01", status="draft")
    assert refused.value.code == "slot_standing_impossible"


# ---- undo, redo


def test_steps_are_taken_back_and_made_again(fair: Timetable, session: Session) -> None:
    first = fair.slot("W01")
    fair.move("W01", starts=time(15), ends=time(17))
    fair.move("W02", day=SATURDAY)
    assert may_take_back(session, fair.edition, "account:1") == (True, False)
    assert undo(fair).workshop == "W02"
    assert undo(fair).workshop == "W01"
    assert fair.slot("W01") == first
    session.rollback()
    assert may_take_back(session, fair.edition, "account:1") == (False, True)
    with pytest.raises(Refusal) as refused:
        undo(fair)
    assert refused.value.code == "no_step_to_undo"
    assert [redo(fair).workshop, redo(fair).workshop] == ["W01", "W02"]
    with pytest.raises(Refusal) as refused:
        redo(fair)
    assert refused.value.code == "nothing_to_redo"
    assert (fair.slot("W01").starts, fair.slot("W02").day) == (time(15), SATURDAY)


def test_after_a_new_step_what_was_taken_back_is_not_made_again(fair: Timetable) -> None:
    fair.move("W01", starts=time(15), ends=time(17))
    undo(fair)
    fair.move("W02", day=SATURDAY)
    with pytest.raises(Refusal) as refused:
        redo(fair)
    assert refused.value.code == "nothing_to_redo"


def test_nobody_takes_back_what_somebody_else_has_moved_on(fair: Timetable) -> None:
    fair.move("W01", "organiser", starts=time(15), ends=time(17))
    fair.move("W01", "desk", starts=time(17), ends=time(19))
    with pytest.raises(Refusal) as refused:
        undo(fair, "organiser")
    assert refused.value.code == "slot_changed_meanwhile"
    assert undo(fair, "desk").slot.starts == time(15)
    assert undo(fair, "organiser").slot.starts == time(10)


def test_a_step_is_not_taken_back_into_a_slot_that_was_filled(fair: Timetable) -> None:
    fair.move("W01", "organiser", starts=time(15), ends=time(17))
    fair.move("W03", "desk", day=FRIDAY, starts=time(10), ends=time(12))
    with pytest.raises(Refusal) as refused:
        undo(fair, "organiser")
    assert {each.code for each in refused.value.objections} == {"slot_room_taken", "slot_trainer_taken"}


def as_draft(fair: Timetable, code: str) -> None:
    """Make a session one that was never published."""
    with fair.act("organiser") as deed:
        deed.session.get_one(Workshop, fair.workshops[code]).status = "draft"


def test_a_session_that_is_public_meanwhile_is_not_taken_back_among_the_drafts(fair: Timetable) -> None:
    as_draft(fair, "W02")
    fair.move("W02", status="planned", starts=time(16), ends=time(18))
    fair.publish()
    fair.register(fair.youssef, "W02")
    with pytest.raises(Refusal) as refused:
        undo(fair)
    assert refused.value.code == "slot_standing_impossible"
    assert fair.board().changes == []


# ---- publishing


def test_publishing_moves_the_session_counts_the_version_and_tells_those_registered(
    fair: Timetable, session: Session
) -> None:
    fair.register(fair.youssef, "W01")
    fair.register(fair.fadma, "W02")
    fair.move("W01", day=SATURDAY, starts=time(10), ends=time(13), room="M2")
    board = fair.board()
    [outlook] = list_outlooks(session, board)
    assert (outlook.what, outlook.confirmed, outlook.waiting, outlook.places) == (("day", "hours", "room"), 1, 0, 40)
    done = fair.publish(expected=board.digest, note_ar="تبادل القاعات", note_fr="Échange de salles")
    assert (done.number, done.changed, done.told) == (2, 1, 1)
    session.rollback()
    row = get_workshop(session, fair.edition, "W01")
    assert (row.day, row.starts, row.ends, row.room.code, row.version) == (SATURDAY, time(10), time(13), "M2", 1)
    assert (row.places.onsite, row.credit_minutes, f"{row.closes:%d %H:%M}") == (40, 180, "05 13:00")
    assert get_workshop(session, fair.edition, "W02").version == 0
    [(person, kind, facts)] = told(fair)
    assert (person, kind) == (fair.youssef, "moved")
    assert (facts["was"]["day"], facts["was"]["starts"], facts["was"]["room"]) == ("2026-12-04", "10:00", "M1")
    assert (facts["now"]["day"], facts["now"]["ends"], facts["now"]["room_fr"]) == ("2026-12-05", "13:00", "Salle de formation")
    assert "clash" not in facts
    newest, first = list_versions(session, fair.edition)
    assert (newest.number, newest.note_fr, [c["what"] for c in newest.changes]) == (2, "Échange de salles", [["day", "hours", "room"]])
    assert (first.number, first.changes, len(first.slots)) == (1, (), 3)
    assert fair.board().changes == []


def test_who_would_hold_two_places_at_once_is_named_and_told(fair: Timetable, session: Session) -> None:
    for person in (fair.youssef, fair.fadma):
        fair.register(person, "W01")
    fair.register(fair.youssef, "W03")
    fair.move("W02", day=SATURDAY)
    fair.move("W03", day=FRIDAY, starts=time(10), ends=time(12), room="M2", trainers=())
    [double] = list_doubles(session, fair.board())
    assert (double.person_id, double.one.row.code, double.other.row.code) == (fair.youssef, "W01", "W03")
    fair.publish()
    [(person, _kind, facts)] = told(fair)
    assert (person, [each["code"] for each in facts["clash"]]) == (fair.youssef, ["W01"])


def test_a_session_called_off_frees_its_places_and_comes_back_empty(fair: Timetable, session: Session) -> None:
    fair.register(fair.youssef, "W01")
    fair.move("W01", status="cancelled")
    assert fair.publish().told == 1
    assert [(person, kind) for person, kind, _ in told(fair)] == [(fair.youssef, "session_cancelled")]
    assert session.scalars(sa.select(Registration.status)).all() == ["cancelled"]
    assert [row.code for row in list_workshops(session, fair.edition)] == ["W02", "W03"]
    assert fair.slot("W01").status == "cancelled"
    # Its room and its trainer are free again.
    fair.move("W03", day=FRIDAY, starts=time(10), ends=time(12))
    with pytest.raises(Refusal):
        fair.move("W01", status="planned")
    fair.move("W01", status="planned", day=SATURDAY)
    fair.publish()
    session.rollback()
    row = get_workshop(session, fair.edition, "W01")
    assert (row.status, row.taken, row.version) == ("planned", 0, 2)
    assert fair.register(fair.youssef, "W01").result.value == "confirmed"


def test_other_trainers_are_public_and_nobody_is_written_to(fair: Timetable, session: Session) -> None:
    fair.register(fair.youssef, "W01")
    fair.move("W01", day=SATURDAY, starts=time(10), ends=time(12))
    fair.publish()
    second = next(each.id for each in fair.board().trainers if each.code == "T02")
    fair.move("W01", trainers=(second, *fair.slot("W01").trainers))
    assert fair.publish().told == 0
    assert [each.code for each in get_workshop(session, fair.edition, "W01").trainers] == ["T02", "T01"]


def test_a_new_session_waits_in_the_tray_until_it_is_placed_and_published(fair: Timetable, session: Session) -> None:
    as_draft(fair, "W02")
    fair.move("W02", status="planned", starts=time(16), ends=time(18))
    assert [row.code for row in list_workshops(session, fair.edition)] == ["W01", "W03"]
    fair.publish()
    session.rollback()
    assert [row.code for row in list_workshops(session, fair.edition)] == ["W01", "W02", "W03"]
    assert list_versions(session, fair.edition)[0].changes[0]["what"] == ["added"]


def test_where_a_draft_waits_is_nothing_to_publish(fair: Timetable) -> None:
    as_draft(fair, "W02")
    fair.move("W02", status="planned", starts=time(16), ends=time(18))
    fair.move("W02", status="draft")
    with pytest.raises(Refusal) as refused:
        fair.publish()
    assert refused.value.code == "programme_unchanged"
    assert fair.slot("W02").starts == time(16)


def test_a_board_that_changed_since_the_preview_is_not_published(fair: Timetable) -> None:
    fair.move("W01", starts=time(15), ends=time(17))
    seen = fair.board().digest
    fair.move("W02", day=SATURDAY)
    with pytest.raises(Refusal) as refused:
        fair.publish(expected=seen)
    assert refused.value.code == "programme_changed_meanwhile"


def test_a_board_with_a_clash_is_not_published_at_all(fair: Timetable, session: Session) -> None:
    """The room has shrunk since the session was put there."""
    fair.move("W01", room="M2", day=SATURDAY)
    fair.register(fair.youssef, "W01")
    with fair.act("system") as deed:
        deed.session.execute(sa.text("UPDATE room SET capacity = 0 WHERE code = 'M2'"))
    with pytest.raises(Refusal) as refused:
        fair.publish()
    assert refused.value.code == "slot_room_too_small"
    assert get_workshop(session, fair.edition, "W01").day == FRIDAY
    assert told(fair) == []


def test_publishing_while_people_register_tells_everybody_who_came_before(fair: Timetable, session: Session) -> None:
    fair.move("W01", day=SATURDAY, starts=time(15), ends=time(17), room="M2", trainers=())
    people = [fair.youssef, fair.fadma, fair.mina]

    def go(person: int) -> Any:
        return fair.publish() if person == 0 else fair.register(person, "W01")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(go, [people[0], 0, *people[1:]]))
    row = get_workshop(session, fair.edition, "W01")
    assert (row.day, row.taken) == (SATURDAY, 3)
    registered = session.execute(sa.select(Registration.person_id, Registration.requested_at)).all()
    assert len(registered) == 3
    # Who came before the publication is told of it; who came after saw the new hours.
    last = list_versions(session, fair.edition)[0]
    assert last.number == 2
    assert {person for person, _kind, _facts in told(fair)} <= set(people)


def test_two_publish_at_once_and_one_version_stands(fair: Timetable, session: Session) -> None:
    fair.move("W01", starts=time(15), ends=time(17))

    def go(_: int) -> str:
        try:
            return str(fair.publish().number)
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(go, (1, 2))) == ["2", "programme_unchanged"]
    assert [each.number for each in list_versions(session, fair.edition)] == [2, 1]


def test_any_two_versions_are_compared(fair: Timetable, session: Session) -> None:
    there = fair.slot("W01")
    fair.move("W01", starts=time(15), ends=time(17))
    fair.publish()
    fair.move("W02", status="cancelled")
    fair.publish()
    fair.move("W01", starts=there.starts, ends=there.ends)
    fair.publish()
    one, three, four = (get_version(session, fair.edition, number) for number in (1, 3, 4))
    assert [(c["code"], c["what"]) for c in differences(one, three)] == [("W02", ["cancelled"]), ("W01", ["hours"])]
    assert [(c["code"], c["what"]) for c in differences(one, four)] == [("W02", ["cancelled"])]
    with pytest.raises(Refusal) as refused:
        get_version(session, fair.edition, 9)
    assert refused.value.code == "programme_version_not_found"
