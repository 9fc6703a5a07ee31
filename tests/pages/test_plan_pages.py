"""The public plan: one stand and the way there, blocks, zones, versions, several halls; for eyes and for ears."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.floor_fair import document
from tests.floor_places import PLACES, open_placed_floor, place
from tests.pages.counting import count_queries
from village.floor import actions
from village.kit.deeds import Actor, begin
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.floor_fair import FloorFair
    from village.kit.deeds import Deed

pytestmark = pytest.mark.sqlite_only
LANGS = ("ar", "fr", "en")


@pytest.fixture
def change(app: Flask) -> Callable[[Callable[[Deed], object]], object]:
    """Do something to the floor: `change(lambda deed: …)`."""

    def doing(what: Callable[[Deed], object]) -> object:
        with app.app_context():
            world = parts()
            with begin(world.engine, actor=Actor("account", "1"), now=world.clock.now()) as deed:
                return what(deed)

    return doing


@pytest.fixture
def fair(change: Callable[..., FloorFair]) -> FloorFair:
    return change(open_placed_floor)


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("lang", LANGS)
def test_a_deep_link_shows_one_stand_and_draws_the_way(client: FlaskClient, fair: FloorFair, lang: str) -> None:
    page = text(client.get(f"/{lang}/plan?stand=d08"))
    assert re.search(r'class="stand[^"]* found"[^>]*id="stand-D08"', page)
    assert len(re.findall(r'class="stand[^"]* found[" ]', page)) == 1
    assert len(re.findall(r'class="walk[ "]', page)) == 2
    told = page[page.index('class="ways"') : page.index("<floor-plan")]
    turn = {"ar": "إلى اليمين", "fr": "à droite", "en": "to the right"}[lang]
    assert turn in told
    assert "D08" in told


def test_without_a_question_no_way_is_drawn(client: FlaskClient, fair: FloorFair) -> None:
    assert 'class="walk' not in text(client.get("/fr/plan"))
    assert 'class="walk' not in text(client.get("/fr/plan?stand=ZZ9"))


def test_a_block_has_one_name_over_it_and_is_found_as_a_whole(client: FlaskClient, fair: FloorFair) -> None:
    page = text(client.get("/fr/plan?stand=B02"))
    assert page.count('class="block ') == 1
    assert page.count(' part"') == 2
    assert len(re.findall(r'class="stand[^"]* found[" ]', page)) == 2
    chip = re.search(r'class="place"[^>]*>(.*?)</a>', page)
    assert chip
    assert re.sub(r"<[^>]+>", "", chip[1]).split() == ["B01", "B02"]


@pytest.mark.parametrize("lang", LANGS)
def test_a_zone_has_a_page_with_its_stands_sectors_and_ways(client: FlaskClient, fair: FloorFair, lang: str) -> None:
    plan = text(client.get(f"/{lang}/plan"))
    link = f"/{lang}/plan/zone/Z3"
    assert plan.count(f'href="{link}"') == 2  # on the drawing and in words
    page = text(client.get(link))
    rows = re.findall(r"<tr>\s*<th scope=\"row\"[^>]*>(.*?)</th>", page, re.DOTALL)
    codes = [re.sub(r"<[^>]+>", "", each) for each in rows]
    assert codes == sorted(each["code"] for each in document("floor.json")["stands"] if each["zone"] == "Z3")
    way = {"ar": "من المدخل", "fr": "Depuis l’entrée", "en": "From the entrance"}[lang]
    assert page.count(way) == len(codes)
    assert 'class="sector sector-' in page
    assert page.count('id="stand-') < 62  # only what lies in its part of the hall


def test_who_asks_for_a_zone_that_is_not_there_is_told(client: FlaskClient, fair: FloorFair) -> None:
    assert client.get("/fr/plan/zone/Z9").status_code == 404


def test_the_list_in_words_is_grouped_by_zone(client: FlaskClient, fair: FloorFair) -> None:
    page = text(client.get("/ar/plan"))
    listed = page[page.index('class="all-stands"') :]
    assert listed.count("<table") == 4
    assert len(re.findall(r'<th scope="row"', listed)) == 62


def test_each_version_says_who_moved(client: FlaskClient, fair: FloorFair, change: Callable[..., object]) -> None:
    assert "première version" in text(client.get("/fr/plan"))

    def move(deed: Deed) -> None:
        place(deed, fair, {**PLACES, "C02": ("D09",)})
        actions.publish_plan(deed, hall_id=fair.hall_id)

    change(move)
    page = text(client.get("/fr/plan"))
    moved = page[page.index('class="moves"') :]
    moved = moved[: moved.index("</ul>")]
    assert moved.count("<li>") == 1
    assert "D08" in moved
    assert "D09" in moved


def test_several_halls_can_be_chosen_and_are_searched(client: FlaskClient, fair: FloorFair, change: Callable[..., object]) -> None:
    def second(deed: Deed) -> None:
        drawing = document("floor.json")
        drawing["stands"] = [{**each, "code": f"T{number}"} for number, each in enumerate(drawing["stands"][:4], 1)]
        actions.import_floor(deed, edition_id=fair.edition_id, code="H2", drawing=drawing, default_zone="Z1", name_fr="Petite tente")

    assert "Petite tente" not in text(client.get("/fr/plan"))
    change(second)
    assert "Petite tente" in text(client.get("/fr/plan"))
    other = text(client.get("/fr/plan?hall=H2"))
    assert other.count('id="stand-') == 4
    found = client.get("/fr/plan?stand=T2")
    assert (found.status_code, found.location) == (302, "/fr/plan?hall=H2&stand=T2")
    assert client.get("/fr/plan?hall=NOWHERE").status_code == 200


def test_a_printed_code_leads_to_the_plan_in_the_reader_s_language(client: FlaskClient, fair: FloorFair) -> None:
    answer = client.get("/P/H1/D08", headers={"Accept-Language": "fr"})
    assert (answer.status_code, answer.location) == (302, "/fr/plan?hall=H1&stand=D08")
    assert client.get("/P/H1", headers={"Accept-Language": "ar"}).location == "/ar/plan?hall=H1"


@pytest.mark.parametrize("path", ["/fr/plan", "/fr/plan?stand=D08", "/fr/plan/zone/Z3"])
def test_a_visitor_s_browser_keeps_the_page_until_the_plan_changes(
    client: FlaskClient, fair: FloorFair, change: Callable[..., object], path: str
) -> None:
    client.get(path)  # lays the cookie
    tag = client.get(path).headers["ETag"]
    same = client.get(path, headers={"If-None-Match": tag})
    assert (same.status_code, same.data) == (304, b"")
    assert client.get(path.replace("/fr", "/ar"), headers={"If-None-Match": tag}).status_code == 200

    def move(deed: Deed) -> None:
        place(deed, fair, {**PLACES, "C03": ("D10",)})
        actions.publish_plan(deed, hall_id=fair.hall_id)

    change(move)
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_who_is_signed_in_gets_the_page_anew(client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair) -> None:
    sign_in(client, "organiser")
    assert "ETag" not in client.get("/fr/plan").headers


@pytest.mark.parametrize("path", ["/fr/plan", "/fr/plan?stand=D08", "/fr/plan/zone/Z3"])
def test_pages_of_the_plan_cost_a_constant_number_of_queries(app: Flask, client: FlaskClient, fair: FloorFair, path: str) -> None:
    assert count_queries(app, lambda: client.get(path)) <= 14


def test_the_plan_stays_light(client: FlaskClient, fair: FloorFair) -> None:
    import brotli

    assert len(brotli.compress(client.get("/ar/plan").data, quality=4)) < 16 * 1024
