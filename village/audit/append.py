"""Appending lines to the tree. Core statements only: what these cost, every deed of the fair pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select, update

from village.audit.merkle import inner_nodes_of
from village.audit.models import AuditEntry, AuditHead, AuditNode
from village.audit.queries.head import tree_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from village.audit.merkle import Accumulator
    from village.audit.rules import Line

_HEAD = select(AuditHead.size, AuditHead.peaks).where(AuditHead.id == 1).with_for_update()
_ADD_ENTRY = insert(AuditEntry)
_ADD_NODE = insert(AuditNode)
_GROW = update(AuditHead).where(AuditHead.id == 1).values(size=bindparam("grown"), peaks=bindparam("summits"))


def locked_tree(session: Session) -> Accumulator:
    """Read the tree and hold its head until the deed ends."""
    size, peaks = session.connection().execute(_HEAD).one()
    return tree_of(size, peaks)


def append(session: Session, lines: Sequence[Line]) -> int:
    """Append lines in their order, with the nodes they complete; give the new size of the log."""
    tree = locked_tree(session)
    entries: list[dict[str, Any]] = []
    nodes: list[dict[str, Any]] = []
    number = inner_nodes_of(tree.size)
    for line in lines:
        for made in tree.append(line.leaf_hash):
            number += 1
            nodes.append({"id": number, "hash": made})
        entries.append({"id": tree.size, **vars(line)})
    connection = session.connection()
    connection.execute(_ADD_ENTRY, entries)
    if nodes:
        connection.execute(_ADD_NODE, nodes)
    connection.execute(_GROW, {"grown": tree.size, "summits": b"".join(tree.peaks)})
    return tree.size
