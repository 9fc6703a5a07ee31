"""Stands by lot in public: sealed, called, drawn, recomputed by anybody; two commissions at once."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.floor_fair import FloorFair, open_floor
from village.audit.queries import EntryFilter, list_entries
from village.floor import actions, queries
from village.floor.lot_bundle import opened, verify
from village.kit.called_lot import Fault, LotFaulty, commitment_of
from village.kit.canonical import dumps
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.floor_fair import Act


@pytest.fixture
def fair(act: Act) -> FloorFair:
    with act("organiser") as deed:
        return open_floor(deed)


@pytest.fixture
def lot_id(act: Act, fair: FloorFair) -> int:
    with act("organiser") as deed:
        return actions.seal_lot(deed, hall_id=fair.hall_id, seats=2)


def call(act: Act, lot_id: int, seat: str, value: str, *roles: str) -> None:
    for role in roles or ("organiser", "floor_manager"):
        with act(role) as deed:
            actions.type_number(deed, lot_id=lot_id, seat=seat, value=value)


def draw(act: Act, lot_id: int) -> int:
    with act("organiser") as deed:
        return actions.draw_stands(deed, lot_id=lot_id)


def view(session: Session, fair: FloorFair, lot_id: int) -> queries.LotView:
    session.rollback()
    found = queries.get_lot(session, fair.edition_id, lot_id)
    session.rollback()
    return found


@pytest.fixture
def drawn(act: Act, session: Session, fair: FloorFair, lot_id: int) -> queries.LotView:
    call(act, lot_id, "S1", "1789")
    call(act, lot_id, "S2", "0042")
    draw(act, lot_id)
    return view(session, fair, lot_id)


def test_what_is_sealed_is_the_problem_itself(session: Session, fair: FloorFair, lot_id: int) -> None:
    found = view(session, fair, lot_id)
    assert opened(found.sealed) == queries.load_problem(session, fair.hall_id)
    assert found.commitment == commitment_of(found.sealed)
    assert len(found.participants) == 56
    (line,) = list_entries(session, EntryFilter(code="lot.sealed")).rows
    assert line.facts["commitment"] == found.commitment
    assert line.thing == "lot:H1-1"


def test_a_number_counts_once_two_people_typed_it_alike(
    act: Act, session: Session, fair: FloorFair, lot_id: int
) -> None:
    call(act, lot_id, "S1", "1789", "organiser")
    call(act, lot_id, "S1", "1798", "floor_manager")
    first, _ = view(session, fair, lot_id).seats
    assert (first.value, first.differs) == (None, True)
    with pytest.raises(Refusal, match="lot_numbers_missing"):
        draw(act, lot_id)
    call(act, lot_id, "S1", "1789", "floor_manager")
    assert view(session, fair, lot_id).seats[0].value == "1789"
    # One person twice is one person.
    call(act, lot_id, "S2", "7", "organiser", "organiser")
    assert view(session, fair, lot_id).seats[1].value is None
    assert not view(session, fair, lot_id).ready


@pytest.mark.parametrize("value", ["", "12a", "١٢", "1" * 41, "-1"])
def test_only_digits_are_a_number(act: Act, lot_id: int, value: str) -> None:
    with pytest.raises(Refusal, match="lot_number_wrong"):
        call(act, lot_id, "S1", value)
    with pytest.raises(Refusal, match="lot_seat_unknown"):
        call(act, lot_id, "S9", "1")


def test_the_draw_gives_a_proposal_in_which_nobody_is_left_out(
    act: Act, session: Session, fair: FloorFair, drawn: queries.LotView
) -> None:
    assert drawn.state == "drawn"
    assert len(drawn.turns) == 56
    assert [turn.place for turn in drawn.turns] == list(range(1, 57))
    assert all(turn.stands for turn in drawn.turns)
    assert tuple(turn.who for turn in drawn.turns) == drawn.ranking
    assert queries.load_plan(session, fair.edition_id).places == {}
    session.rollback()
    with act("organiser") as deed:
        actions.apply_run(deed, run_id=drawn.run_id)
    session.rollback()
    assert queries.load_plan(session, fair.edition_id).places == {turn.who: turn.stands for turn in drawn.turns}
    assert view(session, fair, drawn.id).applied


def test_anybody_recomputes_it_from_the_bundle(drawn: queries.LotView) -> None:
    found = verify(drawn.bundle)
    assert found.seed == drawn.seed
    assert found.allocation.plan == {turn.who: turn.stands for turn in drawn.turns}


def altered(bundle: bytes, change: Any) -> bytes:
    content = json.loads(bundle)
    change(content)
    return dumps(content)


ALTERED = {
    Fault.WRONG_VERSION: lambda it: it.update(bundle="village-stand-lot/2"),
    Fault.SEALED_ALTERED: lambda it: it["sealed"]["problem"]["exhibitors"].pop(),
    Fault.WITNESS_MISSING: lambda it: it["witness"].pop(),
    Fault.SEED_WRONG: lambda it: it["witness"][0].__setitem__(1, "1790"),
    Fault.RANKING_WRONG: lambda it: it["ranking"].reverse(),
    Fault.TURNS_ALTERED: lambda it: it["turns"][0].__setitem__(2, it["turns"][1][2]),
}


@pytest.mark.parametrize("fault", ALTERED)
def test_every_change_is_found(drawn: queries.LotView, fault: Fault) -> None:
    with pytest.raises(LotFaulty) as found:
        verify(altered(drawn.bundle, ALTERED[fault]))
    assert found.value.fault is fault


def test_a_changed_byte_is_refused(drawn: queries.LotView) -> None:
    """One byte in every part of it; whether it is still JSON or not."""
    bundle = drawn.bundle
    step = len(bundle) // 40
    for at in range(3, len(bundle), step):
        changed = bytearray(bundle)
        changed[at] = changed[at] ^ 1
        with pytest.raises(LotFaulty):
            verify(bytes(changed))
    with pytest.raises(LotFaulty, match="not_canonical"):
        verify(bundle + b"\n")
    with pytest.raises(LotFaulty, match="not_canonical"):
        verify(b"[]")


def test_a_lot_goes_only_forward(act: Act, session: Session, fair: FloorFair, drawn: queries.LotView) -> None:
    for step in (
        lambda: call(act, drawn.id, "S1", "5"),
        lambda: draw(act, drawn.id),
        lambda: cancel(act, drawn.id, "I do not like it"),
    ):
        with pytest.raises(Refusal, match="lot_not_sealed"):
            step()
    assert view(session, fair, drawn.id).seed == drawn.seed


def cancel(act: Act, lot_id: int, reason: str) -> None:
    with act("organiser") as deed:
        actions.cancel_lot(deed, lot_id=lot_id, reason=reason)


def test_a_cancelled_lot_says_why_and_the_next_one_names_it(
    act: Act, session: Session, fair: FloorFair, lot_id: int
) -> None:
    with pytest.raises(Refusal, match="lot_is_open"), act("organiser") as deed:
        actions.seal_lot(deed, hall_id=fair.hall_id, seats=2)
    with pytest.raises(Refusal, match="lot_reason_missing"):
        cancel(act, lot_id, "  ")
    cancel(act, lot_id, "A hall was drawn wrongly")
    first = view(session, fair, lot_id)
    assert (first.state, first.reason) == ("cancelled", "A hall was drawn wrongly")
    (line,) = list_entries(session, EntryFilter(code="lot.cancelled")).rows
    assert "drawn wrongly" not in str(line.facts)
    session.rollback()
    with act("organiser") as deed:
        second = actions.seal_lot(deed, hall_id=fair.hall_id, seats=3)
    assert view(session, fair, second).sealed["previous"] == first.commitment
    with pytest.raises(Refusal, match="lot_seats_wrong"), act("organiser") as deed:
        actions.seal_lot(deed, hall_id=fair.hall_id, seats=1)


def test_two_commissions_seal_at_once(act: Act, session: Session, fair: FloorFair) -> None:
    told: list[str] = []
    barrier = threading.Barrier(2)

    def seal(role: str) -> None:
        barrier.wait()
        try:
            with act(role) as deed:
                actions.seal_lot(deed, hall_id=fair.hall_id, seats=2)
        except Refusal as refusal:
            told.append(refusal.code)

    pair = [threading.Thread(target=seal, args=(role,)) for role in ("organiser", "floor_manager")]
    for each in pair:
        each.start()
    for each in pair:
        each.join()
    assert told == ["lot_is_open"]
    assert [each.number for each in queries.list_lots(session, fair.edition_id)] == [1]
