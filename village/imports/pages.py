"""Pages of the imports: send a list, look at what becomes of each row, load it whole or give it up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from village.imports import actions, queries
from village.imports.forms import UploadForm
from village.imports.rules.account import Kind, Verdict
from village.imports.wording import NOTES
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, edition, page, say_done, say_refused
from village.kit.wording import say_refusal

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Redirect

bp = Blueprint("imports", __name__)

SHOWN_ROWS = 300
"""Rows of a preview that are shown in full; those that need a look come first."""
_ORDER = {Verdict.REFUSED: 0, Verdict.CORRECTED: 1, Verdict.ACCEPTED: 2}


@bp.route("/imports", methods=["GET", "POST"])
@requires("imports.run")
def start() -> Response | Redirect:
    """Take an upload; show the sheets of the past."""
    session, view, form = db.session(), edition(), UploadForm()
    batches = queries.list_batches(session, view.id) if view else []
    if request.method == "GET":
        return page("imports/start.html", form=form, batches=batches)
    if view is None:
        raise Refusal("edition_not_found")
    if not form.validate_on_submit():
        return again("imports/start.html", form, batches=batches)
    try:
        with deed() as opened:
            batch_id = actions.read_sheet(
                opened,
                edition_id=view.id,
                kind=Kind(form.kind.data),
                file_name=form.file.data.filename or "",
                data=form.file.data.read(),
            )
    except Refusal as refusal:
        return again("imports/start.html", form, refusal, status=422, batches=batches)
    return redirect(url_for("imports.preview", batch_id=batch_id))


@bp.get("/imports/<int:batch_id>")
@requires("imports.run")
def preview(batch_id: int) -> Response:
    """Show what would become of each row."""
    found = queries.get_preview(db.session(), edition().id, batch_id)
    rows = sorted(found.account.rows, key=lambda row: (_ORDER[row.verdict], row.number))
    return page(
        "imports/preview.html",
        preview=found,
        rows=[(row, _remarks(row)) for row in rows[:SHOWN_ROWS]],
        counts={verdict.value: found.account.count(verdict) for verdict in Verdict},
        hidden=max(len(rows) - SHOWN_ROWS, 0),
    )


@bp.post("/imports/<int:batch_id>/load")
@requires("imports.run")
def load(batch_id: int) -> Redirect:
    """Take in all rows that are not refused, or none."""
    _in_edition(batch_id)
    try:
        with deed() as opened:
            done = actions.load_sheet(opened, batch_id=batch_id, shown=request.form.get("shown", ""))
    except Refusal as refusal:
        say_refused(refusal)
        if refusal.code == "preview_outdated":
            return redirect(url_for("imports.preview", batch_id=batch_id))
        return redirect(url_for("imports.start"))
    said = ngettext("%(num)s row is loaded.", "%(num)s rows are loaded.", done.loaded)
    left = ngettext("%(num)s row was refused.", "%(num)s rows were refused.", done.refused) if done.refused else ""
    say_done(f"{said} {left}".strip())
    return redirect(url_for("imports.start"))


@bp.post("/imports/<int:batch_id>/give-up")
@requires("imports.run")
def give_up(batch_id: int) -> Redirect:
    """Forget a list."""
    _in_edition(batch_id)
    try:
        with deed() as opened:
            actions.give_up_sheet(opened, batch_id=batch_id)
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(_("The list is forgotten. Nothing was loaded."))
    return redirect(url_for("imports.start"))


def _in_edition(batch_id: int) -> None:
    view = edition()
    if view is None or all(row.id != batch_id for row in queries.list_batches(db.session(), view.id, limit=1000)):
        raise Refusal("batch_not_found")


def _remarks(row: Any) -> list[str]:
    """Say in the reader's language what was mended and what speaks against a row."""
    lang = current_lang()
    said = [say_refusal(Refusal(one.code, one.facts), lang) for one in row.refusals]
    said += [NOTES[note.code].say(lang, {"before": note.before, "after": note.after}) for note in row.notes]
    return list(dict.fromkeys(said))
