"""The list of a workshop: for staff, and for its trainer by a personal link without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.checkin import gate, listing, queries
from village.checkin.actions import mark_present, write_note
from village.checkin.pages.gates import bp
from village.kit.clock import local
from village.kit.db import db
from village.kit.deeds import Actor
from village.kit.guard import may, public, requires
from village.kit.refusal import Refusal
from village.kit.web import (
    acting_as,
    again,
    clock,
    deed,
    keys,
    limiter,
    page,
    say_done,
    say_refused,
    wants_fragment,
    wired,
)
from village.workshops.queries import WorkshopRow, count_files, find_trainer_by_link, get_workshop, list_workshops

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.workshops.queries import TrainerRow

_SEE_OTHER = 303
_LONGEST = 8000


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


def show_room(row: WorkshopRow) -> Response:
    """Show a workshop's list to staff, with its trainers' links for those who may hand them out."""
    return page("checkin/room.html", refusal_text="", form=None, note_text=None, **_staff(row))


def _staff(row: WorkshopRow) -> dict[str, Any]:
    return {
        **listing.room_view(row, certified(row)),
        "token": "",
        "trainers": row.trainers if may("registrations.manage") else (),
        "to": {
            "ticks": url_for("checkin.tick", code=row.code),
            "note": url_for("checkin.note", code=row.code),
            "print": url_for("checkin.make", code=row.code),
            "live": url_for("checkin.room_live", code=row.code),
            "files": url_for("workshops.staff_files", code=row.code),
            "room": url_for("checkin.room", code=row.code),
        },
    }


@bp.get("/sheets/<code>/live")
@requires("registrations.desk")
def room_live(code: str) -> AnyResponse:
    """Show the counts of a workshop to staff, as they are now."""
    row = workshop(code)
    return _live(row, url_for("checkin.room_live", code=row.code), url_for("checkin.room", code=row.code))


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
    """Show a trainer all their sessions, those that were cancelled too."""
    known, edition = _by_link(token), gate.the_edition()
    rows = list_workshops(db.session(), edition.id, statuses=("planned", "cancelled"))
    own = [row for row in rows if known.id in {each.id for each in row.trainers}]
    return page(
        "checkin/trainer.html",
        trainer=known,
        token=token,
        rows=own,
        today=local(clock().now(), edition.zone).date(),
        present=queries.count_attendance(db.session(), edition.id),
        moves=listing.last_moves(edition.id),
        files=count_files(db.session(), [row.id for row in own]),
    )


@bp.get("/trainer/<token>/<code>")
@public
@limiter.limit("120 per minute")
def own_room(token: str, code: str) -> Response:
    """Show a trainer the list of one of their workshops."""
    return page("checkin/room.html", refusal_text="", form=None, note_text=None, **_own(token, _led(token, code)))


@bp.get("/trainer/<token>/<code>/live")
@public
@limiter.limit("240 per minute")
def own_live(token: str, code: str) -> AnyResponse:
    """Show a trainer the counts of a workshop, as they are now."""
    row = _led(token, code)
    where: dict[str, Any] = {"token": token, "code": row.code}
    return _live(row, url_for("checkin.own_live", **where), url_for("checkin.own_room", **where))


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
    where: dict[str, Any] = {"token": token, "code": row.code}
    return {
        **listing.room_view(row, certified(row)),
        "token": token,
        "trainers": (),
        "to": {
            "ticks": url_for("checkin.own_tick", **where),
            "note": url_for("checkin.own_note", **where),
            "print": url_for("checkin.own_print", **where),
            "live": url_for("checkin.own_live", **where),
            "files": url_for("workshops.trainer_files", **where),
            "room": url_for("checkin.own_room", **where),
        },
    }


def _live(row: WorkshopRow, live: str, room: str) -> AnyResponse:
    """Answer with the counts alone, to a script as a part of its page; unchanged, with next to nothing."""
    template = "checkin/_counts.html" if wants_fragment() else "checkin/live.html"
    answer = page(
        template,
        row=row,
        counts=listing.count_now(row),
        running=listing.is_running(row),
        to={"live": live, "room": room},
    )
    answer.vary.add("HX-Request")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


def _by_link(token: str) -> TrainerRow:
    found = find_trainer_by_link(db.session(), keys(), gate.the_edition().id, token)
    if found is None:
        raise Refusal("trainer_page_not_found")
    acting_as(Actor("device", f"trainer-{found.id}"))
    return found


def _led(token: str, code: str) -> WorkshopRow:
    """Return a workshop that the trainer of this link leads; any other is not found."""
    known, row = _by_link(token), workshop(code)
    if known.id not in {each.id for each in row.trainers} or row.status == "draft":
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
