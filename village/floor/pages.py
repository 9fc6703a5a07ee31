"""Pages of the floor: the public plan, the organisers' plan where stands are given, the allocation and its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from village.exhibitors import queries as exhibitors
from village.exhibitors.rules import Status
from village.floor import actions, queries, show, wording
from village.floor.forms import AssignForm, LockForm, SwapForm, UndoForm
from village.kit import jobs
from village.kit.db import db
from village.kit.guard import public, requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import deed, edition, page, say_done, wants_json
from village.kit.wording import say_deed, say_refusal
from village.people.rules import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response

    from village.floor.actions import PlanChanged
    from village.floor.queries import PlanView, StandView
    from village.kit.deeds import Deed

bp = Blueprint("floor", __name__)

# The kind of the job in jobs.py, which pages do not import.
ALLOCATE = "floor.allocate"
HISTORY = 12


@bp.get("/plan")
@public
def plan() -> Response:
    """The published plan; `q` finds exhibitors and stands, `stand` shows one."""
    found = queries.load_published_plan(db.session(), edition().id) if edition() else None
    if found is None:
        return page("floor/empty.html")
    shown, publication = found
    lang, asked = current_lang(), request.args.get("q", "").strip()[:80]
    hits = _find(shown, asked)
    code = request.args.get("stand", "").strip().upper()
    picked = next((each for each in shown.stands if each.code == code), None)
    return page(
        "floor/plan.html",
        plan=shown,
        publication=publication,
        stands=show.drawn(shown, lang),
        listed=show.listed(shown, shown.stands, lang),
        hits=show.listed(shown, hits, lang),
        picked=show.listed(shown, [picked], lang)[0] if picked else None,
        found={each.id for each in [*hits, *([picked] if picked else [])]},
        asked=asked,
        legend=show.sector_legend((each.holder for each in shown.stands), lang),
        zones=show.zone_names(shown.hall, lang),
        obstacles=_obstacles(shown),
    )


def _find(shown: PlanView, asked: str) -> list[StandView]:
    """Stands of the asked number, else those of the asked exhibitors, searched as in the directory."""
    if not fold(asked):
        return []
    by_code = [each for each in shown.stands if fold(each.code) == fold(asked)]
    if by_code:
        return by_code
    rows = exhibitors.list_exhibitors(db.session(), shown.hall.edition_id, status=Status.ACCEPTED, search=asked)
    asked_for = {row.id for row in rows}
    return [each for each in shown.stands if each.holder and each.holder.id in asked_for]


def _obstacles(shown: PlanView) -> dict[str, str]:
    lang = current_lang()
    return {
        each.code: wording.OBSTACLES[each.kind].say(lang) if each.kind in wording.OBSTACLES else each.kind
        for each in shown.hall.obstacles
    }


@bp.get("/floor")
@requires("stands.assign")
def board() -> Response:
    """The organisers' plan."""
    return _board()


def _board(refusal: Refusal | None = None) -> Response:
    shown = queries.load_plan(db.session(), edition().id) if edition() else None
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
        obstacles=_obstacles(shown),
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
        "stand.freed": _("Freed"),
        "plan.undone": _("Undone"),
        "plan.allocated": _("Allocation"),
    }
    return str(names.get(code, code))


@bp.get("/floor/state")
@requires("stands.assign")
def state() -> Response:
    """Who stands where now, for the plan's script after a conflict."""
    shown = queries.load_plan(db.session(), edition().id)
    if shown is None:
        raise Refusal("hall_not_found")
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
        return _board(refusal)
    return _changed(changed)


def _changed(changed: PlanChanged) -> Response:
    lang = current_lang()
    shown = queries.load_plan(db.session(), edition().id)
    if shown is None:
        raise Refusal("hall_not_found")
    said = _say(changed, shown)
    if wants_json():
        return jsonify({**show.plan_json(shown, lang), "change": changed.change_id, "message": said})
    say_done(said)
    return redirect(url_for("floor.board"), 303)


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
    return _do(
        form,
        lambda opened: actions.assign_stand(
            opened,
            stand_id=form.stand.data.stand,
            exhibitor_id=form.exhibitor.data,
            expected=form.stand.data.holder,
            override_reason=form.reason.data or None,
        ),
    )


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
    hall = queries.find_hall(db.session(), edition().id)
    if hall is None:
        raise Refusal("hall_not_found")
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
        return _board(refusal)
    if wants_json():
        return jsonify(ok=True)
    say_done(_("The stand is locked.") if locks else _("The stand is unlocked."))
    return redirect(url_for("floor.board"), 303)


@bp.post("/floor/publish")
@requires("stands.assign")
def publish() -> Response:
    """Make the plan public as it stands."""
    hall = queries.find_hall(db.session(), edition().id)
    if hall is None:
        raise Refusal("hall_not_found")
    try:
        with deed() as opened:
            number = actions.publish_plan(opened, hall_id=hall.id)
    except Refusal as refusal:
        return _board(refusal)
    say_done(_("The plan is public now, version %(number)s.", number=number))
    return redirect(url_for("floor.board"), 303)


@bp.post("/floor/allocate")
@requires("stands.assign")
def allocate() -> Response:
    """Start the allocation as a job."""
    hall = queries.find_hall(db.session(), edition().id)
    if hall is None:
        raise Refusal("hall_not_found")
    with deed() as opened:
        jobs.start(opened, ALLOCATE, hall_id=hall.id)
    return redirect(url_for("floor.allocation"), 303)


@bp.get("/floor/allocation")
@requires("stands.assign")
def allocation() -> Response:
    """The last allocation: its cost, how well it is proven, and why each exhibitor has its stand."""
    session, lang = db.session(), current_lang()
    shown = queries.load_plan(session, edition().id) if edition() else None
    if shown is None:
        return page("floor/empty.html")
    run = queries.find_latest_run(session, shown.hall.id)
    running = jobs.latest_job(session, ALLOCATE)
    context: dict[str, Any] = {"plan": shown, "run": run, "job": running, "rows": [], "charges": []}
    if run is not None:
        zones = show.zone_names(shown.hall, lang)
        people = [*(each.holder for each in shown.stands if each.holder), *shown.waiting]
        names = {each.code: each.name_in(lang) for each in people}
        context["rows"] = [
            (each, run.places.get(each.code), show.reason_sentences(run.reasons.get(each.code, ()), names, zones, lang))
            for each in sorted(people, key=lambda each: each.code)
        ]
        context["charges"] = [(wording.CHARGES[code].say(lang), points) for code, points in run.by_code.items()]
    return page("floor/allocation.html", **context)
