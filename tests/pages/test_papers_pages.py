"""The printing room: what is made at once, what by a job, and which signs still hang as they were printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.floor_places import PLACES, open_placed_floor, place
from tests.pages.counting import count_queries
from village.floor import actions, paper_files
from village.kit.deeds import Actor, begin
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.floor_fair import FloorFair
    from village.kit.deeds import Deed

pytestmark = pytest.mark.sqlite_only
LANGS = ("ar", "fr", "en")
SIGNS = {"kind": "signs", "paper": "a5", "choice": "all"}


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def change(app: Flask) -> Callable[..., object]:
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


@pytest.fixture
def room(client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair) -> FlaskClient:
    """Somebody of the floor in the printing room."""
    sign_in(client, "floor_manager")
    return client


def pdf_of(room: FlaskClient, run: str) -> bytes:
    """The file of a print run."""
    with room.get(f"{run.partition('?')[0]}/paper.pdf") as answer:
        return answer.data


@pytest.mark.parametrize("role", [None, "exhibitor", "juror", "auditor", "desk"])
def test_others_do_not_print(client: FlaskClient, sign_in: Callable[..., int], fair: FloorFair, role: str | None) -> None:
    if role:
        sign_in(client, role)
    for path in ("/fr/floor/papers", "/fr/floor/papers/1", "/fr/floor/papers/1/paper.pdf"):
        assert client.get(path).status_code == (403 if role else 302)
    assert client.post("/fr/floor/papers/print", data=SIGNS).status_code == (403 if role else 302)


@pytest.mark.parametrize("lang", LANGS)
def test_the_room_says_which_version_is_printed_and_how_many_signs_wait(room: FlaskClient, lang: str) -> None:
    page = room.get(f"/{lang}/floor/papers").get_data(as_text=True)
    assert page.count('<form method="post"') >= 3
    waiting = {"ar": "4 للطباعة", "fr": "4 à imprimer", "en": "4 to print"}[lang]
    assert waiting in page
    assert {"ar": "النسخة 1", "fr": "version 1", "en": "version 1"}[lang] in page


@pytest.mark.parametrize(("kind", "paper"), [("plan", "a3"), ("zones", "a4")])
def test_a_small_hall_s_paper_is_made_at_once(room: FlaskClient, kind: str, paper: str) -> None:
    answer = room.post("/fr/floor/papers/print", data={"kind": kind, "paper": paper, "zone": "", "here": "ENT"})
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF")


def test_a_large_sheet_and_a_large_hall_are_left_to_a_job(room: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = room.post("/fr/floor/papers/print", data={"kind": "plan", "paper": "a0"})
    assert answer.status_code == 303
    page = room.get(answer.location).get_data(as_text=True)
    assert "/paper.pdf" in page
    assert "imprimés" not in page  # only signs are asked after
    assert pdf_of(room, answer.location).startswith(b"%PDF")
    monkeypatch.setattr("village.floor.pages.papers.AT_ONCE_STANDS", 10)
    assert room.post("/fr/floor/papers/print", data={"kind": "plan", "paper": "a3"}).status_code == 303


def test_signs_count_as_printed_once_somebody_says_so(
    room: FlaskClient, fair: FloorFair, change: Callable[..., object]
) -> None:
    run = room.post("/fr/floor/papers/print", data=SIGNS).location
    assert "4 à imprimer" in room.get("/fr/floor/papers").get_data(as_text=True)  # the file alone is not paper
    said = re.search(r'action="([^"]+/printed)"', room.get(run).get_data(as_text=True))
    assert said
    assert room.post(said[1]).status_code == 303
    assert "Tous imprimés" in room.get("/fr/floor/papers").get_data(as_text=True)
    assert room.post("/fr/floor/papers/print", data={**SIGNS, "choice": "changed"}).status_code == 409

    def move(deed: Deed) -> None:
        place(deed, fair, {**PLACES, "C02": ("D09",), "C10": ("B01",)})
        actions.publish_plan(deed, hall_id=fair.hall_id)

    change(move)
    page = room.get("/fr/floor/papers").get_data(as_text=True)
    assert "2 à imprimer" in page
    changed = page[page.index('class="plain"') :]
    assert "D09" in changed
    assert "B01" in changed
    assert "A03" not in changed[: changed.index("</ul>")]
    again = room.post("/fr/floor/papers/print", data={**SIGNS, "choice": "changed"}).location
    assert room.post(f"{again.partition('?')[0]}/printed").status_code == 303
    assert "Tous imprimés" in room.get("/fr/floor/papers").get_data(as_text=True)


@pytest.mark.parametrize(
    ("choice", "pages"),
    [({"choice": "zone", "zone": "Z1"}, 1), ({"choice": "stands", "stands": "d08, B02 f04"}, 3), ({"choice": "all"}, 4)],
)
def test_signs_of_a_zone_or_of_some_stands(
    app: Flask, room: FlaskClient, fair: FloorFair, choice: dict[str, str], pages: int
) -> None:
    import io

    import pikepdf

    job = room.post("/fr/floor/papers/print", data={**SIGNS, **choice}).location
    with pikepdf.open(io.BytesIO(pdf_of(room, job))) as file:
        assert len(file.pages) == pages


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 400),
        ({"kind": "poster", "paper": "a3"}, 400),
        ({"kind": "plan", "paper": "a7"}, 400),
        ({**SIGNS, "choice": "stands", "stands": "ZZ99"}, 409),
        ({**SIGNS, "choice": "stands", "stands": ""}, 409),
        ({**SIGNS, "choice": "zone", "zone": "Z9"}, 409),
        ({"kind": "zones", "paper": "a4", "zone": "Z9"}, 404),
    ],
)
def test_what_cannot_be_printed_is_refused(room: FlaskClient, sent: dict[str, str], status: int) -> None:
    assert room.post("/fr/floor/papers/print", data=sent).status_code == status


def test_a_file_that_is_gone_is_said(room: FlaskClient) -> None:
    assert room.get("/fr/floor/papers/77/paper.pdf").status_code == 404
    assert room.post("/fr/floor/papers/77/printed").status_code == 303
    assert "n’est plus là" in room.get("/fr/floor/papers").get_data(as_text=True)


def test_before_publication_papers_are_drafts(
    app: Flask, client: FlaskClient, sign_in: Callable[..., int], change: Callable[..., object]
) -> None:
    from tests.floor_fair import open_floor

    def unpublished(deed: Deed) -> None:
        place(deed, open_floor(deed), PLACES)

    change(unpublished)
    sign_in(client, "organiser")
    page = client.get("/fr/floor/papers").get_data(as_text=True)
    assert "brouillon" in page
    with app.app_context():
        world = parts()
        from village.kit.db import db

        plan, heading = paper_files.shown_plan(db.session(), 1, "H1", "http://x", world.clock.now())
    assert heading.number is None
    assert sum(each.holder is not None for each in plan.stands) == 5


def test_the_room_costs_a_constant_number_of_queries(app: Flask, room: FlaskClient) -> None:
    assert count_queries(app, lambda: room.get("/fr/floor/papers")) <= 30
