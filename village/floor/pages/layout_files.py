"""Files of the drawing: import with a preview, export, and the picture to trace from."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NoReturn

from flask import jsonify, make_response, request

from village.floor import actions, queries
from village.floor.drawing import write_floor
from village.floor.drawing.pictures import read_picture
from village.floor.drawing.svg import write_svg
from village.floor.pages.blueprint import bp, get_hall
from village.floor.pages.layout import background_json, done_json, fault_json, refused_json
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import deed, storage
from village.kit.wording import say_refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from village.floor.actions import Imported, LayoutFile
    from village.floor.drawing.merging import Mode
    from village.floor.queries import HallView

_PICTURES = "floor/backgrounds"


class _Preview(Exception):  # noqa: N818 - no error: it takes the tried import back
    """Ends a tried import, so that nothing of it is kept."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__()
        self.answer = answer


@bp.post("/floor/editor/import")
@requires("stands.assign")
def editor_import() -> Response:
    """Import a file as one command; with `dry_run=1` only tell what would come of it."""
    hall = get_hall()
    try:
        file = _file()
        mode = _mode()
        base = request.form.get("base", type=int)
        if request.form.get("dry_run") == "1":
            return jsonify(_tried(hall, file, mode, base))
        with deed() as opened:
            done = actions.import_layout(opened, hall_id=hall.id, file=file, mode=mode, base=base)
    except Refusal as refusal:
        return refused_json(refusal)
    return done_json(done.changed, told=_told(done))


def _mode() -> Mode:
    asked = request.form.get("mode", "replace")
    if asked == "add":
        return "add"
    if asked != "replace":
        raise Refusal("layout_value", {"thing": "mode", "field": "mode", "expected": "replace|add"})
    return "replace"


def _file() -> LayoutFile:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Refusal("layout_value", {"thing": "file", "field": "file", "expected": "JSON, DXF, SVG"})
    asked = {name: value.strip()[:80] for name, value in request.form.items() if value.strip()}
    return actions.LayoutFile(
        sent.filename,
        sent.read(),
        **{name: asked[name] for name in ("layer", "walls") if name in asked},
        unit=asked.get("unit"),
    )


def _tried(hall: HallView, file: LayoutFile, mode: Mode, base: int | None) -> dict[str, Any]:
    """What an import would do: counts, what is odd in the file, and the faults of the drawing it would make."""
    try:
        with deed() as opened:
            done = actions.import_layout(opened, hall_id=hall.id, file=file, mode=mode, base=base)
            _take_back(opened.session, hall, done)
    except _Preview as seen:
        return seen.answer


def _take_back(session: Session, hall: HallView, done: Imported) -> NoReturn:
    layout = queries.get_layout(session, hall.id)
    raise _Preview(
        {
            "stands": done.counts.get("stand", 0),
            "things": dict(done.counts),
            "steps": len(done.changed.steps),
            "removed": sum(each.after is None for each in done.changed.steps),
            "hall": layout.things["hall"]["HALL"],
            "faults": [*_told(done), *(fault_json(each) for each in queries.faults_of(session, layout))],
            "base": done.changed.version - 1,
        }
    )


def _told(done: Imported) -> list[dict[str, Any]]:
    lang = current_lang()
    return [
        {"code": each.code, "message": say_refusal(each, lang), "things": [str(each.facts["stand"])], "level": "warn"}
        for each in done.told
    ]


@bp.get("/floor/editor/export.json")
@requires("stands.assign")
def editor_export_json() -> Response:
    """The drawing as a JSON file that is imported again unchanged."""
    hall = get_hall()
    content = write_floor(queries.get_layout(db.session(), hall.id).things)
    return _download(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "application/json", f"{hall.code}.json")


@bp.get("/floor/editor/export.svg")
@requires("stands.assign")
def editor_export_svg() -> Response:
    """The drawing to scale as an SVG file that is imported again unchanged."""
    hall = get_hall()
    content = write_svg(queries.get_layout(db.session(), hall.id).things)
    return _download(content, "image/svg+xml", f"{hall.code}.svg")


def _download(content: str, kind: str, name: str) -> Response:
    answer = make_response(content)
    answer.headers["Content-Type"] = f"{kind}; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name.encode("ascii", "ignore").decode()}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@bp.post("/floor/editor/background")
@requires("stands.assign")
def editor_background() -> Response:
    """Put a picture or a page of a PDF under the drawing, move the one there (no file), or take it away."""
    hall = get_hall()
    try:
        if request.form.get("remove") == "1":
            with deed() as opened:
                actions.remove_background(opened, hall_id=hall.id)
            return jsonify(background=None)
        _place(hall)
    except Refusal as refusal:
        return refused_json(refusal)
    return jsonify(background=background_json(queries.find_background(db.session(), hall.id)))


def _place(hall: HallView) -> None:
    sent, known = request.files.get("file"), queries.find_background(db.session(), hall.id)
    if sent is not None and sent.filename:
        picture = read_picture(sent.read(), request.form.get("page", 1, type=int))
        digest = hashlib.sha256(picture.data).hexdigest()[:24]
        key, name = f"{_PICTURES}/{hall.id}-{digest}.{picture.ending}", sent.filename
        storage().put(key, picture.data)
        height = max(1, hall.width * picture.height // max(picture.width, 1))
        lies = actions.Lies(0, 0, hall.width, min(height, 100_000))
    elif known is not None:
        key, name = known.key, known.name
        lies = actions.Lies(known.x, known.y, known.w, known.h, known.opacity)
    else:
        raise Refusal("background_not_found")
    told = {field: request.form.get(field, getattr(lies, field), type=int) for field in ("x", "y", "w", "h", "opacity")}
    with deed() as opened:
        actions.place_background(opened, hall_id=hall.id, key=key, name=name, lies=actions.Lies(**told))


@bp.get("/floor/editor/background/<key>")
@requires("stands.assign")
def editor_background_picture(key: str) -> Response:
    """The picture under the drawing, for those who draw."""
    found = queries.find_background(db.session(), get_hall().id)
    if found is None or found.key != f"{_PICTURES}/{key}" or not storage().exists(found.key):
        raise Refusal("background_not_found")
    answer = make_response(storage().get(found.key))
    answer.headers["Content-Type"] = "image/png" if found.key.endswith(".png") else "image/jpeg"
    answer.headers["Cache-Control"] = "private, max-age=86400"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
