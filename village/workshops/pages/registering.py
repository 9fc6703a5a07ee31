"""Registration in a minute by telephone: whoever this browser knows with one tap, anybody else with a short form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.kit import qr
from village.kit.db import db
from village.kit.deeds import Actor
from village.kit.guard import public
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import acting_as, again, deed, limiter, page, parts, say_done, say_refused
from village.kit.wording import say_refusal
from village.people.queries import get_person
from village.people.rules import NEEDS
from village.workshops import queries
from village.workshops.actions import Newcomer, register, register_newcomer
from village.workshops.forms import NewcomerForm, WishForm
from village.workshops.pages import base
from village.workshops.pages.calendar import subscription
from village.workshops.pages.notice import privacy_notice
from village.workshops.rules import Wish

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from village.people.queries import PersonRow
    from village.workshops.forms import MemberForm
    from village.workshops.queries import WorkshopRow

bp = base.bp


@bp.route("/programme/<code>/register", methods=["GET", "POST"])
@public
# A whole tent behind one address registers in an hour; a script that fills every workshop is stopped.
@limiter.limit("60 per minute; 600 per hour", methods=["POST"])
def registration(code: str) -> AnyResponse:
    """Register: whoever this browser knows with one tap, anybody else with a name and a telephone."""
    me = base.remembered() if request.args.get("as") != "other" else None
    if me is not None:
        return _register_known(code, me)
    return _register_newcomer(base.public_session(code))


@bp.post("/programme/other-person")
@public
def other_person() -> AnyResponse:
    """Forget who used this browser, with what it kept of their pages."""
    lent = base.is_lent()
    base.forget()
    code = request.form.get("workshop", "")
    if lent:
        say_done(_("Done. Nothing of you is left on this telephone."))
    answer = redirect(url_for("workshops.registration", code=code) if code else url_for("workshops.programme"))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@bp.get("/me/<token>/registered/<code>")
@public
@limiter.limit("120 per minute")
def registered(token: str, code: str) -> AnyResponse:
    """Confirm a registration: the place or the rank and why, what to keep, and what comes next."""
    person = base.by_link(token)
    agenda = base.agenda_of(person)
    item = next((each for each in agenda if each.workshop.code == code), None)
    if item is None:
        return redirect(base.own_url(person))
    return base.private(
        page(
            "workshops/confirmation.html",
            person=person,
            row=item.workshop,
            registration=item.registration,
            modes=base.modes(),
            why=say_refusal(item.hindrance, current_lang()) if item.hindrance else "",
            follow=subscription(url_for("workshops.agenda_file", token=base.own_token(person))),
            **keepsake(person),
        )
    )


def keepsake(person: PersonRow) -> dict[str, Any]:
    """Return what somebody keeps of their page: the link with its code to photograph, and the short code to say."""
    address = parts().settings.address
    symbol = qr.matrix(f"{address.upper()}/M/{base.own_token(person).upper()}")
    return {
        "token": base.token_shown(person),
        "lent": base.is_lent(),
        "code": base.own_code(person),
        "link": f"{address}{url_for('workshops.own_page', token=base.own_token(person))}",
        "link_qr": qr.svg(symbol, _("Code of your page")),
    }


def newcomer_of(form: NewcomerForm | MemberForm, **more: Any) -> Newcomer:
    """Return the newcomer whom a form describes."""
    return Newcomer(
        **form.names,
        phone=form.phone.data or "",
        needs=tuple(form.needs.data or ()),
        lang="fr" if current_lang() == "fr" else "ar",
        came_by=base.browser_mark(),
        **more,
    )


def _register_known(code: str, me: PersonRow) -> AnyResponse:
    """Register whom the browser knows. The deed needs only the session's id; the page is read where it is shown."""
    form = WishForm()
    refusal: Refusal | None = None
    if form.validate_on_submit():
        workshop_id, code = queries.find_session(db.session(), base.the_edition().id, code)
        acting_as(Actor("person", str(me.id)))
        try:
            with deed() as opened:
                answer = register(opened, person_id=me.id, workshop_id=workshop_id, wish=Wish(form.wish.data))
            refusal = answer.overlap
        except Refusal as objections:
            refusal = objections
        if refusal is None:
            return _confirmed(me, code)
    row = base.public_session(code)
    context: dict[str, Any] = {
        "row": row, "me": me, "kinds": base.kinds(), "modes": base.modes(), "closed": base.why_closed(row),
    }  # fmt: skip
    if request.method == "POST":
        return again("workshops/register_known.html", form, refusal, **context)
    return page("workshops/register_known.html", form=form, **context)


def _register_newcomer(row: WorkshopRow) -> AnyResponse:
    form = NewcomerForm()
    context: dict[str, Any] = {
        "row": row,
        "needs": list(NEEDS.values()),
        "kinds": base.kinds(),
        "modes": base.modes(),
        "notice": privacy_notice(current_lang()),
        "closed": base.why_closed(row),
    }
    if not form.validate_on_submit():
        if request.method == "POST":
            return again("workshops/register.html", form, **context)
        return page("workshops/register.html", form=form, **context)
    newcomer = newcomer_of(
        form,
        email=form.email.data or "",
        organisation=form.organisation.data or "",
        gender=form.gender.data,
        consent_photo=bool(form.consent_photo.data),
        consent_contact=bool(form.consent_contact.data),
    )
    try:
        with deed() as opened:
            welcomed = register_newcomer(
                opened,
                edition_id=base.the_edition().id,
                workshop_id=row.id,
                newcomer=newcomer,
                wish=Wish(form.wish.data),
            )
    except Refusal as refusal:
        return again("workshops/register.html", form, refusal, **context)
    person = get_person(db.session(), welcomed.person_id)
    base.remember(person, lent=bool(form.lent.data))
    if welcomed.registered.overlap is not None:
        say_refused(welcomed.registered.overlap)
    return _confirmed(person, row.code)


def _confirmed(person: PersonRow, code: str) -> AnyResponse:
    answer = redirect(url_for("workshops.registered", token=base.token_shown(person), code=code))
    return base.private(answer)
