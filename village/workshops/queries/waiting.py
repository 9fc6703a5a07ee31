"""The waiting list as people read it: who stands where, and why somebody was passed over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.kit.refusal import Refusal
from village.workshops.queries.facts import line_of, session_of
from village.workshops.queries.reading import GROUP, SESSION, WAITING
from village.workshops.rules import deal, parties_in_order

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from village.workshops.queries.registrations import AgendaItem


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One person on a waiting list. `position` counts from 1; a group that stays together stands side by side.

    `reasons` is why they would be passed over if places came free now; empty where they only wait for a place.
    """

    registration_id: int
    person_id: int
    position: int
    wish: str
    group_id: int | None
    reasons: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands on a waiting list: their own row, and who stands before them in the order of the list."""

    mine: WaitingRow
    ahead: tuple[WaitingRow, ...]

    @property
    def passed_over(self) -> tuple[WaitingRow, ...]:
        """Those before them who could not come if a place were free now, in the order of the list."""
        return tuple(row for row in self.ahead if row.reasons)


def waiting_line(session: Session, workshop_id: int, now: datetime) -> list[WaitingRow]:
    """List who waits for a session in the order in which they move up; a handful of SQL queries, however many wait."""
    run = session.connection().execute
    rows = run(WAITING, {"workshop": workshop_id}).all()
    if not rows:
        return []
    row = run(SESSION, {"workshops": [workshop_id]}).one()
    line = line_of(session, row, session_of(row), rows, now)
    reasons = deal(line).reasons
    by_person = {each.person_id: each for each in rows}
    order = [person for party in parties_in_order(line.waiting) for person in party]
    return [
        WaitingRow(
            by_person[each.person_id].id, each.person_id, position, each.wish.value, each.party,
            reasons.get(each.person_id, ()),
        )
        for position, each in enumerate(order, 1)
    ]  # fmt: skip


def group_names(session: Session, workshop_id: int) -> dict[int, tuple[str, bool]]:
    """Return the names of a session's groups by id, and whether they stay together."""
    rows = session.connection().execute(select(GROUP).where(GROUP.c.workshop_id == workshop_id))
    return {row.id: (row.name, row.together) for row in rows}


def find_standing(session: Session, workshop_id: int, person_id: int, now: datetime) -> Standing | None:
    """Return how somebody stands on a waiting list; None where they do not wait."""
    rows = waiting_line(session, workshop_id, now)
    mine = next((row for row in rows if row.person_id == person_id), None)
    return Standing(mine, tuple(rows[: mine.position - 1])) if mine else None


def with_standings(session: Session, agenda: list[AgendaItem], person_id: int, now: datetime) -> list[AgendaItem]:
    """Give each session that somebody waits for the number and the reasons that its list shows to staff.

    A handful of SQL queries for each session waited for, and none without.
    """
    return [
        _as_in_line(session, item, person_id, now) if item.registration.status == "waitlisted" else item
        for item in agenda
    ]


def _as_in_line(session: Session, item: AgendaItem, person_id: int, now: datetime) -> AgendaItem:
    standing = find_standing(session, item.workshop.id, person_id, now)
    if standing is None:
        return item
    mine = standing.mine
    hindrance = Refusal.of(mine.reasons) if mine.reasons else item.hindrance
    return replace(item, registration=replace(item.registration, position=mine.position), hindrance=hindrance)
