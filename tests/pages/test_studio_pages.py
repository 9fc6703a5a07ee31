"""The studio's pages: looked for, compared, chosen, published, in three languages, with and without a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update

from tests.floor_fair import FloorFair, document, open_floor
from tests.pages.counting import count_queries
from village.exhibitors.models import Exhibitor
from village.floor import actions, queries
from village.floor.models import AllocationRun, Stand, StandAssignment
from village.kit.db import db
from village.kit.deeds import Actor, begin
from village.kit.jobs import Job
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

pytestmark = pytest.mark.sqlite_only
LANGS = ("ar", "fr", "en")
PAGES = (
    "/floor/studio",
    "/floor/studio/weights",
    "/floor/studio/weights/preview?w-out_of_zone=3",
    "/floor/studio/locks",
    "/floor/studio/compare?plan=now&plan={run}",
    "/floor/studio/moves",
    "/floor/studio/publish",
    "/floor/studio/published/1",
    "/floor/studio/plans/{run}",
    "/floor/studio/plans/{run}/live",
    "/floor/studio/exhibitors/C01?stand=D01",
    "/floor/studio/exhibitors/C01/others",
)
HOLES = re.compile(r"%\(\w+\)s|\{\w+(:\w+)?\}|\bNone\b")


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def doing(app: Flask, deed: Callable[[Any], Any]) -> Any:
    with app.app_context():
        world = parts()
        db.session.rollback()
        with begin(world.engine, actor=Actor("account", "1"), now=world.clock.now()) as opened:
            return deed(opened)


@pytest.fixture
def fair(app: Flask) -> FloorFair:
    """The demo's floor, allocated and published."""

    def prepare(deed: Any) -> FloorFair:
        made = open_floor(deed)
        actions.allocate(deed, hall_id=made.hall_id)
        actions.publish_plan(deed, hall_id=made.hall_id)
        return made

    return doing(app, prepare)


@pytest.fixture
def organiser(client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair) -> FlaskClient:
    sign_in(client, "organiser")
    return client


def run_of(answer: Any) -> int:
    assert answer.status_code == 303, answer.get_data(as_text=True)[:300]
    return int(answer.location.rsplit("/", 1)[1])


def words(answer: Any) -> str:
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_in_each_language(organiser: FlaskClient, lang: str) -> None:
    run = run_of(organiser.post(f"/{lang}/floor/studio", data={"mode": "lot"}))
    for path in PAGES:
        shown = re.sub(r"<[^>]*>", " ", words(organiser.get(f"/{lang}{path.format(run=run)}")))
        assert not HOLES.search(shown), (path, HOLES.search(shown))


@pytest.mark.parametrize("role", [None, "exhibitor", "juror", "auditor", "desk"])
@pytest.mark.parametrize("path", PAGES)
def test_others_do_not_enter_the_studio(client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, role: str | None, path: str) -> None:
    if role:
        sign_in(client, role)
    assert client.get(f"/fr{path.format(run=1)}").status_code == (403 if role else 302)


@pytest.mark.parametrize(
    "path",
    ["", "/modes", "/moves", "/weights", "/weights/try", "/locks", "/plans/1/apply", "/plans/1/stop", "/exhibitors/C01/there", "/exhibitors/C01/lock", "/published/1/told"],
)
def test_others_change_nothing_in_the_studio(client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, path: str) -> None:
    sign_in(client, "juror")
    assert client.post(f"/fr/floor/studio{path}").status_code == 403


def test_the_old_address_leads_to_the_studio(organiser: FlaskClient) -> None:
    answer = organiser.get("/ar/floor/allocation")
    assert (answer.status_code, answer.location) == (301, "/ar/floor/studio")


def test_a_plan_is_looked_for_seen_and_made_the_plan(app: Flask, organiser: FlaskClient, fair: FloorFair) -> None:
    run = run_of(organiser.post("/fr/floor/studio", data={"mode": "lot", "name": "Tirage d’essai"}))
    page = words(organiser.get(f"/fr/floor/studio/plans/{run}"))
    assert "Tirage d’essai" in page
    assert page.count('class="why"') == 56
    expected = re.search(r'name="expected" value="(\d+)"', page)
    assert expected
    answer = organiser.post(f"/fr/floor/studio/plans/{run}/apply", data={"expected": expected[1]})
    assert answer.location == "/fr/floor"
    with app.app_context():
        found = queries.find_proposal(db.session(), run)
        assert found
        assert queries.places_now(db.session(), fair.hall_id) == dict(found.places)
    # A page from before says an old version: nothing happens, and why is said.
    other = run_of(organiser.post("/fr/floor/studio", data={"mode": "balanced", "effort": "quick"}))
    answer = organiser.post(f"/fr/floor/studio/plans/{other}/apply", data={"expected": expected[1]}, follow_redirects=True)
    assert "Quelqu’un d’autre vient de modifier le plan" in words(answer)


