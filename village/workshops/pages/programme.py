"""The public programme and a workshop's page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from flask import request, url_for

from village.editions.queries import list_partners
from village.kit.db import db
from village.kit.guard import public
from village.kit.i18n import current_lang
from village.kit.web import page
from village.workshops import queries
from village.workshops.filters import Filter
from village.workshops.linked import linked_programme, linked_session
from village.workshops.pages import base
from village.workshops.pages.cached import is_stranger, kept
from village.workshops.pages.calendar import addresses, subscription

if TYPE_CHECKING:
    from flask import Response

    from village.editions.queries import PartnerRow, VenueRow

bp = base.bp


@bp.get("/programme")
@public
def programme() -> Response:
    """Show the programme by day; `?day=2026-12-04&city=V1&kind=training&way=online` shows a part of it."""
    edition = base.the_edition()
    rows = queries.list_workshops(db.session(), edition.id)
    asked = Filter.of(request.args)
    shown = asked.chosen(rows)
    kinds = base.kinds()
    words: dict[str, Any] = {**asked.words()}
    return kept(
        page(
            "workshops/programme.html",
            days=[(day, list(found)) for day, found in groupby(shown, key=lambda row: row.day)],
            all_days=sorted({row.day for row in rows}),
            venues=sorted({row.room.venue.code: row.room.venue for row in rows if row.room}.values(), key=_by_code),
            asked=asked,
            total=len(rows),
            kinds=kinds,
            kinds_held=[(code, kinds.get(code, code)) for code in sorted({row.kind for row in rows})],
            several_ways=len({row.mode for row in rows}) > 1,
            modes=base.modes(),
            words=base.places_in_words,
            follow=subscription(url_for("workshops.programme_file", **words)),
            linked=linked_programme(edition, shown, _organisers(), current_lang(), addresses()),
            cookieless=is_stranger(),
        )
    )


@bp.get("/programme/<code>")
@public
def workshop(code: str) -> Response:
    """Show one workshop: when, where, by whom, and how many places are left."""
    edition = base.the_edition()
    row = queries.get_workshop(db.session(), edition.id, code)
    return kept(
        page(
            "workshops/workshop.html",
            row=row,
            kinds=base.kinds(),
            modes=base.modes(),
            words=base.places_in_words(row),
            closed=base.why_closed(row),
            me=base.remembered(),
            linked=linked_session(edition, row, _organisers(), current_lang(), addresses()),
            cookieless=is_stranger(),
        )
    )


def _by_code(venue: VenueRow) -> str:
    return venue.code


def _organisers() -> list[PartnerRow]:
    partners = list_partners(db.session(), base.the_edition().id)
    return [each for each in partners if each.kind == "organizer"]
