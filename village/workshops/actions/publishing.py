"""Publish the programme: the board becomes public in one deed, and everybody whose place it touches is told.

All sessions are held, by rising id as registration holds its one: whoever registers at the same moment comes wholly
before, and is counted and told, or wholly after, and sees the new hours.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, delete, func, select, update

from village.audit.actions import record
from village.editions.queries import get_edition
from village.kit.clock import instant
from village.kit.refusal import Refusal
from village.workshops.actions.telling import note
from village.workshops.actions.timetable import hold_edition
from village.workshops.models import (
    ProgrammeDraft,
    ProgrammeVersion,
    Registration,
    Workshop,
    WorkshopTrainer,
)
from village.workshops.queries.timetable import get_board
from village.workshops.queries.versions import (
    LIVE,
    is_told,
    list_doubles,
    list_live,
    list_outlooks,
    told_slot,
)
from village.workshops.rules import NoticeKind
from village.workshops.rules.timetable import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from village.kit.db import Json
    from village.kit.deeds import Deed
    from village.workshops.queries.timetable import Board, BoardSession
    from village.workshops.queries.versions import LiveRow, Outlook
    from village.workshops.rules.timetable import Slot

_R = cast("Table", Registration.__table__)


@dataclass(frozen=True, slots=True)
class PublishedProgramme:
    """A version that is public now: its number, how many sessions changed, how many notices went out."""

    number: int
    changed: int
    told: int


def publish_programme(
    deed: Deed, *, edition_id: int, expected: str | None = None, note_ar: str = "", note_fr: str = ""
) -> PublishedProgramme:
    """Make the board the public programme.

    Places of a session that is called off end, and those who held or awaited one are told; those of a session with
    other hours or another room are told of both. A room with fewer seats lowers the places to its seats.

    Args:
        deed: the transaction.
        edition_id: the fair.
        expected: the digest of the board that the organiser saw in the preview.
        note_ar: what is said of this version in Arabic, if anything.
        note_fr: the same in French.

    Raises:
        Refusal: `edition_not_found`, `programme_changed_meanwhile`, `programme_unchanged`; else every clash.

    """
    board = _hold_all(deed, edition_id)
    if expected is not None and expected != board.digest:
        raise Refusal("programme_changed_meanwhile")
    outlooks = list_outlooks(deed.session, board)
    if not outlooks:
        raise Refusal("programme_unchanged")
    clashes = [clash for _piece, clash in board.all_clashes()]
    if clashes:
        raise Refusal.of(clashes)
    doubles: dict[tuple[int, int], list[Json]] = defaultdict(list)
    for each in list_doubles(deed.session, board):
        doubles[each.person_id, each.one.row.id].append(_named(each.other))
        doubles[each.person_id, each.other.row.id].append(_named(each.one))
    live = list_live(deed.session, [each.session.row.id for each in outlooks])
    zone = get_edition(deed.session, edition_id).zone
    for outlook in outlooks:
        _apply(deed, outlook, zone)
    number = _write_version(deed, edition_id, board, outlooks, (note_ar, note_fr))
    told = _tell(deed, edition_id, number, outlooks, live, doubles)
    facts: dict[str, Json] = {"number": number, "changes": len(outlooks), "told": told}
    record(deed, "programme.published", f"programme:{edition_id}", facts)
    return PublishedProgramme(number, len(outlooks), told)


def keep_first_version(deed: Deed, edition_id: int) -> None:
    """Keep the programme as it came in as its first version: what changes later differs from something."""
    board = get_board(deed.session, edition_id)
    if board.sessions and not _last_number(deed, edition_id):
        _write_version(deed, edition_id, board, (), ("", ""))


def _hold_all(deed: Deed, edition_id: int) -> Board:
    hold_edition(deed, edition_id)
    held = select(Workshop.id).where(Workshop.edition_id == edition_id).order_by(Workshop.id)
    deed.session.execute(held.with_for_update(key_share=True)).all()
    return get_board(deed.session, edition_id)


def _named(session: BoardSession) -> dict[str, Json]:
    row = session.row
    return {"code": row.code, "title_ar": row.title_ar, "title_fr": row.title_fr}


def _apply(deed: Deed, outlook: Outlook, zone: str) -> None:
    session, slot = outlook.session, outlook.session.slot
    row = deed.session.get_one(Workshop, session.row.id)
    row.closes = _closing(session, slot, zone)
    if session.row.credit_minutes * 60 == session.public.length.total_seconds():
        # What a certificate counts follows the hours, unless somebody set it apart from them.
        row.credit_minutes = int(slot.length.total_seconds()) // 60
    if outlook.places is not None:
        row.places_onsite = outlook.places
    row.day, row.starts, row.ends = slot.day, slot.starts, slot.ends
    row.room_id, row.status = slot.room_id, slot.status
    row.venue_id = outlook.venue_id
    row.version += 1
    if slot.trainers != session.public.trainers:
        deed.session.execute(delete(WorkshopTrainer).where(WorkshopTrainer.workshop_id == row.id))
        deed.session.add_all(
            WorkshopTrainer(workshop_id=row.id, trainer_id=trainer, position=position)
            for position, trainer in enumerate(slot.trainers)
        )
    if slot.status == Standing.CANCELLED:
        row.taken_onsite = row.taken_online = 0
        ended = {"status": "cancelled", "decided_at": deed.now, "offered_until": None}
        deed.session.execute(
            update(_R).where(_R.c.workshop_id == row.id, _R.c.status.in_(LIVE)).values(**ended)
        )
    deed.session.execute(delete(ProgrammeDraft).where(ProgrammeDraft.workshop_id == row.id))
    deed.session.flush()


def _closing(session: BoardSession, slot: Slot, zone: str) -> datetime | None:
    """Registration closes with the session as before: at its end, or as long before its beginning as it did."""
    closes = session.row.closes
    if closes is None:
        return None
    old_start = instant(session.public.day, session.public.starts, zone)
    new_start, new_end = instant(slot.day, slot.starts, zone), instant(slot.day, slot.ends, zone)
    if closes == instant(session.public.day, session.public.ends, zone):
        return new_end
    return min(closes + (new_start - old_start), new_end)


def _last_number(deed: Deed, edition_id: int) -> int:
    query = select(func.max(ProgrammeVersion.number)).where(ProgrammeVersion.edition_id == edition_id)
    return deed.session.scalar(query) or 0


def _write_version(
    deed: Deed, edition_id: int, board: Board, outlooks: Sequence[Outlook], notes: tuple[str, str]
) -> int:
    number = _last_number(deed, edition_id) + 1
    changes: list[dict[str, Any]] = [
        {
            "workshop": each.session.row.id,
            **_named(each.session),
            "what": list(each.what),
            "was": each.was,
            "now": each.now,
        }
        for each in outlooks
    ]
    slots = [
        {"workshop": each.row.id, **_named(each), "now": told_slot(board, each.slot)}
        for each in board.sessions
        if each.slot.status != Standing.DRAFT
    ]
    version = ProgrammeVersion(
        edition_id=edition_id,
        number=number,
        published_at=deed.now,
        actor=str(deed.actor),
        note_ar=notes[0].strip(),
        note_fr=notes[1].strip(),
        slots=slots,
        changes=changes,
    )
    deed.session.add(version)
    deed.session.flush()
    return number


def _tell(
    deed: Deed,
    edition_id: int,
    number: int,
    outlooks: Sequence[Outlook],
    live: Sequence[LiveRow],
    doubles: dict[tuple[int, int], list[Json]],
) -> int:
    """Put a notice down for every live request that a change touches. Returns how many.

    Facts: `was` and `now` are slots with names (see `told_slot`); `version` is the number published; `clash` names the
    sessions (code, title_ar, title_fr) that the person can no longer attend besides this one.
    """
    told = 0
    for outlook in (each for each in outlooks if is_told(each.what)):
        kind = NoticeKind.SESSION_CANCELLED if "cancelled" in outlook.what else NoticeKind.MOVED
        for row in (each for each in live if each.workshop_id == outlook.session.row.id):
            clash = doubles.get((row.person_id, row.workshop_id), [])
            facts: dict[str, Json] = {"version": number, "was": outlook.was, "now": outlook.now, "status": row.status}
            note(
                deed,
                kind,
                edition_id=edition_id,
                workshop_id=row.workshop_id,
                person_id=row.person_id,
                registration_id=row.id,
                facts={**facts, "clash": clash} if clash else facts,
            )
            told += 1
    return told
