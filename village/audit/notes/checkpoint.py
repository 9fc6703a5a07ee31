"""Heads of a log as signed notes (c2sp.org/tlog-checkpoint), alone and with the cosignatures of witnesses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from village.audit.merkle import HASH_BYTES
from village.audit.notes.signed import (
    COSIGNATURE,
    ED25519,
    BadNote,
    Signature,
    Verifier,
    from_base64,
    open_note,
    read_signature,
    split_note,
    to_base64,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_GREATEST_SIZE = 2**64 - 1
_SIZE = re.compile(r"0|[1-9][0-9]{0,19}", re.ASCII)
_FEWEST_LINES = 3


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: which log, how many leaves, what root (32 bytes), and extension lines if any."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """Write the text of the note.

        Raises:
            BadNote: "checkpoint": a part that has no such form.

        """
        text = "".join(f"{line}\n" for line in (self.origin, self.size, to_base64(self.root), *self.extensions))
        if read_checkpoint(text) != self:
            raise BadNote("checkpoint")
        return text


def read_checkpoint(text: str) -> Checkpoint:
    """Read the text of an opened note as the head of a log; BadNote("checkpoint") when it is not one."""
    lines = text[:-1].split("\n")
    if not text.endswith("\n") or len(lines) < _FEWEST_LINES or not all(lines):
        raise BadNote("checkpoint")
    origin, size, encoded, *extensions = lines
    try:
        root = from_base64(encoded)
    except BadNote as error:
        raise BadNote("checkpoint") from error
    if len(root) != HASH_BYTES or not _SIZE.fullmatch(size) or int(size) > _GREATEST_SIZE:
        raise BadNote("checkpoint")
    return Checkpoint(origin, int(size), root, tuple(extensions))


def open_checkpoint(note: str | bytes, verifiers: Iterable[Verifier], origin: str | None = None) -> Checkpoint:
    """Open a signed head; with `origin`, one of another log is refused too.

    A witness's word alone is no head: a key of kind 1 must have signed.

    Raises:
        BadNote: as `open_note`; "checkpoint" when the note is no head, or another log's.

    """
    opened = open_note(note, [verifier for verifier in verifiers if verifier.kind == ED25519])
    checkpoint = read_checkpoint(opened.text)
    if origin is not None and checkpoint.origin != origin:
        raise BadNote("checkpoint")
    return checkpoint


@dataclass(frozen=True)
class Cosigned:
    """A head that its log signed, and when each of the known witnesses saw it (seconds since 1970, by vkey)."""

    checkpoint: Checkpoint
    times: dict[str, int]


def open_cosigned(
    note: str | bytes, verifiers: Iterable[Verifier], witnesses: Collection[Verifier], origin: str | None = None
) -> Cosigned:
    """Open a signed head together with the cosignatures of the witnesses one knows; others' lines are ignored.

    Whoever reads demands as many `times` as the policy says, two of three say.

    Raises:
        BadNote: as `open_checkpoint`; "signature" also for a known witness's line that does not hold; "key" for a
            witness that is not of kind 4, or two of one public key, who would count twice.

    """
    if any(witness.kind != COSIGNATURE for witness in witnesses):
        raise BadNote("key")
    if len({witness.public_key for witness in witnesses}) != len(witnesses):
        raise BadNote("key")
    checkpoint = open_checkpoint(note, verifiers, origin)
    text, signatures = split_note(note)
    data = text.encode()
    known = {(witness.name, witness.key_id): witness for witness in witnesses}
    times: dict[str, int] = {}
    for signature in signatures:
        witness = known.get((signature.name, signature.key_id))
        if witness is None:
            continue
        if signature.time is None or not witness.verify(data, signature.signature):
            raise BadNote("signature")
        times.setdefault(witness.vkey(), signature.time)
    return Cosigned(checkpoint, times)


def open_cosignature(line: str, text: str, witness: Verifier) -> tuple[Signature, int]:
    """Read one cosignature line over the text of a head: the signature, and when it was made (seconds since 1970).

    Raises:
        BadNote: "form" (no signature line), "unsigned" (not this witness's), "signature" (it does not hold).

    """
    signature = read_signature(line if line.endswith("\n") else line + "\n")
    if (signature.name, signature.key_id) != (witness.name, witness.key_id) or witness.kind != COSIGNATURE:
        raise BadNote("unsigned")
    if signature.time is None or not witness.verify(text.encode(), signature.signature):
        raise BadNote("signature")
    return signature, signature.time


def add_signatures(note: str, lines: Iterable[str]) -> str:
    """Write signature lines under a note; each ends in a newline."""
    return note + "".join(lines)
