"""Keys of other programs: who holds one, what it is for, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.kit.db import db
from village.kit.guard import requires
from village.kit.refusal import Refusal
from village.kit.web import again, deed, edition, page, say_done
from village.people.actions.keys import make_key, revoke_key
from village.people.forms import KeyForm
from village.people.pages.accounts import bp
from village.people.queries.keys import list_keys
from village.people.rules import SCOPES

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse


@bp.get("/keys")
@requires("api.manage")
def api_keys() -> Response:
    """List the keys."""
    return page("people/keys.html", rows=list_keys(db.session(), _edition_id()))


@bp.route("/keys/new", methods=["GET", "POST"])
@requires("api.manage")
def new_key() -> AnyResponse:
    """Make a key and show it once."""
    form = KeyForm()
    if request.method == "GET":
        return page("people/new_key.html", form=form)
    if not form.validate_on_submit():
        return again("people/new_key.html", form)
    try:
        with deed() as opened:
            made = make_key(opened, edition_id=_edition_id(), name=form.name.data or "", scopes=SCOPES)
    except Refusal as refusal:
        return again("people/new_key.html", form, refusal)
    answer = page("people/key_made.html", name=form.name.data, key=made.key)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/keys/<int:key_id>/revoke")
@requires("api.manage")
def revoke(key_id: int) -> AnyResponse:
    """Let a key open nothing any more."""
    with deed() as opened:
        revoke_key(opened, edition_id=_edition_id(), key_id=key_id)
    say_done(_("The key opens nothing any more."))
    return redirect(url_for("people.api_keys"))


def _edition_id() -> int:
    """Return the edition whose keys these are.

    Raises:
        Refusal: `edition_not_found` before the first one is made.

    """
    view = edition()
    if view is None:
        raise Refusal("edition_not_found", {"edition": ""})
    return int(view.id)
