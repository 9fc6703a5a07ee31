"""The stand-alone verifier that belongs to this version of the protocol."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parents[1] / "verify_draw.py"


@lru_cache(maxsize=1)
def verifier_bytes() -> bytes:
    """Read the file that visitors download and that a commitment names by its hash."""
    return FILE.read_bytes()


def verifier_sha256() -> str:
    """Give SHA-256 of the verifier file, 64 hexadecimal digits."""
    return hashlib.sha256(verifier_bytes()).hexdigest()
