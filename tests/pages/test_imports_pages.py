"""Sending a list: what is shown before anything is kept, and the refusals in three languages."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.factories import make_edition
from village.people.queries import count_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

# The deeds behind these pages are tried on both databases in tests/actions.
pytestmark = pytest.mark.sqlite_only

LIST = "Nom;Prénom;CIN;Tél\nZahraoui;Amina;FA123456;0600000031\nAlami;<b>Omar</b>;FB654321;12\n".encode()
REFUSALS = {
    b"": ("الملف فارغ.", "Le fichier est vide.", "The file is empty."),
    b"\x89PNG\r\n\x1a\n....": ("هذا الملف ليس جدولا", "n’est pas un tableau", "not a table"),
    b"PK\x03\x04....": ("هذا ملف إكسيل", "classeur Excel", "Excel workbook"),
    b"a;b\n1;\xef\xbf\xbd\n": ("تعذرت قراءة حروف", "lettres du fichier", "letters of the file"),
    b"bonjour;vous\nles;amis\n": ("عناوين الأعمدة", "titres des colonnes", "column headings"),
    b"Tel;Email\n0600000012;\n": ("عمود ناقص", "Colonne manquante", "Missing column"),
}


@pytest.fixture
def edition(client: FlaskClient, act: Callable[..., Any], sign_in: Callable[..., int]) -> int:
    """The fair, with the organiser signed in."""
    with act() as deed:
        number = make_edition(deed)
    sign_in(client, "organiser")
    return number


@pytest.fixture
def send(client: FlaskClient, post: Callable[..., Any]) -> Callable[..., Any]:
    """Send a file from the page of one language."""

    def sending(data: bytes, lang: str = "fr", kind: str = "people") -> Any:
        form = {"kind": kind, "file": (io.BytesIO(data), "liste.csv")}
        return post(client, f"/{lang}/imports", form, content_type="multipart/form-data")

    return sending


def test_a_malformed_upload_is_refused_in_three_languages(edition: int, send: Callable[..., Any]) -> None:
    for data, sentences in REFUSALS.items():
        for lang, sentence in zip(("ar", "fr", "en"), sentences, strict=True):
            answer = send(data, lang)
            assert answer.status_code == 422
            assert sentence in answer.text, (data[:20], lang)


def test_a_form_without_file_is_shown_again(edition: int, client: FlaskClient, post: Callable[..., Any]) -> None:
    answer = post(client, "/en/imports", {"kind": "people"})
    assert answer.status_code == 422
    assert "Choose a file first." in answer.text


def test_a_list_is_previewed_then_loaded(
    client: FlaskClient, edition: int, send: Callable[..., Any], post: Callable[..., Any], session: Session
) -> None:
    answer = send(LIST)
    assert answer.status_code == 302
    preview = client.get(answer.location).text
    assert "CIN" in preview
    assert "FA123456" not in preview
    assert "Téléphone incorrect" in preview
    assert "<b>Omar</b>" not in preview
    assert count_people(session, edition) == 0
    session.rollback()
    shown = re.search(r'name="shown" value="([0-9a-f]{64})"', preview)
    assert shown is not None
    loaded = post(client, f"{answer.location}/load", {"shown": shown[1]})
    assert loaded.status_code == 302
    assert count_people(session, edition) == 1
    assert "1 ligne est chargée" in client.get(loaded.location).text
    assert client.get(answer.location).status_code == 409


def test_a_list_is_forgotten_on_demand(
    client: FlaskClient, edition: int, send: Callable[..., Any], post: Callable[..., Any], session: Session
) -> None:
    where = send(LIST).location
    assert post(client, f"{where}/give-up").status_code == 302
    assert client.get(where).status_code == 409
    assert count_people(session, edition) == 0


def test_pages_in_each_language(client: FlaskClient, edition: int, send: Callable[..., Any]) -> None:
    where = send(LIST).location
    for lang in ("ar", "fr", "en"):
        for path in (f"/{lang}/imports", where.replace("/fr/", f"/{lang}/")):
            answer = client.get(path)
            assert answer.status_code == 200
            assert f'<html lang="{lang}"' in answer.text


def test_other_roles_and_unknown_lists_are_refused(
    client: FlaskClient, edition: int, sign_in: Callable[..., int], post: Callable[..., Any]
) -> None:
    assert client.get("/fr/imports/999").status_code == 404
    assert post(client, "/fr/imports/999/load").status_code == 404
    for role in ("desk", "juror", "exhibitor", "auditor"):
        sign_in(client, role)
        assert client.get("/fr/imports").status_code == 403
