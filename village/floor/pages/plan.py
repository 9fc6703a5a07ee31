"""The public plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from village.exhibitors import queries as exhibitors
from village.exhibitors.rules import Status
from village.floor import queries, show
from village.floor.pages.blueprint import bp, obstacle_names
from village.kit.db import db
from village.kit.guard import public
from village.kit.i18n import current_lang
from village.kit.web import edition, page
from village.people.rules import fold

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from village.floor.queries import PlanView, StandView


@bp.get("/plan")
@public
def plan() -> Response:
    """The published plan; `q` finds exhibitors and stands, `stand` shows one."""
    found = queries.load_published_plan(db.session(), edition().id) if edition() else None
    if found is None:
        return page("floor/empty.html")
    shown, publication = found
    lang, asked = current_lang(), request.args.get("q", "").strip()[:80]
    hits = _find(shown, asked)
    code = request.args.get("stand", "").strip().upper()
    picked = next((each for each in shown.stands if each.code == code), None)
    return page(
        "floor/plan.html",
        plan=shown,
        publication=publication,
        stands=show.drawn(shown, lang),
        listed=show.listed(shown, shown.stands, lang),
        hits=show.listed(shown, hits, lang),
        picked=show.listed(shown, [picked], lang)[0] if picked else None,
        found={each.id for each in [*hits, *([picked] if picked else [])]},
        asked=asked,
        legend=show.sector_legend((each.holder for each in shown.stands), lang),
        zones=show.zone_names(shown.hall, lang),
        obstacles=obstacle_names(shown),
    )


def _find(shown: PlanView, asked: str) -> list[StandView]:
    """Stands of the asked number, else those of the asked exhibitors, searched as in the directory."""
    if not fold(asked):
        return []
    by_code = [each for each in shown.stands if fold(each.code) == fold(asked)]
    if by_code:
        return by_code
    rows = exhibitors.list_exhibitors(db.session(), shown.hall.edition_id, status=Status.ACCEPTED, search=asked)
    asked_for = {row.id for row in rows}
    return [each for each in shown.stands if each.holder and each.holder.id in asked_for]
