"""Registration on both databases: the last place, two places at once, promotion, channels, what staff set aside."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from tests.cast import FADMA, MINA, NAIMA, YOUSSEF
from tests.factories import make_edition, make_person
from village.kit.deeds import Actor, begin
from village.kit.refusal import Refusal
from village.workshops.actions import (
    Newcomer,
    cancel_registration,
    change_places,
    import_programme,
    register,
    register_newcomer,
)
from village.workshops.queries import get_workshop, list_agenda, list_registrations
from village.workshops.rules import Channel, Mode, NewTrainer, NewWorkshop, Result, Wish

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from tests.databases import Database
    from village.kit.deeds import Deed

    Act = Callable[..., AbstractContextManager[Deed]]

BEFORE = datetime(2026, 11, 20, 9, tzinfo=UTC)
RUNNERS = 8

MARKETING = NewWorkshop(
    code="W01",
    title_ar="تقنيات التسويق",
    title_fr="Techniques de commercialisation",
    kind="training",
    mode=Mode.ONSITE,
    room="M1",
    day=date(2026, 12, 4),
    starts=time(10),
    ends=time(12),
    credit_minutes=120,
    capacity=1,
    trainers=("T01",),
)
AT_THE_SAME_TIME = replace(MARKETING, code="W02", room="M2", capacity=30, trainers=())
IN_SAIDIA_SOON_AFTER = replace(
    MARKETING, code="W03", room="S1", starts=time(12, 20), ends=time(14), capacity=30, trainers=()
)
IN_SAIDIA_LATER = replace(IN_SAIDIA_SOON_AFTER, code="W04", starts=time(14, 30), ends=time(16))
HYBRID = replace(
    MARKETING,
    code="W05",
    mode=Mode.HYBRID,
    day=date(2026, 12, 5),
    capacity=1,
    online_capacity=1,
    trainers=(),
    join_url="https://salle.example/w05",
)
PROGRAMME = (MARKETING, AT_THE_SAME_TIME, IN_SAIDIA_SOON_AFTER, IN_SAIDIA_LATER, HYBRID)
TRAINER = NewTrainer("T01", "ياسين الفلاحي", "Yassine Fellahi", "m")


class Fair:
    """The edition, workshops and people of these tests."""

    def __init__(self, act: Act) -> None:
        self.act = act
        with act("system", at=BEFORE) as deed:
            self.edition = make_edition(deed)
            self.workshops = import_programme(deed, self.edition, [TRAINER], PROGRAMME)
            self.youssef = make_person(deed, self.edition, YOUSSEF)
            self.fadma = make_person(deed, self.edition, FADMA)
            self.mina = make_person(deed, self.edition, MINA)
            self.crowd = [make_person(deed, self.edition, NAIMA) for _ in range(RUNNERS)]

    def register(self, person: int, code: str, **more: Any) -> Any:
        """Register in a deed of its own."""
        with self.act("public", at=more.pop("at", BEFORE)) as deed:
            return register(deed, person_id=person, workshop_id=self.workshops[code], **more)

    def cancel(self, person: int, code: str, **more: Any) -> Any:
        """Cancel in a deed of its own."""
        with self.act("public", at=more.pop("at", BEFORE)) as deed:
            return cancel_registration(deed, person_id=person, workshop_id=self.workshops[code], **more)


@pytest.fixture
def fair(act: Act) -> Fair:
    """A small fair before its opening."""
    return Fair(act)


def counts(engine: sa.Engine, code: str) -> tuple[int, int]:
    """Count confirmed registrations and the workshop's own counter: both must agree."""
    with engine.connect() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT w.taken_onsite + w.taken_online, "
                "(SELECT count(*) FROM registration r WHERE r.workshop_id = w.id AND r.status = 'confirmed') "
                "FROM workshop w WHERE w.code = :code"
            ),
            {"code": code},
        ).one()
    return rows[0], rows[1]


# ---- the last place


def test_two_people_take_the_last_place_in_threads(fair: Fair, engine: sa.Engine) -> None:
    with ThreadPoolExecutor(RUNNERS) as pool:
        results = [r.result for r in pool.map(lambda p: fair.register(p, "W01"), fair.crowd)]
    assert results.count(Result.CONFIRMED) == 1
    assert results.count(Result.WAITLISTED) == RUNNERS - 1
    assert counts(engine, "W01") == (1, 1)
    with engine.connect() as connection:
        seqs = connection.scalars(sa.text("SELECT seq FROM registration ORDER BY seq")).all()
    assert list(seqs) == list(range(1, RUNNERS + 1))


