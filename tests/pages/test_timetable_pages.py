"""The board's pages: who may see them, forms without scripts, refusals with free places, versions for everybody."""

from __future__ import annotations

import json
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.timetables import SATURDAY, Timetable

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa
    from flask.testing import FlaskClient

LANGS = ("ar", "fr", "en")


@pytest.fixture
def fair(act: Any, engine: sa.Engine) -> Timetable:
    """A small fair before its opening."""
    return Timetable(act, engine)


@pytest.fixture
def organiser(fair: Timetable, client: FlaskClient, sign_in: Callable[..., int]) -> FlaskClient:
    """The browser of an organiser."""
    sign_in(client, "organiser")
    return client


def slot_of(fair: Timetable, code: str, **different: Any) -> dict[str, Any]:
    """What the form of a session sends."""
    slot = fair.slot(code)
    sent = {**slot.as_json(), **different}
    trainers = {f"trainers-{number}": each for number, each in enumerate(sent.pop("trainers"))}
    return {"before": json.dumps(slot.as_json()), **sent, **trainers}


@pytest.mark.parametrize("lang", LANGS)
def test_the_board_shows_rooms_sessions_and_the_prayer(organiser: FlaskClient, lang: str) -> None:
    text = organiser.get(f"/{lang}/programme/board").text
    assert text.count("data-slot=") == 2
    assert {"ar": "الصلاة", "fr": "Prière", "en": "Prayer"}[lang] in text
    assert {"ar": "الخيمة الكبرى", "fr": "Grande tente", "en": "Grande tente"}[lang] in text
    assert "h10 m0 u12 v0 col1" in text
    assert "col1" not in organiser.get(f"/{lang}/programme/board?venue=V3").text.split("data-slot")[-1].split("room-head")[0]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("path", ["/fr/programme/board", "/fr/programme/board/W01", "/fr/programme/board/publish", "/fr/programme/board/state"])
def test_the_board_is_for_organisers_alone(fair: Timetable, client: FlaskClient, sign_in: Callable[..., int], path: str) -> None:
    assert client.get(path).status_code in (302, 401, 403)
    sign_in(client, "desk")
    assert client.get(path).status_code == 403


@pytest.mark.sqlite_only
@pytest.mark.parametrize("lang", LANGS)
def test_a_session_is_moved_by_its_form_and_a_clash_offers_free_places(
    fair: Timetable, organiser: FlaskClient, post: Callable[..., Any], lang: str
) -> None:
    url = f"/{lang}/programme/board/W03"
    refused = post(organiser, url, slot_of(fair, "W03", day="2026-12-04", starts="10:30", ends="12:30"))
    assert refused.status_code == 409
    assert {"ar": "القاعة مشغولة", "fr": "La salle est prise", "en": "The room is taken"}[lang] in refused.text
    assert refused.text.count('name="before"') >= 4
    assert fair.board().changes == []
    moved = post(organiser, url, slot_of(fair, "W03", starts="14 h 30", ends="١٦:٣٠"))
    assert (moved.status_code, moved.location) == (303, f"/{lang}/programme/board?day=2026-12-05")
    assert (fair.slot("W03").starts, fair.slot("W03").ends) == (time(14, 30), time(16, 30))
    assert post(organiser, url, {**slot_of(fair, "W03"), "starts": "soon"}).status_code == 422
    assert post(organiser, url, {**slot_of(fair, "W03"), "before": "what"}).status_code == 422


@pytest.mark.sqlite_only
def test_a_script_is_answered_with_the_board_the_reasons_and_free_places(
    fair: Timetable, organiser: FlaskClient, post: Callable[..., Any]
) -> None:
    json_please = {"headers": {"Accept": "application/json"}}
    sent = slot_of(fair, "W03", day="2026-12-04", starts="10:00", ends="12:00")
    refused = post(organiser, "/fr/programme/board/W03", sent, **json_please)
    assert refused.status_code == 409
    assert len(refused.json["near"]) == 3
    assert len(refused.json["reasons"]) == 2
    assert refused.json["now"] == fair.slot("W03").as_json()
    near = refused.json["near"][0]["slot"]
    sent |= {name: near[name] for name in ("day", "starts", "ends", "room")}
    done = post(organiser, "/fr/programme/board/W03", {**sent, "at": "2026-12-05"}, **json_please)
    assert done.status_code == 200
    assert 'data-day="2026-12-05"' in done.json["html"]
    assert fair.slot("W03").as_json() == near
    stale = post(organiser, "/fr/programme/board/W03", sent, **json_please)
    assert (stale.status_code, stale.json["code"], stale.json["near"]) == (409, "slot_changed_meanwhile", [])
    digest = fair.board().digest
    assert organiser.get(f"/fr/programme/board/state?digest={digest}").status_code == 204
    assert organiser.get("/fr/programme/board/state?digest=old").json["digest"] == digest
    undone = post(organiser, "/fr/programme/board/undo", **json_please)
    assert undone.status_code == 200
    assert post(organiser, "/fr/programme/board/undo", **json_please).status_code == 409
    assert post(organiser, "/fr/programme/board/redo").status_code == 303
    broken = post(organiser, "/fr/programme/board/W03", {"before": "?"}, **json_please)
    assert (broken.status_code, broken.json["code"]) == (409, "slot_invalid")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("lang", LANGS)
def test_publishing_is_looked_at_before_and_told_to_everybody_after(
    fair: Timetable, organiser: FlaskClient, post: Callable[..., Any], lang: str
) -> None:
    fair.register(fair.youssef, "W01")
    fair.register(fair.youssef, "W03")
    fair.move("W01", day=SATURDAY, starts=time(15), ends=time(17), room="M2", trainers=())
    fair.move("W02", status="cancelled")
    page = organiser.get(f"/{lang}/programme/board/publish").text
    assert {"ar": "المرابط", "fr": "El Mourabit", "en": "El Mourabit"}[lang] in page
    digest = fair.board().digest
    assert post(organiser, f"/{lang}/programme/board/publish", {"expected": "old"}).status_code == 409
    note = {"note_ar": "تغيرت القاعة", "note_fr": "La salle a changé"}
    done = post(organiser, f"/{lang}/programme/board/publish", {"expected": digest, **note})
    assert done.location == f"/{lang}/programme/versions"
    assert fair.board().changes == []
    shown = organiser.application.test_client().get(f"/{lang}/programme/versions").text
    assert {"ar": "تغيرت القاعة", "fr": "La salle a changé", "en": "La salle a changé"}[lang] in shown
    assert {"ar": "ملغاة", "fr": "Annulée", "en": "Called off"}[lang] in shown
    assert {"ar": "15:00 – 17:00", "fr": "15 h 00 – 17 h 00", "en": "15:00 to 17:00"}[lang].replace(" h ", "\u00a0h\u00a0") in shown
    compared = organiser.get(f"/{lang}/programme/versions?from=1&to=2").text
    assert compared.count("<s>") >= 4
    assert organiser.get(f"/{lang}/programme/versions?from=1&to=9").status_code == 404
    assert organiser.get(f"/{lang}/programme/board/publish").status_code == 200
