"""Where organisers write which rooms there are, and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from village.editions.actions import add_room
from village.editions.queries import list_rooms, list_venues
from village.editions.rules import EQUIPMENT, NewRoom
from village.kit.db import db
from village.kit.guard import requires
from village.kit.refusal import Refusal
from village.kit.web import again, deed, page
from village.workshops import queries
from village.workshops.actions.rooms import change_room
from village.workshops.forms.programme import NewRoomForm, RoomForm
from village.workshops.pages import base
from village.workshops.pages.editing import edit
from village.workshops.pages.manage import FORM, LEFT, RIGHT, Part, Thing, in_lang, kept, show_list, with_equipment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.editions.queries import RoomRow
    from village.kit.db import Json

bp = base.bp
_ROOM: Part = (("name_ar", RIGHT), ("name_fr", LEFT), ("capacity", LEFT), ("equipment", {}))


@bp.get("/programme/manage/rooms")
@requires("programme.manage")
def manage_rooms() -> Response:
    """List the rooms with their seats and equipment."""
    edition, session = base.the_edition(), db.session()
    rows = queries.list_workshops(session, edition.id)
    held = [row.room.id for row in rows if row.room]
    things: list[Thing] = [
        (
            url_for(".change_room_of", code=each.code),
            (each.name_ar, each.name_fr),
            _room_hint(each),
            held.count(each.id),
        )
        for each in list_rooms(session, edition.id)
    ]
    return show_list(_("Rooms"), things, (url_for(".new_room"), _("Add a room")))


@bp.route("/programme/manage/rooms/new", methods=["GET", "POST"])
@requires("programme.manage")
def new_room() -> AnyResponse:
    """Add a room to a venue."""
    edition = base.the_edition()
    form = with_equipment(NewRoomForm())
    venues = list_venues(db.session(), edition.id)
    form.venue.choices = [(each.code, in_lang(each.name_ar, each.name_fr)) for each in venues]
    words: dict[str, Any] = {
        "title": _("Add a room"),
        "back": (url_for(".manage_rooms"), _("Rooms")),
        "parts": [(_("The room"), (("venue", {}), ("code", LEFT), *_ROOM))],
    }
    if not form.is_submitted():
        return page(FORM, form=form, **words)
    if not form.validate():
        return again(FORM, form, **words)
    room = _room((form.code.data or "").upper(), form.data)
    try:
        with deed() as doing:
            add_room(doing, edition_id=edition.id, venue_code=form.venue.data, room=room)
    except Refusal as refusal:
        return again(FORM, form, refusal, **words)
    return kept(url_for(".manage_rooms"))


@bp.route("/programme/manage/rooms/<code>", methods=["GET", "POST"])
@requires("programme.manage")
def change_room_of(code: str) -> AnyResponse:
    """Change a room's names, seats and equipment."""
    edition = base.the_edition()
    row = next((each for each in list_rooms(db.session(), edition.id) if each.code == code.upper()), None)
    if row is None:
        raise Refusal("this_room_not_found", {"room": code})
    now: dict[str, Json] = {
        "name_ar": row.name_ar,
        "name_fr": row.name_fr,
        "capacity": row.capacity,
        "equipment": list(row.equipment),
    }

    def save(values: dict[str, Json]) -> None:
        with deed() as doing:
            seen, room = _room(row.code, now), _room(row.code, values)
            change_room(doing, edition_id=edition.id, code=row.code, seen=seen, room=room)

    answer = edit(
        FORM,
        lambda **given: with_equipment(RoomForm(**given)),
        now,
        save,
        thing=row.code,
        title=f"{row.code} · {in_lang(row.name_ar, row.name_fr)}",
        lead=in_lang(row.venue.name_ar, row.venue.name_fr),
        back=(url_for(".manage_rooms"), _("Rooms")),
        parts=[(_("The room"), _ROOM)],
    )
    return answer or kept(url_for(".manage_rooms"))


def _room(code: str, values: Mapping[str, Any]) -> NewRoom:
    wanted = values["equipment"] or []
    held = ",".join(each for each in EQUIPMENT if each in wanted)
    return NewRoom(code, values["name_ar"] or "", values["name_fr"] or "", values["capacity"] or 0, held)


def _room_hint(row: RoomRow) -> str:
    names = base.equipment()
    parts = [_("%(n)s seats", n=row.capacity), *(names[code] for code in row.equipment if code in names)]
    return " · ".join(parts)
