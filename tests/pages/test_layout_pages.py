"""The editor's other end: the drawing as JSON, commands and conflicts, per role and in three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.floor_fair import FloorFair, open_floor
from village.kit.deeds import Actor, begin
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

pytestmark = pytest.mark.sqlite_only
LANGS = ("ar", "fr", "en")
STATE, COMMAND = "/fr/floor/editor/state", "/fr/floor/editor/command"


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False  # forms without token have a test of their own
    return app


@pytest.fixture
def fair(app: Flask) -> FloorFair:
    with app.app_context():
        world = parts()
        with begin(world.engine, actor=Actor("account", "1"), now=world.clock.now()) as deed:
            return open_floor(deed)


@pytest.fixture
def editor(client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair) -> FlaskClient:
    sign_in(client, "floor_manager")
    return client


def moved(form: dict[str, Any], dx: int) -> dict[str, Any]:
    return {**form, "x": form["x"] + dx}


def send(client: FlaskClient, steps: list[Any], code: str = "stand.moved", url: str = COMMAND) -> Any:
    return client.post(url, json={"code": code, "steps": steps})


def test_the_state_holds_every_thing_with_its_computed_fields(editor: FlaskClient) -> None:
    state = editor.get(STATE).json
    assert state["version"] == 0
    assert {kind: len(forms) for kind, forms in state["things"].items()} == {
        "stand": 62, "door": 4, "obstacle": 4, "zone": 4, "circuit": 0, "marking": 0, "link": 0,
    }
    assert state["hall"]["width"] == 4000
    a05 = state["things"]["stand"]["A05"]
    assert (a05["x"], a05["open_sides"], a05["open_sides_own"], a05["row"], a05["position"]) == (1400, 2, 2, "A01", 5)
    assert state["things"]["stand"]["A02"]["open_sides_own"] is None
    assert ["A01", "A02", "side"] in state["neighbours"]
    assert (state["undo"], state["redo"], state["background"]) == (None, None, None)


def test_a_command_is_done_taken_back_and_done_again(editor: FlaskClient) -> None:
    before = editor.get(STATE).json["things"]["stand"]["F10"]
    done = send(editor, [["stand", "F10", before, moved(before, 100)]])
    assert done.status_code == 200, done.json
    assert (done.json["version"], done.json["undo"]) == (1, done.json["change"])
    (step,) = done.json["steps"]
    assert (step[3]["x"], step[3]["row"]) == (3600, "F10")
    undone = editor.post("/fr/floor/editor/undo", json={"change": done.json["undo"]})
    assert (undone.status_code, undone.json["redo"], undone.json["undo"]) == (200, undone.json["change"], None)
    assert editor.get(STATE).json["things"]["stand"]["F10"] == before
    again = editor.post("/fr/floor/editor/redo", json={"change": undone.json["redo"]})
    assert (again.status_code, again.json["undo"], again.json["redo"]) == (200, again.json["change"], None)
    assert editor.get(STATE).json["things"]["stand"]["F10"]["x"] == 3600
    twice = editor.post("/fr/floor/editor/undo", json={"change": done.json["change"]})
    assert (twice.status_code, twice.json["code"]) == (409, "layout_undone")


@pytest.mark.parametrize("lang", LANGS)
def test_who_comes_second_is_told_what_is_there_now(editor: FlaskClient, lang: str) -> None:
    before = editor.get(STATE).json["things"]["stand"]["A01"]
    assert send(editor, [["stand", "A01", before, moved(before, -50)]]).status_code == 200
    late = send(editor, [["stand", "A01", before, moved(before, 50)]], url=f"/{lang}/floor/editor/command")
    assert (late.status_code, late.json["code"], late.json["version"]) == (409, "layout_conflict", 1)
    (now,) = late.json["steps"]
    assert (now[:3], now[3]["x"]) == (["stand", "A01", None], 150)
    assert {"ar": "شخص آخر", "fr": "quelqu’un d’autre", "en": "somebody else"}[lang] in late.json["message"]


def test_others_learn_what_was_changed(editor: FlaskClient) -> None:
    state = editor.get(STATE).json
    a, b = (state["things"]["stand"][code] for code in ("A01", "B01"))
    assert editor.get("/fr/floor/editor/changes?since=0").status_code == 204
    send(editor, [["stand", "A01", a, moved(a, -10)]])
    send(editor, [["stand", "B01", b, moved(b, 10)]])
    news = editor.get("/fr/floor/editor/changes?since=0").json
    assert (news["version"], [step[1] for step in news["steps"]], bool(news["who"])) == (2, ["A01", "B01"], True)
    assert [step[1] for step in editor.get("/fr/floor/editor/changes?since=1").json["steps"]] == ["B01"]
