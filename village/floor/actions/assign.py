"""Giving stands by hand: every step says what it believes, and a step that believes wrongly changes nothing.

An exhibitor's stands are one block and move as one: who points at a stand gets the run of neighbouring stands
that begins there, ends there or holds it, as long as the block is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from village.audit.actions import record
from village.floor.actions.absences import take_back_more
from village.floor.actions.fit import check_fit, refuse_strangers
from village.floor.actions.ledger import (
    Move,
    PlanChanged,
    expect,
    holders_of,
    lock_plan,
    named,
    stand_in_locked_hall,
    stands_by_id,
    write_change,
)
from village.floor.models import Hall, PlanChange, Stand, StandAssignment
from village.floor.queries import list_undoable
from village.floor.queries.fitting import asked_size, load_fitting, load_floor
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import EllipsisType

    from village.floor.blocks import Floor, Run
    from village.floor.queries.fitting import Fitting
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

    An exhibitor without a stand gets as many as it asked for, from the one pointed at; one that asked for more than
    it has gets the free stand beside its block as well; any other leaves its block for one of the same size.
    Who had the stand goes back among those who wait.  ``moved_from`` is a stand the caller believes the exhibitor
    to have (None: it has none).

    Raises:
        Refusal: ``stand_taken`` or ``stand_changed`` with who holds it now; ``exhibitor_moved``;
            ``stand_unsuitable`` with every objection, unless an override reason is given;
            ``no_run_here`` where no block of the size fits; ``stand_amid_block`` for freeing its middle;
            ``stand_locked``; ``stand_not_found``, ``exhibitor_not_found``, ``exhibitor_not_accepted``.
    """
    stand, hall = stand_in_locked_hall(deed, stand_id)
    floor = load_floor(deed.session, hall.id)
    expect(deed, stand, expected, floor.holders.get(stand_id))
    if exhibitor_id is None:
        return _free(deed, hall, floor, stand_id)
    held = floor.block_of(exhibitor_id)
    if moved_from is not UNCHECKED and not (moved_from in held if held else moved_from is None):
        raise Refusal("exhibitor_moved", named(deed, exhibitor_id))
    _refuse_other_hall(deed, hall, exhibitor_id)
    if stand_id in held:
        raise Refusal("nothing_changes")
    found = load_fitting(deed.session, hall.id, floor)
    refuse_strangers(deed, found, [exhibitor_id])
    grown = floor.in_order([*held, stand_id])
    if held and expected is None and len(held) < asked_size(deed.session, exhibitor_id) and floor.unbroken(grown):
        return _place(deed, hall, found, {exhibitor_id: grown}, "stand.extended", override_reason)
    size = len(held) or asked_size(deed.session, exhibitor_id)
    run = _best(found, exhibitor_id, floor.runs_for(exhibitor_id, stand_id, size))
    if run is None:
        raise Refusal("no_run_here", {"stand": stand.code, "size": size, **named(deed, exhibitor_id)})
    code = "stand.moved" if held else "stand.assigned"
    return _place(deed, hall, found, {exhibitor_id: run}, code, override_reason)


def free_stand(deed: Deed, *, stand_id: int, expected: int | None, whole: bool = True) -> PlanChanged:
    """Take the stand back from whom the caller believes to hold it, with its whole block or alone.

    Raises:
        Refusal: as in `assign_stand`; ``stand_amid_block`` where the rest would be no block.
    """
    stand, hall = stand_in_locked_hall(deed, stand_id)
    floor = load_floor(deed.session, hall.id)
    expect(deed, stand, expected, floor.holders.get(stand_id))
    return _free(deed, hall, floor, stand_id, whole=whole)


def _free(deed: Deed, hall: Hall, floor: Floor, stand_id: int, *, whole: bool = True) -> PlanChanged:
    who = floor.holders.get(stand_id)
    block = floor.block_of(who)
    if not whole and not floor.unbroken(each for each in block if each != stand_id):
        raise Refusal("stand_amid_block", {"stand": floor.code[stand_id]})
    # The stand that was pointed at comes first: it is the one that is spoken of.
    going = [stand_id, *(each for each in block if whole and each != stand_id)]
    return write_change(deed, hall, "stand.freed", [(each, who, None) for each in going])


