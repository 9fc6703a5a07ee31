"""Accounts as organisers keep them."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from tests.cast import STAFF
from tests.factories import make_edition
from village.audit.models import AuditEntry

FORBIDDEN = [role for role in STAFF if role != "organiser"]


@pytest.fixture
def fair(app, act):
    with act("system") as deed:
        make_edition(deed)
    return app


@pytest.fixture
def organiser(client, sign_in, fair):
    sign_in(client, "organiser")
    return client


@pytest.mark.parametrize(("lang", "title"), [("ar", "الحسابات"), ("fr", "Comptes"), ("en", "Accounts")])
def test_accounts_are_listed_in_each_language(organiser, lang, title):
    page = organiser.get(f"/{lang}/accounts")
    assert page.status_code == 200
    assert f"<h1>{title}</h1>" in page.text
    assert "zineb" in page.text


@pytest.mark.sqlite_only
@pytest.mark.parametrize("role", FORBIDDEN)
@pytest.mark.parametrize("url", ["/fr/accounts", "/fr/accounts/new", "/fr/accounts/1"])
def test_other_roles_stay_outside(client, sign_in, fair, role, url):
    sign_in(client, role)
    assert client.get(url).status_code == 403


@pytest.mark.sqlite_only
def test_a_visitor_is_led_to_the_door(client, fair):
    answer = client.get("/fr/accounts")
    assert answer.status_code == 302
    assert "/fr/sign-in" in answer.location


def test_a_new_account_shows_its_password_once_and_is_in_the_log(app, organiser, post, session):
    answer = post(organiser, "/fr/accounts/new", {"username": "khadija", "roles": ["desk", "juror"]})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    password = re.search(r">([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})<", answer.text)[1]
    assert password not in organiser.get("/fr/accounts").text

    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry.code == "account.created"
    assert "khadija" not in str(vars(entry))

    khadija = app.test_client()
    assert post(khadija, "/fr/sign-in", {"email": "khadija", "password": password}).status_code == 302


def test_a_taken_name_is_refused_and_the_form_keeps_what_was_typed(organiser, post):
    answer = post(organiser, "/fr/accounts/new", {"username": "zineb", "roles": ["desk"], "email": "z@village.ma"})
    assert answer.status_code == 409
    assert "est déjà pris" in answer.text
    assert "z@village.ma" in answer.text


def test_an_account_needs_a_role(organiser, post):
    assert post(organiser, "/fr/accounts/new", {"username": "khadija"}).status_code == 422


def test_the_last_organiser_cannot_be_sent_away(organiser, post, session):
    page = organiser.get("/fr/account").text
    assert "zineb" in page
    number = re.search(r"/fr/accounts/(\d+)", organiser.get("/fr/accounts").text)[1]
    answer = post(organiser, f"/fr/accounts/{number}", {"roles": ["desk"]})
    assert answer.status_code == 409
    assert "dernier compte ouvert" in answer.text
    assert organiser.get("/fr/accounts").status_code == 200


def test_roles_are_set_and_hold_at_once(app, organiser, post, sign_in):
    naima = app.test_client()
    number = sign_in(naima, "desk")
    assert naima.get("/fr/accounts").status_code == 403
    assert post(organiser, f"/fr/accounts/{number}", {"roles": ["desk", "organiser"]}).status_code == 302
    assert naima.get("/fr/accounts").status_code == 200


def test_an_unknown_account_is_not_found(organiser):
    assert organiser.get("/fr/accounts/999999").status_code == 404