def test_pressing_twice_leads_to_the_same_plan(organiser: FlaskClient) -> None:
    first, second = (run_of(organiser.post("/fr/floor/allocate")) for _ in range(2))
    assert first == second


def test_what_changed_since_is_said_and_the_button_is_gone(app: Flask, organiser: FlaskClient) -> None:
    run = run_of(organiser.post("/en/floor/studio", data={"mode": "lot"}))
    doing(app, lambda deed: deed.session.execute(update(Stand).where(Stand.code == "A01").values(has_water=False)))
    page = words(organiser.get(f"/en/floor/studio/plans/{run}"))
    assert "The floor has changed" in page
    assert "A01" in page
    assert "/apply" not in page


@pytest.mark.parametrize(
    ("lang", "told"),
    [("ar", "المتوفر"), ("fr", "Disponibles"), ("en", "There is room for")],
)
def test_conflicts_are_explained_before_anything_runs(app: Flask, organiser: FlaskClient, lang: str, told: str) -> None:
    doing(app, lambda deed: deed.session.execute(update(Stand).where(Stand.code != "A01").values(has_water=False)))
    page = words(organiser.get(f"/{lang}/floor/studio"))
    assert told in page
    assert page.count('class="conflicts"') == 1
    assert "/exhibitors/C" in page


def test_weights_show_their_effect_at_once_and_are_kept(app: Flask, organiser: FlaskClient, fair: FloorFair) -> None:
    preview = words(organiser.get("/en/floor/studio/weights/preview?rule_set=zones-and-wishes&w-out_of_zone=3"))
    assert "<html" not in preview
    assert re.findall(r"<b>(\d+)</b>", preview)[:1] == ["39"]
    tried = words(organiser.post("/en/floor/studio/weights/try", data={"rule_set": "zones-and-wishes", "w-out_of_zone": "2"}))
    assert "<b>26</b>" in tried
    sent = {"rule_set": "zones-and-wishes", "w-out_of_zone": "4"}
    assert "hold from now on" in words(organiser.post("/en/floor/studio/weights", data=sent, follow_redirects=True))
    with app.app_context():
        assert queries.load_problem(db.session(), fair.hall_id).rules.weights.out_of_zone == 4
    run = run_of(organiser.post("/en/floor/studio", data={"mode": "balanced", "weights": "1", "w-out_of_zone": "1"}))
    with app.app_context():
        found = queries.find_proposal(db.session(), run)
        assert found
        assert found.weights["out_of_zone"] == 1
        assert found.cost <= 13
    other = words(organiser.get("/en/floor/studio/weights?rule_set=blocks-and-priorities"))
    assert 'name="w-competitor"' in other
    assert organiser.get("/en/floor/studio/weights?rule_set=magic").status_code == 400


def test_a_tap_locks_and_lets_go(app: Flask, organiser: FlaskClient, fair: FloorFair) -> None:
    page = words(organiser.get("/fr/floor/studio/locks"))
    seen = re.search(r'data-lock="(\d+:\d+)"', page)
    assert seen
    answer = organiser.post("/fr/floor/studio/locks", data={"stand": seen[1], "locks": "1"}, headers={"Accept": "application/json"})
    assert answer.json["locked"] is True
    assert "locked" in words(organiser.get("/fr/floor/studio/locks"))
    with app.app_context():
        assert len(queries.load_problem(db.session(), fair.hall_id).pins) == 1
    assert organiser.post("/fr/floor/studio/locks", data={"stand": seen[1], "locks": "0"}).status_code == 303
    wrong = seen[1].split(":")[0] + ":999999"
    answer = organiser.post("/fr/floor/studio/locks", data={"stand": wrong, "locks": "1"}, headers={"Accept": "application/json"})
    assert answer.status_code == 409


