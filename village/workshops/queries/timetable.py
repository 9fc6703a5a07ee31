"""Reads of the timetable board: every session where it stands now, beside where it stands published."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.editions.queries import list_breaks, list_days, list_rooms, travel_minutes
from village.kit.refusal import Refusal
from village.workshops.models import ProgrammeChange, ProgrammeDraft, Workshop
from village.workshops.queries.programme import TrainerRow, WorkshopRow, list_trainers, list_workshops
from village.workshops.rules.timetable import (
    Ground,
    Hall,
    Pause,
    Piece,
    Slot,
    Standing,
    list_all_clashes,
    list_clashes,
    list_free_slots,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from village.editions.queries import RoomRow

EVERY = tuple(standing.value for standing in Standing)


@dataclass(frozen=True)
class BoardSession:
    """A session on the board: the published row, and what the rules need of it where it stands now."""

    row: WorkshopRow
    piece: Piece

    @property
    def slot(self) -> Slot:
        """Where it stands now."""
        return self.piece.slot

    @property
    def public(self) -> Slot:
        """Where it stands published."""
        return self.piece.public

    @property
    def changed(self) -> bool:
        """Whether publishing would change it: where a draft waits is nothing to publish."""
        return self.slot != self.public and self.slot.status != Standing.DRAFT


@dataclass(frozen=True)
class Board:
    """The whole board of an edition. `digest` names its present state: two equal digests are two equal boards."""

    sessions: tuple[BoardSession, ...]
    ground: Ground
    rooms: tuple[RoomRow, ...]
    trainers: tuple[TrainerRow, ...]
    digest: str

    @property
    def names(self) -> dict[int, tuple[str, str]]:
        """(Arabic, French) names of the trainers by id."""
        return {each.id: (each.name_ar, each.name_fr) for each in self.trainers}

    @property
    def pieces(self) -> list[Piece]:
        """What the rules need of every session."""
        return [each.piece for each in self.sessions]

    @property
    def changes(self) -> list[BoardSession]:
        """The sessions that publishing would change, in order of time."""
        return [each for each in self.sessions if each.changed]

    def of_code(self, code: str) -> BoardSession:
        """Return a session by its code.

        Raises:
            Refusal: `workshop_not_found`.

        """
        found = next((each for each in self.sessions if each.row.code == code.upper()), None)
        if found is None:
            raise Refusal("workshop_not_found", {"workshop": code})
        return found

    def of_id(self, workshop_id: int) -> BoardSession:
        """Return a session by its id.

        Raises:
            Refusal: `workshop_not_found`.

        """
        found = next((each for each in self.sessions if each.row.id == workshop_id), None)
        if found is None:
            raise Refusal("workshop_not_found", {"workshop": workshop_id})
        return found

    def clashes_of(self, piece: Piece) -> list[Refusal]:
        """List what stands against a session where it would be."""
        return list_clashes(piece, self.pieces, self.ground, self.names)

    def all_clashes(self) -> list[tuple[Piece, Refusal]]:
        """List what stands against the whole board."""
        return list_all_clashes(self.pieces, self.ground, self.names)

    def free_slots(self, workshop_id: int, wished: Slot, limit: int = 3) -> list[Slot]:
        """List the free slots nearest to a wished one."""
        piece = replace(self.of_id(workshop_id).piece, slot=wished)
        return list_free_slots(piece, self.pieces, self.ground, self.names, limit)


@dataclass(frozen=True)
class ChangeRow:
    """A step on the board as its history tells it."""

    number: int
    workshop_id: int
    before: Slot
    after: Slot
    at: datetime
    actor: str
    undone: bool


def get_board(session: Session, edition_id: int) -> Board:
    """Read the board of an edition; nine SQL queries."""
    rooms = tuple(list_rooms(session, edition_id))
    of_edition = _DRAFTS.where(Workshop.edition_id == edition_id)
    drafts = {row.workshop_id: draft_slot(row) for row in session.scalars(of_edition)}
    rows = list_workshops(session, edition_id, statuses=EVERY)
    sessions = [BoardSession(row, _piece(row, drafts.get(row.id))) for row in rows]
    sessions.sort(key=lambda each: (each.slot.day, each.slot.starts, each.row.code))
    return Board(
        tuple(sessions),
        get_ground(session, edition_id, rooms),
        rooms,
        tuple(list_trainers(session, edition_id)),
        _digest(sessions),
    )


_DRAFTS = select(ProgrammeDraft).join(Workshop, Workshop.id == ProgrammeDraft.workshop_id)


def get_ground(session: Session, edition_id: int, rooms: tuple[RoomRow, ...] | None = None) -> Ground:
    """Read the days, rooms, breaks and ways of an edition as the rules need them."""
    rooms = tuple(list_rooms(session, edition_id)) if rooms is None else rooms
    return Ground(
        days={day.date: (day.opens, day.closes) for day in list_days(session, edition_id)},
        halls={room.id: _hall(room) for room in rooms},
        pauses=tuple(Pause(each.kind, each.date, each.starts, each.ends) for each in list_breaks(session, edition_id)),
        travel=travel_minutes(session, edition_id),
    )


def list_steps(session: Session, edition_id: int, limit: int = 12) -> list[ChangeRow]:
    """List the last steps on the board, the newest first."""
    rows = session.scalars(
        select(ProgrammeChange)
        .where(ProgrammeChange.edition_id == edition_id)
        .order_by(ProgrammeChange.number.desc())
        .limit(limit)
    )
    return [step_row(row) for row in rows]


def may_take_back(session: Session, edition_id: int, actor: str) -> tuple[bool, bool]:
    """Tell whether somebody has a step to undo, and one to redo."""
    rows = session.execute(
        select(ProgrammeChange.number, ProgrammeChange.undone_at)
        .where(ProgrammeChange.edition_id == edition_id, ProgrammeChange.actor == actor)
        .order_by(ProgrammeChange.number.desc())
        .limit(500)
    ).all()
    live = next((number for number, undone in rows if undone is None), 0)
    return bool(live), any(undone is not None and number > live for number, undone in rows)


def step_row(row: ProgrammeChange) -> ChangeRow:
    """Read a step."""
    return ChangeRow(
        row.number,
        row.workshop_id,
        Slot.of_json(row.before),
        Slot.of_json(row.after),
        row.at,
        row.actor,
        row.undone_at is not None,
    )


def draft_slot(row: ProgrammeDraft) -> Slot:
    """Read where a session stands on the board."""
    trainers = tuple(int(each) for each in row.trainers.split(",") if each)
    return Slot(row.day, row.starts, row.ends, row.room_id, row.status, trainers)


def public_slot(row: WorkshopRow) -> Slot:
    """Return where a session stands published."""
    room = row.room.id if row.room else None
    return Slot(row.day, row.starts, row.ends, room, row.status, tuple(each.id for each in row.trainers))


def _piece(row: WorkshopRow, draft: Slot | None) -> Piece:
    public = public_slot(row)
    return Piece(
        row.id,
        row.code,
        row.title_ar,
        row.title_fr,
        row.mode,
        row.kind,
        row.places.taken_onsite,
        frozenset(row.equipment),
        draft or public,
        public,
    )


def _hall(room: RoomRow) -> Hall:
    venue = None if room.venue.is_online else room.venue.id
    return Hall(room.id, room.code, venue, room.capacity, frozenset(room.equipment), room.name_ar, room.name_fr)


def _digest(sessions: list[BoardSession]) -> str:
    state = [[each.row.id, each.row.version, each.slot.as_json(), each.public.as_json()] for each in sessions]
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:16]


def days_of(board: Board) -> list[date]:
    """The days of the board: those of the fair, and those on which something stands all the same."""
    placed = {each.slot.day for each in board.sessions if each.piece.placed}
    return sorted({*board.ground.days, *placed})
