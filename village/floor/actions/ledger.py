"""The plan's ledger: one lock, one check, one way to write a change, whoever makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from village.audit.actions import record
from village.exhibitors import queries as exhibitors
from village.floor.models import Hall, PlanChange, Stand, StandAssignment
from village.kit.db import Json, locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    """A change of the plan that has been made: its id (to undo it), the plan's new version, its steps."""

    change_id: int
    version: int
    code: str
    steps: tuple[Step, ...]


# A step about to be taken: stand id, who has it now, who gets it.
Move = tuple[int, int | None, int | None]


def stand_in_locked_hall(deed: Deed, stand_id: int) -> tuple[Stand, Hall]:
    """The stand, with its hall locked until the deed ends.

    One lock for the whole plan: changes are rare, and a swap touches two stands.

    Raises:
        Refusal: ``stand_not_found``.
    """
    stand = deed.session.get(Stand, stand_id)
    hall = locked(deed.session, Hall, stand.hall_id) if stand else None
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
) -> PlanChanged:
    """Write moves that were checked: assignments, the plan's version, its history and the audit line.

    ``record_line=False`` leaves the line to the caller, who has a better one.

    Raises:
        Refusal: ``stand_locked`` when a pinned exhibitor would move, ``nothing_changes``.
    """
    moves = [each for each in moves if each[1] != each[2]]
    if not moves:
        raise Refusal("nothing_changes")
    ids = [stand for stand, _, _ in moves]
    stands = stands_by_id(deed, ids)
    _refuse_locked(deed, stands)
    deed.session.execute(delete(StandAssignment).where(StandAssignment.stand_id.in_(ids)))
    _add_assignments(deed, moves, override_reason)
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
        _record(deed, changed, undoes, override_reason)
    return changed


def _add_assignments(deed: Deed, moves: Sequence[Move], override_reason: str | None) -> None:
    comers = {after for _, _, after in moves if after is not None}
    query = select(StandAssignment.exhibitor_id, StandAssignment.part).where(
        StandAssignment.exhibitor_id.in_(sorted(comers))
    )
    parts: dict[int, set[int]] = {}
    for who, part in deed.session.execute(query):
        parts.setdefault(who, set()).add(part)
    for stand, _, after in moves:
        if after is None:
            continue
        # The first free number: two organisers who give one exhibitor its first stand collide in the database.
        held = parts.setdefault(after, set())
        part = next(number for number in range(len(held) + 1) if number not in held)
        held.add(part)
        deed.session.add(
            StandAssignment(stand_id=stand, exhibitor_id=after, part=part, override_reason=override_reason)
        )


def _refuse_locked(deed: Deed, stands: dict[int, Stand]) -> None:
    pinned = select(StandAssignment.stand_id).where(
        StandAssignment.stand_id.in_(list(stands)), StandAssignment.locked.is_(True)
    )
    found = [Refusal("stand_locked", {"stand": stands[each].code}) for each in deed.session.scalars(pinned)]
    if found:
        raise Refusal.of(found)


def _record(deed: Deed, changed: PlanChanged, undoes: PlanChange | None, override_reason: str | None) -> None:
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
    }
    if changed.code == "stand.swapped":
        facts["other"] = changed.steps[-1].stand
    if undoes is not None:
        facts["undone"] = undoes.version
    if override_reason and override_reason.strip():
        facts["override"] = override_reason.strip()
    record(deed, changed.code, f"stand:{first.stand}", facts)