def test_three_ways_side_by_side(organiser: FlaskClient) -> None:
    answer = organiser.post("/fr/floor/studio/modes")
    assert answer.status_code == 303
    page = words(organiser.get(answer.location))
    assert page.count('class="hall"') == 3
    for name in ("Équilibré", "Par priorité stricte", "Par tirage au sort"):
        assert name in page
    assert "moins prioritaire" in page


def test_a_plan_still_to_be_begun_is_not_compared(app: Flask, organiser: FlaskClient, fair: FloorFair) -> None:
    answer = organiser.post("/fr/floor/studio/modes")
    waits = int(answer.location.rpartition("plan=")[2])

    def wait(opened: Any) -> None:
        row = opened.session.get(AllocationRun, waits)
        row.places, row.done_at = {}, None
        opened.session.execute(update(Job).where(Job.id == row.job_id).values(state="queued"))

    doing(app, wait)
    page = words(organiser.get(answer.location))
    assert page.count('class="hall"') == 3
    assert page.count('<p class="big">') == 2
    # Nobody counts as without a stand for a plan that is not there yet.
    assert "56 000" not in page.replace("\u202f", " ")
    assert "56\xa0000" not in page


def test_why_not_there_is_answered_in_words_and_can_become_a_plan(app: Flask, organiser: FlaskClient, fair: FloorFair) -> None:
    # C08 sells what needs cold and water; B03 has neither.
    page = words(organiser.get("/fr/floor/studio/exhibitors/C08?stand=B03"))
    assert "Pas d’eau au B03" in page
    assert "Pas d’électricité au B03" in page
    with app.app_context():
        places = queries.places_now(db.session(), fair.hall_id)
    other = next(block[0] for who, block in places.items() if who != "C01" and block[0][0] != places["C01"][0][0])
    page = words(organiser.get(f"/fr/floor/studio/exhibitors/C01?stand={other}"))
    if "/there" in page:
        run = run_of(organiser.post("/fr/floor/studio/exhibitors/C01/there", data={"block": other}))
        with app.app_context():
            found = queries.find_proposal(db.session(), run)
            assert found
            assert found.places["C01"] == (other,)
    assert "n’existe pas" in words(organiser.get("/fr/floor/studio/exhibitors/C01?stand=Z99"))
    assert organiser.get("/fr/floor/studio/exhibitors/C999").status_code == 404


def test_few_moves_become_plans_to_choose_from(app: Flask, organiser: FlaskClient) -> None:
    assert organiser.post("/fr/floor/studio/moves").status_code == 303
    page = words(organiser.get("/fr/floor/studio/moves"))
    assert 'class="dot"' in page
    assert "/floor/studio/plans/" in page


def test_publishing_shows_before_who_moves_and_lists_whom_to_call(app: Flask, organiser: FlaskClient, client: FlaskClient, fair: FloorFair) -> None:
    def swap(deed: Any) -> None:
        stands = {each.code: each for each in queries.load_plan(deed.session, fair.edition_id).stands}
        one, other = stands["B03"], stands["B04"]
        actions.swap_stands(deed, stand_id=one.id, other_id=other.id, expected=one.holder.id, other_expected=other.holder.id, override_reason="accord")
        deed.session.execute(update(Exhibitor).where(Exhibitor.id == one.holder.id).values(email="b@village.test", phone="+212600000012"))

    doing(app, swap)
    page = words(organiser.get("/fr/floor/studio/publish"))
    assert "Échange avec un autre exposant" in page
    assert "lettre" in page
    assert "téléphone" in page
    expected = re.search(r'name="expected" value="(\d+)"', page)
    assert expected
    answer = organiser.post("/fr/floor/publish", data={"expected": expected[1]})
    assert answer.location == "/fr/floor/studio/published/2"
    with app.app_context():
        (letter,) = parts().mailer.letters
    assert letter.to == "b@village.test"
    page = words(organiser.get("/fr/floor/studio/published/2"))
    assert "par lettre" in page
    who = re.search(r'name="exhibitor" value="(\d+)"', page)
    assert who
    assert organiser.post("/fr/floor/studio/published/2/told", data={"exhibitor": who[1]}).status_code == 303
    assert "par téléphone" in words(organiser.get("/fr/floor/studio/published/2"))
    assert organiser.post("/fr/floor/publish", data={"expected": expected[1]}, follow_redirects=True).status_code == 200
    public = words(client.get("/ar/plan/versions"))
    assert "B04" in public
    assert "تبادل مع عارض آخر" in public


