"""The timetable board: sessions moved by hand, by key or by form, and published when the organisers say so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from village.editions.queries import list_ceremonies
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang, format_day, pick
from village.kit.refusal import Refusal
from village.kit.web import actor, again, deed, page, say_done, say_refused, status_of, wants_json
from village.kit.wording import say_refusal
from village.people.queries import list_people
from village.workshops.actions.publishing import publish_programme
from village.workshops.actions.timetable import Moved, move_session, redo_step, undo_step
from village.workshops.forms.timetable import PublishForm, SlotForm
from village.workshops.pages import base
from village.workshops.pages.board_view import (
    Asked,
    hours_in_words,
    near_json,
    slot_in_words,
    slot_word,
    view_of,
    wall_words,
)
from village.workshops.queries.timetable import get_board, list_steps, may_take_back
from village.workshops.queries.versions import list_doubles, list_outlooks
from village.workshops.rules.timetable import Slot, Standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.workshops.queries.timetable import Board, BoardSession

bp = base.bp
_NO_NEWS = 204
_MOST_TRAINERS = 3


@bp.get("/programme/board")
@requires("programme.manage")
def board() -> Response:
    """Show one day of the board."""
    shown = get_board(db.session(), base.the_edition().id)
    return page("workshops/board.html", **_context(shown))


@bp.get("/programme/board/state")
@requires("programme.manage")
def board_state() -> Response:
    """Give the board's script what has changed since `digest`; nothing (204) where nothing has."""
    shown = get_board(db.session(), base.the_edition().id)
    if request.args.get("digest") == shown.digest:
        return make_response("", _NO_NEWS)
    return jsonify(_drawn(shown))


def _context(shown: Board) -> dict[str, Any]:
    session, edition = db.session(), base.the_edition()
    undo, redo = may_take_back(session, edition.id, str(actor()))
    return {
        "board": shown,
        "view": view_of(shown, _asked(), list_ceremonies(session, edition.id)),
        "kinds": base.kinds(),
        "may_undo": undo,
        "may_redo": redo,
        "steps": [(each, shown.of_id(each.workshop_id)) for each in list_steps(session, edition.id, 8)],
        "me": str(actor()),
        "say_slot": lambda slot: slot_in_words(shown, slot),
        "say_hours": hours_in_words,
        "slot_word": slot_word,
    }


def _asked() -> Asked:
    """Which day is looked at: `at` beside a form that names the day of a session."""
    try:
        day = date.fromisoformat(request.values.get("at") or request.values.get("day", ""))
    except ValueError:
        day = None
    return Asked(day, request.values.get("venue", ""))


def _drawn(shown: Board, **more: Any) -> dict[str, Any]:
    html = render_template("workshops/_board.html", **_context(shown))
    return {"digest": shown.digest, "html": html, **more}


@bp.route("/programme/board/<code>", methods=["GET", "POST"])
@requires("programme.manage")
def board_session(code: str) -> AnyResponse:
    """Change one session by a form: day, hours, room, trainers. A script sends the same and is answered JSON."""
    shown = get_board(db.session(), base.the_edition().id)
    session = shown.of_code(code)
    form = _form(shown, session)
    if not form.validate_on_submit():
        if request.method == "POST" and wants_json():
            raise Refusal("slot_invalid", {"workshop": session.row.code})
        status = 422 if request.method == "POST" else 200
        return _session_page(shown, session, form, status=status)
    wished = form.wished()
    try:
        with deed() as opened:
            moved = move_session(
                opened,
                edition_id=base.the_edition().id,
                workshop_id=session.row.id,
                before=form.seen,
                after=wished,
            )
    except Refusal as refusal:
        return _refused(session.row.code, wished, refusal, form)
    return _done(moved, _said(moved.workshop, moved.slot))


def _form(shown: Board, session: BoardSession) -> SlotForm:
    lang = current_lang()
    sent = request.form if request.method == "POST" else None
    slot = session.slot
    lines = max(_MOST_TRAINERS, len(slot.trainers) + 1)
    form = SlotForm(
        sent,
        before=slot_word(slot),
        status=Standing.PLANNED.value if slot.status == Standing.DRAFT else slot.status,
        day=slot.day.isoformat(),
        starts=slot.starts,
        ends=slot.ends,
        room=str(slot.room_id or ""),
        trainers=[*(str(each) for each in slot.trainers), *[""] * lines][:lines],
    )
    days = sorted({*shown.ground.days, slot.day})
    form.day.choices = [(day.isoformat(), format_day(day, lang)) for day in days]
    form.room.choices = [
        ("", _("No room yet")),
        *((str(room.id), f"{pick(lang, room.name_ar, room.name_fr)[0]} ({room.capacity})") for room in shown.rooms),
    ]
    names = [(str(each.id), pick(lang, each.name_ar, each.name_fr)[0]) for each in shown.trainers]
    for line in form.trainers:
        line.choices = [("", "—"), *names]
    return form


