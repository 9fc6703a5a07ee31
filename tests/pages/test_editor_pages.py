"""The page on which the hall is drawn, without its script: forms by numbers, and a hall to begin with."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.factories import make_edition
from tests.floor_fair import FloorFair, open_floor
from village.floor import queries
from village.kit.db import db
from village.kit.deeds import Actor, begin
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

    from village.floor.queries import LayoutView

pytestmark = pytest.mark.sqlite_only
EDITOR, FORM, NEW = "/fr/floor/editor", "/fr/floor/editor/form", "/fr/floor/editor/new"


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False  # forms without token have a test of their own
    return app


@pytest.fixture
def fair(app: Flask) -> FloorFair:
    """The demo's floor; nobody has a stand yet."""
    with app.app_context(), begin(parts().engine, actor=Actor("account", "1"), now=parts().clock.now()) as deed:
        return open_floor(deed)


@pytest.fixture
def organiser(client: FlaskClient, sign_in: Callable[..., int]) -> FlaskClient:
    sign_in(client, "floor_manager")
    return client


def layout(app: Flask, hall_id: int) -> LayoutView:
    with app.app_context():
        db.session.rollback()
        return queries.get_layout(db.session(), hall_id)


def typed(client: FlaskClient, code: str) -> dict[str, Any]:
    """What the form of a stand would send as it stands."""
    page = client.get(f"{EDITOR}?stand={code}").get_data(as_text=True)
    page = page[page.index("floor/editor/form") :]
    fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        fields[name] = next(iter(re.findall(r'<option selected value="([^"]*)"', options)), "")
    checked = re.findall(r'<input checked[^>]*name="(\w+)"', page)
    boxes = set(re.findall(r'<input[^>]*name="(\w+)" type="checkbox"', page))
    sent = {name: html.unescape(value) for name, value in fields.items() if name not in boxes and name != "remove"}
    return sent | dict.fromkeys(checked, "y")


def test_a_form_that_changes_nothing_says_so(organiser: FlaskClient, fair: FloorFair) -> None:
    assert organiser.post(FORM, data=typed(organiser, "B02")).status_code == 409


def test_a_stand_is_changed_renamed_added_and_removed(app: Flask, organiser: FlaskClient, fair: FloorFair) -> None:
    assert organiser.post(FORM, data=typed(organiser, "B02") | {"w": "2,5", "code": "B02b"}).status_code == 303
    stands = layout(app, fair.hall_id).things["stand"]
    assert "B02" not in stands
    assert stands["B02b"]["w"] == 250
    new = typed(organiser, "") | {"code": "Q01", "x": "15,5", "y": "14", "zone": "Z2"}
    assert organiser.post(FORM, data=new).status_code == 303
    assert layout(app, fair.hall_id).things["stand"]["Q01"]["x"] == 1550
    assert organiser.post(FORM, data=typed(organiser, "Q01") | {"remove": "1"}).status_code == 303
    assert "Q01" not in layout(app, fair.hall_id).things["stand"]


def test_a_form_that_believes_something_else_is_refused(app: Flask, organiser: FlaskClient, fair: FloorFair) -> None:
    old = typed(organiser, "B02") | {"x": "1"}
    assert organiser.post(FORM, data=typed(organiser, "B02") | {"w": "2"}).status_code == 303
    answer = organiser.post(FORM, data=old)
    assert answer.status_code == 409
    assert layout(app, fair.hall_id).things["stand"]["B02"]["w"] == 200
    # The form now believes what is there, and can be sent again.
    assert typed(organiser, "B02")["seen"] in html.unescape(answer.get_data(as_text=True))


@pytest.mark.parametrize("wrong", [{"x": "quinze"}, {"w": "1e9"}, {"code": ""}, {"zone": "Z9"}])
def test_what_cannot_be_is_shown_again(
    app: Flask, organiser: FlaskClient, fair: FloorFair, wrong: dict[str, str]
) -> None:
    before = layout(app, fair.hall_id).version
    assert organiser.post(FORM, data=typed(organiser, "B02") | wrong).status_code == 422
    assert layout(app, fair.hall_id).version == before


def test_without_a_hall_one_is_begun(app: Flask, organiser: FlaskClient) -> None:
    with app.app_context(), begin(parts().engine, actor=Actor("account", "1"), now=parts().clock.now()) as deed:
        make_edition(deed)
    assert organiser.get(EDITOR).headers["Location"].endswith("/floor/editor/new")
    walls = {"code": "TENTE", "name_fr": "Petite tente", "width": "20", "depth": "٣"}
    answer = organiser.post(NEW, data=walls)
    assert answer.status_code == 422
    assert "4 m" in answer.get_data(as_text=True)
    assert organiser.post(NEW, data=walls | {"depth": "12,5"}).status_code == 303
    things = organiser.get("/fr/floor/editor/state").get_json()
    assert (things["hall"]["width"], things["hall"]["depth"], things["faults"]) == (2000, 1250, [])
    assert organiser.post(NEW, data=walls | {"depth": "12,5"}).status_code == 409


def test_only_those_who_place_stands_draw(client: FlaskClient, fair: FloorFair) -> None:
    for path in (EDITOR, NEW):
        assert client.get(path).status_code in {302, 401, 403}
    assert client.post(FORM, data={}).status_code in {302, 401, 403}
