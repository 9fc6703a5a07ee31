"""A participant's own page: by link, by code, never by guessing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.pages.participants import SmallFair, csrf, small_fair

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from config import Settings
    from village.kit.clock import FixedClock

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def fair(app: Flask) -> SmallFair:
    """A small fair."""
    return small_fair(app)


@pytest.mark.parametrize(
    ("lang", "word", "name"),
    [
        ("ar", "ورشاتي", "يوسف المرابط"),
        ("fr", "Mes ateliers", "Youssef El Mourabit"),
        ("en", "My workshops", "Youssef"),
    ],
)
def test_the_link_opens_the_page(client: FlaskClient, fair: SmallFair, lang: str, word: str, name: str) -> None:
    page = client.get(f"/{lang}/me/{fair.youssef_token}").text
    assert word in page
    assert name in page
    assert 'content="noindex"' in page


def test_the_printed_code_is_in_capitals_and_opens_it_too(client: FlaskClient, fair: SmallFair) -> None:
    answer = client.get(f"/M/{fair.youssef_token.upper()}", follow_redirects=True)
    assert answer.status_code == 200
    assert "Youssef" in answer.text or "يوسف" in answer.text


@pytest.mark.parametrize("change", ["first", "last", "empty", "other", "accents", "long"])
def test_a_false_link_opens_nothing(client: FlaskClient, fair: SmallFair, change: str) -> None:
    token = fair.youssef_token
    false = {
        "first": ("b" if token[0] == "a" else "a") + token[1:],
        "last": f"{token.rpartition('-')[0]}-{fair.fadma:x}",
        "empty": "-",
        "other": "nobody",
        "accents": f"é{token[1:]}",
        "long": f"{token}{'f' * 400}",
    }[change]
    answer = client.get(f"/fr/me/{false}")
    assert answer.status_code == 404
    assert "Youssef" not in answer.text


def test_cancelling_gives_the_place_back(client: FlaskClient, fair: SmallFair) -> None:
    address = f"/fr/me/{fair.youssef_token}"
    token = csrf(client, address)
    answer = client.post(f"{address}/cancel/W01", data={"csrf_token": token}, follow_redirects=True)
    assert "Annulé" in answer.text
    assert "Vous n’êtes inscrit(e) à aucun atelier." in answer.text


def test_after_the_beginning_the_page_says_no(client: FlaskClient, fair: SmallFair, clock: FixedClock) -> None:
    clock.advance(3 * 3600)
    address = f"/fr/me/{fair.youssef_token}"
    token = csrf(client, address)
    answer = client.post(f"{address}/cancel/W01", data={"csrf_token": token}, follow_redirects=True)
    assert "L’atelier a commencé" in answer.text
    assert "Techniques de commercialisation" in answer.text


def test_another_workshop_is_one_tap_and_an_overlap_is_said(client: FlaskClient, fair: SmallFair) -> None:
    client.get(f"/fr/me/{fair.youssef_token}")
    page = client.get("/fr/programme/W02/register").text
    assert 'name="given"' not in page
    token = csrf(client, "/fr/programme/W02/register")
    refused = client.post("/fr/programme/W02/register", data={"csrf_token": token, "wish": "any"})
    assert refused.status_code == 409
    assert "au même moment" in refused.text
    done = client.post("/fr/programme/W05/register", data={"csrf_token": token, "wish": "any"}, follow_redirects=True)
    assert "Le financement" in done.text


def test_only_who_is_confirmed_online_joins(client: FlaskClient, fair: SmallFair) -> None:
    assert client.get(f"/fr/me/{fair.youssef_token}/join/W01").status_code == 403


def code_of(client: FlaskClient, fair: SmallFair) -> str:
    """Read the short code of Youssef's page."""
    page = client.get(f"/fr/me/{fair.youssef_token}").text
    found = re.search(r'aria-label="((?:[0-9A-Z] ){5}[0-9A-Z])"', page)
    assert found
    return found[1].replace(" ", "")


def test_telephone_and_code_find_the_page_again(app: Flask, client: FlaskClient, fair: SmallFair) -> None:
    code = code_of(client, fair)
    stranger = app.test_client()
    data = {"csrf_token": csrf(stranger, "/fr/me"), "phone": "06.00.00.00.21", "code": f" {code.lower()} "}
    answer = stranger.post("/fr/me", data=data)
    assert answer.location.endswith(f"/fr/me/{fair.youssef_token}")


@pytest.mark.parametrize(("phone", "wrong"), [("0600000022", False), ("0600000021", True), ("12", False)])
def test_a_wrong_pair_says_the_same_whatever_is_wrong(
    client: FlaskClient, fair: SmallFair, phone: str, wrong: bool
) -> None:
    code = code_of(client, fair)
    data = {"csrf_token": csrf(client, "/fr/me"), "phone": phone, "code": "000000" if wrong else code}
    answer = client.post("/fr/me", data=data)
    assert answer.status_code == 422
    assert "Ce téléphone et ce code ne mènent à aucune page." in answer.text


def test_guessing_codes_is_stopped(settings: Settings, clock: FixedClock) -> None:
    from village.app import create_app
    from village.kit.db import db

    app = create_app(replace(settings, rate_limits="on"), clock=clock)
    small_fair(app)
    client = app.test_client()
    token = csrf(client, "/fr/me")
    data = {"csrf_token": token, "phone": "0600000021", "code": "000000"}
    statuses = [client.post("/fr/me", data=data).status_code for _ in range(12)]
    assert statuses[:10] == [422] * 10
    assert statuses[10:] == [429] * 2
    with app.app_context():
        db.engine.dispose()
