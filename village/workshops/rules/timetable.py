"""The timetable: what stands against a slot of a session, and which free slots are nearest to a wished one.

The organisers' rule: «لا تبرمج جلستان في نفس القاعة ولا لنفس المؤطر في نفس الوقت، مع احتساب وقت التنقل بين المدينتين،
ولا شيء وقت الصلاة والأكل» / « pas deux séances dans une salle ni pour un animateur au même moment, trajet entre les
villes compris, et rien pendant la prière et les repas ». A ceremony may be held over a meal, never over a prayer.

What is published already is not called into question for itself: only two sessions that meet are, wherever they stand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from village.editions.rules import EQUIPMENT
from village.kit.refusal import Refusal
from village.workshops.rules.overlaps import Sitting, overlaps, travel_minutes
from village.workshops.rules.places import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from village.kit.db import Json

STEP = timedelta(minutes=15)
"""The grid on which free slots are offered, and the step of a key on the board."""
SHORTEST = timedelta(minutes=15)
_OTHER_ROOM, _OTHER_VENUE, _OTHER_DAY = 30, 90, 10_000
_CEREMONY, _PRAYER = "ceremony", "prayer"


class Standing(StrEnum):
    """How far a session has come on the board."""

    DRAFT = "draft"
    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Slot:
    """Where and when a session stands, and who leads it; `day`, `starts`, `ends` are local wall times."""

    day: date
    starts: time
    ends: time
    room_id: int | None
    status: str
    trainers: tuple[int, ...] = ()

    @property
    def length(self) -> timedelta:
        """How long the session lasts; negative where the hours are the wrong way round."""
        return datetime.combine(self.day, self.ends) - datetime.combine(self.day, self.starts)

    def as_json(self) -> dict[str, Json]:
        """The slot as plain values, for the ledger and for pages."""
        return {
            "day": self.day.isoformat(),
            "starts": f"{self.starts:%H:%M}",
            "ends": f"{self.ends:%H:%M}",
            "room": self.room_id,
            "status": self.status,
            "trainers": list(self.trainers),
        }

    @classmethod
    def of_json(cls, values: Mapping[str, object]) -> Slot:
        """Read a slot back from plain values.

        Raises:
            ValueError: it is not a slot.

        """
        try:
            room, trainers = values["room"], values["trainers"]
            return cls(
                date.fromisoformat(str(values["day"])),
                time.fromisoformat(str(values["starts"])),
                time.fromisoformat(str(values["ends"])),
                int(str(room)) if room is not None else None,
                Standing(str(values["status"])).value,
                tuple(int(str(each)) for each in trainers) if isinstance(trainers, list | tuple) else (),
            )
        except (KeyError, TypeError) as fault:
            raise ValueError("not a slot") from fault


@dataclass(frozen=True, slots=True)
class Hall:
    """A room as the timetable needs it: `venue_id` is None where it is online."""

    id: int
    code: str
    venue_id: int | None
    capacity: int
    equipment: frozenset[str] = frozenset()
    name_ar: str = ""
    name_fr: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """A break in which nothing is planned."""

    kind: str
    day: date
    starts: time
    ends: time

    @property
    def is_prayer(self) -> bool:
        """Whether it is for prayer (prayer, friday_prayer …); every other break is for a meal."""
        return _PRAYER in self.kind


@dataclass(frozen=True, slots=True)
class Ground:
    """The edition on which sessions are laid: its days with their hours, rooms, breaks and ways."""

    days: Mapping[date, tuple[time, time]]
    halls: Mapping[int, Hall]
    pauses: Sequence[Pause]
    travel: Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A session on the board. `slot` is where it stands now, `public` where it stands published."""

    id: int
    code: str
    title_ar: str
    title_fr: str
    mode: str
    kind: str
    taken_onsite: int
    equipment: frozenset[str]
    slot: Slot
    public: Slot

    @property
    def placed(self) -> bool:
        """Whether it takes up a room and its trainers."""
        return self.slot.status == Standing.PLANNED


def sitting_of(piece: Piece, ground: Ground) -> Sitting:
    """The time and place that a session takes up, as its trainers spend it."""
    slot = piece.slot
    hall = ground.halls.get(slot.room_id or 0)
    venue = hall.venue_id if hall and piece.mode != Mode.ONLINE else None
    start, end = datetime.combine(slot.day, slot.starts), datetime.combine(slot.day, slot.ends)
    return Sitting(piece.code, start, end, venue, piece.title_ar, piece.title_fr)


