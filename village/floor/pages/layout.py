"""The editor's other end: the drawing as JSON, commands, undo and redo, and what others have changed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import jsonify, make_response, request, url_for

from village.floor import actions, queries, wording
from village.floor.pages.blueprint import bp, get_hall
from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import CONFLICT, NOT_FOUND, UNPROCESSABLE, actor, deed, wired
from village.kit.wording import say_deed, say_refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from werkzeug.wrappers import Response

    from village.floor.actions import LayoutChanged
    from village.floor.queries import BackgroundView, Fault, LayoutView
    from village.kit.deeds import Deed

# Refusals of a command that come from what others did meanwhile; all others are values that cannot be.
_MEANWHILE = frozenset({"layout_conflict", "layout_undone", "stand_occupied", "done_meanwhile"})


@bp.get("/floor/editor/state")
@requires("stands.assign")
def editor_state() -> Response:
    """The whole drawing as the editor needs it."""
    layout = _layout()
    things = {kind: dict(forms) for kind, forms in layout.things.items() if kind != "hall"}
    things["stand"] = {code: {**form, **layout.found[code]} for code, form in things["stand"].items()}
    return jsonify(
        **_standing(layout),
        things=things,
        hall=layout.things["hall"]["HALL"],
        neighbours=queries.neighbours_of(layout),
        background=background_json(layout.background),
    )


@bp.get("/floor/editor/changes")
@requires("stands.assign")
def editor_changes() -> Response:
    """What was changed after version `since`, by whomever; 204 when nothing was."""
    hall, session = get_hall(), db.session()
    since = request.args.get("since", type=int)
    if since is None or since < 0:
        return refused_json(Refusal("layout_value", {"thing": "since", "field": "since", "expected": "0…"}))
    if queries.layout_version(session, hall.id) <= since:
        return make_response("", 204)
    layout = queries.get_layout(session, hall.id)
    changes = queries.list_layout_changes(session, hall.id, since)
    steps = [each.as_list() for change in changes for each in change.steps]
    return jsonify(
        **_standing(layout),
        steps=_with_found(layout, steps),
        found=layout.found,
        who=_name(changes[-1].actor),
    )


@bp.post("/floor/editor/command")
@requires("stands.assign")
def editor_command() -> Response:
    """Do one command of the editor, wholly or not at all."""
    hall, sent = get_hall(), _sent()
    code, steps = sent.get("code"), sent.get("steps")
    return _do(lambda opened: actions.change_layout(opened, hall_id=hall.id, code=str(code), steps=steps))


@bp.post("/floor/editor/undo")
@requires("stands.assign")
def editor_undo() -> Response:
    """Take one command back."""
    return _take_back()


@bp.post("/floor/editor/redo")
@requires("stands.assign")
def editor_redo() -> Response:
    """Take an undoing back: to undo an undoing is to redo."""
    return _take_back()


def _take_back() -> Response:
    hall, change = get_hall(), _sent().get("change")
    if isinstance(change, bool) or not isinstance(change, int) or not 0 < change < 2**62:
        return refused_json(Refusal("layout_value", {"thing": "change", "field": "change", "expected": "1…"}))
    return _do(lambda opened: actions.undo_layout(opened, hall_id=hall.id, change_id=change))


def _sent() -> dict[str, Any]:
    sent = request.get_json(silent=True)
    return sent if isinstance(sent, dict) else {}


def _do(change: Callable[[Deed], LayoutChanged]) -> Response:
    try:
        with deed() as opened:
            changed = change(opened)
    except Refusal as refusal:
        return refused_json(refusal)
    return done_json(changed)


def done_json(changed: LayoutChanged, **more: Any) -> Response:
    """Answer a command that was done: the drawing as it stands, the steps, a sentence."""
    layout = _layout()
    first = changed.steps[0]
    facts = {
        "count": len(changed.steps),
        "thing": first.renamed or first.code,
        "things": ", ".join(dict.fromkeys(each.code for each in changed.steps[:5])),
    }
    return jsonify(
        **_standing(layout),
        change=changed.change_id,
        steps=_with_found(layout, [each.as_list() for each in changed.steps]),
        found=layout.found,
        message=say_deed(actions.layout_deed_code(changed.code), facts, current_lang()),
        **more,
    )


def refused_json(refusal: Refusal) -> Response:
    """Answer a refused command: 409 with the forms as they are, 404, or 422."""
    lang = current_lang()
    body: dict[str, Any] = {
        "code": refusal.code,
        "message": say_refusal(refusal, lang),
        "things": sorted(
            {str(each.facts[name]) for each in refusal.objections for name in _NAMING & each.facts.keys()}
        ),
    }
    if refusal.code.endswith("_not_found"):
        return make_response(jsonify(body), NOT_FOUND)
    if refusal.code in _MEANWHILE:
        layout = _layout()
        body |= {"version": layout.version, "steps": _with_found(layout, refusal.facts.get("steps", []))}
        return make_response(jsonify(body), CONFLICT)
    return make_response(jsonify(body), UNPROCESSABLE)


_NAMING = frozenset({"thing", "stand", "zone", "circuit"})


def _layout() -> LayoutView:
    return queries.get_layout(db.session(), get_hall().id)


def _standing(layout: LayoutView) -> dict[str, Any]:
    """What every answer tells of the drawing as it stands now."""
    session = db.session()
    undo = queries.undo_of(session, layout.hall_id, str(actor()))
    return {
        "version": layout.version,
        "faults": [fault_json(each) for each in queries.faults_of(session, layout)],
        "undo": undo.undo,
        "redo": undo.redo,
    }


def _with_found(layout: LayoutView, steps: Iterable[list[Any]]) -> list[list[Any]]:
    """Steps with what was found from the drawing in the forms of stands that are there now."""
    return [
        [kind, code, before, {**after, **layout.found[name]}]
        if kind == "stand" and after is not None and (name := after.get("code", code)) in layout.found
        else [kind, code, before, after]
        for kind, code, before, after in steps
    ]


def _name(who: str) -> str:
    """The name of an account, or nothing."""
    names: dict[str, str] = wired("actor_names")(db.session(), [who])
    return names.get(who, "")


def fault_json(fault: Fault) -> dict[str, Any]:
    """A fault of the drawing with its sentence in the reader's language."""
    sentence = wording.FAULTS[fault.code].say(current_lang(), fault.facts)
    return {"code": fault.code, "message": sentence, "things": list(fault.things), "level": fault.level}


def background_json(shown: BackgroundView | None) -> dict[str, Any] | None:
    """The picture under the drawing: its address and where it lies."""
    if shown is None:
        return None
    return {
        "url": url_for(
            "floor.editor_background_picture", key=shown.key.rsplit("/", 1)[-1], hall=request.args.get("hall")
        ),
        "name": shown.name,
        "x": shown.x,
        "y": shown.y,
        "w": shown.w,
        "h": shown.h,
        "opacity": shown.opacity,
    }
