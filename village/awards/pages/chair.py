"""The chair's pages: how far each juror is, the opening of the marks before everybody, what is said and read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.awards import actions, queries
from village.awards.pages import show
from village.awards.pages.account import account_page, take_citation, take_deliberation
from village.awards.pages.common import attempt, bp, minutes_answer
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
    progress = [one for one in show.list_progress(session, view.id) if one.category.award_class == "merit"]
    return page(
        "awards/chair.html",
        progress=progress,
        jurors=queries.list_jurors(session, view.id),
        standings=queries.list_standings(session, view.id),
        faces=show.faces_of(session, view.id, [one.category for one in progress]),
    )


@bp.post("/jury/opening/<int:category_id>")
@requires("awards.open")
def open_category(category_id: int) -> Redirect:
    """Open the marks of a category, all together."""
    attempt(
        lambda opened: actions.open_marks(opened, category_id=category_id),
        _("The marks are open and the ranking is made."),
    )
    if code := request.form.get("ceremony", ""):
        return redirect(url_for("awards.ceremony", code=code))
    return redirect(url_for("awards.chair", _anchor=f"c{category_id}"))


@bp.post("/jury/opening/absence")
@requires("awards.open")
def absence() -> Redirect:
    """Note a juror as absent for what they have not marked in a category."""
    session, view = db.session(), edition()
    juror_id = request.form.get("juror", 0, int)
    category = queries.get_category(session, view.id, request.form.get("category", ""))
    awaited = show.list_awaited(session, view.id, category, juror_id)
    attempt(
        lambda opened: actions.declare_absent(opened, juror_id=juror_id, nominee_ids=awaited),
        _("The absence is noted."),
    )
    return redirect(url_for("awards.chair", _anchor=f"c{category.id}"))


@bp.get("/jury/opening/<code>")
@requires("awards.open")
def opened_category(code: str) -> Response:
    """Show the chair the full account of an opened category, with what is left to write."""
    return account_page(code)


@bp.get("/jury/opening/<code>/ceremony")
@requires("awards.open")
def ceremony(code: str) -> Response:
    """Show the hall that everything is sealed, open it, and tell the ranking from the last to the first."""
    session, view = db.session(), edition()
    found = queries.get_category(session, view.id, code)
    progress = next(one for one in show.list_progress(session, view.id) if one.category.id == found.id)
    standings = queries.list_standings(session, view.id).get(found.id, [])
    ties = show.ties_for_lot(found, standings, [])
    # Who is first is not known before the lot: nothing is told until then.
    shown = 0 if ties else min(max(request.args.get("shown", 0, int), 0), len(standings))
    return page(
        "awards/ceremony.html",
        category=found,
        progress=progress,
        jurors=queries.list_jurors(session, view.id),
        standings=standings,
        shown=shown,
        ties=ties,
        faces=show.faces_of(session, view.id, [found]),
    )


@bp.post("/jury/opening/<code>/deliberation")
@requires("awards.open")
def deliberate(code: str) -> Response | Redirect:
    """Write down what was said; it is only ever added to."""
    return take_deliberation(code, "awards.opened_category")


@bp.post("/jury/opening/<code>/citations/<int:nominee_id>")
@requires("awards.open")
def write_citation(code: str, nominee_id: int) -> Response | Redirect:
    """Write what is read aloud when the award is given."""
    return take_citation(code, nominee_id, "awards.opened_category")


@bp.get("/jury/minutes-<any(ar, fr):doc_lang>.pdf")
@requires("awards.open")
def chair_minutes(doc_lang: str) -> Response:
    """Print the minutes for the chair."""
    return minutes_answer(doc_lang)
