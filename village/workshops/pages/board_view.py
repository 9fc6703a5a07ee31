"""The timetable board as it is drawn: columns for rooms, cards at their hours, breaks, what waits to be placed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from village.kit.i18n import current_lang, format_clock, format_day, pick
from village.workshops.queries.timetable import days_of
from village.workshops.rules.timetable import Slot, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from village.editions.queries import CeremonyRow, RoomRow, VenueRow
    from village.workshops.queries.timetable import Board, BoardSession

_NOON_HOURS = (9, 18)
_HOUR = 60


@dataclass(frozen=True)
class Asked:
    """Which part of the board is looked at: a day, and one venue or all."""

    day: date | None
    venue: str

    @property
    def words(self) -> dict[str, str]:
        """The same as it stands in an address."""
        found = {"day": self.day.isoformat() if self.day else "", "venue": self.venue}
        return {name: word for name, word in found.items() if word}


@dataclass(frozen=True)
class Card:
    """A session on the board; `place` is the class names that put it there."""

    session: BoardSession
    place: str
    slot: str


@dataclass(frozen=True)
class BoardView:
    """One day of the board."""

    asked: Asked
    days: list[tuple[date, int]]
    venues: list[VenueRow]
    rooms: list[RoomRow]
    first: int
    last: int
    shut: list[str]
    pauses: list[tuple[bool, str, time, time]]
    cards: list[Card]
    tray: list[Card]
    gone: list[Card]
    ceremonies: list[CeremonyRow]
    changes: int
    digest: str


def view_of(board: Board, asked: Asked, ceremonies: Iterable[CeremonyRow]) -> BoardView:
    """Lay one day of a board out."""
    days = days_of(board)
    day = asked.day if asked.day in days else (days[0] if days else None)
    asked = Asked(day, asked.venue)
    venues = sorted({room.venue.id: room.venue for room in board.rooms}.values(), key=lambda venue: venue.code)
    if asked.venue not in {venue.code for venue in venues}:
        asked = Asked(day, "")
    rooms = [room for room in board.rooms if asked.venue in ("", room.venue.code)]
    columns = {room.id: number for number, room in enumerate(rooms, 1)}
    placed = [each for each in board.sessions if each.piece.placed and each.slot.day == day]
    first, last = _hours(board, day, placed)
    return BoardView(
        asked,
        [(each, sum(s.slot.day == each for s in board.changes)) for each in days],
        venues,
        rooms,
        first,
        last,
        _shut(board, day, first, last),
        [
            (each.is_prayer, place_class(each.starts, each.ends), each.starts, each.ends)
            for each in board.ground.pauses
            if each.day == day
        ],
        [
            Card(each, f"{place_class(each.slot.starts, each.slot.ends)} col{columns[room]}", slot_word(each.slot))
            for each in placed
            if (room := each.slot.room_id) in columns
        ],
        _cards(each for each in board.sessions if _waits(each)),
        _cards(each for each in board.sessions if each.slot.status == Standing.CANCELLED),
        [each for each in ceremonies if each.date == day],
        len(board.changes),
        board.digest,
    )


def _waits(session: BoardSession) -> bool:
    return session.slot.status == Standing.DRAFT or (session.piece.placed and session.slot.room_id is None)


def _cards(sessions: Iterable[BoardSession]) -> list[Card]:
    return [Card(each, "", slot_word(each.slot)) for each in sessions]


def _hours(board: Board, day: date | None, placed: list[BoardSession]) -> tuple[int, int]:
    """The whole hours between which the board is drawn."""
    open_hours = board.ground.days.get(day) if day else None
    starts = [each.slot.starts for each in placed] + ([open_hours[0]] if open_hours else [])
    ends = [each.slot.ends for each in placed] + ([open_hours[1]] if open_hours else [])
    if not starts:
        return _NOON_HOURS
    end = max(ends)
    return min(starts).hour, min(24, end.hour + (1 if end.minute else 0))


def _shut(board: Board, day: date | None, first: int, last: int) -> list[str]:
    """The hours of the board in which the fair is not open."""
    hours = board.ground.days.get(day) if day else None
    if hours is None:
        return []
    found = []
    if hours[0] > time(first):
        found.append(place_class(time(first), hours[0]))
    if hours[1].hour * _HOUR + hours[1].minute < last * _HOUR:
        found.append(f"h{hours[1].hour} m{hours[1].minute // 5 * 5} u{last} v0")
    return found


def place_class(starts: time, ends: time) -> str:
    """The class names that put a card at its hours: h, m from; u, v until (minutes in steps of five)."""
    return f"h{starts.hour} m{starts.minute // 5 * 5} u{ends.hour} v{ends.minute // 5 * 5}"


def slot_word(slot: Slot) -> str:
    """A slot as it stands in a form, so that the server knows what the organiser saw."""
    return json.dumps(slot.as_json(), separators=(",", ":"))


def slot_in_words(board: Board, slot: Slot) -> str:
    """Say a slot: day, hours, room."""
    lang = current_lang()
    room = next((each for each in board.rooms if each.id == slot.room_id), None)
    comma = "، " if lang == "ar" else ", "
    said = [format_day(slot.day, lang).replace(f" {slot.day.year}", ""), hours_in_words(slot)]
    if room is not None:
        said.append(pick(lang, room.name_ar, room.name_fr)[0])
    return comma.join(said)


def hours_in_words(slot: Slot) -> str:
    """Say the hours of a slot."""
    lang = current_lang()
    return _("%(starts)s to %(ends)s", starts=format_clock(slot.starts, lang), ends=format_clock(slot.ends, lang))


def near_json(board: Board, slots: Iterable[Slot]) -> list[dict[str, Any]]:
    """The free slots that are offered, with their words."""
    return [{"slot": each.as_json(), "label": slot_in_words(board, each)} for each in slots]


def wall_words() -> dict[str, Any]:
    """What templates need to say a published slot, whose day and hours are kept as text."""
    lang = current_lang()
    return {
        "wall": lambda text: format_clock(time.fromisoformat(text), lang),
        "wall_day": lambda text: format_day(date.fromisoformat(text), lang),
    }
