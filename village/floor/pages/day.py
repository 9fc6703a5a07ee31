"""The days of the fair, for whoever walks through the hall with a telephone: who has come, whose stand is given on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import BadRequest

from village.exhibitors import queries as exhibitors
from village.floor import actions, queries
from village.floor.forms_day import ArriveForm, ClaimForm, ReflowForm
from village.floor.pages.blueprint import bp, get_hall
from village.floor.queries import DayState
from village.kit.clock import instant, local
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import clock, deed, edition, page, say_done, say_refused
from village.kit.wording import say_refusal

if TYPE_CHECKING:
    from datetime import date

    from werkzeug.wrappers import Response

    from village.floor.queries import ChangeRow, DayView, HallView
    from village.floor.reflow import Reflow

# So many late comers are offered a stand at once; more wait their turn.
MOST_OFFERS = 5
# Digits of an id that a database can hold.
LONGEST_ID = 18


def _day(text: str | None, hall: HallView) -> date:
    """The asked day, else today where it is one of the fair, else the fair's nearest."""
    days = queries.fair_days(db.session(), hall.edition_id)
    asked = next((each for each in days if each.isoformat() == text), None)
    today = local(clock().now(), edition().zone).date()
    return asked or next((each for each in days if each >= today), days[-1])


def _view(hall: HallView, day: date) -> DayView:
    return queries.get_day(db.session(), hall.id, day, clock().now())


@bp.get("/floor/day")
@requires("stands.assign")
def day() -> Response:
    """The day's list: who has come to its stand, who is expected, who is missing, who came too late."""
    hall, session = get_hall(), db.session()
    shown = _view(hall, _day(request.args.get("day"), hall))
    stranded = shown.in_state(DayState.STRANDED)
    offers = {row.exhibitor.id: queries.offer_for(session, hall.id, row) for row in stranded[:MOST_OFFERS]}
    last = _last_of(hall, shown.day)
    return page(
        "floor/day.html",
        hall=hall,
        shown=shown,
        states=DayState,
        offers=offers,
        last=last,
        seconds_left=_seconds_left(shown),
        form=ClaimForm(claim_by=shown.claim_by),
        papers=url_for("floor.papers_room", only="changed"),
        lang=current_lang(),
    )


def _seconds_left(shown: DayView) -> int | None:
    """Seconds until the time by which exhibitors must have come, on the day itself; else None."""
    now = clock().now()
    if shown.claim_by is None or shown.over or local(now, edition().zone).date() != shown.day:
        return None
    return math.ceil((instant(shown.day, shown.claim_by, edition().zone) - now).total_seconds())


def _last_of(hall: HallView, day: date) -> ChangeRow | None:
    """The newest change of the plan that can be undone, where it was made on this day: not last month's allocation."""
    session = db.session()
    undoable = queries.list_undoable(session, hall.id)
    newest = next((each for each in queries.list_changes(session, hall.id, 12) if each.id in undoable[-1:]), None)
    return newest if newest and local(newest.at, edition().zone).date() == day else None


def back(hall: HallView, day: date | str | None = None) -> Response:
    """To the day's list."""
    return redirect(url_for("floor.day", hall=hall.code, day=str(day) if day else None), 303)


@bp.post("/floor/day/claim")
@requires("stands.assign")
def set_claim_time() -> Response:
    """Set the time by which exhibitors must have come."""
    hall, form = get_hall(), ClaimForm()
    if not form.validate():
        raise BadRequest
    with deed() as opened:
        actions.set_claim_time(opened, hall_id=hall.id, claim_by=form.claim_by.data)
    say_done(_("The time is set."))
    return back(hall)


@bp.post("/floor/day/arrive")
@requires("stands.assign")
def arrive() -> Response:
    """Note that an exhibitor has come; a late one is told what to do."""
    hall, form = get_hall(), ArriveForm()
    if not form.validate():
        raise BadRequest
    row = exhibitors.get_exhibitor(db.session(), form.exhibitor.data)
    name = row.name_in(current_lang())
    try:
        with deed() as opened:
            came = actions.note_arrival(opened, hall_id=hall.id, exhibitor_id=row.id, day=form.day.data)
    except Refusal as refusal:
        say_refused(refusal)
        return back(hall)
    if came.placed:
        say_done(_("%(name)s has come.", name=name))
    else:
        say_done(_("%(name)s has come, but its stand was given on. See below what it can have.", name=name))
    return back(hall, form.day.data)


def _names(hall: HallView) -> dict[str, Any]:
    rows = exhibitors.list_exhibitors(db.session(), hall.edition_id)
    return {row.code: row for row in rows}


def _proposal(hall: HallView, day: date, absent: tuple[int, ...] | None) -> Reflow:
    return queries.propose(db.session(), hall.id, day, clock().now(), absent)


@bp.get("/floor/day/reflow")
@requires("stands.assign")
def reflow() -> Response:
    """What would become of the stands of those who did not come."""
    hall = get_hall()
    day = _day(request.args.get("day"), hall)
    asked = tuple(
        int(each)
        for each in request.args.getlist("absent")
        if each.isascii() and each.isdigit() and len(each) <= LONGEST_ID
    )
    return show_reflow(hall, day, asked)


def show_reflow(hall: HallView, day: date, absent: tuple[int, ...], refusal: Refusal | None = None) -> Response:
    """The proposal as it is now, with why the last one was refused."""
    found = _proposal(hall, day, absent or None)
    people = _names(hall)
    return page(
        "floor/reflow.html",
        409 if refusal else 200,
        hall=hall,
        day=day,
        found=found,
        absent=absent,
        people=people,
        lang=current_lang(),
        refusal_text=say_refusal(refusal, current_lang()) if refusal else "",
    )


@bp.post("/floor/day/reflow")
@requires("stands.assign")
def give_on() -> Response:
    """Give on the stands of those absent, as proposed."""
    hall, form = get_hall(), ReflowForm()
    if not form.validate():
        raise BadRequest
    absent = tuple(form.absent.data or ())
    try:
        with deed() as opened:
            done = actions.reflow_absent(
                opened, hall_id=hall.id, day=form.day.data, absent=absent or None, seen=form.seen.data
            )
    except Refusal as refusal:
        if refusal.code == "not_a_fair_day":
            raise
        return show_reflow(hall, form.day.data, absent, refusal)
    count = len({step.after for step in done.steps if step.after is not None})
    say_done(
        ngettext(
            "%(num)s exhibitor has a new stand now. Print the changed signs.",
            "%(num)s exhibitors have a new stand now. Print the changed signs.",
            count,
        )
    )
    return back(hall, form.day.data)


@bp.get("/floor/day/move/<code>")
@requires("stands.assign")
def move(code: str) -> Response:
    """Where an exhibitor could go or with whom it could change, with all that speaks against it."""
    hall, session, lang = get_hall(), db.session(), current_lang()
    row = exhibitors.get_exhibitor_by_code(session, hall.edition_id, code)
    targets = queries.list_targets(session, hall.id, row.id)
    names = {"exhibitor": row.code, "name_ar": row.name_ar or row.name_fr, "name_fr": row.name_fr or row.name_ar}
    told = [
        (each, [say_refusal(Refusal(one.code, {**names, **one.facts}), lang) for one in each.objections])
        for each in targets
    ]
    shown = queries.load_plan(session, hall.edition_id, hall.code)
    block = shown.blocks.get(row.id, ()) if shown else ()
    return page("floor/move.html", hall=hall, row=row, block=block, targets=told, lang=lang)
