"""Deeds with certificates on both databases: earned, numbered without gaps, corrected, revoked, verified."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from tests.attended import AT_THE_DOOR, Came, came_to_the_fair
from village.badges.rules import group_short_code
from village.certificates.actions import (
    correct_certificate,
    issue_certificate,
    issue_certificates,
    revoke_certificate,
)
from village.certificates.queries import (
    certificate_figures,
    digits_for,
    get_certificate,
    list_certificates,
    list_for_person,
    list_lines,
    verify_link,
    verify_number,
)
from village.certificates.rules import State
from village.checkin.actions import admit_by_name
from village.checkin.rules import ScannedCode
from village.editions.queries import get_edition
from village.kit.refusal import Refusal
from village.kit.signing import Keyring

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy.orm import Session

    from village.kit.deeds import Deed

    Act = Callable[..., AbstractContextManager[Deed]]


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys")


@pytest.fixture
def came(act: Act) -> Came:
    with act() as deed:
        return came_to_the_fair(deed)


@pytest.fixture
def issued(act: Act, came: Came) -> Came:
    with act() as deed:
        issue_certificates(deed, edition_id=came.edition)
    return came


def test_each_registered_attendance_earns_one(act: Act, session: Session, came: Came) -> None:
    with act() as deed:
        made = issue_certificates(deed, edition_id=came.edition)
    assert (len(made.ids), made.already) == (3, 0)
    rows = list_certificates(session, came.edition)
    assert {(row.person_id, row.workshop_id) for row in rows} == came.earned
    assert [row.number for row in rows] == [1, 2, 3]
    assert {row.gender for row in rows} == {"m", "f", "unknown"}


def test_asking_again_issues_only_what_is_new(act: Act, session: Session, issued: Came) -> None:
    with act() as deed:
        assert issue_certificates(deed, edition_id=issued.edition).ids == ()
    with act() as deed:
        late = ScannedCode("late", "", issued.device, issued.training, AT_THE_DOOR)
        admit_by_name(deed, late, edition_id=issued.edition, person_id=issued.fadma)
    with act() as deed:
        made = issue_certificates(deed, edition_id=issued.edition)
    assert (len(made.ids), made.already) == (1, 3)
    assert [row.number for row in list_certificates(session, issued.edition)] == [1, 2, 3, 4]


@pytest.mark.parametrize("workshop", ["training", "plenary", "unknown"])
def test_what_was_not_earned_is_refused(act: Act, session: Session, came: Came, workshop: str) -> None:
    with pytest.raises(Refusal) as refused, act() as deed:
        issue_certificate(
            deed, edition_id=came.edition, person_id=came.fadma, workshop_id=getattr(came, workshop, 999)
        )
    assert refused.value.code == "certificate_not_earned"
    assert list_certificates(session, came.edition) == []


def test_a_single_one_is_issued_once(act: Act, session: Session, came: Came) -> None:
    wanted = {"edition_id": came.edition, "person_id": came.youssef, "workshop_id": came.training}
    with act() as deed:
        first = issue_certificate(deed, **wanted)
    with act() as deed:
        assert issue_certificate(deed, **wanted) == first
        made = issue_certificates(deed, edition_id=came.edition)
    assert made.already == 1
    assert [row.number for row in list_certificates(session, came.edition)] == [1, 2, 3]


def test_two_offices_at_once_leave_no_gap_and_no_double(act: Act, engine: sa.Engine, session: Session, came: Came) -> None:
    ready = threading.Barrier(2)
    made: list[Any] = []

    def office() -> None:
        ready.wait()
        with act() as deed:
            made.append(issue_certificates(deed, edition_id=came.edition))

    # The series must exist before two of them lock it; the first certificate of an edition makes it.
    with act() as deed:
        issue_certificate(deed, edition_id=came.edition, person_id=came.youssef, workshop_id=came.training)
    threads = [threading.Thread(target=office) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(each.ids) for each in made) == [0, 2]
    assert [row.number for row in list_certificates(session, came.edition)] == [1, 2, 3]


def test_a_revoked_one_says_so_and_is_not_issued_again(
    act: Act, session: Session, keys: Keyring, issued: Came
) -> None:
    row = list_certificates(session, issued.edition)[0]
    digits = digits_for(row, 14, keys)
    session.rollback()
    with act() as deed:
        revoke_certificate(deed, certificate_id=row.id, reason="سجل بدل شخص آخر")
    session.rollback()
    assert verify_link(session, digits, keys).line.certificate.state is State.REVOKED
    session.rollback()
    with act() as deed:
        assert issue_certificates(deed, edition_id=issued.edition).ids == ()
    with pytest.raises(Refusal, match="certificate_revoked"), act() as deed:
        revoke_certificate(deed, certificate_id=row.id, reason="twice")
    with pytest.raises(Refusal, match="certificate_revoked"), act() as deed:
        issue_certificate(deed, edition_id=issued.edition, person_id=row.person_id, workshop_id=row.workshop_id)


def test_a_correction_keeps_the_number_and_takes_the_new_name(
    act: Act, session: Session, keys: Keyring, issued: Came
) -> None:
    old = next(row for row in list_certificates(session, issued.edition) if row.person_id == issued.fadma)
    session.rollback()
    with act() as deed:
        deed.session.execute(
            sa.text("UPDATE person SET family_fr = 'Oubellah', gender = 'unknown' WHERE id = :id"), {"id": issued.fadma}
        )
        new_id = correct_certificate(deed, certificate_id=old.id, reason="nom mal écrit")
    session.rollback()
    new = get_certificate(session, new_id)
    assert (new.number, new.version, new.state) == (old.number, 2, State.VALID)
    assert (new.name_fr, new.gender) == ("Fadma Oubellah", "unknown")
    assert new.number_in("VS14") == f"VS14-A-{old.number:04d}-2"
    assert verify_link(session, digits_for(old, 14, keys), keys).line.certificate.state is State.CORRECTED
    assert verify_link(session, digits_for(new, 14, keys), keys).line.certificate.state is State.VALID
    edition = get_edition(session, issued.edition)
    assert [line.certificate.id for line in list_for_person(session, edition, issued.fadma)] == [new_id]


def test_forged_and_altered_codes_are_refused(
    session: Session, keys: Keyring, issued: Came, tmp_path: Path
) -> None:
    from dataclasses import replace

    row = list_certificates(session, issued.edition)[0]
    true = digits_for(row, 14, keys)
    for wrong in (
        digits_for(row, 14, Keyring(tmp_path / "forger")),
        true[:-2],
        str(int(true) ^ 1 << 600),
        digits_for(replace(row, minutes=row.minutes + 60), 14, keys),
        digits_for(replace(row, name_ar="شخص آخر"), 14, keys),
    ):
        with pytest.raises(Refusal) as refused:
            verify_link(session, wrong, keys)
        assert refused.value.code == "certificate_forged"
    with pytest.raises(Refusal, match="certificate_not_found"):
        verify_link(session, digits_for(replace(row, id=row.id ^ 1), 14, keys), keys)


def test_number_and_short_code_together_name_a_certificate(session: Session, issued: Came) -> None:
    row = list_certificates(session, issued.edition)[1]
    typed = group_short_code(row.short_code).lower()
    assert verify_number(session, "vs14-a-٠٠٠٢", typed).line.certificate.id == row.id
    for number, code in (("VS14-A-0001", typed), ("VS14-A-0002", "0" * 12), ("VS13-A-0002", typed), ("", ""), ("2", typed)):
        with pytest.raises(Refusal, match="certificate_not_found"):
            verify_number(session, number, code)


def test_figures_and_search(session: Session, act: Act, issued: Came) -> None:
    edition = get_edition(session, issued.edition)
    rows = list_certificates(session, issued.edition)
    session.rollback()
    with act() as deed:
        revoke_certificate(deed, certificate_id=rows[0].id, reason="x")
    session.rollback()
    figures = certificate_figures(session, issued.edition)
    assert (figures.earned, figures.valid, figures.waiting, figures.revoked) == (3, 2, 0, 1)
    assert figures.by_workshop == {issued.training: 1, issued.round_table: 1}
    for search, found in (("fadma", 1), ("اوبلا", 1), ("VS14-A-0003", 1), (rows[1].short_code, 1), ("Zineb", 0), ("", 3)):
        assert len(list_lines(session, edition, search=search)) == found


def test_every_deed_is_in_the_log_without_names(act: Act, engine: sa.Engine, issued: Came, session: Session) -> None:
    first, second, _ = [row.id for row in list_certificates(session, issued.edition)]
    session.rollback()
    with act() as deed:
        revoke_certificate(deed, certificate_id=first, reason="سر")
        correct_certificate(deed, certificate_id=second, reason="سر")
    with engine.connect() as connection:
        lines = [bytes(row[0]).decode() for row in connection.execute(sa.text("SELECT body FROM audit_entry"))]
    for code in ("certificates.issued", "certificate.revoked", "certificate.corrected"):
        assert sum(code in line for line in lines) == 1
    assert not any("سر" in line or "Youssef" in line for line in lines)
