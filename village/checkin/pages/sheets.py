"""The list of a workshop on screen and on paper: print, type back by number, settle, count, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, make_response, redirect, request, send_file, url_for
from flask_babel import gettext as _

from village.checkin import gate, listing, papers, queries
from village.checkin.actions import fill_blank, note_ticks, print_sheet, take_sheet, undo_sheet
from village.checkin.jobs import SHEETS, bound_key
from village.checkin.pages.gates import bp
from village.checkin.pages.rooms import certified, show_room, workshop
from village.checkin.rules import read_numbers
from village.kit import jobs
from village.kit.clock import local
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, clock, deed, page, parts, say_done, say_refused, storage, wired
from village.people.queries import list_people, search_people
from village.workshops.actions import Newcomer
from village.workshops.queries import list_workshops

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from village.checkin.queries import SheetView
    from village.workshops.queries import WorkshopRow

_SEE_OTHER = 303
_BLANKS = 10
_FOUND = 12


@bp.get("/sheets")
@requires("registrations.desk")
def sheets() -> Response:
    """Choose a workshop: its list, its sheets; or print the sheets of a whole day."""
    edition, session = gate.the_edition(), db.session()
    rows = list_workshops(session, edition.id)
    today = local(clock().now(), edition.zone).date()
    return page(
        "checkin/sheets.html",
        rows=sorted(rows, key=lambda row: row.day != today),
        days=sorted({row.day for row in rows}),
        today=today,
        present=queries.count_attendance(session, edition.id),
        job=jobs.latest_job(session, SHEETS),
    )


@bp.get("/sheets/<code>")
@requires("registrations.desk")
def room(code: str) -> Response:
    """Show a workshop's list with its numbers, who is there, and its sheets."""
    return show_room(workshop(code))


@bp.post("/sheets/<code>/print")
@requires("registrations.desk")
def make(code: str) -> AnyResponse:
    """Freeze the list as a sheet."""
    row = workshop(code)
    try:
        make_sheet(row)
    except Refusal as refusal:
        say_refused(refusal)
    return redirect(url_for("checkin.room", code=row.code, _anchor="sheets"), _SEE_OTHER)


@bp.post("/sheets/print")
@requires("registrations.desk")
def make_many() -> AnyResponse:
    """Freeze the lists of a day and put the sheets into one file."""
    edition, day = gate.the_edition(), request.form.get("day", "")
    rows = [row for row in list_workshops(db.session(), edition.id) if row.day.isoformat() == day]
    if not rows:
        raise Refusal("workshop_not_found", {"workshop": day[:10]})
    with deed() as opened:
        made = [(row.id, _print(opened, row)) for row in rows]
        job = jobs.start(opened, SHEETS, edition_id=edition.id, sheets=[list(each) for each in made])
    return redirect(url_for("checkin.sheets_run", job_id=job), _SEE_OTHER)


@bp.get("/sheets/run/<int:job_id>")
@requires("registrations.desk")
def sheets_run(job_id: int) -> Response:
    """Tell how far the printing of many sheets has come."""
    return page("checkin/sheets_run.html", job=jobs.get_job(db.session(), job_id))


@bp.get("/sheets/run/<int:job_id>/sheets.pdf")
@requires("registrations.desk")
def sheets_file(job_id: int) -> Response:
    """Give the sheets of a run."""
    key = bound_key(gate.the_edition(), job_id)
    if not storage().exists(key):
        raise Refusal("sheet_not_found", {"sheet": job_id})
    return send_file(storage().path(key), mimetype="application/pdf", download_name=f"sheets-{job_id}.pdf")


@bp.get("/sheets/<code>/<int:number>.pdf")
@requires("registrations.desk")
def paper(code: str, number: int) -> Response:
    """Give a sheet for the printer."""
    return sheet_file(workshop(code), number)


@bp.get("/sheets/<code>/<int:number>")
@requires("registrations.desk")
def typing(code: str, number: int) -> Response:
    """Type a signed sheet back; what was typed is kept with every number."""
    row = workshop(code)
    return page("checkin/typing.html", refusal_text="", form=None, **_typing(row, _sheet(row, number)))


