"""What an organiser may write of a session, a track, a trainer, a room, and what stands against it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from village.editions.rules import EQUIPMENT
from village.kit.refusal import Refusal
from village.workshops.rules.kinds import KINDS, LANGS, THEMES, in_order, registers
from village.workshops.rules.places import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from village.kit.db import Json
    from village.workshops.rules.places import Places

LONGEST_MINUTES = 12 * 60
"""The longest session, in minutes."""
_LINK = re.compile(r"https://\S+")


@dataclass(frozen=True, slots=True)
class SessionText:
    """All that is written of a session beside its slot: day, hours, room and trainers are moved on the board alone.

    `track` is a code or empty; `langs` and `equipment` are codes; places are by channel.
    """

    title_ar: str
    title_fr: str
    kind: str
    mode: str
    theme: str = ""
    track: str = ""
    langs: tuple[str, ...] = ("ar",)
    aims_ar: str = ""
    aims_fr: str = ""
    equipment: tuple[str, ...] = ()
    credit_minutes: int = 0
    places_onsite: int = 0
    places_online: int = 0
    join_url: str = ""

    def settled(self) -> SessionText:
        """The same with codes in the order of their tables and no places in a channel that is not held."""
        onsite = 0 if self.mode == Mode.ONLINE else self.places_onsite
        online = 0 if self.mode == Mode.ONSITE else self.places_online
        return replace(
            self,
            langs=in_order(self.langs, LANGS),
            equipment=in_order(self.equipment, EQUIPMENT),
            places_onsite=onsite,
            places_online=online,
        )

    def values(self) -> dict[str, Json]:
        """The text as plain values, for forms and for what two editors changed."""
        plain = asdict(self)
        return {**plain, "langs": list(self.langs), "equipment": list(self.equipment)}

    @classmethod
    def of(cls, values: Mapping[str, Json]) -> SessionText:
        """Read the text from plain values."""
        known: dict[str, Any] = {name: value for name, value in values.items() if name in cls.__slots__}
        known["langs"] = tuple(_words(known.get("langs")))
        known["equipment"] = tuple(_words(known.get("equipment")))
        return cls(**known)


@dataclass(frozen=True, slots=True)
class TrackText:
    """What is written of a track."""

    name_ar: str = ""
    name_fr: str = ""
    organiser_ar: str = ""
    organiser_fr: str = ""
    report_ar: str = ""
    report_fr: str = ""


@dataclass(frozen=True, slots=True)
class TrainerText:
    """What is written of a trainer. Telephone (E.164) and e-mail are for the organisers alone."""

    name_ar: str = ""
    name_fr: str = ""
    gender: str = "unknown"
    role_ar: str = ""
    role_fr: str = ""
    profile_ar: str = ""
    profile_fr: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class MinutesText:
    """The minutes of a session as they are written; `attended` is None until somebody counted."""

    rapporteur: str = ""
    attended: int | None = None
    text_ar: str = ""
    text_fr: str = ""
    decisions_ar: str = ""
    decisions_fr: str = ""


def list_text_objections(text: SessionText, workshop: str, tracks: Iterable[str]) -> list[Refusal]:
    """List what stands against the text of a session, whatever its slot. `tracks` are the codes of the edition."""
    facts: dict[str, Json] = {"workshop": workshop}
    objections = []
    if not (text.title_ar or text.title_fr):
        objections.append(Refusal("session_title_missing", facts))
    unknown = [
        word
        for word, known in ((text.kind, KINDS), (text.mode, set(Mode)), (text.theme, THEMES), (text.track, set(tracks)))
        if word and word not in known
    ]
    unknown += [lang for lang in text.langs if lang not in LANGS]
    unknown += [code for code in text.equipment if code not in EQUIPMENT]
    objections += [Refusal("session_word_unknown", facts | {"word": word}) for word in unknown]
    if not text.langs:
        objections.append(Refusal("session_language_missing", facts))
    if min(text.places_onsite, text.places_online, text.credit_minutes) < 0:
        objections.append(Refusal("places_negative", facts))
    if registers(text.kind) and not text.places_onsite + text.places_online:
        objections.append(Refusal("session_without_places", facts))
    if text.join_url and not _LINK.fullmatch(text.join_url):
        objections.append(Refusal("join_link_invalid", facts))
    return objections


def list_taken_objections(text: SessionText, workshop: str, places: Places, live: int) -> list[Refusal]:
    """List what stands against a change of a session in which people hold places already.

    Args:
        text: what is to be.
        workshop: the session's code.
        places: how many places are taken, by channel.
        live: how many requests stand, those on the waiting list among them.

    """
    objections = []
    if live and not registers(text.kind):
        objections.append(Refusal("session_has_registrations", {"workshop": workshop, "n": live}))
    lost = places.taken_onsite if text.mode == Mode.ONLINE else places.taken_online if text.mode == Mode.ONSITE else 0
    if lost:
        objections.append(Refusal("session_channel_taken", {"workshop": workshop, "n": lost}))
    return objections


def why_not_capacity(room: str, capacity: int, planned: Mapping[str, int]) -> Refusal | None:
    """Object to a room with fewer seats than the places of sessions planned in it (by code), naming them."""
    beyond = sorted(code for code, places in planned.items() if places > capacity)
    if not beyond:
        return None
    facts: dict[str, Json] = {"room": room, "capacity": capacity, "workshops": ", ".join(beyond)}
    return Refusal("room_capacity_needed", facts | {"most": max(planned[code] for code in beyond)})


def list_fitting(text: SessionText, rooms: Mapping[str, tuple[int, Iterable[str]]]) -> list[str]:
    """List the rooms that have the seats and the equipment of a session, the one with the fewest idle seats first.

    Args:
        text: what the session needs.
        rooms: seats and equipment by the room's code.

    """
    needed = set(text.equipment)
    wide = {code: held for code, (seats, held) in rooms.items() if seats >= text.places_onsite}
    fitting = [(rooms[code][0], code) for code, held in wide.items() if needed <= set(held)]
    return [code for _seats, code in sorted(fitting)]


def why_not_close(text: MinutesText, workshop: str) -> Refusal | None:
    """Object to closing minutes in which nothing is written, or None."""
    return None if text.text_ar or text.text_fr else Refusal("minutes_empty", {"workshop": workshop})


def next_code(prefix: str, codes: Iterable[str], digits: int = 2) -> str:
    """Return the code after the highest of some codes: W13 after W12. Other codes do not count."""
    pattern = re.compile(rf"{prefix}(\d+)")
    numbers = [int(found[1]) for found in (pattern.fullmatch(code) for code in codes) if found]
    return f"{prefix}{max(numbers, default=0) + 1:0{digits}d}"


def _words(value: Json) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else []
