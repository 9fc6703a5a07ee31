"""The log for programs: signed heads, entries and proofs as JSON, so that nobody has to trust a page.

Hashes are base64, as in the signed note; indexes count from 0, as in RFC 6962. A witness enrols and cosigns here:
what it sends proves itself, so no sign-in and no form token is asked for.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest

from village.audit import actions, queries
from village.audit.keys import log_origin, log_verifiers
from village.audit.rules import is_public, write_instant
from village.kit.db import db
from village.kit.guard import may, public
from village.kit.refusal import Refusal
from village.kit.web import clock, deed, keys, limiter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.blueprints import BlueprintSetupState

    from village.audit.queries import CheckpointRow

bare = Blueprint("audit_api", __name__, url_prefix="/api/v1/audit")

_RATE = "120 per minute"
_CODE_RATE = "20 per minute"
_GREATEST = 2**53
_HEADS_AT_ONCE = 20
_LONGEST = 1_000


@bare.get("/checkpoint")
@public
@limiter.limit(_RATE)
def checkpoint() -> Response:
    """The newest signed head with the lines of its witnesses, and the keys that may have signed it."""
    row = _latest()
    return jsonify(
        origin=log_origin(keys()),
        size=row.size,
        root=_base64(row.root),
        note=queries.cosigned_note(db.session(), row.size),
        vkeys=_vkeys(),
        reason=row.reason,
        at=write_instant(row.at),
    )


@bare.get("/checkpoint.txt")
@public
@limiter.limit(_RATE)
def checkpoint_note() -> Response:
    """The newest signed head as the C2SP note itself, cosigned; `size` asks for that of an earlier size."""
    size = _number("size", None)
    note = queries.cosigned_note(db.session(), _latest().size if size is None else size)
    return Response(note, mimetype="text/plain")


@bare.get("/timestamp.tsr")
@public
@limiter.limit(_RATE)
def timestamp() -> Response:
    """The time stamp (RFC 3161) of the head of `size` lines, or the newest there is, as its authority gave it."""
    rows = queries.list_timestamps(db.session(), size=_number("size", None), limit=1)
    if not rows:
        raise Refusal("audit_timestamp_not_found")
    return Response(rows[0].token, mimetype="application/timestamp-reply")


@bare.get("/heads")
@public
@limiter.limit(_RATE)
def heads() -> Response:
    """The signed heads of at least `since` lines, shortest first, twenty at once: what a witness walks along."""
    session, since = db.session(), _number("since", 0)
    found = queries.list_cosigned_heads(session, after=since - 1, limit=_HEADS_AT_ONCE)
    latest = queries.latest_checkpoint(session)
    return jsonify(
        origin=log_origin(keys()),
        size=latest.size if latest else 0,
        heads=[
            {"size": head.size, "reason": head.reason, "note": queries.cosigned_note(session, head.size)}
            for head in found
        ],
    )


@bare.post("/witness/invitation")
@public
@limiter.limit(_CODE_RATE)
def invitation() -> Response:
    """Whom a code invites, and which log it is about; the code itself is kept as its hash only."""
    row = queries.get_invitation(db.session(), _text("code"), clock().now())
    return jsonify(
        name=row.name, label_ar=row.label_ar, label_fr=row.label_fr, origin=log_origin(keys()), vkeys=_vkeys()
    )


@bare.post("/witness/enrol")
@public
@limiter.limit(_CODE_RATE)
def enrol() -> Response:
    """Enrol the key that a tablet made."""
    code, vkey = _text("code"), _text("vkey")
    with deed() as opened:
        witness = actions.enrol_witness(opened, code=code, vkey=vkey, log_keys=log_verifiers(keys()))
    return jsonify(witness=witness)


@bare.post("/cosignatures")
@public
@limiter.limit(_RATE)
def cosignatures() -> Response:
    """Take a witness's signature line about the head of `size` lines; it proves itself."""
    body = _body()
    size, line = body.get("size"), _text("line")
    if type(size) is not int or not 0 < size < _GREATEST:
        raise BadRequest("size must be a whole number")
    with deed() as opened:
        new = actions.take_cosignature(opened, size=size, line=line)
    return jsonify(new=new)


@bare.record_once
def _ask_for_no_token(state: BlueprintSetupState) -> None:
    """Let programs in that have no form: nothing here is done by force of a cookie."""
    for view in (invitation, enrol, cosignatures):
        state.app.extensions["csrf"].exempt(view)


@bare.get("/entries/<int:index>")
@public
@limiter.limit(_RATE)
def entry(index: int) -> Response:
    """A line: its hash for everybody, its bytes for auditors (and for everybody where they concern no person)."""
    row = queries.get_entry(db.session(), index)
    readable = is_public(row.code) or may("audit.read")
    return jsonify(index=row.index, leaf_hash=_base64(row.leaf_hash), body=row.body.decode() if readable else None)


@bare.get("/inclusion")
@public
@limiter.limit(_RATE)
def inclusion() -> Response:
    """Prove that the line `index` is in the log of `size` lines (now, when left out)."""
    index = _number("index")
    proof = queries.get_inclusion(db.session(), index, _number("size", None))
    return jsonify(
        index=proof.index,
        size=proof.size,
        leaf_hash=_base64(proof.leaf_hash),
        root=_base64(proof.root),
        proof=_all_base64(proof.path),
    )


@bare.get("/consistency")
@public
@limiter.limit(_RATE)
def consistency() -> Response:
    """Prove that the log of `old` lines is the beginning of that of `new` lines (now, when left out)."""
    old = _number("old")
    proof = queries.get_consistency(db.session(), old, _number("new", None))
    return jsonify(
        old_size=proof.old_size,
        new_size=proof.new_size,
        old_root=_base64(proof.old_root),
        new_root=_base64(proof.new_root),
        proof=_all_base64(proof.path),
    )


def _latest() -> CheckpointRow:
    row = queries.latest_checkpoint(db.session())
    if row is None:
        raise Refusal("audit_checkpoint_not_found")
    return row


def _vkeys() -> list[str]:
    return [verifier.vkey() for verifier in log_verifiers(keys())]


def _body() -> dict[str, Any]:
    body = request.get_json()
    if not isinstance(body, dict):
        raise BadRequest("the body must be a JSON object")
    return body


def _text(name: str) -> str:
    text = _body().get(name)
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise BadRequest(f"{name} must be a text")
    return text


def _number(name: str, default: Any = ...) -> Any:
    """Read a number of the query; BadRequest when it is none, or missing where it must be."""
    text = request.args.get(name)
    if text is None and default is not ...:
        return default
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > len(str(_GREATEST)):
        raise BadRequest(f"{name} must be a whole number")
    return int(text)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _all_base64(hashes: Iterable[bytes]) -> list[str]:
    return [_base64(each) for each in hashes]
