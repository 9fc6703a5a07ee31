"""The jury at work on both databases: who may mark what, when marks show, what the log keeps."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from tests.jury_room import Room, close_all, prepare
from village.awards import actions, queries
from village.awards.models import AwardCategory, Mark, MarkSheet
from village.awards.queries import RowState
from village.kit.deeds import Actor
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

GOOD = {"impact": 30, "novelty": 28}
FAIR = {"impact": 24, "novelty": 24}
FINE = {"impact": 31, "novelty": 29}


@pytest.fixture
def room(act: Callable[..., Any]) -> Room:
    """The jury room with both categories ruled."""
    return prepare(act)


def mark(
    act: Callable[..., Any], room: Room, who: str, nominee: tuple[str, str], marks: dict[str, int], seat: int = 0
) -> None:
    """One juror of the cast gives marks, from their own seat unless another is named."""
    own = {"juror": room.driss, "chair": room.latifa}
    with act(room.accounts[who]) as deed:
        actions.give_marks(deed, juror_id=seat or own[who], nominee_id=room.nominees[nominee], marks=marks)


def fill(act: Callable[..., Any], room: Room, category: str = "AW2") -> None:
    """All three seats mark both nominees of the small category."""
    with act("system") as deed:
        for seat, first, second in ((room.driss, GOOD, FAIR), (room.latifa, FAIR, FAIR), (room.noura, FINE, GOOD)):
            for code, marks in (("C901", first), ("C902", second)):
                nominee = room.nominees[category, code]
                actions.give_marks(deed, juror_id=seat, nominee_id=nominee, marks=marks)
    if category == "AW2":
        close_all(act, room, room.craft)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Expect a refusal with this code among its objections."""
    with pytest.raises(Refusal) as told:
        yield
    assert code in [one.code for one in told.value.objections]


def log_text(session: Session) -> str:
    """Every line of the log, as its canonical text."""
    session.rollback()
    table = sa.Table("audit_entry", sa.MetaData(), autoload_with=session.connection())
    return "\n".join(str(bytes(row.body), "utf-8") for row in session.execute(sa.select(table)))


def give(act: Callable[..., Any], room: Room, marks: dict[str, int], **how: Any) -> int:
    """Driss marks Tifawine in the first category; gives the version of the sheet."""
    with act(room.accounts["juror"]) as deed:
        nominee = room.nominees["AW1", "C901"]
        version: int = actions.give_marks(deed, juror_id=room.driss, nominee_id=nominee, marks=marks, **how)
    return version


def test_marks_may_be_changed_until_the_juror_closes(act: Callable[..., Any], room: Room, session: Session) -> None:
    assert give(act, room, GOOD, expected_version=0, uid="a") == 1
    assert give(act, room, FINE, expected_version=1, uid="b", note="voir le stand") == 2
    # The same change sent again, and a second device that saw the first version only.
    assert give(act, room, FINE, expected_version=1, uid="b", note="voir le stand") == 2
    assert give(act, room, FINE, expected_version=1, uid="c", note="voir le stand") == 2
    with pytest.raises(Refusal) as told:
        give(act, room, FAIR, expected_version=1, uid="d")
    assert (told.value.code, told.value.facts["version"]) == ("marks_changed_meanwhile", 2)
    paper = queries.get_ballot_paper(session, room.driss, room.women)
    sheet = paper.sheets[room.nominees["AW1", "C901"]]
    assert (sheet.marks, sheet.version, sheet.note, paper.closed_at, paper.assigned) == (
        FINE,
        2,
        "voir le stand",
        None,
        None,
    )
    assert log_text(session).count('"marks.given"') == 2


@pytest.mark.sqlite_only
def test_closed_sheets_no_longer_change(act: Callable[..., Any], room: Room, session: Session) -> None:
    with refused("sheets_incomplete"), act(room.accounts["juror"]) as deed:
        actions.close_sheets(deed, juror_id=room.driss, category_id=room.craft)
    mark(act, room, "juror", ("AW2", "C901"), GOOD)
    with act(room.accounts["juror"]) as deed:
        to = room.exhibitors["C902"]
        actions.declare_tie(deed, juror_id=room.driss, exhibitor_id=to, tie="trainer")
    with refused("not_your_seat"), act(room.accounts["chair"]) as deed:
        actions.close_sheets(deed, juror_id=room.driss, category_id=room.craft)
    for _ in range(2):  # a second click changes nothing
        with act(room.accounts["juror"]) as deed:
            assert actions.close_sheets(deed, juror_id=room.driss, category_id=room.craft) == 1
    with refused("sheets_closed"):
        mark(act, room, "juror", ("AW2", "C901"), FINE)
    assert list(queries.list_closings(session, room.edition)) == [(room.driss, room.craft)]
    assert log_text(session).count('"sheets.closed"') == 1


