"""Writing the log: lines wait on their deed and are appended as its last step; heads are signed on demand."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import insert

from village.audit import append
from village.audit.keys import sign_head
from village.audit.models import AuditCheckpoint
from village.audit.queries import CheckpointRow, find_checkpoint, latest_checkpoint
from village.audit.rules import Line, write_line
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.audit.keys import LogKeys
    from village.kit.db import Json
    from village.kit.deeds import Deed

_WAITING = "audit.lines"
_NO_FACTS: Mapping[str, Any] = MappingProxyType({})


def record(deed: Deed, code: str, thing: str, facts: Mapping[str, Json] = _NO_FACTS) -> None:
    """Put a line in the log, in the transaction of the deed: both stand or neither does.

    The line is written at once, so a fault in it shows where it was made; it is appended when the deed is about to
    commit, because the head of the tree is the one row that all writers share.

    Args:
        deed: the open deed, which gives actor and instant.
        code: what was done, past tense ("stand.assigned").
        thing: to what, as an opaque id ("stand:A01").
        facts: what the sentence in `wording.DEEDS` needs; ids and numbers, never names, never floats.

    Raises:
        ValueError: the code, the id or the facts are not of their form.

    """
    line = write_line(at=deed.now, actor=str(deed.actor), code=code, thing=thing, facts=facts)
    _waiting(deed).append(line)


def make_checkpoint(deed: Deed, keys: LogKeys, reason: str) -> CheckpointRow:
    """Append what waits, and sign the head of the log as a C2SP checkpoint.

    Holds the head until the deed ends, so call it last. A size that is signed already keeps its note and reason.

    Args:
        deed: the open deed.
        keys: the keyring; its purpose "log" signs.
        reason: why now, a short code ("draw.committed", "day.closed", "asked").

    Raises:
        Refusal: `audit_log_empty`.

    """
    _append_waiting(deed)
    tree = append.locked_tree(deed.session)
    if not tree.size:
        raise Refusal("audit_log_empty")
    signed = find_checkpoint(deed.session, tree.size)
    if signed:
        return signed
    root = tree.root()
    note = sign_head(keys, tree.size, root)
    last = latest_checkpoint(deed.session)
    row = CheckpointRow((last.id if last else 0) + 1, tree.size, root, note, reason, deed.now)
    deed.session.execute(insert(AuditCheckpoint).values(**vars(row)))
    return row


def _waiting(deed: Deed) -> list[Line]:
    if _WAITING not in deed.notes:
        deed.notes[_WAITING] = []
        deed.before_commit(_append_waiting)
    return cast("list[Line]", deed.notes[_WAITING])


def _append_waiting(deed: Deed) -> None:
    # Taken out whole: a line recorded later in the deed, even while it finishes, waits for a step of its own.
    lines = deed.notes.pop(_WAITING, None)
    if lines:
        deed.session.flush()
        append.append(deed.session, lines)
