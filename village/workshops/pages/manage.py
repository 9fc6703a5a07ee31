"""Where organisers write the programme: its sessions. When and where they are held is moved on the board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import current_app, redirect, url_for
from flask_babel import gettext as _

from village.editions.queries import list_rooms
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, page, say_done, say_refused
from village.workshops import queries
from village.workshops.actions.discarding import discard_session
from village.workshops.actions.sessions import add_session, edit_session
from village.workshops.forms.programme import (
    NewSessionForm,
    SessionForm,
)
from village.workshops.pages import base
from village.workshops.pages.editing import edit, typed_in
from village.workshops.queries.minutes import minutes_states
from village.workshops.rules.kinds import asks_minutes
from village.workshops.rules.sessions import SessionText, list_fitting

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.kit.db import Json
    from village.workshops.queries import WorkshopRow

bp = base.bp
# Address, name, what stands below it (in both languages, or said in the reader's), in how many sessions.
Thing = tuple[str, tuple[str, str], tuple[str, str] | str, int]
Part = tuple[tuple[str, dict[str, str]], ...]
FORM = "workshops/manage_form.html"
EVERY = ("draft", "planned", "cancelled")
RIGHT: dict[str, str] = {"lang": "ar", "dir": "rtl"}
LEFT: dict[str, str] = {"lang": "fr", "dir": "ltr"}
_USUAL_MINUTES = 120
LONG: dict[str, str] = {"rows": "6"}
_SESSION_PARTS: Part = (
    ("title_ar", RIGHT), ("title_fr", LEFT), ("kind", {}), ("theme", {}), ("track", {}), ("langs", {}),
)  # fmt: skip
_AIMS: Part = (("aims_ar", RIGHT | LONG), ("aims_fr", LEFT | LONG))
_PLACES: Part = (
    ("mode", {}), ("places_onsite", LEFT), ("places_online", LEFT), ("join_url", LEFT), ("credit_minutes", LEFT),
    ("equipment", {}),
)  # fmt: skip


@bp.get("/programme/manage")
@requires("programme.manage")
def manage() -> Response:
    """Show every session with what is still missing of it, and the way to the board, tracks, trainers and rooms."""
    edition, session = base.the_edition(), db.session()
    rows = queries.list_workshops(session, edition.id, statuses=EVERY)
    return page(
        "workshops/manage.html",
        rows=rows,
        missing={row.id: list_missing(row) for row in rows},
        minutes=minutes_states(session, edition.id),
        asks_minutes=asks_minutes,
        kinds=base.kinds(),
        themes=base.themes(),
        has_board="workshops.board" in current_app.view_functions,
    )


def list_missing(row: WorkshopRow) -> list[str]:
    """Name what readers of the programme will look for in vain."""
    wanted = (
        (row.title_ar, _("Arabic title")),
        (row.title_fr, _("French title")),
        (row.aims_ar or row.aims_fr, _("aims")),
        (row.theme, _("theme")),
        (row.trainers or row.kind == "ceremony", _("trainer")),
        (row.mode == "onsite" or row.join_url, _("link to join")),
    )
    return [name for value, name in wanted if not value]


@bp.route("/programme/manage/sessions/new", methods=["GET", "POST"])
@requires("programme.manage")
def new_session() -> AnyResponse:
    """Add a session; it waits on the board until it has a day and a room."""
    form = _session_form(NewSessionForm)
    words: dict[str, Any] = {
        "title": _("Add a session"),
        "lead": _("It is a draft until it has its day and room on the board and the programme is published."),
        "back": (url_for(".manage"), _("Write the programme")),
        "parts": [
            (_("About the session"), (*_SESSION_PARTS, ("minutes", LEFT))),
            (_("Aims"), _AIMS),
            (_("How one takes part"), _PLACES),
        ],
    }
    if form.is_submitted() and form.validate():
        empty = SessionText("", "", "training", "onsite").values()
        text = SessionText.of({**empty, **typed_in(form, empty)})
        try:
            with deed() as doing:
                code = add_session(
                    doing, edition_id=base.the_edition().id, text=text, minutes=form.minutes.data or 0
                )
        except Refusal as refusal:
            return again(FORM, form, refusal, **words)
        say_done(_("Session %(code)s is added. Give it its day, hours, room and trainers on the board.", code=code))
        return redirect(url_for(".manage"))
    return again(FORM, form, **words) if form.is_submitted() else page(FORM, form=form, **words)


@bp.route("/programme/manage/sessions/<code>", methods=["GET", "POST"])
@requires("programme.manage")
def change_session(code: str) -> AnyResponse:
    """Write what a session is about."""
    edition = base.the_edition()
    row = queries.get_workshop(db.session(), edition.id, code)
    links = [
        (url_for(".workshop", code=row.code), _("As everybody sees it"), "calendar"),
        (url_for(".registration_list", code=row.code), _("Registrations"), "users"),
    ]
    if asks_minutes(row.kind):
        links.append((url_for(".write_session_minutes", code=row.code), _("Minutes"), "log"))
    if "workshops.board" in current_app.view_functions:
        links.append((url_for(".board"), _("Move it on the board"), "plan"))

    def save(values: dict[str, Json]) -> None:
        with deed() as doing:
            edit_session(doing, workshop_id=row.id, text=SessionText.of(values), expected=row.version)

    answer = edit(
        FORM,
        lambda **given: _session_form(SessionForm, **given),
        session_values(row),
        save,
        thing=row.code,
        title=f"{row.code} · {_title(row)}",
        lead=_("Day, hours, room and trainers are changed on the board."),
        back=(url_for(".manage"), _("Write the programme")),
        links=links,
        told=_rooms_that_fit(row),
        discard=url_for(".discard", code=row.code) if row.status == "draft" else "",
        parts=[(_("About the session"), _SESSION_PARTS), (_("Aims"), _AIMS), (_("How one takes part"), _PLACES)],
    )
    return answer or kept(url_for(".manage", _anchor=f"s-{row.code}"))


@bp.post("/programme/manage/sessions/<code>/discard")
@requires("programme.manage")
def discard(code: str) -> AnyResponse:
    """Take a draft away that was added by mistake."""
    edition_id = base.the_edition().id
    row = queries.get_workshop(db.session(), edition_id, code)
    try:
        with deed() as doing:
            discard_session(doing, edition_id=edition_id, workshop_id=row.id)
    except Refusal as refusal:
        say_refused(refusal)
        return redirect(url_for(".change_session", code=row.code))
    say_done(_("The draft %(code)s is taken away.", code=row.code))
    return redirect(url_for(".manage"))


def _rooms_that_fit(row: WorkshopRow) -> str:
    """Say which rooms have what the session needs; nothing of one that is held online alone."""
    if row.mode == "online":
        return ""
    rooms = {each.code: each for each in list_rooms(db.session(), base.the_edition().id) if not each.venue.is_online}
    held = {code: (each.capacity, each.equipment) for code, each in rooms.items()}
    fitting = [rooms[code] for code in list_fitting(SessionText.of(session_values(row)), held)]
    if not fitting:
        return _("No room has these seats and this equipment.")
    names = ("، " if current_lang() == "ar" else ", ").join(in_lang(each.name_ar, each.name_fr) for each in fitting)
    return _("Rooms that fit: %(rooms)s", rooms=names)


def session_values(row: WorkshopRow) -> dict[str, Json]:
    """Return the text of a session as its form shows it."""
    text = SessionText(
        row.title_ar,
        row.title_fr,
        row.kind,
        row.mode,
        row.theme,
        row.track.code if row.track else "",
        row.langs,
        row.aims_ar,
        row.aims_fr,
        row.equipment,
        row.credit_minutes,
        row.places.onsite,
        row.places.online,
        row.join_url,
    )
    return text.values()


def _session_form(form_class: type[SessionForm], **given: Any) -> Any:
    form = form_class(**given)
    nothing = [("", _("Not said"))]
    form.kind.choices = list(base.kinds().items())
    form.theme.choices = nothing + list(base.themes().items())
    tracks = queries.list_tracks(db.session(), base.the_edition().id)
    form.track.choices = [("", _("No track")), *((each.code, in_lang(each.name_ar, each.name_fr)) for each in tracks)]
    form.langs.choices = list(base.languages().items())
    form.mode.choices = list(base.modes().items())
    if not form.is_submitted() and "data" not in given:
        form.mode.data, form.langs.data = "onsite", ["ar"]
        if isinstance(form, NewSessionForm):
            form.minutes.data = _USUAL_MINUTES
    return with_equipment(form)


def with_equipment(form: Any) -> Any:
    """Give a form the equipment to choose from, in the reader's language."""
    form.equipment.choices = list(base.equipment().items())
    return form


def show_list(title: str, things: list[Thing], add: tuple[str, str]) -> Response:
    """Show a list of things to edit, with the way to add one."""
    return page("workshops/manage_list.html", title=title, things=things, add=add)


def kept(url: str) -> AnyResponse:
    """Say that it was kept, and go on."""
    say_done(_("Kept."))
    return redirect(url)


def in_lang(arabic: str, french: str) -> str:
    """Return a name in the reader's language where there is one."""
    return (arabic or french) if current_lang() == "ar" else (french or arabic)


def _title(row: WorkshopRow) -> str:
    return in_lang(row.title_ar, row.title_fr)
