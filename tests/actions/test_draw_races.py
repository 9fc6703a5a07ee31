"""Two people of the commission after the result, at the same moment: whatever they do happens once, or in an order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.actions.test_draws_together import lines, together
from tests.draws import COMMITTED, HOUR, Hall, make_hall, new_draw
from village.audit.queries import verify_log
from village.draws import actions, queries, verify_draw

if TYPE_CHECKING:
    from pathlib import Path

    import sqlalchemy as sa
    from sqlalchemy.orm import Session

    from village.kit.deeds import Deed


@pytest.fixture
def hall(engine: sa.Engine, tmp_path: Path) -> Hall:
    """A hall with an open draw."""
    return make_hall(engine, tmp_path, 6)


def test_two_people_void_replace_and_claim_at_once(hall: Hall, session: Session) -> None:
    hall.play_until("conclude")
    here, keys = hall.draw_id, hall.keys

    def void(deed: Deed) -> None:
        actions.sign_void(deed, draw_id=here, place="P1", reason="declined", keys=keys)

    def come(deed: Deed) -> None:
        actions.replace_voided(deed, draw_id=here, place="P1", keys=keys)

    def claim(deed: Deed) -> None:
        actions.claim_turn(deed, draw_id=here, place="P1")

    assert together(hall, void) == ["done", "done"]
    assert (lines(session, "draw.void_signed"), lines(session, "draw.voided")) == (2, 1)
    assert together(hall, come) == ["done", "nobody_to_replace"]
    assert together(hall, claim) == ["done", "turn_already_claimed"]
    assert (lines(session, "draw.replaced"), lines(session, "draw.claimed")) == (1, 1)
    # Two taps on «first call» are one call.
    tap = together(hall, lambda deed: actions.call_turn(deed, draw_id=here, place="P2", number=1))
    assert tap == ["done", "turn_called_already"]
    # One more word and a call on the other prize: both stand, and neither hinders the other.
    other = together(
        hall,
        lambda deed: actions.call_turn(deed, draw_id=here, place="P2"),
        lambda deed: actions.sign_void(deed, draw_id=here, place="P2", reason="declined", keys=keys),
    )
    assert other == ["done", "done"]
    session.rollback()
    with hall.at(HOUR + timedelta(minutes=30)) as deed:
        actions.sign_tail(deed, draw_id=here, keys=keys)
    states = [prize["state"] for prize in verify_draw.verify(queries.make_bundle(session, here))["prizes"]]
    assert states == ["claimed", "waiting"]
    assert verify_log(session, keys).ok


def test_a_claim_and_a_withdrawal_never_cross(hall: Hall, session: Session) -> None:
    hall.play_until("conclude")

    answers = together(
        hall,
        lambda deed: actions.claim_turn(deed, draw_id=hall.draw_id, place="P1"),
        lambda deed: actions.withdraw_prize(deed, draw_id=hall.draw_id, place="P1", reason="unfit"),
    )

    assert answers in (["done", "done"], ["done", "place_withdrawn"])
    assert lines(session, "draw.claimed") == (1 if answers == ["done", "done"] else 0)
    assert verify_draw.verify(queries.make_bundle(session, hall.draw_id))["tickets"] == 4


def test_a_commitment_and_the_closing_of_the_register_never_cross(hall: Hall, session: Session) -> None:
    with hall.at(COMMITTED) as deed:
        late = HOUR + timedelta(hours=2)
        new = new_draw(hall.edition_id, hall.witnesses, code="DR2", announced_at=late)
        other = actions.set_up_draw(deed, new, hall.entrants())
    hall.commit()

    answers = together(
        hall,
        lambda deed: actions.commit_draw(deed, draw_id=other, keys=hall.keys),
        lambda deed: actions.close_register(deed, edition_id=hall.edition_id, keys=hall.keys),
    )

    register = queries.get_register(session, hall.edition_id)
    assert register is not None
    assert answers in (["done", "done"], ["done", "draw_register_closed"])
    assert register.count == answers.count("done")
    assert queries.get_draw(session, other).number == (2 if register.count == 2 else None)


@pytest.mark.sqlite_only
def test_a_list_and_its_commitment_never_cross(hall: Hall, session: Session) -> None:
    early = replace(hall, hour=HOUR + timedelta(hours=1))
    with hall.at(COMMITTED) as deed:
        new = new_draw(hall.edition_id, hall.witnesses, announced_at=early.hour)
        actions.change_draw(deed, draw_id=hall.draw_id, new=new)

    answers = together(
        hall,
        lambda deed: actions.commit_draw(deed, draw_id=hall.draw_id, keys=hall.keys),
        lambda deed: actions.set_entrants(deed, draw_id=hall.draw_id, entrants=hall.entrants()[:2]),
    )

    assert answers in (["done", "done"], ["done", "draw_list_sealed"])
    tickets = queries.get_draw(session, hall.draw_id).tickets
    assert tickets == (2 if answers == ["done", "done"] else hall.tickets)
