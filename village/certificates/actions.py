"""Deeds with certificates: issue what was earned, revoke, correct."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from village.audit.actions import make_checkpoint, record
from village.badges.rules import new_ids
from village.certificates.models import Certificate, CertificateSeries
from village.certificates.queries import list_sessions
from village.certificates.rules import SEALED_BECAUSE, Attended, State, earned, why_not_earned, why_not_usable
from village.checkin.queries import list_attendance
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.people.queries import get_person, list_people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village.audit.keys import LogKeys
    from village.certificates.rules import Session as Sitting
    from village.kit.deeds import Deed
    from village.people.queries import PersonRow

_ENTROPY_BYTES = 16


@dataclass(frozen=True)
class CertificatesIssued:
    """Certificates made by one deed, in the order of their numbers, and how many there were already."""

    ids: tuple[int, ...]
    already: int


def issue_certificates(deed: Deed, *, edition_id: int) -> CertificatesIssued:
    """Issue every certificate that was earned and not issued yet. Asking again issues nothing new.

    Numbers follow the programme, and within a workshop the people's codes. A revoked certificate is
    not issued anew.
    """
    last = _locked_series(deed, edition_id)
    sessions = list_sessions(deed.session, edition_id)
    order = {session_id: place for place, session_id in enumerate(sessions)}
    # Nobody is certified under a name that was taken out.
    people = {person.id: person for person in list_people(deed.session, edition_id) if not person.erased}
    places = {person_id: place for place, person_id in enumerate(people)}
    known = {
        Attended(*row)
        for row in deed.session.execute(
            select(Certificate.person_id, Certificate.workshop_id).where(Certificate.edition_id == edition_id)
        )
    }
    all_earned = earned(_attendance(deed, edition_id), sessions)
    new = sorted(
        (row for row in all_earned if row not in known and row.person_id in people),
        key=lambda row: (order[row.workshop_id], places[row.person_id]),
    )
    rows = [
        _row(deed, people[each.person_id], sessions[each.workshop_id], last.last + 1 + n) for n, each in enumerate(new)
    ]
    if rows:
        deed.session.execute(insert(Certificate), rows)
        last.last += len(rows)
        facts = {"n": len(rows), "first": rows[0]["number"], "last": rows[-1]["number"]}
        record(deed, "certificates.issued", f"edition:{edition_id}", facts)
    return CertificatesIssued(tuple(row["id"] for row in rows), len(all_earned) - len(rows))


def issue_batch(deed: Deed, *, edition_id: int, keys: LogKeys) -> CertificatesIssued:
    """Issue every certificate that was earned, and seal the log: the seal is printed on the new papers."""
    made = issue_certificates(deed, edition_id=edition_id)
    if made.ids:
        make_checkpoint(deed, keys, SEALED_BECAUSE)
    return made


def issue_certificate(deed: Deed, *, edition_id: int, person_id: int, workshop_id: int) -> int:
    """Issue one certificate; returns its id, also when it had been issued before.

    Raises:
        Refusal: `certificate_not_earned` without a registered attendance, or for a session that gives
            none; `certificate_revoked` when it was revoked; `person_not_found`.

    """
    last = _locked_series(deed, edition_id)
    sessions = list_sessions(deed.session, edition_id)
    if no := why_not_earned(person_id, sessions.get(workshop_id), _attendance(deed, edition_id)):
        raise no
    existing = deed.session.scalars(
        select(Certificate)
        .where(Certificate.person_id == person_id, Certificate.workshop_id == workshop_id)
        .order_by(Certificate.version.desc())
    ).first()
    if existing is not None:
        if no := why_not_usable(State(existing.state)):
            raise no
        return existing.id
    last.last += 1
    row = _row(deed, get_person(deed.session, person_id), sessions[workshop_id], last.last)
    deed.session.execute(insert(Certificate), [row])
    facts = {"n": 1, "first": last.last, "last": last.last}
    record(deed, "certificates.issued", f"edition:{edition_id}", facts)
    return int(row["id"])


def revoke_certificate(deed: Deed, *, certificate_id: int, reason: str) -> None:
    """Take a certificate back: from now on its page says so.

    Raises:
        Refusal: `certificate_not_found`, `certificate_revoked` when it holds no more.

    """
    certificate = _valid(deed, certificate_id)
    _end(deed, certificate, State.REVOKED, reason)
    record(deed, "certificate.revoked", f"certificate:{certificate_id:x}", {"number": certificate.number})


def correct_certificate(deed: Deed, *, certificate_id: int, reason: str) -> int:
    """Issue a certificate anew with the person's names and gender, and the workshop, as they stand now.

    The number stays, the version rises, the old paper is marked corrected. Returns the new id.

    Raises:
        Refusal: `certificate_not_found`, `certificate_revoked` when it holds no more.

    """
    old = _valid(deed, certificate_id)
    _end(deed, old, State.CORRECTED, reason)
    # The old row must have left the index of valid certificates before the new one enters it.
    deed.session.flush()
    session = list_sessions(deed.session, old.edition_id)[old.workshop_id]
    row = _row(deed, get_person(deed.session, old.person_id), session, old.number, old.version + 1)
    row["replaces_id"] = old.id
    deed.session.execute(insert(Certificate), [row])
    facts = {"number": old.number, "version": old.version + 1}
    record(deed, "certificate.corrected", f"certificate:{row['id']:x}", facts)
    return int(row["id"])


def _locked_series(deed: Deed, edition_id: int) -> CertificateSeries:
    """Lock the edition's series, so that two deeds never count at the same time."""
    series = locked(deed.session, CertificateSeries, edition_id)
    if series is None:
        deed.session.add(CertificateSeries(edition_id=edition_id, last=0))
        deed.session.flush()
        series = locked(deed.session, CertificateSeries, edition_id)
    if series is None:
        raise Refusal("edition_not_found")
    return series


def _attendance(deed: Deed, edition_id: int) -> Sequence[Attended]:
    return [Attended(row.person_id, row.workshop_id) for row in list_attendance(deed.session, edition_id)]


def _row(deed: Deed, person: PersonRow, session: Sitting, number: int, version: int = 1) -> dict[str, Any]:
    context = f"certificate {session.id} {person.id} {version} {deed.now.isoformat()}"
    certificate_id, short_code = new_ids(deed.chance.token_bytes(_ENTROPY_BYTES), context)
    return {
        "id": certificate_id,
        "edition_id": person.edition_id,
        "person_id": person.id,
        "workshop_id": session.id,
        "number": number,
        "version": version,
        "short_code": short_code,
        "state": State.VALID.value,
        "gender": person.gender,
        "name_ar": person.name_ar,
        "name_fr": person.name_fr,
        "day": session.day,
        "minutes": session.minutes,
        "issued_at": deed.now,
    }


def _valid(deed: Deed, certificate_id: int) -> Certificate:
    certificate = locked(deed.session, Certificate, certificate_id)
    if certificate is None:
        raise Refusal("certificate_not_found")
    if no := why_not_usable(State(certificate.state)):
        raise no
    return certificate


def _end(deed: Deed, certificate: Certificate, state: State, reason: str) -> None:
    certificate.state = state.value
    certificate.ended_at = deed.now
    certificate.reason = reason.strip()
