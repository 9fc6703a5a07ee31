"""Attendance without a scan: ticks of the trainer, what is taken back, and the trainer's notes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import column, delete, func, select, table, update

from village.audit.actions import record
from village.checkin.actions.gates import admit_person, register_device
from village.checkin.models import Attendance, Scan, SessionNote
from village.checkin.queries import find_device, list_arrivals
from village.checkin.rules import ScannedCode, Verdict, Way
from village.editions.queries import get_edition
from village.kit.clock import instant
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.workshops.queries import list_registrations, list_workshops

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from village.kit.deeds import Deed

PAPER = "paper"
_LONGEST_NOTE = 4000
_ADMITTED = (Verdict.REGISTERED.value, Verdict.DUPLICATE.value)
# The workshop belongs to another feature: only its key is named, as a foreign key would, to hold its row.
_WORKSHOPS = table("workshop", column("id"))


def mark_present(
    deed: Deed,
    *,
    edition_id: int,
    workshop_id: int,
    present: Collection[int],
    before: Collection[int],
    certified: Collection[int] = (),
) -> tuple[int, int]:
    """Bring a trainer's ticks in: who is newly ticked was there, whose tick is gone was not.

    A scan at the gate or a signature stays whatever the trainer ticks.

    Args:
        deed: the transaction.
        edition_id: the edition.
        workshop_id: the workshop.
        present: registrations that are ticked now.
        before: registrations that were ticked when the list was shown.
        certified: persons who hold a certificate of this workshop.

    Returns:
        how many were added and how many taken back.

    Raises:
        Refusal: `session_certified`, `workshop_not_found`.

    """
    hold_workshop(deed, workshop_id)
    if certified:
        raise Refusal("session_certified", {"workshop": workshop_id})
    arrivals = list_arrivals(deed.session, workshop_id)
    device, at = paper_device(deed, edition_id), moment(deed, edition_id, workshop_id)
    added = gone = 0
    for row in list_registrations(deed.session, workshop_id):
        arrived = arrivals.get(row.person_id)
        if row.id in present and row.id not in before and arrived is None and row.status == "confirmed":
            count_in(deed, edition_id, workshop_id, row.person_id, Way.TRAINER, device, at)
            added += 1
        elif row.id in before and row.id not in present and arrived is not None and arrived.way == Way.TRAINER:
            withdraw(deed, person_id=row.person_id, workshop_id=workshop_id, ways=(Way.TRAINER,))
            gone += 1
    if added or gone:
        record(deed, "attendance.ticked", f"workshop:{workshop_id}", {"added": added, "gone": gone})
    return added, gone


def withdraw(
    deed: Deed,
    *,
    person_id: int,
    workshop_id: int,
    ways: Collection[Way] | None = None,
    scans: Collection[int] | None = None,
) -> list[int]:
    """Take arrivals of a person at a workshop back; the next one that stands becomes the first, if there is one.

    Args:
        deed: the transaction.
        person_id: the person.
        workshop_id: the workshop.
        ways: only arrivals of these ways; all when left out.
        scans: only these arrivals; all when left out.

    Returns:
        the arrivals taken back.

    """
    query = select(Scan.id).where(
        Scan.person_id == person_id, Scan.workshop_id == workshop_id, Scan.verdict.in_(_ADMITTED)
    )
    if ways is not None:
        query = query.where(Scan.way.in_([way.value for way in ways]))
    if scans is not None:
        query = query.where(Scan.id.in_(scans))
    ids = list(deed.session.scalars(query.order_by(Scan.corrected_at, Scan.uuid).with_for_update()))
    if ids:
        _set(deed, ids, Verdict.WITHDRAWN)
        _place_anew(deed, person_id, workshop_id)
        record(deed, "scan.withdrawn", f"workshop:{workshop_id}", {"person": person_id, "scans": len(ids)})
    return ids


def restore(deed: Deed, *, person_id: int, workshop_id: int, scans: Collection[int]) -> None:
    """Let arrivals that were taken back count again."""
    _set(deed, scans, Verdict.DUPLICATE)
    _place_anew(deed, person_id, workshop_id)
    record(deed, "scan.restored", f"workshop:{workshop_id}", {"person": person_id, "scans": len(scans)})


def count_in(deed: Deed, edition_id: int, workshop_id: int, person_id: int, way: Way, device: int, at: datetime) -> int:
    """Admit a person by a signature or a tick; returns the id of the arrival.

    Raises:
        Refusal: `sheet_changed` where the person holds no place any more.

    """
    number = str(uuid.UUID(bytes=deed.chance.token_bytes(16), version=4))
    answer = admit_person(deed, ScannedCode(number, "", device, workshop_id, at), edition_id, person_id, way)
    if not answer.verdict.admits:
        raise Refusal("sheet_changed")
    return deed.session.execute(select(Scan.id).where(Scan.uuid == number)).scalar_one()


def moment(deed: Deed, edition_id: int, workshop_id: int) -> datetime:
    """Return when a signature or a tick counts: now, at the latest the end of the workshop.

    Paper has no clock; so whoever was scanned at a known hour of the workshop was scanned first.
    """
    row = list_workshops(deed.session, edition_id, [workshop_id])[0]
    return min(deed.now, instant(row.day, row.ends, get_edition(deed.session, edition_id).zone))


def paper_device(deed: Deed, edition_id: int) -> int:
    """Return the device that stands for paper and ticks in the list of arrivals, made known at its first use."""
    known = find_device(deed.session, edition_id, PAPER)
    return known.id if known else register_device(deed, edition_id, code=PAPER)


def hold_workshop(deed: Deed, workshop_id: int) -> None:
    """Hold a workshop's row until the deed ends: two people who type the same sheet wait for each other here.

    Raises:
        Refusal: `workshop_not_found`.

    """
    query = select(_WORKSHOPS.c.id).where(_WORKSHOPS.c.id == workshop_id).with_for_update(key_share=True)
    if deed.session.execute(query).first() is None:
        raise Refusal("workshop_not_found", {"workshop": workshop_id})


def write_note(deed: Deed, *, workshop_id: int, text: str, version: int) -> int:
    """Keep what the trainer writes about a workshop; returns the new version.

    Args:
        deed: the transaction.
        workshop_id: the workshop.
        text: the whole note.
        version: the version that was on the screen.

    Raises:
        Refusal: `note_changed` where somebody else has written meanwhile, `note_too_long`, `workshop_not_found`.

    """
    hold_workshop(deed, workshop_id)
    plain = text.replace("\r\n", "\n").strip()
    if len(plain) > _LONGEST_NOTE:
        raise Refusal("note_too_long", {"most": _LONGEST_NOTE})
    note = locked(deed.session, SessionNote, workshop_id)
    if (note.version if note else 0) != version:
        raise Refusal("note_changed")
    if note is None:
        note = SessionNote(workshop_id=workshop_id, version=0)
        deed.session.add(note)
    note.text, note.version, note.written_at = plain, version + 1, deed.now
    record(deed, "session.noted", f"workshop:{workshop_id}", {"version": version + 1})
    return version + 1


def _set(deed: Deed, scans: Collection[int], verdict: Verdict) -> None:
    deed.session.execute(update(Scan).where(Scan.id.in_(scans)).values(verdict=verdict.value))


def _place_anew(deed: Deed, person_id: int, workshop_id: int) -> None:
    """Let the earliest arrival that stands be the person's first; without one the person was not there."""
    key = (Attendance.person_id == person_id, Attendance.workshop_id == workshop_id)
    left = deed.session.execute(
        select(Scan.id, Scan.edition_id, Scan.corrected_at)
        .where(Scan.person_id == person_id, Scan.workshop_id == workshop_id, Scan.verdict.in_(_ADMITTED))
        .order_by(Scan.corrected_at, Scan.uuid)
    ).all()
    if not left:
        deed.session.execute(delete(Attendance).where(*key))
        return
    first = left[0]
    _set(deed, [row.id for row in left], Verdict.DUPLICATE)
    _set(deed, [first.id], Verdict.REGISTERED)
    values = {"scan_id": first.id, "first_at": first.corrected_at}
    if deed.session.execute(select(func.count()).select_from(Attendance).where(*key)).scalar_one():
        deed.session.execute(update(Attendance).where(*key).values(values))
    else:
        deed.session.add(
            Attendance(edition_id=first.edition_id, person_id=person_id, workshop_id=workshop_id, **values)
        )
        deed.session.flush()
