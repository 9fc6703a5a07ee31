"""The pages of the log: what everybody may check, what auditors may read, in each language."""

from __future__ import annotations

import html
import re
from itertools import product
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from tests.conftest import actor_of
from tests.factories import make_edition
from village.audit.actions import make_checkpoint, record
from village.audit.queries import latest_checkpoint
from village.kit.db import db
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

LANGS = ("ar", "fr", "en")
READERS = ("organiser", "auditor")
OTHERS = ("floor_manager", "desk", "juror", "chair", "commission", "exhibitor")
pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def seal(app: Flask, act: Callable) -> str:
    """A log of fifteen lines, the first fourteen of them sealed; the fifth is about a person. Gives the seal's hash."""
    with act("system") as deed:
        for number in range(12):
            record(deed, "draw.set_up", f"draw:{number}", {"code": f"DR{number}", "prizes": 1})
            if number == 3:
                record(deed, "badge.revoked", "badge:ab12", {"person": 77})
    with act("system") as deed:
        record(deed, "stand.locked", "stand:A07", {"stand": "A07"})
        with app.app_context():
            make_checkpoint(deed, parts().keys, "day.closed")
    with act("organiser") as deed:
        record(deed, "stand.unlocked", "stand:A07", {"stand": "A07"})
    with app.app_context():
        found = latest_checkpoint(db.session())
    assert found is not None
    return found.root.hex()


def text_of(answer: TestResponse) -> str:
    """Read a page as its words, without tags, isolates and runs of blanks."""
    words = html.unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))
    return re.sub(r"\s+", " ", re.sub(r"[\u2066-\u2069]", "", words))


def test_everybody_sees_the_seal_in_their_language(app: Flask, sign_in: Callable, seal: str) -> None:
    titles = {"ar": "سجل التدقيق", "fr": "Journal d’audit", "en": "Audit log"}
    for role, (lang, title) in product((None, *READERS, *OTHERS), titles.items()):
        client = app.test_client()
        if role:
            sign_in(client, role)
        answer = client.get(f"/{lang}/log")
        assert answer.status_code == 200
        page = answer.get_data(as_text=True)
        assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in page
        assert seal in re.sub(r"</?span>|<wbr>", "", page)
        assert title in text_of(answer)
        assert ("/log/seal" in page) == (role in READERS)


def test_auditors_read_lines_in_their_language(app: Flask, sign_in: Callable, seal: str) -> None:
    said = {
        "ar": ("أُعدت القرعة DR5", "قرعة 5"),
        "fr": ("Le tirage DR5", "Tirage au sort 5"),
        "en": ("The draw DR5 was set up", "Draw 5"),
    }
    for role, (lang, (sentence, thing)) in product(READERS, said.items()):
        client = app.test_client()
        sign_in(client, role)
        words = text_of(client.get(f"/{lang}/log/lines"))
        assert sentence in words
        assert thing in words


