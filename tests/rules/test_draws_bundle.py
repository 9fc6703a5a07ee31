"""The stand-alone verifier against whoever touches a bundle: one byte, one field, or everything with care."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import random
import runpy
import time
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from tests.databases import make_schema
from tests.draw_bundles import Plan, Story
from tests.draw_mutants import STORIES, of_bodies, of_bytes, of_fields
from tests.draws import Hall, make_hall
from village.draws import queries, verify_draw
from village.draws.rules.verifier import FILE, PAST, archived_verifier
from village.kit.canonical import dumps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Bundle = dict[str, Any]


@pytest.fixture(scope="module", autouse=True)
def each_sum_once() -> Iterator[None]:
    """Touched bundles share signatures and rounds: each is checked once for all tests of this file."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("paired", "signed"):
            patch.setattr(verify_draw, name, cache(getattr(verify_draw, name)))
        yield


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[bytes, dict[str, Any], Hall]]:
    """The bundle and the keys of one draw."""
    folder = tmp_path_factory.mktemp("draw")
    url = f"sqlite:///{folder / 'village.db'}"
    make_schema(url)
    engine = sa.create_engine(url)
    hall = make_hall(engine, folder)
    hall.play_until("conclude")
    with Session(engine) as session:
        bundle = queries.make_bundle(session, hall.draw_id)
        pins = json.loads(queries.make_pins(session, hall.draw_id))
    yield bundle, pins, hall
    engine.dispose()


@pytest.fixture
def bundle(drawn: tuple[bytes, dict[str, Any], Hall]) -> Bundle:
    """The bundle as a value that a test may change."""
    found: Bundle = json.loads(drawn[0])
    return found


def refusal_of(bundle: Bundle | bytes, pins: dict[str, Any] | None = None) -> str:
    """Give the code with which a bundle is refused; "exact" where it is not."""
    try:
        verify_draw.verify(bundle if isinstance(bundle, bytes) else dumps(bundle), pins)
    except verify_draw.Refused as refused:
        return refused.code
    return "exact"


def test_the_bundle_is_exact(drawn: tuple[bytes, dict[str, Any], Hall]) -> None:
    assert refusal_of(drawn[0]) == refusal_of(drawn[0], drawn[1]) == "exact"


@pytest.mark.parametrize("name", STORIES)
def test_whatever_is_touched_is_refused(name: str) -> None:
    """Every field of the bundle, every field of every line, and 250 places of the raw bytes; with pinned keys."""
    story = STORIES[name]()
    whole, pins = story.publish(), story.pins()
    assert refusal_of(whole, pins) == "exact"

    touched = itertools.chain(of_fields(whole, 2), of_bodies(whole, 1), of_bytes(whole, 250))

    assert [mutant for mutant in touched if refusal_of(mutant, pins) == "exact"] == []


def test_a_bundle_of_the_village_is_refused_at_every_altered_byte(drawn: tuple[bytes, dict[str, Any], Hall]) -> None:
    whole, pins, _ = drawn

    assert [mutant for mutant in of_bytes(whole, 200) if refusal_of(mutant, pins) == "exact"] == []


