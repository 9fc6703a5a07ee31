"""Pages of badges: the printing room, one badge, and the public page that a printed code opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, request, send_file, url_for
from flask_babel import gettext as _

from village.badges import actions, queries
from village.badges.files import sheets_key
from village.badges.forms import ReasonForm
from village.badges.rules import (
    KIND_OF_CATEGORY,
    BadgeOrder,
    Kind,
    State,
    initials,
    link_prefix,
    why_not_usable,
)
from village.editions.queries import get_edition
from village.kit import jobs, qr
from village.kit.db import db
from village.kit.guard import public, requires
from village.kit.i18n import counted, current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, edition, keys, limiter, page, parts, say_done, say_refused, storage, wired
from village.kit.wording import say_refusal
from village.people.queries import get_person, list_people

if TYPE_CHECKING:
    from typing import Any

    from werkzeug.wrappers import Response as AnyResponse

    from village.editions.queries import EditionView

bp = Blueprint("badges", __name__)
bare = Blueprint("badges_bare", __name__)

SHEETS = "badges.sheets"  # the kind of the job in jobs.py, which pages do not import
PER_PAGE = 48


def kinds() -> dict[Kind, str]:
    """Name the kinds of badges."""
    return {
        Kind.EXHIBITOR: _("Exhibitor"),
        Kind.PARTICIPANT: _("Participant"),
        Kind.JURY: _("Jury"),
        Kind.STAFF: _("Organisation"),
        Kind.INSTITUTION: _("Institution"),
        Kind.PRESS: _("Press"),
        Kind.TRAINER: _("Trainer"),
    }


@bp.get("/badges")
@requires("badges.print")
def overview() -> Response:
    """Figures, the last print run, and the list with its search."""
    now = _edition()
    search = request.args.get("q", "").strip()[:80]
    number = max(1, request.args.get("page", 1, type=int))
    figures = queries.badge_figures(db.session(), now.id)
    lines = queries.list_lines(
        db.session(), now.id, search=search, start=(number - 1) * PER_PAGE if not search else 0, limit=PER_PAGE
    )
    total = figures.active + figures.replaced + figures.revoked
    return page(
        "badges/overview.html",
        figures=figures,
        lines=lines,
        search=search,
        kinds=kinds(),
        job=jobs.latest_job(db.session(), SHEETS),
        pager=None if search else _pager(number, total),
        people=len(list_people(db.session(), now.id)),
    )


@bp.post("/badges/issue")
@requires("badges.print")
def issue() -> AnyResponse:
    """Make a badge for everybody who has none."""
    now = _edition()
    with deed() as doing:
        orders = [
            BadgeOrder(person.id, KIND_OF_CATEGORY.get(person.category, Kind.PARTICIPANT))
            for person in list_people(doing.session, now.id)
            if not person.erased
        ]
        made = actions.issue_badges(doing, edition_id=now.id, orders=orders)
    say_done(_("Made: %(n)s", n=counted("badge", len(made.ids), current_lang())))
    return redirect(url_for(".overview"))


@bp.post("/badges/print")
@requires("badges.print")
def print_new() -> AnyResponse:
    """Send every badge that was never printed to the printer."""
    now = _edition()
    with deed() as doing:
        ids = queries.unprinted_ids(doing.session, now.id)
        actions.mark_printed(doing, edition_id=now.id, badge_ids=ids)
        job = jobs.start(doing, SHEETS, edition_id=now.id, badge_ids=ids) if ids else None
    if job is None:
        say_done(_("Every badge has been printed already."))
        return redirect(url_for(".overview"))
    return redirect(url_for(".run", job_id=job))


@bp.get("/badges/print/<int:job_id>")
@requires("badges.print")
def run(job_id: int) -> Response:
    """How far a print run has come, and its file."""
    return page("badges/run.html", job=jobs.get_job(db.session(), job_id))


@bp.get("/badges/print/<int:job_id>/sheets.pdf")
@requires("badges.print")
def sheets(job_id: int) -> Response:
    """Give the file of a print run."""
    key = sheets_key(_edition(), job_id)
    if not storage().exists(key):
        raise Refusal("badge_sheets_not_found")
    return send_file(storage().path(key), mimetype="application/pdf", download_name=f"badges-{job_id}.pdf")


@bp.get("/badges/<int:badge_id>")
@requires("badges.print")
def badge(badge_id: int) -> Response:
    """One badge: its code, its state, and what can be done with it."""
    return page("badges/badge.html", **_shown(badge_id), form=ReasonForm())


@bp.post("/badges/<int:badge_id>/reissue")
@requires("badges.print")
def reissue(badge_id: int) -> AnyResponse:
    """Replace a lost badge."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return again("badges/badge.html", form, **_shown(badge_id))
    try:
        with deed() as doing:
            new = actions.reissue_badge(doing, badge_id=badge_id, reason=form.reason.data or "")
    except Refusal as refusal:
        return again("badges/badge.html", form, refusal, **_shown(badge_id))
    say_done(_("The old badge is no longer valid. This is the new one: print it."))
    return redirect(url_for(".badge", badge_id=new))