def list_clashes(
    piece: Piece, others: Iterable[Piece], ground: Ground, trainers: Mapping[int, tuple[str, str]]
) -> list[Refusal]:
    """List all that stands against a session where it would be; empty where it may stand there.

    Args:
        piece: the session at its wished slot.
        others: every other session of the board; those that are not placed do not count.
        ground: days, rooms, breaks, ways.
        trainers: (Arabic, French) names by id.

    """
    if not piece.placed:
        return []
    own = [] if _as_published(piece) else _own_faults(piece, ground)
    if any(each.code in {"slot_hours_order", "slot_room_needed"} for each in own):
        return own
    near = (other for other in others if other.placed and other.id != piece.id and other.slot.day == piece.slot.day)
    met = [clash for other in near for clash in _meetings(piece, other, ground, trainers)]
    return own + met


def _as_published(piece: Piece) -> bool:
    return piece.public.status == Standing.PLANNED and replace(piece.slot, trainers=()) == replace(
        piece.public, trainers=()
    )


def _own_faults(piece: Piece, ground: Ground) -> list[Refusal]:
    """What stands against a slot whatever else is planned."""
    slot = piece.slot
    if slot.length < SHORTEST:
        return [Refusal("slot_hours_order", {"workshop": piece.code})]
    hall = ground.halls.get(slot.room_id or 0)
    if hall is None and (slot.room_id is not None or piece.mode != Mode.ONLINE):
        return [Refusal("slot_room_needed", {"workshop": piece.code})]
    found = [*_faults_of_day(piece, ground), *_faults_of_breaks(piece, ground)]
    return [*found, *(_faults_of_hall(piece, hall) if hall else [])]


def _faults_of_day(piece: Piece, ground: Ground) -> Iterator[Refusal]:
    slot = piece.slot
    hours = ground.days.get(slot.day)
    if hours is None:
        yield Refusal("slot_day_outside", {"day": slot.day.isoformat()})
    elif slot.starts < hours[0] or slot.ends > hours[1]:
        yield Refusal("slot_hours_outside", {"opens": f"{hours[0]:%H:%M}", "closes": f"{hours[1]:%H:%M}"})


def _faults_of_breaks(piece: Piece, ground: Ground) -> Iterator[Refusal]:
    slot = piece.slot
    for pause in ground.pauses:
        meets = pause.day == slot.day and slot.starts < pause.ends and pause.starts < slot.ends
        if not meets or (piece.kind == _CEREMONY and not pause.is_prayer):
            continue
        hours = {"starts": f"{pause.starts:%H:%M}", "ends": f"{pause.ends:%H:%M}"}
        yield Refusal("slot_in_prayer" if pause.is_prayer else "slot_in_meal", hours)


def _faults_of_hall(piece: Piece, hall: Hall) -> Iterator[Refusal]:
    names = {"room_ar": hall.name_ar or hall.name_fr or hall.code, "room_fr": hall.name_fr or hall.name_ar or hall.code}
    names["room_en"] = names["room_fr"]
    if (hall.venue_id is None) != (piece.mode == Mode.ONLINE):
        yield Refusal("slot_room_online" if hall.venue_id is None else "slot_room_onsite", names)
        return
    if piece.taken_onsite > hall.capacity:
        yield Refusal("slot_room_too_small", {**names, "taken": piece.taken_onsite, "seats": hall.capacity})
    missing = [code for code in EQUIPMENT if code in piece.equipment - hall.equipment]
    if missing and hall.venue_id is not None:
        lists = {
            "things_ar": "، ".join(EQUIPMENT[code].ar for code in missing),
            "things_fr": ", ".join(EQUIPMENT[code].fr for code in missing),
            "things_en": ", ".join(EQUIPMENT[code].en for code in missing),
        }
        yield Refusal("slot_equipment_missing", {**names, **lists})


