"""C2SP signed notes (c2sp.org/signed-note), with the two kinds of Ed25519 signatures they carry here.

A note is a text, an empty line, and one line for each signature: an em dash, the name of the key, and base64 of the
key's number and the signature. Kind 1 signs the text itself; kind 4 is the cosignature of a witness, which signs the
text and the second at which it was seen (c2sp.org/tlog-cosignature).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from village.kit.signing import verify_ed25519

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ED25519 = 1
"""The signature type of plain Ed25519 notes."""
COSIGNATURE = 4
"""The signature type of a witness: eight bytes of time (seconds since 1970, big-endian) and 64 of Ed25519."""
KINDS = (ED25519, COSIGNATURE)

_KEY_BYTES = 32
_ID_BYTES = 4
_TIME_BYTES = 8
_ED25519_BYTES = 64
_LATEST = 2**63 - 1
_DASH = "\u2014 "
_MOST_SIGNATURES = 100
_MOST_CHARACTERS = 1_000_000
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class BadNote(ValueError):  # noqa: N818 - a bad note is what it is, not a fault of the program
    """A note, checkpoint or key that must not be believed.

    `why`: "form" (not a note), "unsigned" (no known key signed it), "signature" (a known key's signature is false),
    "checkpoint" (a note, but not of a log's head), "key" (not a verifier key).
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Verifier:
    """A key whose signatures are believed: 32 bytes of Ed25519, the name it signs under, and the kind it signs."""

    name: str
    public_key: bytes
    kind: int = ED25519

    def __post_init__(self) -> None:
        """Refuse a name or key that no note could carry."""
        if not is_key_name(self.name) or len(self.public_key) != _KEY_BYTES or self.kind not in KINDS:
            raise BadNote("key")

    @property
    def key_id(self) -> int:
        """The first four bytes of SHA-256(name, newline, kind, public key), as a number."""
        hashed = hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public_key)
        return int.from_bytes(hashed.digest()[:_ID_BYTES], "big")

    def verify(self, text: bytes, signature: bytes) -> bool:
        """Tell whether this key signed the text; a cosignature carries its time before the signature itself."""
        if self.kind == ED25519:
            return verify_ed25519(self.public_key, text, signature)
        time = _time_of(signature)
        if time is None:
            return False
        return verify_ed25519(self.public_key, cosigned_message(text, time), signature[_TIME_BYTES:])

    def vkey(self) -> str:
        """Write the key as others configure it: name+id+base64(kind, key)."""
        return f"{self.name}+{self.key_id:08x}+{to_base64(bytes([self.kind]) + self.public_key)}"


def read_vkey(vkey: str) -> Verifier:
    """Read a verifier key; BadNote("key") when it is of neither kind known here or its id is not its own."""
    try:
        name, key_id, encoded = vkey.split("+", 2)
        raw = from_base64(encoded)
    except (ValueError, BadNote) as error:
        raise BadNote("key") from error
    verifier = Verifier(name, raw[1:], next(iter(raw), 0))
    if key_id != f"{verifier.key_id:08x}":
        raise BadNote("key")
    return verifier


def cosigned_message(text: bytes, time: int) -> bytes:
    """Write what a witness signs: a header line, the time in seconds since 1970, and the whole text of the note."""
    return b"cosignature/v1\ntime %d\n" % time + text


@dataclass(frozen=True)
class Signer:
    """A key that signs under a name; `sign` turns a message's bytes into 64 bytes of Ed25519 signature.

    With a `time` (seconds since 1970) it signs as a witness: kind 4.
    """

    name: str
    public_key: bytes
    sign: Callable[[bytes], bytes]
    time: int | None = None

    def verifier(self) -> Verifier:
        """Give the public half."""
        return Verifier(self.name, self.public_key, ED25519 if self.time is None else COSIGNATURE)

    def signature(self, text: str) -> Signature:
        """Sign the text of a note.

        Raises:
            BadNote: "form": the text cannot be a note's, or the time is none; "key": the name cannot stand in one.

        """
        data, key_id = _text_bytes(text), self.verifier().key_id
        if self.time is None:
            return Signature(self.name, key_id, self.sign(data))
        if not 0 <= self.time <= _LATEST:
            raise BadNote("form")
        signed = self.sign(cosigned_message(data, self.time))
        return Signature(self.name, key_id, self.time.to_bytes(_TIME_BYTES, "big") + signed)


@dataclass(frozen=True)
class Signature:
    """One signature line of a note."""

    name: str
    key_id: int
    signature: bytes

    @property
    def time(self) -> int | None:
        """When a witness signed, in seconds since 1970; None for a signature that has not the length of kind 4."""
        return _time_of(self.signature)

    def line(self) -> str:
        """Write the line as it stands in the note."""
        return f"{_DASH}{self.name} {to_base64(self.key_id.to_bytes(_ID_BYTES, 'big') + self.signature)}\n"


@dataclass(frozen=True)
class Note:
    """An opened note: its text with the final newline, who is known to have signed it, and the other lines."""

    text: str
    verified: tuple[Signature, ...]
    unverified: tuple[Signature, ...] = ()


def sign_note(text: str, signers: Iterable[Signer], others: Sequence[Signature] = ()) -> str:
    """Sign a text with each key and write the note.

    Args:
        text: ends in a newline and holds no other control character.
        signers: the keys, in the order of their lines.
        others: signatures that the note carries already; they come first.

    Raises:
        BadNote: "form": the text cannot be a note's; "key": a signer's name cannot stand in one.

    """
    _text_bytes(text)
    signed = [signer.signature(text) for signer in signers]
    if not signed and not others:
        raise BadNote("unsigned")
    known = {(signature.name, signature.key_id) for signature in signed}
    kept = [signature for signature in others if (signature.name, signature.key_id) not in known]
    return text + "\n" + "".join(signature.line() for signature in (*kept, *signed))


def open_note(note: str | bytes, verifiers: Iterable[Verifier]) -> Note:
    """Read a note and check it against the known keys.

    Lines of unknown keys are kept apart and ignored, as the specification demands.

    Raises:
        BadNote: "form", "signature" (a known key's line that does not verify), "unsigned" (no known key signed).

    """
    text, signatures = split_note(note)
    data = text.encode()
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    verified: dict[tuple[str, int], Signature] = {}
    unverified = []
    for signature in signatures:
        key = (signature.name, signature.key_id)
        if key not in known:
            unverified.append(signature)
        elif not known[key].verify(data, signature.signature):
            raise BadNote("signature")
        else:
            verified.setdefault(key, signature)
    if not verified:
        raise BadNote("unsigned")
    return Note(text, tuple(verified.values()), tuple(unverified))


def split_note(note: str | bytes) -> tuple[str, list[Signature]]:
    """Part a note into its text and its signature lines without believing either; BadNote("form") if it is none."""
    try:
        whole = note.decode() if isinstance(note, bytes) else note
        whole.encode()
    except UnicodeError as error:
        raise BadNote("form") from error
    cut = whole.rfind("\n\n")
    if cut < 0 or len(whole) > _MOST_CHARACTERS or _CONTROL.search(whole) or not whole.endswith("\n"):
        raise BadNote("form")
    lines = whole[cut + 2 : -1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise BadNote("form")
    return whole[: cut + 1], [read_signature(line + "\n") for line in lines]


def is_key_name(name: str) -> bool:
    """Tell whether a name may stand in a signature line: not empty, no space of any kind, no plus."""
    return bool(name) and "+" not in name and not any(char.isspace() for char in name) and not _CONTROL.search(name)


def read_signature(line: str) -> Signature:
    """Read one signature line with its newline, without believing it; BadNote("form") if it is none."""
    if not line.startswith(_DASH) or not line.endswith("\n") or _CONTROL.search(line) or "\n" in line[:-1]:
        raise BadNote("form")
    name, _, encoded = line[len(_DASH) : -1].partition(" ")
    raw = from_base64(encoded)
    if not is_key_name(name) or len(raw) <= _ID_BYTES:
        raise BadNote("form")
    return Signature(name, int.from_bytes(raw[:_ID_BYTES], "big"), raw[_ID_BYTES:])


def _time_of(signature: bytes) -> int | None:
    if len(signature) != _TIME_BYTES + _ED25519_BYTES:
        return None
    time = int.from_bytes(signature[:_TIME_BYTES], "big")
    return time if time <= _LATEST else None


def _text_bytes(text: str) -> bytes:
    if not text.endswith("\n") or _CONTROL.search(text):
        raise BadNote("form")
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise BadNote("form") from error


def to_base64(data: bytes) -> str:
    """Encode in standard base64."""
    return base64.b64encode(data).decode()


def from_base64(text: str) -> bytes:
    """Decode standard base64, and only its one canonical spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as error:
        raise BadNote("form") from error
    if to_base64(data) != text:
        raise BadNote("form")
    return data
