"""The lot that ends a tie: who is level is sealed, two people type each number as it is called, the order follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import make_response, redirect, request, url_for
from flask_babel import gettext as _

from village.awards import actions, queries
from village.awards.forms.results import LotNumberForm
from village.awards.pages import show
from village.awards.pages.common import attempt, bp
from village.awards.rules import CategoryState
from village.kit.db import db
from village.kit.guard import may, public, requires
from village.kit.refusal import Refusal
from village.kit.web import actor, deed, edition, page, say_refused

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Redirect

    from village.awards.queries import CategoryRow, TieLotView

UNPROCESSABLE = 422
_SEATS = 2


@bp.post("/jury/opening/<code>/lots")
@requires("awards.open")
def seal_lot(code: str) -> Redirect:
    """Write in the log who is level, before any number is called."""
    category = queries.get_category(db.session(), edition().id, code)
    rank = request.form.get("rank", 0, int)
    try:
        with deed() as opened:
            actions.seal_tie_lot(opened, category_id=category.id, rank=rank, seats=_SEATS)
    except Refusal as refusal:
        say_refused(refusal)
        return redirect(url_for("awards.opened_category", code=code, _anchor="ties"))
    number = max(one.number for one in queries.list_lots(db.session(), category.id))
    return redirect(url_for("awards.tie_lot", code=code, number=number))


@bp.get("/jury/lots/<code>/<int:number>")
@requires("awards.mark")
def tie_lot(code: str, number: int) -> Response:
    """Show a lot to the jury: what is sealed, which numbers are in, and the order once it is drawn."""
    category, lot = _lot(code, number)
    return _show(category, lot, LotNumberForm(formdata=None))


@bp.post("/jury/lots/<code>/<int:number>/numbers")
@requires("awards.mark")
def type_number(code: str, number: int) -> Response | Redirect:
    """Take a number as one of two people heard it."""
    category, lot = _lot(code, number)
    form = LotNumberForm()
    if not form.validate_on_submit():
        return _show(category, lot, form, UNPROCESSABLE)
    seat = form.seat.data or ""
    first = not any(one.code == seat and one.typed for one in lot.seats)
    attempt(
        lambda opened: actions.type_lot_number(opened, lot_id=lot.id, seat=seat, value=form.value.data),
        _("The number is kept. A second person types it too.") if first else _("The number is kept."),
    )
    return redirect(url_for("awards.tie_lot", code=code, number=number))


@bp.post("/jury/opening/<code>/lots/<int:number>/drawing")
@requires("awards.open")
def draw_lot(code: str, number: int) -> Redirect:
    """Draw the order, and make the ranking that follows from it."""
    _category, lot = _lot(code, number)
    attempt(lambda opened: actions.draw_tie_lot(opened, lot_id=lot.id), _("The lot is drawn. The ranking follows it."))
    return redirect(url_for("awards.tie_lot", code=code, number=number))


@bp.post("/jury/opening/<code>/lots/<int:number>/cancellation")
@requires("awards.open")
def cancel_lot(code: str, number: int) -> Redirect:
    """Give up a lot that cannot be drawn; the log keeps it with its reason."""
    _category, lot = _lot(code, number)
    reason = request.form.get("reason", "").strip()
    attempt(lambda opened: actions.cancel_tie_lot(opened, lot_id=lot.id, reason=reason), _("The lot is cancelled."))
    return redirect(url_for("awards.opened_category", code=code, _anchor="ties"))


@bp.get("/awards/lots/<code>-<int:number>.json")
@public
def lot_bundle(code: str, number: int) -> Response:
    """Hand over everything that is needed to draw the lot again; to everybody once the result is public."""
    category, lot = _lot(code, number)
    if category.state is not CategoryState.PUBLISHED and not (may("awards.mark") or may("awards.manage")):
        raise Refusal("not_allowed")
    if lot.state != "drawn":
        raise Refusal("tie_lot_not_found")
    answer = make_response(lot.bundle)
    answer.mimetype = "application/json"
    answer.headers["Content-Disposition"] = f'attachment; filename="lot-{code}-{number}.json"'
    return answer


def _lot(code: str, number: int) -> tuple[CategoryRow, TieLotView]:
    session, view = db.session(), edition()
    category = queries.get_category(session, view.id, code)
    for lot in queries.list_lots(session, category.id):
        if lot.number == number:
            return category, lot
    raise Refusal("tie_lot_not_found")


def _show(category: CategoryRow, lot: TieLotView, form: LotNumberForm, status: int = 200) -> Response:
    session, view = db.session(), edition()
    mine = str(actor())
    # Who typed a number leaves it to the other; where the two differ, both read the paper again.
    form.seat.choices = [
        (seat.code, show.say_seat(seat.code))
        for seat in lot.seats
        if seat.value is None and (mine not in seat.typed or seat.differs)
    ]
    return page(
        "awards/lot.html",
        status,
        category=category,
        lot=lot,
        form=form,
        names=show.names_by_code(session, view.id, category),
        is_chair=may("awards.open"),
    )
