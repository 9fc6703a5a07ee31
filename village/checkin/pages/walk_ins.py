"""The door's own search, and walk-ins: a name typed, one tap, registered and inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import gettext as _

from village.checkin import gate
from village.checkin.actions import Admission
from village.checkin.actions import walk_in as welcome
from village.checkin.forms import ScanForm, WalkInForm
from village.checkin.pages.gates import Blocked, answer, bp, context_of, found_for, workshop_of
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang, text_direction
from village.kit.refusal import Refusal
from village.kit.web import again, page, status_of, wants_fragment
from village.kit.wording import say_refusal
from village.people.queries import list_people
from village.workshops.actions import Newcomer
from village.workshops.rules import is_overlap, may_overrule

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.kit.deeds import Deed
    from village.people.queries import PersonRow
    from village.workshops.queries import WorkshopRow


@bp.get("/checkin/<code>/people")
@requires("checkin.admit")
def people_at_door(code: str) -> Response:
    """Answer what is typed at the gate, letter by letter: whom it may be, and how they stand with this workshop."""
    return page("checkin/_found.html", **found_for(workshop_of(code), request.args.get("q", "")))


@bp.post("/checkin/<code>/walk-in")
@requires("registrations.desk")
def walk_in(code: str) -> AnyResponse:
    """Register somebody at the door and admit them, known or new; where a rule objects, staff may give a reason."""
    row, form = workshop_of(code), WalkInForm()
    if not form.validate_on_submit():
        raise Refusal("scan_invalid")
    edition_id = gate.the_edition().id
    person = _person(form.person.data)
    name = "" if person else form.name.data or ""
    who: dict[str, Any] = {"person_id": person.id} if person else {"newcomer": _newcomer(name)}

    def work(opened: Deed) -> Admission:
        visit = gate.scan_of(opened, row.id, "", form.uuid.data or "")
        return welcome(opened, visit, edition_id=edition_id, override=form.override.data or "", **who)

    try:
        return answer(row, gate.at_door(work))
    except Refusal as refusal:
        return _stopped(row, refusal, person, name)


def _stopped(row: WorkshopRow, refusal: Refusal, person: PersonRow | None, name: str) -> AnyResponse:
    """Say why somebody may not go in as they are, with the reasons that staff may give in one tap."""
    words = say_refusal(refusal, current_lang())
    overrulable = all(may_overrule(each) for each in refusal.objections)
    blocked = Blocked(person.id if person else None, name, words, overrulable, _reasons(refusal))
    if not wants_fragment():
        return again("checkin/gate.html", ScanForm(formdata=None), refusal, **context_of(row, None, blocked=blocked))
    said = gate.Said(
        "refused", "wait" if overrulable else "bad", "hand" if overrulable else "cross", _("Not yet"), words,
        person.name_ar if person else name, person.name_fr if person else "", blocked.person_id, "",
    )  # fmt: skip
    return page("checkin/_scan.html", status_of(refusal), **context_of(row, said, blocked=blocked))


def _reasons(refusal: Refusal) -> tuple[str, ...]:
    """Return the reasons that staff mostly have, in the words of the list."""
    if all(is_overlap(each) for each in refusal.objections):
        return (_("They come here instead"),)
    if all(each.code == "workshop_full" for each in refusal.objections):
        return (_("A seat is empty: somebody did not come"), _("A seat was added"))
    return ()


def _person(person_id: int | None) -> PersonRow | None:
    """Return the chosen person, who must be of this edition; None where somebody new was typed."""
    if person_id is None:
        return None
    people = list_people(db.session(), gate.the_edition().id, [person_id])
    if not people:
        raise Refusal("person_not_found")
    return people[0]


def _newcomer(name: str) -> Newcomer:
    """Return somebody new by the name typed at the door: the first word is the first name."""
    given, _blank, family = name.partition(" ")
    if text_direction(name) == "rtl":
        return Newcomer(given_ar=given, family_ar=family, lang="ar")
    return Newcomer(given_fr=given, family_fr=family, lang="fr")
