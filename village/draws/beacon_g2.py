"""The second group of BLS12-381 beside what verify_draw.py needs: reading its points and hashing to them (RFC 9380).

Older chains of drand sign there. Numbers of Fp2 are those of verify_draw.py: a + bi is (a - b) + b W**6.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from village.draws import verify_draw as bls

if TYPE_CHECKING:
    from village.draws.verify_draw import Point

Q, W = bls.Q, bls.W
_HALF = Q // 2
_LOW = 2**381 - 1


def number_of(real: int, imaginary: int) -> int:
    """Write real + imaginary * i as a number of Fp2."""
    return bls.fold(real - imaginary + imaginary * W**6)


def parts_of(number: int) -> tuple[int, int]:
    """Part a number of Fp2 into its real and its imaginary part."""
    imaginary, low = divmod(number, W**6)
    return (low + imaginary) % Q, imaginary


G1_GENERATOR: Point = (
    0x17F1D3A73197D7942695638C4FA9AC0FC3688C4F9774B905A14E3A3F171BAC586C55E83FF97A1AEFFB3AF00ADB22C6BB,
    0x08B3F481E3AAA0F1A09E30ED741D8AE4FCF5E095D5D00AF600DB18CB2C04B3EDD03CC744A2888AE40CAA232946C5E7E1,
)
# RFC 9380, 8.8.2: the 3-isogenous curve y² = x³ + Ax + B, the non-square Z, and the scalar that clears the cofactor.
_A, _B, _Z = number_of(0, 240), number_of(1012, 1012), number_of(-2, -1)
_COFACTOR = int(
    "bc69f08f2ee75b3584c6a0ea91b352888e2a8e9145ad7689986ff031508ffe1329c2f178731db956d82bf015d1212b02"
    "ec0ec69d7477c1ae954cbc06689f6a359894c0adebbf6b4e8020005aaa95551",
    16,
)
_KERNEL = number_of(-6, 6)  # x of the points of order 3 that the isogeny sends to nothing


def minus(point: Point) -> Point:
    """Give the negative of a point of either group."""
    return point[0], bls.fold(-point[1])


def square_root(number: int) -> int | None:
    """Give a square root in Fp2, None where there is none (Q = 3 mod 4: by the norm, in two roots of Fp)."""
    real, imaginary = parts_of(number)
    norm = pow(real * real + imaginary * imaginary, Q // 4 + 1, Q)
    for half in ((real + norm) * pow(2, -1, Q) % Q, (real - norm) * pow(2, -1, Q) % Q):
        root = pow(half, Q // 4 + 1, Q)
        if root * root % Q == half:
            # With root = 0 the number is real and no square of Fp: its root is purely imaginary.
            other = imaginary * pow(2 * root, -1, Q) % Q if root else pow(-real, Q // 4 + 1, Q)
            found = number_of(root, other)
            if bls.fold(found * found) == number:
                return found
    return None


def read_point(data: bytes) -> Point:
    """Read the one compressed encoding of a point of G2 (96 bytes).

    Raises:
        ValueError: anything else, the point at infinity and points outside the subgroup too.

    """
    flags, imaginary = divmod(int.from_bytes(data[:48], "big"), _LOW + 1)
    real = int.from_bytes(data[48:], "big")
    if len(data) != 96 or flags | 1 != 0b101 or max(real, imaginary) >= Q:  # noqa: PLR2004 - the format
        raise ValueError("not a compressed point")
    x = number_of(real, imaginary)
    y = square_root(bls.fold(bls.fold(x * x) * x + 4 * W**6))
    if y is None:
        raise ValueError("not on the curve")
    low, high = parts_of(y)
    if ((high or low) > _HALF) != bool(flags & 1):
        y = bls.fold(-y)
    if bls.times(bls.R - 1, (x, y), bls.add) != minus((x, y)):
        raise ValueError("not in the group")
    return x, y


def hash_to_g2(message: bytes, tag: bytes) -> Point:
    """Hash a message to G2 (RFC 9380, BLS12381G2_XMD:SHA-256_SSWU_RO_); the tag ends with its length."""
    stream = expand(message, 256, tag)
    four = [int.from_bytes(stream[at : at + 64], "big") % Q for at in range(0, 256, 64)]
    one, two = _on_curve(number_of(*four[:2])), _on_curve(number_of(*four[2:]))
    return bls.times(_COFACTOR, bls.add(one, two), bls.add)


def expand(message: bytes, length: int, tag: bytes) -> bytes:
    """Expand a message to that many bytes (RFC 9380, 5.3.1, with SHA-256)."""
    first = hashlib.sha256(bytes(64) + message + length.to_bytes(2, "big") + b"\0" + tag).digest()
    blocks = [bytes(32)]
    for at in range(1, length // 32 + 1):
        mixed = bytes(a ^ b for a, b in zip(first, blocks[-1], strict=True))
        blocks.append(hashlib.sha256(mixed + bytes([at]) + tag).digest())
    return b"".join(blocks[1:])


def _on_curve(u: int) -> Point:
    """Map a number of Fp2 to the curve (RFC 9380, 6.6.3), the isogeny by Vélu's formulas."""
    t = bls.fold(_Z * bls.fold(u * u))
    x = bls.fold(bls.fold(-_B * bls.invert(_A)) * (1 + bls.invert(bls.fold(t * t + t))))
    y = square_root(_right_side(x))
    if y is None:
        x = bls.fold(t * x)
        y = square_root(_right_side(x))
    if y is None:
        raise ValueError("neither candidate is on the curve, which cannot be")
    if _sign(y) != _sign(u):
        y = bls.fold(-y)
    inverse = bls.invert(bls.fold(x - _KERNEL))
    square = bls.fold(inverse * inverse)
    slope = bls.fold(6 * _KERNEL * _KERNEL + 2 * _A)
    height = bls.fold(4 * _right_side(_KERNEL))
    across = bls.fold(x + bls.fold(slope * inverse) + bls.fold(height * square))
    up = bls.fold(1 - bls.fold(slope * square) - 2 * bls.fold(height * bls.fold(square * inverse)))
    return bls.fold(across * pow(9, -1, Q)), bls.fold(bls.fold(y * up) * -pow(27, -1, Q))


def _right_side(x: int) -> int:
    return bls.fold(bls.fold(x * x) * x + _A * x + _B)


def _sign(number: int) -> int:
    """The sign of RFC 9380, 4.1: the parity of the first part that is not zero."""
    real, imaginary = parts_of(number)
    return (real or imaginary) % 2
