"""A lot that ends a tie, as one JSON object that anybody can recompute: docs/protocol.md, "Ties by lot".  Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from village.kit import lot
from village.kit.called_lot import (
    FEWEST_SEATS,
    Fault,
    LotFaulty,
    commitment_of,
    is_number,
    need_all,
    read_bundle,
    seat_codes,
)
from village.kit.canonical import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PROTOCOL: Final = "village-tie-lot/1"
_KEYS: Final = frozenset({"bundle", "commitment", "ranking", "sealed", "seed", "witness"})
_SEALED: Final = frozenset({"category", "edition", "number", "previous", "rank", "seats", "tickets", "v"})


@dataclass(frozen=True)
class DrawnTie:
    """What follows from a sealed lot and the witnesses' numbers: the seed in hexadecimal, the codes in their order."""

    seed: str
    ranking: tuple[str, ...]


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
        "seats": seat_codes(seats),
        "tickets": sorted(tickets),
        "v": PROTOCOL,
    }


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
    bundle = read_bundle(data, PROTOCOL, _KEYS)
    sealed = bundle["sealed"]
    if not _is_sealed(sealed):
        raise LotFaulty(Fault.SEALED_ALTERED)
    found = draw_tie(sealed, _witness(sealed, bundle["witness"]))
    need_all(
        [
            (Fault.SEED_WRONG, found.seed == bundle["seed"]),
            (Fault.RANKING_WRONG, list(found.ranking) == bundle["ranking"]),
        ]
    )
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
    return ordered and len(seats) >= FEWEST_SEATS and seats == seat_codes(len(seats))


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
