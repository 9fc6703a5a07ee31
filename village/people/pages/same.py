"""Persons as staff look after them: find one, look at two who may be one, merge them or say that they are two."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, edition, page, say_done, say_refused, wired
from village.people.actions import merge_people, say_distinct, take_back_distinct, undo_merge
from village.people.forms import MergeForm
from village.people.pages.accounts import bp
from village.people.queries import (
    PAIRS_SHOWN,
    get_merge,
    get_person,
    list_distinct,
    list_likely,
    list_merges,
    search_people,
)
from village.people.rules import PARTS
from village.people.wording import SIGN_WORDS

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from village.people.queries import PersonRow


@bp.get("/people")
@requires("registrations.manage")
def people() -> Response:
    """Find a person, to see what is kept of them."""
    _edition()
    query = request.args.get("q", "").strip()
    found = search_people(db.session(), edition().id, query) if query else []
    return page("people/people.html", query=query, found=found)


@bp.get("/people/same")
@requires("registrations.manage")
def same() -> Response:
    """List those who may be one person, with what speaks for it, and the last merges."""
    _edition()
    session = db.session()
    pairs = list_likely(session, edition().id)
    pages = max(1, ceil(len(pairs) / PAIRS_SHOWN))
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    shown = pairs[(number - 1) * PAIRS_SHOWN : number * PAIRS_SHOWN]
    return page(
        "people/same.html",
        pairs=[(pair, [SIGN_WORDS[sign].say(current_lang()) for sign in pair.signs]) for pair in shown],
        total=len(pairs),
        merges=list_merges(session, edition().id),
        distinct=list_distinct(session, edition().id),
        pager={
            "number": number,
            "pages": pages,
            "prev_url": url_for("people.same", page=number - 1) if number > 1 else None,
            "next_url": url_for("people.same", page=number + 1) if number < pages else None,
        },
    )


@bp.route("/people/same/<int:a>/<int:b>", methods=["GET", "POST"])
@requires("registrations.manage")
def pair(a: int, b: int) -> AnyResponse:
    """Compare two persons; merge them as chosen."""
    one, other = _person(a), _person(b)
    form = MergeForm()
    form.offer(one, other)
    if request.method == "GET":
        return page("people/pair.html", form=form, one=one, other=other)
    if not form.validate_on_submit():
        return again("people/pair.html", form, one=one, other=other)
    stays = form.kept.data
    kept, gone = (one, other) if stays == "a" else (other, one)
    taken = [part for part in PARTS if part in form and form[part].data and form[part].data != stays]
    try:
        with deed() as opened:
            merge_people(opened, kept_id=kept.id, gone_id=gone.id, taken=taken, movers=wired("person_movers")())
    except Refusal as refusal:
        return again("people/pair.html", form, refusal, one=one, other=other)
    say_done(_("The two are one person now. You can undo this below."))
    return redirect(url_for("people.same"))


@bp.post("/people/same/<int:a>/<int:b>/two")
@requires("registrations.manage")
def two(a: int, b: int) -> AnyResponse:
    """Remember that two persons are two."""
    one, other = _person(a), _person(b)
    try:
        with deed() as opened:
            say_distinct(opened, one_id=one.id, other_id=other.id)
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(_("Noted: these are two people. They will not be shown again."))
    return redirect(url_for("people.same"))


@bp.post("/people/same/<int:a>/<int:b>/not-two")
@requires("registrations.manage")
def two_not(a: int, b: int) -> AnyResponse:
    """Take back that two persons were said to be two."""
    one, other = _person(a), _person(b)
    try:
        with deed() as opened:
            take_back_distinct(opened, one_id=one.id, other_id=other.id)
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(_("Taken back. If they look like one person, they are shown above again."))
    return redirect(url_for("people.same"))


@bp.post("/people/merges/<int:merge_id>/undo")
@requires("registrations.manage")
def undo(merge_id: int) -> AnyResponse:
    """Let two persons be two again."""
    _edition()
    get_merge(db.session(), edition().id, merge_id)
    try:
        with deed() as opened:
            undo_merge(opened, merge_id=merge_id, movers=wired("person_movers")())
    except Refusal as refusal:
        say_refused(refusal)
    else:
        say_done(_("Undone: they are two people again, each with what they had."))
    return redirect(url_for("people.same"))


def _edition() -> Any:
    view = edition()
    if view is None:
        raise Refusal("edition_not_found")
    return view


def _person(person_id: int) -> PersonRow:
    person = get_person(db.session(), person_id) if person_id < 1 << 62 else None
    if person is None or person.edition_id != _edition().id:
        raise Refusal("person_not_found")
    return person
