"""The printing room of the floor: plans, zone sheets and stand signs; and where the codes printed on them lead."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from flask import redirect, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from village.floor import actions, papers, queries, show, signs
from village.floor.pages.blueprint import bare, bp, get_hall, obstacle_names
from village.floor.paper_files import (
    AT_ONCE_STANDS,
    KINDS,
    PAPER,
    Order,
    changed_signs,
    make,
    paper_key,
    said_by,
    shown_plan,
)
from village.kit import jobs
from village.kit.db import db
from village.kit.guard import public, requires
from village.kit.i18n import current_lang
from village.kit.locale import preferred_lang
from village.kit.refusal import Refusal
from village.kit.web import clock, deed, edition, page, parts, say_done, say_refused, storage
from village.kit.wording import say_refusal

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from village.floor.papers import Heading
    from village.floor.queries import PlanView
    from village.floor.signs import Sign

FORMATS = {"plan": papers.FORMATS, "zones": ("a4",), "signs": signs.FORMATS}


@bp.get("/floor/papers")
@requires("stands.assign")
def papers_room() -> Response:
    """What can be printed, and what has changed since it was."""
    return _room()


def _room(refusal: Refusal | None = None) -> Response:
    plan, heading = _plan()
    lang, made = current_lang(), signs.signs_of(plan)
    printed = queries.printed_signs(db.session(), plan.hall.id)
    return page(
        "floor/papers.html",
        409 if refusal else 200,
        plan=plan,
        halls=queries.list_halls(db.session(), edition().id),
        published=heading.number,
        signs=len(made),
        changed=[(" ".join(each.codes), _name(each)) for each in changed_signs(made, printed)],
        printed=len(printed),
        zones=[(code, name) for code, name in show.zone_names(plan.hall, lang).items() if _has_stands(plan, code)],
        spots=_spots(plan),
        job=jobs.latest_job(db.session(), PAPER),
        refusal_text=say_refusal(refusal, lang) if refusal else "",
    )


@bp.post("/floor/papers/print")
@requires("stands.assign")
def print_paper() -> Response:
    """Make a paper: at once where that takes a second, else by a job."""
    plan, heading = _plan()
    try:
        order = _order(plan)
    except Refusal as refusal:
        return _room(refusal)
    if order.kind != "signs" and order.paper != "a0" and len(plan.stands) <= AT_ONCE_STANDS:
        name = f"{order.kind}-{plan.hall.code}-{order.paper}.pdf"
        made = make(order, plan, heading)
        return send_file(BytesIO(made), mimetype="application/pdf", as_attachment=True, download_name=name)
    with deed() as doing:
        job = jobs.start(doing, PAPER, edition_id=edition().id, order=order.values())
    return redirect(url_for("floor.paper", job_id=job, kind=order.kind), 303)


@bp.get("/floor/papers/<int:job_id>")
@requires("stands.assign")
def paper(job_id: int) -> Response:
    """How far a print run has come, its file, and for signs whether they came out of the printer."""
    kind = request.args.get("kind", "")
    return page("floor/paper.html", job=jobs.get_job(db.session(), job_id), kind=kind if kind in KINDS else "plan")


@bp.get("/floor/papers/<int:job_id>/paper.pdf")
@requires("stands.assign")
def paper_file(job_id: int) -> Response:
    """The file of a print run.

    Raises:
        Refusal: ``paper_not_found``.
    """
    key = paper_key(edition().id, job_id)
    if not storage().exists(key):
        raise Refusal("paper_not_found")
    return send_file(storage().path(key), mimetype="application/pdf", download_name=f"floor-{job_id}.pdf")


@bp.post("/floor/papers/<int:job_id>/printed")
@requires("stands.assign")
def note_printed(job_id: int) -> Response:
    """Note that the signs of a run are on paper."""
    try:
        hall_id, said = said_by(storage(), paper_key(edition().id, job_id))
        with deed() as doing:
            actions.note_signs_printed(doing, hall_id=hall_id, digests=said)
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(_("Noted. Only signs that change from now on will be printed again."))
    return redirect(url_for("floor.papers_room"), 303)


@bare.get("/P/<hall>")
@bare.get("/P/<hall>/<stand>")
@public
def open_place(hall: str, stand: str = "") -> Response:
    """Where a code printed on a sign or a plan leads: to the plan, in the reader's language."""
    return redirect(url_for("floor.plan", lang=preferred_lang(), hall=hall[:20], stand=stand[:20] or None))


def _plan() -> tuple[PlanView, Heading]:
    return shown_plan(db.session(), edition().id, get_hall().code, parts().settings.address, clock().now())


def _name(sign: Sign) -> str:
    return (sign.name_ar or sign.name_fr) if current_lang() == "ar" else (sign.name_fr or sign.name_ar)


def _has_stands(plan: PlanView, zone: str) -> bool:
    return any(each.zone == zone for each in plan.stands)


def _spots(plan: PlanView) -> list[tuple[str, str]]:
    """Where a plan may hang: doors and things, by code and name."""
    things = [(code, f"{name} ({code})") for code, name in obstacle_names(plan).items()]
    return [(each.code, f"{_('Entrance')} ({each.code})") for each in plan.hall.entrances] + things


def _order(plan: PlanView) -> Order:
    """What the form asks for.

    Raises:
        Refusal: ``no_signs_to_print``, ``stand_not_found``.
    """
    kind = request.form.get("kind", "")
    if kind not in KINDS:
        raise BadRequest
    paper = request.form.get("paper", "")
    zone, hall = request.form.get("zone", "").strip()[:20], plan.hall.code
    if paper not in FORMATS[kind]:
        raise BadRequest
    if kind != "signs":
        here = request.form.get("here", "").strip()[:20]
        return Order(kind, hall, paper, zones=(zone,) if zone else (), here=here)
    chosen = _chosen(plan, request.form.get("choice", "all"), zone)
    if not chosen:
        raise Refusal("no_signs_to_print")
    return Order(kind, hall, paper, stands=tuple(each.stand_ids[0] for each in chosen))


def _chosen(plan: PlanView, choice: str, zone: str) -> list[Sign]:
    """The signs of a choice: all, changed, those of a zone, or of the stands that were typed."""
    made = signs.signs_of(plan)
    if choice == "changed":
        return changed_signs(made, queries.printed_signs(db.session(), plan.hall.id))
    if choice == "zone":
        return [each for each in made if each.zone == zone]
    if choice != "stands":
        return made
    wanted = {each.strip(",;،").upper() for each in request.form.get("stands", "")[:2000].split()} - {""}
    if not wanted <= {each.code.upper() for each in plan.stands}:
        raise Refusal("stand_not_found")
    return [each for each in made if wanted.intersection(code.upper() for code in each.codes)]
