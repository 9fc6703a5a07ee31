"""Time: instants are UTC and aware; planned times are local wall times with the zone of the edition."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol

# Morocco left daylight saving on 2026-09-20 (tzdata 2026f). Older systems still hold the rule that was, and zoneinfo
# would prefer them: forget the system's files so that the pinned tzdata wheel answers alone.
zoneinfo.reset_tzpath(to=[])


class Clock(Protocol):
    """Where the present comes from."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present instant."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is told to move: for tests and for replaying a fair."""

    def __init__(self, at: datetime) -> None:
        """Stop the clock at an aware instant."""
        self.move_to(at)

    def now(self) -> datetime:
        """Return the instant at which the clock stands."""
        return self._at

    def move_to(self, at: datetime) -> None:
        """Set the clock to an aware instant.

        Raises:
            ValueError: the instant has no zone.

        """
        if at.tzinfo is None:
            raise ValueError("a clock needs an aware instant")
        self._at = at.astimezone(UTC)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._at += timedelta(seconds=seconds)


@lru_cache(maxsize=16)
def zone(name: str) -> zoneinfo.ZoneInfo:
    """Return a time zone by its IANA name, from the pinned tzdata wheel.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: there is no such zone.

    """
    return zoneinfo.ZoneInfo(name)


def instant(day: date, at: time, zone_name: str) -> datetime:
    """Turn a planned local wall time into an instant (aware, UTC)."""
    return datetime.combine(day, at, tzinfo=zone(zone_name)).astimezone(UTC)


def local(at: datetime, zone_name: str) -> datetime:
    """Show an instant as the local time of a zone (aware)."""
    return at.astimezone(zone(zone_name))


def zone_is_current() -> bool:
    """Tell whether the zone data know that Morocco stays on UTC+0 since 2026-09-20.

    With older data every planned time of the fair would be an hour wrong; the application checks this at its start.
    """
    return instant(date(2026, 12, 4), time(10), "Africa/Casablanca").hour == 10  # noqa: PLR2004 - 10:00 stays 10:00