def test_the_pages_ask_the_database_a_constant_number_of_times(app: Flask, organiser: FlaskClient) -> None:
    run = run_of(organiser.post("/fr/floor/studio", data={"mode": "lot"}))
    few = {path: count_queries(app, lambda path=path: organiser.get(f"/fr{path.format(run=run)}")) for path in PAGES}
    for mode in ("priority", "balanced"):
        organiser.post("/fr/floor/studio", data={"mode": mode})
    more = {path: count_queries(app, lambda path=path: organiser.get(f"/fr{path.format(run=run)}")) for path in PAGES}
    assert few == more
    assert max(more.values()) <= 40


def test_each_hall_has_a_studio_of_its_own(app: Flask, organiser: FlaskClient, fair: FloorFair) -> None:
    def second(deed: Any) -> int:
        drawing = document("floor.json")
        drawing["stands"] = [{**each, "code": f"T{number}"} for number, each in enumerate(drawing["stands"][:4], 1)]
        return actions.import_floor(
            deed, edition_id=fair.edition_id, code="H2", drawing=drawing, default_zone="Z1", name_fr="Petite tente"
        )

    assert "Petite tente" not in words(organiser.get("/fr/floor/studio"))
    assert "hall=" not in words(organiser.get("/fr/floor/studio"))
    tent = doing(app, second)
    for path in ("/floor", "/floor/studio", "/floor/studio/weights", "/floor/studio/locks", "/floor/studio/compare"):
        page = words(organiser.get(f"/fr{path}?hall=H2"))
        assert "Petite tente" in page
        assert 'hall=H2"' in page
    assert 'id="stand-T1"' in words(organiser.get("/fr/floor?hall=H2"))
    assert 'id="stand-T1"' not in words(organiser.get("/fr/floor"))
    assert organiser.get("/fr/floor/studio?hall=H9").status_code == 404

    organiser.post("/fr/floor/studio/weights?hall=H2", data={"rule_set": "blocks-and-priorities"})
    with app.app_context():
        rule_sets = {each: queries.find_hall(db.session(), fair.edition_id, each) for each in ("H1", "H2")}
        assert {code: each.rule_set for code, each in rule_sets.items() if each} == {
            "H1": "zones-and-wishes",
            "H2": "blocks-and-priorities",
        }
        run = queries.list_proposals(db.session(), fair.hall_id)[0].id
        assert queries.list_proposals(db.session(), tent) == []
    # A plan is shown with its own hall, whatever way leads to it.
    assert "hall=H1" in words(organiser.get(f"/fr/floor/studio/plans/{run}"))


@pytest.mark.parametrize("lang", LANGS)
def test_a_lock_on_stands_that_lie_apart_is_shown_and_undone(app: Flask, organiser: FlaskClient, fair: FloorFair, lang: str) -> None:
    def pin(deed: Any) -> None:
        actions.lock_stand(deed, stand_id=stand["C01"], expected=fair.exhibitors["C01"], locks=True)
        other = deed.session.scalars(select(Stand).where(Stand.code == "E10")).one()
        deed.session.add(StandAssignment(stand_id=other.id, exhibitor_id=fair.exhibitors["C01"], part=1, locked=True))

    with app.app_context():
        shown = queries.load_plan(db.session(), fair.edition_id)
        assert shown
        stand = {each.holder.code: each.id for each in shown.stands if each.holder}
    doing(app, pin)
    said = {"ar": "لم تعد هذه الأروقة متجاورة", "fr": "qui ne se suivent plus", "en": "no longer lie side by side"}[lang]
    page = words(organiser.get(f"/{lang}/floor/studio"))
    assert said in page
    assert said in words(organiser.post(f"/{lang}/floor/studio", data={"mode": "balanced"}, follow_redirects=True))
    seen = re.search(r'name="stand" value="([0-9:]+)"', page)
    assert seen
    organiser.post(f"/{lang}/floor/studio/locks", data={"stand": seen[1], "locks": "0"})
    assert said not in words(organiser.get(f"/{lang}/floor/studio"))
