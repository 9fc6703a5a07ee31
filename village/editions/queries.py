"""Reads of the edition: frozen values for screens, rules and documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, select

from village.audit.queries import EntryFilter, list_entries
from village.editions.models import (
    Break,
    Ceremony,
    Edition,
    EditionDay,
    Partner,
    Phase,
    Room,
    Travel,
    Venue,
)
from village.editions.rules import DAY_CLOSED, GRACE, Status, name_of_day
from village.kit.clock import instant
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class EditionView:
    """An edition as everybody may see it."""

    id: int
    code: str
    number: int
    name_ar: str
    name_fr: str
    name_en: str
    theme_ar: str
    theme_fr: str
    zone: str
    starts_on: date
    ends_on: date
    status: str
    demonstration: bool


@dataclass(frozen=True)
class DayRow:
    """A day of the fair, local time."""

    date: date
    opens: time
    closes: time


@dataclass(frozen=True)
class PhaseRow:
    """A phase, local wall time."""

    kind: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class VenueRow:
    """A venue; `is_online` where there is no place to travel to."""

    id: int
    code: str
    city_ar: str
    city_fr: str
    name_ar: str
    name_fr: str
    is_online: bool


@dataclass(frozen=True)
class RoomRow:
    """A room with the venue it stands in."""

    id: int
    code: str
    name_ar: str
    name_fr: str
    capacity: int
    venue: VenueRow
    equipment: tuple[str, ...] = ()


@dataclass(frozen=True)
class CeremonyRow:
    """A ceremony, local time."""

    code: str
    kind: str
    date: date
    starts: time
    title_ar: str
    title_fr: str
    venue_id: int


@dataclass(frozen=True)
class BreakRow:
    """A break, local time."""

    kind: str
    date: date
    starts: time
    ends: time


@dataclass(frozen=True)
class PartnerRow:
    """A partner in protocol order."""

    code: str
    name_ar: str
    name_fr: str
    kind: str
    protocol_order: int


# Asked by every request: built once, and read without making objects of the rows.
_NEWEST = select(cast("Table", Edition.__table__)).order_by(Edition.number.desc()).limit(10)


def find_current(session: Session) -> EditionView | None:
    """Return the newest edition that is not a draft, else the newest of all, else None."""
    rows = session.execute(_NEWEST).all()
    chosen = next((row for row in rows if row.status != "draft"), rows[0] if rows else None)
    return _view(chosen) if chosen else None


def list_editions(session: Session) -> list[EditionView]:
    """List all editions, the oldest first."""
    return [_view(row) for row in session.scalars(select(Edition).order_by(Edition.number))]


def get_edition(session: Session, edition_id: int) -> EditionView:
    """Return an edition.

    Raises:
        Refusal: `edition_not_found`.

    """
    row = session.get(Edition, edition_id)
    if row is None:
        raise Refusal("edition_not_found", {"edition": edition_id})
    return _view(row)


def find_edition_by_code(session: Session, code: str) -> EditionView | None:
    """Return the edition with a code such as VS14, or None."""
    row = session.scalars(select(Edition).where(Edition.code == code)).first()
    return _view(row) if row else None


def edition_numbers(session: Session) -> dict[int, int]:
    """The number of every edition, by its id."""
    return {row.id: row.number for row in session.execute(select(Edition.id, Edition.number))}


def list_days(session: Session, edition_id: int) -> list[DayRow]:
    """List the days of the fair in order."""
    rows = session.scalars(select(EditionDay).where(EditionDay.edition_id == edition_id).order_by(EditionDay.date))
    return [DayRow(row.date, row.opens, row.closes) for row in rows]


def list_days_to_close(session: Session, edition: EditionView, now: datetime) -> list[date]:
    """List the days of a running fair that are over and not closed in the log yet, in order."""
    if edition.status != Status.RUNNING:
        return []
    over = [
        row.date
        for row in list_days(session, edition.id)
        if instant(row.date, row.closes, edition.zone) + GRACE <= now
    ]
    if not over:
        return []
    closed = {row.thing for row in list_entries(session, EntryFilter(code=DAY_CLOSED), limit=1_000).rows}
    return [day for day in over if name_of_day(edition.code, day) not in closed]


def list_phases(session: Session, edition_id: int) -> list[PhaseRow]:
    """List the phases in order of their beginning."""
    rows = session.scalars(select(Phase).where(Phase.edition_id == edition_id).order_by(Phase.starts))
    return [PhaseRow(row.kind, row.starts, row.ends) for row in rows]


def list_venues(session: Session, edition_id: int) -> list[VenueRow]:
    """List the venues in order of their code."""
    rows = session.scalars(select(Venue).where(Venue.edition_id == edition_id).order_by(Venue.code))
    return [_venue(row) for row in rows]


def list_rooms(session: Session, edition_id: int) -> list[RoomRow]:
    """List all rooms of an edition with their venues."""
    rows = session.execute(
        select(Room, Venue).join(Venue, Venue.id == Room.venue_id).where(Venue.edition_id == edition_id).order_by(
            Venue.code, Room.code
        )
    )
    return [
        RoomRow(
            room.id,
            room.code,
            room.name_ar,
            room.name_fr,
            room.capacity,
            _venue(venue),
            tuple(code for code in room.equipment.split(",") if code),
        )
        for room, venue in rows
    ]


def travel_minutes(session: Session, edition_id: int) -> dict[tuple[int, int], int]:
    """Return the minutes between venues by (venue id, venue id), both ways."""
    rows = session.scalars(
        select(Travel).join(Venue, Venue.id == Travel.venue_a_id).where(Venue.edition_id == edition_id)
    )
    found: dict[tuple[int, int], int] = {}
    for row in rows:
        found[row.venue_a_id, row.venue_b_id] = found[row.venue_b_id, row.venue_a_id] = row.minutes
    return found


def list_breaks(session: Session, edition_id: int) -> list[BreakRow]:
    """List the breaks in order."""
    rows = session.scalars(
        select(Break).where(Break.edition_id == edition_id).order_by(Break.date, Break.starts)
    )
    return [BreakRow(row.kind, row.date, row.starts, row.ends) for row in rows]


def list_ceremonies(session: Session, edition_id: int) -> list[CeremonyRow]:
    """List the ceremonies in order."""
    rows = session.scalars(
        select(Ceremony).where(Ceremony.edition_id == edition_id).order_by(Ceremony.date, Ceremony.starts)
    )
    return [
        CeremonyRow(row.code, row.kind, row.date, row.starts, row.title_ar, row.title_fr, row.venue_id) for row in rows
    ]


def list_partners(session: Session, edition_id: int) -> list[PartnerRow]:
    """List the partners in protocol order."""
    rows = session.scalars(
        select(Partner).where(Partner.edition_id == edition_id).order_by(Partner.protocol_order)
    )
    return [PartnerRow(row.code, row.name_ar, row.name_fr, row.kind, row.protocol_order) for row in rows]


def _view(row: Any) -> EditionView:
    return EditionView(
        row.id,
        row.code,
        row.number,
        row.name_ar,
        row.name_fr,
        row.name_en,
        row.theme_ar,
        row.theme_fr,
        row.zone,
        row.starts_on,
        row.ends_on,
        row.status,
        row.demonstration,
    )


def _venue(row: Venue) -> VenueRow:
    return VenueRow(
        row.id, row.code, row.city_ar, row.city_fr, row.name_ar, row.name_fr, row.commune_code is None
    )
