"""The programme as calendar files, read back by a reader of another house, and as linked data."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import vobject

from tests.cast import YOUSSEF
from tests.factories import make_person
from tests.pages.participants import BEFORE, SmallFair, small_fair
from village.kit.deeds import SYSTEM, Actor, begin
from village.people.queries import get_person, link_token
from village.workshops.actions import cancel_registration, register
from village.workshops.rules import Wish

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

LANGS = ("ar", "fr", "en")
TITLES = {"ar": "تقنيات التسويق", "fr": "Techniques de commercialisation", "en": "Techniques de commercialisation"}
# Old telephones do not know that Morocco left summer time: the file itself must say so.
NOON_ON_THE_FOURTH = datetime(2026, 12, 4, 12, tzinfo=UTC)


@pytest.fixture
def fair(app: Flask) -> SmallFair:
    """A small fair."""
    return small_fair(app)


def events(client: FlaskClient, address: str) -> dict[str, Any]:
    """Read a calendar file back, its sessions by their names among all calendars."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.mimetype == "text/calendar"
    calendar = vobject.readOne(answer.text)
    return {event.uid.value: event for event in getattr(calendar, "vevent_list", [])}


def act_for(app: Flask, person: int, deed_of: Any) -> None:
    """Do something as a participant."""
    from village.kit.web import parts

    with app.app_context():
        world = parts()
        with begin(world.engine, actor=Actor("person", str(person)), now=BEFORE, chance=world.chance) as deed:
            deed_of(deed)


@pytest.mark.parametrize("lang", LANGS)
def test_the_whole_programme_is_read_at_its_hours(client: FlaskClient, fair: SmallFair, lang: str) -> None:
    found = events(client, f"/{lang}/programme.ics")
    assert set(found) == {f"vs14.w0{n}@solidarity-village" for n in (1, 2, 5)}
    first = found["vs14.w01@solidarity-village"]
    assert first.summary.value == TITLES[lang]
    assert first.dtstart.value.astimezone(UTC) == datetime(2026, 12, 4, 10, tzinfo=UTC)
    assert first.dtend.value.astimezone(UTC) == NOON_ON_THE_FOURTH
    assert first.dtstart.value.utcoffset() == timedelta(0)
    assert first.status.value == "CONFIRMED"
    assert all(title in first.summary.value + first.description.value for title in TITLES.values())
    assert first.url.value.endswith(f"/{lang}/programme/W01")


def test_the_zone_in_the_file_knows_that_summer_time_is_over(client: FlaskClient, fair: SmallFair) -> None:
    """Read the file's own rules: an hour ahead in August 2026, none from 20 September on."""
    zone = vobject.readOne(client.get("/fr/programme.ics").text).vtimezone
    assert zone.tzid.value == "Africa/Casablanca"
    steps = sorted(
        (step.dtstart.value.replace(tzinfo=None), step.tzoffsetto.value) for step in zone.getChildren() if step.name in {"STANDARD", "DAYLIGHT"}
    )
    at = {when: [to for since, to in steps if since <= when][-1] for when in (datetime(2026, 8, 1), datetime(2026, 12, 4), datetime(2027, 12, 4))}  # noqa: DTZ001 - wall times
    assert list(at.values()) == ["+0100", "+0000", "+0000"]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("day=2026-12-05", ["w05"]),
        ("kind=training&day=2026-12-04", ["w01", "w02"]),
        ("way=online", ["w05"]),
        ("way=onsite", ["w01", "w02", "w05"]),
        ("city=V2", []),
        ("day=tomorrow", ["w01", "w02", "w05"]),
    ],
)
def test_a_part_of_the_programme(client: FlaskClient, fair: SmallFair, asked: str, codes: list[str]) -> None:
    assert sorted(events(client, f"/fr/programme.ics?{asked}")) == [f"vs14.{c}@solidarity-village" for c in codes]
    shown = re.findall(r'<h3><a href="/fr/programme/(\w+)"', client.get(f"/fr/programme?{asked}").text)
    assert [code.lower() for code in shown] == codes


@pytest.mark.parametrize("lang", LANGS)
def test_a_file_is_folded_and_escaped_as_the_standard_asks(client: FlaskClient, fair: SmallFair, lang: str) -> None:
    data = client.get(f"/{lang}/programme.ics").data
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") for line in lines)  # no letter is cut in two
    whole = data.replace(b"\r\n ", b"").decode()
    place = next(line for line in whole.split("\r\n") if line.startswith("LOCATION"))
    assert "\\," in place or lang == "ar"  # the Arabic comma is not the one that separates


