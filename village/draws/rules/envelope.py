"""A witness's sealed number: all envelopes are in before any is opened.

With open numbers, whoever speaks last chooses the winner. A seat therefore hands in its number sealed: either in a
paper envelope that everyone sees on the table, or as a SHA-256 signed with the seat's own key. The nonce keeps a short
number from being guessed out of its hash; the commitment inside the hash keeps an envelope from serving twice.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from village.kit.canonical import dumps
from village.kit.lot import PROTOCOL
from village.kit.signing import verify_ed25519

_VALUE = re.compile(r"[0-9]{1,40}")
_NONCE = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed number as handed in. On paper `sealed` and `signature` are None; else 64 and 128 hexadecimal digits."""

    seat: str
    sealed: str | None = None
    signature: str | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """What was in the envelope: the number as digits, and for a signed envelope its nonce (32 hexadecimal digits)."""

    seat: str
    value: str
    nonce: str | None = None


def is_value(text: str) -> bool:
    """Tell whether a text is a number a witness may give: 1 to 40 digits, leading zeros kept as written."""
    return _VALUE.fullmatch(text) is not None


def is_nonce(text: str | None) -> bool:
    """Tell whether a text is a nonce: 16 bytes as lower-case hexadecimal."""
    return text is not None and _NONCE.fullmatch(text) is not None


def sealed_hash(commitment: str, opening: Opening) -> str:
    """Seal a number: SHA-256 of the canonical JSON of commitment, nonce, seat, version and value."""
    return hashlib.sha256(
        dumps(
            {
                "commitment": commitment,
                "nonce": opening.nonce,
                "seat": opening.seat,
                "v": PROTOCOL,
                "value": opening.value,
            }
        )
    ).hexdigest()


def to_be_signed(commitment: str, seat: str, sealed: str) -> bytes:
    """Give the bytes a seat signs with its Ed25519 key when it hands in its sealed number."""
    return dumps({"commitment": commitment, "sealed": sealed, "seat": seat, "v": PROTOCOL})


def is_signed(commitment: str, key: str, envelope: Envelope) -> bool:
    """Tell whether an envelope carries a sealed hash that the seat's key (64 hexadecimal digits) signed."""
    sealed, signature = envelope.sealed or "", envelope.signature or ""
    if not (_HASH.fullmatch(sealed) and _SIGNATURE.fullmatch(signature)):
        return False
    data = to_be_signed(commitment, envelope.seat, sealed)
    return verify_ed25519(bytes.fromhex(key), data, bytes.fromhex(signature))
