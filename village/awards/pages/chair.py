"""The chair's pages: how far each juror is, the opening of the marks, the minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.awards import actions, queries
from village.awards.pages import show
from village.awards.pages.common import account_page, attempt, bp, minutes_answer
from village.kit.db import db
from village.kit.guard import requires
from village.kit.web import edition, page

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Redirect


@bp.get("/jury/opening")
@requires("awards.open")
def chair() -> Response:
    """Show the chair how far each juror is, without any mark, and what can be opened."""
    session, view = db.session(), edition()
    if view is None:
        return page("awards/chair.html", progress=[], jurors=[])
    return page(
        "awards/chair.html",
        progress=show.list_progress(session, view.id),
        jurors=queries.list_jurors(session, view.id),
        standings=queries.list_standings(session, view.id),
        exhibitors=show.exhibitors_by_id(session, view.id),
    )


@bp.post("/jury/opening/<int:category_id>")
@requires("awards.open")
def open_category(category_id: int) -> Redirect:
    """Open the marks of a category, all together."""
    attempt(
        lambda opened: actions.open_marks(opened, category_id=category_id),
        _("The marks are open and the ranking is made."),
    )
    return redirect(url_for("awards.chair", _anchor=f"c{category_id}"))


@bp.post("/jury/opening/absence")
@requires("awards.open")
def absence() -> Redirect:
    """Note a juror as absent for what they have not marked in a category."""
    session, view = db.session(), edition()
    juror_id = request.form.get("juror", 0, int)
    category = queries.get_category(session, view.id, request.form.get("category", ""))
    states = queries.list_row_states(session, view.id)
    awaited = [one.id for one in category.nominees if (juror_id, one.id) not in states]
    attempt(
        lambda opened: actions.declare_absent(opened, juror_id=juror_id, nominee_ids=awaited),
        _("The absence is noted."),
    )
    return redirect(url_for("awards.chair", _anchor=f"c{category.id}"))


@bp.get("/jury/opening/<code>")
@requires("awards.open")
def opened_category(code: str) -> Response:
    """Show the chair the same account."""
    return account_page(code)


@bp.get("/jury/minutes-<any(ar, fr):doc_lang>.pdf")
@requires("awards.open")
def chair_minutes(doc_lang: str) -> Response:
    """Print the minutes for the chair."""
    return minutes_answer(doc_lang)
