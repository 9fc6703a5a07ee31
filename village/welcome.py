"""What the first page shows of the features: big numbers, the sessions of a day, the doors open to everybody.

The edition knows none of the features, so `app.py` wires these three to its page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from flask import current_app, g, url_for
from flask_babel import gettext as _

from village.editions.pages import Moment
from village.exhibitors.queries import list_exhibitors
from village.exhibitors.rules import Status
from village.kit.db import db
from village.kit.guard import permission_of
from village.kit.web import edition
from village.workshops.queries import count_registered_people, list_workshops

if TYPE_CHECKING:
    from datetime import date

    from village.kit.web import Parts
    from village.workshops.queries import WorkshopRow


def wire(parts: Parts) -> None:
    """Give the first page its facts."""
    parts.wires["home_figures"] = figures
    parts.wires["home_programme"] = programme_of
    parts.wires["home_doors"] = doors


def figures() -> dict[str, int]:
    """Count what the fair brings together; a number of nothing is left out."""
    session, number = db.session(), edition().id
    exhibitors = list_exhibitors(session, number, status=Status.ACCEPTED)
    found = {
        "exhibitors": len(exhibitors),
        "women_led": sum(row.is_womens for row in exhibitors),
        "provinces": len({row.province_code for row in exhibitors}),
        "workshops": len(_workshops()),
        "participants": count_registered_people(session, number),
    }
    return {name: count for name, count in found.items() if count}


def programme_of(day: date) -> list[Moment]:
    """List the sessions of a day with the room each is held in."""
    return [
        Moment(
            row.starts,
            row.title_ar,
            row.title_fr,
            row.room.name_ar if row.room else "",
            row.room.name_fr if row.room else "",
            url_for("workshops.workshop", code=row.code),
        )
        for row in _workshops()
        if row.day == day
    ]


def _workshops() -> list[WorkshopRow]:
    """Read the programme once for one page."""
    if "workshops_of_home" not in g:
        g.workshops_of_home = list_workshops(db.session(), edition().id)
    return cast("list[WorkshopRow]", g.workshops_of_home)


def doors() -> list[dict[str, Any]]:
    """List the places open to everybody, in the order in which a visitor needs them."""
    places = (
        ("workshops.programme", "calendar", _("Programme and registration")),
        ("exhibitors.directory", "shop", _("Exhibitors")),
        ("floor.plan", "plan", _("Plan of the stands")),
        ("workshops.find_own", "user", _("My workshops")),
        ("draws.index", "dice", _("The draw")),
    )
    return [
        {"url": url_for(endpoint), "icon": icon, "label": label}
        for endpoint, icon, label in places
        if permission_of(current_app, endpoint) == "*"
    ]
