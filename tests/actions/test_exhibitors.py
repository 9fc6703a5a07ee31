"""Applications taken in and decided, delegates named, days noted, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from tests.cast import RACHIDA, YOUSSEF
from tests.factories import make_edition
from village.audit.queries import EntryFilter, list_entries
from village.exhibitors import actions, queries
from village.exhibitors.rules import (
    Decision,
    DecisionReason,
    NewExhibitor,
    NewPresence,
    Presence,
    Status,
)
from village.kit.refusal import Refusal
from village.people.actions import add_people
from village.people.rules import NewPerson

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.floor_fair import Act

TIFAWIN = NewExhibitor(
    "C901", "تعاونية تيفاوين", "Coopérative Tifawine", "argan", "argan_oil", "02.113", labels=("bio",), members=9
)
ANNOUR = replace(TIFAWIN, code="C902", name_ar="تعاونية النور", name_fr="", sector="food", branch="spices")
ANAROUZ = replace(TIFAWIN, code="C903", name_ar="", name_fr="Coopérative Anarouz", province_code="02.411")


@pytest.fixture
def edition(act: Act) -> int:
    """An edition with three applications."""
    with act("organiser") as deed:
        edition_id = make_edition(deed)
        actions.add_exhibitors(deed, edition_id, [TIFAWIN, ANNOUR, ANAROUZ])
    return edition_id


def test_applications_come_in_whole_or_not_at_all(act: Act, session: Session, edition: int) -> None:
    new = [replace(TIFAWIN, code="C904"), replace(TIFAWIN, name_ar="", name_fr="")]
    with pytest.raises(Refusal) as refused, act("organiser") as deed:
        actions.add_exhibitors(deed, edition, new)
    assert {each.code for each in refused.value.objections} == {"exhibitor_without_name", "exhibitor_code_taken"}
    assert [row.code for row in queries.list_exhibitors(session, edition)] == ["C901", "C902", "C903"]


def test_decisions_and_their_reasons_are_kept_and_logged(act: Act, session: Session, edition: int) -> None:
    with act("organiser") as deed:
        actions.decide_applications(
            deed,
            edition,
            [
                Decision("C901", Status.ACCEPTED),
                Decision("C902", Status.WAITLISTED, waiting_rank=1),
                Decision("C903", Status.REJECTED, reason=DecisionReason.LATE),
            ],
        )
    assert queries.count_by_status(session, edition) == {
        Status.SUBMITTED: 0,
        Status.ACCEPTED: 1,
        Status.WAITLISTED: 1,
        Status.REJECTED: 1,
    }
    assert [row.code for row in queries.list_placeable(session, edition)] == ["C901"]
    (line,) = list_entries(session, EntryFilter(code="exhibitor.rejected")).rows
    assert line.facts == {"exhibitor": "C903", "reason": "late"}


def test_a_decision_about_nobody_changes_nothing(act: Act, session: Session, edition: int) -> None:
    wrong = [Decision("C901", Status.ACCEPTED), Decision("C999", Status.ACCEPTED), Decision("C902", Status.REJECTED)]
    with pytest.raises(Refusal) as refused, act("organiser") as deed:
        actions.decide_applications(deed, edition, wrong)
    assert {each.code for each in refused.value.objections} == {"exhibitor_not_found", "decision_reason_wrong"}
    assert queries.list_placeable(session, edition) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("تيفاوين", ["C901"]),
        ("tifawine", ["C901"]),
        ("TIFAWÎN", ["C901"]),
        ("النّور", ["C902"]),
        ("ennour", ["C902", "C903"]),  # known in Arabic only, asked in Latin letters: the nearest comes first
        ("أناروز", ["C903"]),  # known in French only, asked in Arabic letters
        ("c903", ["C903"]),
        ("%", ["C901", "C902", "C903"]),  # nothing to search for: everybody
        ("zzz", []),
    ],
)
def test_names_are_found_in_either_script(session: Session, edition: int, asked: str, found: list[str]) -> None:
    assert [row.code for row in queries.list_exhibitors(session, edition, search=asked)] == found


def test_the_directory_filters_by_sector_and_province(session: Session, edition: int) -> None:
    assert [row.code for row in queries.list_exhibitors(session, edition, sector="argan")] == ["C901", "C903"]
    rows = queries.list_exhibitors(session, edition, sector="argan", province="02.411")
    assert [row.code for row in rows] == ["C903"]
    assert rows[0].labels == ("bio",)


def test_a_person_stands_for_one_exhibitor_only(act: Act, session: Session, edition: int) -> None:
    ids = queries.ids_by_code(session, edition)
    session.rollback()
    cast = [NewPerson(m.given_ar, m.family_ar, m.given_fr, m.family_fr, category="exhibitor") for m in (RACHIDA, YOUSSEF)]
    with act("organiser") as deed:
        rachida, youssef = add_people(deed, edition, cast)
        actions.add_delegates(deed, [(rachida, ids["C901"]), (youssef, ids["C901"])])
    with pytest.raises(Refusal, match="delegate_taken"), act("organiser") as deed:
        actions.add_delegates(deed, [(rachida, ids["C902"])])
    names = [person.name_fr for person in queries.list_delegates(session, queries.get_exhibitor(session, ids["C901"]), edition)]
    assert names == ["Rachida Aït El Kadi", "Youssef El Mourabit"]
    assert queries.exhibitor_by_person(session, edition) == {rachida: ids["C901"], youssef: ids["C901"]}


def test_noting_a_day_again_corrects_it(act: Act, session: Session, edition: int) -> None:
    ids = queries.ids_by_code(session, edition)
    session.rollback()
    friday = date(2026, 12, 4)
    for status, arrived in ((Presence.ABSENT, None), (Presence.LATE, time(10, 40))):
        with act("floor_manager") as deed:
            actions.record_presence(deed, [NewPresence(ids["C901"], friday, status, arrived, 1200)])
    (row,) = queries.list_presence(session, edition)
    assert (row.status, row.arrived_at, row.sales_mad) == (Presence.LATE, time(10, 40), 1200)
    assert queries.list_presence_of(session, ids["C901"]) == [row]
    with pytest.raises(Refusal, match="sales_wrong"), act("floor_manager") as deed:
        actions.record_presence(deed, [NewPresence(ids["C901"], friday, Presence.PRESENT, None, -1)])
    with pytest.raises(Refusal, match="exhibitor_not_found"), act("floor_manager") as deed:
        actions.record_presence(deed, [NewPresence(99_999, friday, Presence.PRESENT)])
