"""Where organisers write who carries the programme: its tracks and its trainers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from village.kit.db import db
from village.kit.guard import requires
from village.kit.web import deed
from village.people.rules import show_phone
from village.workshops import queries
from village.workshops.actions.tracks import add_track, edit_track
from village.workshops.actions.trainers import add_trainer, edit_trainer
from village.workshops.forms.programme import TrackForm, TrainerForm
from village.workshops.pages import base
from village.workshops.pages.editing import edit
from village.workshops.pages.manage import EVERY, FORM, LEFT, LONG, RIGHT, Thing, in_lang, kept, show_list
from village.workshops.queries.programme import get_track, get_trainer
from village.workshops.rules.sessions import TrackText, TrainerText

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.kit.db import Json
    from village.workshops.queries import TrackRow, TrainerRow

bp = base.bp


@bp.get("/programme/manage/tracks")
@requires("programme.manage")
def manage_tracks() -> Response:
    """List the tracks."""
    edition, session = base.the_edition(), db.session()
    held = [row.track.id for row in queries.list_workshops(session, edition.id, statuses=EVERY) if row.track]
    things: list[Thing] = [
        (
            url_for(".change_track", code=each.code),
            (each.name_ar, each.name_fr),
            (each.organiser_ar, each.organiser_fr),
            held.count(each.id),
        )
        for each in queries.list_tracks(session, edition.id)
    ]
    return show_list(_("Tracks"), things, (url_for(".new_track"), _("Add a track")))


@bp.route("/programme/manage/tracks/new", methods=["GET", "POST"])
@requires("programme.manage")
def new_track() -> AnyResponse:
    """Add a track."""

    def save(values: dict[str, Json]) -> None:
        with deed() as doing:
            add_track(doing, edition_id=base.the_edition().id, text=TrackText(**values))  # type: ignore[arg-type]

    answer = edit(FORM, TrackForm, _blank(TrackText()), save, title=_("Add a track"), **_track_page())
    return answer or kept(url_for(".manage_tracks"))


@bp.route("/programme/manage/tracks/<code>", methods=["GET", "POST"])
@requires("programme.manage")
def change_track(code: str) -> AnyResponse:
    """Write what a track is, and its report."""
    row = get_track(db.session(), base.the_edition().id, code)

    def save(values: dict[str, Json]) -> None:
        with deed() as doing:
            edit_track(doing, track_id=row.id, text=TrackText(**values), expected=row.version)  # type: ignore[arg-type]

    answer = edit(
        FORM,
        TrackForm,
        _values(row, TrackText()),
        save,
        thing=row.code,
        title=in_lang(row.name_ar, row.name_fr),
        links=[(url_for(".track", code=row.code), _("As everybody sees it"), "calendar")],
        **_track_page(),
    )
    return answer or kept(url_for(".manage_tracks"))


@bp.get("/programme/manage/trainers")
@requires("programme.manage")
def manage_trainers() -> Response:
    """List the trainers."""
    edition, session = base.the_edition(), db.session()
    rows = queries.list_workshops(session, edition.id, statuses=EVERY)
    led = [each.id for row in rows for each in row.trainers]
    things: list[Thing] = [
        (
            url_for(".change_trainer", code=each.code),
            (each.name_ar, each.name_fr),
            (each.role_ar, each.role_fr),
            led.count(each.id),
        )
        for each in queries.list_trainers(session, edition.id)
    ]
    return show_list(_("Trainers"), things, (url_for(".new_trainer"), _("Add a trainer")))


@bp.route("/programme/manage/trainers/new", methods=["GET", "POST"])
@requires("programme.manage")
def new_trainer() -> AnyResponse:
    """Add a trainer."""

    def save(values: dict[str, Json]) -> None:
        with deed() as doing:
            add_trainer(doing, edition_id=base.the_edition().id, text=TrainerText(**values))  # type: ignore[arg-type]

    answer = edit(FORM, TrainerForm, _blank(TrainerText()), save, title=_("Add a trainer"), **_trainer_page())
    return answer or kept(url_for(".manage_trainers"))


@bp.route("/programme/manage/trainers/<code>", methods=["GET", "POST"])
@requires("programme.manage")
def change_trainer(code: str) -> AnyResponse:
    """Write who a trainer is."""
    row = get_trainer(db.session(), base.the_edition().id, code)
    now = _values(row, TrainerText()) | {"phone": show_phone(row.phone) if row.phone else "", "email": row.email or ""}

    def save(values: dict[str, Json]) -> None:
        with deed() as doing:
            text = TrainerText(**values)  # type: ignore[arg-type]
            edit_trainer(doing, trainer_id=row.id, text=text, expected=row.version)

    answer = edit(
        FORM,
        TrainerForm,
        now,
        save,
        thing=row.code,
        title=in_lang(row.name_ar, row.name_fr),
        links=[(url_for(".trainer", code=row.code), _("As everybody sees it"), "calendar")],
        **_trainer_page(),
    )
    return answer or kept(url_for(".manage_trainers"))


def _track_page() -> dict[str, Any]:
    return {
        "back": (url_for(".manage_tracks"), _("Tracks")),
        "parts": [
            (_("The track"), (("name_ar", RIGHT), ("name_fr", LEFT), ("organiser_ar", RIGHT), ("organiser_fr", LEFT))),
            (_("Report, shown to everybody once written"), (("report_ar", RIGHT | LONG), ("report_fr", LEFT | LONG))),
        ],
    }


def _trainer_page() -> dict[str, Any]:
    return {
        "back": (url_for(".manage_trainers"), _("Trainers")),
        "parts": [
            (
                _("Shown to everybody"),
                (
                    ("name_ar", RIGHT),
                    ("name_fr", LEFT),
                    ("role_ar", RIGHT),
                    ("role_fr", LEFT),
                    ("profile_ar", RIGHT | LONG),
                    ("profile_fr", LEFT | LONG),
                ),
            ),
            (_("For the organisers alone"), (("phone", LEFT), ("email", LEFT), ("gender", {}))),
        ],
    }


def _blank(text: TrackText | TrainerText) -> dict[str, Json]:
    return {name: getattr(text, name) for name in text.__slots__}


def _values(row: TrackRow | TrainerRow, text: TrackText | TrainerText) -> dict[str, Json]:
    return {name: getattr(row, name) for name in text.__slots__}
