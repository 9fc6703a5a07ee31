"""What may be planned, and the ways out before the hour: without application or database."""

from __future__ import annotations

import base64
import copy
import struct
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.draws import COMMITTED, HOUR
from tests.rules.test_draws import PLAN, TICKETS
from village.draws.rules import leaving, revealing, states
from village.draws.rules.cosigned import count_in_time
from village.draws.rules.envelope import Envelope, Opening
from village.draws.rules.households import groups_of
from village.draws.rules.plan import BeaconPlan, Commitment, Plan, Prize, Replacement, why_not_plan, why_not_untouched
from village.kit import lot
from village.kit.refusal import Refusal

WITH_BEACON = replace(PLAN, beacon=BeaconPlan("quicknet", 34000000))
BEFORE = HOUR - timedelta(minutes=5)
RANDOM = "5a" * 32


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    """Expect a refusal by its code."""
    return pytest.RaisesExc(Refusal, check=lambda refusal: refusal.code == code)


def sealed(plan: Plan = WITH_BEACON) -> states.SealedDraw:
    """A committed draw."""
    draw = states.OpenDraw(plan, TICKETS, ())
    return states.commit(draw, COMMITTED, number=1, previous=None, secret_sha256=None, verifier_sha256="00" * 32)


def closed(draw: states.SealedDraw) -> states.ClosedDraw:
    """Count and close."""
    for counter in ("account:1", "account:6"):
        draw = states.count(draw, counter, len(TICKETS))
    return states.close(draw, HOUR)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"replacement": Replacement.FRESH}, "draw_fresh_without_beacon"),
        ({"replacement": Replacement.FRESH, "beacon": WITH_BEACON.beacon}, "draw_fresh_with_substitutes"),
        ({"seats": PLAN.seats[:1], "fewest_seats": 1}, "draw_seats_too_few"),
        ({"seats": PLAN.seats[:1], "fewest_seats": 2, "beacon": WITH_BEACON.beacon}, "draw_seats_too_few"),
        ({"prizes": (Prize("P1", "أ", "a", mark="N7"), Prize("P2", "ب", "b", mark="N7"))}, "prize_mark_twice"),
        ({"quorum": 2, "witnesses": ("one",)}, "draw_witnesses_too_few"),
    ],
)
def test_plans_that_nobody_should_rely_on(change, code) -> None:
    assert code in [refusal.code for refusal in why_not_plan(replace(PLAN, **change))]


@pytest.mark.parametrize("seats", [0, 1, 2])
def test_with_a_beacon_any_number_of_seats_will_do(seats) -> None:
    assert why_not_plan(replace(WITH_BEACON, seats=PLAN.seats[:seats], fewest_seats=seats, substitutes=0)) == []


def test_the_plan_of_chance_is_committed() -> None:
    plan = replace(
        WITH_BEACON, replacement=Replacement.FRESH, substitutes=0, prizes=(Prize("P1", "أ", "a", mark="N7"),)
    )
    document = sealed(plan).commitment.document

    assert document["entropy"]["beacon"] == {"chain": "quicknet", "round": 34000000}
    assert document["rules"]["replacement"] == "fresh"
    assert document["rules"]["entry"]["pool"] == "exhibitors"
    assert document["prizes"][0]["mark"] == "N7"


def test_a_commitment_of_an_older_version_still_holds() -> None:
    new = sealed(PLAN)
    said = copy.deepcopy(new.commitment.document)
    for prize in said["prizes"]:
        del prize["mark"]
    del said["rules"]["entry"]["pool"]

    assert why_not_untouched(PLAN, TICKETS, Commitment(said)) == []
    for other in (replace(PLAN, substitutes=1), replace(PLAN, prizes=PLAN.prizes[:1]), replace(PLAN, code="DR7")):
        assert [refusal.code for refusal in why_not_untouched(other, TICKETS, Commitment(said))] == ["draw_altered"]


def test_where_a_beacon_counts_no_envelope_comes_after_the_hour() -> None:
    with refused("envelope_late"):
        states.hand_in(sealed(), Envelope("juror"), HOUR)
    with refused("envelope_late"):
        states.hand_in(sealed(), Envelope("juror"))

    assert states.hand_in(sealed(), Envelope("juror"), HOUR - timedelta(seconds=1)).envelopes.keys() == {"juror"}
    assert states.hand_in(sealed(PLAN), Envelope("juror"), HOUR).envelopes.keys() == {"juror"}


