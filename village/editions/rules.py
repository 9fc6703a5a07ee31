"""What an edition is: its states, its phases, and the values that describe it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime, time

DAY_CLOSED = "day.closed"
"""The line that closes a day of the fair in the log, and the reason of the seal that follows it."""
GRACE = timedelta(minutes=30)
"""How long after its closing hour a day stays open in the log: the last scans of the gates still belong to it."""


class Status(StrEnum):
    """The life of an edition: it only moves forward, and closing freezes the results."""

    DRAFT = "draft"
    OPEN = "open"
    RUNNING = "running"
    CLOSED = "closed"
    ARCHIVED = "archived"


_ORDER = list(Status)


def why_not_move(now: Status, to: Status) -> Refusal | None:
    """Object to a change of status that skips a step or goes back."""
    if _ORDER.index(to) == _ORDER.index(now) + 1:
        return None
    return Refusal("edition_status_order", {"now": str(now), "to": str(to)})


@dataclass(frozen=True)
class Fitting:
    """Something that a room may have, by its code, with its name in three languages."""

    code: str
    ar: str
    fr: str
    en: str

    def name(self, lang: Literal["ar", "fr", "en"]) -> str:
        """The name in one language."""
        return {"ar": self.ar, "fr": self.fr, "en": self.en}[lang]


EQUIPMENT: Mapping[str, Fitting] = MappingProxyType(
    {
        each.code: each
        for each in (
            Fitting("accessible", "ولوج بلا درج", "Accès de plain-pied", "Step-free access"),
            Fitting("projector", "جهاز عرض", "Vidéoprojecteur", "Projector"),
            Fitting("sound", "مكبر الصوت", "Sonorisation", "Sound system"),
            Fitting("board", "سبورة", "Tableau", "Board"),
            Fitting("tables", "طاولات للعمل", "Tables de travail", "Work tables"),
            Fitting("computers", "حواسيب", "Ordinateurs", "Computers"),
            Fitting("internet", "اتصال بالأنترنت", "Connexion internet", "Internet connection"),
            Fitting("streaming", "كاميرا وبث مباشر", "Caméra et diffusion en direct", "Camera and live stream"),
            Fitting("interpreting", "أجهزة الترجمة الفورية", "Interprétation simultanée", "Simultaneous interpreting"),
            Fitting("kitchen", "مطبخ للتطبيق", "Cuisine pour la pratique", "Kitchen for practice"),
        )
    }
)
"""What rooms have and sessions need, by code; codes are kept in the database and never change."""


LARGEST_ROOM = 100_000
"""Seats of the largest room that is believed."""
_ROOM_CODE = re.compile(r"[A-Z][A-Z0-9-]{0,9}")


def fittings(codes: str) -> tuple[str, ...]:
    """Read codes as the database keeps them, with commas between."""
    return tuple(code for code in codes.split(",") if code)


@dataclass(frozen=True)
class NewRoom:
    """A room of a venue; capacity in seats, `equipment` as codes of `EQUIPMENT` with commas between."""

    code: str
    name_ar: str
    name_fr: str
    capacity: int
    equipment: str = ""


def list_room_objections(room: NewRoom, codes: Iterable[str]) -> list[Refusal]:
    """List what stands against a room, where rooms of the given codes are there already."""
    objections = []
    if not _ROOM_CODE.fullmatch(room.code):
        objections.append(Refusal("room_code_wrong", {"room": room.code, "example": "M3"}))
    if room.code in set(codes):
        objections.append(Refusal("room_code_taken", {"room": room.code}))
    if not (room.name_ar or room.name_fr):
        objections.append(Refusal("room_name_missing", {"room": room.code}))
    unknown = [code for code in fittings(room.equipment) if code not in EQUIPMENT]
    objections += [Refusal("equipment_unknown", {"word": code}) for code in unknown]
    if not 0 < room.capacity <= LARGEST_ROOM:
        objections.append(Refusal("room_capacity_wrong", {"room": room.code}))
    return objections


@dataclass(frozen=True)
class NewVenue:
    """A place of the fair, with its rooms. A venue without commune is online."""

    code: str
    city_ar: str
    city_fr: str
    name_ar: str
    name_fr: str
    commune_code: str | None
    rooms: tuple[NewRoom, ...]


@dataclass(frozen=True)
class NewDay:
    """A day of the fair, in local time."""

    date: date
    opens: time
    closes: time


@dataclass(frozen=True)
class NewPhase:
    """A stretch of the preparation or of the fair, in local wall time."""

    kind: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class NewCeremony:
    """An opening, awards, draw or closing ceremony, in local time."""

    code: str
    kind: str
    date: date
    starts: time
    venue: str
    title_ar: str
    title_fr: str


@dataclass(frozen=True)
class NewPartner:
    """An organiser, partner or guest; `protocol_order` is the order on every document."""

    code: str
    name_ar: str
    name_fr: str
    kind: str
    protocol_order: int


@dataclass(frozen=True)
class NewEdition:
    """Everything needed to open an edition."""

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
    demonstration: bool
    days: tuple[NewDay, ...]
    phases: tuple[NewPhase, ...]
    venues: tuple[NewVenue, ...]
    travel: tuple[tuple[str, str, int], ...]
    breaks: tuple[tuple[str, date, time, time], ...]
    ceremonies: tuple[NewCeremony, ...]
    partners: tuple[NewPartner, ...]


def name_of_day(edition_code: str, day: date) -> str:
    """Name a day of the fair as the log does."""
    return f"day:{edition_code}:{day.isoformat()}"
