"""The JSON interface: what anybody may read, what a key may do, and each deed once."""

from __future__ import annotations

import threading

import pytest

from tests.pages.api_fair import FADMA_BY_PHONE, make_program
from tests.pages.counting import count_queries
from village.kit.deeds import SYSTEM, begin
from village.people.actions.keys import make_key, revoke_key
from village.workshops.pages.interface import readable


@pytest.fixture
def program(app):
    return make_program(app)


def codes(answer):
    assert answer.status_code == 200, answer.text
    return [each["code"] for each in answer.json["sessions"]]


def test_the_programme_by_day_city_kind_and_language(program):
    get = program.client.get
    assert codes(get("/api/v1/programme")) == ["W01", "W02", "W05"]
    assert codes(get("/api/v1/programme?day=2026-12-05")) == ["W05"]
    assert codes(get("/api/v1/programme?kind=training&language=ar")) == ["W01", "W02", "W05"]
    assert codes(get("/api/v1/programme?language=zgh")) == []
    venue = get("/api/v1/programme/W01").json["room"]["venue"]["code"]
    assert "W01" in codes(get(f"/api/v1/programme?city={venue}"))
    assert get("/api/v1/programme?day=demain").status_code == 422
    assert get("/api/v1/programme?colour=red").json["objections"][0]["facts"] == {"field": "colour"}


@pytest.mark.sqlite_only
def test_one_session_says_when_where_and_who_and_hides_telephones(program):
    said = program.client.get("/api/v1/programme/w01").json
    assert (said["day"], said["starts"], said["starts_at"]) == ("2026-12-04", "10:00", "2026-12-04T10:00:00Z")
    assert said["title"] == {"ar": "تقنيات التسويق", "fr": "Techniques de commercialisation"}
    assert said["trainers"] == [{"code": "T01", "name": {"ar": "ياسين الفلاحي", "fr": "Yassine Fellahi"}}]
    trainer = program.client.get("/api/v1/trainers/T01").json
    assert trainer["sessions"] == ["W01"]
    assert not {"phone", "email"} & trainer.keys()
    assert program.client.get("/api/v1/trainers/T99").status_code == 404
    assert program.client.get("/api/v1/tracks").json == {"tracks": []}


def test_free_places_by_channel_for_all_and_for_one(program):
    said = {each["code"]: each for each in program.client.get("/api/v1/availability").json["sessions"]}
    assert said["W01"]["onsite"] == {"capacity": 2, "left": 1, "reserved": 0}
    assert said["W01"]["online"] is None
    assert said["W05"] == program.client.get("/api/v1/availability/W05").json
    assert (said["W05"]["left"], said["W05"]["waiting"], said["W05"]["state"]) == (6, 0, "open")
    assert program.client.get("/api/v1/availability/W99").status_code == 404


@pytest.mark.sqlite_only
def test_places_kept_for_some_are_told_apart(app, program):
    from village.kit.web import parts
    from village.workshops.actions import NewReserve, NewRules, set_rules
    from village.workshops.rules import Audience, Channel

    with app.app_context():
        world = parts()
        with begin(world.engine, actor=SYSTEM, now=world.clock.now()) as deed:
            rules = NewRules(reserves=(NewReserve(Channel.ONLINE, 3, audience=Audience.DELEGATES),))
            set_rules(deed, workshop_id=program.fair.workshops["W05"], rules=rules)
    said = program.client.get("/api/v1/availability/W05").json
    assert said["online"] == {"capacity": 5, "left": 5, "reserved": 3}
    assert said["onsite"]["reserved"] == 0


