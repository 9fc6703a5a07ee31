"""What the commission sees of each prize: whose turn it is, what was said, and what may follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.draws.queries import DrawView
    from village.draws.queries.holders import Holder
    from village.draws.queries.rows import PrizeRow, TurnRow


@dataclass(frozen=True)
class Place:
    """A prize with its turns; `now` is the last of them, `before` those that were voided.

    Of several voids the one that `is_next` is replaced first. `mine` is the reason for which whoever looks gave their
    word that the turn is void, `others` those for which other people did: two words count where the reason is one.
    """

    prize: PrizeRow
    now: TurnRow | None
    before: tuple[TurnRow, ...]
    holder: Holder | None
    beacon_awaited: bool
    is_next: bool
    mine: str | None
    others: tuple[str, ...]

    @property
    def state(self) -> str:
        """Where the prize stands: empty, withdrawn, or the state of its last turn."""
        if self.prize.withdrawn_at:
            return "withdrawn"
        return "empty" if self.now is None else str(self.now.state)


def list_places(draw: DrawView, holders: Mapping[str, Holder], me: str) -> list[Place]:
    """List the prizes in award order; `me` is the actor who looks, as the log writes it."""
    found = []
    for prize in draw.prizes:
        turns = [turn for turn in draw.turns if turn.place == prize.id]
        now = turns[-1] if turns else None
        words = now.words if now else ()
        found.append(
            Place(
                prize,
                now,
                tuple(turns[:-1]),
                holders.get(now.token) if now else None,
                now is not None and now.next_round is not None and not now.next_brought,
                draw.waiting[:1] == (prize.id,),
                next((why for who, why in words if who == me), None),
                tuple(why for who, why in words if who != me),
            )
        )
    return found