def _best(found: Fitting, who: int, runs: Iterable[Run]) -> Run | None:
    """The run with the fewest objections; the first of those."""
    return min(runs, key=lambda run: len(found.objections(who, run)), default=None)


def _place(
    deed: Deed, hall: Hall, found: Fitting, comers: Mapping[int, Run], code: str, override_reason: str | None
) -> PlanChanged:
    """Put exhibitors on their new blocks: what they had is free, who had the stands has none of its block any more."""
    floor = found.floor
    after = {stand: who for stand, who in floor.holders.items() if who not in comers}
    gone = {after[stand] for run in comers.values() for stand in run if stand in after}
    after = {stand: who for stand, who in after.items() if who not in gone}
    after |= {stand: who for who, run in comers.items() for stand in run}
    warnings = check_fit(deed, found, comers, after, override_reason)
    given = [stand for run in comers.values() for stand in run]
    others = [stand for stand in floor.holders if stand not in given]
    moves: list[Move] = [
        (stand, floor.holders.get(stand), after.get(stand))
        for stand in [*given, *others]
        if floor.holders.get(stand) != after.get(stand)
    ]
    changed = write_change(deed, hall, code, moves, override_reason=override_reason)
    return replace(changed, warnings=warnings)


def swap_stands(
    deed: Deed,
    *,
    stand_id: int,
    other_id: int,
    expected: int | None,
    other_expected: int | None,
    override_reason: str | None = None,
) -> PlanChanged:
    """Exchange the blocks that hold two stands of one hall; either may be free.

    The larger block changes place with a run as long as itself round the other stand: all that stands in that run
    stands wholly in it, and takes the same places in the block that was left.

    Raises:
        Refusal: as `assign_stand`, for all who move, all objections at once; ``stands_in_two_halls``.
    """
    stand, hall = stand_in_locked_hall(deed, stand_id)
    other = deed.session.get(Stand, other_id)
    if other is None:
        raise Refusal("stand_not_found", {"stand": other_id})
    if other.hall_id != hall.id:
        raise Refusal("stands_in_two_halls", {"stand": stand.code, "other": other.code})
    floor = load_floor(deed.session, hall.id)
    expect(deed, stand, expected, floor.holders.get(stand_id))
    expect(deed, other, other_expected, floor.holders.get(other_id))
    block, aim = floor.block_of(expected) or (stand_id,), other
    if len(floor.block_of(other_expected)) > len(block):
        block, aim = floor.block_of(other_expected), stand
    if {stand_id, other_id} <= set(block):
        raise Refusal("nothing_changes")
    found = load_fitting(deed.session, hall.id, floor)
    options = [_exchanged(floor, block, run) for run in floor.exchanges(block, aim.id)]
    if not options:
        facts = {"stand": aim.code, "size": len(block), **named(deed, floor.holders.get(block[0]) or 0)}
        raise Refusal("no_run_here", facts)
    refuse_strangers(deed, found, {who for option in options for who in option})
    comers = min(options, key=lambda each: sum(len(found.objections(who, run)) for who, run in each.items()))
    return _exchange(deed, hall, found, comers, (stand, other), override_reason)


def _exchanged(floor: Floor, block: Run, run: Run) -> dict[int, Run]:
    """Who has what after a block and a run changed places, each stand with the one at the same place."""
    comers: dict[int, Run] = {}
    for here, there in (*zip(block, run, strict=True), *zip(run, block, strict=True)):
        who = floor.holders.get(here)
        if who is not None:
            comers[who] = (*comers.get(who, ()), there)
    return comers


