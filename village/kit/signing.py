"""The village's keys: made at the first start, kept in files outside the database.

Each purpose has its own Ed25519 keys, numbered from 1 so that they can be replaced while old signatures stay
verifiable, and one secret for keyed hashes.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

if TYPE_CHECKING:
    from pathlib import Path

_SECRET_BYTES = 32


@dataclass
class Keyring:
    """All keys of one installation. Safe to share between threads: keys are only ever added."""

    folder: Path
    _private: dict[tuple[str, int], Ed25519PrivateKey] = field(default_factory=dict, repr=False)
    _secrets: dict[str, bytes] = field(default_factory=dict, repr=False)
    _newest: dict[str, int] = field(default_factory=dict, repr=False)

    def key_id(self, purpose: str) -> int:
        """Return the number of the newest key of a purpose, making the first one when there is none."""
        if purpose not in self._newest:
            numbers = self._numbers(purpose)
            self._newest[purpose] = max(numbers) if numbers else self.renew(purpose)
        return self._newest[purpose]

    def renew(self, purpose: str) -> int:
        """Make a new key for a purpose; the old ones stay to verify what they signed.

        Other processes sign with the new key from their next start on.
        """
        number = max(self._numbers(purpose), default=0) + 1
        self._create(self.folder / f"{purpose}-{number}.key", Ed25519PrivateKey.generate().private_bytes_raw())
        self._newest[purpose] = number
        return number

    def _numbers(self, purpose: str) -> list[int]:
        return [int(path.stem.rsplit("-", 1)[1]) for path in self.folder.glob(f"{purpose}-*.key")]

    def sign(self, purpose: str, data: bytes, key_id: int | None = None) -> bytes:
        """Sign data with the newest key of a purpose: 64 bytes (RFC 8032)."""
        return self._key(purpose, key_id or self.key_id(purpose)).sign(data)

    def verify(self, purpose: str, data: bytes, signature: bytes, key_id: int | None = None) -> bool:
        """Tell whether a signature is by this installation's key; an unknown key number is a plain no."""
        number = key_id or self.key_id(purpose)
        known = (purpose, number) in self._private or (self.folder / f"{purpose}-{number}.key").exists()
        if not known:
            return False
        return verify_ed25519(self.public_key(purpose, number), data, signature)

    def public_key(self, purpose: str, key_id: int | None = None) -> bytes:
        """Return the public key of a purpose: 32 bytes."""
        return self._key(purpose, key_id or self.key_id(purpose)).public_key().public_bytes_raw()

    def mac(self, purpose: str, data: bytes) -> bytes:
        """Return HMAC-SHA-256 of data under the secret of a purpose: 32 bytes."""
        return hmac.digest(self.secret(purpose), data, hashlib.sha256)

    def secret(self, purpose: str) -> bytes:
        """Return the secret of a purpose, made at first use: 32 bytes."""
        if purpose not in self._secrets:
            path = self.folder / f"{purpose}.secret"
            if not path.exists():
                self._create(path, secrets.token_bytes(_SECRET_BYTES))
            self._secrets[purpose] = path.read_bytes()
        return self._secrets[purpose]

    def _key(self, purpose: str, number: int) -> Ed25519PrivateKey:
        if (purpose, number) not in self._private:
            raw = (self.folder / f"{purpose}-{number}.key").read_bytes()
            self._private[purpose, number] = Ed25519PrivateKey.from_private_bytes(raw)
        return self._private[purpose, number]

    def _create(self, path: Path, data: bytes) -> None:
        """Write a key file once: of several processes that start together, the first one's key counts for all."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()


def verify_ed25519(public_key: bytes, data: bytes, signature: bytes) -> bool:
    """Tell whether an Ed25519 signature (RFC 8032) holds; malformed keys and signatures are a plain no."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
