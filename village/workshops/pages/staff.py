"""Registrations as staff see them: how full, who waits, and the deeds at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, clock, deed, page, say_done, say_refused
from village.kit.wording import say_refusal
from village.people.queries import list_people, search_people
from village.people.rules import NEEDS
from village.workshops import queries
from village.workshops.actions import (
    Newcomer,
    accept_offer,
    cancel_registration,
    change_places,
    register_by_staff,
    register_newcomer,
    set_join_link,
)
from village.workshops.forms import DeskForm, LinkForm, OverrideForm, PlacesForm
from village.workshops.forms.rules import PolicyForm
from village.workshops.pages import base
from village.workshops.rules import Result, Wish

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.workshops.actions import Registered
    from village.workshops.queries import WorkshopRow

bp = base.bp


@bp.get("/registrations")
@requires("registrations.manage")
def registrations() -> Response:
    """Show how full every workshop is."""
    policy = queries.find_policy(db.session(), base.the_edition().id)
    return show_registrations(PolicyForm(formdata=None, obj=policy))


def show_registrations(form: PolicyForm, refusal: Refusal | None = None, status: int | None = None) -> Response:
    """Show how full every workshop is, with the maxima of the fair as they are or as they were just typed."""
    edition = base.the_edition()
    session = db.session()
    counts = queries.count_by_status(session, edition.id)
    totals = {
        status_: sum(number for (_workshop, each), number in counts.items() if each == status_)
        for status_ in ("confirmed", "offered", "waitlisted", "cancelled", "refused")
    }
    context: dict[str, Any] = {
        "rows": queries.list_workshops(session, edition.id),
        "counts": counts,
        "totals": totals,
        "people": queries.count_registered_people(session, edition.id),
        "kinds": base.kinds(),
    }
    if refusal is None and status is None:
        return page("workshops/registrations.html", form=form, **context)
    return again("workshops/registrations.html", form, refusal, status, **context)


@bp.get("/registrations/<code>")
@requires("registrations.manage")
def registration_list(code: str) -> Response:
    """Show one workshop's requests in order, with what staff may do."""
    row = _workshop(code)
    session, edition, now = db.session(), base.the_edition(), clock().now()
    found = queries.list_registrations(session, row.id)
    by_person = {r.person_id: r for r in found if r.status == "waitlisted"}
    line = queries.waiting_line(session, row.id, now)
    return page(
        "workshops/registration_list.html",
        row=row,
        registrations=found,
        line=[(each, by_person[each.person_id]) for each in line if each.person_id in by_person],
        why=lambda refusal: say_refusal(refusal, current_lang()),
        people={p.id: p for p in list_people(session, edition.id, {r.person_id for r in found})},
        groups=queries.group_names(session, row.id),
        rules=queries.session_rules(session, row.id, now),
        minutes_left={r.id: _minutes_left(r.offered_until, now) for r in found if r.offered_until},
        kinds=base.kinds(),
        words=base.places_in_words(row),
        both=request.args.get("both", 0, type=int),
        places_form=PlacesForm(onsite=row.places.onsite, online=row.places.online),
        link_form=LinkForm(join_url=row.join_url),
    )


