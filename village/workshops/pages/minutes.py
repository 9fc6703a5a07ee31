"""The minutes of a session: written with nothing lost, closed, and read by everybody on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import make_response, redirect, request, url_for
from flask_babel import gettext as _

from village.kit.db import db
from village.kit.guard import may, public, requires
from village.kit.refusal import Refusal
from village.kit.web import clock, deed, limiter, page, say_done, storage, wants_fragment, wired
from village.workshops.actions.minutes import close_minutes, reopen_minutes, write_minutes
from village.workshops.forms.programme import MinutesForm, ReasonForm
from village.workshops.minutes_paper import minutes_sheet
from village.workshops.pages import base
from village.workshops.pages.cached import FILE_SECONDS, kept
from village.workshops.pages.editing import BASE, edit, merged_with, sealed, typed_in
from village.workshops.queries import get_workshop
from village.workshops.queries.minutes import get_minutes
from village.workshops.rules import why_no_minutes
from village.workshops.rules.sessions import MinutesText

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from village.kit.db import Json
    from village.workshops.queries import WorkshopRow
    from village.workshops.queries.minutes import MinutesRow

bp = base.bp
_PAGE = "workshops/minutes.html"
_FRAGMENT = "workshops/_minutes_kept.html"
_CONFLICT = 409


@bp.route("/programme/manage/minutes/<code>", methods=["GET", "POST"])
@requires("programme.manage")
def write_session_minutes(code: str) -> AnyResponse:
    """Write the minutes of a session; kept by itself while one writes, and by a button without scripts.

    Wires: `session_attended(session, edition_id, workshop_id)` gives how many checked in.
    """
    row, session = _session(code), db.session()
    minutes = get_minutes(session, row.id)
    came = wired("session_attended")(session, base.the_edition().id, row.id)
    context: dict[str, Any] = {
        "row": row,
        "minutes": minutes,
        "came": came,
        "kinds": base.kinds(),
        "thing": row.code,
        "reason": ReasonForm(formdata=None),
    }
    if minutes.closed_at is not None:
        if request.method == "POST":
            raise Refusal("minutes_closed", {"workshop": row.code})
        return page(_PAGE, form=None, base="", theirs=[], **context)
    if request.method == "POST" and wants_fragment():
        return _autosave(row, minutes)

    def save(values: dict[str, Json]) -> None:
        _save(row, minutes, values)

    def make(**given: Any) -> MinutesForm:
        form = MinutesForm(**given)
        if not minutes.version and not form.is_submitted():
            form.attended.data = came or None
        return form

    answer = edit(_PAGE, make, minutes_values(minutes), save, **context)
    if answer is not None:
        return answer
    say_done(_("Kept."))
    return redirect(url_for(".write_session_minutes", code=row.code))


@bp.post("/programme/manage/minutes/<code>/close")
@requires("programme.manage")
def close_session_minutes(code: str) -> AnyResponse:
    """Close the minutes: everybody reads them, nobody writes them."""
    row = _session(code)
    with deed() as doing:
        close_minutes(doing, workshop_id=row.id)
    say_done(_("The minutes are closed. Everybody can read them on the session’s page."))
    return redirect(url_for(".write_session_minutes", code=row.code))


@bp.post("/programme/manage/minutes/<code>/open")
@requires("programme.manage")
def open_session_minutes(code: str) -> AnyResponse:
    """Open closed minutes again, with a reason."""
    row = _session(code)
    form = ReasonForm()
    with deed() as doing:
        reopen_minutes(doing, workshop_id=row.id, reason=form.reason.data or "")
    say_done(_("The minutes are open again."))
    return redirect(url_for(".write_session_minutes", code=row.code))


@bp.get("/programme/<code>/minutes-<any('ar', 'fr'):paper>.pdf")
@public
@limiter.limit("30 per minute")
def session_minutes(code: str, paper: str) -> AnyResponse:
    """The minutes on paper, in Arabic or in French: for everybody once they are closed, before for their writers."""
    edition, row = base.the_edition(), base.public_session(code)
    minutes = get_minutes(db.session(), row.id)
    closed = minutes.closed_at is not None
    if not minutes.version or not (closed or may("programme.manage")):
        raise Refusal("minutes_not_found", {"workshop": row.code})
    sheet = minutes_sheet(edition, row, minutes, "ar" if paper == "ar" else "fr", clock().now())
    key = f"minutes/{edition.id}/{row.code}-{paper}-{sheet.digest}.pdf"
    data = storage().get(key) if closed and storage().exists(key) else sheet.print()
    if closed and not storage().exists(key):
        storage().put(key, data)
    answer = make_response(data)
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="minutes-{row.code}-{paper}.pdf"'
    if closed:
        return kept(answer, seconds=FILE_SECONDS)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def minutes_values(minutes: MinutesRow) -> dict[str, Json]:
    """Return the minutes as their form shows them."""
    return {name: getattr(minutes.text, name) for name in MinutesText.__slots__}


def _autosave(row: WorkshopRow, minutes: MinutesRow) -> AnyResponse:
    """Keep what is written so far and say so; what two people wrote differently is not kept before one decides."""
    form = MinutesForm()
    now = minutes_values(minutes)
    if not form.validate():
        return page(_FRAGMENT, 422, base=request.form.get(BASE, ""), state="wrong", at=None)
    merged = merged_with(form, now)
    theirs = bool(merged.conflicts)
    if not theirs:
        try:
            _save(row, minutes, merged.values)
        except Refusal:
            # Somebody kept theirs in this very moment: the next try brings both together.
            theirs = True
    if theirs:
        return page(_FRAGMENT, _CONFLICT, base=request.form.get(BASE, ""), state="theirs", at=None)
    # What this reader's form shows from now on is what they sent.
    shown = sealed({**now, **typed_in(form, now)})
    return page(_FRAGMENT, base=shown, state="kept", at=clock().now())


def _save(row: WorkshopRow, minutes: MinutesRow, values: dict[str, Json]) -> None:
    with deed() as doing:
        text = MinutesText(**values)  # type: ignore[arg-type]
        write_minutes(doing, workshop_id=row.id, text=text, expected=minutes.version)


def _session(code: str) -> WorkshopRow:
    row = get_workshop(db.session(), base.the_edition().id, code)
    if objection := why_no_minutes(row.kind, row.code):
        raise objection
    return row
