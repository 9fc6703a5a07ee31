"""The explorer of auditors: the lines in their own language, found by what, about whom, by whom and when."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from flask import Response as FileResponse
from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.audit import queries
from village.audit.actions import take_out_log
from village.audit.forms import FilterForm
from village.audit.kinds import kind_of
from village.audit.pages.shared import Names, bp, is_thing, kind_word, say, zone
from village.audit.queries import EntryFilter
from village.kit.clock import instant
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.web import again, deed, keys, page, parts, wired
from village.kit.wording import say_deed

if TYPE_CHECKING:
    from datetime import date, datetime

    from werkzeug.wrappers import Response

    from village.audit.pages.shared import Shown


@bp.get("/log/lines")
@requires("audit.read")
def lines() -> Response:
    """The lines in the reader's language, newest first, found by what, about whom, by whom and when."""
    session, lang = db.session(), current_lang()
    form = _form()
    total = queries.get_head(session).size
    if not form.validate():
        return again("audit/lines.html", form, rows=[], older=None, total=total)
    if form.about.data and not form.thing.data:
        return _look_up(form, form.about.data, total)
    thing = form.thing.data
    found = queries.list_entries(session, _wanted(form), before=form.before.data)
    names = Names(found.rows, more=[thing] if thing else ())
    rows = [
        {
            "entry": row,
            "said": say(row, lang),
            "who": names.of(row.actor),
            "thing": names.of(row.thing),
            "mentioned": names.mentioned(row),
        }
        for row in found.rows
    ]
    asked = _asked(form)
    return page(
        "audit/lines.html",
        form=form,
        rows=rows,
        older=url_for("audit.lines", **asked, before=found.older) if found.older else None,
        newest=url_for("audit.lines", **asked) if form.before.data else None,
        asked=asked,
        about=names.of(thing) if thing else None,
        without_about=url_for("audit.lines", **_asked(form, "thing", "mentions")),
        zone=zone(),
        total=total,
    )


@bp.post("/log/export")
@requires("audit.read")
def export() -> Response:
    """The whole log as a file, sealed as it stands; the log says that it was taken out."""
    with deed() as opened:
        head = take_out_log(opened, keys())
    world = parts()
    pieces = queries.packed(queries.export_log(world.engine, world.keys, head.size))
    return FileResponse(
        pieces,
        mimetype="application/gzip",
        headers={
            "Content-Disposition": f'attachment; filename="log-{head.size}.jsonl.gz"',
            "Cache-Control": "no-store",
        },
    )


def _form() -> FilterForm:
    form = FilterForm(request.args)
    lang = current_lang()
    by_family: dict[str, list[tuple[str, str]]] = {"": [("", _("All deeds"))]}
    for code in queries.list_codes(db.session()):
        by_family.setdefault(code.partition(".")[0], []).append((code, say_deed(code, {}, lang)))
    form.code.choices = [choice for choices in by_family.values() for choice in choices]
    actors = [
        ("", _("Everybody")),
        ("system", _("The program")),
        ("public", _("A visitor")),
        *(
            (actor, name if kind_of(actor) == "account" else f"{kind_word(kind_of(actor), lang)} {name}")
            for actor, name in wired("actor_choices")(db.session())
        ),
    ]
    chosen = request.args.get("actor", "").strip()
    if chosen and chosen not in dict(actors):
        actors.append((chosen, Names([], more=[chosen]).of(chosen).label))
    form.actor.choices = actors
    return form


def _wanted(form: FilterForm) -> EntryFilter:
    thing = form.thing.data or None
    return EntryFilter(
        code=form.code.data or None,
        thing=thing,
        also=wired("same_things")(db.session(), thing) if thing else (),
        mentions=bool(thing and form.mentions.data),
        actor=form.actor.data or None,
        since=_start(form.since.data),
        until=_start(form.until.data, days=1),
    )


def _look_up(form: FilterForm, text: str, total: int) -> Response:
    """Find what a typed name or code means: one thing is taken, among several the reader chooses."""
    others = _asked(form, "about", "thing", "mentions")
    found = [(text, "")] if is_thing(text) else wired("find_things")(db.session(), text, current_lang())
    if len(found) == 1:
        return redirect(url_for("audit.lines", **others, thing=found[0][0], mentions="y"))
    names = Names([], more=[thing for thing, _name in found])
    matches: list[tuple[Shown, str]] = [
        (names.of(thing), url_for("audit.lines", **others, thing=thing, mentions="y")) for thing, _name in found
    ]
    return page(
        "audit/lines.html",
        form=form,
        rows=[],
        matches=matches,
        asked=_asked(form),
        looked_up=text,
        zone=zone(),
        total=total,
    )


def _asked(form: FilterForm, *without: str) -> dict[str, Any]:
    """Return what the address asks for, to ask it again with something added or left out."""
    left_out = {"before", *without}
    return {key: value for key, value in request.args.items() if key in form and value and key not in left_out}


def _start(day: date | None, days: int = 0) -> datetime | None:
    return instant(day + timedelta(days=days), time(0), zone()) if day else None
