"""The palmarès: who won what, for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.awards import queries
from village.awards.pages import show
from village.awards.pages.common import bp
from village.kit.db import db
from village.kit.guard import public
from village.kit.web import edition, page

if TYPE_CHECKING:
    from flask import Response


@bp.get("/awards")
@public
def palmares() -> Response:
    """Show everybody who won what, once it is published."""
    session, view = db.session(), edition()
    if view is None:
        return page("awards/palmares.html", categories=[], winners={}, exhibitors={})
    standings = queries.list_standings(session, view.id, published_only=True)
    winners = {key: [row for row in rows if row.is_winner] for key, rows in standings.items()}
    return page(
        "awards/palmares.html",
        categories=queries.list_categories(session, view.id),
        winners=winners,
        exhibitors=show.exhibitors_by_id(session, view.id),
        jurors=len(queries.list_jurors(session, view.id)),
    )
