"""Reads of the programme's versions: what publishing would change and for whom, and what each version changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import select

from village.kit.refusal import Refusal
from village.workshops.models import ProgrammeVersion, Registration
from village.workshops.rules import Channel, overlaps
from village.workshops.rules.timetable import Slot, Standing, sitting_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.kit.db import Json
    from village.workshops.queries.timetable import Board, BoardSession
    from village.workshops.rules import Sitting
    from village.workshops.rules.timetable import Piece

LIVE = ("confirmed", "offered", "waitlisted")
HOLDING = ("confirmed", "offered")


@dataclass(frozen=True)
class LiveRow:
    """A live request as publishing needs it."""

    id: int
    person_id: int
    workshop_id: int
    status: str
    channel: str


@dataclass(frozen=True)
class Double:
    """Somebody who would hold two places that nobody can attend both."""

    person_id: int
    one: BoardSession
    other: BoardSession


@dataclass(frozen=True)
class Outlook:
    """One session's change as publishing would make it: what, from where to where, and how many it concerns."""

    session: BoardSession
    what: tuple[str, ...]
    was: dict[str, Json]
    now: dict[str, Json]
    confirmed: int
    waiting: int
    places: int | None
    venue_id: int | None

    @property
    def concerned(self) -> int:
        """How many people would be told."""
        return self.confirmed + self.waiting if is_told(self.what) else 0


@dataclass(frozen=True)
class VersionRow:
    """The programme as it was published once, with what it changed."""

    number: int
    published_at: datetime
    note_ar: str
    note_fr: str
    slots: tuple[dict[str, Any], ...]
    changes: tuple[dict[str, Any], ...]


def list_live(session: Session, workshop_ids: Iterable[int]) -> list[LiveRow]:
    """List the live requests of some sessions in the order in which they came."""
    rows = session.execute(
        select(
            Registration.id,
            Registration.person_id,
            Registration.workshop_id,
            Registration.status,
            Registration.channel,
        )
        .where(Registration.workshop_id.in_(tuple(workshop_ids)), Registration.status.in_(LIVE))
        .order_by(Registration.workshop_id, Registration.seq)
    )
    return [LiveRow(*row[:4], row[4] or Channel.ONSITE.value) for row in rows]


def list_outlooks(session: Session, board: Board) -> list[Outlook]:
    """List what publishing would change, session by session in order of time; one SQL query."""
    changes = board.changes
    live = list_live(session, [each.row.id for each in changes])
    return [_outlook(board, each, [row for row in live if row.workshop_id == each.row.id]) for each in changes]


def _outlook(board: Board, session: BoardSession, live: list[LiveRow]) -> Outlook:
    holding = sum(row.status in HOLDING for row in live)
    return Outlook(
        session,
        what_changes(session.public, session.slot),
        told_slot(board, session.public),
        told_slot(board, session.slot),
        holding,
        len(live) - holding,
        shrunk_places(board, session),
        sitting_of(session.piece, board.ground).venue_id,
    )


def what_changes(was: Slot, now: Slot) -> tuple[str, ...]:
    """Name what differs between two slots: added, cancelled, restored, or any of day, hours, room, trainers."""
    if was.status != now.status:
        named = {Standing.DRAFT: "added", Standing.CANCELLED: "restored"}
        return ("cancelled" if now.status == Standing.CANCELLED else named.get(Standing(was.status), "added"),)
    found = []
    if was.day != now.day:
        found.append("day")
    if (was.starts, was.ends) != (now.starts, now.ends):
        found.append("hours")
    if was.room_id != now.room_id:
        found.append("room")
    if was.trainers != now.trainers:
        found.append("trainers")
    return tuple(found)


def is_told(what: Iterable[str]) -> bool:
    """Tell whether those registered are written to: other hours, another room, or a session called off."""
    return bool({"day", "hours", "room", "cancelled"} & set(what))


def told_slot(board: Board, slot: Slot) -> dict[str, Json]:
    """A slot with the names of its room and trainers, readable long after they have changed."""
    room = next((each for each in board.rooms if each.id == slot.room_id), None)
    names = board.names
    return {
        "day": slot.day.isoformat(),
        "starts": f"{slot.starts:%H:%M}",
        "ends": f"{slot.ends:%H:%M}",
        "status": slot.status,
        "room": room.code if room else "",
        "room_ar": room.name_ar if room else "",
        "room_fr": room.name_fr if room else "",
        "city_ar": room.venue.city_ar if room else "",
        "city_fr": room.venue.city_fr if room else "",
        "trainers": [{"ar": names[each][0], "fr": names[each][1]} for each in slot.trainers if each in names],
    }


