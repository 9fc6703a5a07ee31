"""What binds a commission and what it may still do: witnesses' words, cancelling, plans, marks, the register."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from tests.attended import came_to_the_fair
from tests.cast import FADMA
from tests.draws import COMMITTED, HOUR, Hall, make_hall, new_draw
from tests.factories import make_person
from village.audit.actions import take_cosignature
from village.audit.queries import EntryFilter, list_checkpoints, list_entries
from village.draws import actions, queries, verify_draw
from village.draws.merging import TICKETS, list_kept
from village.draws.rules.eligibility import EntryRule
from village.draws.rules.verifier import verifier_bytes, verifier_sha256
from village.kit.refusal import Refusal
from village.kit.signing import Keyring

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session


@pytest.fixture
def hall(engine: sa.Engine, tmp_path: Path) -> Hall:
    """A hall with an open draw."""
    return make_hall(engine, tmp_path, 6)


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    """Expect a refusal by its code."""
    return pytest.RaisesExc(Refusal, check=lambda refusal: refusal.code == code)


def cancel(hall: Hall, reason: str = "postponed", minutes: int = -30) -> None:
    """Call the draw off some minutes before its hour."""
    with hall.at(HOUR + timedelta(minutes=minutes)) as deed:
        actions.cancel_draw(deed, draw_id=hall.draw_id, reason=reason, keys=hall.keys)


def close_register(hall: Hall) -> None:
    """Close the register of the edition."""
    with hall.at(HOUR + timedelta(hours=1)) as deed:
        actions.close_register(deed, edition_id=hall.edition_id, keys=hall.keys)


@pytest.mark.sqlite_only
def test_each_step_waits_for_the_witnesses_word(engine: sa.Engine, tmp_path: Path, session: Session) -> None:
    hall = make_hall(engine, tmp_path, 6, quorum=2)
    hall.enrol("jury", "cooperative-1")
    with refused("head_not_cosigned"):
        hall.commit()
        hall.hand_in("juror")
    hall.cosign(COMMITTED + timedelta(minutes=1), "jury")
    with refused("head_not_cosigned"):
        hall.hand_in("juror")
    hall.cosign(COMMITTED + timedelta(minutes=1), "cooperative-1")
    hall.hand_in()
    hall.count()
    hall.close()
    for step in (hall.open_envelopes, hall.reveal):
        with pytest.raises(Refusal):
            step()
    hall.cosign(HOUR + timedelta(minutes=1))
    hall.open_envelopes()
    hall.reveal()
    hall.conclude()
    with refused("head_not_cosigned"):
        queries.make_bundle(session, hall.draw_id)
    assert queries.get_draw(session, hall.draw_id).cosigned == {
        "committed": (2, 2),
        "closed": (2, 2),
        "concluded": (0, 2),
    }
    session.rollback()
    with refused("head_not_cosigned"):
        hall.call("P1")
    hall.cosign(HOUR + timedelta(minutes=4))
    hall.void("P1")
    with refused("head_not_cosigned"):
        hall.replace("P1")

    # The void is not under a cosigned head yet: the bundle ends before it.
    pins = json.loads(queries.make_pins(session, hall.draw_id))
    assert verify_draw.verify(queries.make_bundle(session, hall.draw_id), pins)["prizes"][0]["state"] == "waiting"
    session.rollback()
    hall.cosign(HOUR + timedelta(minutes=8))
    came = hall.replace("P1")
    found = verify_draw.verify(queries.make_bundle(session, hall.draw_id), pins)
    assert found["prizes"][0] == {"place": "P1", "state": "voided", "ticket": None}
    session.rollback()
    hall.cosign(HOUR + timedelta(minutes=9))
    found = verify_draw.verify(queries.make_bundle(session, hall.draw_id), pins)
    assert found["prizes"][0] == {"place": "P1", "state": "waiting", "ticket": came}
    assert len(pins["witnesses"]) == 2


@pytest.mark.sqlite_only
def test_a_word_after_the_hour_saves_no_commitment(engine: sa.Engine, tmp_path: Path) -> None:
    hall = make_hall(engine, tmp_path, 6, quorum=1)
    with refused("draw_witnesses_too_few"):
        hall.commit()
    hall.enrol("jury")
    hall.commit()
    hall.tablets[0].time = int(HOUR.timestamp()) + 1
    with hall.at(HOUR + timedelta(minutes=1)) as deed:
        head = list_checkpoints(deed.session)[0]
        line = hall.tablets[0].cosign(head.note, 0).removeprefix(head.note)
        take_cosignature(deed, size=head.size, line=line)

    with refused("head_not_cosigned"):
        hall.hand_in("juror")


@pytest.mark.sqlite_only
def test_a_cancelled_draw_stays_in_the_register_and_has_a_bundle(hall: Hall, session: Session) -> None:
    with refused("draw_not_committed"):
        cancel(hall)
    hall.commit()
    with refused("cancel_reason_unknown"):
        cancel(hall, "bad_weather")
    with refused("cancel_late"):
        cancel(hall, minutes=0)
    hall.hand_in("juror")
    cancel(hall)
    for step in (cancel, Hall.count, Hall.close, Hall.reveal, Hall.conclude):
        with refused("draw_is_cancelled"):
            step(hall)
    with refused("draw_is_cancelled"):
        hall.call("P1")
    with refused("draw_already_committed"):
        hall.commit()

    draw = queries.get_draw(session, hall.draw_id)
    assert (draw.state, draw.cancel_reason, draw.number) == ("cancelled", "postponed", 1)
    found = verify_draw.verify(queries.make_bundle(session, draw.id), json.loads(queries.make_pins(session, draw.id)))
    assert (found["verdict"], found["reason"]) == ("cancelled", "postponed")


def test_the_register_closes_once_and_no_draw_comes_after(hall: Hall, session: Session) -> None:
    with hall.at(COMMITTED) as deed:
        late = actions.set_up_draw(deed, new_draw(hall.edition_id, hall.witnesses, code="DR2"), hall.entrants())
    hall.play_until("conclude")
    close_register(hall)
    with refused("draw_register_closed"):
        close_register(hall)
    with refused("draw_register_closed"):
        replace(hall, draw_id=late).commit()
    hall.claim("P1")
    with hall.at(HOUR + timedelta(hours=2)) as deed:
        actions.sign_tail(deed, draw_id=hall.draw_id, keys=hall.keys)

    register = queries.get_register(session, hall.edition_id)
    assert register is not None
    assert (register.count, register.last) == (1, hall.commitment)
    bundle = json.loads(queries.make_bundle(session, hall.draw_id))
    assert [json.loads(entry["body"])["code"] for entry in bundle["entries"]][-2:] == [
        "draw.register_closed",
        "draw.claimed",
    ]
    assert verify_draw.verify(queries.make_bundle(session, hall.draw_id))["prizes"][0]["state"] == "claimed"


@pytest.mark.sqlite_only
def test_a_plan_changes_until_it_is_committed(hall: Hall, session: Session) -> None:
    new = new_draw(hall.edition_id, hall.witnesses, code="DR9", title_fr="Autre titre", substitutes=1)
    with hall.at(COMMITTED) as deed:
        actions.change_draw(deed, draw_id=hall.draw_id, new=new)
    draw = queries.get_draw_by_code(session, hall.edition_id, "DR9")
    assert (draw.title_fr, draw.substitutes, draw.tickets, len(draw.prizes), len(draw.seats)) == (
        "Autre titre",
        1,
        4,
        2,
        3,
    )
    session.rollback()

    with hall.at(COMMITTED) as deed:
        actions.change_draw(deed, draw_id=hall.draw_id, new=replace(new, entry_rule=EntryRule()))
    assert queries.get_draw(session, hall.draw_id).tickets == 0  # made under another rule
    session.rollback()
    with refused("draw_empty"):
        hall.commit()
    with hall.at(COMMITTED) as deed:
        actions.set_entrants(deed, draw_id=hall.draw_id, entrants=hall.entrants())
    hall.commit()
    for step in (
        lambda deed: actions.change_draw(deed, draw_id=hall.draw_id, new=new),
        lambda deed: actions.discard_draw(deed, draw_id=hall.draw_id),
    ):
        with refused("draw_list_sealed"), hall.at(COMMITTED) as deed:
            step(deed)


@pytest.mark.sqlite_only
def test_a_draw_that_was_never_committed_is_thrown_away_and_leaves_no_gap(hall: Hall, session: Session) -> None:
    with hall.at(COMMITTED) as deed:
        actions.discard_draw(deed, draw_id=hall.draw_id)
    with refused("draw_not_found"):
        queries.get_draw(session, hall.draw_id)
    assert list_entries(session, EntryFilter(code="draw.discarded")).rows[0].facts == {"code": "DR1"}
    session.rollback()
    with hall.at(COMMITTED) as deed:
        hall.draw_id = actions.set_up_draw(deed, new_draw(hall.edition_id, hall.witnesses), hall.entrants())
    hall.commit()
    assert queries.get_draw(session, hall.draw_id).number == 1


@pytest.mark.sqlite_only
def test_one_object_is_in_one_live_draw(hall: Hall) -> None:
    film = actions.NewPrize("شريط", "film", mark="INV-7")
    other = new_draw(hall.edition_id, hall.witnesses, code="DR2", prizes=(film,))

    def change(**different: object) -> None:
        with hall.at(COMMITTED) as deed:
            new = new_draw(hall.edition_id, hall.witnesses, **different)
            actions.change_draw(deed, draw_id=hall.draw_id, new=new)

    def set_up() -> int:
        with hall.at(COMMITTED) as deed:
            return actions.set_up_draw(deed, other, hall.entrants())

    change(prizes=(film,))
    with refused("prize_in_another_draw"):
        set_up()
    hall.commit()
    with hall.at(COMMITTED + timedelta(minutes=1)) as deed:
        actions.withdraw_prize(deed, draw_id=hall.draw_id, place="P1", reason="not_available")
    hall.draw_id = set_up()
    with refused("prize_mark_twice"):
        change(code="DR2", prizes=(film, film))
        hall.commit()
    change(code="DR2", prizes=(film,))
    hall.commit()
    cancel(hall)
    with hall.at(COMMITTED) as deed:
        actions.set_up_draw(deed, replace(other, code="DR3"))


@pytest.mark.sqlite_only
def test_a_prize_withdrawn_before_the_draw_moves_nobody(hall: Hall, session: Session) -> None:
    hall.commit()
    with hall.at(COMMITTED + timedelta(minutes=1)) as deed:
        actions.withdraw_prize(deed, draw_id=hall.draw_id, place="P1", reason="not_available")
    for step in ("hand_in", "count", "close", "open_envelopes", "reveal", "conclude"):
        getattr(hall, step)()

    draw = queries.get_draw(session, hall.draw_id)
    assert [(pick.place, pick.rank) for pick in draw.picks] == [("P1", 1), ("P2", 2), ("S1", 3), ("S2", 4)]
    states = [prize["state"] for prize in verify_draw.verify(queries.make_bundle(session, draw.id))["prizes"]]
    assert states == ["withdrawn", "waiting"]


@pytest.mark.sqlite_only
def test_the_verifier_of_a_commitment_is_kept_by_its_hash(hall: Hall, session: Session) -> None:
    hall.commit()

    draw = queries.get_draw(session, hall.draw_id)
    assert draw.verifier_sha256 == verifier_sha256()
    assert queries.find_verifier(session, verifier_sha256()) == verifier_bytes()
    assert queries.find_verifier(session, "00" * 32) is None
    session.execute(sa.text("UPDATE draw_verifier SET sha256 = :old"), {"old": "ab" * 32})
    assert queries.find_verifier(session, "ab" * 32) == verifier_bytes()


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE draw_entrant SET group_token = 'G' WHERE reasons = ''",
        "UPDATE draw_entrant SET reasons = 'award_winner' WHERE id = (SELECT min(id) FROM draw_entrant)",
        "UPDATE draw SET most_per_group = 2",
        "UPDATE draw SET announced_at = '2026-12-06 16:00:00.000000'",
        "UPDATE draw_prize SET title_fr = 'rien' WHERE position = 1",
        "UPDATE draw_seat SET public_key = NULL WHERE code = 'juror'",
    ],
)
def test_what_was_committed_and_changed_underneath_is_not_drawn(hall: Hall, engine: sa.Engine, change: str) -> None:
    hall.play_until("reveal")
    with engine.begin() as connection:
        connection.execute(sa.text(change))

    with refused("draw_altered"):
        hall.conclude()


@pytest.mark.sqlite_only
def test_visitors_whom_a_gate_let_in_are_drawn_without_a_name(act, session: Session, tmp_path: Path, engine) -> None:
    with act() as deed:
        came = came_to_the_fair(deed)

    found = {each.thing: each for each in queries.list_candidates(session, came.edition, pool="visitors")}

    assert set(found) == {f"person:{number}" for number in (came.youssef, came.mina, came.fadma)}
    assert {len(each.days_present) for each in found.values()} == {1}
    hall = Hall(engine, Keyring(tmp_path / "keys"), edition_id=came.edition)
    new = new_draw(came.edition, hall.witnesses, pool="visitors", entry_rule=EntryRule(), substitutes=0)
    session.rollback()
    with hall.at(COMMITTED) as deed:
        hall.draw_id = actions.set_up_draw(deed, new, list(found.values()))
    hall.commit()
    ((_, ticket),) = queries.list_tickets_of(session, came.edition, person_id=came.mina)
    draw = queries.get_draw(session, hall.draw_id)
    assert (ticket.size, ticket.root, draw.pool) == (3, draw.list_root, "visitors")
    assert {row.name_ar for row in queries.list_entrants(session, draw)} == {""}
    session.rollback()

    # Two of them turn out to be one: the ticket follows, but in a list where both stand each keeps their own.
    with act() as deed:
        other = make_person(deed, came.edition, FADMA)
        done = TICKETS.move(deed, other, came.mina)
        assert TICKETS.move(deed, other, came.fadma)["tickets"] == []
    assert list_kept(session, [other])[0]["title_fr"] == draw.title_fr
    session.rollback()
    with act() as deed:
        TICKETS.restore(deed, other, came.mina, done)
    ((_, again),) = queries.list_tickets_of(session, came.edition, person_id=came.mina)
    assert again == ticket
