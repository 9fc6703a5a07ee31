"""The log for programs: everything needed to verify without trusting the server."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest

from tests.factories import make_edition
from village.audit import merkle, notes
from village.audit.actions import make_checkpoint, record
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

ROOT = "/api/v1/audit"


@pytest.fixture
def log(app: Flask, act: Callable) -> None:
    """Some lines, a seal, and some more lines."""
    with act("system") as deed:
        for number in range(9):
            record(deed, "draw.set_up", f"draw:{number}", {"code": f"DR{number}", "prizes": 1})
        with app.app_context():
            make_checkpoint(deed, parts().keys, "asked")
        record(deed, "badge.revoked", "badge:ab12", {"person": 77})
        record(deed, "draw.set_up", "draw:9", {"code": "DR9", "prizes": 1})


def raw(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def get(client: FlaskClient, path: str, **asked: Any) -> dict[str, Any]:
    answer = client.get(f"{ROOT}/{path}", query_string=asked)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.mimetype == "application/json"
    found: dict[str, Any] = answer.get_json()
    return found


def test_a_stranger_verifies_a_line_with_nothing_but_the_key(client: FlaskClient, log: None) -> None:
    """What a phone does that kept only the verifier key."""
    head = get(client, "checkpoint")
    verifiers = [notes.read_vkey(vkey) for vkey in head["vkeys"]]
    checkpoint = notes.open_checkpoint(head["note"], verifiers, head["origin"])
    assert (checkpoint.size, checkpoint.root) == (head["size"], raw(head["root"]))
    for index in range(checkpoint.size):
        leaf = raw(get(client, f"entries/{index}")["leaf_hash"])
        proof = get(client, "inclusion", index=index, size=checkpoint.size)
        path = [raw(each) for each in proof["proof"]]
        assert raw(proof["leaf_hash"]) == leaf
        assert merkle.verify_inclusion(index, checkpoint.size, leaf, path, checkpoint.root)


@pytest.mark.sqlite_only
def test_the_bytes_of_a_public_line_give_its_hash(client: FlaskClient, log: None) -> None:
    entry = get(client, "entries/2")
    assert entry["body"] is not None
    assert merkle.leaf_hash(entry["body"].encode()) == raw(entry["leaf_hash"])


@pytest.mark.sqlite_only
def test_the_bytes_of_a_personal_line_are_for_auditors(client: FlaskClient, sign_in: Callable, log: None) -> None:
    index = get(client, "checkpoint")["size"]
    assert get(client, f"entries/{index}")["body"] is None
    sign_in(client, "desk")
    assert get(client, f"entries/{index}")["body"] is None
    sign_in(client, "auditor")
    entry = get(client, f"entries/{index}")
    assert '"person":77' in entry["body"]
    assert merkle.leaf_hash(entry["body"].encode()) == raw(entry["leaf_hash"])


def test_a_stranger_verifies_that_the_log_only_grew(client: FlaskClient, log: None) -> None:
    head = get(client, "checkpoint")
    grown = get(client, "consistency", old=head["size"])
    path = [raw(each) for each in grown["proof"]]
    assert grown["old_root"] == head["root"]
    assert grown["new_size"] > grown["old_size"] == head["size"]
    assert merkle.verify_consistency(
        grown["old_size"], grown["new_size"], path, raw(head["root"]), raw(grown["new_root"])
    )
    part = get(client, "consistency", old=2, new=5)
    assert merkle.verify_consistency(
        2, 5, [raw(each) for each in part["proof"]], raw(part["old_root"]), raw(part["new_root"])
    )


@pytest.mark.sqlite_only
def test_the_note_itself_comes_as_text(client: FlaskClient, log: None) -> None:
    head = get(client, "checkpoint")
    for path in (f"{ROOT}/checkpoint.txt", f"{ROOT}/checkpoint.txt?size={head['size']}"):
        answer = client.get(path)
        assert answer.mimetype == "text/plain"
        assert answer.get_data(as_text=True) == head["note"]


def test_what_was_never_there_is_refused(client: FlaskClient, log: None) -> None:
    for path, status, code in (
        ("entries/999", 404, "audit_entry_not_found"),
        ("inclusion?index=999", 404, "audit_entry_not_found"),
        ("inclusion?index=9007199254740991", 404, "audit_entry_not_found"),
        ("inclusion?index=3&size=3", 404, "audit_entry_not_found"),
        ("inclusion?index=0&size=999", 404, "audit_size_not_found"),
        ("consistency?old=0", 409, "audit_size_zero"),
        ("consistency?old=999", 404, "audit_size_not_found"),
        ("consistency?old=5&new=4", 404, "audit_size_not_found"),
        ("consistency?old=1&new=999", 404, "audit_size_not_found"),
        ("checkpoint.txt?size=3", 404, "audit_size_not_found"),
    ):
        answer = client.get(f"{ROOT}/{path}", headers={"Accept-Language": "fr"})
        assert (answer.status_code, answer.get_json()["code"]) == (status, code), path
        assert answer.get_json()["message"] != code


@pytest.mark.sqlite_only
def test_what_is_no_number_is_a_bad_request(client: FlaskClient, log: None) -> None:
    for path in (
        "inclusion",
        "inclusion?index=",
        "inclusion?index=-1",
        "inclusion?index=1.0",
        "inclusion?index=x",
        "inclusion?index=%D9%A3",
        "inclusion?index=" + "9" * 40,
        "inclusion?index=1&size=x",
        "consistency",
        "consistency?old=x",
        "consistency?old=1&new=",
        "checkpoint.txt?size=x",
    ):
        assert client.get(f"{ROOT}/{path}").status_code == 400, path


@pytest.mark.sqlite_only
def test_a_log_without_a_seal_says_so(client: FlaskClient, act: Callable) -> None:
    with act("system") as deed:
        make_edition(deed)
    for path in ("checkpoint", "checkpoint.txt"):
        answer = client.get(f"{ROOT}/{path}")
        assert (answer.status_code, answer.get_json()["code"]) == (404, "audit_checkpoint_not_found")


@pytest.mark.sqlite_only
def test_nothing_is_written_here(client: FlaskClient, log: None) -> None:
    for verb in (client.post, client.put, client.delete, client.patch):
        for path in ("checkpoint", "entries/0", "inclusion", "consistency"):
            assert verb(f"{ROOT}/{path}").status_code in {400, 405}
