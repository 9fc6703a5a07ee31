"""What the database itself refuses: changing, removing, replacing or skipping a line of the log.

SQLite: `INSERT OR REPLACE` walks past triggers on UPDATE and DELETE, so a trigger before INSERT demands the next
number, and of a signed head a greater size than all before. PostgreSQL: TRUNCATE fires no row trigger, so it has a
statement trigger of its own, and every trigger is ENABLE ALWAYS, else `session_replication_role = replica` would switch
it off. The owner of a table can still drop its triggers: on PostgreSQL the application should run as a role that owns
nothing (`application_role_sql`), and whoever holds the file of an SQLite database is stopped by the signed heads
outside, not by the database.

What witnesses and authorities outside said of the heads (`WORDS`) is kept in the same way: it is added, never changed,
removed or replaced, and a witness's key stays its key.

The statements may be run again at any time. They hold no percent sign and no colon before a letter, so that drivers
do not take them for places of parameters. On PostgreSQL they also make `audit_append`, which writes one line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from sqlalchemy import Connection, MetaData

NUMBERED = ("audit_entry", "audit_checkpoint")
TABLES = (*NUMBERED, "audit_head")
WORDS = {"audit_cosignature": "witness_id", "audit_timestamp": "authority"}
"""Tables of what was said outside, each with the column that together with the head names one word."""
# Tables whose rows also grow in another way than by their number; what then may not come.
_GROWING = {"audit_checkpoint": "EXISTS (SELECT 1 FROM {table} WHERE size >= NEW.size)"}
_CHANGED_KEY = "OLD.vkey IS NOT NULL AND (NEW.vkey IS {not_same} OLD.vkey OR NEW.name IS {not_same} OLD.name)"


def guards_sql(dialect: str) -> list[str]:
    """Give the statements that lay down the empty head and the guards; `dialect` is "sqlite" or "postgresql"."""
    if dialect == "sqlite":
        return [_head_sql("x''"), *_sqlite()]
    if dialect == "postgresql":
        return [_head_sql("''"), *_postgresql()]
    raise ValueError(f"no guards are written for {dialect}")


def words_guards_sql(dialect: str) -> list[str]:
    """Give the statements that guard what was said outside; `dialect` is "sqlite" or "postgresql"."""
    if dialect == "sqlite":
        return _sqlite_words()
    if dialect == "postgresql":
        return _postgresql_words()
    raise ValueError(f"no guards are written for {dialect}")


def application_role_sql(role: str) -> list[str]:
    """Give the grants for a PostgreSQL role that reads and appends but owns nothing, so cannot lift the guards."""
    name = '"' + role.replace('"', '""') + '"'
    return [
        f"REVOKE ALL ON {', '.join(TABLES)} FROM {name}",
        f"GRANT SELECT, INSERT ON {', '.join(NUMBERED)} TO {name}",
        f"GRANT SELECT, UPDATE ON audit_head TO {name}",
        f"REVOKE ALL ON {', '.join(WORDS)}, audit_witness FROM {name}",
        f"GRANT SELECT, INSERT ON {', '.join(WORDS)} TO {name}",
        f"GRANT SELECT, INSERT, UPDATE ON audit_witness TO {name}",
    ]


def attach(metadata: MetaData) -> None:
    """Lay the guards whenever the tables of this metadata are created without a migration."""
    event.listen(metadata, "after_create", _lay)


def _lay(_metadata: MetaData, connection: Connection, **_: Any) -> None:
    kind = connection.dialect.name
    for tables, statements in (
        (TABLES, guards_sql),
        ((*WORDS, "audit_witness"), words_guards_sql),
    ):
        if not all(connection.dialect.has_table(connection, name) for name in tables):
            return
        for statement in statements(kind):
            connection.exec_driver_sql(statement)


def _head_sql(no_bytes: str) -> str:
    return (
        f"INSERT INTO audit_head (id, size, peaks) SELECT 1, 0, {no_bytes} WHERE NOT EXISTS (SELECT 1 FROM audit_head)"
    )


def _sqlite() -> list[str]:
    statements = []
    for table in NUMBERED:
        refused = f"NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM {table})"
        if table in _GROWING:
            # By the next number, REPLACE would still remove the older row of the same size.
            refused += f" OR {_GROWING[table].format(table=table)}"
        statements += [
            *_sqlite_trigger(table, "insert", refused),
            *_sqlite_trigger(table, "update"),
            *_sqlite_trigger(table, "delete"),
        ]
    # SQLite keeps a text or a fraction where a number belongs, and any text is greater than a number.
    shrunk = "NEW.id IS NOT 1 OR typeof(NEW.size) IS NOT 'integer' OR NEW.size <= OLD.size"
    return [
        *statements,
        *_sqlite_trigger("audit_head", "insert"),
        *_sqlite_trigger("audit_head", "update", shrunk),
        *_sqlite_trigger("audit_head", "delete"),
    ]


def _sqlite_words() -> list[str]:
    statements = []
    for table, by in WORDS.items():
        # REPLACE removes the old row without firing a DELETE trigger: so nothing may come where something is.
        taken = f"id = NEW.id OR (checkpoint_id = NEW.checkpoint_id AND {by} = NEW.{by})"
        statements += [
            *_sqlite_trigger(table, "insert", f"EXISTS (SELECT 1 FROM {table} WHERE {taken})"),
            *_sqlite_trigger(table, "update"),
            *_sqlite_trigger(table, "delete"),
        ]
    same = "id = NEW.id OR name = NEW.name OR vkey = NEW.vkey OR code_sha256 = NEW.code_sha256"
    taken = f"EXISTS (SELECT 1 FROM audit_witness WHERE {same})"
    another = f"EXISTS (SELECT 1 FROM audit_witness WHERE id IS NOT OLD.id AND ({same}))"
    changed = _CHANGED_KEY.format(not_same="NOT")
    return [
        *statements,
        *_sqlite_trigger("audit_witness", "insert", taken),
        *_sqlite_trigger("audit_witness", "update", f"{changed} OR NEW.id IS NOT OLD.id OR {another}"),
        *_sqlite_trigger("audit_witness", "delete"),
    ]


def _sqlite_trigger(table: str, deed: str, when: str = "1") -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return [
        f"DROP TRIGGER IF EXISTS {table}_{deed}",
        f"CREATE TRIGGER {table}_{deed} BEFORE {deed.upper()} ON {table} WHEN {when} {refuse}",
    ]


# Tables are named with their schema and nothing but the system's own schema is searched: neither a temporary table
# nor a function of the same name can stand in the way. The schema is only known when the statement is run.
_PG_NEXT = """
DO $do$ BEGIN EXECUTE $made$
CREATE OR REPLACE FUNCTION {table}_next() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.id IS DISTINCT FROM (
    SELECT coalesce(max(id), 0) + 1 FROM $made$ || quote_ident(current_schema()) || $made$.{table}
  ){growing} THEN
    RAISE EXCEPTION USING MESSAGE = '{table} is append-only', ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$ $made$; END $do$"""
_PG_REFUSE = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'integrity_constraint_violation';
END $$"""
# One line in one message to the server, so that the head is held for the commit alone. The same tree as
# `merkle.Accumulator.append`, which writes lines by the hundred and on SQLite.
_PG_APPEND = """
CREATE OR REPLACE FUNCTION audit_append(
  line bytea, leaf bytea, at_instant timestamptz, by_actor varchar, with_code varchar, on_thing varchar
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  number bigint;
  level bigint;
  summits bytea;
  found bytea := leaf;
  made bytea := '';
BEGIN
  SELECT size, peaks INTO STRICT number, summits FROM audit_head WHERE id = 1 FOR UPDATE;
  level := number;
  WHILE level & 1 = 1 LOOP
    found := sha256(decode('01', 'hex') || substr(summits, length(summits) - 31) || found);
    summits := substr(summits, 1, length(summits) - 32);
    made := made || found;
    level := level >> 1;
  END LOOP;
  number := number + 1;
  INSERT INTO audit_entry (id, body, leaf_hash, nodes, at, actor, code, thing)
    VALUES (number, line, leaf, made, at_instant, by_actor, with_code, on_thing);
  UPDATE audit_head SET size = number, peaks = summits || found WHERE id = 1;
  RETURN number;
END $$"""


