"""What time alone makes due in the waiting lists."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import exists, or_, select

from village.workshops.queries.facts import line_of, session_of
from village.workshops.queries.reading import SESSION, WAITING, R, W
from village.workshops.rules import deal

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


# The day is a wall date of the fair's zone.
_A_DAY = timedelta(days=1)


def list_due(session: Session, edition_id: int, now: datetime) -> list[int]:
    """List the sessions where an offer has run out, or where a free place has somebody to go to by now.

    That is so where places were kept until now, and where what hindered somebody elsewhere has gone: hours that were
    moved, an offer that ran out. Two SQL queries, and a few for each session with free places and somebody who waits.
    """
    run = session.connection().execute
    lapsed = select(R.c.workshop_id).where(
        R.c.edition_id == edition_id, R.c.status == "offered", R.c.offered_until <= now
    )
    due = set(run(lapsed).scalars())
    waits = exists().where(R.c.workshop_id == W.c.id, R.c.status == "waitlisted")
    kept = select(W.c.id).where(
        W.c.edition_id == edition_id,
        W.c.status == "planned",
        W.c.day >= now.date() - _A_DAY,
        or_(W.c.taken_onsite < W.c.places_onsite, W.c.taken_online < W.c.places_online),
        waits,
    )
    for workshop in run(kept).scalars().all():
        if workshop in due:
            continue
        row = run(SESSION, {"workshops": [workshop]}).one()
        here = session_of(row)
        if here.starts_at is not None and now >= here.starts_at:
            continue
        waiting = run(WAITING, {"workshop": workshop}).all()
        if deal(line_of(session, row, here, waiting, now)).awards:
            due.add(workshop)
    return sorted(due)
