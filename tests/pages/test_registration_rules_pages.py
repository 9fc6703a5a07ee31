"""The staff's pages on rules and waiting lists: in each language, typed values kept, deeds done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import NAIMA
from tests.factories import make_person
from tests.pages.participants import BEFORE, SmallFair, small_fair
from village.kit.deeds import SYSTEM, begin
from village.workshops.actions import NewRules, register, set_rules
from village.workshops.queries import find_policy, list_registrations, session_rules
from village.workshops.rules import Audience, WaitingMode

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

pytestmark = pytest.mark.sqlite_only

LANGS = ("ar", "fr", "en")


class Staffed:
    """The small fair with an organiser signed in; somebody holds W01's second place, Fadma and another wait."""

    def __init__(self, app: Flask, client: FlaskClient, post: Callable[..., Any]) -> None:
        from village.kit.web import parts

        self.app, self.client, self._post = app, client, post
        self.fair: SmallFair = small_fair(app)
        with app.app_context():
            self.engine = parts().engine
        with begin(self.engine, actor=SYSTEM, now=BEFORE) as deed:
            self.other, self.last = (make_person(deed, self.fair.edition, NAIMA) for _ in range(2))
            for person in (self.other, self.fair.fadma, self.last):
                register(deed, person_id=person, workshop_id=self.fair.workshops["W01"])

    def do(self, what: Any, *, code: str = "W01", at: datetime = BEFORE, **more: Any) -> Any:
        """Do a deed behind the page."""
        with begin(self.engine, actor=SYSTEM, now=at) as deed:
            return what(deed, workshop_id=self.fair.workshops[code], **more)

    def post(self, path: str, data: dict[str, Any], lang: str = "fr", place: str = "registrations") -> Any:
        """Send a form and follow where it leads."""
        return self._post(self.client, f"/{lang}/{place}/{path}", data, follow_redirects=True)

    def read(self, what: Any, *arguments: Any) -> Any:
        """Read what came of it."""
        with begin(self.engine, actor=SYSTEM, now=BEFORE) as deed:
            return what(deed.session, *arguments)

    def states(self, code: str = "W01") -> dict[int, str]:
        """Return everybody's last state."""
        return {r.person_id: r.status for r in self.read(list_registrations, self.fair.workshops[code])}


@pytest.fixture
def staffed(app: Flask, client: FlaskClient, post: Callable[..., Any], sign_in: Callable[..., int]) -> Staffed:
    """A fair with a waiting list, and an organiser at its pages."""
    sign_in(client, "organiser")
    return Staffed(app, client, post)


@pytest.mark.parametrize("lang", LANGS)
def test_the_list_says_who_is_next_and_who_is_passed_over(staffed: Staffed, lang: str) -> None:
    staffed.do(register, code="W02", person_id=staffed.fair.fadma)
    page = staffed.client.get(f"/{lang}/registrations/W01")
    assert page.status_code == 200
    said = {"ar": "يتم تجاوزه", "fr": "passé", "en": "passed over"}[lang]
    can = {"ar": "يمكنه الحضور", "fr": "peut venir", "en": "can come"}[lang]
    assert page.text.index(said) < page.text.index(can)
    assert "style=" not in page.text


@pytest.mark.parametrize("lang", LANGS)
def test_rules_are_shown_and_set(staffed: Staffed, lang: str) -> None:
    path = f"/{lang}/registrations/W05/rules"
    assert staffed.client.get(path).status_code == 200
    typed = {
        "audience": "delegates", "opens_day": "٠١/١٢/٢٠٢٦", "opens_clock": "9 h 30", "closes_day": "", "closes_clock": "",
        "max_per_exhibitor": "٢", "prerequisites": [str(staffed.fair.workshops["W01"])], "waiting": "offer",
        "offer_minutes": "120", "reserves-0-places": "3", "reserves-0-owner": "invited", "reserves-0-channel": "online",
        "reserves-0-until_day": "02/12/2026", "reserves-0-until_clock": "", "reserves-1-places": "",
        "reserves-1-owner": "delegates", "reserves-1-channel": "onsite",
    }  # fmt: skip
    assert staffed.post("W05/rules", typed, lang).status_code == 200
    rules = staffed.read(session_rules, staffed.fair.workshops["W05"], BEFORE)
    assert (rules.audience, rules.waiting, rules.offer_minutes) == (Audience.DELEGATES, WaitingMode.OFFER, 120)
    assert rules.opens == datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
    assert (rules.max_per_exhibitor, [r.code for r in rules.prerequisites]) == (2, ["W01"])
    (kept,) = rules.reserves
    assert (kept.places, kept.audience, kept.until) == (3, Audience.INVITED, datetime(2026, 12, 2, 23, 59, tzinfo=UTC))
    shown = staffed.client.get(path).text
    assert "01/12/2026" in shown
    assert shown.count('name="reserves-') > 3


