"""The link of a group: whoever has it joins with a name, and sees of the others their first names alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for

from village.kit.db import db
from village.kit.guard import public
from village.kit.i18n import current_lang
from village.kit.locale import preferred_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, keys, limiter, page
from village.people.queries import get_person, list_people
from village.people.rules import NEEDS
from village.workshops import queries
from village.workshops.actions import groups as actions
from village.workshops.forms import MemberForm
from village.workshops.pages import base
from village.workshops.pages.notice import privacy_notice
from village.workshops.pages.registering import newcomer_of
from village.workshops.queries import groups as reads
from village.workshops.rules import Wish

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from village.workshops.queries.groups import GroupRow

bp, bare = base.bp, base.bare


@bare.get("/G/<token>")
@public
def short_group_link(token: str) -> AnyResponse:
    """Lead from the code of a group to its page, in the language last used."""
    return redirect(url_for("workshops.join_group", lang=preferred_lang(), token=token.lower()))


@bp.route("/join/<token>", methods=["GET", "POST"])
@public
@limiter.limit("60 per minute; 300 per hour")
def join_group(token: str) -> AnyResponse:
    """Let whoever has the link of a group join it: a name and, if there is one, a telephone."""
    row = reads.find_group_by_link(db.session(), keys(), token)
    if row is None or row.edition_id != base.the_edition().id:
        raise Refusal("group_not_found")
    form, me = MemberForm(), base.remembered()
    context = {**_public_context(row, token), "me": me}
    if request.method == "POST" and request.form.get("as") == "me" and me is not None:
        base.by_link(base.own_token(me))
        joining: dict[str, Any] = {"person_id": me.id}
    elif form.validate_on_submit():
        joining = {"newcomer": newcomer_of(form, organisation=row.name)}
    elif request.method == "POST":
        return again("workshops/group_join.html", form, **context)
    else:
        return base.private(page("workshops/group_join.html", form=form, **context))
    wish = Wish(form.wish.data) if form.wish.data in set(Wish) else Wish.ANY
    try:
        with deed() as opened:
            joined = actions.join_group(opened, group_id=row.id, wish=wish, **joining)
    except Refusal as refusal:
        return again("workshops/group_join.html", form, refusal, **context)
    person = get_person(db.session(), joined.person_id)
    if me is None or me.id != person.id:
        base.remember(person, lent=bool(form.lent.data))
    return redirect(url_for("workshops.registered", token=base.token_shown(person), code=context["workshop"].code))


def _public_context(row: GroupRow, token: str) -> dict[str, Any]:
    """Return what a stranger with the link may see: the session, the group's name, and first names alone."""
    edition, session = base.the_edition(), db.session()
    workshop = queries.list_workshops(session, edition.id, [row.workshop_id])[0]
    ids = {member.person_id for member in reads.list_group_members(session, row)}
    lang = current_lang()
    return {
        "group": row,
        "token": token,
        "workshop": workshop,
        "row": workshop,
        "modes": base.modes(),
        "needs": list(NEEDS.values()),
        "notice": privacy_notice(lang),
        "first_names": [
            (p.given_ar or p.given_fr if lang == "ar" else p.given_fr or p.given_ar)
            for p in list_people(session, edition.id, ids)
        ],
    }
