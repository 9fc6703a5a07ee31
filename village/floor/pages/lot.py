"""Stands by lot: guided steps for organisers, and the page that everybody may follow and recompute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response as Plain
from flask import redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from village.exhibitors import queries as exhibitors
from village.floor import actions, queries
from village.floor.forms_day import CancelForm, NumberForm, SealForm
from village.floor.lot_bundle import draw_lot
from village.floor.pages.blueprint import bp, get_hall
from village.kit.db import db
from village.kit.guard import public, requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import deed, edition, page, say_done
from village.kit.wording import say_refusal

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from village.floor.queries import LotView


def _edition_id() -> int:
    view = edition()
    if view is None:
        raise Refusal("hall_not_found")
    return int(view.id)


def _names() -> dict[str, str]:
    lang = current_lang()
    return {row.code: row.name_in(lang) for row in exhibitors.list_exhibitors(db.session(), _edition_id())}


def _lot(lot_id: int) -> LotView:
    return queries.get_lot(db.session(), _edition_id(), lot_id)


@bp.get("/floor/lot")
@requires("stands.assign")
def lots() -> Response:
    """The lots of the edition, and the way to seal a new one."""
    return show_lots()


def show_lots(refusal: Refusal | None = None) -> Response:
    """The lots, with why the last step was refused."""
    hall = get_hall()
    return page(
        "floor/lots.html",
        409 if refusal else 200,
        hall=hall,
        lots=queries.list_lots(db.session(), hall.edition_id),
        taking_part=len(exhibitors.list_placeable(db.session(), hall.edition_id)),
        refusal_text=say_refusal(refusal, current_lang()) if refusal else "",
    )


@bp.post("/floor/lot")
@requires("stands.assign")
def seal_lot() -> Response:
    """Seal a new lot."""
    hall, form = get_hall(), SealForm()
    if not form.validate():
        raise BadRequest
    try:
        with deed() as opened:
            lot_id = actions.seal_lot(opened, hall_id=hall.id, seats=form.seats.data)
    except Refusal as refusal:
        return show_lots(refusal)
    say_done(_("The lot is sealed. Read the promise aloud and hang it on the wall."))
    return redirect(url_for("floor.lot_steps", lot_id=lot_id), 303)


@bp.get("/floor/lot/<int:lot_id>")
@requires("stands.assign")
def lot_steps(lot_id: int) -> Response:
    """The next step of a lot."""
    return show_steps(lot_id)


def show_steps(lot_id: int, refusal: Refusal | None = None, **typed: Any) -> Response:
    """The steps of a lot, with why the last one was refused and what was typed."""
    shown = _lot(lot_id)
    return page(
        "floor/lot_steps.html",
        409 if refusal else 200,
        lot=shown,
        me=f"account:{current_user.id}",
        names=_names(),
        typed=typed,
        refusal_text=say_refusal(refusal, current_lang()) if refusal else "",
    )


@bp.post("/floor/lot/<int:lot_id>/number")
@requires("stands.assign")
def type_number(lot_id: int) -> Response:
    """Type the number a witness called."""
    form = NumberForm()
    if not form.validate():
        raise BadRequest
    _lot(lot_id)
    try:
        with deed() as opened:
            actions.type_number(opened, lot_id=lot_id, seat=form.seat.data, value=form.value.data)
    except Refusal as refusal:
        return show_steps(lot_id, refusal, seat=form.seat.data, value=form.value.data)
    say_done(_("The number is written down."))
    return redirect(url_for("floor.lot_steps", lot_id=lot_id), 303)


@bp.post("/floor/lot/<int:lot_id>/draw")
@requires("stands.assign")
def draw_stands(lot_id: int) -> Response:
    """Draw: the order and every turn follow from what is known already."""
    shown = _lot(lot_id)
    # Computed before the deed: nobody else has to wait for it.
    found = draw_lot(shown.sealed, shown.witness) if shown.ready else None
    try:
        with deed() as opened:
            actions.draw_stands(opened, lot_id=lot_id, computed=found)
    except Refusal as refusal:
        return show_steps(lot_id, refusal)
    say_done(_("The lot is drawn. The plan it gives is a proposal in the studio."))
    return redirect(url_for("floor.lot_steps", lot_id=lot_id), 303)


@bp.post("/floor/lot/<int:lot_id>/cancel")
@requires("stands.assign")
def cancel_lot(lot_id: int) -> Response:
    """Cancel a sealed lot, for a reason that everybody may read."""
    form = CancelForm()
    if not form.validate():
        raise BadRequest
    _lot(lot_id)
    try:
        with deed() as opened:
            actions.cancel_lot(opened, lot_id=lot_id, reason=form.reason.data or "")
    except Refusal as refusal:
        return show_steps(lot_id, refusal)
    say_done(_("The lot is cancelled."))
    return redirect(url_for("floor.lots"), 303)


@bp.get("/plan/lot/<int:lot_id>")
@public
def public_lot(lot_id: int) -> Response:
    """A lot as everybody may follow it: who takes part, the promise, the numbers, the order, each turn."""
    return page("floor/lot.html", lot=_lot(lot_id), names=_names())


@bp.get("/plan/lot/<int:lot_id>.json")
@public
def lot_bundle(lot_id: int) -> Plain:
    """The bundle of a lot that was drawn, to recompute it.

    Raises:
        Refusal: ``stand_lot_not_found`` before it is drawn.
    """
    shown = _lot(lot_id)
    if shown.state != "drawn":
        raise Refusal("stand_lot_not_found", {"lot": lot_id})
    name = f"stand-lot-{shown.hall}-{shown.number}.json"
    return Plain(
        shown.bundle, mimetype="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
