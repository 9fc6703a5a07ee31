"""Ranking by lot: from what was contributed to a seed, from the seed to a rank for every ticket.

Pure and the same for every lot of the village: the prizes of a draw, places given by priority, ties in awards.
Everyone who holds the inputs finds the same ranks; nobody who lacks one of them can guess any rank. The bytes are
those of the protocol village-draw/1 (docs/protocol.md).
"""

from __future__ import annotations

import hashlib
import hmac
from itertools import pairwise
from typing import TYPE_CHECKING

from village.kit.canonical import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable

PROTOCOL = "village-draw/1"
SEED_BYTES = 32


def seed(
    commitment: str,
    witness: Iterable[tuple[str, str]] = (),
    *,
    secret: str | None = None,
    beacon: str | None = None,
    iteration: int = 0,
) -> bytes:
    """Derive the seed: SHA-256 of the canonical JSON of everything that was fixed or contributed.

    Args:
        commitment: SHA-256 of the committed plan, 64 lower-case hexadecimal digits.
        witness: (seat, value) pairs in any order; they are sorted here.
        secret: the revealed secret in hexadecimal, None when the plan has none.
        beacon: the randomness of the public beacon in hexadecimal, None when the plan has none.
        iteration: 0, or the number of a later ranking from the same inputs.

    Returns:
        32 bytes.

    """
    inputs = {
        "beacon": beacon,
        "commitment": commitment,
        "iteration": iteration,
        "secret": secret,
        "v": PROTOCOL,
        "witness": sorted([seat, value] for seat, value in witness),
    }
    return hashlib.sha256(dumps(inputs)).digest()


def key(seed: bytes, ticket_id: str) -> bytes:
    """Give a ticket its key: HMAC-SHA-256 of ``ticket:`` and its id under the seed, 32 bytes."""
    return hmac.digest(seed, b"ticket:" + ticket_id.encode(), hashlib.sha256)


def rank(seed: bytes, ids: Iterable[str]) -> list[str]:
    """Rank tickets by ascending key; the id decides between equal keys, which nobody has ever seen.

    A ticket's key depends on no other ticket: taking one out never reorders the rest.

    Raises:
        ValueError: an id stands twice, which would give its holder two chances.

    """
    ranked = sorted((key(seed, ticket), ticket) for ticket in ids)
    if any(left[1] == right[1] for left, right in pairwise(ranked)):
        raise ValueError("a ticket stands twice in the list")
    return [ticket for _, ticket in ranked]