def _register_elsewhere(url: str, person: int, workshop: int, start: Any, answers: Any) -> None:
    """One process of the next test, with an engine of its own."""
    from tests.databases import import_all_models

    import_all_models()

    engine = sa.create_engine(url)
    start.wait()
    with begin(engine, actor=Actor("person", str(person)), now=BEFORE) as deed:
        answers.put(register(deed, person_id=person, workshop_id=workshop).result.value)
    engine.dispose()


def test_two_people_take_the_last_place_in_processes(fair: Fair, database: Database, engine: sa.Engine) -> None:
    spawn = multiprocessing.get_context("spawn")
    start, answers = spawn.Barrier(3), spawn.Queue()
    runners = [
        spawn.Process(target=_register_elsewhere, args=(database.url, person, fair.workshops["W01"], start, answers))
        for person in fair.crowd[:3]
    ]
    for runner in runners:
        runner.start()
    results = sorted(answers.get(timeout=60) for _ in runners)
    for runner in runners:
        runner.join(timeout=30)
    assert results == ["confirmed", "waitlisted", "waitlisted"]
    assert counts(engine, "W01") == (1, 1)


def test_one_person_cannot_take_two_overlapping_places_at_once(fair: Fair) -> None:
    with ThreadPoolExecutor(2) as pool:
        results = {r.result for r in pool.map(lambda code: fair.register(fair.fadma, code), ["W01", "W02"])}
    assert results == {Result.CONFIRMED, Result.REFUSED_OVERLAP}


def test_registering_and_cancelling_in_a_crowd_neither_deadlocks_nor_oversells(fair: Fair, engine: sa.Engine) -> None:
    def come_and_go(person: int) -> None:
        for code in ("W01", "W02", "W01"):
            fair.register(person, code)
            fair.cancel(person, code)

    with ThreadPoolExecutor(RUNNERS) as pool:
        list(pool.map(come_and_go, fair.crowd))
    assert counts(engine, "W01") == (0, 0)
    assert counts(engine, "W02") == (0, 0)


# ---- overlaps and travel


def test_an_overlap_is_refused_and_kept_in_the_list(fair: Fair, session: Session) -> None:
    fair.register(fair.youssef, "W01")
    answer = fair.register(fair.youssef, "W02")
    assert answer.result is Result.REFUSED_OVERLAP
    assert answer.overlap.facts["other"] == "W01"
    rows = list_registrations(session, fair.workshops["W02"])
    assert [r.status for r in rows] == ["refused"]


def test_the_way_to_saidia_refuses_and_later_allows(fair: Fair) -> None:
    fair.register(fair.youssef, "W01")
    refused = fair.register(fair.youssef, "W03")
    assert refused.result is Result.REFUSED_OVERLAP
    assert (refused.overlap.code, refused.overlap.facts["way"]) == ("refused_overlap_way", 35)
    assert fair.register(fair.youssef, "W04").result is Result.CONFIRMED


def test_who_waits_may_hold_an_overlapping_place_and_is_passed_over(fair: Fair, session: Session) -> None:
    fair.register(fair.crowd[0], "W01")
    assert fair.register(fair.youssef, "W01").result is Result.WAITLISTED
    assert fair.register(fair.youssef, "W02").result is Result.CONFIRMED
    assert fair.register(fair.fadma, "W01").result is Result.WAITLISTED
    item = next(i for i in list_agenda(session, fair.edition, fair.youssef) if i.workshop.code == "W01")
    assert item.registration.position == 1
    assert item.hindrance is not None
    assert item.hindrance.facts["other"] == "W02"
    assert fair.cancel(fair.crowd[0], "W01").promoted.person_id == fair.fadma
    session.rollback()
    kept = next(i for i in list_agenda(session, fair.edition, fair.youssef) if i.workshop.code == "W01")
    assert kept.registration.position == 1


# ---- cancelling


def test_a_cancelled_place_goes_to_who_waits_longest(fair: Fair, engine: sa.Engine) -> None:
    fair.register(fair.youssef, "W01")
    fair.register(fair.fadma, "W01")
    fair.register(fair.mina, "W01")
    cancelled = fair.cancel(fair.youssef, "W01")
    assert cancelled.result is Result.CANCELLED
    assert cancelled.promoted.person_id == fair.fadma
    assert counts(engine, "W01") == (1, 1)


