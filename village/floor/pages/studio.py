"""The studio: what stands in the way of a full plan, searches for plans, the plans that were found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from village.floor import actions, allocation, queries, show_curves, show_studio
from village.floor.actions.studio import FRONTIER
from village.floor.allocation import Mode
from village.floor.allocation.diagnose import diagnose
from village.floor.forms import AskForm
from village.floor.pages.blueprint import bp, find_plan, get_hall, get_plan
from village.floor.wording import studio as words
from village.kit import jobs
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import deed, page, say_done, say_refused
from village.kit.wording import say_refusal

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from village.floor.queries import PlanView


@bp.get("/floor/allocation", endpoint="allocation")
@requires("stands.assign")
def allocation_page() -> Response:
    """Where the studio was before it had its own address."""
    return redirect(url_for("floor.studio"), 301)


@bp.get("/floor/studio")
@requires("stands.assign")
def studio() -> Response:
    """The studio's first page: conflicts, a form to look for plans, the plans found so far."""
    session, lang = db.session(), current_lang()
    shown = find_plan()
    if shown is None:
        return page("floor/empty.html")
    problem = queries.load_problem(session, shown.hall.id)
    people = show_studio.people_of(shown)
    proposals = queries.list_proposals(session, shown.hall.id)
    return page(
        "floor/studio/studio.html",
        plan=shown,
        form=AskForm(),
        broken=_broken_pins(shown),
        conflicts=[show_studio.tell_conflict(each, people, lang) for each in diagnose(problem)],
        now=show_studio.judge(problem, shown.places, lang),
        rule_set=words.RULE_SETS[problem.rules.name].say(lang),
        proposals=[(each, show_studio.proposal_name(each, lang)) for each in proposals],
        busy=any(not each.is_over for each in proposals),
        publication=queries.find_publication(session, shown.hall.id),
        **choices(),
    )


def _broken_pins(shown: PlanView) -> list[tuple[str, str]]:
    """Who is locked to stands that lie apart: the sentence, and what the form that unlocks it carries."""
    lang, stands, people = current_lang(), {each.code: each for each in shown.stands}, show_studio.people_of(shown)
    found = []
    for each in queries.broken_pins(db.session(), shown.hall.id):
        who = people.get(each.exhibitor)
        if who is not None:
            names = {"name_ar": who.name_in("ar"), "name_fr": who.name_in("fr")}
            told = say_refusal(Refusal("pin_broken", {**names, "stands": " ".join(each.stands)}), lang)
            found.append((told, f"{stands[each.stands[0]].id}:{who.id}"))
    return found


def choices() -> dict[str, Any]:
    """The names of modes, efforts and states in the reader's language."""
    lang = current_lang()
    return {
        "modes": [(each.value, words.MODES[each].say(lang), words.MODE_HINTS[each].say(lang)) for each in Mode],
        "mode_names": {each.value: words.MODES[each].say(lang) for each in Mode},
        "efforts": [(name, each.say(lang)) for name, each in words.EFFORTS.items()],
        "state_names": {name: each.say(lang) for name, each in words.STATES.items()},
    }


@bp.post("/floor/studio")
@requires("stands.assign")
def look_for_plan() -> Response:
    """Start a search; the same search is not started twice."""
    form, hall = AskForm(), get_hall()
    if not form.validate():
        raise BadRequest
    weights = request.form if "weights" in request.form else None
    try:
        with deed() as opened:
            asked = actions.ask_for_plan(opened, hall_id=hall.id, ask=form.ask(hall.rule_set, weights))
    except Refusal as refusal:
        say_refused(refusal)
        return redirect(url_for("floor.studio"), 303)
    if not asked.new:
        say_done(_("This plan was asked for before: here it is."))
    return redirect(url_for("floor.proposal", run_id=asked.run_id), 303)


@bp.post("/floor/allocate")
@requires("stands.assign")
def allocate() -> Response:
    """Start a search as the hall's own rules say, in one press."""
    hall = get_hall()
    try:
        with deed() as opened:
            asked = actions.ask_for_plan(opened, hall_id=hall.id, ask=actions.Ask())
    except Refusal as refusal:
        say_refused(refusal)
        return redirect(url_for("floor.studio"), 303)
    return redirect(url_for("floor.proposal", run_id=asked.run_id), 303)


@bp.post("/floor/studio/modes")
@requires("stands.assign")
def look_in_all_modes() -> Response:
    """Start one search in each mode, so that their prices can be seen side by side."""
    hall = get_hall()
    try:
        with deed() as opened:
            runs = [actions.ask_for_plan(opened, hall_id=hall.id, ask=actions.Ask(mode=mode)).run_id for mode in Mode]
    except Refusal as refusal:
        say_refused(refusal)
        return redirect(url_for("floor.studio"), 303)
    return redirect(url_for("floor.compare", plan=runs), 303)


@bp.get("/floor/studio/moves")
@requires("stands.assign")
def frontier() -> Response:
    """How many points how many moves from the present plan are worth."""
    session, lang = db.session(), current_lang()
    shown = find_plan()
    if shown is None:
        return page("floor/empty.html")
    family = _family(shown)
    points = [
        (each, len(allocation.moved(shown.places, each.places)))
        for each in queries.list_proposals(session, shown.hall.id, family=family)
    ]
    running = jobs.latest_job(session, FRONTIER)
    problem = queries.load_problem(session, shown.hall.id)
    return page(
        "floor/studio/moves.html",
        plan=shown,
        now=show_studio.judge(problem, shown.places, lang),
        points=sorted(points, key=lambda each: each[1]),
        dots=show_curves.frontier_dots(sorted((moves, each.cost) for each, moves in points)),
        job=running if running and not running.is_over else None,
        failed=bool(running and running.state == "failed" and not points),
    )


def _family(shown: PlanView) -> str:
    # A frontier belongs to one plan on one drawing; whatever changes makes a new one.
    return f"moves:{shown.hall.id}:{shown.hall.version}:{shown.hall.layout_version}"


@bp.post("/floor/studio/moves")
@requires("stands.assign")
def look_for_frontier() -> Response:
    """Start the search for plans with few moves, unless it is under way."""
    shown = get_plan()
    arguments = {"hall_id": shown.hall.id, "family": _family(shown)}
    with deed() as opened:
        if jobs.find_open(opened.session, FRONTIER, **arguments) is None:
            jobs.start(opened, FRONTIER, **arguments)
    return redirect(url_for("floor.frontier"), 303)
