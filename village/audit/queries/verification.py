"""The whole log computed again from its lines, and compared with everything that was stored or signed about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from village.audit.keys import log_origin, log_verifiers
from village.audit.models import AuditCheckpoint, AuditEntry, AuditHead
from village.audit.notes import BadNote, open_checkpoint
from village.audit.rules import write_instant
from village.audit.sound import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy.orm import Session

    from village.audit.keys import LogKeys
    from village.audit.notes import Verifier
    from village.kit.refusal import Refusal

_CHECKPOINTS = select(AuditCheckpoint.size, AuditCheckpoint.root, AuditCheckpoint.note).order_by(AuditCheckpoint.id)
_CHUNK = 5_000
_COLUMNS = "SELECT id, body, leaf_hash, nodes, at, actor, code, thing FROM audit_entry"
# By the place holder of the driver, as in `append.py`: a million lines typed by SQLAlchemy take half a minute more.
_ROWS = {
    "sqlite": f"{_COLUMNS} WHERE id > ? AND id <= ? ORDER BY id",
    "postgresql": f"{_COLUMNS} WHERE id > %s AND id <= %s ORDER BY id",
}


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
    walk = Walk({row.size for row in checkpoints})
    _walk(session, walk, size, on_progress)
    if last_number != size or (walk.tree.size == size and b"".join(walk.tree.peaks) != peaks):
        walk.object("audit_head_changed", size=size)
    signed = [(row.size, row.root, row.note) for row in checkpoints]
    _check_heads(signed, log_verifiers(keys), log_origin(keys), walk)
    return Verification(walk.tree.size, walk.tree.root(), walk.nodes, len(signed), tuple(walk.faults))


def _check_heads(
    heads: Iterable[tuple[int, bytes, str]], verifiers: list[Verifier], origin: str, walk: Walk
) -> None:
    """Compare every signed head (size, root, note) with the root that the log had at its size."""
    for size, root, note in heads:
        try:
            signed = open_checkpoint(note, verifiers, origin)
        except BadNote:
            walk.object("audit_checkpoint_unsigned", size=size)
            continue
        if (signed.size, signed.root) != (size, root) or walk.roots.get(size) != root:
            walk.object("audit_checkpoint_changed", size=size)


def _walk(session: Session, walk: Walk, size: int, on_progress: Callable[[int, int], None]) -> None:
    connection = session.connection()
    kind = connection.dialect.name
    for begin in range(0, size, _CHUNK):
        end = min(begin + _CHUNK, size)
        cursor: Any = connection.connection.cursor()
        try:
            # psycopg would else send bytes as hexadecimal text.
            cursor.execute(_ROWS[kind], (begin, end), **({"binary": True} if kind == "postgresql" else {}))
            rows = cursor.fetchall()
        finally:
            cursor.close()
        written = _written_in_sqlite if kind == "sqlite" else write_instant
        for number, body, leaf, nodes, at, actor, code, thing in rows:
            if number != walk.tree.size + 1:
                break
            if not type(body) is type(leaf) is type(nodes) is bytes:  # SQLite keeps what it is given, of any type
                walk.object("audit_line_changed", number=number)
                return
            walk.take(body, (written(at), actor, code, thing), (leaf, nodes))
        if walk.tree.size < end:
            walk.object("audit_line_missing", number=walk.tree.size + 1)
            return
        on_progress(end, size)


def _written_in_sqlite(at: object) -> str:
    """Turn an instant as SQLite keeps it (2026-12-04 09:00:00.120999) into that of the line."""
    return f"{str(at)[:10]}T{str(at)[11:23]}Z"
