"""Two people who edit the same text: what each changed is kept, and where both changed the same, somebody decides.

Every form carries what it showed when it was opened. With that, a value that its reader left alone takes whatever was
written meanwhile, and a value that only they changed is theirs; only a value that two people changed differently is a
question, and it is asked with both answers in sight. Nothing typed is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.kit.db import Json


@dataclass(frozen=True)
class Merged:
    """The values to be kept, with those names for which two people wrote different things; theirs are in `values`."""

    values: dict[str, Json]
    conflicts: tuple[str, ...] = ()


def merge_three(shown: Mapping[str, Json], now: Mapping[str, Json], typed: Mapping[str, Json]) -> Merged:
    """Bring together what a form showed, what is kept now, and what was typed.

    Args:
        shown: the values when the form was opened; a name that is missing counts as what is kept now.
        now: the values kept now; they say which names there are.
        typed: the values sent; a name that is missing was left alone.

    """
    values: dict[str, Json] = {}
    conflicts = []
    for name, kept in now.items():
        before = shown.get(name, kept)
        wanted = typed.get(name, before)
        values[name] = kept if wanted == before else wanted
        if kept not in (before, wanted) and wanted != before:
            conflicts.append(name)
    return Merged(values, tuple(conflicts))


def list_changed(before: Mapping[str, Json], after: Mapping[str, Json]) -> list[str]:
    """List the names whose values differ, in the order of `after`."""
    return [name for name, value in after.items() if before.get(name) != value]