def test_one_session_has_its_own_file(client: FlaskClient, fair: SmallFair) -> None:
    assert list(events(client, "/ar/programme/W05.ics")) == ["vs14.w05@solidarity-village"]
    assert client.get("/ar/programme/W99.ics").status_code == 404
    assert "/ar/programme/W05.ics" in client.get("/ar/programme/W05").text


def test_the_link_to_join_is_in_no_public_file(client: FlaskClient, fair: SmallFair) -> None:
    for path in ("programme.ics", "programme/W05.ics", "programme", "programme/W05"):
        text = client.get(f"/fr/{path}").text
        assert "salle.example" not in text
        assert "/join/" not in text


def test_an_agenda_follows_what_is_decided(app: Flask, client: FlaskClient, fair: SmallFair) -> None:
    """Youssef holds W01, waits for nothing, joins W05 from afar, then gives W01 back."""
    address = f"/fr/me/{fair.youssef_token}/agenda.ics"
    act_for(app, fair.youssef, lambda deed: register(deed, person_id=fair.youssef, workshop_id=fair.workshops["W05"], wish=Wish.ONLINE))
    found = events(client, address)
    held, online = found["vs14.w01@solidarity-village"], found["vs14.w05@solidarity-village"]
    assert (held.status.value, online.status.value) == ("CONFIRMED", "CONFIRMED")
    assert f"/me/{fair.youssef_token}/join/W05" in online.description.value
    assert "/join/" not in held.description.value
    assert held.uid.value in events(client, "/fr/programme.ics")
    before = int(held.sequence.value)
    act_for(app, fair.youssef, lambda deed: cancel_registration(deed, person_id=fair.youssef, workshop_id=fair.workshops["W01"]))
    gone = events(client, address)["vs14.w01@solidarity-village"]
    assert gone.status.value == "CANCELLED"
    assert int(gone.sequence.value) > before
    act_for(app, fair.youssef, lambda deed: register(deed, person_id=fair.youssef, workshop_id=fair.workshops["W01"]))
    again = events(client, address)["vs14.w01@solidarity-village"]
    assert again.status.value == "CONFIRMED"
    assert int(again.sequence.value) > int(gone.sequence.value)


@pytest.mark.parametrize(("lang", "said"), [("ar", "لائحة الانتظار، الرقم"), ("fr", "Liste d’attente, numéro 1"), ("en", "Waiting list, number 1")])
def test_a_place_on_the_waiting_list_is_tentative(app: Flask, client: FlaskClient, fair: SmallFair, lang: str, said: str) -> None:
    from village.kit.web import parts

    with app.app_context():
        world = parts()
        with begin(world.engine, actor=SYSTEM, now=BEFORE, chance=world.chance) as deed:
            register(deed, person_id=fair.fadma, workshop_id=fair.workshops["W01"])
            late = make_person(deed, fair.edition, YOUSSEF)
            register(deed, person_id=late, workshop_id=fair.workshops["W01"])
            token = link_token(world.keys, late, get_person(deed.session, late).link_version)
    waiting = events(client, f"/{lang}/me/{token}/agenda.ics")["vs14.w01@solidarity-village"]
    assert waiting.status.value == "TENTATIVE"
    assert waiting.transp.value == "TRANSPARENT"
    assert said in waiting.description.value


def test_an_agenda_is_its_owners_alone(client: FlaskClient, fair: SmallFair) -> None:
    assert client.get("/ar/me/wrong/agenda.ics").status_code == 404
    answer = client.get(f"/ar/me/{fair.youssef_token}/agenda.ics")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    page = client.get(f"/ar/me/{fair.youssef_token}").text
    assert re.search(rf'href="webcal://[^"]+/ar/me/{fair.youssef_token}/agenda.ics"', page)


@pytest.mark.parametrize("path", ["programme", "programme/W01", "programme.ics", "programme/W01.ics"])
@pytest.mark.parametrize("coding", ["identity", "br", "gzip"])
def test_what_a_stranger_holds_is_not_sent_again(app: Flask, fair: SmallFair, path: str, coding: str) -> None:
    client = app.test_client()
    first = client.get(f"/fr/{path}", headers={"Accept-Encoding": coding})
    assert "Set-Cookie" not in first.headers
    assert first.headers["Cache-Control"].startswith("public, max-age=")
    held = {"If-None-Match": first.headers["ETag"], "Accept-Encoding": coding}
    second = client.get(f"/fr/{path}", headers=held)
    assert (second.status_code, second.data) == (304, b"")
    act_for(app, fair.youssef, lambda deed: cancel_registration(deed, person_id=fair.youssef, workshop_id=fair.workshops["W01"]))
    changed = client.get(f"/fr/{path}", headers=held).status_code
    assert changed == (304 if path.endswith(".ics") else 200)


