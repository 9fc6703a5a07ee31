"""C2SP signed notes (c2sp.org/signed-note) and the checkpoints of a log written in them (c2sp.org/tlog-checkpoint).

A note is a text, an empty line, and one line for each signature: an em dash, the name of the key, and base64 of the
key's number and the signature. A checkpoint is a note whose text gives the log's origin, its size and its root.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from village.audit.merkle import HASH_BYTES
from village.kit.signing import verify_ed25519

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ED25519 = 1
"""The signature type of plain Ed25519 notes."""

_KEY_BYTES = 32
_ID_BYTES = 4
_DASH = "\u2014 "
_MOST_SIGNATURES = 100
_MOST_CHARACTERS = 1_000_000
_GREATEST_SIZE = 2**64 - 1
_SIZE = re.compile(r"0|[1-9][0-9]{0,19}", re.ASCII)
_FEWEST_LINES = 3
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
    """A key whose Ed25519 signatures are believed: 32 bytes and the name it signs under."""

    name: str
    public_key: bytes

    def __post_init__(self) -> None:
        """Refuse a name or key that no note could carry."""
        if not is_key_name(self.name) or len(self.public_key) != _KEY_BYTES:
            raise BadNote("key")

    @property
    def key_id(self) -> int:
        """The first four bytes of SHA-256(name, newline, type, public key), as a number."""
        hashed = hashlib.sha256(self.name.encode() + b"\n" + bytes([ED25519]) + self.public_key)
        return int.from_bytes(hashed.digest()[:_ID_BYTES], "big")

    def verify(self, text: bytes, signature: bytes) -> bool:
        """Tell whether this key signed the text."""
        return verify_ed25519(self.public_key, text, signature)

    def vkey(self) -> str:
        """Write the key as others configure it: name+id+base64(type, key)."""
        return f"{self.name}+{self.key_id:08x}+{_to_base64(bytes([ED25519]) + self.public_key)}"


def read_vkey(vkey: str) -> Verifier:
    """Read a verifier key; BadNote("key") when it is not one of type Ed25519 or its id is not its own."""
    try:
        name, key_id, encoded = vkey.split("+", 2)
        raw = _from_base64(encoded)
    except (ValueError, BadNote) as error:
        raise BadNote("key") from error
    verifier = Verifier(name, raw[1:])
    if raw[:1] != bytes([ED25519]) or key_id != f"{verifier.key_id:08x}":
        raise BadNote("key")
    return verifier


@dataclass(frozen=True)
class Signer:
    """A key that signs under a name; `sign` turns the text's bytes into 64 bytes of Ed25519 signature."""

    name: str
    public_key: bytes
    sign: Callable[[bytes], bytes]

    def verifier(self) -> Verifier:
        """Give the public half."""
        return Verifier(self.name, self.public_key)


@dataclass(frozen=True)
class Signature:
    """One signature line of a note."""

    name: str
    key_id: int
    signature: bytes

    def line(self) -> str:
        """Write the line as it stands in the note."""
        return f"{_DASH}{self.name} {_to_base64(self.key_id.to_bytes(_ID_BYTES, 'big') + self.signature)}\n"


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
    data = _text_bytes(text)
    signed = [Signature(signer.name, signer.verifier().key_id, signer.sign(data)) for signer in signers]
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
    return whole[: cut + 1], [_read_signature(line) for line in lines]


def is_key_name(name: str) -> bool:
    """Tell whether a name may stand in a signature line: not empty, no space of any kind, no plus."""
    return bool(name) and "+" not in name and not any(char.isspace() for char in name) and not _CONTROL.search(name)


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: which log, how many leaves, what root (32 bytes), and extension lines if any."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """Write the text of the note.

        Raises:
            BadNote: "checkpoint": a part that has no such form.

        """
        text = "".join(f"{line}\n" for line in (self.origin, self.size, _to_base64(self.root), *self.extensions))
        if read_checkpoint(text) != self:
            raise BadNote("checkpoint")
        return text


def read_checkpoint(text: str) -> Checkpoint:
    """Read the text of an opened note as the head of a log; BadNote("checkpoint") when it is not one."""
    lines = text[:-1].split("\n")
    if not text.endswith("\n") or len(lines) < _FEWEST_LINES or not all(lines):
        raise BadNote("checkpoint")
    origin, size, encoded, *extensions = lines
    try:
        root = _from_base64(encoded)
    except BadNote as error:
        raise BadNote("checkpoint") from error
    if len(root) != HASH_BYTES or not _SIZE.fullmatch(size) or int(size) > _GREATEST_SIZE:
        raise BadNote("checkpoint")
    return Checkpoint(origin, int(size), root, tuple(extensions))


def open_checkpoint(note: str | bytes, verifiers: Iterable[Verifier], origin: str | None = None) -> Checkpoint:
    """Open a signed head; with `origin`, one of another log is refused too.

    Raises:
        BadNote: as `open_note`; "checkpoint" when the note is no head, or another log's.

    """
    checkpoint = read_checkpoint(open_note(note, verifiers).text)
    if origin is not None and checkpoint.origin != origin:
        raise BadNote("checkpoint")
    return checkpoint


def _read_signature(line: str) -> Signature:
    if not line.startswith(_DASH):
        raise BadNote("form")
    name, _, encoded = line[len(_DASH) :].partition(" ")
    raw = _from_base64(encoded)
    if not is_key_name(name) or len(raw) <= _ID_BYTES:
        raise BadNote("form")
    return Signature(name, int.from_bytes(raw[:_ID_BYTES], "big"), raw[_ID_BYTES:])


def _text_bytes(text: str) -> bytes:
    if not text.endswith("\n") or _CONTROL.search(text):
        raise BadNote("form")
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise BadNote("form") from error


def _to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _from_base64(text: str) -> bytes:
    """Decode standard base64, and only its one canonical spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as error:
        raise BadNote("form") from error
    if _to_base64(data) != text:
        raise BadNote("form")
    return data
