"""Reads of the sheets that people sign, and of what paper and gates say together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from village.checkin.models import Attendance, Scan, SessionNote, SignInRow, SignInSheet
from village.checkin.rules import Listed, Slot, Verdict, Way, compare, read_slot
from village.kit.refusal import Refusal
from village.workshops.queries import list_registrations, list_workshops

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.checkin.rules import Finding
    from village.workshops.queries import WorkshopRow

# A session that is called off keeps its sheets.
_PUBLIC = ("planned", "cancelled")
_AT_THE_GATE = tuple(way.value for way in (Way.BADGE, Way.NAME, Way.WALK_IN))


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet: who stands on it (None on a blank row), what was typed, and how the person stands now.

    `channel` is that of the place, `onsite` or `online`; who takes part online signs nothing.
    """

    no: int
    code: str
    registration_id: int | None
    person_id: int | None
    status: str
    ticked: bool
    settled: str
    scan_id: int | None
    channel: str = ""

    @property
    def taken(self) -> bool:
        """Whether the signature has been counted."""
        return self.scan_id is not None


@dataclass(frozen=True)
class SheetView:
    """A printed sheet with its rows in order."""

    id: int
    edition_id: int
    workshop_id: int
    number: int
    lang: str
    printed_at: datetime
    taken_at: datetime | None
    rows: tuple[SheetRow, ...]
    slot: Slot | None = None

    @property
    def codes(self) -> dict[int, str]:
        """The letters of each row by its number."""
        return {row.no: row.code for row in self.rows}

    @property
    def person_ids(self) -> set[int]:
        """Everybody who stands on the sheet."""
        return {row.person_id for row in self.rows if row.person_id is not None}


@dataclass(frozen=True)
class Listing:
    """A sheet in a list: how many names and blank rows it has, how many ticks were typed and how many are counted."""

    number: int
    printed_at: datetime
    taken_at: datetime | None
    names: int
    rows: int
    ticked: int
    taken: int
    slot: Slot | None = None


@dataclass(frozen=True)
class Arrived:
    """A person's first arrival at a workshop: by which scan, in what way, when."""

    scan_id: int
    way: str
    first_at: datetime


@dataclass(frozen=True)
class NoteRow:
    """What the trainer wrote; version 0 and no text before anything was written."""

    text: str
    version: int
    written_at: datetime | None


def get_sheet(session: Session, workshop_id: int, number: int) -> SheetView:
    """Return a sheet of a workshop by its number; three SQL queries.

    Raises:
        Refusal: `sheet_not_found`.

    """
    found = session.scalars(
        select(SignInSheet).where(SignInSheet.workshop_id == workshop_id, SignInSheet.number == number)
    ).first()
    if found is None:
        raise Refusal("sheet_not_found", {"sheet": number})
    return _view(session, found)


def sheet_by_id(session: Session, sheet_id: int) -> SheetView:
    """Return a sheet.

    Raises:
        Refusal: `sheet_not_found`.

    """
    found = session.get(SignInSheet, sheet_id)
    if found is None:
        raise Refusal("sheet_not_found", {"sheet": sheet_id})
    return _view(session, found)


def list_sheets(session: Session, workshop_id: int) -> list[Listing]:
    """List the sheets of a workshop, the newest first; one SQL query."""
    rows = session.execute(
        select(
            SignInSheet.number,
            SignInSheet.printed_at,
            SignInSheet.taken_at,
            func.count(SignInRow.registration_id),
            func.count(SignInRow.id),
            func.sum(SignInRow.ticked.cast(SignInRow.no.type)),
            func.count(SignInRow.scan_id),
            SignInSheet.slot,
        )
        .outerjoin(SignInRow, SignInRow.sheet_id == SignInSheet.id)
        .where(SignInSheet.workshop_id == workshop_id)
        .group_by(SignInSheet.id)
        .order_by(SignInSheet.number.desc())
    )
    return [
        Listing(no, at, taken_at, names, lines, ticks or 0, taken, read_slot(slot))
        for no, at, taken_at, names, lines, ticks, taken, slot in rows
    ]


