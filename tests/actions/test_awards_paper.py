"""Sheets signed on paper: typed by one, confirmed by another; and what nobody may turn while marks are sealed."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest

from tests.actions.test_awards import FAIR, FINE, GOOD, fill, log_text, mark, refused
from tests.jury_room import Room, close_all, prepare
from village.awards import actions, queries
from village.awards.actions import CategoryFacts, NewJuror
from village.awards.rules import Seat, TieRule
from village.kit.deeds import Actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

ONE, OTHER = Actor("account", "901"), Actor("account", "902")


@pytest.fixture
def room(act: Callable[..., Any]) -> Room:
    """The jury room with both categories ruled; Noura has no account."""
    return prepare(act)


def seen(session: Session, room: Room, nominee: int) -> str:
    """The seal of what waits to be confirmed."""
    session.rollback()
    return queries.list_paper_sheets(session, room.noura, room.craft)[nominee].seal


def test_a_paper_sheet_counts_when_a_second_account_confirms_it(
    act: Callable[..., Any], room: Room, session: Session
) -> None:
    first, second = (room.nominees["AW2", code] for code in ("C901", "C902"))
    own: dict[str, Any] = {"juror_id": room.noura, "nominee_id": first}
    with refused("juror_has_account"), act(ONE) as deed:
        actions.type_paper_sheet(deed, juror_id=room.driss, nominee_id=first, marks=GOOD)
    with refused("mark_out_of_range"), act(ONE) as deed:
        actions.type_paper_sheet(deed, **own, marks={"impact": 41, "novelty": 1})
    with act(ONE) as deed:
        actions.type_paper_sheet(deed, **own, marks=FAIR)
    seal = seen(session, room, first)
    with act(ONE) as deed:
        actions.type_paper_sheet(deed, **own, marks=FINE)
    with refused("paper_sheet_changed"), act(OTHER) as deed:
        actions.confirm_paper_sheet(deed, **own, seen=seal)
    seal = seen(session, room, first)
    with refused("paper_needs_second"), act(ONE) as deed:
        actions.confirm_paper_sheet(deed, **own, seen=seal)
    with refused("already_marked"), act("organiser") as deed:
        actions.declare_absent(deed, juror_id=room.noura, nominee_ids=[first])
    assert (room.noura, first) not in queries.list_row_states(session, room.edition)
    for _again in range(2):
        with act(OTHER) as deed:
            assert actions.confirm_paper_sheet(deed, **own, seen=seal) == 1
    session.rollback()
    assert queries.list_own_marks(session, room.noura) == {first: FINE}
    lines = log_text(session)
    assert lines.count(seal) == 2
    assert '"typed_by":"account:901"' in lines
    for who, seat in (("juror", room.driss), ("chair", room.latifa)):
        for nominee in (first, second):
            with act(room.accounts[who]) as deed:
                actions.give_marks(deed, juror_id=seat, nominee_id=nominee, marks=GOOD)
    close_all(act, room, room.craft)
    with act(ONE) as deed:
        actions.type_paper_sheet(deed, juror_id=room.noura, nominee_id=second, marks=FAIR)
    with refused("paper_sheets_wait"), act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.craft)
    with act(ONE) as deed:
        actions.discard_paper_sheet(deed, juror_id=room.noura, nominee_id=second)
        actions.type_paper_sheet(deed, juror_id=room.noura, nominee_id=second, marks=GOOD)
    with act(OTHER) as deed:
        seal = seen(session, room, second)
        actions.confirm_paper_sheet(deed, juror_id=room.noura, nominee_id=second, seen=seal)
    with act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.craft)
    with refused("marks_closed"), act(ONE) as deed:
        actions.type_paper_sheet(deed, **own, marks=FAIR)


@pytest.mark.sqlite_only
def test_a_tie_declared_late_takes_the_typed_sheet_with_it(
    act: Callable[..., Any], room: Room, session: Session
) -> None:
    first = room.nominees["AW2", "C901"]
    with act(ONE) as deed:
        actions.type_paper_sheet(deed, juror_id=room.noura, nominee_id=first, marks=GOOD)
        actions.record_recusal(deed, juror_id=room.noura, exhibitor_id=room.exhibitors["C901"], tie="family")
    assert queries.list_paper_sheets(session, room.noura, room.craft) == {}
    with refused("juror_recused"), act(ONE) as deed:
        actions.type_paper_sheet(deed, juror_id=room.noura, nominee_id=first, marks=GOOD)


@pytest.mark.sqlite_only
def test_sealed_marks_stay_with_their_account_and_the_chair_until_published(
    act: Callable[..., Any], room: Room, session: Session
) -> None:
    mark(act, room, "juror", ("AW2", "C901"), GOOD)
    for account in (None, int(room.accounts["chair"].id)):
        with refused("juror_is_marking"), act("organiser") as deed:
            actions.seat_juror(deed, juror_id=room.driss, account_id=account)
    fill(act, room)
    with act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.craft)
    with act("system") as deed:
        for row in queries.list_jurors(deed.session, room.edition):
            for code in ("C901", "C902", "C903"):
                actions.give_marks(deed, juror_id=row.id, nominee_id=room.nominees["AW1", code], marks=GOOD)
    close_all(act, room, room.women)
    with act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.women)
    noura = next(row for row in queries.list_jurors(session, room.edition) if row.id == room.noura)
    values = {name: value for name, value in asdict(noura).items() if name != "id"}
    session.rollback()
    raised = NewJuror(**{**values, "seat": Seat.CHAIR})
    with refused("chair_is_fixed"), act("organiser") as deed:
        actions.change_juror(deed, juror_id=room.noura, new=raised)
    with act("organiser") as deed:
        actions.publish_results(deed, category_id=room.craft)
        actions.publish_results(deed, category_id=room.women)
        actions.change_juror(deed, juror_id=room.noura, new=raised)


@pytest.mark.sqlite_only
def test_a_lot_whose_numbers_are_called_is_neither_cancelled_nor_turned(act: Callable[..., Any]) -> None:
    room = prepare(act, ruled=False)
    with act("organiser") as deed:
        row = queries.get_category(deed.session, room.edition, "AW2")
        names = (row.name_ar, row.name_fr, row.name_en, row.winners)
        actions.change_category(deed, category_id=room.craft, facts=CategoryFacts(*names, tie_rule=TieRule.LOT))
        actions.commit_rules(deed, category_id=room.craft)
    with act("system") as deed:
        for juror in queries.list_jurors(deed.session, room.edition):
            for code in ("C901", "C902"):
                actions.give_marks(deed, juror_id=juror.id, nominee_id=room.nominees["AW2", code], marks=GOOD)
    close_all(act, room, room.craft)
    with act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.craft)
        lot = actions.seal_tie_lot(deed, category_id=room.craft, rank=1)
    for who in ("chair", "juror"):
        with act(room.accounts[who]) as deed:
            actions.type_lot_number(deed, lot_id=lot, seat="S1", value="7")
    with refused("tie_lot_number_fixed"), act(room.accounts["juror"]) as deed:
        actions.type_lot_number(deed, lot_id=lot, seat="S1", value="8")
    with act(room.accounts["chair"]) as deed:
        actions.type_lot_number(deed, lot_id=lot, seat="S2", value="12")
        assert not queries.get_lot(deed.session, lot).can_cancel
    with refused("tie_lot_numbers_known"), act(room.accounts["chair"]) as deed:
        actions.cancel_tie_lot(deed, lot_id=lot, reason="je préfère l’autre")
