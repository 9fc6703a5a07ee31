"""What the pages of the organiser share: their blueprint, names of provinces, lists of persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, request, url_for

from village.exhibitors.queries import province_names
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import edition, page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response

    from village.people.queries import PersonRow

bp = Blueprint("reports", __name__)

ROWS_ON_A_PAGE: Final = 50


def the_edition() -> Any:
    """Return the edition at hand.

    Raises:
        Refusal: `edition_not_found`.

    """
    view = edition()
    if view is None:
        raise Refusal("edition_not_found")
    return view


def province(code: str) -> str:
    """Return a province's name in the reader's language; nothing for no code."""
    if not code:
        return ""
    return province_names(code)[("ar", "fr", "en").index(current_lang())]


def people_page(found: Sequence[PersonRow], *, title: str, back: str, **wanted: Any) -> Response:
    """Show persons, some at a time; `wanted` are the words of the address that chose them."""
    pages = max(-(-len(found) // ROWS_ON_A_PAGE), 1)
    number = min(max(request.args.get("page", 1, int), 1), pages)
    endpoint = str(request.endpoint)
    shown = found[(number - 1) * ROWS_ON_A_PAGE : number * ROWS_ON_A_PAGE]
    return page(
        "reports/people.html",
        rows=[(row, province(row.province_code or "")) for row in shown],
        total=len(found),
        title=title,
        back=back,
        pager={
            "number": number,
            "pages": pages,
            "total": len(found),
            "prev_url": url_for(endpoint, **wanted, page=number - 1) if number > 1 else None,
            "next_url": url_for(endpoint, **wanted, page=number + 1) if number < pages else None,
        },
    )
