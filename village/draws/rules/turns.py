"""After the result: each prize has its turns, from the ticket announced to whoever comes after a void.

A turn is called up to three times, claimed, and handed over; or two people void it with one reason. Voids wait in
their order, and the first one waiting is replaced first: nobody chooses who comes by the order in which places are
filled. With replacement `ordered` the next ticket stands in a queue that was fixed with the result; with `fresh` a
beacon round that nobody knew at the void ranks all tickets anew.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from village.draws.rules.plan import ABSENT, CALLS_BEFORE_ABSENCE, VOID_REASONS, WITHDRAWAL_REASONS
from village.draws.rules.prizes import Pick
from village.kit import lot
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FRESH_AFTER = timedelta(seconds=30)
"""A replacement by beacon takes the first round at least this long after the void: nobody knew it then."""

SIGNERS = 2
"""Two people, each by an account of their own, void a turn."""


class TurnState(StrEnum):
    """How far a turn has come."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    HANDED_OVER = "handed_over"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class Turn:
    """A ticket's turn at a prize; `number` counts from 0, the ticket announced.

    `rank` is its rank in the ranking of `iteration` (0: the announced one); `words` maps those who want it void to
    the reason they gave.
    """

    place: str
    number: int
    ticket: str
    rank: int
    iteration: int = 0
    state: TurnState = TurnState.WAITING
    calls: int = 0
    words: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Void:
    """A void that was not replaced yet; `name` is its place and turn, as in P2.0."""

    place: str
    name: str


@dataclass(frozen=True, slots=True)
class AfterDraw:
    """Everything that counts after a result.

    `places` are the prizes in award order, `turns` all turns in the order they began, `voids` those that were not
    replaced yet, in their order.
    """

    places: tuple[str, ...]
    most_per_group: int
    groups: Mapping[str, str | None]
    queue: tuple[Pick, ...]
    turns: tuple[Turn, ...]
    withdrawn: frozenset[str] = frozenset()
    voids: tuple[Void, ...] = ()

    @property
    def waiting(self) -> tuple[Void, ...]:
        """The voids that wait for somebody new, the first one first; a withdrawn prize waits for nobody."""
        return tuple(void for void in self.voids if void.place not in self.withdrawn)

    def last_turn(self, place: str) -> Turn | None:
        """Find the newest turn of a place; None where the ranking had no ticket for it."""
        return next((turn for turn in reversed(self.turns) if turn.place == place), None)


def queue_of(ranking: Sequence[str], groups: Mapping[str, str | None], most_per_group: int) -> tuple[Pick, ...]:
    """List who comes one after the other: all tickets down the ranking, but those whose group had its share.

    Fixed once with the result: the first fill the prizes, the next are the substitutes, the rest wait behind them.
    `place` is the number in the queue, from 1. A voided ticket gives its group no second chance.
    """
    held: Counter[str] = Counter()
    found: list[Pick] = []
    for rank, ticket in enumerate(ranking, start=1):
        group = groups[ticket]
        if group is None or held[group] < most_per_group:
            found.append(Pick(str(len(found) + 1), ticket, rank))
            held.update([group] if group is not None else [])
    return tuple(found)


def first_turns(places: Sequence[str], picks: Iterable[Pick]) -> tuple[Turn, ...]:
    """Begin with the tickets announced, one for each prize that got one."""
    return tuple(Turn(pick.place, 0, pick.ticket, pick.rank) for pick in picks if pick.place in places)


def call(after: AfterDraw, place: str, number: int | None = None) -> Turn:
    """Call whoever has the turn, once more.

    Args:
        after: what counts now.
        place: the prize.
        number: which call it is meant to be (1, 2, 3), so that a second tap is no second call; None: the next one.

    Raises:
        Refusal: as `turn_at`; `turn_not_waiting`, `turn_called_already`, `turn_called_enough` after the third call.

    """
    turn = _waiting_turn(after, place)
    if number is not None and number <= turn.calls:
        raise Refusal("turn_called_already", {"place": place, "calls": turn.calls})
    if turn.calls >= CALLS_BEFORE_ABSENCE:
        raise Refusal("turn_called_enough", {"place": place, "calls": turn.calls})
    return replace(turn, calls=turn.calls + 1)


def claim(after: AfterDraw, place: str) -> Turn:
    """Note that whoever has the turn is here.

    Raises:
        Refusal: as `turn_at`; `turn_already_claimed`, `turn_not_waiting`.

    """
    return replace(_waiting_turn(after, place), state=TurnState.CLAIMED)


