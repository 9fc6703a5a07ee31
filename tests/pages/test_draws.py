"""The pages of a draw: what each may see, in each language, and the commission's way from list to result."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from tests.draws import COMMITTED, HOUR, NUMBERS, Hall
from village.draws import actions, verify_draw
from village.draws.rules.plan import SeatKind
from village.draws.rules.verifier import FILE
from village.kit.web import parts

if TYPE_CHECKING:

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from village.kit.clock import FixedClock

LANGS = ("ar", "fr", "en")
pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def hall(app: Flask, clock: FixedClock) -> Hall:
    """An open draw in the application's own database, and the clock two hours before."""
    with app.app_context():
        made = Hall(parts().engine, parts().keys)
    seats = (
        actions.NewSeat("juror", SeatKind.JUROR, "السوسي", "Soussi"),
        actions.NewSeat("bailiff", SeatKind.OFFICER),
        actions.NewSeat("participants", SeatKind.PARTICIPANTS, "المرابط", "El Mourabit"),
    )
    made.furnish(seats=seats)
    clock.move_to(COMMITTED)
    return made


def text_of(answer: TestResponse) -> str:
    """Read a page as text without tags."""
    return re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))


@pytest.mark.parametrize("lang", LANGS)
def test_everybody_follows_a_draw_before_during_and_after(
    lang: str, client: FlaskClient, hall: Hall, clock: FixedClock
) -> None:
    for _step in ("open", *hall_steps(hall)):
        for path in ("/draws", "/draws/DR1"):
            answer = client.get(f"/{lang}{path}")
            assert answer.status_code == 200
            assert f'lang="{lang}"' in answer.get_data(as_text=True)

    said = text_of(client.get(f"/{lang}/draws/DR1"))
    winner = "تعاونية رقم" if lang == "ar" else "Coopérative numéro"
    assert said.count(winner) == 4 + 2  # the places as drawn, and whose turn it is at each prize


def hall_steps(hall: Hall) -> tuple[str, ...]:
    """Play a draw with paper envelopes to its end, outside the pages."""
    from village.draws.rules.envelope import Envelope, Opening

    hall.commit()
    for seat in NUMBERS:
        with hall.at(HOUR) as deed:
            actions.hand_in_sealed(deed, draw_id=hall.draw_id, envelope=Envelope(seat))
    hall.count()
    hall.close()
    for seat, number in NUMBERS.items():
        with hall.at(HOUR) as deed:
            actions.open_envelope(deed, draw_id=hall.draw_id, opening=Opening(seat, number))
    hall.reveal()
    hall.conclude()
    return ("drawn",)


def test_the_list_is_public_only_once_closed(client: FlaskClient, hall: Hall) -> None:
    assert client.get("/fr/draws/DR1/list").status_code == 409

    hall.commit()

    said = text_of(client.get("/fr/draws/DR1/list"))
    assert said.count("Coopérative numéro") == 12
    assert "absence d’au moins un jour" in said


@pytest.mark.parametrize("path", ["bundle.json", "minutes.pdf"])
def test_nothing_to_check_before_the_result(path: str, client: FlaskClient, hall: Hall) -> None:
    hall.commit()

    answer = client.get(f"/fr/draws/DR1/{path}")

    assert answer.status_code == 409
    assert "Ce tirage n’a pas encore eu lieu." in answer.get_data(as_text=True)


def test_what_is_downloaded_verifies(client: FlaskClient, hall: Hall) -> None:
    hall_steps(hall)

    bundle = client.get("/ar/draws/DR1/bundle.json").data
    pins = client.get("/ar/draws/DR1/keys.json").get_json()
    program = client.get("/ar/draws/verify_draw.py").data

    assert verify_draw.verify(bundle, pins)["number"] == 1
    assert program == FILE.read_bytes()


def test_the_minutes_are_a_pdf_in_two_languages(client: FlaskClient, hall: Hall) -> None:
    hall_steps(hall)

    answer = client.get("/ar/draws/DR1/minutes.pdf")

    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")


def test_a_code_on_paper_leads_to_the_draw(client: FlaskClient, hall: Hall) -> None:
    answer = client.get("/D/VS14/DR1", headers={"Accept-Language": "fr"})

    assert answer.status_code == 302
    assert answer.location.endswith("/fr/draws/DR1")
    assert client.get("/D/VS13/DR1").status_code == 404


def test_there_is_no_such_draw(client: FlaskClient, hall: Hall) -> None:
    answer = client.get("/fr/draws/DR9")

    assert answer.status_code == 404
    assert "Ce tirage n’existe pas." in answer.get_data(as_text=True)


def test_the_public_page_costs_a_fixed_number_of_queries(app: Flask, client: FlaskClient, hall: Hall) -> None:
    hall_steps(hall)
    seen: list[str] = []
    with app.app_context():
        engine = parts().engine
    client.get("/fr/draws/DR1")
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))

    client.get("/fr/draws/DR1")

    assert len([statement for statement in seen if statement.startswith("SELECT")]) <= 18
