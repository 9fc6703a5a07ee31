"""Where organisers write the programme, and what everybody then reads: each language, with and without the right."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import vobject

from tests.pages.participants import BEFORE, SmallFair, small_fair
from village.kit.deeds import SYSTEM, begin
from village.workshops.actions.minutes import close_minutes, write_minutes
from village.workshops.actions.rooms import change_room
from village.workshops.actions.sessions import add_session, edit_session
from village.workshops.actions.tracks import add_track
from village.workshops.actions.trainers import edit_trainer
from village.workshops.pages.manage import session_values
from village.workshops.queries import get_workshop
from village.workshops.queries.programme import get_trainer
from village.workshops.rules.sessions import MinutesText, SessionText, TrackText, TrainerText

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from village.kit.deeds import Deed

pytestmark = pytest.mark.sqlite_only
LANGS = ("ar", "fr", "en")
MANAGE = "/fr/programme/manage"
PLENARY = SessionText("جلسة عامة", "Grande plénière", "plenary", "onsite", places_onsite=40)


def act(app: Flask, do: Callable[[Deed], Any]) -> Any:
    """Do something in a deed of the organisers."""
    from village.kit.web import parts

    with app.app_context():
        world = parts()
        with begin(world.engine, actor=SYSTEM, now=BEFORE, chance=world.chance) as deed:
            return do(deed)


def edit(app: Flask, fair: SmallFair, code: str, **changes: Any) -> None:
    """Change the text of a session."""

    def do(deed: Deed) -> None:
        row = get_workshop(deed.session, fair.edition, code)
        text = SessionText.of({**session_values(row), **changes})
        edit_session(deed, workshop_id=row.id, text=text, expected=row.version)

    act(app, do)


def cancel(app: Flask, code: str) -> None:
    """Call a session off, as publishing the board does."""
    from sqlalchemy import text

    change = text("UPDATE workshop SET status = 'cancelled', version = version + 1 WHERE code = :code")
    act(app, lambda deed: deed.session.execute(change, {"code": code}))


@pytest.fixture
def fair(app: Flask) -> SmallFair:
    """A small fair with a track, a plenary that is a draft, and a trainer with a telephone."""
    made = small_fair(app)

    def write(deed: Deed) -> None:
        add_track(deed, edition_id=made.edition, text=TrackText("الجامعة المواطنة", "Université citoyenne", "أفق", "Ofoq"))
        add_session(deed, edition_id=made.edition, text=PLENARY, minutes=90)
        row = get_trainer(deed.session, made.edition, "T01")
        text = TrainerText(
            row.name_ar, row.name_fr, "m", "مستشار", "Conseiller", "يرافق المشاريع.", "Il accompagne.", "0600 000 977", "y@fellahi.example"
        )
        edit_trainer(deed, trainer_id=row.id, text=text, expected=1)

    act(app, write)
    return made


@pytest.fixture
def organiser(client: FlaskClient, sign_in: Callable[..., int]) -> FlaskClient:
    """The organiser's browser."""
    sign_in(client, "organiser")
    return client