def sign_void(after: AfterDraw, place: str, signer: str, reason: str) -> tuple[Turn, tuple[str, ...]]:
    """Take one person's word that a turn is void; with a second one of the same reason it is.

    A word stands in the log. Whoever gave one may only come round to the reason of somebody else.

    Returns:
        The turn, and the two who made it void, sorted; nobody yet while one word is missing.

    Raises:
        Refusal: as `turn_at`; `void_reason_unknown`, `turn_not_waiting` after it was handed over or voided,
            `void_without_calls` (absence needs three calls and nobody who came), `void_signed_already`.

    """
    if reason not in VOID_REASONS:
        raise Refusal("void_reason_unknown")
    turn = turn_at(after, place)
    if turn.state in {TurnState.VOIDED, TurnState.HANDED_OVER}:
        raise Refusal("turn_not_waiting", {"place": place, "state": str(turn.state)})
    if reason == ABSENT and (turn.calls < CALLS_BEFORE_ABSENCE or turn.state is TurnState.CLAIMED):
        raise Refusal("void_without_calls", {"calls": turn.calls, "needed": CALLS_BEFORE_ABSENCE})
    words = dict(turn.words or {})
    if signer in words and (words[signer] == reason or reason not in words.values()):
        raise Refusal("void_signed_already")
    words[signer] = reason
    agreed = sorted(who for who, why in words.items() if why == reason)
    if len(agreed) < SIGNERS:
        return replace(turn, words=words), ()
    return replace(turn, words=words, state=TurnState.VOIDED), tuple(agreed)


def first_waiting(after: AfterDraw) -> Void:
    """Give the void that is replaced next: voids are replaced in their order.

    Raises:
        Refusal: `nobody_to_replace`.

    """
    if not after.waiting:
        raise Refusal("nobody_to_replace")
    return after.waiting[0]


def next_ordered(after: AfterDraw) -> Turn:
    """Give the next of the queue its turn at the place that waits longest.

    Raises:
        Refusal: `nobody_to_replace`, `nobody_left`.

    """
    place = first_waiting(after).place
    drawn = len(after.places) + sum(turn.number > 0 for turn in after.turns)
    if drawn >= len(after.queue):
        raise Refusal("nobody_left", {"place": place})
    come = after.queue[drawn]
    return Turn(place, _next_number(after, place), come.ticket, come.rank)


def next_fresh(after: AfterDraw, seed: bytes, iteration: int) -> Turn:
    """Rank all tickets by the seed of an iteration; the first who never had a turn, and whose group may, has it now.

    Raises:
        Refusal: `nobody_to_replace`, `nobody_left`.

    """
    void = first_waiting(after)
    had = {turn.ticket for turn in after.turns}
    held = Counter(after.groups[ticket] for ticket in had)
    for rank, ticket in enumerate(lot.rank(seed, after.groups), start=1):
        group = after.groups[ticket]
        if ticket not in had and (group is None or held[group] < after.most_per_group):
            return Turn(void.place, _next_number(after, void.place), ticket, rank, iteration)
    raise Refusal("nobody_left", {"place": void.place})


def withdraw(after: AfterDraw, place: str, reason: str) -> None:
    """Check that a prize may be taken back: ranks stay, and nobody moves up for it.

    Raises:
        Refusal: `withdrawal_reason_unknown`, `place_unknown`, `place_withdrawn`, `turn_not_waiting` once handed over.

    """
    if reason not in WITHDRAWAL_REASONS:
        raise Refusal("withdrawal_reason_unknown")
    _known_place(after, place)
    turn = after.last_turn(place)
    if turn is not None and turn.state is TurnState.HANDED_OVER:
        raise Refusal("turn_not_waiting", {"place": place, "state": str(turn.state)})


def hand_over(after: AfterDraw, place: str) -> Turn:
    """Note that a claimed prize is in its winner's hands.

    Raises:
        Refusal: as `turn_at`; `turn_not_claimed`.

    """
    turn = turn_at(after, place)
    if turn.state is not TurnState.CLAIMED:
        raise Refusal("turn_not_claimed", {"place": place, "state": str(turn.state)})
    return replace(turn, state=TurnState.HANDED_OVER)


def turn_at(after: AfterDraw, place: str) -> Turn:
    """Find who has the turn at a place now.

    Raises:
        Refusal: `place_unknown`, `place_withdrawn`, `turn_unknown` where the ranking had no ticket for the place.

    """
    _known_place(after, place)
    turn = after.last_turn(place)
    if turn is None:
        raise Refusal("turn_unknown", {"place": place})
    return turn


def _waiting_turn(after: AfterDraw, place: str) -> Turn:
    turn = turn_at(after, place)
    if turn.state is TurnState.CLAIMED:
        raise Refusal("turn_already_claimed", {"place": place})
    if turn.state is not TurnState.WAITING:
        raise Refusal("turn_not_waiting", {"place": place, "state": str(turn.state)})
    return turn


def _known_place(after: AfterDraw, place: str) -> None:
    if place not in after.places:
        raise Refusal("place_unknown", {"place": place})
    if place in after.withdrawn:
        raise Refusal("place_withdrawn", {"place": place})


def _next_number(after: AfterDraw, place: str) -> int:
    return 1 + max(turn.number for turn in after.turns if turn.place == place)
