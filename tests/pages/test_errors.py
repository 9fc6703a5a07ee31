"""When the database is gone, the page still says so, in three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

if TYPE_CHECKING:
    from flask import Flask


@pytest.mark.sqlite_only
def test_a_lost_database_is_said_plainly(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise sa.exc.OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setitem(app.extensions["village"].wires, "edition", lambda _session: gone())
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = app.test_client().get("/fr/")
    assert answer.status_code == 500
    for sentence in ("وقع خطأ في الخادم", "Le serveur a eu une panne", "The server failed"):
        assert sentence in answer.text


@pytest.mark.sqlite_only
@pytest.mark.parametrize("word", ["endpoint", "_scheme", "_external", "_anchor", "_method", "values"])
def test_no_word_in_an_address_breaks_the_links_to_the_other_languages(app: Flask, word: str) -> None:
    page = app.test_client().get(f"/fr/programme?{word}=javascript&city=V1")
    assert page.status_code in {200, 404}  # 404 before the first edition is made
    home = app.test_client().get(f"/fr/?{word}=javascript&day=1")
    assert home.status_code == 200
    assert 'href="/ar/?' in home.text
    assert 'href="javascript' not in home.text


@pytest.mark.parametrize("digits", [str(2**63 - 1), "9" * 30, "9" * 5000])
@pytest.mark.parametrize("address", ["/api/v1/audit/entries/{}", "/fr/log/line/{}"])
def test_a_number_beyond_every_row_leads_nowhere(app: Flask, address: str, digits: str) -> None:
    assert app.test_client().get(address.format(digits)).status_code == 404


@pytest.mark.sqlite_only
def test_a_badge_whose_number_fills_its_64_bits_has_a_page(app: Flask) -> None:
    found, values = app.url_map.bind("village.test").match(f"/fr/badges/{2**63 - 2}")
    assert (found, values["badge_id"]) == ("badges.badge", 2**63 - 2)


@pytest.mark.parametrize("address", ["/fr/exhibitors/%00", "/fr/exhibitors?q=a%00b", "/fr/programme/W%00"])
def test_a_sign_that_no_database_keeps_is_refused(app: Flask, address: str) -> None:
    assert app.test_client().get(address).status_code == 400


@pytest.mark.sqlite_only
def test_before_the_first_edition_pages_say_so(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/ar/").status_code == 200
    for path in ("/ar/programme", "/ar/plan", "/ar/exhibitors", "/ar/draws"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "لم تُفتح أي دورة بعد" in answer.text
