"""What an import does to a hall: the steps from the drawing as it is to the drawing of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from village.floor.drawing.commands import Change
from village.floor.drawing.things import HALL, KINDS
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection

    from village.floor.drawing.things import Things

Mode = Literal["replace", "add"]


def steps_to(now: Things, wanted: Things, mode: Mode, kinds: Collection[str] = KINDS) -> tuple[Change, ...]:
    """The steps that make a drawing that of a file, or (``add``) that put the file's things into it.

    ``kinds`` are those that the file speaks of; the others stay.  Links go first and come last, since they name stands.

    Raises:
        Refusal: ``layout_code_taken`` for each thing to add whose code there is already (``add``).
    """
    if mode == "add":
        return _added(now, wanted, kinds)
    steps: list[Change] = []
    ordered = [kind for kind in KINDS if kind in kinds]
    for kind in reversed(ordered):
        gone = sorted(now[kind].keys() - wanted[kind].keys())
        steps += [Change(kind, code, now[kind][code], None) for code in gone if code != HALL]
    # Links of stands that go have gone with their stands' own steps already: those come first here.
    for kind in ordered:
        for code, form in sorted(wanted[kind].items()):
            before = now[kind].get(code)
            if before != form:
                steps.append(Change(kind, code, before, form))
    return tuple(steps)


def _added(now: Things, wanted: Things, kinds: Collection[str]) -> tuple[Change, ...]:
    new = [(kind, code, form) for kind in KINDS if kind in kinds for code, form in sorted(wanted[kind].items())]
    # A zone or circuit of the same code and form is simply there.
    new = [(kind, code, form) for kind, code, form in new if kind != "hall" and now[kind].get(code) != form]
    taken = [Refusal("layout_code_taken", {"thing": code}) for kind, code, _ in new if code in now[kind]]
    if taken:
        raise Refusal.of(taken[:20])
    return tuple(Change(kind, code, None, form) for kind, code, form in new)
