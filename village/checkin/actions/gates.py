"""Deeds at the gates: make a device known, admit.

`admit` is one and the same for a gate, a resend and the replay of a day. Core statements on the tables: the ORM would
cost three to five times the processor time of an admission.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from village.audit.actions import record
from village.badges.queries import find_by_code
from village.badges.rules import State
from village.checkin import statements as sql
from village.checkin.models import Device
from village.checkin.rules import (
    Arrival,
    DeviceState,
    KnownBadge,
    ScannedCode,
    Verdict,
    Way,
    correct_time,
    decide_arrival,
    why_not_admitted,
)
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.workshops.actions import hold_place

if TYPE_CHECKING:
    from datetime import datetime

    from village.kit.deeds import Deed
    from village.kit.signing import Keyring


class CodeKeys(Protocol):
    """The part of the keyring that an admission needs."""

    def verify(self, purpose: str, data: bytes, signature: bytes, key_id: int | None = None) -> bool:
        """Tell whether a signature is ours."""

    def mac(self, purpose: str, data: bytes) -> bytes:
        """Return a keyed hash."""


@dataclass(frozen=True, slots=True)
class Admission:
    """What became of a scan.

    `first_at` is the corrected instant of the person's first arrival and `first_device_id` the gate that saw it;
    `known` is true where the same scan had been sent before; `moved` where an earlier arrival took the first place
    from a scan that had held it.
    """

    verdict: Verdict
    uuid: str
    corrected_at: datetime
    person_id: int | None = None
    first_at: datetime | None = None
    first_device_id: int | None = None
    known: bool = False
    moved: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    """A scan on its way into the list: who it names, or the verdict on a code that names nobody we let in."""

    scan: ScannedCode
    edition_id: int
    arrival: Arrival
    way: Way
    badge_id: int | None = None
    person_id: int | None = None
    code_hash: str | None = None


_REFUSED_CODE = {
    "code_unknown": Verdict.UNKNOWN_CODE,
    "code_altered": Verdict.FORGED_CODE,
    "code_forged": Verdict.FORGED_CODE,
    "wrong_edition": Verdict.OTHER_EDITION,
}


def register_device(deed: Deed, edition_id: int, *, code: str, name: str = "", offset_s: int = 0) -> int:
    """Make a gate's device known, or bring its measured clock up to date. Returns its id.

    Args:
        deed: the transaction.
        edition_id: the edition it serves.
        code: its name among devices, unique in the edition.
        name: what the gate is called.
        offset_s: seconds by which its clock runs ahead of the server's, as measured at sync.

    """
    values = {"edition_id": edition_id, "code": code, "name": name, "offset_s": offset_s, "measured_at": deed.now}
    row = deed.session.execute(sql.put_device(deed.session, values)).one()
    record(deed, "device.registered", f"device:{row.id}", {"offset_s": offset_s})
    return cast("int", row.id)


def revoke_device(deed: Deed, device_id: int) -> None:
    """Take no more scans from a device.

    Raises:
        Refusal: `device_not_found`.

    """
    device = locked(deed.session, Device, device_id)
    if device is None:
        raise Refusal("device_not_found", {"device": device_id})
    device.state = DeviceState.REVOKED.value
    record(deed, "device.revoked", f"device:{device_id}")


def admit(deed: Deed, scan: ScannedCode, keys: CodeKeys, *, edition_id: int, edition_number: int) -> Admission:
    """Decide a scan and keep it, whatever it amounts to.

    The first arrival by corrected time counts, in whatever order scans come in; a scan sent again is answered
    `known` and changes nothing; refused scans are kept too.

    Args:
        deed: the transaction.
        scan: what the gate read: signed link or digits, short code, or imported badge id.
        keys: the keyring that verifies signed codes.
        edition_id: the edition of the gate.
        edition_number: its public number, which signed codes carry.

    Raises:
        Refusal: `device_not_found`, `device_revoked`.

    """
    offset_s = _offset(deed, scan.device_id)
    arrival = Arrival(correct_time(scan.device_time, offset_s), scan.uuid)
    badge = _recognise(deed, scan.code, keys, edition_id, edition_number)
    if isinstance(badge, Verdict):
        code_hash = keys.mac("badge", scan.code.strip().upper().encode())[:16].hex()
        seen = _Seen(scan, edition_id, arrival, Way.BADGE, code_hash=code_hash)
        return _refuse(deed, seen, badge)
    seen = _Seen(scan, edition_id, arrival, Way.BADGE, badge.badge_id, badge.person_id)
    registered = hold_place(deed, person_id=badge.person_id, workshop_id=scan.workshop_id) is not None
    if verdict := why_not_admitted(badge, edition_id, registered=registered):
        return _refuse(deed, seen, verdict)
    return _let_in(deed, seen, badge.person_id)


def admit_by_name(deed: Deed, visit: ScannedCode, *, edition_id: int, person_id: int) -> Admission:
    """Admit somebody whom staff found in the list by name: no badge at hand. `visit.code` is not read.

    Raises:
        Refusal: `device_not_found`, `device_revoked`.

    """
    return admit_person(deed, visit, edition_id, person_id, Way.NAME)


def admit_person(deed: Deed, visit: ScannedCode, edition_id: int, person_id: int, way: Way) -> Admission:
    """Admit a person who is known, in the way they were recognised; refused and kept where they hold no place.

    Raises:
        Refusal: `device_not_found`, `device_revoked`.

    """
    arrival = Arrival(correct_time(visit.device_time, _offset(deed, visit.device_id)), visit.uuid)
    seen = _Seen(visit, edition_id, arrival, way, person_id=person_id)
    if hold_place(deed, person_id=person_id, workshop_id=visit.workshop_id) is None:
        return _refuse(deed, seen, Verdict.NOT_REGISTERED)
    return _let_in(deed, seen, person_id)


def _offset(deed: Deed, device_id: int) -> int:
    row = deed.session.connection().execute(sql.DEVICE, {"device": device_id}).first()
    if row is None:
        raise Refusal("device_not_found", {"device": device_id})
    if row.state != DeviceState.ACTIVE.value:
        raise Refusal("device_revoked", {"device": device_id})
    return cast("int", row.offset_s)


def _recognise(deed: Deed, code: str, keys: CodeKeys, edition_id: int, edition_number: int) -> KnownBadge | Verdict:
    """Turn a code into the badge it names, or into the verdict on a code that names none."""
    try:
        badge = find_by_code(
            deed.session,
            edition_id=edition_id,
            edition_number=edition_number,
            text=code,
            keys=cast("Keyring", keys),
        )
    except Refusal as refusal:
        return _REFUSED_CODE[refusal.code]
    return KnownBadge(badge.id, badge.person_id, badge.edition_id, badge.state is not State.ACTIVE)


def _refuse(deed: Deed, seen: _Seen, verdict: Verdict) -> Admission:
    if _keep(deed, seen, verdict) is None:
        return _known(deed, seen)
    facts = {"scan": seen.scan.uuid, "verdict": verdict.value}
    record(deed, "scan.refused", f"workshop:{seen.scan.workshop_id}", facts)
    return Admission(verdict, seen.scan.uuid, seen.arrival.corrected_at, seen.person_id)


def _let_in(deed: Deed, seen: _Seen, person_id: int) -> Admission:
    """Place an arrival among the person's others. The caller holds the place's row, so nobody else does so now."""
    run = deed.session.connection().execute
    key = {"person": person_id, "workshop": seen.scan.workshop_id}
    held = run(sql.FIRST, key).first()
    first = Arrival(held.corrected_at, held.uuid) if held else None
    verdict, takes_over = decide_arrival(seen.arrival, first)
    scan_id = _keep(deed, seen, verdict)
    if scan_id is None:
        return _known(deed, seen)
    thing = f"workshop:{seen.scan.workshop_id}"
    facts: dict[str, Any] = {"person": person_id, "scan": seen.scan.uuid}
    if held is None:
        run(sql.ATTEND, {"edition_id": seen.edition_id, "person_id": person_id,
                         "workshop_id": seen.scan.workshop_id, "scan_id": scan_id,
                         "first_at": seen.arrival.corrected_at})  # fmt: skip
        record(deed, "scan.admitted", thing, facts)
    elif takes_over:
        run(sql.SET_VERDICT, {"scan": held.scan_id, "to": Verdict.DUPLICATE.value})
        run(sql.SET_FIRST, key | {"first_scan": scan_id, "at": seen.arrival.corrected_at})
        record(deed, "scan.admitted_earlier", thing, facts | {"before": held.uuid})
    else:
        record(deed, "scan.duplicate", thing, facts | {"first": held.uuid})
        return Admission(verdict, seen.scan.uuid, seen.arrival.corrected_at, person_id, held.corrected_at,
                         held.device_id)  # fmt: skip
    return Admission(
        verdict,
        seen.scan.uuid,
        seen.arrival.corrected_at,
        person_id,
        seen.arrival.corrected_at,
        seen.scan.device_id,
        moved=takes_over,
    )


def _keep(deed: Deed, seen: _Seen, verdict: Verdict) -> int | None:
    """Add the scan to the list; None where the same scan is in it already."""
    statement = sql.keep_scan(deed.session)
    values = {
        "edition_id": seen.edition_id,
        "uuid": seen.scan.uuid,
        "device_id": seen.scan.device_id,
        "workshop_id": seen.scan.workshop_id,
        "device_time": seen.scan.device_time,
        "corrected_at": seen.arrival.corrected_at,
        "received_at": seen.scan.received_at or deed.now,
        "way": seen.way.value,
        "badge_id": seen.badge_id,
        "person_id": seen.person_id,
        "code_hash": seen.code_hash,
        "verdict": verdict.value,
    }
    return cast("int | None", deed.session.connection().execute(statement, values).scalar())


def _known(deed: Deed, seen: _Seen) -> Admission:
    """Answer a scan that was sent before with what it amounts to by now."""
    answer = find_answer(deed, seen.scan.uuid)
    if answer is None:
        raise Refusal("done_meanwhile")
    return answer


def find_answer(deed: Deed, uuid: str) -> Admission | None:
    """Return what a scan that was sent before amounts to by now; None where it was not."""
    run = deed.session.connection().execute
    row = run(sql.KNOWN, {"uuid": uuid}).first()
    if row is None:
        return None
    first = None
    if row.person_id is not None:
        first = run(sql.FIRST, {"person": row.person_id, "workshop": row.workshop_id}).first()
    return Admission(
        Verdict(row.verdict),
        row.uuid,
        row.corrected_at,
        row.person_id,
        first.corrected_at if first else None,
        first.device_id if first else None,
        known=True,
    )
