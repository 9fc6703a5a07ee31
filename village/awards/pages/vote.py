"""The vote of visitors: one ballot for each badge, where the rules of an award give the public a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from flask_babel import gettext as _

from village.awards import actions, queries
from village.awards.forms.results import BallotForm
from village.awards.pages import show
from village.awards.pages.common import bp
from village.kit.db import db
from village.kit.guard import public
from village.kit.i18n import current_lang
from village.kit.refusal import Refusal
from village.kit.web import again, clock, deed, edition, keys, limiter, page, say_done, wired

if TYPE_CHECKING:
    from typing import Any

    from flask import Response
    from werkzeug.wrappers import Response as Redirect

    from village.awards.queries import VotePaper


@bp.app_template_global()
def open_votes() -> list[VotePaper]:
    """Return the votes that are open now, for the pages that show a badge."""
    view, now = edition(), clock().now()
    return [one for one in queries.list_vote_papers(db.session(), view.id, now) if one.is_open] if view else []


@bp.get("/awards/vote")
@public
def votes() -> Response:
    """List the awards on which visitors vote, open or not yet or no more."""
    view = edition()
    papers = queries.list_vote_papers(db.session(), view.id, clock().now()) if view else []
    return page("awards/votes.html", papers=papers, now=clock().now())


@bp.get("/awards/vote/<code>")
@public
def vote(code: str) -> Response:
    """Show the nominees to choose from; a scanned badge brings its code along."""
    paper = _paper(code)
    return page("awards/vote.html", form=_form(paper, formdata=None, badge=request.args.get("badge", "")), **_of(paper))


@bp.post("/awards/vote/<code>")
@public
@limiter.limit("120 per minute")
def cast(code: str) -> Response | Redirect:
    """Take the ballot of one badge."""
    paper = _paper(code)
    form = _form(paper)
    if not form.validate_on_submit():
        return again("awards/vote.html", form, **_of(paper))
    try:
        bearer = wired("badge_bearer")(form.badge.data)
        with deed() as opened:
            actions.cast_ballot(
                opened,
                category_id=paper.category.id,
                nominee_id=form.nominee.data,
                # A badge made anew for the same person must not vote again: it is the bearer who votes.
                badge=f"person:{bearer}",
                keys=keys(),
            )
    except Refusal as refusal:
        return again("awards/vote.html", form, refusal, **_of(paper))
    say_done(_("Thank you. Your vote is counted; nobody can see whom you chose."))
    return redirect(url_for("awards.votes"))


def _paper(code: str) -> VotePaper:
    for paper in queries.list_vote_papers(db.session(), edition().id, clock().now()):
        if paper.category.code == code:
            return paper
    raise Refusal("category_not_found")


def _form(paper: VotePaper, **kwargs: Any) -> BallotForm:
    form = BallotForm(**kwargs)
    faces = show.faces_of(db.session(), edition().id, [paper.category])
    form.nominee.choices = [(one.id, faces[one.id].name_in(current_lang())) for one in paper.category.nominees]
    return form


def _of(paper: VotePaper) -> dict[str, Any]:
    return {"paper": paper, "category": paper.category, "now": clock().now()}
