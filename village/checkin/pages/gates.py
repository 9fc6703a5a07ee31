"""Pages of the gates: choose a workshop, admit by badge or by name, see who is in; attendance for the organiser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _

from village.checkin import gate, queries
from village.checkin.actions import Admission, admit, admit_by_name, welcome_walk_in
from village.checkin.forms import GateForm, NamedForm, ScanForm
from village.checkin.rules import Verdict
from village.kit.clock import local
from village.kit.db import db
from village.kit.guard import may, requires
from village.kit.refusal import Refusal
from village.kit.web import again, clock, deed, keys, page, say_done, wants_fragment
from village.people.queries import list_people, search_people
from village.workshops.queries import WorkshopRow, get_workshop, list_standings, list_workshops

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.kit.deeds import Deed


bp = Blueprint("checkin", __name__)

_SEE_OTHER = 303


@bp.get("/checkin", endpoint="gate")
@requires("checkin.admit")
def gates() -> Response:
    """Choose the workshop at whose door this device stands; those of today first."""
    edition = gate.the_edition()
    rows = list_workshops(db.session(), edition.id)
    today = local(clock().now(), edition.zone).date()
    return page(
        "checkin/gates.html",
        rows=sorted(rows, key=lambda row: row.day != today),
        today=today,
        present=queries.count_attendance(db.session(), edition.id),
        form=GateForm(name=gate.device_name()),
    )


@bp.post("/checkin/device")
@requires("checkin.admit")
def name_gate() -> AnyResponse:
    """Give this gate a name."""
    form = GateForm()
    if form.validate_on_submit():
        with deed() as opened:
            gate.name_device(opened, form.name.data or "")
        say_done(_("This gate has its name."))
    return redirect(url_for("checkin.gate"))


@bp.get("/checkin/<code>")
@requires("checkin.admit")
def door(code: str) -> Response:
    """Show the gate of a workshop; `?shown=` repeats the verdict of a scan, `?q=` searches a name."""
    row = _workshop(code)
    return page("checkin/gate.html", form=ScanForm(formdata=None), **_context(row, _shown(row)))


@bp.post("/checkin/<code>")
@requires("checkin.admit")
def scan(code: str) -> AnyResponse:
    """Admit by badge: signed code, short code or imported id, scanned or typed."""
    row = _workshop(code)
    form = ScanForm()
    if not form.validate_on_submit():
        return again("checkin/gate.html", form, **_context(row, None))
    edition = gate.the_edition()

    def work(opened: Deed) -> Admission:
        scanned = gate.scan_of(opened, row.id, form.code.data or "", form.uuid.data or "")
        return admit(opened, scanned, keys(), edition_id=edition.id, edition_number=edition.number)

    return _answer(row, gate.at_door(work))


@bp.post("/checkin/<code>/person")
@requires("checkin.admit")
def admit_named(code: str) -> AnyResponse:
    """Admit somebody found by name."""
    row, form = _workshop(code), _named()
    person_id, edition_id = _person_id(form), gate.the_edition().id

    def work(opened: Deed) -> Admission:
        visit = gate.scan_of(opened, row.id, "", form.uuid.data or "")
        return admit_by_name(opened, visit, edition_id=edition_id, person_id=person_id)

    return _answer(row, gate.at_door(work))


@bp.post("/checkin/<code>/walk-in")
@requires("registrations.desk")
def walk_in(code: str) -> AnyResponse:
    """Register somebody at the door and admit them; where a rule objects, staff may give a reason."""
    row, form = _workshop(code), _named()
    person_id, edition_id = _person_id(form), gate.the_edition().id

    def work(opened: Deed) -> Admission:
        visit = gate.scan_of(opened, row.id, "", form.uuid.data or "")
        override = form.override.data or ""
        return welcome_walk_in(opened, visit, edition_id=edition_id, person_id=person_id, override=override)

    try:
        admission = gate.at_door(work)
    except Refusal as refusal:
        context = _context(row, None, blocked=person_id)
        return again("checkin/gate.html", ScanForm(formdata=None), refusal, **context)
    return _answer(row, admission)


@bp.get("/attendance")
@requires("registrations.manage")
def attendance() -> Response:
    """Show who came by workshop, what the gates refused, and arrivals that two gates saw."""
    edition, session = gate.the_edition(), db.session()
    conflicts = queries.list_conflicts(session, edition.id)
    people = list_people(session, edition.id, {row.person_id for row in conflicts})
    return page(
        "checkin/attendance.html",
        rows=list_workshops(session, edition.id),
        present=queries.count_attendance(session, edition.id),
        people_present=queries.count_people_present(session, edition.id),
        verdicts=queries.count_verdicts(session, edition.id),
        words={verdict.value: word for verdict, (_t, _s, word) in gate.words_of_verdicts().items()},
        conflicts=conflicts,
        people={person.id: person for person in people},
        devices=queries.list_devices(session, edition.id),
    )


def _answer(row: WorkshopRow, admission: Admission) -> AnyResponse:
    """Answer a scan: a fragment to the script, else back to the gate, where a reload scans nothing again."""
    if wants_fragment():
        return page("checkin/_scan.html", **_context(row, gate.say(admission), searching=False))
    return redirect(url_for("checkin.door", code=row.code, shown=admission.uuid), _SEE_OTHER)


def _shown(row: WorkshopRow) -> gate.Said | None:
    """Say again what a scan came to, after the redirect of a gate without scripts."""
    number = request.args.get("shown")
    if not number:
        return None
    kept = queries.get_scan(db.session(), gate.the_edition().id, number)
    first = queries.find_first(db.session(), kept.person_id, row.id) if kept.person_id is not None else None
    first_at = first.corrected_at if first else None
    return gate.say(Admission(Verdict(kept.verdict), kept.uuid, kept.corrected_at, kept.person_id, first_at))


def _context(
    row: WorkshopRow, said: gate.Said | None, *, searching: bool = True, blocked: int | None = None
) -> dict[str, Any]:
    """Return what the gate shows: verdict, last ten, live figures, and who was searched."""
    edition, session = gate.the_edition(), db.session()
    recent = queries.list_recent(session, row.id)
    query = request.args.get("q", "").strip() if searching else ""
    found = search_people(session, edition.id, query, 12) if query else []
    if blocked is not None:
        found = list_people(session, edition.id, [blocked])
    ids = {scan.person_id for scan in recent if scan.person_id is not None}
    return {
        "row": row,
        "said": said,
        "recent": recent,
        "people": {p.id: p for p in list_people(session, edition.id, ids)},
        "signs": {verdict.value: each for verdict, each in gate.words_of_verdicts().items()},
        "present": queries.count_attendance(session, edition.id).get(row.id, 0),
        "expected": row.taken,
        "query": query,
        "found": found,
        "blocked": blocked,
        "standings": list_standings(session, edition.id, [p.id for p in found]),
        "inside": queries.list_present(session, row.id, [p.id for p in found]),
        "may_walk_in": may("registrations.desk"),
        "new_uuid": gate.new_uuid,
        "gate_name": gate.device_name(),
        "clock_of": gate.clock_of,
    }


def _named() -> NamedForm:
    form = NamedForm()
    if not form.validate_on_submit():
        raise Refusal("scan_invalid")
    return form


def _person_id(form: NamedForm) -> int:
    """Return the chosen person, who must be of this edition."""
    people = list_people(db.session(), gate.the_edition().id, [form.person.data or 0])
    if not people:
        raise Refusal("person_not_found")
    return people[0].id


def _workshop(code: str) -> WorkshopRow:
    return get_workshop(db.session(), gate.the_edition().id, code)
