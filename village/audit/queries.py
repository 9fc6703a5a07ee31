"""Reading the log: its head, its lines, and the proofs about them, each from stored nodes in one look-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import select

from village.audit import merkle
from village.audit.merkle import HASH_BYTES, Accumulator, Node
from village.audit.models import AuditCheckpoint, AuditEntry, AuditHead, AuditNode
from village.kit import canonical
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

_Entries: TypeAlias = "Select[int, bytes, bytes, datetime]"

PAGE_LINES = 50


@dataclass(frozen=True)
class HeadRow:
    """How long the log is now, and its root (32 bytes)."""

    size: int
    root: bytes


@dataclass(frozen=True)
class CheckpointRow:
    """A signed head; `note` is the C2SP note as given out."""

    id: int
    size: int
    root: bytes
    note: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class EntryRow:
    """A line of the log, read from its own bytes. `number` counts from 1, `index` from 0 as RFC 6962 does."""

    index: int
    body: bytes
    leaf_hash: bytes
    at: datetime
    actor: str
    code: str
    thing: str
    facts: Mapping[str, Any]

    @property
    def number(self) -> int:
        """The place of the line as people count."""
        return self.index + 1


@dataclass(frozen=True)
class EntryFilter:
    """What an auditor looks for; None asks for everything. `since` is included, `until` is not."""

    code: str | None = None
    thing: str | None = None
    actor: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class EntryPage:
    """Some lines, newest first. `older` is the number to ask before for the next page, None at the end."""

    rows: tuple[EntryRow, ...]
    older: int | None


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


def get_head(session: Session) -> HeadRow:
    """Read the present size and root of the log."""
    tree = _tree(session)
    return HeadRow(tree.size, tree.root())


def latest_checkpoint(session: Session) -> CheckpointRow | None:
    """Find the newest signed head, if any was signed."""
    checkpoints = list_checkpoints(session, limit=1)
    return checkpoints[0] if checkpoints else None


def find_checkpoint(session: Session, size: int) -> CheckpointRow | None:
    """Find the signed head of exactly this size."""
    row = session.execute(_CHECKPOINTS.where(AuditCheckpoint.size == size)).one_or_none()
    return CheckpointRow(*row) if row else None


def list_checkpoints(session: Session, limit: int = 20) -> list[CheckpointRow]:
    """List signed heads, newest first."""
    rows = session.execute(_CHECKPOINTS.order_by(AuditCheckpoint.id.desc()).limit(limit))
    return [CheckpointRow(*row) for row in rows]


def get_entry(session: Session, index: int) -> EntryRow:
    """Read the line at `index` (from 0).

    Raises:
        Refusal: `audit_entry_not_found`.

    """
    row = session.execute(_ENTRIES.where(AuditEntry.id == index + 1)).one_or_none()
    if row is None:
        raise Refusal("audit_entry_not_found", {"number": index + 1})
    return _entry(*row)


def find_index(session: Session, leaf_hash: bytes) -> int | None:
    """Find the first line with these very bytes by its leaf hash; a slow search, used where a line is brought in."""
    found = session.scalar(select(AuditEntry.id).where(AuditEntry.leaf_hash == leaf_hash).order_by(AuditEntry.id))
    return None if found is None else found - 1


def list_entries(
    session: Session, wanted: EntryFilter | None = None, *, before: int | None = None, limit: int = PAGE_LINES
) -> EntryPage:
    """List lines, newest first.

    Args:
        session: the database.
        wanted: what to look for.
        before: give only lines with a smaller number (the `older` of the page above).
        limit: the most lines of a page.

    """
    query = _filtered(_ENTRIES, wanted or EntryFilter())
    if before is not None:
        query = query.where(AuditEntry.id < before)
    rows = session.execute(query.order_by(AuditEntry.id.desc()).limit(limit + 1)).all()
    entries = tuple(_entry(*row) for row in rows[:limit])
    return EntryPage(entries, entries[-1].number if len(rows) > limit else None)


def get_inclusion(session: Session, index: int, size: int | None = None) -> InclusionProof:
    """Prove that the line at `index` is in the log of `size` lines, by default of all its lines.

    Raises:
        Refusal: `audit_entry_not_found`; `audit_size_not_found` when the log never had that size.

    """
    tree = _tree(session)
    size = _known_size(tree, size)
    if not 0 <= index < size:
        raise Refusal("audit_entry_not_found", {"number": index + 1})
    fetch = _Nodes(session)
    path = merkle.prove_inclusion(index, size, fetch)
    root = _root(tree, size, fetch)
    leaf = fetch([Node(0, index)])[Node(0, index)]
    if not merkle.verify_inclusion(index, size, leaf, path, root):
        raise Refusal("audit_log_damaged", {"number": index + 1})
    return InclusionProof(index, size, leaf, root, tuple(path))


def get_consistency(session: Session, old_size: int, new_size: int | None = None) -> ConsistencyProof:
    """Prove that the log only grew between two sizes, by default up to now.

    Raises:
        Refusal: `audit_size_zero` for an old size of 0, from which anything would follow; `audit_size_not_found`.

    """
    tree = _tree(session)
    new_size = _known_size(tree, new_size)
    if old_size == 0:
        raise Refusal("audit_size_zero")
    if not 0 < old_size <= new_size:
        raise Refusal("audit_size_not_found", {"size": old_size})
    fetch = _Nodes(session)
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
    tree = _tree(session)
    return _root(tree, _known_size(tree, size), _Nodes(session))


_ENTRIES = select(AuditEntry.id, AuditEntry.body, AuditEntry.leaf_hash, AuditEntry.at)
_CHECKPOINTS = select(
    AuditCheckpoint.id,
    AuditCheckpoint.size,
    AuditCheckpoint.root,
    AuditCheckpoint.note,
    AuditCheckpoint.reason,
    AuditCheckpoint.at,
)


class _Nodes:
    """Looks up complete nodes: leaves among the entries, inner nodes by their number."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: dict[Node, bytes] = {}

    def __call__(self, nodes: Sequence[Node]) -> Mapping[Node, bytes]:
        missing = [node for node in nodes if node not in self._found]
        self._look_up(AuditEntry.id, AuditEntry.leaf_hash, {n.place + 1: n for n in missing if not n.level})
        self._look_up(AuditNode.id, AuditNode.hash, {merkle.node_number(n): n for n in missing if n.level})
        if any(node not in self._found for node in nodes):
            raise Refusal("audit_log_damaged", {"number": min(node.place << node.level for node in nodes) + 1})
        return self._found

    def _look_up(self, id_column: Any, hash_column: Any, wanted: Mapping[int, Node]) -> None:
        if wanted:
            rows = self._session.execute(select(id_column, hash_column).where(id_column.in_(wanted)))
            self._found.update((wanted[number], found) for number, found in rows)


