"""What people are told of their places."""

from __future__ import annotations

from enum import StrEnum


class NoticeKind(StrEnum):
    """What happened to somebody's place."""

    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    PROMOTED = "promoted"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    TRANSFERRED = "transferred"
    MOVED = "moved"
    SESSION_CANCELLED = "session_cancelled"
    REFUSED = "refused"
