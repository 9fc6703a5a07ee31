"""The minutes on paper: what stands in them, in both languages, and what a phone reads from them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.databases import make_schema
from tests.documents import looking
from tests.draws import COMMITTED, FIRST_COUNTER, HOUR, NUMBERS, SECOND_COUNTER, Hall, make_hall
from village.draws import actions, queries
from village.kit import pdf
from village.kit.refusal import Refusal
from village.kit.storage import FileStorage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESS = "http://village.test"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hall, Session]]:
    """A drawn draw with one observation."""
    folder = tmp_path_factory.mktemp("minutes")
    url = f"sqlite:///{folder / 'village.db'}"
    make_schema(url)
    engine = sa.create_engine(url)
    hall = make_hall(engine, folder)
    hall.play_until("conclude")
    with hall.at(HOUR + timedelta(minutes=4)) as deed:
        actions.note_incident(
            deed, draw_id=hall.draw_id, text_ar="انقطاع التيار دقيقتين", text_fr="Panne de courant de deux minutes"
        )
    _hand_over_the_rest(hall, folder)
    with Session(engine) as session:
        yield hall, session
    engine.dispose()


def _hand_over_the_rest(hall: Hall, folder: Path) -> None:
    """Call the first winner in vain, void by two, replace; give the second its prize."""
    what = {"draw_id": hall.draw_id, "place": "P1"}
    for minute in (5, 6, 7):
        with hall.at(HOUR + timedelta(minutes=minute)) as deed:
            actions.call_turn(deed, **what)
    for actor in (FIRST_COUNTER, SECOND_COUNTER):
        with hall.at(HOUR + timedelta(minutes=8), actor) as deed:
            actions.sign_void(deed, **what, reason="absent_three_calls", keys=hall.keys)
    with hall.at(HOUR + timedelta(minutes=9)) as deed:
        actions.replace_voided(deed, **what, keys=hall.keys)
    with hall.at(HOUR + timedelta(minutes=10)) as deed:
        actions.claim_turn(deed, draw_id=hall.draw_id, place="P2")
        actions.hand_over(deed, draw_id=hall.draw_id, place="P2", proof=None, storage=FileStorage(folder / "files"))
        actions.sign_tail(deed, draw_id=hall.draw_id, keys=hall.keys)


def values_of(told: tuple[Hall, Session]) -> dict[str, Any]:
    """Gather what the minutes say."""
    hall, session = told
    return queries.minutes_values(session, hall.draw_id, ADDRESS)


def test_the_minutes_hold_all_that_is_asked_of_them(told: tuple[Hall, Session]) -> None:
    hall, session = told
    draw = queries.get_draw(session, hall.draw_id)
    arabic, french = values_of(told)["pages"]

    assert "الأحد 6 دجنبر 2026" in arabic["opening"]
    assert "الدورة الرابعة عشرة" in arabic["opening"]
    assert "لتعيين فائزين اثنين" in arabic["opening"]
    assert "dimanche 6 décembre 2026" in french["opening"]
    assert "2 gagnants appelés" in french["opening"]
    assert [hour["value"] for hour in french["times"]] == ["16:20:00", "16:30:00", "16:32:00", "16:33:00"]
    assert french["persons"][0]["role"] == "Président(e) de la commission"
    assert french["tickets"] == "10"
    assert french["counts"] == ["10", "10"]
    assert [(one["reason"], one["count"]) for one in french["left_out"]] == [
        ("absence d’au moins un jour", "1"),
        ("lauréat d’un prix", "1"),
    ]
    assert {one["value"] for one in french["seats"]} == set(NUMBERS.values())
    assert {draw.commitment_sha256, draw.secret, draw.seed} < {one["value"] for one in french["codes"]}
    assert [one["ticket"] for one in french["picks"]] == [pick.token for pick in draw.picks]
    assert sum(len(row) for row in french["ranking"]) == 10
    assert french["incidents"] == [{"time": "16:34", "text": "Panne de courant de deux minutes"}]
    assert len(french["sections"]) == len(arabic["sections"]) == 9
    first, second = draw.winners
    events = [(one["time"], one["place"], one["ticket"], one["text"]) for one in french["events"]]
    assert events == [
        (
            "16:38",
            "P1",
            first.token,
            "tour annulé sur la parole de deux personnes : absence après trois appels, appels : 3",
        ),
        ("16:39", "P1", draw.turns_now[0].token, "vient à son tour, rang 3"),
        ("16:40", "P2", second.token, "le gagnant s’est présenté"),
        ("16:40", "P2", second.token, "lot remis"),
    ]
    assert "balise" not in french["method"]
    assert {one["step"] for one in french["heads"]} == {
        "liste arrêtée",
        "contributions closes",
        "résultat",
        "tour annulé P1",
    }


def test_a_phone_reads_the_page_and_the_head_from_the_paper(told: tuple[Hall, Session]) -> None:
    hall, session = told
    made = queries.render_minutes(session, hall.draw_id, ADDRESS)
    head = queries.get_draw(session, hall.draw_id).heads[-1]

    read = set().union(*(looking.codes(picture) for picture in looking.pictures(made, 150)))

    assert f"{ADDRESS}/D/VS14/DR1".upper() in read
    assert any(text.startswith(f"HEAD {head.size} ") for text in read)


def test_what_was_printed_is_kept(
    told: tuple[Hall, Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall, session = told
    store, printed = FileStorage(tmp_path), []
    monkeypatch.setattr(pdf, "render", lambda *_, **values: printed.append(values["url"]) or b"%PDF- " + values["url"].encode())
    first, again = (queries.render_minutes(session, hall.draw_id, ADDRESS, store) for _ in range(2))

    assert (first, len(printed)) == (again, 1)
    other = queries.render_minutes(session, hall.draw_id, "http://other.test", store)
    assert (other != first, len(printed)) == (True, 2)
    assert [*store.keys("draws")] == [queries.minutes_key(hall.draw_id)]


def test_there_are_no_minutes_of_a_draw_that_is_not_done(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'village.db'}"
    make_schema(url)
    engine = sa.create_engine(url)
    hall = make_hall(engine, tmp_path)
    hall.commit(COMMITTED)

    with Session(engine) as session, pytest.raises(Refusal) as caught:
        queries.render_minutes(session, hall.draw_id, ADDRESS)

    assert caught.value.code == "draw_not_drawn"
    engine.dispose()
