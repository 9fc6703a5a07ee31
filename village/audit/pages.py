"""Pages of the log: for everybody its seal and the checks, for auditors its lines in their own language."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _

from village.audit import actions, queries
from village.audit.forms import FilterForm, LineForm, SealForm
from village.audit.keys import log_origin, log_verifiers
from village.audit.queries import EntryFilter
from village.audit.rules import is_public
from village.audit.wording import SEALED_BECAUSE
from village.kit.clock import instant
from village.kit.db import db
from village.kit.guard import may, public, requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, edition, keys, limiter, page, say_done, wired
from village.kit.wording import say_deed, say_refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from werkzeug.wrappers import Response

    from village.audit.queries import CheckpointRow, EntryRow, InclusionProof
    from village.kit.i18n import Lang

bp = Blueprint("audit", __name__)

_SEALS = 8
_HOME_ZONE = "Africa/Casablanca"


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


@bp.get("/log/line/<int:number>")
@public
@limiter.limit("60 per minute")
def line(number: int) -> Response:
    """One line: that it is in the log and sealed; what it says, for those who may read it."""
    session, lang = db.session(), current_lang()
    entry = queries.get_entry(session, number - 1)
    seal = queries.latest_checkpoint(session)
    sealed = seal is not None and seal.size >= number
    proof = queries.get_inclusion(session, number - 1, seal.size if seal and sealed else None)
    readable = is_public(entry.code) or may("audit.read")
    return page(
        "audit/line.html",
        entry=entry,
        proof=proof,
        seal=seal if sealed else None,
        said=_say(entry, lang) if readable else None,
        who=_names([entry])[entry.actor] if readable else None,
        total=queries.get_head(session).size,
        zone=_zone(),
        steps=_steps(proof),
    )


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


@bp.get("/log/lines")
@requires("audit.read")
def lines() -> Response:
    """The lines in the reader's language, newest first, found by what, to what, by whom and when."""
    session, lang = db.session(), current_lang()
    form = FilterForm(request.args)
    form.code.choices = [
        ("", _("All deeds")),
        *((code, say_deed(code, {}, current_lang())) for code in queries.list_codes(session)),
    ]
    if not form.validate():
        return again("audit/lines.html", form, rows=[], older=None, total=queries.get_head(session).size)
    wanted = EntryFilter(
        code=form.code.data or None,
        thing=form.thing.data or None,
        actor=form.actor.data or None,
        since=_start(form.since.data),
        until=_start(form.until.data, days=1),
    )
    found = queries.list_entries(session, wanted, before=form.before.data)
    names = _names(found.rows)
    rows = [{"entry": row, "said": _say(row, lang), "who": names[row.actor]} for row in found.rows]
    asked: dict[str, Any] = {key: value for key, value in request.args.items() if key in form and value}
    asked.pop("before", None)
    older = url_for("audit.lines", **asked, before=found.older) if found.older else None
    newest = url_for("audit.lines", **asked) if form.before.data else None
    return page(
        "audit/lines.html",
        form=form,
        rows=rows,
        older=older,
        newest=newest,
        asked=asked,
        zone=_zone(),
        total=queries.get_head(session).size,
    )


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
    return {
        "head": queries.get_head(session),
        "seal": seals[0] if seals else None,
        "seals": [(each, _why(each)) for each in seals],
        "origin": log_origin(keys()),
        "vkey": log_verifiers(keys())[0].vkey(),
        "zone": _zone(),
    }


def _why(seal: CheckpointRow) -> str:
    """Say why a head was sealed; a reason nobody worded is shown as its code."""
    words = SEALED_BECAUSE.get(seal.reason) or SEALED_BECAUSE.get(seal.reason.partition(".")[0])
    return words.say(current_lang()) if words else seal.reason


def _say(entry: EntryRow, lang: Lang) -> str:
    """Say a line in words; one whose facts do not fit its sentence shows its code, for the log must stay readable."""
    try:
        return say_deed(entry.code, {**entry.facts, "thing": entry.thing.partition(":")[2]}, lang)
    except (TypeError, ValueError, LookupError):
        return entry.code


def _names(rows: Iterable[EntryRow]) -> Mapping[str, str]:
    """Name the actors of some lines: accounts by name where the application can, others by their kind."""
    actors = {row.actor for row in rows}
    known: Mapping[str, str] = wired("actor_names")(db.session(), actors)
    return {actor: known.get(actor) or _kind(actor) for actor in actors}


def _kind(actor: str) -> str:
    kind, _colon, key = actor.partition(":")
    sayings = {
        "account": _("Account %(key)s", key=key),
        "person": _("Participant %(key)s", key=key),
        "device": _("Device %(key)s", key=key),
        "key": _("Program with key %(key)s", key=key),
        "system": _("The program"),
        "public": _("A visitor"),
    }
    return str(sayings.get(kind, actor))


def _steps(proof: InclusionProof) -> list[tuple[int, str]]:
    """Number the hashes of a proof as they are joined."""
    return [(number, each.hex()) for number, each in enumerate(proof.path, 1)]


def _zone() -> str:
    view = edition()
    return str(view.zone) if view else _HOME_ZONE


def _start(day: date | None, days: int = 0) -> datetime | None:
    return instant(day + timedelta(days=days), time(0), _zone()) if day else None
