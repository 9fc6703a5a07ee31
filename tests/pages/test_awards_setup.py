"""The organiser's way from an empty page to an award that the jury can mark, by the pages alone."""

from __future__ import annotations

import html
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests.jury_room import Room, prepare
from tests.pages.counting import count_queries
from village.awards import actions, queries
from village.awards.rules import AwardClass, CriterionKind, Panel, Tie
from village.editions.actions import move_edition
from village.editions.rules import Status
from village.kit.deeds import Actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

# The deeds behind these pages are tried on both databases in tests/actions.
pytestmark = pytest.mark.sqlite_only

MERIT = {
    "code": "AW7",
    "name_ar": "جائزة المنتوج",
    "name_fr": "Prix du produit",
    "award_class": "merit",
    "winners": "٢",
    "tie_rule": "lot",
    "panel": "split",
    "criteria-0-name_fr": "Qualité",
    "criteria-0-weight": "60",
    "criteria-1-name_ar": "التلفيف",
    "criteria-1-weight": "40",
}
VOTE = {
    "criteria-1-weight": "20",
    "vote_weight": "20",
    "vote_day": "05/12/2026",
    "vote_time": "10:00",
    "vote_last_day": "6 décembre 2026",
    "vote_last_time": "16 h 00",
}


@pytest.fixture
def room(act: Callable[..., Any]) -> Room:
    """The jury room of an open edition, its two categories still drafts."""
    room = prepare(act, ruled=False)
    with act() as deed:
        move_edition(deed, room.edition, Status.OPEN)
    return room


@pytest.fixture
def organiser(client: FlaskClient, room: Room, sign_in: Callable[..., int]) -> FlaskClient:
    """The organiser, signed in."""
    sign_in(client, "organiser")
    return client


def category_of(session: Session, room: Room, code: str) -> queries.CategoryRow:
    """A category as it stands now."""
    session.rollback()
    return queries.get_category(session, room.edition, code)


def test_an_award_is_set_up_with_criteria_and_a_vote(
    organiser: FlaskClient, room: Room, post: Callable[..., Any], session: Session
) -> None:
    page = post(organiser, "/fr/awards/manage/new", {**MERIT, "winners": "0", "name_ar": "", "name_fr": ""})
    assert page.status_code == 422
    assert "Donnez le nom" in html.unescape(page.text)
    assert 'value="Qualité"' in page.text
    more = post(organiser, "/fr/awards/manage/new", {**MERIT, "add": "criteria"})
    assert more.status_code == 200
    assert "criteria-2-weight" in more.text
    without_hours = post(organiser, "/fr/awards/manage/new", {**MERIT, "vote_weight": "20"})
    assert without_hours.status_code == 422
    done = post(organiser, "/fr/awards/manage/new", {**MERIT, **VOTE})
    assert (done.status_code, done.location) == (303, "/fr/awards/manage/AW7/nominees")
    made = category_of(session, room, "AW7")
    assert [(one.code, one.weight, one.kind) for one in made.criteria] == [
        ("c1", 60, CriterionKind.JURY),
        ("c2", 20, CriterionKind.JURY),
        ("public", 20, CriterionKind.PUBLIC),
    ]
    assert (made.winners, made.panel, f"{made.vote_closes_at:%d %H:%M}") == (2, Panel.SPLIT, "06 16:00")
    assert post(organiser, "/fr/awards/manage/new", MERIT).status_code == 409


def test_of_two_who_change_an_award_the_second_is_told(
    organiser: FlaskClient, room: Room, post: Callable[..., Any], session: Session
) -> None:
    page = organiser.get("/en/awards/manage/AW1/edit").text
    seen = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert seen
    assert 'value="impact"' in page
    typed = {**MERIT, "version": seen[1], "criteria-0-code": "impact", "panel": "all"}
    assert post(organiser, "/en/awards/manage/AW1/edit", typed).status_code == 303
    changed = category_of(session, room, "AW1")
    assert (changed.code, [one.code for one in changed.criteria]) == ("AW1", ["impact", "c1"])
    again = post(organiser, "/en/awards/manage/AW1/edit", typed)
    assert again.status_code == 409
    assert "Somebody else changed this award" in again.text
    assert post(organiser, "/en/awards/manage/AW1/drop").status_code == 303
    assert organiser.get("/en/awards/manage/AW1/edit").status_code == 404


