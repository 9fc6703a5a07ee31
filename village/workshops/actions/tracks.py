"""Tracks: lines of the programme with their own organiser and report."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from village.audit.actions import record
from village.kit.db import locked
from village.kit.refusal import Refusal
from village.workshops.actions.codes import give_code
from village.workshops.models import Track
from village.workshops.rules.editing import list_changed
from village.workshops.rules.sessions import TrackText

if TYPE_CHECKING:
    from village.kit.deeds import Deed

_NAMES = tuple(TrackText.__slots__)


def add_track(deed: Deed, *, edition_id: int, text: TrackText) -> str:
    """Add a track. Returns its code.

    Raises:
        Refusal: `edition_not_found`, `track_name_missing`.

    """
    _refuse_nameless(text)
    code = give_code(deed, edition_id, Track)
    deed.session.add(Track(edition_id=edition_id, code=code, **asdict(text)))
    deed.session.flush()
    record(deed, "track.added", f"track:{code}", {"track": code})
    return code


def edit_track(deed: Deed, *, track_id: int, text: TrackText, expected: int) -> list[str]:
    """Write what a track is, who organises it, and its report. Returns the names of what changed.

    Raises:
        Refusal: `track_not_found`, `changed_meanwhile`, `track_name_missing`.

    """
    row = locked(deed.session, Track, track_id)
    if row is None:
        raise Refusal("track_not_found", {"track": track_id})
    if row.version != expected:
        raise Refusal("changed_meanwhile", {"thing": row.code})
    _refuse_nameless(text)
    changed = list_changed({name: getattr(row, name) for name in _NAMES}, asdict(text))
    if changed:
        for name in changed:
            setattr(row, name, getattr(text, name))
        row.version += 1
        record(deed, "track.edited", f"track:{row.code}", {"track": row.code, "changed": list(changed)})
    return changed


def _refuse_nameless(text: TrackText) -> None:
    if not (text.name_ar or text.name_fr):
        raise Refusal("track_name_missing")
