"""Runs the migrations, one set for SQLite and PostgreSQL, all in one transaction.

The database is the application's own, or the engine that somebody put into the configuration's attributes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import context

from village.kit.db import WRITES, Base

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# Two processes that start at once must not both migrate: the second waits, then finds nothing to do.
LOCK = 7_214_001


def _engine() -> Engine:
    given: Engine | None = context.config.attributes.get("engine")
    if given is not None:
        return given
    from flask import current_app

    engine: Engine = current_app.extensions["migrate"].db.engine
    return engine


def render(kind: str, thing: Any, _context: Any) -> str | bool:
    """Write our own column types as the plain types they stand on, so that a migration never changes its meaning."""
    if kind != "type":
        return False
    name = type(thing).__name__
    if name == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    if name == "AsaList":
        return "sa.UnicodeText()"
    if isinstance(thing, sa.BigInteger) and thing._variant_mapping:  # noqa: SLF001 - no public name tells of variants
        return 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")'
    return False


def run(connection: Connection) -> None:
    """Bring the database to the revision that was asked for."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transactional_ddl=True,
        render_as_batch=True,
        compare_type=True,
        render_item=render,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate(engine: Engine) -> None:
    """Run in one transaction; SQLite lays a changed table anew, so its foreign keys rest until the end."""
    with engine.execution_options(**{WRITES: True}).connect() as opened:
        driver = opened.connection.driver_connection
        light = opened.dialect.name == "sqlite" and driver is not None
        if light:
            # Only outside a transaction does SQLite listen to this.
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with opened.begin():
                run(opened)
                if light and (broken := opened.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
                    raise RuntimeError(f"the migration leaves broken references: {broken[:5]}")
        finally:
            if light:
                driver.execute("PRAGMA foreign_keys=ON")


migrate(_engine())
