"""Reads of registrations, for screens, gates, certificates and reports."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from village.editions.queries import travel_minutes
from village.workshops.models import Registration, RegistrationGroup
from village.workshops.queries.programme import WorkshopRow, list_workshops
from village.workshops.rules import LIVE as LIVE_STATES
from village.workshops.rules import Channel, why_not_together

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.kit.refusal import Refusal


LIVE = tuple(status.value for status in LIVE_STATES)


@dataclass(frozen=True)
class RegistrationRow:
    """A request in a workshop's list. `position` is the place in the queue, from 1; None where the person waits not."""

    id: int
    person_id: int
    workshop_id: int
    status: str
    channel: str | None
    wish: str
    seq: int
    requested_at: datetime
    decided_at: datetime
    reason: str
    position: int | None
    offered_until: datetime | None = None
    group_id: int | None = None
    via: str = "self"


@dataclass(frozen=True)
class AgendaItem:
    """A workshop in a person's own agenda; `hindrance` is why a waiting person would be passed over now."""

    workshop: WorkshopRow
    registration: RegistrationRow
    hindrance: Refusal | None = None


def list_registrations(session: Session, workshop_id: int) -> list[RegistrationRow]:
    """List all requests of a workshop in the order in which they came, with the places in the queue."""
    rows = session.scalars(
        select(Registration).where(Registration.workshop_id == workshop_id).order_by(Registration.seq)
    ).all()
    return with_positions(rows)


def list_agenda(session: Session, edition_id: int, person_id: int) -> list[AgendaItem]:
    """List a person's live registrations in order of time, each with its place in the queue and what hinders it."""
    own = session.scalars(
        select(Registration).where(
            Registration.person_id == person_id, Registration.status.in_(LIVE)
        )
    ).all()
    if not own:
        return []
    workshops = {row.id: row for row in list_workshops(session, edition_id, [r.workshop_id for r in own])}
    positions = _positions(session, own)
    travel = travel_minutes(session, edition_id)
    held = [workshops[r.workshop_id].sitting(r.channel) for r in own if r.status == "confirmed"]
    items = []
    for row in own:
        workshop = workshops[row.workshop_id]
        hindrance = None
        if row.status == "waitlisted":
            hindrance = why_not_together(workshop.sitting(_wished(row.wish)), held, travel)
        items.append(AgendaItem(workshop, _registration(row, positions.get(row.id)), hindrance))
    return sorted(items, key=lambda i: (i.workshop.day, i.workshop.starts, i.workshop.code))


def find_confirmed(session: Session, person_id: int, workshop_id: int) -> RegistrationRow | None:
    """Return a person's confirmed registration in a workshop, or None."""
    row = session.scalars(
        select(Registration).where(
            Registration.person_id == person_id,
            Registration.workshop_id == workshop_id,
            Registration.status == "confirmed",
        )
    ).first()
    return _registration(row, None) if row else None


def list_confirmed(session: Session, edition_id: int) -> list[tuple[int, int, str]]:
    """List (person id, workshop id, channel) of every confirmed place of an edition."""
    rows = session.execute(
        select(Registration.person_id, Registration.workshop_id, Registration.channel)
        .where(Registration.edition_id == edition_id, Registration.status == "confirmed")
        .order_by(Registration.workshop_id, Registration.seq)
    )
    return [(person, workshop, channel or Channel.ONSITE.value) for person, workshop, channel in rows]


def count_by_status(session: Session, edition_id: int) -> dict[tuple[int, str], int]:
    """Count requests by (workshop id, status); one SQL query."""
    rows = session.execute(
        select(Registration.workshop_id, Registration.status, func.count())
        .where(Registration.edition_id == edition_id)
        .group_by(Registration.workshop_id, Registration.status)
    )
    return {(workshop, status): number for workshop, status, number in rows}


def count_registered_people(session: Session, edition_id: int) -> int:
    """Count the persons who hold at least one confirmed place."""
    return session.execute(
        select(func.count(func.distinct(Registration.person_id))).where(
            Registration.edition_id == edition_id, Registration.status == "confirmed"
        )
    ).scalar_one()


def list_standings(session: Session, edition_id: int, person_ids: Iterable[int]) -> dict[tuple[int, int], str]:
    """Return the live status by (person id, workshop id) of the given persons."""
    rows = session.execute(
        select(Registration.person_id, Registration.workshop_id, Registration.status).where(
            Registration.edition_id == edition_id,
            Registration.person_id.in_(tuple(person_ids)),
            Registration.status.in_(LIVE),
        )
    )
    return {(person, workshop): status for person, workshop, status in rows}


def _wished(wish: str) -> str:
    return Channel.ONLINE.value if wish == "online" else Channel.ONSITE.value


def _positions(session: Session, own: Sequence[Registration]) -> dict[int, int]:
    """Return the place in the queue, from 1, of each waiting registration; one SQL query."""
    waiting = {row.workshop_id: row for row in own if row.status == "waitlisted"}
    if not waiting:
        return {}
    lines = session.execute(
        select(Registration.workshop_id, Registration.id, Registration.seq, RegistrationGroup.id.label("party"))
        .outerjoin(
            RegistrationGroup,
            and_(RegistrationGroup.id == Registration.group_id, RegistrationGroup.together.is_(True)),
        )
        .where(Registration.workshop_id.in_(waiting), Registration.status == "waitlisted")
    ).all()
    # A group that stays together stands where its last member stands (see `rules.waiting`).
    stands: dict[tuple[int, int], int] = {}
    for line in lines:
        if line.party is not None:
            key = (line.workshop_id, line.party)
            stands[key] = max(stands.get(key, 0), line.seq)
    ranks = {line.id: (stands.get((line.workshop_id, line.party or 0), line.seq), line.seq) for line in lines}
    mine = {row.workshop_id: ranks.get(row.id, (row.seq, row.seq)) for row in waiting.values()}
    ahead = Counter(line.workshop_id for line in lines if ranks[line.id] <= mine[line.workshop_id])
    return {row.id: ahead[workshop] for workshop, row in waiting.items()}


def with_positions(rows: Iterable[Registration]) -> list[RegistrationRow]:
    """Return the requests of one session, given in the order in which they came, with the places in the queue."""
    found = []
    position = 0
    for row in rows:
        waits = row.status == "waitlisted"
        position += waits
        found.append(_registration(row, position if waits else None))
    return found


def _registration(row: Registration, position: int | None) -> RegistrationRow:
    return RegistrationRow(
        row.id,
        row.person_id,
        row.workshop_id,
        row.status,
        row.channel,
        row.wish,
        row.seq,
        row.requested_at,
        row.decided_at,
        row.reason,
        position,
        row.offered_until,
        row.group_id,
        row.via,
    )
