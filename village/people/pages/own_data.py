"""What is kept about a person: to read, to take away, to have taken out; for the person and for staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, redirect, request, url_for
from flask_babel import gettext as _

from village.kit.db import db
from village.kit.deeds import Actor
from village.kit.guard import public, requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import acting_as, again, clock, deed, edition, keys, limiter, page, say_done, wired
from village.people import own_papers
from village.people.actions import erase_person, note_export
from village.people.forms import EraseForm
from village.people.pages.accounts import bp
from village.people.queries import find_person_by_link, get_own_data, get_person

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from village.people.queries import PersonRow


@bp.get("/me/<token>/data")
@public
@limiter.limit("60 per minute")
def my_data(token: str) -> Response:
    """Show a person all that is kept about them."""
    return _shown(_by_link(token), token)


@bp.post("/me/<token>/data.<any(json,csv,pdf):form>")
@public
@limiter.limit("20 per minute")
def take_my_data(token: str, form: str) -> Response:
    """Give a person all that is kept about them, as a file: to read, for a spreadsheet, or for a program."""
    return _file(_by_link(token), form)


@bp.route("/me/<token>/erase", methods=["GET", "POST"])
@public
@limiter.limit("20 per minute")
def erase_me(token: str) -> AnyResponse:
    """Take a person's own name out, once they have read what that means."""
    return _erase(_by_link(token), url_for("people.my_data", token=token), url_for("editions.home"))


@bp.get("/people/<int:person_id>/data")
@requires("registrations.manage")
def data_of(person_id: int) -> Response:
    """Show staff all that is kept about a person, for whoever asks at the desk."""
    return _shown(_by_id(person_id), None)


@bp.post("/people/<int:person_id>/data.<any(json,csv,pdf):form>")
@requires("registrations.manage")
def take_data_of(person_id: int, form: str) -> Response:
    """Give staff all that is kept about a person, as a file to hand over."""
    return _file(_by_id(person_id), form)


@bp.route("/people/<int:person_id>/erase", methods=["GET", "POST"])
@requires("registrations.manage")
def erase(person_id: int) -> AnyResponse:
    """Take a person's name out on their behalf."""
    return _erase(_by_id(person_id), url_for("people.data_of", person_id=person_id), url_for("people.people"))


def _by_link(token: str) -> PersonRow:
    person = find_person_by_link(db.session(), keys(), token)
    if person is None or edition() is None or person.edition_id != edition().id:
        raise Refusal("person_not_found")
    acting_as(Actor("person", str(person.id)))
    return person


def _by_id(person_id: int) -> PersonRow:
    person = get_person(db.session(), person_id) if person_id < 1 << 62 else None
    if person is None or edition() is None or person.edition_id != edition().id:
        raise Refusal("person_not_found")
    return person


def _gathered(person: PersonRow) -> dict[str, list[dict[str, Any]]]:
    ids, own = get_own_data(db.session(), person.id)
    readers = wired("person_kept")()
    return {"person": own, **{name: read(db.session(), ids) for name, read in readers.items()}}


def _shown(person: PersonRow, token: str | None) -> Response:
    sections = own_papers.sections(_gathered(person), current_lang())
    answer = page("people/data.html", person=person, token=token, sections=sections)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _file(person: PersonRow, form: str) -> Response:
    with deed() as opened:
        note_export(opened, person_id=person.id)
    gathered, lang = _gathered(person), current_lang()
    if form == "csv":
        content, kind = own_papers.as_csv(gathered, lang), own_papers.CSV_TYPE
    elif form == "pdf":
        content, kind = own_papers.as_pdf(gathered, lang, fair=edition(), at=clock().now()), "application/pdf"
    else:
        content, kind = own_papers.as_json(gathered), "application/json"
    return Response(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{person.code}.{form}"',
            "Cache-Control": "no-store",
        },
    )


def _erase(person: PersonRow, back: str, onward: str) -> AnyResponse:
    form = EraseForm()
    shown: dict[str, Any] = {"person": person, "back": back, "numbers": _numbers(person)}
    if request.method == "GET":
        return page("people/erase.html", form=form, **shown)
    if not form.validate_on_submit():
        return again("people/erase.html", form, **shown)
    movers = wired("person_movers")()
    try:
        with deed() as opened:
            erase_person(
                opened,
                person_id=person.id,
                forgetters=wired("person_forgetters")(),
                hold=[mover.hold for mover in movers if mover.hold is not None],
            )
    except Refusal as refusal:
        return again("people/erase.html", form, refusal, **shown)
    say_done(_("Done. The name, the telephone and the mail address are taken out."))
    return redirect(onward)


def _numbers(person: PersonRow) -> list[int]:
    ids, _own = get_own_data(db.session(), person.id)
    return [row["number"] for row in wired("person_kept")()["certificates"](db.session(), ids)]
