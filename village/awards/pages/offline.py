"""What the marking page needs to work without a network: where things stand, and the script that keeps the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import make_response, url_for
from flask_wtf.csrf import generate_csrf

from village.awards import queries
from village.awards.pages.common import bp
from village.awards.pages.jury import own_seat
from village.kit.assets import read_asset
from village.kit.db import db
from village.kit.guard import public, requires
from village.kit.web import edition

if TYPE_CHECKING:
    from flask import Response


@bp.get("/jury/state.json")
@requires("awards.mark")
def jury_state() -> tuple[dict[str, Any], int, dict[str, str]]:
    """Tell a device whose seat this is, the token of its forms, and what to keep for when there is no network."""
    session, view = db.session(), edition()
    seat = own_seat(view)
    categories = [one for one in queries.list_categories(session, view.id) if one.award_class == "merit"]
    pages = [url_for("awards.ballot", code=one.code) for one in categories if one.state != "draft"]
    photos = [
        url_for("awards.photo", photo_id=photo.id)
        for category in categories
        for nominee in category.nominees
        for photo in nominee.photos
    ]
    said = {"seat": seat.id, "csrf": generate_csrf(), "keep": [url_for("awards.jury"), *pages, *photos]}
    return said, 200, {"Cache-Control": "no-store"}


@bp.get("/jury/worker.js")
@public
def jury_worker() -> Response:
    """Serve the script that keeps the marking pages; a browser asks for it at an address above them."""
    answer = make_response(read_asset("jury-worker.js"))
    answer.mimetype = "text/javascript"
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Service-Worker-Allowed"] = url_for("awards.jury")
    return answer
