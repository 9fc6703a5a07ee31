"""A lot that ends a tie, as one JSON object that anybody can recompute: docs/protocol.md, "Ties by lot".  Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from village.kit import lot
from village.kit.canonical import NotCanonical, dumps, loads_strict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PROTOCOL: Final = "village-tie-lot/1"
FEWEST_SEATS: Final = 2
MOST_SEATS: Final = 9
MOST_DIGITS: Final = 40
_KEYS: Final = frozenset({"bundle", "commitment", "ranking", "sealed", "seed", "witness"})
_SEALED: Final = frozenset({"category", "edition", "number", "previous", "rank", "seats", "tickets", "v"})


class Fault(StrEnum):
    """What is wrong with a bundle; the first found, in this order."""

    NOT_CANONICAL = "not_canonical"
    WRONG_VERSION = "wrong_version"
    SEALED_ALTERED = "sealed_altered"
    WITNESS_MISSING = "witness_missing"
    SEED_WRONG = "seed_wrong"
    RANKING_WRONG = "ranking_wrong"


class LotFaulty(ValueError):  # noqa: N818 - what the bundle is
    """The bundle does not follow from itself; ``fault`` says where first."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class DrawnTie:
    """What follows from a sealed lot and the witnesses' numbers: the seed in hexadecimal, the codes in their order."""

    seed: str
    ranking: tuple[str, ...]


@dataclass(frozen=True)
class LotSeat:
    """A witness's seat: who (actors) typed which number."""

    code: str
    typed: Mapping[str, str]

    @property
    def value(self) -> str | None:
        """The number that at least two people typed alike, or None."""
        given = list(self.typed.values())
        return next((each for each in given if given.count(each) > 1), None)

    @property
    def differs(self) -> bool:
        """Whether two people typed different numbers and no two the same."""
        return self.value is None and len(self.typed) > 1


def sealed_tie(
    *, edition: str, category: str, number: int, previous: str | None, rank: int, tickets: Iterable[str], seats: int
) -> dict[str, Any]:
    """What is sealed: the codes of those who share a rank, and how many witnesses will call a number."""
    return {
        "category": category,
        "edition": edition,
        "number": number,
        "previous": previous,
        "rank": rank,
        "seats": [f"S{seat}" for seat in range(1, seats + 1)],
        "tickets": sorted(tickets),
        "v": PROTOCOL,
    }


def commitment_of(sealed: Mapping[str, Any]) -> str:
    """The promise: SHA-256 of the canonical JSON of what is sealed."""
    return hashlib.sha256(dumps(dict(sealed))).hexdigest()


def seats_of(sealed: Mapping[str, Any], typed: Iterable[Sequence[str]]) -> tuple[LotSeat, ...]:
    """The seats of a lot with the numbers typed so far: typed = (seat, actor, value) each."""
    rows = [tuple(each) for each in typed]
    return tuple(
        LotSeat(code, {actor: value for seat, actor, value in rows if seat == code}) for code in sealed["seats"]
    )


def is_number(value: str) -> bool:
    """Whether a witness's number is one: 1 to 40 digits."""
    return value.isascii() and value.isdigit() and 1 <= len(value) <= MOST_DIGITS


def draw_tie(sealed: Mapping[str, Any], witness: Iterable[tuple[str, str]]) -> DrawnTie:
    """The seed and the order, from what was sealed and the numbers of the witnesses (seat, value)."""
    seed = lot.seed(commitment_of(sealed), witness)
    return DrawnTie(seed.hex(), tuple(lot.rank(seed, sealed["tickets"])))


def tie_bundle(
    *,
    sealed: Mapping[str, Any],
    commitment: str,
    witness: Iterable[Sequence[str]],
    seed: str | None,
    ranking: Iterable[str],
) -> bytes:
    """The whole lot as canonical JSON, as `verify_tie` reads it."""
    return dumps(
        {
            "bundle": PROTOCOL,
            "commitment": commitment,
            "ranking": list(ranking),
            "sealed": dict(sealed),
            "seed": seed,
            "witness": sorted(list(each) for each in witness),
        }
    )


def verify_tie(data: bytes) -> DrawnTie:
    """Recompute a lot from its bundle.

    Raises:
        LotFaulty: the first thing in it that does not follow from the rest.
    """
    try:
        bundle = loads_strict(data)
    except NotCanonical as error:
        raise LotFaulty(Fault.NOT_CANONICAL) from error
    if not isinstance(bundle, dict) or set(bundle) != _KEYS:
        raise LotFaulty(Fault.NOT_CANONICAL)
    sealed = bundle["sealed"]
    if bundle["bundle"] != PROTOCOL or not isinstance(sealed, dict) or sealed.get("v") != PROTOCOL:
        raise LotFaulty(Fault.WRONG_VERSION)
    if commitment_of(sealed) != bundle["commitment"] or not _is_sealed(sealed):
        raise LotFaulty(Fault.SEALED_ALTERED)
    found = draw_tie(sealed, _witness(sealed, bundle["witness"]))
    for fault, holds in (
        (Fault.SEED_WRONG, found.seed == bundle["seed"]),
        (Fault.RANKING_WRONG, list(found.ranking) == bundle["ranking"]),
    ):
        if not holds:
            raise LotFaulty(fault)
    return found


def _is_sealed(sealed: Mapping[str, Any]) -> bool:
    """Whether a sealed document has its form: every code once and in order, seats S1, S2 … of them at least two."""
    if set(sealed) != _SEALED:
        return False
    tickets, seats = sealed["tickets"], sealed["seats"]
    if not isinstance(tickets, list) or not isinstance(seats, list):
        return False
    plain = all(isinstance(each, str) for each in tickets)
    ordered = plain and len(tickets) > 1 and tickets == sorted(set(tickets))
    return ordered and len(seats) >= FEWEST_SEATS and seats == [f"S{at}" for at in range(1, len(seats) + 1)]


def _witness(sealed: Mapping[str, Any], given: Any) -> list[tuple[str, str]]:
    """The witnesses' numbers, in order and one for each seat."""
    whole = isinstance(given, list) and all(isinstance(each, list) and len(each) == len("sv") for each in given)
    if not whole or not all(isinstance(part, str) for each in given for part in each):
        raise LotFaulty(Fault.WITNESS_MISSING)
    witness = [(seat, value) for seat, value in given]
    if witness != sorted(witness) or sorted(sealed["seats"]) != [seat for seat, _ in witness]:
        raise LotFaulty(Fault.WITNESS_MISSING)
    if not all(is_number(value) for _, value in witness):
        raise LotFaulty(Fault.WITNESS_MISSING)
    return witness