def test_nominees_come_by_rule_after_a_look_and_by_hand(
    organiser: FlaskClient, room: Room, post: Callable[..., Any], session: Session
) -> None:
    rule = {"sectors": ["handicraft"]}
    look = post(organiser, "/fr/awards/manage/AW2/nominees/rule", {**rule, "look": "1"})
    assert "Coopérative Moulouya" in look.text
    assert len(category_of(session, room, "AW2").nominees) == 2
    assert post(organiser, "/fr/awards/manage/AW2/nominees/rule", rule).status_code == 303
    assert len(category_of(session, room, "AW2").nominees) == 4
    assert post(organiser, "/fr/awards/manage/AW2/nominees/rule", rule).status_code == 409
    assert post(organiser, "/fr/awards/manage/AW2/nominees/rule", {"sectors": ["gold"]}).status_code == 422
    last = category_of(session, room, "AW2").nominees[-1]
    post(organiser, f"/fr/awards/manage/AW2/nominees/{last.id}/withdrawal")
    assert post(organiser, "/fr/awards/manage/AW2/nominees", {"exhibitor": ""}).status_code == 422
    post(organiser, "/fr/awards/manage/AW2/nominees", {"exhibitor": str(last.exhibitor_id)})
    assert category_of(session, room, "AW2").nominees[-1].source == "hand"


def test_a_dossier_takes_words_figures_and_photos(
    organiser: FlaskClient, room: Room, post: Callable[..., Any], session: Session
) -> None:
    nominee = room.nominees["AW1", "C901"]
    url = f"/ar/awards/manage/AW1/nominees/{nominee}"
    typed = {"case_ar": "أربعون امرأة", "case_fr": "", "women": "٤٠", "version": "1"}
    assert post(organiser, url, typed).status_code == 303
    assert post(organiser, url, typed).status_code == 409
    assert post(organiser, url, {**typed, "women": "beaucoup", "version": "2"}).status_code == 422
    picture = BytesIO()
    Image.new("RGB", (60, 40)).save(picture, "PNG")
    sent = {"photo": (BytesIO(picture.getvalue()), "stand.png"), "caption_ar": "الرواق"}
    assert post(organiser, f"{url}/photos", sent, content_type="multipart/form-data").status_code == 303
    wrong = {"photo": (BytesIO(b"MZ\x90"), "stand.png")}
    assert post(organiser, f"{url}/photos", wrong, content_type="multipart/form-data").status_code == 409
    (row, *_) = category_of(session, room, "AW1").nominees
    assert (row.case_ar, row.figures, [one.caption_ar for one in row.photos]) == ("أربعون امرأة", {"women": 40}, ["الرواق"])
    with organiser.get(f"/ar/awards/photos/{row.photos[0].id}") as shown:
        assert shown.data.startswith(b"\xff\xd8")
    assert post(organiser, f"{url}/photos/{row.photos[0].id}/drop").status_code == 303
    assert category_of(session, room, "AW1").nominees[0].photos == ()


