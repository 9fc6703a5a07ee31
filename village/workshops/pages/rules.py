"""The rules of a session and of the fair, set by organisers; and who is invited."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.exhibitors.queries import list_placeable
from village.kit.clock import instant, local
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, clock, deed, page, say_done, say_refused
from village.people.queries import ids_by_code, list_people
from village.people.rules import parse_phones
from village.workshops import queries
from village.workshops.actions import NewReserve, NewRules, invite, set_policy, set_rules, uninvite
from village.workshops.forms.rules import InviteForm, PolicyForm, RulesForm, as_typed
from village.workshops.pages import base
from village.workshops.pages.staff import show_registrations
from village.workshops.rules import Audience, Channel, WaitingMode

if TYPE_CHECKING:
    from datetime import date

    from werkzeug.wrappers import Response as AnyResponse

    from village.workshops.queries import SessionRules, WorkshopRow

bp = base.bp

_NEW_DAY, _END_OF_DAY = time(0), time(23, 59)


@bp.route("/registrations/<code>/rules", methods=["GET", "POST"])
@requires("registrations.manage")
def rules_of(code: str) -> AnyResponse:
    """Show and set who may register for a session, what comes before it, and how its list moves."""
    row = _workshop(code)
    rules = queries.session_rules(db.session(), row.id, clock().now())
    form = RulesForm(data=as_typed(rules, _local))
    owners = _owners()
    form.offer_owners(owners, rules.offer_minutes)
    form.prerequisites.choices = [(each.id, each.code) for each in _earlier(row)]
    if request.method == "GET":
        return _page(row, rules, form, InviteForm(formdata=None))
    if not form.validate_on_submit():
        return _page(row, rules, form, InviteForm(formdata=None), status=422)
    try:
        with deed() as opened:
            moved = set_rules(opened, workshop_id=row.id, rules=_typed(form))
    except Refusal as refusal:
        return _page(row, rules, form, InviteForm(formdata=None), refusal)
    say_done(_("The rules are kept; moved up from the waiting list: %(n)s.", n=len(moved)))
    return redirect(url_for("workshops.rules_of", code=row.code))


@bp.post("/registrations/<code>/invite")
@requires("registrations.manage")
def invite_to(code: str) -> AnyResponse:
    """Invite people by their telephones or codes, typed or pasted."""
    row = _workshop(code)
    form = InviteForm()
    rules = queries.session_rules(db.session(), row.id, clock().now())
    persons, phones, unknown = _read_people(form.people.data or "")
    if not form.validate_on_submit() or unknown or not (persons or phones):
        typed = "، ".join(unknown) if current_lang() == "ar" else ", ".join(unknown)
        shown = RulesForm(formdata=None, data=as_typed(rules, _local))
        shown.offer_owners(_owners(), rules.offer_minutes)
        return _page(row, rules, shown, form, Refusal("invited_unknown", {"typed": typed or "—"}), 422)
    with deed() as opened:
        number = invite(opened, workshop_id=row.id, person_ids=persons, phones=phones)
    say_done(_("Newly invited: %(n)s.", n=number))
    return redirect(url_for("workshops.rules_of", code=row.code) + "#invited")


@bp.post("/registrations/<code>/uninvite")
@requires("registrations.manage")
def uninvite_from(code: str) -> AnyResponse:
    """Take an invitation back."""
    row = _workshop(code)
    try:
        with deed() as opened:
            uninvite(opened, workshop_id=row.id, invitation_id=request.form.get("invitation", 0, type=int))
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(_("The invitation is withdrawn."))
    return redirect(url_for("workshops.rules_of", code=row.code) + "#invited")


@bp.post("/registrations/policy")
@requires("registrations.manage")
def policy() -> AnyResponse:
    """Set how many places one person may hold in the fair and on one day."""
    form = PolicyForm()
    if not form.validate_on_submit():
        return show_registrations(form, status=422)
    try:
        with deed() as opened:
            moved = set_policy(opened, base.the_edition().id, form.max_per_person.data, form.max_per_day.data)
    except Refusal as refusal:
        return show_registrations(form, refusal)
    say_done(_("The rules are kept; moved up from the waiting list: %(n)s.", n=len(moved)))
    return redirect(url_for("workshops.registrations"))


def _page(
    row: WorkshopRow, rules: SessionRules, form: RulesForm, invite_form: InviteForm, refusal: Refusal | None = None,
    status: int | None = None,
) -> AnyResponse:  # fmt: skip
    invited = [each.person_id for each in rules.invitations if each.person_id is not None]
    people = list_people(db.session(), base.the_edition().id, invited) if invited else []
    context: dict[str, Any] = {
        "row": row,
        "rules": rules,
        "invite_form": invite_form,
        "earlier": _earlier(row),
        "people": {person.id: person for person in people},
        "kinds": base.kinds(),
    }
    if refusal is None and status is None:
        return page("workshops/session_rules.html", form=form, **context)
    return again("workshops/session_rules.html", form, refusal, status, **context)


def _typed(form: RulesForm) -> NewRules:
    """Return the rules as they were typed. A day without an hour means from its beginning, or until its end."""
    return NewRules(
        audience=Audience(form.audience.data),
        waiting=WaitingMode(form.waiting.data),
        offer_minutes=form.offer_minutes.data,
        max_per_exhibitor=form.max_per_exhibitor.data,
        opens=_instant(form.opens_day.data, form.opens_clock.data or _NEW_DAY),
        closes=_instant(form.closes_day.data, form.closes_clock.data or _END_OF_DAY),
        prerequisites=tuple(form.prerequisites.data or ()),
        reserves=tuple(_reserve(each.form) for each in form.reserves if each.form.places.data is not None),
    )


def _reserve(typed: Any) -> NewReserve:
    kind, _colon, number = (typed.owner.data or "").partition(":")
    return NewReserve(
        channel=Channel(typed.channel.data),
        places=typed.places.data,
        audience=Audience(kind) if kind in set(Audience) else None,
        exhibitor_id=int(number) if kind == "exhibitor" and number.isdecimal() else None,
        until=_instant(typed.until_day.data, typed.until_clock.data or _END_OF_DAY),
    )


def _instant(day: date | None, at: time) -> datetime | None:
    return instant(day, at, base.the_edition().zone) if day else None


def _local(at: datetime) -> datetime:
    return local(at, base.the_edition().zone)


def _owners() -> list[tuple[str, str]]:
    """Return for whom places may be kept: an audience, or one accepted organisation."""
    lang = current_lang()
    exhibitors = list_placeable(db.session(), base.the_edition().id)
    return [
        (Audience.DELEGATES.value, _("Delegates of accepted cooperatives")),
        (Audience.INVITED.value, _("Invited people only")),
        *((f"exhibitor:{each.id}", each.name_in(lang)) for each in exhibitors),
    ]


def _earlier(row: WorkshopRow) -> list[WorkshopRow]:
    """Return the sessions that end before one begins."""
    rows = queries.list_workshops(db.session(), base.the_edition().id)
    return [each for each in rows if (each.day, each.ends) <= (row.day, row.starts) and each.id != row.id]


def _read_people(text: str) -> tuple[list[int], list[str], list[str]]:
    """Read telephones and codes, one on each line: persons, telephones, and what is neither."""
    lines = [line.strip() for line in text.replace(";", "\n").replace(",", "\n").splitlines() if line.strip()]
    by_code = ids_by_code(db.session(), base.the_edition().id) if lines else {}
    persons: list[int] = []
    phones: list[str] = []
    unknown: list[str] = []
    for line in lines:
        if line.upper() in by_code:
            persons.append(by_code[line.upper()])
            continue
        try:
            phones += parse_phones(line)
        except Refusal:
            unknown.append(line)
    return persons, phones, unknown


def _workshop(code: str) -> WorkshopRow:
    return queries.get_workshop(db.session(), base.the_edition().id, code)
