"""The log for programs: signed head, entries and proofs as JSON, so that nobody has to trust a page.

Hashes are base64, as in the signed note; indexes count from 0, as in RFC 6962.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest

from village.audit import queries
from village.audit.keys import log_origin, log_verifiers
from village.audit.rules import is_public, write_instant
from village.kit.db import db
from village.kit.guard import may, public
from village.kit.refusal import Refusal
from village.kit.web import keys, limiter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from village.audit.queries import CheckpointRow

bare = Blueprint("audit_api", __name__, url_prefix="/api/v1/audit")

_RATE = "120 per minute"
_GREATEST = 2**53


@bare.get("/checkpoint")
@public
@limiter.limit(_RATE)
def checkpoint() -> Response:
    """The newest signed head, and the keys that may have signed it."""
    row = _latest()
    return jsonify(
        origin=log_origin(keys()),
        size=row.size,
        root=_base64(row.root),
        note=row.note,
        vkeys=[verifier.vkey() for verifier in log_verifiers(keys())],
        reason=row.reason,
        at=write_instant(row.at),
    )


@bare.get("/checkpoint.txt")
@public
@limiter.limit(_RATE)
def checkpoint_note() -> Response:
    """The newest signed head as the C2SP note itself; `size` asks for that of an earlier size."""
    size = _number("size", None)
    row = _latest() if size is None else queries.find_checkpoint(db.session(), size)
    if row is None:
        raise Refusal("audit_size_not_found", {"size": size})
    return Response(row.note, mimetype="text/plain")


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
