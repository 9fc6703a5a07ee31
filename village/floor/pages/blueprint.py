"""The floor's blueprint, and what its pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, request

from village.floor import queries, wording
from village.kit.db import db
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import edition

if TYPE_CHECKING:
    from village.floor.queries import HallView, PlanView

bp = Blueprint("floor", __name__)
bare = Blueprint("floor_bare", __name__)


def obstacle_names(shown: PlanView) -> dict[str, str]:
    """Names of what stands in the way, by code."""
    lang = current_lang()
    return {
        each.code: wording.OBSTACLES[each.kind].say(lang) if each.kind in wording.OBSTACLES else each.kind
        for each in shown.hall.obstacles
    }


def get_hall() -> HallView:
    """The hall of the edition: the one of `?hall=`, else its first.

    Raises:
        Refusal: ``hall_not_found``.
    """
    asked = request.values.get("hall", "").strip()[:20]
    hall = queries.find_hall(db.session(), edition().id, asked) if edition() else None
    if hall is None:
        raise Refusal("hall_not_found")
    return hall


def get_plan() -> PlanView:
    """The working plan of the edition: of the hall of `?hall=`, else of its first.

    Raises:
        Refusal: ``hall_not_found``.
    """
    asked = request.values.get("hall", "").strip()[:20]
    shown = queries.load_plan(db.session(), edition().id, asked) if edition() else None
    if shown is None:
        raise Refusal("hall_not_found")
    return shown
