"""Appending lines to the tree. What this costs, every deed of the fair pays: so it is written close to the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, select, update

from village.audit.models import AuditEntry, AuditHead
from village.audit.queries.head import tree_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from village.audit.merkle import Accumulator
    from village.audit.rules import Line

_HEAD = select(AuditHead.size, AuditHead.peaks).where(AuditHead.id == 1).with_for_update()
_ADD = insert(AuditEntry)
_GROW = update(AuditHead).where(AuditHead.id == 1).values(size=bindparam("grown"), peaks=bindparam("summits"))
_APPEND = select(
    func.audit_append(
        bindparam("body", type_=AuditEntry.body.type),
        bindparam("leaf_hash", type_=AuditEntry.leaf_hash.type),
        bindparam("at", type_=AuditEntry.at.type),
        bindparam("actor", type_=AuditEntry.actor.type),
        bindparam("code", type_=AuditEntry.code.type),
        bindparam("thing", type_=AuditEntry.thing.type),
    )
)


def locked_tree(session: Session) -> Accumulator:
    """Read the tree and hold its head until the deed ends."""
    return _locked_tree(session.connection())


def append(session: Session, lines: Sequence[Line]) -> None:
    """Append lines in their order, each with the nodes it completes."""
    connection = session.connection()
    if len(lines) == 1 and connection.dialect.name == "postgresql":
        connection.execute(_APPEND, vars(lines[0]))
    else:
        _append_all(connection, lines)


def _append_all(connection: Connection, lines: Sequence[Line]) -> None:
    tree = _locked_tree(connection)
    entries: list[dict[str, Any]] = []
    for line in lines:
        nodes = b"".join(tree.append(line.leaf_hash))
        entries.append({"id": tree.size, "nodes": nodes, **vars(line)})
    connection.execute(_ADD, entries)
    connection.execute(_GROW, {"grown": tree.size, "summits": b"".join(tree.peaks)})


def _locked_tree(connection: Connection) -> Accumulator:
    size, peaks = connection.execute(_HEAD).one()
    return tree_of(size, peaks)
