"""The commission's pages: setting up, the steps of the hall, and the prizes from hand to hand."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests.cast import FADMA
from tests.draws import COMMITTED, HOUR, NUMBERS, Hall
from tests.factories import make_person
from village.badges.actions import issue_badges
from village.badges.queries import find_active_badge
from village.badges.rules import BadgeOrder
from village.draws import actions, queries, verify_draw
from village.draws.rules.plan import SeatKind
from village.exhibitors.actions import add_delegates
from village.kit.db import db
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from village.kit.clock import FixedClock

LANGS = ("ar", "fr", "en")
pytestmark = pytest.mark.sqlite_only
SEATS = (
    actions.NewSeat("juror", SeatKind.JUROR, "السوسي", "Soussi"),
    actions.NewSeat("bailiff", SeatKind.OFFICER),
    actions.NewSeat("participants", SeatKind.PARTICIPANTS, "المرابط", "El Mourabit"),
)
TYPED = {
    "code": "dr2",
    "title_ar": "قرعة ثانية",
    "title_fr": "Second tirage",
    "prizes-0-title_ar": "ميزان",
    "prizes-0-title_fr": "balance",
    "prizes-0-copies": "٢",
    "prizes-1-title_ar": "ثلاجة",
    "prizes-1-title_fr": "réfrigérateur",
    "prizes-1-mark": "SN-7781",
    "prizes-1-giver_fr": "Conseil régional",
    "substitutes": "1",
    "most_per_group": "1",
    "date": "2026-12-06",
    "time": "17:30",
    "place_ar": "مداغ",
    "place_fr": "Madagh",
    "pool": "exhibitors",
    "rule_ar": "كل التعاونيات",
    "rule_fr": "Toutes les coopératives",
    "no_winners": "y",
    "tied": "C03",
    "members-0-role": "chair",
    "members-0-name_ar": "إبراهيم أوعلي",
    "members-0-name_fr": "Brahim Ouali",
    "seats-0-kind": "juror",
    "seats-0-name_fr": "Driss Soussi",
    "seats-1-kind": "public",
    "seats-1-name_ar": "فاضمة أوبلا",
    "seats-2-kind": "public",
    "fewest": "2",
    "uses_secret": "y",
    "replacement": "ordered",
    "quorum": "0",
}


@pytest.fixture
def hall(app: Flask, clock: FixedClock) -> Hall:
    """An open draw in the application's own database, and the clock two hours before."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        made = Hall(parts().engine, parts().keys)
    made.furnish(seats=SEATS)
    clock.move_to(COMMITTED)
    return made


@pytest.fixture
def commission(app: Flask, hall: Hall, sign_in: Callable[..., int]) -> FlaskClient:
    """The browser of the commission."""
    browser = app.test_client()
    sign_in(browser, "commission")
    return browser


@pytest.fixture
def organiser(app: Flask, hall: Hall, sign_in: Callable[..., int]) -> FlaskClient:
    """The browser of a second person."""
    browser = app.test_client()
    sign_in(browser, "organiser")
    return browser


def text_of(answer: TestResponse) -> str:
    """Read a page as text without tags."""
    return re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))


def step(by: FlaskClient, name: str, lang: str = "fr", **values: Any) -> str:
    """Take a step; give what the next page says."""
    answer = by.post(f"/{lang}/draws/DR1/{name}", data=values)
    assert answer.status_code == 303, text_of(answer)
    shown = by.get(answer.location)
    assert shown.status_code == 200
    return text_of(shown)


def play(first: FlaskClient, second: FlaskClient, hall: Hall, clock: FixedClock, lang: str = "fr") -> None:
    """Take the draw to its result by the pages."""
    step(first, "commit", lang)
    for seat in NUMBERS:
        step(first, "envelopes", lang, seat=seat)
    step(first, "counts", lang, counted=str(hall.tickets))
    step(second, "counts", lang, counted="١٠" if lang == "ar" else "10")
    clock.move_to(HOUR)
    step(first, "close", lang)
    for seat, number in NUMBERS.items():
        step(first, "openings", lang, seat=seat, value=number)
    clock.advance(60)
    step(first, "reveal", lang)
    step(first, "conclude", lang)


