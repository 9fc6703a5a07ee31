"""From the result to the prize in the winner's hands, on both databases; the bundle tells the same story."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.draws import FIRST_COUNTER, HOUR, SECOND_COUNTER, Hall, make_hall, new_draw
from village.audit.queries import EntryFilter, list_entries, verify_log
from village.draws import actions, queries, verify_draw
from village.draws.retiring import KEEPERS
from village.draws.rules.eligibility import Entrant, EntryRule
from village.exhibitors.actions import add_delegates
from village.kit.deeds import SYSTEM, begin
from village.kit.refusal import Refusal
from village.kit.storage import FileStorage
from village.people.rules.retention import FILES

if TYPE_CHECKING:
    from pathlib import Path

    import sqlalchemy as sa
    from sqlalchemy.orm import Session


@pytest.fixture
def hall(engine: sa.Engine, tmp_path: Path) -> Hall:
    """A hall with a result: two winners, two substitutes, six more tickets."""
    hall = make_hall(engine, tmp_path)
    hall.play_until("conclude")
    return hall


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    """Expect a refusal by its code."""
    return pytest.RaisesExc(Refusal, check=lambda refusal: refusal.code == code)


def picture() -> bytes:
    """A photograph with a word in it that nobody should keep."""
    out, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (40, 30), "green").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_after_three_years_a_draw_names_nobody_and_still_proves_itself(
    hall: Hall, session: Session, tmp_path: Path
) -> None:
    storage = FileStorage(tmp_path / "files")
    hall.claim("P1")
    hall.hand_over("P1", storage, picture())
    with hall.at(HOUR + timedelta(minutes=10)) as deed:
        actions.note_incident(deed, draw_id=hall.draw_id, text_fr="Monsieur Ouali est parti tôt.")
    before, bundle = queries.get_draw(session, hall.draw_id), queries.make_bundle(session, hall.draw_id)
    session.rollback()
    with begin(hall.engine, actor=SYSTEM, now=HOUR + timedelta(days=1100)) as deed:
        first, again = ([keeper.forget(deed, hall.edition_id, 9) for keeper in KEEPERS] for _ in range(2))
        assert deed.notes[FILES] == [queries.minutes_key(hall.draw_id), before.turns[0].proof_key]
    assert (first[0] > 0, first[1], again) == (True, 1, [0, 0])
    after = queries.get_draw(session, hall.draw_id)
    assert {each.name_fr for each in (*after.members, *after.seats)} <= {"", "(nom effacé)"}
    assert [(each.text_ar, each.text_fr) for each in after.incidents] == [("(نص محذوف)", "(texte effacé)")]
    assert (after.turns[0].proof_key, after.turns[0].proof) == (None, before.turns[0].proof)
    assert queries.make_bundle(session, hall.draw_id) == bundle


def test_from_three_calls_to_the_prize_in_somebody_elses_hands(hall: Hall, session: Session, tmp_path: Path) -> None:
    storage = FileStorage(tmp_path / "files")
    hall.call("P1", 3)
    hall.void("P1", "absent_three_calls")
    came = hall.replace("P1")
    hall.call("P1")
    hall.claim("P1")
    hall.hand_over("P1", storage, picture())
    with hall.at(HOUR + timedelta(minutes=10)) as deed:
        actions.withdraw_prize(deed, draw_id=hall.draw_id, place="P2", reason="unfit")
        actions.sign_tail(deed, draw_id=hall.draw_id, keys=hall.keys)

    held = [queries.find_ticket(session, hall.draw_id, exhibitor_id=number) for number in hall.exhibitors.values()]
    lost = [(each.place, each.rank, each.lost) for each in held if each is not None and each.lost]
    assert sorted(lost) == [("P1", 1, "voided"), ("P2", 2, "withdrawn")]
    draw = queries.get_draw(session, hall.draw_id)
    first, second = [turn for turn in draw.turns if turn.place == "P1"]
    assert (first.token, first.state, first.calls, first.replaced) == (draw.picks[0].token, "voided", 3, True)
    assert (second.token, second.turn, second.rank, second.state) == (came, 1, 3, "handed_over")
    assert came == draw.substitutes_drawn[0].token
    assert first.signed_by == tuple(sorted((str(FIRST_COUNTER), str(SECOND_COUNTER))))
    assert second.name_fr.startswith("Coopérative")
    assert draw.prizes[1].withdrawn_reason == "unfit"
    assert second.proof_key is not None
    kept = storage.get(second.proof_key)
    assert second.proof == hashlib.sha256(kept).hexdigest()
    assert b"taken at home" not in kept
    assert [head.step for head in draw.heads] == ["committed", "closed", "concluded", "voided.P1.0"]

    found = verify_draw.verify(queries.make_bundle(session, draw.id), json.loads(queries.make_pins(session, draw.id)))
    assert found["prizes"] == [
        {"place": "P1", "state": "handed_over", "ticket": came},
        {"place": "P2", "state": "withdrawn", "ticket": None},
    ]
    assert verify_log(session, hall.keys).ok


@pytest.mark.sqlite_only
def test_the_bundle_reaches_to_the_newest_head_and_changes_no_more(hall: Hall, session: Session) -> None:
    hall.claim("P1")
    before = queries.make_bundle(session, hall.draw_id)
    assert verify_draw.verify(before)["prizes"][0]["state"] == "waiting"
    session.rollback()

    with hall.at(HOUR + timedelta(minutes=10)) as deed:
        actions.sign_tail(deed, draw_id=hall.draw_id, keys=hall.keys)
    after = queries.make_bundle(session, hall.draw_id)
    assert verify_draw.verify(after)["prizes"][0]["state"] == "claimed"
    session.rollback()

    with hall.at(HOUR + timedelta(minutes=11)) as deed:
        actions.note_incident(deed, draw_id=hall.draw_id, text_fr="rien")
        actions.sign_tail(deed, draw_id=hall.draw_id, keys=hall.keys)
    assert queries.make_bundle(session, hall.draw_id) == after


@pytest.mark.sqlite_only
def test_voids_are_replaced_in_their_order(hall: Hall, session: Session) -> None:
    with refused("nobody_to_replace"):
        hall.replace("P1")
    hall.void("P2")
    hall.void("P1")
    assert queries.get_draw(session, hall.draw_id).waiting == ("P2", "P1")
    session.rollback()
    with refused("not_its_turn_to_be_replaced"):
        hall.replace("P1")

    came = [hall.replace("P2"), hall.replace("P1")]

    draw = queries.get_draw(session, hall.draw_id)
    assert came == [pick.token for pick in draw.substitutes_drawn]
    assert draw.waiting == ()
    found = verify_draw.verify(queries.make_bundle(session, draw.id))
    assert [prize["ticket"] for prize in found["prizes"]] == came[::-1]


@pytest.mark.sqlite_only
def test_one_word_voids_nothing_and_only_accounts_have_one(hall: Hall, session: Session) -> None:
    with refused("void_by_account_only"):
        hall.sign_void("P1", actor=SYSTEM)
    assert not hall.sign_void("P1")
    with refused("void_signed_already"):
        hall.sign_void("P1")
    with refused("nobody_to_replace"):
        hall.replace("P1")
    assert queries.get_draw(session, hall.draw_id).turns[0].state == "waiting"
    session.rollback()

    assert not hall.sign_void("P1", "not_eligible", SECOND_COUNTER)
    assert hall.sign_void("P1", "not_eligible")

    voided = list_entries(session, EntryFilter(code="draw.voided")).rows[0]
    assert voided.facts["signed"] == sorted((str(FIRST_COUNTER), str(SECOND_COUNTER)))
    hall.replace("P1")
    session.rollback()
    assert verify_draw.verify(queries.make_bundle(session, hall.draw_id))["prizes"][0]["state"] == "waiting"


def test_a_badge_claims_the_prize_of_its_cooperative_once(hall: Hall, session: Session) -> None:
    winner = queries.get_draw(session, hall.draw_id).picks[0]
    with hall.at(HOUR) as deed:
        add_delegates(deed, [(hall.witnesses.person_id, hall.exhibitors[winner.code])])

    def scan() -> str:
        with hall.at(HOUR + timedelta(minutes=6)) as deed:
            return actions.claim_by_badge(deed, draw_id=hall.draw_id, person_id=hall.witnesses.person_id)

    assert scan() == "P1"
    with refused("turn_already_claimed"):
        scan()
    with refused("badge_not_drawn"), hall.at(HOUR) as deed:
        actions.claim_by_badge(deed, draw_id=hall.draw_id, person_id=999)
    session.rollback()
    assert queries.get_draw(session, hall.draw_id).turns[0].claimed_by == "badge"


@pytest.mark.sqlite_only
def test_what_is_refused_after_the_result(hall: Hall, session: Session, tmp_path: Path) -> None:
    storage = FileStorage(tmp_path / "files")
    with refused("turn_not_claimed"):
        hall.hand_over("P1", storage)
    with refused("void_without_calls"):
        hall.sign_void("P1", "absent_three_calls")
    for place in ("P3", "S1"):
        with refused("place_unknown"):
            hall.call(place)
    hall.claim("P1")
    with refused("photo_kind_wrong"):
        hall.hand_over("P1", storage, b"GIF89a and more")
    hall.hand_over("P1", storage)
    with refused("turn_not_waiting"), hall.at(HOUR) as deed:
        actions.withdraw_prize(deed, draw_id=hall.draw_id, place="P1", reason="unfit")
    with hall.at(HOUR) as deed:
        actions.withdraw_prize(deed, draw_id=hall.draw_id, place="P2", reason="given_back")
    for again in (
        lambda deed: actions.withdraw_prize(deed, draw_id=hall.draw_id, place="P2", reason="given_back"),
        lambda deed: actions.call_turn(deed, draw_id=hall.draw_id, place="P2"),
    ):
        with refused("place_withdrawn"), hall.at(HOUR) as deed:
            again(deed)
    with refused("draw_closed"), hall.at(HOUR - timedelta(hours=1)) as deed:
        actions.cancel_draw(deed, draw_id=hall.draw_id, reason="postponed", keys=hall.keys)
    with refused("beacon_not_planned"), hall.at(HOUR) as deed:
        actions.bring_beacon(deed, draw_id=hall.draw_id, signature="00" * 48)
    assert queries.get_draw(session, hall.draw_id).turns[0].proof is None


@pytest.mark.sqlite_only
def test_a_ticket_follows_its_holder_through_every_committed_draw(hall: Hall, session: Session) -> None:
    winner = queries.get_draw(session, hall.draw_id).picks[1]
    holder = hall.exhibitors[winner.code]

    ((card, ticket),) = queries.list_tickets_of(session, hall.edition_id, exhibitor_id=holder)

    assert (card.code, ticket.token, ticket.place, ticket.rank) == ("DR1", winner.token, "P2", 2)
    assert (ticket.group is not None, ticket.lost) == (True, "")
    assert queries.list_tickets_of(session, hall.edition_id, person_id=hall.witnesses.person_id) == []
    entrants = [Entrant(f"person:{hall.witnesses.person_id}")]
    session.rollback()
    with hall.at(HOUR) as deed:
        new = new_draw(hall.edition_id, hall.witnesses, code="DR2", pool="visitors", entry_rule=EntryRule())
        actions.set_up_draw(deed, new, entrants)
    assert queries.list_tickets_of(session, hall.edition_id, person_id=hall.witnesses.person_id) == []