def test_the_beacon_goes_into_the_seed_once_and_nothing_goes_on_without_it() -> None:
    plan = replace(WITH_BEACON, seats=(), fewest_seats=0)
    draw = closed(sealed(plan))
    with refused("beacon_missing"):
        revealing.reveal(draw, None)

    brought = revealing.bring_beacon(draw, RANDOM)
    with refused("beacon_already_brought"):
        revealing.bring_beacon(brought, RANDOM)
    with refused("beacon_not_planned"):
        revealing.bring_beacon(closed_by_seats(sealed(PLAN)), RANDOM)

    assert revealing.reveal(brought, None).seed == lot.seed(draw.sealed.commitment.sha256, beacon=RANDOM)


def closed_by_seats(draw: states.SealedDraw) -> states.ClosedDraw:
    """Hand in both envelopes and close."""
    for seat in ("bailiff", "juror"):
        draw = states.hand_in(draw, Envelope(seat), BEFORE)
    return closed(draw)


def test_offline_the_seats_alone_decide() -> None:
    offline = leaving.go_offline(sealed(), BEFORE)
    with refused("draw_already_offline"):
        leaving.go_offline(offline, BEFORE)
    with refused("envelopes_missing"):
        closed(offline)

    draw = closed_by_seats(offline)
    for opening in (Opening("bailiff", "3"), Opening("juror", "7")):
        draw = revealing.open_envelope(draw, opening)
    with refused("beacon_not_planned"):
        revealing.bring_beacon(draw, RANDOM)
    numbers = [("bailiff", "3"), ("juror", "7")]
    assert revealing.reveal(draw, None).seed == lot.seed(draw.sealed.commitment.sha256, numbers)


def test_going_offline_too_late_or_with_too_few_seats() -> None:
    with refused("offline_late"):
        leaving.go_offline(sealed(), HOUR)
    with refused("beacon_not_planned"):
        leaving.go_offline(sealed(PLAN), BEFORE)
    with refused("draw_seats_too_few"):
        leaving.go_offline(sealed(replace(WITH_BEACON, seats=PLAN.seats[:1], fewest_seats=0)), BEFORE)


def test_a_draw_is_cancelled_for_a_known_reason_before_its_hour() -> None:
    with refused("cancel_late"):
        leaving.cancel(sealed(), HOUR, "postponed")
    with refused("cancel_reason_unknown"):
        leaving.cancel(sealed(), BEFORE, "bad_weather")

    cancelled = leaving.cancel(sealed(), BEFORE, "postponed")

    for step in (states.as_sealed, states.as_closed, states.as_revealed, states.as_drawn):
        with refused("draw_is_cancelled"):
            step(cancelled)
    with refused("draw_list_sealed"):
        states.as_open(cancelled)


def test_cosignatures_under_early_heads_count_only_by_the_hour() -> None:
    hour = int(HOUR.timestamp())

    def line(time: int) -> str:
        raw = bytes(4) + struct.pack(">Q", time) + bytes(64)
        return f"— w {base64.b64encode(raw).decode()}\n"

    note = f"log\n9\nroot\n\n— log {base64.b64encode(bytes(68)).decode()}\n{line(hour)}{line(hour + 1)}"

    assert [count_in_time(note, step, HOUR) for step in ("committed", "went_offline", "cancelled")] == [1, 1, 1]
    assert [count_in_time(note, step, HOUR) for step in ("closed", "concluded", "voided.P1.0")] == [2, 2, 2]


def test_those_who_share_a_telephone_or_an_organisation_are_one_group() -> None:
    groups = groups_of(
        [
            (7, "+212600000001", ""),
            (3, "+212600000002", "Coopérative  Argane"),
            (5, "+212600000001", "coopérative argane"),
            (9, None, ""),
            (11, None, ""),
            (12, "+212600000003", "Université"),
        ]
    )

    assert groups == {3: "persons:3", 5: "persons:3", 7: "persons:3", 9: None, 11: None, 12: None}