def list_arrivals(session: Session, workshop_id: int) -> dict[int, Arrived]:
    """Return the first arrival of everybody who was at a workshop, by person id; one SQL query."""
    rows = session.execute(
        select(Attendance.person_id, Attendance.scan_id, Scan.way, Attendance.first_at)
        .join(Scan, Scan.id == Attendance.scan_id)
        .where(Attendance.workshop_id == workshop_id)
    )
    return {person: Arrived(scan, way, at) for person, scan, way, at in rows}


def list_findings(session: Session, sheet: SheetView) -> list[Finding]:
    """Lay a sheet beside what the gates and other sheets say; a constant number of SQL queries."""
    arrivals = list_arrivals(session, sheet.workshop_id)
    elsewhere = _elsewhere(session, sheet)
    confirmed = {row.person_id for row in list_registrations(session, sheet.workshop_id) if row.status == "confirmed"}
    rows = []
    for row in sheet.rows:
        who = row.person_id
        rows.append(
            Listed(
                row.no,
                who,
                row.ticked,
                taken=row.taken,
                settled=row.settled,
                confirmed=who in confirmed,
                arrived=who in arrivals,
                elsewhere=elsewhere.get(who, "") if who is not None else "",
                online=who in arrivals and arrivals[who].way == Way.ONLINE,
            )
        )
    return compare(rows)


def get_note(session: Session, workshop_id: int) -> NoteRow:
    """Return what the trainer wrote about a workshop."""
    row = session.get(SessionNote, workshop_id)
    return NoteRow(row.text, row.version, row.written_at) if row else NoteRow("", 0, None)


def slot_of(row: WorkshopRow) -> Slot:
    """Return when and where a workshop is held now, as a sheet keeps it."""
    return Slot(row.day, row.starts, row.ends, row.room.code if row.room else "")


def _view(session: Session, sheet: SignInSheet) -> SheetView:
    rows = session.execute(
        select(SignInRow, Scan.verdict)
        .outerjoin(Scan, Scan.id == SignInRow.scan_id)
        .where(SignInRow.sheet_id == sheet.id)
        .order_by(SignInRow.no)
    ).all()
    requests = {row.id: row for row in list_registrations(session, sheet.workshop_id)}
    found = []
    for row, verdict in rows:
        request = requests.get(row.registration_id or 0)
        who, status = (request.person_id, request.status) if request else (None, "")
        channel = (request.channel or "") if request else ""
        scan = None if verdict == Verdict.WITHDRAWN.value else row.scan_id
        found.append(
            SheetRow(row.no, row.code, row.registration_id, who, status, row.ticked, row.settled, scan, channel)
        )
    return SheetView(
        sheet.id,
        sheet.edition_id,
        sheet.workshop_id,
        sheet.number,
        sheet.lang,
        sheet.printed_at,
        sheet.taken_at,
        tuple(found),
        read_slot(sheet.slot),
    )


def _elsewhere(session: Session, sheet: SheetView) -> dict[int, str]:
    """Return for persons of a sheet the code of another workshop of the same hours where they were seen or signed."""
    programme = {row.id: row for row in list_workshops(session, sheet.edition_id, statuses=_PUBLIC)}
    here = programme[sheet.workshop_id]
    together = {row.id: row.code for row in programme.values() if row.id != here.id and _at_once(here, row)}
    if not together:
        return {}
    people: Collection[int] = sheet.person_ids
    seen = session.execute(
        select(Attendance.person_id, Attendance.workshop_id).where(
            Attendance.workshop_id.in_(together), Attendance.person_id.in_(people)
        )
    )
    return {person: together[workshop] for person, workshop in seen}


def _at_once(one: WorkshopRow, other: WorkshopRow) -> bool:
    return one.day == other.day and one.starts < other.ends and other.starts < one.ends


def withdrawn_scans(session: Session, person_id: int, workshop_id: int) -> list[int]:
    """Return the scans of a person at the gate of a workshop that staff took back, in order of time."""
    return list(
        session.scalars(
            select(Scan.id)
            .where(
                Scan.person_id == person_id,
                Scan.workshop_id == workshop_id,
                Scan.verdict == Verdict.WITHDRAWN.value,
                Scan.way.in_(_AT_THE_GATE),
            )
            .order_by(Scan.corrected_at, Scan.uuid)
        )
    )
