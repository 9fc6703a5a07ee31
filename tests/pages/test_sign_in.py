"""The way in and out, in three languages, with every proof an account may ask for."""

from __future__ import annotations

import re

import pytest
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from tests.cast import PASSWORD, SALMA, ZINEB
from tests.conftest import send_form
from tests.factories import make_account, make_edition
from village.audit.models import AuditEntry
from village.kit.web import parts
from village.people.account_models import Account
from village.people.accounts.actions import close_account, reset_account

SIGN_IN = {"ar": "الدخول", "fr": "Se connecter", "en": "Sign in"}
WRONG = {
    "ar": "اسم المستخدم أو كلمة السر غير صحيح.",
    "fr": "Le nom d’utilisateur ou le mot de passe est faux.",
    "en": "The user name or the password is wrong.",
}


@pytest.fixture
def fair(app, act):
    with act("system") as deed:
        make_edition(deed)
    return app


@pytest.fixture
def zineb(fair):
    with fair.app_context():
        return make_account(parts().engine, ZINEB, PASSWORD)


def enter(client, post, password=PASSWORD, name="zineb"):
    return post(client, "/fr/sign-in", {"email": name, "password": password})


def signed_in(client):
    return client.get("/en/account").status_code == 200


def codes(session):
    session.rollback()
    return [entry.code for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


@pytest.mark.parametrize("lang", SIGN_IN)
def test_the_door_speaks_three_languages(client, fair, lang):
    page = client.get(f"/{lang}/sign-in")
    assert page.status_code == 200
    assert SIGN_IN[lang] in page.text
    assert f'<html lang="{lang}"' in page.text


def test_a_user_name_and_its_password_open_the_door(client, post, zineb, session):
    answer = post(client, "/fr/sign-in", {"email": " Zineb ", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.location.endswith("/fr/welcome")
    assert "zineb" in client.get("/fr/account").text
    assert codes(session)[-1] == "account.signed_in"


@pytest.mark.parametrize("lang", WRONG)
@pytest.mark.parametrize("name", ["zineb", "nobody"])
def test_a_wrong_password_and_an_unknown_name_are_told_alike(client, post, zineb, lang, name):
    answer = post(client, f"/{lang}/sign-in", {"email": name, "password": "wrong-wrong"})
    assert WRONG[lang] in answer.text
    assert not signed_in(client)


def test_what_was_typed_stays_but_the_password(client, post, zineb):
    page = post(client, "/fr/sign-in", {"email": "zineb", "password": "wrong-wrong"}).text
    assert 'value="zineb"' in page
    assert "wrong-wrong" not in page


def test_a_form_without_token_is_refused(client, zineb):
    answer = client.post("/fr/sign-in", data={"email": "zineb", "password": PASSWORD})
    assert answer.status_code == 400
    assert not signed_in(client)


def test_a_next_page_elsewhere_is_not_followed(client, post, zineb):
    answer = post(client, "/fr/sign-in?next=https://elsewhere.example/", {"email": "zineb", "password": PASSWORD})
    assert "elsewhere.example" not in answer.headers.get("Location", "")


def test_signing_out_ends_the_session(client, post, zineb):
    enter(client, post)
    assert signed_in(client)
    post(client, "/fr/sign-out")
    assert not signed_in(client)


def test_a_closed_account_stays_outside_and_its_open_session_ends(client, post, zineb, act):
    enter(client, post)
    with act("auditor") as deed:
        make_second_organiser(deed)
        close_account(deed, account_id=zineb.id)
    assert not signed_in(client)
    enter(client, post)
    assert not signed_in(client)


def make_second_organiser(deed):
    from village.people.accounts.actions import create_account

    create_account(deed, username="second", roles=["organiser"], password=PASSWORD)


def test_guessing_is_stopped_after_ten_failures(make_app, act):
    app = make_app(rate_limits="on")
    with act("system") as deed:
        make_edition(deed)
    browser = app.test_client()
    answers = [
        send_form(app, browser, "/fr/sign-in", {"email": f"guess{n}", "password": "wrong-wrong"}).status_code for n in range(11)
    ]
    assert answers == [200] * 10 + [429]


def test_guessing_in_json_is_stopped_like_guessing_in_the_form(make_app, act):
    app = make_app(rate_limits="on")
    with act("system") as deed:
        make_edition(deed)
    browser = app.test_client()

    def guess(number):
        with browser.session_transaction() as cookie:
            raw = cookie.setdefault("csrf_token", "f" * 40)
        token = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(raw)
        # by another address each time: the account that is named is counted too
        return browser.post(
            "/fr/sign-in",
            json={"email": "zineb", "password": "wrong-wrong"},
            headers={"X-CSRFToken": token},
            environ_base={"REMOTE_ADDR": f"192.0.2.{number}"},
        ).status_code

    assert [guess(number) for number in range(11)] == [400] * 10 + [429]


def test_many_right_sign_ins_behind_one_address_are_let_through(make_app, act):
    app = make_app(rate_limits="on")
    with act("system") as deed:
        make_edition(deed)
    with app.app_context():
        make_account(parts().engine, ZINEB, PASSWORD)
    answers = {
        send_form(app, app.test_client(), "/fr/sign-in", {"email": "zineb", "password": PASSWORD}).status_code for _ in range(12)
    }
    assert answers == {302}


def test_a_password_of_chance_must_be_replaced_first(client, post, zineb, act, session):
    with act("auditor") as deed:
        given = reset_account(deed, account_id=zineb.id)
    assert not signed_in(client)
    enter(client, post, given.password)
    assert client.get("/fr/welcome").location.endswith("/fr/account/password")
    answer = post(
        client,
        "/fr/account/password",
        {"password": given.password, "new_password": "un thé à la menthe", "new_password_confirm": "un thé à la menthe"},
    )
    assert answer.status_code == 302
    assert not client.get("/fr/welcome").location.endswith("/fr/account/password")
    assert codes(session)[-1] == "account.password_changed"


@pytest.mark.parametrize("password", ["kort", "zineb123"])
def test_a_weak_new_password_is_refused_by_the_rule(client, post, zineb, password):
    enter(client, post)
    answer = post(
        client,
        "/fr/account/password",
        {"password": PASSWORD, "new_password": password, "new_password_confirm": password},
    )
    assert "Le mot de passe est trop" in answer.text


def set_up_codes(client, post):
    """Set up the second factor; give what makes its codes."""
    page = post(client, "/fr/account/second-factor", {"setup": "authenticator"}).text
    address = re.search(r'action="(/fr/account/second-factor/[^"]+)"', page)
    key = re.search(r'class="nowrap">([A-Z2-7-]+)</bdi>', page)[1]
    answer = post(client, address[1], {"code": code_now(key)})
    assert answer.status_code == 302
    return key


def code_now(key):
    from passlib.totp import TOTP

    return TOTP(key=key, format="base32").generate().token


def test_the_second_factor_is_asked_for_and_a_recovery_code_works_once(client, post, zineb, session):
    enter(client, post)
    set_up_codes(client, post)
    page = post(client, "/fr/account/recovery-codes").text
    spare = re.findall(r'<bdi dir="ltr" class="nowrap">([^<]+)</bdi>', page)
    assert len(spare) == 5
    post(client, "/fr/sign-out")

    assert enter(client, post).location.startswith("/fr/sign-in/code")
    assert not signed_in(client)
    post(client, "/fr/sign-in/recovery-code", {"code": spare[0]})
    assert signed_in(client)
    post(client, "/fr/sign-out")

    enter(client, post)
    post(client, "/fr/sign-in/recovery-code", {"code": spare[0]})
    assert not signed_in(client)
    said = codes(session)
    assert said.count("account.second_factor_set") == 1
    assert said.count("account.recovery_codes_made") == 1
    assert said.count("account.recovery_code_used") == 1


def test_a_forgotten_password_is_mended_by_a_letter(app, client, post, zineb, engine):
    from sqlalchemy.orm import Session

    with Session(engine) as writing:
        writing.get(Account, zineb.id).email = "zineb@village.ma"
        writing.commit()
    # whoever asks may name another host: the letter must not lead there
    client.get("/ar/sign-in/forgotten")
    with client.session_transaction() as cookie:
        cookie.setdefault("csrf_token", "f" * 40)
    client.set_cookie("village", client.get_cookie("village").value, domain="elsewhere.example")
    post(client, "/ar/sign-in/forgotten", {"email": "zineb@village.ma"}, headers={"Host": "elsewhere.example"})
    letter = app.extensions["village"].mailer.letters[0]
    assert letter.lang == "ar"
    link = re.search(r"http://village\.test(/ar/sign-in/forgotten/\S+)", letter.text)[1]
    assert "elsewhere" not in letter.text
    answer = post(client, link, {"password": "بيت من حجر قديم", "password_confirm": "بيت من حجر قديم"})
    assert answer.status_code == 302
    enter(client, post, "بيت من حجر قديم")
    assert signed_in(client)


def test_an_unknown_address_gets_no_letter_and_the_same_answer(app, client, post, zineb):
    answer = post(client, "/fr/sign-in/forgotten", {"email": "nobody@village.ma"}, follow_redirects=True)
    assert "Si un compte porte cette adresse" in answer.text
    assert app.extensions["village"].mailer.letters == []


@pytest.mark.parametrize(
    "url",
    ["/sign-in/passkey", "/account/passkeys", "/account/second-factor", "/account/recovery-codes", "/account/password"],
)
@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_pages_of_safety_carry_no_inline_script(client, post, zineb, url, lang):
    if url.startswith("/account"):
        enter(client, post)
    page = client.get(f"/{lang}{url}")
    assert page.status_code == 200
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", page.text)


def test_a_passkey_is_asked_for_by_the_page_script(client, post, zineb):
    enter(client, post)
    page = post(client, "/fr/account/passkeys", {"name": "mon téléphone", "usage": "first"}).text
    assert 'data-passkey="create"' in page
    assert "&#34;challenge&#34;" in page


def test_the_auditor_may_not_see_accounts(client, sign_in, fair):
    sign_in(client, SALMA.role)
    assert client.get("/fr/accounts").status_code == 403
