"""The organiser's pages: rules, progress, results and their publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, url_for
from flask_babel import gettext as _

from village.awards import actions, queries
from village.awards.pages import show
from village.awards.pages.account import account_page
from village.awards.pages.common import attempt, bp, minutes_answer
from village.kit.db import db
from village.kit.guard import requires
from village.kit.web import edition, page, wired

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Redirect


@bp.get("/awards/manage")
@requires("awards.manage")
def manage() -> Response:
    """Show the organiser every category with its rules, its progress and its result."""
    session, view = db.session(), edition()
    if view is None:
        return page("awards/manage.html", progress=[], jurors=[], standings={}, faces={}, can_set_up=False)
    progress = show.list_progress(session, view.id)
    return page(
        "awards/manage.html",
        progress=progress,
        jurors=queries.list_jurors(session, view.id),
        standings=queries.list_standings(session, view.id),
        faces=show.faces_of(session, view.id, [one.category for one in progress]),
        can_set_up=True,
    )


@bp.post("/awards/manage/<int:category_id>/rules")
@requires("awards.manage")
def commit(category_id: int) -> Redirect:
    """Fix the rules of a category in the log."""
    attempt(
        lambda opened: actions.commit_rules(opened, category_id=category_id),
        _("The rules are in the log. The jury may mark."),
    )
    return redirect(url_for("awards.manage", _anchor=f"c{category_id}"))


@bp.post("/awards/manage/<int:category_id>/publication")
@requires("awards.manage")
def publish(category_id: int) -> Redirect:
    """Make a result public."""
    drawn = wired("drawn_codes")(db.session(), edition().id)
    attempt(
        lambda opened: actions.publish_results(opened, category_id=category_id, drawn=drawn),
        _("The result is public."),
    )
    return redirect(url_for("awards.manage", _anchor=f"c{category_id}"))


@bp.get("/awards/manage/<code>")
@requires("awards.manage")
def category(code: str) -> Response:
    """Show the full account of one opened category: marks, totals, means, ties, sensitivity."""
    return account_page(code)


@bp.get("/awards/minutes-<any(ar, fr):doc_lang>.pdf")
@requires("awards.manage")
def minutes(doc_lang: str) -> Response:
    """Print the minutes for the organiser."""
    return minutes_answer(doc_lang)
