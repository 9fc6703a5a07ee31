"""The day at the stands, requests and lots: pages in each language, for each role, allowed and forbidden."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from tests.floor_fair import FloorFair, open_floor
from village.exhibitors.actions import link_account
from village.floor import actions, queries
from village.floor.lot_bundle import verify
from village.kit.db import db
from village.kit.deeds import Actor, begin
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from village.kit.clock import FixedClock

pytestmark = pytest.mark.sqlite_only
LANGS = ("ar", "fr", "en")
NOON = datetime(2026, 12, 4, 12, 0, tzinfo=UTC)
FRIDAY = date(2026, 12, 4)


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False  # forms without token have a test of their own
    return app


@pytest.fixture
def fair(furnished: Callable[[str, Callable[[], FloorFair]], FloorFair], clock: FixedClock) -> FloorFair:
    """Noon of the first day: all have come but C01; the time was ten."""
    clock.move_to(NOON)
    return furnished("fair_day", _until_noon)


def _until_noon() -> FloorFair:
    with begin(parts().engine, actor=Actor("account", "1"), now=datetime(2026, 12, 4, 7, 0, tzinfo=UTC)) as deed:
        made = open_floor(deed)
        actions.allocate(deed, hall_id=made.hall_id)
        actions.set_claim_time(deed, hall_id=made.hall_id, claim_by=time(10))
        day = queries.get_day(deed.session, made.hall_id, FRIDAY, deed.now)
        for row in day.rows:
            if row.exhibitor.code != "C01":
                actions.note_arrival(deed, hall_id=made.hall_id, exhibitor_id=row.exhibitor.id, day=FRIDAY)
    return made


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def places(app: Flask, fair: FloorFair) -> dict[str, tuple[str, ...]]:
    with app.app_context():
        db.session.rollback()
        return dict(queries.load_plan(db.session(), fair.edition_id).places)


PAGES = (
    "/floor/day",
    "/floor/day/reflow",
    "/floor/day/move/C05",
    "/floor/requests",
    "/floor/requests/C01",
    "/floor/lot",
)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("role", ["organiser", "floor_manager"])
def test_organisers_see_every_page_in_their_language(
    client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, lang: str, role: str
) -> None:
    sign_in(client, role)
    for path in PAGES:
        answer = client.get(f"/{lang}{path}")
        assert answer.status_code == 200, path
        assert f'<html lang="{lang}"' in text(answer)
    day = text(client.get(f"/{lang}/floor/day"))
    assert {"ar": "لم يحضروا قبل", "fr": "Pas venus avant", "en": "Did not come by"}[lang] in day
    assert day.count('name="absent"') == 1


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_left_open_says_at_the_time_who_did_not_come(
    client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, clock: FixedClock, lang: str
) -> None:
    sign_in(client, "floor_manager")
    clock.move_to(datetime(2026, 12, 4, 9, 0, tzinfo=UTC))
    early = text(client.get(f"/{lang}/floor/day"))
    assert 'data-hx-trigger="load delay:3601s"' in early
    assert {"ar": "من تلقاء نفسها", "fr": "d’elle-même", "en": "by itself"}[lang] in early
    # Another day's list, and the list after the time, wait for nothing.
    assert "load delay" not in text(client.get(f"/{lang}/floor/day?day=2026-12-05"))
    clock.move_to(datetime(2026, 12, 4, 10, 0, 1, tzinfo=UTC))
    late = text(client.get(f"/{lang}/floor/day"))
    assert "load delay" not in late
    assert late.count('name="absent"') == 1


@pytest.mark.parametrize("role", [None, "exhibitor", "juror", "auditor", "desk"])
@pytest.mark.parametrize("path", PAGES)
def test_others_do_not(
    client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, role: str | None, path: str
) -> None:
    if role:
        sign_in(client, role)
    assert client.get(f"/ar{path}").status_code == (403 if role else 302)


def test_no_show_to_re_flow_to_undo_without_a_script(
    app: Flask, client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair
) -> None:
    sign_in(client, "floor_manager")
    before = places(app, fair)
    proposal = text(client.get("/fr/floor/day/reflow"))
    seen = re.search(r'name="seen" value="(\w+)"', proposal)
    assert seen
    sent = {"day": "2026-12-04", "seen": seen[1]}
    done = client.post("/fr/floor/day/reflow", data=sent)
    assert done.status_code == 303
    assert "C01" not in places(app, fair)
    assert client.post("/fr/floor/day/reflow", data=sent).status_code == 409
    day = text(client.get("/fr/floor/day"))
    change = re.search(r'name="change" value="(\d+)"', day)
    assert change
    back = client.post("/fr/floor/undo", data={"change": change[1], "next": "day"})
    assert back.status_code == 303
    assert "/fr/floor/day" in back.location
    assert places(app, fair) == before


def test_a_proposal_seen_too_long_ago_is_shown_anew(
    app: Flask, client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair
) -> None:
    sign_in(client, "floor_manager")
    answer = client.post("/ar/floor/day/reflow", data={"day": "2026-12-04", "seen": "old"})
    assert answer.status_code == 409
    assert "اقتراح جديد" in text(answer)
    assert "C01" in places(app, fair)


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/floor/day/reflow", {"day": "x", "seen": "y"}),
        ("/floor/day/reflow", {"day": "2026-12-04", "seen": "y", "absent": "1 or 1"}),
        ("/floor/day/arrive", {"exhibitor": "", "day": "2026-12-04"}),
        ("/floor/day/claim", {"claim_by": "25:99"}),
        ("/floor/lot", {"seats": "two"}),
    ],
)
def test_nonsense_is_a_bad_request(
    client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, path: str, sent: dict[str, str]
) -> None:
    sign_in(client, "organiser")
    assert client.post(f"/fr{path}", data=sent).status_code == 400


def test_a_late_comer_is_told_what_to_do(
    app: Flask, client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair
) -> None:
    sign_in(client, "floor_manager")
    arrived = {"exhibitor": str(fair.exhibitors["C01"]), "day": "2026-12-04"}
    proposal = text(client.get("/en/floor/day/reflow"))
    seen = re.search(r'name="seen" value="(\w+)"', proposal)
    assert seen
    client.post("/en/floor/day/reflow", data={"day": "2026-12-04", "seen": seen[1]})
    page = text(client.post("/en/floor/day/arrive", data=arrived, follow_redirects=True))
    assert "but its stand was given on" in page
    assert "Came late: the stand was given on" in page


def test_the_organiser_notes_a_request_and_nothing_typed_is_lost(
    client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair
) -> None:
    sign_in(client, "organiser")
    form = text(client.get("/fr/floor/requests/C01"))
    seen = re.search(r'name="seen" value="(\w+)"', form)
    assert seen
    asked = {"size": "2", "min_size": "1", "stands": "b01, a03", "beside": "C05", "seen": seen[1], "priority": "2"}
    refused = client.post("/fr/floor/requests/C01", data={**asked, "stands": "Z99 b01"})
    assert refused.status_code == 409
    assert 'value="Z99 B01"' in text(refused)
    assert "Z99" in text(refused)
    assert client.post("/fr/floor/requests/C01", data={**asked, "size": "many"}).status_code == 422
    assert client.post("/fr/floor/requests/C01", data=asked).status_code == 303
    assert client.post("/fr/floor/requests/C01", data=asked).status_code == 409  # somebody has changed it since
    listed = text(client.get("/fr/floor/requests"))
    assert "B01 A03" in listed


def test_an_exhibitor_states_its_own_wishes_and_nobody_elses(
    app: Flask, client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair
) -> None:
    account = sign_in(client, "exhibitor")
    assert client.get("/ar/floor/own").status_code in (404, 409)
    with app.app_context():
        world = parts()
        with begin(world.engine, actor=Actor("account", "1"), now=world.clock.now()) as deed:
            link_account(deed, account_id=account, exhibitor_id=fair.exhibitors["C05"])
    form = text(client.get("/ar/floor/own"))
    assert 'name="priority"' not in form
    assert client.post("/ar/floor/own", data={"size": "2", "min_size": "2", "stands": "B01"}).status_code == 303
    with app.app_context():
        db.session.rollback()
        assert queries.find_wants(db.session(), fair.exhibitors["C05"]).size == 2
        world = parts()
        with begin(world.engine, actor=Actor("account", "1"), now=world.clock.now()) as deed:
            actions.publish_plan(deed, hall_id=fair.hall_id)
    answer = client.post("/ar/floor/own", data={"size": "3", "min_size": "2"})
    assert answer.status_code == 409
    assert "نُشر المخطط" in text(answer)


def test_sharing_is_noted_and_shown(client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair) -> None:
    sign_in(client, "organiser")
    client.post("/fr/floor/undo", data={})
    refused = client.post(
        "/fr/floor/requests/C02/share", data={"host": str(fair.exhibitors["C02"])}, follow_redirects=True
    )
    assert "ne peut pas partager" in text(refused)


def test_a_lot_from_the_seal_to_the_bundle(
    app: Flask,
    client: FlaskClient,
    make_client: Callable[[], FlaskClient],
    sign_in: Callable[..., int],
    fair: FloorFair,
) -> None:
    other = make_client()
    sign_in(client, "organiser")
    sign_in(other, "floor_manager")
    sealed = client.post("/fr/floor/lot", data={"seats": "2"})
    assert sealed.status_code == 303
    number = sealed.location.rsplit("/", 1)[1].split("?")[0]
    assert client.post("/fr/floor/lot", data={"seats": "2"}).status_code == 409
    assert make_client().get(f"/fr/plan/lot/{number}.json").status_code == 404
    for each in (client, other):
        for seat, value in (("S1", "1789"), ("S2", "42")):
            sent = {"seat": seat, "value": value}
            assert each.post(f"/fr/floor/lot/{number}/number", data=sent).status_code == 303
    refused = client.post(f"/fr/floor/lot/{number}/number", data={"seat": "S1", "value": "12x"})
    assert refused.status_code == 409
    assert 'value="12x"' in text(refused)
    assert client.post(f"/fr/floor/lot/{number}/draw").status_code == 303
    for lang in LANGS:
        page = text(make_client().get(f"/{lang}/plan/lot/{number}"))
        assert page.count('class="place"') >= 56
    bundle = make_client().get(f"/fr/plan/lot/{number}.json").get_data()
    assert len(verify(bundle).ranking) == 56
    assert json.loads(bundle)["witness"] == [["S1", "1789"], ["S2", "42"]]
    assert client.post(f"/fr/floor/lot/{number}/cancel", data={"reason": "no"}).status_code == 409


@pytest.fixture
def make_client(app: Flask) -> Callable[[], Any]:
    return app.test_client
