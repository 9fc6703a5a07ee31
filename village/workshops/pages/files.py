"""Files of a session: given in by its trainer or by staff, taken by those who hold a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import redirect, request, send_file, url_for
from flask_babel import gettext as _

from village.kit.db import db
from village.kit.deeds import Actor
from village.kit.guard import public, requires
from village.kit.refusal import Refusal
from village.kit.web import acting_as, again, deed, keys, limiter, page, say_done, storage
from village.workshops import queries
from village.workshops.actions import add_file, remove_file
from village.workshops.pages import base
from village.workshops.rules import ENDINGS, MOST_FILE_BYTES, MOST_FILES
from village.workshops.uploads import read_upload

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.workshops.queries import FileRow, WorkshopRow

bp = base.bp

_SEE_OTHER = 303
_MEGA = 1024 * 1024
_KILO = 1024
_PLAIN = "text/plain"
# What came from outside is saved and never shown as a page of ours, whatever a browser makes of it.
_LOCKED = "default-src 'none'; sandbox"
_ACCEPT = ",".join(f".{ending}" for endings in ENDINGS.values() for ending in endings) + ",image/*"


@bp.get("/me/<token>/files/<code>")
@public
@limiter.limit("120 per minute")
def own_files(token: str, code: str) -> Response:
    """Show somebody who holds a place the files of the session."""
    row = _held(token, code)
    files = queries.list_files(db.session(), row.id)
    links = {each.id: url_for("workshops.own_file", token=token, code=row.code, file_id=each.id) for each in files}
    back = (url_for("workshops.own_page", token=token), _("My page"))
    return page("workshops/files.html", refusal_text="", form=None, **_shown(row, files, links, back))


@bp.get("/me/<token>/files/<code>/<int:file_id>")
@public
@limiter.limit("120 per minute")
def own_file(token: str, code: str, file_id: int) -> Response:
    """Give a file to somebody who holds a place."""
    return _sent(_held(token, code), file_id)


@bp.get("/trainer/<token>/<code>/files")
@public
@limiter.limit("120 per minute")
def trainer_files(token: str, code: str) -> Response:
    """Show a trainer the files of one of their sessions, and take new ones."""
    return page("workshops/files.html", refusal_text="", form=None, **_of_trainer(token, _led(token, code)))


@bp.post("/trainer/<token>/<code>/files")
@public
@limiter.limit("30 per minute")
def trainer_add(token: str, code: str) -> AnyResponse:
    """Take a file that a trainer gives."""
    row = _led(token, code)
    if refused := _added(row):
        return again("workshops/files.html", None, refused, **_of_trainer(token, row))
    return redirect(url_for("workshops.trainer_files", token=token, code=row.code), _SEE_OTHER)


@bp.get("/trainer/<token>/<code>/files/<int:file_id>")
@public
@limiter.limit("120 per minute")
def trainer_file(token: str, code: str, file_id: int) -> Response:
    """Give a trainer a file of their session."""
    return _sent(_led(token, code), file_id)


@bp.post("/trainer/<token>/<code>/files/<int:file_id>/remove")
@public
@limiter.limit("60 per minute")
def trainer_remove(token: str, code: str, file_id: int) -> AnyResponse:
    """Take a file of a trainer's session out."""
    row = _led(token, code)
    _removed(row, file_id)
    return redirect(url_for("workshops.trainer_files", token=token, code=row.code), _SEE_OTHER)


@bp.get("/registrations/<code>/files")
@requires("registrations.desk")
def staff_files(code: str) -> Response:
    """Show staff the files of a session, and take new ones."""
    return page("workshops/files.html", refusal_text="", form=None, **_of_staff(_session(code)))


@bp.post("/registrations/<code>/files")
@requires("registrations.desk")
def staff_add(code: str) -> AnyResponse:
    """Take a file that staff give."""
    row = _session(code)
    if refused := _added(row):
        return again("workshops/files.html", None, refused, **_of_staff(row))
    return redirect(url_for("workshops.staff_files", code=row.code), _SEE_OTHER)


@bp.get("/registrations/<code>/files/<int:file_id>")
@requires("registrations.desk")
def staff_file(code: str, file_id: int) -> Response:
    """Give staff a file of a session."""
    return _sent(_session(code), file_id)


@bp.post("/registrations/<code>/files/<int:file_id>/remove")
@requires("registrations.desk")
def staff_remove(code: str, file_id: int) -> AnyResponse:
    """Take a file of a session out."""
    row = _session(code)
    _removed(row, file_id)
    return redirect(url_for("workshops.staff_files", code=row.code), _SEE_OTHER)


