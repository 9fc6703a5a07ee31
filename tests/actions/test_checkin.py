"""Admission on both databases: two gates at once, clocks, forged codes, resends, walk-ins."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from tests.cast import FADMA, MINA, YOUSSEF
from tests.factories import make_edition, make_person
from village.badges.actions import issue_badges, reissue_badge, revoke_badge
from village.badges.queries import digits_for, find_active_badge, get_badge
from village.badges.rules import BadgeOrder
from village.checkin.actions import (
    admit,
    admit_by_name,
    register_device,
    revoke_device,
    walk_in,
)
from village.checkin.queries import (
    count_attendance,
    count_verdicts,
    list_attendance,
    list_conflicts,
    list_recent,
    list_verdicts,
)
from village.checkin.rules import ScannedCode, Verdict
from village.kit.refusal import Refusal
from village.kit.signing import Keyring
from village.workshops.actions import import_programme, register
from village.workshops.rules import Mode, NewWorkshop

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy.orm import Session

    from village.checkin.actions import Admission
    from village.kit.deeds import Deed

    Act = Callable[..., AbstractContextManager[Deed]]

BEFORE = datetime(2026, 11, 20, 9, tzinfo=UTC)
TEN = datetime(2026, 12, 4, 10, tzinfo=UTC)
NUMBER = 14
WORKSHOP = NewWorkshop(
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
)
IMPORTED = "5FDD5P3SFVGPRV1SQV9DKPF3C7"


class Door:
    """One workshop with two gates: Youssef is registered and badged, Fadma badged only, Mina has neither."""

    def __init__(self, act: Act, folder: Path) -> None:
        self.act, self.keys = act, Keyring(folder / "keys")
        with act("system", at=BEFORE) as deed:
            self.edition = make_edition(deed)
            self.workshop = import_programme(deed, self.edition, [], [WORKSHOP])["W01"]
            self.youssef = make_person(deed, self.edition, YOUSSEF)
            self.fadma = make_person(deed, self.edition, FADMA)
            self.mina = make_person(deed, self.edition, MINA)
            orders = [BadgeOrder(self.youssef, imported_id=IMPORTED), BadgeOrder(self.fadma)]
            self.badges = issue_badges(deed, edition_id=self.edition, orders=orders).ids
            register(deed, person_id=self.youssef, workshop_id=self.workshop)
            self.north = register_device(deed, self.edition, code="north")
            self.south = register_device(deed, self.edition, code="south")

    def token(self, number: int = 0) -> str:
        """Write a badge's signed code as a camera reads it."""
        with self.act("system") as deed:
            digits = digits_for(get_badge(deed.session, self.badges[number]), NUMBER, self.keys)
        return f"HTTP://VILLAGE.TEST/B/{digits}"

    def scan(self, uuid: str, code: str = IMPORTED, device: int | None = None, at: datetime = TEN) -> ScannedCode:
        """What a gate read."""
        return ScannedCode(uuid, code, device or self.north, self.workshop, at)

    def admit(self, scan: ScannedCode, keys: Any = None) -> Admission:
        """Let the gate decide in a deed of its own."""
        with self.act("desk", at=TEN) as deed:
            return admit(deed, scan, keys or self.keys, edition_id=self.edition, edition_number=NUMBER)


@pytest.fixture
def door(act: Act, tmp_path: Path) -> Door:
    """A door and its people."""
    return Door(act, tmp_path)


@pytest.mark.parametrize("way", ["imported", "signed", "short", "digits"])
def test_every_form_of_the_code_opens_the_door(door: Door, session: Session, way: str) -> None:
    badge = find_active_badge(session, door.edition, door.youssef)
    assert badge is not None
    code = {
        "imported": IMPORTED,
        "signed": door.token(),
        "short": badge.short_text.lower(),
        "digits": door.token().rsplit("/", 1)[1],
    }[way]
    session.rollback()
    answer = door.admit(door.scan("scan-0001", code))
    assert (answer.verdict, answer.person_id) == (Verdict.REGISTERED, door.youssef)
    assert [row.person_id for row in list_attendance(session, door.edition)] == [door.youssef]


