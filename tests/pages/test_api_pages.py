"""Pages of keys and of calls to other programs."""

from __future__ import annotations

import re

import pytest

from tests.pages.hook_receiver import receiver
from tests.pages.participants import small_fair

pytestmark = pytest.mark.sqlite_only
LANGS = ("ar", "fr", "en")


@pytest.fixture
def organiser(app, sign_in):
    small_fair(app)
    browser = app.test_client()
    sign_in(browser, "organiser")
    return browser


@pytest.mark.parametrize("role", [None, "desk", "floor_manager", "auditor", "exhibitor"])
def test_only_who_manages_programs_comes_in(app, sign_in, role):
    small_fair(app)
    browser = app.test_client()
    if role:
        sign_in(browser, role)
    for path in ("/fr/keys", "/fr/keys/new", "/fr/webhooks", "/fr/webhooks/new", "/fr/webhooks/1"):
        assert browser.get(path).status_code in {302, 403}, path


def test_a_key_is_shown_once_works_and_is_taken_back(organiser, post):
    for lang in LANGS:
        assert organiser.get(f"/{lang}/keys").status_code == 200
        assert organiser.get(f"/{lang}/keys/new").status_code == 200
    empty = post(organiser, "/fr/keys/new", {"name": " "})
    assert empty.status_code in {409, 422}
    made = post(organiser, "/fr/keys/new", {"name": "Site de la région"})
    key = re.search(r"vsk_[0-9a-f]{64}", made.text)[0]
    assert made.headers["Cache-Control"] == "no-store"
    assert key not in organiser.get("/fr/keys").text
    ask = {"Authorization": f"Bearer {key}"}
    assert organiser.get("/api/v1/registrations/99", headers=ask).status_code == 404
    listed = organiser.get("/ar/keys").text
    assert "Site de la région" in listed
    post(organiser, re.search(r'action="(/ar/keys/\d+/revoke)"', listed)[1])
    assert organiser.get("/api/v1/registrations/99", headers=ask).status_code == 401


def test_an_address_is_added_tried_and_stopped(make_app, post, sign_in):
    from village.kit.outbox import carry_due
    from village.kit.web import parts

    app = make_app(webhooks="any")
    small_fair(app)
    browser = app.test_client()
    enter(app, browser)
    with receiver() as hook:
        wrong = send(app, browser, "/fr/webhooks/new", {"url": "nowhere", "events": ["registration.confirmed"]})
        assert wrong.status_code == 409
        assert "https://exemple.ma/hook" in wrong.text
        answer = send(app, browser, "/fr/webhooks/new", {"url": hook.url, "note": "Région", "events": ["registration.confirmed"]})
        address = answer.headers["Location"]
        with app.app_context():
            carry_due(parts())
        for lang in LANGS:
            shown = browser.get(address.replace("/fr/", f"/{lang}/"))
            assert shown.status_code == 200
            assert "webhook.ping" in shown.text
            listed = browser.get(f"/{lang}/webhooks")
            assert listed.status_code == 200
            assert f'href="/{lang}/keys" aria-current="page"' in listed.text
        assert shown.headers["Cache-Control"] == "no-store"
        secret = re.search(r"whsec_[A-Za-z0-9+/=]+", shown.text)[0]
        assert len(hook.heard) == 1
        send(app, browser, f"{address}/secret")
        assert secret not in browser.get(address).text
        for step in ("stop", "start", "ping", "calls/again"):
            assert send(app, browser, f"{address}/{step}", {"hours": "24"}).status_code == 302
        call = re.search(r'action="([^"]+/calls/\d+/again)"', browser.get(address).text)[1]
        assert send(app, browser, call).status_code == 302
        with app.app_context():
            carry_due(parts())
        assert len(hook.heard) == 3
        assert len(set(hook.ids)) == 2
    assert browser.get("/fr/webhooks/99").status_code == 404


def send(app, browser, url, data=None):
    from tests.conftest import send_form

    return send_form(app, browser, url, data)


def enter(app, browser):
    import time

    from tests.cast import PASSWORD, STAFF
    from tests.factories import make_account
    from village.kit.web import parts

    with app.app_context():
        account = make_account(parts().engine, STAFF["organiser"], PASSWORD)
    with browser.session_transaction() as cookie:
        cookie.update({"_user_id": account.uniquifier, "_fresh": True, "fs_cc": "set", "fs_paa": time.time()})


def test_a_private_address_is_refused_with_its_reason(organiser, post):
    answer = post(organiser, "/ar/webhooks/new", {"url": "https://192.168.1.4/", "events": ["session.moved"]})
    assert answer.status_code == 409
    assert "شبكة خاصة" in answer.text
