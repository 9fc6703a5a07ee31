"""The dashboard: figures, the rows behind them, what is next, and its weight."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import FADMA, YOUSSEF
from tests.factories import make_edition, make_exhibitor, make_person
from tests.pages.counting import count_queries
from village.reports.actions import NewAgreement, NewRecommendation, add_agreements, add_recommendations

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

# The reads behind these pages are tried on both databases in the tests of their features.
pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def edition(client: FlaskClient, act: Callable[..., Any], sign_in: Callable[..., int]) -> int:
    """A small fair with two people, one exhibitor that waits for a decision, and a text without translation."""
    with act() as deed:
        number = make_edition(deed)
        make_person(deed, number, YOUSSEF, province_code="02.113", age_band="18-24")
        make_person(deed, number, FADMA, province_code="02.411")
        waiting = make_exhibitor(deed, number, accepted=False)
        add_recommendations(deed, number, [NewRecommendation("RC1", "تشجيع الاتحادات", "")])
        add_agreements(deed, number, [NewAgreement("AG1", "اتفاقية", "Convention", date(2026, 12, 5), 24, (waiting,))])
    sign_in(client, "organiser")
    return number


def test_figures_open_their_rows_in_each_language(client: FlaskClient, edition: int) -> None:
    for lang, sentence in (
        ("ar", "طلب واحد ينتظر القرار"),
        ("fr", "1 dossier à décider"),
        ("en", "1 application to decide"),
    ):
        text = client.get(f"/{lang}/dashboard").text
        assert sentence in text
        assert f'href="/{lang}/dashboard/people?gender=f"' in text
        assert f'href="/{lang}/exhibitors/manage"' in text
        assert "50&nbsp;%" not in text  # one woman of two: too few to be shown


def test_small_counts_of_provinces_are_not_shown(client: FlaskClient, edition: int) -> None:
    text = client.get("/en/dashboard").text
    berkane = text.split("province=02.113")[1][:200]
    assert "few" in berkane
    assert "<progress" not in berkane


def test_the_rows_behind_a_figure(client: FlaskClient, edition: int) -> None:
    women = client.get("/fr/dashboard/people?gender=f").text
    assert "Fadma" in women
    assert "Youssef" not in women
    assert "Youssef" in client.get("/fr/dashboard/people?age=youth").text
    assert "Fadma" not in client.get("/fr/dashboard/people?province=02.113").text
    assert client.get("/fr/dashboard/people?page=99").status_code == 200


def test_agreements_and_recommendations_stand_side_by_side(client: FlaskClient, edition: int) -> None:
    text = client.get("/fr/dashboard/decisions").text
    assert 'lang="ar" dir="rtl">تشجيع الاتحادات' in text
    assert "Traduction manquante" in text
    assert "Tifawine" in text


def test_the_number_of_queries_does_not_grow_with_the_fair(
    client: FlaskClient, app: Flask, edition: int, act: Callable[..., Any]
) -> None:
    client.get("/fr/dashboard")
    before = count_queries(app, lambda: client.get("/fr/dashboard"))
    with act() as deed:
        for number in range(30):
            make_person(deed, edition, YOUSSEF, phone=f"+2126000001{number:02d}")
    assert count_queries(app, lambda: client.get("/fr/dashboard")) == before


def test_the_page_itself_weighs_little(client: FlaskClient, edition: int) -> None:
    answer = client.get("/ar/dashboard", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) <= 8 * 1024


def test_other_roles_stay_outside(client: FlaskClient, edition: int, sign_in: Callable[..., int]) -> None:
    for role in ("desk", "juror", "chair", "exhibitor", "auditor", "commission", "floor_manager"):
        sign_in(client, role)
        for path in ("dashboard", "dashboard/people", "dashboard/decisions"):
            assert client.get(f"/fr/{path}").status_code == 403


def test_before_the_first_edition_the_page_says_so(client: FlaskClient, sign_in: Callable[..., int]) -> None:
    sign_in(client, "organiser")
    assert "No edition" in client.get("/en/dashboard").text
