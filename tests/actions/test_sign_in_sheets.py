"""Signed sheets on both databases: printed, typed back twice at once, merged with scans, taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.attended import Came, came_to_the_fair
from village.certificates.actions import issue_certificate
from village.checkin.actions import (
    admit_by_name,
    fill_blank,
    mark_present,
    note_ticks,
    print_sheet,
    take_sheet,
    undo_sheet,
    write_note,
)
from village.checkin.queries import count_verdicts, get_note, get_sheet, list_arrivals, list_conflicts, list_findings
from village.checkin.rules import ABSENT, PRESENT, Kind, ScannedCode, Way
from village.kit.refusal import Refusal
from village.workshops.actions import Newcomer, cancel_registration, register

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from village.checkin.actions import SheetTaken
    from village.checkin.queries import SheetView
    from village.kit.deeds import Deed

    Act = Callable[..., AbstractContextManager[Deed]]

NIGHT = datetime(2026, 12, 4, 21, tzinfo=UTC)


class Room:
    """The training W01: Youssef and Mina were scanned, Fadma was not; all three are on the sheet, with five blanks."""

    def __init__(self, act: Act, session: Session) -> None:
        self.act, self.session = act, session
        with act("system") as deed:
            self.fair: Came = came_to_the_fair(deed)
            self.number = print_sheet(
                deed, edition_id=self.fair.edition, workshop_id=self.fair.training, lang="ar", blanks=5
            )

    @property
    def sheet(self) -> SheetView:
        """The sheet as it is now."""
        self.session.rollback()
        return get_sheet(self.session, self.fair.training, self.number)

    def no(self, person: int) -> int:
        """The number of a person's row."""
        return next(row.no for row in self.sheet.rows if row.person_id == person)

    def note(self, *people: int, on: bool = True) -> None:
        """Type the rows of these people."""
        numbers, sheet = [self.no(person) for person in people], self.sheet.id
        self.session.rollback()
        with self.act("desk", at=NIGHT) as deed:
            note_ticks(deed, sheet_id=sheet, numbers=numbers, on=on)

    def take(self, settled: dict[int, str] | None = None, certified: tuple[int, ...] = ()) -> SheetTaken:
        """Count the sheet."""
        sheet = self.sheet.id
        self.session.rollback()
        with self.act("desk", at=NIGHT) as deed:
            return take_sheet(deed, sheet_id=sheet, settled=settled or {}, certified=certified)

    def kinds(self) -> dict[int, Kind]:
        """What each row comes to, by its number."""
        return {each.no: each.kind for each in list_findings(self.session, self.sheet)}

    @property
    def present(self) -> dict[int, str]:
        """Who was there, and how they were recognised."""
        self.session.rollback()
        return {who: each.way for who, each in list_arrivals(self.session, self.fair.training).items()}


@pytest.fixture
def room(act: Act, session: Session) -> Room:
    """A room and its sheet."""
    return Room(act, session)


def test_the_sheet_stays_as_printed(room: Room) -> None:
    fair = room.fair
    before = [(row.no, row.code, row.person_id) for row in room.sheet.rows]
    room.session.rollback()
    with room.act("organiser") as deed:
        cancel_registration(deed, person_id=fair.fadma, workshop_id=fair.training, by_staff=True)
    assert [(row.no, row.code, row.person_id) for row in room.sheet.rows] == before
    assert [row.person_id for row in room.sheet.rows] == [fair.fadma, fair.mina, fair.youssef, *[None] * 5]


def test_signatures_merge_with_scans(room: Room) -> None:
    fair = room.fair
    room.note(fair.fadma, fair.mina, fair.youssef)
    assert room.kinds() == {1: Kind.NEW, 2: Kind.AGREES, 3: Kind.AGREES}
    taken = room.take()
    assert (taken.new, taken.agreed, taken.removed) == (1, 2, 0)
    assert room.present == {fair.fadma: Way.SHEET, fair.mina: Way.NAME, fair.youssef: Way.NAME}
    assert list_conflicts(room.session, fair.edition) == []
    assert count_verdicts(room.session, fair.edition) == {"registered": 5}


def test_typed_twice_counts_once(room: Room) -> None:
    room.note(room.fair.fadma, room.fair.mina, room.fair.youssef)
    room.take()
    sheet, present = room.sheet, room.present
    room.session.rollback()
    with room.act("desk") as deed:
        again = note_ticks(deed, sheet_id=sheet.id, numbers=[1, 2, 3])
    assert (again.noted, again.before) == (0, (1, 2, 3))
    assert room.take().new == 0
    assert room.present == present


