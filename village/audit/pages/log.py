"""For everybody: what the log is, its seals, and the two checks anybody can make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.audit import actions, queries
from village.audit.forms import LineForm, SealForm
from village.audit.keys import log_origin, log_verifiers
from village.audit.pages.shared import bp, zone
from village.audit.wording import SEALED_BECAUSE
from village.kit.db import db
from village.kit.guard import public, requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, keys, limiter, page, say_done
from village.kit.wording import say_refusal

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from village.audit.queries import CheckpointRow

_SEALS = 8


@bp.get("/log")
@public
@limiter.limit("60 per minute")
def log() -> Response:
    """What the log is, its last seal, and the two checks anybody can make; `number` leads to a line."""
    if "number" not in request.args:
        return _log(LineForm(formdata=None), SealForm(formdata=None))
    form = LineForm(request.args)
    if not form.validate():
        return again("audit/log.html", form, line_form=form, seal_form=SealForm(formdata=None), **_head())
    return redirect(url_for("audit.line", number=form.number.data))


@bp.get("/log/compare")
@public
@limiter.limit("60 per minute")
def compare() -> Response:
    """Whether the log still begins with the lines of a seal that somebody kept."""
    form = SealForm(request.args)
    if not form.validate():
        return again("audit/log.html", form, line_form=LineForm(formdata=None), seal_form=form, **_head())
    session, size = db.session(), form.size.data or 0
    try:
        proof = queries.get_consistency(session, size)
    except Refusal as refusal:
        said = say_refusal(refusal, current_lang())
        return page("audit/compared.html", 404, proof=None, said=said, size=size, typed=form.hash.data)
    same = proof.old_root.hex().startswith(form.hash.data or "?")
    return page("audit/compared.html", proof=proof, same=same, size=size, typed=form.hash.data)


@bp.post("/log/seal")
@requires("audit.read")
def seal() -> Response:
    """Seal the log as it stands."""
    with deed() as opened:
        made = actions.make_checkpoint(opened, keys(), "asked")
    say_done(_("The log is sealed at line %(number)s.", number=made.size))
    return redirect(url_for("audit.log"))


def _log(line_form: LineForm, seal_form: SealForm) -> Response:
    return page("audit/log.html", line_form=line_form, seal_form=seal_form, form=None, **_head())


def _head() -> dict[str, Any]:
    session = db.session()
    seals = queries.list_checkpoints(session, _SEALS)
    known = queries.list_witnesses(session, enrolled_only=True)
    vkeys = [row.vkey for row in known if row.vkey]
    return {
        "note": queries.cosigned_note(session, seals[0].size) if seals else "",
        "witnesses": len(known),
        "cosigned": queries.count_cosignatures(session, seals[0].size, vkeys) if seals else 0,
        "stamps": queries.list_timestamps(session, size=seals[0].size) if seals else [],
        "head": queries.get_head(session),
        "seal": seals[0] if seals else None,
        "seals": [(each, _why(each)) for each in seals],
        "origin": log_origin(keys()),
        "vkey": log_verifiers(keys())[0].vkey(),
        "zone": zone(),
    }


def _why(seal: CheckpointRow) -> str:
    """Say why a head was sealed; a reason nobody worded is shown as its code."""
    words = SEALED_BECAUSE.get(seal.reason) or SEALED_BECAUSE.get(seal.reason.partition(".")[0])
    return words.say(current_lang()) if words else seal.reason
