"""Proofs about the log, each from kept nodes in one look-up, and verified before it is given out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from village.audit import merkle
from village.audit.merkle import HASH_BYTES, Accumulator, Node, peak_nodes
from village.audit.queries.head import read_tree
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

_KEPT_IN = "SELECT id, leaf_hash, nodes FROM audit_entry WHERE id IN ({})"
_KEPT_ANY = "SELECT id, leaf_hash, nodes FROM audit_entry WHERE id = ANY(%s)"


@dataclass(frozen=True)
class InclusionProof:
    """That a leaf stands at `index` in the tree of `size` leaves with this root; it has been verified here."""

    index: int
    size: int
    leaf_hash: bytes
    root: bytes
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class ConsistencyProof:
    """That the tree of `old_size` leaves is the beginning of that of `new_size`; it has been verified here."""

    old_size: int
    new_size: int
    old_root: bytes
    new_root: bytes
    path: tuple[bytes, ...]


def get_inclusion(session: Session, index: int, size: int | None = None) -> InclusionProof:
    """Prove that the line at `index` is in the log of `size` lines, by default of all its lines.

    Raises:
        Refusal: `audit_entry_not_found`; `audit_size_not_found` when the log never had that size.

    """
    tree = read_tree(session)
    size = _known_size(tree, size)
    if not 0 <= index < size:
        raise Refusal("audit_entry_not_found", {"number": index + 1})
    itself = Node(0, index)
    fetch = _Nodes(session, [itself, *peak_nodes(0, size)])
    path = merkle.prove_inclusion(index, size, fetch)
    root = _root(tree, size, fetch)
    leaf = fetch([itself])[itself]
    if not merkle.verify_inclusion(index, size, leaf, path, root):
        raise Refusal("audit_log_damaged", {"number": index + 1})
    return InclusionProof(index, size, leaf, root, tuple(path))


def get_consistency(session: Session, old_size: int, new_size: int | None = None) -> ConsistencyProof:
    """Prove that the log only grew between two sizes, by default up to now.

    Raises:
        Refusal: `audit_size_zero` for an old size of 0, from which anything would follow; `audit_size_not_found`.

    """
    tree = read_tree(session)
    new_size = _known_size(tree, new_size)
    if old_size == 0:
        raise Refusal("audit_size_zero")
    if not 0 < old_size <= new_size:
        raise Refusal("audit_size_not_found", {"size": old_size})
    fetch = _Nodes(session, [*peak_nodes(0, old_size), *peak_nodes(0, new_size)])
    path = merkle.prove_consistency(old_size, new_size, fetch)
    old_root, new_root = _root(tree, old_size, fetch), _root(tree, new_size, fetch)
    if not merkle.verify_consistency(old_size, new_size, path, old_root, new_root):
        raise Refusal("audit_log_damaged", {"number": old_size})
    return ConsistencyProof(old_size, new_size, old_root, new_root, tuple(path))


def get_root(session: Session, size: int) -> bytes:
    """Compute the root that the log had when it held `size` lines.

    Raises:
        Refusal: `audit_size_not_found` when it never did.

    """
    tree = read_tree(session)
    return _root(tree, _known_size(tree, size), _Nodes(session))


class _Nodes:
    """Looks up complete nodes, each kept with the line that completed it.

    What else will be needed (`soon`) comes with the first look-up, so that a proof costs one statement.
    """

    def __init__(self, session: Session, soon: Sequence[Node] = ()) -> None:
        self._session = session
        self._soon = soon
        self._found: dict[Node, bytes] = {}

    def __call__(self, nodes: Sequence[Node]) -> Mapping[Node, bytes]:
        missing = [node for node in (*nodes, *self._soon) if node not in self._found]
        self._soon = ()
        if missing:
            self._look_up(missing)
        return self._found

    def _look_up(self, nodes: Sequence[Node]) -> None:
        numbers = list({merkle.completed_by(node) + 1 for node in nodes})
        connection = self._session.connection()
        # By the driver's own cursor, as the head in `head.py`: a proof is to take less than a millisecond.
        cursor: Any = connection.connection.cursor()
        try:
            if connection.dialect.name == "postgresql":
                cursor.execute(_KEPT_ANY, (numbers,), binary=True)
            else:
                cursor.execute(_KEPT_IN.format(",".join("?" * len(numbers))), numbers)
            kept = {number: leaf + nodes for number, leaf, nodes in cursor.fetchall()}
        finally:
            cursor.close()
        for node in nodes:
            number, begin = merkle.completed_by(node) + 1, node.level * HASH_BYTES
            found = kept.get(number, b"")[begin : begin + HASH_BYTES]
            if len(found) != HASH_BYTES:
                raise Refusal("audit_log_damaged", {"number": number})
            self._found[node] = found


def _known_size(tree: Accumulator, size: int | None) -> int:
    if size is None:
        return tree.size
    if not 0 <= size <= tree.size:
        raise Refusal("audit_size_not_found", {"size": size})
    return size


def _root(tree: Accumulator, size: int, fetch: merkle.Fetch) -> bytes:
    return tree.root() if size == tree.size else merkle.prove_root(size, fetch)