@bp.post("/sheets/<code>/<int:number>/numbers")
@requires("registrations.desk")
def type_numbers(code: str, number: int) -> AnyResponse:
    """Note the typed numbers as signed, or take them back."""
    row = workshop(code)
    sheet = _sheet(row, number)
    text, on = request.form.get("numbers", "")[:2000], request.form.get("do") != "off"
    try:
        typed = read_numbers(text, sheet.codes)
        with deed() as opened:
            noted = note_ticks(opened, sheet_id=sheet.id, numbers=typed.numbers, on=on)
    except Refusal as refusal:
        return again("checkin/typing.html", None, refusal, **{**_typing(row, sheet), "text": text})
    _tell(sheet, typed.numbers, on=on)
    if noted.before and on:
        say_done(_("Noted before: %(rows)s", rows=", ".join(map(str, noted.before))))
    if typed.twice:
        say_done(
            _("Typed twice in one line: %(rows)s. Look at the paper again.", rows=", ".join(map(str, typed.twice)))
        )
    return redirect(url_for("checkin.typing", code=row.code, number=number), _SEE_OTHER)


@bp.post("/sheets/<code>/<int:number>/ticks")
@requires("registrations.desk")
def tick_rows(code: str, number: int) -> AnyResponse:
    """Note the ticked rows; only what was changed on this page is changed."""
    row = workshop(code)
    sheet = _sheet(row, number)
    now, before = (set(request.form.getlist(name, type=int)) for name in ("row", "before"))
    with deed() as opened:
        note_ticks(opened, sheet_id=sheet.id, numbers=now - before)
        note_ticks(opened, sheet_id=sheet.id, numbers=before - now, on=False)
    return redirect(url_for("checkin.check", code=row.code, number=number), _SEE_OTHER)


@bp.post("/sheets/<code>/<int:number>/blank")
@requires("registrations.desk")
def write_blank(code: str, number: int) -> AnyResponse:
    """Write who signed a blank row: somebody found in the list, or somebody new."""
    row = workshop(code)
    sheet = _sheet(row, number)
    no, person_id = request.form.get("no", 0, type=int), request.form.get("person", type=int)
    newcomer = None
    if person_id is None:
        newcomer = _newcomer(request.form.get("name", "").strip()[:120], request.form.get("phone", "").strip()[:40])
    elif not list_people(db.session(), sheet.edition_id, [person_id]):
        raise Refusal("person_not_found")
    try:
        with deed() as opened:
            fill_blank(opened, sheet_id=sheet.id, no=no, person_id=person_id, newcomer=newcomer)
    except Refusal as refusal:
        return again("checkin/typing.html", None, refusal, **_typing(row, sheet))
    say_done(_("Row %(no)s is written.", no=no))
    return redirect(url_for("checkin.typing", code=row.code, number=number), _SEE_OTHER)


@bp.get("/sheets/<code>/<int:number>/check")
@requires("registrations.desk")
def check(code: str, number: int) -> Response:
    """Lay the sheet beside the scans before anything is counted."""
    row = workshop(code)
    return page("checkin/check.html", refusal_text="", form=None, **_checking(row, _sheet(row, number)))


@bp.post("/sheets/<code>/<int:number>/take")
@requires("registrations.desk")
def take(code: str, number: int) -> AnyResponse:
    """Count the sheet as it was settled."""
    row = workshop(code)
    sheet = _sheet(row, number)
    settled = {each.no: choice for each in sheet.rows if (choice := request.form.get(f"settle-{each.no}", "")) != ""}
    try:
        with deed() as opened:
            taken = take_sheet(opened, sheet_id=sheet.id, settled=settled, certified=certified(row))
    except Refusal as refusal:
        return again("checkin/check.html", None, refusal, **{**_checking(row, sheet), "settled": settled})
    say_done(
        _("Counted. New: %(new)s; known already: %(agreed)s; taken back: %(removed)s; left out: %(left)s.",
          new=taken.new, agreed=taken.agreed, removed=taken.removed, left=taken.left_out)
    )  # fmt: skip
    return redirect(url_for("checkin.room", code=row.code), _SEE_OTHER)


@bp.post("/sheets/<code>/<int:number>/undo")
@requires("registrations.desk")
def undo(code: str, number: int) -> AnyResponse:
    """Take back what a sheet brought in."""
    row = workshop(code)
    try:
        with deed() as opened:
            undo_sheet(opened, sheet_id=_sheet(row, number).id, certified=certified(row))
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(_("The sheet counts no more. What was typed is still there."))
    return redirect(url_for("checkin.typing", code=row.code, number=number), _SEE_OTHER)


def make_sheet(row: WorkshopRow) -> int:
    """Freeze a workshop's list; returns the sheet's number.

    Raises:
        Refusal: `sheet_blanks_wrong`.

    """
    with deed() as opened:
        return _print(opened, row)


