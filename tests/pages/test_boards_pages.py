"""The boards of the programme and the lists that are taken out: what they say, who may open them, what is written down."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from python_calamine import CalamineWorkbook

from tests.attended import Came, came_to_the_fair
from tests.cast import MINA, YOUSSEF
from tests.factories import make_exhibitor, make_person
from tests.pages.counting import count_queries
from village.exhibitors.queries import sector_names
from village.people.models import Person
from village.reports import queries
from village.workshops.actions import cancel_registration, change_places, register

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from village.kit.clock import FixedClock

EVENING = datetime(2026, 12, 4, 18, 0, tzinfo=UTC)
WOMEN, MEN = 7, 6
PURPOSE = {"recipient": "Conseil régional", "purpose": "Rapport de clôture"}


@pytest.fixture
def fair(act: Callable[..., Any]) -> Came:
    """Two workshops and a plenary; seven women and six men of Berkane hold a place in the plenary; one man waits."""
    with act() as deed:
        came = came_to_the_fair(deed)
        plenary = []
        for number in range(WOMEN + MEN):
            gender = "f" if number < WOMEN else "m"
            phone = f"+2126000010{number:02}"
            person = make_person(
                deed, came.edition, YOUSSEF, phone=phone, gender=gender, province_code="02.113", age_band="18-24"
            )
            register(deed, person_id=person, workshop_id=came.plenary)
            plenary.append(person)
        change_places(deed, workshop_id=came.training, onsite=3, online=0)
        late = make_person(deed, came.edition, MINA)
        register(deed, person_id=late, workshop_id=came.training)
        cancel_registration(deed, person_id=plenary[-1], workshop_id=came.plenary)
    return came


@pytest.fixture
def organiser(client: FlaskClient, sign_in: Callable[..., int]) -> FlaskClient:
    sign_in(client, "organiser")
    return client


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_figures_of_the_programme(fair: Came, session: Session) -> None:
    board = queries.get_board(session, fair.edition, zone="Africa/Casablanca", now=EVENING)
    found = {one.code: one for one in board.sessions}
    assert (found["W01"].places, found["W01"].taken, found["W01"].waiting) == (3, 3, 1)
    # Fadma held a place in the training and did not come; the plenary is not over.
    assert (found["W01"].over, found["W01"].confirmed, found["W01"].absent) == (True, 3, 1)
    assert (found["W03"].over, found["W03"].absent) == (False, None)
    assert queries.held_places(session, fair.edition).absent(fair.training) == {fair.fadma}
    # Eight women of thirteen whose gender is known; in the training only a few.
    assert (found["W03"].women.count, found["W03"].women.whole) == (8, 13)
    assert found["W01"].women.count is None
    # One of seventeen places was given back: nobody of one who waits for three places may hope yet.
    assert board.hopes[fair.training] == 0


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("lang", "said"),
    [("ar", ("لوائح الانتظار", "مؤكدون ولم يحضروا")), ("fr", ("Listes d’attente", "Confirmés et absents")),
     ("en", ("Waiting lists", "Confirmed and did not come"))],
)  # fmt: skip
def test_the_boards_in_each_language(
    organiser: FlaskClient, fair: Came, clock: FixedClock, lang: str, said: tuple[str, ...]
) -> None:
    clock.move_to(EVENING)
    for by in ("session", "day", "venue", "track", "theme", "nonsense"):
        text = organiser.get(f"/{lang}/boards?by={by}").text
        assert all(sentence in text for sentence in said)
        assert "style=" not in text.partition("<main")[2]
    assert f'href="/{lang}/boards/absent/W01"' in organiser.get(f"/{lang}/boards").text
    assert "W03" not in organiser.get(f"/{lang}/boards?day=2026-12-05").text.partition('class="bars"')[2].partition("</ul>")[0]


@pytest.mark.sqlite_only
def test_each_figure_opens_its_rows(organiser: FlaskClient, fair: Came, clock: FixedClock) -> None:
    clock.move_to(EVENING)
    absent = organiser.get("/fr/boards/absent/W01").text
    assert "Fadma" in absent
    assert "Youssef" not in absent
    assert organiser.get("/fr/boards/absent/W03").status_code == 409
    assert organiser.get("/fr/boards/absent/W99").status_code == 404
    women = organiser.get("/fr/boards/people?session=W03&gender=f").text
    assert "8 personnes" in women
    assert "Femmes avec une place · W03" in women
    assert "12 personnes" in organiser.get("/fr/boards/people?province=02.113").text
    assert "12 personnes" in organiser.get("/fr/boards/people?age=youth").text


@pytest.mark.sqlite_only
def test_the_number_of_queries_does_not_grow(
    organiser: FlaskClient, app: Flask, fair: Came, act: Callable[..., Any]
) -> None:
    organiser.get("/fr/boards")
    before = count_queries(app, lambda: organiser.get("/fr/boards"))
    with act() as deed:
        for number in range(30):
            person = make_person(deed, fair.edition, YOUSSEF, phone=f"+2126000020{number:02}")
            register(deed, person_id=person, workshop_id=fair.plenary)
    assert count_queries(app, lambda: organiser.get("/fr/boards")) == before


@pytest.mark.sqlite_only
def test_other_roles_stay_outside(client: FlaskClient, fair: Came, sign_in: Callable[..., int], post: Any) -> None:
    for role in ("desk", "juror", "exhibitor", "auditor", "commission", "floor_manager"):
        sign_in(client, role)
        for path in ("boards", "boards/people", "boards/absent/W01", "exports"):
            assert client.get(f"/fr/{path}").status_code == 403
        assert post(client, "/fr/exports", {"kind": "people", "words": "fr", "form": "csv", **PURPOSE}).status_code == 403


def test_a_list_is_taken_out_for_a_purpose(
    organiser: FlaskClient, fair: Came, post: Any, session: Session, act: Callable[..., Any]
) -> None:
    with act() as deed:
        make_person(deed, fair.edition, YOUSSEF, given_fr="=1+1", phone="+33639980012")
        forgotten = make_person(deed, fair.edition, YOUSSEF, given_fr="Oublié")
        deed.session.execute(sa.update(Person).where(Person.id == forgotten).values(erased_at=deed.now))
    answer = post(organiser, "/ar/exports", {"kind": "people", "words": "fr", "form": "csv", **PURPOSE})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="vs14-people.csv"'
    rows = read_csv(answer.data)
    assert rows[0]["Prénom en français"] == "Youssef"
    assert rows[0]["Téléphone"] == "06 00 00 00 21"
    assert rows[-1]["Prénom en français"] == "'=1+1"
    assert rows[-1]["Téléphone"] == "'+33 6 39 98 00 12"
    [kept] = queries.list_exports(session, fair.edition)
    assert (kept.kind, kept.rows, kept.recipient, kept.purpose) == ("people", len(rows), *PURPOSE.values())
    assert kept.sha256 == hashlib.sha256(answer.data).hexdigest()
    log = session.connection().exec_driver_sql("SELECT * FROM audit_entry").all()
    [line] = [str(row) for row in log if "data.exported" in str(row)]
    assert f"export:{kept.id}" in line
    assert "Conseil" not in line
    assert "Rapport" not in line
    page = organiser.get("/fr/exports").text
    assert "Conseil régional" in page
    assert "Rapport de clôture" in page


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("kind", "session_code", "rows"),
    [("registrations", "", 19), ("registrations", "W01", 4), ("waiting", "", 1), ("attendance", "", 4),
     ("attendance", "W02", 1), ("boards", "", 3), ("exhibitors", "", 1)],
)  # fmt: skip
def test_each_list_in_a_workbook_that_others_can_read(
    organiser: FlaskClient, fair: Came, post: Any, act: Callable[..., Any], kind: str, session_code: str, rows: int
) -> None:
    with act() as deed:
        make_exhibitor(deed, fair.edition, ice="001234567000062")
    asked = {"kind": kind, "session": session_code, "words": "ar", "form": "xlsx", **PURPOSE}
    answer = post(organiser, "/fr/exports", asked)
    assert answer.status_code == 200
    head, *body = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert len(body) == rows
    assert all("\u0600" <= str(cell)[0] <= "\u06ff" for cell in head)
    if "اليوم" in head:
        assert body[0][head.index("اليوم")] == date(2026, 12, 4)
    if kind == "exhibitors":
        assert body[0][head.index("التعريف الموحد للمقاولة")] == "001234567000062"
        assert body[0][head.index("القطاع")] == sector_names("argan")[0]


@pytest.mark.sqlite_only
def test_without_recipient_or_purpose_nothing_leaves(
    organiser: FlaskClient, fair: Came, post: Any, session: Session
) -> None:
    for missing in ("recipient", "purpose", "kind"):
        asked = {"kind": "people", "words": "fr", "form": "csv", **PURPOSE, missing: "  "}
        answer = post(organiser, "/fr/exports", asked)
        assert answer.status_code == 422
        assert answer.mimetype == "text/html"
        if missing != "purpose":
            assert "Rapport de clôture" in answer.text
    assert queries.list_exports(session, fair.edition) == []