def _minutes_left(until: datetime, now: datetime) -> int:
    return max(0, int((until - now).total_seconds() // 60))


@bp.post("/registrations/<code>/cancel")
@requires("registrations.manage")
def cancel_for(code: str) -> AnyResponse:
    """Cancel for somebody, at their wish; `also` gives back what builds upon it too."""
    row = _workshop(code)
    person = base.person_by_id(request.form.get("person", 0, type=int))
    also = request.form.get("also") == "1"
    try:
        with deed() as opened:
            cancelled = cancel_registration(opened, person_id=person.id, workshop_id=row.id, by_staff=True, also=also)
    except Refusal as refusal:
        say_refused(refusal)
        both = person.id if refusal.code == "needed_by" else None
        return redirect(url_for("workshops.registration_list", code=row.code, both=both))
    if cancelled.promoted is not None:
        moved = base.person_by_id(cancelled.promoted.person_id)
        if cancelled.promoted.offered_until is None:
            say_done(_("Cancelled. The place went to %(name)s.", name=moved.name_in(current_lang())))
        else:
            say_done(_("Cancelled. The place is offered to %(name)s.", name=moved.name_in(current_lang())))
    elif cancelled.result is Result.CANCELLED:
        say_done(_("Cancelled."))
    return redirect(url_for("workshops.registration_list", code=row.code))


@bp.post("/registrations/<code>/accept")
@requires("registrations.manage")
def accept_for(code: str) -> AnyResponse:
    """Take an offered place for somebody who says so by telephone or at the desk."""
    row = _workshop(code)
    person = base.person_by_id(request.form.get("person", 0, type=int))
    try:
        with deed() as opened:
            accept_offer(opened, person_id=person.id, workshop_id=row.id)
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(_("%(name)s has a confirmed place.", name=person.name_in(current_lang())))
    return redirect(url_for("workshops.registration_list", code=row.code))


@bp.post("/registrations/<code>/places")
@requires("registrations.manage")
def places_of(code: str) -> AnyResponse:
    """Change the number of places; those who wait move up."""
    row = _workshop(code)
    form = PlacesForm()
    if form.validate_on_submit():
        with deed() as opened:
            moved = change_places(
                opened, workshop_id=row.id, onsite=form.onsite.data or 0, online=form.online.data or 0
            )
        say_done(_("Places changed; moved up from the waiting list: %(n)s.", n=len(moved)))
    else:
        say_refused(Refusal("places_negative"))
    return redirect(url_for("workshops.registration_list", code=row.code))


@bp.post("/registrations/<code>/link")
@requires("registrations.manage")
def link_of(code: str) -> AnyResponse:
    """Set the address where those confirmed online take part."""
    row = _workshop(code)
    form = LinkForm()
    if form.validate_on_submit():
        with deed() as opened:
            set_join_link(opened, row.id, form.join_url.data or "")
        say_done(_("The link is kept."))
    else:
        say_refused(Refusal("join_link_invalid"))
    return redirect(url_for("workshops.registration_list", code=row.code))


@bp.get("/desk")
@requires("registrations.desk")
def desk() -> Response:
    """Choose the workshop for which somebody stands at the desk."""
    return page(
        "workshops/desk.html",
        rows=queries.list_workshops(db.session(), base.the_edition().id),
        words=base.places_in_words,
    )


@bp.get("/desk/<code>")
@requires("registrations.desk")
def desk_workshop(code: str) -> Response:
    """Search somebody who is known, or take in somebody new."""
    return _desk(_workshop(code), DeskForm())


@bp.post("/desk/<code>/register")
@requires("registrations.desk")
def desk_register(code: str) -> AnyResponse:
    """Register somebody who is known already; staff may set a rule aside with a reason."""
    row = _workshop(code)
    form = OverrideForm()
    if not form.validate_on_submit():
        raise Refusal("person_not_found")
    person = base.person_by_id(form.person.data or 0)
    try:
        with deed() as opened:
            answer = register_by_staff(
                opened,
                edition_id=base.the_edition().id,
                person_id=person.id,
                workshop_id=row.id,
                wish=Wish(form.wish.data) if form.wish.data in set(Wish) else Wish.ANY,
                override=form.override.data or "",
            )
    except Refusal as refusal:
        return _desk(row, DeskForm(formdata=None), refusal, blocked=person.id)
    if answer.overlap is not None:
        return _desk(row, DeskForm(formdata=None), answer.overlap, blocked=person.id)
    return _told(row, person.id, answer)


@bp.post("/desk/<code>/new")
@requires("registrations.desk")
def desk_new(code: str) -> AnyResponse:
    """Take in somebody new at the desk and register them."""
    row = _workshop(code)
    form = DeskForm()
    if not form.validate_on_submit():
        return _desk(row, form, status=422)
    try:
        with deed() as opened:
            welcomed = register_newcomer(
                opened,
                edition_id=base.the_edition().id,
                workshop_id=row.id,
                newcomer=Newcomer(
                    **form.names,
                    phone=form.phone.data or "",
                    email=form.email.data or "",
                    gender=form.gender.data,
                    organisation=form.organisation.data or "",
                    needs=tuple(form.needs.data or ()),
                    consent_photo=bool(form.consent_photo.data),
                    consent_contact=bool(form.consent_contact.data),
                    came_by=base.browser_mark(),
                ),
                wish=Wish(form.wish.data),
                override=form.override.data or "",
                via="desk",
            )
    except Refusal as refusal:
        return _desk(row, form, refusal)
    return _told(row, welcomed.person_id, welcomed.registered)


def _told(row: WorkshopRow, person_id: int, answer: Registered) -> AnyResponse:
    person = base.person_by_id(person_id)
    says = {
        Result.CONFIRMED: _("%(name)s has a confirmed place.", name=person.name_in(current_lang())),
        Result.WAITLISTED: _("%(name)s is on the waiting list.", name=person.name_in(current_lang())),
    }
    say_done(says.get(answer.result, person.name))
    return redirect(url_for("workshops.desk_workshop", code=row.code, q=person.code))


def _desk(
    row: WorkshopRow,
    form: DeskForm,
    refusal: Refusal | None = None,
    *,
    status: int | None = None,
    blocked: int | None = None,
) -> Response:
    """Show the desk of a workshop; `blocked` is the person whom a rule stopped, for whom a reason may be given."""
    session, edition = db.session(), base.the_edition()
    query = request.args.get("q", "").strip()
    found = [base.person_by_id(blocked)] if blocked else search_people(session, edition.id, query) if query else []
    context: dict[str, Any] = {
        "row": row,
        "needs": list(NEEDS.values()),
        "query": query,
        "found": found,
        "blocked": blocked,
        "links": {p.id: base.own_url(p) for p in found},
        "codes": {p.id: base.own_code(p) for p in found},
        "standings": queries.list_standings(session, edition.id, [p.id for p in found]),
        "words": base.places_in_words(row),
        "reason": request.form.get("override", ""),
    }
    if refusal is None and status is None:
        return page("workshops/desk_workshop.html", form=form, **context)
    return again("workshops/desk_workshop.html", form, refusal, status, **context)


def _workshop(code: str) -> WorkshopRow:
    return queries.get_workshop(db.session(), base.the_edition().id, code)
