"""Reads of exhibitors: the directory, one exhibitor, who may be placed, who came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from village.exhibitors.catalogue import branch_names, province_names, sector_names, sectors
from village.exhibitors.models import Delegate, Exhibitor, ExhibitorAccount, ExhibitorPresence
from village.exhibitors.rules import Presence, Status, short_name
from village.kit.refusal import Refusal
from village.people.queries import PersonRow, list_people
from village.people.rules import consonant_key, fold

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime, time

    from sqlalchemy.orm import Session

# The names of sectors, branches and provinces are read here by the features above.
__all__ = [
    "ExhibitorRow",
    "PresenceRow",
    "accepted_exhibitors_of",
    "branch_names",
    "codes_by_id",
    "count_accepted",
    "count_by_status",
    "emails_by_id",
    "exhibitor_by_person",
    "find_exhibitor",
    "find_exhibitor_of_account",
    "get_exhibitor",
    "get_exhibitor_by_code",
    "ids_by_code",
    "list_delegates",
    "list_earlier_selves",
    "list_exhibitors",
    "list_placeable",
    "list_presence",
    "list_presence_of",
    "province_names",
    "sector_names",
    "sectors",
]

# Fewer consonants than this match half the village.
MIN_SOUND = 2


@dataclass(frozen=True)
class ExhibitorRow:
    """An exhibitor as staff see it; public pages show only what is public."""

    id: int
    code: str
    kind: str
    name_ar: str
    name_fr: str
    sector: str
    branch: str
    province_code: str
    members: int
    women_members: int
    is_womens: bool
    products_ar: str
    products_fr: str
    labels: tuple[str, ...]
    power_w: int
    needs_water: bool
    needs_cold: bool
    needs_step_free: bool
    chair_ar: str
    chair_fr: str
    phone: str | None
    previous_editions: int
    last_year_place: str | None
    founded: date | None
    reference: str | None
    submitted_at: datetime | None
    status: Status
    waiting_rank: int | None
    decision_reason: str | None
    score_tenths: int | None
    missing_papers: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name in the script that is known, Arabic first."""
        return self.name_ar or self.name_fr

    def name_in(self, lang: str) -> str:
        """The name in the script of a language where it is known, else in the other."""
        return self.name if lang == "ar" else self.name_fr or self.name_ar

    def short_in(self, lang: str) -> str:
        """The word of the name that fits on a stand of the plan."""
        return short_name(self.name_in(lang))


@dataclass(frozen=True)
class PresenceRow:
    """One exhibitor on one day."""

    exhibitor_id: int
    date: date
    status: Presence
    arrived_at: time | None
    sales_mad: int | None


def ice_numbers(session: Session, edition_id: int) -> dict[int, str]:
    """Return the ICE (fifteen digits, as text) of those exhibitors who gave one, by id."""
    rows = session.execute(
        select(Exhibitor.id, Exhibitor.ice).where(Exhibitor.edition_id == edition_id, Exhibitor.ice.is_not(None))
    )
    return {number: ice for number, ice in rows if ice}


def list_exhibitors(
    session: Session,
    edition_id: int,
    *,
    status: Status | None = None,
    sector: str = "",
    province: str = "",
    search: str = "",
) -> list[ExhibitorRow]:
    """Exhibitors of an edition in order of code; the waiting list in order of rank.

    ``search`` finds names in either script and codes by folded words; only where these find nothing, by
    consonants across scripts, nearest first.  One SQL query, or two.
    """
    query = select(Exhibitor).where(Exhibitor.edition_id == edition_id)
    if status is not None:
        query = query.where(Exhibitor.status == status)
    if sector:
        query = query.where(Exhibitor.sector == sector)
    if province:
        query = query.where(Exhibitor.province_code == province)
    query = query.order_by(func.coalesce(Exhibitor.waiting_rank, 0), Exhibitor.code)
    words = fold(search).split()
    tests = [Exhibitor.search.contains(word, autoescape=True) for word in words]
    rows = session.scalars(query.where(*tests)).all()
    sound = consonant_key(search)
    if not rows and words and len(sound) >= MIN_SOUND:
        alike = session.scalars(query.where(Exhibitor.sound.contains(sound, autoescape=True)))
        # The fewer consonants besides those asked for, the nearer the name.
        rows = sorted(alike, key=lambda row: (len(row.sound), row.code))
    return [_row(row) for row in rows]


def list_placeable(session: Session, edition_id: int) -> list[ExhibitorRow]:
    """The accepted exhibitors, who are to get a stand."""
    return list_exhibitors(session, edition_id, status=Status.ACCEPTED)


def find_exhibitor(session: Session, exhibitor_id: int) -> ExhibitorRow | None:
    """The exhibitor of this id, or None."""
    row = session.get(Exhibitor, exhibitor_id)
    return _row(row) if row else None


def get_exhibitor(session: Session, exhibitor_id: int) -> ExhibitorRow:
    """The exhibitor of this id.

    Raises:
        Refusal: ``exhibitor_not_found``.
    """
    found = find_exhibitor(session, exhibitor_id)
    if found is None:
        raise Refusal("exhibitor_not_found", {"exhibitor": exhibitor_id})
    return found


def get_exhibitor_by_code(session: Session, edition_id: int, code: str) -> ExhibitorRow:
    """The exhibitor of this code in an edition.

    Raises:
        Refusal: ``exhibitor_not_found``.
    """
    query = select(Exhibitor).where(Exhibitor.edition_id == edition_id, Exhibitor.code == code)
    row = session.scalars(query).one_or_none()
    if row is None:
        raise Refusal("exhibitor_not_found", {"exhibitor": code})
    return _row(row)


