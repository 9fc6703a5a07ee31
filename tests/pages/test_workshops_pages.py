"""The programme and the pages of registration: in each language, with and without a role."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from tests.pages.participants import SmallFair, csrf, small_fair

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from village.kit.clock import FixedClock

pytestmark = pytest.mark.sqlite_only

LANGS = ("ar", "fr", "en")
WORDS = {"ar": "البرنامج", "fr": "Programme", "en": "Programme"}


@pytest.fixture
def fair(app: Flask) -> SmallFair:
    """A small fair."""
    return small_fair(app)


@pytest.mark.parametrize("lang", LANGS)
def test_everybody_reads_the_programme(client: FlaskClient, fair: SmallFair, lang: str) -> None:
    answer = client.get(f"/{lang}/programme")
    assert answer.status_code == 200
    assert f"<h1>{WORDS[lang]}</h1>" in answer.text
    assert "تقنيات التسويق" in answer.text if lang == "ar" else "Techniques de commercialisation" in answer.text
    assert "style=" not in answer.text
    left = {"ar": "مقعد واحد شاغر", "fr": "1 place restante", "en": "1 seat left"}[lang]
    assert left in answer.text


def test_the_programme_of_one_town(client: FlaskClient, fair: SmallFair) -> None:
    assert "Techniques" in client.get("/fr/programme?city=V1").text
    assert "Techniques" not in client.get("/fr/programme?city=V2").text


def test_the_programme_costs_a_constant_number_of_queries(app: Flask, client: FlaskClient, fair: SmallFair) -> None:
    from village.kit.web import parts

    asked: list[str] = []
    with app.app_context():
        sa.event.listen(parts().engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    client.get("/fr/programme")
    selects = [statement for statement in asked if statement.lstrip().upper().startswith("SELECT")]
    assert 0 < len(selects) <= 6


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", ["programme/W01", "programme/W05/register", "me"])
def test_public_pages_open_in_each_language(client: FlaskClient, fair: SmallFair, lang: str, path: str) -> None:
    answer = client.get(f"/{lang}/{path}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text


def test_an_unknown_workshop_is_not_found(client: FlaskClient, fair: SmallFair) -> None:
    assert client.get("/fr/programme/W99").status_code == 404


def form(client: FlaskClient, code: str, **typed: str) -> dict[str, str]:
    """Fill the public form."""
    token = csrf(client, f"/fr/programme/{code}/register")
    return {"csrf_token": token, "given": "خديجة", "phone": "06 00 00 00 77", "gender": "f", "wish": "any", **typed}


def test_registering_by_phone_is_confirmed_with_all_there_is_to_keep(client: FlaskClient, fair: SmallFair) -> None:
    answer = client.post("/fr/programme/W01/register", data=form(client, "W01"))
    assert answer.status_code == 302
    assert re.search(r"/fr/me/[a-z2-7]{16}-[0-9a-f]+/registered/W01$", answer.location)
    page = client.get(answer.location).text
    assert "Votre place est sûre" in page
    assert "خديجة" in page
    assert "<svg" in page
    assert re.search(r'aria-label="(?:[0-9A-HJKMNP-TV-Z] ){5}[0-9A-HJKMNP-TV-Z]"', page)


def test_a_full_workshop_says_the_place_in_the_queue_and_why(client: FlaskClient, fair: SmallFair) -> None:
    client.post("/fr/programme/W01/register", data=form(client, "W01"))
    client.post("/fr/programme/other-person", data={"csrf_token": csrf(client, "/fr/me")})
    answer = client.post("/fr/programme/W01/register", data=form(client, "W01", given="Rachid"), follow_redirects=True)
    assert "Vous êtes numéro 1 sur la liste d’attente" in answer.text
    assert "Toutes les places sont prises." in answer.text


def test_a_full_room_gives_a_place_online_with_its_link(
    client: FlaskClient, fair: SmallFair, clock: FixedClock
) -> None:
    client.post("/fr/programme/W05/register", data=form(client, "W05"))
    client.post("/fr/programme/other-person", data={"csrf_token": csrf(client, "/fr/me")})
    answer = client.post("/fr/programme/W05/register", data=form(client, "W05", given="Rachid"), follow_redirects=True)
    assert "Votre place à distance est sûre" in answer.text
    own = re.search(r'href="(/fr/me/[a-z2-7]+-[0-9a-f]+)"', answer.text)
    assert own
    link = re.search(r'href="(/fr/me/[^"]+/join/W05)"', client.get(own[1]).text)
    assert link
    assert client.get(link[1]).location == own[1]
    clock.move_to(datetime(2026, 12, 5, 10, 30, tzinfo=UTC))
    assert client.get(link[1]).location == "https://salle.example/w05"


def test_a_form_sent_twice_makes_one_person(app: Flask, client: FlaskClient, fair: SmallFair) -> None:
    typed = form(client, "W05")
    first, second = (client.post("/fr/programme/W05/register?as=other", data=typed) for _ in range(2))
    assert first.location == second.location


def test_the_same_words_from_another_telephone_open_nobodys_page(
    app: Flask, client: FlaskClient, fair: SmallFair
) -> None:
    first = client.post("/fr/programme/W05/register?as=other", data=form(client, "W05"))
    stranger = app.test_client()
    second = stranger.post("/fr/programme/W05/register", data=form(stranger, "W05"))
    assert first.status_code == second.status_code == 302
    assert first.location != second.location


def test_needs_and_organisation_are_kept(app: Flask, client: FlaskClient, fair: SmallFair) -> None:
    from village.kit.db import db
    from village.people.queries import search_people

    typed = form(client, "W05", organisation="تعاونية  الأمل") | {"needs": ["childcare", "step_free"]}
    assert client.post("/fr/programme/W05/register", data=typed).status_code == 302
    with app.app_context():
        person = search_people(db.session(), fair.edition, "خديجة")[0]
    assert person.needs == ("step_free", "childcare")
    assert person.organisation == "تعاونية الأمل"


def test_a_need_that_nobody_offers_comes_back(client: FlaskClient, fair: SmallFair) -> None:
    assert client.post("/fr/programme/W05/register", data=form(client, "W05", needs="a helicopter")).status_code == 422


@pytest.mark.usefixtures("fair")
class TestLentTelephone:
    """Registered on somebody else's telephone: no address names the person, and one tap takes them off."""

    def register(self, client: FlaskClient) -> TestResponse:
        """Register, saying that the telephone is not one's own."""
        return client.post("/fr/programme/W01/register", data=form(client, "W01", lent="y"))

    def test_no_address_leads_back(self, client: FlaskClient) -> None:
        answer = self.register(client)
        assert answer.location == "/fr/me/here/registered/W01"
        page = client.get(answer.location)
        assert "خديجة" in page.text
        assert page.headers["Cache-Control"] == "no-store, private"
        assert not re.search(r'href="/fr/me/[a-z2-7]{16}-', page.text)
        own = client.get("/fr/me/here").text
        assert "خديجة" in own
        assert not re.search(r'(href|action)="[^"]*/me/[a-z2-7]{16}-', own)

    def test_one_tap_takes_them_off(self, client: FlaskClient) -> None:
        self.register(client)
        token = csrf(client, "/fr/me/here")
        answer = client.post("/fr/programme/other-person", data={"csrf_token": token})
        assert answer.headers["Clear-Site-Data"] == '"cache"'
        assert client.get("/fr/me/here").status_code == 404
        assert "خديجة" not in client.get("/fr/me").text

    def test_forgotten_after_a_quarter_of_an_hour(self, client: FlaskClient, clock: FixedClock) -> None:
        self.register(client)
        clock.advance(14 * 60)
        assert client.get("/fr/me/here").status_code == 200
        clock.advance(2 * 60)
        assert client.get("/fr/me/here").status_code == 404

    def test_found_again_by_code_for_a_moment(self, client: FlaskClient) -> None:
        page = client.get(self.register(client).location).text
        code = re.search(r'aria-label="((?:[0-9A-Z] ){5}[0-9A-Z])"', page)
        assert code
        client.post("/fr/programme/other-person", data={"csrf_token": csrf(client, "/fr/me")})
        typed = {"csrf_token": csrf(client, "/fr/me"), "phone": "0600000077", "code": code[1], "lent": "y"}
        assert client.post("/fr/me", data=typed).location == "/fr/me/here"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"given": ""}, "06 00 00 00 77"),
        ({"phone": ""}, "خديجة"),
        ({"phone": "12"}, "خديجة"),
        ({"email": "x"}, "خديجة"),
    ],
)
def test_a_faulty_form_comes_back_with_what_was_typed(
    client: FlaskClient, fair: SmallFair, typed: dict[str, str], kept: str
) -> None:
    answer = client.post("/fr/programme/W01/register", data=form(client, "W01", **typed))
    assert answer.status_code in {409, 422}
    assert kept in answer.text
    assert 'role="alert"' in answer.text


