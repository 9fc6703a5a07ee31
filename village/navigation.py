"""The navigation: one table of places, each shown to those who may go there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import current_app, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from village.kit.guard import may

if TYPE_CHECKING:
    from flask_babel import LazyString

EVERYBODY = "*"
# Pages that lie below the place of another feature.
_LIES_BELOW = {
    "messages.webhooks": "people.api_keys",
    "messages.new_webhook": "people.api_keys",
    "messages.webhook": "people.api_keys",
}


@dataclass(frozen=True)
class Place:
    """A place to go: the endpoint it leads to, and the start of the addresses that belong to it."""

    endpoint: str
    icon: str
    label: LazyString
    permission: str = EVERYBODY


PUBLIC_PLACES = (
    Place("editions.home", "home", _l("Home")),
    Place("workshops.programme", "calendar", _l("Programme")),
    Place("exhibitors.index", "shop", _l("Exhibitors")),
    Place("floor.plan", "plan", _l("Plan")),
    Place("draws.index", "dice", _l("Draw")),
    Place("awards.palmares", "medal", _l("Awards")),
)

# In the order of a day's work; the first four are the tabs on a telephone.
STAFF_PLACES = (
    Place("reports.dashboard", "home", _l("Dashboard"), "dashboard.see"),
    Place("floor.board", "plan", _l("Stands"), "stands.assign"),
    Place("checkin.gate", "scan", _l("Check-in"), "checkin.admit"),
    Place("workshops.board", "calendar", _l("Timetable board"), "programme.manage"),
    Place("workshops.registrations", "calendar", _l("Registrations"), "registrations.manage"),
    Place("checkin.attendance", "check", _l("Attendance"), "registrations.manage"),
    Place("workshops.manage", "edit", _l("Write the programme"), "programme.manage"),
    Place("people.people", "user", _l("People"), "registrations.manage"),
    Place("messages.outbox", "mail", _l("Messages"), "messages.send"),
    Place("workshops.desk", "users", _l("Desk"), "registrations.desk"),
    Place("floor.day", "clock", _l("Fair day"), "stands.assign"),
    Place("exhibitors.own", "shop", _l("My stand"), "exhibitor.own"),
    Place("workshops.groups", "users", _l("Our people"), "exhibitor.own"),
    Place("floor.own_request", "star", _l("My wishes"), "exhibitor.own"),
    Place("awards.jury", "medal", _l("My marks"), "awards.mark"),
    Place("exhibitors.manage", "shop", _l("Exhibitors"), "exhibitors.manage"),
    Place("badges.overview", "badge", _l("Badges"), "badges.print"),
    Place("certificates.overview", "certificate", _l("Certificates"), "certificates.issue"),
    Place("awards.manage", "medal", _l("Awards"), "awards.manage"),
    Place("awards.chair", "medal", _l("Opening of marks"), "awards.open"),
    Place("draws.index", "dice", _l("Draw"), "draws.run"),
    Place("audit.log", "log", _l("Log"), "audit.read"),
    Place("imports.start", "download", _l("Import"), "imports.run"),
    Place("people.api_keys", "key", _l("Other programs"), "api.manage"),
    Place("people.accounts", "user", _l("Accounts"), "accounts.manage"),
)


def navigation() -> list[dict[str, Any]]:
    """Return the places of whoever asks, with the one where they are.

    Staff see their own work; the public pages stay one tap away on the fair's first page.
    """
    own = [place for place in STAFF_PLACES if may(place.permission)]
    if own:
        own.append(Place("editions.home", "globe", _l("Public pages")))
    places = [place for place in own or PUBLIC_PLACES if place.endpoint in current_app.view_functions]
    here = _here(places)
    return [
        {
            "endpoint": place.endpoint,
            "url": url_for(place.endpoint),
            "label": str(place.label),
            "icon": place.icon,
            "current": place is here,
        }
        for place in places
    ]


def _here(places: list[Place]) -> Place | None:
    """Return the place of the page at hand: itself, else the one it lies below, else the first of the same feature."""
    here = _LIES_BELOW.get(request.endpoint or "", request.endpoint)
    exact = next((place for place in places if place.endpoint == here), None)
    feature = request.blueprint
    same = [place for place in places if feature and place.endpoint.startswith(f"{feature}.")]
    above = [place for place in same if request.path.startswith(f"{url_for(place.endpoint)}/")]
    nearest = max(above, key=lambda place: len(url_for(place.endpoint)), default=next(iter(same), None))
    return exact or nearest


def doors() -> list[dict[str, str]]:
    """Return what is open to everybody, for the first page."""
    wanted = [place for place in PUBLIC_PLACES if place.endpoint != "editions.home"]
    found = [
        {"url": url_for(place.endpoint), "label": str(place.label), "icon": place.icon}
        for place in wanted
        if place.endpoint in current_app.view_functions
    ]
    if "workshops.find_own" in current_app.view_functions:
        found.append({"url": url_for("workshops.find_own"), "label": gettext("My page"), "icon": "user"})
    return found
