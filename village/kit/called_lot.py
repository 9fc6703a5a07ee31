"""A lot whose numbers are called aloud: who takes part is sealed first, two people type each number, the order follows.

What the stands by lot and the ties of awards share (docs/protocol.md, "Stands by lot", "Ties by lot").  Pure.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from village.kit.canonical import NotCanonical, dumps, loads_strict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

FEWEST_SEATS: Final = 2
MOST_SEATS: Final = 9
MOST_DIGITS: Final = 40


class Fault(StrEnum):
    """What is wrong with a bundle; the first found, in this order."""

    NOT_CANONICAL = "not_canonical"
    WRONG_VERSION = "wrong_version"
    SEALED_ALTERED = "sealed_altered"
    WITNESS_MISSING = "witness_missing"
    SEED_WRONG = "seed_wrong"
    RANKING_WRONG = "ranking_wrong"
    TURNS_ALTERED = "turns_altered"


class LotFaulty(ValueError):  # noqa: N818 - what the bundle is
    """The bundle does not follow from itself; ``fault`` says where first."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Seat:
    """A witness's seat: who (actors) typed which number, and the number once two people typed the same."""

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


def seat_codes(seats: int) -> list[str]:
    """Name so many seats, from S1 on."""
    return [f"S{seat}" for seat in range(1, seats + 1)]


def seats_of(sealed: Mapping[str, Any], typed: Iterable[Sequence[str]]) -> tuple[Seat, ...]:
    """The seats of a lot with the numbers typed so far: typed = (seat, actor, value) each."""
    rows = [tuple(each) for each in typed]
    return tuple(Seat(code, {actor: value for seat, actor, value in rows if seat == code}) for code in sealed["seats"])


def is_number(value: str) -> bool:
    """Whether a witness's number is one: 1 to 40 digits."""
    return value.isascii() and value.isdigit() and 1 <= len(value) <= MOST_DIGITS


def commitment_of(sealed: Mapping[str, Any]) -> str:
    """The promise: SHA-256 of the canonical JSON of what is sealed."""
    return hashlib.sha256(dumps(dict(sealed))).hexdigest()


def read_bundle(data: bytes, protocol: str, keys: Collection[str]) -> dict[str, Any]:
    """Read a bundle of this protocol with exactly these keys, whose sealed part is the promised one.

    Raises:
        LotFaulty: `not_canonical`, `wrong_version` or `sealed_altered`.
    """
    try:
        bundle = loads_strict(data)
    except NotCanonical as error:
        raise LotFaulty(Fault.NOT_CANONICAL) from error
    if not isinstance(bundle, dict) or set(bundle) != set(keys):
        raise LotFaulty(Fault.NOT_CANONICAL)
    sealed = bundle["sealed"]
    if bundle["bundle"] != protocol or not isinstance(sealed, dict) or sealed.get("v") != protocol:
        raise LotFaulty(Fault.WRONG_VERSION)
    if commitment_of(sealed) != bundle["commitment"]:
        raise LotFaulty(Fault.SEALED_ALTERED)
    return bundle


def need_all(tests: Iterable[tuple[Fault, bool]]) -> None:
    """Demand that everything holds.

    Raises:
        LotFaulty: the first that does not.
    """
    for fault, holds in tests:
        if not holds:
            raise LotFaulty(fault)