def view_of(app: Flask, hall: Hall) -> queries.DrawView:
    """Read the draw as it stands."""
    with app.app_context():
        db.session.rollback()
        return queries.get_draw(db.session(), hall.draw_id)


READ = ("new", "register", "DR1/run", "DR1/edit", "DR1/prizes", "DR1/prizes/P1/proof")
DEEDS = (
    "commit",
    "envelopes",
    "counts",
    "close",
    "openings",
    "beacon",
    "reveal",
    "conclude",
    "cancel",
    "offline",
    "list",
    "secret",
)
AT_PRIZES = ("call", "claim", "void", "replace", "withdraw", "hand-over", "beacon")


def test_only_the_commission_takes_steps(client: FlaskClient, hall: Hall, sign_in: Callable[..., int]) -> None:
    written = ("register", *(f"DR1/{deed}" for deed in DEEDS), *(f"DR1/prizes/P1/{deed}" for deed in AT_PRIZES))
    for role in ("juror", "desk", "exhibitor", "auditor"):
        sign_in(client, role)
        answers = [client.get(f"/fr/draws/{path}") for path in READ]
        answers += [client.post(f"/fr/draws/{path}") for path in written]
        assert {answer.status_code for answer in answers} == {403}


def test_a_step_without_its_token_is_refused(app: Flask, commission: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True

    assert commission.post("/fr/draws/DR1/commit").status_code == 400


@pytest.mark.parametrize("lang", LANGS)
def test_the_commission_goes_from_the_list_to_the_result(
    lang: str, commission: FlaskClient, organiser: FlaskClient, hall: Hall, clock: FixedClock
) -> None:
    play(commission, organiser, hall, clock, lang)
    step(commission, "incidents", lang, text_fr="Panne de courant de deux minutes.")

    bundle = commission.get(f"/{lang}/draws/DR1/bundle.json").data
    assert verify_draw.verify(bundle)["tickets"] == 10
    assert commission.get(f"/{lang}/draws/DR1/stage").status_code == 200


def test_a_witness_who_does_not_come_does_not_stop_the_draw(
    app: Flask, clock: FixedClock, sign_in: Callable[..., int]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        hall = Hall(parts().engine, parts().keys)
    hall.furnish(seats=tuple(actions.NewSeat(code, SeatKind.PUBLIC) for code in NUMBERS), fewest_seats=2)
    clock.move_to(HOUR)
    hall.commit()
    first, second = app.test_client(), app.test_client()
    sign_in(first, "commission")
    sign_in(second, "organiser")
    for seat in list(NUMBERS)[:2]:
        first.post("/fr/draws/DR1/envelopes", data={"seat": seat})

    assert "Recevoir les enveloppes" in text_of(first.get("/fr/draws/DR1/run"))
    for each in (first, second):
        each.post("/fr/draws/DR1/counts", data={"counted": hall.tickets})
    assert first.post("/fr/draws/DR1/close").status_code == 303
    for seat in list(NUMBERS)[:2]:
        first.post("/fr/draws/DR1/openings", data={"seat": seat, "value": NUMBERS[seat]})
    first.post("/fr/draws/DR1/reveal")
    first.post("/fr/draws/DR1/conclude")

    assert verify_draw.verify(first.get("/fr/draws/DR1/bundle.json").data)["tickets"] == hall.tickets


def test_the_second_counter_does_not_see_the_first_number(
    commission: FlaskClient, organiser: FlaskClient, hall: Hall
) -> None:
    step(commission, "commit")
    for seat in NUMBERS:
        step(commission, "envelopes", seat=seat)
    step(commission, "counts", counted="987")

    counted = re.compile(r"\b987\b")  # a hash may hold these digits, never alone
    assert counted.search(text_of(commission.get("/fr/draws/DR1/run")))
    for page in ("/run", "", "/stage"):
        assert not counted.search(text_of(organiser.get(f"/fr/draws/DR1{page}")))


def test_a_refused_step_says_why(commission: FlaskClient, hall: Hall) -> None:
    hall.commit()

    early = commission.post("/fr/draws/DR1/close")
    assert early.status_code == 409
    assert "L’heure annoncée du tirage n’est pas encore venue." in text_of(early)
    assert commission.post("/fr/draws/DR1/counts", data={"counted": "beaucoup"}).status_code == 422


def test_a_draw_is_set_up_changed_and_taken_away(app: Flask, commission: FlaskClient, hall: Hall) -> None:
    with app.app_context():
        parts().wires["award_winners"] = lambda *_: {hall.exhibitors["C02"]}

    answer = commission.post("/fr/draws/new", data=TYPED)
    assert answer.status_code == 303, text_of(answer)
    said = text_of(commission.get(answer.location))
    assert "lauréat d’un prix" in said
    assert "lien déclaré avec l’organisateur" in said
    assert "(10)" in text_of(commission.get("/fr/draws/DR2/list"))
    assert commission.post("/fr/draws/new", data=TYPED).status_code == 409
    assert commission.post("/fr/draws/new", data={**TYPED, "code": "DR3", "tied": "C99"}).status_code == 404

    form = commission.get("/fr/draws/DR2/edit").get_data(as_text=True)
    for kept in ("réfrigérateur", "SN-7781", "Conseil régional", 'value="2"', "C03", "Driss Soussi", "17:30"):
        assert kept in form
    changed = {**TYPED, "prizes-0-copies": "1", "tied": "", "place_fr": "Berkane"}
    assert commission.post("/fr/draws/DR2/edit", data=changed).status_code == 303
    assert "(11)" in text_of(commission.get("/fr/draws/DR2/list"))
    assert commission.post("/fr/draws/DR2/list").status_code == 303
    public = text_of(commission.get("/fr/draws/DR2"))
    assert "Berkane" in public

    assert commission.post("/fr/draws/DR2/discard").status_code == 303
    assert commission.get("/fr/draws/DR2").status_code == 404


def test_rows_are_added_without_losing_what_was_typed(commission: FlaskClient) -> None:
    answer = commission.post("/fr/draws/new", data={**TYPED, "add": "prizes"})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert 'name="prizes-2-title_fr"' in page
    assert "SN-7781" in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"prizes-1-copies": "2"}, "Un objet marqué est un seul lot"),
        ({"prizes-1-title_ar": ""}, "Veuillez remplir ce champ."),
        ({"seats-0-key": "abc"}, "64 signes"),
        ({"winners": "x", "substitutes": "beaucoup"}, "Nombre de suppléants"),
    ],
)
def test_a_form_with_faults_comes_back_with_what_was_typed(
    commission: FlaskClient, typed: dict[str, str], says: str
) -> None:
    answer = commission.post("/fr/draws/new", data={**TYPED, **typed})

    assert answer.status_code == 422
    assert says in text_of(answer)
    assert "Conseil régional" in answer.get_data(as_text=True)


