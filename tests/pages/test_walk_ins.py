"""Somebody at the door without a place: found in either script or new by name, one tap, never twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.pages.participants import SmallFair, csrf, hidden, small_fair

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

pytestmark = pytest.mark.sqlite_only

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


def walk_in(desk: FlaskClient, gate: str = GATE, **more: str) -> TestResponse:
    """Tap the button beside a name."""
    data = {"csrf_token": csrf(desk, gate), "uuid": hidden(desk, gate, "uuid"), **more}
    return desk.post(f"{gate}/walk-in", data=data, follow_redirects=True)


def people(app: Flask, fair: SmallFair, name: str) -> int:
    from village.kit.db import db
    from village.people.queries import search_people

    with app.app_context():
        return len(search_people(db.session(), fair.edition, name))


@pytest.mark.parametrize("typed", ["Rachid Amrani", "فاضمة", "0600000022", "P002", "youssef"])
def test_what_is_no_badge_is_searched(desk: FlaskClient, typed: str) -> None:
    data = {"csrf_token": csrf(desk, GATE), "uuid": hidden(desk, GATE, "uuid"), "code": typed}
    answer = desk.post(GATE, data=data)
    assert answer.status_code == 303
    assert "?q=" in answer.location
    assert "verdict-none" in desk.get(answer.location).text


@pytest.mark.parametrize(
    ("typed", "name"),
    [("fadma", "Fadma Oubella"), ("فاضمة اوبلا", "Fadma Oubella"), ("+212600000021", "Youssef El Mourabit")],
)
def test_letters_as_they_are_typed_find_people_in_either_script(desk: FlaskClient, typed: str, name: str) -> None:
    answer = desk.get(f"{GATE}/people", query_string={"q": typed})
    assert name in answer.text
    assert "<html" not in answer.text


def test_a_stranger_by_name_alone_is_in_with_one_tap(app: Flask, desk: FlaskClient, fair: SmallFair) -> None:
    found = desk.get(f"{GATE}/people", query_string={"q": "Rachid Amrani"}).text
    assert re.search(r'name="name" value="Rachid Amrani"', found)
    answer = walk_in(desk, name="Rachid Amrani")
    assert "verdict-ok" in answer.text
    assert "Rachid Amrani" in answer.text
    assert people(app, fair, "Rachid Amrani") == 1


def test_a_double_tap_on_a_new_name_leaves_one_person_in(app: Flask, desk: FlaskClient, fair: SmallFair) -> None:
    data = {"csrf_token": csrf(desk, GATE), "uuid": hidden(desk, GATE, "uuid"), "name": "رشيد العمراني"}
    for _ in range(2):
        answer = desk.post(f"{GATE}/walk-in", data=data, follow_redirects=True)
    assert "verdict-ok" in answer.text
    assert people(app, fair, "رشيد العمراني") == 1


def test_whoever_is_in_is_not_let_in_again(desk: FlaskClient, fair: SmallFair) -> None:
    assert "verdict-ok" in walk_in(desk, person=str(fair.youssef)).text
    assert "verdict-wait" in walk_in(desk, person=str(fair.youssef)).text
    assert (
        "data-door"
        not in re.split(r'<div id="live"', desk.get(f"{GATE}/people?q=Youssef").text)[0]
        .split("Youssef El")[1]
        .split("</li>")[0]
    )


def test_a_badge_without_a_place_offers_the_tap(desk: FlaskClient, fair: SmallFair) -> None:
    data = {"csrf_token": csrf(desk, GATE), "uuid": hidden(desk, GATE, "uuid"), "code": fair.fadma_badge}
    answer = desk.post(GATE, data=data, headers={"HX-Request": "true"})
    assert "verdict-bad" in answer.text
    assert re.search(rf'name="person" value="{fair.fadma}"', answer.text)


class TestFullRoom:
    """Two places, both taken: the reasons that staff may give stand ready."""

    @pytest.fixture(autouse=True)
    def full(self, desk: FlaskClient) -> None:
        """Fill the room."""
        walk_in(desk, name="Rachid Amrani")

    def test_a_reason_is_one_tap_and_nobody_is_left_behind(
        self, app: Flask, desk: FlaskClient, fair: SmallFair
    ) -> None:
        refused = walk_in(desk, name="Brahim Tazi")
        assert refused.status_code == 409
        assert people(app, fair, "Brahim Tazi") == 0
        reason = re.search(r'name="override" value="([^"]+)"', refused.text)
        assert reason
        assert "verdict-ok" in walk_in(desk, name="Brahim Tazi", override=reason[1]).text
        assert people(app, fair, "Brahim Tazi") == 1

    def test_the_script_gets_the_reasons_in_a_fragment(self, desk: FlaskClient, fair: SmallFair) -> None:
        data = {"csrf_token": csrf(desk, GATE), "uuid": hidden(desk, GATE, "uuid"), "person": str(fair.fadma)}
        answer = desk.post(f"{GATE}/walk-in", data=data, headers={"HX-Request": "true"})
        assert answer.status_code == 409
        assert 'id="found"' in answer.text
        assert 'data-tone="wait"' in answer.text
        assert "<html" not in answer.text

    def test_whoever_waits_and_stands_at_the_door_may_have_the_empty_seat(
        self, app: Flask, desk: FlaskClient, fair: SmallFair
    ) -> None:
        from village.kit.deeds import SYSTEM, begin
        from village.kit.web import parts
        from village.workshops.actions import register
        from village.workshops.rules import Result

        with app.app_context(), begin(parts().engine, actor=SYSTEM, now=parts().clock.now()) as deed:
            waits = register(deed, person_id=fair.fadma, workshop_id=fair.workshops["W01"])
        assert waits.result is Result.WAITLISTED
        assert walk_in(desk, person=str(fair.fadma)).status_code == 409
        assert "verdict-ok" in walk_in(desk, person=str(fair.fadma), override="une chaise est vide").text


@pytest.mark.parametrize("role", ["juror", "exhibitor", "auditor"])
def test_only_the_desk_lets_in(
    client: FlaskClient, fair: SmallFair, sign_in: Callable[..., int], post: Callable[..., TestResponse], role: str
) -> None:
    sign_in(client, role)
    assert client.get(f"{GATE}/people?q=youssef").status_code == 403
    assert post(client, f"{GATE}/walk-in", {"person": str(fair.fadma), "uuid": "scan-0001"}).status_code == 403


def test_somebody_expected_elsewhere_may_come_here_instead(desk: FlaskClient, fair: SmallFair) -> None:
    refused = walk_in(desk, "/fr/checkin/W02", person=str(fair.youssef))
    assert refused.status_code == 409
    reasons = re.findall(r'name="override" value="([^"]+)"', refused.text)
    assert reasons == ["Vient ici à la place"]
    assert "verdict-ok" in walk_in(desk, "/fr/checkin/W02", person=str(fair.youssef), override=reasons[0]).text
