"""The directory for everybody, an exhibitor's own page, the organisers' list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.floor_fair import FloorFair, open_floor
from village.exhibitors.actions import add_delegates, link_account
from village.floor import actions
from village.floor.queries import find_stand_of
from village.kit.deeds import Actor, begin
from village.kit.web import parts
from village.people.actions import add_people
from village.people.rules import NewPerson

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

pytestmark = pytest.mark.sqlite_only
LANGS = ("ar", "fr", "en")


@pytest.fixture
def fair(furnished: Callable[[str, Callable[[], FloorFair]], FloorFair]) -> FloorFair:
    """The demo's floor, allocated and published; Rachida stands for C08."""
    return furnished("exhibitors", _published)


def _published() -> FloorFair:
    world = parts()
    with begin(world.engine, actor=Actor("account", "1"), now=world.clock.now()) as deed:
        made = open_floor(deed)
        rachida = NewPerson("رشيدة", "آيت القاضي", "Rachida", "Aït El Kadi", category="exhibitor")
        (person,) = add_people(deed, made.edition_id, [rachida])
        add_delegates(deed, [(person, made.exhibitors["C08"])])
        actions.allocate(deed, hall_id=made.hall_id)
        actions.publish_plan(deed, hall_id=made.hall_id)
    return made


def link(app: Flask, fair: FloorFair, account_id: int) -> None:
    with app.app_context():
        world = parts()
        with begin(world.engine, actor=Actor("account", "1"), now=world.clock.now()) as deed:
            link_account(deed, account_id=account_id, exhibitor_id=fair.exhibitors["C08"])


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("lang", LANGS)
def test_the_directory_shows_who_is_accepted_and_nobody_else(client: FlaskClient, fair: FloorFair, lang: str) -> None:
    page = text(client.get(f"/{lang}/exhibitors"))
    assert page.count(f'href="/{lang}/exhibitors/C') == 56
    for code in ("C57", "C63"):
        assert f"/exhibitors/{code}" not in page
        assert client.get(f"/{lang}/exhibitors/{code}").status_code == 404


@pytest.mark.parametrize(
    ("query", "count"),
    [("?sector=fishing", 3), ("?province=02.265", 4), ("?q=نحلة", 1), ("?q=zzz", 0), ("?sector=fishing&province=02.265", 0)],
)
def test_the_directory_filters(client: FlaskClient, fair: FloorFair, query: str, count: int) -> None:
    assert text(client.get(f"/fr/exhibitors{query}")).count('href="/fr/exhibitors/C') == count


@pytest.mark.parametrize("lang", LANGS)
def test_an_exhibitor_s_page_says_what_where_and_nothing_private(client: FlaskClient, fair: FloorFair, lang: str) -> None:
    page = text(client.get(f"/{lang}/exhibitors/C08"))
    assert {"ar": "من المدخل", "fr": "Depuis l’entrée", "en": "From the entrance"}[lang] in page
    assert "Rachida" not in page
    assert "رشيدة" not in page
    assert 'class="why"' not in page
    assert "+2126" not in page


def test_an_unknown_exhibitor_is_not_found(client: FlaskClient, fair: FloorFair) -> None:
    assert client.get("/ar/exhibitors/C999").status_code == 404


@pytest.mark.parametrize("lang", LANGS)
def test_a_representative_sees_its_stand_and_why(
    app: Flask, client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, lang: str
) -> None:
    link(app, fair, sign_in(client, "exhibitor"))
    page = text(client.get(f"/{lang}/exhibitors/own"))
    assert {"ar": "فيه ماء كما طلب", "fr": "L’eau demandée y est", "en": "It has the water asked for"}[lang] in page
    assert {"ar": "رشيدة", "fr": "Rachida", "en": "Rachida"}[lang] in page


@pytest.mark.parametrize("lang", LANGS)
def test_a_representative_whose_stand_is_gone_reads_it(
    app: Flask, client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, lang: str
) -> None:
    link(app, fair, sign_in(client, "exhibitor"))
    with app.app_context():
        world = parts()
        with begin(world.engine, actor=Actor("account", "1"), now=world.clock.now()) as deed:
            mine = find_stand_of(deed.session, fair.edition_id, fair.exhibitors["C08"])
            assert mine
            actions.assign_stand(
                deed, stand_id=mine.id, exhibitor_id=None, expected=fair.exhibitors["C08"]
            )
            actions.publish_plan(deed, hall_id=fair.hall_id)
    page = text(client.get(f"/{lang}/exhibitors/own"))
    lost = {"ar": "لم يعد لكم الرواق", "fr": "Vous n’avez plus le stand", "en": "You no longer have stand"}
    assert lost[lang] in page
    assert mine.code in page
    assert 'class="stand-number"' not in page
    assert lost[lang] not in text(client.get(f"/{lang}/exhibitors/C08"))


def test_an_account_without_exhibitor_is_told_so(
    client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair
) -> None:
    sign_in(client, "exhibitor")
    answer = client.get("/fr/exhibitors/own")
    assert answer.status_code == 409
    assert "lié à aucun exposant" in text(answer)


@pytest.mark.parametrize("lang", LANGS)
def test_organisers_see_every_application_with_its_reason(
    client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, lang: str
) -> None:
    sign_in(client, "organiser")
    page = text(client.get(f"/{lang}/exhibitors/manage"))
    assert page.count(f'href="/{lang}/exhibitors/C') == 65
    assert {"ar": "خارج الجهة", "fr": "hors de la région", "en": "outside the region"}[lang] in page
    assert text(client.get(f"/{lang}/exhibitors/manage?status=waitlisted")).count(f'href="/{lang}/exhibitors/C') == 6
    assert client.get(f"/{lang}/exhibitors/C63").status_code == 200


@pytest.mark.parametrize("role", ["floor_manager", "exhibitor", "juror", None])
def test_others_do_not_see_the_applications(
    client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, role: str | None
) -> None:
    if role:
        sign_in(client, role)
    assert client.get("/ar/exhibitors/manage").status_code == (403 if role else 302)


@pytest.mark.parametrize("role", ["organiser", "juror", None])
def test_only_exhibitors_have_a_page_of_their_own(
    client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, role: str | None
) -> None:
    if role:
        sign_in(client, role)
    assert client.get("/ar/exhibitors/own").status_code == (403 if role else 302)
