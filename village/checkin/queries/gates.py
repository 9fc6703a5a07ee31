"""Reads of the gates: attendance, live figures, recent scans, conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from village.checkin.models import Attendance, Device, Scan
from village.checkin.rules import Verdict, Way
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

_ON_PAPER = (Way.SHEET.value, Way.TRAINER.value)
_READ = or_(Scan.way.not_in(_ON_PAPER), Scan.verdict == Verdict.REGISTERED.value)


@dataclass(frozen=True)
class AttendanceRow:
    """One person was at one workshop; `first_at` is the corrected instant of the first arrival."""

    person_id: int
    workshop_id: int
    first_at: datetime


@dataclass(frozen=True)
class DeviceRow:
    """A gate's device; `offset_s` is how far its clock runs ahead."""

    id: int
    code: str
    name: str
    offset_s: int
    state: str
    measured_at: datetime
    scans: int


@dataclass(frozen=True)
class ScanRow:
    """A scan as a gate's list shows it."""

    uuid: str
    workshop_id: int
    device_id: int
    device_name: str
    corrected_at: datetime
    received_at: datetime
    way: str
    person_id: int | None
    verdict: str


@dataclass(frozen=True)
class ConflictRow:
    """A person seen twice at a workshop by two devices: the arrival that counts, and the later one."""

    person_id: int
    workshop_id: int
    first_at: datetime
    first_device: str
    later_at: datetime
    later_device: str
    later_uuid: str


def list_attendance(session: Session, edition_id: int) -> list[AttendanceRow]:
    """List who was where, in the order of first arrival; one SQL query."""
    rows = session.execute(
        select(Attendance.person_id, Attendance.workshop_id, Attendance.first_at)
        .where(Attendance.edition_id == edition_id)
        .order_by(Attendance.first_at, Attendance.id)
    )
    return [AttendanceRow(*row) for row in rows]


def list_let_in(session: Session, edition_id: int) -> list[tuple[int, datetime]]:
    """List whom a gate let in, and when: person and instant, those who took part online left out; one SQL query."""
    rows = session.execute(
        select(Attendance.person_id, Attendance.first_at)
        .join(Scan, Scan.id == Attendance.scan_id)
        .where(Attendance.edition_id == edition_id, Scan.way != Way.ONLINE.value)
        .order_by(Attendance.first_at, Attendance.id)
    )
    return [(person, at) for person, at in rows]


def list_attended(session: Session, person_id: int) -> list[AttendanceRow]:
    """List the workshops where a person was."""
    rows = session.execute(
        select(Attendance.person_id, Attendance.workshop_id, Attendance.first_at)
        .where(Attendance.person_id == person_id)
        .order_by(Attendance.first_at)
    )
    return [AttendanceRow(*row) for row in rows]


def list_present(session: Session, workshop_id: int, person_ids: Iterable[int]) -> set[int]:
    """Return which of the given persons are in already."""
    rows = session.scalars(
        select(Attendance.person_id).where(
            Attendance.workshop_id == workshop_id, Attendance.person_id.in_(tuple(person_ids))
        )
    )
    return set(rows)


def count_attendance(session: Session, edition_id: int) -> dict[int, int]:
    """Count the persons present by workshop id; one SQL query."""
    rows = session.execute(
        select(Attendance.workshop_id, func.count())
        .where(Attendance.edition_id == edition_id)
        .group_by(Attendance.workshop_id)
    )
    return {workshop: number for workshop, number in rows}


def count_online(session: Session, edition_id: int) -> dict[int, int]:
    """Count by workshop id those who took part online, by their own link; one SQL query."""
    rows = session.execute(
        select(Attendance.workshop_id, func.count())
        .join(Scan, Scan.id == Attendance.scan_id)
        .where(Attendance.edition_id == edition_id, Scan.way == Way.ONLINE.value)
        .group_by(Attendance.workshop_id)
    )
    return {workshop: number for workshop, number in rows}


def count_people_present(session: Session, edition_id: int) -> int:
    """Count the persons who were at one workshop at least."""
    return session.execute(
        select(func.count(func.distinct(Attendance.person_id))).where(Attendance.edition_id == edition_id)
    ).scalar_one()