@pytest.mark.sqlite_only
def test_only_the_account_of_a_seat_marks_from_it(act: Callable[..., Any], room: Room) -> None:
    with refused("not_your_seat"):
        mark(act, room, "juror", ("AW1", "C901"), GOOD, seat=room.latifa)
    with refused("not_your_seat"):
        mark(act, room, "chair", ("AW1", "C901"), GOOD, seat=room.noura)
    with refused("not_your_seat"), act("public") as deed:
        actions.give_marks(deed, juror_id=room.noura, nominee_id=room.nominees["AW1", "C901"], marks=GOOD)


@pytest.mark.sqlite_only
def test_a_related_nominee_is_not_marked_and_its_row_is_left_out(
    act: Callable[..., Any], room: Room, session: Session
) -> None:
    with act(room.accounts["juror"]) as deed:
        actions.declare_tie(deed, juror_id=room.driss, exhibitor_id=room.exhibitors["C901"], tie="funder")
    with refused("juror_recused"):
        mark(act, room, "juror", ("AW1", "C901"), GOOD)
    with refused("juror_recused"):
        mark(act, room, "juror", ("AW2", "C901"), GOOD)
    mark(act, room, "juror", ("AW1", "C902"), GOOD)
    states = queries.list_row_states(session, room.edition)
    assert states[room.driss, room.nominees["AW1", "C901"]] is RowState.RECUSED
    assert states[room.driss, room.nominees["AW1", "C902"]] is RowState.GIVEN


def test_a_tie_declared_late_removes_the_sheet_instead_of_filling_a_zero(
    act: Callable[..., Any], room: Room, session: Session
) -> None:
    mark(act, room, "juror", ("AW1", "C901"), GOOD)
    with act(room.accounts["juror"]) as deed:
        to = room.exhibitors["C901"]
        removed = actions.declare_tie(deed, juror_id=room.driss, exhibitor_id=to, tie="family", reason_ar="قرابة")
    assert removed == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(Mark)) == 0


@pytest.mark.sqlite_only
def test_a_recusal_needs_a_reason_and_is_noted_once(act: Callable[..., Any], room: Room) -> None:
    say = {"juror_id": room.driss, "exhibitor_id": room.exhibitors["C901"]}
    with refused("award_reason_missing"), act(room.accounts["juror"]) as deed:
        actions.declare_tie(deed, **say, tie="other", reason_fr="  ")
    with refused("tie_unknown"), act(room.accounts["juror"]) as deed:
        actions.declare_tie(deed, **say, tie="friend")
    with act(room.accounts["juror"]) as deed:
        actions.declare_tie(deed, **say, tie="family")
    with refused("already_recused"), act("organiser") as deed:
        actions.record_recusal(deed, **say, reason_fr="famille")
    with refused("nominee_not_found"), act("organiser") as deed:
        other = room.exhibitors["C904"]
        actions.record_recusal(deed, juror_id=room.noura, exhibitor_id=other, reason_fr="famille")


@pytest.mark.sqlite_only
def test_nobody_recuses_another_juror_from_the_jury_table(act: Callable[..., Any], room: Room) -> None:
    with refused("not_your_seat"), act(room.accounts["chair"]) as deed:
        actions.declare_tie(deed, juror_id=room.driss, exhibitor_id=room.exhibitors["C901"], tie="family")


@pytest.mark.sqlite_only
def test_no_mark_before_the_rules_are_in_the_log(act: Callable[..., Any]) -> None:
    room = prepare(act, ruled=False)
    with refused("rules_not_committed"):
        mark(act, room, "juror", ("AW1", "C901"), GOOD)
    with act("organiser") as deed:
        actions.commit_rules(deed, category_id=room.women)
    mark(act, room, "juror", ("AW1", "C901"), GOOD)
    with refused("rules_already_committed"), act("organiser") as deed:
        actions.commit_rules(deed, category_id=room.women)


