"""What a participant's page offers: a place to take or leave, one of two to keep, a place to give on, what changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.pages.participants import SmallFair, csrf, small_fair
from village.kit.deeds import SYSTEM, begin
from village.people.queries import link_token
from village.workshops.actions import register
from village.workshops.rules import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from village.kit.clock import FixedClock

pytestmark = pytest.mark.sqlite_only


class Town:
    """The small fair, deeds done behind the pages, and the pages of Youssef and Fadma."""

    def __init__(self, app: Flask, client: FlaskClient, clock: FixedClock) -> None:
        self.app, self.client, self.clock = app, client, clock
        self.fair: SmallFair = small_fair(app)
        clock.advance(-20 * 3600)  # the evening before

    def do(self, work: Callable[..., Any], **facts: Any) -> Any:
        """Do a deed of the house."""
        from village.kit.web import parts

        with self.app.app_context(), begin(parts().engine, actor=SYSTEM, now=self.clock.now()) as deed:
            return work(deed, **facts)

    def token(self, person: int) -> str:
        """The token of somebody's page."""
        from village.kit.web import parts

        with self.app.app_context():
            return link_token(parts().keys, person, 1)

    def page(self, person: int, rest: str = "") -> str:
        """Somebody's page, as text."""
        return self.client.get(f"/fr/me/{self.token(person)}{rest}").text

    def post(self, person: int, rest: str, **typed: str) -> TestResponse:
        """Send a form of somebody's page."""
        data = {"csrf_token": csrf(self.client, "/fr/me"), **typed}
        return self.client.post(f"/fr/me/{self.token(person)}{rest}", data=data, follow_redirects=True)


@pytest.fixture
def town(app: Flask, client: FlaskClient, clock: FixedClock) -> Town:
    """A town."""
    return Town(app, client, clock)


class TestOffer:
    """Fadma is offered the place that Youssef leaves; she has until tomorrow."""

    @pytest.fixture(autouse=True)
    def offered(self, town: Town) -> None:
        """Fill the room, let Fadma wait, and let Youssef go."""
        from village.workshops.actions import cancel_registration, change_places
        from village.workshops.actions.settings import set_rules
        from village.workshops.rules import NewRules, WaitingMode

        fair, w01 = town.fair, town.fair.workshops["W01"]
        town.do(change_places, workshop_id=w01, onsite=1, online=0)
        town.do(set_rules, workshop_id=w01, rules=NewRules(waiting=WaitingMode.OFFER, offer_minutes=90))
        town.do(register, person_id=fair.fadma, workshop_id=w01)
        town.do(cancel_registration, person_id=fair.youssef, workshop_id=w01)

    def test_two_buttons_and_the_time_left(self, town: Town) -> None:
        page = town.page(town.fair.fadma)
        assert "Une place est libre pour vous" in page
        assert "(90 minutes)" in page
        assert "Je la prends" in page
        assert "Je la laisse" in page

    def test_taken(self, town: Town) -> None:
        answer = town.post(town.fair.fadma, "/accept/W01")
        assert "Votre place est sûre" in answer.text
        assert "Je la prends" not in town.page(town.fair.fadma)

    def test_left(self, town: Town) -> None:
        answer = town.post(town.fair.fadma, "/cancel/W01")
        assert "Vous n’êtes inscrit(e) à aucun atelier." in answer.text

    def test_too_late(self, town: Town) -> None:
        town.clock.advance(91 * 60)
        answer = town.post(town.fair.fadma, "/accept/W01")
        assert "Votre place est sûre" not in answer.text
        assert 'class="notice notice-bad"' in answer.text


def test_waiting_says_the_number_and_why(town: Town) -> None:
    from village.workshops.actions import change_places

    w01 = town.fair.workshops["W01"]
    town.do(change_places, workshop_id=w01, onsite=1, online=0)
    town.do(register, person_id=town.fair.fadma, workshop_id=w01)
    page = town.page(town.fair.fadma)
    assert "Vous êtes numéro 1." in page
    assert "La prochaine place libre est pour vous." in page


def test_who_waits_beside_kept_places_is_told_so(town: Town) -> None:
    from village.workshops.actions.settings import set_rules
    from village.workshops.rules import Audience, Channel, NewReserve, NewRules

    kept = NewRules(reserves=(NewReserve(Channel.ONSITE, 1, Audience.DELEGATES),))
    town.do(set_rules, workshop_id=town.fair.workshops["W01"], rules=kept)
    town.do(register, person_id=town.fair.fadma, workshop_id=town.fair.workshops["W01"])
    for page in (town.page(town.fair.fadma), town.page(town.fair.fadma, "/registered/W01")):
        assert "Les places libres sont gardées pour un public précis." in page
        assert "La prochaine place libre est pour vous." not in page
        assert "Toutes les places sont prises" not in page


class TestGivingBack:
    """A place is given back after a second look, and taken again where one is free."""

    def test_the_question_says_what_it_means(self, town: Town) -> None:
        page = town.page(town.fair.youssef, "/give-back/W01")
        assert "vous pouvez revenir" in page
        assert "Oui, je la rends" in page

    def test_a_slip_is_mended_with_one_tap(self, town: Town) -> None:
        answer = town.post(town.fair.youssef, "/cancel/W01")
        assert "Vous avez rendu votre place" in answer.text
        assert 'href="/fr/programme/W01/register"' in answer.text
        assert "Vous avez rendu votre place" not in town.page(town.fair.youssef)

    def test_nothing_to_give_back_leads_home(self, town: Town) -> None:
        assert town.client.get(f"/fr/me/{town.token(town.fair.fadma)}/give-back/W01").status_code == 302


