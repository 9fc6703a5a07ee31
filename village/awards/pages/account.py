"""The full account of an opened category: marks, totals, both columns of means, ties, sensitivity, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, url_for
from flask_babel import gettext as _

from village.awards import actions, queries
from village.awards.forms.results import CitationForm, DeliberationForm
from village.awards.pages import show
from village.awards.pages.common import attempt
from village.awards.rules import Seat
from village.kit.db import db
from village.kit.guard import may
from village.kit.web import edition, page

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Redirect

UNPROCESSABLE = 422


def account_page(
    code: str,
    deliberation: DeliberationForm | None = None,
    citation: tuple[int, CitationForm] | None = None,
    status: int = 200,
) -> Response:
    """Show the account; forms that were refused come back as they were typed."""
    session, view = db.session(), edition()
    found = queries.get_category(session, view.id, code)
    jurors = queries.list_jurors(session, view.id)
    table = queries.get_marks_table(session, found, next(one.id for one in jurors if one.seat is Seat.CHAIR))
    standings = queries.list_standings(session, view.id)[found.id]
    nominees = {one.id: one for one in found.nominees}
    forms = {
        row.nominee_id: CitationForm(
            prefix=f"c{row.nominee_id}",
            formdata=None,
            text_ar=nominees[row.nominee_id].citation_ar,
            text_fr=nominees[row.nominee_id].citation_fr,
        )
        for row in standings
        if row.is_winner
    }
    lots = queries.list_lots(session, found.id)
    states = queries.list_row_states(session, view.id)
    if citation:
        forms[citation[0]] = citation[1]
    return page(
        "awards/category.html",
        status,
        category=found,
        jurors=show.who_judged(found, jurors, states),
        table=table,
        standings=standings,
        states=states,
        recusals=queries.list_recusals(session, view.id),
        notes=queries.list_notes(session, found.id),
        lots=lots,
        ties_for_lot=show.ties_for_lot(found, standings, lots),
        faces=show.faces_of(session, view.id, [found]),
        deliberation=deliberation or DeliberationForm(formdata=None),
        citations=forms,
        failed=deliberation or (citation[1] if citation else None),
        is_chair=may("awards.open"),
    )


def take_deliberation(code: str, back: str) -> Response | Redirect:
    """Add what was typed to the notes of a category, and go back to its account."""
    form = DeliberationForm()
    if not form.validate_on_submit():
        return account_page(code, deliberation=form, status=UNPROCESSABLE)
    category = queries.get_category(db.session(), edition().id, code)
    attempt(
        lambda opened: actions.add_deliberation(opened, category_id=category.id, **form.words()),
        _("Written down. It stands in the minutes."),
    )
    return redirect(url_for(back, code=code, _anchor="words"))


def take_citation(code: str, nominee_id: int, back: str) -> Response | Redirect:
    """Keep what is read aloud for a nominee, and go back to the account."""
    form = CitationForm(prefix=f"c{nominee_id}")
    if not form.validate_on_submit():
        return account_page(code, citation=(nominee_id, form), status=UNPROCESSABLE)
    words = form.words()
    attempt(
        lambda opened: actions.write_citation(
            opened, nominee_id=nominee_id, citation_ar=words["text_ar"], citation_fr=words["text_fr"]
        ),
        _("The words are kept."),
    )
    return redirect(url_for(back, code=code, _anchor=f"w{nominee_id}"))