@pytest.mark.sqlite_only
def test_the_log_fixes_criteria_weights_and_tie_break_before_the_first_mark(
    act: Callable[..., Any], room: Room, session: Session
) -> None:
    mark(act, room, "juror", ("AW1", "C901"), GOOD)
    lines = [json.loads(line) for line in log_text(session).splitlines()]
    codes = [line["code"] for line in lines]
    ruled = lines[codes.index("award.rules_committed")]["facts"]
    assert codes.index("award.rules_committed") < codes.index("marks.given")
    assert ruled["criteria"] == [{"code": "impact", "weight": 60}, {"code": "novelty", "weight": 40}]
    assert ruled["tie_break"] == ["heaviest", "chair", "ex_aequo"]
    assert ruled["jurors"] == [room.driss, room.latifa, room.noura]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ({"impact": 41, "novelty": 20}, "mark_out_of_range"),
        ({"impact": -1, "novelty": 20}, "mark_out_of_range"),
        ({"impact": 20}, "marks_incomplete"),
        ({"impact": 20, "novelty": 20, "beauty": 20}, "criterion_unknown"),
    ],
)
def test_a_wrong_sheet_leaves_nothing(
    act: Callable[..., Any], room: Room, session: Session, marks: dict[str, int], code: str
) -> None:
    with refused(code):
        mark(act, room, "juror", ("AW1", "C901"), marks)
    assert session.scalar(sa.select(sa.func.count()).select_from(MarkSheet)) == 0
    assert "marks.given" not in log_text(session)


@pytest.mark.sqlite_only
def test_before_opening_the_log_holds_a_seal_and_no_mark(act: Callable[..., Any], room: Room, session: Session) -> None:
    mark(act, room, "juror", ("AW1", "C901"), GOOD)
    line = next(json.loads(one) for one in log_text(session).splitlines() if '"marks.given"' in one)
    sheet = session.scalars(sa.select(MarkSheet)).one()
    assert line["facts"] == {
        "exhibitor": room.exhibitors["C901"],
        "juror": room.driss,
        "seal": actions.seal(sheet.salt, room.driss, room.nominees["AW1", "C901"], GOOD),
        "version": 1,
    }
    assert actions.seal(sheet.salt, room.driss, room.nominees["AW1", "C901"], FINE) != line["facts"]["seal"]


def test_marks_stay_hidden_until_the_chair_opens_them(act: Callable[..., Any], room: Room, session: Session) -> None:
    fill(act, room)
    category = queries.get_category(session, room.edition, "AW2")
    with refused("marks_hidden"):
        queries.get_marks_table(session, category, room.latifa)
    assert queries.list_standings(session, room.edition) == {}
    assert queries.list_winners(session, room.edition) == []
    with act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.craft)
    session.rollback()
    category = queries.get_category(session, room.edition, "AW2")
    table = queries.get_marks_table(session, category, room.latifa)
    assert len(table.sheets) == 6
    assert table.totals[room.driss, room.nominees["AW2", "C901"]] == Fraction(146, 10)
    first = queries.list_standings(session, room.edition)[room.craft][0]
    assert (first.exhibitor_id, first.rank, first.mean) == (room.exhibitors["C901"], 1, Fraction(139, 10))
    assert queries.list_winners(session, room.edition) == [room.exhibitors["C901"]]
    assert queries.list_standings(session, room.edition, published_only=True) == {}


@pytest.mark.sqlite_only
def test_opening_waits_for_every_row_or_its_excuse(act: Callable[..., Any], room: Room, session: Session) -> None:
    mark(act, room, "juror", ("AW2", "C901"), GOOD)
    mark(act, room, "juror", ("AW2", "C902"), FAIR)
    mark(act, room, "chair", ("AW2", "C901"), GOOD)
    with refused("marks_missing"), act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.craft)
    with act(room.accounts["chair"]) as deed:
        both = [room.nominees["AW2", "C901"], room.nominees["AW2", "C902"]]
        actions.declare_absent(deed, juror_id=room.noura, nominee_ids=both)
    with act("organiser") as deed:
        to = room.exhibitors["C902"]
        actions.record_recusal(deed, juror_id=room.latifa, exhibitor_id=to, reason_fr="membre")
    with refused("sheets_not_closed"), act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.craft)
    close_all(act, room, room.craft)
    with act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.craft)
    standings = queries.list_standings(session, room.edition)[room.craft]
    assert [(one.rank, one.jurors) for one in standings] == [(1, 2), (2, 1)]


@pytest.mark.sqlite_only
def test_an_absence_does_not_wipe_a_sheet(act: Callable[..., Any], room: Room) -> None:
    mark(act, room, "juror", ("AW2", "C901"), GOOD)
    with refused("already_marked"), act(room.accounts["chair"]) as deed:
        actions.declare_absent(deed, juror_id=room.driss, nominee_ids=[room.nominees["AW2", "C901"]])
    with act(room.accounts["chair"]) as deed:
        actions.declare_absent(deed, juror_id=room.driss, nominee_ids=[room.nominees["AW2", "C902"]])
    with refused("juror_absent"):
        mark(act, room, "juror", ("AW2", "C902"), GOOD)


