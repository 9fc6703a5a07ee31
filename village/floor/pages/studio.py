"""The studio: plans that the program finds, why each exhibitor stands where it does, the plan made public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, url_for
from flask_babel import gettext as _

from village.floor import actions, queries, show, wording
from village.floor.pages.blueprint import bp, get_hall
from village.floor.pages.board import show_board
from village.kit import jobs
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import deed, edition, page, say_done

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

# The kind of the job in jobs.py, which pages do not import.
ALLOCATE = "floor.allocate"


@bp.post("/floor/publish")
@requires("stands.assign")
def publish() -> Response:
    """Make the plan public as it stands."""
    hall = get_hall()
    try:
        with deed() as opened:
            number = actions.publish_plan(opened, hall_id=hall.id)
    except Refusal as refusal:
        return show_board(refusal)
    say_done(_("The plan is public now, version %(number)s.", number=number))
    return redirect(url_for("floor.board"), 303)


@bp.post("/floor/allocate")
@requires("stands.assign")
def allocate() -> Response:
    """Start the allocation as a job."""
    hall = get_hall()
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
