"""One plan of the studio: how it is found, what it costs, why each stands where it does; plans side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.floor import actions, allocation, queries, show, show_curves, show_studio
from village.floor.pages.blueprint import bp, get_plan, get_plan_of, obstacle_names
from village.floor.pages.studio import choices
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import deed, page, say_done, say_refused

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from village.floor.allocation import Problem
    from village.floor.queries import PlanView, Proposal

# So many plans fit side by side.
MOST_COMPARED = 3
# More digits than this no run of ours has.
LONGEST_NUMBER = 9


def get_scene(run_id: int | None = None) -> tuple[PlanView, Proposal | None]:
    """The present plan, and a proposal of its hall; without one the plan of the hall that is asked for.

    Raises:
        Refusal: ``hall_not_found``, ``run_not_found``.
    """
    if run_id is None:
        return get_plan(), None
    found = queries.find_proposal(db.session(), run_id)
    try:
        shown = get_plan_of(found.hall_id) if found else None
    except Refusal:
        shown = None
    if found is None or shown is None:
        raise Refusal("run_not_found", {"run": run_id})
    return shown, found


@bp.get("/floor/studio/plans/<int:run_id>")
@requires("stands.assign")
def proposal(run_id: int) -> Response:
    """A plan that was found, or is being looked for."""
    shown, found = get_scene(run_id)
    if found is None or not found.is_over:
        return page("floor/studio/running.html", **_live(shown, found))
    return page("floor/studio/proposal.html", **_result(shown, found), **choices())


def _live(shown: PlanView, found: Proposal | None) -> dict[str, Any]:
    lang = current_lang()
    return {
        "plan": shown,
        "run": found,
        "name": show_studio.proposal_name(found, lang) if found else "",
        "curve": show_curves.curve_of(found.curve) if found else None,
        "stands": show_studio.small_plan(shown, found.places if found else {}),
        "total": len(show_studio.people_of(shown)),
        "obstacles": obstacle_names(shown),
        **choices(),
    }


@bp.get("/floor/studio/plans/<int:run_id>/live")
@requires("stands.assign")
def live(run_id: int) -> Response:
    """How far a search has come, as a part of its page; at its end the page is asked for anew."""
    shown, found = get_scene(run_id)
    answer = page("floor/studio/_live.html", **_live(shown, found))
    if found and found.is_over:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _result(shown: PlanView, found: Proposal) -> dict[str, Any]:
    session, lang = db.session(), current_lang()
    problem = queries.load_problem(session, shown.hall.id)
    own = queries.under(problem, found.rule_set, found.weights)
    people, zones = show_studio.people_of(shown), show.zone_names(shown.hall, lang)
    names = {code: each.name_in(lang) for code, each in people.items()}
    why = found.reasons or allocation.reasons(own, found.places)
    judged = [show_studio.judge(own, places, lang) for places in (shown.places, found.places)]
    return {
        "plan": shown,
        "run": found,
        "name": show_studio.proposal_name(found, lang),
        "judged": judged[1],
        "now": judged[0],
        "movers": show_studio.movers(people, [shown.places, found.places], judged) if shown.places else [],
        "stands": show_studio.small_plan(shown, found.places, shown.places or None),
        "curve": show_curves.curve_of(found.curve),
        "changed": queries.changed_since(session, found.id, problem),
        "is_plan": found.places == shown.places,
        "obstacles": obstacle_names(shown),
        "fairness": show_studio.fairness_rows([show_studio.fair(own, found.places)], lang),
        "rows": [
            (each, found.places.get(code), show.reason_sentences(why.get(code, ()), names, zones, lang))
            for code, each in people.items()
        ],
    }


@bp.post("/floor/studio/plans/<int:run_id>/stop")
@requires("stands.assign")
def stop_search(run_id: int) -> Response:
    """End a search with the best plan so far."""
    get_scene(run_id)
    with deed() as opened:
        actions.stop_run(opened, run_id=run_id)
    say_done(_("The search is asked to stop; the best plan so far is kept."))
    return redirect(url_for("floor.proposal", run_id=run_id), 303)


@bp.post("/floor/studio/plans/<int:run_id>/apply")
@requires("stands.assign")
def apply_proposal(run_id: int) -> Response:
    """Make a proposal the plan."""
    get_scene(run_id)
    expected = request.form.get("expected", type=int)
    try:
        with deed() as opened:
            done = actions.apply_run(opened, run_id=run_id, expected=expected)
    except Refusal as refusal:
        say_refused(refusal)
        return redirect(url_for("floor.proposal", run_id=run_id), 303)
    out = len(done.unplaced)
    say_done(_("This is the plan now. Moved: %(moved)s. Without a stand: %(out)s.", moved=done.moved, out=out))
    return redirect(url_for("floor.board"), 303)


@bp.get("/floor/studio/compare")
@requires("stands.assign")
def compare() -> Response:
    """Two or three plans side by side: ?plan=now&plan=7&plan=9."""
    shown, _none = get_scene()
    session, lang = db.session(), current_lang()
    problem = queries.load_problem(session, shown.hall.id)
    asked = request.args.getlist("plan")[:MOST_COMPARED]
    columns = [each for word in asked if (each := _column(shown, problem, word)) is not None]
    people = show_studio.people_of(shown)
    # A plan that is still to be begun has nothing to be compared by.
    begun = [each for each in columns if each["run"] is None or each["run"].is_over or each["places"]]
    plans = [each["places"] for each in begun]
    listed = queries.list_proposals(session, shown.hall.id)
    return page(
        "floor/studio/compare.html",
        plan=shown,
        asked=asked,
        columns=columns,
        begun=begun,
        busy=any(each["run"] and not each["run"].is_over for each in columns),
        kinds=_kinds(begun),
        movers=show_studio.movers(people, plans, [each["judged"] for each in begun]) if len(plans) > 1 else [],
        fairness=show_studio.fairness_rows([each["fair"] for each in begun], lang),
        choosable=[("now", _("The plan now")), *((str(e.id), show_studio.proposal_name(e, lang)) for e in listed)],
        obstacles=obstacle_names(shown),
        **choices(),
    )


def _column(shown: PlanView, problem: Problem, word: str) -> dict[str, Any] | None:
    lang = current_lang()
    found = None
    if word.isdecimal() and len(word) <= LONGEST_NUMBER:
        found = queries.find_proposal(db.session(), int(word))
        if found is None or found.hall_id != shown.hall.id:
            return None
    elif word != "now":
        return None
    places = dict(found.places) if found else dict(shown.places)
    return {
        "run": found,
        "name": show_studio.proposal_name(found, lang) if found else _("The plan now"),
        "places": places,
        "judged": show_studio.judge(problem, places, lang),
        "moved": len(allocation.moved(shown.places, places)),
        "stands": show_studio.small_plan(shown, places, shown.places if found else None),
        "fair": show_studio.fair(problem, places),
    }


def _kinds(columns: list[dict[str, Any]]) -> list[tuple[str, list[int]]]:
    """Points by kind, a row for each kind and a figure for each plan."""
    names = {code: name for each in columns for code, name, _points in each["judged"].by_kind}
    return [
        (name, [sum(points for kind, _name, points in each["judged"].by_kind if kind == code) for each in columns])
        for code, name in sorted(names.items(), key=lambda each: each[1])
    ]
