"""Pages of certificates in three languages: the office, the person's own file, and public verification."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.attended import Came, came_to_the_fair
from tests.cast import STAFF
from village.certificates.actions import issue_certificates, revoke_certificate
from village.certificates.queries import digits_for, list_certificates
from village.certificates.rules import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from config import Settings
    from village.kit.clock import FixedClock

LANGS = ("ar", "fr", "en")
VALID = {"ar": "هذه الشهادة صالحة", "fr": "Cette attestation est valable", "en": "This certificate is valid"}


@pytest.fixture
def came(act: Callable[..., Any]) -> Came:
    with act() as deed:
        made = came_to_the_fair(deed)
        issue_certificates(deed, edition_id=made.edition)
    return made


@pytest.fixture
def organiser(app: Flask, came: Came, client: FlaskClient, sign_in: Callable[..., int]) -> FlaskClient:
    sign_in(client, "organiser")
    app.config["WTF_CSRF_ENABLED"] = False
    return client


@pytest.fixture
def rows(session: Session, came: Came) -> list[Any]:
    found = list_certificates(session, came.edition)
    session.rollback()
    return found


def token_of(app: Flask, row: Any) -> str:
    from village.kit.web import parts

    with app.app_context():
        return digits_for(row, 14, parts().keys)


@pytest.mark.parametrize("lang", LANGS)
def test_the_office_shows_figures_numbers_and_names(organiser: FlaskClient, lang: str) -> None:
    answer = organiser.get(f"/{lang}/certificates")
    assert answer.status_code == 200
    assert "VS14-A-0001" in answer.text
    assert ("فاضمة" if lang == "ar" else "Fadma") in answer.text


@pytest.mark.parametrize("role", [role for role in STAFF if role != "organiser"])
def test_other_roles_do_not_enter(
    app: Flask, came: Came, client: FlaskClient, sign_in: Callable[..., int], role: str
) -> None:
    sign_in(client, role)
    for path in ("", "/1", "/1/file.pdf", "/print.pdf"):
        assert client.get(f"/fr/certificates{path}").status_code == 403


def test_issuing_again_issues_nothing(organiser: FlaskClient, session: Session, came: Came) -> None:
    organiser.post("/fr/certificates/issue", follow_redirects=True)
    assert len(list_certificates(session, came.edition)) == 3


def test_a_print_run_makes_one_file_and_a_workshop_its_own(organiser: FlaskClient) -> None:
    import io

    import pikepdf

    assert organiser.get("/fr/certificates/print.pdf").status_code == 404
    whole = organiser.post("/fr/certificates/print", follow_redirects=True)
    assert "/fr/certificates/print.pdf" in whole.text
    part = organiser.post("/fr/certificates/print", data={"workshop": "W01"}, follow_redirects=True)
    assert part.status_code == 200
    pages = []
    for query in ("", "?workshop=W01"):
        with organiser.get(f"/fr/certificates/print.pdf{query}") as file:
            assert file.mimetype == "application/pdf"
            data = file.data
        with pikepdf.open(io.BytesIO(data)) as opened:
            pages.append(len(opened.pages))
    assert pages == [3, 2]
    assert organiser.post("/fr/certificates/print", data={"workshop": "W99"}).status_code == 404


def test_single_files_are_made_once_and_the_job_resumes(organiser: FlaskClient, app: Flask, came: Came) -> None:
    from village.kit.web import parts

    with app.app_context():
        storage = parts().storage
        organiser.post("/fr/certificates/single", follow_redirects=True)
        keys = list(storage.keys("certificates"))
        assert len([key for key in keys if "/single/" in key]) == 3
        first = next(key for key in keys if "/single/" in key)
        storage.path(first).unlink()
        others = {key: storage.path(key).stat().st_mtime_ns for key in keys if key != first}
        organiser.post("/fr/certificates/single", follow_redirects=True)
        assert storage.exists(first)
        assert {key: storage.path(key).stat().st_mtime_ns for key in others} == others


@pytest.mark.parametrize("lang", LANGS)
def test_a_certificate_is_corrected_and_revoked_with_a_reason(
    organiser: FlaskClient, session: Session, came: Came, rows: list[Any], lang: str
) -> None:
    row = rows[0]
    assert organiser.get(f"/{lang}/certificates/{row.id}").status_code == 200
    assert organiser.post(f"/{lang}/certificates/{row.id}/correct", data={"reason": ""}).status_code == 422
    done = organiser.post(f"/{lang}/certificates/{row.id}/correct", data={"reason": "خطأ"}, follow_redirects=True)
    assert "VS14-A-0001-2" in done.text
    assert organiser.post(f"/{lang}/certificates/{row.id}/revoke", data={"reason": "x"}).status_code == 409
    new = int(done.request.path.rpartition("/")[2])
    organiser.post(f"/{lang}/certificates/{new}/revoke", data={"reason": "x"})
    states = [each.state for each in list_certificates(session, came.edition, state=None) if each.number == 1]
    assert states == [State.CORRECTED, State.REVOKED]
    assert organiser.get(f"/{lang}/certificates/{new}/file.pdf").status_code == 409


def test_a_person_gets_the_own_file_by_link_and_nobody_by_guessing(
    app: Flask, came: Came, client: FlaskClient, rows: list[Any]
) -> None:
    from village.certificates.pages import own_certificates

    with app.test_request_context("/fr/"):
        (mine,) = own_certificates(came.fadma)
    assert mine["number"] == "VS14-A-0003"
    with client.get(mine["url"]) as file:
        assert file.data.startswith(b"%PDF")
        assert "VS14-A-0003.pdf" in file.headers["Content-Disposition"]
    path, _, token = mine["url"].rpartition("/")
    assert client.get(f"{path}/{'0' * 24}.pdf").status_code == 404
    assert client.get(f"/fr/certificates/{rows[0].id}/{token}").status_code == 404


@pytest.mark.parametrize("lang", LANGS)
def test_a_scanned_certificate_is_verified_without_the_whole_name(
    app: Flask, came: Came, client: FlaskClient, rows: list[Any], lang: str
) -> None:
    row = rows[0]
    answer = client.get(f"/C/{token_of(app, row)}", headers={"Accept-Language": lang})
    assert answer.status_code == 200
    assert VALID[lang] in answer.text
    assert "VS14-A-0001" in answer.text
    assert not any(name in answer.text for name in ("Mourabit", "المرابط", "+2126"))
    assert not any(word in answer.text.lower() for word in ("électroniquement", "electronically", "إلكتروني"))


def test_verification_says_what_became_of_it(
    app: Flask, came: Came, client: FlaskClient, rows: list[Any], act: Callable[..., Any]
) -> None:
    token = token_of(app, rows[0])
    with act() as deed:
        revoke_certificate(deed, certificate_id=rows[0].id, reason="x")
    assert "This certificate was revoked" in client.get(f"/C/{token}", headers={"Accept-Language": "en"}).text
    for wrong in (str(int(token) ^ 1), "5", "9" * 500, "abc"):
        forged = client.get(f"/C/{wrong}", headers={"Accept-Language": "en"})
        assert forged.status_code == 404
        assert "cannot be verified" in forged.text


@pytest.mark.parametrize("lang", LANGS)
def test_number_and_code_are_typed_from_paper(
    app: Flask, came: Came, client: FlaskClient, rows: list[Any], lang: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    assert client.get("/C", headers={"Accept-Language": lang}).headers["Location"].endswith(f"/{lang}/certificates/verify")
    assert client.get(f"/{lang}/certificates/verify").status_code == 200
    right = client.post(f"/{lang}/certificates/verify", data={"number": "vs14-a-1", "code": rows[0].short_code})
    assert VALID[lang] in right.text
    wrong = client.post(f"/{lang}/certificates/verify", data={"number": "VS14-A-0002", "code": rows[0].short_code})
    assert wrong.status_code == 404
    assert "VS14-A-0002" in wrong.text
    assert client.post(f"/{lang}/certificates/verify", data={"number": ""}).status_code == 422


@pytest.mark.sqlite_only
def test_typing_is_limited(settings: Settings, clock: FixedClock, came: Came) -> None:
    from village.app import create_app
    from village.kit.db import db

    limited = create_app(replace(settings, rate_limits="on"), clock=clock)
    limited.config["WTF_CSRF_ENABLED"] = False
    guess = {"number": "VS14-A-0001", "code": "0" * 12}
    visitor = limited.test_client()
    answers = [visitor.post("/fr/certificates/verify", data=guess).status_code for _ in range(12)]
    assert answers == [404] * 10 + [429] * 2
    with limited.app_context():
        for each in db.engines.values():
            each.dispose()
