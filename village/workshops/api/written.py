"""Rows as programs read them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from village.kit.clock import instant
from village.workshops.rules import Channel
from village.workshops.rules.kinds import registers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village.editions.queries import EditionView, RoomRow
    from village.workshops.queries import TrackRow, TrainerRow, WorkshopRow
    from village.workshops.queries.openings import Opening
    from village.workshops.queries.single import SingleRequest


def texts(ar: str, fr: str) -> dict[str, str]:
    """Write a text in both languages."""
    return {"ar": ar, "fr": fr}


def at(moment: datetime | None) -> str | None:
    """Write an instant as RFC 3339 in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def edition(view: EditionView) -> dict[str, Any]:
    """Write the edition."""
    return {
        "code": view.code,
        "number": view.number,
        "name": texts(view.name_ar, view.name_fr),
        "zone": view.zone,
        "starts_on": view.starts_on.isoformat(),
        "ends_on": view.ends_on.isoformat(),
    }


def session(view: EditionView, row: WorkshopRow, page: str) -> dict[str, Any]:
    """Write a session; `page` is the address of its page."""
    return {
        "code": row.code,
        "status": row.status,
        "version": row.version,
        "title": texts(row.title_ar, row.title_fr),
        "aims": texts(row.aims_ar, row.aims_fr),
        "kind": row.kind,
        "track": row.track.code if row.track else None,
        "theme": row.theme or None,
        "languages": list(row.langs),
        "mode": row.mode,
        "day": row.day.isoformat(),
        "starts": f"{row.starts:%H:%M}",
        "ends": f"{row.ends:%H:%M}",
        "starts_at": at(instant(row.day, row.starts, view.zone)),
        "ends_at": at(instant(row.day, row.ends, view.zone)),
        "room": _room(row.room) if row.room else None,
        "trainers": [_trainer(each) for each in row.trainers],
        "audience": row.audience,
        "registers": registers(row.kind),
        "certificate_minutes": row.credit_minutes,
        "page": page,
    }


def track(row: TrackRow) -> dict[str, Any]:
    """Write a track."""
    return {
        "code": row.code,
        "name": texts(row.name_ar, row.name_fr),
        "organiser": texts(row.organiser_ar, row.organiser_fr),
    }


def trainer(row: TrainerRow, sessions: Sequence[str]) -> dict[str, Any]:
    """Write what the public may know of a trainer."""
    return {
        **_trainer(row),
        "role": texts(row.role_ar, row.role_fr),
        "profile": texts(row.profile_ar, row.profile_fr),
        "sessions": list(sessions),
    }


def opening(row: Opening, now: datetime) -> dict[str, Any]:
    """Write how full a session is."""
    return {
        "code": row.code,
        "state": row.state(now) if registers(row.kind) else "not_needed",
        "opens": at(row.opens),
        "closes": at(row.closes),
        "onsite": _channel(row, Channel.ONSITE),
        "online": _channel(row, Channel.ONLINE),
        "left": row.places.all_left,
        "waiting": row.waiting,
    }


def request(row: SingleRequest, person: str) -> dict[str, Any]:
    """Write a request for a place; `person` is the person's code."""
    return {
        "number": row.id,
        "session": row.workshop,
        "person": person,
        "status": row.status,
        "channel": row.channel,
        "wish": row.wish,
        "via": row.via,
        "position": row.position,
        "offered_until": at(row.offered_until) if row.status == "offered" else None,
        "requested_at": at(row.requested_at),
        "decided_at": at(row.decided_at),
    }


def _channel(row: Opening, channel: Channel) -> dict[str, int] | None:
    capacity = row.capacity(channel)
    if not capacity:
        return None
    return {"capacity": capacity, "left": row.places.left(channel), "reserved": row.reserved.get(channel, 0)}


def _trainer(row: TrainerRow) -> dict[str, Any]:
    return {"code": row.code, "name": texts(row.name_ar, row.name_fr)}


def _room(row: RoomRow) -> dict[str, Any]:
    venue = row.venue
    return {
        "code": row.code,
        "name": texts(row.name_ar, row.name_fr),
        "venue": {
            "code": venue.code,
            "city": texts(venue.city_ar, venue.city_fr),
            "name": texts(venue.name_ar, venue.name_fr),
            "online": venue.is_online,
        },
    }
