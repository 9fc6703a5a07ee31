"""The list of a workshop for staff and for its trainer; a sheet printed, typed back by number, settled, undone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.pages.participants import SmallFair, small_fair
from village.checkin.actions import admit_by_name, register_device
from village.checkin.queries import get_sheet, list_arrivals
from village.checkin.rules import ScannedCode
from village.kit.db import db
from village.kit.web import deed, parts
from village.workshops.actions import register
from village.workshops.queries import list_trainers, trainer_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

pytestmark = pytest.mark.sqlite_only
LANGS = ("ar", "fr", "en")
ROOM = "/fr/sheets/W01"
SHEET = f"{ROOM}/1"


@pytest.fixture
def fair(app: Flask) -> SmallFair:
    """Youssef and Fadma hold the two places of W01; Youssef was scanned."""
    made = small_fair(app)
    with app.test_request_context(), deed() as opened:
        register(opened, person_id=made.fadma, workshop_id=made.workshops["W01"])
        device = register_device(opened, made.edition, code="D1")
        visit = ScannedCode("visit-youssef", "", device, made.workshops["W01"], opened.now)
        admit_by_name(opened, visit, edition_id=made.edition, person_id=made.youssef)
    return made


@pytest.fixture
def token(app: Flask, fair: SmallFair) -> str:
    """The personal link of Yassine, who leads W01."""
    with app.app_context():
        trainer = list_trainers(db.session(), fair.edition)[0]
        return trainer_token(parts().keys, fair.edition, trainer)


@pytest.fixture
def desk(client: FlaskClient, fair: SmallFair, sign_in: Callable[..., int], post: Callable[..., Any]) -> FlaskClient:
    """Naima at the desk, with a sheet printed."""
    sign_in(client, "desk")
    post(client, f"{ROOM}/print", {"blanks": "3"})
    return client


def present(app: Flask, fair: SmallFair) -> set[int]:
    """Who was at W01."""
    with app.app_context():
        return set(list_arrivals(db.session(), fair.workshops["W01"]))


def row_of(app: Flask, fair: SmallFair, person: int) -> int:
    """The number of a person's row."""
    with app.app_context():
        sheet = get_sheet(db.session(), fair.workshops["W01"], 1)
        return next(row.no for row in sheet.rows if row.person_id == person)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("role", "status"), [("desk", 200), ("organiser", 200), ("juror", 403)])
def test_who_sees_the_lists(
    client: FlaskClient, desk: FlaskClient, sign_in: Callable[..., int], lang: str, role: str, status: int
) -> None:
    sign_in(client, role)
    for address in ("sheets", "sheets/W01", "sheets/W01/1", "sheets/W01/1/check", "sheets/W01/1.pdf"):
        assert client.get(f"/{lang}/{address}").status_code == status, address


def test_only_organisers_hand_out_the_trainers_link(
    client: FlaskClient, desk: FlaskClient, sign_in: Callable[..., int], token: str
) -> None:
    assert "/fr/sheets/trainers/T01" not in client.get(ROOM).text
    assert client.get("/fr/sheets/trainers/T01").status_code == 403
    sign_in(client, "organiser")
    assert "/fr/sheets/trainers/T01" in client.get(ROOM).text
    assert f"/fr/trainer/{token}" in client.get("/fr/sheets/trainers/T01").text


@pytest.mark.parametrize("lang", LANGS)
def test_the_trainers_page_needs_no_account(client: FlaskClient, fair: SmallFair, token: str, lang: str) -> None:
    assert f"/{lang}/trainer/{token}/W01" in client.get(f"/{lang}/trainer/{token}").text
    page = client.get(f"/{lang}/trainer/{token}/W01").text
    assert "Fadma" in page or "فاضمة" in page
    assert client.get(f"/{lang}/trainer/{token}/W02").status_code == 404
    assert client.get(f"/{lang}/trainer/{token[:-3]}x-1").status_code == 404


def test_a_trainer_ticks_now_and_takes_back_later(
    app: Flask, client: FlaskClient, fair: SmallFair, token: str, post: Callable[..., Any]
) -> None:
    address = f"/fr/trainer/{token}/W01"
    box = re.search(r'name="here" value="(\d+)"', client.get(address).text)
    assert box
    post(client, f"{address}/attendance", {"here": box[1]})
    assert present(app, fair) == {fair.youssef, fair.fadma}
    assert f'name="before" value="{box[1]}"' in client.get(address).text
    post(client, f"{address}/attendance", {"before": box[1]})
    assert present(app, fair) == {fair.youssef}


