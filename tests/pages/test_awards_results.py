"""After the opening: words, a tie by lot, publication, hand-over; the vote of visitors; the years before."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.jury_room import IMPACT, NOVELTY, Room, prepare
from tests.pages.test_awards_pages import GOOD, text_of
from village.awards import actions, queries
from village.awards.actions import NewCategory, NewCriterion
from village.awards.rules import AwardClass, CriterionKind, Panel, TieRule
from village.badges.actions import issue_badges
from village.badges.queries import find_active_badge
from village.badges.rules import BadgeOrder
from village.editions.actions import move_edition
from village.editions.rules import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from village.kit.clock import FixedClock

# The deeds behind these pages are tried on both databases in tests/actions.
pytestmark = pytest.mark.sqlite_only
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)


@pytest.fixture
def room(app: Flask, act: Callable[..., Any], sign_in: Callable[..., int]) -> Room:
    """The jury room with an award whose ties go to the lot, one with a part for the public, and an honour."""
    accounts = {role: sign_in(app.test_client(), role) for role in ("juror", "chair")}
    room = prepare(act, accounts)
    pair = tuple(room.exhibitors[code] for code in ("C901", "C902"))
    public = NewCriterion("public", "الزوار", "Visiteurs", 40, kind=CriterionKind.PUBLIC)
    opens, closes = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 20, tzinfo=UTC)
    with act() as deed:
        by_lot = NewCategory("AW3", "جائزة القرعة", "Prix AW3", None, 1, (IMPACT, NOVELTY), pair, tie_rule=TieRule.LOT)
        voted = NewCategory(
            "AW4",
            "جائزة الزوار",
            "Prix AW4",
            None,
            1,
            (IMPACT, public),
            pair,
            vote_opens_at=opens,
            vote_closes_at=closes,
        )
        honour = NewCategory("H1", "تكريم", "Hommage", None, 1, (), pair[:1], award_class=AwardClass.HONOUR)
        made = actions.import_awards(deed, edition_id=room.edition, categories=[by_lot, voted, honour])
        for category in made[:2]:
            actions.commit_rules(deed, category_id=category)
        actions.confirm_honours(deed, category_id=made[2])
        actions.publish_results(deed, category_id=made[2])
        move_edition(deed, room.edition, Status.OPEN)
    return room


def test_a_tie_goes_to_the_lot_and_the_award_to_its_winner(  # noqa: PLR0915 - one award from the tie to the hand-over
    app: Flask,
    client: FlaskClient,
    room: Room,
    act: Callable[..., Any],
    sign_in: Callable[..., int],
    post: Callable[..., Any],
    session: Session,
) -> None:
    category = queries.get_category(session, room.edition, "AW3")
    with act("system") as deed:
        for seat in (room.driss, room.latifa, room.noura):
            for nominee in category.nominees:
                actions.give_marks(deed, juror_id=seat, nominee_id=nominee.id, marks=GOOD)
            actions.close_sheets(deed, juror_id=seat, category_id=category.id)
    juror, organiser = app.test_client(), app.test_client()
    sign_in(client, "chair")
    sign_in(juror, "juror")
    sign_in(organiser, "organiser")
    account = "/fr/jury/opening/AW3"
    post(client, f"/fr/jury/opening/{category.id}")
    assert "À égalité au rang 1" in text_of(client, account)
    lot = post(client, f"{account}/lots", {"rank": "1"}).location
    post(client, f"{lot}/numbers", {"seat": "S1", "value": "416"})
    post(client, f"{account}/lots/1/cancellation", {"reason": "Papier illisible"})
    lot = post(client, f"{account}/lots", {"rank": "1"}).location
    # One person alone cannot make a number count; what two heard differently is read again.
    for browser, seat, value in (
        (client, "S1", "417"),
        (client, "S2", "88"),
        (juror, "S1", "٤١٧"),
        (juror, "S2", "89"),
    ):
        post(browser, f"{lot}/numbers", {"seat": seat, "value": value})
    for browser in (client, juror):
        shown = text_of(browser, lot)
        assert "deux nombres différents" in shown
        assert ('value="S2"' in shown, 'value="S1"' in shown) == (True, False)
    post(client, f"{account}/lots/2/drawing")
    # All numbers are called: whoever does not like what follows from them cannot have others.
    post(client, f"{account}/lots/2/cancellation", {"reason": "Papier illisible"})
    session.rollback()
    assert [one.state for one in queries.list_lots(session, category.id)] == ["cancelled", "sealed"]
    post(juror, f"{lot}/numbers", {"seat": "S2", "value": "88"})
    post(client, f"{account}/lots/2/drawing")
    session.rollback()
    winner = queries.list_standings(session, room.edition)[category.id][0]
    assert winner.decided_by == "lot"
    assert "Papier illisible" in text_of(client, f"{lot[:-1]}1")

    words = {"text_ar": "تداولت اللجنة.", "text_fr": "Le jury a délibéré."}
    assert post(client, f"{account}/deliberation", {"text_ar": " ", "text_fr": ""}).status_code == 422
    post(client, f"{account}/deliberation", words)
    cited = {f"c{winner.nominee_id}-text_fr": "Pour sa constance."}
    post(organiser, f"/fr/awards/manage/AW3/citations/{winner.nominee_id}", cited)
    assert "Le jury a délibéré." in text_of(client, account)
    bundle = "/fr/awards/lots/AW3-2.json"
    assert client.application.test_client().get(bundle).status_code == 403
    post(organiser, f"/fr/awards/manage/{category.id}/publication")
    assert "Pour sa constance." in text_of(app.test_client(), "/fr/awards")
    assert json.loads(app.test_client().get(bundle).data)["ranking"]

    promised = {
        "rank": "1",
        "kind": "prize",
        "title_ar": "آلة خياطة",
        "title_fr": "Machine à coudre",
        "value_mad": "٣٠٠٠",
    }
    assert post(organiser, "/fr/awards/handover/AW3/promise", {**promised, "title_fr": ""}).status_code == 422
    assert post(organiser, "/fr/awards/handover/AW3/promise", {**promised, "value_mad": "3000"}).status_code == 302
    session.rollback()
    (prize,) = queries.list_prizes(session, room.edition)
    there = f"/fr/awards/handover/{prize.id}"
    assert post(organiser, there, {"receiver": "Fatima"}).status_code == 409
    shown = {"receiver": "Fatima", "proof": (io.BytesIO(PIXEL), "p.png")}
    assert post(organiser, there, shown, content_type="multipart/form-data").status_code == 302
    assert "Fatima" in text_of(organiser, "/fr/awards/handover")
    with organiser.get(f"{there}/proof") as picture:
        assert picture.mimetype == "image/jpeg"
    assert client.get(f"{there}/proof").status_code == 403
    for lang in ("ar", "fr"):
        assert organiser.get(f"/fr/awards/minutes-{lang}.pdf").data.startswith(b"%PDF")
    for lang in ("ar", "fr", "en"):
        assert "VS14" in text_of(client, f"/{lang}/awards/archive")
        assert text_of(client, f"/{lang}/awards/archive/VS14")
        assert text_of(organiser, f"/{lang}/awards/handover/AW1/promise")
    assert client.get("/fr/awards/archive/VS99").status_code == 404


def test_a_visitor_votes_once_with_the_badge(
    client: FlaskClient,
    room: Room,
    act: Callable[..., Any],
    post: Callable[..., Any],
    session: Session,
    clock: FixedClock,
) -> None:
    from tests.cast import FADMA
    from tests.factories import make_person

    category = queries.get_category(session, room.edition, "AW4")
    with act() as deed:
        person = make_person(deed, room.edition, FADMA)
        issue_badges(deed, edition_id=room.edition, orders=[BadgeOrder(person)])
    session.rollback()
    badge = find_active_badge(session, room.edition, person)
    assert badge is not None
    choice = str(category.nominees[0].id)
    address = "/fr/awards/vote/AW4"
    assert "Prix AW4" in text_of(client, "/fr/awards/vote")
    assert badge.short_code in text_of(client, f"{address}?badge={badge.short_code}")
    assert post(client, address, {"badge": badge.short_code}).status_code == 422
    assert post(client, address, {"nominee": choice, "badge": "AAAA-BBBB-CCCC"}).status_code == 409
    assert post(client, address, {"nominee": choice, "badge": badge.short_code}).status_code == 302
    again = post(client, address, {"nominee": str(category.nominees[1].id), "badge": badge.short_code})
    assert again.status_code == 409
    session.rollback()
    (paper,) = queries.list_vote_papers(session, room.edition, clock.now())
    assert paper.ballots == 1
    assert client.get("/fr/awards/vote/AW1").status_code == 404


def test_a_split_panel_shows_both_means_and_the_effect_of_each_juror(
    client: FlaskClient,
    room: Room,
    act: Callable[..., Any],
    sign_in: Callable[..., int],
    post: Callable[..., Any],
    session: Session,
) -> None:
    trio = tuple(room.exhibitors[code] for code in ("C901", "C902", "C903"))
    with act() as deed:
        split = NewCategory("AW5", "جائزة", "Prix AW5", None, 1, (IMPACT, NOVELTY), trio, panel=Panel.SPLIT)
        (number,) = actions.import_awards(deed, edition_id=room.edition, categories=[split])
        actions.assign_evenly(deed, category_id=number, each=2)
        actions.commit_rules(deed, category_id=number)
    pairs = sorted(queries.list_assignments(session, room.edition)[number])
    severe = {room.driss: 20, room.latifa: 24, room.noura: 30}
    with act("system") as deed:
        for seat, nominee in pairs:
            actions.give_marks(deed, juror_id=seat, nominee_id=nominee, marks=dict.fromkeys(GOOD, severe[seat]))
        for seat in severe:
            actions.close_sheets(deed, juror_id=seat, category_id=number)
    sign_in(client, "chair")
    assert "2 sur 2" in text_of(client, "/fr/jury/opening")
    post(client, f"/fr/jury/opening/{number}")
    page = text_of(client, "/fr/jury/opening/AW5")
    # All differences come from the jurors: freed of them the three are level.
    session.rollback()
    rows = queries.list_standings(session, room.edition)[number]
    assert len({row.mean for row in rows}) == 3
    assert len({row.adjusted for row in rows}) == 1
    assert "Sans l’effet des jurés" in page
    assert "+2,67" in page
    assert client.get("/fr/jury/minutes-fr.pdf").data.startswith(b"%PDF")
