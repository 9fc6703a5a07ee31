"""Reads of certificates: figures and lists for staff, verification for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, func, select

from village.badges.rules import ShortCode, parse_code
from village.certificates.models import Certificate
from village.certificates.rules import (
    Attended,
    Record,
    State,
    digits_of,
    earned,
    name_hash,
    number_text,
    parse_number,
    payload_of,
    place_phrases,
    read_code,
)
from village.certificates.rules import Session as Sitting
from village.checkin.queries import list_attendance
from village.editions.queries import EditionView, find_edition_by_code, get_edition
from village.kit.refusal import Refusal
from village.people.queries import search_people
from village.workshops.queries import list_workshops

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from village.badges.queries import CodeKeys
    from village.kit.signing import Keyring
    from village.workshops.queries import WorkshopRow


@dataclass(frozen=True)
class CertificateRow:
    """A certificate as it stands on paper, and its state."""

    id: int
    edition_id: int
    person_id: int
    workshop_id: int
    number: int
    version: int
    short_code: str
    state: State
    gender: str
    name_ar: str
    name_fr: str
    day: date
    minutes: int
    issued_at: datetime
    ended_at: datetime | None
    reason: str

    def number_in(self, edition_code: str) -> str:
        """The number as printed."""
        return number_text(edition_code, self.number, self.version)


@dataclass(frozen=True)
class CertificateLine:
    """A certificate with its workshop, as lists show it."""

    certificate: CertificateRow
    session: Sitting
    number: str


@dataclass(frozen=True)
class CertificateFigures:
    """Counts of an edition: earned by attendance, issued and valid, still to issue, revoked, corrected."""

    earned: int
    valid: int
    waiting: int
    revoked: int
    corrected: int
    by_workshop: dict[int, int]


@dataclass(frozen=True)
class Verified:
    """What the public page says of a certificate that exists."""

    line: CertificateLine
    edition: EditionView
    signed: bool


_COLUMNS = tuple(getattr(Certificate, name) for name in CertificateRow.__dataclass_fields__)


def list_sessions(session: Session, edition_id: int) -> dict[int, Sitting]:
    """List what certificates say of each workshop, in order of the programme, by workshop id."""
    return {row.id: _sitting(row) for row in list_workshops(session, edition_id)}


def get_certificate(session: Session, certificate_id: int) -> CertificateRow:
    """Return a certificate.

    Raises:
        Refusal: `certificate_not_found`.

    """
    row = session.execute(_query().where(Certificate.id == certificate_id)).first()
    if row is None:
        raise Refusal("certificate_not_found")
    return _row(row)


def list_certificates(
    session: Session, edition_id: int, *, workshop_id: int | None = None, state: State | None = State.VALID
) -> list[CertificateRow]:
    """List certificates in order of their numbers; those in one state (valid ones when not said), or all with None."""
    query = _query().where(Certificate.edition_id == edition_id)
    if workshop_id is not None:
        query = query.where(Certificate.workshop_id == workshop_id)
    if state is not None:
        query = query.where(Certificate.state == state.value)
    return [_row(row) for row in session.execute(query.order_by(Certificate.number, Certificate.version))]


def list_lines(
    session: Session, edition: EditionView, *, search: str = "", start: int = 0, limit: int = 50
) -> list[CertificateLine]:
    """List certificates for the screen, found by name in either script, number or short code."""
    query = _query().where(Certificate.edition_id == edition.id)
    if search:
        number = parse_number(search)
        if number is not None:
            query = query.where(Certificate.number == number[1])
        elif short := _short_code(search):
            query = query.where(Certificate.short_code == short)
        else:
            found = [person.id for person in search_people(session, edition.id, search, limit)]
            query = query.where(Certificate.person_id.in_(found))
    query = query.order_by(Certificate.number, Certificate.version).offset(start).limit(limit)
    return _lines(session, edition, session.execute(query).all())


def list_for_person(session: Session, edition: EditionView, person_id: int) -> list[CertificateLine]:
    """List a person's valid certificates."""
    query = _query().where(
        Certificate.person_id == person_id,
        Certificate.edition_id == edition.id,
        Certificate.state == State.VALID.value,
    )
    return _lines(session, edition, session.execute(query.order_by(Certificate.number)).all())