def _postgresql() -> list[str]:
    statements = [_PG_REFUSE, _PG_APPEND]
    for table in NUMBERED:
        statements += [
            _PG_NEXT.replace("{growing}", _pg_growing(table)).replace("{table}", table),
            *_pg_trigger(table, "next", "INSERT", "ROW", f"{table}_next"),
            *_pg_trigger(table, "keep", "UPDATE OR DELETE", "ROW", "audit_refuse"),
        ]
    for table in TABLES:
        statements += _pg_trigger(table, "truncate", "TRUNCATE", "STATEMENT", "audit_refuse")
    return [
        *statements,
        *_pg_trigger("audit_head", "keep", "INSERT OR DELETE", "ROW", "audit_refuse"),
        *_pg_trigger(
            "audit_head", "grow", "UPDATE", "ROW", "audit_refuse", "WHEN (NEW.id <> 1 OR NEW.size <= OLD.size)"
        ),
    ]


def _pg_growing(table: str) -> str:
    here = "$made$ || quote_ident(current_schema()) || $made$.{table}"
    return f" OR {_GROWING[table].format(table=here)}" if table in _GROWING else ""


def _postgresql_words() -> list[str]:
    statements = []
    for table in WORDS:
        statements += _pg_trigger(table, "keep", "UPDATE OR DELETE", "ROW", "audit_refuse")
        statements += _pg_trigger(table, "truncate", "TRUNCATE", "STATEMENT", "audit_refuse")
    changed = f"WHEN ({_CHANGED_KEY.format(not_same='DISTINCT FROM')})"
    return [
        *statements,
        *_pg_trigger("audit_witness", "keep", "DELETE", "ROW", "audit_refuse"),
        *_pg_trigger("audit_witness", "key", "UPDATE", "ROW", "audit_refuse", changed),
        *_pg_trigger("audit_witness", "truncate", "TRUNCATE", "STATEMENT", "audit_refuse"),
    ]


def _pg_trigger(table: str, name: str, deed: str, each: str, function: str, when: str = "") -> list[str]:
    trigger = f"{table}_{name}"
    on = f"BEFORE {deed} ON {table} FOR EACH {each} {when}"
    return [
        f"CREATE OR REPLACE TRIGGER {trigger} {on} EXECUTE FUNCTION {function}()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}",
    ]