def shrunk_places(board: Board, session: BoardSession) -> int | None:
    """Return the places in the room where the new one has fewer seats than the session has places; else None."""
    hall = board.ground.halls.get(session.slot.room_id or 0)
    if hall is None or hall.venue_id is None or session.slot.room_id == session.public.room_id:
        return None
    return hall.capacity if hall.capacity < session.row.places.onsite else None


def list_doubles(session: Session, board: Board) -> list[Double]:
    """List who would hold two places that nobody can attend both, though they could before; one SQL query."""
    changed = {each.row.id for each in board.changes}
    by_id = {each.row.id: each for each in board.sessions}
    if not changed:
        return []
    own: dict[int, list[LiveRow]] = defaultdict(list)
    for row in list_live(session, by_id):
        if row.status in HOLDING:
            own[row.person_id].append(row)
    found = []
    for person_id, rows in sorted(own.items()):
        for one, other in combinations(rows, 2):
            pair = by_id[one.workshop_id], by_id[other.workshop_id]
            touched = changed & {one.workshop_id, other.workshop_id}
            if touched and _newly_meet(board, pair, (one.channel, other.channel)):
                found.append(Double(person_id, *sorted(pair, key=_in_time)))
    return found


def _in_time(session: BoardSession) -> tuple[Any, ...]:
    return session.slot.day, session.slot.starts, session.row.code


def _newly_meet(board: Board, pair: tuple[BoardSession, BoardSession], channels: tuple[str, str]) -> bool:
    if any(each.slot.status != Standing.PLANNED for each in pair):
        return False
    before = [_spent(board, replace(each.piece, slot=each.public), by) for each, by in zip(pair, channels, strict=True)]
    after = [_spent(board, each.piece, by) for each, by in zip(pair, channels, strict=True)]
    travel = board.ground.travel
    return overlaps(after[0], after[1], travel) and not overlaps(before[0], before[1], travel)


def _spent(board: Board, piece: Piece, channel: str) -> Sitting:
    sitting = sitting_of(piece, board.ground)
    return replace(sitting, venue_id=None) if channel == Channel.ONLINE else sitting


def list_versions(session: Session, edition_id: int) -> list[VersionRow]:
    """List the published versions, the newest first."""
    rows = session.scalars(
        select(ProgrammeVersion)
        .where(ProgrammeVersion.edition_id == edition_id)
        .order_by(ProgrammeVersion.number.desc())
    )
    return [_version(row) for row in rows]


def get_version(session: Session, edition_id: int, number: int) -> VersionRow:
    """Return a published version.

    Raises:
        Refusal: `programme_version_not_found`.

    """
    row = session.scalars(
        select(ProgrammeVersion).where(
            ProgrammeVersion.edition_id == edition_id, ProgrammeVersion.number == number
        )
    ).first()
    if row is None:
        raise Refusal("programme_version_not_found", {"number": number})
    return _version(row)


def differences(old: VersionRow, new: VersionRow) -> list[dict[str, Any]]:
    """List what differs between two versions, session by session in order of time, as `changes` does for neighbours."""
    was = {each["workshop"]: each for each in old.slots}
    found = [
        _difference(each, was.get(each["workshop"]))
        for each in new.slots
        if each["now"] != (was.get(each["workshop"]) or {}).get("now")
    ]
    still = {each["workshop"] for each in new.slots}
    found += [_difference(None, each) for number, each in was.items() if number not in still]
    return sorted((each for each in found if each["what"]), key=_by_time)


def _by_time(change: Mapping[str, Any]) -> tuple[str, str, str]:
    slot = change["now"] or change["was"]
    return slot["day"], slot["starts"], change["code"]


def _difference(new: Mapping[str, Any] | None, old: Mapping[str, Any] | None) -> dict[str, Any]:
    known = cast("Mapping[str, Any]", new or old)
    was, now = old["now"] if old else None, new["now"] if new else None
    kept = {name: known[name] for name in ("workshop", "code", "title_ar", "title_fr")}
    return {**kept, "what": list(_told_changes(was, now)), "was": was, "now": now}


def _told_changes(was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> tuple[str, ...]:
    if was is None or now is None:
        return ("added",) if now and now["status"] == Standing.PLANNED else ()
    if was["status"] != now["status"]:
        return ("cancelled" if now["status"] == Standing.CANCELLED else "restored",)
    hours = (was["starts"], was["ends"]) != (now["starts"], now["ends"])
    several = (
        ("day", was["day"] != now["day"]),
        ("hours", hours),
        ("room", was["room"] != now["room"]),
        ("trainers", was["trainers"] != now["trainers"]),
    )
    return tuple(name for name, differs in several if differs)


def _version(row: ProgrammeVersion) -> VersionRow:
    return VersionRow(row.number, row.published_at, row.note_ar, row.note_fr, tuple(row.slots), tuple(row.changes))