def filled(client: FlaskClient, address: str, **typed: Any) -> dict[str, Any]:
    """Take a form as its page shows it, with some values typed over."""
    page = client.get(address).text
    page = page[page.index("<main") : page.index("</main>")]
    values: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        named = re.search(r'name="([^"]+)"', tag)
        if not named or (('type="checkbox"' in tag or 'type="radio"' in tag) and "checked" not in tag):
            continue
        found = re.search(r'value="([^"]*)"', tag)
        values.setdefault(named[1], []).append(html.unescape(found[1]) if found else "")
    for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', page, re.DOTALL):
        values[name] = [html.unescape(body)]
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option[^>]*selected[^>]*value="([^"]*)"', body) or re.search(r'value="([^"]*)"', body)
        values[name] = [chosen[1] if chosen else ""]
    return values | {name: value if isinstance(value, list) else [value] for name, value in typed.items()}


def wrongs(answer: TestResponse) -> str:
    """Return what the page says above its form."""
    found = re.search(r'<div class="summary".*?</div>', answer.text, re.DOTALL)
    return found[0] if found else ""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "path",
    ["", "/sessions/new", "/sessions/W05", "/tracks", "/tracks/new", "/tracks/TR1", "/trainers", "/trainers/new",
     "/trainers/T01", "/rooms", "/rooms/new", "/rooms/M1", "/minutes/W06"],
)  # fmt: skip
def test_the_pages_of_those_who_write(organiser: FlaskClient, fair: SmallFair, lang: str, path: str) -> None:
    answer = organiser.get(f"/{lang}/programme/manage{path}")
    assert answer.status_code == 200
    assert "style=" not in answer.text
    if lang == "ar":
        assert not re.search(r">\s*(Keep|Sessions|Tracks|Rooms)\s*<", answer.text)


@pytest.mark.parametrize("role", [None, "desk", "juror"])
def test_nobody_else_writes(
    client: FlaskClient, sign_in: Callable[..., int], fair: SmallFair, role: str | None
) -> None:
    if role:
        sign_in(client, role)
    for path in ("", "/sessions/W01", "/trainers/T01", "/minutes/W06"):
        answer = client.get(MANAGE + path)
        assert answer.status_code in ({403} if role else {302, 401, 403}), path
        assert "+212" not in answer.text


def test_a_session_is_added_and_waits_unseen(organiser: FlaskClient, app: Flask, fair: SmallFair) -> None:
    typed = filled(organiser, f"{MANAGE}/sessions/new", title_fr="Forum des femmes", kind="forum", places_onsite="60", track="TR1")
    assert organiser.post(f"{MANAGE}/sessions/new", data=typed).status_code == 302
    assert "Forum des femmes" in organiser.get(MANAGE).text
    stranger = app.test_client()
    assert "Forum des femmes" not in stranger.get("/fr/programme").text
    assert stranger.get("/fr/programme/W07").status_code == 404
    assert stranger.get("/fr/programme/W07.ics").status_code == 404
    assert organiser.get("/fr/programme/W07").status_code == 200


def test_what_is_wrong_is_shown_with_what_was_typed(organiser: FlaskClient, fair: SmallFair) -> None:
    typed = filled(organiser, f"{MANAGE}/sessions/new", title_fr="", title_ar="", aims_fr="Beaucoup de choses")
    answer = organiser.post(f"{MANAGE}/sessions/new", data=typed)
    assert answer.status_code == 409
    assert "Écrivez un titre" in wrongs(answer)
    assert "Beaucoup de choses" in answer.text


def test_two_editors_each_keep_what_they_wrote(organiser: FlaskClient, app: Flask, fair: SmallFair) -> None:
    address = f"{MANAGE}/sessions/W05"
    first, second = filled(organiser, address, aims_fr="Premier"), filled(organiser, address, title_fr="Deuxième titre")
    assert organiser.post(address, data=first).status_code == 302
    assert organiser.post(address, data=second).status_code == 302
    page = organiser.get(address).text
    assert "Premier" in page
    assert "Deuxième titre" in page


def test_two_who_write_the_same_see_each_other(organiser: FlaskClient, fair: SmallFair) -> None:
    address = f"{MANAGE}/sessions/W05"
    late = filled(organiser, address, aims_fr="Mes mots", theme="finance")
    assert organiser.post(address, data=filled(organiser, address, aims_fr="Leurs mots")).status_code == 302
    answer = organiser.post(address, data=late)
    assert answer.status_code == 409
    assert "Leurs mots" in answer.text
    assert "Mes mots" in answer.text
    again = filled_from(answer)
    assert organiser.post(address, data={**late, "base": again}).status_code == 302
    page = organiser.get(address).text
    assert "Mes mots" in page
    assert 'selected value="finance"' in page


def filled_from(answer: TestResponse) -> str:
    """Return what a refused form carries as shown."""
    found = re.search(r'name="base" value="([^"]*)"', answer.text)
    assert found
    return html.unescape(found[1])


def test_tracks_trainers_and_rooms_are_added(organiser: FlaskClient, fair: SmallFair) -> None:
    for path, typed, shown in (
        ("tracks", {"name_fr": "Forum de l’écologie"}, "Forum de l’écologie"),
        ("trainers", {"name_fr": "Mina Alaoui", "phone": "٠٦٠٠٠٠٠٠٧٧"}, "Mina Alaoui"),
        ("rooms", {"code": "m9", "name_fr": "Salle bleue", "capacity": "25", "equipment": ["sound", "accessible"]}, "Salle bleue"),
    ):
        address = f"{MANAGE}/{path}/new"
        assert organiser.post(address, data=filled(organiser, address, **typed)).status_code == 302, path
        assert shown in organiser.get(f"{MANAGE}/{path}").text
    answer = organiser.post(f"{MANAGE}/rooms/M9", data=filled(organiser, f"{MANAGE}/rooms/M9", capacity="30"))
    assert answer.status_code == 302
    room = organiser.get(f"{MANAGE}/rooms/M9").text
    assert 'value="30"' in room


def test_the_rooms_that_fit_are_named(organiser: FlaskClient, app: Flask, fair: SmallFair) -> None:
    assert "Salles qui conviennent" in organiser.get(f"{MANAGE}/sessions/W01").text
    edit(app, fair, "W01", equipment=["kitchen"])
    assert "Aucune salle" in organiser.get(f"{MANAGE}/sessions/W01").text


def test_a_room_cannot_become_too_small(organiser: FlaskClient, app: Flask, fair: SmallFair) -> None:
    answer = organiser.post(f"{MANAGE}/rooms/M1", data=filled(organiser, f"{MANAGE}/rooms/M1", capacity="1"))
    assert answer.status_code == 409
    assert "W01" in wrongs(answer)


def test_minutes_keep_themselves_and_two_languages_meet(organiser: FlaskClient, fair: SmallFair) -> None:
    address, head = f"{MANAGE}/minutes/W06", {"HX-Request": "true"}
    arabic, french = filled(organiser, address, text_ar="كلام"), filled(organiser, address, text_fr="Paroles\r\ndeux")
    first = organiser.post(address, data=arabic, headers=head)
    assert first.status_code == 200
    assert "<html" not in first.text
    second = organiser.post(address, data=french, headers=head)
    assert second.status_code == 200
    # The writer of French still sees no Arabic, and goes on without taking it away.
    french["base"] = [filled_from(second)]
    french["text_fr"] = ["Paroles, encore"]
    assert organiser.post(address, data=french, headers=head).status_code == 200
    page = organiser.get(address).text
    assert "كلام" in page
    assert "Paroles, encore" in page
    arabic["text_fr"] = ["Autre chose"]
    assert organiser.post(address, data=arabic, headers=head).status_code == 409
    assert "Autre chose" not in organiser.get(address).text


def test_closed_minutes_are_read_by_everybody(organiser: FlaskClient, app: Flask, fair: SmallFair) -> None:
    from sqlalchemy import text

    act(app, lambda deed: deed.session.execute(text("UPDATE workshop SET status = 'planned' WHERE code = 'W06'")))
    stranger = app.test_client()
    paper = "/fr/programme/W06/minutes-fr.pdf"
    assert stranger.get(paper).status_code == 404

    def write(deed: Deed) -> None:
        row = get_workshop(deed.session, fair.edition, "W06")
        write_minutes(deed, workshop_id=row.id, text=MinutesText("Mina", 12, text_ar="كلام"), expected=0)

    act(app, write)
    assert stranger.get(paper).status_code == 404
    assert organiser.get(paper).mimetype == "application/pdf"
    assert "minutes-fr.pdf" not in stranger.get("/fr/programme/W06").text
    token = filled(organiser, f"{MANAGE}/minutes/W06")["csrf_token"]
    assert organiser.post(f"{MANAGE}/minutes/W06/close", data={"csrf_token": token}).status_code == 302
    answer = stranger.get(paper)
    assert answer.data.startswith(b"%PDF")
    assert "public" in answer.headers["Cache-Control"]
    assert "minutes-fr.pdf" in stranger.get("/fr/programme/W06").text
    form = filled(organiser, f"{MANAGE}/minutes/W06", reason="Un nom était faux.")
    assert organiser.post(f"{MANAGE}/minutes/W06/open", data=form).status_code == 302
    assert stranger.get(paper).status_code == 404


@pytest.mark.parametrize("lang", LANGS)
def test_a_trainer_is_known_by_what_they_do_never_by_telephone(client: FlaskClient, fair: SmallFair, lang: str) -> None:
    page = client.get(f"/{lang}/programme/trainers/T01")
    assert page.status_code == 200
    assert ("يرافق المشاريع" if lang == "ar" else "Il accompagne") in page.text
    assert f"/{lang}/programme/W01" in page.text
    for secret in ("+212600000977", "06 00 00 09 77", "fellahi.example"):
        assert secret not in page.text
    assert client.get(f"/{lang}/programme/trainers/T99").status_code == 404


@pytest.mark.parametrize("lang", LANGS)
def test_a_session_tells_all_there_is_to_know(client: FlaskClient, app: Flask, fair: SmallFair, lang: str) -> None:
    edit(app, fair, "W01", theme="marketing", track="TR1", langs=["ar", "zgh"], aims_ar="نتعلم البيع.", aims_fr="Apprendre à vendre.")
    page = client.get(f"/{lang}/programme/W01").text
    wanted = {
        "ar": ("التسويق والبيع", "الأمازيغية", "نتعلم البيع.", "الجامعة المواطنة", "أفق"),
        "fr": ("Commercialisation et vente", "Amazighe", "Apprendre à vendre.", "Université citoyenne", "Ofoq"),
        "en": ("Marketing and sales", "Amazigh", "Apprendre à vendre.", "Université citoyenne", "Ofoq"),
    }[lang]
    for words in wanted:
        assert words in page
    track = client.get(f"/{lang}/programme/tracks/TR1").text
    assert f"/{lang}/programme/W01" in track
    assert f"/{lang}/programme/W02" not in track


@pytest.mark.parametrize(
    ("asked", "codes"),
    [("theme=marketing", {"W01"}), ("spoken=fr", {"W02"}), ("spoken=ar", {"W01", "W02", "W05"}), ("track=TR1", {"W02"}),
     ("theme=health", set()), ("track=TR1&spoken=zgh", set())],
)  # fmt: skip
def test_the_programme_is_chosen_by_theme_language_and_track(
    client: FlaskClient, app: Flask, fair: SmallFair, asked: str, codes: set[str]
) -> None:
    edit(app, fair, "W01", theme="marketing")
    edit(app, fair, "W02", theme="digital", track="TR1", langs=["ar", "fr"])
    page = client.get(f"/fr/programme?{asked}").text
    assert set(re.findall(r'href="/fr/programme/(W\d\d)"', page)) == codes
    file = client.get(f"/fr/programme.ics?{asked}").text
    assert set(re.findall(r"UID:vs14\.(w\d\d)@", file)) == {code.lower() for code in codes}


@pytest.mark.parametrize("lang", LANGS)
def test_a_cancelled_session_stays_in_sight(client: FlaskClient, app: Flask, fair: SmallFair, lang: str) -> None:
    cancel(app, "W02")
    said = {"ar": "ملغى", "fr": "Annul", "en": "Cancelled"}[lang]
    programme = client.get(f"/{lang}/programme").text
    assert "<del>" in programme
    assert said in programme or "ألغي" in programme
    page = client.get(f"/{lang}/programme/W02").text
    assert f"/{lang}/programme/W02/register" not in page.replace(json.dumps(f"/{lang}/programme/W02/register"), "").split("ld+json")[0]
    told = json.loads(html.unescape(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1]))  # type: ignore[index]
    assert told["eventStatus"] == "https://schema.org/EventCancelled"
    assert told["offers"]["availability"] == "https://schema.org/Discontinued"
    calendar = vobject.readOne(client.get(f"/{lang}/programme/W02.ics").text)
    assert calendar.vevent.status.value == "CANCELLED"
    assert calendar.vevent.sequence.value == "1"
    assert client.get("/fr/programme-a4.pdf").status_code == 200


