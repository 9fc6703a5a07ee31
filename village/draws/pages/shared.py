"""The blueprints of the draws, and the draw a page is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from village.draws import queries
from village.kit.db import db
from village.kit.refusal import Refusal
from village.kit.web import edition

if TYPE_CHECKING:
    from village.draws.queries import DrawView

bp = Blueprint("draws", __name__)
bare = Blueprint("draws_bare", __name__)


def this_draw(code: str) -> DrawView:
    """Read the draw of the current edition with this code.

    Raises:
        Refusal: `draw_not_found`.

    """
    if edition() is None:
        raise Refusal("draw_not_found", {"draw": code})
    return queries.get_draw_by_code(db.session(), edition().id, code)
