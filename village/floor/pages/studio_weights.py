"""The points of the rules in plain words, with what they would change at once; and who is locked where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from village.floor import actions, queries, show, show_studio
from village.floor.allocation import RULE_SETS
from village.floor.forms import LockForm, read_weights
from village.floor.pages.blueprint import bp, get_hall, obstacle_names
from village.floor.pages.studio import choices
from village.floor.pages.studio_runs import get_scene
from village.floor.wording import studio as words
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import deed, page, say_done, say_refused, wants_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response

    from village.floor.allocation import Plan


# So many of the newest proposals are judged anew at each touch of a slider.
PREVIEWED = 2


@bp.get("/floor/studio/weights")
@requires("stands.assign")
def weights() -> Response:
    """The rules and their points, with what the plans cost under them."""
    return page("floor/studio/weights.html", **_under(request.args), **choices())


@bp.post("/floor/studio/weights/try")
@requires("stands.assign")
def try_weights() -> Response:
    """The same page under the points as they were typed, for browsers without scripts; nothing is kept."""
    return page("floor/studio/weights.html", **_under(request.form), **choices())


@bp.get("/floor/studio/weights/preview")
@requires("stands.assign")
def weights_preview() -> Response:
    """What the plan and the newest proposals cost under the points as they are typed."""
    return page("floor/studio/_preview.html", **_under(request.args))


def _under(sent: Mapping[str, str]) -> dict[str, Any]:
    shown, _none = get_scene()
    session, lang = db.session(), current_lang()
    problem = queries.load_problem(session, shown.hall.id)
    stored = {name: getattr(problem.rules.weights, name) for name in problem.rules.weights.__dataclass_fields__}
    rule_set = sent.get("rule_set", problem.rules.name)
    if rule_set not in RULE_SETS:
        raise BadRequest
    typed = read_weights(sent, rule_set)
    own = rule_set == problem.rules.name
    used = {**{name: each for name, each in stored.items() if isinstance(each, int) and own}, **typed}
    trial = queries.under(problem, rule_set, used)
    newest = queries.list_proposals(session, shown.hall.id, limit=PREVIEWED)
    found = [each for each in newest if each.places and each.places != shown.places]
    plans: list[tuple[str, int | None, Plan]] = [(_("The plan now"), None, shown.places)] if shown.places else []
    plans += [(show_studio.proposal_name(each, lang), each.id, each.places) for each in found]
    return {
        "plan": shown,
        "rule_set": rule_set,
        "rule_sets": [
            (name, words.RULE_SETS[name].say(lang), words.RULE_SET_HINTS[name].say(lang)) for name in RULE_SETS
        ],
        "fields": show_studio.weight_fields(rule_set, used, lang),
        "previews": [
            (
                name,
                run_id,
                show_studio.judge(problem, places, lang) if own else None,
                show_studio.judge(trial, places, lang),
            )
            for name, run_id, places in plans
        ],
    }


@bp.post("/floor/studio/weights")
@requires("stands.assign")
def keep_weights() -> Response:
    """Make the points those of the hall, for every plan from now on."""
    hall = get_hall()
    rule_set = request.form.get("rule_set", hall.rule_set)
    if rule_set not in RULE_SETS:
        raise BadRequest
    try:
        with deed() as opened:
            actions.choose_weights(
                opened, hall_id=hall.id, rule_set=rule_set, weights=read_weights(request.form, rule_set)
            )
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(_("These points hold from now on."))
    return redirect(url_for("floor.weights"), 303)


@bp.get("/floor/studio/locks")
@requires("stands.assign")
def locks() -> Response:
    """The plan on which a tap locks an exhibitor to its stand, or lets it go."""
    shown, _none = get_scene()
    lang = current_lang()
    return page(
        "floor/studio/locks.html",
        plan=shown,
        stands=show_studio.small_plan(shown, shown.places),
        held=sorted((each for each in shown.stands if each.holder), key=lambda each: each.code),
        obstacles=obstacle_names(shown),
        legend=show.sector_legend((each.holder for each in shown.stands), lang),
    )


@bp.post("/floor/studio/locks")
@requires("stands.assign")
def lock_block() -> Response:
    """Lock whoever has a stand to its stands, or let it go."""
    form = LockForm()
    if not form.validate():
        raise BadRequest
    locking, seen = bool(form.locks.data), form.stand.data
    try:
        with deed() as opened:
            actions.lock_exhibitor(opened, stand_id=seen.stand, expected=seen.holder, locks=locking)
    except Refusal as refusal:
        if wants_json():
            raise
        say_refused(refusal)
        return redirect(url_for("floor.locks"), 303)
    told = _("The stand is locked.") if locking else _("The stand is unlocked.")
    if wants_json():
        return jsonify(locked=locking, message=str(told))
    say_done(told)
    return redirect(url_for("floor.locks") + "#list", 303)