def test_free_places_cost_two_reads_and_are_kept_for_seconds(app, program):
    def ask():
        return program.client.get("/api/v1/availability")

    assert count_queries(app, ask) <= 3  # the edition and the places; SQLite says BEGIN too
    first = ask()
    assert first.headers["Cache-Control"] == "public, max-age=5"
    assert "Set-Cookie" not in first.headers
    again = program.client.get("/api/v1/availability", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    program.register("W02")
    assert program.client.get("/api/v1/availability", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_key_registers_somebody_by_name_and_telephone_once(program):
    first = program.register("W02")
    assert first.status_code == 201, first.text
    made = first.json
    assert (made["session"], made["status"], made["channel"], made["via"]) == ("W02", "confirmed", "onsite", "api")
    assert made["own_page"].startswith("http://village.test/fr/me/")
    assert program.client.get(made["own_page"].removeprefix("http://village.test")).status_code == 200
    again = program.register("W02")
    assert (again.status_code, again.json["number"], again.json["own_page"]) == (200, made["number"], None)
    other_day = program.register("W05")
    assert (other_day.status_code, other_day.json["person"]) == (201, made["person"])
    listed = program.ask("GET", f"/registrations?person={made['person']}").json["registrations"]
    assert [each["session"] for each in listed] == ["W02", "W05"]


def test_the_same_word_brings_the_same_answer_and_one_deed(program):
    first = program.register("W02", Idempotency_Key="a-1")
    gone = program.ask("DELETE", f"/registrations/{first.json['number']}")
    assert gone.json["status"] == "cancelled"
    again = program.register("W02", Idempotency_Key="a-1")
    assert (again.status_code, again.json) == (201, first.json)
    assert again.headers["Idempotent-Replayed"] == "true"
    other = program.register("W05", Idempotency_Key="a-1")
    assert (other.status_code, other.json["code"]) == (422, "idempotency_word_used")
    assert program.register("W02", Idempotency_Key="a-2").json["number"] != first.json["number"]
    assert program.register("W02", Idempotency_Key="é").status_code == 422


def test_two_at_once_under_one_word_register_one_person(app, program):
    answers = []

    def send():
        answers.append(make_same(app, program).register("W02", Idempotency_Key="twice"))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert {answer.status_code for answer in answers} == {201}, [answer.text for answer in answers]
    assert len({answer.json["number"] for answer in answers}) == 1
    opening = program.client.get("/api/v1/availability/W02").json
    assert opening["left"] == 1


def make_same(app, program):
    from dataclasses import replace

    return replace(program, client=app.test_client())


def test_a_full_session_gives_a_rank_and_a_cancelled_place_moves_it_up(program):
    own = program.register("W01", {"link": f"http://village.test/ar/me/{program.fair.youssef_token}"})
    assert (own.status_code, own.json["status"]) == (200, "confirmed")
    second = program.register("W01")
    third = program.register("W01", {**FADMA_BY_PHONE, "given_fr": "Rkia"})
    assert (second.json["status"], third.json["status"], third.json["position"]) == ("confirmed", "waitlisted", 1)
    assert program.ask("POST", f"/registrations/{third.json['number']}/accept").status_code == 409
    assert program.ask("POST", f"/registrations/{third.json['number']}/decline").status_code == 409
    gone = program.ask("POST", f"/registrations/{second.json['number']}/cancel")
    assert gone.json["status"] == "cancelled"
    assert program.ask("GET", f"/registrations/{third.json['number']}").json["status"] == "confirmed"
    assert program.ask("DELETE", f"/registrations/{second.json['number']}").json == gone.json


@pytest.mark.sqlite_only
def test_all_objections_come_in_the_language_asked_for(program):
    program.register("W01")
    overlap = program.register("W02", Accept_Language="fr")
    assert overlap.status_code == 409
    assert "W01" in overlap.text
    assert overlap.json["objections"][0]["message"] == overlap.json["message"]
    said = {
        lang: program.register("W99", Accept_Language=lang).json["message"] for lang in ("ar", "fr", "en")
    }
    assert len(set(said.values())) == 3
    assert any("\u0600" <= letter <= "\u06ff" for letter in said["ar"])


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"session", "person"}),
        ({"session": "W01", "person": {"phone": 5, "nickname": "Z"}}, {"person.phone", "person.nickname"}),
        ({"session": "W01", "person": {"consent_photo": 1}}, {"person.consent_photo"}),
        ({"session": "W01", "person": {"given_fr": "a\x00b"}}, {"person.given_fr"}),
        ({"session": "W01", "person": {"given_fr": "\ud800"}}, {"person.given_fr"}),
        ([], {"body"}),
    ],
)
@pytest.mark.sqlite_only
def test_every_field_that_is_wrong_is_named(program, body, fields):
    answer = program.ask("POST", "/registrations", body)
    assert (answer.status_code, answer.json["code"]) == (422, "request_invalid")
    assert {each["facts"]["field"] for each in answer.json["objections"]} == fields


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"session": NaN}', "application/json", 400),
        (b"session=W01", "application/x-www-form-urlencoded", 415),
        (b"", "application/json", 422),
    ],
)
def test_what_is_no_json_is_said_so(program, sent, kind, status):
    headers = {"Authorization": f"Bearer {program.key}", "Content-Type": kind}
    answer = program.client.post("/api/v1/registrations", data=sent, headers=headers)
    assert (answer.status_code, answer.is_json) == (status, True)
    assert answer.json["message"]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("person", "code", "status"),
    [
        ({"code": "P999"}, "person_not_found", 404),
        ({"link": "nothing"}, "person_not_found", 404),
        ({"given_fr": "Itto"}, "person_unsaid", 422),
        ({"phone": "06 00 00 00 77"}, "person_without_name", 422),
        ({"given_fr": "Itto", "phone": "12"}, "phone_invalid", 422),
        ({"given_fr": "Itto", "phone": "—"}, "phone_invalid", 422),
    ],
)
def test_a_person_must_be_said(program, person, code, status):
    answer = program.register("W02", person)
    assert (answer.status_code, answer.json["code"]) == (status, code)


