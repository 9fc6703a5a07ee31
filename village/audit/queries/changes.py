"""What a line changed: what the log had said of the same thing before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from village.audit.kinds import kind_of
from village.audit.models import AuditEntry
from village.audit.queries.entries import ENTRIES, EntryRow, read_entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

# How far back is looked for the last value of a fact: a busy workshop has a line for each scan.
_FURTHEST = 300
# Facts that part the story of one thing into several: the registrations of a workshop by person, seats of a draw.
_APART = ("person", "seat")


@dataclass(frozen=True)
class Before:
    """What the log had said before a line.

    `line` is the last one on the same thing (and the same person of it, where the line names one); `facts` holds for
    each fact of the line its value before, with the number of the line that gave it.
    """

    line: EntryRow | None
    facts: Mapping[str, tuple[Any, int]] = field(default_factory=dict)


def get_before(session: Session, entry: EntryRow) -> Before:
    """Find what the log had said of the thing of a line before that line; it looks 300 lines of the thing back."""
    rows = session.execute(
        ENTRIES.where(AuditEntry.thing == entry.thing, AuditEntry.id < entry.number)
        .order_by(AuditEntry.id.desc())
        .limit(_FURTHEST)
    )
    parted = {
        name: entry.facts[name] for name in _APART if name in entry.facts and kind_of(entry.thing) != name
    }
    last: EntryRow | None = None
    facts: dict[str, tuple[Any, int]] = {}
    for row in rows:
        earlier = read_entry(*row)
        if any(earlier.facts.get(name) != value for name, value in parted.items()):
            continue
        last = last or earlier
        for name in entry.facts:
            if name in earlier.facts:
                facts.setdefault(name, (earlier.facts[name], earlier.number))
        if len(facts) == len(entry.facts):
            break
    return Before(last, facts)


def find_next(session: Session, entry: EntryRow) -> int | None:
    """Return the number of the next line on the same thing."""
    after = (AuditEntry.thing == entry.thing, AuditEntry.id > entry.number)
    return session.scalar(select(func.min(AuditEntry.id)).where(*after))