def test_others_do_not_read_lines(sign_in: Callable, app: Flask, seal: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for role, lang in product(OTHERS, LANGS):
        client = app.test_client()
        sign_in(client, role)
        assert client.get(f"/{lang}/log/lines").status_code == 403
        assert client.post(f"/{lang}/log/seal").status_code == 403


def test_visitors_are_asked_to_sign_in_to_read_lines(client: FlaskClient, seal: str) -> None:
    answer = client.get("/fr/log/lines")
    assert answer.status_code == 302
    assert "/fr/sign-in" in answer.location


def test_a_line_of_a_draw_is_read_by_everybody(client: FlaskClient, seal: str) -> None:
    said = {
        "ar": "السطر 2 من 15 موجود في السجل",
        "fr": "La ligne 2 sur 15 est bien dans le journal",
        "en": "Line 2 of 15 is in the log",
    }
    for lang, sentence in said.items():
        answer = client.get(f"/{lang}/log/line/2")
        assert answer.status_code == 200
        assert sentence in text_of(answer)
        assert "DR1" in text_of(answer)
        assert f"/{lang}/log/line/3" in answer.get_data(as_text=True)


def test_a_line_about_a_person_shows_visitors_only_that_it_is_there(
    client: FlaskClient, sign_in: Callable, seal: str
) -> None:
    number = 5
    visitor = client.get(f"/en/log/line/{number}")
    assert "Line 5 of 15 is in the log" in text_of(visitor)
    assert "shown to auditors only" in text_of(visitor)
    assert "badge:ab12" not in visitor.get_data(as_text=True)
    assert "&#34;person&#34;" not in visitor.get_data(as_text=True)
    sign_in(client, "auditor")
    auditor = client.get(f"/en/log/line/{number}")
    assert "badge:ab12" in text_of(auditor)
    assert '"person":77' in text_of(auditor)


def test_a_line_says_whether_a_seal_covers_it(client: FlaskClient, seal: str) -> None:
    assert "Not sealed yet" not in text_of(client.get("/en/log/line/14"))
    assert "Not sealed yet" in text_of(client.get("/en/log/line/15"))


def test_a_number_copied_from_paper_leads_to_its_line(client: FlaskClient, seal: str) -> None:
    for typed, number in (("7", 7), (" 7 ", 7), ("٧", 7), ("1 2", 12), ("1,2", 12), ("1\u00a02", 12)):
        answer = client.get("/fr/log", query_string={"number": typed})
        assert answer.status_code == 302
        assert answer.location.endswith(f"/fr/log/line/{number}")


def test_what_is_no_number_is_kept_and_explained(client: FlaskClient, seal: str) -> None:
    for typed in ("", "seven", "0", "-1", "9" * 30, "1.5.x"):
        answer = client.get("/en/log", query_string={"number": typed})
        assert answer.status_code == 422
        assert "Please check the following" in text_of(answer)
        assert f'value="{typed}"' in answer.get_data(as_text=True)


def test_a_line_that_is_not_there(client: FlaskClient, seal: str) -> None:
    words = {"ar": "لا يوجد سطر", "fr": "n’a pas de ligne", "en": "has no line"}
    for number, (lang, said) in product(("16", "0", "999999999"), words.items()):
        answer = client.get(f"/{lang}/log/line/{number}")
        assert answer.status_code == 404
        assert said in text_of(answer)


def test_a_kept_seal_is_found_unchanged(client: FlaskClient, seal: str) -> None:
    words = {"ar": "لم يتغير شيء", "fr": "Rien n’a été changé", "en": "Nothing was changed"}
    for cut, (lang, said) in product((64, 20, 16), words.items()):
        grouped = " ".join(re.findall(".{1,8}", seal[:cut].upper()))
        answer = client.get(f"/{lang}/log/compare", query_string={"size": "14", "hash": grouped})
        assert answer.status_code == 200
        assert said in text_of(answer)


def test_a_seal_in_base64_is_understood(client: FlaskClient, seal: str, app: Flask) -> None:
    root = client.get("/api/v1/audit/checkpoint").json["root"]
    answer = client.get("/en/log/compare", query_string={"size": "14", "hash": root})
    assert "Nothing was changed" in text_of(answer)


def test_another_hash_is_called_another(client: FlaskClient, seal: str) -> None:
    wrong = ("0" if seal[0] != "0" else "1") + seal[1:]
    for lang, said in {"ar": "غير متطابقتين", "fr": "ne concordent pas", "en": "do not agree"}.items():
        answer = client.get(f"/{lang}/log/compare", query_string={"size": "14", "hash": wrong})
        assert answer.status_code == 200
        assert said in text_of(answer)
    assert "Nothing was changed" not in text_of(answer)


def test_the_right_hash_at_another_size_does_not_agree(client: FlaskClient, seal: str) -> None:
    answer = client.get("/en/log/compare", query_string={"size": "13", "hash": seal})
    assert "do not agree" in text_of(answer)


def test_sizes_that_prove_nothing(client: FlaskClient, seal: str) -> None:
    for size, said in (("0", "proves nothing"), ("99", "never had 99 lines")):
        answer = client.get("/en/log/compare", query_string={"size": size, "hash": seal})
        assert answer.status_code == 404
        assert said in text_of(answer)


def test_what_is_no_hash_is_explained(client: FlaskClient, seal: str) -> None:
    for typed in ("", "abcd", "zz" * 32, "a" * 65):
        answer = client.get("/en/log/compare", query_string={"size": "14", "hash": typed})
        assert answer.status_code == 422
        assert "Please check the following" in text_of(answer)


def test_lines_are_found_by_every_field(client: FlaskClient, sign_in: Callable, seal: str) -> None:
    sign_in(client, "auditor")

    def numbers(**asked: str) -> list[str]:
        page = client.get("/en/log/lines", query_string=asked).get_data(as_text=True)
        return re.findall(r'/en/log/line/(\d+)"', page)

    assert numbers(code="badge.revoked") == ["5"]
    assert numbers(thing="stand:A07") == ["15", "14"]
    assert numbers(thing=" stand:A07 ", code="stand.locked") == ["14"]
    assert numbers(actor="account:none") == []
    assert len(numbers(actor="system")) > 10
    assert numbers(since="2026-12-05") == []
    assert "15" in numbers(since="2026-12-04", until="2026-12-04")
    assert numbers(until="2026-12-03") == ["16"]  # the auditor's own account, opened in November
    assert numbers(until="2026-10-31") == []
    assert numbers(actor=str(actor_of("organiser")), thing="stand:A07") == ["15"]


def test_a_filter_that_is_none_is_explained(client: FlaskClient, sign_in: Callable, seal: str) -> None:
    sign_in(client, "auditor")
    for asked in ({"since": "yesterday"}, {"code": "no.such_code"}, {"before": "x"}):
        answer = client.get("/en/log/lines", query_string=asked)
        assert answer.status_code == 422


def test_long_logs_come_in_pages_with_the_filter_kept(
    client: FlaskClient, sign_in: Callable, seal: str, act: Callable
) -> None:
    with act("system") as deed:
        for number in range(60):
            record(deed, "stand.locked", "stand:B01", {"stand": f"B{number}"})
    sign_in(client, "auditor")
    first = client.get("/en/log/lines?thing=stand:B01").get_data(as_text=True)
    older = html.unescape(re.search(r'href="([^"]*before=[^"]*)"', first)[1])  # type: ignore[index]
    assert "thing=stand" in older
    second = client.get(older).get_data(as_text=True)
    assert len(re.findall(r'/en/log/line/\d+"', first)) == 50
    assert len(re.findall(r'/en/log/line/\d+"', second)) == 10


def test_a_page_of_lines_costs_the_same_whatever_it_shows(
    app: Flask, client: FlaskClient, sign_in: Callable, seal: str, act: Callable
) -> None:
    sign_in(client, "auditor")
    asked: list[str] = []

    def count(*call: object) -> None:
        asked.append(str(call[2]))

    def cost() -> int:
        asked.clear()
        assert client.get("/en/log/lines").status_code == 200
        return len(asked)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
    cost()
    few = cost()
    with act("system") as deed:
        for number in range(40):
            record(deed, "stand.locked", f"stand:B{number}", {"stand": f"B{number}"})
    assert cost() == few


def test_a_line_whose_facts_do_not_fit_its_sentence_is_still_shown(
    client: FlaskClient, sign_in: Callable, seal: str, act: Callable
) -> None:
    with act("system") as deed:
        record(deed, "badges.issued", "edition:1", {"n": "many"})
        record(deed, "never.worded", "edition:1")
    sign_in(client, "auditor")
    words = text_of(client.get("/ar/log/lines"))
    assert "badges.issued" in words
    assert "never.worded" in words


def test_an_auditor_seals_the_log(app: Flask, client: FlaskClient, sign_in: Callable, seal: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    sign_in(client, "auditor")
    said = {"ar": "بطلب من مدقق", "fr": "demande d’un auditeur", "en": "An auditor asked"}
    for lang, reason in said.items():
        answer = client.post(f"/{lang}/log/seal", follow_redirects=True)
        assert answer.status_code == 200
        assert reason in text_of(answer)
        assert "/log/seal" not in answer.get_data(as_text=True)


def test_no_seal_without_the_token_of_our_page(client: FlaskClient, sign_in: Callable, seal: str) -> None:
    sign_in(client, "auditor")
    assert client.post("/fr/log/seal").status_code == 400


def test_a_log_that_was_never_sealed_says_so(client: FlaskClient, act: Callable) -> None:
    with act("system") as deed:
        make_edition(deed)
    said = {"ar": "لم يُختم السجل بعد", "fr": "pas encore été scellé", "en": "not been sealed yet"}
    for lang, words in said.items():
        assert words in text_of(client.get(f"/{lang}/log"))


def test_an_unknown_language_is_no_page(client: FlaskClient, seal: str) -> None:
    assert client.get("/de/log").status_code == 404