def ids_by_code(session: Session, edition_id: int) -> dict[str, int]:
    """Ids of the edition's exhibitors by code."""
    query = select(Exhibitor.code, Exhibitor.id).where(Exhibitor.edition_id == edition_id)
    return {row.code: row.id for row in session.execute(query)}


def codes_by_id(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Codes of the exhibitors of these ids."""
    query = select(Exhibitor.id, Exhibitor.code).where(Exhibitor.id.in_(list(ids)))
    return {row.id: row.code for row in session.execute(query)}


def emails_by_id(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Addresses of those of these exhibitors who gave one."""
    query = select(Exhibitor.id, Exhibitor.email).where(Exhibitor.id.in_(list(ids)), Exhibitor.email.is_not(None))
    return {row.id: row.email for row in session.execute(query) if row.email}


@dataclass(frozen=True)
class ExhibitorFigures:
    """The accepted exhibitors in numbers: all, those led by women, the provinces they come from."""

    accepted: int
    women_led: int
    provinces: int


def count_accepted(session: Session, edition_id: int) -> ExhibitorFigures:
    """Count the accepted exhibitors; one SQL query that loads no row of them."""
    women_led = func.count(case((Exhibitor.is_womens, 1)))
    query = select(func.count(), women_led, func.count(Exhibitor.province_code.distinct())).where(
        Exhibitor.edition_id == edition_id, Exhibitor.status == Status.ACCEPTED.value
    )
    return ExhibitorFigures(*session.execute(query).one())


def count_by_status(session: Session, edition_id: int) -> dict[Status, int]:
    """How many applications stand where."""
    query = select(Exhibitor.status, func.count()).where(Exhibitor.edition_id == edition_id).group_by(Exhibitor.status)
    found = {Status(status): count for status, count in session.execute(query)}
    return {status: found.get(status, 0) for status in Status}


def list_earlier_selves(session: Session, edition_id: int) -> list[tuple[int, int, int]]:
    """The same organisations in other editions: (exhibitor here, exhibitor there, the edition there).

    The same is who has the same ICE, or the same number in the register of its kind and province.
    One SQL query; in order of the exhibitor here and the edition there.
    """
    here, there = aliased(Exhibitor), aliased(Exhibitor)
    same_register = and_(
        there.register_no == here.register_no,
        there.kind == here.kind,
        there.province_code == here.province_code,
        or_(here.ice.is_(None), there.ice.is_(None)),
    )
    query = (
        select(here.id, there.id, there.edition_id)
        .join(there, or_(there.ice == here.ice, same_register))
        .where(here.edition_id == edition_id, there.edition_id != edition_id)
        .order_by(here.id, there.edition_id, there.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def list_delegates(session: Session, exhibitor: ExhibitorRow, edition_id: int) -> list[PersonRow]:
    """The persons who stand at an exhibitor's stand, in order of code."""
    ids = session.scalars(select(Delegate.person_id).where(Delegate.exhibitor_id == exhibitor.id)).all()
    return list_people(session, edition_id, ids)


def exhibitor_by_person(session: Session, edition_id: int) -> dict[int, int]:
    """Exhibitor id by the id of each delegate of an edition."""
    query = (
        select(Delegate.person_id, Delegate.exhibitor_id)
        .join(Exhibitor, Exhibitor.id == Delegate.exhibitor_id)
        .where(Exhibitor.edition_id == edition_id)
    )
    return {row.person_id: row.exhibitor_id for row in session.execute(query)}


def accepted_exhibitors_of(session: Session, person_ids: Collection[int]) -> dict[int, int]:
    """Exhibitor id by the id of those of these persons who are delegates of an accepted exhibitor; one SQL query."""
    query = (
        select(Delegate.person_id, Delegate.exhibitor_id)
        .join(Exhibitor, Exhibitor.id == Delegate.exhibitor_id)
        .where(Delegate.person_id.in_(list(person_ids)), Exhibitor.status == Status.ACCEPTED.value)
    )
    return {row.person_id: row.exhibitor_id for row in session.execute(query)}


def find_exhibitor_of_account(session: Session, account_id: int) -> ExhibitorRow | None:
    """The exhibitor for whom an account acts, or None."""
    row = session.get(ExhibitorAccount, account_id)
    return find_exhibitor(session, row.exhibitor_id) if row else None


def list_presence(session: Session, edition_id: int) -> list[PresenceRow]:
    """Who came on which day, of the whole edition, in order of date and exhibitor."""
    query = (
        select(ExhibitorPresence)
        .join(Exhibitor, Exhibitor.id == ExhibitorPresence.exhibitor_id)
        .where(Exhibitor.edition_id == edition_id)
        .order_by(ExhibitorPresence.date, Exhibitor.code)
    )
    return [_presence(row) for row in session.scalars(query)]


def list_presence_of(session: Session, exhibitor_id: int) -> list[PresenceRow]:
    """One exhibitor's days, in order."""
    query = (
        select(ExhibitorPresence).where(ExhibitorPresence.exhibitor_id == exhibitor_id).order_by(ExhibitorPresence.date)
    )
    return [_presence(row) for row in session.scalars(query)]


def _presence(row: ExhibitorPresence) -> PresenceRow:
    return PresenceRow(row.exhibitor_id, row.date, Presence(row.status), row.arrived_at, row.sales_mad)


def _row(row: Exhibitor) -> ExhibitorRow:
    plain = {
        name: getattr(row, name)
        for name in ExhibitorRow.__dataclass_fields__
        if name not in {"status", "labels", "missing_papers"}
    }
    return ExhibitorRow(
        **plain,
        status=Status(row.status),
        labels=tuple(filter(None, row.labels.split(";"))),
        missing_papers=tuple(filter(None, row.missing_papers.split(";"))),
    )
