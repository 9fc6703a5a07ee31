"""Registration in a minute by telephone: whoever this browser knows with one tap, anybody else with a short form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for

from village.kit.db import db
from village.kit.guard import public
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, limiter, page, say_done, say_refused
from village.people.queries import get_person
from village.workshops import queries
from village.workshops.actions import Newcomer, register, register_newcomer
from village.workshops.forms import NewcomerForm, WishForm
from village.workshops.pages import base
from village.workshops.pages.notice import privacy_notice
from village.workshops.rules import Wish

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from village.people.queries import PersonRow
    from village.workshops.queries import WorkshopRow

bp = base.bp


@bp.route("/programme/<code>/register", methods=["GET", "POST"])
@public
# A whole tent behind one address registers in an hour; a script that fills every workshop is stopped.
@limiter.limit("60 per minute; 600 per hour", methods=["POST"])
def registration(code: str) -> AnyResponse:
    """Register: whoever this browser knows with one tap, anybody else with a name and a telephone."""
    row = queries.get_workshop(db.session(), base.the_edition().id, code)
    me = base.remembered() if request.args.get("as") != "other" else None
    if me is not None:
        return _register_known(row, me)
    return _register_newcomer(row)


@bp.post("/programme/other-person")
@public
def other_person() -> AnyResponse:
    """Forget who used this browser."""
    base.forget()
    code = request.form.get("workshop", "")
    return redirect(url_for("workshops.registration", code=code) if code else url_for("workshops.programme"))


def _register_known(row: WorkshopRow, me: PersonRow) -> AnyResponse:
    form = WishForm()
    context: dict[str, Any] = {"row": row, "me": me, "kinds": base.kinds(), "modes": base.modes()}
    if not form.validate_on_submit():
        if request.method == "POST":
            return again("workshops/register_known.html", form, **context)
        return page("workshops/register_known.html", form=form, **context)
    base.by_link(base.own_token(me))
    try:
        with deed() as opened:
            answer = register(opened, person_id=me.id, workshop_id=row.id, wish=Wish(form.wish.data))
    except Refusal as refusal:
        return again("workshops/register_known.html", form, refusal, **context)
    if answer.overlap is not None:
        return again("workshops/register_known.html", form, answer.overlap, **context)
    say_done(base.answer_in_words(answer, _position(me.id, row)))
    return redirect(base.own_url(me))


def _register_newcomer(row: WorkshopRow) -> AnyResponse:
    form = NewcomerForm()
    context: dict[str, Any] = {
        "row": row,
        "kinds": base.kinds(),
        "modes": base.modes(),
        "notice": privacy_notice(current_lang()),
        "closed": base.why_closed(row),
    }
    if not form.validate_on_submit():
        if request.method == "POST":
            return again("workshops/register.html", form, **context)
        return page("workshops/register.html", form=form, **context)
    try:
        with deed() as opened:
            welcomed = register_newcomer(
                opened,
                edition_id=base.the_edition().id,
                workshop_id=row.id,
                newcomer=_newcomer(form),
                wish=Wish(form.wish.data),
            )
    except Refusal as refusal:
        return again("workshops/register.html", form, refusal, **context)
    person = get_person(db.session(), welcomed.person_id)
    base.remember(person)
    if welcomed.registered.overlap is not None:
        say_refused(welcomed.registered.overlap)
    else:
        say_done(base.answer_in_words(welcomed.registered, _position(person.id, row)))
    return redirect(base.own_url(person) + "?new=1")


def _newcomer(form: NewcomerForm) -> Newcomer:
    return Newcomer(
        **form.names,
        phone=form.phone.data or "",
        email=form.email.data or "",
        gender=form.gender.data,
        lang="fr" if current_lang() == "fr" else "ar",
        consent_photo=bool(form.consent_photo.data),
        consent_contact=bool(form.consent_contact.data),
    )


def _position(person_id: int, row: WorkshopRow) -> int | None:
    agenda = queries.list_agenda(db.session(), base.the_edition().id, person_id)
    return next((item.registration.position for item in agenda if item.workshop.id == row.id), None)
