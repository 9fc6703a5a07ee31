"""What comes next: one clear step at a time for the commission."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """The steps of a draw in their order, as the commission's screen shows them."""

    COMMIT = "commit"
    ENVELOPES = "envelopes"
    COUNTS = "counts"
    CLOSE = "close"
    OPEN = "open"
    REVEAL = "reveal"
    CONCLUDE = "conclude"
    DONE = "done"


def next_step(state: str, *, envelopes_wanted: int, envelopes_in: int, counts_agree: bool, envelopes_open: int) -> Step:
    """Say what comes next.

    Args:
        state: open, sealed, closed, revealed or drawn.
        envelopes_wanted: how many envelopes the screen waits for: one for each seat.
        envelopes_in: how many were handed in.
        counts_agree: whether two people counted exactly the tickets of the list.
        envelopes_open: how many were opened.

    """
    if state == "sealed":
        if envelopes_in < envelopes_wanted:
            return Step.ENVELOPES
        return Step.CLOSE if counts_agree else Step.COUNTS
    if state == "closed":
        return Step.OPEN if envelopes_open < envelopes_in else Step.REVEAL
    return {"open": Step.COMMIT, "revealed": Step.CONCLUDE}.get(state, Step.DONE)
