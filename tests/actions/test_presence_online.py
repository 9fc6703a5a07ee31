"""Presence by the own link on both databases: once, within the hours, and as good as a scan."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest

from tests.attended import TRAINER
from tests.cast import FADMA, YOUSSEF
from tests.factories import make_edition, make_person
from village.audit.queries import EntryFilter, list_entries
from village.certificates.actions import issue_certificates
from village.certificates.queries import list_certificates
from village.checkin.actions import join_online, note_ticks, print_sheet, take_sheet
from village.checkin.queries import count_attendance, count_verdicts, get_sheet, list_arrivals
from village.checkin.rules import Verdict, Way
from village.kit.refusal import Refusal
from village.workshops.actions import import_programme, register
from village.workshops.rules import Channel, Mode, NewWorkshop, Wish

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from village.kit.deeds import Deed

    Act = Callable[..., AbstractContextManager[Deed]]

# Since 2026 the fair keeps the time of Greenwich all year.
HELD = datetime(2026, 12, 5, 15, 20, tzinfo=UTC)
HYBRID = NewWorkshop(
    code="W05", title_ar="التمويل", title_fr="Le financement", kind="training", mode=Mode.HYBRID, room="M1",
    day=date(2026, 12, 5), starts=time(15), ends=time(17), credit_minutes=120, capacity=1, online_capacity=5,
    trainers=("T03",), join_url="https://salle.example/w05",
)  # fmt: skip


class Fair:
    """Youssef sits in the room of W05, Fadma takes part online."""

    def __init__(self, act: Act) -> None:
        with act("system") as deed:
            self.edition = make_edition(deed)
            self.workshop = import_programme(deed, self.edition, [TRAINER], [HYBRID])["W05"]
            self.youssef, self.fadma = make_person(deed, self.edition, YOUSSEF), make_person(deed, self.edition, FADMA)
            register(deed, person_id=self.youssef, workshop_id=self.workshop, wish=Wish.ONSITE)
            held = register(deed, person_id=self.fadma, workshop_id=self.workshop, wish=Wish.ONLINE)
            assert held.channel is Channel.ONLINE

    @property
    def link(self) -> dict[str, int]:
        """What Fadma's link says."""
        return {"edition_id": self.edition, "workshop_id": self.workshop, "person_id": self.fadma}


@pytest.fixture
def fair(act: Act) -> Fair:
    """A hybrid session with two people."""
    return Fair(act)


def test_the_link_opened_three_times_is_one_presence(act: Act, session: Session, fair: Fair) -> None:
    for minute, known in ((20, False), (21, True), (50, True)):
        with act("public", at=HELD.replace(minute=minute)) as deed:
            answer = join_online(deed, **fair.link)
        assert (answer.verdict, answer.known) == (Verdict.REGISTERED, known)
    arrivals = list_arrivals(session, fair.workshop)
    assert {who: (each.way, each.first_at) for who, each in arrivals.items()} == {fair.fadma: (Way.ONLINE, HELD)}
    assert count_attendance(session, fair.edition) == {fair.workshop: 1}
    assert count_verdicts(session, fair.edition) == {"registered": 1}
    lines = list_entries(session, EntryFilter(code="scan.admitted")).rows
    assert [line.facts["person"] for line in lines] == [fair.fadma]


@pytest.mark.parametrize(
    ("at", "code"),
    [(HELD.replace(hour=14, minute=44), "join_too_early"), (HELD.replace(hour=17, minute=1), "join_over")],
)
def test_outside_the_hours_nobody_is_counted(
    act: Act, session: Session, fair: Fair, at: datetime, code: str
) -> None:
    with act("public", at=at) as deed, pytest.raises(Refusal) as caught:
        join_online(deed, **fair.link)
    assert caught.value.code == code
    assert list_arrivals(session, fair.workshop) == {}


def test_a_presence_online_earns_the_certificate(act: Act, session: Session, fair: Fair) -> None:
    with act("public", at=HELD) as deed:
        join_online(deed, **fair.link)
    with act("organiser", at=HELD) as deed:
        issue_certificates(deed, edition_id=fair.edition)
    made = list_certificates(session, fair.edition)
    assert {(each.person_id, each.workshop_id) for each in made} == {(fair.fadma, fair.workshop)}


def test_the_sheet_of_a_hybrid_session_asks_nothing_of_those_online(act: Act, session: Session, fair: Fair) -> None:
    with act("public", at=HELD) as deed:
        join_online(deed, **fair.link)
    with act("desk", at=HELD) as deed:
        number = print_sheet(deed, edition_id=fair.edition, workshop_id=fair.workshop, lang="ar", blanks=0)
    sheet = get_sheet(session, fair.workshop, number)
    assert {row.person_id: row.channel for row in sheet.rows} == {fair.youssef: "onsite", fair.fadma: "online"}
    signed = next(row.no for row in sheet.rows if row.person_id == fair.youssef)
    session.rollback()
    with act("desk", at=HELD) as deed:
        note_ticks(deed, sheet_id=sheet.id, numbers=[signed])
        taken = take_sheet(deed, sheet_id=sheet.id, settled={})
    assert (taken.new, taken.removed) == (1, 0)
    session.rollback()
    assert set(list_arrivals(session, fair.workshop)) == {fair.youssef, fair.fadma}
