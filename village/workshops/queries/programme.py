"""Reads of the programme: sessions with their rooms, trainers and how full they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from village.editions.queries import RoomRow, list_rooms
from village.kit.refusal import Refusal
from village.workshops.models import Prerequisite, Registration, Track, Trainer, Workshop, WorkshopTrainer
from village.workshops.rules import Channel, Places, Sitting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

_MINUTES = 60
PUBLIC = ("planned", "cancelled")
"""States of sessions that everybody may see: a cancelled one stays in sight, so that nobody travels for it."""


@dataclass(frozen=True)
class TrackRow:
    """A line of the programme with its organiser."""

    id: int
    code: str
    name_ar: str
    name_fr: str
    organiser_ar: str = ""
    organiser_fr: str = ""
    report_ar: str = ""
    report_fr: str = ""
    version: int = 1


@dataclass(frozen=True)
class TrainerRow:
    """A trainer as the programme names one. Telephone and e-mail are for the organisers alone."""

    id: int
    code: str
    name_ar: str
    name_fr: str
    gender: str
    role_ar: str = ""
    role_fr: str = ""
    profile_ar: str = ""
    profile_fr: str = ""
    phone: str | None = None
    email: str | None = None
    link_version: int = 1
    version: int = 1


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
    track: TrackRow | None = None
    theme: str = ""
    langs: tuple[str, ...] = ("ar",)
    aims_ar: str = ""
    aims_fr: str = ""
    equipment: tuple[str, ...] = ()
    status: str = "planned"
    version: int = 0
    audience: str = "open"
    waiting_mode: str = "promote"
    offer_minutes: int = 1440
    max_per_exhibitor: int | None = None

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


def list_workshops(
    session: Session,
    edition_id: int,
    ids: Iterable[int] | None = None,
    *,
    statuses: Iterable[str] = ("planned",),
) -> list[WorkshopRow]:
    """List the programme in order of time; four SQL queries.

    Sessions that are drafts or cancelled are left out unless `statuses` names them; `ids` names sessions in any
    state.
    """
    query = (
        select(Workshop, Track)
        .outerjoin(Track, Track.id == Workshop.track_id)
        .where(Workshop.edition_id == edition_id)
    )
    query = query.where(Workshop.status.in_(tuple(statuses)) if ids is None else Workshop.id.in_(tuple(ids)))
    rows = session.execute(query.order_by(Workshop.day, Workshop.starts, Workshop.code)).all()
    rooms = {room.id: room for room in list_rooms(session, edition_id)}
    trainers = _trainers(session, edition_id)
    waiting = _waiting(session, edition_id)
    return [
        _workshop(
            row,
            rooms.get(row.room_id or 0),
            trainers.get(row.id, ()),
            waiting[row.id],
            _track(track) if track else None,
        )
        for row, track in rows
    ]


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


def list_tracks(session: Session, edition_id: int) -> list[TrackRow]:
    """List the tracks of an edition in order of their code."""
    rows = session.scalars(select(Track).where(Track.edition_id == edition_id).order_by(Track.code))
    return [_track(row) for row in rows]


def list_trainers(session: Session, edition_id: int) -> list[TrainerRow]:
    """List the trainers of an edition in order of their code."""
    rows = session.scalars(select(Trainer).where(Trainer.edition_id == edition_id).order_by(Trainer.code))
    return [_trainer(row) for row in rows]


def list_required(session: Session, edition_id: int, workshop_id: int) -> list[WorkshopRow]:
    """List the sessions that must be attended before this one, in order of time."""
    query = select(Prerequisite.required_id).where(Prerequisite.workshop_id == workshop_id)
    found = list(session.scalars(query))
    return list_workshops(session, edition_id, found) if found else []


def get_track(session: Session, edition_id: int, code: str) -> TrackRow:
    """Return a track by its code.

    Raises:
        Refusal: `track_not_found`.

    """
    row = session.scalars(select(Track).where(Track.edition_id == edition_id, Track.code == code.upper())).first()
    if row is None:
        raise Refusal("track_not_found", {"track": code})
    return _track(row)


def get_trainer(session: Session, edition_id: int, code: str) -> TrainerRow:
    """Return a trainer by their code.

    Raises:
        Refusal: `this_trainer_not_found`.

    """
    query = select(Trainer).where(Trainer.edition_id == edition_id, Trainer.code == code.upper())
    row = session.scalars(query).first()
    if row is None:
        raise Refusal("this_trainer_not_found", {"trainer": code})
    return _trainer(row)


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


def _track(row: Track) -> TrackRow:
    return TrackRow(
        row.id,
        row.code,
        row.name_ar,
        row.name_fr,
        row.organiser_ar,
        row.organiser_fr,
        row.report_ar,
        row.report_fr,
        row.version,
    )


def _trainer(row: Trainer) -> TrainerRow:
    return TrainerRow(
        row.id,
        row.code,
        row.name_ar,
        row.name_fr,
        row.gender,
        row.role_ar,
        row.role_fr,
        row.profile_ar,
        row.profile_fr,
        row.phone,
        row.email,
        row.link_version,
        row.version,
    )


def _workshop(
    row: Workshop,
    room: RoomRow | None,
    trainers: tuple[TrainerRow, ...],
    waiting: int,
    track: TrackRow | None,
) -> WorkshopRow:
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
        track,
        row.theme,
        tuple(code for code in row.langs.split(",") if code),
        row.aims_ar,
        row.aims_fr,
        tuple(code for code in row.equipment.split(",") if code),
        row.status,
        row.version,
        row.audience,
        row.waiting,
        row.offer_minutes,
        row.max_per_exhibitor,
    )
