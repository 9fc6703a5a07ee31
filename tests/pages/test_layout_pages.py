"""The editor's other end: the drawing as JSON, commands and conflicts, per role and in three languages."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

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
        "stand": 62,
        "door": 4,
        "obstacle": 4,
        "zone": 4,
        "circuit": 0,
        "marking": 0,
        "link": 0,
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


ADDRESSES = [
    ("get", "/fr/floor/editor/state"),
    ("get", "/fr/floor/editor/changes?since=0"),
    ("post", "/fr/floor/editor/command"),
    ("post", "/fr/floor/editor/undo"),
    ("post", "/fr/floor/editor/redo"),
    ("post", "/fr/floor/editor/import"),
    ("get", "/fr/floor/editor/export.json"),
    ("get", "/fr/floor/editor/export.svg"),
    ("post", "/fr/floor/editor/background"),
    ("get", "/fr/floor/editor/background/x.png"),
]


@pytest.mark.parametrize("role", [None, "exhibitor", "juror", "auditor", "desk"])
def test_others_do_not_draw(
    client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, role: str | None
) -> None:
    if role:
        sign_in(client, role)
    for method, address in ADDRESSES:
        assert getattr(client, method)(address).status_code == (403 if role else 302), address


def test_a_command_needs_the_token(app: Flask, editor: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert send(editor, []).status_code == 400


@pytest.mark.parametrize("lang", LANGS)
def test_impossible_values_are_said(editor: FlaskClient, lang: str) -> None:
    before = editor.get(STATE).json["things"]["stand"]["A01"]
    url = f"/{lang}/floor/editor/command"
    answer = send(editor, [["stand", "A01", before, {**before, "w": -1}]], url=url)
    assert (answer.status_code, answer.json["code"], answer.json["things"]) == (422, "layout_value", ["A01"])
    assert {"ar": "قيمة", "fr": "Valeur", "en": "value"}[lang] in answer.json["message"]
    for body in ({}, {"code": "stand.moved"}, {"code": "x", "steps": []}, {"code": "stand.moved", "steps": {"a": 1}}):
        assert editor.post(url, json=body).status_code == 422
    assert editor.post(url, data="no json", content_type="application/json").status_code == 422
    same = send(editor, [["stand", "A01", before, before]], url=url)
    assert (same.status_code, same.json["code"]) == (422, "layout_unchanged")


def test_what_is_not_there_is_404(editor: FlaskClient) -> None:
    missing = editor.post("/fr/floor/editor/undo", json={"change": 77})
    assert (missing.status_code, missing.json["code"]) == (404, "layout_change_not_found")
    for change in (None, "1", True, -1, 2**63):
        assert editor.post("/fr/floor/editor/undo", json={"change": change}).status_code == 422


@pytest.mark.parametrize("lang", LANGS)
def test_faults_are_said_in_the_readers_language(editor: FlaskClient, lang: str) -> None:
    before = editor.get(STATE).json["things"]["stand"]["A01"]
    send(editor, [["stand", "A01", before, moved(before, 100)]])
    faults = editor.get(f"/{lang}/floor/editor/state").json["faults"]
    (overlap,) = [each for each in faults if each["code"] == "stands_overlap"]
    assert (overlap["level"], overlap["things"]) == ("bad", ["A01", "A02"])
    assert {"ar": "متداخلان", "fr": "se chevauchent", "en": "overlap"}[lang] in overlap["message"]
    assert faults[0]["level"] == "bad"


def upload(client: FlaskClient, name: str, data: bytes, lang: str = "fr", **fields: str) -> Any:
    body = {"file": (io.BytesIO(data), name), **fields}
    return client.post(f"/{lang}/floor/editor/import", data=body, content_type="multipart/form-data")


@pytest.mark.parametrize("kind", ["json", "svg"])
def test_what_is_exported_is_imported_unchanged(editor: FlaskClient, kind: str) -> None:
    export = editor.get(f"/fr/floor/editor/export.{kind}")
    assert f'filename="H1.{kind}"' in export.headers["Content-Disposition"]
    same = upload(editor, f"hall.{kind}", export.data)
    assert (same.status_code, same.json["code"]) == (422, "layout_unchanged")
    state = editor.get(STATE).json
    a01 = state["things"]["stand"]["A01"]
    send(editor, [["stand", "A01", a01, moved(a01, -150)]])
    preview = upload(editor, f"hall.{kind}", export.data, dry_run="1").json
    assert (preview["stands"], preview["steps"], preview["removed"], preview["base"]) == (62, 1, 0, 1)
    assert editor.get(STATE).json["version"] == 1  # looking changes nothing
    done = upload(editor, f"hall.{kind}", export.data, base="1").json
    assert (done["version"], len(done["steps"])) == (2, 1)
    assert editor.get(STATE).json["things"] == state["things"]
    undone = editor.post("/fr/floor/editor/undo", json={"change": done["undo"]})
    assert undone.json["steps"][0][3]["x"] == 50


def test_a_dxf_file_replaces_the_stands_as_one_change(editor: FlaskClient) -> None:
    from tests.rules.test_floor_files import cad, saved

    state = editor.get(STATE).json
    data = saved(cad())
    preview = upload(editor, "hall.dxf", data, dry_run="1")
    assert (preview.status_code, preview.json["stands"], preview.json["removed"]) == (200, 6, 62)
    assert preview.json["hall"]["width"] == 2000
    assert {each["code"] for each in preview.json["faults"]} >= {"door_off_wall"}
    done = upload(editor, "hall.dxf", data).json
    assert sorted(editor.get(STATE).json["things"]["stand"]) == ["A1", "A2", "A3", "B-1", "B-2", "B-3"]
    assert editor.post("/fr/floor/editor/undo", json={"change": done["undo"]}).status_code == 200
    back = editor.get(STATE).json
    assert (back["things"], back["hall"]) == (state["things"], state["hall"])


def test_an_import_over_somebody_elses_change_is_refused(editor: FlaskClient) -> None:
    export = editor.get("/fr/floor/editor/export.json").data
    a01 = editor.get(STATE).json["things"]["stand"]["A01"]
    send(editor, [["stand", "A01", a01, moved(a01, -150)]])
    late = upload(editor, "hall.json", export, base="0")
    assert (late.status_code, late.json["code"]) == (409, "layout_conflict")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("hall.txt", b"x", "import_kind_unknown"),
        ("hall.json", b"[]", "import_unreadable"),
        ("hall.json", b"{}", "floor_unreadable"),
        ("hall.svg", b"<svg/>", "import_not_ours"),
        ("hall.dxf", b"\x00\x01", "import_unreadable"),
    ],
)
def test_bad_files_are_refused_in_words(editor: FlaskClient, lang: str, name: str, data: bytes, code: str) -> None:
    answer = upload(editor, name, data, lang=lang)
    assert (answer.status_code, answer.json["code"]) == (422, code)
    assert answer.json["message"] not in ("", code)
    assert upload(editor, name, data, mode="merge").json["code"] == "layout_value"


def test_a_picture_to_trace_from(editor: FlaskClient, app: Flask, sign_in: Callable[..., int]) -> None:
    from tests.rules.test_floor_files import picture

    url = "/fr/floor/editor/background"
    placed = editor.post(
        url, data={"file": (io.BytesIO(picture("PNG", (80, 60))), "tente.png")}, content_type="multipart/form-data"
    )
    shown = placed.json["background"]
    assert (shown["name"], shown["x"], shown["w"], shown["h"], shown["opacity"]) == ("tente.png", 0, 4000, 3000, 40)
    assert editor.get(STATE).json["background"] == shown
    moved_there = editor.post(url, data={"x": "-50", "w": "2000", "h": "1500", "opacity": "60"}).json["background"]
    assert (moved_there["x"], moved_there["w"], moved_there["opacity"], moved_there["url"]) == (
        -50,
        2000,
        60,
        shown["url"],
    )
    seen = editor.get(shown["url"])
    assert (seen.status_code, seen.content_type, seen.headers["X-Content-Type-Options"]) == (
        200,
        "image/png",
        "nosniff",
    )
    assert editor.get(shown["url"] + "x").status_code == 404
    stranger = app.test_client()
    assert stranger.get(shown["url"]).status_code == 302
    sign_in(stranger, "exhibitor")
    assert stranger.get(shown["url"]).status_code == 403
    bad = editor.post(url, data={"file": (io.BytesIO(b"GIF89a"), "x.gif")}, content_type="multipart/form-data")
    assert (bad.status_code, bad.json["code"]) == (422, "picture_unreadable")
    assert editor.post(url, data={"opacity": "101"}).json["code"] == "layout_value"
    assert editor.post(url, data={"remove": "1"}).json == {"background": None}
    assert editor.post(url, data={"remove": "1"}).status_code == 404


def test_the_state_costs_a_constant_number_of_queries(app: Flask, editor: FlaskClient) -> None:
    asked: list[str] = []
    with app.app_context():
        event.listen(parts().engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    editor.get(STATE)
    assert sum(each.lstrip().startswith("SELECT") for each in asked) <= 24
