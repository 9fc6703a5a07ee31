"""What exhibitors ask of the floor, and who shares whose stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.floor_fair import FloorFair, open_floor
from village.audit.queries import EntryFilter, list_entries
from village.floor import actions, queries
from village.floor.wants import MOST_WISHES, Wants
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.floor_fair import Act


@pytest.fixture
def fair(act: Act) -> FloorFair:
    with act("organiser") as deed:
        return open_floor(deed)


@pytest.fixture
def ask(act: Act, fair: FloorFair) -> Any:
    def asking(who: str, role: str = "exhibitor", *, seen: str | None = None, **wants: Any) -> None:
        with act(role) as deed:
            actions.note_request(
                deed,
                edition_id=fair.edition_id,
                exhibitor_id=fair.exhibitors[who],
                wants=Wants(**wants),
                seen=seen,
                own=role == "exhibitor",
            )

    return asking


def row(session: Session, fair: FloorFair, who: str) -> queries.RequestRow:
    session.rollback()
    return next(each for each in queries.list_requests(session, fair.edition_id) if each.exhibitor.code == who)


def test_who_never_asked_wants_one_plain_stand(session: Session, fair: FloorFair) -> None:
    asked = row(session, fair, "C02").wants
    assert (asked.size, asked.min_size, asked.stands) == (1, 1, ())


def test_a_request_takes_the_place_of_the_one_before(session: Session, fair: FloorFair, ask: Any) -> None:
    ask("C01", size=2, stands=("B01", "A02"), beside=("C05",), apart=("C12",))
    ask("C01", size=3, min_size=2, wants_corner=True, stands=("A02",), apart=("C12",))
    wants = row(session, fair, "C01").wants
    assert wants == Wants(size=3, min_size=2, wants_corner=True, stands=("A02",), apart=("C12",))
    # The other side of a wish is not shown as its own.
    assert "C01" not in row(session, fair, "C12").wants.apart


def test_wishes_of_both_stand_and_fall_alone(session: Session, fair: FloorFair, ask: Any) -> None:
    ask("C01", beside=("C05",))
    ask("C05", beside=("C01",))
    ask("C01")
    assert row(session, fair, "C01").wants.beside == ()
    assert row(session, fair, "C05").wants.beside == ("C01",)


def test_every_fault_is_told_at_once_and_nothing_is_kept(session: Session, fair: FloorFair, ask: Any) -> None:
    with pytest.raises(Refusal) as refused:
        ask("C01", size=1, min_size=2, stands=("B01", "B01", "Z99", "F01"), beside=("C01", "C77"))
    assert {each.code for each in refused.value.objections} == {
        "request_sizes_wrong", "wish_stand_twice", "wish_stand_unknown", "wish_for_oneself", "exhibitor_not_found"
    }  # fmt: skip
    with pytest.raises(Refusal, match="wishes_too_many"):
        ask("C01", stands=tuple(f"A0{number}" for number in range(1, MOST_WISHES + 2)))
    assert row(session, fair, "C01").wants.stands == ()


def test_an_exhibitor_does_not_set_its_own_priority(session: Session, fair: FloorFair, ask: Any) -> None:
    ask("C01", priority=9)
    assert row(session, fair, "C01").wants.priority == 1
    ask("C01", "organiser", priority=3)
    ask("C01", size=2, priority=9)
    assert row(session, fair, "C01").wants.priority == 3


def test_who_read_an_older_request_loses_nothing_of_the_newer(session: Session, fair: FloorFair, ask: Any) -> None:
    old = row(session, fair, "C01").wants.seal
    ask("C01", "organiser", seen=old, size=2)
    with pytest.raises(Refusal, match="request_changed"):
        ask("C01", "organiser", seen=old, size=4)
    assert row(session, fair, "C01").wants.size == 2


def test_once_the_plan_is_public_only_organisers_change_wishes(
    act: Act, session: Session, fair: FloorFair, ask: Any
) -> None:
    with act("organiser") as deed:
        plan = queries.load_plan(deed.session, fair.edition_id)
        stand = next(each.id for each in plan.stands if each.code == "B01")
        actions.assign_stand(deed, stand_id=stand, exhibitor_id=fair.exhibitors["C01"], expected=None)
        actions.publish_plan(deed, hall_id=fair.hall_id)
    with pytest.raises(Refusal, match="wishes_closed"):
        ask("C01", size=2)
    ask("C01", "organiser", size=2)
    assert row(session, fair, "C01").wants.size == 2


def test_the_log_tells_codes_and_numbers_but_no_name(session: Session, fair: FloorFair, ask: Any) -> None:
    ask("C01", size=2, stands=("B01",), beside=("C05",))
    (line,) = list_entries(session, EntryFilter(code="request.noted")).rows
    assert line.facts == {"exhibitor": "C01", "size": 2, "wishes": 1}


def test_a_guest_stands_at_the_stand_of_its_host(act: Act, session: Session, fair: FloorFair) -> None:
    host, guest, third = (fair.exhibitors[code] for code in ("C01", "C02", "C03"))
    plan = queries.load_plan(session, fair.edition_id)
    stand = next(each.id for each in plan.stands if each.code == "B01")
    session.rollback()
    with act("organiser") as deed:
        actions.share_stand(deed, guest_id=guest, host_id=host)
        actions.assign_stand(deed, stand_id=stand, exhibitor_id=host, expected=None)
    assert queries.shares(session, fair.hall_id) == {host: (guest,)}
    shown = row(session, fair, "C02")
    assert shown.stands == ("B01",)
    assert shown.host.code == "C01"
    session.rollback()
    with pytest.raises(Refusal, match="exhibitor_is_guest"), act("organiser") as deed:
        actions.assign_stand(deed, stand_id=stand + 1, exhibitor_id=guest, expected=None)
    for guest_id, host_id, code in (
        (host, third, "share_chain"), (third, guest, "share_chain"), (host, host, "share_chain")
    ):  # fmt: skip
        with pytest.raises(Refusal, match=code), act("organiser") as deed:
            actions.share_stand(deed, guest_id=guest_id, host_id=host_id)
    with act("organiser") as deed:
        actions.end_share(deed, guest_id=guest)
    assert queries.shares(session, fair.hall_id) == {}
    with pytest.raises(Refusal, match="share_none"), act("organiser") as deed:
        actions.end_share(deed, guest_id=guest)
    with pytest.raises(Refusal, match="share_guest_placed"), act("organiser") as deed:
        actions.share_stand(deed, guest_id=host, host_id=third)
