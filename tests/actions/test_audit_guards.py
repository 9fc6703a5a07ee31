"""The database refuses to change the log, whoever asks and however."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from village.audit.actions import make_checkpoint, record
from village.audit.guards import NUMBERED, TABLES, WORDS, application_role_sql, guards_sql, words_guards_sql
from village.audit.queries import verify_log
from village.kit.signing import Keyring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

APPLICATION = "village_application"
REFUSED = "append-only"


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys")


@pytest.fixture(autouse=True)
def sound(act, session, keys) -> Iterator[None]:
    """Four lines and a signed head, which stand after every attempt as they stood before."""
    with act() as deed:
        for number in range(4):
            record(deed, "stand.assigned", f"stand:A{number}")
        make_checkpoint(deed, keys, "day.closed")
    before = {table: session.execute(text(f"SELECT * FROM {table} ORDER BY id")).all() for table in TABLES}
    session.rollback()
    yield
    session.rollback()
    assert {table: session.execute(text(f"SELECT * FROM {table} ORDER BY id")).all() for table in TABLES} == before
    assert verify_log(session, keys).ok


@pytest.fixture
def owner(engine) -> Iterator[Connection]:
    """Somebody at the database's own prompt, committing every word."""
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        yield connection


COPY = {
    "audit_entry": "SELECT {id}, body, leaf_hash, nodes, at, actor, code, thing FROM audit_entry WHERE id = 1",
    "audit_checkpoint": "SELECT {id}, {id}, root, note, reason, at FROM audit_checkpoint WHERE id = 1",
}
COLUMN = {"audit_entry": "thing", "audit_checkpoint": "reason", "audit_head": "peaks"}


def refused(connection: Connection, statement: str) -> str:
    with pytest.raises(DBAPIError) as error:
        connection.exec_driver_sql(statement)
    return str(error.value)


CHANGES = (
    "UPDATE {table} SET {column} = {column}",
    "UPDATE {table} SET {column} = {column} WHERE id = 1",
    "UPDATE {table} SET id = id + 10",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})",
    "INSERT INTO {table} {copy_of_first}",
    "INSERT INTO {table} {copy_far_away}",
    "INSERT INTO {table} {copy_at_nought}",
    "INSERT INTO {table} {copy_of_first} ON CONFLICT (id) DO UPDATE SET {column} = excluded.{column}",
)


@pytest.mark.parametrize("table", NUMBERED)
def test_no_line_is_changed_removed_or_skipped(owner, table):
    for statement in CHANGES:
        words = statement.format(
            table=table,
            column=COLUMN[table],
            copy_of_first=COPY[table].format(id=1),
            copy_far_away=COPY[table].format(id=1_000_000),
            copy_at_nought=COPY[table].format(id=0),
        )
        assert REFUSED in refused(owner, words)


@pytest.mark.parametrize("table", NUMBERED)
def test_no_roundabout_way_changes_a_line(owner, table):
    column = COLUMN[table]
    for statement in (
        f"INSERT INTO {table} {COPY[table].format(id='NULL')}",
        f"INSERT INTO {table} {COPY[table].format(id=1_000_000)} ON CONFLICT DO NOTHING",
        f"UPDATE {table} SET {column} = other.{column} FROM {table} AS other WHERE {table}.id = 1 AND other.id = 1",
        f"WITH gone AS (SELECT id FROM {table}) DELETE FROM {table} WHERE id IN (SELECT id FROM gone)",
    ):
        assert REFUSED in refused(owner, statement)


def test_the_head_only_grows(owner):
    for statement in (
        "DELETE FROM audit_head",
        "UPDATE audit_head SET size = size",
        "UPDATE audit_head SET size = 0",
        "UPDATE audit_head SET size = size - 1",
        "UPDATE audit_head SET peaks = peaks",
        "UPDATE audit_head SET id = 2, size = size + 1",
        "INSERT INTO audit_head SELECT 2, size, peaks FROM audit_head",
        "INSERT INTO audit_head SELECT 1, size, peaks FROM audit_head",
    ):
        assert REFUSED in refused(owner, statement)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("table", NUMBERED)
