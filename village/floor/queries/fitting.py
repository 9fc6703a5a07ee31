"""Reads for hands on the plan: stands in row order, and which objections a block meets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.exhibitors import queries as exhibitors
from village.floor.blocks import Floor, Spot
from village.floor.models import Hall, Stand, StandAssignment, StandRequest
from village.floor.queries.problem import load_problem
from village.floor.rules import block_objections
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from village.floor.allocation import Problem
    from village.floor.blocks import Run


@dataclass(frozen=True)
class Fitting:
    """What is known of a hall while stands are given: the problem as the program sees it, codes by id."""

    problem: Problem
    floor: Floor
    codes: Mapping[int, str]
    min_sizes: Mapping[int, int]

    def plan(self, holders: Mapping[int, int]) -> dict[str, tuple[str, ...]]:
        """Codes of the blocks, by exhibitor code, where these have the stands."""
        found: dict[str, tuple[str, ...]] = {}
        for spot in self.floor.spots:
            who = self.codes.get(holders.get(spot.id, 0))
            if who:
                found[who] = (*found.get(who, ()), spot.code)
        return found

    def objections(self, who: int, run: Run) -> list[Refusal]:
        """What speaks against a block by itself."""
        code = self.codes[who]
        stands = {each.code: each for each in self.problem.stands}
        known = next(each for each in self.problem.exhibitors if each.code == code)
        block = [stands[self.floor.code[each]] for each in run]
        found = block_objections(block, code, known.needs, min_area_cm2=known.min_area_cm2)
        told = [each.refusal() for each in found]
        least = self.min_sizes.get(who, 1)
        if len(run) < least:
            told.append(Refusal("block_too_short", {"stand": block[0].code, "least": least}))
        return told


def load_floor(session: Session, hall_id: int) -> Floor:
    """The hall's stands in row order and who has them.  Two SQL queries."""
    query = (
        select(Stand.id, Stand.code, Stand.row, Stand.position, Stand.closed)
        .where(Stand.hall_id == hall_id)
        .order_by(Stand.row, Stand.position, Stand.code)
    )
    held = (
        select(StandAssignment.stand_id, StandAssignment.exhibitor_id)
        .join(Stand, Stand.id == StandAssignment.stand_id)
        .where(Stand.hall_id == hall_id)
    )
    holders = {row.stand_id: row.exhibitor_id for row in session.execute(held)}
    return Floor(tuple(Spot(*each) for each in session.execute(query)), holders)


def load_fitting(session: Session, hall_id: int, floor: Floor | None = None) -> Fitting:
    """What is known of a hall while stands are given.

    Raises:
        Refusal: ``hall_not_found``.
    """
    hall = session.get(Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    rows = exhibitors.list_placeable(session, hall.edition_id)
    query = select(StandRequest.exhibitor_id, StandRequest.min_size)
    wanted = {each.exhibitor_id: each.min_size for each in session.execute(query)}
    problem = load_problem(session, hall_id)
    codes = {row.id: row.code for row in rows}
    return Fitting(problem, floor or load_floor(session, hall_id), codes, wanted)


def asked_size(session: Session, exhibitor_id: int) -> int:
    """How many stands an exhibitor asks for."""
    query = select(StandRequest.size).where(StandRequest.exhibitor_id == exhibitor_id)
    return session.scalar(query) or 1
