"""The plan's ledger: one lock, one check, one way to write a change, whoever makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from village.audit.actions import record
from village.exhibitors import queries as exhibitors
from village.floor.models import Hall, PlanChange, Stand, StandAssignment
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from village.kit.db import Json
    from village.kit.deeds import Deed


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to one stand: who had it and who has it (ids of exhibitors, or None)."""

    stand_id: int
    stand: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class PlanChanged:
    """A change of the plan that has been made: its id (to undo it), the plan's new version, its steps.

    ``warnings`` say what speaks against it without forbidding it.
    """

    change_id: int
    version: int
    code: str
    steps: tuple[Step, ...]
    warnings: tuple[Refusal, ...] = ()


# A step about to be taken: stand id, who has it now, who gets it.
Move = tuple[int, int | None, int | None]


def lock_plan(deed: Deed, hall_id: int) -> Hall | None:
    """The hall, with every hall of its edition locked until the deed ends.

    One lock for the whole plan: changes are rare, a swap touches two stands, and an exhibitor must not be given
    places in two halls at once.  The halls are locked in order of id, so that two deeds never wait for each other.
    """
    edition = deed.session.scalar(select(Hall.edition_id).where(Hall.id == hall_id))
    query = select(Hall).where(Hall.edition_id == edition).order_by(Hall.id).with_for_update()
    halls = deed.session.scalars(query.execution_options(populate_existing=True)).all()
    return next((each for each in halls if each.id == hall_id), None)


def stand_in_locked_hall(deed: Deed, stand_id: int) -> tuple[Stand, Hall]:
    """The stand, with the whole plan locked until the deed ends.

    Raises:
        Refusal: ``stand_not_found``.
    """
    stand = deed.session.get(Stand, stand_id)
    hall = lock_plan(deed, stand.hall_id) if stand else None
    if stand is None or hall is None:
        raise Refusal("stand_not_found", {"stand": stand_id})
    return stand, hall


def holders_of(deed: Deed, hall_id: int) -> dict[int, int]:
    """Who has which stand now: exhibitor id by stand id."""
    query = (
        select(StandAssignment.stand_id, StandAssignment.exhibitor_id)
        .join(Stand, Stand.id == StandAssignment.stand_id)
        .where(Stand.hall_id == hall_id)
    )
    return {row.stand_id: row.exhibitor_id for row in deed.session.execute(query)}


def expect(deed: Deed, stand: Stand, expected: int | None, holder: int | None) -> None:
    """Let pass when the stand is held by whom the caller believes.

    Raises:
        Refusal: ``stand_taken`` with who has it now, or ``stand_changed`` when nobody has.
    """
    if expected == holder:
        return
    if holder is None:
        raise Refusal("stand_changed", {"stand": stand.code})
    raise Refusal("stand_taken", {"stand": stand.code, **named(deed, holder)})


def named(deed: Deed, exhibitor_id: int) -> dict[str, str]:
    """An exhibitor's code and names, as facts of a refusal (never of a line of the log)."""
    row = exhibitors.find_exhibitor(deed.session, exhibitor_id)
    if row is None:
        return {"exhibitor": str(exhibitor_id), "name_ar": "", "name_fr": ""}
    return {
        "exhibitor": row.code,
        "name_ar": row.name_ar or row.name_fr or row.code,
        "name_fr": row.name_fr or row.name_ar or row.code,
    }


def stands_by_id(deed: Deed, ids: Iterable[int]) -> dict[int, Stand]:
    """The stands of these ids."""
    rows = deed.session.scalars(select(Stand).where(Stand.id.in_(list(ids))))
    return {row.id: row for row in rows}


def write_change(
    deed: Deed,
    hall: Hall,
    code: str,
    moves: Sequence[Move],
    *,
    undoes: PlanChange | None = None,
    override_reason: str | None = None,
    record_line: bool = True,
    facts: Mapping[str, Json] | None = None,
) -> PlanChanged:
    """Write moves that were checked: assignments, the plan's version, its history and the audit line.

    ``record_line=False`` leaves the line to the caller, who has a better one; ``facts`` are added to the line.

    Raises:
        Refusal: ``stand_locked`` when a pinned exhibitor would move, ``exhibitor_in_other_hall``, ``nothing_changes``.
    """
    moves = [each for each in moves if each[1] != each[2]]
    if not moves:
        raise Refusal("nothing_changes")
    ids = [stand for stand, _, _ in moves]
    stands = stands_by_id(deed, ids)
    _refuse_locked(deed, stands)
    _refuse_two_halls(deed, hall, moves)
    _rewrite_blocks(deed, moves, override_reason)
    hall.plan_version += 1
    change = PlanChange(
        hall_id=hall.id,
        version=hall.plan_version,
        code=code,
        steps=[list(each) for each in moves],
        undoes_id=undoes.id if undoes else None,
        actor=str(deed.actor),
        at=deed.now,
    )
    deed.session.add(change)
    deed.session.flush()
    steps = tuple(Step(stand, stands[stand].code, before, after) for stand, before, after in moves)
    changed = PlanChanged(change.id, hall.plan_version, code, steps)
    if record_line:
        _record(deed, changed, undoes, override_reason, facts or {})
    return changed


