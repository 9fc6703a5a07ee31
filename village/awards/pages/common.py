"""What all pages of the awards share: the blueprint, the way figures are written, the way a deed is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, make_response

from village.awards import queries
from village.awards.pages import show
from village.awards.pages.minutes import jury_minutes
from village.awards.rules import Seat
from village.kit.db import db
from village.kit.refusal import Refusal
from village.kit.web import clock, deed, edition, page, say_done, say_refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response

    from village.kit.deeds import Deed

bp = Blueprint("awards", __name__)


@bp.app_template_filter("mark")
def mark(half_points: int) -> str:
    """Write half-points as a mark on 20."""
    return show.say_mark(half_points)


@bp.app_template_filter("mean")
def mean(value: Any) -> str:
    """Write an exact mean with two decimals."""
    return show.say_mean(value)


def account_page(code: str) -> Response:
    """Show the full account of one opened category: marks, totals, means, ties, sensitivity."""
    session, view = db.session(), edition()
    found = queries.get_category(session, view.id, code)
    jurors = queries.list_jurors(session, view.id)
    table = queries.get_marks_table(session, found, next(one.id for one in jurors if one.seat is Seat.CHAIR))
    return page(
        "awards/category.html",
        category=found,
        jurors=jurors,
        table=table,
        standings=queries.list_standings(session, view.id)[found.id],
        states=queries.list_row_states(session, view.id),
        recusals=queries.list_recusals(session, view.id),
        exhibitors=show.exhibitors_by_id(session, view.id),
    )


def minutes_answer(doc_lang: str) -> Response:
    """Answer with the minutes as PDF."""
    view = edition()
    answer = make_response(jury_minutes(db.session(), view, "ar" if doc_lang == "ar" else "fr", clock().now()))
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="jury-{view.code}-{doc_lang}.pdf"'
    return answer


def attempt(doing: Callable[[Deed], object], done: str) -> None:
    """Do a deed and say on the next page that it is done, or why it was refused."""
    try:
        with deed() as opened:
            doing(opened)
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(done)
