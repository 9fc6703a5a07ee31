"""The floor's blueprint, and what its pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, g, request

from village.floor import queries, wording
from village.kit.db import db
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import edition

if TYPE_CHECKING:
    from village.floor.queries import HallName, HallView, PlanView

bp = Blueprint("floor", __name__)
bare = Blueprint("floor_bare", __name__)


def obstacle_names(shown: PlanView) -> dict[str, str]:
    """Names of what stands in the way, by code."""
    lang = current_lang()
    return {
        each.code: wording.OBSTACLES[each.kind].say(lang) if each.kind in wording.OBSTACLES else each.kind
        for each in shown.hall.obstacles
    }


def asked_hall() -> str:
    """Code of the hall that the reader works in: of the page shown, else of `?hall=`; empty for the first one."""
    return str(g.get("floor_hall") or request.values.get("hall", "").strip()[:20])


@bp.url_defaults
def _stay_in_the_hall(_endpoint: str, values: dict[str, Any]) -> None:
    # From a page about one hall every way leads to pages about the same hall.
    if request and request.blueprint == bp.name and (asked := asked_hall()):
        values.setdefault("hall", asked)


@bp.context_processor
def _halls_to_choose() -> dict[str, Any]:
    def halls_to_choose() -> list[HallName]:
        return queries.list_halls(db.session(), edition().id) if edition() else []

    return {"halls_to_choose": halls_to_choose}


def get_hall() -> HallView:
    """The hall of the edition: the one of `?hall=`, else its first.

    Raises:
        Refusal: ``hall_not_found``.
    """
    hall = queries.find_hall(db.session(), edition().id, asked_hall()) if edition() else None
    if hall is None:
        raise Refusal("hall_not_found")
    return hall


def find_plan() -> PlanView | None:
    """The working plan of the edition: of the hall of `?hall=`, else of its first; None before one is laid out.

    Raises:
        Refusal: ``hall_not_found`` for a hall that is named and not there.
    """
    shown = queries.load_plan(db.session(), edition().id, asked_hall()) if edition() else None
    if shown is None and asked_hall():
        raise Refusal("hall_not_found")
    return shown


def get_plan() -> PlanView:
    """The working plan as `find_plan` has it.

    Raises:
        Refusal: ``hall_not_found``.
    """
    shown = find_plan()
    if shown is None:
        raise Refusal("hall_not_found")
    return shown


def get_plan_of(hall_id: int) -> PlanView:
    """The working plan of a hall of the edition; the page's ways stay in this hall.

    Raises:
        Refusal: ``hall_not_found``.
    """
    halls = queries.list_halls(db.session(), edition().id) if edition() else []
    code = next((each.code for each in halls if each.id == hall_id), None)
    if code is None:
        raise Refusal("hall_not_found")
    if len(halls) > 1:
        g.floor_hall = code
    shown = queries.load_plan(db.session(), edition().id, code)
    if shown is None:
        raise Refusal("hall_not_found")
    return shown
