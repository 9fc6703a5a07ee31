"""The whole log computed again from its lines, and compared with everything that was stored or signed about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from village.audit import merkle
from village.audit.keys import log_origin, log_verifiers
from village.audit.merkle import Accumulator
from village.audit.models import AuditCheckpoint, AuditEntry, AuditHead
from village.audit.notes import BadNote, open_checkpoint
from village.audit.rules import write_instant
from village.kit import canonical
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from village.audit.keys import LogKeys

_CHECKPOINTS = select(AuditCheckpoint.size, AuditCheckpoint.root, AuditCheckpoint.note).order_by(AuditCheckpoint.id)
_CHUNK = 5_000
_MOST_FAULTS = 100


@dataclass(frozen=True)
class Verification:
    """What the log turned out to be. `faults` are refusals, so that they are worded like everything else."""

    size: int
    root: bytes
    nodes: int
    checkpoints: int
    faults: tuple[Refusal, ...]

    @property
    def ok(self) -> bool:
        """Whether every line, node and signed head is as it was written."""
        return not self.faults


def verify_log(
    session: Session, keys: LogKeys, on_progress: Callable[[int, int], None] = lambda _done, _total: None
) -> Verification:
    """Recompute the log: each line's bytes and hash, each kept node, the head, each signed head and its signature.

    Args:
        session: the database.
        keys: the keyring whose purpose "log" signed the heads.
        on_progress: told now and then how many of how many lines are done.

    Returns:
        What was found; at most 100 faults, and none after a missing line.

    """
    # Signed heads first: one signed while this runs would else be longer than the log read here.
    checkpoints = session.execute(_CHECKPOINTS).all()
    last = select(func.coalesce(func.max(AuditEntry.id), 0)).scalar_subquery()
    size, peaks, last_number = session.execute(select(AuditHead.size, AuditHead.peaks, last)).one()
    walk = _Walk(session, size, on_progress, frozenset(row.size for row in checkpoints))
    walk.walk()
    if last_number != size or (walk.tree.size == size and b"".join(walk.tree.peaks) != peaks):
        walk.object("audit_head_changed", size=size)
    _verify_checkpoints(checkpoints, keys, walk)
    return Verification(walk.tree.size, walk.tree.root(), walk.nodes, len(checkpoints), tuple(walk.faults))


@dataclass
class _Walk:
    """One pass over the lines, letting the tree grow again."""

    session: Session
    size: int
    on_progress: Callable[[int, int], None]
    signed_sizes: frozenset[int]
    tree: Accumulator = field(default_factory=Accumulator)
    nodes: int = 0
    roots: dict[int, bytes] = field(default_factory=dict)
    faults: list[Refusal] = field(default_factory=list)

    def object(self, code: str, **facts: int) -> None:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(Refusal(code, facts))

    def walk(self) -> None:
        if 0 in self.signed_sizes:
            self.roots[0] = self.tree.root()
        while self.tree.size < self.size:
            begin, end = self.tree.size, min(self.tree.size + _CHUNK, self.size)
            for row in self._entries(begin, end):
                if row.id != self.tree.size + 1:
                    break
                self._check(row)
            if self.tree.size < end:
                self.object("audit_line_missing", number=self.tree.size + 1)
                return
            self.on_progress(end, self.size)

    def _check(self, row: Row[Any]) -> None:
        fault = _fault_of(row)
        if fault:
            self.object(fault, number=row.id)
        # The tree goes on from the stored hash: one altered line is then reported once, not with all its nodes.
        made = self.tree.append(row.leaf_hash)
        self.nodes += len(made)
        if b"".join(made) != row.nodes:
            self.object("audit_node_changed", number=row.id)
        if self.tree.size in self.signed_sizes:
            self.roots[self.tree.size] = self.tree.root()

    def _entries(self, begin: int, end: int) -> Iterator[Row[Any]]:
        query = select(AuditEntry.__table__).where(AuditEntry.id > begin, AuditEntry.id <= end)
        return iter(self.session.execute(query.order_by(AuditEntry.id)))


def _fault_of(row: Row[Any]) -> str | None:
    """Name what is wrong with one line by itself."""
    if merkle.leaf_hash(row.body) != row.leaf_hash:
        return "audit_line_changed"
    try:
        line = canonical.loads_strict(row.body)
        words = (line["at"], line["actor"], line["code"], line["thing"])
    except (canonical.NotCanonical, KeyError, TypeError):
        return "audit_line_unreadable"
    if words != (write_instant(row.at), row.actor, row.code, row.thing):
        return "audit_line_mislabelled"
    return None


def _verify_checkpoints(checkpoints: Sequence[Row[int, bytes, str]], keys: LogKeys, walk: _Walk) -> None:
    """Compare every signed head with the root that the log had at its size."""
    verifiers, origin = log_verifiers(keys), log_origin(keys)
    for size, root, note in checkpoints:
        try:
            signed = open_checkpoint(note, verifiers, origin)
        except BadNote:
            walk.object("audit_checkpoint_unsigned", size=size)
            continue
        if (signed.size, signed.root) != (size, root) or walk.roots.get(size) != root:
            walk.object("audit_checkpoint_changed", size=size)
