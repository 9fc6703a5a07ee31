"""Cosignatures of witnesses, as c2sp.org/tlog-cosignature has them."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from village.audit.notes import (
    COSIGNATURE,
    ED25519,
    BadNote,
    Checkpoint,
    Signer,
    Verifier,
    cosigned_message,
    open_checkpoint,
    open_cosignature,
    open_cosigned,
    open_note,
    read_signature,
    read_vkey,
    sign_note,
    split_note,
)

# The example of the specification; its keys are not published.
SOFA = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
W1 = (
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
# A witness of the public network, and a cosignature, both from the tests of transparency-dev/formats.
REMORA = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
SEEN_AT = "— someone ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA==\n"
PLAIN = "— someone eQjRQm6eSKzFoiYalgwCPXu2y3ijtg68is9M46JKxuZB+dRfTmeQeDBoXnvxZx2ugnkyV+MUMLXpWs1hPb/W/4xkNQY=\n"

ROOT = bytes(range(32))
HOUR = 1_796_374_800


def signer(name: str, seed: int = 1, time: int | None = None) -> Signer:
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    return Signer(name, key.public_key().public_bytes_raw(), key.sign, time)


LOG = signer("village.example/log")
JURY, OFFICER, PUBLIC = (signer(name, seed, HOUR + seed) for name, seed in (("jury", 2), ("officer", 3), ("public", 4)))
WITNESSES = [each.verifier() for each in (JURY, OFFICER, PUBLIC)]
HEAD = Checkpoint(LOG.name, 37, ROOT)
NOTE = sign_note(HEAD.text(), [LOG, JURY, OFFICER])


def why(call, *arguments) -> str:
    with pytest.raises(BadNote) as refused:
        call(*arguments)
    return refused.value.why


def test_the_published_cosignature_reads():
    signature = read_signature(W1)
    assert (signature.name, f"{signature.key_id:08x}", signature.time) == (
        "witness.example.com/w1",
        "8d66cf3f",
        1_679_315_147,
    )
    assert signature.line() == W1
    assert cosigned_message(SOFA.encode(), 1_679_315_147).decode() == "cosignature/v1\ntime 1679315147\n" + SOFA
    assert read_signature(SEEN_AT).time == 1_727_964_367
    assert read_signature(PLAIN).time is None


def test_the_published_key_of_a_witness_reads_and_writes():
    verifier = read_vkey(REMORA)
    assert (verifier.name, verifier.kind, f"{verifier.key_id:08x}") == ("remora.n621.de", COSIGNATURE, "da77ade7")
    assert verifier.vkey() == REMORA
    assert Verifier(verifier.name, verifier.public_key, ED25519).key_id != verifier.key_id


@pytest.mark.parametrize("kind", [0, 2, 3, 5, 6, 255])
def test_other_kinds_of_keys_are_unknown_here(kind):
    assert why(Verifier, "jury", ROOT, kind) == "key"


def test_a_cosigned_head_opens_with_the_hours_of_its_witnesses():
    opened = open_cosigned(NOTE, [LOG.verifier()], WITNESSES, LOG.name)
    assert opened.checkpoint == HEAD
    assert opened.times == {JURY.verifier().vkey(): HOUR + 2, OFFICER.verifier().vkey(): HOUR + 3}
    assert open_cosigned(NOTE, [LOG.verifier()], []).times == {}
    assert len(open_note(NOTE, [LOG.verifier(), *WITNESSES]).verified) == 3


def test_witnesses_alone_make_no_head():
    without_log = sign_note(HEAD.text(), [JURY, OFFICER])
    assert why(open_cosigned, without_log, [LOG.verifier()], WITNESSES) == "unsigned"
    assert why(open_checkpoint, without_log, WITNESSES) == "unsigned"


def test_who_may_be_a_witness():
    assert why(open_cosigned, NOTE, [LOG.verifier()], [LOG.verifier()]) == "key"
    twice = Verifier("another", WITNESSES[0].public_key, COSIGNATURE)
    assert why(open_cosigned, NOTE, [LOG.verifier()], [WITNESSES[0], twice]) == "key"


def test_a_line_moved_to_another_head_spoils_it():
    other = sign_note(Checkpoint(LOG.name, 38, ROOT).text(), [LOG])
    spoilt = other + JURY.signature(HEAD.text()).line()
    assert why(open_cosigned, spoilt, [LOG.verifier()], WITNESSES) == "signature"
    assert open_cosigned(spoilt, [LOG.verifier()], WITNESSES[1:]).times == {}


def test_the_hour_is_part_of_what_is_signed():
    line = read_signature(JURY.signature(HEAD.text()).line())
    later = line.signature[:7] + bytes([line.signature[7] ^ 1]) + line.signature[8:]
    assert why(open_cosignature, type(line)(line.name, line.key_id, later).line(), HEAD.text(), WITNESSES[0]) == (
        "signature"
    )


def test_extension_lines_are_signed_too():
    head = Checkpoint(LOG.name, 37, ROOT, ("more",))
    line = JURY.signature(head.text()).line()
    assert open_cosignature(line, head.text(), WITNESSES[0])[1] == HOUR + 2
    assert why(open_cosignature, line, HEAD.text(), WITNESSES[0]) == "signature"


def test_one_line_is_read_alone():
    line = JURY.signature(HEAD.text()).line()
    for text in (line, line[:-1]):
        assert open_cosignature(text, HEAD.text(), WITNESSES[0])[1] == HOUR + 2
    assert why(open_cosignature, line, HEAD.text(), WITNESSES[1]) == "unsigned"
    assert why(open_cosignature, line, HEAD.text(), LOG.verifier()) == "unsigned"
    assert why(open_cosignature, line + line, HEAD.text(), WITNESSES[0]) == "form"
    plain = signer("jury", 2).signature(HEAD.text())
    forged = type(plain)(plain.name, WITNESSES[0].key_id, plain.signature).line()
    assert why(open_cosignature, forged, HEAD.text(), WITNESSES[0]) == "signature"


@pytest.mark.parametrize("time", [-1, 2**63])
def test_an_hour_outside_the_form_is_not_signed(time):
    assert why(signer("jury", 2, time).signature, HEAD.text()) == "form"


@pytest.mark.parametrize("time", [0, 2**63 - 1])
def test_the_first_and_the_last_hour_come_back(time):
    key = signer("jury", 2, time)
    assert open_cosignature(key.signature(HEAD.text()).line(), HEAD.text(), key.verifier())[1] == time


def test_an_hour_beyond_the_last_is_no_cosignature():
    line = read_signature(JURY.signature(HEAD.text()).line())
    far = type(line)(line.name, line.key_id, b"\xff" * 8 + line.signature[8:])
    assert far.time is None
    assert why(open_cosignature, far.line(), HEAD.text(), WITNESSES[0]) == "signature"


@given(st.data())
def test_one_changed_byte_of_a_cosigned_head_is_never_believed(data):
    note = NOTE.encode()
    at = data.draw(st.integers(0, len(note) - 1))
    changed = note[:at] + bytes([note[at] ^ data.draw(st.integers(1, 255))]) + note[at + 1 :]
    try:
        opened = open_cosigned(changed, [LOG.verifier()], WITNESSES, LOG.name)
    except BadNote:
        return
    # What changed was the name or the number of a key: the line is a stranger's now and counts for nothing.
    assert opened.checkpoint == HEAD
    assert len(opened.times) == 1
    assert split_note(changed)[0] == HEAD.text()
