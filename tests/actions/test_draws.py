"""The draw of the film, step by step, on both databases; and everything that is refused on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.draws import COMMITTED, HOUR, NUMBERS, SECOND_COUNTER, Hall, make_hall
from village.audit.queries import EntryFilter, list_entries, verify_log
from village.draws import actions, queries, verify_draw
from village.draws.rules.eligibility import Entrant, Reason
from village.draws.rules.envelope import Opening
from village.draws.rules.plan import SeatKind
from village.draws.rules.verifier import FILE, verifier_sha256
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    import sqlalchemy as sa
    from sqlalchemy.orm import Session


@pytest.fixture
def hall(engine: sa.Engine, tmp_path: Path) -> Hall:
    """A hall with an open draw of ten cooperatives; two more were left out."""
    return make_hall(engine, tmp_path)


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    """Expect a refusal by its code."""
    return pytest.RaisesExc(Refusal, check=lambda refusal: refusal.code == code)


def test_from_the_list_to_the_result(hall: Hall, session: Session) -> None:
    hall.play_until("conclude")

    draw = queries.get_draw(session, hall.draw_id)
    assert draw.state == "drawn"
    assert [(pick.place, pick.rank) for pick in draw.picks] == [("P1", 1), ("P2", 2), ("S1", 3), ("S2", 4)]
    assert len({pick.token for pick in draw.picks}) == 4
    assert {row.reason: row.count for row in draw.reasons} == {Reason.ABSENT: 1, Reason.AWARD: 1}
    ranks = [each.rank for each in queries.list_entrants(session, draw)]
    assert ranks == [*range(1, 11), None, None]


def test_the_bundle_is_exact_for_the_stand_alone_verifier(hall: Hall, session: Session, tmp_path: Path) -> None:
    hall.play_until("conclude")
    (tmp_path / "bundle.json").write_bytes(queries.make_bundle(session, hall.draw_id))
    (tmp_path / "keys.json").write_bytes(queries.make_pins(session, hall.draw_id))

    pinned = run_verifier(tmp_path, "bundle.json", "--pin", "keys.json")
    alone = run_verifier(tmp_path, "bundle.json")

    draw = queries.get_draw(session, hall.draw_id)
    assert pinned["verdict"] == alone["verdict"] == "drawn"
    assert (pinned["mode"], alone["mode"]) == ("pinned", "self_consistent")
    assert [pick["ticket"] for pick in pinned["picks"]] == [pick.token for pick in draw.picks]
    assert pinned["seed"] == draw.seed
    assert pinned["verifier_sha256"] == verifier_sha256()


def run_verifier(folder: Path, *arguments: str) -> dict[str, object]:
    """Run a copy of the verifier far from our code, without our packages on its path."""
    copy = folder / "verify_draw.py"
    copy.write_bytes(FILE.read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", "-S", copy.name, *arguments, "--json"], cwd=folder, capture_output=True, check=True
    )
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_every_step_is_in_the_log_and_the_log_holds(hall: Hall, session: Session) -> None:
    hall.play_until("conclude")

    lines = list_entries(session, EntryFilter(thing=f"draw:{hall.draw_id}"), limit=100).rows
    assert [line.code for line in reversed(lines)] == [
        "draw.set_up",
        "draw.list_made",
        "draw.committed",
        *["draw.envelope_handed_in"] * 3,
        *["draw.counted"] * 2,
        "draw.closed",
        *["draw.envelope_opened"] * 3,
        "draw.revealed",
        "draw.concluded",
    ]
    assert verify_log(session, hall.keys).ok
    assert all("تعاونية" not in line.body.decode() for line in lines)


def test_the_list_cannot_be_edited_after_the_commitment(hall: Hall, session: Session) -> None:
    hall.commit()
    before = queries.get_draw(session, hall.draw_id).list_root
    session.rollback()

    with refused("draw_list_sealed"), hall.at(COMMITTED + timedelta(minutes=1)) as deed:
        actions.set_entrants(deed, draw_id=hall.draw_id, entrants=hall.entrants()[1:])

    assert queries.get_draw(session, hall.draw_id).list_root == before


def test_the_list_can_be_made_again_before(hall: Hall, session: Session) -> None:
    with hall.at(COMMITTED - timedelta(minutes=1)) as deed:
        actions.set_entrants(deed, draw_id=hall.draw_id, entrants=hall.entrants()[:5])

    assert queries.get_draw(session, hall.draw_id).tickets == 5


def test_a_draw_is_committed_once(hall: Hall) -> None:
    hall.commit()

    with refused("draw_already_committed"):
        hall.commit(COMMITTED + timedelta(minutes=1))


def test_the_commitment_comes_a_minute_before_the_hour(hall: Hall) -> None:
    with refused("draw_committed_late"):
        hall.commit(HOUR - timedelta(seconds=59))

    hall.commit(HOUR - timedelta(seconds=60))


def test_an_empty_list_is_not_committed(hall: Hall) -> None:
    with hall.at(COMMITTED) as deed:
        actions.set_entrants(deed, draw_id=hall.draw_id, entrants=[])

    with refused("draw_empty"):
        hall.commit()


def test_nothing_is_handed_in_before_the_commitment(hall: Hall) -> None:
    with refused("draw_not_committed"):
        hall.hand_in("juror")


def test_no_contribution_after_the_close(hall: Hall) -> None:
    hall.commit()
    hall.hand_in()
    hall.count()
    hall.close()

    with refused("draw_closed"):
        hall.hand_in("juror")
    with refused("draw_closed"):
        hall.count()


def test_an_envelope_signed_by_another_key_is_refused(hall: Hall) -> None:
    hall.commit()
    hall.witnesses.keys["juror"] = hall.witnesses.keys["bailiff"]

    with refused("envelope_bad_signature"):
        hall.hand_in("juror")


def test_an_envelope_of_another_draw_is_refused(hall: Hall) -> None:
    hall.commit()
    hall.commitment = "ab" * 32

    with refused("envelope_bad_signature"):
        hall.hand_in("juror")


def test_a_seat_hands_in_once(hall: Hall) -> None:
    hall.commit()
    hall.hand_in("juror")
    hall.witnesses.numbers["juror"] = "482914"

    with refused("envelope_already_in"):
        hall.hand_in("juror")


def test_all_envelopes_are_in_before_any_is_opened(hall: Hall) -> None:
    hall.commit()
    hall.hand_in("juror", "bailiff")
    hall.count()

    with refused("draw_not_closed"):
        hall.open_envelopes("juror")
    with refused("envelopes_missing"):
        hall.close()


def test_the_draw_does_not_close_before_its_hour(hall: Hall) -> None:
    hall.commit()
    hall.hand_in()
    hall.count()

    with refused("draw_before_its_hour"):
        hall.close(HOUR - timedelta(seconds=1))


def test_unequal_counts_keep_the_draw_open_until_they_agree(hall: Hall, session: Session) -> None:
    hall.commit()
    hall.hand_in()
    hall.count(second=hall.tickets - 1)

    with refused("counts_differ"):
        hall.close()
    with hall.at(HOUR, SECOND_COUNTER) as deed:
        actions.record_count(deed, draw_id=hall.draw_id, counted=hall.tickets)
    hall.close()

    counted = list_entries(session, EntryFilter(code="draw.counted")).rows
    assert [line.facts["counted"] for line in reversed(counted)] == [10, 9, 10]


def test_one_person_is_not_two_counters(hall: Hall) -> None:
    hall.commit()
    hall.hand_in()
    for _ in range(2):
        with hall.at(HOUR) as deed:
            actions.record_count(deed, draw_id=hall.draw_id, counted=hall.tickets)

    with refused("counts_missing"):
        hall.close()


def test_an_opened_number_must_be_the_sealed_one(hall: Hall) -> None:
    hall.play_until("close")

    sealed = hall.witnesses.opening("juror")
    for false in (
        Opening("juror", "482914", sealed.nonce),
        Opening("juror", sealed.value, "00" * 16),
        Opening("juror", sealed.value, None),
        Opening("juror", "0" + sealed.value, sealed.nonce),
    ):
        with refused("envelope_mismatch"), hall.at(HOUR) as deed:
            actions.open_envelope(deed, draw_id=hall.draw_id, opening=false)


def test_one_closed_envelope_keeps_the_draw_pending(hall: Hall) -> None:
    hall.play_until("close")
    hall.open_envelopes("juror", "bailiff")

    with refused("envelopes_not_open"):
        hall.reveal()


def test_a_changed_secret_is_refused(hall: Hall, session: Session) -> None:
    hall.play_until("open_envelopes")

    with refused("secret_changed"):
        hall.reveal(b"another secret of 32 bytes ......")

    assert queries.get_draw(session, hall.draw_id).state == "closed"


def test_nothing_is_revealed_twice(hall: Hall, session: Session) -> None:
    hall.play_until("reveal")
    seed = queries.get_draw(session, hall.draw_id).seed

    with refused("draw_already_revealed"):
        hall.reveal()
    with refused("draw_already_revealed"):
        hall.open_envelopes("juror")

    session.rollback()
    assert queries.get_draw(session, hall.draw_id).seed == seed


def test_a_draw_is_concluded_once(hall: Hall) -> None:
    hall.play_until("conclude")

    with refused("draw_already_drawn"):
        hall.conclude()


def test_the_secret_is_shown_only_once_revealed(hall: Hall, session: Session) -> None:
    hall.play_until("open_envelopes")
    assert queries.get_draw(session, hall.draw_id).secret is None
    session.rollback()

    hall.reveal()
    assert len(queries.get_draw(session, hall.draw_id).secret or "") == 64


def test_a_witness_who_is_a_delegate_of_a_ticket_holder_is_refused(hall: Hall, engine: sa.Engine) -> None:
    from village.exhibitors.actions import add_delegates

    with hall.at(COMMITTED - timedelta(minutes=5)) as deed:
        add_delegates(deed, [(hall.witnesses.person_id, hall.exhibitors["C01"])])

    with refused("witness_is_interested"):
        hall.commit()


def test_a_witness_with_a_ticket_of_their_own_is_refused(hall: Hall) -> None:
    with hall.at(COMMITTED - timedelta(minutes=5)) as deed:
        entrants = [*hall.entrants(), Entrant(f"person:{hall.witnesses.person_id}", days_present=frozenset(DAYS_ALL))]
        actions.set_entrants(deed, draw_id=hall.draw_id, entrants=entrants)

    with refused("witness_is_interested"):
        hall.commit()


DAYS_ALL = [(HOUR - timedelta(days=days)).date() for days in (0, 1, 2)]


def test_a_witness_tied_to_a_ticket_holder_is_refused(engine: sa.Engine, tmp_path: Path) -> None:
    hall = make_hall(engine, tmp_path, code="DR7")
    tied = actions.NewSeat("public", SeatKind.PUBLIC, tied_exhibitor_ids=frozenset({hall.exhibitors["C03"]}))
    with hall.at(COMMITTED) as deed:
        from tests.draws import new_draw

        seats = (*hall.witnesses.seats(), tied)
        new = new_draw(hall.edition_id, hall.witnesses, code="DR8", seats=seats)
        hall.draw_id = actions.set_up_draw(deed, new, hall.entrants())

    with refused("witness_is_interested"):
        hall.commit()


def test_a_witness_tied_to_someone_left_out_may_sit(engine: sa.Engine, tmp_path: Path) -> None:
    hall = make_hall(engine, tmp_path)
    tied = actions.NewSeat("public", SeatKind.PUBLIC, tied_exhibitor_ids=frozenset({hall.exhibitors["C12"]}))
    with hall.at(COMMITTED) as deed:
        from tests.draws import new_draw

        seats = (*hall.witnesses.seats(), tied)
        new = new_draw(hall.edition_id, hall.witnesses, code="DR8", seats=seats)
        hall.draw_id = actions.set_up_draw(deed, new, hall.entrants())

    hall.commit()


def test_draws_of_an_edition_are_numbered_without_a_gap_and_chained(hall: Hall, session: Session) -> None:
    from tests.draws import new_draw

    hall.commit()
    first = hall.commitment
    with hall.at(COMMITTED) as deed:
        new = new_draw(hall.edition_id, hall.witnesses, code="DR2")
        hall.draw_id = actions.set_up_draw(deed, new, hall.entrants())
    hall.play_until("conclude")

    bundle = queries.make_bundle(session, hall.draw_id)
    found = verify_draw.verify(bundle)
    assert found["number"] == 2
    assert first in bundle.decode()


def test_paper_envelopes_serve_where_a_seat_has_no_key(engine: sa.Engine, tmp_path: Path, session: Session) -> None:
    from village.draws.rules.envelope import Envelope

    seats = tuple(actions.NewSeat(code, SeatKind.PUBLIC) for code in NUMBERS)
    hall = make_hall(engine, tmp_path, seats=seats)
    hall.commit()
    for seat in NUMBERS:
        with hall.at(HOUR) as deed:
            actions.hand_in_sealed(deed, draw_id=hall.draw_id, envelope=Envelope(seat))
    hall.count()
    hall.close()
    for seat, number in NUMBERS.items():
        with hall.at(HOUR) as deed:
            actions.open_envelope(deed, draw_id=hall.draw_id, opening=Opening(seat, number))
    hall.reveal()
    hall.conclude()

    assert verify_draw.verify(queries.make_bundle(session, hall.draw_id))["seats"] == dict.fromkeys(NUMBERS, "paper")


def test_a_ticket_is_proven_to_be_in_the_list(hall: Hall, session: Session) -> None:
    from village.audit import merkle
    from village.kit.canonical import dumps

    hall.commit()

    mine = queries.find_ticket(session, hall.draw_id, exhibitor_id=hall.exhibitors["C01"])
    left_out = queries.find_ticket(session, hall.draw_id, exhibitor_id=hall.exhibitors["C12"])
    assert mine is not None
    assert left_out is not None
    assert left_out.reasons == (Reason.ABSENT,)
    document = verify_line(session, hall.draw_id)
    assert mine.root == document["tickets"]["root"]
    assert left_out.root == document["exclusions"]["root"]
    leaf = merkle.leaf_hash(dumps({"id": left_out.token, "reasons": ["absent_one_day"]}))
    path = [bytes.fromhex(part) for part in left_out.proof]
    assert merkle.verify_inclusion(left_out.index, left_out.size, leaf, path, bytes.fromhex(left_out.root))


def verify_line(session: Session, draw_id: int) -> dict[str, dict[str, str]]:
    """Read the commitment out of the log."""
    line = list_entries(session, EntryFilter(code="draw.committed", thing=f"draw:{draw_id}")).rows[0]
    document: dict[str, dict[str, str]] = line.facts["commitment"]
    return document


def test_candidates_are_the_accepted_with_the_days_they_came(hall: Hall, session: Session) -> None:
    from tests.cast import TIFAWIN
    from tests.draws import DAYS
    from tests.factories import make_exhibitor
    from village.exhibitors.actions import record_presence
    from village.exhibitors.rules import NewPresence, Presence

    came = {"C01": (Presence.PRESENT, Presence.LATE, Presence.PRESENT), "C02": (Presence.PRESENT, Presence.ABSENT)}
    with hall.at(COMMITTED) as deed:
        make_exhibitor(deed, hall.edition_id, TIFAWIN, accepted=False)
        notes = [
            NewPresence(hall.exhibitors[code], day, status)
            for code, statuses in came.items()
            for day, status in zip(DAYS, statuses, strict=False)
        ]
        record_presence(deed, notes)

    found = queries.list_candidates(
        session, hall.edition_id, award_winners=[hall.exhibitors["C03"]], tied=[hall.exhibitors["C04"]]
    )

    by_thing = {each.thing: each for each in found}
    facts = {code: by_thing[f"exhibitor:{number}"] for code, number in hall.exhibitors.items()}
    assert len(found) == len(hall.exhibitors)
    assert facts["C01"].days_present == frozenset(DAYS)
    assert facts["C02"].days_present == frozenset(DAYS[:1])
    assert [code for code, each in facts.items() if each.award_winner] == ["C03"]
    assert [code for code, each in facts.items() if each.tied_to_organiser] == ["C04"]