def test_calendars_take_changes_over_and_say_what_it_is_about(client: FlaskClient, app: Flask, fair: SmallFair) -> None:
    before = vobject.readOne(client.get("/fr/programme/W01.ics").text).vevent
    assert before.sequence.value == "0"
    edit(app, fair, "W01", theme="marketing", track="TR1", langs=["ar", "fr"], aims_fr="Vendre ; compter")
    event = vobject.readOne(client.get("/fr/programme/W01.ics").text).vevent
    assert event.sequence.value == "1"
    assert event.uid.value == before.uid.value
    assert event.categories.value == ["Atelier de formation", "Commercialisation et vente", "Université citoyenne"]
    assert event.contact.value == "Ofoq"
    assert "Vendre ; compter" in event.description.value
    assert "Arabe, Français" in event.description.value


def test_machines_read_who_leads_and_in_which_language(client: FlaskClient, app: Flask, fair: SmallFair) -> None:
    edit(app, fair, "W01", track="TR1", langs=["ar", "fr"], aims_fr="Vendre.")
    page = client.get("/fr/programme/W01").text
    told = json.loads(html.unescape(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1]))  # type: ignore[index]
    assert told["inLanguage"] == ["ar", "fr"]
    assert told["performer"][0]["jobTitle"] == "Conseiller"
    assert told["performer"][0]["url"].endswith("/fr/programme/trainers/T01")
    assert told["organizer"][0]["name"] == "Ofoq"
    assert told["description"] == "Vendre."
    assert told["eventStatus"].endswith("EventScheduled")