def test_the_secret_is_printed_for_its_envelope_and_typed_back(
    app: Flask, commission: FlaskClient, organiser: FlaskClient, hall: Hall, clock: FixedClock
) -> None:
    assert commission.post("/fr/draws/DR1/secret").status_code == 409
    step(commission, "commit")
    paper = commission.post("/fr/draws/DR1/secret")
    assert paper.headers["Cache-Control"] == "no-store"
    secret = "".join(re.findall(r"<span>([0-9a-f]{8})</span>", paper.get_data(as_text=True))[-8:])
    for seat in NUMBERS:
        step(commission, "envelopes", seat=seat)
    for each in (commission, organiser):
        step(each, "counts", counted=str(hall.tickets))
    clock.move_to(HOUR)
    step(commission, "close")
    assert commission.post("/fr/draws/DR1/secret").status_code == 409
    for seat, number in NUMBERS.items():
        step(commission, "openings", seat=seat, value=number)
    assert commission.post("/fr/draws/DR1/reveal", data={"secret": "0" * 64}).status_code == 409
    step(commission, "reveal", secret=secret.upper())
    step(commission, "conclude")

    assert view_of(app, hall).secret == secret
    assert verify_draw.verify(commission.get("/fr/draws/DR1/bundle.json").data)["verdict"] == "drawn"


def test_a_sealed_draw_is_not_changed_any_more(commission: FlaskClient, hall: Hall) -> None:
    hall.commit()

    for path in ("edit", "list", "discard"):
        assert commission.post(f"/fr/draws/DR1/{path}", data=TYPED).status_code == 409


