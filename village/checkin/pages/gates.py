"""Pages of the gates: choose a workshop, admit by badge or by name, see who is in; attendance for the organiser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _

from village.checkin import gate, listing, queries
from village.checkin.actions import Admission, admit, admit_by_name
from village.checkin.forms import GateForm, NamedForm, ScanForm
from village.checkin.rules import Verdict
from village.kit.clock import local
from village.kit.db import db
from village.kit.guard import may, requires
from village.kit.refusal import Refusal
from village.kit.web import again, clock, deed, keys, page, say_done, wants_fragment
from village.people.queries import list_people, search_people
from village.people.rules import western_digits
from village.workshops.queries import WorkshopRow, get_workshop, list_standings, list_workshops

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.kit.deeds import Deed


bp = Blueprint("checkin", __name__)

_SEE_OTHER = 303
_FOUND_MOST = 6
_LONGEST_NAME = 80
# A badge in any of its forms: a link, digits, or the letters and digits of a short code; never a telephone or a name.
_BADGE = re.compile(r".*/B/.*|(?=.*\d)[0-9A-Z]{12,}", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Blocked:
    """Somebody at the door whom a rule stopped: who, whether staff may set the rule aside, and the usual reasons."""

    person_id: int | None
    name: str
    why: str
    may_overrule: bool
    reasons: tuple[str, ...] = ()


def looks_like_badge(typed: str) -> bool:
    """Tell the code of a badge from a name or a telephone."""
    return _BADGE.fullmatch(re.sub(r"[\s-]", "", western_digits(typed))) is not None


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
    row = workshop_of(code)
    return page("checkin/gate.html", form=ScanForm(formdata=None), **context_of(row, _shown(row)))


@bp.post("/checkin/<code>")
@requires("checkin.admit")
def scan(code: str) -> AnyResponse:
    """Admit by badge: signed code, short code or imported id, scanned or typed. A name typed here is searched."""
    row = workshop_of(code)
    form = ScanForm()
    if not form.validate_on_submit():
        return again("checkin/gate.html", form, **context_of(row, None))
    if not looks_like_badge(form.code.data or ""):
        return redirect(url_for("checkin.door", code=row.code, q=form.code.data), _SEE_OTHER)
    edition = gate.the_edition()

    def work(opened: Deed) -> Admission:
        scanned = gate.scan_of(opened, row.id, form.code.data or "", form.uuid.data or "")
        return admit(opened, scanned, keys(), edition_id=edition.id, edition_number=edition.number)

    return answer(row, gate.at_door(work))


@bp.post("/checkin/<code>/person")
@requires("checkin.admit")
def admit_named(code: str) -> AnyResponse:
    """Admit somebody found by name."""
    row, form = workshop_of(code), _named()
    person_id, edition_id = _person_id(form), gate.the_edition().id

    def work(opened: Deed) -> Admission:
        visit = gate.scan_of(opened, row.id, "", form.uuid.data or "")
        return admit_by_name(opened, visit, edition_id=edition_id, person_id=person_id)

    return answer(row, gate.at_door(work))


@bp.get("/attendance")
@requires("registrations.manage")
def attendance() -> Response:
    """Show who came by workshop, what the gates refused, and arrivals that two gates saw."""
    edition, session = gate.the_edition(), db.session()
    conflicts = queries.list_conflicts(session, edition.id)
    people = list_people(session, edition.id, {row.person_id for row in conflicts})
    present = queries.count_attendance(session, edition.id)
    rows = list_workshops(session, edition.id, statuses=("planned", "cancelled"))
    return page(
        "checkin/attendance.html",
        rows=[row for row in rows if row.status == "planned" or row.id in present],
        present=present,
        online=queries.count_online(session, edition.id),
        people_present=queries.count_people_present(session, edition.id),
        verdicts=queries.count_verdicts(session, edition.id),
        words={verdict.value: word for verdict, (_t, _s, word) in gate.words_of_verdicts().items()},
        conflicts=conflicts,
        people={person.id: person for person in people},
        devices=queries.list_devices(session, edition.id),
    )


def answer(row: WorkshopRow, admission: Admission) -> AnyResponse:
    """Answer a scan: a fragment to the script, else back to the gate, where a reload scans nothing again."""
    if wants_fragment():
        return page("checkin/_scan.html", **context_of(row, gate.say(admission), searching=False))
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


def context_of(
    row: WorkshopRow, said: gate.Said | None, *, searching: bool = True, blocked: Blocked | None = None
) -> dict[str, Any]:
    """Return what the gate shows: verdict, last ten, live figures, and who was searched."""
    edition, session = gate.the_edition(), db.session()
    recent = queries.list_recent(session, row.id)
    ids = {scan.person_id for scan in recent if scan.person_id is not None}
    return {
        "row": row,
        "said": said,
        "recent": recent,
        "people": {p.id: p for p in list_people(session, edition.id, ids)},
        "signs": {verdict.value: each for verdict, each in gate.words_of_verdicts().items()},
        "present": queries.count_attendance(session, edition.id).get(row.id, 0),
        "expected": row.taken,
        "gate_name": gate.device_name(),
        "clock_of": gate.clock_of,
        **found_for(row, request.values.get("q", "") if searching else "", blocked),
    }


def found_for(row: WorkshopRow, query: str, blocked: Blocked | None = None) -> dict[str, Any]:
    """Return whom a search at a door finds and how they stand with its workshop; `blocked` is whom a rule stopped."""
    edition, session = gate.the_edition(), db.session()
    asked = query.strip()[:_LONGEST_NAME]
    found = search_people(session, edition.id, asked, _FOUND_MOST) if asked and blocked is None else []
    if blocked is not None and blocked.person_id is not None:
        found = list_people(session, edition.id, [blocked.person_id])
    ids = [person.id for person in found]
    return {
        "row": row,
        "query": asked,
        "found": found,
        "numbers": (listing.numbers_of(row) or {}) if found else {},
        "blocked": blocked,
        "standings": list_standings(session, edition.id, ids),
        "inside": queries.list_present(session, row.id, ids),
        "may_walk_in": may("registrations.desk"),
        "new_uuid": gate.new_uuid,
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


def workshop_of(code: str) -> WorkshopRow:
    """Return the workshop at whose door one stands."""
    return get_workshop(db.session(), gate.the_edition().id, code)