@pytest.mark.sqlite_only
def test_only_the_chair_opens_and_then_nobody_marks(act: Callable[..., Any], room: Room) -> None:
    fill(act, room)
    for other in (room.accounts["juror"], Actor("public")):
        with refused("not_the_chair"), act(other) as deed:
            actions.open_marks(deed, category_id=room.craft)
    with act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.craft)
    with refused("already_opened"), act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.craft)
    with refused("marks_closed"):
        mark(act, room, "juror", ("AW2", "C901"), GOOD)
    with refused("marks_closed"), act("organiser") as deed:
        actions.declare_absent(deed, juror_id=room.noura, nominee_ids=[room.nominees["AW2", "C901"]])


def test_results_are_published_after_opening_and_once(act: Callable[..., Any], room: Room, session: Session) -> None:
    fill(act, room)
    with refused("marks_hidden"), act("organiser") as deed:
        actions.publish_results(deed, category_id=room.craft)
    with act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.craft)
    assert "ranking" not in log_text(session)
    with act("organiser") as deed:
        actions.publish_results(deed, category_id=room.craft)
    with refused("already_published"), act("organiser") as deed:
        actions.publish_results(deed, category_id=room.craft)
    line = json.loads(log_text(session).splitlines()[-1])
    assert line["facts"]["ranking"][0] == {"exhibitor": room.exhibitors["C901"], "mean": "139/10", "rank": 1}
    assert room.craft in queries.list_standings(session, room.edition, published_only=True)


def test_a_jury_is_seated_once_with_one_chair_and_an_account_sits_once(act: Callable[..., Any], room: Room) -> None:
    with refused("jury_exists"), act("organiser") as deed:
        actions.import_jury(deed, edition_id=room.edition, jurors=[])
    with refused("account_has_seat"), act("organiser") as deed:
        actions.seat_juror(deed, juror_id=room.noura, account_id=int(room.accounts["juror"].id))
    with act("organiser") as deed:
        actions.seat_juror(deed, juror_id=room.driss, account_id=None)
        actions.seat_juror(deed, juror_id=room.noura, account_id=int(room.accounts["juror"].id))
    with refused("not_your_seat"):
        mark(act, room, "juror", ("AW1", "C901"), GOOD)
    mark(act, room, "juror", ("AW1", "C901"), GOOD, seat=room.noura)


def race(*deeds: Callable[[], None]) -> list[str]:
    """Do several deeds at the same moment; gives the code of each refusal, "" where it went through."""
    start = threading.Barrier(len(deeds))
    said = [""] * len(deeds)

    def one(place: int, doing: Callable[[], None]) -> None:
        start.wait(5)
        try:
            doing()
        except Refusal as refusal:
            said[place] = refusal.code

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(said)


def test_two_openings_at_once_are_one_opening(act: Callable[..., Any], room: Room, session: Session) -> None:
    fill(act, room)

    def open_it() -> None:
        with act(room.accounts["chair"]) as deed:
            actions.open_marks(deed, category_id=room.craft)

    assert race(open_it, open_it) == ["", "already_opened"]
    assert log_text(session).count('"marks.opened"') == 1
    assert session.get(AwardCategory, room.craft).state == "opened"


def test_the_same_sheet_sent_twice_at_once_counts_once(act: Callable[..., Any], room: Room, session: Session) -> None:
    def send() -> None:
        mark(act, room, "juror", ("AW1", "C901"), GOOD)

    assert race(send, send) == ["", ""]
    assert session.scalar(sa.select(sa.func.count()).select_from(Mark)) == 2
    assert log_text(session).count('"marks.given"') == 1


def test_of_two_devices_that_change_one_sheet_the_second_is_told(
    act: Callable[..., Any], room: Room, session: Session
) -> None:
    give(act, room, GOOD)
    said = race(*(lambda marks=marks: give(act, room, marks, expected_version=1) for marks in (FINE, FAIR)))
    assert said == ["", "marks_changed_meanwhile"]
    assert queries.list_own_marks(session, room.driss)[room.nominees["AW1", "C901"]] in (FINE, FAIR)


def test_a_recusal_and_a_mark_at_once_never_leave_both(act: Callable[..., Any], room: Room, session: Session) -> None:
    def send() -> None:
        mark(act, room, "juror", ("AW1", "C901"), GOOD)

    def withdraw() -> None:
        with act(room.accounts["juror"]) as deed:
            to = room.exhibitors["C901"]
            actions.declare_tie(deed, juror_id=room.driss, exhibitor_id=to, tie="family")

    race(send, withdraw)
    assert session.scalar(sa.select(sa.func.count()).select_from(MarkSheet)) == 0
    states = queries.list_row_states(session, room.edition)
    assert states[room.driss, room.nominees["AW1", "C901"]] is RowState.RECUSED
