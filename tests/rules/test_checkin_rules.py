"""Admission: what keeps a code out, and who was first by corrected time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village.checkin.rules import (
    Arrival,
    KnownBadge,
    Verdict,
    correct_time,
    decide_arrival,
    why_not_admitted,
)

TEN = datetime(2026, 12, 4, 10, tzinfo=UTC)
EDITION = 14


def badge(*, edition: int = EDITION, revoked: bool = False) -> KnownBadge:
    """A badge of Fatima's."""
    return KnownBadge(badge_id=7, person_id=70, edition_id=edition, revoked=revoked)


@pytest.mark.parametrize(
    ("known", "registered", "verdict"),
    [
        (badge(), True, None),
        (badge(), False, Verdict.NOT_REGISTERED),
        (badge(revoked=True), True, Verdict.REVOKED_BADGE),
        (badge(edition=13), True, Verdict.OTHER_EDITION),
        (Verdict.UNKNOWN_CODE, True, Verdict.UNKNOWN_CODE),
        (Verdict.FORGED_CODE, True, Verdict.FORGED_CODE),
    ],
)
def test_what_keeps_a_code_out(known: KnownBadge | Verdict, registered: bool, verdict: Verdict | None) -> None:
    assert why_not_admitted(known, EDITION, registered=registered) is verdict


def test_a_clock_that_runs_ahead_is_set_back() -> None:
    assert correct_time(TEN + timedelta(hours=1), 3600) == TEN


def test_a_clock_that_runs_behind_is_set_forward() -> None:
    assert correct_time(TEN - timedelta(seconds=190), -190) == TEN


def test_a_clock_offset_changes_who_was_first() -> None:
    """The gate with the fast clock writes 10:05, but it was 09:05: before the other gate's 09:30."""
    other = Arrival(correct_time(TEN - timedelta(minutes=30), 0), "b")
    fast = Arrival(correct_time(TEN + timedelta(minutes=5), 3600), "a")
    assert decide_arrival(fast, other) == (Verdict.REGISTERED, True)
    unmeasured = Arrival(correct_time(TEN + timedelta(minutes=5), 0), "a")
    assert decide_arrival(unmeasured, other) == (Verdict.DUPLICATE, False)


def test_the_first_arrival_is_registered() -> None:
    assert decide_arrival(Arrival(TEN, "a"), None) == (Verdict.REGISTERED, False)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_only_registered_and_duplicate_admit(verdict: Verdict) -> None:
    assert verdict.admits is (verdict.value in {"registered", "duplicate"})


arrivals = st.lists(st.tuples(st.integers(0, 50), st.uuids()), min_size=1, max_size=12, unique_by=lambda a: a[1]).map(
    lambda pairs: [Arrival(TEN + timedelta(seconds=s), str(u)) for s, u in pairs]
)


@given(arrivals, st.randoms(use_true_random=False))
def test_the_first_is_the_same_whatever_the_order(given_arrivals: list[Arrival], random: object) -> None:
    shuffled = list(given_arrivals)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first: Arrival | None = None
    for new in shuffled:
        verdict, takes_over = decide_arrival(new, first)
        if verdict is Verdict.REGISTERED:
            assert takes_over is (first is not None)
            first = new
    assert first == min(given_arrivals, key=lambda a: (a.corrected_at, a.uuid))