def _meetings(piece: Piece, other: Piece, ground: Ground, trainers: Mapping[int, tuple[str, str]]) -> Iterator[Refusal]:
    one, two = sitting_of(piece, ground), sitting_of(other, ground)
    hours_meet = one.starts < two.ends and two.starts < one.ends
    facts = {
        "workshop": piece.code,
        "other": other.code,
        "other_ar": other.title_ar or other.title_fr,
        "other_fr": other.title_fr or other.title_ar,
        "other_en": other.title_fr or other.title_ar,
        "starts": f"{two.starts:%H:%M}",
        "ends": f"{two.ends:%H:%M}",
    }
    if hours_meet and piece.slot.room_id is not None and piece.slot.room_id == other.slot.room_id:
        yield Refusal("slot_room_taken", facts)
    if not overlaps(one, two, ground.travel):
        return
    way = 0 if hours_meet else travel_minutes(one.venue_id, two.venue_id, ground.travel)
    for trainer in piece.slot.trainers:
        if trainer in other.slot.trainers:
            ar, fr = trainers.get(trainer, ("", ""))
            who = {"trainer_ar": ar or fr, "trainer_fr": fr or ar, "trainer_en": fr or ar}
            yield Refusal("slot_trainer_way" if way else "slot_trainer_taken", {**facts, **who, "way": way})


def list_free_slots(
    piece: Piece, others: Sequence[Piece], ground: Ground, trainers: Mapping[int, tuple[str, str]], limit: int = 3
) -> list[Slot]:
    """List the free slots nearest to the wished one, the nearest first: as long, with the same trainers.

    Near is: the same day before another, then by the minutes between the starts; another room counts as half an hour
    more, another venue as an hour and a half. Of one room on one day at most one slot before and one after is named,
    so that the choice is one. Every slot named stands without any objection.
    """
    placed = replace(piece.slot, status=Standing.PLANNED.value)
    wished = replace(piece, slot=placed)
    if placed.length < SHORTEST:
        return []
    found: list[Slot] = []
    named: set[tuple[date, int | None, bool]] = set()
    near = [other for other in others if other.placed and other.id != piece.id]
    for slot in sorted(_candidates(wished, ground), key=lambda each: _distance(each, placed, ground)):
        side = (slot.day, slot.room_id, slot.starts < placed.starts)
        if side in named or slot == placed:
            continue
        if not list_clashes(replace(wished, slot=slot), near, ground, trainers):
            named.add(side)
            found.append(slot)
        if len(found) == limit:
            break
    return found


def _candidates(piece: Piece, ground: Ground) -> Iterator[Slot]:
    halls: list[int | None] = [
        hall.id for hall in ground.halls.values() if not any(True for _ in _faults_of_hall(piece, hall))
    ]
    if piece.mode == Mode.ONLINE and piece.slot.room_id is None:
        halls.append(None)
    for day, (opens, closes) in ground.days.items():
        last = datetime.combine(day, closes) - piece.slot.length
        start = _on_grid(datetime.combine(day, opens))
        while start <= last:
            end = start + piece.slot.length
            for hall in halls:
                yield replace(piece.slot, day=day, starts=start.time(), ends=end.time(), room_id=hall)
            start += STEP


def _on_grid(at: datetime) -> datetime:
    late = timedelta(minutes=at.minute % 15, seconds=at.second)
    return at - late + STEP if late else at


def _distance(slot: Slot, wished: Slot, ground: Ground) -> tuple[float, str, time]:
    minutes = abs(_minute(slot.starts) - _minute(wished.starts))
    days = abs((slot.day - wished.day).days)
    room, own = ground.halls.get(slot.room_id or 0), ground.halls.get(wished.room_id or 0)
    if slot.room_id != wished.room_id and own is not None:
        minutes += _OTHER_ROOM if room and room.venue_id == own.venue_id else _OTHER_VENUE
    return days * _OTHER_DAY + minutes, room.code if room else "", slot.starts


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def list_all_clashes(
    pieces: Sequence[Piece], ground: Ground, trainers: Mapping[int, tuple[str, str]]
) -> list[tuple[Piece, Refusal]]:
    """List what stands against a whole board before it is published; each meeting of two is named once."""
    found: list[tuple[Piece, Refusal]] = []
    for index, piece in enumerate(pieces):
        found += [(piece, each) for each in list_clashes(piece, pieces[index + 1 :], ground, trainers)]
    return found