def _session_page(
    shown: Board, session: BoardSession, form: SlotForm, refusal: Refusal | None = None, **more: Any
) -> Response:
    slot = session.slot
    near = more.pop("near", [])
    if not near and refusal is None and not session.piece.placed:
        near = shown.free_slots(session.row.id, slot)
    context: dict[str, Any] = {
        "session": session,
        "near": [(slot_in_words(shown, each), each) for each in near],
        "say_slot": lambda each: slot_in_words(shown, each),
        "slot_word": slot_word,
        "kinds": base.kinds(),
    }
    status = more.get("status")
    if refusal is None and status != 422:  # noqa: PLR2004 - the HTTP status of a form to put right
        return page("workshops/board_session.html", form=form, **context)
    return again("workshops/board_session.html", form, refusal, status, **context)


def _refused(code: str, wished: Slot, refusal: Refusal, form: SlotForm) -> AnyResponse:
    """Say why, what stands now, and which free slots are nearest."""
    shown = get_board(db.session(), base.the_edition().id)
    session = shown.of_code(code)
    stale = refusal.code == "slot_changed_meanwhile"
    near = [] if stale or wished.status != Standing.PLANNED else shown.free_slots(session.row.id, wished)
    if wants_json():
        lang = current_lang()
        body = _drawn(
            shown,
            code=refusal.code,
            message=say_refusal(refusal, lang),
            reasons=[say_refusal(Refusal(each.code, each.facts), lang) for each in refusal.objections],
            near=near_json(shown, near),
            now=session.slot.as_json(),
            wished={"slot": wished.as_json(), "label": slot_in_words(shown, wished)},
        )
        return make_response(jsonify(body), status_of(refusal))
    form.before.data = slot_word(session.slot)
    return _session_page(shown, session, form, refusal, near=near)


def _said(code: str, slot: Slot) -> str:
    shown = get_board(db.session(), base.the_edition().id)
    if slot.status == Standing.CANCELLED:
        return _("%(code)s is called off on the board.", code=code)
    if slot.status == Standing.DRAFT:
        return _("%(code)s is back among the drafts.", code=code)
    return _("%(code)s: %(slot)s", code=code, slot=slot_in_words(shown, slot))


def _done(moved: Moved, message: str) -> AnyResponse:
    if wants_json():
        return jsonify(_drawn(get_board(db.session(), base.the_edition().id), message=message))
    say_done(message)
    asked = Asked(moved.slot.day, request.values.get("venue", ""))
    return _back(asked)


def _back(asked: Asked) -> AnyResponse:
    words: dict[str, Any] = {**asked.words}
    return redirect(url_for("workshops.board", **words), 303)


@bp.post("/programme/board/undo")
@requires("programme.manage")
def board_undo() -> AnyResponse:
    """Take back one's own last step."""
    return _take(undo_step, _("Taken back."))


@bp.post("/programme/board/redo")
@requires("programme.manage")
def board_redo() -> AnyResponse:
    """Make the step again that was taken back."""
    return _take(redo_step, _("Made again."))


def _take(step: Callable[..., Moved], done: str) -> AnyResponse:
    try:
        with deed() as opened:
            moved = step(opened, edition_id=base.the_edition().id)
    except Refusal as refusal:
        if wants_json():
            shown = get_board(db.session(), base.the_edition().id)
            body = _drawn(shown, code=refusal.code, message=say_refusal(refusal, current_lang()))
            return make_response(jsonify(body), status_of(refusal))
        say_refused(refusal)
        return _back(_asked())
    return _done(moved, f"{done} {_said(moved.workshop, moved.slot)}")


@bp.route("/programme/board/publish", methods=["GET", "POST"])
@requires("programme.manage")
def board_publish() -> AnyResponse:
    """Show what publishing changes and whom it concerns; publish."""
    form = PublishForm()
    if form.validate_on_submit():
        try:
            with deed() as opened:
                published = publish_programme(
                    opened,
                    edition_id=base.the_edition().id,
                    expected=form.expected.data or "",
                    note_ar=form.note_ar.data or "",
                    note_fr=form.note_fr.data or "",
                )
        except Refusal as refusal:
            return _publish_page(form, refusal)
        told = {"number": published.number, "told": published.told}
        say_done(_("Version %(number)s is public. Notices sent: %(told)s.", **told))
        return redirect(url_for("workshops.versions"), 303)
    return _publish_page(form)


def _publish_page(form: PublishForm, refusal: Refusal | None = None) -> Response:
    session, edition = db.session(), base.the_edition()
    shown: Board = get_board(session, edition.id)
    doubles = list_doubles(session, shown)
    people = {each.id: each for each in list_people(session, edition.id, {d.person_id for d in doubles})}
    outlooks = list_outlooks(session, shown)
    context = {
        "outlooks": outlooks,
        "concerned": sum(each.concerned for each in outlooks),
        "doubles": [(people[each.person_id], each) for each in doubles if each.person_id in people],
        "clashes": [(piece, say_refusal(clash, current_lang())) for piece, clash in shown.all_clashes()],
        "say_slot": lambda slot: slot_in_words(shown, slot),
        **wall_words(),
    }
    form.expected.data = shown.digest
    if refusal is not None:
        return again("workshops/board_publish.html", form, refusal, **context)
    return page("workshops/board_publish.html", form=form, **context)
