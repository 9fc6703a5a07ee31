"""The lines of the log, each read from its own bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import Boolean, ColumnElement, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from village.audit.kinds import needles
from village.audit.models import AuditEntry
from village.kit import canonical
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session
    from sqlalchemy.sql.compiler import SQLCompiler

    from village.kit.db import Json

_Entries: TypeAlias = "Select[int, bytes, bytes, datetime]"

PAGE_LINES = 50

ENTRIES = select(AuditEntry.id, AuditEntry.body, AuditEntry.leaf_hash, AuditEntry.at)


@dataclass(frozen=True)
class EntryRow:
    """A line of the log, read from its own bytes. `number` counts from 1, `index` from 0 as RFC 6962 does."""

    index: int
    body: bytes
    leaf_hash: bytes
    at: datetime
    actor: str
    code: str
    thing: str
    facts: Mapping[str, Any]

    @property
    def number(self) -> int:
        """The place of the line as people count."""
        return self.index + 1


@dataclass(frozen=True)
class EntryFilter:
    """What an auditor looks for; None asks for everything. `since` is included, `until` is not.

    `also` holds other keys of the same thing; `mentions` asks for lines too that only name it, as actor or in a fact.
    """

    code: str | None = None
    thing: str | None = None
    also: tuple[str, ...] = ()
    mentions: bool = False
    actor: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class EntryPage:
    """Some lines, newest first. `older` is the number to ask before for the next page, None at the end."""

    rows: tuple[EntryRow, ...]
    older: int | None


def get_entry(session: Session, index: int) -> EntryRow:
    """Read the line at `index` (from 0).

    Raises:
        Refusal: `audit_entry_not_found`.

    """
    row = session.execute(ENTRIES.where(AuditEntry.id == index + 1)).one_or_none()
    if row is None:
        raise Refusal("audit_entry_not_found", {"number": index + 1})
    return read_entry(*row)


def list_codes(session: Session) -> list[str]:
    """List the deed codes that occur, by the index alone: one step for each code, however long the log."""
    first = select(func.min(AuditEntry.code).label("code")).cte(recursive=True)
    after = select(func.min(AuditEntry.code)).where(AuditEntry.code > first.c.code).scalar_subquery()
    codes = first.union_all(select(after).where(first.c.code.is_not(None)))
    return list(session.scalars(select(codes.c.code).where(codes.c.code.is_not(None))))


def list_entries(
    session: Session, wanted: EntryFilter | None = None, *, before: int | None = None, limit: int = PAGE_LINES
) -> EntryPage:
    """List lines, newest first.

    Args:
        session: the database.
        wanted: what to look for.
        before: give only lines with a smaller number (the `older` of the page above).
        limit: the most lines of a page.

    """
    query = _filtered(ENTRIES, wanted or EntryFilter())
    if before is not None:
        query = query.where(AuditEntry.id < before)
    rows = session.execute(query.order_by(AuditEntry.id.desc()).limit(limit + 1)).all()
    entries = tuple(read_entry(*row) for row in rows[:limit])
    return EntryPage(entries, entries[-1].number if len(rows) > limit else None)


def list_kept(session: Session, ids: Sequence[int]) -> list[dict[str, Json]]:
    """Return the lines of the log that name persons by number, for themselves to read, the oldest first."""
    things = [f"person:{each}" for each in ids]
    rows = session.execute(ENTRIES.where(AuditEntry.thing.in_(things)).order_by(AuditEntry.id))
    return [
        {"number": entry.number, "at": entry.at.isoformat(), "what": entry.code, "facts": dict(entry.facts)}
        for entry in (read_entry(*row) for row in rows)
    ]


def _filtered(query: _Entries, wanted: EntryFilter) -> _Entries:
    if wanted.code:
        query = query.where(AuditEntry.code == wanted.code)
    if wanted.thing:
        query = query.where(_about(wanted))
    if wanted.actor:
        query = query.where(AuditEntry.actor == wanted.actor)
    if wanted.since:
        query = query.where(AuditEntry.at >= wanted.since)
    if wanted.until:
        query = query.where(AuditEntry.at < wanted.until)
    return query


def _about(wanted: EntryFilter) -> ColumnElement[bool]:
    things = (wanted.thing or "", *wanted.also)
    about = AuditEntry.thing.in_(things)
    if not wanted.mentions:
        return about
    named = [Holds(AuditEntry.body, needle) for thing in things for needle in needles(thing)]
    return or_(about, AuditEntry.actor.in_(things), *named)


class Holds(GenericFunction[bool]):
    """Whether bytes hold other bytes; neither database has a word for it that the other knows."""

    type = Boolean()
    inherit_cache = True


@compiles(Holds, "sqlite")
def _holds_sqlite(element: Any, compiler: SQLCompiler, **asked: Any) -> str:
    whole, part = (compiler.process(each, **asked) for each in element.clauses)
    return f"instr({whole}, {part}) > 0"


@compiles(Holds, "postgresql")
def _holds_postgresql(element: Any, compiler: SQLCompiler, **asked: Any) -> str:
    whole, part = (compiler.process(each, **asked) for each in element.clauses)
    return f"position({part} in {whole}) > 0"


def read_entry(number: int, body: bytes, leaf_hash: bytes, at: datetime) -> EntryRow:
    """Read a line from its own bytes."""
    line = canonical.loads_strict(body)
    return EntryRow(number - 1, body, leaf_hash, at, line["actor"], line["code"], line["thing"], line["facts"])
