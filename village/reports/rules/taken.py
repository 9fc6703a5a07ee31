"""Lists that may be taken out as a file."""

from __future__ import annotations

from enum import StrEnum


class Taken(StrEnum):
    """What is taken out."""

    PEOPLE = "people"
    REGISTRATIONS = "registrations"
    WAITING = "waiting"
    ATTENDANCE = "attendance"
    EXHIBITORS = "exhibitors"
    BOARDS = "boards"


BY_SESSION = frozenset({Taken.REGISTRATIONS, Taken.WAITING, Taken.ATTENDANCE})
"""The lists of which those of a single session can be taken out."""
