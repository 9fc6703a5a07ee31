"""The plug is pulled between and within any two steps of a draw: each step stands whole or was never taken.

A child process takes the step and dies (SIGKILL) before one of its first changes or a later one, before its commit, and
right after it. After each death the database is the one before the step, or the one after it, and nothing between.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import sqlalchemy as sa

from tests.draws import COMMITTED, HOUR, SECOND_COUNTER, Hall, make_hall, new_draw
from village.audit.queries import verify_log
from village.draws import actions, queries, verify_draw
from village.kit.db import Base
from village.kit.storage import FileStorage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

WRITES = ("INSERT", "UPDATE", "DELETE", "SELECT audit_append")
BEFORE_COMMIT, AFTER_COMMIT = b"c", b"s"
# The numbers of the changes before which a step dies; it always dies round its commit too.
MOMENTS = {"sqlite": (1, 2, 4, 7, 1000), "postgresql": (2, 1000)}


class Plug:
    """Counts the changes of this process and pulls the plug before the one that was chosen."""

    def __init__(self, chosen: int, told: int) -> None:
        self.left, self.told = chosen, told

    def change(self, statement: object) -> None:
        """A statement passes by."""
        if str(statement).lstrip().startswith(WRITES):
            self.left -= 1
            if not self.left:
                die()

    def commit(self, _connection: object) -> None:
        """The commit is next; with no change left to die before, this is the moment, or the one after it."""
        if self.left > 0:
            os.write(self.told, BEFORE_COMMIT)
            die()


def die() -> None:
    """Stop as a pulled plug stops."""
    os.kill(os.getpid(), signal.SIGKILL)


def engine_that_dies(url: str, plug: Plug) -> sa.Engine:
    """An engine that shows every statement to the plug: the log writes by the driver's own cursor."""

    class Watched:
        def execute(self, statement: Any, *more: Any, **options: Any) -> Any:
            plug.change(statement)
            return super().execute(statement, *more, **options)  # type: ignore[misc]

        def executemany(self, statement: Any, *more: Any, **options: Any) -> Any:
            plug.change(statement)
            return super().executemany(statement, *more, **options)  # type: ignore[misc]

    class LiteCursor(Watched, sqlite3.Cursor):
        pass

    class LiteConnection(sqlite3.Connection):
        def cursor(self, *_: Any) -> Any:
            return super().cursor(LiteCursor)

    class PostgresCursor(Watched, psycopg.Cursor):  # type: ignore[type-arg]
        pass

    watched = {"factory": LiteConnection} if url.startswith("sqlite") else {"cursor_factory": PostgresCursor}
    engine = sa.create_engine(url, connect_args=watched)
    sa.event.listen(engine, "commit", plug.commit)
    return engine


def killed(hall: Hall, url: str, step: Callable[[Hall], object], chosen: int) -> bytes:
    """Take a step in a child that dies before its `chosen` change (0: after the commit); say if it came to the commit."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        try:
            step(replace(hall, engine=engine_that_dies(url, Plug(chosen, writes))))
            os.write(writes, AFTER_COMMIT)
        finally:
            die()
    os.close(writes)
    told = os.read(reads, 1)
    os.close(reads)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    return told


def everything(engine: sa.Engine) -> dict[str, list[Any]]:
    """Read all rows that a draw or the log has."""
    wanted = [name for name in Base.metadata.tables if name.startswith(("draw", "audit"))]
    with engine.connect() as connection:
        return {name: sorted(map(repr, connection.exec_driver_sql(f"SELECT * FROM {name}"))) for name in wanted}


def die_at_every_moment(hall: Hall, database: Any, step: Callable[[Hall], object]) -> int:
    """Let a step die before each of its changes, before its commit, and after it; count the deaths."""
    before, deaths = everything(hall.engine), 0
    for chosen in MOMENTS[database.kind]:
        told = killed(hall, database.url, step, chosen)
        deaths += 1
        assert everything(hall.engine) == before
        if told == BEFORE_COMMIT:
            break
    assert killed(hall, database.url, step, 0) == AFTER_COMMIT
    assert everything(hall.engine) != before
    return deaths


def test_a_draw_dies_at_every_moment_and_goes_on(
    database: Any, engine: sa.Engine, session: Session, tmp_path: Path
) -> None:
    hall = make_hall(engine, tmp_path, 6)
    storage = FileStorage(tmp_path / "files")
    hall.keys.sign("log", b"a first use makes the key")
    commitments: list[str | None] = []

    def known(change: Callable[[Hall], object]) -> Callable[[Hall], object]:
        """Tell the hall the commitment as the database has it."""

        def step(each: Hall) -> object:
            each.commitment = commitments[0] or ""
            return change(each)

        return step

    def withdraw(each: Hall) -> None:
        with each.at(HOUR + timedelta(minutes=20)) as deed:
            actions.withdraw_prize(deed, draw_id=each.draw_id, place="P2", reason="unfit")

    def close_register(each: Hall) -> None:
        with each.at(HOUR + timedelta(minutes=30)) as deed:
            actions.close_register(deed, edition_id=each.edition_id, keys=each.keys)

    deaths = die_at_every_moment(hall, database, Hall.commit)
    commitments.append(queries.get_draw(session, hall.draw_id).commitment_sha256)
    session.rollback()
    hall.commitment = commitments[0] or ""
    deaths += die_at_every_moment(hall, database, known(lambda each: each.hand_in("juror")))
    hall.hand_in("bailiff", "participants")
    hall.count()
    deaths += die_at_every_moment(hall, database, Hall.close)
    deaths += die_at_every_moment(hall, database, lambda each: each.open_envelopes("juror"))
    hall.open_envelopes("bailiff", "participants")
    for step in (
        Hall.reveal,
        Hall.conclude,
        lambda each: each.call("P1"),
        lambda each: each.sign_void("P1"),
        lambda each: each.sign_void("P1", actor=SECOND_COUNTER),
        lambda each: each.replace("P1"),
        lambda each: each.claim("P1"),
        lambda each: each.hand_over("P1", storage),
        withdraw,
        close_register,
    ):
        deaths += die_at_every_moment(hall, database, step)

    assert deaths >= 28
    pins = json.loads(queries.make_pins(session, hall.draw_id))
    found = verify_draw.verify(queries.make_bundle(session, hall.draw_id), pins)
    assert [prize["state"] for prize in found["prizes"]] == ["handed_over", "withdrawn"]
    assert verify_log(session, hall.keys).ok


@pytest.mark.sqlite_only
def test_a_cancelled_draw_and_a_new_plan_die_whole(database: Any, engine: sa.Engine, tmp_path: Path) -> None:
    hall = make_hall(engine, tmp_path, 4)
    hall.keys.sign("log", b"a first use makes the key")

    def change(each: Hall) -> None:
        with each.at(COMMITTED) as deed:
            new = new_draw(each.edition_id, each.witnesses, title_fr="Autre titre")
            actions.change_draw(deed, draw_id=each.draw_id, new=new)
            actions.set_entrants(deed, draw_id=each.draw_id, entrants=each.entrants())

    def cancel(each: Hall) -> None:
        with each.at(HOUR - timedelta(minutes=1)) as deed:
            actions.cancel_draw(deed, draw_id=each.draw_id, reason="postponed", keys=each.keys)

    assert die_at_every_moment(hall, database, change) >= 4
    hall.commit()
    assert die_at_every_moment(hall, database, cancel) >= 3
