"""«My ticket is in»: what a badge page, a person's own page and an exhibitor's page say of the draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template
from markupsafe import Markup

from village.draws import queries, wording
from village.exhibitors.queries import exhibitor_by_person
from village.kit.canonical import dumps
from village.kit.db import db
from village.kit.web import edition

if TYPE_CHECKING:
    from village.draws.queries import TicketView


def ticket_cards(*, person_id: int | None = None, exhibitor_id: int | None = None) -> Markup:
    """Draw a card for each committed draw that somebody is in or left out of; nothing where there is none.

    Whoever represents an exhibitor also sees the exhibitor's ticket.
    """
    view, session = edition(), db.session()
    if view is None:
        return Markup()
    found = queries.list_tickets_of(session, view.id, exhibitor_id=exhibitor_id, person_id=person_id)
    if person_id is not None and exhibitor_id is None:
        theirs = exhibitor_by_person(session, view.id).get(person_id)
        if theirs is not None:
            found = [*found, *queries.list_tickets_of(session, view.id, exhibitor_id=theirs)]
    if not found:
        return Markup()
    drawn = render_template("draws/_tickets.html", tickets=found, leaf_of=leaf_of, reasons=wording.REASONS)
    return Markup(drawn)  # noqa: S704 - a template of ours, which escapes


def leaf_of(ticket: TicketView) -> str:
    """Write the ticket as it stands in the committed list, for the browser to hash."""
    return dumps({"group": ticket.group, "id": ticket.token}).decode()