def test_what_was_typed_is_kept_with_all_that_is_wrong(staffed: Staffed) -> None:
    typed = {
        "audience": "open", "opens_day": "02/12/2026", "closes_day": "01/12/2026", "waiting": "promote",
        "offer_minutes": "30", "reserves-0-places": "99", "reserves-0-owner": "delegates",
        "reserves-0-channel": "onsite", "max_per_exhibitor": "0",
    }  # fmt: skip
    page = staffed.post("W05/rules", typed)
    assert page.status_code == 409
    for kept in ("02/12/2026", "01/12/2026", 'value="99"', "fermerait avant d’ouvrir", "au moins 1", "dépassent"):
        assert kept in page.text
    page = staffed.post("W05/rules", {**typed, "opens_day": "le jour des figues"})
    assert page.status_code == 422
    assert "le jour des figues" in page.text


def test_people_are_invited_from_a_pasted_list(staffed: Staffed) -> None:
    answer = staffed.post("W05/invite", {"people": "06 00 00 00 22\n+212600000077; 0600000022"})
    assert "Nouvelles invitations" in answer.text
    rules = staffed.read(session_rules, staffed.fair.workshops["W05"], BEFORE)
    assert [i.phone for i in rules.invitations] == ["+212600000022", "+212600000077"]
    wrong = staffed.post("W05/invite", {"people": "06 00 00 00 23\nla voisine"})
    assert wrong.status_code == 422
    assert "la voisine" in wrong.text
    staffed.post("W05/uninvite", {"invitation": str(rules.invitations[0].id)})
    assert len(staffed.read(session_rules, staffed.fair.workshops["W05"], BEFORE).invitations) == 1


def test_the_maxima_of_the_fair(staffed: Staffed) -> None:
    assert "value=" in staffed.client.get("/fr/registrations").text
    staffed.post("policy", {"max_per_person": "٤", "max_per_day": ""})
    policy = staffed.read(find_policy, staffed.fair.edition)
    assert (policy.max_per_person, policy.max_per_day) == (4, None)
    wrong = staffed.post("policy", {"max_per_person": "beaucoup", "max_per_day": "2"})
    assert wrong.status_code == 422
    assert "beaucoup" in wrong.text
    assert staffed.post("policy", {"max_per_person": "0", "max_per_day": ""}).status_code == 409


def test_an_offer_is_answered_for_somebody(staffed: Staffed) -> None:
    now = datetime(2026, 12, 4, 9, tzinfo=UTC)  # the clock of these tests
    staffed.do(set_rules, rules=NewRules(waiting=WaitingMode.OFFER, offer_minutes=30), at=now - timedelta(hours=1))
    said = staffed.post("W01/cancel", {"person": str(staffed.other)}).text
    assert "La place est proposée à Fadma Oubella" in said
    assert "encore 30 min" in said
    assert "place confirmée" in staffed.post("W01/accept", {"person": str(staffed.fair.fadma)}).text
    assert staffed.states()[staffed.fair.fadma] == "confirmed"
    assert "Aucune place ne vous est proposée" in staffed.post("W01/accept", {"person": str(staffed.last)}).text


def test_giving_back_what_another_place_needs_is_asked_twice(staffed: Staffed) -> None:
    staffed.do(set_rules, code="W05", rules=NewRules(prerequisites=(staffed.fair.workshops["W01"],)))
    staffed.do(register, code="W05", person_id=staffed.fair.youssef)
    asked = staffed.post("W01/cancel", {"person": str(staffed.fair.youssef)})
    assert "Rendre les deux" in asked.text
    assert staffed.states()[staffed.fair.youssef] == "confirmed"
    staffed.post("W01/cancel", {"person": str(staffed.fair.youssef), "also": "1"})
    assert staffed.states()[staffed.fair.youssef] == "cancelled"
    assert staffed.states("W05")[staffed.fair.youssef] == "cancelled"


def test_a_place_is_given_to_another_and_a_rule_set_aside_with_a_reason(staffed: Staffed) -> None:
    staffed.do(register, code="W02", person_id=staffed.fair.fadma)
    rows = staffed.read(list_registrations, staffed.fair.workshops["W01"])
    number = next(r.id for r in rows if r.person_id == staffed.other)
    path = f"W01/transfer/{number}"
    assert "Fadma Oubella" in staffed.client.get(f"/fr/registrations/{path}?q=فاضمة").text
    refused = staffed.post(path, {"person": str(staffed.fair.fadma)})
    assert refused.status_code == 409
    assert 'name="reason"' in refused.text
    done = staffed.post(path, {"person": str(staffed.fair.fadma), "reason": "elle vient à sa place"})
    assert "La place est passée à Fadma Oubella" in done.text
    assert staffed.states()[staffed.fair.fadma] == "confirmed"
    assert staffed.client.get("/fr/registrations/W01/transfer/999999").status_code == 404


def test_the_desk_tells_everything_that_objects(staffed: Staffed) -> None:
    staffed.do(
        set_rules, code="W05",
        rules=NewRules(audience=Audience.INVITED, prerequisites=(staffed.fair.workshops["W01"],)),
    )  # fmt: skip
    page = staffed.post("W05/register", {"person": str(staffed.last)}, place="desk")
    assert page.status_code == 409
    for told in ("sur invitation", "Prenez d’abord une place", 'name="override"'):
        assert told in page.text
