"""Giving stands by hand: every step says what it believes, and a step that believes wrongly changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from village.audit.actions import record
from village.exhibitors import queries as exhibitors
from village.floor.actions.ledger import (
    Move,
    PlanChanged,
    expect,
    holders_of,
    named,
    stand_in_locked_hall,
    stands_by_id,
    write_change,
)
from village.floor.models import Hall, PlanChange, Stand, StandAssignment
from village.floor.queries import list_undoable, needs_of, stand_value
from village.floor.rules import why_not_assign
from village.kit.db import locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import EllipsisType

    from village.kit.deeds import Deed

# The caller does not say from which stand the exhibitor comes.
UNCHECKED: Final = ...


def assign_stand(
    deed: Deed,
    *,
    stand_id: int,
    exhibitor_id: int | None,
    expected: int | None,
    moved_from: int | EllipsisType | None = UNCHECKED,
    override_reason: str | None = None,
) -> PlanChanged:
    """Give a stand to an exhibitor (or to nobody), if it is still held by whom the caller believes.

    Who had the stand goes back among those who wait.  An exhibitor who had another stand leaves it;
    ``moved_from`` is the stand the caller believes that to be (None: it has none).

    Raises:
        Refusal: ``stand_taken`` or ``stand_changed`` with who holds it now; ``exhibitor_moved``;
            ``stand_unsuitable`` with every hard need not met, unless an override reason is given;
            ``stand_locked``; ``stand_not_found``, ``exhibitor_not_found``, ``exhibitor_not_accepted``.
    """
    stand, hall = stand_in_locked_hall(deed, stand_id)
    holders = holders_of(deed, hall.id)
    expect(deed, stand, expected, holders.get(stand_id))
    moves: list[Move] = [(stand_id, expected, exhibitor_id)]
    if exhibitor_id is not None:
        old = _stand_of(deed, hall, exhibitor_id)
        if moved_from is not UNCHECKED and moved_from != old:
            raise Refusal("exhibitor_moved", named(deed, exhibitor_id))
        if old is not None and old != stand_id:
            moves.append((old, exhibitor_id, None))
        _check_fit(deed, hall, [(stand, exhibitor_id)], override_reason)
    code = "stand.freed" if exhibitor_id is None else "stand.moved" if len(moves) > 1 else "stand.assigned"
    return write_change(deed, hall, code, moves, override_reason=override_reason)


def free_stand(deed: Deed, *, stand_id: int, expected: int | None) -> PlanChanged:
    """Take the stand back from whom the caller believes to hold it; refusals as in `assign_stand`."""
    return assign_stand(deed, stand_id=stand_id, exhibitor_id=None, expected=expected)


def swap_stands(
    deed: Deed,
    *,
    stand_id: int,
    other_id: int,
    expected: int | None,
    other_expected: int | None,
    override_reason: str | None = None,
) -> PlanChanged:
    """Exchange who holds two stands of one hall; either may be free.

    Raises:
        Refusal: as `assign_stand`, for both stands, all objections at once; ``stands_in_two_halls``.
    """
    stand, hall = stand_in_locked_hall(deed, stand_id)
    other = deed.session.get(Stand, other_id)
    if other is None:
        raise Refusal("stand_not_found", {"stand": other_id})
    if other.hall_id != hall.id:
        raise Refusal("stands_in_two_halls", {"stand": stand.code, "other": other.code})
    holders = holders_of(deed, hall.id)
    expect(deed, stand, expected, holders.get(stand_id))
    expect(deed, other, other_expected, holders.get(other_id))
    comers = [(stand, other_expected), (other, expected)]
    _check_fit(deed, hall, [(s, who) for s, who in comers if who is not None], override_reason)
    moves: list[Move] = [(stand_id, expected, other_expected), (other_id, other_expected, expected)]
    return write_change(deed, hall, "stand.swapped", moves, override_reason=override_reason)


def lock_stand(deed: Deed, *, stand_id: int, expected: int | None, locks: bool) -> None:
    """Pin whoever holds the stand to it, or let go: an allocation leaves pinned exhibitors where they are.

    Raises:
        Refusal: ``stand_changed``, ``stand_free``, ``stand_not_found``.
    """
    stand, hall = stand_in_locked_hall(deed, stand_id)
    expect(deed, stand, expected, holders_of(deed, hall.id).get(stand_id))
    row = deed.session.scalar(select(StandAssignment).where(StandAssignment.stand_id == stand_id))
    if row is None:
        raise Refusal("stand_free", {"stand": stand.code})
    row.locked = locks
    record(deed, "stand.locked" if locks else "stand.unlocked", f"stand:{stand.code}")


def undo_change(deed: Deed, *, change_id: int) -> PlanChanged:
    """Take one change of the plan back.  To undo an undo is to redo.

    Raises:
        Refusal: ``change_not_found``; ``change_undone`` when it was taken back before;
            ``stand_changed`` when one of its stands has changed hands since.
    """
    change = deed.session.get(PlanChange, change_id)
    hall = locked(deed.session, Hall, change.hall_id) if change else None
    if change is None or hall is None:
        raise Refusal("change_not_found", {"change": change_id})
    undone = select(PlanChange.id).where(PlanChange.undoes_id == change_id)
    if deed.session.scalar(undone) is not None:
        raise Refusal("change_undone")
    holders = holders_of(deed, hall.id)
    # A change is written as (stand, before, after): turned round, it is its own undoing.
    steps: list[Move] = [(int(stand or 0), after, before) for stand, before, after in change.steps]
    stands = stands_by_id(deed, [stand for stand, _, _ in steps])
    for stand, now, _ in steps:
        expect(deed, stands[stand], now, holders.get(stand))
    coming = {who for _, _, who in steps if who is not None}
    touched = {stand for stand, _, _ in steps}
    for stand, who in holders.items():
        if who in coming and stand not in touched:
            raise Refusal("exhibitor_moved", named(deed, who))
    return write_change(deed, hall, "plan.undone", steps, undoes=change)


def undo_last(deed: Deed, *, hall_id: int) -> PlanChanged:
    """Take back the newest change that stands: undone changes and their undoing are passed over.

    Raises:
        Refusal: ``nothing_to_undo``, ``hall_not_found``, and those of `undo_change`.
    """
    if locked(deed.session, Hall, hall_id) is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    standing = list_undoable(deed.session, hall_id)
    if not standing:
        raise Refusal("nothing_to_undo")
    return undo_change(deed, change_id=standing[-1])


def _stand_of(deed: Deed, hall: Hall, exhibitor_id: int) -> int | None:
    query = (
        select(Stand.id, Stand.code, Stand.hall_id)
        .join(StandAssignment, StandAssignment.stand_id == Stand.id)
        .where(StandAssignment.exhibitor_id == exhibitor_id)
    )
    row = deed.session.execute(query).one_or_none()
    if row is None:
        return None
    if row.hall_id != hall.id:
        raise Refusal("exhibitor_in_other_hall", {"stand": row.code, **named(deed, exhibitor_id)})
    return int(row.id)


def _check_fit(deed: Deed, hall: Hall, comers: Sequence[tuple[Stand, int]], override_reason: str | None) -> None:
    placeable = {row.id: row for row in exhibitors.list_placeable(deed.session, hall.edition_id)}
    refusals = []
    for stand, who in comers:
        row = placeable.get(who)
        if row is None:
            known = exhibitors.find_exhibitor(deed.session, who)
            code = "exhibitor_not_accepted" if known else "exhibitor_not_found"
            raise Refusal(code, named(deed, who))
        needs = needs_of(row)
        refusal = why_not_assign(stand_value(stand, ""), row.code, needs, override_reason=override_reason)
        if refusal:
            names = named(deed, who)
            refusals += [Refusal(each.code, {**each.facts, **names}) for each in refusal.objections]
    if refusals:
        raise Refusal("stand_unsuitable", refusals[0].facts, refusals)
