"""The whole log as a file: read by itself, and found out when anything in it is not as it was given out."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from village.audit import merkle
from village.audit.log_file import FileVerification, Header, verify_file
from village.audit.notes import COSIGNATURE, Checkpoint, Signer, Verifier, cosigned_message, sign_note
from village.audit.notes.signed import Signature
from village.audit.rules import write_line
from village.kit.refusal import Refusal

AT = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
SEEN = int(AT.timestamp())
ORIGIN = "solidarity-village/0011223344556677"


class Keyholder:
    """A key of a test: the log's, or a witness's."""

    def __init__(self, name: str, number: int, kind: int = 1) -> None:
        self.private = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
        self.verifier = Verifier(name, self.private.public_key().public_bytes_raw(), kind)

    @property
    def vkey(self) -> str:
        return self.verifier.vkey()

    def sign(self, checkpoint: Checkpoint) -> str:
        return sign_note(checkpoint.text(), [Signer(self.verifier.name, self.verifier.public_key, self.private.sign)])

    def cosign(self, checkpoint: Checkpoint) -> str:
        signed = self.private.sign(cosigned_message(checkpoint.text().encode(), SEEN))
        return Signature(self.verifier.name, self.verifier.key_id, SEEN.to_bytes(8, "big") + signed).line()


LOG, FORGER = Keyholder(ORIGIN, 1), Keyholder(ORIGIN, 2)
JURY = Keyholder("jury.example", 3, COSIGNATURE)
STRANGER = Keyholder("stranger.example", 4, COSIGNATURE)
LINES = [
    write_line(at=AT, actor="account:3", code="stand.assigned", thing=f"stand:A{number:02d}", facts={"n": number}).body
    for number in range(9)
]


def head(size: int, *, lines: list[bytes] = LINES, signer: Keyholder = LOG, witness: Keyholder | None = JURY) -> str:
    checkpoint = Checkpoint(ORIGIN, size, merkle.root([merkle.leaf_hash(line) for line in lines[:size]]))
    return signer.sign(checkpoint) + (witness.cosign(checkpoint) if witness else "")


def pack(header: Header | bytes, lines: list[bytes] = LINES) -> bytes:
    first = header.line() if isinstance(header, Header) else header
    return first + b"".join(line + b"\n" for line in lines)


GOOD = Header(ORIGIN, 9, (LOG.vkey,), (JURY.vkey,), (head(4), head(9)))


def check(data: bytes, *pins: str) -> FileVerification:
    return verify_file(io.BytesIO(data), pins)


def test_a_file_is_sound_by_itself() -> None:
    told: list[tuple[int, int]] = []
    found = verify_file(io.BytesIO(pack(GOOD)), on_progress=lambda *each: told.append(each))
    assert found.ok, found.faults
    assert (found.size, found.heads, found.sealed, found.cosigned, found.pinned) == (9, 2, 9, 1, False)
    assert found.root == merkle.root([merkle.leaf_hash(line) for line in LINES])
    assert told == [(9, 9)]


def test_a_file_packed_by_gzip_is_read_as_well() -> None:
    assert check(gzip.compress(pack(GOOD))) == check(pack(GOOD))


def test_known_keys_are_believed_instead_of_those_in_the_file() -> None:
    assert check(pack(GOOD), LOG.vkey).ok
    assert check(pack(GOOD), LOG.vkey).cosigned == 0
    pinned = check(pack(GOOD), LOG.vkey, JURY.vkey)
    assert (pinned.ok, pinned.pinned, pinned.cosigned) == (True, True, 1)
    assert check(pack(GOOD), LOG.vkey, STRANGER.vkey).cosigned == 0
    wrong = check(pack(GOOD), FORGER.vkey)
    assert [fault.code for fault in wrong.faults] == [
        "audit_file_head_unsigned",
        "audit_file_head_unsigned",
        "audit_file_unsealed",
    ]


def test_a_log_made_anew_by_somebody_else_is_only_in_agreement_with_itself() -> None:
    other = [line.replace(b"account:3", b"account:4") for line in LINES]
    forged = pack(Header(ORIGIN, 9, (FORGER.vkey,), (), (head(9, lines=other, signer=FORGER, witness=None),)), other)
    assert check(forged).ok
    assert not check(forged).pinned
    assert not check(forged, LOG.vkey).ok


CHANGED = [LINES[0].replace(b"A00", b"A99"), *LINES[1:]]


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (pack(GOOD, CHANGED), ["audit_checkpoint_changed", "audit_checkpoint_changed", "audit_file_unsealed"]),
        (pack(GOOD, [*LINES[1:], LINES[0]]), ["audit_checkpoint_changed", "audit_checkpoint_changed", "audit_file_unsealed"]),
        (pack(GOOD, [LINES[0] + b" ", *LINES[1:]]), ["audit_line_unreadable", "audit_checkpoint_changed", "audit_checkpoint_changed", "audit_file_unsealed"]),
        (pack(GOOD, LINES[:-1]), ["audit_line_missing", "audit_checkpoint_changed", "audit_file_unsealed"]),
        (pack(GOOD)[:-1], ["audit_line_missing", "audit_checkpoint_changed", "audit_file_unsealed"]),
        (pack(GOOD, [*LINES, LINES[0]]), ["audit_file_longer"]),
        (pack(GOOD) + b"\n", ["audit_file_longer"]),
        (pack(Header(ORIGIN, 8, (LOG.vkey,), (), (head(4), head(9))), LINES[:8]), ["audit_checkpoint_changed", "audit_file_unsealed"]),
        (pack(Header(ORIGIN, 9, (LOG.vkey,), (), (head(4),))), ["audit_file_unsealed"]),
        (pack(Header(ORIGIN, 9, (LOG.vkey,), (), ())), ["audit_file_unsealed"]),
        (pack(Header(ORIGIN, 9, (LOG.vkey,), (), (head(4), head(9, signer=FORGER)))), ["audit_file_head_unsigned", "audit_file_unsealed"]),
        (pack(Header(ORIGIN, 9, (LOG.vkey,), (JURY.vkey,), (head(9).replace("A", "B", 1), head(9)))), ["audit_file_head_unsigned"]),
        (pack(Header(ORIGIN, 9, (LOG.vkey,), (), ("", head(9)))), ["audit_file_head_unsigned"]),
        (pack(Header(ORIGIN, 9, (LOG.vkey,), (), (head(9, lines=CHANGED), head(9)))), ["audit_checkpoint_changed"]),
    ],
)  # fmt: skip
def test_whatever_was_changed_is_found(data: bytes, codes: list[str]) -> None:
    assert [fault.code for fault in check(data).faults] == codes


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "audit_file_unreadable"),
        (b"\x1f\x8b", "audit_file_unreadable"),
        (gzip.compress(pack(GOOD))[:-9], "audit_file_unreadable"),
        (gzip.compress(pack(GOOD))[:30] + b"\xff" * 40, "audit_file_unreadable"),
        (pack(b"{}\n"), "audit_file_unreadable"),
        (pack(GOOD.line().replace(b"log/1", b"log/2")), "audit_file_unreadable"),
        (pack(GOOD.line().replace(b'"size":9', b'"size":-9')), "audit_file_unreadable"),
        (pack(GOOD.line().replace(b'"size":9', b'"size":true')), "audit_file_unreadable"),
        (pack(GOOD.line().replace(b'"size":9', b'"size":"9"')), "audit_file_unreadable"),
        (pack(GOOD.line().replace(b'"size":9', b'"more":1,"size":9')), "audit_file_unreadable"),
        (pack(GOOD.line().replace(b'"origin":"sol', b'"origin": "sol')), "audit_file_unreadable"),
        (pack(GOOD.line().replace(b'"witnesses":[', b'"witnesses":[7,')), "audit_file_unreadable"),
        (GOOD.line()[:-1], "audit_file_unreadable"),
        (pack(Header(ORIGIN, 9, (), (), (head(9),))), "audit_key_unreadable"),
        (pack(Header(ORIGIN, 9, (JURY.vkey,), (), (head(9),))), "audit_key_unreadable"),
        (pack(Header(ORIGIN, 9, ("no key",), (), (head(9),))), "audit_key_unreadable"),
    ],
    # A compressed file holds the hour: named by their place, all workers of a run give the cases the same names.
    ids=map(str, range(1, 17)),
)  # fmt: skip
def test_what_is_no_such_file_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check(data)
    assert refused.value.code == code


def test_an_empty_log_has_nothing_to_seal() -> None:
    assert check(pack(Header(ORIGIN, 0, (LOG.vkey,), (), ()), [])).ok
