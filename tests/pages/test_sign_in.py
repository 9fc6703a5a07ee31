"""The way in and out."""

from __future__ import annotations

import pytest

from tests.cast import PASSWORD, SALMA, ZINEB
from tests.factories import make_account, make_edition
from village.kit.web import parts


@pytest.fixture
def zineb(app, act):
    with act("system") as deed:
        make_edition(deed)
    with app.app_context():
        return make_account(parts().engine, ZINEB, PASSWORD)


def test_a_user_name_and_its_password_open_the_door(client, post, zineb):
    answer = post(client, "/fr/sign-in", {"email": " Zineb ", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.location.endswith("/fr/welcome")
    assert b"zineb" in client.get("/fr/account").data
