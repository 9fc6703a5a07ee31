"""Sheets that people sign: print, type back, settle what differs from the scans, count, take back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from village.audit.actions import record
from village.checkin.actions.marks import count_in, hold_workshop, moment, paper_device, restore, withdraw
from village.checkin.models import SignInRow, SignInSheet
from village.checkin.queries import list_arrivals, list_findings, sheet_by_id, slot_of
from village.checkin.queries.sheets import withdrawn_scans
from village.checkin.rules import ABSENT, PRESENT, Kind, Way, in_order, row_codes, why_unsettled
from village.kit.refusal import Refusal
from village.people.queries import list_people
from village.workshops.actions import cancel_registration, register, register_newcomer
from village.workshops.queries import find_confirmed, list_registrations, list_workshops
from village.workshops.rules import Result

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from village.checkin.queries import SheetRow, SheetView
    from village.checkin.rules import Finding
    from village.kit.deeds import Deed
    from village.workshops.actions import Newcomer, Registered

MOST_BLANKS = 60


@dataclass(frozen=True, slots=True)
class TicksNoted:
    """How many rows were noted, and those that had been noted before."""

    noted: int
    before: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SheetTaken:
    """What a sheet came to: signatures newly counted, those the scans knew, taken back, and left out."""

    new: int
    agreed: int
    removed: int
    left_out: int


def print_sheet(deed: Deed, *, edition_id: int, workshop_id: int, lang: str, blanks: int) -> int:
    """Freeze the list of a workshop as a sheet: who holds a place now, in order, then blank rows. Returns its number.

    Args:
        deed: the transaction.
        edition_id: the edition.
        workshop_id: the workshop.
        lang: `ar` or `fr`: by which script the names are ordered.
        blanks: rows for those who come without registration, 0 to 60.

    Raises:
        Refusal: `sheet_blanks_wrong`, `workshop_not_found`.

    """
    if not 0 <= blanks <= MOST_BLANKS:
        raise Refusal("sheet_blanks_wrong", {"most": MOST_BLANKS})
    hold_workshop(deed, workshop_id)
    places = {
        row.person_id: row.id for row in list_registrations(deed.session, workshop_id) if row.status == "confirmed"
    }
    people = list_people(deed.session, edition_id, places)
    order = in_order(((person.id, person.name_ar, person.name_fr) for person in people), lang)
    last = select(func.max(SignInSheet.number)).where(SignInSheet.workshop_id == workshop_id)
    number = (deed.session.execute(last).scalar() or 0) + 1
    slot = slot_of(list_workshops(deed.session, edition_id, [workshop_id])[0]).text
    sheet = SignInSheet(
        edition_id=edition_id, workshop_id=workshop_id, number=number, lang=lang, printed_at=deed.now, slot=slot
    )
    deed.session.add(sheet)
    deed.session.flush()
    requests: list[int | None] = [*(places[person] for person in order), *([None] * blanks)]
    codes = row_codes(deed.chance.token_bytes(2 * len(requests)), len(requests))
    rows = [
        {"sheet_id": sheet.id, "no": no, "code": code, "registration_id": request, "ticked": False, "settled": ""}
        for no, (request, code) in enumerate(zip(requests, codes, strict=True), 1)
    ]
    if rows:
        deed.session.execute(insert(SignInRow), rows)
    record(deed, "sheet.printed", f"sheet:{sheet.id}", {"rows": len(order), "blanks": blanks})
    return number


def note_ticks(deed: Deed, *, sheet_id: int, numbers: Collection[int], on: bool = True) -> TicksNoted:
    """Note which rows are signed, or take such notes back; nothing is counted yet, and nothing typed is lost.

    Raises:
        Refusal: `sheet_not_found`, `sheet_row_unknown`.

    """
    sheet = _hold(deed, sheet_id)
    rows = {row.no: row for row in _rows(deed, sheet)}
    if unknown := sorted(set(numbers) - set(rows)):
        raise Refusal("sheet_row_unknown", {"number": unknown[0], "last": max(rows, default=0)})
    before = tuple(sorted(no for no in numbers if rows[no].ticked is on))
    for no in set(numbers) - set(before):
        rows[no].ticked, rows[no].settled = on, ""
    noted = len(set(numbers)) - len(before)
    if noted:
        record(deed, "sheet.noted" if on else "sheet.unnoted", f"sheet:{sheet_id}", {"n": noted})
    return TicksNoted(noted, before)


def fill_blank(
    deed: Deed, *, sheet_id: int, no: int, person_id: int | None = None, newcomer: Newcomer | None = None
) -> int:
    """Write who signed a blank row: somebody known, or somebody new; they are registered and the row is noted.

    Args:
        deed: the transaction.
        sheet_id: the sheet.
        no: the row.
        person_id: somebody of the list.
        newcomer: somebody whom staff did not find in it.

    Returns:
        the person's id.

    Raises:
        Refusal: `sheet_not_found`, `sheet_row_not_blank`, `person_not_found`, and those of registering.

    """
    sheet = _hold(deed, sheet_id)
    row = next((each for each in _rows(deed, sheet) if each.no == no), None)
    if row is None or row.registration_id is not None:
        raise Refusal("sheet_row_not_blank", {"number": no})
    why = _reason(sheet, no)
    if person_id is None:
        if newcomer is None:
            raise Refusal("person_not_found")
        welcomed = register_newcomer(
            deed, edition_id=sheet.edition_id, workshop_id=sheet.workshop_id, newcomer=newcomer, override=why
        )
        _must_be_confirmed(welcomed.registered)
        person_id, row.registration_id = welcomed.person_id, welcomed.registered.registration_id
    else:
        row.registration_id = _give_place(deed, sheet, person_id, why)
    row.ticked, row.settled = True, ""
    record(deed, "sheet.blank_filled", f"sheet:{sheet_id}", {"n": no, "person": person_id})
    return person_id


def take_sheet(deed: Deed, *, sheet_id: int, settled: Mapping[int, str], certified: Collection[int] = ()) -> SheetTaken:
    """Count what was noted from a sheet, merged with the scans. Again with nothing new, it changes nothing.

    Args:
        deed: the transaction.
        sheet_id: the sheet.
        settled: what staff decided on each row where paper and gates differ: `present` or `absent`.
        certified: persons who hold a certificate of this workshop; their attendance is not taken back.

    Raises:
        Refusal: `sheet_not_found`, `sheet_unsettled`, `attendance_certified`, `sheet_changed`.

    """
    sheet = _hold(deed, sheet_id)
    view = sheet_by_id(deed.session, sheet_id)
    findings = list_findings(deed.session, view)
    if objection := why_unsettled(findings, settled):
        raise objection
    taking = _Taking(deed, sheet, view, settled, certified)
    done = {each.no: taking.take(each) for each in findings}
    counts = SheetTaken(*(sum(word == wanted for word in done.values()) for wanted in _OUTCOMES))
    if sheet.taken_at is None or counts.new or counts.removed or taking.changed:
        sheet.taken_at = deed.now
        facts = {"new": counts.new, "agreed": counts.agreed, "removed": counts.removed, "left_out": counts.left_out}
        record(deed, "sheet.taken", f"sheet:{sheet_id}", facts)
    return counts


_OUTCOMES = ("new", "agreed", "removed", "left_out")


class _Taking:
    """One sheet on its way into the attendance."""

    def __init__(
        self, deed: Deed, sheet: SignInSheet, view: SheetView, settled: Mapping[int, str], certified: Collection[int]
    ) -> None:
        self.deed, self.sheet, self.settled, self.certified = deed, sheet, settled, certified
        self.shown = {row.no: row for row in view.rows}
        self.rows = {row.no: row for row in _rows(deed, sheet)}
        self.device = paper_device(deed, sheet.edition_id)
        self.at = moment(deed, sheet.edition_id, sheet.workshop_id)
        self.arrivals = set(list_arrivals(deed.session, sheet.workshop_id))
        self.changed = 0

    def take(self, finding: Finding) -> str:
        """Bring one row in; returns what became of it."""
        row, shown = self.rows[finding.no], self.shown[finding.no]
        choice = finding.settled or self.settled.get(finding.no, "") if finding.kind.is_conflict else ""
        if choice and row.settled != choice:
            row.settled = choice
            self.changed += 1
        if finding.kind is Kind.REMOVED:
            self._take_out(row, shown, {row.scan_id or 0})
            row.scan_id = None
            return "removed"
        if finding.kind is Kind.LEFT_OUT:
            return "left_out"
        if finding.kind is Kind.SCANNED_ONLY:
            return self._unsigned(row, shown, choice)
        if choice == ABSENT:
            return "left_out"
        if finding.kind is Kind.CANCELLED and shown.person_id is not None:
            _give_place(self.deed, self.sheet, shown.person_id, _reason(self.sheet, row.no))
        return self._count(row, shown)

    def _unsigned(self, row: SignInRow, shown: SheetRow, choice: str) -> str:
        """Bring in what staff said of somebody whom the gate saw and who did not sign."""
        if choice == PRESENT:
            return "agreed"
        self._take_out(row, shown, None)
        return "removed"

    def _count(self, row: SignInRow, shown: SheetRow) -> str:
        if shown.person_id is None or shown.taken:
            return "agreed"
        known = shown.person_id in self.arrivals
        self.arrivals.add(shown.person_id)
        row.scan_id = count_in(
            self.deed,
            self.sheet.edition_id,
            self.sheet.workshop_id,
            shown.person_id,
            Way.SHEET,
            self.device,
            self.at,
        )
        self.changed += 1
        return "agreed" if known else "new"

    def _take_out(self, row: SignInRow, shown: SheetRow, scans: Collection[int] | None) -> None:
        if shown.person_id is None:
            return
        _take_back(self.deed, self.sheet, row.no, shown.person_id, scans, self.certified)


def undo_sheet(deed: Deed, *, sheet_id: int, certified: Collection[int] = ()) -> int:
    """Take back all that a sheet brought in; what was typed stays, and scans taken back for it count again.

    Walk-ins keep their registration. Returns how many signatures count no more.

    Raises:
        Refusal: `sheet_not_found`, `attendance_certified`.

    """
    sheet = _hold(deed, sheet_id)
    shown = {row.no: row for row in sheet_by_id(deed.session, sheet_id).rows}
    gone = 0
    for row in _rows(deed, sheet):
        who = shown[row.no].person_id
        if who is None:
            row.settled = ""
            continue
        if row.scan_id is not None:
            _take_back(deed, sheet, row.no, who, {row.scan_id}, certified)
            row.scan_id = None
            gone += 1
        elif row.settled == ABSENT and not row.ticked:
            back = withdrawn_scans(deed.session, who, sheet.workshop_id)
            if back:
                restore(deed, person_id=who, workshop_id=sheet.workshop_id, scans=back)
        row.settled = ""
    if gone or sheet.taken_at is not None:
        sheet.taken_at = None
        record(deed, "sheet.undone", f"sheet:{sheet_id}", {"n": gone})
    return gone


def _take_back(
    deed: Deed,
    sheet: SignInSheet,
    no: int,
    person_id: int,
    scans: Collection[int] | None,
    certified: Collection[int],
) -> None:
    """Take arrivals back, unless a certificate would then stand without any."""
    withdraw(deed, person_id=person_id, workshop_id=sheet.workshop_id, scans=scans)
    if person_id in certified and person_id not in list_arrivals(deed.session, sheet.workshop_id):
        raise Refusal("attendance_certified", {"number": no})


def _hold(deed: Deed, sheet_id: int) -> SignInSheet:
    """Hold a sheet and its workshop until the deed ends."""
    sheet = deed.session.get(SignInSheet, sheet_id)
    if sheet is None:
        raise Refusal("sheet_not_found", {"sheet": sheet_id})
    hold_workshop(deed, sheet.workshop_id)
    deed.session.refresh(sheet)
    return sheet


def _rows(deed: Deed, sheet: SignInSheet) -> list[SignInRow]:
    return list(deed.session.scalars(select(SignInRow).where(SignInRow.sheet_id == sheet.id).order_by(SignInRow.no)))


def _reason(sheet: SignInSheet, no: int) -> str:
    """Return the reason that stands beside a place given for a signature."""
    return f"ورقة التوقيعات / feuille d’émargement {sheet.number}, {no}"


def _give_place(deed: Deed, sheet: SignInSheet, person_id: int, why: str) -> int:
    """Return the registration of somebody who signed, giving them a place where they hold none."""
    held = find_confirmed(deed.session, person_id, sheet.workshop_id)
    if held is not None:
        return held.id
    cancel_registration(deed, person_id=person_id, workshop_id=sheet.workshop_id, by_staff=True, reason=why)
    answer = register(deed, person_id=person_id, workshop_id=sheet.workshop_id, override=why)
    _must_be_confirmed(answer)
    return answer.registration_id


def _must_be_confirmed(answer: Registered) -> None:
    if answer.overlap is not None:
        raise answer.overlap
    if answer.result is not Result.CONFIRMED:
        raise Refusal("workshop_full")
