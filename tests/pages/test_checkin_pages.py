"""The gate: a verdict in words, colour and sign; with and without script; by badge and by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages.participants import SmallFair, csrf, hidden, small_fair

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

pytestmark = pytest.mark.sqlite_only

LANGS = ("ar", "fr", "en")
GATE = "/fr/checkin/W01"


@pytest.fixture
def fair(app: Flask) -> SmallFair:
    """A small fair."""
    return small_fair(app)


@pytest.fixture
def desk(client: FlaskClient, fair: SmallFair, sign_in: Callable[..., int]) -> FlaskClient:
    """Naima's browser at the gate."""
    sign_in(client, "desk")
    return client


def scan(desk: FlaskClient, code: str, gate: str = GATE, **more: str) -> TestResponse:
    """Type a code and send the form, as a browser without scripts."""
    data = {"csrf_token": csrf(desk, gate), "uuid": hidden(desk, gate, "uuid"), "code": code, **more}
    return desk.post(gate, data=data, follow_redirects=True)


def named(desk: FlaskClient, person: int, deed: str, **more: str) -> TestResponse:
    """Tap the button beside a name."""
    data = {"csrf_token": csrf(desk, GATE), "uuid": hidden(desk, GATE, "uuid"), "person": str(person), **more}
    return desk.post(f"{GATE}/{deed}", data=data, follow_redirects=True)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("role", "status"), [("desk", 200), ("organiser", 200), ("juror", 403), ("auditor", 403)])
def test_who_stands_at_the_gate(
    client: FlaskClient, fair: SmallFair, sign_in: Callable[..., int], lang: str, role: str, status: int
) -> None:
    sign_in(client, role)
    assert client.get(f"/{lang}/checkin").status_code == status
    assert client.get(f"/{lang}/checkin/W01").status_code == status


@pytest.mark.parametrize(("role", "status"), [("organiser", 200), ("desk", 403)])
def test_attendance_is_the_organisers(
    client: FlaskClient, fair: SmallFair, sign_in: Callable[..., int], role: str, status: int
) -> None:
    sign_in(client, role)
    assert client.get("/fr/attendance").status_code == status


def test_strangers_admit_nobody(client: FlaskClient, fair: SmallFair) -> None:
    assert client.get(GATE).status_code == 302


def test_an_unknown_code_is_said_and_listed(desk: FlaskClient) -> None:
    answer = scan(desk, "7Y4N-3YRB-JA3W")
    assert "verdict-bad" in answer.text
    assert "Code inconnu" in answer.text


def test_a_badge_of_somebody_not_registered_names_them(desk: FlaskClient, fair: SmallFair) -> None:
    answer = scan(desk, fair.fadma_badge)
    assert "Pas d’inscription ici" in answer.text
    assert "Fadma Oubella" in answer.text


def test_a_badge_is_welcomed_then_known_as_in(desk: FlaskClient, fair: SmallFair) -> None:
    named(desk, fair.fadma, "walk-in")
    again = scan(desk, fair.fadma_badge)
    assert "verdict-wait" in again.text
    assert "Première entrée à 9" in again.text


def test_reloading_the_verdict_scans_nothing_again(desk: FlaskClient, fair: SmallFair) -> None:
    answer = named(desk, fair.youssef, "person")
    assert "verdict-ok" in answer.text
    again = desk.get(answer.request.path + "?" + answer.request.query_string.decode())
    assert "verdict-ok" in again.text
    assert again.text.count('<bdi dir="ltr">Youssef El Mourabit</bdi>') == 2


def test_a_double_tap_counts_once(desk: FlaskClient, fair: SmallFair) -> None:
    data = {"csrf_token": csrf(desk, GATE), "uuid": hidden(desk, GATE, "uuid"), "person": str(fair.youssef)}
    for _ in range(2):
        answer = desk.post(f"{GATE}/person", data=data, follow_redirects=True)
    assert "verdict-ok" in answer.text


