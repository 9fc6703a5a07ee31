"""Who wins what: the places of a draw go down the ranking, one step at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from village.audit import merkle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from village.draws.rules.plan import Json, Prize


@dataclass(frozen=True, slots=True)
class Pick:
    """A drawn ticket: its place (a prize id, or S1, S2 … for substitutes) and its rank among all tickets, from 1."""

    place: str
    ticket: str
    rank: int

    @property
    def is_substitute(self) -> bool:
        """Whether the ticket waits for a winner to fall out."""
        return self.place.startswith("S")

    def as_json(self) -> dict[str, Json]:
        """Write the pick as the result holds it."""
        return {"place": self.place, "rank": self.rank, "ticket": self.ticket}


def places_of(prizes: Iterable[Prize], substitutes: int) -> list[str]:
    """List the places to fill: the prizes in award order, then the substitutes."""
    return [prize.id for prize in prizes] + [f"S{number}" for number in range(1, substitutes + 1)]


def assign_places(
    ranking: Sequence[str], groups: Mapping[str, str | None], places: Sequence[str], most_per_group: int
) -> tuple[Pick, ...]:
    """Fill the places down the ranking.

    A ticket is passed over only when its group already holds `most_per_group` places, substitutes counted: a
    cooperative that won is not its own substitute. Places stay empty where the ranking ends.

    Args:
        ranking: all ticket ids, first drawn first.
        groups: the group token of each ticket; None stands alone.
        places: prize ids in award order, then S1, S2 ….
        most_per_group: how many places one group may hold.

    """
    held: Counter[str] = Counter()
    picks: list[Pick] = []
    for rank, ticket in enumerate(ranking, start=1):
        if len(picks) == len(places):
            break
        group = groups[ticket]
        if group is not None:
            if held[group] >= most_per_group:
                continue
            held[group] += 1
        picks.append(Pick(places[len(picks)], ticket, rank))
    return tuple(picks)


def ranking_root(ranking: Iterable[str]) -> str:
    """Root (RFC 6962) of the whole ranking, each leaf a ticket id in the order drawn; 64 hexadecimal digits."""
    return merkle.root([merkle.leaf_hash(ticket.encode()) for ticket in ranking]).hex()
