"""Signed notes and checkpoints, as c2sp.org/signed-note and c2sp.org/tlog-checkpoint have them."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from village.audit.notes import (
    BadNote,
    Checkpoint,
    Note,
    Signature,
    Signer,
    Verifier,
    is_key_name,
    open_checkpoint,
    open_note,
    read_checkpoint,
    read_vkey,
    sign_note,
    split_note,
)

# The published example of Go's sumdb/note, from which the specification grew.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETERS_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
PETERS_NOTE = PETERS_TEXT + "\n" + PETERS_LINE

# The example of c2sp.org/tlog-checkpoint; its key is not published.
SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)

ROOT = bytes(range(32))


def signer(name: str, seed: int = 1) -> Signer:
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    return Signer(name, key.public_key().public_bytes_raw(), key.sign)


VILLAGE = signer("village.example/log")
JURY = signer("jury.example/tablet", 2)


def test_the_published_note_opens():
    note = open_note(PETERS_NOTE, [read_vkey(PETER)])
    assert note.text == PETERS_TEXT
    assert [signature.name for signature in note.verified] == ["PeterNeumann"]
    assert note.verified[0].line() == PETERS_LINE
    assert open_note(PETERS_NOTE.encode(), [read_vkey(PETER)]) == note


def test_the_published_key_reads_and_writes():
    verifier = read_vkey(PETER)
    assert (verifier.name, f"{verifier.key_id:08x}") == ("PeterNeumann", "c74f20a3")
    assert verifier.vkey() == PETER


def test_the_published_checkpoint_reads():
    text, signatures = split_note(SOFA)
    checkpoint = read_checkpoint(text)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.text() == text
    assert [f"{signature.key_id:08x}" for signature in signatures] == ["033de0ae"]


def test_what_we_sign_opens_with_the_keys_that_signed():
    note = sign_note("one\n\ntwo\n", [VILLAGE, JURY])
    opened = open_note(note, [VILLAGE.verifier(), JURY.verifier()])
    assert opened.text == "one\n\ntwo\n"
    assert [signature.name for signature in opened.verified] == [VILLAGE.name, JURY.name]
    alone = open_note(note, [JURY.verifier()])
    assert [signature.name for signature in alone.unverified] == [VILLAGE.name]


def test_signatures_of_others_stay_and_our_own_is_renewed():
    first = sign_note("text\n", [JURY])
    _, theirs = split_note(first)
    both = sign_note("text\n", [VILLAGE], theirs)
    assert both == first + both.splitlines(keepends=True)[-1]
    assert sign_note("text\n", [JURY], theirs) == first


@given(st.text(st.characters(exclude_categories=["Cs"], min_codepoint=32), max_size=40))
def test_any_text_comes_back(text):
    note = sign_note(text + "\n", [VILLAGE])
    assert open_note(note, [VILLAGE.verifier()]).text == text + "\n"


@given(st.data())
def test_one_changed_byte_is_never_believed(data):
    note = sign_note(Checkpoint("village.example/log", 37, ROOT).text(), [VILLAGE]).encode()
    at = data.draw(st.integers(0, len(note) - 1))
    changed = note[:at] + data.draw(st.binary(max_size=2).filter(lambda put: put != note[at : at + 1])) + note[at + 1 :]
    with pytest.raises(BadNote):
        open_note(changed, [VILLAGE.verifier()])


def test_a_known_key_with_a_false_signature_spoils_the_note():
    note = sign_note("text\n", [VILLAGE, JURY])
    false = Signature(JURY.name, JURY.verifier().key_id, bytes(64)).line()
    spoilt = "".join(note.splitlines(keepends=True)[:-1]) + false
    assert why(open_note, spoilt, [VILLAGE.verifier(), JURY.verifier()]) == "signature"
    assert len(open_note(spoilt, [VILLAGE.verifier()]).verified) == 1


def test_a_repeated_line_counts_once():
    note = sign_note("text\n", [JURY])
    twice = note + note.splitlines(keepends=True)[-1]
    assert len(open_note(twice, [JURY.verifier()]).verified) == 1


def test_the_same_name_with_another_key_is_a_stranger():
    note = sign_note("text\n", [signer(VILLAGE.name, 9)])
    assert why(open_note, note, [VILLAGE.verifier()]) == "unsigned"
    assert why(open_note, note, []) == "unsigned"


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        "text\n",
        "text\n\n",
        PETERS_TEXT,
        PETERS_NOTE[:-1],
        PETERS_NOTE + "\n",
        PETERS_NOTE.replace("— ", "- "),
        PETERS_NOTE.replace("— ", "—"),
        PETERS_NOTE.replace("PeterNeumann ", "Peter+Neumann "),
        PETERS_NOTE.replace("PeterNeumann ", "Peter Neumann "),
        PETERS_NOTE.replace("PeterNeumann ", " "),
        PETERS_NOTE.replace("If you", "If\tyou"),
        PETERS_NOTE.replace("\n", "\r\n"),
        PETERS_NOTE.replace("x08go/", "x08go_"),
        PETERS_NOTE.replace("nAM=", "nAN="),  # other spare bits, the same bytes
        PETERS_NOTE.replace("nAM=", "nAM"),
        "text\n\n— name AAAA\n",  # shorter than a key's number
        "text\n\n— name AAAAAA==\n",  # no signature behind the number
        "text\n\n" + PETERS_LINE * 101,
        PETERS_TEXT.encode() + b"\xff\n\n" + PETERS_LINE.encode(),
        "\ud800\n\n" + PETERS_LINE,
    ],
)
def test_what_is_no_note(note):
    assert why(open_note, note, [read_vkey(PETER)]) == "form"


@pytest.mark.parametrize("text", ["", "no newline", "tab\t\n", "bell\x07\n", "return\r\n", "\ud800\n"])
def test_what_cannot_be_signed(text):
    assert why(sign_note, text, [VILLAGE]) == "form"


def test_a_note_needs_a_signature():
    assert why(sign_note, "text\n", []) == "unsigned"


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("village.example/log", True),
        ("القرية", True),
        ("", False),
        ("two words", False),
        ("two\u00a0words", False),
        ("two\u2003words", False),
        ("one+one", False),
        ("line\n", False),
    ],
)
def test_names_of_keys(name, fit):
    assert is_key_name(name) is fit
    if not fit:
        assert why(Verifier, name, ROOT) == "key"


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        PETER.replace("c74f20a3", "c74f20a4"),
        PETER.replace("c74f20a3", "C74F20A3"),
        PETER.replace("PeterNeumann", "PaulNeumann"),
        PETER.replace("PeterNeumann", "Peter Neumann"),
        PETER.replace("+ARpc", "+BBpc"),  # type 4: a cosignature's key
        PETER[:-4],
        PETER + "=",
    ],
)
def test_what_is_no_key(vkey):
    assert why(read_vkey, vkey) == "key"


@pytest.mark.parametrize(
    "checkpoint",
    [
        Checkpoint("village.example/log", 0, ROOT),
        Checkpoint("قرية", 2**64 - 1, ROOT, ("more", "and more")),
        Checkpoint("a name with spaces", 1, ROOT),
    ],
)
def test_checkpoints_come_back(checkpoint):
    note = sign_note(checkpoint.text(), [VILLAGE])
    assert open_checkpoint(note, [VILLAGE.verifier()]) == checkpoint
    assert open_checkpoint(note, [VILLAGE.verifier()], checkpoint.origin) == checkpoint
    assert why(open_checkpoint, note, [VILLAGE.verifier()], "another.example/log") == "checkpoint"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n",
        "origin\n1\n",
        f"origin\n1\n{base64.b64encode(ROOT).decode()}",
        f"\n1\n{base64.b64encode(ROOT).decode()}\n",
        f"origin\n01\n{base64.b64encode(ROOT).decode()}\n",
        f"origin\n+1\n{base64.b64encode(ROOT).decode()}\n",
        f"origin\n-1\n{base64.b64encode(ROOT).decode()}\n",
        f"origin\n١\n{base64.b64encode(ROOT).decode()}\n",
        f"origin\n{2**64}\n{base64.b64encode(ROOT).decode()}\n",
        f"origin\n1\n{base64.b64encode(ROOT[:31]).decode()}\n",
        f"origin\n1\n{base64.b64encode(ROOT).decode()[:-1]}\n",
        f"origin\n1\n{base64.b64encode(ROOT).decode()}\n\nextension\n",
    ],
)
def test_what_is_no_checkpoint(text):
    assert why(read_checkpoint, text) == "checkpoint"


@pytest.mark.parametrize(
    "checkpoint",
    [Checkpoint("", 1, ROOT), Checkpoint("a\nb", 1, ROOT), Checkpoint("a", -1, ROOT), Checkpoint("a", 1, b"short")],
)
def test_what_cannot_be_a_checkpoint_is_not_written(checkpoint):
    assert why(checkpoint.text) == "checkpoint"


def test_a_note_holds_what_was_verified_apart_from_what_was_not():
    note = open_note(sign_note("text\n", [VILLAGE, JURY]), [VILLAGE.verifier()])
    assert note == Note("text\n", note.verified, note.unverified)
    assert {signature.name for signature in note.verified} == {VILLAGE.name}


def why(call, *arguments) -> str:
    with pytest.raises(BadNote) as refused:
        call(*arguments)
    return refused.value.why
