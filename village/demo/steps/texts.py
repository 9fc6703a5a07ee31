"""What the organisers of the demonstration wrote beside the given data: tracks, aims, profiles, equipment, minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village.checkin.queries import count_attendance
from village.editions.queries import list_rooms
from village.editions.rules import NewRoom
from village.workshops.actions.minutes import close_minutes, write_minutes
from village.workshops.actions.rooms import change_room
from village.workshops.actions.sessions import edit_session
from village.workshops.actions.tracks import add_track
from village.workshops.actions.trainers import edit_trainer
from village.workshops.queries import ids_by_code, list_trainers, list_workshops
from village.workshops.rules.sessions import MinutesText, SessionText, TrackText, TrainerText

if TYPE_CHECKING:
    from village.demo.stage import Stage
    from village.kit.deeds import Deed

FILE = "programme_texts.json"


def write_texts(stage: Stage, deed: Deed) -> int:
    """Write what the sessions are about, after they came in. Returns the number of tracks."""
    texts = _texts(stage)
    if not texts["sessions"]:
        return 0
    tracks = [add_track(deed, edition_id=stage.edition_id, text=TrackText(**each)) for each in texts["tracks"]]
    for room in list_rooms(deed.session, stage.edition_id):
        seen = NewRoom(room.code, room.name_ar, room.name_fr, room.capacity, ",".join(room.equipment))
        held = ",".join(texts["rooms"].get(room.code, ()))
        fitted = NewRoom(room.code, room.name_ar, room.name_fr, room.capacity, held)
        change_room(deed, edition_id=stage.edition_id, code=room.code, seen=seen, room=fitted)
    for trainer in list_trainers(deed.session, stage.edition_id):
        named = {"name_ar": trainer.name_ar, "name_fr": trainer.name_fr, "gender": trainer.gender}
        text = TrainerText(**named, **texts["trainers"].get(trainer.code, {}))
        edit_trainer(deed, trainer_id=trainer.id, text=text, expected=trainer.version)
    for row in list_workshops(deed.session, stage.edition_id):
        own = dict(texts["sessions"].get(row.code, {}))
        words = SessionText(
            row.title_ar,
            row.title_fr,
            row.kind,
            row.mode,
            credit_minutes=row.credit_minutes,
            places_onsite=row.places.onsite,
            places_online=row.places.online,
            **_session(own, tracks),
        )
        edit_session(deed, workshop_id=row.id, text=words, expected=row.version)
    return len(tracks)


def write_minutes_of_sessions(stage: Stage, deed: Deed) -> int:
    """Write and close the minutes of the sessions that ask for them. Returns their number."""
    ids = ids_by_code(deed.session, stage.edition_id)
    came = count_attendance(deed.session, stage.edition_id)
    minutes = _texts(stage)["minutes"]
    for code, words in minutes.items():
        text = MinutesText(attended=came.get(ids[code]), **words)
        write_minutes(deed, workshop_id=ids[code], text=text, expected=0)
        close_minutes(deed, workshop_id=ids[code])
    return len(minutes)


def _session(own: dict[str, Any], tracks: list[str]) -> dict[str, Any]:
    number = own.pop("track", 0)
    return {
        **own,
        "track": tracks[number - 1] if number else "",
        "langs": tuple(own.get("langs", ("ar",))),
        "equipment": tuple(own.get("equipment", ())),
    }


def _texts(stage: Stage) -> dict[str, Any]:
    """Read the words; another fair in the same format may bring none."""
    none: dict[str, Any] = {"tracks": [], "rooms": {}, "sessions": {}, "trainers": {}, "minutes": {}}
    return none | stage.source.json(FILE) if (stage.source.folder / FILE).exists() else none