@bp.post("/badges/<int:badge_id>/revoke")
@requires("badges.print")
def revoke(badge_id: int) -> AnyResponse:
    """End a badge."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return again("badges/badge.html", form, **_shown(badge_id))
    try:
        with deed() as doing:
            actions.revoke_badge(doing, badge_id=badge_id, reason=form.reason.data or "")
    except Refusal as refusal:
        return again("badges/badge.html", form, refusal, **_shown(badge_id))
    say_done(_("The badge is revoked: it opens no door any more."))
    return redirect(url_for(".badge", badge_id=badge_id))


@bp.post("/badges/<int:badge_id>/print")
@requires("badges.print")
def print_one(badge_id: int) -> AnyResponse:
    """Print one badge, again where it was printed before: the second time must be confirmed on the page."""
    now = _edition()
    again_asked = request.form.get("reprint") == "1"
    try:
        with deed() as doing:
            actions.mark_printed(doing, edition_id=now.id, badge_ids=[badge_id], reprint=again_asked)
            job = jobs.start(doing, SHEETS, edition_id=now.id, badge_ids=[badge_id])
    except Refusal as refusal:
        say_refused(refusal)
        return redirect(url_for(".badge", badge_id=badge_id))
    return redirect(url_for(".run", job_id=job))


@bare.get("/B/<digits>")
@public
@limiter.limit("60 per minute")
def open_code(digits: str) -> Response:
    """Say in words what a scanned badge is. Only initials are shown: whoever finds a badge learns no name."""
    now = _edition()
    try:
        found = queries.find_by_code(
            db.session(), edition_id=now.id, edition_number=now.number, text=digits, keys=keys()
        )
    except Refusal as refusal:
        return page("badges/public.html", 404, found=None, why=say_refusal(refusal, current_lang()))
    person = get_person(db.session(), found.person_id)
    no = why_not_usable(found.state)
    return page(
        "badges/public.html",
        found=found,
        why=say_refusal(no, current_lang()) if no else "",
        letters=initials(person.given_ar, person.family_ar) or initials(person.given_fr, person.family_fr),
        kind=kinds()[found.kind],
        held=get_edition(db.session(), found.edition_id),
        tickets=wired("ticket_cards")(person_id=found.person_id),
    )


def own_badge(person_id: int) -> dict[str, Any] | None:
    """Return a person's valid badge for their own page: symbol, short code, kind; None before it is made."""
    now = _edition()
    found = queries.find_active_badge(db.session(), now.id, person_id)
    if found is None:
        return None
    return {"qr": _symbol(found, now), "short_text": found.short_text, "kind": kinds()[found.kind]}


def _shown(badge_id: int) -> dict[str, Any]:
    line = queries.get_line(db.session(), badge_id)
    usable = line.badge.state is State.ACTIVE
    return {
        "line": line,
        "kinds": kinds(),
        "symbol": _symbol(line.badge, _edition()) if usable else None,
        "usable": usable,
    }


def _symbol(badge: queries.BadgeRow, now: EditionView) -> Any:
    digits = queries.digits_for(badge, now.number, keys())
    return qr.svg(qr.matrix(link_prefix(parts().settings.address), digits), _("Code of the badge"))


def _pager(number: int, total: int) -> dict[str, Any]:
    pages = max(1, -(-total // PER_PAGE))
    return {
        "number": number,
        "pages": pages,
        "total": total,
        "prev_url": url_for(".overview", page=number - 1) if number > 1 else None,
        "next_url": url_for(".overview", page=number + 1) if number < pages else None,
    }


def _edition() -> EditionView:
    found: EditionView | None = edition()
    if found is None:
        raise Refusal("edition_not_found", {"edition": ""})
    return found
