"""Appending lines to the tree. What this costs, every deed of the fair pays: so it is written close to the database.

The statements go to the driver's own cursor, in the connection and transaction of the deed. Compiled and typed by
SQLAlchemy, three statements of a few microseconds each cost more than the rest of the append.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from village.audit.queries.head import tree_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from village.audit.merkle import Accumulator
    from village.audit.rules import Line

_COLUMNS = "id, body, leaf_hash, nodes, at, actor, code, thing"
# By the place holder of the driver: question marks for sqlite3, %s for psycopg.
_HEAD = {
    "sqlite": "SELECT size, peaks FROM audit_head WHERE id = 1",
    "postgresql": "SELECT size, peaks FROM audit_head WHERE id = 1 FOR UPDATE",
}
_ADD = {
    "sqlite": f"INSERT INTO audit_entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    "postgresql": f"INSERT INTO audit_entry ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
}
_GROW = {
    "sqlite": "UPDATE audit_head SET size = ?, peaks = ? WHERE id = 1",
    "postgresql": "UPDATE audit_head SET size = %s, peaks = %s WHERE id = 1",
}
# The same as the three above for one line, in one message to the server (see guards.py).
_APPEND = "SELECT audit_append(%s, %s, %s, %s, %s, %s)"


def locked_tree(session: Session) -> Accumulator:
    """Read the tree and hold its head until the deed ends."""
    connection = session.connection()
    cursor: Any = connection.connection.cursor()
    try:
        return _locked_tree(cursor, connection.dialect.name)
    finally:
        cursor.close()


def append(session: Session, lines: Sequence[Line]) -> None:
    """Append lines in their order, each with the nodes it completes."""
    connection: Connection = session.connection()
    kind = connection.dialect.name
    cursor: Any = connection.connection.cursor()
    try:
        if len(lines) == 1 and kind == "postgresql":
            line = lines[0]
            cursor.execute(_APPEND, (line.body, line.leaf_hash, line.at, line.actor, line.code, line.thing))
        else:
            _append_all(cursor, kind, lines)
    finally:
        cursor.close()


def _append_all(cursor: Any, kind: str, lines: Sequence[Line]) -> None:
    tree = _locked_tree(cursor, kind)
    rows = []
    for line in lines:
        nodes = b"".join(tree.append(line.leaf_hash))
        # SQLite keeps instants as text, as `kit.db.UtcDateTime` writes them.
        at = line.at if kind == "postgresql" else f"{line.at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
        rows.append((tree.size, line.body, line.leaf_hash, nodes, at, line.actor, line.code, line.thing))
    cursor.executemany(_ADD[kind], rows)
    cursor.execute(_GROW[kind], (tree.size, b"".join(tree.peaks)))


def _locked_tree(cursor: Any, kind: str) -> Accumulator:
    cursor.execute(_HEAD[kind])
    size, peaks = cursor.fetchone()
    return tree_of(size, bytes(peaks))
