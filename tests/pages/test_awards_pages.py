"""The jury's pages: each role in each language, what is shown before and after the opening, what is refused."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.jury_room import Room, prepare
from tests.pages.counting import count_queries
from village.awards import actions, queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

# The deeds behind these pages are tried on both databases in tests/actions.
pytestmark = pytest.mark.sqlite_only

LANGS = ("ar", "fr", "en")
PAGES = (
    ("juror", "jury"),
    ("juror", "jury/AW1"),
    ("chair", "jury/opening"),
    ("organiser", "awards/manage"),
    ("public", "awards"),
)
GOOD = {"impact": 30, "novelty": 28}


@pytest.fixture
def room(app: Flask, client: FlaskClient, act: Callable[..., Any], sign_in: Callable[..., int]) -> Room:
    """The jury room, with the cast's juror and chair in their seats."""
    fresh = app.test_client()
    accounts = {role: sign_in(fresh, role) for role in ("juror", "chair")}
    room = prepare(act, accounts)
    with act() as deed:
        from village.editions.actions import move_edition
        from village.editions.rules import Status

        move_edition(deed, room.edition, Status.OPEN)
    return room


def mark_all(act: Callable[..., Any], room: Room) -> None:
    """Every seat marks both nominees of the second category and closes."""
    with act("system") as deed:
        for seat in (room.driss, room.latifa, room.noura):
            for code in ("C901", "C902"):
                nominee = room.nominees["AW2", code]
                marks = GOOD if code == "C901" else {"impact": 23, "novelty": 25}
                actions.give_marks(deed, juror_id=seat, nominee_id=nominee, marks=marks)
            actions.close_sheets(deed, juror_id=seat, category_id=room.craft)


def text_of(client: FlaskClient, url: str) -> str:
    """The page at an address, which must be there."""
    answer = client.get(url)
    assert answer.status_code == 200, answer.text[:500]
    return answer.text


@pytest.mark.parametrize("lang", LANGS)
def test_each_page_speaks_each_language(app: Flask, room: Room, sign_in: Callable[..., int], lang: str) -> None:
    direction = "rtl" if lang == "ar" else "ltr"
    for role, path in PAGES:
        client = app.test_client()
        if role != "public":
            sign_in(client, role)
        text = text_of(client, f"/{lang}/{path}")
        assert f'<html lang="{lang}" dir="{direction}">' in text
        if lang == "ar":
            main = text.split('<main id="main" tabindex="-1">')[1].split("</main>")[0]
            left = re.findall(r"[A-Za-z]{4,}", html.unescape(re.sub(r"<[^>]+>", " ", main)))
            assert left == [], path


@pytest.mark.parametrize(
    "role", ["desk", "exhibitor", "commission", "floor_manager", "auditor", "juror", "chair", "organiser"]
)
def test_each_role_keeps_to_its_own_pages(
    client: FlaskClient, room: Room, sign_in: Callable[..., int], role: str
) -> None:
    own = {"juror": {"jury", "jury/AW1"}, "chair": {"jury", "jury/AW1", "jury/opening"}, "organiser": {"awards/manage"}}
    paths = ("jury", "jury/AW1", "jury/opening", "awards/manage")
    sign_in(client, role)
    entered = {path for path in paths if client.get(f"/fr/{path}").status_code == 200}
    assert entered == own.get(role, set())
    refused = {client.get(f"/fr/{path}").status_code for path in set(paths) - entered}
    assert refused <= {403}


def test_a_juror_marks_changes_and_closes_on_the_page(
    client: FlaskClient, room: Room, sign_in: Callable[..., int], post: Callable[..., Any], session: Session
) -> None:
    sign_in(client, "juror")
    first, second = room.nominees["AW2", "C901"], room.nominees["AW2", "C902"]
    typed = {f"n{first}-impact": "15,5", f"n{first}-novelty": "١٤", f"n{first}-note": "belle laine"}
    answer = post(client, f"/fr/jury/AW2/{first}/marks", typed)
    assert answer.status_code == 302
    assert answer.location.endswith(f"#n{second}")
    assert queries.list_own_marks(session, room.driss) == {first: {"impact": 31, "novelty": 28}}
    page = text_of(client, "/fr/jury/AW2")
    assert "14,90" in page  # 0.6 × 15.5 + 0.4 × 14
    assert "belle laine" in page
    post(client, f"/fr/jury/AW2/{first}/marks", {**typed, f"n{first}-impact": "16", f"n{first}-version": "1"})
    session.rollback()
    assert queries.list_own_marks(session, room.driss)[first]["impact"] == 32
    # A page that was left open elsewhere does not write over what it has not seen.
    post(client, f"/fr/jury/AW2/{first}/marks", {**typed, f"n{first}-version": "1"})
    session.rollback()
    assert queries.list_own_marks(session, room.driss)[first]["impact"] == 32
    post(client, "/fr/jury/AW2/closing")
    assert "Fermer mes fiches" in text_of(client, "/fr/jury/AW2")
    post(client, f"/fr/jury/AW2/{second}/marks", {f"n{second}-impact": "12", f"n{second}-novelty": "12"})
    post(client, "/fr/jury/AW2/closing")
    assert "Vous avez fermé vos fiches" in text_of(client, "/fr/jury/AW2")
    post(client, f"/fr/jury/AW2/{first}/marks", {**typed, f"n{first}-version": "2"})
    session.rollback()
    assert queries.list_own_marks(session, room.driss)[first]["impact"] == 32