def count_verdicts(session: Session, edition_id: int, workshop_id: int | None = None) -> dict[str, int]:
    """Count scans by verdict, of an edition or of one workshop; one SQL query.

    A signature or a tick that agrees with a scan is no second scan.
    """
    query = select(Scan.verdict, func.count()).where(Scan.edition_id == edition_id, _READ).group_by(Scan.verdict)
    if workshop_id is not None:
        query = query.where(Scan.workshop_id == workshop_id)
    return {verdict: number for verdict, number in session.execute(query)}


def list_verdicts(session: Session, edition_id: int) -> dict[str, str]:
    """Return the verdict of every scan by its uuid."""
    rows = session.execute(select(Scan.uuid, Scan.verdict).where(Scan.edition_id == edition_id))
    return {uuid: verdict for uuid, verdict in rows}


def list_recent(session: Session, workshop_id: int, limit: int = 10, *, device_id: int | None = None) -> list[ScanRow]:
    """List the newest scans of a workshop as they reached the server, of all its gates or of one."""
    query = (
        select(Scan, Device.name, Device.code)
        .join(Device, Device.id == Scan.device_id)
        .where(Scan.workshop_id == workshop_id)
        .order_by(Scan.received_at.desc(), Scan.id.desc())
        .limit(limit)
    )
    if device_id is not None:
        query = query.where(Scan.device_id == device_id)
    return [_scan(scan, name or code) for scan, name, code in session.execute(query)]


def list_conflicts(session: Session, edition_id: int) -> list[ConflictRow]:
    """List persons whom two different devices saw at one workshop: the organiser looks at these."""
    first, first_device, later_device = aliased(Scan), aliased(Device), aliased(Device)
    rows = session.execute(
        select(
            Attendance.person_id,
            Attendance.workshop_id,
            first.corrected_at,
            first_device.code,
            Scan.corrected_at,
            later_device.code,
            Scan.uuid,
        )
        .join(first, first.id == Attendance.scan_id)
        .join(Scan, (Scan.person_id == Attendance.person_id) & (Scan.workshop_id == Attendance.workshop_id))
        .join(first_device, first_device.id == first.device_id)
        .join(later_device, later_device.id == Scan.device_id)
        .where(
            Attendance.edition_id == edition_id,
            Scan.verdict == "duplicate",
            Scan.device_id != first.device_id,
            Scan.way.not_in(_ON_PAPER),
            first.way.not_in(_ON_PAPER),
        )
        .order_by(Scan.corrected_at)
    )
    return [ConflictRow(*row) for row in rows]


def list_devices(session: Session, edition_id: int) -> list[DeviceRow]:
    """List the devices of an edition with how many scans each has sent."""
    rows = session.execute(
        select(Device, func.count(Scan.id))
        .outerjoin(Scan, Scan.device_id == Device.id)
        .where(Device.edition_id == edition_id)
        .group_by(Device.id)
        .order_by(Device.code)
    )
    return [_device(device, scans) for device, scans in rows]


def find_device(session: Session, edition_id: int, code: str) -> DeviceRow | None:
    """Return a device by its code, or None."""
    row = session.scalars(select(Device).where(Device.edition_id == edition_id, Device.code == code)).first()
    return _device(row, 0) if row else None


def get_scan(session: Session, edition_id: int, uuid: str) -> ScanRow:
    """Return a scan.

    Raises:
        Refusal: `scan_not_found`.

    """
    found = session.execute(
        select(Scan, Device.name, Device.code)
        .join(Device, Device.id == Scan.device_id)
        .where(Scan.uuid == uuid, Scan.edition_id == edition_id)
    ).first()
    if found is None:
        raise Refusal("scan_not_found", {"scan": uuid})
    return _scan(found[0], found[1] or found[2])


def find_first(session: Session, person_id: int, workshop_id: int) -> ScanRow | None:
    """Return the scan that holds a person's first place at a workshop, or None."""
    found = session.execute(
        select(Scan, Device.name, Device.code)
        .join(Attendance, Attendance.scan_id == Scan.id)
        .join(Device, Device.id == Scan.device_id)
        .where(Attendance.person_id == person_id, Attendance.workshop_id == workshop_id)
    ).first()
    return _scan(found[0], found[1] or found[2]) if found else None


def _device(row: Device, scans: int) -> DeviceRow:
    return DeviceRow(row.id, row.code, row.name, row.offset_s, row.state, row.measured_at, scans)


def _scan(row: Scan, device_name: str) -> ScanRow:
    return ScanRow(
        row.uuid,
        row.workshop_id,
        row.device_id,
        device_name,
        row.corrected_at,
        row.received_at,
        row.way,
        row.person_id,
        row.verdict,
    )