def test_cancelling_nothing_is_ignored(fair: Fair) -> None:
    assert fair.cancel(fair.youssef, "W01").result is Result.IGNORED
    fair.register(fair.youssef, "W01")
    fair.cancel(fair.youssef, "W01")
    assert fair.cancel(fair.youssef, "W01").result is Result.IGNORED


def test_who_cancels_may_come_back_at_the_end(fair: Fair) -> None:
    fair.register(fair.youssef, "W01")
    fair.register(fair.fadma, "W01")
    fair.cancel(fair.youssef, "W01")
    assert fair.register(fair.youssef, "W01").result is Result.WAITLISTED


def test_after_the_beginning_only_staff_cancel(fair: Fair) -> None:
    begun = datetime(2026, 12, 4, 10, tzinfo=UTC)
    fair.register(fair.youssef, "W01")
    with pytest.raises(Refusal) as caught:
        fair.cancel(fair.youssef, "W01", at=begun)
    assert caught.value.code == "workshop_begun"
    assert fair.cancel(fair.youssef, "W01", at=begun, by_staff=True).result is Result.CANCELLED


# ---- channels


def test_a_full_room_with_places_left_online(fair: Fair, session: Session) -> None:
    assert fair.register(fair.youssef, "W05").channel is Channel.ONSITE
    online = fair.register(fair.fadma, "W05")
    assert (online.result, online.channel) == (Result.CONFIRMED, Channel.ONLINE)
    row = get_workshop(session, fair.edition, "W05")
    assert row.join_url == "https://salle.example/w05"
    assert (row.places.taken_onsite, row.places.taken_online) == (1, 1)
    assert fair.register(fair.mina, "W05").result is Result.WAITLISTED


def test_who_wants_the_room_alone_waits_for_the_room(fair: Fair) -> None:
    fair.register(fair.youssef, "W05")
    assert fair.register(fair.fadma, "W05", wish=Wish.ONSITE).result is Result.WAITLISTED
    assert fair.register(fair.mina, "W05").channel is Channel.ONLINE
    assert fair.cancel(fair.mina, "W05").promoted is None
    promoted = fair.cancel(fair.youssef, "W05").promoted
    assert (promoted.person_id, promoted.channel) == (fair.fadma, Channel.ONSITE)


# ---- staff


def test_staff_go_beyond_the_capacity_with_a_reason(fair: Fair, engine: sa.Engine, session: Session) -> None:
    fair.register(fair.youssef, "W01")
    answer = fair.register(fair.fadma, "W01", override="invited by the trainer")
    assert (answer.result, answer.overruled) == (Result.CONFIRMED, ("workshop_full",))
    assert counts(engine, "W01") == (2, 2)
    fair.register(fair.mina, "W01")
    assert fair.cancel(fair.youssef, "W01").promoted is None
    kept = [r for r in list_registrations(session, fair.workshops["W01"]) if r.person_id == fair.fadma]
    assert kept[0].reason == "invited by the trainer"
    codes = session.scalars(sa.text("SELECT code FROM audit_entry WHERE code LIKE 'registration.%' ORDER BY id"))
    assert "registration.overruled" in list(codes)


def test_added_places_go_to_those_who_wait(fair: Fair, engine: sa.Engine) -> None:
    for person in (fair.youssef, fair.fadma, fair.mina):
        fair.register(person, "W01")
    with fair.act("organiser") as deed:
        moved = change_places(deed, workshop_id=fair.workshops["W01"], onsite=2, online=0)
    assert [m.person_id for m in moved] == [fair.fadma]
    assert counts(engine, "W01") == (2, 2)


def test_fewer_places_take_nobodys_place(fair: Fair, engine: sa.Engine) -> None:
    fair.register(fair.youssef, "W01")
    with fair.act("organiser") as deed:
        change_places(deed, workshop_id=fair.workshops["W01"], onsite=0, online=0)
    assert counts(engine, "W01") == (1, 1)


# ---- refusals


