"""A participant's own page, reached by a personal link without an account, and how to find it again."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from flask import redirect, request, session, url_for
from flask_babel import gettext as _

from village.kit.clock import instant
from village.kit.db import db
from village.kit.guard import public
from village.kit.i18n import counted, current_lang
from village.kit.locale import preferred_lang
from village.kit.refusal import Refusal
from village.kit.web import again, clock, deed, limiter, page, parts, say_done, say_refused, wired
from village.kit.wording import say_refusal
from village.people.queries import search_people
from village.people.rules import parse_phones
from village.workshops import queries
from village.workshops.actions import cancel_registration
from village.workshops.actions.offers import accept_offer
from village.workshops.forms import FindForm
from village.workshops.pages import base
from village.workshops.pages.calendar import subscription
from village.workshops.pages.news import news_of
from village.workshops.pages.registering import keepsake
from village.workshops.queries.clashes import list_choices
from village.workshops.queries.files import count_files
from village.workshops.rules import Result

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from werkzeug.wrappers import Response as AnyResponse

    from village.people.queries import PersonRow
    from village.workshops.queries import AgendaItem, WorkshopRow

bp, bare = base.bp, base.bare

_SHARED_PHONE = 50
_GAVE = "gave_back"
_MINUTE = 60
_SHORT = 120


@bp.get("/me/<token>")
@public
@limiter.limit("120 per minute")
def own_page(token: str) -> AnyResponse:
    """Show a person their agenda, offers, places in queues, what changed, badge and certificates.

    Wires: `own_badge(person_id)` gives `{qr, short_text, kind}` or None, `own_certificates(person_id)` a list of
    `{title_ar, title_fr, number, url}`; where nothing is wired the page does without.
    """
    person = base.by_link(token)
    edition = base.the_edition()
    agenda = base.agenda_of(person)
    if token != base.HERE and not base.is_lent():
        base.remember(person)
    held = [item for item in agenda if item.registration.status != "offered"]
    answer = page(
        "workshops/own.html",
        person=person,
        agenda=agenda,
        days=[(day, list(found)) for day, found in groupby(held, key=lambda item: item.workshop.day)],
        choices=list_choices(db.session(), edition.id, agenda),
        left_of={item.registration.id: _left(item) for item in agenda},
        begun=_begun(agenda),
        files=count_files(db.session(), [item.workshop.id for item in agenda]),
        gave_back=_gave_back(),
        badge=_wire("own_badge", lambda _id: None)(person.id),
        certificates=_wire("own_certificates", lambda _id: [])(person.id),
        tickets=_wire("ticket_cards", lambda **_who: "")(person_id=person.id),
        kinds=base.kinds(),
        modes=base.modes(),
        follow=subscription(url_for("workshops.agenda_file", token=base.own_token(person))),
        hindrance_words=lambda refusal: say_refusal(refusal, current_lang()),
        **news_of(person.id),
        **keepsake(person),
    )
    return base.private(answer)


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


@bp.get("/me/<token>/give-back/<code>")
@public
def give_back(token: str, code: str) -> AnyResponse:
    """Ask once more before a place or a rank is given back, and say what it means."""
    person = base.by_link(token)
    item = _item(person, code)
    if item is None:
        return redirect(base.own_url(person))
    return base.private(
        page(
            "workshops/give_back.html",
            person=person,
            token=base.token_shown(person),
            row=item.workshop,
            registration=item.registration,
            modes=base.modes(),
        )
    )


@bp.post("/me/<token>/cancel/<code>")
@public
def cancel_own(token: str, code: str) -> AnyResponse:
    """Give a place, a rank or an offer back."""
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
            session[_GAVE] = row.code
    return redirect(base.own_url(person))


@bp.post("/me/<token>/accept/<code>")
@public
def accept_own(token: str, code: str) -> AnyResponse:
    """Take a place that was offered."""
    person = base.by_link(token)
    row = queries.get_workshop(db.session(), base.the_edition().id, code)
    try:
        with deed() as opened:
            accept_offer(opened, person_id=person.id, workshop_id=row.id)
    except Refusal as refusal:
        say_refused(refusal)
        return redirect(base.own_url(person))
    return redirect(url_for("workshops.registered", token=base.token_shown(person), code=row.code))


@bp.get("/me/<token>/join/<code>")
@public
def join(token: str, code: str) -> AnyResponse:
    """Lead somebody confirmed online to the session; while it is held, whoever opens the link was there.

    Wire: `join_online(deed, edition_id, workshop_id, person_id)` counts the presence, or refuses and says when.
    A browser that merely looks ahead counts nobody.
    """
    person = base.by_link(token)
    row = queries.get_workshop(db.session(), base.the_edition().id, code)
    place = queries.find_confirmed(db.session(), person.id, row.id)
    if place is None or place.channel != "online":
        raise Refusal("not_allowed")
    if not row.join_url:
        say_refused(Refusal("join_link_missing"))
        return redirect(base.own_url(person))
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")) or request.method == "HEAD":
        return redirect(base.own_url(person))
    try:
        with deed() as opened:
            wired("join_online")(opened, edition_id=base.the_edition().id, workshop_id=row.id, person_id=person.id)
    except Refusal as refusal:
        say_refused(refusal)
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
    person = find_by_code(form.phone.data or "", form.code.data or "")
    if person is None:
        return again("workshops/find.html", form, Refusal("own_page_unknown"), 422)
    base.remember(person, lent=bool(form.lent.data))
    return redirect(base.own_url(person))


def find_by_code(phone: str, code: str) -> PersonRow | None:
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


def _item(person: PersonRow, code: str) -> AgendaItem | None:
    """Return what somebody holds in a session, or None."""
    agenda = base.agenda_of(person)
    return next((item for item in agenda if item.workshop.code == code), None)


def _left(item: AgendaItem) -> str:
    """Say how long an offer still stands: in minutes under two hours, then in hours."""
    until = item.registration.offered_until
    if until is None:
        return ""
    minutes = max(0, int((until - clock().now()).total_seconds()) // _MINUTE)
    noun, number = ("minute", minutes) if minutes < _SHORT else ("hour", minutes // _MINUTE)
    return counted(noun, number, current_lang())


def _begun(agenda: list[AgendaItem]) -> set[str]:
    """Return the sessions of an agenda that have begun, where nothing can be given back any more."""
    now, zone = clock().now(), base.the_edition().zone
    return {i.workshop.code for i in agenda if instant(i.workshop.day, i.workshop.starts, zone) <= now}


def _gave_back() -> WorkshopRow | None:
    """Return the session whose place was given back on the page before, once, so that a slip can be mended."""
    code = session.pop(_GAVE, None)
    try:
        return queries.get_workshop(db.session(), base.the_edition().id, code) if isinstance(code, str) else None
    except Refusal:
        return None


def _wire(name: str, absent: Callable[..., Any]) -> Callable[..., Any]:
    return parts().wires.get(name, absent)