@pytest.mark.parametrize(
    "respell",
    [
        lambda text: text + "\n",
        lambda text: " " + text,
        lambda text: text.replace('"log"', '"\\u006cog"', 1),
        lambda text: text.replace(',"log"', ', "log"', 1),
        lambda text: text.replace('"bundle":', '"bundle":"x","bundle":', 1),
        lambda text: text.replace('"index":', '"index":1e0,"index":', 1),
        lambda text: "\ufeff" + text,
        lambda text: json.dumps(json.loads(text), ensure_ascii=False),
        lambda text: json.dumps(json.loads(text), ensure_ascii=True, separators=(",", ":"), sort_keys=True) + " ",
    ],
)
def test_any_other_spelling_is_not_canonical(
    respell: Callable[[str], str], drawn: tuple[bytes, dict[str, Any], Hall]
) -> None:
    assert refusal_of(respell(drawn[0].decode()).encode()) == "not_canonical"


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{}", b"\xff", b"1" * 5000, b"[" * 100_000, b'{"bundle":1}'])
def test_what_is_no_bundle_is_refused_without_a_crash(data: bytes) -> None:
    assert refusal_of(data) in {"not_canonical", "wrong_version"}


def _without(step: str) -> Callable[[Bundle], None]:
    def change(bundle: Bundle) -> None:
        bundle["entries"] = [each for each in bundle["entries"] if f'"code":"draw.{step}"' not in each["body"]]

    return change


def _swap_heads(bundle: Bundle) -> None:
    bundle["checkpoints"][0], bundle["checkpoints"][1] = bundle["checkpoints"][1], bundle["checkpoints"][0]


def _swap_lines(bundle: Bundle) -> None:
    bundle["entries"][1], bundle["entries"][2] = bundle["entries"][2], bundle["entries"][1]


ATTACKS: list[tuple[str, Callable[[Bundle], Any], str]] = [
    ("a ticket taken out", lambda b: b["tickets"].pop(3), "list_altered"),
    ("a ticket put in", lambda b: b["tickets"].append({"group": None, "id": "TZZZZ"}), "list_altered"),
    ("a ticket for a friend", lambda b: b["tickets"][2].update(id="TAAAAAAAAAAAAAAAA"), "list_altered"),
    ("another group", lambda b: b["tickets"][2].update(group=None), "list_altered"),
    ("the list shuffled", lambda b: b["tickets"].reverse(), "list_altered"),
    ("an exclusion hidden", lambda b: b["exclusions"].pop(), "exclusions_altered"),
    ("another reason", lambda b: b["exclusions"][0].update(reasons=["declined"]), "exclusions_altered"),
    ("an envelope dropped", lambda b: b["entries"].pop(1), "envelope_missing"),
    ("a count dropped", _without("counted"), "counts_differ"),
    ("the openings dropped", _without("envelope_opened"), "envelope_missing"),
    ("the reveal dropped", _without("revealed"), "steps_missing"),
    ("the result dropped", _without("concluded"), "steps_missing"),
    ("the commitment dropped", _without("committed"), "steps_missing"),
    ("a head dropped", lambda b: b["checkpoints"].pop(), "heads_missing"),
    ("heads in another order", _swap_heads, "log_rewritten"),
    ("proofs in another order", lambda b: b["consistency"].reverse(), "log_rewritten"),
    ("lines in another order", _swap_lines, "steps_out_of_order"),
    ("a line said twice", lambda b: b["entries"].insert(2, b["entries"][1]), "steps_out_of_order"),
    ("a line of no log", lambda b: b["entries"][3].update(index=0), "entry_not_in_log"),
    ("one more part", lambda b: b.update(note="trust us"), "not_canonical"),
    ("one more part of a line", lambda b: b["entries"][0].update(note="trust us"), "not_canonical"),
    ("another version", lambda b: b.update(bundle="village-draw/2"), "wrong_version"),
]


@pytest.mark.parametrize(("what", "attack", "code"), ATTACKS, ids=[what for what, _, _ in ATTACKS])
def test_an_attack_has_its_own_code(what: str, attack: Callable[[Bundle], Any], code: str, bundle: Bundle) -> None:
    attack(bundle)

    assert refusal_of(bundle) == code


def test_another_log_is_refused_when_keys_are_pinned(drawn: tuple[bytes, dict[str, Any], Hall], bundle: Bundle) -> None:
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    _, pins, _ = drawn

    assert refusal_of(bundle, {**pins, "log": pins["log"][:-4] + "AAA="}) == "keys_not_pinned"
    assert refusal_of(bundle, {**pins, "seats": {**pins["seats"], "juror": other.hex()}}) == "keys_not_pinned"


def test_a_forged_head_is_refused(bundle: Bundle) -> None:
    note = bundle["checkpoints"][2]
    body, _, line = note.rpartition("\n\n")
    mark, name, blob = line.strip().split(" ")
    raw = base64.b64decode(blob)
    forged = Ed25519PrivateKey.generate().sign(f"{body}\n".encode())
    bundle["checkpoints"][2] = f"{body}\n\n{mark} {name} {base64.b64encode(raw[:4] + forged).decode()}\n"

    assert refusal_of(bundle) == "bad_signature"


def test_the_signature_check_agrees_with_the_library() -> None:
    chance = random.Random(14)
    for _ in range(12):
        key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        public, message = key.public_key().public_bytes_raw(), chance.randbytes(chance.randrange(80))
        signature = key.sign(message)
        place = chance.randrange(64)
        wrong = signature[:place] + bytes([signature[place] ^ 1]) + signature[place + 1 :]
        assert verify_draw.signed(public, message, signature)
        assert not verify_draw.signed(public, message + b".", signature)
        assert not verify_draw.signed(public, message, wrong)


def test_a_signature_with_a_greater_scalar_is_refused() -> None:
    """S + L verifies the same equation; accepting it would give a signature a second form (RFC 8032, 5.1.7)."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    signature = key.sign(b"head")
    scalar = int.from_bytes(signature[32:], "little") + verify_draw.ORDER
    again = signature[:32] + scalar.to_bytes(32, "little")

    assert not verify_draw.signed(key.public_key().public_bytes_raw(), b"head", again)


def test_rfc_8032_vectors() -> None:
    """Section 7.1, tests 1 to 3."""
    for public, message, signature in (
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            (
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe2"
                "4655141438e7a100b"
            ),
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            (
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302ae"
                "eb00d291612bb0c00"
            ),
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"  # noqa: ISC004 - one signature
            "c027beceea1ec40a",
        ),
    ):
        assert verify_draw.signed(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))


@pytest.mark.parametrize(
    ("keys", "mode"),
    [
        ("{log}", "pinned"),
        ('{"seats":{}}', "self_consistent"),
        ("{}", "self_consistent"),
        ("[1]", None),
        ("null", None),
    ],
)
def test_only_the_key_of_the_log_pins(
    drawn: tuple[bytes, dict[str, Any], Hall],
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    keys: str,
    mode: str | None,
) -> None:
    (tmp_path / "bundle.json").write_bytes(drawn[0])
    (tmp_path / "keys.json").write_text(keys.replace("{log}", json.dumps({"log": drawn[1]["log"]})), encoding="utf-8")
    arguments = [str(tmp_path / "bundle.json"), "--pin", str(tmp_path / "keys.json"), "--json"]

    if mode is None:
        with pytest.raises(SystemExit, match="2"):
            verify_draw.main(arguments)
        return
    assert verify_draw.main(arguments) == 0
    assert json.loads(capsysbinary.readouterr().out)["mode"] == mode


def test_a_list_is_no_commitment_to_a_list() -> None:
    class Strange(Story):
        def document(self, number: int, previous: str | None) -> dict[str, Any]:
            return {**super().document(number, previous), "tickets": []}

    assert refusal_of(Strange().play().publish()) == "not_canonical"


def test_the_program_is_small_and_stands_alone() -> None:
    source = FILE.read_text(encoding="utf-8")

    assert len(source.encode()) <= 25_000
    assert "village." not in "".join(line for line in source.splitlines() if line.startswith(("import", "from")))


def test_past_verifiers_are_kept_byte_for_byte() -> None:
    kept = [path.name.partition(".")[0] for path in PAST.glob("*.py.gz")]

    assert [hashlib.sha256(archived_verifier(name) or b"").hexdigest() for name in kept] == kept
    assert len(kept) >= 2
    assert archived_verifier("../" + kept[0]) is None


def test_fifteen_hundred_tickets_take_less_than_two_seconds() -> None:
    """With a beacon, cosigned heads, a void and a replacement; in a program of its own that remembers nothing."""
    story = Story(Plan(tickets=1500, beacon=True, quorum=2)).play().void("P1")
    bundle = story.replace("P1").publish()
    program: dict[str, Any] = runpy.run_path(str(FILE), run_name="verify_draw")

    began = time.process_time()
    found = program["verify"](bundle, story.pins())

    assert time.process_time() - began < 2
    assert found["tickets"] == 1500
