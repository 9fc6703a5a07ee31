"""Deeds on the timetable board: move, lengthen, call off and restore sessions, take a step back or make it again.

The board is a draft: the public programme stays as it is until the organisers publish (see `publishing`). One row, the
edition's, is held while a step is decided, so that of two organisers who want the same slot exactly one gets it; people
who register meanwhile wait for nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import column, func, select, table

from village.audit.actions import record
from village.kit.refusal import Refusal
from village.workshops.models import ProgrammeChange, ProgrammeDraft
from village.workshops.queries.timetable import Board, get_board
from village.workshops.rules.timetable import Slot, Standing

if TYPE_CHECKING:
    from village.kit.db import Json
    from village.kit.deeds import Deed
    from village.workshops.queries.timetable import BoardSession

# The edition belongs to another feature: only its key is named here, to hold the row. FOR NO KEY UPDATE: rows that
# refer to the edition may still be written.
_EDITION = table("edition", column("id"))


@dataclass(frozen=True, slots=True)
class Moved:
    """A step that stands: its number in the ledger, and where the session is now."""

    number: int
    workshop: str
    slot: Slot


def move_session(deed: Deed, *, edition_id: int, workshop_id: int, before: Slot, after: Slot) -> Moved:
    """Put a session elsewhere on the board, change its hours, trainers or standing.

    Args:
        deed: the transaction.
        edition_id: the fair.
        workshop_id: which session.
        before: where the organiser saw it.
        after: where it goes. Placing it makes a draft planned; `draft` puts one never published back in the tray.

    Raises:
        Refusal: `workshop_not_found`; `slot_changed_meanwhile` where it is no longer at `before`; `slot_unchanged`;
            `slot_standing_impossible`; `trainer_not_found`; else every clash of the new slot at once.

    """
    board = hold_board(deed, edition_id)
    session = board.of_id(workshop_id)
    _expect(session, before)
    if after == session.slot:
        raise Refusal("slot_unchanged", {"workshop": session.row.code})
    _refuse_impossible(board, session, after)
    number = _next_number(deed, edition_id)
    change = ProgrammeChange(
        edition_id=edition_id,
        number=number,
        workshop_id=workshop_id,
        before=session.slot.as_json(),
        after=after.as_json(),
        at=deed.now,
        actor=str(deed.actor),
    )
    deed.session.add(change)
    _put(deed, session, after)
    record(deed, _deed_of(session.slot, after), f"workshop:{session.row.code}", _facts(session, after))
    return Moved(number, session.row.code, after)


def undo_step(deed: Deed, *, edition_id: int) -> Moved:
    """Take back the actor's own last step on the board.

    Raises:
        Refusal: `no_step_to_undo`; `slot_changed_meanwhile` where somebody moved the session since;
            `slot_standing_impossible` where it would become a draft and is public meanwhile; else every clash of the
            slot it would go back to.

    """
    board = hold_board(deed, edition_id)
    live = _own_steps(deed, edition_id, undone=False)
    if not live:
        raise Refusal("no_step_to_undo")
    change = live[-1]
    moved = _travel_back(deed, board, change, Slot.of_json(change.after), Slot.of_json(change.before))
    change.undone_at = deed.now
    facts: dict[str, Json] = {"workshop": moved.workshop, "step": change.number}
    record(deed, "session.step_undone", f"workshop:{moved.workshop}", facts)
    return moved


def redo_step(deed: Deed, *, edition_id: int) -> Moved:
    """Make the step again that the actor took back last and has not worked past since.

    Raises:
        Refusal: `nothing_to_redo`; `slot_changed_meanwhile`; `slot_standing_impossible`; else every clash of the slot.

    """
    board = hold_board(deed, edition_id)
    live = _own_steps(deed, edition_id, undone=False)
    last = live[-1].number if live else 0
    waiting = [each for each in _own_steps(deed, edition_id, undone=True) if each.number > last]
    if not waiting:
        raise Refusal("nothing_to_redo")
    change = waiting[0]
    moved = _travel_back(deed, board, change, Slot.of_json(change.before), Slot.of_json(change.after))
    change.undone_at = None
    facts: dict[str, Json] = {"workshop": moved.workshop, "step": change.number}
    record(deed, "session.step_redone", f"workshop:{moved.workshop}", facts)
    return moved


def hold_board(deed: Deed, edition_id: int) -> Board:
    """Read the board and keep every other organiser from changing it until the deed ends.

    Raises:
        Refusal: `edition_not_found`.

    """
    hold_edition(deed, edition_id)
    return get_board(deed.session, edition_id)


def hold_edition(deed: Deed, edition_id: int) -> None:
    """Keep every other organiser from changing the board until the deed ends.

    Raises:
        Refusal: `edition_not_found`.

    """
    held = select(_EDITION.c.id).where(_EDITION.c.id == edition_id).with_for_update(key_share=True)
    if deed.session.execute(held).first() is None:
        raise Refusal("edition_not_found", {"edition": edition_id})


def _expect(session: BoardSession, seen: Slot) -> None:
    if session.slot != seen:
        facts = {"workshop": session.row.code, **_where(session.slot)}
        raise Refusal("slot_changed_meanwhile", facts)


def _where(slot: Slot) -> dict[str, Json]:
    return {"day": slot.day.isoformat(), "starts": f"{slot.starts:%H:%M}", "ends": f"{slot.ends:%H:%M}"}


def _refuse_impossible(board: Board, session: BoardSession, after: Slot) -> None:
    never_public = session.public.status == Standing.DRAFT
    if after.status == (Standing.CANCELLED if never_public else Standing.DRAFT):
        raise Refusal("slot_standing_impossible", {"workshop": session.row.code})
    known = {each.id: each.code for each in board.trainers}
    missing = [each for each in after.trainers if each not in known]
    if missing:
        raise Refusal("trainer_not_found", {"workshop": session.row.code, "trainer": missing[0]})
    clashes = board.clashes_of(replace(session.piece, slot=after))
    if clashes:
        raise Refusal.of(clashes)


def _put(deed: Deed, session: BoardSession, slot: Slot) -> None:
    """Write where a session stands; at its public slot it has no draft."""
    row = deed.session.get(ProgrammeDraft, session.row.id)
    if slot == session.public:
        if row is not None:
            deed.session.delete(row)
        return
    if row is None:
        row = ProgrammeDraft(workshop_id=session.row.id)
        deed.session.add(row)
    row.day, row.starts, row.ends = slot.day, slot.starts, slot.ends
    row.room_id, row.status = slot.room_id, slot.status
    row.trainers = ",".join(str(each) for each in slot.trainers)


def _travel_back(deed: Deed, board: Board, change: ProgrammeChange, seen: Slot, to: Slot) -> Moved:
    session = board.of_id(change.workshop_id)
    _expect(session, seen)
    _refuse_impossible(board, session, to)
    _put(deed, session, to)
    return Moved(change.number, session.row.code, to)


def _own_steps(deed: Deed, edition_id: int, *, undone: bool) -> list[ProgrammeChange]:
    query = select(ProgrammeChange).where(
        ProgrammeChange.edition_id == edition_id,
        ProgrammeChange.actor == str(deed.actor),
        ProgrammeChange.undone_at.is_not(None) if undone else ProgrammeChange.undone_at.is_(None),
    )
    # The newest suffice: nobody takes back more than that in one sitting.
    newest = deed.session.scalars(query.order_by(ProgrammeChange.number.desc()).limit(500)).all()
    return list(reversed(newest))


def _next_number(deed: Deed, edition_id: int) -> int:
    last = deed.session.scalar(
        select(func.max(ProgrammeChange.number)).where(ProgrammeChange.edition_id == edition_id)
    )
    return (last or 0) + 1


def _deed_of(before: Slot, after: Slot) -> str:
    if before.status != after.status:
        restored = "session.restored" if before.status == Standing.CANCELLED else "session.placed"
        return {Standing.CANCELLED: "session.called_off", Standing.DRAFT: "session.set_aside"}.get(
            Standing(after.status), restored
        )
    elsewhere = replace(before, trainers=()) != replace(after, trainers=())
    return "session.moved" if elsewhere else "session.trainers_changed"


def _facts(session: BoardSession, slot: Slot) -> dict[str, Json]:
    return {"workshop": session.row.code, **_where(slot)}