def test_the_script_gets_a_fragment(desk: FlaskClient, fair: SmallFair) -> None:
    data = {"csrf_token": csrf(desk, GATE), "uuid": hidden(desk, GATE, "uuid"), "code": fair.fadma_badge}
    answer = desk.post(GATE, data=data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert 'data-tone="bad"' in answer.text
    assert 'id="recent"' in answer.text
    assert "<html" not in answer.text


def test_a_name_is_found_in_the_other_script(desk: FlaskClient, fair: SmallFair) -> None:
    page = desk.get(f"{GATE}?q=يوسف").text
    assert "Youssef El Mourabit" in page
    assert "…0021" in page
    assert "06 00 00 00 21" not in page


def test_admitted_by_name(desk: FlaskClient, fair: SmallFair) -> None:
    answer = named(desk, fair.youssef, "person")
    assert "Bienvenue" in answer.text
    assert ">1</b>" in answer.text


def test_a_walk_in_is_registered_and_admitted(desk: FlaskClient, fair: SmallFair) -> None:
    assert "Bienvenue" in named(desk, fair.fadma, "walk-in").text


def test_a_walk_in_into_a_full_room_asks_for_a_reason(desk: FlaskClient, fair: SmallFair) -> None:
    token = csrf(desk, "/fr/desk/W01")
    desk.post("/fr/desk/W01/new", data={"csrf_token": token, "given": "Rachid", "gender": "m", "wish": "any"})
    refused = named(desk, fair.fadma, "walk-in")
    assert refused.status_code == 409
    assert "Il ne reste aucune place" in refused.text
    assert 'name="override"' in refused.text
    assert "Bienvenue" in named(desk, fair.fadma, "walk-in", override="chaises ajoutées").text


def test_a_scan_without_token_is_refused(desk: FlaskClient, fair: SmallFair) -> None:
    assert desk.post(GATE, data={"uuid": "scan-0001", "code": fair.fadma_badge}).status_code == 400


@pytest.mark.parametrize("code", ["", "x" * 401])
def test_an_empty_or_endless_code_comes_back(desk: FlaskClient, code: str) -> None:
    assert scan(desk, code).status_code == 422


def test_a_gate_has_a_name(desk: FlaskClient, fair: SmallFair) -> None:
    desk.post("/fr/checkin/device", data={"csrf_token": csrf(desk, "/fr/checkin"), "name": "Porte nord"})
    named(desk, fair.youssef, "person")
    assert "Porte nord" in desk.get(GATE).text


class TestInterface:
    """The same deed for programs."""

    def post(self, desk: FlaskClient, body: object, workshop: str = "W01") -> TestResponse:
        """Send a scan as JSON."""
        headers = {"X-CSRFToken": csrf(desk, GATE)}
        return desk.post(f"/api/v1/workshops/{workshop}/scans", json=body, headers=headers)

    def test_a_verdict(self, desk: FlaskClient, fair: SmallFair) -> None:
        body = {"code": fair.fadma_badge, "uuid": "0f0e0d0c-0001", "device_time": "2026-12-04T09:00:00Z"}
        first, again = self.post(desk, body).get_json(), self.post(desk, body).get_json()
        assert (first["verdict"], first["known"], first["admits"]) == ("not_registered", False, False)
        assert first["name_fr"] == "Fadma Oubella"
        assert again["known"] is True

    @pytest.mark.parametrize(
        "body",
        [
            None,
            [],
            {},
            {"code": 7},
            {"code": "A\ud800"},
            {"code": "A", "uuid": "../x"},
            {"code": "A", "device_time": "soon"},
            {"code": "A", "device_time": "0001-01-01T00:00:00+14:00"},
        ],
    )
    def test_a_faulty_scan_is_refused_in_words(self, desk: FlaskClient, body: object) -> None:
        answer = self.post(desk, body)
        assert answer.status_code == 409
        assert answer.get_json()["code"] == "scan_invalid"

    def test_an_unknown_workshop(self, desk: FlaskClient, fair: SmallFair) -> None:
        assert self.post(desk, {"code": fair.fadma_badge}, "W99").status_code == 404
