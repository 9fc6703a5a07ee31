"""The whole log as one file, `village-log/1` (docs/log.md), and its verification from that file alone.

The first line is a header in canonical JSON; every other line is the bytes of an entry, as they were hashed. Canonical
JSON holds no line break, so nothing has to be wrapped: SHA-256 of a zero byte and the line is its leaf in the tree.
"""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, cast

from village.audit.notes import ED25519, BadNote, open_cosigned, read_vkey
from village.audit.sound import Walk
from village.kit import canonical
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from village.audit.notes import Verifier

FORMAT = "village-log/1"
_GZIP = b"\x1f\x8b"
_TELL_EVERY = 20_000
# A header with a thousand heads, each cosigned by ten witnesses, is a tenth of this.
_LONGEST_HEADER = 16_000_000
_LONGEST_LINE = 4_000_000


@dataclass(frozen=True)
class Header:
    """What a file says before its lines: which log, how long, the keys of its heads and of its witnesses, the heads."""

    origin: str
    size: int
    vkeys: tuple[str, ...]
    witnesses: tuple[str, ...]
    heads: tuple[str, ...]

    def line(self) -> bytes:
        """Write the header as the first line of a file."""
        return canonical.dumps({"format": FORMAT, **vars(self)}) + b"\n"


@dataclass(frozen=True)
class FileVerification:
    """What a file turned out to be.

    `pinned`: the keys came from elsewhere than the file; without that it is only in agreement with itself. `sealed` is
    how many lines its longest good head covers, `cosigned` by how many known witnesses that head is cosigned.
    """

    origin: str
    size: int
    root: bytes
    heads: int
    sealed: int
    cosigned: int
    pinned: bool
    faults: tuple[Refusal, ...]

    @property
    def ok(self) -> bool:
        """Whether every line is sound, in its place, and under a good head."""
        return not self.faults


def verify_file(
    stream: IO[bytes],
    pinned: Sequence[str] = (),
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> FileVerification:
    """Recompute a log from its file and check every signed head in it.

    Args:
        stream: the file, as it was given out or packed by gzip; it must be able to go back to its beginning.
        pinned: verifier keys (C2SP) of the log and of witnesses known from elsewhere, such as a poster or a
            certificate; the keys in the file are then not believed.
        on_progress: told now and then how many of how many lines are done.

    Raises:
        Refusal: `audit_file_unreadable` where the file is none of this format, `audit_key_unreadable`.

    """
    packed = stream.read(len(_GZIP)) == _GZIP
    stream.seek(0)
    text = cast("IO[bytes]", gzip.GzipFile(fileobj=stream)) if packed else stream
    try:
        header = _read_header(text)
        logs, witnesses = _keys(pinned or (*header.vkeys, *header.witnesses))
        opened = [_open(note, logs, witnesses) for note in header.heads]
        walk = Walk({found[0] for found in opened if found})
        _walk(text, header.size, walk, on_progress)
    except (OSError, EOFError, zlib.error) as fault:
        raise Refusal("audit_file_unreadable") from fault
    sealed, cosigned = _check_heads(opened, walk, {key.name for key in logs})
    if sealed < walk.tree.size:
        walk.object("audit_file_unsealed", sealed=sealed, size=walk.tree.size)
    return FileVerification(
        header.origin,
        walk.tree.size,
        walk.tree.root(),
        len(opened),
        sealed,
        cosigned,
        bool(pinned),
        tuple(walk.faults),
    )


def _read_header(text: IO[bytes]) -> Header:
    line = text.readline(_LONGEST_HEADER)
    try:
        found = canonical.loads_strict(line.removesuffix(b"\n"))
        vkeys, witnesses, heads = (_texts(found[name]) for name in ("vkeys", "witnesses", "heads"))
        header = Header(found["origin"], found["size"], vkeys, witnesses, heads)
    except (canonical.NotCanonical, KeyError, TypeError) as fault:
        raise Refusal("audit_file_unreadable") from fault
    # What was read must be what would be written: no other format, no other fields, no other kinds of value.
    if header.line() != line or type(header.size) is not int or header.size < 0 or not isinstance(header.origin, str):
        raise Refusal("audit_file_unreadable")
    return header


def _texts(found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise Refusal("audit_file_unreadable")
    return tuple(found)


def _keys(vkeys: Sequence[str]) -> tuple[list[Verifier], list[Verifier]]:
    """Part keys into those of the log and those of witnesses."""
    try:
        keys = [read_vkey(each) for each in vkeys]
    except BadNote as fault:
        raise Refusal("audit_key_unreadable") from fault
    logs = [key for key in keys if key.kind == ED25519]
    if not logs:
        raise Refusal("audit_key_unreadable")
    return logs, [key for key in keys if key.kind != ED25519]


def _open(note: str, logs: list[Verifier], witnesses: list[Verifier]) -> tuple[int, bytes, int, str] | None:
    """Open a head: size, root, how many witnesses cosigned it, its log; None when no key of the log signed it."""
    try:
        found = open_cosigned(note, logs, witnesses)
    except BadNote:
        return None
    return found.checkpoint.size, found.checkpoint.root, len(found.times), found.checkpoint.origin


def _walk(text: IO[bytes], size: int, walk: Walk, on_progress: Callable[[int, int], None]) -> None:
    for number in range(1, size + 1):
        line = text.readline(_LONGEST_LINE)
        if not line.endswith(b"\n"):
            walk.object("audit_line_missing", number=number)
            return
        walk.take(line[:-1])
        if number % _TELL_EVERY == 0 or number == size:
            on_progress(number, size)
    if text.readline(1):
        walk.object("audit_file_longer", size=size)


def _check_heads(opened: Sequence[Any], walk: Walk, names: set[str]) -> tuple[int, int]:
    sealed = cosigned = 0
    for place, found in enumerate(opened, 1):
        if found is None:
            walk.object("audit_file_head_unsigned", number=place)
            continue
        size, root, witnesses, origin = found
        if origin not in names or walk.roots.get(size) != root:
            walk.object("audit_checkpoint_changed", size=size)
        elif size >= sealed:
            sealed, cosigned = size, witnesses
    return sealed, cosigned
