"""The programme as files: calendars of all, of one session and of a person; sheets to print."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import make_response, redirect, request, url_for

from village.editions.queries import list_breaks, list_ceremonies, list_venues
from village.kit.db import db
from village.kit.guard import public
from village.kit.i18n import current_lang
from village.kit.locale import preferred_lang
from village.kit.refusal import Refusal
from village.kit.web import clock, limiter, parts, storage
from village.workshops import programme_paper, queries
from village.workshops.calendars import MIMETYPE, Addresses, agenda_calendar, programme_calendar
from village.workshops.filters import Filter
from village.workshops.pages import base
from village.workshops.pages.cached import FILE_SECONDS, kept
from village.workshops.queries.programme import PUBLIC

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

bp, bare = base.bp, base.bare
_STAMP = re.compile(rb"^DTSTAMP:.*\r\n", re.MULTILINE)
_CODE = "CODE"


@bp.get("/programme.ics")
@public
@limiter.limit("120 per minute")
def programme_file() -> Response:
    """The programme, or the part of it that the address asks for, as a calendar to download or to follow."""
    edition = base.the_edition()
    rows = Filter.of(request.args).chosen(queries.list_workshops(db.session(), edition.id, statuses=PUBLIC))
    made = programme_calendar(edition, rows, current_lang(), addresses(), clock().now())
    return _calendar(made, f"programme-{edition.code}")


@bp.get("/programme/<code>.ics")
@public
@limiter.limit("120 per minute")
def session_file(code: str) -> Response:
    """One session as a calendar file."""
    edition = base.the_edition()
    row = base.public_session(code)
    made = programme_calendar(edition, [row], current_lang(), addresses(), clock().now())
    return _calendar(made, row.code)


@bp.get("/me/<token>/agenda.ics")
@public
@limiter.limit("120 per minute")
def agenda_file(token: str) -> Response:
    """A person's agenda, which a telephone may follow: whoever has the link of the page has it too."""
    person = base.by_link(token)
    edition = base.the_edition()
    entries = queries.list_agenda_entries(db.session(), edition.id, person.id)
    made = agenda_calendar(edition, entries, current_lang(), addresses(token), clock().now())
    answer = _calendar(made, f"agenda-{edition.code}")
    # A person's own: no proxy keeps it.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@bp.get("/programme-<any('a4', 'a3'):paper>.pdf")
@public
@limiter.limit("30 per minute")
def programme_sheets(paper: str) -> Response:
    """The programme to print, in Arabic and French: a sheet for each day, or one for the wall. Kept by its content."""
    edition, session = base.the_edition(), db.session()
    rows = queries.list_workshops(session, edition.id, statuses=PUBLIC)
    if not rows:
        raise Refusal("workshop_not_found", {"workshop": ""})
    venues = {venue.id: venue for venue in list_venues(session, edition.id)}
    days = programme_paper.days_of(rows, list_ceremonies(session, edition.id), list_breaks(session, edition.id), venues)
    sheets = programme_paper.compose(edition, days, paper, parts().settings.address)
    key = f"programme/{edition.id}/{paper}-{sheets.digest}.pdf"
    if not storage().exists(key):
        storage().put(key, sheets.print())
    answer = make_response(storage().get(key))
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="programme-{edition.code}-{paper}.pdf"'
    return kept(answer, seconds=FILE_SECONDS)


@bare.get("/W")
@bare.get("/W/<code>")
@public
def open_programme(code: str = "") -> AnyResponse:
    """Where the code on a printed programme leads: to the programme or a session, in the reader's language."""
    lang = preferred_lang()
    if code:
        return redirect(url_for("workshops.workshop", lang=lang, code=code[:20]))
    return redirect(url_for("workshops.programme", lang=lang))


def addresses(token: str = "") -> Addresses:
    """Return where sessions are online, as whole addresses in the reader's language."""
    root = parts().settings.address
    session = url_for("workshops.workshop", code=_CODE).replace(_CODE, "{code}")
    join = url_for("workshops.join", token=token, code=_CODE).replace(_CODE, "{code}") if token else ""
    return Addresses(f"{root}{session}", f"{root}{join}" if join else "")


def subscription(path: str) -> str:
    """Return the address at which a telephone's calendar follows a file: webcal opens it there, not in the browser."""
    return urlsplit(f"{parts().settings.address}{path}")._replace(scheme="webcal").geturl()


def _calendar(made: bytes, name: str) -> Response:
    answer = make_response(made)
    answer.mimetype = MIMETYPE
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    # The time of making is no news: without it the same programme has the same name.
    return kept(answer, _STAMP.sub(b"", made), seconds=FILE_SECONDS)
