"""A public beacon in a draw: its one round, whoever brings it, offline without it, and replacements by a round to come.

The rounds are those that drand's quicknet published, so the draws of these tests have their hours.
"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.draw_bundles import DRAW_ROUND, NEXT_ROUNDS, PERIOD, ROUNDS, hour_of
from tests.draws import Hall, make_hall, new_draw
from village.draws import actions, queries, verify_draw
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import sqlalchemy as sa
    from sqlalchemy.orm import Session

HOUR = hour_of(DRAW_ROUND)
SIGNATURE = ROUNDS[DRAW_ROUND]


@pytest.fixture(autouse=True)
def each_sum_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pairing takes most of a second: the village and the verifier ask for the same ones, each is computed once."""
    monkeypatch.setattr(verify_draw, "paired", SUMS)


SUMS = cache(verify_draw.paired)


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    """Expect a refusal by its code."""
    return pytest.RaisesExc(Refusal, check=lambda refusal: refusal.code == code)


def before_round(number: int) -> datetime:
    """An instant of a void that asks for this round: 30 s later the round before it is out, and this one is not."""
    return hour_of(number) - timedelta(seconds=30 + PERIOD, milliseconds=-100)


def verdict(session: Session, hall: Hall) -> dict[str, object]:
    """What the stand-alone verifier says under the keys taken home."""
    session.rollback()
    pins = json.loads(queries.make_pins(session, hall.draw_id))
    found: dict[str, object] = verify_draw.verify(queries.make_bundle(session, hall.draw_id), pins)
    return found


@pytest.mark.sqlite_only
def test_from_the_round_to_two_fresh_replacements(engine: sa.Engine, tmp_path: Path, session: Session) -> None:
    hall = make_hall(
        engine, tmp_path, 8, hour=HOUR, beacon_chain="quicknet", replacement="fresh", substitutes=0, fewest_seats=1
    )
    hall.commit()
    hall.hand_in("juror")
    hall.count()
    with refused("envelope_late"), hall.at(HOUR) as deed:
        envelope = hall.witnesses.envelope("bailiff", hall.commitment)
        actions.hand_in_sealed(deed, draw_id=hall.draw_id, envelope=envelope)
    with refused("draw_not_closed"):
        hall.bring_beacon(SIGNATURE)
    hall.close()
    hall.open_envelopes("juror")
    with refused("beacon_missing"):
        hall.reveal()
    with refused("beacon_wrong_signature"):
        hall.bring_beacon(ROUNDS[DRAW_ROUND + 1])
    with refused("beacon_signature_malformed"):
        hall.bring_beacon(SIGNATURE[:-2])
    # Whoever types it may part it with blanks and use capitals.
    randomness = hall.bring_beacon(f" {SIGNATURE[:48].upper()} {SIGNATURE[48:]}\n")
    assert randomness == hashlib.sha256(bytes.fromhex(SIGNATURE)).hexdigest()
    with refused("beacon_already_brought"):
        hall.bring_beacon(SIGNATURE)
    hall.reveal()
    hall.conclude()
    with refused("nobody_to_replace"):
        hall.bring_beacon(SIGNATURE)

    came = []
    for place, number in zip(("P2", "P1"), NEXT_ROUNDS, strict=True):
        hall.void(place, when=before_round(number))
        with refused("beacon_missing"):
            hall.replace(place)
        hall.bring_beacon(ROUNDS[number], hour_of(number))
        with refused("beacon_already_brought"):
            hall.bring_beacon(ROUNDS[number], hour_of(number))
        came.append(hall.replace(place, hour_of(number)))

    session.rollback()
    draw = queries.get_draw(session, hall.draw_id)
    assert [(turn.place, turn.iteration) for turn in draw.turns[2:]] == [("P2", 1), ("P1", 2)]
    assert [turn.next_round for turn in draw.turns[:2]] == [NEXT_ROUNDS[1], NEXT_ROUNDS[0]]
    assert draw.beacon is not None
    assert (draw.beacon.round, draw.beacon.due_at, draw.beacon.randomness) == (DRAW_ROUND, HOUR, randomness)
    assert draw.rounds_brought == {DRAW_ROUND, *NEXT_ROUNDS}
    assert len({turn.token for turn in draw.turns}) == 4
    assert verdict(session, hall)["prizes"] == [
        {"place": "P1", "state": "waiting", "ticket": came[1]},
        {"place": "P2", "state": "waiting", "ticket": came[0]},
    ]


@pytest.mark.sqlite_only
def test_a_beacon_alone_is_enough(engine: sa.Engine, tmp_path: Path, session: Session) -> None:
    hall = make_hall(
        engine, tmp_path, 5, hour=HOUR, beacon_chain="quicknet", seats=(), fewest_seats=0, uses_secret=False
    )
    hall.commit()
    hall.count()
    hall.close()
    hall.bring_beacon(SIGNATURE)
    hall.reveal()
    hall.conclude()

    assert verdict(session, hall)["verdict"] == "drawn"


@pytest.mark.sqlite_only
def test_offline_before_the_round_and_never_after_it(engine: sa.Engine, tmp_path: Path, session: Session) -> None:
    hall = make_hall(engine, tmp_path, 5, hour=HOUR, beacon_chain="quicknet", fewest_seats=0)
    hall.commit()
    with refused("offline_late"):
        hall.go_offline(HOUR)
    hall.go_offline()
    with refused("draw_already_offline"):
        hall.go_offline()
    hall.hand_in("juror")
    hall.count()
    with refused("envelopes_missing"):
        hall.close()
    with hall.at(HOUR + timedelta(minutes=1)) as deed:  # without a beacon an envelope may come after the hour
        envelope = hall.witnesses.envelope("bailiff", hall.commitment)
        actions.hand_in_sealed(deed, draw_id=hall.draw_id, envelope=envelope)
    hall.close(HOUR + timedelta(minutes=2))
    hall.open_envelopes("juror", "bailiff")
    with refused("beacon_not_planned"):
        hall.bring_beacon(SIGNATURE)
    hall.reveal()
    hall.conclude()

    assert verdict(session, hall)["verdict"] == "drawn"
    draw = queries.get_draw(session, hall.draw_id)
    assert [head.step for head in draw.heads] == ["committed", "went_offline", "closed", "concluded"]
    assert not draw.beacon_counts


@pytest.mark.sqlite_only
def test_only_the_known_chain_is_planned(engine: sa.Engine, tmp_path: Path) -> None:
    hall = make_hall(engine, tmp_path, 4)

    with refused("beacon_chain_unknown"), hall.at(HOUR) as deed:
        new = new_draw(hall.edition_id, hall.witnesses, code="DR2", beacon_chain="ours")
        actions.set_up_draw(deed, new, hall.entrants())
