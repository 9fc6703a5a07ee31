"""Those who write the programme, on both databases: sessions, tracks, trainers, rooms, minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import FADMA, MINA, YOUSSEF
from tests.factories import make_edition, make_person
from village.editions.actions import add_room
from village.editions.queries import list_rooms
from village.editions.rules import NewRoom
from village.kit.refusal import Refusal
from village.workshops.actions import import_programme, register
from village.workshops.actions.discarding import discard_session
from village.workshops.actions.minutes import close_minutes, reopen_minutes, write_minutes
from village.workshops.actions.rooms import change_room
from village.workshops.actions.sessions import add_session, edit_session
from village.workshops.actions.timetable import move_session
from village.workshops.actions.tracks import add_track, edit_track
from village.workshops.actions.trainers import add_trainer, edit_trainer
from village.workshops.calendars import place
from village.workshops.pages.manage import session_values
from village.workshops.queries import get_workshop, list_workshops
from village.workshops.queries.minutes import get_minutes, minutes_states
from village.workshops.queries.programme import get_track, get_trainer
from village.workshops.rules import Mode, NewTrainer, NewWorkshop
from village.workshops.rules.sessions import MinutesText, SessionText, TrackText, TrainerText
from village.workshops.rules.timetable import Slot

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from village.kit.deeds import Deed

    Act = Callable[..., AbstractContextManager[Deed]]

BEFORE = datetime(2026, 11, 20, 9, tzinfo=UTC)
YASSINE = NewTrainer("T01", "ياسين الفلاحي", "Yassine Fellahi", "m")
MARKETING = NewWorkshop(
    "W01", "تقنيات التسويق", "Techniques de vente", "training", Mode.ONSITE, "M1", date(2026, 12, 4), time(10), time(12),
    120, 1, trainers=("T01",),
)  # fmt: skip
PLENARY = replace(MARKETING, code="W02", kind="plenary", room="S1", capacity=100, trainers=())
CEREMONY = replace(MARKETING, code="W03", kind="ceremony", room="M2", day=date(2026, 12, 5), capacity=0, trainers=())
FORUM = SessionText("منتدى", "Forum", "forum", "onsite", places_onsite=40)


class Fair:
    """The edition, sessions and people of these tests."""

    def __init__(self, act: Act) -> None:
        self.act = act
        with act("system", at=BEFORE) as deed:
            self.edition = make_edition(deed)
            self.ids = import_programme(deed, self.edition, [YASSINE], [MARKETING, PLENARY, CEREMONY])
            self.people = [make_person(deed, self.edition, member) for member in (YOUSSEF, FADMA, MINA)]

    def session(self, deed: Deed, code: str) -> Any:
        """Read a session."""
        return get_workshop(deed.session, self.edition, code)

    def edit(self, code: str, *, expected: int | None = None, **changes: Any) -> list[str]:
        """Change a session's text in a deed of its own."""
        with self.act(at=BEFORE) as deed:
            row = self.session(deed, code)
            text = SessionText.of({**session_values(row), **changes})
            version = row.version if expected is None else expected
            return edit_session(deed, workshop_id=row.id, text=text, expected=version)


@pytest.fixture
def fair(act: Act) -> Fair:
    """A small fair before its opening."""
    return Fair(act)


def refused(code: str) -> Any:
    """Expect a refusal."""
    return pytest.raises(Refusal, match=code)


def test_a_session_is_added_as_a_draft_that_nobody_sees(fair: Fair) -> None:
    with fair.act(at=BEFORE) as deed:
        code = add_session(deed, edition_id=fair.edition, text=FORUM, minutes=90)
    with fair.act(at=BEFORE) as deed:
        assert code == "W04"
        assert code not in {row.code for row in list_workshops(deed.session, fair.edition)}
        row = fair.session(deed, code)
        assert (row.status, row.room, row.starts, row.ends) == ("draft", None, time(10), time(11, 30))
        assert row.places.onsite == 40
        with refused("session_length_wrong"):
            add_session(deed, edition_id=fair.edition, text=FORUM, minutes=5)
        with refused("session_title_missing"):
            add_session(deed, edition_id=fair.edition, text=replace(FORUM, title_ar="", title_fr=""), minutes=60)


def test_two_editors_at_once_the_second_is_told(fair: Fair) -> None:
    assert fair.edit("W01", aims_ar="أهداف", theme="marketing", langs=["fr", "ar"]) == ["theme", "langs", "aims_ar"]
    with refused("changed_meanwhile"):
        fair.edit("W01", expected=0, title_fr="Autre")
    with fair.act(at=BEFORE) as deed:
        row = fair.session(deed, "W01")
        assert (row.title_fr, row.theme, row.langs, row.version) == ("Techniques de vente", "marketing", ("ar", "fr"), 1)
    assert fair.edit("W01", theme="marketing") == []
    with fair.act(at=BEFORE) as deed:
        assert fair.session(deed, "W01").version == 1


