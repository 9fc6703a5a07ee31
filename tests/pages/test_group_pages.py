"""Groups on the screen: whose they are, who may see them, and how little the link shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import ANNOUR, TIFAWIN
from tests.factories import make_exhibitor
from tests.pages.participants import SmallFair, csrf, small_fair
from village.kit.deeds import SYSTEM, begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

pytestmark = pytest.mark.sqlite_only

LANGS = ("ar", "fr", "en")


class Coop:
    """Rachida's cooperative with Youssef and Fadma as delegates; and another one."""

    def __init__(self, app: Flask, client: FlaskClient, fair: SmallFair, account: int) -> None:
        from village.exhibitors.actions import add_delegates, link_account
        from village.kit.web import parts

        self.app, self.client, self.fair = app, client, fair
        with app.app_context(), begin(parts().engine, actor=SYSTEM, now=parts().clock.now()) as deed:
            self.own = make_exhibitor(deed, fair.edition, TIFAWIN)
            self.other = make_exhibitor(deed, fair.edition, ANNOUR)
            add_delegates(deed, [(fair.youssef, self.own), (fair.fadma, self.own)])
            link_account(deed, account_id=account, exhibitor_id=self.own)

    def post(self, path: str, **typed: Any) -> TestResponse:
        """Send a form of the group's pages."""
        data = {"csrf_token": csrf(self.client, "/fr/groups"), **typed}
        return self.client.post(path, data=data, follow_redirects=True)

    def open(self, **typed: Any) -> str:
        """Open a group; returns its address."""
        answer = self.post("/fr/groups", **{"workshop": "W05", "name": "Tifawine", "size": "4", **typed})
        assert answer.status_code == 200, answer.text
        return answer.request.path

    def link(self, address: str) -> str:
        """The path of the group's link."""
        found = re.search(r"http://village\.test(/fr/join/[a-z2-7]{16}-[0-9a-f]+)", self.client.get(address).text)
        assert found
        return found[1]


@pytest.fixture
def fair(app: Flask) -> SmallFair:
    """A small fair."""
    return small_fair(app)


@pytest.fixture
def coop(app: Flask, client: FlaskClient, fair: SmallFair, sign_in: Callable[..., int]) -> Coop:
    """Rachida, signed in for her cooperative."""
    return Coop(app, client, fair, sign_in(client, "exhibitor"))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("role", "status"), [("desk", 200), ("organiser", 200), ("juror", 403), ("auditor", 403)])
def test_who_registers_groups(
    client: FlaskClient, fair: SmallFair, sign_in: Callable[..., int], lang: str, role: str, status: int
) -> None:
    sign_in(client, role)
    assert client.get(f"/{lang}/groups").status_code == status


def test_an_account_without_a_cooperative_is_told_so(
    client: FlaskClient, fair: SmallFair, sign_in: Callable[..., int]
) -> None:
    sign_in(client, "exhibitor")
    assert client.get("/fr/groups").status_code == 409


def test_delegates_are_ticked_and_others_typed(coop: Coop) -> None:
    group = coop.open()
    typed = {
        "person": [str(coop.fair.fadma)],
        "given": ["رقية", "Zahra"],
        "family": ["", ""],
        "phone": ["", "0600000071"],
    }
    page = coop.post(f"{group}/add", **typed)
    assert "3 personnes ont une place." in page.text
    assert page.text.count("status-ok") >= 3
    assert "Fadma Oubella" in page.text
    assert "رقية" in page.text


def test_one_who_cannot_come_is_named_with_the_reason(coop: Coop) -> None:
    group = coop.open(workshop="W02")
    page = coop.post(f"{group}/add", person=[str(coop.fair.youssef), str(coop.fair.fadma)])
    assert "1 personne a une place." in page.text
    assert re.search(r"Youssef El Mourabit: [^<]*au même moment", page.text)


def test_who_keeps_a_whole_group_out_is_named(coop: Coop) -> None:
    group = coop.open(workshop="W02", together="1")
    page = coop.post(f"{group}/add", person=[str(coop.fair.youssef), str(coop.fair.fadma)])
    assert page.status_code == 409
    assert re.search(r"Youssef El Mourabit: [^<]*au même moment", page.text)


def test_too_many_come_back_with_what_was_typed(coop: Coop) -> None:
    group = coop.open(size="1")
    answer = coop.post(f"{group}/add", given=["Zahra", "Aïcha"], family=["", ""], phone=["", ""])
    assert answer.status_code == 409
    assert "Dans ce groupe : 1 place restante sur 1." in answer.text
    assert 'value="Aïcha"' in answer.text


@pytest.mark.parametrize("wrong", [{"size": "0"}, {"size": "many"}, {"name": ""}, {"workshop": "W99"}])
def test_a_group_badly_described_comes_back(coop: Coop, wrong: dict[str, str]) -> None:
    typed = {"workshop": "W05", "name": "Tifawine", "size": "4", **wrong}
    assert coop.post("/fr/groups", **typed).status_code == 422


