"""The pages of a draw: what each may see, in each language, and the commission's way from list to result."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from tests.draws import COMMITTED, HOUR, NUMBERS, Hall
from village.draws import actions, verify_draw
from village.draws.rules.plan import SeatKind
from village.draws.rules.verifier import FILE
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable

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
    assert said.count(winner) == 4


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


@pytest.mark.parametrize("role", ["juror", "desk", "exhibitor", "auditor"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/fr/draws/new"),
        ("get", "/fr/draws/DR1/run"),
        ("post", "/fr/draws/DR1/commit"),
        ("post", "/fr/draws/DR1/close"),
        ("post", "/fr/draws/DR1/reveal"),
        ("post", "/fr/draws/DR1/conclude"),
    ],
)
def test_only_the_commission_takes_steps(
    role: str, method: str, path: str, app: Flask, client: FlaskClient, hall: Hall, sign_in: Callable[..., int]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    sign_in(client, role)

    assert getattr(client, method)(path).status_code == 403


def test_a_step_without_its_token_is_refused(client: FlaskClient, hall: Hall, sign_in: Callable[..., int]) -> None:
    sign_in(client, "commission")

    assert client.post("/fr/draws/DR1/commit").status_code == 400


@pytest.mark.parametrize("lang", LANGS)
def test_the_commission_goes_from_the_list_to_the_result(
    lang: str, app: Flask, client: FlaskClient, hall: Hall, clock: FixedClock, sign_in: Callable[..., int]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    second = app.test_client()
    sign_in(client, "commission")
    sign_in(second, "organiser")

    def step(name: str, by: FlaskClient = client, **values: object) -> None:
        answer = by.post(f"/{lang}/draws/DR1/{name}", data=values)
        assert answer.status_code == 303, text_of(answer)
        assert by.get(answer.location).status_code == 200

    step("commit")
    for seat in NUMBERS:
        step("envelopes", seat=seat)
    step("counts", counted=str(hall.tickets))
    step("counts", by=second, counted="١٠" if lang == "ar" else "10")
    clock.move_to(HOUR)
    step("close")
    for seat, number in NUMBERS.items():
        step("openings", seat=seat, value=number)
    step("incidents", text_fr="Panne de courant de deux minutes.")
    clock.advance(60)
    step("reveal")
    step("conclude")

    bundle = client.get(f"/{lang}/draws/DR1/bundle.json").data
    assert verify_draw.verify(bundle)["tickets"] == 10


def test_a_witness_who_does_not_come_does_not_stop_the_draw(
    app: Flask, client: FlaskClient, clock: FixedClock, sign_in: Callable[..., int]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        hall = Hall(parts().engine, parts().keys)
    hall.furnish(seats=tuple(actions.NewSeat(code, SeatKind.PUBLIC) for code in NUMBERS), fewest_seats=2)
    clock.move_to(HOUR)
    hall.commit()
    second = app.test_client()
    sign_in(client, "commission")
    sign_in(second, "organiser")
    for seat in list(NUMBERS)[:2]:
        client.post("/fr/draws/DR1/envelopes", data={"seat": seat})

    assert "Recevoir les enveloppes" in text_of(client.get("/fr/draws/DR1/run"))
    for each in (client, second):
        each.post("/fr/draws/DR1/counts", data={"counted": hall.tickets})
    assert client.post("/fr/draws/DR1/close").status_code == 303
    for seat in list(NUMBERS)[:2]:
        client.post("/fr/draws/DR1/openings", data={"seat": seat, "value": NUMBERS[seat]})
    client.post("/fr/draws/DR1/reveal")
    client.post("/fr/draws/DR1/conclude")

    assert verify_draw.verify(client.get("/fr/draws/DR1/bundle.json").data)["tickets"] == hall.tickets


def test_the_second_counter_does_not_see_the_first_number(
    app: Flask, client: FlaskClient, hall: Hall, sign_in: Callable[..., int]
) -> None:
    from village.draws.rules.envelope import Envelope

    app.config["WTF_CSRF_ENABLED"] = False
    hall.commit()
    for seat in NUMBERS:
        with hall.at(HOUR - timedelta(minutes=5)) as deed:
            actions.hand_in_sealed(deed, draw_id=hall.draw_id, envelope=Envelope(seat))
    sign_in(client, "commission")
    client.post("/fr/draws/DR1/counts", data={"counted": "987"})
    second = app.test_client()
    sign_in(second, "organiser")

    assert "987" in text_of(client.get("/fr/draws/DR1/run"))
    assert "987" not in text_of(second.get("/fr/draws/DR1/run"))
    assert "987" not in text_of(second.get("/fr/draws/DR1"))


def test_a_refused_step_says_why_and_keeps_what_was_typed(
    app: Flask, client: FlaskClient, hall: Hall, sign_in: Callable[..., int]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    sign_in(client, "commission")
    hall.commit()

    early = client.post("/fr/draws/DR1/close")
    assert early.status_code == 409
    assert "L’heure annoncée du tirage n’est pas encore venue." in text_of(early)
    empty = client.post("/fr/draws/DR1/counts", data={"counted": "beaucoup"})
    assert empty.status_code == 422


def test_the_commission_sets_up_a_draw_of_its_own(
    app: Flask, client: FlaskClient, hall: Hall, sign_in: Callable[..., int]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        parts().wires["award_winners"] = lambda *_: {hall.exhibitors["C02"]}
    sign_in(client, "commission")
    typed = {
        "code": "dr2",
        "title_ar": "قرعة ثانية",
        "title_fr": "Second tirage",
        "prize_ar": "ميزان",
        "prize_fr": "balance",
        "winners": "١",
        "substitutes": "1",
        "date": "2026-12-06",
        "time": "17:30",
        "place_ar": "مداغ",
        "place_fr": "Madagh",
        "rule_ar": "كل التعاونيات",
        "rule_fr": "Toutes les coopératives",
        "no_winners": "y",
        "tied": "C03",
        "chair_ar": "إبراهيم أوعلي",
        "chair_fr": "Brahim Ouali",
        "fewest": "2",
        "juror-name_fr": "Driss Soussi",
        "public-name_ar": "فاضمة أوبلا",
    }

    answer = client.post("/fr/draws/new", data=typed)

    assert answer.status_code == 303, text_of(answer)
    said = text_of(client.get(answer.location))
    assert "lauréat d’un prix" in said
    assert "lien déclaré avec l’organisateur" in said
    listed = text_of(client.get("/fr/draws/DR2/list"))
    assert "(10)" in listed
    assert client.post("/fr/draws/new", data=typed).status_code == 409
    assert client.post("/fr/draws/new", data={**typed, "code": "DR3", "tied": "C99"}).status_code == 404


def test_a_form_with_faults_comes_back_with_what_was_typed(
    app: Flask, client: FlaskClient, hall: Hall, sign_in: Callable[..., int]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    sign_in(client, "commission")

    answer = client.post("/ar/draws/new", data={"title_ar": "قرعة بلا جائزة", "winners": "كثير"})

    assert answer.status_code == 422
    assert "قرعة بلا جائزة" in answer.get_data(as_text=True)


def test_the_public_page_costs_a_fixed_number_of_queries(app: Flask, client: FlaskClient, hall: Hall) -> None:
    hall_steps(hall)
    seen: list[str] = []
    with app.app_context():
        engine = parts().engine
    client.get("/fr/draws/DR1")
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))

    client.get("/fr/draws/DR1")

    assert len([statement for statement in seen if statement.startswith("SELECT")]) <= 14