def _session(code: str) -> WorkshopRow:
    return queries.get_workshop(db.session(), base.the_edition().id, code)


def _held(token: str, code: str) -> WorkshopRow:
    """Return a session in which the person of this link holds a place.

    Raises:
        Refusal: `own_page_not_found`, `workshop_not_found`, `files_for_registered`.

    """
    person, row = base.by_link(token), _session(code)
    if queries.find_confirmed(db.session(), person.id, row.id) is None:
        raise Refusal("files_for_registered")
    return row


def _led(token: str, code: str) -> WorkshopRow:
    """Return a session that the trainer of this link leads, and let them act as themselves.

    Raises:
        Refusal: `trainer_page_not_found`, `workshop_not_found`.

    """
    known = queries.find_trainer_by_link(db.session(), keys(), base.the_edition().id, token)
    if known is None:
        raise Refusal("trainer_page_not_found")
    row = _session(code)
    if known.id not in {each.id for each in row.trainers}:
        raise Refusal("workshop_not_found", {"workshop": code})
    acting_as(Actor("device", f"trainer-{known.id}"))
    return row


def _added(row: WorkshopRow) -> Refusal | None:
    """Take the file of this request in; returns why not."""
    sent = request.files.get("file")
    try:
        data = sent.stream.read(MOST_FILE_BYTES + 1) if sent else b""
        new = read_upload((sent.filename if sent else "") or "", data)
        with deed() as opened:
            add_file(opened, storage(), workshop_id=row.id, new=new)
    except Refusal as refusal:
        return refusal
    say_done(_("The file is there: %(name)s", name=new.name))
    return None


def _removed(row: WorkshopRow, file_id: int) -> None:
    with deed() as opened:
        remove_file(opened, storage(), workshop_id=row.id, file_id=file_id)
    say_done(_("The file is removed."))


def _of_trainer(token: str, row: WorkshopRow) -> dict[str, Any]:
    files = queries.list_files(db.session(), row.id)
    where: dict[str, Any] = {"token": token, "code": row.code}
    links = {each.id: url_for("workshops.trainer_file", **where, file_id=each.id) for each in files}
    out = {each.id: url_for("workshops.trainer_remove", **where, file_id=each.id) for each in files}
    back = (url_for("checkin.own_room", **where), _("List and attendance"))
    return _shown(row, files, links, back, out, url_for("workshops.trainer_add", **where))


def _of_staff(row: WorkshopRow) -> dict[str, Any]:
    files = queries.list_files(db.session(), row.id)
    links = {each.id: url_for("workshops.staff_file", code=row.code, file_id=each.id) for each in files}
    out = {each.id: url_for("workshops.staff_remove", code=row.code, file_id=each.id) for each in files}
    back = (url_for("checkin.room", code=row.code), _("List and attendance"))
    return _shown(row, files, links, back, out, url_for("workshops.staff_add", code=row.code))


def _shown(
    row: WorkshopRow,
    files: list[FileRow],
    links: dict[int, str],
    back: tuple[str, str],
    out: dict[int, str] | None = None,
    add: str = "",
) -> dict[str, Any]:
    return {
        "row": row,
        "files": files,
        "links": links,
        "back": back,
        "out": out or {},
        "add": add,
        "accept": _ACCEPT,
        "most": MOST_FILE_BYTES // _MEGA,
        "full": len(files) >= MOST_FILES,
        "weight": _weight,
    }


def _weight(size: int) -> str:
    """Say how heavy a file is: who pays for each megabyte wants to know before."""
    if size >= _MEGA:
        return _("%(n)s MB", n=f"{size / _MEGA:.1f}".replace(".", ","))
    return _("%(n)s KB", n=max(1, round(size / _KILO)))


def _sent(row: WorkshopRow, file_id: int) -> Response:
    """Send a file to be saved; a broken download goes on where it broke off.

    Raises:
        Refusal: `file_not_found`.

    """
    found = queries.get_file(db.session(), row.id, file_id)
    if not storage().exists(found.key):
        raise Refusal("file_not_found", {"file": file_id})
    kind = f"{_PLAIN}; charset=utf-8" if found.mimetype == _PLAIN else found.mimetype
    answer = send_file(storage().path(found.key), mimetype=kind, conditional=True, etag=found.key.rpartition("/")[2])
    plain = f"{row.code}-{found.id}.{found.name.rpartition('.')[2]}"
    answer.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(found.name)}"
    answer.headers["Content-Security-Policy"] = _LOCKED
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