def test_twice_is_refused_and_leaves_no_trace(fair: Fair, session: Session) -> None:
    fair.register(fair.youssef, "W01")
    with pytest.raises(Refusal) as caught:
        fair.register(fair.youssef, "W01")
    assert caught.value.code == "already_registered"
    assert len(list_registrations(session, fair.workshops["W01"])) == 1


def test_registration_closes_with_the_end_of_the_workshop(fair: Fair) -> None:
    assert fair.register(fair.youssef, "W01", at=datetime(2026, 12, 4, 11, 59, tzinfo=UTC)).seq == 1
    with pytest.raises(Refusal) as caught:
        fair.register(fair.fadma, "W01", at=datetime(2026, 12, 4, 12, tzinfo=UTC))
    assert caught.value.code == "registration_closed"


@pytest.mark.parametrize(("person", "workshop"), [(10_000_000, None), (None, 10_000_000)])
def test_what_does_not_exist_is_refused(fair: Fair, person: int | None, workshop: int | None) -> None:
    with pytest.raises(Refusal) as caught, fair.act("public", at=BEFORE) as deed:
        register(
            deed,
            person_id=person or fair.youssef,
            workshop_id=workshop or fair.workshops["W01"],
        )
    assert caught.value.code == ("person_not_found" if person else "workshop_not_found")


# ---- the public form


def test_a_newcomer_and_the_place_come_in_one_deed(fair: Fair, session: Session) -> None:
    with fair.act("public", at=BEFORE) as deed:
        welcomed = register_newcomer(
            deed,
            edition_id=fair.edition,
            workshop_id=fair.workshops["W01"],
            newcomer=Newcomer(given_ar="خديجة", phone="٠٦ ٠٠ ٠٠ ٠٠ ٩٩", consent_photo=True),
        )
    assert welcomed.registered.result is Result.CONFIRMED
    row = session.execute(
        sa.text("SELECT given_ar, phone, consent_photo, consent_contact FROM person WHERE id = :id"),
        {"id": welcomed.person_id},
    ).one()
    assert tuple(row) == ("خديجة", "+212600000099", True, False)


def test_a_refused_newcomer_leaves_no_person(fair: Fair, session: Session) -> None:
    before = session.scalar(sa.text("SELECT count(*) FROM person"))
    late = datetime(2026, 12, 5, tzinfo=UTC)
    with pytest.raises(Refusal) as caught, fair.act("public", at=late) as deed:
        register_newcomer(
            deed,
            edition_id=fair.edition,
            workshop_id=fair.workshops["W01"],
            newcomer=Newcomer(given_fr="Khadija", phone="0600000099"),
        )
    assert caught.value.code == "registration_closed"
    session.rollback()
    assert session.scalar(sa.text("SELECT count(*) FROM person")) == before


def test_newcomers_at_the_same_moment_all_come_in(fair: Fair, session: Session) -> None:
    def come(number: int) -> str:
        with fair.act("public", at=BEFORE) as deed:
            return register_newcomer(
                deed,
                edition_id=fair.edition,
                workshop_id=fair.workshops["W02" if number % 2 else "W04"],
                newcomer=Newcomer(given_fr=f"Aïcha {number}", phone="0600000099"),
            ).registered.result.value

    with ThreadPoolExecutor(RUNNERS) as pool:
        assert list(pool.map(come, range(RUNNERS))) == ["confirmed"] * RUNNERS


# ---- the programme


def test_a_clashing_programme_is_refused_as_a_whole(act: Act, session: Session) -> None:
    clash = replace(AT_THE_SAME_TIME, room="M1", trainers=("T01",))
    with act("system") as deed:
        edition = make_edition(deed)
    with pytest.raises(Refusal) as caught, act("system") as deed:
        import_programme(deed, edition, [TRAINER], [MARKETING, clash])
    assert {o.code for o in caught.value.objections} == {"room_taken", "trainer_taken"}
    assert session.scalar(sa.text("SELECT count(*) FROM workshop")) == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"room": "X9"}, "room_not_found"),
        ({"capacity": 500}, "room_too_small"),
        ({"trainers": ("T99",)}, "trainer_not_found"),
    ],
)
def test_a_programme_must_fit_the_fair(act: Act, change: dict[str, Any], code: str) -> None:
    with act("system") as deed:
        edition = make_edition(deed)
    with pytest.raises(Refusal) as caught, act("system") as deed:
        import_programme(deed, edition, [TRAINER], [replace(MARKETING, **change)])
    assert caught.value.code == code
