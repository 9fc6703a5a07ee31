"""The first page and the pages that explain a failure, in each language."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest

from tests.factories import make_edition
from village.editions.rules import NewCeremony, NewPartner

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from flask.testing import FlaskClient

    from village.kit.clock import FixedClock
    from village.kit.deeds import Deed

pytestmark = pytest.mark.sqlite_only

PARTNERS = (
    NewPartner("P02", "الجمعية الفرنكو مغربية للأطر", "Association des cadres", "co_organizer", 2),
    NewPartner("P01", "مؤسسة الملتقى", "Fondation Al Moultaqa", "organizer", 1),
    NewPartner("P03", "مجلس جهة الشرق", "Conseil de la région de l’Oriental", "partner", 3),
)
OPENING = NewCeremony("CE1", "opening", date(2026, 12, 4), time(16), "V1", "حفل الافتتاح", "Cérémonie d’ouverture")
CLOSING = NewCeremony("CE2", "closing", date(2026, 12, 6), time(17), "V1", "الجلسة الختامية", "Clôture")


@pytest.fixture
def fair(act: Callable[..., AbstractContextManager[Deed]]) -> None:
    with act("organiser") as deed:
        make_edition(deed, partners=PARTNERS, ceremonies=(OPENING, CLOSING))


def _text(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("lang", "direction", "name", "theme", "span"),
    [
        ("ar", "rtl", "القرية التضامنية", "الابتكار الاجتماعي", "من 4 إلى 6 دجنبر 2026"),
        ("fr", "ltr", "Village solidaire", "Innovation sociale", "du 4 au 6 décembre 2026"),
        ("en", "ltr", "Solidarity village", '<span lang="fr" dir="ltr">Innovation sociale', "4 to 6 December 2026"),
    ],
)
def test_home_says_what_when_and_where(
    client: FlaskClient, fair: None, lang: str, direction: str, name: str, theme: str, span: str
) -> None:
    text = _text(client, f"/{lang}/")
    assert f'<html lang="{lang}" dir="{direction}">' in text
    for shown in (name, theme, span, {"ar": "مداغ"}.get(lang, "Madagh")):
        assert shown in text


def test_partners_stand_in_protocol_order(client: FlaskClient, fair: None) -> None:
    text = _text(client, "/fr/")
    places = [text.index(name) for name in ("Fondation Al Moultaqa", "Association des cadres", "Conseil de la région")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        (datetime(2026, 11, 1, 9, tzinfo=UTC), "Cérémonie d’ouverture"),
        (datetime(2026, 12, 6, 9, tzinfo=UTC), "Clôture"),
        (datetime(2027, 1, 9, 9, tzinfo=UTC), "Clôture"),
    ],
)
def test_day_shown_is_today_or_the_nearest_day(
    client: FlaskClient, clock: FixedClock, fair: None, now: datetime, shown: str
) -> None:
    clock.move_to(now)
    text = _text(client, "/fr/")
    others = {"Cérémonie d’ouverture", "Clôture"} - {shown}
    assert shown in text
    assert not any(other in text for other in others)


def test_before_the_first_edition_the_home_says_so(client: FlaskClient) -> None:
    assert "Aucune édition" in _text(client, "/fr/")


@pytest.mark.parametrize(
    ("lang", "said"), [("ar", "هذه الصفحة غير موجودة"), ("fr", "n’existe pas"), ("en", "does not exist")]
)
def test_missing_page_is_explained_in_the_readers_language(client: FlaskClient, lang: str, said: str) -> None:
    assert said in _text(client, f"/{lang}/no-such-page", 404)


def test_unknown_language_is_answered_in_all_three(client: FlaskClient) -> None:
    text = _text(client, "/de/", 404)
    assert re.findall(r'<section [^>]*lang="(\w\w)"', text) == ["ar", "fr", "en"]


def test_form_without_token_keeps_what_was_typed(client: FlaskClient) -> None:
    answer = client.post("/fr/accounts/new", data={"name": "Fadma «Oubella»"}, headers={"Origin": "http://localhost"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert 'value="Fadma «Oubella»"' in text
    assert 'name="csrf_token"' in text


def test_form_of_a_foreign_page_gets_no_fresh_token_for_its_fields(client: FlaskClient) -> None:
    answer = client.post("/fr/accounts/new", data={"name": "x"}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 400
    assert 'name="name"' not in answer.get_data(as_text=True)
