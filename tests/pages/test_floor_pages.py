"""The plan for everybody and the plan for organisers, in three languages, with and without a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from tests.factories import make_edition
from tests.floor_fair import FloorFair, open_floor
from village.floor import actions, queries
from village.kit.db import db
from village.kit.deeds import Actor, begin
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from village.floor.queries import PlanView

pytestmark = pytest.mark.sqlite_only
LANGS = ("ar", "fr", "en")
JSON = {"Accept": "application/json"}


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False  # forms without token have a test of their own
    return app


@pytest.fixture
def fair(furnished: Callable[[str, Callable[[], FloorFair]], FloorFair]) -> FloorFair:
    """The demo's floor, allocated and published; nobody has B02."""
    return furnished("floor", _published_without_b02)


def _published_without_b02() -> FloorFair:
    world = parts()
    with begin(world.engine, actor=Actor("account", "1"), now=world.clock.now()) as deed:
        made = open_floor(deed)
        actions.allocate(deed, hall_id=made.hall_id)
        actions.publish_plan(deed, hall_id=made.hall_id)
        stand = next(s for s in plan_of(deed.session, made).stands if s.code == "B02")
        actions.free_stand(deed, stand_id=stand.id, expected=stand.holder.id if stand.holder else None)
    return made


def plan_of(session: object, fair: FloorFair) -> PlanView:
    found = queries.load_plan(session, fair.edition_id)  # type: ignore[arg-type]
    assert found is not None
    return found


def seen(app: Flask, fair: FloorFair, code: str) -> str:
    """A stand as a form names it: its id and who has it."""
    with app.app_context():
        db.session.rollback()
        stand = next(each for each in plan_of(db.session(), fair).stands if each.code == code)
        return f"{stand.id}:{stand.holder.id if stand.holder else ''}"


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("lang", LANGS)
def test_the_public_plan_shows_every_stand_and_says_the_way(client: FlaskClient, fair: FloorFair, lang: str) -> None:
    page = text(client.get(f"/{lang}/plan"))
    assert len(re.findall(r'class="stand[ "]', page)) == 62
    assert page.count('<a class="stand') == 56
    assert "data-stand" not in page  # what organisers move is not offered here
    way = {"ar": "من المدخل", "fr": "Depuis l’entrée", "en": "From the entrance"}[lang]
    assert page.count(way) == 62


def test_the_public_plan_is_the_published_one(client: FlaskClient, fair: FloorFair) -> None:
    # B02 was freed after the publication: visitors see that only once it is published again.
    page = text(client.get("/fr/plan?stand=B02"))
    assert "Coopérative" in page[page.index('class="ways"') : page.index("<floor-plan")]


@pytest.mark.parametrize(("asked", "hit"), [("نحلة", True), ("nahlat", True), ("c10", True), ("zzz", False)])
def test_searching_the_plan_marks_the_stand(client: FlaskClient, fair: FloorFair, asked: str, hit: bool) -> None:
    page = text(client.get("/ar/plan", query_string={"q": asked}))
    assert (' found"' in page) is hit
    assert ("لا نتيجة" in page) is not hit


