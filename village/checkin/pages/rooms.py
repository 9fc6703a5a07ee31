"""The list of a workshop: for staff, and for its trainer by a personal link without an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.checkin import gate, queries
from village.checkin.actions import mark_present, write_note
from village.checkin.pages.gates import bp
from village.checkin.rules import Way, in_order
from village.kit.db import db
from village.kit.deeds import Actor
from village.kit.guard import may, public, requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import acting_as, again, deed, keys, limiter, page, parts, say_done, say_refused, wired
from village.people.queries import list_people
from village.workshops.queries import WorkshopRow, get_workshop, list_registrations, list_workshops

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.badges.rules import Affiliation
    from village.checkin.queries import Arrived
    from village.people.queries import PersonRow
    from village.workshops.queries import TrainerRow

_SEE_OTHER = 303
_LONGEST = 8000


@dataclass(frozen=True)
class Seat:
    """A line of the list; `no` is the number on the newest sheet, 0 for who registered since."""

    no: int
    registration_id: int
    person: PersonRow
    arrived: Arrived | None
    org: Affiliation | None

    @property
    def is_ticked(self) -> bool:
        """Whether the trainer's tick is what counts."""
        return self.arrived is not None and self.arrived.way == Way.TRAINER


def workshop(code: str) -> WorkshopRow:
    """Return a workshop of the present edition by its code.

    Raises:
        Refusal: `workshop_not_found`.

    """
    return get_workshop(db.session(), gate.the_edition().id, code)


def certified(row: WorkshopRow) -> set[int]:
    """Return who holds a certificate of a workshop."""
    found: set[int] = wired("certified_people")(db.session(), gate.the_edition().id, row.id)
    return found


def room_view(row: WorkshopRow) -> dict[str, Any]:
    """Return what a workshop's list shows: seats in the order and with the numbers of the newest sheet, and counts."""
    edition, session = gate.the_edition(), db.session()
    places = {r.person_id: r.id for r in list_registrations(session, row.id) if r.status == "confirmed"}
    people = {person.id: person for person in list_people(session, edition.id, places)}
    listed = queries.list_sheets(session, row.id)
    numbers: dict[int, int] = {}
    if listed:
        numbers = {r.person_id: r.no for r in queries.get_sheet(session, row.id, listed[0].number).rows if r.person_id}
    order = in_order(((p.id, p.name_ar, p.name_fr) for p in people.values()), current_lang())
    if not numbers:
        numbers = {person: no for no, person in enumerate(order, 1)}
    order.sort(key=lambda person: numbers.get(person, len(numbers) + len(order) + 1))
    arrivals = queries.list_arrivals(session, row.id)
    belongs = wired("affiliations")(session, edition.id)
    seats = [Seat(numbers.get(p, 0), places[p], people[p], arrivals.get(p), belongs.get(p)) for p in order]
    here = [seat for seat in seats if seat.arrived]
    return {
        "row": row,
        "seats": seats,
        "present": len(here),
        "women": sum(seat.person.gender == "f" for seat in seats),
        "women_present": sum(seat.person.gender == "f" for seat in here),
        "listed": listed,
        "note": queries.get_note(session, row.id),
        "closed": bool(certified(row)),
        "ways": {
            "badge": _("badge"), "name": _("by name"), "walk_in": _("at the door"), "sheet": _("signed"),
            "trainer": _("ticked"),
        },
        "clock_of": gate.clock_of,
    }  # fmt: skip


def show_room(row: WorkshopRow) -> Response:
    """Show a workshop's list to staff, with its trainers' links for those who may hand them out."""
    return page("checkin/room.html", refusal_text="", form=None, note_text=None, **_staff(row))


def _staff(row: WorkshopRow) -> dict[str, Any]:
    return {
        **room_view(row),
        "token": "",
        "links": [(each, trainer_link(each)) for each in row.trainers] if may("registrations.manage") else [],
        "to": {
            "ticks": url_for("checkin.tick", code=row.code),
            "note": url_for("checkin.note", code=row.code),
            "print": url_for("checkin.make", code=row.code),
        },
    }


def trainer_link(trainer: TrainerRow) -> str:
    """Return the address of a trainer's own page, whole, to be sent."""
    token = queries.trainer_token(keys(), gate.the_edition().id, trainer.id)
    return f"{parts().settings.address}{url_for('checkin.trainer', token=token)}"


@bp.post("/sheets/<code>/attendance")
@requires("registrations.desk")
def tick(code: str) -> AnyResponse:
    """Bring staff's ticks in."""
    row = workshop(code)
    _tick(row)
    return redirect(url_for("checkin.room", code=row.code), _SEE_OTHER)


