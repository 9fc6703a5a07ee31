"""What the editor's page shows and its script says: choices and sentences in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from village.exhibitors import queries as exhibitors
from village.floor import wording
from village.floor.drawing.things import OBSTACLE_KINDS
from village.floor.editor_forms import metres
from village.floor.show import in_lang

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.kit.i18n import Lang

Choices = list[tuple[str, str]]


def decimal_sign(lang: Lang) -> str:
    """The decimal sign of a reader."""
    return "." if lang == "en" else ","


def choices(lang: Lang) -> dict[str, Choices]:
    """The choices of the editor's fields: (value, name)."""
    return {
        "sides": [
            ("north", str(_("top of the plan"))),
            ("east", str(_("right of the plan"))),
            ("south", str(_("bottom of the plan"))),
            ("west", str(_("left of the plan"))),
        ],
        "reserves": [(code, words.say(lang)) for code, words in wording.RESERVES.items()],
        "doors": [("entrance", str(_("Entrance"))), ("emergency", str(_("Emergency exit")))],
        "obstacle_kinds": [(code, obstacle_name(code, lang)) for code in OBSTACLE_KINDS],
    }


def obstacle_name(kind: str, lang: Lang) -> str:
    """The name of a kind of obstacle."""
    return wording.OBSTACLES[kind].say(lang) if kind in wording.OBSTACLES else kind


def sector_choices(lang: Lang) -> list[tuple[str, str, Choices]]:
    """Every sector with its branches: (code, name, [(branch, name), …])."""
    return [
        (
            code,
            in_lang(lang, exhibitors.sector_names(code)),
            [(branch, in_lang(lang, names)) for branch, names in sector.branches.items()],
        )
        for code, sector in exhibitors.sectors().items()
    ]


def listed(stands: Mapping[str, Mapping[str, Any]], lang: Lang) -> list[tuple[str, dict[str, Any]]]:
    """The stands in numbers, in order of their codes."""
    sign = decimal_sign(lang)
    return [
        (
            code,
            {
                "zone": form["zone"],
                "size": f"{metres(form['w'], sign)} × {metres(form['h'], sign)}",
                "place": f"{metres(form['x'], sign)} · {metres(form['y'], sign)}",
            },
        )
        for code, form in sorted(stands.items())
    ]


def words(lang: Lang) -> dict[str, str]:
    """The sentences of the editor's script, by key; {name} stands for a fact."""
    return {
        "decimal": decimal_sign(lang),
        **{f"reserved_{code}": each.say(lang) for code, each in wording.RESERVES.items()},
        **{f"obstacle_{code}": obstacle_name(code, lang) for code in OBSTACLE_KINDS},
        **{name: str(said) for group in (_names(), _deeds(), _tools(), _states()) for name, said in group.items()},
    }


def _names() -> dict[str, str]:
    return {
        "closed": _("closed"),
        "fixed": _("locked"),
        "door_entrance": _("Entrance"),
        "door_emergency": _("Exit"),
        "aisle": _("Aisle"),
        "safety_line": _("Safety line"),
        "kind_stand": _("Stands"),
        "kind_door": _("Doors"),
        "kind_obstacle": _("Obstacles"),
        "kind_marking": _("Aisles and safety lines"),
        "kind_zone": _("Zones"),
        "kind_circuit": _("Electric circuits"),
        "kind_link": _("Corrected neighbours"),
        "kind_hall": _("Hall"),
        "link_side": _("side by side"),
        "link_back": _("back to back"),
        "link_across": _("across the aisle"),
        "link_diagonal": _("at a corner"),
        "link_none": _("not at all"),
        "open_sides": _("open sides: {n}"),
    }


def _deeds() -> dict[str, str]:
    return {
        "chosen_one": _("{code} is chosen."),
        "chosen": _("Chosen: {n}"),
        "chosen_none": _("Nothing is chosen."),
        "moved_to": _("{code} now begins at {x} m from the left, {y} m from the top."),
        "sized_to": _("{code} now measures {w} by {h} m."),
        "turned": _("Turned: {n}"),
        "locked": _("Locked: {n}"),
        "unlocked": _("Unlocked: {n}"),
        "removed": _("Deleted: {n}"),
        "added": _("Added: {n}, from {first} to {last}"),
        "is_locked": _("This is locked. Unlock it to move it."),
        "row_preview": _("From {first} to {last}"),
        "row_taken": _("These codes are taken already: {taken}"),
        "code_taken": _("The code {code} is taken already."),
        "not_a_length": _("A length in metres is needed, for example 3,5."),
        "not_readable": _("This value cannot be."),
        "corner_set": _("Corner {n}: {x} m from the left, {y} m from the top"),
        "cursor_at": _("{x} m from the left, {y} m from the top"),
        "zone_used": _("Stands or the hall still use zone {code}."),
        "circuit_used": _("Stands still hang on circuit {code}."),
        "background_set": _("The picture lies under the plan."),
        "background_gone": _("The picture was taken away."),
        "measure_first": _("Tap two points of the picture first."),
        "imported": _("The drawing was read in."),
        "faults": _("To check: {n}"),
        "no_faults": _("Nothing to check."),
        "link_first": _("Tap the first stand."),
        "link_second": _("{a} is chosen. Tap the second stand."),
        "link_now": _("{a} and {b}: {kind}"),
    }


def _tools() -> dict[str, str]:
    return {
        "tool_select": _("Choose"),
        "tool_several": _("Several: taps add, dragging frames"),
        "tool_hand": _("Move the view"),
        "tool_row": _("Row of stands"),
        "tool_polygon": _("Stand of any shape"),
        "tool_door": _("Door"),
        "tool_obstacle": _("Obstacle or stage"),
        "tool_aisle": _("Aisle"),
        "tool_safety_line": _("Safety line"),
        "tool_link": _("Who stands beside whom"),
        "tool_measure": _("Scale of the picture"),
    }


def _states() -> dict[str, str]:
    return {
        "saved": _("All is saved"),
        "saving": _("Saving…"),
        "unsaved": _("Not yet saved: {n}. It is kept here and sent again."),
        "unread": _("The drawing cannot be read now. Trying again…"),
        "others": _("{who} is drawing too"),
        "conflict": _("Somebody changed this at the same time: {codes}. Their version is shown."),
        "conflict_by": _("{who} changed this at the same time: {codes}. Their version is shown."),
        "failed": _("The change did not arrive. Try again."),
    }
