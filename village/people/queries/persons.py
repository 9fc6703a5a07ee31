"""Reads of persons."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Select, Table, bindparam, func, literal, select, union_all

from village.kit.refusal import Refusal
from village.people.models import Person, PersonKey, ProfileKept
from village.people.rules import nearness, read_query

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from village.kit.signing import Keyring
    from village.people.rules import Query

_MAC_BYTES = 10
_K = cast("Table", PersonKey.__table__)
_DIRECT = 0
_CANDIDATES = 200
# The last sign of all: every text that begins with a key lies between the key and the key with this behind it.
_COLUMNS = (
    Person.id, Person.edition_id, Person.code, Person.given_ar, Person.family_ar, Person.given_fr, Person.family_fr,
    Person.gender, Person.category, Person.phone, Person.email, Person.lang, Person.province_code, Person.age_band,
    Person.link_version, Person.merged_into_id, Person.erased_at, Person.organisation, Person.needs,
)  # fmt: skip
_AFTER_ALL = "\U0010ffff"


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
    merged_into_id: int | None = None
    erased: bool = False
    organisation: str = ""
    needs: tuple[str, ...] = ()

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
    """List the persons of an edition in order of their code, or only those with the given ids.

    Whoever was merged into another person is listed only when asked for.
    """
    query = select(Person).where(Person.edition_id == edition_id)
    query = query.where(Person.merged_into_id.is_(None) if ids is None else Person.id.in_(tuple(ids)))
    return [_row(row) for row in session.scalars(query.order_by(Person.code))]


def ids_by_code(session: Session, edition_id: int) -> dict[str, int]:
    """Return person ids by the codes they were imported with; a merged person's code leads to the one who stays."""
    who = func.coalesce(Person.merged_into_id, Person.id).label("id")
    rows = session.execute(select(Person.code, who).where(Person.edition_id == edition_id))
    return {row.code: row.id for row in rows}


def search_people(session: Session, edition_id: int, query: str, limit: int = 20) -> list[PersonRow]:
    """Find persons by name in either script, telephone (its beginning, or its last four digits or more) or code.

    Two SQL queries: ranges of the keys' index bring candidates, the nearest names come first (`rules.finding`).
    Whoever was merged into another person is found as that person only.
    """
    asked = read_query(query)
    if not asked.words and not asked.direct:
        return []
    ranks = {row.person_id: row.rank for row in session.execute(*candidates(edition_id, asked))}
    if not ranks:
        return []
    found = [_row(row) for row in session.execute(select(*_COLUMNS).where(Person.id.in_(tuple(ranks))))]
    placed = []
    for person in found:
        cost = 0.0 if ranks[person.id] == _DIRECT else nearness(asked, (person.name_ar, person.name_fr))
        if cost is not None:
            placed.append((ranks[person.id] != _DIRECT, cost, person.code, person))
    return [person for *_order, person in sorted(placed, key=lambda each: each[:3])[:limit]]


def candidates(edition_id: int, asked: Query) -> tuple[Select[Any], dict[str, Any]]:
    """Return the query for those whose keys fit, and its values: every row comes from a range of the keys' index."""
    groups = (asked.direct, asked.whole, *asked.tokens)
    shape = tuple(tuple((look.kind.value, look.whole) for look in group) for group in groups)
    looks = [look for group in groups for look in group]
    values: dict[str, Any] = {f"low{n}": look.key for n, look in enumerate(looks)}
    values |= {f"high{n}": look.key + _AFTER_ALL for n, look in enumerate(looks) if not look.whole}
    return _statement(shape), {"edition": edition_id, **values}


@lru_cache(maxsize=500)
def _statement(shape: tuple[tuple[tuple[str, bool], ...], ...]) -> Select[Any]:
    """Build the query of one shape once: building it takes longer than asking it."""
    number = count()
    direct, whole, *tokens = ([(next(number), *look) for look in group] for group in shape)
    branches = [_look(*look, _DIRECT) for look in direct] + [_look(*look, 1) for look in whole]
    each_word = [union_all(*(_look(*look, rank) for rank, look in enumerate(looks, 1))).subquery() for looks in tokens]
    if each_word:
        first, *others = each_word
        together = select(first.c.person_id, func.min(first.c.rank).label("rank"))
        for other in others:
            together = together.where(first.c.person_id.in_(select(other.c.person_id)))
        branches.append(together.group_by(first.c.person_id))
    fitting = union_all(*branches).subquery()
    rank = func.min(fitting.c.rank).label("rank")
    return select(fitting.c.person_id, rank).group_by(fitting.c.person_id).order_by(rank).limit(_CANDIDATES)


