"""Rounds of a public beacon: when a round can be known, and whether its signature is genuine.

drand signs the number of each round with a key that no single party holds; SHA-256 of the signature is the randomness.
The sums are those of verify_draw.py, so that the village accepts a round just where the stand-alone verifier does, and
needs no further library for it. Keys are constants of this file: no key that arrives with a round is ever believed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from village.draws import beacon_g2 as g2
from village.draws import verify_draw as bls
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

GREATEST_ROUND = 2**64 - 1
_G1_BYTES, _G2_BYTES = 48, 96
_G1_TAG = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_+"
_G2_TAG = b"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_+"


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of drand: its key in hexadecimal, drand's name of its scheme, the second of round 1, seconds a round."""

    name: str
    public_key: str
    scheme: str
    genesis: int
    period: int


@dataclass(frozen=True, slots=True)
class _Scheme:
    """How a chain signs: in which group, under which tag, and whether over the signature before."""

    on_g1: bool
    tag: bytes
    chained: bool = False


CHAINS: Mapping[str, Chain] = MappingProxyType(
    {
        "quicknet": Chain(
            name="quicknet",
            public_key=(
                "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
                "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
            ),
            scheme="bls-unchained-g1-rfc9380",
            genesis=1692803367,
            period=3,
        ),
    }
)
"""The chains a draw may name. Others would need a new version of the verifier first."""

SCHEMES: Mapping[str, _Scheme] = MappingProxyType(
    {
        "pedersen-bls-chained": _Scheme(on_g1=False, tag=_G2_TAG, chained=True),
        "pedersen-bls-unchained": _Scheme(on_g1=False, tag=_G2_TAG),
        # On G1 under the tag of G2, as drand once did by mistake and keeps for the chain that began so.
        "bls-unchained-on-g1": _Scheme(on_g1=True, tag=_G2_TAG),
        "bls-unchained-g1-rfc9380": _Scheme(on_g1=True, tag=_G1_TAG),
    }
)


def find_chain(name: str) -> Chain:
    """Find a chain by its name.

    Raises:
        Refusal: `beacon_chain_unknown`.

    """
    if name not in CHAINS:
        raise Refusal("beacon_chain_unknown", {"chain": name})
    return CHAINS[name]


def round_at(chain: str, instant: datetime) -> int:
    """Give the first round at or after an instant (aware).

    Raises:
        Refusal: `beacon_chain_unknown`.

    """
    found = find_chain(chain)
    since = instant - datetime.fromtimestamp(found.genesis, UTC)
    periods = -(-since // (since.resolution * 1_000_000 * found.period))
    return max(1, periods + 1)


def time_of(chain: str, round: int) -> datetime:  # noqa: A002 - drand's word
    """Give the instant (aware, UTC) from which a round can be known.

    Raises:
        Refusal: `beacon_chain_unknown`.
        ValueError: rounds count from 1.

    """
    found = find_chain(chain)
    if round < 1:
        raise ValueError("rounds count from 1")
    return datetime.fromtimestamp(found.genesis + (round - 1) * found.period, UTC)


def verify(
    public_key: bytes | str,
    scheme: str,
    round: int,  # noqa: A002 - drand's word
    signature: bytes | str,
    previous_signature: bytes | str | None = None,
) -> bytes:
    """Check the signature of a round, and give its randomness.

    Args:
        public_key: the chain's key, compressed (48 bytes on G1, 96 on G2), or as hexadecimal.
        scheme: drand's name of the scheme.
        round: the number of the round, from 1.
        signature: the signature of the round, compressed, or as hexadecimal.
        previous_signature: that of the round before (of round 1: the chain's group hash), where the scheme is chained.

    Returns:
        32 bytes, SHA-256 of the signature.

    Raises:
        Refusal: `beacon_scheme_unknown`; `beacon_key_malformed` and `beacon_signature_malformed`, no point of the
            group in its one form, or no signature before where one is needed; `beacon_wrong_signature`, a point that
            is not this round's signature under this key.

    """
    how = SCHEMES.get(scheme) if isinstance(scheme, str) else None
    if how is None:
        raise Refusal("beacon_scheme_unknown", {"scheme": str(scheme)})
    if type(round) is not int or not 0 < round <= GREATEST_ROUND:
        raise Refusal("beacon_wrong_signature", {"round": str(round)})
    key = _read(public_key, _G2_BYTES if how.on_g1 else _G1_BYTES, "beacon_key_malformed")
    signed = _read(signature, _G1_BYTES if how.on_g1 else _G2_BYTES, "beacon_signature_malformed")
    before = _previous(previous_signature) if how.chained else b""
    message = hashlib.sha256(before + round.to_bytes(8, "big")).digest()
    if not _holds(how, key[1], message, signed[1]):
        raise Refusal("beacon_wrong_signature", {"round": str(round)})
    return hashlib.sha256(signed[0]).digest()


def _bytes_of(value: bytes | str) -> bytes:
    """Take bytes as they are, and hexadecimal in either case but without blanks."""
    if isinstance(value, str):
        if not value.isalnum():
            raise ValueError("not hexadecimal")
        return bytes.fromhex(value)
    if not isinstance(value, bytes | bytearray):
        raise TypeError("neither bytes nor hexadecimal")
    return bytes(value)


def _read(value: bytes | str, length: int, code: str) -> tuple[bytes, bls.Point]:
    try:
        data = _bytes_of(value)
        if len(data) != length:
            raise Refusal(code)
        return data, bls.in_g1(data) if length == _G1_BYTES else g2.read_point(data)
    except (TypeError, ValueError) as fault:
        raise Refusal(code) from fault


def _previous(value: bytes | str | None) -> bytes:
    try:
        return _bytes_of(value or "")
    except (TypeError, ValueError) as fault:
        raise Refusal("beacon_signature_malformed") from fault


def _holds(how: _Scheme, key: bls.Point, message: bytes, signature: bls.Point) -> bool:
    """Tell whether e(signature, generator) = e(hash of the message, key), the groups as the scheme has them."""
    if how.on_g1:
        pairs = ((g2.minus(signature), bls.GENERATOR), (bls.hashed(message, how.tag), key))
    else:
        pairs = ((g2.minus(g2.G1_GENERATOR), signature), (key, g2.hash_to_g2(message, how.tag)))
    return bls.paired(*pairs)
