"""How far a demonstration has come, read straight from the table: a fair that was played is served at once.

The drivers are used without SQLAlchemy here, whose import alone takes longer than the reading.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from config import Settings

_STEPS = "SELECT name, finished, milliseconds, figures FROM demo_step"
_REVISION = "SELECT version_num FROM alembic_version"


@dataclass(frozen=True)
class StepDone:
    """A step as the table holds it."""

    name: str
    finished: bool
    milliseconds: int
    figures: dict[str, Any]


def read_progress(settings: Settings) -> dict[str, StepDone]:
    """Return the steps by name; nothing where no demonstration was begun."""
    rows = _read(settings, _STEPS)
    return {
        name: StepDone(name, bool(finished), milliseconds, json.loads(figures) if isinstance(figures, str) else figures)
        for name, finished, milliseconds, figures in rows
    }


def read_revision(settings: Settings) -> str | None:
    """Return the revision of the schema, or None where there is none."""
    rows = _read(settings, _REVISION)
    return str(rows[0][0]) if rows else None


def _read(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    if settings.sqlalchemy_url.startswith("sqlite"):
        return _read_sqlite(settings, query)
    return _read_postgresql(settings, query)


def _read_sqlite(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    path = settings.sqlalchemy_url.removeprefix("sqlite:///")
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=15)) as connection:
            return connection.execute(query).fetchall()
    except sqlite3.OperationalError:
        return []


def _read_postgresql(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    import psycopg

    try:
        with psycopg.connect(settings.sqlalchemy_url.replace("+psycopg", "", 1)) as connection:
            return connection.execute(query.encode()).fetchall()
    except psycopg.errors.UndefinedTable:
        return []