def test_a_plan_costs_a_constant_number_of_queries(app: Flask, client: FlaskClient, fair: FloorFair) -> None:
    asked: list[str] = []
    with app.app_context():
        event.listen(parts().engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    client.get("/ar/plan")
    assert sum(each.lstrip().startswith("SELECT") for each in asked) <= 10


@pytest.mark.parametrize("role", [None, "exhibitor", "juror", "auditor", "desk"])
@pytest.mark.parametrize("path", ["/ar/floor", "/ar/floor/allocation", "/ar/floor/state"])
def test_others_do_not_arrange_the_stands(
    client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, role: str | None, path: str
) -> None:
    if role:
        sign_in(client, role)
    assert client.get(path).status_code == (403 if role else 302)
    assert client.post("/ar/floor/assign", data={"stand": "1:", "exhibitor": "1"}).status_code == (403 if role else 302)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("role", ["organiser", "floor_manager"])
def test_organisers_see_plan_queue_and_reasons(
    client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, lang: str, role: str
) -> None:
    sign_in(client, role)
    board = text(client.get(f"/{lang}/floor"))
    assert board.count("data-stand=") == 62
    assert board.count('class="chip') == 1
    why = text(client.get(f"/{lang}/floor/studio/plans/1"))
    assert why.count('class="why"') == 56
    said = {"ar": "مبرهن عليه", "fr": "Prouvé", "en": "Proven"}[lang]
    assert said in why


def test_a_script_gives_a_stand_and_gets_the_new_plan(
    app: Flask, client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair
) -> None:
    sign_in(client, "floor_manager")
    who = next(each.id for each in waiting(app, fair))
    answer = client.post("/fr/floor/assign", data={"stand": seen(app, fair, "B02"), "exhibitor": who}, headers=JSON)
    assert answer.status_code == 200
    assert answer.json["waiting"] == []
    assert "B02" in answer.json["message"]
    undone = client.post("/fr/floor/undo", data={"change": answer.json["change"]}, headers=JSON)
    assert [each["id"] for each in undone.json["waiting"]] == [who]


def waiting(app: Flask, fair: FloorFair) -> tuple[queries.HolderView, ...]:
    with app.app_context():
        return plan_of(db.session(), fair).waiting


@pytest.mark.parametrize("lang", LANGS)
def test_a_conflict_is_told_with_the_holder_s_name(
    app: Flask, client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, lang: str
) -> None:
    sign_in(client, "floor_manager")
    stand = seen(app, fair, "B03").partition(":")[0]
    who = next(each.id for each in waiting(app, fair))
    sent = {"stand": f"{stand}:", "exhibitor": str(who)}
    answer = client.post(f"/{lang}/floor/assign", data=sent, headers=JSON)
    assert (answer.status_code, answer.json["code"]) == (409, "stand_taken")
    with app.app_context():
        holder = next(each.holder for each in plan_of(db.session(), fair).stands if each.code == "B03")
    assert holder is not None
    name = holder.name_in(lang)
    assert name in answer.json["message"]
    # The same without script: the page itself, with status 409 and the sentence on it.
    page = client.post(f"/{lang}/floor/assign", data=sent)
    assert page.status_code == 409
    assert name in text(page)
    assert "data-summary" in text(page)


def test_needs_that_are_not_met_are_listed_and_a_reason_overrides(
    app: Flask, client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair
) -> None:
    sign_in(client, "organiser")
    cold = fair.exhibitors["C08"]
    sent = {"stand": seen(app, fair, "B03"), "exhibitor": cold}
    answer = client.post("/en/floor/assign", data=sent, headers=JSON)
    assert answer.status_code == 409
    assert [each["code"] for each in answer.json["objections"]] == ["stand_without_power", "stand_without_water"]
    answer = client.post("/en/floor/assign", data={**sent, "reason": "a generator comes"}, headers=JSON)
    assert answer.status_code == 200


def test_forms_without_script_swap_lock_undo_and_publish(
    app: Flask, client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair
) -> None:
    sign_in(client, "organiser")
    one, other = seen(app, fair, "B03"), seen(app, fair, "B04")
    assert client.post("/ar/floor/swap", data={"stand": one, "other": other}).status_code == 303
    assert seen(app, fair, "B03").partition(":")[2] == other.partition(":")[2]
    assert client.post("/ar/floor/undo").status_code == 303
    assert seen(app, fair, "B03") == one
    assert client.post("/ar/floor/lock", data={"stand": one, "locks": "1"}).status_code == 303
    assert client.post("/ar/floor/swap", data={"stand": one, "other": other}).status_code == 409
    assert client.post("/ar/floor/publish").status_code == 303
    assert client.post("/ar/floor/publish").status_code == 409  # nothing has changed since


@pytest.mark.parametrize("sent", [{}, {"stand": "B03"}, {"stand": "1"}, {"stand": "1:x"}, {"stand": "1:2", "exhibitor": "x"}])
def test_a_form_of_another_shape_is_refused(
    client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, sent: dict[str, str]
) -> None:
    sign_in(client, "organiser")
    assert client.post("/fr/floor/assign", data=sent).status_code == 400


def test_the_allocation_runs_as_a_job(
    app: Flask, client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair
) -> None:
    sign_in(client, "organiser")
    found = client.post("/fr/floor/allocate")
    assert found.status_code == 303
    assert "Prouvé" in text(client.get(found.location))
    assert len(waiting(app, fair)) == 1  # a proposal, until somebody makes it the plan
    assert client.post(f"{found.location}/apply").status_code == 303
    assert waiting(app, fair) == ()


def test_a_change_without_token_is_refused(app: Flask, client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair) -> None:
    sign_in(client, "organiser")
    one = seen(app, fair, "B03")
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/fr/floor/assign", data={"stand": one, "exhibitor": ""}).status_code == 400
    assert seen(app, fair, "B03") == one


def test_before_a_hall_is_drawn_the_pages_say_so(client: FlaskClient, sign_in: Callable[..., int], act: Callable[..., Any]) -> None:
    with act("system") as deed:
        make_edition(deed)
    assert client.get("/fr/plan").status_code == 200
    sign_in(client, "organiser")
    assert "pas encore dessiné" in text(client.get("/fr/floor"))
