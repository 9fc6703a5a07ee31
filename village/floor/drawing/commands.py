"""Commands of the editor: steps that say what they believe, done wholly or not at all, and how to take them back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from village.floor.drawing.things import HALL, KINDS, Form, Things, code, link_code, normal, normal_code
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# An import of a large hall is one command.
MOST_STEPS: Final = 12_000


@dataclass(frozen=True, slots=True)
class Change:
    """What a command does to one thing: its form before (None: there was none) and after (None: gone).

    ``renamed`` is the new code of a stand; ``kept`` what a removed stand leaves behind that forms do not say:
    its id and who wished for it, so that undoing brings all of it back.
    """

    kind: str
    code: str
    before: Form | None
    after: Form | None
    renamed: str | None = None
    kept: Mapping[str, Any] | None = None

    def as_list(self) -> list[Any]:
        """The change as the editor reads it: [kind, code, before, after]; a new code stands in the form after."""
        after = {**self.after, "code": self.renamed} if self.after is not None and self.renamed else self.after
        return [self.kind, self.code, self.before, after]

    def as_row(self) -> list[Any]:
        """The change as the log of changes keeps it."""
        return [*self.as_list(), dict(self.kept)] if self.kept else self.as_list()

    def inverse(self) -> Change:
        """What takes this change back."""
        if self.renamed:
            return Change(self.kind, self.renamed, self.after, self.before, self.code)
        return Change(self.kind, self.code, self.after, self.before, kept=self.kept)


def read_steps(raw: Any) -> tuple[Change, ...]:
    """The steps of a command as they arrive, [[kind, code, before, after], …], each form checked.

    Raises:
        Refusal: ``layout_value`` with the first impossible value, ``layout_too_much`` for too many steps.
    """
    if not isinstance(raw, list) or not raw:
        raise Refusal("layout_value", {"thing": "steps", "field": "steps", "expected": "[[…]]"})
    if len(raw) > MOST_STEPS:
        raise Refusal("layout_too_much", {"limit": MOST_STEPS})
    return tuple(_read(each) for each in raw)


def _read(step: Any) -> Change:
    if not isinstance(step, list) or not 4 <= len(step) <= 5 or step[0] not in KINDS:  # noqa: PLR2004 - four parts, five as kept
        raise Refusal("layout_value", {"thing": "steps", "field": "steps", "expected": "[kind, code, before, after]"})
    kind, raw_code, before, after, *kept = step
    name = normal_code(kind, raw_code)
    if (before is None and after is None) or (kind == "hall" and (before is None or after is None)):
        raise Refusal("layout_value", {"thing": name, "field": "after", "expected": "{…}"})
    renamed = _new_name(kind, name, after)
    return Change(
        kind,
        name,
        None if before is None else normal(kind, name, before),
        None if after is None else normal(kind, name, after),
        renamed,
        kept[0] if kept else None,
    )


def _new_name(kind: str, name: str, after: Any) -> str | None:
    wanted = after.get("code") if isinstance(after, dict) else None
    if wanted is None or wanted == name:
        return None
    if kind != "stand":
        raise Refusal("layout_value", {"thing": name, "field": "code", "expected": name})
    try:
        return code(wanted)
    except ValueError as error:
        raise Refusal("layout_value", {"thing": name, "field": "code", "expected": str(error)}) from error


@dataclass(frozen=True, slots=True)
class Applied:
    """A drawing after a command: all its things, the steps as done, and new codes of stands by their old ones."""

    things: Things
    steps: tuple[Change, ...]
    renames: Mapping[str, str]


def apply_steps(things: Things, steps: Sequence[Change]) -> Applied:
    """The drawing after the steps, taken in order; links of removed stands go with them.

    Raises:
        Refusal: ``layout_conflict`` when a form is not what a step believes, with the forms as they are
            (fact ``steps``: [[kind, code, null, form or null], …]); ``layout_code_taken``; those of `check_references`.
    """
    now = {kind: dict(things.get(kind, {})) for kind in KINDS}
    conflicts: dict[tuple[str, str], Form | None] = {}
    done: list[Change] = []
    renames: dict[str, str] = {}
    for each in steps:
        here = now[each.kind].get(each.code)
        if here != each.before:
            conflicts[each.kind, each.code] = things.get(each.kind, {}).get(each.code)
            continue
        done += _apply(now, each, renames)
    if conflicts:
        raise conflict(conflicts)
    check_references(now)
    return Applied(now, tuple(done), renames)


def conflict(found: Mapping[tuple[str, str], Form | None]) -> Refusal:
    """The refusal of a command that believed something else: the forms as they are."""
    steps = [[kind, name, None, form] for (kind, name), form in found.items()]
    shown = ", ".join(dict.fromkeys(name for _, name in list(found)[:5]))
    return Refusal("layout_conflict", {"things": shown, "steps": steps})


def _apply(now: dict[str, dict[str, Form]], each: Change, renames: dict[str, str]) -> list[Change]:
    of_kind, target = now[each.kind], each.renamed or each.code
    if each.after is None:
        gone = _links_of(now, each.code) if each.kind == "stand" else []
        for link in gone:
            del now["link"][link.code]
        del of_kind[each.code]
        return [*gone, each]
    if (each.before is None or each.renamed) and target in of_kind:
        raise Refusal("layout_code_taken", {"thing": target})
    if each.kind == "link" and each.code != link_code(each.after["a"], each.after["b"]):
        raise Refusal("layout_value", {"thing": each.code, "field": "a", "expected": each.code})
    of_kind.pop(each.code, None)
    of_kind[target] = each.after
    if each.renamed:
        _rename(now, each.code, each.renamed, renames)
    return [each]


def _links_of(now: Mapping[str, Mapping[str, Form]], stand: str) -> list[Change]:
    found = [(name, form) for name, form in now["link"].items() if stand in (form["a"], form["b"])]
    return [Change("link", name, form, None) for name, form in sorted(found)]


def _rename(now: dict[str, dict[str, Form]], old: str, new: str, renames: dict[str, str]) -> None:
    first = next((before for before, after in renames.items() if after == old), old)
    renames[first] = new
    for link in _links_of(now, old):
        form = now["link"].pop(link.code)
        a, b = sorted(new if each == old else each for each in (form["a"], form["b"]))
        now["link"][link_code(a, b)] = {"a": a, "b": b, "kind": form["kind"]}


def check_references(things: Things) -> None:
    """Let pass when every zone, circuit and stand that is named is there.

    Raises:
        Refusal: ``stand_zone_unknown``, ``stand_circuit_unknown``, ``layout_zone_unknown``, ``layout_stand_unknown``,
            all at once.
    """
    faults = []
    hall = things["hall"].get(HALL)
    if hall and hall["default_zone"] not in things["zone"]:
        faults.append(Refusal("layout_zone_unknown", {"zone": hall["default_zone"]}))
    for name, form in things["stand"].items():
        if form["zone"] not in things["zone"]:
            faults.append(Refusal("stand_zone_unknown", {"stand": name, "zone": form["zone"]}))
        if form["circuit"] is not None and form["circuit"] not in things["circuit"]:
            faults.append(Refusal("stand_circuit_unknown", {"stand": name, "circuit": form["circuit"]}))
    for form in things["link"].values():
        missing = [each for each in (form["a"], form["b"]) if each not in things["stand"]]
        faults += [Refusal("layout_stand_unknown", {"stand": each}) for each in missing]
    if faults:
        raise Refusal.of(faults[:20])


def inverse(steps: Iterable[Change]) -> tuple[Change, ...]:
    """The steps that take these back, last first."""
    return tuple(each.inverse() for each in reversed(tuple(steps)))


def with_kept(steps: Iterable[Change], kept: Mapping[str, Mapping[str, Any]]) -> tuple[Change, ...]:
    """The steps, removed stands with what they leave behind (by code)."""
    return tuple(
        replace(each, kept=kept[each.code]) if each.kind == "stand" and each.after is None else each for each in steps
    )