def test_prizes_go_from_hand_to_hand(
    app: Flask, commission: FlaskClient, organiser: FlaskClient, hall: Hall, clock: FixedClock
) -> None:
    play(commission, organiser, hall, clock)
    first, second = view_of(app, hall).winners
    assert first.name_fr in text_of(commission.get("/fr/draws/DR1/prizes"))

    for number in (1, 2, 3):
        clock.advance(30)
        step(commission, "prizes/P1/call", number=number, ticket=first.token)
        # A second tap on the same button is no second call.
        again = organiser.post("/fr/draws/DR1/prizes/P1/call", data={"number": number, "ticket": first.token})
        assert again.status_code == 409
    said = step(commission, "prizes/P1/void", reason="absent_three_calls")
    assert "Une seconde personne doit le dire" in said
    said = step(organiser, "prizes/P1/void", reason="absent_three_calls")
    assert "deux personnes l’ont dit" in said
    step(commission, "prizes/P1/replace")
    late = organiser.post("/fr/draws/DR1/prizes/P1/claim", data={"ticket": first.token})
    assert "le tour d’un autre" in text_of(late)
    step(commission, "prizes/P1/claim")
    picture = BytesIO()
    Image.new("RGB", (64, 48), "red").save(picture, "PNG")
    step(commission, "prizes/P1/hand-over", proof=(BytesIO(picture.getvalue()), "photo.png"))
    assert commission.get("/fr/draws/DR1/prizes/P1/proof").mimetype == "image/jpeg"
    step(commission, "prizes/P2/withdraw", reason="not_available")

    draw = view_of(app, hall)
    now = {turn.place: turn for turn in draw.turns_now}
    assert now["P1"].token != first.token
    assert second.token == now["P2"].token
    assert draw.prizes[1].withdrawn_reason == "not_available"
    prizes = verify_draw.verify(commission.get("/fr/draws/DR1/bundle.json").data)["prizes"]
    assert [each["state"] for each in prizes] == ["handed_over", "withdrawn"]
    assert "Chaque lot est remis ou retiré." in text_of(commission.get("/fr/draws/DR1/run"))
    stage = text_of(commission.get("/ar/draws/DR1/stage"))
    assert "سُلمت الجائزة" in stage
    assert "Lot retiré" in stage


def test_a_badge_finds_its_prize(
    app: Flask, commission: FlaskClient, organiser: FlaskClient, hall: Hall, clock: FixedClock
) -> None:

    play(commission, organiser, hall, clock)
    winner = view_of(app, hall).winners[1]
    with hall.at(HOUR + timedelta(hours=1)) as deed:
        person = make_person(deed, hall.edition_id, FADMA)
        add_delegates(deed, [(person, hall.exhibitors[winner.code])])
        issue_badges(deed, edition_id=hall.edition_id, orders=[BadgeOrder(person)])
    with app.app_context():
        badge = find_active_badge(db.session(), hall.edition_id, person)
        assert badge is not None
        code = badge.short_code

    assert commission.post("/fr/draws/DR1/claims", data={"code": "AAAA AAAA AAAA"}).status_code == 409
    step(commission, "claims", code=code)
    turn = next(each for each in view_of(app, hall).turns if each.place == "P2")
    assert (turn.state, turn.claimed_by) == ("claimed", "badge")


def test_a_draw_goes_offline_or_is_cancelled_before_its_hour(app: Flask, commission: FlaskClient, hall: Hall) -> None:
    hall.commit()
    assert commission.post("/fr/draws/DR1/cancel", data={"reason": "postponed"}).status_code == 422
    assert commission.post("/fr/draws/DR1/offline").status_code == 409

    said = step(commission, "cancel", reason="postponed", sure="y")

    assert "tirage reporté" in said
    assert "Le tirage est annulé" in text_of(commission.get("/fr/draws/DR1/stage"))
    assert commission.get("/fr/draws/DR1/minutes.pdf").status_code == 409
    assert verify_draw.verify(commission.get("/fr/draws/DR1/bundle.json").data)["verdict"] == "cancelled"


def test_a_closed_register_takes_no_more_draws(commission: FlaskClient, hall: Hall) -> None:
    assert commission.post("/fr/draws/register").status_code == 303

    assert "Clos le" in text_of(commission.get("/fr/draws/register"))
    assert commission.post("/fr/draws/register").status_code == 409
    assert commission.post("/fr/draws/DR1/commit").status_code == 409
