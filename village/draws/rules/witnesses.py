"""A witness has nothing to win: no ticket of their own, and no tie to anyone who holds one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Witness:
    """Who holds a seat, with all things of the village (`person:17`, `exhibitor:12`) they are or are tied to."""

    seat: str
    stands_for: frozenset[str]


def why_not_witnesses(witnesses: Iterable[Witness], ticket_holders: frozenset[str]) -> list[Refusal]:
    """List `witness_is_interested` for every seat whose holder has a stake in the draw."""
    return [
        Refusal("witness_is_interested", {"seat": witness.seat})
        for witness in witnesses
        if witness.stands_for & ticket_holders
    ]
