"""Fairness over editions: how good the places were that an exhibitor had before, so that the good ones go round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from village.editions.queries import edition_numbers
from village.exhibitors import queries as exhibitors
from village.exhibitors.rules import LastYear
from village.floor.models import Hall, PlanPublication, Stand
from village.floor.places import good_place_points, place_value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy.orm import Session

# What an exhibitor said of last year's place, where no plan of that edition is kept.
SAID: Final[Mapping[str, int]] = {LastYear.GOOD: 100, LastYear.AVERAGE: 60, LastYear.POOR: 20}


@dataclass(frozen=True)
class EarlierPlace:
    """A place at an earlier edition: how many editions ago, codes of its stands, how good it was (0 to 100).

    ``stands`` is empty where the exhibitor itself said how good it was.
    """

    ago: int
    number: int
    stands: tuple[str, ...]
    value: int


def good_places(session: Session, edition_id: int) -> dict[int, int]:
    """How good the places of earlier editions were, 0 (never a good one) to 100, by the exhibitor's id.

    Who never had a good place is left out.
    """
    found = {
        who: good_place_points((each.ago, each.value) for each in places)
        for who, places in earlier_places(session, edition_id).items()
    }
    return {who: points for who, points in found.items() if points}


def earlier_places(session: Session, edition_id: int) -> dict[int, tuple[EarlierPlace, ...]]:
    """The places of earlier editions, the newest first, by the id of the exhibitor of this edition.

    The same organisation is found by its register (see `list_earlier_selves`); where the last edition has no
    plan, what the exhibitor said of its place counts.  Six SQL queries.
    """
    numbers = edition_numbers(session)
    here = numbers[edition_id]
    selves = [each for each in exhibitors.list_earlier_selves(session, edition_id) if numbers[each[2]] < here]
    plans = _published(session, {edition for _, _, edition in selves})
    found: dict[int, list[EarlierPlace]] = {}
    for who, earlier, edition in selves:
        held = plans.get(edition, {}).get(earlier)
        if held:
            codes, value = held
            found.setdefault(who, []).append(EarlierPlace(here - numbers[edition], numbers[edition], codes, value))
    for row in exhibitors.list_exhibitors(session, edition_id):
        known = found.get(row.id, ())
        said = SAID.get(row.last_year_place or "")
        if said is not None and not any(each.ago == 1 for each in known):
            found.setdefault(row.id, []).append(EarlierPlace(1, here - 1, (), said))
    return {who: tuple(sorted(places, key=lambda each: each.ago)) for who, places in found.items()}


def _published(session: Session, editions: Collection[int]) -> dict[int, dict[int, tuple[tuple[str, ...], int]]]:
    """Stands and their value of each exhibitor in the last published plans: edition → exhibitor → (codes, value)."""
    if not editions:
        return {}
    newest = (
        select(PlanPublication.hall_id, func.max(PlanPublication.number).label("number"))
        .join(Hall, Hall.id == PlanPublication.hall_id)
        .where(Hall.edition_id.in_(list(editions)))
        .group_by(PlanPublication.hall_id)
        .subquery()
    )
    rows = session.execute(
        select(Hall.edition_id, PlanPublication.hall_id, PlanPublication.places)
        .join(Hall, Hall.id == PlanPublication.hall_id)
        .join(newest, (newest.c.hall_id == PlanPublication.hall_id) & (newest.c.number == PlanPublication.number))
    ).all()
    values = _values(session, {row.hall_id for row in rows})
    found: dict[int, dict[int, tuple[tuple[str, ...], int]]] = {}
    for edition, _, places in rows:
        plan = found.setdefault(edition, {})
        for stand, who in places:
            if stand in values:
                codes, best = plan.get(who, ((), 0))
                plan[who] = ((*codes, values[stand][0]), max(best, values[stand][1]))
    return found


def _values(session: Session, halls: Collection[int]) -> dict[int, tuple[str, int]]:
    """Code and value of every stand of the halls, by id."""
    query = select(Stand).where(Stand.hall_id.in_(list(halls))).order_by(Stand.row, Stand.position)
    by_hall: dict[int, list[Stand]] = {}
    for row in session.scalars(query):
        by_hall.setdefault(row.hall_id, []).append(row)
    return {
        row.id: (row.code, row.value if row.value is not None else place_value(row.entrance_cm, row.open_sides, ways))
        for rows in by_hall.values()
        for ways in [sorted(each.entrance_cm for each in rows)]
        for row in rows
    }
