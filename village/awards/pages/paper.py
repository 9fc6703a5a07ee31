"""Sheets that a juror without an account signed on paper: one organiser types them, another confirms each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.awards import actions, queries
from village.awards.forms import marks_form
from village.awards.pages import show
from village.awards.pages.common import attempt, bp
from village.awards.queries import RowState
from village.awards.rules import CategoryState
from village.kit.db import db
from village.kit.guard import requires
from village.kit.refusal import Refusal
from village.kit.web import actor, edition, page

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Redirect

    from village.awards.forms import MarksForm
    from village.awards.pages.show import Face
    from village.awards.queries import CategoryRow, CriterionRow, JurorRow, PaperRow

UNPROCESSABLE = 422


@dataclass(frozen=True)
class PaperLine:
    """One nominee: what is settled, what was typed and waits for a second person, and the form to type it."""

    face: Face
    state: RowState
    typed: PaperRow | None
    is_mine: bool
    form: MarksForm


@bp.get("/awards/manage/<code>/paper/<int:juror_id>")
@requires("awards.manage")
def paper(code: str, juror_id: int) -> Response:
    """Show the sheets of a juror without account: to type, to confirm, done. No confirmed mark is on the page."""
    return _paper_page(*_paper(code, juror_id))


@bp.post("/awards/manage/<code>/paper/<int:juror_id>/<int:nominee_id>")
@requires("awards.manage")
def type_paper(code: str, juror_id: int, nominee_id: int) -> Response | Redirect:
    """Keep what was typed from a signed sheet until a second person has compared it."""
    category, juror = _paper(code, juror_id)
    form = _form(category, nominee_id)
    if not form.validate_on_submit():
        return _paper_page(category, juror, (nominee_id, form), UNPROCESSABLE)
    attempt(
        lambda opened: actions.type_paper_sheet(
            opened, juror_id=juror_id, nominee_id=nominee_id, marks=form.half_points()
        ),
        _("Typed. Another organiser compares it with the paper and confirms it."),
    )
    return _back(code, juror_id, nominee_id)


@bp.post("/awards/manage/<code>/paper/<int:juror_id>/<int:nominee_id>/confirmation")
@requires("awards.manage")
def confirm_paper(code: str, juror_id: int, nominee_id: int) -> Redirect:
    """Confirm what another account typed."""
    seen = request.form.get("seen", "")
    attempt(
        lambda opened: actions.confirm_paper_sheet(opened, juror_id=juror_id, nominee_id=nominee_id, seen=seen),
        _("Confirmed. The marks are sealed and wait for the opening."),
    )
    return _back(code, juror_id, nominee_id)


@bp.post("/awards/manage/<code>/paper/<int:juror_id>/<int:nominee_id>/discard")
@requires("awards.manage")
def discard_paper(code: str, juror_id: int, nominee_id: int) -> Redirect:
    """Throw away what was typed wrongly."""
    attempt(
        lambda opened: actions.discard_paper_sheet(opened, juror_id=juror_id, nominee_id=nominee_id),
        _("Thrown away. The sheet can be typed again."),
    )
    return _back(code, juror_id, nominee_id)


def _back(code: str, juror_id: int, nominee_id: int) -> Redirect:
    return redirect(url_for("awards.paper", code=code, juror_id=juror_id, _anchor=f"n{nominee_id}"), 303)


def _paper(code: str, juror_id: int) -> tuple[CategoryRow, JurorRow]:
    session, view = db.session(), edition()
    category = queries.get_category(session, view.id, code)
    if category.state is CategoryState.DRAFT:
        raise Refusal("rules_not_committed", {"category": category.code})
    for juror in queries.list_jurors(session, view.id):
        if juror.id == juror_id:
            return category, juror
    raise Refusal("juror_not_found")


def _criteria(category: CategoryRow) -> tuple[CriterionRow, ...]:
    return tuple(one for one in category.criteria if one.kind == "jury")


def _form(category: CategoryRow, nominee_id: int, **kwargs: None) -> MarksForm:
    """The form of a sheet, without what only the juror's own page has."""
    form = marks_form(_criteria(category), nominee_id, **kwargs)
    del form.note, form.version
    return form


def _paper_page(
    category: CategoryRow, juror: JurorRow, failed: tuple[int, MarksForm] | None = None, status: int = 200
) -> Response:
    session, view = db.session(), edition()
    assigned = queries.list_assignments(session, view.id).get(category.id)
    states = queries.list_row_states(session, view.id)
    waiting = queries.list_paper_sheets(session, juror.id, category.id)
    faces = show.faces_of(session, view.id, [category])
    forms = {one.id: _form(category, one.id, formdata=None) for one in category.nominees}
    if failed:
        forms[failed[0]] = failed[1]
    lines = [
        PaperLine(
            face=faces[one.id],
            state=states.get((juror.id, one.id), RowState.AWAITED),
            typed=waiting.get(one.id),
            is_mine=one.id in waiting and waiting[one.id].typed_by == str(actor()),
            form=forms[one.id],
        )
        for one in category.nominees
        if assigned is None or (juror.id, one.id) in assigned
    ]
    return page(
        "awards/paper.html",
        status,
        category=category,
        juror=juror,
        criteria=_criteria(category),
        lines=lines,
        failed=failed[1] if failed else None,
        can_type=category.state is CategoryState.MARKING and juror.account_id is None,
    )
