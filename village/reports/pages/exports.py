"""Lists taken out as files: who receives them and what for is asked, and written down (law 09-08)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final, cast

from flask import Response, request
from flask_babel import gettext as _

from village.kit.db import db
from village.kit.guard import may, requires
from village.kit.i18n import current_lang, pick
from village.kit.refusal import Refusal
from village.kit.tables import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
from village.kit.web import again, clock, deed, page, wired
from village.reports import queries
from village.reports.actions import NewExport, note_data_export
from village.reports.forms import LABELS, ExportForm
from village.reports.pages import base
from village.reports.rules import BY_SESSION, Taken
from village.workshops.queries import list_workshops

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village.kit.i18n import Lang
    from village.workshops.queries import WorkshopRow

bp = base.bp

_NEEDS: Final = {Taken.EXHIBITORS: "exhibitors.manage", Taken.BOARDS: "dashboard.see"}
_HOLDS_PERSONS: Final = "registrations.manage"


@bp.get("/exports")
@requires("registrations.manage")
def exports() -> Response:
    """Ask which list is taken out, for whom and what for; show what was taken out before."""
    view = base.the_edition()
    form = _form(list_workshops(db.session(), view.id))
    form.words.data = current_lang()
    form.kind.data = request.args.get("kind", Taken.PEOPLE.value)
    form.session.data = request.args.get("session", "")
    return page("reports/exports.html", form=form, **_before())


@bp.post("/exports")
@requires("registrations.manage")
def take_out() -> Response:
    """Hand a list out as a file, once it is written down for whom and what for."""
    view = base.the_edition()
    shops = list_workshops(db.session(), view.id)
    form = _form(shops)
    if not form.validate_on_submit():
        return again("reports/exports.html", form, **_before())
    kind, words = Taken(form.kind.data), cast("Lang", form.words.data)
    if not may(_NEEDS.get(kind, _HOLDS_PERSONS)):
        raise Refusal("not_allowed")
    chosen = next((row for row in shops if row.code == form.session.data), None) if kind in BY_SESSION else None
    now = clock().now()
    number = chosen.id if chosen else None
    sheet = queries.gather(db.session(), view, kind, lang=words, now=now, workshop_id=number)
    content = csv_bytes(sheet) if form.form.data == "csv" else xlsx_bytes([sheet], title=sheet.name, made_at=now)
    new = NewExport(
        kind=kind,
        workshop_id=number,
        lang=words,
        form=form.form.data,
        rows=len(cast("Sequence[Any]", sheet.rows)),
        sha256=hashlib.sha256(content).hexdigest(),
        recipient=form.recipient.data or "",
        purpose=form.purpose.data or "",
    )
    with deed() as opened:
        note_data_export(opened, edition_id=view.id, new=new)
    return _file(content, form.form.data, "-".join(part for part in (view.code, kind, chosen and chosen.code) if part))


def _form(shops: Sequence[WorkshopRow]) -> ExportForm:
    form = ExportForm()
    lang = current_lang()
    named = [(row.code, f"{row.code} · {pick(lang, row.title_ar, row.title_fr)[0]}") for row in shops]
    form.session.choices = [("", _("All sessions")), *named]
    return form


def _before() -> dict[str, Any]:
    session, view = db.session(), base.the_edition()
    rows = queries.list_exports(session, view.id)
    return {
        "taken": [(row, str(LABELS[row.kind])) for row in rows],
        "names": wired("actor_names")(session, {row.actor for row in rows}),
    }


def _file(content: bytes, form: str, name: str) -> Response:
    return Response(
        content,
        content_type=CSV_TYPE if form == "csv" else XLSX_TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="{name.lower()}.{form}"',
            "Cache-Control": "no-store",
        },
    )
