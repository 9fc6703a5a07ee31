"""Reads of persons."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, func, or_, select

from village.kit.refusal import Refusal
from village.people.models import Person
from village.people.rules import consonant_key, fold, western_digits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from village.kit.signing import Keyring

_MAC_BYTES = 10
_ID_DIGITS = 4


@dataclass(frozen=True)
class PersonRow:
    """A person as staff see one."""

    id: int
    edition_id: int
    code: str
    given_ar: str
    family_ar: str
    given_fr: str
    family_fr: str
    gender: str
    category: str
    phone: str | None
    email: str | None
    lang: str
    province_code: str | None
    age_band: str | None
    link_version: int

    @property
    def name_ar(self) -> str:
        """The whole name in Arabic letters; empty when unknown."""
        return f"{self.given_ar} {self.family_ar}".strip()

    @property
    def name_fr(self) -> str:
        """The whole name in Latin letters; empty when unknown."""
        return f"{self.given_fr} {self.family_fr}".strip()

    @property
    def name(self) -> str:
        """The name in the script that is known, Arabic first."""
        return self.name_ar or self.name_fr

    def name_in(self, lang: str) -> str:
        """Return the name in the script of a language where it is known, else in the other."""
        return self.name if lang == "ar" else self.name_fr or self.name_ar


def get_person(session: Session, person_id: int) -> PersonRow:
    """Return a person.

    Raises:
        Refusal: `person_not_found`.

    """
    row = session.get(Person, person_id)
    if row is None:
        raise Refusal("person_not_found")
    return _row(row)


def list_people(session: Session, edition_id: int, ids: Iterable[int] | None = None) -> list[PersonRow]:
    """List the persons of an edition in order of their code, or only those with the given ids."""
    query = select(Person).where(Person.edition_id == edition_id)
    if ids is not None:
        query = query.where(Person.id.in_(tuple(ids)))
    return [_row(row) for row in session.scalars(query.order_by(Person.code))]


def ids_by_code(session: Session, edition_id: int) -> dict[str, int]:
    """Return person ids by the codes they were imported with."""
    rows = session.execute(select(Person.code, Person.id).where(Person.edition_id == edition_id))
    return {row.code: row.id for row in rows}


def search_people(session: Session, edition_id: int, query: str, limit: int = 20) -> list[PersonRow]:
    """Find persons by name in either script, telephone (any four digits or more) or code.

    Folded text first, then the consonant key across scripts; the best matches come first.
    """
    folded, sound = fold(query), consonant_key(query)
    digits = "".join(c for c in western_digits(query) if c.isdigit()).lstrip("0")
    tests: list[ColumnElement[bool]] = []
    if folded:
        tests.append(and_(*(Person.search.contains(word, autoescape=True) for word in folded.split())))
        tests.append(func.lower(Person.code) == folded)
    if sound:
        tests.append(Person.sound.contains(sound, autoescape=True))
    if len(digits) >= _ID_DIGITS:
        tests.append(Person.phone.contains(digits, autoescape=True))
    if not tests:
        return []
    found = session.scalars(select(Person).where(Person.edition_id == edition_id, or_(*tests)).limit(200)).all()
    return [_row(row) for row in sorted(found, key=lambda row: _distance(row, folded, sound))[:limit]]


def _distance(row: Person, folded: str, sound: str) -> tuple[int, int, str]:
    words = row.search.split()
    whole = sum(word in words for word in folded.split())
    # The fewer consonants besides those asked for, the nearer the name.
    return (-whole, len(row.sound) - len(sound) if sound in row.sound else len(row.sound), row.code)


def count_people(session: Session, edition_id: int) -> int:
    """Count the persons of an edition."""
    return session.execute(
        select(func.count()).select_from(Person).where(Person.edition_id == edition_id)
    ).scalar_one()


@dataclass(frozen=True)
class ProfileCount:
    """How many persons share a gender, an age band and a province."""

    gender: str
    age_band: str | None
    province_code: str | None
    people: int


def list_profiles(session: Session, edition_id: int) -> list[ProfileCount]:
    """Count the persons of an edition by gender, age band and province; one SQL query."""
    shape = (Person.gender, Person.age_band, Person.province_code)
    rows = session.execute(
        select(*shape, func.count()).where(Person.edition_id == edition_id).group_by(*shape)
    )
    return [ProfileCount(gender, band, province, people) for gender, band, province, people in rows]


def link_token(keys: Keyring, person_id: int, version: int) -> str:
    """Return the token of a person's own page: 16 + 1 + up to 8 letters and digits, without look-alikes to read out.

    It is computed, not stored: a stolen database opens nobody's page.
    """
    mac = keys.mac("link", f"{person_id}.{version}".encode())[:_MAC_BYTES]
    return f"{base64.b32encode(mac).decode().lower()}-{person_id:x}"


def find_person_by_link(session: Session, keys: Keyring, token: str) -> PersonRow | None:
    """Return the person whose link this is, or None when it is false or no longer holds."""
    _, _, number = token.rpartition("-")
    try:
        person_id = int(number, 16)
    except ValueError:
        return None
    row = session.get(Person, person_id) if person_id < 1 << 62 else None
    if row is None:
        return None
    # As bytes: the comparison knows no text outside ASCII, and anything may stand in an address.
    true = link_token(keys, row.id, row.link_version).encode()
    return _row(row) if hmac.compare_digest(true, token.lower().encode()) else None


def _row(row: Person) -> PersonRow:
    return PersonRow(
        row.id,
        row.edition_id,
        row.code,
        row.given_ar,
        row.family_ar,
        row.given_fr,
        row.family_fr,
        row.gender,
        row.category,
        row.phone,
        row.email,
        row.lang,
        row.province_code,
        row.age_band,
        row.link_version,
    )
