"""How far a draw has come, as types: an open draw becomes a sealed, a closed, a revealed and a drawn one.

A sealed draw may also be cancelled before its hour (`leaving.py`), and what follows a result is in `turns.py`.

What is done after the close is in `revealing.py`. Each step takes the state before it and gives the next, so a step
out of turn does not type-check. Where the state is only known at run time (a row of the database), `as_open` …
`as_drawn` give the type or refuse with a code.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from village.draws.rules.envelope import Envelope, is_signed
from village.draws.rules.plan import (
    EARLIEST_CLOSE,
    BeaconPlan,
    Commitment,
    Exclusion,
    Plan,
    Ticket,
    commitment_of,
    why_not_plan,
    why_not_untouched,
)
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from village.draws.rules.prizes import Pick

COUNTERS = 2
"""Two people count, each alone."""


@dataclass(frozen=True, slots=True)
class OpenDraw:
    """A draw being set up: everything may still change."""

    plan: Plan
    tickets: tuple[Ticket, ...]
    exclusions: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True)
class SealedDraw:
    """A committed draw: the list is fixed, envelopes and counts come in (the last count of each person counts)."""

    plan: Plan
    tickets: tuple[Ticket, ...]
    commitment: Commitment
    envelopes: Mapping[str, Envelope] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    offline: bool = False

    @property
    def beacon(self) -> BeaconPlan | None:
        """The round of the public beacon that counts; None where none was planned, or the draw went offline."""
        return None if self.offline else self.plan.beacon

    @property
    def seats_needed(self) -> int:
        """How many seats must have handed in before the close."""
        return self.plan.seats_needed(with_beacon=self.beacon is not None)


@dataclass(frozen=True, slots=True)
class CancelledDraw:
    """A committed draw that was called off before its hour, for a reason that stays public."""

    sealed: SealedDraw
    reason: str


@dataclass(frozen=True, slots=True)
class ClosedDraw:
    """All envelopes are in, both counts agree: nothing can be added, only opened. `opened` maps seats to numbers.

    `randomness` is what the public beacon said, in hexadecimal, once it was brought in.
    """

    sealed: SealedDraw
    opened: Mapping[str, str] = field(default_factory=dict)
    randomness: str | None = None


@dataclass(frozen=True, slots=True)
class RevealedDraw:
    """Everything is open: the ranking is determined, though nobody has looked yet."""

    closed: ClosedDraw
    secret: str | None
    seed: bytes


@dataclass(frozen=True, slots=True)
class DrawnDraw:
    """The ranking of all tickets and the places filled from it."""

    revealed: RevealedDraw
    ranking: tuple[str, ...]
    picks: tuple[Pick, ...]


AnyDraw = OpenDraw | SealedDraw | CancelledDraw | ClosedDraw | RevealedDraw | DrawnDraw


def as_open(draw: AnyDraw) -> OpenDraw:
    """Give a draw that is still being set up, or refuse: a committed list is never edited."""
    if isinstance(draw, OpenDraw):
        return draw
    raise Refusal("draw_list_sealed")


def as_sealed(draw: AnyDraw) -> SealedDraw:
    """Give a draw that takes envelopes and counts, or refuse."""
    if isinstance(draw, SealedDraw):
        return draw
    if isinstance(draw, CancelledDraw):
        raise Refusal("draw_is_cancelled")
    raise Refusal("draw_not_committed" if isinstance(draw, OpenDraw) else "draw_closed")


def as_closed(draw: AnyDraw) -> ClosedDraw:
    """Give a draw whose envelopes may be opened, or refuse."""
    if isinstance(draw, ClosedDraw):
        return draw
    if isinstance(draw, CancelledDraw):
        raise Refusal("draw_is_cancelled")
    raise Refusal("draw_not_closed" if isinstance(draw, OpenDraw | SealedDraw) else "draw_already_revealed")


def as_revealed(draw: AnyDraw) -> RevealedDraw:
    """Give a draw that may be ranked, or refuse."""
    if isinstance(draw, RevealedDraw):
        return draw
    if isinstance(draw, CancelledDraw):
        raise Refusal("draw_is_cancelled")
    raise Refusal("draw_already_drawn" if isinstance(draw, DrawnDraw) else "draw_not_revealed")


def as_drawn(draw: AnyDraw) -> DrawnDraw:
    """Give a draw that has its result, or refuse."""
    if isinstance(draw, DrawnDraw):
        return draw
    raise Refusal("draw_is_cancelled" if isinstance(draw, CancelledDraw) else "draw_not_drawn")


def commit(
    draw: OpenDraw,
    now: datetime,
    *,
    number: int,
    previous: str | None,
    secret_sha256: str | None,
    verifier_sha256: str,
) -> SealedDraw:
    """Fix the plan and the list.

    Raises:
        Refusal: all that is wrong with the plan (`why_not_plan`), `draw_empty`, or `draw_committed_late` when less
            than a minute is left before the announced hour.

    """
    objections = why_not_plan(draw.plan)
    if not draw.tickets:
        objections.append(Refusal("draw_empty"))
    if now + EARLIEST_CLOSE > draw.plan.announced_at:
        objections.append(Refusal("draw_committed_late", {"seconds": int(EARLIEST_CLOSE.total_seconds())}))
    if objections:
        raise Refusal.of(objections)
    commitment = commitment_of(
        draw.plan,
        draw.tickets,
        draw.exclusions,
        number=number,
        previous=previous,
        secret_sha256=secret_sha256,
        verifier_sha256=verifier_sha256,
    )
    return SealedDraw(draw.plan, draw.tickets, commitment)


def hand_in(draw: SealedDraw, envelope: Envelope, now: datetime | None = None) -> SealedDraw:
    """Take in one envelope.

    Args:
        draw: the draw.
        envelope: the sealed number.
        now: the instant; needed where a beacon counts, for then the last seat must not know what the beacon says.

    Raises:
        Refusal: `envelope_seat_unknown`, `envelope_already_in`, `envelope_not_signed` where the seat has a key,
            `envelope_without_key` where it has none, `envelope_bad_signature`, `envelope_late`.

    """
    if draw.beacon is not None and (now is None or now >= draw.plan.announced_at):
        raise Refusal("envelope_late", {"seat": envelope.seat})
    seat = next((seat for seat in draw.plan.seats if seat.code == envelope.seat), None)
    if seat is None:
        raise Refusal("envelope_seat_unknown", {"seat": envelope.seat})
    if envelope.seat in draw.envelopes:
        raise Refusal("envelope_already_in", {"seat": envelope.seat})
    if seat.key is None:
        if envelope.sealed is not None or envelope.signature is not None:
            raise Refusal("envelope_without_key", {"seat": envelope.seat})
    elif envelope.sealed is None or envelope.signature is None:
        raise Refusal("envelope_not_signed", {"seat": envelope.seat})
    elif not is_signed(draw.commitment.sha256, seat.key, envelope):
        raise Refusal("envelope_bad_signature", {"seat": envelope.seat})
    return replace(draw, envelopes={**draw.envelopes, envelope.seat: envelope})


def count(draw: SealedDraw, counter: str, counted: int) -> SealedDraw:
    """Take in what one person counted; a second count by the same person replaces the first, both stay in the log."""
    return replace(draw, counts={**draw.counts, counter: counted})


def close(draw: SealedDraw, now: datetime) -> ClosedDraw:
    """Close the draw: from here nothing is added.

    Raises:
        Refusal: every one that applies of `draw_altered`, `draw_before_its_hour`, `envelopes_missing`,
            `counts_missing` and `counts_differ` (two people must have counted, and every count must be the number of
            tickets).

    """
    objections = why_not_untouched(draw.plan, draw.tickets, draw.commitment)
    if now < draw.plan.announced_at:
        objections.append(Refusal("draw_before_its_hour"))
    if len(draw.envelopes) < draw.seats_needed:
        objections.append(Refusal("envelopes_missing", {"handed_in": len(draw.envelopes), "needed": draw.seats_needed}))
    if len(draw.counts) < COUNTERS:
        objections.append(Refusal("counts_missing", {"counted": len(draw.counts), "needed": COUNTERS}))
    if any(counted != len(draw.tickets) for counted in draw.counts.values()):
        objections.append(
            Refusal("counts_differ", {"counts": sorted(draw.counts.values()), "tickets": len(draw.tickets)})
        )
    if objections:
        raise Refusal.of(objections)
    return ClosedDraw(draw)
