"""A participant gives a place to somebody who comes in their stead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request

from village.kit.db import db
from village.kit.guard import public
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, limiter, page
from village.people.actions import add_person
from village.people.queries import get_person
from village.workshops import queries
from village.workshops.actions import Newcomer, new_person
from village.workshops.actions.transfers import transfer_place
from village.workshops.forms import HandOverForm
from village.workshops.pages import base
from village.workshops.pages.own import find_by_code
from village.workshops.pages.registering import keepsake

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from village.kit.deeds import Deed
    from village.people.queries import PersonRow
    from village.workshops.queries import AgendaItem

bp = base.bp


@bp.route("/me/<token>/hand-over/<code>", methods=["GET", "POST"])
@public
# The short code of another person may be typed here: as few tries as where one's own page is found again.
@limiter.limit("10 per minute; 60 per hour", methods=["POST"])
def hand_over(token: str, code: str) -> AnyResponse:
    """Give a confirmed place to somebody with a page of their own, or to somebody new by name."""
    person = base.by_link(token)
    agenda = queries.list_agenda(db.session(), base.the_edition().id, person.id)
    item = next((each for each in agenda if each.workshop.code == code), None)
    if item is None or item.registration.status != "confirmed":
        return redirect(base.own_url(person))
    form = HandOverForm()
    context: dict[str, Any] = {
        "token": base.token_shown(person),
        "row": item.workshop,
        "modes": base.modes(),
        "known": request.form.get("who") == "known",
    }
    if request.method == "GET":
        return base.private(page("workshops/hand_over.html", form=form, **context))
    if not form.validate_on_submit():
        return again("workshops/hand_over.html", form, **context)
    try:
        other = _give(item, form, known=context["known"])
    except Refusal as refusal:
        return again("workshops/hand_over.html", form, refusal, **context)
    theirs = None if context["known"] else {**keepsake(other)}
    return base.private(page("workshops/handed_over.html", other=other, theirs=theirs, **context))


def _give(item: AgendaItem, form: HandOverForm, *, known: bool) -> PersonRow:
    """Do the deed: the place changes hands, and somebody new is taken in with it.

    Raises:
        Refusal: `own_page_unknown`, `person_without_name`, `phone_invalid`, and those of `transfer_place`.

    """
    other = find_by_code(form.phone.data or "", form.code.data or "") if known else None
    if known and other is None:
        raise Refusal("own_page_unknown")
    with deed() as opened:
        to = other.id if other is not None else _new(opened, form)
        transfer_place(opened, registration_id=item.registration.id, to_person_id=to)
    return get_person(db.session(), to)


def _new(opened: Deed, form: HandOverForm) -> int:
    lang = "fr" if current_lang() == "fr" else "ar"
    newcomer = Newcomer(**form.names, phone=form.phone.data or "", lang=lang)
    # Never one whom the same name and telephone made a moment ago: the page that follows shows the code of theirs.
    return add_person(opened, base.the_edition().id, new_person(newcomer))
