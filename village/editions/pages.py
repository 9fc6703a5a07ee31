"""The first page of the fair: what it is, when and where, what happens today, who stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Blueprint
from flask_babel import gettext as _

from village.editions import queries
from village.kit.clock import local
from village.kit.db import db
from village.kit.guard import public
from village.kit.i18n import current_lang, format_day
from village.kit.web import clock, edition, page, wired

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, time

    from flask import Response

    from village.editions.queries import DayRow, EditionView, VenueRow

bp = Blueprint("editions", __name__)


@dataclass(frozen=True)
class Moment:
    """Something that begins at a time of the day shown on the first page; `url` leads to more about it."""

    starts: time
    title_ar: str
    title_fr: str
    place_ar: str
    place_fr: str
    url: str | None = None


@dataclass(frozen=True)
class Figure:
    """A big number of the first page, with its name in the reader's language."""

    label: str
    value: int


@bp.get("/")
@public
def home() -> Response:
    """Welcome visitors; before the first edition is made, say so.

    Wires: `home_figures()` gives numbers by name (see `_figures`), `home_programme(day)` the sessions of
    a day as `Moment`, `home_doors()` the places open to everybody as `{url, label, icon}` in their order.
    """
    view: EditionView | None = edition()
    if view is None:
        return page("editions/empty.html")
    session = db.session()
    days = queries.list_days(session, view.id)
    venues = queries.list_venues(session, view.id)
    today = local(clock().now(), view.zone).date()
    shown = _day_to_show(today, days, view)
    return page(
        "editions/home.html",
        days=days,
        today=today,
        shown_day=shown,
        span_of_days=_span(view.starts_on, view.ends_on),
        venues=venues,
        cities=list({venue.city_fr: venue for venue in venues if not venue.is_online}.values()),
        partners=queries.list_partners(session, view.id),
        kinds=_partner_kinds(),
        moments=_moments(view, shown, venues),
        figures=_figures(wired("home_figures")()),
        doors=wired("home_doors")(),
    )


def _day_to_show(today: date, days: Sequence[DayRow], view: EditionView) -> date:
    """Return today during the fair, its first day before, its last day after."""
    return min(max(today, days[0].date), days[-1].date) if days else view.starts_on


def _span(first: date, last: date) -> str:
    """Write the days of the fair once: 4 to 6 December 2026."""
    lang = current_lang()
    if first == last:
        return format_day(first, lang)
    begins = format_day(first, lang, weekday=False)
    if (first.year, first.month) == (last.year, last.month):
        begins = begins.split(" ")[0]
    text: str = _("%(first)s to %(last)s", first=begins, last=format_day(last, lang, weekday=False))
    return text


def _moments(view: EditionView, day: date, venues: Sequence[VenueRow]) -> list[Moment]:
    """Return ceremonies and sessions of a day in order of time."""
    places = {venue.id: venue for venue in venues}
    ceremonies = [
        Moment(row.starts, row.title_ar, row.title_fr, places[row.venue_id].name_ar, places[row.venue_id].name_fr)
        for row in queries.list_ceremonies(db.session(), view.id)
        if row.date == day
    ]
    return sorted([*ceremonies, *wired("home_programme")(day)], key=lambda moment: moment.starts)


def _figures(found: Mapping[str, int]) -> list[Figure]:
    """Name the numbers that are there, in the order in which they are read."""
    names = {
        "exhibitors": _("Exhibitors"),
        "women_led": _("Led by women"),
        "provinces": _("Provinces and prefectures"),
        "stands": _("Stands"),
        "workshops": _("Workshops and sessions"),
        "participants": _("People registered"),
    }
    return [Figure(name, found[key]) for key, name in names.items() if key in found]


def _partner_kinds() -> dict[str, Any]:
    return {
        "organizer": _("Organiser"),
        "co_organizer": _("Co-organiser"),
        "partner": _("Partner"),
        "sponsor": _("Sponsor"),
        "guest": _("Guest institution"),
        "tool": _("Digital platform"),
    }