def test_a_session_held_online_leaves_its_room_and_waits_for_another(fair: Fair) -> None:
    fair.edit("W01", mode="online", places_online=50)
    with fair.act(at=BEFORE) as deed:
        row = fair.session(deed, "W01")
        assert (row.mode, row.room, row.venue_id, row.places.onsite, row.places.online) == ("online", None, None, 0, 50)
    fair.edit("W02", mode="hybrid", places_online=50)
    with fair.act(at=BEFORE) as deed:
        assert fair.session(deed, "W02").room.code == "S1"


def test_a_session_without_a_room_is_not_said_to_be_online(fair: Fair) -> None:
    fair.edit("W01", mode="online", places_online=50)
    with fair.act(at=BEFORE) as deed:
        online = fair.session(deed, "W01")
    fair.edit("W01", mode="onsite", places_onsite=40)
    with fair.act(at=BEFORE) as deed:
        onsite = fair.session(deed, "W01")
    assert (place(online, "fr"), place(onsite, "fr")) == ("À distance", "Salle à préciser")


def test_added_places_go_to_those_who_wait(fair: Fair) -> None:
    for person in fair.people:
        with fair.act("public", at=BEFORE) as deed:
            register(deed, person_id=person, workshop_id=fair.ids["W01"])
    assert fair.edit("W01", places_onsite=2) == ["places_onsite"]
    with fair.act(at=BEFORE) as deed:
        row = fair.session(deed, "W01")
        assert (row.places.taken_onsite, row.waiting) == (2, 1)
    with refused("session_has_registrations"):
        fair.edit("W01", kind="ceremony")
    with refused("session_channel_taken"):
        fair.edit("W01", mode="online", places_online=9, join_url="https://salle.example/x")
    with refused("room_too_small"):
        fair.edit("W01", places_onsite=81)


def test_nobody_registers_for_a_ceremony(fair: Fair) -> None:
    with fair.act("public", at=BEFORE) as deed, pytest.raises(Refusal) as caught:
        register(deed, person_id=fair.people[0], workshop_id=fair.ids["W03"])
    assert "registration_not_needed" in {caught.value.code, *(each.code for each in caught.value.objections)}


def test_a_track_with_its_organiser_and_report(fair: Fair) -> None:
    with fair.act(at=BEFORE) as deed:
        code = add_track(deed, edition_id=fair.edition, text=TrackText(name_fr="Université citoyenne"))
        assert add_track(deed, edition_id=fair.edition, text=TrackText(name_ar="منتدى البيئة")) == "TR2"
        row = get_track(deed.session, fair.edition, code)
    fair.edit("W01", track=code)
    with fair.act(at=BEFORE) as deed:
        text = TrackText(name_fr=row.name_fr, organiser_fr="Association Ofoq", report_ar="تقرير")
        assert edit_track(deed, track_id=row.id, text=text, expected=1) == ["organiser_fr", "report_ar"]
    with fair.act(at=BEFORE) as deed:
        track = fair.session(deed, "W01").track
        assert (track.code, track.organiser_fr, track.version) == ("TR1", "Association Ofoq", 2)
        with refused("changed_meanwhile"):
            edit_track(deed, track_id=row.id, text=TrackText(name_fr="Autre"), expected=1)
        with refused("track_name_missing"):
            edit_track(deed, track_id=row.id, text=TrackText(), expected=2)
        with refused("track_not_found"):
            get_track(deed.session, fair.edition, "TR9")


def test_a_trainer_has_a_profile_for_all_and_a_telephone_for_the_organisers(fair: Fair) -> None:
    with fair.act(at=BEFORE) as deed:
        row = get_trainer(deed.session, fair.edition, "t01")
        text = TrainerText(row.name_ar, row.name_fr, "m", profile_fr="Il enseigne.", phone="06 00 00 00 12")
        assert edit_trainer(deed, trainer_id=row.id, text=text, expected=1) == ["profile_fr", "phone"]
        assert add_trainer(deed, edition_id=fair.edition, text=TrainerText(name_ar="مينة")) == "T02"
    with fair.act(at=BEFORE) as deed:
        row = get_trainer(deed.session, fair.edition, "T01")
        assert (row.phone, row.email, row.version) == ("+212600000012", None, 2)
        with refused("phone_invalid"):
            edit_trainer(deed, trainer_id=row.id, text=replace(text, phone="12"), expected=2)
        with refused("trainer_name_missing"):
            add_trainer(deed, edition_id=fair.edition, text=TrainerText())


