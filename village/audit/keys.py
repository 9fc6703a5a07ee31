"""The names and keys under which this installation signs the head of its log."""

from __future__ import annotations

import hashlib
from typing import Protocol

from village.audit.notes import Checkpoint, Signer, Verifier, sign_note


class LogKeys(Protocol):
    """The part of the keyring that signs heads (see `village.kit.signing.Keyring`); its purpose is "log"."""

    def key_id(self, purpose: str) -> int:
        """Number of the newest key of a purpose, counted from 1 and made when there is none."""

    def sign(self, purpose: str, data: bytes) -> bytes:
        """Sign with the newest Ed25519 key of a purpose."""

    def public_key(self, purpose: str, key_id: int | None = None) -> bytes:
        """Public key of a purpose: the newest, or the one with this number."""


def log_origin(keys: LogKeys) -> str:
    """Name the log after its first key: a name that needs no setting, stays for ever and is nobody else's."""
    keys.key_id("log")  # makes the first key where there is none yet
    first = keys.public_key("log", 1)
    return f"solidarity-village/{hashlib.sha256(first).hexdigest()[:16]}"


def log_verifiers(keys: LogKeys) -> list[Verifier]:
    """List every key that ever signed a head here, newest first."""
    origin = log_origin(keys)
    return [Verifier(origin, keys.public_key("log", number)) for number in range(keys.key_id("log"), 0, -1)]


def sign_head(keys: LogKeys, size: int, root: bytes) -> str:
    """Write the signed note of a head."""
    origin = log_origin(keys)
    signer = Signer(origin, keys.public_key("log"), lambda text: keys.sign("log", text))
    return sign_note(Checkpoint(origin, size, root).text(), [signer])
