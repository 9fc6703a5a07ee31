"""The process dies in the middle of a deed: the change and its line in the log both stand, or neither does.

This file is also the program that dies: run with the address of a database and the moment of death.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import create_engine, event, text

from tests.factories import make_edition
from village.audit.actions import make_checkpoint
from village.audit.queries import get_head, list_entries, verify_log
from village.kit.deeds import SYSTEM, begin
from village.kit.signing import Keyring
from village.people.actions import add_person
from village.people.rules import NewPerson

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 12, 4, 12, 0, tzinfo=UTC)

# The moment of death: before the statement that begins so, or (True) after the commit; and how many people the deed
# adds. One line is one statement on PostgreSQL, several are written as on SQLite.
MOMENTS = {
    "before the change": ("INSERT INTO person", False, 2),
    "after the change, before its only line": (("INSERT INTO audit_entry", "SELECT audit_append"), False, 1),
    "after the change, before its lines": ("INSERT INTO audit_entry", False, 2),
    "between the lines and the head": ("UPDATE audit_head", False, 2),
    "after the head, before the seal": ("INSERT INTO audit_checkpoint", False, 1),
    "before the commit": ("COMMIT", False, 1),
    "after the commit": ("COMMIT", True, 1),
}


def die() -> None:
    """Stop as a pulled plug stops: no handler runs, nothing is tidied."""
    os.kill(os.getpid(), signal.SIGKILL)


def watched(url: str, word: str | tuple[str, ...]) -> dict[str, Any]:
    """Arguments for the driver, so that every statement passes by: the log writes by the driver's own cursor."""

    class Dying:
        """A cursor that dies before the statement that begins so."""

        def execute(self, statement: Any, *more: Any, **options: Any) -> Any:
            if str(statement).startswith(word):
                die()
            return super().execute(statement, *more, **options)  # type: ignore[misc]

        def executemany(self, statement: Any, *more: Any, **options: Any) -> Any:
            if str(statement).startswith(word):
                die()
            return super().executemany(statement, *more, **options)  # type: ignore[misc]

    class LiteCursor(Dying, sqlite3.Cursor):
        pass

    class LiteConnection(sqlite3.Connection):
        def cursor(self, *_: Any) -> Any:
            return super().cursor(LiteCursor)

    class PostgresCursor(Dying, psycopg.Cursor):  # type: ignore[type-arg]
        pass

    return {"factory": LiteConnection} if url.startswith("sqlite") else {"cursor_factory": PostgresCursor}


def deed_that_dies(url: str, folder: str, moment: str) -> None:
    """Add people and sign the head, and die at the moment."""
    word, stands, people = MOMENTS[moment]
    engine = create_engine(url, connect_args=watched(url, word))
    if word == "COMMIT" and not stands:
        event.listen(engine, "commit", lambda _connection: die())
    with begin(engine, actor=SYSTEM, now=NOON) as deed:
        edition = deed.session.scalar(text("SELECT min(id) FROM edition"))
        for _person in range(people):
            add_person(deed, edition, NewPerson(given_ar="فاطمة", family_ar="الإدريسي"))
        make_checkpoint(deed, Keyring(Path(folder)), "asked")
        if word == "COMMIT" and stands:
            deed.after_commit(die)
    sys.exit("the deed outlived its moment")


@pytest.mark.parametrize("moment", MOMENTS)
def test_both_or_none(database, session, act, tmp_path, moment):
    keys = Keyring(tmp_path / "keys")
    with act("system") as deed:
        make_edition(deed)
        make_checkpoint(deed, keys, "asked")
    size, sealed = get_head(session).size, 1
    session.rollback()

    died = subprocess.run(
        [sys.executable, __file__, database.url, str(tmp_path / "keys"), moment],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()

    people = session.scalar(text("SELECT count(*) FROM person"))
    new = [row.code for row in list_entries(session).rows if row.number > size]
    _, stands, added = MOMENTS[moment]
    assert (people, new) == ((added, ["person.added"] * added) if stands else (0, []))
    found = verify_log(session, keys)
    assert found.ok, found.faults
    assert found.checkpoints == sealed + stands
    session.rollback()

    # whoever comes next finds a working house: no lock left behind, no number skipped
    with act("system") as deed:
        add_person(deed, deed.session.scalar(text("SELECT min(id) FROM edition")), NewPerson(given_fr="Aïcha"))
    assert verify_log(session, keys).ok
    assert get_head(session).size == size + stands + 1


if __name__ == "__main__":
    deed_that_dies(*sys.argv[1:])