def test_the_same_badge_at_two_gates_at_once(door: Door, session: Session) -> None:
    scans = [
        door.scan(f"scan-{n:04}", device=(door.north, door.south)[n % 2], at=TEN + timedelta(seconds=n))
        for n in range(8)
    ]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(door.admit, reversed(scans)))
    verdicts = list_verdicts(session, door.edition)
    assert verdicts.pop("scan-0000") == "registered"
    assert set(verdicts.values()) == {"duplicate"}
    assert [row.first_at for row in list_attendance(session, door.edition)] == [TEN]
    conflicts = list_conflicts(session, door.edition)
    assert {(c.first_device, c.later_device) for c in conflicts} == {("north", "south")}
    assert len(conflicts) == 4


def test_the_same_scan_sent_by_many_at_once_is_kept_once(door: Door, session: Session) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(door.admit, [door.scan("scan-0001", code) for code in (IMPORTED, "nobody") * 3]))
    assert sum(not answer.known for answer in answers) == 1
    assert len(list_verdicts(session, door.edition)) == 1
    assert len({answer.verdict for answer in answers}) == 1


def test_a_resend_is_known_and_changes_nothing(door: Door, session: Session) -> None:
    first = door.admit(door.scan("scan-0001"))
    again = door.admit(door.scan("scan-0001", at=TEN - timedelta(hours=2)))
    assert (first.known, again.known) == (False, True)
    assert again.verdict is Verdict.REGISTERED
    assert [row.first_at for row in list_attendance(session, door.edition)] == [TEN]


def test_a_clock_offset_changes_who_was_first(door: Door, session: Session) -> None:
    """The gate whose clock runs an hour ahead wrote 10:30; it was 9:30, before the other gate's ten o'clock."""
    with door.act("system", at=BEFORE) as deed:
        fast = register_device(deed, door.edition, code="south", offset_s=3600)
    assert fast == door.south
    door.admit(door.scan("scan-north", at=TEN))
    late = door.admit(door.scan("scan-south", device=fast, at=TEN + timedelta(minutes=30)))
    assert (late.verdict, late.moved) == (Verdict.REGISTERED, True)
    assert list_verdicts(session, door.edition) == {"scan-north": "duplicate", "scan-south": "registered"}
    assert [row.first_at for row in list_attendance(session, door.edition)] == [TEN - timedelta(minutes=30)]
    conflict = list_conflicts(session, door.edition)[0]
    assert (conflict.first_device, conflict.later_device) == ("south", "north")


def test_equal_instants_fall_alike_in_both_orders(door: Door, session: Session) -> None:
    door.admit(door.scan("scan-b"))
    door.admit(door.scan("scan-a", device=door.south))
    assert list_verdicts(session, door.edition) == {"scan-a": "registered", "scan-b": "duplicate"}


# ---- codes that open nothing


def test_one_changed_digit_is_a_forged_code(door: Door, session: Session) -> None:
    code = door.token()
    altered = code[:-1] + str((int(code[-1]) + 1) % 10)
    answer = door.admit(door.scan("scan-0001", altered))
    assert (answer.verdict, answer.person_id) == (Verdict.FORGED_CODE, None)
    assert list_attendance(session, door.edition) == []


def test_a_code_signed_by_strangers_is_forged(door: Door, tmp_path: Path) -> None:
    strangers = Keyring(tmp_path / "strangers")
    with door.act("system") as deed:
        digits = digits_for(get_badge(deed.session, door.badges[0]), NUMBER, strangers)
    assert door.admit(door.scan("scan-0001", digits)).verdict is Verdict.FORGED_CODE


def test_a_signed_code_of_another_year(door: Door) -> None:
    with door.act("system") as deed:
        digits = digits_for(get_badge(deed.session, door.badges[0]), NUMBER - 1, door.keys)
    assert door.admit(door.scan("scan-0001", digits)).verdict is Verdict.OTHER_EDITION


