"""The juror's pages: what is left to mark, and the nominees of one category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from village.awards import actions, queries
from village.awards.forms import TieForm, marks_form
from village.awards.pages import show
from village.awards.pages.ballots import Ballot, open_ballot
from village.awards.pages.common import attempt, bp
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang, format_number
from village.kit.refusal import Refusal
from village.kit.web import deed, edition, page, refusal_body, say_done, say_refused, status_of, wants_json

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Redirect

    from village.awards.forms import MarksForm
    from village.awards.queries import JurorRow

UNPROCESSABLE = 422
UID_MOST = 40
Answer = tuple[dict[str, Any], int]


@bp.get("/jury")
@requires("awards.mark")
def jury() -> Response:
    """Show a juror what is left to mark."""
    session, view = db.session(), edition()
    seat = _seat(view)
    own = show.list_own_progress(session, view.id, seat) if seat else []
    lots = [
        (one.category.code, lot.number)
        for one in own
        if one.category.tie_rule == "lot" and one.category.is_open
        for lot in queries.list_lots(session, one.category.id)
        if lot.state == "sealed"
    ]
    return page("awards/jury.html", seat=seat, own=own, lots=lots, decimal=decimal_sign())


@bp.get("/jury/<code>")
@requires("awards.mark")
def ballot(code: str) -> Response:
    """Show the nominees of one category, each with its dossier and its form, or why there is none."""
    return _show(open_ballot(edition(), own_seat(edition()), code))


@bp.post("/jury/<code>/<int:nominee_id>/marks")
@requires("awards.mark")
def give(code: str, nominee_id: int) -> Response | Redirect | Answer:
    """Take the marks of one nominee, from a form or from a device that kept them."""
    seat = own_seat(edition())
    category = queries.get_category(db.session(), edition().id, code)
    form = marks_form(category.criteria, nominee_id)
    if not form.validate_on_submit():
        if wants_json():
            return _say_fields(form), UNPROCESSABLE
        return _show(open_ballot(edition(), seat, code).with_form(nominee_id, form), UNPROCESSABLE)
    try:
        with deed() as opened:
            version = actions.give_marks(
                opened,
                juror_id=seat.id,
                nominee_id=nominee_id,
                marks=form.half_points(),
                expected_version=_seen_version(form),
                uid=request.form.get("uid", "")[:UID_MOST] or None,
                note=(form.note.data or "").strip(),
            )
    except Refusal as refusal:
        if wants_json():
            return _say_refusal(refusal, seat, code, nominee_id)
        say_refused(refusal)
        return redirect(url_for("awards.ballot", code=code, _anchor=f"n{nominee_id}"))
    if wants_json():
        return {"version": version}, 200
    say_done(_("The marks are given. Nobody sees them before the opening."))
    return redirect(url_for("awards.ballot", code=code, _anchor=_next_nominee(seat, code, nominee_id)))


@bp.post("/jury/<code>/<int:nominee_id>/tie")
@requires("awards.mark")
def declare_tie(code: str, nominee_id: int) -> Response | Redirect:
    """Note that the juror has a tie with a nominee."""
    seat = own_seat(edition())
    category = queries.get_category(db.session(), edition().id, code)
    exhibitor = next((one.exhibitor_id for one in category.nominees if one.id == nominee_id), None)
    if exhibitor is None:
        raise Refusal("nominee_not_found")
    form = TieForm(prefix=f"r{nominee_id}")
    if not form.validate_on_submit():
        return _show(open_ballot(edition(), seat, code).with_tie(nominee_id, form), UNPROCESSABLE)
    attempt(
        lambda opened: actions.declare_tie(
            opened, juror_id=seat.id, exhibitor_id=exhibitor, tie=form.tie.data, **form.reasons()
        ),
        _("Your recusal is noted. This nominee’s mean is made without you."),
    )
    return redirect(url_for("awards.ballot", code=code, _anchor=f"n{nominee_id}"))


@bp.post("/jury/<code>/closing")
@requires("awards.mark")
def close(code: str) -> Redirect:
    """Close the juror's sheets of a category: from now on they do not change."""
    seat = own_seat(edition())
    category = queries.get_category(db.session(), edition().id, code)
    attempt(
        lambda opened: actions.close_sheets(opened, juror_id=seat.id, category_id=category.id),
        _("Your sheets are closed. They are opened together with those of the others."),
    )
    return redirect(url_for("awards.ballot", code=code))


def own_seat(view: Any) -> JurorRow:
    """Return the seat of whoever asks. Refusal: `not_your_seat`."""
    seat = _seat(view)
    if seat is None:
        raise Refusal("not_your_seat")
    return seat


def decimal_sign() -> str:
    """Return what stands between the whole and the half of a mark in the reader's language."""
    return format_number(0.5, current_lang())[1]


def _seat(view: Any) -> JurorRow | None:
    return queries.find_seat(db.session(), view.id, current_user.id) if view else None


def _show(found: Ballot, status: int = 200) -> Response:
    return page("awards/ballot.html", status, ballot=found, category=found.category, decimal=decimal_sign())


def _seen_version(form: MarksForm) -> int | None:
    """Return the version that was on the screen; None where nothing was said."""
    said = request.form.get("version") or form.version.data or ""
    return int(said) if said.isdecimal() else None


def _say_fields(form: MarksForm) -> dict[str, Any]:
    said = [str(errors[0]) for errors in form.errors.values()]
    return {"code": "marks_malformed", "message": said[0] if said else "", "facts": {}}


def _say_refusal(refusal: Refusal, seat: JurorRow, code: str, nominee_id: int) -> Answer:
    """Tell a device why its marks were not taken, and what stands there in their place."""
    said = refusal_body(refusal)
    if refusal.code == "marks_changed_meanwhile":
        line = open_ballot(edition(), seat, code).line(nominee_id)
        form = marks_form(line.criteria, nominee_id, line.given, formdata=None)
        said["other"] = {"marks": {key: form[key]._value() for key in line.given}, "note": line.note}  # noqa: SLF001 - WTForms' own way to the text of a field
    return said, status_of(refusal)


def _next_nominee(seat: JurorRow, code: str, after: int) -> str:
    """Return the anchor of the next nominee to mark, so that a phone scrolls to it by itself."""
    lines = open_ballot(edition(), seat, code).lines
    ids = [line.nominee.id for line in lines]
    place = ids.index(after) + 1 if after in ids else 0
    left = [line for line in lines[place:] + lines[:place] if line.is_awaited]
    return f"n{left[0].nominee.id}" if left else "main"
