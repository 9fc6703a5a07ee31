"""What a badge says, how it is signed, and how a code that somebody shows or types is read.

A badge's code is an upper-case link ending in one decimal number. The number is a record of 13
bytes and its Ed25519 signature of 64 bytes: version, key number, badge id (64 bits), number of the
edition (16 bits), kind. Digits are the densest text of a QR symbol: 41 modules at level M.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION = 1
"""Version of the badge record. Above zero, so that the number keeps all its bytes."""

SIGNATURE_BYTES = 64
_RECORD = struct.Struct(">BBQHB")
TOKEN_BYTES = _RECORD.size + SIGNATURE_BYTES

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 without I, L, O and U (Douglas Crockford, "Base 32"); each is read as its look-alike."""

SHORT_LENGTH = 12
IMPORTED_LENGTH = 26
_FEWEST_TOKEN_DIGITS = 30

_LOOK_ALIKES = str.maketrans("ILO", "110")
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015_.·\u200e\u200f\u2066-\u2069\ufeff]+")
_LINK = re.compile(r"(?:https?://[^/\s]+)?/?b/(\d+)/?", re.IGNORECASE)


class Kind(IntEnum):
    """What its bearer is at the fair; the number is what the signed record holds."""

    EXHIBITOR = 1
    PARTICIPANT = 2
    JURY = 3
    STAFF = 4
    INSTITUTION = 5
    PRESS = 6
    TRAINER = 7


KIND_OF_CATEGORY = {
    "exhibitor": Kind.EXHIBITOR,
    "institution": Kind.INSTITUTION,
    "press": Kind.PRESS,
    "juror": Kind.JURY,
    "staff": Kind.STAFF,
    "trainer": Kind.TRAINER,
}
"""Kinds by the category a person is registered under; every other category is a participant."""


class State(StrEnum):
    """Whether a badge opens the door."""

    ACTIVE = "active"
    REVOKED = "revoked"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Affiliation:
    """The organisation and stand printed on a badge; empty texts where there is none."""

    org_ar: str = ""
    org_fr: str = ""
    stand: str = ""


@dataclass(frozen=True)
class BadgeOrder:
    """A badge to be made. `imported_id` is the id of a badge that another system has printed."""

    person_id: int
    kind: Kind = Kind.PARTICIPANT
    imported_id: str | None = None


@dataclass(frozen=True)
class Record:
    """What the signature of a badge covers."""

    badge_id: int
    edition: int
    kind: Kind
    key_id: int


@dataclass(frozen=True)
class SignedCode:
    """A complete code as read: well-formed, and still nothing more than somebody's claim."""

    record: Record
    payload: bytes
    signature: bytes


@dataclass(frozen=True)
class ShortCode:
    """Twelve characters printed under the symbol: unsigned, good only against the list."""

    text: str


@dataclass(frozen=True)
class ImportedCode:
    """The id of a badge printed elsewhere, as that system wrote it."""

    text: str


Code = SignedCode | ShortCode | ImportedCode


def payload_of(record: Record) -> bytes:
    """Write a record as the bytes that are signed."""
    return _RECORD.pack(VERSION, record.key_id, record.badge_id, record.edition, record.kind)


def digits_of(payload: bytes, signature: bytes) -> str:
    """Write a signed record as one decimal number."""
    return str(int.from_bytes(payload + signature, "big"))


def link_prefix(address: str) -> str:
    """Beginning of every badge link below the public address, in capitals for the QR symbol."""
    return f"{address.rstrip('/').upper()}/B/"


def parse_code(text: str) -> Code:
    """Read what was scanned, pasted or typed: a link, its digits, a short code or an imported id.

    Digits of all scripts are accepted, and in typed codes separators and look-alike letters.
    Raises Refusal `code_unknown` when the text is no code of ours at all, `code_altered` when it is
    a badge link or number whose record is not whole.
    """
    plain = _western(text).strip()
    if link := _LINK.fullmatch(plain):
        return _signed(link[1])
    compact = _SEPARATORS.sub("", plain).upper()
    if compact.isdigit() and len(compact) >= _FEWEST_TOKEN_DIGITS:
        return _signed(compact)
    if len(compact) == IMPORTED_LENGTH and compact.isascii() and compact.isalnum():
        return ImportedCode(compact)
    folded = compact.translate(_LOOK_ALIKES)
    if len(folded) == SHORT_LENGTH and set(folded) <= set(CROCKFORD):
        return ShortCode(folded)
    raise Refusal("code_unknown")


def check_signed(code: SignedCode, edition: int, verify: Callable[[bytes, bytes, int], bool]) -> Record:
    """Turn a claim into a record to rely on.

    `verify` takes the signed bytes, the signature and the key number. Raises Refusal `code_forged`
    when the signature is not ours, `wrong_edition` when the badge is of another edition.
    """
    if not verify(code.payload, code.signature, code.record.key_id):
        raise Refusal("code_forged")
    if code.record.edition != edition:
        raise Refusal("wrong_edition", {"edition": code.record.edition})
    return code.record


def why_not_usable(state: State) -> Refusal | None:
    """Say why a known badge opens nothing, or None."""
    if state is State.ACTIVE:
        return None
    return Refusal("badge_revoked", {"replaced": state is State.REPLACED})


def why_not_print(already_printed: int, *, reprint: bool) -> Refusal | None:
    """Guard against two badges in one person's hands: printing again must be asked for."""
    if already_printed and not reprint:
        return Refusal("badge_printed", {"n": already_printed})
    return None


def new_ids(entropy: bytes, context: str) -> tuple[int, str]:
    """Make an id and a short code of random bytes and of what they are for.

    The context keeps two deeds apart that were given the same bytes, as a rehearsal on a fixed chance is.
    """
    mixed = hashlib.sha256(entropy + context.encode()).digest()
    return new_badge_id(mixed[:8]), new_short_code(mixed[8:16])


def new_badge_id(entropy: bytes) -> int:
    """Make a badge id of 8 random bytes: 63 of their bits, so that it fits a signed column, never 0."""
    return int.from_bytes(entropy, "big") >> 1 or 1


def new_short_code(entropy: bytes) -> str:
    """Make a short code of 8 random bytes: twelve characters of 5 bits."""
    number = int.from_bytes(entropy, "big")
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in range(SHORT_LENGTH))


def group_short_code(code: str) -> str:
    """Write a short code in three groups of four, as printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def initials(given: str, family: str) -> str:
    """Initials of a name in either script, for pages that anybody may open; Arabic ones without the article."""
    letters = [name.removeprefix("ال").lstrip("'’ʿ")[:1].upper() for name in (given.strip(), family.strip())]
    return " ".join(f"{letter}." for letter in letters if letter)


def _signed(digits: str) -> SignedCode:
    number = int(digits)
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if len(data) != TOKEN_BYTES or data[0] != VERSION:
        raise Refusal("code_altered")
    payload, signature = data[: _RECORD.size], data[_RECORD.size :]
    _, key_id, badge_id, edition, kind = _RECORD.unpack(payload)
    try:
        record = Record(badge_id=badge_id, edition=edition, kind=Kind(kind), key_id=key_id)
    except ValueError:
        raise Refusal("code_altered") from None
    return SignedCode(record, payload, signature)


def _western(text: str) -> str:
    """Turn the digits of every script into 0-9, and full-width forms into plain ones."""
    folded = unicodedata.normalize("NFKC", text[:4000])
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in folded)