@bp.post("/sheets/<code>/notes")
@requires("registrations.desk")
def note(code: str) -> AnyResponse:
    """Keep what staff write about a workshop."""
    row = workshop(code)
    try:
        _note(row)
    except Refusal as refusal:
        typed = request.form.get("text", "")[:_LONGEST]
        return again("checkin/room.html", None, refusal, **{**_staff(row), "note_text": typed})
    return redirect(url_for("checkin.room", code=row.code, _anchor="notes"), _SEE_OTHER)


@bp.get("/trainer/<token>")
@public
@limiter.limit("120 per minute")
def trainer(token: str) -> Response:
    """Show a trainer their workshops."""
    known, edition = _by_link(token), gate.the_edition()
    return page(
        "checkin/trainer.html",
        trainer=known,
        token=token,
        rows=[row for row in list_workshops(db.session(), edition.id) if known in row.trainers],
        present=queries.count_attendance(db.session(), edition.id),
    )


@bp.get("/trainer/<token>/<code>")
@public
@limiter.limit("120 per minute")
def own_room(token: str, code: str) -> Response:
    """Show a trainer the list of one of their workshops."""
    return page("checkin/room.html", refusal_text="", form=None, note_text=None, **_own(token, _led(token, code)))


@bp.post("/trainer/<token>/<code>/attendance")
@public
@limiter.limit("60 per minute")
def own_tick(token: str, code: str) -> AnyResponse:
    """Bring a trainer's ticks in."""
    row = _led(token, code)
    _tick(row)
    return redirect(url_for("checkin.own_room", token=token, code=row.code), _SEE_OTHER)


@bp.post("/trainer/<token>/<code>/notes")
@public
@limiter.limit("60 per minute")
def own_note(token: str, code: str) -> AnyResponse:
    """Keep what a trainer writes."""
    row = _led(token, code)
    try:
        _note(row)
    except Refusal as refusal:
        typed = request.form.get("text", "")[:_LONGEST]
        return again("checkin/room.html", None, refusal, **{**_own(token, row), "note_text": typed})
    return redirect(url_for("checkin.own_room", token=token, code=row.code, _anchor="notes"), _SEE_OTHER)


@bp.post("/trainer/<token>/<code>/print")
@public
@limiter.limit("10 per minute")
def own_print(token: str, code: str) -> AnyResponse:
    """Make a sheet of a trainer's workshop."""
    from village.checkin.pages.sheets import make_sheet

    row = _led(token, code)
    try:
        number = make_sheet(row)
    except Refusal as refusal:
        say_refused(refusal)
        return redirect(url_for("checkin.own_room", token=token, code=row.code), _SEE_OTHER)
    return redirect(url_for("checkin.own_paper", token=token, code=row.code, number=number), _SEE_OTHER)


@bp.get("/trainer/<token>/<code>/<int:number>.pdf")
@public
@limiter.limit("30 per minute")
def own_paper(token: str, code: str, number: int) -> Response:
    """Give a trainer a sheet for the printer."""
    from village.checkin.pages.sheets import sheet_file

    return sheet_file(_led(token, code), number)


def _own(token: str, row: WorkshopRow) -> dict[str, Any]:
    return {
        **room_view(row),
        "token": token,
        "links": [],
        "to": {
            "ticks": url_for("checkin.own_tick", token=token, code=row.code),
            "note": url_for("checkin.own_note", token=token, code=row.code),
            "print": url_for("checkin.own_print", token=token, code=row.code),
        },
    }


def _by_link(token: str) -> TrainerRow:
    found = queries.find_trainer_by_link(db.session(), keys(), gate.the_edition().id, token)
    if found is None:
        raise Refusal("trainer_page_not_found")
    acting_as(Actor("device", f"trainer-{found.id}"))
    return found


def _led(token: str, code: str) -> WorkshopRow:
    """Return a workshop that the trainer of this link leads; any other is not found."""
    known, row = _by_link(token), workshop(code)
    if known not in row.trainers:
        raise Refusal("workshop_not_found", {"workshop": code})
    return row


def _tick(row: WorkshopRow) -> None:
    present, before = (set(request.form.getlist(name, type=int)) for name in ("here", "before"))
    try:
        with deed() as opened:
            added, gone = mark_present(
                opened,
                edition_id=gate.the_edition().id,
                workshop_id=row.id,
                present=present,
                before=before,
                certified=certified(row),
            )
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(_("Attendance kept: %(added)s added, %(gone)s taken back.", added=added, gone=gone))


def _note(row: WorkshopRow) -> None:
    version = request.form.get("version", 0, type=int)
    with deed() as opened:
        write_note(opened, workshop_id=row.id, text=request.form.get("text", "")[:_LONGEST], version=version)
    say_done(_("The note is kept."))
