"""Free places for programs: asked often, so cheap, and kept by caches for a few seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.kit.api import PREFIX, ApiBlueprint, kept_json
from village.kit.db import db
from village.kit.guard import public
from village.kit.refusal import Refusal
from village.kit.web import clock, edition, limiter
from village.workshops.api import written
from village.workshops.api.shapes import Availabilities, Availability
from village.workshops.queries.openings import find_opening, list_openings

if TYPE_CHECKING:
    from flask import Response

availability = ApiBlueprint(
    "api_availability", __name__, url_prefix=PREFIX, description="Free places, a few seconds old at most."
)
_RATE = "1200 per minute"
_KEPT_S = 5


@availability.route("/availability", methods=["GET"])
@public
@limiter.limit(_RATE)
@availability.response(200, Availabilities)
@availability.may_answer(304, 400, 404, 429)
def all_sessions() -> Response:
    """Tell the free places of all sessions at once."""
    now = clock().now()
    rows = list_openings(db.session(), edition().id, now)
    return kept_json({"sessions": [written.opening(row, now) for row in rows]}, _KEPT_S)


@availability.route("/availability/<string(maxlength=20):code>", methods=["GET"])
@public
@limiter.limit(_RATE)
@availability.response(200, Availability)
@availability.may_answer(304, 400, 404, 429)
def one_session(code: str) -> Response:
    """Tell the free places of one session."""
    now = clock().now()
    row = find_opening(db.session(), edition().id, code, now)
    if row is None:
        raise Refusal("workshop_not_found", {"workshop": code})
    return kept_json(written.opening(row, now), _KEPT_S)
