"""Pages of badges in three languages: the printing room for organisers, the public page for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.attended import Came, came_to_the_fair
from tests.cast import STAFF
from village.badges.actions import issue_badges, revoke_badge
from village.badges.queries import digits_for, find_active_badge, get_badge, list_badges
from village.badges.rules import BadgeOrder, Kind, State

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa
    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

LANGS = ("ar", "fr", "en")
TITLE = {"ar": "الشارات", "fr": "Badges", "en": "Badges"}
VALID = {"ar": "هذه الشارة صالحة", "fr": "Ce badge est valable", "en": "This badge is valid"}


@pytest.fixture
def came(act: Callable[..., Any]) -> Came:
    with act() as deed:
        made = came_to_the_fair(deed)
        orders = [BadgeOrder(made.youssef, Kind.EXHIBITOR), BadgeOrder(made.fadma)]
        issue_badges(deed, edition_id=made.edition, orders=orders)
    return made


@pytest.fixture
def organiser(app: Flask, came: Came, client: FlaskClient, sign_in: Callable[..., int]) -> FlaskClient:
    sign_in(client, "organiser")
    app.config["WTF_CSRF_ENABLED"] = False
    return client


def badge_of(session: Session, came: Came, person: int) -> Any:
    session.rollback()
    found = find_active_badge(session, came.edition, person)
    session.rollback()
    assert found is not None
    return found


def token_of(app: Flask, badge: Any) -> str:
    from village.kit.web import parts

    with app.app_context():
        return digits_for(badge, 14, parts().keys)


@pytest.mark.parametrize("lang", LANGS)
def test_the_printing_room_shows_figures_and_names(organiser: FlaskClient, lang: str) -> None:
    answer = organiser.get(f"/{lang}/badges")
    assert answer.status_code == 200
    assert TITLE[lang] in answer.text
    assert ("فاضمة" if lang == "ar" else "Fadma") in answer.text


@pytest.mark.parametrize("role", [role for role in STAFF if role != "organiser"])
def test_other_roles_do_not_enter(
    app: Flask, came: Came, client: FlaskClient, sign_in: Callable[..., int], role: str
) -> None:
    sign_in(client, role)
    assert client.get("/fr/badges").status_code == 403
    assert client.get("/fr/badges/1").status_code == 403


def test_visitors_are_led_to_sign_in(app: Flask, came: Came, client: FlaskClient) -> None:
    assert client.get("/fr/badges").status_code in {302, 401}


def test_search_finds_across_scripts_and_says_when_nobody_is_there(organiser: FlaskClient) -> None:
    assert "Fadma" in organiser.get("/fr/badges?q=فاضمه").text
    nobody = organiser.get("/fr/badges?q=Zorro").text
    assert "Fadma" not in nobody


def test_the_list_costs_the_same_whatever_its_length(
    organiser: FlaskClient, came: Came, act: Callable[..., Any], engine: sa.Engine, app: Flask
) -> None:
    from sqlalchemy import event

    from tests.cast import YOUSSEF
    from tests.factories import make_person
    from village.kit.web import parts

    def queries() -> int:
        seen: list[str] = []

        def count(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        with app.app_context():
            watched = parts().engine
        event.listen(watched, "before_cursor_execute", count)
        organiser.get("/fr/badges")
        event.remove(watched, "before_cursor_execute", count)
        return len(seen)

    organiser.get("/fr/badges")
    before = queries()
    with act() as deed:
        people = [make_person(deed, came.edition, YOUSSEF, phone=f"+2126000011{n:02d}") for n in range(30)]
        issue_badges(deed, edition_id=came.edition, orders=[BadgeOrder(person) for person in people])
    assert queries() == before


def test_missing_badges_are_made_and_new_ones_printed_once(organiser: FlaskClient, session: Session, came: Came) -> None:
    organiser.post("/fr/badges/issue", follow_redirects=True)
    answer = organiser.post("/fr/badges/print", follow_redirects=True)
    assert answer.status_code == 200
    rows = list_badges(session, came.edition)
    assert [(row.state, row.printed_count) for row in rows] == [(State.ACTIVE, 1)] * 3
    session.rollback()
    job = answer.request.path.rpartition("/")[2]
    with organiser.get(f"/fr/badges/print/{job}/sheets.pdf") as sheets:
        assert sheets.mimetype == "application/pdf"
        assert sheets.data.startswith(b"%PDF")
    again = organiser.post("/en/badges/print", follow_redirects=True)
    assert "Every badge has been printed already." in again.text


def test_a_second_paper_is_refused_until_confirmed(organiser: FlaskClient, session: Session, came: Came) -> None:
    badge = badge_of(session, came, came.fadma)
    organiser.post(f"/fr/badges/{badge.id}/print")
    refused = organiser.post(f"/en/badges/{badge.id}/print", follow_redirects=True)
    assert "Already printed" in refused.text
    session.rollback()
    assert get_badge(session, badge.id).printed_count == 1
    session.rollback()
    organiser.post(f"/fr/badges/{badge.id}/print", data={"reprint": "1"})
    assert get_badge(session, badge.id).printed_count == 2


@pytest.mark.parametrize("lang", LANGS)
def test_a_lost_badge_is_replaced_with_a_reason(
    organiser: FlaskClient, session: Session, came: Came, lang: str
) -> None:
    old = badge_of(session, came, came.fadma)
    empty = organiser.post(f"/{lang}/badges/{old.id}/reissue", data={"reason": " "})
    assert empty.status_code == 422
    assert organiser.get(f"/{lang}/badges/{old.id}").status_code == 200
    done = organiser.post(f"/{lang}/badges/{old.id}/reissue", data={"reason": "ضاعت"}, follow_redirects=True)
    assert done.status_code == 200
    new = badge_of(session, came, came.fadma)
    assert new.id != old.id
    assert new.short_text in done.text
    refused = organiser.post(f"/{lang}/badges/{old.id}/revoke", data={"reason": "أخرى"})
    assert refused.status_code == 409
    assert 'role="alert"' in refused.text


def test_a_form_without_its_token_changes_nothing(
    app: Flask, came: Came, client: FlaskClient, sign_in: Callable[..., int], session: Session
) -> None:
    sign_in(client, "organiser")
    badge = badge_of(session, came, came.fadma)
    assert client.post(f"/fr/badges/{badge.id}/revoke", data={"reason": "x"}).status_code == 400
    assert get_badge(session, badge.id).state is State.ACTIVE


@pytest.mark.parametrize("lang", LANGS)
def test_a_scanned_badge_opens_a_page_without_a_name(
    app: Flask, came: Came, client: FlaskClient, session: Session, lang: str
) -> None:
    badge = badge_of(session, came, came.youssef)
    answer = client.get(f"/B/{token_of(app, badge)}", headers={"Accept-Language": lang})
    assert answer.status_code == 200
    assert VALID[lang] in answer.text
    assert badge.short_text in answer.text
    assert not any(name in answer.text for name in ("Youssef", "Mourabit", "يوسف", "المرابط", "+2126"))


def test_the_public_page_refuses_what_is_not_ours(
    app: Flask, came: Came, client: FlaskClient, session: Session, act: Callable[..., Any]
) -> None:
    badge = badge_of(session, came, came.youssef)
    token = token_of(app, badge)
    assert client.get(f"/B/{int(token) ^ 1}").status_code == 404
    assert client.get("/B/123").status_code == 404
    with act() as deed:
        revoke_badge(deed, badge_id=badge.id, reason="x")
    ended = client.get(f"/B/{token}", headers={"Accept-Language": "en"})
    assert "This badge is not valid" in ended.text
    assert badge.short_text not in ended.text


def test_a_person_sees_the_own_badge(app: Flask, came: Came) -> None:
    from village.badges.pages import own_badge

    with app.test_request_context("/fr/"):
        shown = own_badge(came.youssef)
        assert shown is not None
        assert shown["qr"].startswith("<svg")
        assert own_badge(came.mina) is None