def test_seats_are_added_corrected_and_linked(
    organiser: FlaskClient, room: Room, post: Callable[..., Any], session: Session, sign_in: Callable[..., int], app: Flask
) -> None:
    juror = sign_in(app.test_client(), "juror")
    new = {"new-code": "J9", "new-name_fr": "Hind", "new-gender": "f", "new-seat": "member", "new-account": str(juror)}
    assert post(organiser, "/fr/awards/manage/jury", {**new, "new-name_fr": ""}).status_code == 422
    assert post(organiser, "/fr/awards/manage/jury", new).status_code == 303
    assert post(organiser, "/fr/awards/manage/jury", new).status_code == 409
    session.rollback()
    hind = queries.list_jurors(session, room.edition)[-1]
    assert (hind.name_fr, hind.account_id) == ("Hind", juror)
    at = f"j{hind.id}-"
    typed = {f"{at}code": "J9", f"{at}name_ar": "هند", f"{at}gender": "f", f"{at}seat": "chair", f"{at}account": ""}
    assert post(organiser, f"/fr/awards/manage/jury/{hind.id}", typed).status_code == 303
    session.rollback()
    assert [(one.code, one.account_id) for one in queries.list_jurors(session, room.edition) if one.seat == "chair"] == [
        ("J9", None)
    ]
    tie = {"tie-juror": str(room.driss), "tie-exhibitor": str(room.exhibitors["C901"]), "tie-tie": "funder"}
    assert post(organiser, "/fr/awards/manage/jury/ties", {**tie, "tie-tie": "other"}).status_code == 409
    assert post(organiser, "/fr/awards/manage/jury/ties", tie).status_code == 303
    session.rollback()
    assert [one.tie for one in queries.list_recusals(session, room.edition)] == [Tie.FUNDER]
    assert post(organiser, f"/fr/awards/manage/jury/{hind.id}/drop").status_code == 303


def test_a_split_panel_is_shared_out_and_ticked(
    organiser: FlaskClient, room: Room, post: Callable[..., Any], session: Session
) -> None:
    assert organiser.get("/fr/awards/manage/AW1/panel").status_code == 409
    post(organiser, "/fr/awards/manage/AW1/edit", {**MERIT, "winners": "1"})
    assert post(organiser, "/fr/awards/manage/AW1/panel/spread", {"each": "beaucoup"}).status_code == 422
    assert post(organiser, "/fr/awards/manage/AW1/panel/spread", {"each": "2"}).status_code == 303
    session.rollback()
    assert len(queries.list_assignments(session, room.edition)[room.women]) == 6
    ticked = [f"{room.driss}-{room.nominees['AW1', code]}" for code in ("C901", "C902", "C903")]
    post(organiser, "/fr/awards/manage/AW1/panel", {"pair": [*ticked, "x-1"]})
    session.rollback()
    assert {one for one, _ in queries.list_assignments(session, room.edition)[room.women]} == {room.driss}
    assert organiser.get("/fr/awards/manage/AW1/panel").text.count(" checked") == 3


def test_an_honour_is_named_confirmed_and_published(
    organiser: FlaskClient, room: Room, post: Callable[..., Any], session: Session
) -> None:
    post(organiser, "/fr/awards/manage/new", {**MERIT, "code": "HO1", "award_class": "honour", "panel": "all"})
    post(organiser, "/fr/awards/manage/HO1/nominees", {"name_fr": "Hajja Fatna"})
    honour = category_of(session, room, "HO1")
    assert (honour.award_class, honour.criteria) == (AwardClass.HONOUR, ())
    url = f"/fr/awards/manage/HO1/nominees/{honour.nominees[0].id}"
    assert post(organiser, f"{url}/citation", {"citation_fr": "Quarante ans de tapis"}).status_code == 303
    assert post(organiser, f"{url}/citation", {"citation_fr": ""}).status_code == 409
    post(organiser, f"/fr/awards/manage/{honour.id}/honours")
    post(organiser, f"/fr/awards/manage/{honour.id}/publication")
    session.rollback()
    (entry,) = queries.get_palmares(session, room.edition).categories
    assert [(one.name_fr, one.citation_fr) for one in entry.laureates] == [("Hajja Fatna", "Quarante ans de tapis")]
    assert "Hajja Fatna" in organiser.get("/fr/awards/manage").text