def _look(number: int, kind: str, whole: bool, rank: int) -> Select[Any]:  # noqa: FBT001 - one part of a shape
    low, high = bindparam(f"low{number}", type_=_K.c.key.type), bindparam(f"high{number}", type_=_K.c.key.type)
    fits = [_K.c.edition_id == bindparam("edition", type_=_K.c.edition_id.type), _K.c.kind == kind]
    fits += [_K.c.key == low] if whole else [_K.c.key >= low, _K.c.key < high]
    return select(_K.c.person_id, literal(rank).label("rank")).where(*fits)


def count_people(session: Session, edition_id: int) -> int:
    """Count the persons of an edition."""
    return session.execute(
        select(func.count()).select_from(Person).where(Person.edition_id == edition_id, Person.merged_into_id.is_(None))
    ).scalar_one()


@dataclass(frozen=True)
class ProfileCount:
    """How many persons share a gender, an age band and a province."""

    gender: str
    age_band: str | None
    province_code: str | None
    people: int


def list_profiles(session: Session, edition_id: int) -> list[ProfileCount]:
    """Count the persons of an edition by gender, age band and province; two SQL queries.

    Once the profiles of an edition are forgotten, the counts that were written down before are given.
    """
    kept = session.scalars(select(ProfileKept).where(ProfileKept.edition_id == edition_id)).all()
    if kept:
        return [ProfileCount(row.gender, row.age_band or None, row.province_code or None, row.people) for row in kept]
    shape = (Person.gender, Person.age_band, Person.province_code)
    rows = session.execute(
        select(*shape, func.count())
        .where(Person.edition_id == edition_id, Person.merged_into_id.is_(None))
        .group_by(*shape)
    )
    return [ProfileCount(gender, band, province, people) for gender, band, province, people in rows]


@dataclass(frozen=True)
class Traits:
    """What of a person is counted."""

    gender: str
    age_band: str | None
    province_code: str | None


def list_traits(session: Session, edition_id: int) -> dict[int, Traits]:
    """Return what is counted of each person of an edition, by id; one SQL query."""
    rows = session.execute(
        select(Person.id, Person.gender, Person.age_band, Person.province_code).where(
            Person.edition_id == edition_id, Person.merged_into_id.is_(None)
        )
    )
    return {number: Traits(gender, band, province) for number, gender, band, province in rows}


def link_token(keys: Keyring, person_id: int, version: int) -> str:
    """Return the token of a person's own page: 16 + 1 + up to 8 letters and digits, without look-alikes to read out.

    It is computed, not stored: a stolen database opens nobody's page.
    """
    mac = keys.mac("link", f"{person_id}.{version}".encode())[:_MAC_BYTES]
    return f"{base64.b32encode(mac).decode().lower()}-{person_id:x}"


# Asked by every request of somebody whom the browser knows: built once, and read without making an object of the row.
_BY_ID = select(cast("Table", Person.__table__)).where(Person.id == bindparam("person"))


def find_person_by_link(session: Session, keys: Keyring, token: str) -> PersonRow | None:
    """Return the person whose link this is, or None when it is false or no longer holds.

    The link of somebody who was merged into another person leads to that person: it is in somebody's telephone.
    """
    _, _, number = token.rpartition("-")
    try:
        person_id = int(number, 16)
    except ValueError:
        return None
    row = session.execute(_BY_ID, {"person": person_id}).first() if person_id < 1 << 62 else None
    if row is None:
        return None
    # As bytes: the comparison knows no text outside ASCII, and anything may stand in an address.
    true = link_token(keys, row.id, row.link_version).encode()
    if row.erased_at is not None or not hmac.compare_digest(true, token.lower().encode()):
        return None
    now = session.execute(_BY_ID, {"person": row.merged_into_id}).first() if row.merged_into_id else row
    return _row(now) if now is not None and now.erased_at is None else None


def _row(row: Any) -> PersonRow:
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
        row.merged_into_id,
        row.erased_at is not None,
        row.organisation,
        tuple(code for code in row.needs.split(",") if code),
    )
