"""A log of an organiser's own for tests of draws: lines, leaves, signed and cosigned heads, proofs."""

from __future__ import annotations

import base64
import hashlib
import struct
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from village.audit import merkle
from village.audit.notes import Checkpoint, Signer, sign_note
from village.audit.rules import write_line
from village.kit.canonical import dumps

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass
class Line:
    """A line before it is written: an attack may change any part of it."""

    step: str
    at: datetime
    facts: dict[str, Any]
    actor: str = "account:6"
    thing: str = "draw:1"


@lru_cache(maxsize=64)
def private_key(name: str) -> Ed25519PrivateKey:
    """The key of whoever has this name, the same in every run."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"key of {name}".encode()).digest())


def public_key(name: str) -> str:
    """The public half in hexadecimal."""
    return private_key(name).public_key().public_bytes_raw().hex()


@dataclass
class Cosigner:
    """A witness of the log; `time` is when it says it saw a head, None for the usual instant."""

    name: str
    signs_as: str = ""  # whose key it really uses
    time: int | None = None

    @property
    def raw(self) -> bytes:
        """The kind (4, cosignature) and the public key."""
        return b"\x04" + bytes.fromhex(public_key(self.name))

    @property
    def id(self) -> bytes:
        """The id of the key under its name."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.raw).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as a plan names it."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(self.raw).decode()}"

    def cosign(self, note: str, usual: int) -> str:
        """Add a line to a signed head (C2SP tlog-cosignature)."""
        body, at = note.partition("\n\n")[0] + "\n", usual if self.time is None else self.time
        signature = private_key(self.signs_as or self.name).sign(f"cosignature/v1\ntime {at}\n{body}".encode())
        blob = base64.b64encode(self.id + struct.pack(">Q", at) + signature).decode()
        return f"{note}\u2014 {self.name} {blob}\n"


@lru_cache(maxsize=1)
def signer() -> Signer:
    """The key of the organiser's log."""
    return Signer("solidarity-village/forged", bytes.fromhex(public_key("log")), private_key("log").sign)


def root_of(rows: Sequence[bytes]) -> str:
    """Root over entries."""
    return merkle.root([merkle.leaf_hash(row) for row in rows]).hex()


def list_root(rows: Sequence[dict[str, Any]]) -> str:
    """Root over the canonical JSON of rows."""
    return root_of([dumps(row) for row in rows])


def head_sizes(lines: Sequence[Line], heads: Sequence[str]) -> list[int]:
    """Say after which lines a head is signed: those named, of the draw itself, and the last."""
    first = max((at for at, line in enumerate(lines) if line.step == "committed"), default=0)
    sizes = [at for at, line in enumerate(lines, start=1) if line.step in heads and at > first]
    return sizes if sizes[-1:] == [len(lines)] else [*sizes, len(lines)]


def publish(
    lines: Sequence[Line],
    *,
    heads: Sequence[str],
    cosigners: Sequence[Cosigner],
    cosigned_at: int,
    parts: dict[str, Any],
) -> bytes:
    """Write the lines into a log, sign its heads, and make the bundle.

    Args:
        lines: in the order of the log; a line of another thing than the draw may stand among them.
        heads: after which steps a head is signed, besides the last line.
        cosigners: who cosigns every head.
        cosigned_at: when they say they saw it, seconds; a head of a later line carries that line's hour.
        parts: the lists of the bundle.

    """
    written = [write_line(at=x.at, actor=x.actor, code=f"draw.{x.step}", thing=x.thing, facts=x.facts) for x in lines]
    leaves = [line.leaf_hash for line in written]
    sizes = head_sizes(lines, heads)
    notes = []
    for size in sizes:
        note = sign_note(Checkpoint(signer().name, size, merkle.root(leaves[:size])).text(), [signer()])
        seen_at = max(cosigned_at, int(lines[size - 1].at.timestamp()))
        for cosigner in cosigners:
            note = cosigner.cosign(note, seen_at if size > sizes[0] else cosigned_at)
        notes.append(note)
    proofs = [merkle.inclusion_proof(at, leaves) for at in range(len(leaves))]
    entries = [
        {"body": line.body.decode(), "index": at, "proof": [part.hex() for part in proofs[at]]}
        for at, line in enumerate(written)
    ]
    register = [entry for entry, line in zip(entries, lines, strict=True) if line.step == "register_closed"]
    return dumps(
        {
            "bundle": "village-draw/1",
            "checkpoints": notes,
            "consistency": [
                [part.hex() for part in merkle.consistency_proof(old, leaves[:new])] for old, new in pairwise(sizes)
            ],
            "entries": [entry for entry in entries if entry not in register] + register,
            "log": signer().verifier().vkey(),
            **parts,
        }
    )
