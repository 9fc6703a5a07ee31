"""What all pages of the awards share: the blueprint, the way figures are written, the way a deed is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, make_response
from flask_babel import lazy_gettext as _l

from village.awards.pages import show
from village.awards.pages.minutes import jury_minutes
from village.kit.db import db
from village.kit.refusal import Refusal
from village.kit.web import clock, deed, edition, say_done, say_refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response

    from village.kit.deeds import Deed

bp = Blueprint("awards", __name__)

FIGURE_NAMES: Final = {
    "members": _l("members"),
    "women": _l("women"),
    "youth": _l("young people"),
    "jobs": _l("jobs"),
    "villages": _l("villages"),
    "turnover_mad": _l("sales in a year, in dirhams"),
    "founded": _l("year it began"),
}


@bp.app_template_filter("mark")
def mark(half_points: int) -> str:
    """Write half-points as a mark on 20."""
    return show.say_mark(half_points)


@bp.app_template_filter("mean")
def mean(value: Any) -> str:
    """Write an exact mean with two decimals."""
    return show.say_mean(value)


@bp.app_template_global()
def seat_name(code: str) -> str:
    """Name the seat of a witness of a lot."""
    return show.say_seat(code)


@bp.app_template_global()
def figure_name(code: str) -> str:
    """Name a figure of a dossier in the reader's language."""
    return str(FIGURE_NAMES.get(code, code))


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
