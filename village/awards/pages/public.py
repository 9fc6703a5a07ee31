"""The palmarès: who won what and why, for everybody; of this year and of the years before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.awards import queries
from village.awards.pages.common import bp
from village.editions.queries import find_edition_by_code
from village.kit.db import db
from village.kit.guard import public
from village.kit.refusal import Refusal
from village.kit.web import clock, edition, page

if TYPE_CHECKING:
    from flask import Response


@bp.get("/awards")
@public
def palmares() -> Response:
    """Show everybody who won what, once it is published."""
    session, view = db.session(), edition()
    if view is None:
        return page("awards/palmares.html", palmares=None, votes=[], years=[])
    return page(
        "awards/palmares.html",
        palmares=queries.get_palmares(session, view.id),
        jurors=queries.count_who_marked(session, view.id),
        votes=[one for one in queries.list_vote_papers(session, view.id, clock().now()) if one.is_open],
        years=[one for one in queries.list_archive(session) if one.edition.id != view.id],
        photos=_photos(view.id),
    )


@bp.get("/awards/archive")
@public
def archive() -> Response:
    """List the years with published awards."""
    return page("awards/archive.html", years=queries.list_archive(db.session()))


@bp.get("/awards/archive/<edition_code>")
@public
def past(edition_code: str) -> Response:
    """Show who won what in one edition. Refusal: `edition_not_found`."""
    session = db.session()
    view = find_edition_by_code(session, edition_code)
    if view is None:
        raise Refusal("edition_not_found")
    return page(
        "awards/palmares.html",
        palmares=queries.get_palmares(session, view.id),
        jurors=queries.count_who_marked(session, view.id),
        votes=[],
        years=[one for one in queries.list_archive(session) if one.edition.id != view.id],
        photos=_photos(view.id),
        of=view,
    )


def _photos(edition_id: int) -> dict[int, list[queries.PhotoRow]]:
    """Return nominee id → photos of what is published."""
    rows = queries.list_categories(db.session(), edition_id)
    return {one.id: list(one.photos) for category in rows if category.state == "published" for one in category.nominees}
