"""Photos of nominees: for those who judge and prepare, and for everybody once the result is public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import send_file

from village.awards import queries
from village.awards.pages.common import bp
from village.awards.rules import CategoryState
from village.kit.db import db
from village.kit.guard import may, public
from village.kit.refusal import Refusal
from village.kit.web import storage

if TYPE_CHECKING:
    from flask import Response


@bp.get("/awards/photos/<int:photo_id>")
@public
def photo(photo_id: int) -> Response:
    """Show a photo. Refusals: `photo_not_found`, `not_allowed` before the result is public."""
    found, state = queries.get_photo(db.session(), photo_id)
    is_public = state is CategoryState.PUBLISHED
    if not (is_public or may("awards.manage") or may("awards.mark")):
        raise Refusal("not_allowed")
    answer = send_file(storage().path(found.key))
    # A photo never changes under its number; whoever may not see it must not find it in a shared cache.
    answer.headers["Cache-Control"] = "public, max-age=86400" if is_public else "private, max-age=86400"
    return answer
