"""The published versions of the programme, for everybody: what each changed, and what differs between any two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from village.kit.db import db
from village.kit.guard import public
from village.kit.web import page
from village.workshops.pages import base
from village.workshops.pages.board_view import wall_words
from village.workshops.pages.cached import is_stranger, kept
from village.workshops.queries.versions import differences, get_version, list_versions

if TYPE_CHECKING:
    from flask import Response

bp = base.bp


@bp.get("/programme/versions")
@public
def versions() -> Response:
    """Show every version, the newest first; `?from=1&to=3` shows what differs between two."""
    session, edition = db.session(), base.the_edition()
    found = list_versions(session, edition.id)
    one, other = (request.args.get(name, type=int) for name in ("from", "to"))
    compared = None
    if one and other:
        old, new = sorted((one, other))
        pair = get_version(session, edition.id, old), get_version(session, edition.id, new)
        compared = (*pair, differences(*pair))
    return kept(
        page(
            "workshops/versions.html",
            versions=found,
            compared=compared,
            zone=edition.zone,
            cookieless=is_stranger(),
            **wall_words(),
        )
    )
