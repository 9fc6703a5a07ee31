"""The organisers' plan, where stands are given by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from village.floor import actions, queries, show
from village.floor.forms import AssignForm, LockForm, SwapForm, UndoForm
from village.floor.pages.blueprint import bp, find_plan, get_hall, get_plan, obstacle_names
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import deed, page, say_done, say_refused, wants_json
from village.kit.wording import say_deed, say_refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response

    from village.floor.actions import PlanChanged
    from village.floor.queries import PlanView
    from village.kit.deeds import Deed

HISTORY = 12


@bp.get("/floor")
@requires("stands.assign")
def board() -> Response:
    """The organisers' plan."""
    return show_board()


def show_board(refusal: Refusal | None = None) -> Response:
    """The board as it stands, with why the last step was refused."""
    shown = find_plan()
    if shown is None:
        return page("floor/empty.html")
    lang, session = current_lang(), db.session()
    changes = queries.list_changes(session, shown.hall.id, HISTORY)
    codes = {each.id: each.code for each in shown.stands}
    return page(
        "floor/board.html",
        409 if refusal else 200,
        plan=shown,
        stands=show.drawn(shown, lang),
        listed=show.listed(shown, shown.stands, lang),
        found=frozenset(),
        legend=show.sector_legend([*(each.holder for each in shown.stands), *shown.waiting], lang),
        zones=show.zone_names(shown.hall, lang),
        obstacles=obstacle_names(shown),
        lang_of=lambda names: show.in_lang(lang, names),
        waiting=[show.holder_json(each, lang) for each in shown.waiting],
        undoable=queries.list_undoable(session, shown.hall.id)[-HISTORY:],
        history=[(each, _named(each.code), [codes.get(stand, "?") for stand in each.stands]) for each in changes],
        publication=queries.find_publication(session, shown.hall.id),
        refusal_text=say_refusal(refusal, lang) if refusal else "",
    )


def _named(code: str) -> str:
    names = {
        "stand.assigned": _("Given"),
        "stand.moved": _("Moved"),
        "stand.swapped": _("Exchanged"),
        "stand.extended": _("Extended"),
        "stand.freed": _("Freed"),
        "plan.reflowed": _("Given on"),
        "plan.undone": _("Undone"),
        "plan.allocated": _("Allocation"),
    }
    return str(names.get(code, code))


@bp.get("/floor/state")
@requires("stands.assign")
def state() -> Response:
    """Who stands where now, for the plan's script after a conflict."""
    shown = get_plan()
    return jsonify(show.plan_json(shown, current_lang()))


def _do(form: FlaskForm, change: Callable[[Deed], PlanChanged]) -> Response:
    """Change the plan and answer a script with the new plan, a browser without script with the page."""
    if not form.validate():
        raise BadRequest
    try:
        with deed() as opened:
            changed = change(opened)
    except Refusal as refusal:
        if wants_json():
            raise
        if _from_the_day():
            say_refused(refusal)
            return _back()
        return show_board(refusal)
    return _changed(changed)


def _from_the_day() -> bool:
    """Whether the form stood on the page of the day."""
    return request.form.get("next") == "day"


def _back() -> Response:
    return redirect(url_for("floor.day" if _from_the_day() else "floor.board", hall=get_hall().code), 303)


def _changed(changed: PlanChanged) -> Response:
    lang = current_lang()
    shown = get_plan()
    warned = (say_refusal(each, lang) for each in changed.warnings)
    said = " ".join([_say(changed, shown), *warned])
    if wants_json():
        return jsonify({**show.plan_json(shown, lang), "change": changed.change_id, "message": said})
    say_done(said)
    return _back()


def _say(changed: PlanChanged, shown: PlanView) -> str:
    lang = current_lang()
    first = changed.steps[0]
    people = {each.holder.id: each.holder.name_in(lang) for each in shown.stands if each.holder}
    people |= {each.id: each.name_in(lang) for each in shown.waiting}
    who = first.after if first.after is not None else first.before or 0
    facts = {
        "stand": first.stand,
        "other": changed.steps[-1].stand,
        "exhibitor": people.get(who, ""),
        "undone": changed.version - 1,
    }
    if changed.code == "plan.undone":
        return str(_("The change was undone."))
    return say_deed(changed.code, facts, lang)


@bp.post("/floor/assign")
@requires("stands.assign")
def assign() -> Response:
    """Give a stand to an exhibitor, or to nobody."""
    form = AssignForm()

    def give(opened: Deed) -> PlanChanged:
        seen, who = form.stand.data, form.exhibitor.data
        if who is None:
            return actions.free_stand(opened, stand_id=seen.stand, expected=seen.holder, whole=not form.alone.data)
        return actions.assign_stand(
            opened,
            stand_id=seen.stand,
            exhibitor_id=who,
            expected=seen.holder,
            override_reason=form.reason.data or None,
        )

    return _do(form, give)


@bp.post("/floor/swap")
@requires("stands.assign")
def swap() -> Response:
    """Exchange who has two stands."""
    form = SwapForm()
    return _do(
        form,
        lambda opened: actions.swap_stands(
            opened,
            stand_id=form.stand.data.stand,
            other_id=form.other.data.stand,
            expected=form.stand.data.holder,
            other_expected=form.other.data.holder,
            override_reason=form.reason.data or None,
        ),
    )


@bp.post("/floor/undo")
@requires("stands.assign")
def undo() -> Response:
    """Take one change back, the newest when none is named."""
    form = UndoForm()
    hall = get_hall()
    return _do(
        form,
        lambda opened: (
            actions.undo_change(opened, change_id=form.change.data)
            if form.change.data
            else actions.undo_last(opened, hall_id=hall.id)
        ),
    )


@bp.post("/floor/lock")
@requires("stands.assign")
def lock() -> Response:
    """Pin whoever has a stand to it, or let go."""
    form = LockForm()
    if not form.validate():
        raise BadRequest
    locks, seen = bool(form.locks.data), form.stand.data
    try:
        with deed() as opened:
            actions.lock_stand(opened, stand_id=seen.stand, expected=seen.holder, locks=locks)
    except Refusal as refusal:
        if wants_json():
            raise
        return show_board(refusal)
    if wants_json():
        return jsonify(ok=True)
    say_done(_("The stand is locked.") if locks else _("The stand is unlocked."))
    return redirect(url_for("floor.board"), 303)
