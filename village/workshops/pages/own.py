"""A participant's own page, reached by a personal link without an account, and how to find it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.kit import qr
from village.kit.db import db
from village.kit.guard import public
from village.kit.i18n import current_lang
from village.kit.locale import preferred_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, limiter, page, parts, say_done, say_refused
from village.kit.wording import say_refusal
from village.people.queries import search_people
from village.people.rules import parse_phones
from village.workshops import queries
from village.workshops.actions import cancel_registration
from village.workshops.forms import FindForm
from village.workshops.pages import base
from village.workshops.pages.calendar import subscription
from village.workshops.rules import Result

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.people.queries import PersonRow

bp, bare = base.bp, base.bare

_SHARED_PHONE = 50


@bp.get("/me/<token>")
@public
@limiter.limit("120 per minute")
def own_page(token: str) -> Response:
    """Show a person their agenda, place in the queue, badge and certificates.

    Wires: `own_badge(person_id)` gives `{qr, short_text, kind}` or None, `own_certificates(person_id)` a list of
    `{title_ar, title_fr, number, url}`; where nothing is wired the page does without.
    """
    person = base.by_link(token)
    agenda = queries.list_agenda(db.session(), base.the_edition().id, person.id)
    base.remember(person)
    address = parts().settings.address
    link = f"{address}{base.own_url(person)}"
    return page(
        "workshops/own.html",
        person=person,
        token=token,
        agenda=agenda,
        new=request.args.get("new") == "1",
        code=base.own_code(person),
        link=link,
        link_qr=qr.svg(qr.matrix(f"{address.upper()}/M/{base.own_token(person).upper()}"), _("Code of your page")),
        badge=_wire("own_badge", lambda _id: None)(person.id),
        certificates=_wire("own_certificates", lambda _id: [])(person.id),
        kinds=base.kinds(),
        modes=base.modes(),
        follow=subscription(url_for("workshops.agenda_file", token=token)),
        hindrance_words=lambda refusal: say_refusal(refusal, current_lang()),
    )


@bp.get("/me/mine")
@public
def go_own() -> AnyResponse:
    """Lead whoever this browser knows to their page."""
    person = base.remembered()
    return redirect(base.own_url(person) if person else url_for("workshops.find_own"))


@bare.get("/M/<token>")
@public
def short_link(token: str) -> AnyResponse:
    """Lead from the printed code to the page, in the language last used."""
    return redirect(url_for("workshops.own_page", lang=preferred_lang(), token=token.lower()))


@bp.post("/me/<token>/cancel/<code>")
@public
def cancel_own(token: str, code: str) -> AnyResponse:
    """Give a place or a rank back."""
    person = base.by_link(token)
    row = queries.get_workshop(db.session(), base.the_edition().id, code)
    try:
        with deed() as opened:
            cancelled = cancel_registration(opened, person_id=person.id, workshop_id=row.id)
    except Refusal as refusal:
        say_refused(refusal)
    else:
        if cancelled.result is Result.CANCELLED:
            say_done(_("Cancelled. Thank you: the place goes to somebody who waits."))
    return redirect(base.own_url(person))


@bp.get("/me/<token>/join/<code>")
@public
def join(token: str, code: str) -> AnyResponse:
    """Lead somebody confirmed online to the session."""
    person = base.by_link(token)
    row = queries.get_workshop(db.session(), base.the_edition().id, code)
    place = queries.find_confirmed(db.session(), person.id, row.id)
    if place is None or place.channel != "online":
        raise Refusal("not_allowed")
    if not row.join_url:
        say_refused(Refusal("join_link_missing"))
        return redirect(base.own_url(person))
    return redirect(row.join_url)


@bp.route("/me", methods=["GET", "POST"])
@public
@limiter.limit("10 per minute; 60 per hour", methods=["POST"])
def find_own() -> AnyResponse:
    """Find one's page again by telephone and code; a wrong pair never says which half was wrong."""
    form = FindForm()
    if not form.validate_on_submit():
        if request.method == "POST":
            return again("workshops/find.html", form)
        return page("workshops/find.html", form=form, me=base.remembered())
    person = _find(form.phone.data or "", form.code.data or "")
    if person is None:
        return again("workshops/find.html", form, Refusal("own_page_unknown"), 422)
    base.remember(person)
    return redirect(base.own_url(person))


def _find(phone: str, code: str) -> PersonRow | None:
    """Return the person of a shared telephone whose code it is. Names play no part: a family shares a phone."""
    try:
        phones = parse_phones(phone)
    except Refusal:
        return None
    for number in phones:
        for person in search_people(db.session(), base.the_edition().id, number, _SHARED_PHONE):
            if person.phone == number and base.is_own_code(person, code):
                return person
    return None


def _wire(name: str, absent: Callable[[int], Any]) -> Callable[[int], Any]:
    return parts().wires.get(name, absent)