@pytest.mark.sqlite_only
def test_without_a_key_or_with_one_that_is_not_enough(app, program):
    from village.kit.web import parts

    ask = program.client.post
    missing = ask("/api/v1/registrations", json={})
    assert (missing.status_code, missing.json["code"]) == (401, "api_key_missing")
    assert missing.headers["WWW-Authenticate"].startswith("Bearer")
    unknown = ask("/api/v1/registrations", json={}, headers={"Authorization": "Bearer vsk_" + "0" * 64})
    assert (unknown.status_code, unknown.json["code"]) == (401, "api_key_unknown")
    with app.app_context():
        world = parts()
        with begin(world.engine, actor=SYSTEM, now=world.clock.now()) as deed:
            revoke_key(deed, edition_id=program.fair.edition, key_id=program.key_id)
    assert program.register("W02").status_code == 401


@pytest.mark.sqlite_only
def test_a_signed_in_organiser_without_a_key_is_no_program(app, program, sign_in):
    browser = app.test_client()
    sign_in(browser, "organiser")
    assert browser.post("/api/v1/registrations", json={}).status_code == 401
    assert browser.get("/api/v1/registrations/1").status_code == 401


@pytest.mark.sqlite_only
def test_a_key_opens_no_page(program):
    answer = program.client.get("/fr/registrations", headers={"Authorization": f"Bearer {program.key}"})
    assert answer.status_code in {302, 401, 403}


@pytest.mark.sqlite_only
def test_the_use_of_a_key_is_noted_and_only_its_hash_kept(app, program):
    import sqlalchemy as sa

    from village.kit.web import parts

    program.register("W02")
    with app.app_context(), parts().engine.connect() as connection:
        row = connection.execute(sa.text("SELECT digest, used_at FROM api_key")).one()
        lines = connection.execute(sa.text("SELECT count(*) FROM api_key WHERE digest LIKE :key"), {"key": f"%{program.key}%"})
    assert row.used_at is not None
    assert program.key not in row.digest
    assert lines.scalar_one() == 0


@pytest.mark.sqlite_only
def test_a_key_is_of_one_edition_and_one_purpose(app, program):
    from village.kit.refusal import Refusal
    from village.kit.web import parts

    with app.app_context():
        world = parts()
        with pytest.raises(Refusal) as refused, begin(world.engine, actor=SYSTEM, now=world.clock.now()) as deed:
            make_key(deed, edition_id=program.fair.edition, name=" ", scopes=["everything"])
    assert [each.code for each in refused.value.objections] == ["api_key_without_name", "api_key_without_scope"]


@pytest.mark.sqlite_only
def test_too_many_requests_are_told_when_to_come_back(make_app):
    app = make_app(rate_limits="on")
    program = make_program(app)
    # A slow machine sees a minute end meanwhile and the count begin anew: at most two minutes' allowance goes through.
    answers = (program.client.get("/api/v1/tracks") for _ in range(602))
    let_through, last = 0, next(answers)
    while last.status_code == 200:
        let_through, last = let_through + 1, next(answers)
    assert (last.status_code, last.json["code"]) == (429, "too_many_requests")
    assert 300 <= let_through <= 600
    assert 1 <= int(last.headers["Retry-After"]) <= 60


@pytest.mark.sqlite_only
def test_each_program_is_counted_by_its_own_key(app):
    from village.kit import api

    def counted_as(**headers):
        with app.test_request_context("/api/v1/registrations/1", headers=headers, environ_base={"REMOTE_ADDR": "41.77.112.1"}):
            return api._who_asks()

    assert counted_as() == counted_as(Authorization="Basic x") == "41.77.112.1"
    one, other = counted_as(Authorization="Bearer vsk_a"), counted_as(Authorization="bearer vsk_b")
    assert len({one, other, counted_as()}) == 3
    assert "vsk" not in one


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "address_not_found"),
        ("PUT", "/programme", 405, "method_not_allowed"),
        ("GET", "/programme/W%00", 400, "request_malformed"),
        ("GET", "/registrations/99999999999999999999", 404, "address_not_found"),
    ],
)
def test_what_leads_nowhere_has_the_one_shape_too(program, method, path, status, code):
    answer = program.ask(method, path)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.json["message"]
    assert set(answer.json) == {"code", "message", "facts", "objections"}


@pytest.mark.sqlite_only
def test_before_the_first_edition_programs_are_told(app):
    answer = app.test_client().get("/api/v1/programme")
    assert (answer.status_code, answer.json["code"]) == (404, "edition_not_found")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_the_interface_is_told_on_a_page_made_from_its_document(app, program, lang):
    led = program.client.get("/api/v1/docs", headers={"Accept-Language": lang})
    assert led.headers["Location"] == f"/{lang}/api"
    page = program.client.get(f"/{lang}/api")
    assert page.status_code == 200
    paths = program.client.get("/api/v1/openapi.json").json["paths"]
    assert len(paths) >= 10
    assert [path for path in paths if readable(path) not in page.text] == []
