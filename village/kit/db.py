"""The database: one set of typed tables for SQLite (WAL) and PostgreSQL.

`db.session` belongs to Flask and is for reading; every change goes through a deed (see `kit.deeds`).
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Engine, Integer, MetaData, event
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Connection, Dialect
    from sqlalchemy.orm import Session

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

# Constraints have names from the start: without them no migration could ever change one on SQLite.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite numbers rows by itself only where the key is called INTEGER.
BigId = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """What every table stands on."""

    metadata = MetaData(naming_convention=_NAMES)


# Without autoflush: what a library changes on objects read here is never written by a later query behind our back.
db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"autoflush": False})


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware and UTC in Python on both databases; SQLite stores it without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC.

        Raises:
            ValueError: the instant has no zone.

        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        at = value.astimezone(UTC)
        return at.replace(tzinfo=None) if dialect.name == "sqlite" else at

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Read back an aware UTC instant."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


M = TypeVar("M", bound=Base)


def locked(session: Session, model: type[M], key: Any) -> M | None:
    """Load a row and hold it until the deed ends (SELECT … FOR UPDATE).

    On SQLite the clause is not written: BEGIN IMMEDIATE already lets one deed write at a time.
    """
    return session.get(model, key, with_for_update=True, populate_existing=True)


# The word by which a deed tells its connection that it is going to write.
WRITES = "village_writes"


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    # SQLAlchemy, not the driver, says BEGIN: the driver would begin too late for IMMEDIATE.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",  # in WAL mode NORMAL may lose the last deeds at a power cut
        "foreign_keys = ON",
        "busy_timeout = 15000",
        "trusted_schema = OFF",
        "recursive_triggers = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_on_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