def test_a_size_typed_on_an_arabic_keyboard_is_read(coop: Coop) -> None:
    assert "0 sur 3" in coop.client.get(coop.open(size="٣")).text


def test_nobody_sees_the_group_of_another(app: Flask, coop: Coop, sign_in: Callable[..., int]) -> None:
    from village.kit.web import parts
    from village.workshops.actions.groups import open_group

    with app.app_context(), begin(parts().engine, actor=SYSTEM, now=parts().clock.now()) as deed:
        theirs = open_group(
            deed, workshop_id=coop.fair.workshops["W05"], exhibitor_id=coop.other, name="Annour", size=3, together=False
        )
    assert coop.client.get(f"/fr/groups/{theirs}").status_code == 404
    assert coop.post(f"/fr/groups/{theirs}/link", what="close").status_code == 404
    assert "Annour" not in coop.client.get("/fr/groups").text
    sign_in(coop.client, "desk")
    assert coop.client.get(f"/fr/groups/{theirs}").status_code == 200


def test_staff_act_for_an_exhibitor(app: Flask, coop: Coop, sign_in: Callable[..., int]) -> None:
    sign_in(coop.client, "desk")
    group = coop.open(exhibitor="C901")
    assert "Youssef El Mourabit" in coop.client.get(group).text


class TestLink:
    """What whoever has the link can do and see."""

    def join(self, app: Flask, link: str, **typed: str) -> TestResponse:
        """Come by the link with a browser of one's own."""
        stranger = app.test_client()
        data = {"csrf_token": csrf(stranger, link), "given": "Zahra", "wish": "any", **typed}
        return stranger.post(link, data=data, follow_redirects=True)

    def test_it_shows_first_names_and_nothing_more(self, app: Flask, coop: Coop) -> None:
        group = coop.open()
        coop.post(
            f"{group}/add", person=[str(coop.fair.fadma)], given=["Aïcha"], family=["Secret"], phone=["0600000072"]
        )
        page = app.test_client().get(coop.link(group))
        assert page.status_code == 200
        assert "Fadma" in page.text
        assert "Aïcha" in page.text
        for hidden in ("Oubella", "Secret", "0072", "P002"):
            assert hidden not in page.text
        assert "noindex" in page.text

    def test_a_name_is_enough_to_come(self, app: Flask, coop: Coop) -> None:
        group = coop.open()
        answer = self.join(app, coop.link(group))
        assert "Votre place est sûre" in answer.text
        assert "/registered/W05" in answer.request.path
        assert "Zahra" in coop.client.get(group).text

    def test_the_symbol_leads_there_too(self, app: Flask, coop: Coop) -> None:
        token = coop.link(coop.open()).rsplit("/", 1)[1]
        answer = app.test_client().get(f"/G/{token.upper()}", follow_redirects=True)
        assert answer.status_code == 200

    def test_who_is_known_to_the_browser_comes_with_one_tap(self, app: Flask, coop: Coop) -> None:
        link = coop.link(coop.open())
        browser = app.test_client()
        browser.get(f"/fr/me/{coop.fair.youssef_token}")
        data = {"csrf_token": csrf(browser, link), "as": "me", "wish": "any"}
        answer = browser.post(link, data=data, follow_redirects=True)
        assert "Youssef El Mourabit" in answer.text
        assert "/registered/W05" in answer.request.path

    def test_a_full_group_says_so_and_leads_on(self, app: Flask, coop: Coop) -> None:
        link = coop.link(coop.open(size="1"))
        self.join(app, link)
        page = app.test_client().get(link)
        assert "Le groupe est complet." in page.text
        assert 'name="given"' not in page.text

    def test_a_closed_group_refuses_and_a_new_link_kills_the_old(self, app: Flask, coop: Coop) -> None:
        group = coop.open()
        old = coop.link(group)
        coop.post(f"{group}/link", what="close")
        assert "Le groupe est fermé" in app.test_client().get(old).text
        coop.post(f"{group}/link", what="renew")
        assert app.test_client().get(old).status_code == 404
        assert "Votre place est sûre" in self.join(app, coop.link(group)).text

    def test_a_name_is_asked_for(self, app: Flask, coop: Coop) -> None:
        answer = self.join(app, coop.link(coop.open()), given="")
        assert answer.status_code == 422
        assert "Écrivez votre prénom" in answer.text


def test_a_place_is_given_back(coop: Coop) -> None:
    group = coop.open()
    coop.post(f"{group}/add", person=[str(coop.fair.fadma)])
    page = coop.post(f"{group}/leave", person=str(coop.fair.fadma))
    assert "0 sur 4" in page.text
    assert coop.post(f"{group}/leave", person=str(coop.fair.youssef)).status_code == 200
    assert "0 sur 4" in coop.client.get(group).text