def test_a_device_gives_marks_again_and_is_told_of_another(
    client: FlaskClient, room: Room, sign_in: Callable[..., int], post: Callable[..., Any], session: Session
) -> None:
    sign_in(client, "juror")
    nominee = room.nominees["AW1", "C901"]
    address, json = f"/fr/jury/AW1/{nominee}/marks", {"Accept": "application/json"}
    marks = {f"n{nominee}-impact": "15,5", f"n{nominee}-novelty": "14", "version": "0", "uid": "a" * 32}
    assert post(client, address, marks, headers=json).json == {"version": 1}
    # The answer was lost on the way and the device sends again: nothing new.
    assert post(client, address, marks, headers=json).json == {"version": 1}
    other = post(client, address, {**marks, "uid": "b" * 32, f"n{nominee}-impact": "9"}, headers=json)
    assert other.status_code == 409
    assert other.json["code"] == "marks_changed_meanwhile"
    assert other.json["other"]["marks"] == {"impact": "15,5", "novelty": "14"}
    taken = {**marks, "uid": "b" * 32, "version": other.json["facts"]["version"], f"n{nominee}-impact": "9"}
    assert post(client, address, taken, headers=json).json == {"version": 2}
    assert queries.list_own_marks(session, room.driss)[nominee]["impact"] == 18
    assert post(client, address, {**marks, f"n{nominee}-impact": "30"}, headers=json).status_code == 422
    state = client.get("/fr/jury/state.json").json
    assert state["seat"] == room.driss
    assert {"/fr/jury", "/fr/jury/AW1", "/fr/jury/AW2"} <= set(state["keep"])
    worker = client.get("/fr/jury/worker.js")
    assert (worker.mimetype, worker.headers["Service-Worker-Allowed"]) == ("text/javascript", "/fr/jury")


def test_a_mark_that_is_none_comes_back_with_what_was_typed(
    client: FlaskClient, room: Room, sign_in: Callable[..., int], post: Callable[..., Any], session: Session
) -> None:
    sign_in(client, "juror")
    nominee = room.nominees["AW1", "C901"]
    for typed in ("21", "12.3", "abc", "", "-1", "NaN", "1e1000"):
        marks = {f"n{nominee}-impact": typed, f"n{nominee}-novelty": "13"}
        answer = post(client, f"/fr/jury/AW1/{nominee}/marks", marks)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert 'value="13"' in answer.text
    assert queries.list_own_marks(session, room.driss) == {}


def test_a_form_without_its_token_is_refused(
    client: FlaskClient, room: Room, sign_in: Callable[..., int], session: Session
) -> None:
    sign_in(client, "juror")
    nominee = room.nominees["AW1", "C901"]
    answer = client.post(f"/fr/jury/AW1/{nominee}/marks", data={f"n{nominee}-impact": "15", f"n{nominee}-novelty": "1"})
    assert answer.status_code in {400, 403}
    assert queries.list_own_marks(session, room.driss) == {}


def test_a_juror_declares_a_tie_on_the_page(
    client: FlaskClient, room: Room, sign_in: Callable[..., int], post: Callable[..., Any], session: Session
) -> None:
    sign_in(client, "juror")
    nominee = room.nominees["AW1", "C902"]
    for typed in ({}, {f"r{nominee}-tie": "friend"}):
        assert post(client, f"/ar/jury/AW1/{nominee}/tie", typed).status_code == 422
    typed = {f"r{nominee}-tie": "family", f"r{nominee}-reason": "قرابة عائلية"}
    assert post(client, f"/ar/jury/AW1/{nominee}/tie", typed).status_code == 302
    (row,) = queries.list_recusals(session, room.edition)
    told = (row.juror_id, row.exhibitor_id, row.tie, row.reason_ar)
    assert told == (room.driss, room.exhibitors["C902"], "family", "قرابة عائلية")
    form = f"n{nominee}-impact"
    assert form not in text_of(client, "/ar/jury/AW1")


