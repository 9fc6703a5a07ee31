"""The plan made public: who moved since the last version and why, who is told how, every version since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from village.exhibitors import queries as exhibitors
from village.floor import actions, queries, show, show_studio
from village.floor.pages.blueprint import asked_hall, bp, get_hall
from village.floor.pages.board import show_board
from village.floor.pages.studio_runs import get_scene
from village.kit import jobs
from village.kit.db import db
from village.kit.guard import public, requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import deed, edition, page, say_done, say_refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.wrappers import Response

    from village.floor.queries import PlaceChange, Published

# The kind of the job in jobs.py that writes the letters.
TELL = "floor.tell"


@bp.get("/floor/studio/publish")
@requires("stands.assign")
def publishing() -> Response:
    """What visitors and exhibitors would learn: who gets, changes or loses a stand, and why."""
    shown, _none = get_scene()
    session, lang = db.session(), current_lang()
    changes = queries.changes_since(session, shown.hall.id)
    emails = exhibitors.emails_by_id(session, {each.exhibitor for each in changes})
    people = show_studio.people_of(shown)
    zones, names = show.zone_names(shown.hall, lang), {code: each.name_in(lang) for code, each in people.items()}
    moving = [each for each in changes if each.before]
    why = queries.explain_plan(session, shown.hall.id, shown.places) if moving else {}
    return page(
        "floor/studio/publish.html",
        plan=shown,
        last=queries.find_publication(session, shown.hall.id),
        rows=_rows(changes),
        emails=emails,
        reasons={who.id: show.reason_sentences(why.get(code, ()), names, zones, lang) for code, who in people.items()},
        moving=len(moving),
    )


def _rows(changes: Iterable[PlaceChange]) -> list[dict[str, Any]]:
    listed, lang = list(changes), current_lang()
    people = queries.concerned(db.session(), listed, edition().id)
    return [
        {"change": each, "who": people[each.exhibitor], "why": show_studio.change_in_words(each, lang)}
        for each in listed
        if each.exhibitor in people
    ]


@bp.post("/floor/publish")
@requires("stands.assign")
def publish() -> Response:
    """Make the plan public as it stands, and tell those whose stand has changed."""
    hall = get_hall()
    previewed = "expected" in request.form
    try:
        with deed() as opened:
            number = actions.publish_plan(opened, hall_id=hall.id, expected=request.form.get("expected", type=int))
            published = queries.find_publication_numbered(opened.session, hall.id, number)
            if published and queries.list_letters(opened.session, published.id):
                jobs.start(opened, TELL, publication_id=published.id)
    except Refusal as refusal:
        if not previewed:
            return show_board(refusal)
        say_refused(refusal)
        return redirect(url_for("floor.publishing"), 303)
    say_done(_("The plan is public now, version %(number)s.", number=number))
    return redirect(url_for("floor.published", number=number) if previewed else url_for("floor.board"), 303)


def _get_published(hall_id: int, number: int) -> Published:
    found = queries.find_publication_numbered(db.session(), hall_id, number)
    if found is None:
        raise Refusal("publication_not_found", {"publication": number})
    return found


@bp.get("/floor/studio/published/<int:number>")
@requires("stands.assign")
def published(number: int) -> Response:
    """A public version: who was written to, and a list of those to be told by telephone."""
    hall = get_hall()
    found = _get_published(hall.id, number)
    emails = exhibitors.emails_by_id(db.session(), {each.exhibitor for each in found.changes})
    return page("floor/studio/published.html", published=found, rows=_rows(found.changes), emails=emails)


@bp.post("/floor/studio/published/<int:number>/told")
@requires("stands.assign")
def told(number: int) -> Response:
    """Note that somebody was told by telephone."""
    found = _get_published(get_hall().id, number)
    who = request.form.get("exhibitor", type=int)
    if who is None:
        raise BadRequest
    with deed() as opened:
        actions.note_told(opened, publication_id=found.id, exhibitor_id=who, told=True, by="phone")
    say_done(_("Noted: told by telephone."))
    return redirect(url_for("floor.published", number=number), 303)


@bp.get("/plan/versions")
@public
def versions() -> Response:
    """Every public version of the plan, and what each one changed."""
    session = db.session()
    hall = queries.find_hall(session, edition().id, asked_hall()) if edition() else None
    if hall is None:
        return page("floor/empty.html")
    found = queries.list_publications(session, hall.id)
    rows = _rows([each for one in found for each in one.changes if each.before])
    by_change = {id(each["change"]): each for each in rows}
    shown = [(one, [by_change[id(each)] for each in one.changes if id(each) in by_change]) for one in found]
    return page("floor/studio/versions.html", versions=shown)
