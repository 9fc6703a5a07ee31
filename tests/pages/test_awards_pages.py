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
    """Every seat marks both nominees of the second category."""
    with act("system") as deed:
        for seat in (room.driss, room.latifa, room.noura):
            for code in ("C901", "C902"):
                nominee = room.nominees["AW2", code]
                marks = GOOD if code == "C901" else {"impact": 23, "novelty": 25}
                actions.give_marks(deed, juror_id=seat, nominee_id=nominee, marks=marks)


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


def test_a_juror_marks_on_the_page_and_sees_it_done(
    client: FlaskClient, room: Room, sign_in: Callable[..., int], post: Callable[..., Any], session: Session
) -> None:
    sign_in(client, "juror")
    nominee = room.nominees["AW1", "C901"]
    typed = {f"n{nominee}-impact": "15,5", f"n{nominee}-novelty": "١٤"}
    answer = post(client, f"/fr/jury/AW1/{nominee}/marks", typed)
    assert answer.status_code == 302
    assert queries.list_own_marks(session, room.driss) == {nominee: {"impact": 31, "novelty": 28}}
    page = text_of(client, "/fr/jury/AW1")
    assert "14,90" in page  # 0.6 × 15.5 + 0.4 × 14
    again = post(client, f"/fr/jury/AW1/{nominee}/marks", typed)
    assert again.status_code == 302
    assert "déjà données" in text_of(client, "/fr/jury/AW1")


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
    assert post(client, f"/ar/jury/AW1/{nominee}/recusal", {f"r{nominee}-reason": ""}).status_code == 422
    assert post(client, f"/ar/jury/AW1/{nominee}/recusal", {f"r{nominee}-reason": "قرابة عائلية"}).status_code == 302
    (row,) = queries.list_recusals(session, room.edition)
    assert (row.juror_id, row.exhibitor_id, row.reason_ar) == (room.driss, room.exhibitors["C902"], "قرابة عائلية")
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
    assert post(client, f"/fr/jury/opening/{room.craft}").status_code == 302
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
    sign_in(client, "chair")
    post(client, f"/en/jury/opening/{room.craft}")
    assert "still awaited" in text_of(client, "/en/jury/opening")
    post(client, "/en/jury/opening/absence", {"juror": room.noura, "category": "AW2"})
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
