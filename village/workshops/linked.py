"""Sessions as linked data (schema.org Event), which search engines and calendars of towns read off the pages."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from village.kit.clock import zone
from village.kit.i18n import pick
from village.workshops.calendars import categories, place, uid
from village.workshops.rules import registers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village.editions.queries import EditionView, PartnerRow, RoomRow
    from village.kit.i18n import Lang
    from village.workshops.calendars import Addresses
    from village.workshops.queries import TrainerRow, WorkshopRow

SCHEMA = "https://schema.org"
_MODES = {
    "onsite": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}


def linked_programme(
    edition: EditionView,
    rows: Sequence[WorkshopRow],
    organisers: Sequence[PartnerRow],
    lang: Lang,
    addresses: Addresses,
) -> dict[str, Any]:
    """Return sessions as one graph; instants are written with their offset. Who leads stands on each session's page."""
    return {"@context": SCHEMA, "@graph": [_event(edition, row, organisers, lang, addresses) for row in rows]}


def linked_session(
    edition: EditionView, row: WorkshopRow, organisers: Sequence[PartnerRow], lang: Lang, addresses: Addresses
) -> dict[str, Any]:
    """Return one session by itself."""
    return {"@context": SCHEMA, **_event(edition, row, organisers, lang, addresses), **_more(row, lang, addresses)}


def written(data: dict[str, Any]) -> Markup:
    """Write linked data for a script of a page: letters as they are, and nothing that ends it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(safe)  # noqa: S704 - without the signs of HTML


def _event(
    edition: EditionView, row: WorkshopRow, organisers: Sequence[PartnerRow], lang: Lang, addresses: Addresses
) -> dict[str, Any]:
    wall, link = zone(edition.zone), addresses.session.format(code=row.code)
    title, found = pick(lang, row.title_ar, row.title_fr)
    spoken = list(row.langs) or [found]
    off = row.status == "cancelled"
    return {
        "@type": "EducationEvent" if row.kind in {"training", "awareness"} else "Event",
        "identifier": uid(edition, row),
        "name": title,
        "inLanguage": spoken if len(spoken) > 1 else spoken[0],
        "startDate": datetime.combine(row.day, row.starts, tzinfo=wall).isoformat(),
        "endDate": datetime.combine(row.day, row.ends, tzinfo=wall).isoformat(),
        "eventStatus": f"{SCHEMA}/{'EventCancelled' if off else 'EventScheduled'}",
        "eventAttendanceMode": f"{SCHEMA}/{_MODES[row.mode]}",
        "location": _where(row, lang, link),
        "organizer": _organisers(edition, row, organisers, lang, addresses),
        "url": link,
        "isAccessibleForFree": True,
        **({"offers": _offer(row, link)} if registers(row.kind) else {}),
    }


def _more(row: WorkshopRow, lang: Lang, addresses: Addresses) -> dict[str, Any]:
    """Return what only the session's own page tells, so that the programme stays light: title, leaders, places."""
    title, _found = pick(lang, row.title_ar, row.title_fr)
    names = [name for name in (row.title_ar, row.title_fr) if name and name != title]
    people = [_person(each, lang, addresses) for each in row.trainers]
    aims = pick(lang, row.aims_ar, row.aims_fr)[0]
    words = categories(row, lang)
    return {
        **({"alternateName": names[0]} if names else {}),
        **({"performer": people} if people else {}),
        **({"description": aims} if aims else {}),
        **({"keywords": words} if words else {}),
        "maximumAttendeeCapacity": row.capacity,
        "remainingAttendeeCapacity": row.places.all_left,
    }


def _person(trainer: TrainerRow, lang: Lang, addresses: Addresses) -> dict[str, Any]:
    """Return who leads, as everybody may know them."""
    role = pick(lang, trainer.role_ar, trainer.role_fr)[0]
    return {
        "@type": "Person",
        "name": pick(lang, trainer.name_ar, trainer.name_fr)[0],
        "url": addresses.session.format(code=f"trainers/{trainer.code}"),
        **({"jobTitle": role} if role else {}),
    }


def _where(row: WorkshopRow, lang: Lang, link: str) -> list[dict[str, Any]]:
    """Return the room, the place online (the page: links to join are given to those registered alone), or both."""
    found: list[dict[str, Any]] = []
    if row.room is not None and not row.room.venue.is_online:
        found.append(_room(row.room, lang))
    if row.mode != "onsite":
        found.append({"@type": "VirtualLocation", "url": link})
    nowhere = {"@type": "PostalAddress", "addressCountry": "MA"}
    return found or [{"@type": "Place", "name": place(row, lang), "address": nowhere}]


def _room(room: RoomRow, lang: Lang) -> dict[str, Any]:
    venue = room.venue
    names = (pick(lang, room.name_ar, room.name_fr)[0], pick(lang, venue.name_ar, venue.name_fr)[0])
    return {
        "@type": "Place",
        "name": ("، " if lang == "ar" else ", ").join(name for name in names if name),
        "address": {
            "@type": "PostalAddress",
            "addressLocality": pick(lang, venue.city_ar, venue.city_fr)[0],
            "addressCountry": "MA",
        },
    }


def _organisers(
    edition: EditionView, row: WorkshopRow, partners: Sequence[PartnerRow], lang: Lang, addresses: Addresses
) -> list[dict[str, Any]]:
    """Return the organiser of the session's track, else those of the fair; before any is typed, the fair itself."""
    own = pick(lang, row.track.organiser_ar, row.track.organiser_fr)[0] if row.track else ""
    names = [own] if own else [pick(lang, each.name_ar, each.name_fr)[0] for each in partners]
    names = names or [pick(lang, edition.name_ar, edition.name_fr, edition.name_en)[0]]
    home = addresses.session.partition("/programme/")[0] + "/"
    return [{"@type": "Organization", "name": name, "url": home} for name in names]


def _offer(row: WorkshopRow, link: str) -> dict[str, Any]:
    """Return the free place; on a full session's page one joins the waiting list, in a cancelled one there is none."""
    state = "Discontinued" if row.status == "cancelled" else "InStock" if row.places.all_left else "SoldOut"
    offer: dict[str, Any] = {
        "@type": "Offer",
        "price": 0,
        "priceCurrency": "MAD",
        "availability": f"{SCHEMA}/{state}",
        "url": f"{link}/register",
    }
    if row.opens is not None:
        offer["validFrom"] = row.opens.isoformat()
    if row.closes is not None:
        offer["validThrough"] = row.closes.isoformat()
    return offer