def _tree(session: Session) -> Accumulator:
    size, peaks = session.execute(select(AuditHead.size, AuditHead.peaks).where(AuditHead.id == 1)).one()
    return Accumulator(size, [peaks[at : at + HASH_BYTES] for at in range(0, len(peaks), HASH_BYTES)])


def _known_size(tree: Accumulator, size: int | None) -> int:
    if size is None:
        return tree.size
    if not 0 <= size <= tree.size:
        raise Refusal("audit_size_not_found", {"size": size})
    return size


def _root(tree: Accumulator, size: int, fetch: merkle.Fetch) -> bytes:
    return tree.root() if size == tree.size else merkle.prove_root(size, fetch)


def _filtered(query: _Entries, wanted: EntryFilter) -> _Entries:
    if wanted.code:
        query = query.where(AuditEntry.code == wanted.code)
    if wanted.thing:
        query = query.where(AuditEntry.thing == wanted.thing)
    if wanted.actor:
        query = query.where(AuditEntry.actor == wanted.actor)
    if wanted.since:
        query = query.where(AuditEntry.at >= wanted.since)
    if wanted.until:
        query = query.where(AuditEntry.at < wanted.until)
    return query


def _entry(number: int, body: bytes, leaf_hash: bytes, at: datetime) -> EntryRow:
    line = canonical.loads_strict(body)
    return EntryRow(number - 1, body, leaf_hash, at, line["actor"], line["code"], line["thing"], line["facts"])
