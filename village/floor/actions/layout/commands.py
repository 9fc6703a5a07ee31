"""Commands of the editor: one deed, one transaction, one entry of the history, one line of the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from village.audit.actions import record
from village.floor.actions.layout.writing import left_behind, write_drawing
from village.floor.drawing.commands import Applied, Change, apply_steps, inverse, read_steps, with_kept
from village.floor.models import Hall, LayoutChange
from village.floor.queries.layout import changes_of, layout_rows, things_of
from village.kit.db import locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village.kit.db import Json
    from village.kit.deeds import Deed

# What a command may call itself; each has its sentence in wording/drawing.py as `layout.stand_moved` and so on.
COMMANDS: Final = frozenset(
    f"{thing}.{deed}"
    for thing in ("stand", "row", "door", "obstacle", "zone", "circuit", "marking", "link", "hall", "layout")
    for deed in ("added", "removed", "moved", "changed", "renamed", "imported")
)
UNDONE: Final = "layout.undone"
REDONE: Final = "layout.redone"
# So many codes are named in the log's line; the count tells the rest.
NAMED: Final = 20


@dataclass(frozen=True, slots=True)
class LayoutChanged:
    """A command that was done: its id (to take it back), the drawing's new version, its steps as they were done."""

    change_id: int
    version: int
    code: str
    steps: tuple[Change, ...]


def change_layout(deed: Deed, *, hall_id: int, code: str, steps: Any) -> LayoutChanged:
    """Do a command of the editor: each step says what a thing was and what it is to be.

    ``steps``: [[kind, code, form before or None, form after or None], …] as the editor sends them; a stand's form
    after may hold its new ``code``.  All are done, or none.

    Raises:
        Refusal: ``layout_conflict`` when something is not as a step believes (fact ``steps``: the forms as they are);
            ``layout_value``, ``layout_code_taken``, ``layout_too_much``, ``stand_zone_unknown`` and the like for what
            cannot be; ``stand_occupied``; ``nothing_changes``; ``hall_not_found``.
    """
    if code not in COMMANDS:
        raise Refusal("layout_value", {"thing": "code", "field": "code", "expected": "stand.moved"})
    return do_steps(deed, hall_id=hall_id, code=code, steps=read_steps(steps))


def undo_layout(deed: Deed, *, hall_id: int, change_id: int) -> LayoutChanged:
    """Take one command back, when everything it touched is still as it left it.  To undo an undoing is to redo.

    Raises:
        Refusal: ``layout_change_not_found``; ``layout_undone`` when it was taken back before; those of `change_layout`.
    """
    _lock(deed, hall_id)
    change = deed.session.get(LayoutChange, change_id)
    if change is None or change.hall_id != hall_id:
        raise Refusal("layout_change_not_found", {"change": change_id})
    undone = select(LayoutChange.id).where(LayoutChange.undoes_id == change_id)
    if deed.session.scalar(undone) is not None:
        raise Refusal("layout_undone")
    code = UNDONE if change.code != UNDONE else REDONE
    return do_steps(deed, hall_id=hall_id, code=code, steps=inverse(changes_of(change.steps)), undoes=change)


def do_steps(
    deed: Deed, *, hall_id: int, code: str, steps: Sequence[Change], undoes: LayoutChange | None = None
) -> LayoutChanged:
    """Compare, change, find anew what follows, and write it all down; refusals as in `change_layout`."""
    hall = _lock(deed, hall_id)
    rows = layout_rows(deed.session, hall)
    before = things_of(rows)
    applied = apply_steps(before, [each for each in steps if each.before != each.after or each.renamed])
    if not applied.steps:
        raise Refusal("layout_unchanged")
    gone = {each.code for each in applied.steps if each.kind == "stand" and each.after is None}
    kept = left_behind(deed, rows, gone)
    done = with_kept(applied.steps, {name: kept.get(name, {}) for name in gone})
    back = {each.code: dict(each.kept) for each in applied.steps if each.kept and each.before is None}
    write_drawing(deed, rows, before, Applied(applied.things, done, applied.renames), back)
    return _note(deed, hall, code, done, undoes)


def _lock(deed: Deed, hall_id: int) -> Hall:
    hall = locked(deed.session, Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    return hall


def _note(deed: Deed, hall: Hall, code: str, steps: tuple[Change, ...], undoes: LayoutChange | None) -> LayoutChanged:
    hall.layout_version += 1
    change = LayoutChange(
        hall_id=hall.id,
        version=hall.layout_version,
        code=code,
        steps=[each.as_row() for each in steps],
        undoes_id=undoes.id if undoes else None,
        actor=str(deed.actor),
        at=deed.now,
    )
    deed.session.add(change)
    deed.session.flush()
    names: list[Json] = []
    names += list(dict.fromkeys(each.renamed or each.code for each in steps))[:NAMED]
    facts: dict[str, Json] = {"version": hall.layout_version, "things": names, "count": len(steps)}
    if undoes is not None:
        facts["undone"] = undoes.version
    record(deed, code if code in (UNDONE, REDONE) else layout_deed_code(code), f"hall:{hall.code}", facts)
    return LayoutChanged(change.id, hall.layout_version, code, steps)


def layout_deed_code(command: str) -> str:
    """The log's code of a command: `stand.moved` → `layout.stand_moved`."""
    thing, _, done = command.partition(".")
    return f"layout.{done}" if thing == "layout" else f"layout.{thing}_{done}"
