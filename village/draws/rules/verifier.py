"""The stand-alone verifier that belongs to this version of the protocol, and those of versions before."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parents[1] / "verify_draw.py"
PAST = Path(__file__).parents[1] / "past_verifiers"
"""Each version that ever landed and may be named by a commitment, packed, under its SHA-256."""


@lru_cache(maxsize=1)
def verifier_bytes() -> bytes:
    """Read the file that visitors download and that a commitment names by its hash."""
    return FILE.read_bytes()


def verifier_sha256() -> str:
    """Give SHA-256 of the verifier file, 64 hexadecimal digits."""
    return hashlib.sha256(verifier_bytes()).hexdigest()


def archived_verifier(sha256: str) -> bytes | None:
    """Read a version of the verifier from before this one, byte for byte; None where the hash is of none."""
    for path in PAST.glob("*.py.gz"):
        if path.name == f"{sha256}.py.gz":
            return gzip.decompress(path.read_bytes())
    return None
