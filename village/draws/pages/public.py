"""What everybody may follow: the draw before, during and after, and what to check it with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Response, abort, jsonify, redirect, request, url_for

from village.draws import queries, wording
from village.draws.pages.shared import bare, bp, this_draw
from village.draws.pages.stations import stations, waits_for
from village.draws.pages.verdict import VERDICTS
from village.draws.rules.verifier import FILE, verifier_bytes, verifier_sha256
from village.kit.db import db
from village.kit.guard import may, public
from village.kit.refusal import Refusal
from village.kit.web import edition, page, parts, storage

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

ROWS_OF_A_PAGE = 100
_HASH = re.compile("[0-9a-f]{64}")


@bp.get("/draws")
@public
def index() -> Response:
    """All draws of the edition."""
    view = edition()
    found = queries.list_draws(db.session(), view.id) if view else []
    register = queries.get_register(db.session(), view.id) if view else None
    return page("draws/index.html", draws=found, register=register)


@bp.get("/draws/<code>")
@public
def show(code: str) -> Response:
    """One draw before, during and after."""
    draw = this_draw(code)
    return page(
        "draws/show.html",
        draw=draw,
        wording=wording,
        stations=stations(draw),
        waits_for=waits_for(draw),
        verdicts=VERDICTS,
        verifier=draw.verifier_sha256 or verifier_sha256(),
        verifier_size=FILE.stat().st_size,
    )


@bp.get("/draws/<code>/state.json")
@public
def state(code: str) -> AnyResponse:
    """Say how far a draw has come; pages that follow it ask every few seconds."""
    if edition() is None:
        raise Refusal("draw_not_found", {"draw": code})
    answer = jsonify(queries.live_state(db.session(), edition().id, code))
    answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


@bp.get("/draws/<code>/list")
@public
def entrants(code: str) -> Response:
    """The closed list and those left out, once committed; before, only the commission sees it."""
    draw = this_draw(code)
    if draw.state == "open" and not may("draws.run"):
        raise Refusal("draw_not_committed")
    rows = queries.list_entrants(db.session(), draw)
    tickets = [row for row in rows if not row.reasons]
    pages = max(1, -(-len(tickets) // ROWS_OF_A_PAGE))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    first = (number - 1) * ROWS_OF_A_PAGE
    return page(
        "draws/list.html",
        draw=draw,
        wording=wording,
        tickets=tickets[first : first + ROWS_OF_A_PAGE],
        left_out=[row for row in rows if row.reasons],
        pager={
            "number": number,
            "pages": pages,
            "total": len(tickets),
            "prev_url": url_for(".entrants", code=code, page=number - 1) if number > 1 else None,
            "next_url": url_for(".entrants", code=code, page=number + 1) if number < pages else None,
        },
    )


@bp.get("/draws/<code>/bundle.json")
@public
def bundle(code: str) -> Response:
    """Everything needed to compute the draw again."""
    draw = this_draw(code)
    return _download(queries.make_bundle(db.session(), draw.id), f"{edition().code}-{code}.json")


@bp.get("/draws/<code>/keys.json")
@public
def pins(code: str) -> Response:
    """The keys to take home before the draw."""
    draw = this_draw(code)
    return _download(queries.make_pins(db.session(), draw.id), f"{edition().code}-{code}-keys.json")


@bp.get("/draws/verify_draw.py")
@public
def verifier() -> Response:
    """The stand-alone verifier, byte for byte as committed."""
    answer = Response(verifier_bytes(), mimetype="text/x-python")
    answer.headers["Content-Disposition"] = f'attachment; filename="{FILE.name}"'
    return answer


@bp.get("/draws/verifiers/<sha256>.py")
@public
def kept_verifier(sha256: str) -> Response:
    """The verifier that a commitment names by its hash, for ever: today's, or one of before."""
    found = queries.find_verifier(db.session(), sha256) if _HASH.fullmatch(sha256) else None
    if found is None:
        abort(404)
    answer = Response(found, mimetype="text/x-python")
    answer.headers["Content-Disposition"] = f'attachment; filename="{FILE.name}"'
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@bp.get("/draws/<code>/minutes.pdf")
@public
def minutes(code: str) -> Response:
    """The minutes, in Arabic then in French."""
    draw = this_draw(code)
    made = queries.render_minutes(db.session(), draw.id, parts().settings.address, storage())
    answer = Response(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{edition().code}-{code}-minutes.pdf"'
    return answer


@bare.get("/D/<edition_code>/<code>")
@public
def from_paper(edition_code: str, code: str) -> AnyResponse:
    """Where the code on the minutes leads: the draw's page in the reader's language."""
    if edition() is None or edition().code != edition_code:
        raise Refusal("draw_not_found", {"draw": code})
    return redirect(url_for("draws.show", code=code))


def _download(data: bytes, name: str) -> Response:
    answer = Response(data, mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
