"""What the database itself refuses: changing, removing, replacing or skipping a line of the log.

SQLite: `INSERT OR REPLACE` walks past triggers on UPDATE and DELETE, so a trigger before INSERT demands the next
number. PostgreSQL: TRUNCATE fires no row trigger, so it has a statement trigger of its own, and every trigger is
ENABLE ALWAYS, else `session_replication_role = replica` would switch it off. The owner of a table can still drop its
triggers: on PostgreSQL the application should run as a role that owns nothing (`application_role_sql`), and whoever
holds the file of an SQLite database is stopped by the signed heads outside, not by the database.

The statements may be run again at any time. They hold no percent sign and no colon before a letter, so that drivers
do not take them for places of parameters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from sqlalchemy import Connection, MetaData

NUMBERED = ("audit_entry", "audit_node", "audit_checkpoint")
TABLES = (*NUMBERED, "audit_head")


def guards_sql(dialect: str) -> list[str]:
    """Give the statements that lay down the empty head and the guards; `dialect` is "sqlite" or "postgresql"."""
    if dialect == "sqlite":
        return [_head_sql("x''"), *_sqlite()]
    if dialect == "postgresql":
        return [_head_sql("''"), *_postgresql()]
    raise ValueError(f"no guards are written for {dialect}")


def application_role_sql(role: str) -> list[str]:
    """Give the grants for a PostgreSQL role that reads and appends but owns nothing, so cannot lift the guards."""
    name = '"' + role.replace('"', '""') + '"'
    return [
        f"REVOKE ALL ON {', '.join(TABLES)} FROM {name}",
        f"GRANT SELECT, INSERT ON {', '.join(NUMBERED)} TO {name}",
        f"GRANT SELECT, UPDATE ON audit_head TO {name}",
    ]


def attach(metadata: MetaData) -> None:
    """Lay the guards whenever the tables of this metadata are created without a migration."""
    event.listen(metadata, "after_create", _lay)


def _lay(_metadata: MetaData, connection: Connection, **_: Any) -> None:
    if not all(connection.dialect.has_table(connection, name) for name in TABLES):
        return
    for statement in guards_sql(connection.dialect.name):
        connection.exec_driver_sql(statement)


def _head_sql(no_bytes: str) -> str:
    return (
        f"INSERT INTO audit_head (id, size, peaks) SELECT 1, 0, {no_bytes} WHERE NOT EXISTS (SELECT 1 FROM audit_head)"
    )


def _sqlite() -> list[str]:
    statements = []
    for table in NUMBERED:
        next_id = f"NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM {table})"
        statements += [
            _sqlite_trigger(table, "insert", next_id),
            _sqlite_trigger(table, "update"),
            _sqlite_trigger(table, "delete"),
        ]
    return [
        *statements,
        _sqlite_trigger("audit_head", "insert"),
        _sqlite_trigger("audit_head", "update", "NEW.id IS NOT 1 OR NEW.size <= OLD.size"),
        _sqlite_trigger("audit_head", "delete"),
    ]


def _sqlite_trigger(table: str, deed: str, when: str = "1") -> str:
    return (
        f"CREATE TRIGGER IF NOT EXISTS {table}_{deed} BEFORE {deed.upper()} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


# The table is named by its number (TG_RELID), not by a word, and nothing but the system's own schema is searched:
# neither a temporary table nor a function of the same name can stand in the way.
_PG_NEXT = """
CREATE OR REPLACE FUNCTION audit_demand_next() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE due bigint;
BEGIN
  EXECUTE 'SELECT coalesce(max(id), 0) + 1 FROM ' || CAST(CAST(TG_RELID AS regclass) AS text) INTO due;
  IF NEW.id IS DISTINCT FROM due THEN
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$"""
_PG_REFUSE = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'integrity_constraint_violation';
END $$"""


def _postgresql() -> list[str]:
    statements = [_PG_NEXT, _PG_REFUSE]
    for table in NUMBERED:
        statements += [
            *_pg_trigger(table, "next", "INSERT", "ROW", "audit_demand_next"),
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


def _pg_trigger(table: str, name: str, deed: str, each: str, function: str, when: str = "") -> list[str]:
    trigger = f"{table}_{name}"
    on = f"BEFORE {deed} ON {table} FOR EACH {each} {when}"
    return [
        f"CREATE OR REPLACE TRIGGER {trigger} {on} EXECUTE FUNCTION {function}()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}",
    ]
