"""Reads of the programme and of registrations, for screens, gates, certificates and reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from village.editions.queries import RoomRow, list_rooms, travel_minutes
from village.kit.refusal import Refusal
from village.workshops.models import Registration, Trainer, Workshop, WorkshopTrainer
from village.workshops.rules import Channel, Places, Sitting, why_not_together

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

_MINUTES = 60


@dataclass(frozen=True)
class TrainerRow:
    """A trainer as the programme names one."""

    id: int
    code: str
    name_ar: str
    name_fr: str
    gender: str


@dataclass(frozen=True)
class WorkshopRow:
    """A workshop with its room, trainers and how full it is. Times are local wall times of the edition's zone."""

    id: int
    code: str
    title_ar: str
    title_fr: str
    kind: str
    mode: str
    day: date
    starts: time
    ends: time
    credit_minutes: int
    places: Places
    opens: datetime | None
    closes: datetime | None
    join_url: str
    room: RoomRow | None
    trainers: tuple[TrainerRow, ...]
    waiting: int

    @property
    def hours(self) -> float:
        """Hours that a certificate of this workshop counts."""
        return self.credit_minutes / _MINUTES

    @property
    def capacity(self) -> int:
        """Places on site and online together."""
        return self.places.onsite + self.places.online

    @property
    def taken(self) -> int:
        """Confirmed places on site and online together."""
        return self.places.taken_onsite + self.places.taken_online

    @property
    def venue_id(self) -> int | None:
        """The venue to travel to; None where the workshop is held online alone."""
        return None if self.room is None or self.room.venue.is_online else self.room.venue.id

    def sitting(self, channel: str | None) -> Sitting:
        """The time a person spends here, for the rule on overlaps."""
        return Sitting(
            self.code,
            datetime.combine(self.day, self.starts),
            datetime.combine(self.day, self.ends),
            self.venue_id if channel != Channel.ONLINE else None,
            self.title_ar,
            self.title_fr,
        )


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


@dataclass(frozen=True)
class AgendaItem:
    """A workshop in a person's own agenda; `hindrance` is why a waiting person would be passed over now."""

    workshop: WorkshopRow
    registration: RegistrationRow
    hindrance: Refusal | None = None


def list_workshops(session: Session, edition_id: int, ids: Iterable[int] | None = None) -> list[WorkshopRow]:
    """List the programme in order of time; four SQL queries."""
    query = select(Workshop).where(Workshop.edition_id == edition_id)
    if ids is not None:
        query = query.where(Workshop.id.in_(tuple(ids)))
    rows = session.scalars(query.order_by(Workshop.day, Workshop.starts, Workshop.code)).all()
    rooms = {room.id: room for room in list_rooms(session, edition_id)}
    trainers = _trainers(session, edition_id)
    waiting = _waiting(session, edition_id)
    return [_workshop(row, rooms.get(row.room_id or 0), trainers.get(row.id, ()), waiting[row.id]) for row in rows]


def get_workshop(session: Session, edition_id: int, code: str) -> WorkshopRow:
    """Return a workshop by its code.

    Raises:
        Refusal: `workshop_not_found`.

    """
    found = session.execute(
        select(Workshop.id).where(Workshop.edition_id == edition_id, Workshop.code == code.upper())
    ).scalar()
    if found is None:
        raise Refusal("workshop_not_found", {"workshop": code})
    return list_workshops(session, edition_id, [found])[0]


def ids_by_code(session: Session, edition_id: int) -> dict[str, int]:
    """Return workshop ids by their codes."""
    rows = session.execute(select(Workshop.code, Workshop.id).where(Workshop.edition_id == edition_id))
    return {code: number for code, number in rows}


def list_trainers(session: Session, edition_id: int) -> list[TrainerRow]:
    """List the trainers of an edition in order of their code."""
    rows = session.scalars(select(Trainer).where(Trainer.edition_id == edition_id).order_by(Trainer.code))
    return [_trainer(row) for row in rows]


def list_registrations(session: Session, workshop_id: int) -> list[RegistrationRow]:
    """List all requests of a workshop in the order in which they came, with the places in the queue."""
    rows = session.scalars(
        select(Registration).where(Registration.workshop_id == workshop_id).order_by(Registration.seq)
    ).all()
    return _with_positions(rows)


def list_agenda(session: Session, edition_id: int, person_id: int) -> list[AgendaItem]:
    """List a person's live registrations in order of time, each with its place in the queue and what hinders it."""
    own = session.scalars(
        select(Registration).where(
            Registration.person_id == person_id, Registration.status.in_(("confirmed", "waitlisted"))
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
            Registration.status.in_(("confirmed", "waitlisted")),
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
    seqs = session.execute(
        select(Registration.workshop_id, Registration.seq).where(
            Registration.workshop_id.in_(waiting), Registration.status == "waitlisted"
        )
    ).all()
    ahead = Counter(workshop for workshop, seq in seqs if seq <= waiting[workshop].seq)
    return {row.id: ahead[workshop] for workshop, row in waiting.items()}


def _with_positions(rows: Iterable[Registration]) -> list[RegistrationRow]:
    found = []
    position = 0
    for row in rows:
        waits = row.status == "waitlisted"
        position += waits
        found.append(_registration(row, position if waits else None))
    return found


def _trainers(session: Session, edition_id: int) -> dict[int, tuple[TrainerRow, ...]]:
    rows = session.execute(
        select(WorkshopTrainer.workshop_id, Trainer)
        .join(Trainer, Trainer.id == WorkshopTrainer.trainer_id)
        .where(Trainer.edition_id == edition_id)
        .order_by(WorkshopTrainer.position)
    )
    found: dict[int, list[TrainerRow]] = defaultdict(list)
    for workshop_id, trainer in rows:
        found[workshop_id].append(_trainer(trainer))
    return {workshop: tuple(trainers) for workshop, trainers in found.items()}


def _waiting(session: Session, edition_id: int) -> Counter[int]:
    rows = session.execute(
        select(Registration.workshop_id, func.count())
        .where(Registration.edition_id == edition_id, Registration.status == "waitlisted")
        .group_by(Registration.workshop_id)
    )
    return Counter({workshop: number for workshop, number in rows})


def _trainer(row: Trainer) -> TrainerRow:
    return TrainerRow(row.id, row.code, row.name_ar, row.name_fr, row.gender)


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
    )


def _workshop(row: Workshop, room: RoomRow | None, trainers: tuple[TrainerRow, ...], waiting: int) -> WorkshopRow:
    return WorkshopRow(
        row.id,
        row.code,
        row.title_ar,
        row.title_fr,
        row.kind,
        row.mode,
        row.day,
        row.starts,
        row.ends,
        row.credit_minutes,
        Places(row.places_onsite, row.places_online, row.taken_onsite, row.taken_online),
        row.opens,
        row.closes,
        row.join_url,
        room,
        trainers,
        waiting,
    )
