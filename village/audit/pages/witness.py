"""Witnesses: the page of their tablets, their list with the invitations, and what is carried to them by hand."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

from flask import make_response, redirect, url_for
from flask_babel import gettext as _

from village.audit import actions, queries
from village.audit.forms import BeaconForm, BringForm, WitnessForm
from village.audit.keys import log_verifiers
from village.audit.pages.shared import bp, zone
from village.audit.pages.tablet_words import tablet_words
from village.audit.words import KINDS
from village.kit import qr
from village.kit.assets import read_asset
from village.kit.db import db
from village.kit.guard import public, requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, keys, limiter, page, parts, say_done, say_refused, wired

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from village.audit.queries import WitnessRow

_CARRIED = re.compile(r"\s*([1-9][0-9]{0,14})\s+(?:\S+\s+)?(\S+)\s+([A-Za-z0-9+/]+={0,2})\s*", re.ASCII)


@bp.get("/witness")
@public
@limiter.limit("60 per minute")
def witness() -> Response:
    """The page that a witness's tablet keeps open: its key, the heads it signs, and an alarm where the log lies."""
    return page("audit/witness.html", words=tablet_words())


@bp.get("/witness/worker.js")
@public
def witness_worker() -> Response:
    """Serve the script that keeps the tablet's page; a browser asks for it at an address above that page."""
    answer = make_response(read_asset("witness-worker.js"))
    answer.mimetype = "text/javascript"
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Service-Worker-Allowed"] = url_for("audit.witness")
    return answer


@bp.get("/log/witnesses")
@public
@limiter.limit("60 per minute")
def witnesses() -> Response:
    """Who keeps the log's heads outside, with their keys, so that anybody can check what they signed."""
    return _witnesses(WitnessForm(formdata=None))


@bp.post("/log/witnesses/new")
@requires("witnesses.manage")
def invite() -> Response:
    """Invite a witness; the code is shown once."""
    form = WitnessForm()
    if not form.validate():
        return _witnesses(form)
    try:
        with deed() as opened:
            code = actions.invite_witness(
                opened,
                name=form.name.data,
                kind=form.kind.data,
                label_ar=form.label_ar.data,
                label_fr=form.label_fr.data,
            )
    except Refusal as refusal:
        return _witnesses(form, refusal)
    return _invited(code, form.name.data)


@bp.post("/log/witnesses/<int:witness_id>/code")
@requires("witnesses.manage")
def renew(witness_id: int) -> Response:
    """Give a witness that has not enrolled a new code."""
    with deed() as opened:
        code = actions.renew_invitation(opened, witness_id=witness_id)
    row = next(row for row in queries.list_witnesses(db.session()) if row.id == witness_id)
    return _invited(code, row.name)


@bp.post("/log/witnesses/<int:witness_id>/retire")
@requires("witnesses.manage")
def retire(witness_id: int) -> Response:
    """Hear a witness no more."""
    with deed() as opened:
        actions.retire_witness(opened, witness_id=witness_id)
    say_done(_("The witness is heard no more. What it signed stays good."))
    return redirect(url_for("audit.witnesses"))


@bp.post("/log/witnesses/bring")
@requires("audit.read")
def bring() -> Response:
    """Take in a signature that was carried here from a tablet without connection."""
    form = BringForm()
    found = _CARRIED.fullmatch(form.line.data or "") if form.validate() else None
    if found is None:
        say_refused(Refusal("cosignature_unreadable"))
        return redirect(url_for("audit.witnesses"))
    size, name, signature = found.groups()
    with deed() as opened:
        new = actions.take_cosignature(opened, size=int(size), line=f"\u2014 {name} {signature}\n")
    say_done(_("The signature is kept.") if new else _("This signature was kept already."))
    return redirect(url_for("audit.witnesses"))


@bp.post("/log/beacon")
@requires("audit.read")
def beacon() -> Response:
    """Note a round of the public beacon in the log: whatever follows was written after it."""
    form = BeaconForm()
    if not form.validate():
        return _witnesses(WitnessForm(formdata=None), None, form)
    try:
        with deed() as opened:
            actions.note_beacon(
                opened, round=form.round.data or 0, signature=form.signature.data, check=wired("check_beacon")
            )
    except Refusal as refusal:
        return _witnesses(WitnessForm(formdata=None), refusal, form)
    say_done(_("The beacon is noted in the log."))
    return redirect(url_for("audit.witnesses"))


@bp.get("/log/wall")
@public
@limiter.limit("120 per minute")
def wall() -> Response:
    """The seal as large as the wall of the hall: to be photographed, and read by a telephone."""
    return page("audit/wall.html", **_sealed())


@bp.get("/log/carry/<int:since>")
@public
@limiter.limit("60 per minute")
def carry(since: int) -> Response:
    """The seal with the proof from an earlier one, for a tablet without connection: its number says from where."""
    found = _sealed()
    seal = found["seal"]
    if seal is None:
        raise Refusal("audit_checkpoint_not_found")
    text = seal.note
    if 0 < since < seal.size:
        proof = queries.get_consistency(db.session(), since, seal.size)
        lines = [f"old {since}", *(base64.b64encode(each).decode() for each in proof.path)]
        text = "\n".join(lines) + "\n\n" + seal.note
    symbol = qr.svg(qr.text_matrix(text), _("The seal with its proof"))
    return page("audit/carry.html", since=since, text=text, symbol=symbol, **found)


def _sealed() -> dict[str, Any]:
    session = db.session()
    seal = queries.latest_checkpoint(session)
    known = queries.list_witnesses(session, enrolled_only=True)
    vkeys = [row.vkey for row in known if row.vkey]
    return {
        "seal": seal,
        # Version 10: what the camera of a plain telephone reads across a hall.
        "seal_symbol": qr.svg(qr.text_matrix(seal.note, largest=qr.side(10)), _("The signed seal")) if seal else None,
        "count": queries.count_cosignatures(session, seal.size, vkeys) if seal else 0,
        "known": known,
        "zone": zone(),
    }


def _witnesses(form: WitnessForm, refusal: Refusal | None = None, beacon_form: BeaconForm | None = None) -> Response:
    session, lang = db.session(), current_lang()
    seal = queries.latest_checkpoint(session)
    facts: dict[str, Any] = {
        "rows": [(row, KINDS[row.kind].say(lang) if row.kind in KINDS else row.kind) for row in _rows()],
        "seal": seal,
        "bring_form": BringForm(formdata=None),
        "beacon_form": beacon_form or BeaconForm(formdata=None),
        "vkeys": [verifier.vkey() for verifier in log_verifiers(keys())],
        "zone": zone(),
    }
    wrong = beacon_form or form
    if refusal is not None or wrong.errors:
        return again("audit/witnesses.html", wrong, refusal, witness_form=form, **facts)
    return page("audit/witnesses.html", form=None, witness_form=form, **facts)


def _rows() -> list[WitnessRow]:
    return queries.list_witnesses(db.session())


def _invited(code: str, name: str) -> Response:
    where = url_for("audit.witness")
    # Behind the hash sign: what stands there is never sent to a server, so it is in no log of addresses.
    address = f"{parts().settings.address}{where}#code={code}"
    symbol = qr.svg(qr.text_matrix(address), _("The address with the code"))
    return page("audit/invited.html", code=code, name=name, address=f"{parts().settings.address}{where}", symbol=symbol)