def test_a_form_without_token_is_refused(client: FlaskClient, fair: SmallFair) -> None:
    filled = form(client, "W01")
    del filled["csrf_token"]
    assert client.post("/fr/programme/W01/register", data=filled).status_code == 400


def test_an_email_is_not_needed_and_consent_is_not_assumed(app: Flask, client: FlaskClient, fair: SmallFair) -> None:
    from village.kit.web import parts

    client.post("/fr/programme/W01/register", data=form(client, "W01"))
    with app.app_context(), parts().engine.connect() as connection:
        row = connection.execute(
            sa.text("SELECT email, consent_photo, consent_contact FROM person WHERE given_ar = 'خديجة'")
        ).one()
    assert tuple(row) == (None, 0, 0)


def test_the_privacy_notice_is_shown_in_the_readers_language(client: FlaskClient, fair: SmallFair) -> None:
    assert "09.08" in client.get("/ar/programme/W01/register").text
    assert "09-08" in client.get("/fr/programme/W01/register").text


# ---- staff

STAFF_PAGES = ("registrations", "registrations/W01", "desk", "desk/W01")
MAY = {
    "organiser": set(STAFF_PAGES),
    "desk": {"desk", "desk/W01"},
    "juror": set(),
    "floor_manager": set(),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("role", MAY)
def test_each_role_sees_its_own_pages(
    client: FlaskClient, fair: SmallFair, sign_in: Callable[..., int], role: str, lang: str
) -> None:
    sign_in(client, role)
    for path in STAFF_PAGES:
        assert client.get(f"/{lang}/{path}").status_code == (200 if path in MAY[role] else 403), path


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_strangers_are_led_to_the_sign_in(client: FlaskClient, fair: SmallFair, path: str) -> None:
    assert client.get(f"/fr/{path}").status_code == 302


def test_the_organiser_sees_how_full_it_is_and_who(
    client: FlaskClient, fair: SmallFair, sign_in: Callable[..., int]
) -> None:
    sign_in(client, "organiser")
    assert "1 sur 2" in client.get("/fr/registrations").text
    page = client.get("/fr/registrations/W01").text
    assert "Youssef El Mourabit" in page
    assert "06\u00a000\u00a000\u00a000\u00a021" in page


def test_staff_cancel_and_the_next_one_moves_up(
    client: FlaskClient, fair: SmallFair, sign_in: Callable[..., int], app: Flask
) -> None:
    sign_in(client, "organiser")
    token = csrf(client, "/fr/desk/W01")
    for given in ("Rachid", "Malika"):
        client.post("/fr/desk/W01/new", data={"csrf_token": token, "given": given, "gender": "f", "wish": "any"})
    answer = client.post(
        "/fr/registrations/W01/cancel", data={"csrf_token": token, "person": str(fair.youssef)}, follow_redirects=True
    )
    assert "La place est allée à Malika" in answer.text


def test_the_desk_finds_somebody_in_the_other_script_and_registers(
    client: FlaskClient, fair: SmallFair, sign_in: Callable[..., int]
) -> None:
    sign_in(client, "desk")
    assert "Fadma Oubella" in client.get("/fr/desk/W01?q=فاضمة").text
    token = csrf(client, "/fr/desk/W01")
    answer = client.post(
        "/fr/desk/W01/register", data={"csrf_token": token, "person": str(fair.fadma)}, follow_redirects=True
    )
    assert "Fadma" in answer.text or "فاضمة" in answer.text
    assert "a une place confirmée" in answer.text


def test_the_desk_is_told_of_an_overlap_and_may_give_a_reason(
    client: FlaskClient, fair: SmallFair, sign_in: Callable[..., int]
) -> None:
    sign_in(client, "desk")
    token = csrf(client, "/fr/desk/W02")
    data: dict[str, Any] = {"csrf_token": token, "person": str(fair.youssef)}
    refused = client.post("/fr/desk/W02/register", data=data)
    assert refused.status_code == 409
    assert "Techniques de commercialisation" in refused.text
    assert 'name="override"' in refused.text
    done = client.post("/fr/desk/W02/register", data={**data, "override": "vient avec sa fille"}, follow_redirects=True)
    assert "a une place confirmée" in done.text


def test_the_desk_may_put_in_with_a_reason_who_waits(
    client: FlaskClient, fair: SmallFair, sign_in: Callable[..., int]
) -> None:
    sign_in(client, "desk")
    token = csrf(client, "/fr/desk/W01")
    client.post("/fr/desk/W01/new", data={"csrf_token": token, "given": "Rachid", "gender": "m", "wish": "any"})
    data = {"csrf_token": token, "person": str(fair.fadma)}
    waits = client.post("/fr/desk/W01/register", data=data, follow_redirects=True)
    assert "est sur la liste d’attente" in waits.text
    assert 'name="override"' in waits.text
    again = client.post("/fr/desk/W01/register", data=data)
    assert again.status_code == 409
    put_in = client.post("/fr/desk/W01/register", data={**data, "override": "interprète"}, follow_redirects=True)
    assert "a une place confirmée" in put_in.text


def test_more_places_move_the_waiting_up(client: FlaskClient, fair: SmallFair, sign_in: Callable[..., int]) -> None:
    sign_in(client, "organiser")
    token = csrf(client, "/fr/desk/W01")
    for given in ("Rachid", "Malika"):
        client.post("/fr/desk/W01/new", data={"csrf_token": token, "given": given, "gender": "f", "wish": "any"})
    answer = client.post(
        "/fr/registrations/W01/places",
        data={"csrf_token": token, "onsite": "3", "online": "0"},
        follow_redirects=True,
    )
    assert "passées de la liste d’attente : 1" in answer.text
