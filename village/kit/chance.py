"""Chance as an argument: the system's own randomness, or a seeded one where a test or a replay needs it."""

from __future__ import annotations

import hashlib
import secrets
from typing import Protocol


class Chance(Protocol):
    """Where randomness comes from."""

    def token_bytes(self, count: int) -> bytes:
        """Return `count` random bytes."""
        ...

    def below(self, limit: int) -> int:
        """Return a whole number, uniform in 0 … limit - 1."""
        ...


class SystemChance:
    """The operating system's cryptographic randomness."""

    def token_bytes(self, count: int) -> bytes:
        """Return `count` random bytes."""
        return secrets.token_bytes(count)

    def below(self, limit: int) -> int:
        """Return a whole number, uniform in 0 … limit - 1."""
        return secrets.randbelow(limit)


class SeededChance:
    """Repeatable randomness: SHA-256 over a seed and a counter. Never for secrets of a real fair."""

    def __init__(self, seed: str) -> None:
        """Start the sequence that belongs to `seed`."""
        self._seed = seed.encode()
        self._counter = 0

    def token_bytes(self, count: int) -> bytes:
        """Return the next `count` bytes of the sequence."""
        out = b""
        while len(out) < count:
            out += hashlib.sha256(self._seed + self._counter.to_bytes(8, "big")).digest()
            self._counter += 1
        return out[:count]

    def below(self, limit: int) -> int:
        """Return a whole number in 0 … limit - 1; the bias of the 64 surplus bits is below 2⁻⁶⁴."""
        size = (limit.bit_length() + 7) // 8 + 8
        return int.from_bytes(self.token_bytes(size), "big") % limit
