"""One exhibitor in a plan: why it stands there, where else it could, why not at a stand somebody names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from village.floor import actions, allocation, queries, show, show_studio
from village.floor.forms import PinForm
from village.floor.pages.blueprint import bp
from village.floor.pages.studio_runs import LONGEST_NUMBER, get_scene
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import deed, page, say_done, say_refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response

    from village.floor.allocation import Plan, Problem
    from village.floor.queries import PlanView, Proposal


class _Scene:
    """The exhibitor, the plan it is looked at in, and the problem under that plan's rules."""

    def __init__(self, code: str, sent: Mapping[str, str]) -> None:
        asked = sent.get("plan", "")
        shown, found = get_scene(int(asked) if asked.isdecimal() and len(asked) <= LONGEST_NUMBER else None)
        self.shown: PlanView = shown
        self.run: Proposal | None = found
        self.people = show_studio.people_of(shown)
        if code not in self.people:
            raise Refusal("exhibitor_not_found", {"exhibitor": code})
        self.who = self.people[code]
        problem = queries.load_problem(db.session(), shown.hall.id)
        self.problem: Problem = queries.under(problem, found.rule_set, found.weights) if found else problem
        known = {each.code for each in self.problem.stands}
        places = found.places if found else shown.places
        self.places: Plan = {who: block for who, block in places.items() if who in self.people and known >= set(block)}

    def names(self) -> dict[str, str]:
        """Names of all exhibitors by code."""
        return {code: each.name_in(current_lang()) for code, each in self.people.items()}


@bp.get("/floor/studio/exhibitors/<code>")
@requires("stands.assign")
def placing(code: str) -> Response:
    """Why the exhibitor stands where it does; with ?stand=A01 why not there; with ?others=1 two other places."""
    scene = _Scene(code, request.args)
    lang, stand = current_lang(), request.args.get("stand", "").strip().upper()
    zones = show.zone_names(scene.shown.hall, lang)
    why = allocation.reasons(scene.problem, scene.places)
    judged = show_studio.judge(scene.problem, scene.places, lang)
    return page(
        "floor/studio/placing.html",
        plan=scene.shown,
        run=scene.run,
        who=scene.who,
        block=scene.places.get(code),
        reasons=show.reason_sentences(why.get(code, ()), scene.names(), zones, lang),
        points=judged.own.get(code, 0),
        asked=stand,
        answer=_answer(scene, stand) if stand else None,
        others=_others(scene) if request.args.get("others") else None,
    )


@bp.get("/floor/studio/exhibitors/<code>/others")
@requires("stands.assign")
def other_places(code: str) -> Response:
    """Two other places for the exhibitor with their price, as a part of its page."""
    scene = _Scene(code, request.args)
    return page(
        "floor/studio/_others.html",
        plan=scene.shown,
        run=scene.run,
        who=scene.who,
        others=_others(scene),
    )


def _others(scene: _Scene) -> list[dict[str, Any]]:
    from village.floor.allocation.explain import alternatives

    found = alternatives(scene.problem, scene.places, scene.who.code, 2)
    return [_priced(scene, each.block, each.extra, each.moves) for each in found]


def _priced(scene: _Scene, block: tuple[str, ...], extra: int, moves: tuple[Any, ...]) -> dict[str, Any]:
    return {
        "block": block,
        "extra": extra,
        "sentence": show_studio.price_in_words(extra, len(moves), current_lang()),
        "moves": [(scene.people[each.who], each.before, each.after) for each in moves if each.who in scene.people],
        "seen": _seen(scene.shown, block[0]),
    }


def _seen(shown: PlanView, code: str) -> str:
    stand = next(each for each in shown.stands if each.code == code)
    return f"{stand.id}:{stand.holder.id if stand.holder else ''}"


def _answer(scene: _Scene, stand: str) -> dict[str, Any]:
    from village.floor.allocation.explain import why_not

    lang = current_lang()
    if stand not in {each.code for each in scene.problem.stands}:
        return {"sentences": [_("There is no such stand.")], "priced": None}
    found = why_not(scene.problem, scene.places, scene.who.code, stand)
    if found.objections:
        told = show_studio.objections_in_words(found.objections, scene.people, lang)
        return {"sentences": told, "priced": None}
    block = tuple(found.block or (stand,))
    if block == tuple(scene.places.get(scene.who.code, ())):
        return {"sentences": [_("It stands there already.")], "priced": None}
    return {"sentences": [], "priced": _priced(scene, block, found.extra or 0, found.moves)}


@bp.post("/floor/studio/exhibitors/<code>/there")
@requires("stands.assign")
def propose_there(code: str) -> Response:
    """Keep the plan in which the exhibitor stands there, with whatever moves for it, as a proposal."""
    from village.floor.allocation.explain import why_not

    scene = _Scene(code, request.form)
    block = tuple(request.form.get("block", "").split())
    if not block or not {each.code for each in scene.problem.stands} >= set(block):
        raise BadRequest
    found = why_not(scene.problem, scene.places, code, block if len(block) > 1 else block[0])
    if found.objections or found.block is None:
        raise Refusal.of([each.refusal() for each in found.objections])
    plan = {**scene.places, code: found.block, **{each.who: each.after or () for each in found.moves}}
    with deed() as opened:
        run_id = actions.keep_plan(
            opened,
            hall_id=scene.shown.hall.id,
            problem=scene.problem,
            plan={who: each for who, each in plan.items() if each},
            found=actions.Ask(name=f"{code} → {' '.join(found.block)}", keep="plan"),
        )
    return redirect(url_for("floor.proposal", run_id=run_id), 303)


@bp.post("/floor/studio/exhibitors/<code>/lock")
@requires("stands.assign")
def lock_there(code: str) -> Response:
    """Put the exhibitor at a stand by hand and lock it there."""
    form = PinForm()
    if not form.validate():
        raise BadRequest
    try:
        with deed() as opened:
            actions.keep_pinned(
                opened,
                stand_id=form.stand.data.stand,
                exhibitor_id=form.exhibitor.data,
                expected=form.stand.data.holder,
                reason=form.reason.data or None,
            )
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(_("It stands there now and is locked. Look for a plan to place the others round it."))
    return redirect(url_for("floor.placing", code=code), 303)