def test_setting_up_is_the_organisers_alone_and_in_each_language(
    app: Flask, room: Room, sign_in: Callable[..., int], act: Callable[..., Any]
) -> None:
    with act() as deed:
        facts = actions.CategoryFacts("جائزة", "Prix", None, 1, panel=Panel.SPLIT)
        actions.change_category(deed, category_id=room.women, facts=facts)
        actions.commit_rules(deed, category_id=room.craft)
    nominee = room.nominees["AW1", "C901"]
    pages = (f"AW2/paper/{room.noura}", "new", "AW1/edit", "AW1/nominees", f"AW1/nominees/{nominee}", "AW1/panel", "jury")
    for role in ("chair", "juror", "desk", "public"):
        client = app.test_client()
        if role != "public":
            sign_in(client, role)
        assert {client.get(f"/fr/awards/manage/{path}").status_code for path in pages} <= {302, 403}, role
    client = app.test_client()
    sign_in(client, "organiser")
    for lang in ("ar", "fr", "en"):
        for path in pages:
            answer = client.get(f"/{lang}/awards/manage/{path}")
            assert answer.status_code == 200, path
            main = answer.text.split('<main id="main" tabindex="-1">')[1].split("</main>")[0]
            main = re.sub(r"<option.*?</option>", " ", main)  # accounts keep the names they sign in with
            words = set(re.findall(r"[A-Za-z]{5,}", html.unescape(re.sub(r"<[^>]+>", " ", main))))
            assert lang != "ar" or not words, (path, words)


def test_the_pages_ask_the_same_number_of_queries_for_more_nominees(
    app: Flask, organiser: FlaskClient, room: Room, act: Callable[..., Any]
) -> None:
    urls = ("/fr/awards/manage", "/fr/awards/manage/AW2/nominees", "/fr/awards/manage/jury")
    counts = [count_queries(app, lambda url=url: organiser.get(url)) for url in urls]
    with act() as deed:
        for code in ("C903", "C904"):
            actions.nominate(deed, category_id=room.craft, exhibitor_id=room.exhibitors[code])
    assert [count_queries(app, lambda url=url: organiser.get(url)) for url in urls] == counts


def test_a_signed_sheet_is_typed_and_confirmed_by_two(
    organiser: FlaskClient, post: Callable[..., Any], act: Callable[..., Any], room: Room, session: Session
) -> None:
    with act() as deed:
        actions.commit_rules(deed, category_id=room.craft)
    url = f"/fr/awards/manage/AW2/paper/{room.noura}"
    assert url in organiser.get("/fr/awards/manage").text
    first, second = (room.nominees["AW2", code] for code in ("C901", "C902"))
    wrong = post(organiser, f"{url}/{first}", {f"n{first}-impact": "21", f"n{first}-novelty": "14"})
    assert (wrong.status_code, 'value="21"' in wrong.text) == (422, True)
    post(organiser, f"{url}/{first}", {f"n{first}-impact": "١٥,٥", f"n{first}-novelty": "14"})
    shown = organiser.get(url).text
    assert "15,5" in shown
    assert "C’est bien ce que le juré a signé" not in shown
    with act(Actor("account", "901")) as deed:
        actions.type_paper_sheet(deed, juror_id=room.noura, nominee_id=second, marks={"impact": 24, "novelty": 25})
    assert "C’est bien ce que le juré a signé" in organiser.get(url).text
    seal = queries.list_paper_sheets(session, room.noura, room.craft)[second].seal
    post(organiser, f"{url}/{second}/confirmation", {"seen": seal})
    session.rollback()
    assert queries.list_own_marks(session, room.noura) == {second: {"impact": 24, "novelty": 25}}
    # What is confirmed is sealed: the page shows it to nobody any more.
    assert "12,5" not in organiser.get(url).text
    post(organiser, f"{url}/{first}/discard")
    session.rollback()
    assert queries.list_paper_sheets(session, room.noura, room.craft) == {}
