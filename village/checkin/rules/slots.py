"""When and where a session is held, as a sheet of paper remembers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

_PARTS = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """Day and hours (local wall times) and the code of the room, empty where there is none."""

    day: date
    starts: time
    ends: time
    room: str = ""

    @property
    def text(self) -> str:
        """The slot as it is kept: `2026-12-04 10:00 12:00 M1`."""
        return f"{self.day.isoformat()} {self.starts:%H:%M} {self.ends:%H:%M} {self.room}".rstrip()


def read_slot(text: str) -> Slot | None:
    """Read a slot as it is kept; None where nothing was kept.

    Raises:
        ValueError: the text is no slot.

    """
    if not text:
        return None
    day, starts, ends, room = [*text.split(" ", _PARTS - 1), ""][:_PARTS]
    return Slot(date.fromisoformat(day), time.fromisoformat(starts), time.fromisoformat(ends), room)