def test_a_room_keeps_the_seats_that_sessions_need(fair: Fair) -> None:
    fair.edit("W01", places_onsite=50)
    tent = NewRoom("M1", "الخيمة الكبرى", "Grande tente", 80)
    with fair.act(at=BEFORE) as deed:
        add_room(deed, edition_id=fair.edition, venue_code="V1", room=NewRoom("M3", "قاعة", "Salle", 12, "board"))
        wider = replace(tent, capacity=60, equipment="sound,accessible")
        assert change_room(deed, edition_id=fair.edition, code="M1", seen=tent, room=wider) == ["capacity", "equipment"]
    with fair.act(at=BEFORE) as deed:
        rooms = {each.code: each for each in list_rooms(deed.session, fair.edition)}
        assert (rooms["M3"].capacity, rooms["M3"].equipment) == (12, ("board",))
        assert rooms["M1"].equipment == ("sound", "accessible")
        with refused("room_capacity_needed") as caught:
            change_room(deed, edition_id=fair.edition, code="M1", seen=wider, room=replace(wider, capacity=49))
        assert caught.value.facts["workshops"] == "W01"
        with refused("changed_meanwhile"):
            change_room(deed, edition_id=fair.edition, code="M1", seen=tent, room=wider)
        with refused("room_code_taken"):
            add_room(deed, edition_id=fair.edition, venue_code="V2", room=NewRoom("M1", "قاعة", "", 12))


def test_minutes_are_written_closed_and_opened_again(fair: Fair) -> None:
    plenary = fair.ids["W02"]
    with fair.act(at=BEFORE) as deed:
        with refused("minutes_not_asked"):
            write_minutes(deed, workshop_id=fair.ids["W01"], text=MinutesText(), expected=0)
        with refused("minutes_empty"):
            close_minutes(deed, workshop_id=plenary)
        assert write_minutes(deed, workshop_id=plenary, text=MinutesText(text_ar="كلام"), expected=0) == 1
    with fair.act(at=BEFORE) as deed:
        with refused("changed_meanwhile"):
            write_minutes(deed, workshop_id=plenary, text=MinutesText(text_ar="آخر"), expected=0)
        said = MinutesText("Mina", 91, "كلام", "Paroles", "قرار", "Décision")
        assert write_minutes(deed, workshop_id=plenary, text=said, expected=1) == 2
        assert write_minutes(deed, workshop_id=plenary, text=said, expected=2) == 2
        assert minutes_states(deed.session, fair.edition) == {plenary: False}
        digest = close_minutes(deed, workshop_id=plenary)
        assert len(digest) == 64
    with fair.act(at=BEFORE) as deed:
        row = get_minutes(deed.session, plenary)
        assert (row.text, row.closed_at) == (said, BEFORE)
        with refused("minutes_closed"):
            write_minutes(deed, workshop_id=plenary, text=said, expected=row.version)
        with refused("minutes_reason_missing"):
            reopen_minutes(deed, workshop_id=plenary, reason=" ")
        reopen_minutes(deed, workshop_id=plenary, reason="Un nom était faux.")
    with fair.act(at=BEFORE) as deed, refused("minutes_open"):
        reopen_minutes(deed, workshop_id=plenary, reason="Encore.")


def test_a_draft_added_by_mistake_is_taken_away_with_its_steps(fair: Fair) -> None:
    with fair.act(at=BEFORE) as deed:
        code = add_session(deed, edition_id=fair.edition, text=FORUM, minutes=90)
        number = fair.session(deed, code).id
        row = fair.session(deed, code)
        tray = Slot(row.day, row.starts, row.ends, None, "draft")
        room = next(each.id for each in list_rooms(deed.session, fair.edition) if each.code == "S1")
        placed = Slot(date(2026, 12, 5), time(15), time(16, 30), room, "planned")
        move_session(deed, edition_id=fair.edition, workshop_id=number, before=tray, after=placed)
    with fair.act(at=BEFORE) as deed:
        assert discard_session(deed, edition_id=fair.edition, workshop_id=number) == code
        rows = list_workshops(deed.session, fair.edition, statuses=("draft", "planned", "cancelled"))
    assert code not in {row.code for row in rows}
    with pytest.raises(Refusal, match="workshop_not_found"), fair.act(at=BEFORE) as deed:
        discard_session(deed, edition_id=fair.edition, workshop_id=number)


def test_what_somebody_knows_of_is_not_discarded(fair: Fair) -> None:
    with pytest.raises(Refusal, match="session_is_public"), fair.act(at=BEFORE) as deed:
        discard_session(deed, edition_id=fair.edition, workshop_id=fair.ids["W01"])
