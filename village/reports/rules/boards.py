"""The organiser's boards: how full, who waits, who did not come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from village.reports.rules.hiding import Part, per_cent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime, time


class By(StrEnum):
    """What places are counted by."""

    SESSION = "session"
    DAY = "day"
    VENUE = "venue"
    TRACK = "track"
    THEME = "theme"


@dataclass(frozen=True)
class SessionFigures:
    """A session of the programme in figures.

    Persons are counted, so `absent` is None before the session is over. `women` and `youth` are parts of those whose
    gender or age is known. `oldest` is since when the first of the waiting list waits.
    """

    workshop_id: int
    code: str
    title_ar: str
    title_fr: str
    day: date
    starts: time
    ends: time
    venue: str
    track: str
    theme: str
    places: int
    taken_onsite: int
    taken_online: int
    waiting: int
    offered: int
    oldest: datetime | None
    over: bool
    confirmed: int
    absent: int | None
    women: Part
    youth: Part

    @property
    def taken(self) -> int:
        """Places taken in the room and online; one that is offered is taken."""
        return self.taken_onsite + self.taken_online

    def key(self, by: By) -> str:
        """The group that the session belongs to; empty where it has none."""
        keys = {
            By.SESSION: self.code,
            By.DAY: self.day.isoformat(),
            By.VENUE: self.venue,
            By.TRACK: self.track,
            By.THEME: self.theme,
        }
        return keys[by]


@dataclass(frozen=True)
class Fill:
    """How full a group of sessions is."""

    key: str
    sessions: int
    places: int
    onsite: int
    online: int
    waiting: int

    @property
    def taken(self) -> int:
        """Places taken in the room and online."""
        return self.onsite + self.online

    @property
    def per_cent(self) -> int | None:
        """Places taken of a hundred, rounded."""
        return per_cent(self.taken, self.places)

    @property
    def length(self) -> int:
        """How long the bar is: the places and those who wait beyond them."""
        return max(self.places, self.taken) + self.waiting


def fill_by(sessions: Iterable[SessionFigures], by: By) -> tuple[Fill, ...]:
    """Count places by session, day, venue, track or theme, in the order of the programme; the ones without come last.

    Sessions without places (a ceremony, open to all) fill nothing and are left out.
    """
    groups: dict[str, list[SessionFigures]] = {}
    for one in sessions:
        if one.places:
            groups.setdefault(one.key(by), []).append(one)
    return tuple(_fill(key, groups[key]) for key in sorted(groups, key=lambda key: key == ""))


def _fill(key: str, sessions: list[SessionFigures]) -> Fill:
    return Fill(
        key,
        len(sessions),
        sum(one.places for one in sessions),
        sum(one.taken_onsite for one in sessions),
        sum(one.taken_online for one in sessions),
        sum(one.waiting for one in sessions),
    )


def may_hope(waiting: int, taken: int, given_back: int, ever: int) -> int:
    """Estimate how many of a waiting list will get a place: as many places as people usually give back.

    Args:
        waiting: how many wait.
        taken: places taken now.
        given_back: confirmed places of the edition that were cancelled so far.
        ever: places of the edition that were ever confirmed.

    """
    return min(waiting, taken * given_back // ever) if ever else 0


def count_where(keys: Iterable[str | None], known: Callable[[str], bool] = bool) -> Mapping[str, int]:
    """Count equal keys, without the unknown ones."""
    counts: dict[str, int] = {}
    for key in keys:
        if key is not None and known(key):
            counts[key] = counts.get(key, 0) + 1
    return counts
