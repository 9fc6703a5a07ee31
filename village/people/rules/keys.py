"""Keys of other programs: how one looks, and what it may be for."""

from __future__ import annotations

import hashlib
import re

from village.kit.refusal import Refusal

SCOPES = ("registrations",)
"""What a key may be for; the programme and the free places are open to everybody and need none."""

_BEGINNING = "vsk_"
_BYTES = 32
_LOOKS = re.compile(r"vsk_[0-9a-f]{64}")
_LONGEST_NAME = 120


def write_key(secret: bytes) -> str:
    """Write 32 random bytes as a key: its beginning says to people and to scanners of leaks what it is."""
    if len(secret) != _BYTES:
        raise ValueError("a key has 32 bytes")
    return _BEGINNING + secret.hex()


def digest_of(key: str) -> str:
    """Return what is kept of a key: its SHA-256 (256 random bits need no slow hash)."""
    return hashlib.sha256(key.encode()).hexdigest()


def looks_like_key(text: str) -> bool:
    """Tell whether a text could be a key at all."""
    return _LOOKS.fullmatch(text) is not None


def why_not_key(name: str, scopes: tuple[str, ...]) -> list[Refusal]:
    """Object to a key without a name, or without anything that it is for."""
    objections = []
    if not 0 < len(name.strip()) <= _LONGEST_NAME:
        objections.append(Refusal("api_key_without_name"))
    if not scopes or not set(scopes) <= set(SCOPES):
        objections.append(Refusal("api_key_without_scope"))
    return objections