def certificate_figures(session: Session, edition_id: int) -> CertificateFigures:
    """Count what was earned and what was issued."""
    attendance = [Attended(row.person_id, row.workshop_id) for row in list_attendance(session, edition_id)]
    by_right = set(earned(attendance, list_sessions(session, edition_id)))
    rows = session.execute(
        select(Certificate.person_id, Certificate.workshop_id, Certificate.state).where(
            Certificate.edition_id == edition_id
        )
    ).all()
    states = [row.state for row in rows]
    by_workshop: dict[int, int] = {}
    for row in rows:
        if row.state == State.VALID.value:
            by_workshop[row.workshop_id] = by_workshop.get(row.workshop_id, 0) + 1
    return CertificateFigures(
        earned=len(by_right),
        valid=states.count(State.VALID.value),
        waiting=len(by_right - {Attended(row.person_id, row.workshop_id) for row in rows}),
        revoked=states.count(State.REVOKED.value),
        corrected=states.count(State.CORRECTED.value),
        by_workshop=by_workshop,
    )


def count_certificates(session: Session, edition_id: int) -> int:
    """Count the rows that `list_lines` would list without a search."""
    query = select(func.count()).select_from(Certificate).where(Certificate.edition_id == edition_id)
    return session.execute(query).scalar_one()


def digits_for(row: CertificateRow, edition_number: int, keys: Keyring) -> str:
    """Return the signed record of a certificate as the decimal number of its link, with the newest key."""
    record = Record(
        row.id,
        edition_number,
        row.workshop_id,
        row.day,
        row.minutes,
        name_hash(row.name_ar, row.name_fr),
        keys.key_id("certificate"),
    )
    payload = payload_of(record)
    return digits_of(payload, keys.sign("certificate", payload, record.key_id))


def verify_link(session: Session, digits: str, keys: CodeKeys) -> Verified:
    """Check the number of a link, and say what became of the certificate it names.

    Raises:
        Refusal: `certificate_forged` when the signature is not ours or the record is not what was
            issued; `certificate_not_found` when we signed it but do not hold it any more.

    """
    claim = read_code(digits, lambda *signed: keys.verify("certificate", *signed))
    row = get_certificate(session, claim.certificate_id)
    issued = (row.workshop_id, row.day, row.minutes, name_hash(row.name_ar, row.name_fr))
    if issued != (claim.workshop_id, claim.day, claim.minutes, claim.name_hash):
        raise Refusal("certificate_forged")
    return _verified(session, row, signed=True)


def verify_number(session: Session, number: str, short_code: str) -> Verified:
    """Find a certificate by its number and short code, typed from paper: neither alone shows anything.

    Raises:
        Refusal: `certificate_not_found`, whichever of the two is wrong.

    """
    parsed, short = parse_number(number), _short_code(short_code)
    edition = find_edition_by_code(session, parsed[0]) if parsed else None
    if parsed is None or short is None or edition is None:
        raise Refusal("certificate_not_found")
    query = _query().where(
        Certificate.edition_id == edition.id,
        Certificate.number == parsed[1],
        Certificate.version == parsed[2],
        Certificate.short_code == short,
    )
    row = session.execute(query).first()
    if row is None:
        raise Refusal("certificate_not_found")
    return _verified(session, _row(row), signed=False)


def _verified(session: Session, row: CertificateRow, *, signed: bool) -> Verified:
    edition = get_edition(session, row.edition_id)
    sitting = list_sessions(session, row.edition_id)[row.workshop_id]
    return Verified(CertificateLine(row, sitting, row.number_in(edition.code)), edition, signed)


def _short_code(text: str) -> str | None:
    try:
        code = parse_code(text)
    except Refusal:
        return None
    return code.text if isinstance(code, ShortCode) else None


def _lines(session: Session, edition: EditionView, rows: Iterable[Row[*tuple[Any, ...]]]) -> list[CertificateLine]:
    sessions = list_sessions(session, edition.id)
    certificates = [_row(row) for row in rows]
    return [CertificateLine(row, sessions[row.workshop_id], row.number_in(edition.code)) for row in certificates]


def _sitting(row: WorkshopRow) -> Sitting:
    online = row.room is None or row.room.venue.is_online
    city = ("", "") if row.room is None else (row.room.venue.city_ar, row.room.venue.city_fr)
    place_ar, place_fr = place_phrases(*city, online=online)
    return Sitting(
        id=row.id,
        code=row.code,
        kind=row.kind,
        title_ar=row.title_ar,
        title_fr=row.title_fr,
        day=row.day,
        minutes=row.credit_minutes,
        place_ar=place_ar,
        place_fr=place_fr,
        trainers_ar=tuple(trainer.name_ar for trainer in row.trainers if trainer.name_ar),
        trainers_fr=tuple(trainer.name_fr for trainer in row.trainers if trainer.name_fr),
    )


def _query() -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS)


def _row(row: Row[*tuple[Any, ...]]) -> CertificateRow:
    values = dict(row._mapping)  # noqa: SLF001  SQLAlchemy's documented way to a row's columns by name
    return CertificateRow(**{**values, "state": State(values["state"])})
