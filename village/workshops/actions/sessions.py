"""Sessions of the programme: add one, write what it is about. When and where it is held is moved on the board."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from village.audit.actions import record
from village.editions.queries import get_edition, list_days, list_rooms
from village.kit.clock import instant
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.workshops.actions.codes import give_code
from village.workshops.actions.places import change_places
from village.workshops.models import Registration, Track, Workshop
from village.workshops.rules.editing import list_changed
from village.workshops.rules.places import Mode, Places
from village.workshops.rules.sessions import (
    LONGEST_MINUTES,
    SessionText,
    list_taken_objections,
    list_text_objections,
)

if TYPE_CHECKING:
    from village.kit.deeds import Deed

_LIVE = ("confirmed", "offered", "waitlisted")
_MORNING = time(10)


def add_session(deed: Deed, *, edition_id: int, text: SessionText, minutes: int) -> str:
    """Add a session as a draft: nobody sees it before it is put on the board and published.

    Args:
        deed: the transaction.
        edition_id: the fair.
        text: what is written of it.
        minutes: how long it lasts, 15 to 720.

    Returns:
        its code.

    Raises:
        Refusal: `edition_not_found`, `session_length_wrong`; else every objection to the text at once.

    """
    tracks = _tracks(deed, edition_id)
    text = text.settled()
    if objections := list_text_objections(text, "", tracks):
        raise Refusal.of(objections)
    if not 15 <= minutes <= LONGEST_MINUTES:  # noqa: PLR2004 - a quarter of an hour, the step of the board
        raise Refusal("session_length_wrong", {"minutes": minutes})
    edition = get_edition(deed.session, edition_id)
    code = give_code(deed, edition_id, Workshop)
    days = list_days(deed.session, edition_id)
    day = days[0].date if days else edition.starts_on
    # Where it waits on the board until somebody places it.
    starts = datetime.combine(day, _MORNING)
    ends = min(starts + timedelta(minutes=minutes), datetime.combine(day, time(23, 45)))
    row = Workshop(
        edition_id=edition_id,
        code=code,
        day=day,
        starts=starts.time(),
        ends=ends.time(),
        closes=instant(day, ends.time(), edition.zone),
        status="draft",
        places_onsite=text.places_onsite,
        places_online=text.places_online,
    )
    _write(row, text, tracks)
    deed.session.add(row)
    deed.session.flush()
    record(deed, "session.added", f"workshop:{code}", {"workshop": code, "kind": text.kind})
    return code


def edit_session(deed: Deed, *, workshop_id: int, text: SessionText, expected: int) -> list[str]:
    """Write what a session is about.

    Added places go at once to those who wait. Held in another way it leaves a room that does not fit, and waits on the
    board for one that does: nobody holds a place in the room then. The session's version is raised: calendars that
    follow the programme take the new words over.

    Args:
        deed: the transaction.
        workshop_id: which session.
        text: all of its text.
        expected: the version that the editor saw.

    Returns:
        the names of what changed; nothing is written where nothing did.

    Raises:
        Refusal: `workshop_not_found`; `changed_meanwhile` at another version; else every objection at once, among
            them `room_too_small`, `session_has_registrations`, `session_channel_taken`.

    """
    row = locked(deed.session, Workshop, workshop_id)
    if row is None:
        raise Refusal("workshop_not_found", {"workshop": workshop_id})
    if row.version != expected:
        raise Refusal("changed_meanwhile", {"thing": row.code})
    tracks = _tracks(deed, row.edition_id)
    text, before = text.settled(), text_of(row, {number: code for code, number in tracks.items()})
    changed = list_changed(before.values(), text.values())
    if not changed:
        return []
    objections = [
        *list_text_objections(text, row.code, tracks),
        *list_taken_objections(text, row.code, _places(row), _count_live(deed, workshop_id)),
        *_why_not_room(deed, row, text),
    ]
    if objections:
        raise Refusal.of(objections)
    _write(row, text, tracks)
    if "mode" in changed:
        _leave_room(deed, row)
    row.version += 1
    deed.session.flush()
    if (row.places_onsite, row.places_online) != (text.places_onsite, text.places_online):
        change_places(deed, workshop_id=workshop_id, onsite=text.places_onsite, online=text.places_online)
    record(deed, "session.edited", f"workshop:{row.code}", {"workshop": row.code, "changed": list(changed)})
    return changed


def text_of(row: Workshop, tracks: dict[int, str]) -> SessionText:
    """Read the text of a session; `tracks` gives codes by id."""
    return SessionText(
        row.title_ar,
        row.title_fr,
        row.kind,
        row.mode,
        row.theme,
        tracks.get(row.track_id or 0, ""),
        tuple(code for code in row.langs.split(",") if code),
        row.aims_ar,
        row.aims_fr,
        tuple(code for code in row.equipment.split(",") if code),
        row.credit_minutes,
        row.places_onsite,
        row.places_online,
        row.join_url,
    )


def _write(row: Workshop, text: SessionText, tracks: dict[str, int]) -> None:
    """Write everything but the places, which belong to those who wait as well."""
    for name in ("title_ar", "title_fr", "kind", "mode", "theme", "aims_ar", "aims_fr", "credit_minutes", "join_url"):
        setattr(row, name, getattr(text, name))
    row.track_id = tracks.get(text.track)
    row.langs, row.equipment = ",".join(text.langs), ",".join(text.equipment)


def _tracks(deed: Deed, edition_id: int) -> dict[str, int]:
    rows = deed.session.execute(select(Track.code, Track.id).where(Track.edition_id == edition_id))
    return {code: number for code, number in rows}


def _places(row: Workshop) -> Places:
    return Places(row.places_onsite, row.places_online, row.taken_onsite, row.taken_online)


def _count_live(deed: Deed, workshop_id: int) -> int:
    query = select(func.count()).where(Registration.workshop_id == workshop_id, Registration.status.in_(_LIVE))
    return deed.session.scalar(query) or 0


def _leave_room(deed: Deed, row: Workshop) -> None:
    """Take a session out of a room of bricks where it is online now, out of an online one where it no longer is."""
    room = next((each for each in list_rooms(deed.session, row.edition_id) if each.id == row.room_id), None)
    if room is not None and room.venue.is_online != (row.mode == Mode.ONLINE):
        row.room_id = row.venue_id = None


def _why_not_room(deed: Deed, row: Workshop, text: SessionText) -> list[Refusal]:
    """Object to more places than the room has seats. Online rooms hold whoever the platform lets in."""
    room = next((each for each in list_rooms(deed.session, row.edition_id) if each.id == row.room_id), None)
    if room is None or room.venue.is_online or text.places_onsite <= room.capacity:
        return []
    return [Refusal("room_too_small", {"workshop": row.code, "capacity": text.places_onsite, "seats": room.capacity})]
