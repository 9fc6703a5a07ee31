"""The juror's pages: what is left to mark, and the nominees of one category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from village.awards import actions, queries, rules
from village.awards.forms import RecusalForm, marks_form
from village.awards.pages import show
from village.awards.pages.common import attempt, bp
from village.awards.queries import RowState
from village.awards.rules import CategoryState, Criterion, Sheet
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import text_direction
from village.kit.refusal import Refusal
from village.kit.web import deed, edition, page, say_done, say_refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from werkzeug.wrappers import Response as Redirect

    from village.awards.forms import MarksForm
    from village.awards.queries import CategoryRow, JurorRow


@bp.get("/jury")
@requires("awards.mark")
def jury() -> Response:
    """Show a juror what is left to mark."""
    session, view = db.session(), edition()
    seat = _seat(view)
    progress = show.list_progress(session, view.id) if seat else []
    return page("awards/jury.html", seat=seat, progress=progress)


@bp.get("/jury/<code>")
@requires("awards.mark")
def ballot(code: str) -> Response:
    """Show the nominees of one category, each with its form, its marks or its recusal."""
    return _ballot(code)


@bp.post("/jury/<code>/<int:nominee_id>/marks")
@requires("awards.mark")
def give(code: str, nominee_id: int) -> Response | Redirect:
    """Take the marks of one nominee."""
    view = edition()
    category = queries.get_category(db.session(), view.id, code)
    seat = _own_seat(view)
    form = marks_form(category.criteria, nominee_id)
    if not form.validate_on_submit():
        return _ballot(code, {nominee_id: form}, status=422)
    try:
        with deed() as opened:
            actions.give_marks(opened, juror_id=seat.id, nominee_id=nominee_id, marks=form.half_points())
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(_("The marks are given. Nobody sees them before the opening."))
    return redirect(url_for("awards.ballot", code=code, _anchor=_next_nominee(category, seat, nominee_id)))


@bp.post("/jury/<code>/<int:nominee_id>/recusal")
@requires("awards.mark")
def recuse(code: str, nominee_id: int) -> Response | Redirect:
    """Note that the juror has a tie with a nominee."""
    view = edition()
    category = queries.get_category(db.session(), view.id, code)
    seat = _own_seat(view)
    exhibitor = next((one.exhibitor_id for one in category.nominees if one.id == nominee_id), None)
    if exhibitor is None:
        raise Refusal("nominee_not_found")
    form = RecusalForm(prefix=f"r{nominee_id}")
    if not form.validate_on_submit():
        return _ballot(code, recusals={nominee_id: form}, status=422)
    said = {"reason_ar" if text_direction(form.reason.data) == "rtl" else "reason_fr": form.reason.data}
    attempt(
        lambda opened: actions.recuse(opened, juror_id=seat.id, exhibitor_id=exhibitor, **said),
        _("Your recusal is noted. This nominee’s mean is made without you."),
    )
    return redirect(url_for("awards.ballot", code=code, _anchor=f"n{nominee_id}"))


def _ballot(
    code: str,
    forms: Mapping[int, MarksForm] | None = None,
    recusals: Mapping[int, RecusalForm] | None = None,
    status: int = 200,
) -> Response:
    session, view = db.session(), edition()
    found = queries.get_category(session, view.id, code)
    seat = _own_seat(view)
    states = queries.list_row_states(session, view.id)
    own = queries.list_own_marks(session, seat.id)
    criteria = tuple(Criterion(one.id, one.weight) for one in found.criteria)
    by_code = {one.code: one.id for one in found.criteria}
    totals = {
        one.id: rules.total(Sheet(seat.id, one.id, {by_code[key]: half for key, half in own[one.id].items()}), criteria)
        for one in found.nominees
        if one.id in own
    }
    return page(
        "awards/ballot.html",
        status,
        category=found,
        seat=seat,
        own=own,
        totals=totals,
        states={one.id: states.get((seat.id, one.id), RowState.AWAITED) for one in found.nominees},
        forms={
            one.id: (forms or {}).get(one.id) or marks_form(found.criteria, one.id, formdata=None)
            for one in found.nominees
        },
        recusal_forms={
            one.id: (recusals or {}).get(one.id) or RecusalForm(prefix=f"r{one.id}", formdata=None)
            for one in found.nominees
        },
        failed=next(iter({**(forms or {}), **(recusals or {})}.values()), None),
        exhibitors=show.exhibitors_by_id(session, view.id),
        is_marking=found.state is CategoryState.MARKING,
    )


def _seat(view: Any) -> JurorRow | None:
    return queries.find_seat(db.session(), view.id, current_user.id) if view else None


def _own_seat(view: Any) -> JurorRow:
    seat = _seat(view)
    if seat is None:
        raise Refusal("not_your_seat")
    return seat


def _next_nominee(found: CategoryRow, seat: JurorRow, after: int) -> str:
    """The anchor of the next nominee to mark, so that a phone scrolls to it by itself."""
    states = queries.list_row_states(db.session(), edition().id)
    ids = [one.id for one in found.nominees]
    place = ids.index(after) + 1 if after in ids else 0
    left = [one for one in ids[place:] + ids[:place] if (seat.id, one) not in states]
    return f"n{left[0]}" if left else "main"