def test_sqlite_replace_is_refused(owner, table):
    """REPLACE deletes without firing a DELETE trigger, unless recursive triggers are on: both ways are tried."""
    for recursive in ("OFF", "ON"):
        owner.exec_driver_sql(f"PRAGMA recursive_triggers = {recursive}")
        for verb in ("INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "INSERT OR FAIL"):
            assert REFUSED in refused(owner, f"{verb} INTO {table} {COPY[table].format(id=1)}")


def test_no_seal_takes_the_place_of_another(owner, engine):
    """A head signed at a size stays: by the next number REPLACE would remove it, and a shorter one would be a fork."""
    for size in ("size", "size - 1"):
        words = f"audit_checkpoint SELECT 2, {size}, root, 'forged', reason, at FROM audit_checkpoint"
        assert REFUSED in refused(owner, f"INSERT INTO {words}")
        if engine.dialect.name == "sqlite":
            assert REFUSED in refused(owner, f"REPLACE INTO {words}")


@pytest.mark.sqlite_only
def test_sqlite_keeps_the_size_a_whole_number(owner):
    for size in ("'text'", "size || ' more'", "9e99", "size + 0.5", "x'ff'"):
        assert REFUSED in refused(owner, f"UPDATE audit_head SET size = {size}")


@pytest.mark.sqlite_only
def test_sqlite_replaces_no_head(owner):
    for recursive in ("OFF", "ON"):
        owner.exec_driver_sql(f"PRAGMA recursive_triggers = {recursive}")
        assert REFUSED in refused(owner, "INSERT OR REPLACE INTO audit_head SELECT 1, size + 1, peaks FROM audit_head")
        assert REFUSED in refused(owner, "UPDATE OR REPLACE audit_entry SET id = 2 WHERE id = 1")


@pytest.mark.sqlite_only
def test_sqlite_switches_lift_nothing(owner):
    """Neither the switches of a session, nor a second file, nor a schema edited in place without its own switch."""
    for pragma in (
        "ignore_check_constraints = ON",
        "foreign_keys = OFF",
        "trusted_schema = OFF",
        "defer_foreign_keys = ON",
    ):
        owner.exec_driver_sql(f"PRAGMA {pragma}")
        assert REFUSED in refused(owner, "DELETE FROM audit_entry WHERE id = 4")
    owner.exec_driver_sql("PRAGMA foreign_keys = ON")
    owner.exec_driver_sql("ATTACH ':memory:' AS beside")
    owner.exec_driver_sql("CREATE TABLE beside.audit_entry (id INTEGER)")
    owner.exec_driver_sql("CREATE TEMPORARY TABLE audit_entry (id INTEGER)")
    assert REFUSED in refused(owner, "DELETE FROM main.audit_entry")
    assert REFUSED in refused(
        owner,
        f"INSERT INTO main.audit_entry {COPY['audit_entry'].format(id=1)}".replace(
            "FROM audit_entry", "FROM main.audit_entry"
        ),
    )
    owner.exec_driver_sql("DROP TABLE temp.audit_entry")
    assert "may not be modified" in refused(owner, "DELETE FROM sqlite_master WHERE type = 'trigger'")


@pytest.mark.sqlite_only
def test_sqlite_rowids_do_not_move(owner):
    assert REFUSED in refused(owner, "UPDATE audit_entry SET rowid = 9 WHERE id = 4")


@pytest.mark.sqlite_only
def test_sqlite_renaming_takes_the_guards_along(owner):
    owner.exec_driver_sql("ALTER TABLE audit_checkpoint RENAME TO elsewhere")
    try:
        assert "append-only" in refused(owner, "DELETE FROM elsewhere")
    finally:
        owner.exec_driver_sql("ALTER TABLE elsewhere RENAME TO audit_checkpoint")


@pytest.mark.postgresql_only
def test_postgresql_truncate_is_refused(owner):
    for table, more in product(TABLES, ("", " RESTART IDENTITY", " CASCADE")):
        # A table that others point to is not even truncated alone.
        message = refused(owner, f"TRUNCATE {table}{more}")
        assert REFUSED in message or "referenced in a foreign key constraint" in message


@pytest.mark.postgresql_only
def test_postgresql_replica_mode_lifts_nothing(owner):
    """Ordinary triggers sleep while a session calls itself a replica; ours are ENABLE ALWAYS."""
    owner.exec_driver_sql("SET session_replication_role = replica")
    try:
        for statement in ("DELETE FROM audit_entry", "TRUNCATE audit_entry", "UPDATE audit_head SET size = 0"):
            assert REFUSED in refused(owner, statement)
    finally:
        owner.exec_driver_sql("SET session_replication_role = origin")


@pytest.mark.postgresql_only
def test_postgresql_copy_skips_no_number(owner):
    def copy_in() -> None:
        with owner.connection.cursor() as cursor, cursor.copy("COPY audit_checkpoint FROM STDIN") as copy:
            copy.write_row((1_000, 9, bytes(32), "note", "asked", "2026-12-04 09:00+00"))

    with pytest.raises(psycopg.Error, match=REFUSED):
        copy_in()


@pytest.mark.postgresql_only
def test_postgresql_merge_is_refused(owner):
    assert REFUSED in refused(
        owner,
        "MERGE INTO audit_entry USING (SELECT 1 AS id) AS one ON audit_entry.id = one.id "
        "WHEN MATCHED THEN UPDATE SET nodes = ''",
    )


@pytest.mark.postgresql_only
def test_postgresql_temporary_tables_and_functions_hide_nothing(owner):
    """An empty temporary table of the same name must not make 1 the next number, nor a false max()."""
    owner.exec_driver_sql("CREATE TEMPORARY TABLE audit_entry (LIKE public.audit_entry)")
    owner.exec_driver_sql("CREATE FUNCTION pg_temp.max(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 998'")
    try:
        for number in (1, 999):
            words = COPY["audit_entry"].format(id=number).replace("audit_entry", "public.audit_entry")
            assert REFUSED in refused(owner, f"INSERT INTO public.audit_entry {words}")
    finally:
        owner.exec_driver_sql("DROP TABLE pg_temp.audit_entry")
        owner.exec_driver_sql("DROP FUNCTION pg_temp.max(bigint)")


@pytest.fixture
def application(database, owner) -> Iterator[Connection]:
    """The role a careful installation runs as: it reads and appends, and owns nothing."""
    owner.exec_driver_sql(f"CREATE ROLE {APPLICATION} LOGIN")
    for statement in application_role_sql(APPLICATION):
        owner.exec_driver_sql(statement)
    engine = create_engine(database.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"SET SESSION AUTHORIZATION {APPLICATION}")
        yield connection
    engine.dispose()
    owner.exec_driver_sql(f"DROP OWNED BY {APPLICATION}")
    owner.exec_driver_sql(f"DROP ROLE {APPLICATION}")


@pytest.mark.postgresql_only
def test_postgresql_application_cannot_lift_the_guards(application):
    for statement in (
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_keep",
        "DROP TRIGGER audit_entry_keep ON audit_entry",
        "DROP TABLE audit_entry",
        "ALTER TABLE audit_entry RENAME TO elsewhere",
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        "SET session_replication_role = replica",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "DELETE FROM audit_head",
    ):
        message = refused(application, statement)
        assert "permission denied" in message or "must be owner" in message


@pytest.mark.postgresql_only
def test_postgresql_application_finds_no_way_round(application):
    trigger = "BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    for statement in (
        "SET ROLE postgres",
        f"CREATE TRIGGER another {trigger}",
        "CREATE RULE lost AS ON INSERT TO audit_entry DO INSTEAD NOTHING",
        "ALTER TABLE audit_entry ADD COLUMN note text",
        "DROP FUNCTION audit_refuse() CASCADE",
        "ALTER FUNCTION audit_refuse() RENAME TO elsewhere",
        "UPDATE audit_entry SET body = ''",
        "INSERT INTO audit_head VALUES (2, 0, '')",
        "UPDATE audit_cosignature SET time = 0",
        "DELETE FROM audit_timestamp",
        "DELETE FROM audit_witness",
    ):
        message = refused(application, statement)
        assert "permission denied" in message or "must be owner" in message


