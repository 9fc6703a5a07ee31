"""What comes next: one clear step at a time for the commission."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """The steps of a draw in their order, as the commission's screen shows them."""

    COMMIT = "commit"
    ENVELOPES = "envelopes"
    COUNTS = "counts"
    CLOSE = "close"
    OPEN = "open"
    BEACON = "beacon"
    REVEAL = "reveal"
    CONCLUDE = "conclude"
    PRIZES = "prizes"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a draw has come, as far as the next step depends on it.

    `envelopes_wanted` is how many envelopes the screen still waits for: one for each seat, or only the fewest once
    nobody waits for the others; `beacon_awaited`: a round counts and was not brought in; `turns_open`: prizes that
    are neither handed over nor withdrawn.
    """

    state: str
    envelopes_wanted: int = 0
    envelopes_in: int = 0
    envelopes_open: int = 0
    counts_agree: bool = False
    beacon_awaited: bool = False
    turns_open: int = 0


_ALWAYS = {"open": Step.COMMIT, "revealed": Step.CONCLUDE, "cancelled": Step.CANCELLED}


def next_step(so_far: Progress) -> Step:
    """Say what comes next."""
    if so_far.state == "sealed":
        if so_far.envelopes_in < so_far.envelopes_wanted:
            return Step.ENVELOPES
        return Step.CLOSE if so_far.counts_agree else Step.COUNTS
    if so_far.state == "closed":
        if so_far.envelopes_open < so_far.envelopes_in:
            return Step.OPEN
        return Step.BEACON if so_far.beacon_awaited else Step.REVEAL
    if so_far.state == "drawn":
        return Step.PRIZES if so_far.turns_open else Step.DONE
    return _ALWAYS[so_far.state]


def way(*, seats: bool, beacon: bool) -> tuple[Step, ...]:
    """List the steps that a draw has, up to its last prize: some plans have no envelopes, some no beacon."""
    left_out = {
        *(() if seats else (Step.ENVELOPES, Step.OPEN)),
        *(() if beacon else (Step.BEACON,)),
        Step.CANCELLED,
        Step.DONE,
    }
    return tuple(step for step in Step if step not in left_out)
