"""The minutes on paper: what stands in them, in both languages, and what a phone reads from them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.databases import make_schema
from tests.documents import looking
from tests.draws import COMMITTED, HOUR, NUMBERS, Hall, make_hall
from village.draws import actions, queries
from village.kit.refusal import Refusal

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
    with Session(engine) as session:
        yield hall, session
    engine.dispose()


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
    assert len(french["sections"]) == len(arabic["sections"]) == 8


def test_a_phone_reads_the_page_and_the_head_from_the_paper(told: tuple[Hall, Session]) -> None:
    hall, session = told
    made = queries.render_minutes(session, hall.draw_id, ADDRESS)
    head = queries.get_draw(session, hall.draw_id).heads[-1]

    read = set().union(*(looking.codes(picture) for picture in looking.pictures(made, 150)))

    assert f"{ADDRESS}/D/VS14/DR1".upper() in read
    assert any(text.startswith(f"HEAD {head.size} ") for text in read)


def test_what_was_printed_is_kept(told: tuple[Hall, Session], tmp_path: Path) -> None:
    from village.kit.storage import FileStorage

    hall, session = told
    store = FileStorage(tmp_path)
    first = queries.render_minutes(session, hall.draw_id, ADDRESS, store)
    key = next(iter(store.keys("draws")))
    store.put(key, b"%PDF- kept")

    assert first.startswith(b"%PDF-")
    assert queries.render_minutes(session, hall.draw_id, ADDRESS, store) == b"%PDF- kept"
    assert queries.render_minutes(session, hall.draw_id, "http://other.test", store) != b"%PDF- kept"


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