@pytest.mark.postgresql_only
def test_postgresql_application_can_append(application):
    """It holds all it needs: the right to read, to add and to let the head grow."""
    for statement in (
        "BEGIN",
        "SELECT size FROM audit_head FOR UPDATE",
        f"INSERT INTO audit_entry {COPY['audit_entry'].format(id=5)}",
        "UPDATE audit_head SET size = 5",
        "SELECT audit_append('line', 'leaf', now(), 'public', 'a.b', 'c')",
        "ROLLBACK",
    ):
        application.exec_driver_sql(statement)


@pytest.fixture
def heard(owner, session) -> Iterator[None]:
    """An enrolled witness, an invited one, a cosignature and a time stamp, which stand after every attempt."""
    for statement in (
        "INSERT INTO audit_witness (name, kind, label_ar, label_fr, vkey, invited_at) VALUES ('jury', 'jury', '', '', 'key', '2026-12-04 09:00:00')",
        "INSERT INTO audit_witness (name, kind, label_ar, label_fr, code_sha256, invited_at) VALUES ('officer', 'officer', '', '', 'code', '2026-12-04 09:00:00')",
        "INSERT INTO audit_cosignature (checkpoint_id, witness_id, time, line, received_at) VALUES (1, 1, 7, 'line', '2026-12-04 09:00:00')",
        "INSERT INTO audit_timestamp (checkpoint_id, authority, token, stamped_at) VALUES (1, 'hour', '', '2026-12-04 09:00:00')",
    ):
        owner.exec_driver_sql(statement)
    tables = (*WORDS, "audit_witness")
    before = {table: session.execute(text(f"SELECT * FROM {table} ORDER BY id")).all() for table in tables}
    session.rollback()
    yield
    assert {table: session.execute(text(f"SELECT * FROM {table} ORDER BY id")).all() for table in tables} == before


