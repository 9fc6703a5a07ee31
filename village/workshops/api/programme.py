"""The programme for programs: open to everybody, light, and kept by caches for a minute."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from flask import url_for

from village.kit.api import PREFIX, ApiBlueprint, kept_json
from village.kit.db import db
from village.kit.guard import public
from village.kit.refusal import Refusal
from village.kit.web import edition, limiter, parts
from village.workshops import queries
from village.workshops.api import written
from village.workshops.api.shapes import Programme, ProgrammeQuery, SessionShape, Tracks, Trainers, TrainerShape

if TYPE_CHECKING:
    from flask import Response

    from village.workshops.queries import WorkshopRow

programme = ApiBlueprint(
    "api_programme",
    __name__,
    url_prefix=PREFIX,
    description="The programme: sessions, tracks, trainers.",
    statuses={"trainer_unknown": 404},
)
_RATE = "300 per minute"
_KEPT_S = 60
_SHOWN = ("planned", "cancelled")


@programme.route("/programme", methods=["GET"])
@public
@limiter.limit(_RATE)
@programme.asks(ProgrammeQuery, "query")
@programme.response(200, Programme)
@programme.may_answer(304, 400, 404, 422, 429)
def sessions(asked: dict[str, str]) -> Response:
    """List the sessions, or a part of them.

    Cancelled sessions stay in the list with their status.
    """
    view = edition()
    rows = queries.list_workshops(db.session(), view.id, statuses=_SHOWN)
    chosen = [_session(row) for row in rows if _is_asked(row, asked)]
    return kept_json({"edition": written.edition(view), "sessions": chosen}, _KEPT_S)


@programme.route("/programme/<string(maxlength=20):code>", methods=["GET"])
@public
@limiter.limit(_RATE)
@programme.response(200, SessionShape)
@programme.may_answer(304, 400, 404, 429)
def session(code: str) -> Response:
    """Return one session."""
    row = queries.get_workshop(db.session(), edition().id, code)
    if row.status not in _SHOWN:
        raise Refusal("workshop_not_found", {"workshop": code})
    return kept_json(_session(row), _KEPT_S)


@programme.route("/tracks", methods=["GET"])
@public
@limiter.limit(_RATE)
@programme.response(200, Tracks)
@programme.may_answer(304, 400, 404, 429)
def tracks() -> Response:
    """List the tracks."""
    rows = queries.list_tracks(db.session(), edition().id)
    return kept_json({"tracks": [written.track(row) for row in rows]}, _KEPT_S)


@programme.route("/trainers", methods=["GET"])
@public
@limiter.limit(_RATE)
@programme.response(200, Trainers)
@programme.may_answer(304, 400, 404, 429)
def trainers() -> Response:
    """List the trainers who lead a session."""
    return kept_json({"trainers": list(_trainers().values())}, _KEPT_S)


@programme.route("/trainers/<string(maxlength=20):code>", methods=["GET"])
@public
@limiter.limit(_RATE)
@programme.response(200, TrainerShape)
@programme.may_answer(304, 400, 404, 429)
def trainer(code: str) -> Response:
    """Return one trainer."""
    found = _trainers().get(code.upper())
    if found is None:
        raise Refusal("trainer_unknown", {"trainer": code})
    return kept_json(found, _KEPT_S)


def _session(row: WorkshopRow) -> dict[str, Any]:
    page = url_for("workshops.workshop", lang="ar", code=row.code)
    return written.session(edition(), row, parts().settings.address + page)


def _trainers() -> dict[str, dict[str, Any]]:
    led: dict[str, list[str]] = defaultdict(list)
    rows = {}
    for row in queries.list_workshops(db.session(), edition().id):
        for each in row.trainers:
            led[each.code].append(row.code)
            rows[each.code] = each
    return {code: written.trainer(rows[code], led[code]) for code in sorted(rows)}


def _is_asked(row: WorkshopRow, asked: dict[str, str]) -> bool:
    found = {
        "day": row.day.isoformat(),
        "city": row.room.venue.code if row.room else "",
        "theme": row.theme,
        "kind": row.kind,
    }
    if any(found[name].upper() != word.upper() for name, word in asked.items() if name in found):
        return False
    return "language" not in asked or asked["language"] in row.langs