def test_before_the_opening_no_mark_is_on_any_page_but_the_jurors_own(
    client: FlaskClient, room: Room, act: Callable[..., Any], sign_in: Callable[..., int]
) -> None:
    mark_all(act, room)
    shown = {"juror": "/en/jury/AW2", "chair": "/en/jury/opening", "organiser": "/en/awards/manage"}
    marks = {role: sign_in(client, role) and "14.6" in text_of(client, url) for role, url in shown.items()}
    assert marks == {"juror": True, "chair": False, "organiser": False}
    assert client.get("/en/awards/manage/AW2").status_code == 409


def test_the_chair_opens_and_the_organiser_publishes(
    client: FlaskClient, room: Room, act: Callable[..., Any], sign_in: Callable[..., int], post: Callable[..., Any]
) -> None:
    mark_all(act, room)
    sign_in(client, "chair")
    hall = "/fr/jury/opening/AW2/ceremony"
    assert post(client, f"/fr/jury/opening/{room.craft}", {"ceremony": "AW2"}).location == hall
    # The hall hears the ranking from the last to the first.
    told = [
        {name for name in ("Tifawine", "Annour") if name in text_of(client, f"{hall}?shown={k}")} for k in (0, 1, 2)
    ]
    assert told == [set(), {"Annour"}, {"Tifawine", "Annour"}]
    page = text_of(client, "/fr/jury/opening")
    assert "73/5" in page  # 14.6
    assert post(client, f"/fr/jury/opening/{room.craft}").status_code == 302
    assert "déjà ouvertes" in text_of(client, "/fr/jury/opening")
    assert "Tifawine" not in text_of(client.application.test_client(), "/fr/awards")
    sign_in(client, "organiser")
    assert post(client, f"/fr/awards/manage/{room.craft}/publication").status_code == 302
    public = text_of(client.application.test_client(), "/fr/awards")
    assert "Coopérative Tifawine" in public
    assert "Coopérative Annour" not in public
    assert "14,60" not in public


def test_a_missing_sheet_keeps_the_marks_closed_until_the_absence_is_noted(
    client: FlaskClient, room: Room, sign_in: Callable[..., int], post: Callable[..., Any], act: Callable[..., Any]
) -> None:
    with act("system") as deed:
        for seat in (room.driss, room.latifa):
            for code in ("C901", "C902"):
                actions.give_marks(deed, juror_id=seat, nominee_id=room.nominees["AW2", code], marks=GOOD)
        actions.close_sheets(deed, juror_id=room.driss, category_id=room.craft)
    sign_in(client, "chair")
    post(client, f"/en/jury/opening/{room.craft}")
    assert "still awaited" in text_of(client, "/en/jury/opening")
    post(client, "/en/jury/opening/absence", {"juror": room.noura, "category": "AW2"})
    assert "1 juror has not closed" in text_of(client, "/en/jury/opening")
    assert "stay sealed" in text_of(client, "/en/jury/opening/AW2/ceremony")
    post(client, "/en/jury/AW2/closing")
    assert "Open the marks" in text_of(client, "/en/jury/opening/AW2/ceremony")
    post(client, f"/en/jury/opening/{room.craft}")
    assert "73/5" in text_of(client, "/en/jury/opening")


def test_the_minutes_are_a_pdf_in_both_languages(
    client: FlaskClient, room: Room, act: Callable[..., Any], sign_in: Callable[..., int]
) -> None:
    mark_all(act, room)
    with act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.craft)
    sign_in(client, "chair")
    for doc_lang in ("ar", "fr"):
        answer = client.get(f"/en/jury/minutes-{doc_lang}.pdf")
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF-")
    assert client.get("/en/awards/minutes-ar.pdf").status_code == 403


def test_the_organisers_page_asks_the_same_number_of_queries_for_more_marks(
    client: FlaskClient, room: Room, act: Callable[..., Any], sign_in: Callable[..., int], app: Flask
) -> None:
    sign_in(client, "organiser")
    text_of(client, "/fr/awards/manage")
    before = count_queries(app, lambda: text_of(client, "/fr/awards/manage"))
    mark_all(act, room)
    assert count_queries(app, lambda: text_of(client, "/fr/awards/manage")) == before


def test_an_account_without_a_seat_is_told_so(
    client: FlaskClient, room: Room, sign_in: Callable[..., int], act: Callable[..., Any]
) -> None:
    with act() as deed:
        actions.seat_juror(deed, juror_id=room.driss, account_id=None)
    sign_in(client, "juror")
    assert "no seat in the jury" in text_of(client, "/en/jury")
    assert client.get("/en/jury/AW1").status_code == 409