def test_what_a_known_browser_is_shown_stays_in_it(client: FlaskClient, fair: SmallFair) -> None:
    client.get(f"/fr/me/{fair.youssef_token}")
    answer = client.get("/fr/programme/W01")
    assert answer.headers["Cache-Control"] in {"private, no-cache", "no-store"}
    assert "Cookie" in answer.headers["Vary"]


def linked(client: FlaskClient, address: str) -> dict[str, Any]:
    """Read the linked data of a page."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(address).text)
    assert len(found) == 1
    data: dict[str, Any] = json.loads(found[0])
    assert data["@context"] == "https://schema.org"
    return data


MODES = {"W01": "Offline", "W05": "Mixed"}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", MODES)
def test_a_session_is_told_to_machines(client: FlaskClient, fair: SmallFair, lang: str, code: str) -> None:
    """What Google asks of an Event (name, startDate, location) and recommends, with the values of schema.org."""
    event = linked(client, f"/{lang}/programme/{code}")
    assert event["@type"] == "EducationEvent"
    # The language that is spoken there, in whichever language one reads of it.
    assert event["inLanguage"] == "ar"
    starts, ends = (datetime.fromisoformat(event[name]) for name in ("startDate", "endDate"))
    assert starts.utcoffset() == timedelta(0)
    assert ends - starts == timedelta(hours=2)
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == f"https://schema.org/{MODES[code]}EventAttendanceMode"
    kinds = [place["@type"] for place in event["location"]]
    assert kinds == (["Place"] if code == "W01" else ["Place", "VirtualLocation"])
    assert event["location"][0]["address"]["addressLocality"]
    assert event["offers"]["price"] == 0
    assert event["offers"]["priceCurrency"] == "MAD"
    assert event["isAccessibleForFree"] is True
    assert all(each["@type"] == "Organization" and each["name"] for each in event["organizer"])
    assert event["url"].endswith(f"/{lang}/programme/{code}")


def test_the_programme_is_told_to_machines_as_it_is_shown(client: FlaskClient, fair: SmallFair) -> None:
    graph = linked(client, "/fr/programme?day=2026-12-04")["@graph"]
    assert [event["url"][-3:] for event in graph] == ["W01", "W02"]


@pytest.mark.parametrize("lang", LANGS)
def test_links_keep_the_choice_and_nothing_is_said_kindly(client: FlaskClient, fair: SmallFair, lang: str) -> None:
    page = client.get(f"/{lang}/programme?kind=training&way=online&day=2026-12-04").text
    assert f"/{lang}/programme?day=2026-12-05&amp;kind=training&amp;way=online" in page
    assert f'href="/{lang}/programme.ics?day=2026-12-04&amp;kind=training&amp;way=online"' in page
    assert {"ar": "ما يوافق هذا الاختيار", "fr": "ne correspond à ce choix", "en": "fits this choice"}[lang] in page
    assert '<option value="training" selected>' in page


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_sheets_are_made_once_and_again_when_the_programme_changes(
    app: Flask, client: FlaskClient, fair: SmallFair, paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from village.workshops.programme_paper import Sheets

    made: list[str] = []
    monkeypatch.setattr(Sheets, "print", lambda self: made.append(self.digest) or b"%PDF-")
    for lang in LANGS:
        answer = client.get(f"/{lang}/programme-{paper}.pdf")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert len(made) == 1
    held = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(f"/ar/programme-{paper}.pdf", headers=held).status_code == 304
    act_for(app, fair.youssef, lambda deed: cancel_registration(deed, person_id=fair.youssef, workshop_id=fair.workshops["W01"]))
    client.get(f"/fr/programme-{paper}.pdf")
    assert len(made) == 1  # who comes is not on paper


def test_there_is_nothing_to_print_before_there_is_a_programme(app: Flask, client: FlaskClient) -> None:
    from tests.factories import make_edition
    from village.kit.web import parts

    with app.app_context():
        world = parts()
        with begin(world.engine, actor=SYSTEM, now=BEFORE, chance=world.chance) as deed:
            make_edition(deed)
    assert client.get("/fr/programme-a4.pdf").status_code == 404
    page = client.get("/fr/programme")
    assert page.status_code == 200
    assert "programme-a4.pdf" not in page.text
    assert events(client, "/fr/programme.ics") == {}


def test_the_printed_code_leads_to_the_readers_language(client: FlaskClient, fair: SmallFair) -> None:
    wants = {"Accept-Language": "fr"}
    assert client.get("/W", headers=wants).headers["Location"] == "/fr/programme"
    assert client.get("/W/W05", headers=wants).headers["Location"] == "/fr/programme/W05"
