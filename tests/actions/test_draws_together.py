"""Two people of the commission take the same step at the same moment: it happens once, on both databases."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.draws import COMMITTED, FIRST_COUNTER, HOUR, SECOND_COUNTER, Hall, make_hall, new_draw
from village.audit.queries import EntryFilter, list_entries, verify_log
from village.draws import actions, queries, verify_draw
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import sqlalchemy as sa
    from sqlalchemy.orm import Session

    from village.kit.deeds import Deed


@pytest.fixture
def hall(engine: sa.Engine, tmp_path: Path) -> Hall:
    """A hall with an open draw."""
    return make_hall(engine, tmp_path, 6)


def together(hall: Hall, step: Callable[[Deed], object], *steps: Callable[[Deed], object]) -> list[str]:
    """Let two people take a step (or one each) at the same moment after the hour; give what each was answered."""
    wall = threading.Barrier(2)
    answers: list[str] = []

    def take(actor: object, what: Callable[[Deed], object]) -> None:
        wall.wait()
        try:
            with hall.at(HOUR + timedelta(minutes=5), actor) as deed:  # type: ignore[arg-type]
                what(deed)
        except Refusal as refusal:
            answers.append(refusal.code)
        else:
            answers.append("done")

    both = [step, *(steps or (step,))]
    threads = [
        threading.Thread(target=take, args=(actor, what))
        for actor, what in zip((FIRST_COUNTER, SECOND_COUNTER), both, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(answers)


def lines(session: Session, code: str) -> int:
    """Count the lines of the log with a code."""
    session.rollback()
    return len(list_entries(session, EntryFilter(code=code)).rows)


def test_two_commit(hall: Hall, session: Session) -> None:
    wall = threading.Barrier(2)
    answers: list[str] = []

    def commit() -> None:
        wall.wait()
        try:
            hall.commit()
        except Refusal as refusal:
            answers.append(refusal.code)
        else:
            answers.append("done")

    threads = [threading.Thread(target=commit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(answers) == ["done", "draw_already_committed"]
    assert lines(session, "draw.committed") == 1


def test_two_draws_of_one_edition_are_committed_and_get_two_numbers(hall: Hall, session: Session) -> None:
    with hall.at(COMMITTED) as deed:
        late = HOUR + timedelta(hours=2)
        other = actions.set_up_draw(
            deed, new_draw(hall.edition_id, hall.witnesses, code="DR2", announced_at=late), hall.entrants()
        )
        third = actions.set_up_draw(
            deed, new_draw(hall.edition_id, hall.witnesses, code="DR3", announced_at=late), hall.entrants()
        )

    answers = together(
        hall,
        lambda deed: actions.commit_draw(deed, draw_id=other, keys=hall.keys),
        lambda deed: actions.commit_draw(deed, draw_id=third, keys=hall.keys),
    )

    assert answers == ["done", "done"]
    assert {queries.get_draw(session, draw_id).number for draw_id in (other, third)} == {1, 2}


def test_two_take_in_the_same_envelope(hall: Hall, session: Session) -> None:
    hall.commit()
    envelope = hall.witnesses.envelope("juror", hall.commitment)

    answers = together(hall, lambda deed: actions.hand_in_sealed(deed, draw_id=hall.draw_id, envelope=envelope))

    assert answers == ["done", "envelope_already_in"]
    assert lines(session, "draw.envelope_handed_in") == 1


def test_two_close(hall: Hall, session: Session) -> None:
    hall.play_until("count")

    answers = together(hall, lambda deed: actions.close_draw(deed, draw_id=hall.draw_id, keys=hall.keys))

    assert answers == ["done", "draw_closed"]
    assert lines(session, "draw.closed") == 1


def test_a_late_envelope_and_the_close_never_cross(hall: Hall, session: Session) -> None:
    hall.commit()
    hall.hand_in()
    hall.count()

    answers = together(
        hall,
        lambda deed: actions.close_draw(deed, draw_id=hall.draw_id, keys=hall.keys),
        lambda deed: actions.record_count(deed, draw_id=hall.draw_id, counted=hall.tickets + 1),
    )

    # Either the wrong count came first and the draw stays open, or the draw closed and the count came too late.
    assert answers in (["counts_differ", "done"], ["done", "draw_closed"])
    assert (queries.get_draw(session, hall.draw_id).state == "closed") == ("draw_closed" in answers)


def test_two_open_the_same_envelope(hall: Hall, session: Session) -> None:
    hall.play_until("close")
    opening = hall.witnesses.opening("juror")

    answers = together(hall, lambda deed: actions.open_envelope(deed, draw_id=hall.draw_id, opening=opening))

    assert answers == ["done", "envelope_already_open"]
    assert lines(session, "draw.envelope_opened") == 1


def test_two_reveal(hall: Hall, session: Session) -> None:
    hall.play_until("open_envelopes")

    answers = together(hall, lambda deed: actions.reveal(deed, draw_id=hall.draw_id))

    assert answers == ["done", "draw_already_revealed"]
    assert lines(session, "draw.revealed") == 1


def test_two_conclude(hall: Hall, session: Session) -> None:
    hall.play_until("reveal")

    answers = together(hall, lambda deed: actions.conclude(deed, draw_id=hall.draw_id, keys=hall.keys))

    assert answers == ["done", "draw_already_drawn"]
    assert lines(session, "draw.concluded") == 1
    assert verify_draw.verify(queries.make_bundle(session, hall.draw_id))["number"] == 1
    assert verify_log(session, hall.keys).ok
