"""The programme: sessions as they come in, and who would have to be in two places at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from village.kit.refusal import Refusal
from village.workshops.rules.overlaps import Sitting, overlaps
from village.workshops.rules.places import Mode, Places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class NewTrainer:
    """A trainer as the programme brings one."""

    code: str
    name_ar: str
    name_fr: str
    gender: str = "unknown"


@dataclass(frozen=True, slots=True)
class NewWorkshop:
    """A workshop as the programme brings one.

    `starts` and `ends` are local wall times; `credit_minutes` is what a certificate counts; `capacity` is that of
    the room, or of the platform where the workshop is held online alone. Registration closes with the workshop's end
    unless `closes` says earlier.
    """

    code: str
    title_ar: str
    title_fr: str
    kind: str
    mode: Mode
    room: str | None
    day: date
    starts: time
    ends: time
    credit_minutes: int
    capacity: int
    online_capacity: int | None = None
    trainers: tuple[str, ...] = ()
    opens: datetime | None = None
    closes: datetime | None = None
    join_url: str = ""

    @property
    def places(self) -> Places:
        """Places by channel."""
        if self.mode is Mode.ONLINE:
            return Places(onsite=0, online=self.capacity)
        return Places(onsite=self.capacity, online=(self.online_capacity or 0) if self.mode is Mode.HYBRID else 0)


@dataclass(frozen=True, slots=True)
class Booking:
    """One workshop as it occupies a room and its trainers; `room_id` is None without a room of bricks."""

    sitting: Sitting
    room_id: int | None
    trainers: frozenset[str]


def list_programme_clashes(bookings: Sequence[Booking], travel: Mapping[tuple[int, int], int]) -> list[Refusal]:
    """List the rooms booked twice and the trainers who would have to be in two places at once."""
    ordered = sorted(bookings, key=lambda b: (b.sitting.starts, b.sitting.workshop))
    clashes = []
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            codes = {"workshop": one.sitting.workshop, "other": other.sitting.workshop}
            same_hours = overlaps(one.sitting, other.sitting, {})
            if same_hours and one.room_id is not None and one.room_id == other.room_id:
                clashes.append(Refusal("room_taken", codes))
            if overlaps(one.sitting, other.sitting, travel):
                clashes += [
                    Refusal("trainer_taken", {**codes, "trainer": trainer})
                    for trainer in sorted(one.trainers & other.trainers)
                ]
    return clashes
