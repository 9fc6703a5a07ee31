"""Pages of the witnesses: who may invite, what everybody sees, what is carried by hand."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.draw_bundles import ROUNDS
from tests.factories import make_edition
from village.audit import merkle, notes
from village.audit.actions import keep_timestamp, make_checkpoint, record
from village.audit.queries import EntryFilter, list_entries, list_witnesses
from village.kit.db import db
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

pytestmark = pytest.mark.sqlite_only
LANGS = ("ar", "fr", "en")
KEY = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}")
INVITATION = {"kind": "officer", "label_ar": "مفوض قضائي", "label_fr": "Huissier", "name": "Officer-1 "}


def signer(time: int) -> notes.Signer:
    return notes.Signer("officer-1", KEY.public_key().public_bytes_raw(), KEY.sign, time)


@pytest.fixture
def fair(app: Flask, act: Callable) -> None:
    with act() as deed:
        make_edition(deed)


def seal(app: Flask, act: Callable) -> str:
    with act() as deed, app.app_context():
        for number in range(5):
            record(deed, "draw.called", "draw:DR1", {"call": number})
        return make_checkpoint(deed, parts().keys, "asked").note


def size_of(note: str) -> int:
    return notes.read_checkpoint(notes.split_note(note)[0]).size


def invite(post: Callable, client: FlaskClient) -> str:
    answer = post(client, "/fr/log/witnesses/new", INVITATION)
    assert answer.status_code == 200
    assert "<svg" in answer.text
    found = CODE.search(answer.text)
    assert found
    return found.group()


def test_a_witness_is_invited_enrolled_heard_and_retired(app, act, clock, client, sign_in, post, fair) -> None:
    note = seal(app, act)
    sign_in(client, "auditor")
    code = invite(post, client)
    assert code not in client.get("/fr/log/witnesses").text
    stranger = app.test_client()
    told = stranger.post("/api/v1/audit/witness/invitation", json={"code": code.lower()}).get_json()
    assert (told["name"], told["label_fr"]) == ("officer-1", "Huissier")
    assert [notes.read_vkey(vkey).name for vkey in told["vkeys"]] == [told["origin"]]
    time = int(clock.now().timestamp())
    vkey = signer(time).verifier().vkey()
    assert stranger.post("/api/v1/audit/witness/enrol", json={"code": code, "vkey": vkey}).status_code == 200
    again = stranger.post("/api/v1/audit/witness/enrol", json={"code": code, "vkey": vkey})
    assert (again.status_code, again.get_json()["code"]) == (409, "witness_code_unknown")

    line = signer(time).signature(notes.split_note(note)[0]).line()
    size = size_of(note)
    sent = {"size": size, "line": line}
    assert [stranger.post("/api/v1/audit/cosignatures", json=sent).get_json() for _ in range(2)] == [
        {"new": True},
        {"new": False},
    ]
    assert stranger.get("/api/v1/audit/checkpoint.txt").text == note + line
    assert stranger.get("/api/v1/audit/checkpoint").get_json()["note"] == note + line
    heads = stranger.get(f"/api/v1/audit/heads?since={size}").get_json()
    assert (heads["size"], [head["note"] for head in heads["heads"]]) == (size, [note + line])
    assert stranger.get(f"/api/v1/audit/heads?since={size + 1}").get_json()["heads"] == []
    for lang in LANGS:
        for page in ("log", "log/wall", "log/witnesses", "witness"):
            assert stranger.get(f"/{lang}/{page}").status_code == 200
        assert line[-20:-2] in stranger.get(f"/{lang}/log").text
        assert vkey in stranger.get(f"/{lang}/log/witnesses").text
    assert post(client, "/fr/log/witnesses/1/retire", follow_redirects=True).status_code == 200
    with app.app_context():
        assert list_witnesses(db.session(), enrolled_only=True) == []


def test_a_signature_carried_by_hand_is_taken_in(app, act, clock, client, sign_in, post, fair) -> None:
    sign_in(client, "organiser")
    code = invite(post, client)
    time = int(clock.now().timestamp())
    vkey = signer(time).verifier().vkey()
    client.post("/api/v1/audit/witness/enrol", json={"code": code, "vkey": vkey})
    first = seal(app, act)
    post(client, "/fr/log/witnesses/bring", {"line": "nonsense"})
    size = size_of(first)
    line = signer(time).signature(notes.split_note(first)[0]).line()
    # The long dash is lost by some keyboards, the line end by most forms.
    answer = post(
        client,
        "/fr/log/witnesses/bring",
        {"line": f"{size} {line.strip().replace(chr(0x2014), '-')}"},
        follow_redirects=True,
    )
    assert answer.status_code == 200
    assert client.get("/api/v1/audit/checkpoint.txt").text == first + line

    # What is carried to a tablet: an old size, the proof, an empty line, the head (C2SP tlog-witness).
    second = seal(app, act)
    text = client.get(f"/fr/log/carry/{size}").text
    body = text[text.index("old ") : text.index("</pre>")]
    top, _, head = body.partition("\n\n")
    old, *path = top.split("\n")
    assert (old, head) == (f"old {size}", second)
    grown = notes.read_checkpoint(notes.split_note(second)[0])
    before = notes.read_checkpoint(notes.split_note(first)[0])
    hashes = [notes.signed.from_base64(each) for each in path]
    assert merkle.verify_consistency(before.size, grown.size, hashes, before.root, grown.root)
    assert "old " not in client.get("/fr/log/carry/0").text


def test_who_may_do_what(app, client, sign_in, post, fair) -> None:
    deeds = ("new", "1/code", "1/retire", "bring")
    for role in (None, "juror", "exhibitor"):
        if role:
            sign_in(client, role)
        refused = [post(client, f"/fr/log/witnesses/{deed}", INVITATION).status_code for deed in deeds]
        assert set(refused) <= {302, 401, 403}
        assert 'action="/fr/log/witnesses/new"' not in client.get("/fr/log/witnesses").text
    with app.app_context():
        assert list_witnesses(db.session()) == []


def test_what_is_no_invitation_comes_back_as_typed(app, client, sign_in, post, fair) -> None:
    sign_in(client, "organiser")
    wrong = {**INVITATION, "name": "شاهد"}
    for lang in LANGS:
        answer = post(client, f"/{lang}/log/witnesses/new", wrong)
        assert answer.status_code == 409
        assert "شاهد" in answer.text
    assert post(client, "/fr/log/witnesses/new", {**INVITATION, "label_fr": ""}).status_code == 422
    invite(post, client)
    assert post(client, "/fr/log/witnesses/new", INVITATION).status_code == 409
    renewed = post(client, "/fr/log/witnesses/1/code")
    assert CODE.search(renewed.text)


def test_nonsense_is_a_bad_request(client, fair) -> None:
    for path, body, status in (
        ("cosignatures", {"size": "5", "line": "x"}, 400),
        ("cosignatures", {"size": True, "line": "x"}, 400),
        ("cosignatures", {"size": 5}, 400),
        ("cosignatures", {"size": 5, "line": 7}, 400),
        ("cosignatures", {"size": 5, "line": "x" * 1001}, 400),
        ("cosignatures", [], 400),
        ("cosignatures", {"size": 5, "line": "— nobody AAAA\n"}, 404),
        ("witness/invitation", {"code": "AAAA-AAAA-AAAA"}, 409),
        ("witness/invitation", {}, 400),
        ("witness/enrol", {"code": "AAAA-AAAA-AAAA"}, 400),
    ):
        assert client.post(f"/api/v1/audit/{path}", json=body).status_code == status, (path, body)


def test_the_time_stamp_of_a_seal_is_shown_and_given_out(app, act, clock, client, fair) -> None:
    assert client.get("/api/v1/audit/timestamp.tsr").status_code == 404
    size = size_of(seal(app, act))
    with act() as deed:
        keep_timestamp(
            deed,
            size=size,
            authority="https://hour.example/",
            token=b"der",
            stamped_at=clock.now() + timedelta(seconds=2),
        )
    answer = client.get(f"/api/v1/audit/timestamp.tsr?size={size}")
    assert (answer.data, answer.mimetype) == (b"der", "application/timestamp-reply")
    assert client.get(f"/api/v1/audit/timestamp.tsr?size={size - 1}").status_code == 404
    for lang in LANGS:
        assert f"/api/v1/audit/timestamp.tsr?size={size}" in client.get(f"/{lang}/log").text


def test_a_round_of_the_beacon_is_noted_once_it_was_verified(app, client, sign_in, post, fair) -> None:
    """Round 1000 of drand quicknet, as published; typed in groups, and with one digit wrong."""
    sign_in(client, "auditor")
    good = ROUNDS[1000]
    typed = " ".join(good[at : at + 8] for at in range(0, len(good), 8)).upper()
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    for lang in LANGS:
        assert post(client, f"/{lang}/log/beacon", {"round": "1000", "signature": wrong}).status_code == 409
    assert post(client, "/fr/log/beacon", {"round": "1001", "signature": good}).status_code == 409
    assert post(client, "/fr/log/beacon", {"round": "", "signature": good}).status_code == 422
    assert post(client, "/fr/log/beacon", {"round": "1 000", "signature": typed}).status_code == 302
    with app.app_context():
        (line,) = list_entries(db.session(), EntryFilter(code="log.beacon_noted")).rows
    assert (line.facts["round"], line.facts["signature"]) == (1000, good)
    assert client.get(f"/fr/log/line/{line.number}").status_code == 200
