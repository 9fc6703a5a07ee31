"""A trainer's page by its link: counts, needs, files, presence online, and what is said of a session that moved."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import brotli
import pytest
import sqlalchemy as sa

from tests.pages.counting import count_queries
from tests.pages.participants import SmallFair, small_fair
from tests.rules.test_session_files import a_pdf, a_photograph
from village.checkin.actions import admit_by_name, print_sheet, register_device
from village.checkin.queries import get_sheet, list_arrivals
from village.checkin.rules import ScannedCode
from village.kit.db import db
from village.kit.outbox import list_outgoing
from village.kit.web import deed, parts
from village.people.queries import get_person, link_token
from village.workshops.actions import register
from village.workshops.queries import list_files, list_trainers, trainer_token
from village.workshops.rules import Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

    from village.kit.clock import FixedClock

pytestmark = pytest.mark.sqlite_only
LANGS = ("ar", "fr", "en")
PAGE_BYTES = 4 * 1024  # what an old phone loads to choose a file, besides the style sheet it has already
HELD = datetime(2026, 12, 4, 10, 30, tzinfo=UTC)
ONLINE_HELD = datetime(2026, 12, 5, 10, 30, tzinfo=UTC)


class House:
    """Youssef and Fadma hold the places of W01, which Yassine leads; Fadma was scanned and needs a seat in front."""

    def __init__(self, app: Flask, client: FlaskClient, post: Callable[..., Any]) -> None:
        self.app, self.client, self.send = app, client, post
        self.fair: SmallFair = small_fair(app)
        with app.test_request_context(), deed() as opened:
            register(opened, person_id=self.fair.fadma, workshop_id=self.w01)
            device = register_device(opened, self.fair.edition, code="D1")
            visit = ScannedCode("visit-fadma", "", device, self.w01, opened.now)
            admit_by_name(opened, visit, edition_id=self.fair.edition, person_id=self.fair.fadma)
            register(opened, person_id=self.fair.fadma, workshop_id=self.fair.workshops["W05"], wish=Wish.ONLINE)
        self.sql("UPDATE person SET needs = 'step_free,front_seat' WHERE id = :id", id=self.fair.fadma)

    @property
    def w01(self) -> int:
        """The workshop of the trainer."""
        return self.fair.workshops["W01"]

    def sql(self, statement: str, **values: Any) -> None:
        """Change a row by hand: what another part of the house would do."""
        with self.app.app_context(), parts().engine.begin() as connection:
            connection.execute(sa.text(statement), values)

    def token(self) -> str:
        """Yassine's link as it is now."""
        with self.app.app_context():
            trainer = list_trainers(db.session(), self.fair.edition)[0]
            return trainer_token(parts().keys, self.fair.edition, trainer)

    def own(self, person: int) -> str:
        """A person's link."""
        with self.app.app_context():
            return link_token(parts().keys, person, get_person(db.session(), person).link_version)

    def give(self, address: str, name: str, data: bytes, **more: Any) -> Any:
        """Send a file by a form."""
        sent = {"file": (io.BytesIO(data), name)}
        return self.send(self.client, address, sent, content_type="multipart/form-data", **more)

    def files(self) -> list[Any]:
        """The files of W01."""
        with self.app.app_context():
            return list_files(db.session(), self.w01)

    def present(self, code: str) -> dict[int, str]:
        """Who was there, and how they were recognised."""
        with self.app.app_context():
            return {who: each.way for who, each in list_arrivals(db.session(), self.fair.workshops[code]).items()}


@pytest.fixture
def house(app: Flask, client: FlaskClient, post: Callable[..., Any]) -> House:
    """The small fair with a trainer."""
    return House(app, client, post)


def numbers(page: str) -> list[tuple[str, str]]:
    """The numbers and names of a list, from the top."""
    return re.findall(r'<b class="place">(\d+|—)</b>\s*<span class="who"><b>(?:<bdi[^>]*>)?([^<]+)', page)


@pytest.mark.parametrize("lang", LANGS)
def test_counts_and_needs_are_for_the_trainer(house: House, lang: str) -> None:
    page = house.client.get(f"/{lang}/trainer/{house.token()}/W01").text
    needs = {"ar": "مقعد في الأمام", "fr": "Une place devant", "en": "A seat in front"}[lang]
    assert page.count(needs) == 2
    figures = re.findall(r"<b>(\d+)</b>\s*<small>[^<]*?(\d+)", page)
    assert figures[:2] == [("1", "2"), ("1", "1")]