def _exchange(
    deed: Deed,
    hall: Hall,
    found: Fitting,
    comers: Mapping[int, Run],
    pair: tuple[Stand, Stand],
    reason: str | None,
) -> PlanChanged:
    after = {stand: who for stand, who in found.floor.holders.items() if who not in comers}
    after |= {stand: who for who, run in comers.items() for stand in run}
    warnings = check_fit(deed, found, comers, after, reason)
    before, (one, two) = found.floor.holders, pair
    stands = [one.id, *sorted({*before, *after} - {one.id, two.id}), two.id]
    moves: list[Move] = [(each, before.get(each), after.get(each)) for each in stands]
    facts = {"stand": one.code, "other": two.code}
    changed = write_change(deed, hall, "stand.swapped", moves, override_reason=reason, facts=facts)
    return replace(changed, warnings=warnings)


def lock_stand(deed: Deed, *, stand_id: int, expected: int | None, locks: bool) -> None:
    """Pin whoever holds the stand to its whole block, or let go: an allocation leaves the pinned where they are.

    Raises:
        Refusal: ``stand_changed``, ``stand_free``, ``stand_not_found``.
    """
    stand, hall = stand_in_locked_hall(deed, stand_id)
    holder = holders_of(deed, hall.id).get(stand_id)
    expect(deed, stand, expected, holder)
    if holder is None:
        raise Refusal("stand_free", {"stand": stand.code})
    for row in deed.session.scalars(select(StandAssignment).where(StandAssignment.exhibitor_id == holder)):
        row.locked = locks
    record(deed, "stand.locked" if locks else "stand.unlocked", f"stand:{stand.code}")


def undo_change(deed: Deed, *, change_id: int) -> PlanChanged:
    """Take one change of the plan back.  To undo an undo is to redo.

    Raises:
        Refusal: ``change_not_found``; ``change_undone`` when it was taken back before;
            ``stand_changed`` when one of its stands has changed hands since.
    """
    change = deed.session.get(PlanChange, change_id)
    hall = lock_plan(deed, change.hall_id) if change else None
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
    _refuse_moved_since(deed, change, holders)
    more = take_back_more(deed, hall, change)
    changed = write_change(deed, hall, "plan.undone", steps, undoes=change)
    deed.session.get_one(PlanChange, changed.change_id).more = more
    return changed


def undo_last(deed: Deed, *, hall_id: int) -> PlanChanged:
    """Take back the newest change that stands: undone changes and their undoing are passed over.

    Raises:
        Refusal: ``nothing_to_undo``, ``hall_not_found``, and those of `undo_change`.
    """
    if lock_plan(deed, hall_id) is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    standing = list_undoable(deed.session, hall_id)
    if not standing:
        raise Refusal("nothing_to_undo")
    return undo_change(deed, change_id=standing[-1])


def _refuse_moved_since(deed: Deed, change: PlanChange, holders: Mapping[int, int]) -> None:
    """Let pass the undoing of a change whose exhibitors have, to the last stand, what they had right after it."""
    then: dict[int, int | None] = dict(holders)
    later = select(PlanChange.steps).where(PlanChange.hall_id == change.hall_id, PlanChange.version > change.version)
    for steps in deed.session.scalars(later.order_by(PlanChange.version.desc())):
        then.update({int(stand or 0): before for stand, before, _ in steps})
    for who in {each for _, before, after in change.steps for each in (before, after) if each is not None}:
        had = {stand for stand, holder in then.items() if holder == who}
        if had != {stand for stand, holder in holders.items() if holder == who}:
            raise Refusal("exhibitor_moved", named(deed, who))


def _refuse_other_hall(deed: Deed, hall: Hall, exhibitor_id: int) -> None:
    query = (
        select(Stand.code)
        .join(StandAssignment, StandAssignment.stand_id == Stand.id)
        .where(StandAssignment.exhibitor_id == exhibitor_id, Stand.hall_id != hall.id)
        .order_by(StandAssignment.part)
    )
    elsewhere = deed.session.scalars(query).first()
    if elsewhere is not None:
        raise Refusal("exhibitor_in_other_hall", {"stand": elsewhere, **named(deed, exhibitor_id)})
