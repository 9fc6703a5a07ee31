"""Whom the commission calls: names behind the opaque ids, for those who run the draw and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.draws.models import DrawEntrant, DrawTurn
from village.exhibitors.queries import list_exhibitors
from village.people.queries import list_people

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from village.draws.queries.rows import DrawView


@dataclass(frozen=True)
class Holder:
    """Who holds a ticket: an organisation with its code, or a person; `phone` where one is known."""

    code: str
    name_ar: str
    name_fr: str
    phone: str


def list_holders(session: Session, draw: DrawView) -> dict[str, Holder]:
    """List the holders of all tickets that ever had a turn at a prize, by ticket. Two queries."""
    rows = session.execute(
        select(DrawEntrant.token, DrawEntrant.exhibitor_id, DrawEntrant.person_id)
        .join(DrawTurn, DrawTurn.entrant_id == DrawEntrant.id)
        .where(DrawTurn.draw_id == draw.id)
    ).all()
    if any(row.person_id for row in rows):
        wanted = [row.person_id for row in rows if row.person_id]
        people = {each.id: each for each in list_people(session, draw.edition_id, wanted)}
        return {
            row.token: Holder(person.code, person.name_ar, person.name_fr, person.phone or "")
            for row in rows
            if (person := people.get(row.person_id or 0))
        }
    known = {each.id: each for each in list_exhibitors(session, draw.edition_id)}
    return {
        row.token: Holder(house.code, house.name_ar, house.name_fr, house.phone or "")
        for row in rows
        if (house := known.get(row.exhibitor_id or 0))
    }
