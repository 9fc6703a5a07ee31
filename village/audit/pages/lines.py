"""The lines of the log: each with its proof for everybody, and in words for those who may read it."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from flask import request, url_for
from flask_babel import gettext as _

from village.audit import queries
from village.audit.forms import FilterForm
from village.audit.pages.shared import actor_names, bp, say, zone
from village.audit.queries import EntryFilter
from village.audit.rules import is_public
from village.kit.clock import instant
from village.kit.db import db
from village.kit.guard import may, public, requires
from village.kit.i18n import current_lang
from village.kit.web import again, limiter, page
from village.kit.wording import say_deed

if TYPE_CHECKING:
    from datetime import date, datetime

    from werkzeug.wrappers import Response

    from village.audit.queries import InclusionProof


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
        said=say(entry, lang) if readable else None,
        who=actor_names([entry])[entry.actor] if readable else None,
        total=queries.get_head(session).size,
        zone=zone(),
        steps=_steps(proof),
    )


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
    names = actor_names(found.rows)
    rows = [{"entry": row, "said": say(row, lang), "who": names[row.actor]} for row in found.rows]
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
        zone=zone(),
        total=queries.get_head(session).size,
    )


def _steps(proof: InclusionProof) -> list[tuple[int, str]]:
    """Number the hashes of a proof as they are joined."""
    return [(number, each.hex()) for number, each in enumerate(proof.path, 1)]


def _start(day: date | None, days: int = 0) -> datetime | None:
    return instant(day + timedelta(days=days), time(0), zone()) if day else None