def test_the_figures_look_again_while_the_session_is_held(house: House, clock: FixedClock) -> None:
    address = f"/fr/trainer/{house.token()}/W01"
    clock.move_to(datetime(2026, 12, 3, 9, tzinfo=UTC))
    assert "every 20s" not in house.client.get(address).text
    clock.move_to(HELD)
    assert "every 20s" in house.client.get(address).text
    whole = house.client.get(f"{address}/live")
    assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in whole.text
    part = house.client.get(f"{address}/live", headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<div id="counts"')
    unchanged = {"HX-Request": "true", "If-None-Match": part.headers["ETag"]}
    assert house.client.get(f"{address}/live", headers=unchanged).status_code == 304
    with house.app.test_request_context(), deed() as opened:
        device = register_device(opened, house.fair.edition, code="D1")
        visit = ScannedCode("visit-youssef", "", device, house.w01, opened.now)
        admit_by_name(opened, visit, edition_id=house.fair.edition, person_id=house.fair.youssef)
    again = house.client.get(f"{address}/live", headers=unchanged)
    assert (again.status_code, "<b>2</b>" in again.text) == (200, True)


def test_a_look_at_the_figures_is_cheap(house: House) -> None:
    address = f"/fr/trainer/{house.token()}/W01/live"
    house.client.get(address)
    assert count_queries(house.app, lambda: house.client.get(address, headers={"HX-Request": "true"})) <= 12


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_trainer_door_and_paper_have_one_numbering(
    house: House, sign_in: Callable[..., int], lang: str
) -> None:
    with house.app.test_request_context(), deed() as opened:
        print_sheet(opened, edition_id=house.fair.edition, workshop_id=house.w01, lang=lang, blanks=3)
    with house.app.app_context():
        sheet = get_sheet(db.session(), house.w01, 1)
        people = {row.no: get_person(db.session(), row.person_id) for row in sheet.rows if row.person_id}
    wanted = [(str(no), person.name_in(lang)) for no, person in people.items()]
    assert numbers(house.client.get(f"/{lang}/trainer/{house.token()}/W01").text) == wanted
    sign_in(house.client, "desk")
    assert numbers(house.client.get(f"/{lang}/sheets/W01").text) == wanted
    assert numbers(house.client.get(f"/{lang}/sheets/W01/1").text)[:2] == wanted
    for no, person in people.items():
        found = house.client.get(f"/{lang}/checkin/W01?q={person.name_in(lang)}").text
        assert f'<b class="place">{no}</b>' in found, person.name_in(lang)


def test_a_walk_in_shows_up_behind_the_numbers(house: House, sign_in: Callable[..., int]) -> None:
    with house.app.test_request_context(), deed() as opened:
        print_sheet(opened, edition_id=house.fair.edition, workshop_id=house.w01, lang="fr", blanks=3)
        from tests.cast import MINA
        from tests.factories import make_person

        mina = make_person(opened, house.fair.edition, MINA)
        register(opened, person_id=mina, workshop_id=house.w01, override="chaise ajoutée", via="walk_in")
    listed = numbers(house.client.get(f"/fr/trainer/{house.token()}/W01").text)
    assert listed[-1] == ("—", "مينة")
    assert [no for no, _name in listed[:-1]] == ["1", "2"]


@pytest.mark.parametrize("lang", LANGS)
def test_a_link_that_went_astray_is_made_worthless(
    house: House, sign_in: Callable[..., int], lang: str
) -> None:
    old = house.token()
    sign_in(house.client, "organiser")
    page = house.client.get(f"/{lang}/sheets/trainers/T01").text
    assert f"/trainer/{old}" in page
    assert "<svg" in page
    assert "T01" in house.client.get(f"/{lang}/sheets/trainers").text
    house.send(house.client, f"/{lang}/sheets/trainers/T01/renew")
    assert house.client.get(f"/{lang}/trainer/{old}").status_code == 404
    assert house.client.get(f"/{lang}/trainer/{old}/W01/files").status_code == 404
    new = house.token()
    short = house.client.get(f"/T/{new.upper()}")
    assert short.location.endswith(f"/trainer/{new}")
    assert house.client.get(f"/{lang}/trainer/{new}").status_code == 200


def test_the_link_is_sent_to_the_trainers_own_telephone_and_mail(house: House, sign_in: Callable[..., int]) -> None:
    sign_in(house.client, "organiser")
    house.sql("UPDATE trainer SET phone = '+212600000031', email = 'yassine@example.ma'")
    for by, lang in (("sms", "ar"), ("mail", "fr")):
        house.send(house.client, "/fr/sheets/trainers/T01/send", {"by": by, "lang": lang})
    with house.app.app_context():
        sent = {each.kind: each for each in list_outgoing(db.session())}
    assert {kind: each.target for kind, each in sent.items()} == {
        "sms": "+212600000031", "mail": "yassine@example.ma",
    }  # fmt: skip
    link = f"http://village.test/ar/trainer/{house.token()}"
    assert sent["sms"].body["text"].endswith(f"\n{link}")
    assert len(sent["sms"].body["text"]) <= 134
    sign_in(house.client, "desk")
    assert house.client.get("/fr/sheets/trainers/T01").status_code == 403


def test_files_go_from_the_trainer_to_those_registered(house: House, sign_in: Callable[..., int]) -> None:
    trainer, mine = f"/fr/trainer/{house.token()}/W01/files", f"/fr/me/{house.fair.youssef_token}/files/W01"
    told = house.give(trainer, "الدرس الأول.pdf", a_pdf(), follow_redirects=True)
    assert "الدرس الأول.pdf" in told.text
    house.give(trainer, "tableau.jpg", a_photograph())
    one, photograph = house.files()
    assert photograph.size < len(a_photograph())
    page = house.client.get(mine).text
    assert f"{mine}/{one.id}" in page
    assert "/remove" not in page
    for address in (f"{mine}/{one.id}", f"{trainer}/{one.id}"):
        with house.client.get(address) as file:
            assert file.data == a_pdf()
            assert file.headers["Content-Disposition"].startswith(f'attachment; filename="W01-{one.id}.pdf"; filename*')
            assert "%D8%A7" in file.headers["Content-Disposition"]
            assert file.headers["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in file.headers["Content-Security-Policy"]
            assert file.mimetype == "application/pdf"
    with house.client.get(f"{mine}/{one.id}", headers={"Range": "bytes=5-"}) as rest:
        assert (rest.status_code, rest.data) == (206, a_pdf()[5:])
    house.send(house.client, f"{trainer}/{one.id}/remove")
    assert house.client.get(f"{mine}/{one.id}").status_code == 404
    sign_in(house.client, "desk")
    assert house.give("/fr/registrations/W01/files", "programme.txt", b"10:00 accueil").status_code == 303
    assert [row.name for row in house.files()] == ["tableau.jpg", "programme.txt"]


def test_files_are_for_those_with_a_place_alone(house: House, sign_in: Callable[..., int]) -> None:
    trainer = f"/fr/trainer/{house.token()}"
    house.give(f"{trainer}/W01/files", "cours.pdf", a_pdf())
    file = house.files()[0].id
    house.send(house.client, f"/fr/me/{house.fair.youssef_token}/cancel/W01")
    refused = house.client.get(f"/fr/me/{house.fair.youssef_token}/files/W01/{file}")
    assert refused.status_code == 409
    assert house.client.get(f"{trainer}/W02/files").status_code == 404
    assert house.client.get(f"{trainer}/W02/files/{file}").status_code == 404
    assert house.client.get("/fr/registrations/W01/files").status_code == 302
    sign_in(house.client, "juror")
    assert house.client.get("/fr/registrations/W01/files").status_code == 403


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_not_taken_is_said_in_the_readers_words(house: House, lang: str) -> None:
    address = f"/{lang}/trainer/{house.token()}/W01/files"
    answer = house.give(address, "cours.pdf", b"<!doctype html><script>alert(1)</script>")
    assert answer.status_code == 409
    assert {"ar": "غير مقبول", "fr": "n’est pas accepté", "en": "not accepted"}[lang] in answer.text
    house.app.config["MAX_CONTENT_LENGTH"] = 1024
    assert house.give(address, "cours.pdf", b"x" * 2048).status_code == 413
    assert house.send(house.client, address).status_code == 409
    assert house.files() == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_files_is_light(house: House, lang: str) -> None:
    for number in range(8):
        house.give(f"/fr/trainer/{house.token()}/W01/files", f"الدرس {number}.pdf", a_pdf())
    page = house.client.get(f"/{lang}/me/{house.fair.youssef_token}/files/W01")
    assert page.status_code == 200
    assert len(brotli.compress(page.data, quality=4)) <= PAGE_BYTES


def test_the_own_link_counts_presence_online_and_the_trainer_sees_it(house: House, clock: FixedClock) -> None:
    house.sql("INSERT INTO workshop_trainer SELECT :w, id, 0 FROM trainer", w=house.fair.workshops["W05"])
    own = house.own(house.fair.fadma)
    link = f"/fr/me/{own}/join/W05"
    early = house.client.get(link, follow_redirects=True)
    assert "samedi 5 décembre 2026 à 9\u00a0h\u00a045" in early.text
    clock.move_to(ONLINE_HELD)
    for header in ({"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}):
        assert "salle.example" not in house.client.get(link, headers=header).location
    house.client.head(link)
    assert house.present("W05") == {}
    for _ in range(2):
        assert house.client.get(link).location == "https://salle.example/w05"
    assert house.present("W05") == {house.fair.fadma: "online"}
    page = house.client.get(f"/fr/trainer/{house.token()}/W05").text
    assert "venu(e) en ligne" in page
    clock.move_to(ONLINE_HELD.replace(hour=12, minute=1))
    assert "Cet atelier est terminé" in house.client.get(link, follow_redirects=True).text


def test_a_session_called_off_or_moved_after_printing_says_so(house: House, sign_in: Callable[..., int]) -> None:
    with house.app.test_request_context(), deed() as opened:
        print_sheet(opened, edition_id=house.fair.edition, workshop_id=house.w01, lang="fr", blanks=3)
    sign_in(house.client, "desk")
    seen = [f"/fr/trainer/{house.token()}/W01", "/fr/sheets/W01", "/fr/sheets/W01/1", "/fr/sheets/W01/1/check"]
    assert not any("changé d’heure" in house.client.get(each).text for each in seen)
    house.sql("UPDATE workshop SET starts = '15:00:00', ends = '17:00:00' WHERE id = :id", id=house.w01)
    for each in seen[:2]:
        assert "L’atelier a changé d’heure ou de salle depuis la dernière feuille" in house.client.get(each).text
    for each in seen[2:]:
        assert "10\u00a0h\u00a000 · Grande tente. Maintenant : vendredi 4 décembre 2026 · 15" in (
            house.client.get(each).text
        )
    house.sql("UPDATE workshop SET status = 'cancelled' WHERE id = :id", id=house.w01)
    for each in seen:
        assert "Cet atelier est annulé. Les inscrits ont été prévenus." in house.client.get(each).text
    assert "Atelier annulé" in house.client.get(f"/fr/trainer/{house.token()}").text


def test_a_published_move_is_told_to_the_trainer(house: House) -> None:
    now = {"day": "2026-12-04", "starts": "10:00", "ends": "12:00", "status": "planned", "room_ar": "", "room_fr": ""}
    was = now | {"day": "2026-12-03", "starts": "15:00", "ends": "17:00", "room_fr": "Grande tente"}
    change = {"workshop": house.w01, "code": "W01", "what": ["day", "hours", "room"], "was": was, "now": now}
    assert "Heure ou salle changée" not in house.client.get(f"/fr/trainer/{house.token()}").text
    house.sql(
        "INSERT INTO programme_version (edition_id, number, published_at, actor, note_ar, note_fr, slots, changes)"
        " VALUES (:edition, 99, '2026-11-20 09:00:00', 'system', '', '', '[]', :changes)",
        edition=house.fair.edition,
        changes=json.dumps([change]),
    )
    page = house.client.get(f"/fr/trainer/{house.token()}").text
    assert "Heure ou salle changée" in page
    assert "avant : jeudi 3 décembre 2026 · 15\u00a0h\u00a000 · Grande tente" in page


def test_the_symbol_on_paper_leads_staff_to_the_sheet(house: House, sign_in: Callable[..., int]) -> None:
    with house.app.test_request_context(), deed() as opened:
        print_sheet(opened, edition_id=house.fair.edition, workshop_id=house.w01, lang="fr", blanks=3)
    asked = house.client.get("/S/W01-1")
    assert asked.location.endswith("/sheets/W01/1")
    assert house.client.get(asked.location).status_code == 302
    sign_in(house.client, "desk")
    assert house.client.get(asked.location).status_code == 200
    assert house.client.get("/S/nonsense").location.endswith("/sheets")