def test_a_trainer_prints_and_writes_a_note(
    client: FlaskClient, fair: SmallFair, token: str, post: Callable[..., Any]
) -> None:
    address = f"/ar/trainer/{token}/W01"
    made = post(client, f"{address}/print", {"blanks": "2"}, follow_redirects=True)
    assert made.data.startswith(b"%PDF")
    post(client, f"{address}/notes", {"text": "سؤال عن الفواتير", "version": "0"})
    late = post(client, f"{address}/notes", {"text": "نص آخر", "version": "0"})
    assert late.status_code == 409
    assert "نص آخر" in late.text
    assert "سؤال عن الفواتير" in late.text


def test_the_screen_has_the_numbers_of_the_paper(app: Flask, desk: FlaskClient, fair: SmallFair) -> None:
    page = desk.get(SHEET).text
    assert page.index("Fadma Oubella") < page.index("Youssef El Mourabit")
    assert (row_of(app, fair, fair.fadma), row_of(app, fair, fair.youssef)) == (1, 2)
    assert page.count('name="row"') == 5


def test_numbers_are_kept_settled_and_counted(
    app: Flask, desk: FlaskClient, fair: SmallFair, post: Callable[..., Any]
) -> None:
    told = post(desk, f"{SHEET}/numbers", {"numbers": "1"}, follow_redirects=True)
    assert "1 · Fadma Oubella" in told.text
    assert present(app, fair) == {fair.youssef}
    check = desk.get(f"{SHEET}/check").text
    assert "Scanné(e) à l’entrée, sans signature" in check
    refused = post(desk, f"{SHEET}/take", {})
    assert refused.status_code == 409
    assert "Une décision manque pour les lignes" in refused.text
    done = post(desk, f"{SHEET}/take", {"settle-2": "present"}, follow_redirects=True)
    assert "Nouveaux : 1" in done.text
    assert present(app, fair) == {fair.youssef, fair.fadma}
    post(desk, f"{SHEET}/undo")
    assert present(app, fair) == {fair.youssef}


def test_what_is_unclear_is_said_and_stays_in_the_field(desk: FlaskClient, post: Callable[..., Any]) -> None:
    answer = post(desk, f"{SHEET}/numbers", {"numbers": "1-2, 77"})
    assert answer.status_code == 409
    assert "La ligne 77 n’existe pas" in answer.text
    assert 'value="1-2, 77"' in answer.text


def test_rows_are_ticked_and_unticked(app: Flask, desk: FlaskClient, fair: SmallFair, post: Callable[..., Any]) -> None:
    post(desk, f"{SHEET}/ticks", {"row": ["1", "2"]})
    post(desk, f"{SHEET}/ticks", {"row": ["2"], "before": ["1", "2"]})
    page = desk.get(SHEET).text
    assert re.findall(r'name="row" value="(\d+)" checked', page) == ["2"]


def test_a_walk_in_is_searched_first_then_taken_in(
    app: Flask, desk: FlaskClient, fair: SmallFair, post: Callable[..., Any]
) -> None:
    assert 'name="phone"' not in desk.get(f"{SHEET}?blank=3").text
    found = desk.get(f"{SHEET}?blank=3&q=فاضمة").text
    assert "déjà à la ligne 1" in found
    post(desk, f"{SHEET}/blank", {"no": "3", "name": "عائشة الناصري", "phone": "0600000099"})
    post(desk, f"{SHEET}/numbers", {"numbers": "1-3"})
    post(desk, f"{SHEET}/take", {})
    assert len(present(app, fair)) == 3


def test_a_day_of_sheets_is_one_file(desk: FlaskClient, post: Callable[..., Any]) -> None:
    run = post(desk, "/fr/sheets/print", {"day": "2026-12-04", "blanks": "2"}, follow_redirects=True)
    link = re.search(r'href="([^"]+sheets\.pdf)"', run.text)
    assert link
    with desk.get(link[1]) as file:
        assert file.data.startswith(b"%PDF")
    assert post(desk, "/fr/sheets/print", {"day": "2026-01-01"}).status_code == 404
