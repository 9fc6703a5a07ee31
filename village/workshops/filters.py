"""What a reader of the programme asks for: a day, a place, a theme, a language, a track, a kind, a way to take part."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from village.workshops.queries import WorkshopRow

WAYS = ("onsite", "online")
_LONGEST = 20


@dataclass(frozen=True)
class Filter:
    """A part of the programme. An empty word asks for all.

    `city` is the code of a venue, `day` a date as 2026-12-04, `way` onsite or online, `spoken` a language in which
    sessions are held; `theme`, `track` and `kind` are codes.
    """

    day: str = ""
    city: str = ""
    kind: str = ""
    way: str = ""
    theme: str = ""
    spoken: str = ""
    track: str = ""

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> Filter:
        """Read the filter of an address; what is no date and no way to take part asks for nothing."""
        words = {each.name: typed.get(each.name, "").strip()[:_LONGEST] for each in fields(cls)}
        if not _is_day(words["day"]):
            words["day"] = ""
        if words["way"] not in WAYS:
            words["way"] = ""
        return cls(**words)

    @property
    def narrow(self) -> bool:
        """Whether more than a day and a place is asked for."""
        return bool(self.kind or self.way or self.theme or self.spoken or self.track)

    def words(self, **other: str) -> dict[str, str]:
        """The filter as words of an address, some of them changed; without those that ask for all."""
        return {name: word for name, word in {**asdict(self), **other}.items() if word}

    def chosen(self, rows: Iterable[WorkshopRow]) -> list[WorkshopRow]:
        """The sessions that are asked for, in the order in which they came."""
        return [row for row in rows if self._wants(row)]

    def _wants(self, row: WorkshopRow) -> bool:
        return (
            (not self.day or row.day.isoformat() == self.day)
            and (not self.city or (row.room is not None and row.room.venue.code == self.city))
            and (not self.kind or row.kind == self.kind)
            and (not self.way or row.mode in (self.way, "hybrid"))
            and (not self.theme or row.theme == self.theme)
            and (not self.spoken or self.spoken in row.langs)
            and (not self.track or (row.track is not None and row.track.code == self.track))
        )


def _is_day(word: str) -> bool:
    try:
        return date.fromisoformat(word).isoformat() == word
    except ValueError:
        return False