def _print(opened: Any, row: WorkshopRow) -> int:
    blanks = request.form.get("blanks", _BLANKS, type=int)
    lang = "ar" if current_lang() == "ar" else "fr"
    return print_sheet(opened, edition_id=gate.the_edition().id, workshop_id=row.id, lang=lang, blanks=blanks)


def sheet_file(row: WorkshopRow, number: int) -> Response:
    """Lay a sheet out as a file."""
    edition, session = gate.the_edition(), db.session()
    affiliations, provinces = wired("affiliations"), wired("province_names")
    sheet = _sheet(row, number)
    made = papers.sheet_pdf(
        session, edition, row, sheet, affiliations(session, edition.id), provinces, parts().settings.address
    )
    answer = make_response(made)
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{row.code}-{number}.pdf"'
    return answer


def _sheet(row: WorkshopRow, number: int) -> SheetView:
    return queries.get_sheet(db.session(), row.id, number)


def _newcomer(name: str, phone: str) -> Newcomer:
    """Read a name as it stands on paper: the last word is the family's, in the script it is written in."""
    given, _space, family = name.rpartition(" ")
    if not given:
        given, family = family, ""
    arabic = any("\u0600" <= letter <= "\u06ff" for letter in name)
    if arabic:
        return Newcomer(given_ar=given, family_ar=family, phone=phone, lang="ar")
    return Newcomer(given_fr=given, family_fr=family, phone=phone, lang="fr")


def _tell(sheet: SheetView, numbers: tuple[int, ...], *, on: bool) -> None:
    """Say what was noted, with the name where it was one number: the eye compares it with the paper."""
    if len(numbers) != 1:
        word = _("Noted rows: %(n)s") if on else _("Rows taken back: %(n)s")
        say_done(word % {"n": len(numbers)})
        return
    shown = next(row for row in sheet.rows if row.no == numbers[0])
    people = list_people(db.session(), sheet.edition_id, [shown.person_id or 0])
    name = people[0].name_in(current_lang()) if people else _("Blank row")
    say_done(f"{numbers[0]} · {name}" if on else _("Taken back: %(row)s", row=f"{numbers[0]} · {name}"))


def _typing(row: WorkshopRow, sheet: SheetView) -> dict[str, Any]:
    session = db.session()
    blank, query = request.args.get("blank", 0, type=int), request.args.get("q", "").strip()[:80]
    return {
        "row": row,
        "sheet": sheet,
        "moved": listing.moved_from(row, sheet.slot),
        "people": {each.id: each for each in list_people(session, sheet.edition_id, sheet.person_ids)},
        "text": "",
        "blank": blank,
        "query": query,
        "found": search_people(session, sheet.edition_id, query, _FOUND) if query else [],
        "on_sheet": {each.person_id: each.no for each in sheet.rows if each.person_id is not None},
    }


def _checking(row: WorkshopRow, sheet: SheetView) -> dict[str, Any]:
    session = db.session()
    findings = queries.list_findings(session, sheet)
    return {
        "row": row,
        "sheet": sheet,
        "moved": listing.moved_from(row, sheet.slot),
        "lines": {each.no: each for each in sheet.rows},
        "people": {each.id: each for each in list_people(session, sheet.edition_id, sheet.person_ids)},
        "arrivals": queries.list_arrivals(session, row.id),
        "conflicts": [each for each in findings if each.kind.is_conflict],
        "groups": [(word, [each for each in findings if each.kind.value == kind]) for kind, word in _groups()],
        "words": _words(),
        "settled": {each.no: each.settled for each in findings},
        "clock_of": gate.clock_of,
    }


def _groups() -> list[tuple[str, str]]:
    return [
        ("new", _("Will be counted")),
        ("agrees", _("Counted already")),
        ("removed", _("Will be taken back")),
        ("left_out", _("Not to be counted")),
    ]


def _words() -> dict[str, tuple[str, str, str]]:
    """Return for each conflict what it is, and the words of the two decisions."""
    there, out = _("Was there"), _("Do not count")
    return {
        "scanned_only": (_("Scanned at the door, not signed"), there, _("Was not there: take the scan back")),
        "cancelled": (_("Signed without a place: cancelled, refused or on the waiting list"),
                      _("Was there: give a place"), out),
        "elsewhere": (_("Signed here and seen elsewhere at the same hour"), _("Was here too"), out),
        "twice": (_("The same person on two signed rows"), "", _("Count once")),
        "nameless": (_("A blank row without a name: write it, or leave it out"), "", _("Leave out")),
    }  # fmt: skip