def _refuse_two_halls(deed: Deed, hall: Hall, moves: Sequence[Move]) -> None:
    comers = {after for _, _, after in moves if after is not None}
    query = (
        select(StandAssignment.exhibitor_id, Stand.code)
        .join(Stand, Stand.id == StandAssignment.stand_id)
        .where(StandAssignment.exhibitor_id.in_(sorted(comers)), Stand.hall_id != hall.id)
        .order_by(Stand.code)
    )
    elsewhere = deed.session.execute(query).first()
    if elsewhere is not None:
        facts = {"stand": elsewhere.code, **named(deed, elsewhere.exhibitor_id)}
        raise Refusal("exhibitor_in_other_hall", facts)


def _rewrite_blocks(deed: Deed, moves: Sequence[Move], override_reason: str | None) -> None:
    """Write the blocks of all who are touched anew, numbered from 0 in row order.

    Two organisers who give one exhibitor its first stand thus collide in the database, whatever came before.
    """
    going, coming = {stand for stand, _, _ in moves}, {stand: who for stand, _, who in moves if who is not None}
    touched = {who for _, before, after in moves for who in (before, after) if who is not None}
    mine = StandAssignment.exhibitor_id.in_(sorted(touched)) | StandAssignment.stand_id.in_(sorted(going))
    query = select(
        StandAssignment.stand_id, StandAssignment.exhibitor_id, StandAssignment.locked, StandAssignment.override_reason
    ).where(mine)
    was = {row.stand_id: row for row in deed.session.execute(query)}
    kept = {stand: row.exhibitor_id for stand, row in was.items() if stand not in going}
    blocks: dict[int, list[int]] = {}
    rows = select(Stand.id).where(Stand.id.in_([*kept, *coming])).order_by(Stand.row, Stand.position, Stand.code)
    for stand in deed.session.scalars(rows):
        blocks.setdefault(kept.get(stand) or coming[stand], []).append(stand)
    deed.session.execute(delete(StandAssignment).where(mine))
    deed.session.add_all(
        StandAssignment(
            stand_id=stand,
            exhibitor_id=who,
            part=part,
            locked=was[stand].locked if stand in kept else False,
            override_reason=was[stand].override_reason if stand in kept else override_reason,
        )
        for who, block in blocks.items()
        for part, stand in enumerate(block)
    )


def _refuse_locked(deed: Deed, stands: dict[int, Stand]) -> None:
    pinned = select(StandAssignment.stand_id).where(
        StandAssignment.stand_id.in_(list(stands)), StandAssignment.locked.is_(True)
    )
    found = [Refusal("stand_locked", {"stand": stands[each].code}) for each in deed.session.scalars(pinned)]
    if found:
        raise Refusal.of(found)


def _record(
    deed: Deed,
    changed: PlanChanged,
    undoes: PlanChange | None,
    override_reason: str | None,
    more: Mapping[str, Json],
) -> None:
    ids = {who for step in changed.steps for who in (step.before, step.after) if who is not None}
    codes = exhibitors.codes_by_id(deed.session, ids)
    steps: list[Json] = [
        {
            "stand": step.stand,
            "before": codes[step.before] if step.before is not None else None,
            "after": codes[step.after] if step.after is not None else None,
        }
        for step in changed.steps
    ]
    first = changed.steps[0]
    facts: dict[str, Json] = {
        "stand": first.stand,
        "exhibitor": codes[first.after if first.after is not None else first.before or 0],
        "version": changed.version,
        "steps": steps,
        **more,
    }
    if changed.code == "stand.swapped":
        facts.setdefault("other", changed.steps[-1].stand)
    if undoes is not None:
        facts["undone"] = undoes.version
    if override_reason and override_reason.strip():
        # Only that there was a reason: what staff type may name somebody, and the log forgets nothing.
        facts["override"] = True
    record(deed, changed.code, f"stand:{first.stand}", facts)
