"""Groups: opened, filled by hand and by link, never larger than said, whatever comes at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.orm import Session

from tests.cast import FADMA, MINA, TIFAWIN, YOUSSEF
from tests.factories import make_edition, make_exhibitor, make_person
from village.exhibitors.actions import add_delegates
from village.kit.refusal import Refusal
from village.kit.signing import Keyring
from village.people.queries import get_person, list_people
from village.workshops.actions import Newcomer, import_programme, register
from village.workshops.actions.groups import (
    add_to_group,
    close_group,
    join_group,
    leave_group,
    open_group,
    renew_group_link,
    resize_group,
)
from village.workshops.queries.groups import (
    find_group_by_link,
    get_group,
    group_token,
    list_group_members,
    list_groups,
)
from village.workshops.rules import Mode, NewWorkshop, Result

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    import sqlalchemy as sa

    from village.kit.deeds import Deed

    Act = Callable[..., AbstractContextManager[Deed]]

BEFORE = datetime(2026, 11, 20, 9, tzinfo=UTC)
WEAVING = NewWorkshop(
    code="W01", title_ar="النسيج", title_fr="Le tissage", kind="training", mode=Mode.ONSITE, room="M1",
    day=date(2026, 12, 4), starts=time(10), ends=time(12), credit_minutes=120, capacity=4,
)  # fmt: skip
AT_THE_SAME_TIME = NewWorkshop(
    code="W02", title_ar="الصباغة", title_fr="La teinture", kind="training", mode=Mode.ONSITE, room="M2",
    day=date(2026, 12, 4), starts=time(11), ends=time(13), credit_minutes=120, capacity=4,
)  # fmt: skip
ZAHRA = Newcomer(given_ar="الزهرة", family_ar="أيت علي", phone="0600000071")
RQIYA = Newcomer(given_ar="رقية")


class House:
    """A cooperative with two delegates, and a workshop of four places."""

    def __init__(self, act: Act) -> None:
        self.act = act
        with act("system", at=BEFORE) as deed:
            self.edition = make_edition(deed)
            self.workshops = import_programme(deed, self.edition, [], [WEAVING, AT_THE_SAME_TIME])
            self.coop = make_exhibitor(deed, self.edition, TIFAWIN)
            self.youssef, self.fadma = (make_person(deed, self.edition, who) for who in (YOUSSEF, FADMA))
            self.mina = make_person(deed, self.edition, MINA)
            add_delegates(deed, [(self.youssef, self.coop), (self.fadma, self.coop)])

    def open(self, **more: Any) -> int:
        """Open a group in a deed of its own."""
        values = {"exhibitor_id": self.coop, "name": "تيفاوين", "size": 3, "together": False, **more}
        with self.act("exhibitor", at=BEFORE) as deed:
            return open_group(deed, workshop_id=self.workshops["W01"], **values)

    def do(self, deed_of: Callable[..., Any], **facts: Any) -> Any:
        """Do something to a group in a deed of its own."""
        with self.act("exhibitor", at=facts.pop("at", BEFORE)) as deed:
            return deed_of(deed, **facts)


@pytest.fixture
def house(act: Act) -> House:
    """A cooperative."""
    return House(act)


def codes(refused: pytest.ExceptionInfo[Refusal]) -> set[str]:
    return {each.code for each in refused.value.objections}


def test_delegates_and_others_come_in_together(house: House, session: Session) -> None:
    group = house.open()
    joined = house.do(add_to_group, group_id=group, person_ids=[house.youssef, house.fadma], newcomers=[RQIYA])
    assert [each.registered.result for each in joined] == [Result.CONFIRMED] * 3
    row = get_group(session, group)
    assert (row.members, row.confirmed, row.left) == (3, 3, 0)
    members = list_group_members(session, row)
    assert {member.via for member in members} == {"group"}
    newcomer = get_person(session, ({m.person_id for m in members} - {house.youssef, house.fadma}).pop())
    assert newcomer.name_ar == "رقية"


def test_nobody_more_than_was_said(house: House, session: Session) -> None:
    group = house.open(size=2)
    with pytest.raises(Refusal) as refused:
        house.do(add_to_group, group_id=group, person_ids=[house.youssef, house.fadma], newcomers=[RQIYA])
    assert codes(refused) == {"group_full"}
    assert refused.value.facts["left"] == 2
    assert get_group(session, group).members == 0
    assert len(list_people(session, house.edition)) == 3  # nobody new was left behind
    session.rollback()
    house.do(resize_group, group_id=group, size=3)
    house.do(add_to_group, group_id=group, person_ids=[house.youssef, house.fadma], newcomers=[RQIYA])
    assert get_group(session, group).left == 0


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [("", 3, "group_without_name"), ("تيفاوين", 0, "group_size_wrong"), ("تيفاوين", 61, "group_size_wrong")],
)
def test_a_group_has_a_name_and_a_size(house: House, name: str, size: int, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        house.open(name=name, size=size)
    assert codes(refused) == {code}


def test_one_who_is_hindered_keeps_nobody_out(house: House, session: Session) -> None:
    with house.act("public", at=BEFORE) as deed:
        register(deed, person_id=house.youssef, workshop_id=house.workshops["W02"])
    group = house.open()
    joined = {
        each.person_id: each for each in house.do(add_to_group, group_id=group, person_ids=[house.youssef, house.fadma])
    }
    assert joined[house.youssef].refusal is not None
    assert joined[house.youssef].refusal.code == "refused_overlap"
    assert joined[house.fadma].registered is not None
    assert get_group(session, group).members == 1


def test_who_wishes_to_stay_together_waits_together(house: House, session: Session) -> None:
    with house.act("public", at=BEFORE) as deed:
        register(deed, person_id=house.mina, workshop_id=house.workshops["W01"])
    others = house.open(size=2, name="الأخريات")
    house.do(add_to_group, group_id=others, newcomers=[RQIYA, ZAHRA])
    group = house.open(together=True)
    joined = house.do(add_to_group, group_id=group, person_ids=[house.youssef, house.fadma])
    assert [each.registered.result for each in joined] == [Result.WAITLISTED] * 2
    house.do(
        leave_group, group_id=others, person_id=list_group_members(session, get_group(session, others))[0].person_id
    )
    session.rollback()
    assert get_group(session, group).confirmed == 2


def test_a_link_opens_the_group_until_it_is_renewed(house: House, session: Session, tmp_path: Path) -> None:
    keys = Keyring(tmp_path / "keys")
    group = house.open()
    link = group_token(keys, group, 1)
    found = find_group_by_link(session, keys, link.upper())
    assert found is not None
    assert found.id == group
    for false in ("", "-", f"{link}0", link.replace(link[0], "7" if link[0] != "7" else "a", 1), "é", f"x-{1 << 70:x}"):
        assert find_group_by_link(session, keys, false) is None
    session.rollback()
    house.do(renew_group_link, group_id=group)
    assert find_group_by_link(session, keys, link) is None
    assert find_group_by_link(session, keys, group_token(keys, group, 2)) is not None


def test_a_closed_group_takes_nobody_until_it_has_a_new_link(house: House, session: Session) -> None:
    group = house.open()
    house.do(close_group, group_id=group)
    with pytest.raises(Refusal) as refused:
        house.do(join_group, group_id=group, newcomer=ZAHRA)
    assert codes(refused) == {"group_closed"}
    house.do(renew_group_link, group_id=group)
    assert house.do(join_group, group_id=group, newcomer=ZAHRA).registered.result is Result.CONFIRMED


def test_a_second_tap_makes_nobody_twice(house: House, session: Session) -> None:
    group = house.open(size=1)
    tapped = replace(ZAHRA, came_by="her telephone")
    first = house.do(join_group, group_id=group, newcomer=tapped)
    second = house.do(join_group, group_id=group, newcomer=tapped)
    assert second.again
    assert second.person_id == first.person_id
    assert get_group(session, group).members == 1


def test_whoever_leaves_makes_room(house: House, session: Session) -> None:
    group = house.open(size=1)
    house.do(add_to_group, group_id=group, person_ids=[house.youssef])
    with pytest.raises(Refusal, match="person_not_found"):
        house.do(leave_group, group_id=group, person_id=house.fadma)
    house.do(leave_group, group_id=group, person_id=house.youssef)
    house.do(add_to_group, group_id=group, person_ids=[house.fadma])
    assert [m.person_id for m in list_group_members(session, get_group(session, group))] == [house.fadma]


def test_many_at_once_by_one_link_never_exceed_the_group(house: House, engine: sa.Engine) -> None:
    group = house.open(size=3)

    def come(number: int) -> str:
        woman = Newcomer(given_ar="فاطمة", family_ar=f"رقم {number}", phone=f"06000001{number:02d}")
        try:
            return str(house.do(join_group, group_id=group, newcomer=woman).registered.result.value)
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(8) as pool:
        came = list(pool.map(come, range(8)))
    assert sorted(came) == ["confirmed"] * 3 + ["group_full"] * 5
    with Session(engine) as fresh:
        assert get_group(fresh, group).members == 3
        assert len(list_people(fresh, house.edition)) == 3 + 3


def test_an_exhibitor_sees_its_own_groups_with_the_newest_first(house: House, session: Session) -> None:
    first, second = house.open(), house.open(name="تيفاوين 2")
    foreign = house.open(exhibitor_id=None, name="زوار")
    assert [row.id for row in list_groups(session, house.edition, exhibitor_id=house.coop)] == [second, first]
    assert foreign in {row.id for row in list_groups(session, house.edition, workshop_id=house.workshops["W01"])}
