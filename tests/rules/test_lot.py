"""The ranking by lot: fixed bytes, no reordering, no favourite."""

from __future__ import annotations

import hashlib
import hmac
import json
import random

import pytest

from village.kit import lot

COMMITMENT = "ab" * 32
SEATS = [("juror", "482913"), ("bailiff", "77")]
SEED = lot.seed(COMMITMENT, SEATS, secret="cd" * 32)


def test_the_seed_is_the_hash_of_the_written_inputs() -> None:
    written = json.dumps(
        {
            "beacon": None,
            "commitment": COMMITMENT,
            "iteration": 0,
            "secret": "cd" * 32,
            "v": "village-draw/1",
            "witness": [["bailiff", "77"], ["juror", "482913"]],
        },
        sort_keys=True,
        separators=(",", ":"),
    )

    assert hashlib.sha256(written.encode()).digest() == SEED


def test_the_order_in_which_seats_speak_changes_nothing() -> None:
    assert lot.seed(COMMITMENT, reversed(SEATS), secret="cd" * 32) == SEED


@pytest.mark.parametrize(
    "other",
    [
        lot.seed("ac" * 32, SEATS, secret="cd" * 32),
        lot.seed(COMMITMENT, [("juror", "482914"), ("bailiff", "77")], secret="cd" * 32),
        lot.seed(COMMITMENT, SEATS[:1], secret="cd" * 32),
        lot.seed(COMMITMENT, SEATS, secret="ce" * 32),
        lot.seed(COMMITMENT, SEATS),
        lot.seed(COMMITMENT, SEATS, secret="cd" * 32, beacon="ef" * 32),
        lot.seed(COMMITMENT, SEATS, secret="cd" * 32, iteration=1),
    ],
)
def test_any_other_input_gives_another_seed(other: bytes) -> None:
    assert other != SEED


def test_a_ticket_key_is_an_hmac_of_its_id() -> None:
    assert lot.key(SEED, "T1") == hmac.new(SEED, b"ticket:T1", "sha256").digest()


def test_ranks_do_not_depend_on_the_order_of_the_list() -> None:
    tickets = [f"T{number:04d}" for number in range(300)]
    shuffled = random.Random(14).sample(tickets, len(tickets))

    assert lot.rank(SEED, shuffled) == lot.rank(SEED, tickets)


def test_taking_a_ticket_out_reorders_nobody() -> None:
    tickets = [f"T{number:04d}" for number in range(60)]
    ranked = lot.rank(SEED, tickets)

    for gone in tickets:
        assert lot.rank(SEED, [t for t in tickets if t != gone]) == [t for t in ranked if t != gone]


def test_a_ticket_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        lot.rank(SEED, ["T1", "T2", "T1"])


def test_every_ticket_is_first_about_equally_often() -> None:
    """Chi-square over 46 tickets and 4,600 seeds: 45 degrees of freedom, 99.9 % of fair draws stay below 80.1."""
    tickets = [f"T{number:02d}" for number in range(46)]
    wins = dict.fromkeys(tickets, 0)
    for number in range(4600):
        wins[lot.rank(lot.seed(COMMITMENT, [("seat", str(number))]), tickets)[0]] += 1

    assert sum((seen - 100) ** 2 / 100 for seen in wins.values()) < 80.1
