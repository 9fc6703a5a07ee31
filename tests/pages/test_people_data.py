"""Persons as staff look after them, and what is kept about a person, for that person: in each language, without scripts."""

from __future__ import annotations

import csv
import io
import json

import pikepdf
import pytest

from tests.cast import YOUSSEF
from tests.factories import make_person
from tests.pages.participants import csrf, small_fair
from village.kit.chance import SystemChance
from village.kit.deeds import SYSTEM, begin
from village.kit.web import parts
from village.people.queries import list_likely, list_merges, search_people

pytestmark = pytest.mark.sqlite_only
LANGS = ("ar", "fr", "en")


@pytest.fixture
def fair(app):
    return small_fair(app)


@pytest.fixture
def twin(app, fair, clock):
    """Youssef, taken in a second time in Latin letters only."""
    with app.app_context(), begin(parts().engine, actor=SYSTEM, now=clock.now(), chance=SystemChance()) as deed:
        return make_person(deed, fair.edition, YOUSSEF, given_ar="", family_ar="")


@pytest.fixture
def staff(client, sign_in):
    sign_in(client, "organiser")
    return client


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "address", ["people", "people?q=youssef", "people/same", "people/same/1/3", "people/1/data", "people/1/erase"]
)
def test_staff_see_every_page_in_each_language(staff, fair, twin, lang, address):
    answer = staff.get(f"/{lang}/{address}")
    assert answer.status_code == 200
    assert "Traceback" not in answer.text
    if address != "people":
        assert "المرابط" in answer.text or "Mourabit" in answer.text


@pytest.mark.parametrize("address", ["people", "people/same", "people/same/1/2", "people/1/data", "people/1/erase"])
@pytest.mark.parametrize("role", ["desk", "juror", "exhibitor", None])
def test_nobody_else_sees_them(client, sign_in, fair, twin, role, address):
    if role:
        sign_in(client, role)
    assert client.get(f"/fr/{address}").status_code in {302, 403}


def test_a_pair_is_compared_merged_and_undone(app, staff, post, fair, twin):
    page = staff.get("/fr/people/same").text
    assert "le nom se prononce pareil" in page or "même nom" in page
    assert "même téléphone" in page
    where = f"/fr/people/same/{fair.youssef}/{twin}"
    answer = post(staff, where, {"kept": "b", "name_ar": "a"}, follow_redirects=True)
    assert "Les deux ne font plus qu’une personne" in answer.text
    with app.app_context():
        from village.kit.db import db

        (found,) = search_people(db.session(), fair.edition, "Youssef")
        assert (found.id, found.name_ar) == (twin, "يوسف المرابط")
        (merge,) = list_merges(db.session(), fair.edition)
        assert list_likely(db.session(), fair.edition) == []
    assert post(staff, where, {"kept": "a"}).status_code == 409
    answer = post(staff, f"/fr/people/merges/{merge.id}/undo", follow_redirects=True)
    assert "Annulé" in answer.text
    assert post(staff, f"/fr/people/merges/{merge.id}/undo", follow_redirects=True).status_code == 200


def test_two_people_are_not_shown_again(staff, post, fair, twin):
    answer = post(staff, f"/fr/people/same/{fair.youssef}/{twin}/two", follow_redirects=True)
    assert "Elles ne seront plus proposées" in answer.text
    assert "même téléphone" not in answer.text
    assert "Notés comme deux personnes" in answer.text
    answer = post(staff, f"/fr/people/same/{twin}/{fair.youssef}/not-two", follow_redirects=True)
    assert "même téléphone" in answer.text
    assert "Notés comme deux personnes" not in answer.text
    again = post(staff, f"/fr/people/same/{twin}/{fair.youssef}/not-two", follow_redirects=True)
    assert "Il n’est pas noté que" in again.text


def test_an_unknown_person_or_merge_is_not_found(staff, post, fair):
    for address in ("people/999/data", f"people/{1 << 63}/data", "people/same/1/999"):
        assert staff.get(f"/fr/{address}").status_code == 404
    assert post(staff, "/fr/people/merges/999/undo").status_code == 404


@pytest.mark.parametrize("lang", LANGS)
def test_a_person_reads_and_takes_away_what_is_kept(client, fair, lang):
    own = client.get(f"/{lang}/me/{fair.youssef_token}").text
    where = f"/{lang}/me/{fair.youssef_token}/data"
    assert where in own
    page = client.get(where)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    for told in ("W01", "يوسف", "Youssef", "06\u00a000\u00a000\u00a000\u00a021"):
        assert told in page.text
    answer = client.post(f"{where}.json", data={"csrf_token": csrf(client, where)})
    assert "attachment" in answer.headers["Content-Disposition"]
    kept = json.loads(answer.text)
    assert kept["person"][0]["phone"] == "+212600000021"
    assert [row["code"] for row in kept["registrations"]] == ["W01"]


@pytest.mark.parametrize("lang", LANGS)
def test_a_person_takes_it_away_for_a_spreadsheet_and_on_paper(client, post, fair, lang):
    where = f"/{lang}/me/{fair.youssef_token}/data"
    answer = post(client, f"{where}.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"))
    values = [row[-1] for row in rows]
    assert all(len(row) == 4 for row in rows)
    assert {"يوسف", "Youssef", "06 00 00 00 21", "W01"} <= set(values)
    answer = post(client, f"{where}.pdf")
    assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")
    with pikepdf.open(io.BytesIO(answer.data)) as paper:
        assert len(paper.pages) in {1, 2}
    # The log says that it was given out, and to whom it belongs by number alone.
    told = json.loads(post(client, f"{where}.json").text)["log"]
    assert [line["what"] for line in told].count("person.exported") == 3
    assert post(client, f"{where}.xml").status_code == 404


@pytest.mark.parametrize("lang", LANGS)
def test_a_person_takes_the_own_name_out_after_reading_what_it_means(client, post, fair, lang):
    where = f"/{lang}/me/{fair.youssef_token}/erase"
    assert post(client, where).status_code == 422
    assert post(client, where, {"sure": "y"}).status_code == 302
    for gone in (f"/{lang}/me/{fair.youssef_token}", f"/{lang}/me/{fair.youssef_token}/data", where):
        assert client.get(gone).status_code == 404


def test_a_false_link_shows_nothing(client, fair):
    for address in ("data", "erase"):
        assert client.get(f"/fr/me/aaaaaaaaaaaaaaaa-1/{address}").status_code == 404
    assert client.get("/fr/me/aaaaaaaaaaaaaaaa-zz/data").status_code == 404


def test_staff_take_a_name_out_and_hand_the_data_over(staff, post, fair):
    answer = post(staff, f"/fr/people/{fair.youssef}/data.json")
    assert json.loads(answer.text)["person"][0]["given_fr"] == "Youssef"
    answer = post(staff, f"/fr/people/{fair.youssef}/erase", {"sure": "y"}, follow_redirects=True)
    assert answer.status_code == 200
    page = staff.get(f"/fr/people/{fair.youssef}/data").text
    assert "Mourabit" not in page
    assert "nom effacé" in page
    assert post(staff, f"/fr/people/{fair.youssef}/erase", {"sure": "y"}).status_code == 409
