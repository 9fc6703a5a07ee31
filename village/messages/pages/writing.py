"""Write to many people: choose whom, write in two languages, look, send once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from village.exhibitors.queries import province_names, sector_names, sectors
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import LANGS, current_lang, format_clock, format_day, pick
from village.kit.refusal import Refusal
from village.kit.web import again, clock, deed, page, parts, say_done
from village.messages.actions.letters import House
from village.messages.actions.mailing import Draft, send_mailing, try_mailing, write_draft
from village.messages.forms import MessageForm
from village.messages.forms.writing import HELLO_AR, HELLO_FR
from village.messages.pages.base import bp, the_edition
from village.messages.queries.mailings import find_mailing
from village.messages.rules.reaching import Way
from village.people.queries import list_people
from village.people.rules import parse_phones
from village.workshops.queries import list_workshops

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from village.workshops.queries import WorkshopRow

_TEMPLATE = "messages/new.html"
_TOKEN_BYTES = 16


@bp.route("/messages/new", methods=["GET", "POST"])
@requires("messages.send")
def new() -> AnyResponse:
    """Write a message, look at it as people get it, try it on oneself, send it."""
    form = MessageForm()
    _offer(form)
    if request.method == "GET":
        _begin(form)
        return page(_TEMPLATE, form=form, draft=None)
    if not form.validate_on_submit():
        return again(_TEMPLATE, form, draft=None)
    doing = {"send": _send, "try": _try}.get(request.form.get("do", ""), _preview)
    try:
        return doing(form)
    except Refusal as refusal:
        return again(_TEMPLATE, form, refusal, 422, draft=None)


def _preview(form: MessageForm) -> AnyResponse:
    draft = _draft(form)
    form.seen.data = _digest(form, draft)
    return _shown(form, draft)


def _send(form: MessageForm) -> AnyResponse:
    """Send what the preview showed; where something changed since, show it again instead."""
    if find_mailing(db.session(), form.message.token) is not None:
        return _left(again=True)
    draft = _draft(form)
    if form.seen.data != _digest(form, draft):
        form.seen.data = _digest(form, draft)
        return _shown(form, draft, Refusal("message_changed"))
    try:
        with deed() as opened:
            sent = send_mailing(
                opened, edition_id=the_edition().id, message=form.message, asked=form.asked, house=House.of(parts())
            )
    except Refusal as refusal:
        # A second click came at the same moment: the first has sent it.
        if refusal.code == "done_meanwhile" and find_mailing(db.session(), form.message.token) is not None:
            return _left(again=True)
        raise
    return _left(again=sent.again)


def _left(*, again: bool) -> AnyResponse:
    say_done(_("This message has been sent already; it was not sent twice.") if again else _("The message is leaving."))
    return redirect(url_for("messages.outbox", show="waiting"))


def _try(form: MessageForm) -> AnyResponse:
    typed = (form.trial_to.data or "").strip()
    by, to = (Way.MAIL, typed) if "@" in typed else (Way.SMS, _phone(typed))
    with deed() as opened:
        count = try_mailing(
            opened, edition_id=the_edition().id, message=form.message, to=to, by=by, house=House.of(parts())
        )
    say_done(_("Sent to you as a trial: %(count)s.", count=count))
    return page(_TEMPLATE, form=form, draft=None)


def _phone(typed: str) -> str:
    try:
        numbers = parse_phones(typed)
    except Refusal:
        numbers = ()
    if not numbers:
        raise Refusal("message_trial_address")
    return numbers[0]


def _draft(form: MessageForm) -> Draft:
    house = House.of(parts())
    return write_draft(db.session(), the_edition(), form.message, form.asked, house, clock().now())


def _shown(form: MessageForm, draft: Draft, refusal: Refusal | None = None) -> AnyResponse:
    ways = {way.value: draft.count(way) for way in Way}
    context: dict[str, Any] = {"draft": draft, "samples": draft.samples, "ways": ways}
    if refusal is not None:
        return again(_TEMPLATE, form, refusal, **context)
    return page(_TEMPLATE, form=form, **context)


def _begin(form: MessageForm) -> None:
    form.token.data = parts().chance.token_bytes(_TOKEN_BYTES).hex()
    form.text_ar.data, form.text_fr.data = HELLO_AR, HELLO_FR
    form.trial_to.data = getattr(current_user, "email", None) or ""
    if code := request.args.get("session", "").upper():
        rows = list_workshops(db.session(), the_edition().id, statuses=("planned", "cancelled"))
        form.workshops.data = [row.id for row in rows if row.code == code]


def _offer(form: MessageForm) -> None:
    edition, session = the_edition(), db.session()
    people = list_people(session, edition.id)
    place = LANGS.index(current_lang())
    provinces = {row.province_code for row in people if row.province_code}
    workshops = list_workshops(session, edition.id, statuses=("planned", "cancelled"))
    form.offer(
        [(row.id, _workshop(row)) for row in workshops],
        sorted(((code, province_names(code)[place]) for code in provinces), key=lambda each: each[1]),
        [(code, sector_names(code)[place]) for code in sectors()],
    )


def _workshop(row: WorkshopRow) -> str:
    lang = current_lang()
    title, _lang = pick(lang, row.title_ar, row.title_fr)
    day = format_day(row.day, lang, weekday=False).rpartition(" ")[0]
    return f"{title} · {day} · {format_clock(row.starts, lang)}"


def _digest(form: MessageForm, draft: Draft) -> str:
    """Say in one word what is sent to how many: what the preview showed must be what leaves."""
    what: list[Any] = [asdict(form.message), asdict(form.asked), [draft.count(way) for way in Way]]
    return hashlib.sha256(json.dumps(what, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]
