"""Who could be drawn: accepted exhibitors, or the visitors who were let in, with the facts the rule looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village.checkin.queries import list_let_in
from village.draws.rules.eligibility import Entrant
from village.draws.rules.households import groups_of
from village.draws.rules.plan import Pool
from village.editions.queries import get_edition
from village.exhibitors.queries import exhibitor_by_person, list_placeable, list_presence
from village.kit.clock import local
from village.people.queries import list_people

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy.orm import Session

ABSENT = "absent"


def list_candidates(
    session: Session,
    edition_id: int,
    *,
    pool: str = Pool.EXHIBITORS,
    award_winners: Collection[int] = (),
    tied: Collection[int] = (),
) -> list[Entrant]:
    """List everyone of a pool with the days they came. A fixed number of queries.

    Exhibitors: every accepted one, each in a group of its own, for a cooperative wins once; late counts as present.
    Visitors: every person whom a gate let in; those with the same telephone or organisation are one group. A delegate
    of an exhibitor shares its awards and its ties.

    Args:
        session: the database.
        edition_id: the edition.
        pool: exhibitors or visitors.
        award_winners: ids of exhibitors that won an award (a fact of the awards).
        tied: ids of exhibitors with a declared tie to the organiser.

    """
    if pool == Pool.VISITORS:
        return _visitors(session, edition_id, award_winners, tied)
    days: dict[int, set[date]] = {}
    for row in list_presence(session, edition_id):
        if row.status != ABSENT:
            days.setdefault(row.exhibitor_id, set()).add(row.date)
    return [
        Entrant(
            f"exhibitor:{each.id}",
            group=f"exhibitor:{each.id}",
            days_present=frozenset(days.get(each.id, ())),
            award_winner=each.id in award_winners,
            tied_to_organiser=each.id in tied,
        )
        for each in list_placeable(session, edition_id)
    ]


def _visitors(
    session: Session, edition_id: int, award_winners: Collection[int], tied: Collection[int]
) -> list[Entrant]:
    zone = get_edition(session, edition_id).zone
    days: dict[int, set[date]] = {}
    for person, at in list_let_in(session, edition_id):
        days.setdefault(person, set()).add(local(at, zone).date())
    persons = [row for row in list_people(session, edition_id) if row.id in days and not row.erased]
    groups = groups_of((row.id, row.phone, row.organisation) for row in persons)
    stands = exhibitor_by_person(session, edition_id)
    return [
        Entrant(
            f"person:{row.id}",
            group=groups[row.id],
            days_present=frozenset(days[row.id]),
            award_winner=stands.get(row.id) in award_winners,
            tied_to_organiser=stands.get(row.id) in tied,
        )
        for row in sorted(persons, key=lambda row: row.id)
    ]
