"""The public programme: all of it, a session, who leads sessions, a track."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from flask import request, url_for
from flask_babel import gettext as _

from village.editions.queries import list_partners
from village.kit.db import db
from village.kit.guard import may, public
from village.kit.i18n import current_lang, pick
from village.kit.refusal import Refusal
from village.kit.web import page
from village.workshops import queries
from village.workshops.filters import WAYS, Filter
from village.workshops.linked import linked_programme, linked_session, written
from village.workshops.pages import base
from village.workshops.pages.cached import is_stranger, kept
from village.workshops.pages.calendar import addresses, subscription
from village.workshops.queries.minutes import get_minutes
from village.workshops.queries.programme import PUBLIC, get_track, get_trainer, list_required
from village.workshops.rules import asks_minutes, gives_certificate, registers

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from flask import Response

    from village.editions.queries import PartnerRow, VenueRow
    from village.workshops.queries import TrackRow, WorkshopRow

bp = base.bp


@bp.get("/programme")
@public
def programme() -> Response:
    """Show the programme by day; `?day=2026-12-04&city=V1&theme=marketing&spoken=fr` shows a part of it."""
    edition = base.the_edition()
    rows = queries.list_workshops(db.session(), edition.id, statuses=PUBLIC)
    asked = Filter.of(request.args)
    shown = asked.chosen(rows)
    words: dict[str, Any] = {**asked.words()}
    return kept(
        page(
            "workshops/programme.html",
            days=[(day, list(found)) for day, found in groupby(shown, key=lambda row: row.day)],
            all_days=sorted({row.day for row in rows}),
            venues=sorted({row.room.venue.code: row.room.venue for row in rows if row.room}.values(), key=_by_code),
            asked=asked,
            total=len(rows),
            choices=_choices(rows, asked),
            follow=subscription(url_for("workshops.programme_file", **words)),
            linked=written(linked_programme(edition, shown, _organisers(), current_lang(), addresses())),
            cookieless=is_stranger(),
            **_said(),
        )
    )


@bp.get("/programme/<code>")
@public
def workshop(code: str) -> Response:
    """Show one session: when, where, by whom, to what end, what comes before, and how many places are left."""
    edition, session = base.the_edition(), db.session()
    row = base.public_session(code)
    stands = row.room.equipment if row.room and not row.room.venue.is_online else ()
    return kept(
        page(
            "workshops/workshop.html",
            row=row,
            left=base.places_in_words(row),
            closed=base.why_closed(row),
            me=base.remembered(),
            required=list_required(session, edition.id, row.id),
            equipment={code: name for code, name in base.equipment().items() if code in stands},
            minutes=asks_minutes(row.kind) and get_minutes(session, row.id).closed_at is not None,
            linked=written(linked_session(edition, row, _organisers(), current_lang(), addresses())),
            cookieless=is_stranger(),
            **_said(),
        )
    )


@bp.get("/programme/trainers/<code>")
@public
def trainer(code: str) -> Response:
    """Show who leads sessions: what they do, their profile, their sessions; never a telephone or an address."""
    edition, session = base.the_edition(), db.session()
    person = get_trainer(session, edition.id, code)
    rows = queries.list_workshops(session, edition.id, statuses=PUBLIC)
    led = [row for row in rows if person.id in {each.id for each in row.trainers}]
    if not led and not may("programme.manage"):
        raise Refusal("this_trainer_not_found", {"trainer": code})
    return kept(page("workshops/trainer.html", person=person, rows=led, cookieless=is_stranger(), **_said()))


@bp.get("/programme/tracks/<code>")
@public
def track(code: str) -> Response:
    """Show a track: who organises it, its sessions, and its report once it is written."""
    edition, session = base.the_edition(), db.session()
    found = get_track(session, edition.id, code)
    rows = queries.list_workshops(session, edition.id, statuses=PUBLIC)
    own = [row for row in rows if row.track and row.track.id == found.id]
    return kept(page("workshops/track.html", track=found, rows=own, cookieless=is_stranger(), **_said()))


def _said() -> dict[str, Any]:
    """Return what the pages of the programme need to name things."""
    return {
        "kinds": base.kinds(),
        "themes": base.themes(),
        "languages": base.languages(),
        "modes": base.modes(),
        "words": base.places_in_words,
        "registers": registers,
        "gives_certificate": gives_certificate,
    }


def _choices(rows: Sequence[WorkshopRow], asked: Filter) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """List what one may choose by: the word of the address, its name, and what the programme holds of it, by name."""
    lang = current_lang()
    tracks = sorted({row.track.code: row.track for row in rows if row.track}.values(), key=_by_code)
    modes = {row.mode for row in rows}
    ways = [(way, base.modes()[way]) for way in WAYS] if len(modes) > 1 else []
    held = (
        ("track", _("Track"), [(each.code, pick(lang, each.name_ar, each.name_fr)[0]) for each in tracks]),
        ("theme", _("Theme"), _held(base.themes(), {row.theme for row in rows})),
        ("spoken", _("Language"), _held(base.languages(), {lang for row in rows for lang in row.langs})),
        ("kind", _("Kind of session"), _held(base.kinds(), {row.kind for row in rows})),
        ("way", _("How to take part"), ways),
    )
    wanted = asked.words()
    return [(word, name, options) for word, name, options in held if len(options) > 1 or word in wanted]


def _held(names: Mapping[str, str], codes: Collection[str]) -> list[tuple[str, str]]:
    return [(code, name) for code, name in names.items() if code in codes]


def _by_code(thing: VenueRow | TrackRow) -> str:
    return thing.code


def _organisers() -> list[PartnerRow]:
    partners = list_partners(db.session(), base.the_edition().id)
    return [each for each in partners if each.kind == "organizer"]