class TestHandingOver:
    """Youssef cannot come and sends somebody else."""

    def test_to_somebody_new_by_name(self, town: Town) -> None:
        answer = town.post(
            town.fair.youssef, "/hand-over/W01", who="new", given="Rachid", family="Amrani", phone="0600000081"
        )
        assert "Votre place est donnée" in answer.text
        assert "Rachid Amrani" in answer.text
        assert re.search(r'aria-label="(?:[0-9A-Z] ){5}[0-9A-Z]"', answer.text)
        assert "Vous n’êtes inscrit(e) à aucun atelier." in town.page(town.fair.youssef)

    def test_the_name_and_telephone_of_somebody_who_just_came_show_no_page_of_theirs(self, town: Town) -> None:
        from village.workshops.actions import Newcomer, register_newcomer

        came = town.do(
            register_newcomer, edition_id=town.fair.edition, workshop_id=town.fair.workshops["W02"],
            newcomer=Newcomer(given_fr="Rachid", family_fr="Amrani", phone="0600000081", lang="fr"),
        ).person_id  # fmt: skip
        answer = town.post(
            town.fair.youssef, "/hand-over/W01", who="new", given="Rachid", family="Amrani", phone="0600000081"
        )
        assert "Votre place est donnée" in answer.text
        assert town.token(came) not in answer.text

    def test_to_somebody_known_by_telephone_and_code(self, town: Town) -> None:
        found = re.search(r'aria-label="((?:[0-9A-Z] ){5}[0-9A-Z])"', town.page(town.fair.fadma))
        assert found
        typed = {"who": "known", "phone": "0600000022", "code": found[1]}
        answer = town.post(town.fair.youssef, "/hand-over/W01", **typed)
        assert "Fadma Oubella" in answer.text
        assert found[1] not in answer.text  # the code of somebody else is not shown again
        assert "Techniques de commercialisation" in town.page(town.fair.fadma)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"who": "known", "phone": "0600000022", "code": "000000"}, "ne mènent à aucune page"),
            ({"who": "new", "given": ""}, "nom"),
            ({"who": "new", "given": "Rachid", "phone": "12"}, "téléphone"),
        ],
    )
    def test_refused_with_the_reason(self, town: Town, typed: dict[str, str], said: str) -> None:
        answer = town.post(town.fair.youssef, "/hand-over/W01", **typed)
        assert answer.status_code == 409
        assert said in answer.text
        assert "Techniques de commercialisation" in town.page(town.fair.youssef)

    def test_to_somebody_who_sits_elsewhere_then_is_refused(self, town: Town) -> None:
        town.do(register, person_id=town.fair.fadma, workshop_id=town.fair.workshops["W02"])
        found = re.search(r'aria-label="((?:[0-9A-Z] ){5}[0-9A-Z])"', town.page(town.fair.fadma))
        assert found
        typed = {"who": "known", "phone": "0600000022", "code": found[1]}
        assert "au même moment" in town.post(town.fair.youssef, "/hand-over/W01", **typed).text


def test_new_hours_that_make_a_clash_ask_which_one_to_keep(town: Town) -> None:
    import sqlalchemy as sa

    town.do(register, person_id=town.fair.youssef, workshop_id=town.fair.workshops["W05"])
    assert "Choisissez" not in town.page(town.fair.youssef)

    def move(deed: Any) -> None:
        deed.session.execute(
            sa.text("UPDATE workshop SET day = '2026-12-04', starts = '11:00:00', ends = '12:30:00' WHERE code = 'W05'")
        )

    town.do(move)
    page = town.page(town.fair.youssef)
    assert "Choisissez : les deux sont maintenant au même moment" in page
    assert page.count("Je garde celle-ci") == 2
    page = town.post(town.fair.youssef, "/cancel/W01").text
    assert "Choisissez" not in page
    assert "Le financement" in page


class TestNews:
    """What others did to somebody's places stands at the head of the page, old hours struck and new hours bold."""

    def test_moved(self, town: Town) -> None:
        from village.workshops.actions.telling import note

        was = {
            "day": "2026-12-04",
            "starts": "09:00",
            "ends": "11:00",
            "room_fr": "Salle de formation",
            "city_fr": "Madagh",
        }
        now = {**was, "starts": "10:00", "ends": "12:00", "room_fr": "Grande tente"}
        fair = town.fair
        facts = {"was": was, "now": now}
        town.do(
            note,
            kind=NoticeKind.MOVED,
            edition_id=fair.edition,
            workshop_id=fair.workshops["W01"],
            person_id=fair.youssef,
            facts=facts,
        )
        page = re.sub("[\u00a0\u202f]", " ", town.page(fair.youssef))
        assert "Ce qui a changé" in page
        assert re.search(r"<s>.*vendredi 4 décembre 2026 · 9 h 00 – 11 h 00 · Salle de formation · Madagh</s>", page)
        assert re.search(
            r"<b><span class=\"vh\">maintenant :</span> vendredi 4 décembre 2026 · 10 h 00 – 12 h 00 · Grande tente · Madagh</b>",
            page,
        )

    def test_it_stays_for_half_a_day_and_then_goes_to_what_was_before(self, town: Town) -> None:
        from village.workshops.actions import cancel_registration, change_places

        fair, w01 = town.fair, town.fair.workshops["W01"]
        town.do(change_places, workshop_id=w01, onsite=1, online=0)
        town.do(register, person_id=fair.fadma, workshop_id=w01)
        town.do(cancel_registration, person_id=fair.youssef, workshop_id=w01)
        assert 'id="news"' in town.page(fair.fadma)
        assert 'id="news"' in town.page(fair.fadma)
        town.clock.advance(13 * 3600)
        page = town.page(fair.fadma)
        assert 'id="news"' not in page
        assert "Une place s’est libérée et elle est à vous" in page
