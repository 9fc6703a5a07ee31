"""The register of an edition: all its draws by number, and its closing at the end of the fair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, redirect, url_for
from flask_babel import gettext as _

from village.draws import actions, queries
from village.draws.pages.shared import bp
from village.draws.queries.register import list_numbered
from village.kit.db import db
from village.kit.guard import requires
from village.kit.refusal import Refusal
from village.kit.web import again, deed, edition, keys, page, say_done

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse


@bp.get("/draws/register")
@requires("draws.run")
def register() -> Response:
    """All sealed draws of the edition by number."""
    return page("draws/register.html", form=None, refusal_text="", **_context())


@bp.post("/draws/register")
@requires("draws.run")
def close_register() -> AnyResponse:
    """Close the register: no draw can be sealed in this edition any more."""
    try:
        with deed() as opened:
            actions.close_register(opened, edition_id=edition().id, keys=keys())
    except Refusal as refusal:
        return again("draws/register.html", None, refusal, **_context())
    say_done(_("The register is closed. How many draws there were can no longer change."))
    return redirect(url_for(".register"), 303)


def _context() -> dict[str, Any]:
    session, view = db.session(), edition()
    return {"register": list_numbered(session, view.id), "closed": queries.get_register(session, view.id)}
