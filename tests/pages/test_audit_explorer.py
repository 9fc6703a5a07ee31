"""The explorer of the log: found by names, told in words, what changed, whose name was erased, and a copy to take."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.cast import FADMA, YOUSSEF
from tests.factories import make_edition, make_exhibitor, make_person
from village.audit.actions import make_checkpoint, record
from village.audit.log_file import verify_file
from village.audit.queries import get_head
from village.kit.deeds import Actor
from village.kit.web import parts
from village.people.actions import erase_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

pytestmark = pytest.mark.sqlite_only


@dataclass(frozen=True)
class Told:
    """Who stands in the log, and the number of the line that gave a stand the second time."""

    youssef: int
    fadma: int
    again: int


@pytest.fixture
def told(app: Flask, act: Callable, session: Session) -> Told:
    with act("system") as deed:
        edition = make_edition(deed)
        youssef, fadma = make_person(deed, edition), make_person(deed, edition, FADMA)
        make_exhibitor(deed, edition)
    with act(Actor("person", str(youssef))) as deed:
        record(
            deed, "registration.confirmed", "workshop:W01", {"person": youssef, "workshop": "W01", "registration": 1}
        )
        record(deed, "stand.assigned", "stand:A01", {"exhibitor": "C01", "stand": "A01"})
    with act("organiser") as deed:
        record(deed, "stand.locked", "stand:A01", {"stand": "A01"})
        record(deed, "stand.assigned", "stand:A01", {"exhibitor": "C02", "stand": "A01"})
        with app.app_context():
            make_checkpoint(deed, parts().keys, "asked")
    return Told(youssef, fadma, get_head(session).size)


def words(answer: TestResponse) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))
    return re.sub(r"\s+", " ", re.sub(r"[\u2066-\u2069]", "", text))


def lines_of(answer: TestResponse) -> list[int]:
    return [int(number) for number in re.findall(r'/log/line/(\d+)"', answer.get_data(as_text=True))]


def test_a_name_leads_to_all_lines_about_its_bearer(client: FlaskClient, sign_in: Callable, told: Told) -> None:
    sign_in(client, "auditor")
    for lang, name in (("ar", YOUSSEF.given_ar), ("fr", "el mourabit"), ("en", "Youssef")):
        answer = client.get(f"/{lang}/log/lines", query_string={"about": name})
        assert answer.status_code == 302
        assert f"thing=person:{told.youssef}&mentions=y" in answer.location
        page = client.get(answer.location)
        shown = YOUSSEF.given_ar if lang == "ar" else YOUSSEF.given_fr
        assert shown in words(page)
        # What was done to him, what names him, and what he did.
        assert lines_of(page)[-1] < told.again
        assert len(lines_of(page)) == 2 + 1  # taken in with Fadma in two lines, the place, and the stand he gave
    exact = client.get(f"/en/log/lines?thing=stand:A01&actor=person:{told.youssef}")
    assert lines_of(exact) == [told.again - 2]
    assert "Participant" in words(exact)


def test_a_word_that_means_several_is_asked_back(client: FlaskClient, sign_in: Callable, told: Told) -> None:
    sign_in(client, "auditor")
    several = client.get("/fr/log/lines?about=salle&code=stand.assigned")
    assert "Lequel voulez-vous dire" in words(several)
    links = re.findall(r'href="([^"]*thing=room[^"]*)"', several.get_data(as_text=True))
    assert len(links) > 1
    assert all("code=stand.assigned" in link for link in links)
    nothing = client.get("/ar/log/lines?about=zzz")
    assert "لا شيء بهذا الاسم" in words(nothing)
    typed = client.get("/en/log/lines?about=stand:A01")
    assert "thing=stand:A01" in typed.location


def test_a_line_tells_what_changed(client: FlaskClient, sign_in: Callable, told: Told) -> None:
    sign_in(client, "auditor")
    for lang, changed in {"ar": "تغيّر", "fr": "Changé", "en": "Changed"}.items():
        page = words(client.get(f"/{lang}/log/line/{told.again}"))
        assert changed in page
        assert "C01" in page
        assert "C02" in page
    first = words(client.get(f"/en/log/line/{told.again - 2}"))
    assert "said nothing of this before" in first
    assert f"What came after: line {told.again - 1}" in first


def test_an_erased_name_shows_as_erased_and_the_line_still_holds(
    client: FlaskClient, sign_in: Callable, act: Callable, told: Told
) -> None:
    with act("organiser") as deed:
        erase_person(deed, person_id=told.youssef)
    sign_in(client, "auditor")
    number = lines_of(client.get(f"/en/log/lines?thing=person:{told.youssef}"))[0]
    for lang, erased in {"ar": "حُذف الاسم", "fr": "Nom effacé", "en": "Name erased"}.items():
        page = words(client.get(f"/{lang}/log/line/{number}"))
        assert erased in page
        assert YOUSSEF.given_fr not in page
        assert YOUSSEF.given_ar not in page
        listed = words(client.get(f"/{lang}/log/lines?thing=person:{told.youssef}&mentions=y"))
        assert erased in listed
    assert "is in the log" in words(client.get(f"/en/log/line/{number}"))


def test_visitors_see_no_names(client: FlaskClient, act: Callable, told: Told, session: Session) -> None:
    with act("organiser") as deed:
        record(deed, "draw.list_made", "draw:1", {"eligible": 4, "left_out": 1, "person": told.youssef})
    session.rollback()
    page = words(client.get(f"/fr/log/line/{get_head(session).size}"))
    assert "4" in page
    assert YOUSSEF.given_fr not in page
    assert "Ce qui a changé" not in page


def test_the_code_of_a_seat_is_said_in_words(client: FlaskClient, act: Callable, session: Session) -> None:
    with act("organiser") as deed:
        make_edition(deed)
        record(deed, "draw.envelope_handed_in", "draw:1", {"seat": "juror-2", "sealed": "ab" * 32})
    last = get_head(session).size
    handed = words(client.get(f"/fr/log/line/{last}"))
    assert "a été remise : Membre du jury 2." in handed
    assert "juror-2" not in handed.partition("telle qu’elle est écrite")[0]
    assert "عضو لجنة التحكيم 2" in words(client.get(f"/ar/log/line/{last}"))


def test_an_auditor_takes_a_copy_that_verifies(
    client: FlaskClient, sign_in: Callable, app: Flask, told: Told, session: Session
) -> None:
    sign_in(client, "desk")
    app.config["WTF_CSRF_ENABLED"] = False
    assert client.post("/fr/log/export").status_code == 403
    sign_in(client, "auditor")
    assert "Prendre une copie" in words(client.get("/fr/log"))
    answer = client.post("/fr/log/export")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith('.jsonl.gz"')
    found = verify_file(io.BytesIO(answer.get_data()))
    session.rollback()
    assert found.ok, found.faults
    assert found.size == get_head(session).size
    assert "A whole copy of the log was taken" in words(client.get("/en/log/lines"))