WORD = {
    "audit_cosignature": (
        "checkpoint_id, witness_id, time, line, received_at",
        "1, 1, 8, 'other', '2026-12-04 09:00:00'",
    ),
    "audit_timestamp": ("checkpoint_id, authority, token, stamped_at", "1, 'hour', 'x', '2026-12-04 09:00:00'"),
}


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("table", WORDS)
def test_what_was_said_outside_is_kept(owner, engine, table):
    columns, values = WORD[table]
    key = f"checkpoint_id, {WORDS[table]}"
    for statement in (
        f"UPDATE {table} SET checkpoint_id = checkpoint_id",
        f"DELETE FROM {table}",
        f"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT ({key}) DO UPDATE SET checkpoint_id = 1",
    ):
        assert REFUSED in refused(owner, statement)
    if engine.dialect.name == "postgresql":
        assert REFUSED in refused(owner, f"TRUNCATE {table}")
        return
    for recursive in ("OFF", "ON"):
        owner.exec_driver_sql(f"PRAGMA recursive_triggers = {recursive}")
        assert REFUSED in refused(owner, f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({values})")
        assert REFUSED in refused(owner, f"UPDATE OR REPLACE {table} SET id = 1")


@pytest.mark.usefixtures("heard")
def test_a_witness_keeps_its_key(owner, engine):
    for statement in (
        "UPDATE audit_witness SET vkey = 'another' WHERE name = 'jury'",
        "UPDATE audit_witness SET vkey = NULL WHERE name = 'jury'",
        "UPDATE audit_witness SET name = 'another' WHERE name = 'jury'",
        "DELETE FROM audit_witness WHERE name = 'officer'",
    ):
        assert REFUSED in refused(owner, statement)
    if engine.dialect.name == "postgresql":
        assert REFUSED in refused(owner, "TRUNCATE audit_witness CASCADE")
        return
    for recursive in ("OFF", "ON"):
        owner.exec_driver_sql(f"PRAGMA recursive_triggers = {recursive}")
        for statement in (
            "INSERT OR REPLACE INTO audit_witness SELECT 9, name, kind, '', '', NULL, NULL, 'another', invited_at, NULL, NULL FROM audit_witness WHERE id = 1",
            "UPDATE OR REPLACE audit_witness SET name = 'jury' WHERE name = 'officer'",
            "UPDATE OR REPLACE audit_witness SET vkey = 'key' WHERE name = 'officer'",
            "UPDATE OR REPLACE audit_witness SET id = 1 WHERE name = 'officer'",
        ):
            assert REFUSED in refused(owner, statement)


def test_guards_may_be_laid_again(owner, engine):
    for statement in (*guards_sql(engine.dialect.name), *words_guards_sql(engine.dialect.name)):
        owner.exec_driver_sql(statement)
    assert REFUSED in refused(owner, "DELETE FROM audit_entry")


def test_no_guards_are_promised_for_other_databases():
    for sql in (guards_sql, words_guards_sql):
        with pytest.raises(ValueError, match="oracle"):
            sql("oracle")