def test_two_people_type_the_same_sheet_at_once(room: Room) -> None:
    sheet = room.sheet.id
    room.session.rollback()

    def type_back(n: int) -> SheetTaken:
        with room.act("desk" if n % 2 else "organiser", at=NIGHT) as deed:
            note_ticks(deed, sheet_id=sheet, numbers=[1, 2, 3])
        with room.act("desk" if n % 2 else "organiser", at=NIGHT) as deed:
            return take_sheet(deed, sheet_id=sheet, settled={1: PRESENT, 2: PRESENT, 3: PRESENT})

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(type_back, range(6)))
    assert sum(answer.new for answer in answers) == 1
    assert len(room.present) == 3


def test_scanned_but_not_signed_is_settled_by_people(room: Room) -> None:
    fair = room.fair
    room.note(fair.fadma, fair.mina)
    assert room.kinds()[3] is Kind.SCANNED_ONLY
    with pytest.raises(Refusal) as caught:
        room.take()
    assert caught.value.code == "sheet_unsettled"
    assert set(room.present) == {fair.mina, fair.youssef}
    assert room.take({3: ABSENT}).removed == 1
    assert set(room.present) == {fair.mina, fair.fadma}
    assert 3 not in room.kinds()


def test_kept_scans_stay_settled(room: Room) -> None:
    room.note(room.fair.fadma, room.fair.mina)
    room.take({3: PRESENT})
    assert room.take().removed == 0
    assert room.fair.youssef in room.present


def test_a_cancelled_place_that_was_signed(room: Room) -> None:
    fair = room.fair
    with room.act("organiser") as deed:
        cancel_registration(deed, person_id=fair.fadma, workshop_id=fair.training, by_staff=True)
    room.note(fair.fadma, fair.mina, fair.youssef)
    assert room.kinds()[1] is Kind.CANCELLED
    assert room.take({1: PRESENT}).new == 1
    assert room.present[fair.fadma] == Way.SHEET


def test_signed_on_two_sheets_of_the_same_hour(room: Room) -> None:
    fair = room.fair
    with room.act("system") as deed:
        other = _same_hour(deed, fair)
        register(deed, person_id=fair.fadma, workshop_id=other, override="both")
        visit = ScannedCode("visit-elsewhere", "", fair.device, other, deed.now)
        admit_by_name(deed, visit, edition_id=fair.edition, person_id=fair.fadma)
    room.note(fair.fadma, fair.mina, fair.youssef)
    found = next(each for each in list_findings(room.session, room.sheet) if each.no == 1)
    assert (found.kind, found.elsewhere) == (Kind.ELSEWHERE, "W09")
    assert room.take({1: ABSENT}).left_out == 1
    assert fair.fadma not in room.present


def _same_hour(deed: Deed, fair: Came) -> int:
    from datetime import date, time

    from village.workshops.actions import import_programme
    from village.workshops.rules import Mode, NewWorkshop

    new = NewWorkshop(
        code="W09", title_ar="الرقمنة", title_fr="Le numérique", kind="training", mode=Mode.ONSITE, room="M2",
        day=date(2026, 12, 4), starts=time(11), ends=time(13), credit_minutes=120, capacity=10,
    )  # fmt: skip
    return import_programme(deed, fair.edition, [], [new])["W09"]


def test_a_walk_in_is_taken_from_a_blank_row(room: Room) -> None:
    sheet = room.sheet.id
    room.session.rollback()
    with room.act("desk", at=NIGHT) as deed:
        new = fill_blank(deed, sheet_id=sheet, no=4, newcomer=Newcomer(given_fr="Aïcha", family_fr="Naciri"))
    with room.act("desk", at=NIGHT) as deed, pytest.raises(Refusal) as caught:
        fill_blank(deed, sheet_id=sheet, no=4, person_id=room.fair.fadma)
    assert caught.value.code == "sheet_row_not_blank"
    room.note(room.fair.mina, room.fair.youssef)
    assert room.kinds()[4] is Kind.NEW
    room.take()
    assert room.present[new] == Way.SHEET


def test_somebody_known_on_a_blank_row_is_nobody_new(room: Room) -> None:
    sheet = room.sheet.id
    room.session.rollback()
    with room.act("desk", at=NIGHT) as deed:
        assert fill_blank(deed, sheet_id=sheet, no=4, person_id=room.fair.fadma) == room.fair.fadma
    room.note(room.fair.fadma, room.fair.mina, room.fair.youssef)
    assert room.kinds()[4] is Kind.TWICE
    assert room.take({4: ABSENT}).new == 1


