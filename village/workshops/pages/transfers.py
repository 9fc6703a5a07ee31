"""Staff give somebody's place to another person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.kit.db import db
from village.kit.guard import requires
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, deed, page, say_done
from village.people.queries import search_people
from village.workshops import queries
from village.workshops.actions import transfer_place
from village.workshops.forms.rules import TransferForm
from village.workshops.pages import base

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

bp = base.bp


@bp.route("/registrations/<code>/transfer/<int:number>", methods=["GET", "POST"])
@requires("registrations.manage")
def transfer_of(code: str, number: int) -> AnyResponse:
    """Give somebody's place to another person; staff may set a rule aside with a reason."""
    row = queries.get_workshop(db.session(), base.the_edition().id, code)
    session = db.session()
    given = next((r for r in queries.list_registrations(session, row.id) if r.id == number), None)
    if given is None:
        raise Refusal("registration_not_found", {"registration": number})
    form = TransferForm()
    query = request.args.get("q", "").strip()
    to = form.person.data if request.method == "POST" else None
    found = [base.person_by_id(to)] if to else search_people(session, base.the_edition().id, query) if query else []
    context: dict[str, Any] = {
        "row": row, "given": given, "giver": base.person_by_id(given.person_id), "query": query, "found": found,
        "blocked": to,
    }  # fmt: skip
    if request.method == "GET" or not form.validate_on_submit() or not to:
        return page("workshops/transfer.html", form=form, **context)
    try:
        with deed() as opened:
            transfer_place(
                opened, registration_id=number, to_person_id=to, by_staff=True, reason=form.reason.data or ""
            )
    except Refusal as refusal:
        return again("workshops/transfer.html", form, refusal, **context)
    say_done(_("The place went to %(name)s.", name=found[0].name_in(current_lang())))
    return redirect(url_for("workshops.registration_list", code=row.code))