def test_an_unknown_code_is_kept_without_the_code(door: Door, session: Session) -> None:
    code = "7Y4N3YRBJA3WAHWX6A4RZ0GDE9"
    assert door.admit(door.scan("scan-0001", code)).verdict is Verdict.UNKNOWN_CODE
    row = session.execute(sa.text("SELECT * FROM scan")).one()
    assert code not in str(row)
    assert len(row.code_hash) == 32
    assert row.person_id is None


def test_somebody_not_registered_is_refused_and_kept(door: Door, session: Session) -> None:
    answer = door.admit(door.scan("scan-0001", door.token(1)))
    assert (answer.verdict, answer.person_id) == (Verdict.NOT_REGISTERED, door.fadma)
    assert [scan.verdict for scan in list_recent(session, door.workshop)] == ["not_registered"]
    assert list_attendance(session, door.edition) == []


@pytest.mark.parametrize("ended", ["revoked", "replaced"])
def test_an_ended_badge_opens_nothing(door: Door, ended: str) -> None:
    code = door.token()
    with door.act("organiser") as deed:
        if ended == "revoked":
            revoke_badge(deed, badge_id=door.badges[0], reason="lost")
        else:
            new = reissue_badge(deed, badge_id=door.badges[0], reason="lost")
    assert door.admit(door.scan("scan-0001", code)).verdict is Verdict.REVOKED_BADGE
    if ended == "replaced":
        with door.act("system") as deed:
            digits = digits_for(get_badge(deed.session, new), NUMBER, door.keys)
        assert door.admit(door.scan("scan-0002", digits)).verdict is Verdict.REGISTERED


# ---- devices, names, walk-ins


def test_a_withdrawn_device_is_not_believed(door: Door) -> None:
    with door.act("organiser") as deed:
        revoke_device(deed, door.north)
    with pytest.raises(Refusal) as caught:
        door.admit(door.scan("scan-0001"))
    assert caught.value.code == "device_revoked"


def test_admitted_by_name_counts_like_a_badge(door: Door, session: Session) -> None:
    with door.act("desk", at=TEN) as deed:
        named = admit_by_name(deed, door.scan("scan-0001", ""), edition_id=door.edition, person_id=door.youssef)
    assert named.verdict is Verdict.REGISTERED
    later = door.admit(door.scan("scan-0002", at=TEN + timedelta(minutes=1)))
    assert (later.verdict, later.first_at, later.first_device_id) == (Verdict.DUPLICATE, TEN, door.north)
    assert count_attendance(session, door.edition) == {door.workshop: 1}


def test_a_walk_in_into_a_full_room_needs_a_reason(door: Door, session: Session) -> None:
    visit = door.scan("scan-0001", "")
    with pytest.raises(Refusal) as caught, door.act("desk", at=TEN) as deed:
        walk_in(deed, visit, edition_id=door.edition, person_id=door.mina)
    assert caught.value.code == "workshop_full"
    assert count_verdicts(session, door.edition) == {}
    session.rollback()
    with door.act("desk", at=TEN) as deed:
        answer = walk_in(
            deed, visit, edition_id=door.edition, person_id=door.mina, override="chairs were brought"
        )
    assert answer.verdict is Verdict.REGISTERED
    codes = set(session.scalars(sa.text("SELECT code FROM audit_entry")))
    assert {"registration.overruled", "scan.admitted"} <= codes


def test_a_refused_scan_does_not_hinder_the_walk_in_after_it(door: Door, session: Session) -> None:
    with door.act("system", at=BEFORE) as deed:
        wide = import_programme(deed, door.edition, [], [replace(WORKSHOP, code="W02", capacity=9, room="M2")])["W02"]
    at_wide = replace(door.scan("scan-0001", door.token(1)), workshop_id=wide)
    assert door.admit(at_wide).verdict is Verdict.NOT_REGISTERED
    with door.act("desk", at=TEN) as deed:
        visit = replace(at_wide, uuid="scan-0002", device_time=TEN + timedelta(minutes=1))
        answer = walk_in(deed, visit, edition_id=door.edition, person_id=door.fadma)
    assert answer.verdict is Verdict.REGISTERED
    assert list_verdicts(session, door.edition) == {"scan-0001": "not_registered", "scan-0002": "registered"}