def test_a_blank_row_signed_by_nobody_known_waits(room: Room) -> None:
    sheet = room.sheet.id
    room.session.rollback()
    with room.act("desk") as deed:
        note_ticks(deed, sheet_id=sheet, numbers=[5])
    assert room.kinds()[5] is Kind.NAMELESS


def test_all_is_taken_back_and_can_be_counted_again(room: Room) -> None:
    fair, before = room.fair, room.present
    room.note(fair.fadma, fair.mina)
    room.take({3: ABSENT})
    sheet = room.sheet.id
    room.session.rollback()
    with room.act("desk", at=NIGHT) as deed:
        assert undo_sheet(deed, sheet_id=sheet) == 2
    assert room.present == before
    assert room.sheet.taken_at is None
    assert room.kinds() == {1: Kind.NEW, 2: Kind.AGREES, 3: Kind.SCANNED_ONLY}
    assert room.take({3: PRESENT}).new == 1


def test_a_wrong_number_is_mended(room: Room) -> None:
    fair = room.fair
    room.note(fair.fadma, fair.mina, fair.youssef)
    room.take()
    room.note(fair.fadma, on=False)
    assert room.kinds()[1] is Kind.REMOVED
    assert room.take().removed == 1
    assert fair.fadma not in room.present
    assert fair.youssef in room.present


def test_who_holds_a_certificate_is_not_taken_out(room: Room) -> None:
    fair = room.fair
    room.note(fair.fadma, fair.mina, fair.youssef)
    room.take()
    with room.act("organiser") as deed:
        issue_certificate(deed, edition_id=fair.edition, person_id=fair.fadma, workshop_id=fair.training)
    room.note(fair.fadma, on=False)
    with pytest.raises(Refusal) as caught:
        room.take(certified=(fair.fadma,))
    assert caught.value.code == "attendance_certified"
    assert fair.fadma in room.present


def test_the_trainer_ticks_and_takes_back_own_ticks_only(room: Room) -> None:
    fair = room.fair
    rows = {row.person_id: row.registration_id or 0 for row in room.sheet.rows if row.person_id}
    where = {"edition_id": fair.edition, "workshop_id": fair.training}
    room.session.rollback()
    with room.act("desk") as deed:
        assert mark_present(deed, **where, present=[rows[fair.fadma]], before=[]) == (1, 0)
    assert room.present[fair.fadma] == Way.TRAINER
    with room.act("desk") as deed:
        before = [rows[fair.fadma], rows[fair.youssef]]
        assert mark_present(deed, **where, present=[], before=before) == (0, 1)
    assert set(room.present) == {fair.youssef, fair.mina}
    with room.act("desk") as deed, pytest.raises(Refusal) as caught:
        mark_present(deed, **where, present=[rows[fair.fadma]], before=[], certified=[fair.mina])
    assert caught.value.code == "session_certified"


def test_a_tick_that_a_scan_follows_is_taken_back_without_losing_the_scan(room: Room) -> None:
    fair = room.fair
    where = {"edition_id": fair.edition, "workshop_id": fair.training}
    fadma = next(row.registration_id or 0 for row in room.sheet.rows if row.person_id == fair.fadma)
    room.session.rollback()
    with room.act("desk") as deed:
        mark_present(deed, **where, present=[fadma], before=[])
    with room.act("desk", at=NIGHT) as deed:
        visit = ScannedCode("visit-late", "", fair.device, fair.training, NIGHT)
        admit_by_name(deed, visit, edition_id=fair.edition, person_id=fair.fadma)
    assert room.present[fair.fadma] == Way.TRAINER
    with room.act("desk") as deed:
        mark_present(deed, **where, present=[], before=[fadma])
    assert room.present[fair.fadma] == Way.NAME


def test_two_writers_of_a_note_lose_nothing(room: Room) -> None:
    workshop = room.fair.training
    room.session.rollback()
    with room.act("desk") as deed:
        assert write_note(deed, workshop_id=workshop, text="سؤال عن الفواتير", version=0) == 1
    with room.act("organiser") as deed, pytest.raises(Refusal) as caught:
        write_note(deed, workshop_id=workshop, text="Autre chose", version=0)
    assert caught.value.code == "note_changed"
    assert get_note(room.session, workshop).text == "سؤال عن الفواتير"