def test_a_ceremony_asks_nobody_to_register(client: FlaskClient, app: Flask, fair: SmallFair) -> None:
    edit(app, fair, "W02", kind="ceremony", places_onsite=0)
    page = client.get("/fr/programme/W02").text
    assert "tout le monde est bienvenu" in page
    assert 'href="/fr/programme/W02/register"' not in page
    assert '"offers"' not in page


def test_what_the_room_has_is_told(client: FlaskClient, app: Flask, fair: SmallFair) -> None:
    from village.editions.rules import NewRoom

    tent = NewRoom("M1", "الخيمة الكبرى", "Grande tente", 80)
    fitted = NewRoom("M1", "الخيمة الكبرى", "Grande tente", 80, "accessible")
    act(app, lambda deed: change_room(deed, edition_id=fair.edition, code="M1", seen=tent, room=fitted))
    assert "Accès de plain-pied" in client.get("/fr/programme/W01").text


def test_what_must_come_before_is_told(client: FlaskClient, app: Flask, fair: SmallFair) -> None:
    from sqlalchemy import text

    needs = text("INSERT INTO prerequisite (workshop_id, required_id) VALUES (:one, :other)")
    act(app, lambda deed: deed.session.execute(needs, {"one": fair.workshops["W05"], "other": fair.workshops["W01"]}))
    page = client.get("/fr/programme/W05").text
    assert "Avant cette séance" in page
    assert 'href="/fr/programme/W01"' in page


def test_closed_minutes_are_no_longer_written(organiser: FlaskClient, app: Flask, fair: SmallFair) -> None:
    def write(deed: Deed) -> None:
        row = get_workshop(deed.session, fair.edition, "W06")
        write_minutes(deed, workshop_id=row.id, text=MinutesText(text_fr="Paroles."), expected=0)

    typed_before: dict[str, Any] = filled(organiser, f"{MANAGE}/minutes/W06", text_fr="Trop tard")
    act(app, write)
    act(app, lambda deed: close_minutes(deed, workshop_id=get_workshop(deed.session, fair.edition, "W06").id))
    answer = organiser.post(f"{MANAGE}/minutes/W06", data=typed_before)
    assert answer.status_code == 409
    page = organiser.get(f"{MANAGE}/minutes/W06").text
    assert "Paroles." in page
    assert "Trop tard" not in page
