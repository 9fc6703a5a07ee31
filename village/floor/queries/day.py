"""Reads of a day of the fair: who has come to its stand, who has not, and what could be given on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.editions.queries import get_edition, list_days
from village.exhibitors import queries as exhibitors
from village.exhibitors.rules import Presence, Status
from village.floor.models import Hall, PlanChange, Stand, StandAbsence, StandAssignment
from village.floor.queries.fitting import asked_size, load_fitting
from village.floor.queries.plan import load_plan
from village.floor.queries.problem import load_problem
from village.floor.queries.requests import list_guests
from village.floor.reflow import Reflow, in_turn, reflow
from village.kit.clock import instant
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime, time

    from sqlalchemy.orm import Session

    from village.exhibitors.queries import ExhibitorRow


class DayState(StrEnum):
    """How an exhibitor stands with its stand on a day."""

    HERE = "here"
    LATE = "late"
    EXPECTED = "expected"
    MISSING = "missing"
    ABSENT = "absent"
    STRANDED = "stranded"
    WAITING = "waiting"


@dataclass(frozen=True)
class DayRow:
    """An exhibitor on a day: its stands now, those it had before it was noted absent, when it came."""

    exhibitor: ExhibitorRow
    state: DayState
    stands: tuple[str, ...]
    stand_id: int | None
    former: tuple[str, ...]
    arrived_at: time | None
    locked: bool = False


@dataclass(frozen=True)
class DayView:
    """A day of a hall: until when exhibitors have to come, whether that is over, who stands how."""

    hall_id: int
    day: date
    days: tuple[date, ...]
    claim_by: time | None
    over: bool
    rows: tuple[DayRow, ...]
    waitlisted: tuple[ExhibitorRow, ...]

    def count(self, *states: DayState) -> int:
        """How many stand so."""
        return sum(row.state in states for row in self.rows)

    def in_state(self, *states: DayState) -> tuple[DayRow, ...]:
        """Those who stand so, in order of their first stand."""
        return tuple(row for row in self.rows if row.state in states)


def fair_days(session: Session, edition_id: int) -> tuple[date, ...]:
    """The days of the fair: those that are laid out, else all from its beginning to its end."""
    laid = tuple(row.date for row in list_days(session, edition_id))
    if laid:
        return laid
    edition = get_edition(session, edition_id)
    span = range(edition.starts_on.toordinal(), edition.ends_on.toordinal() + 1)
    return tuple(type(edition.starts_on).fromordinal(each) for each in span)


def get_day(session: Session, hall_id: int, day: date, now: datetime) -> DayView:
    """A day of a hall, as it is at an instant (aware).  A constant number of SQL queries.

    Raises:
        Refusal: ``hall_not_found``; ``not_a_fair_day``.
    """
    hall = session.get(Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    days = fair_days(session, hall.edition_id)
    if day not in days:
        raise Refusal("not_a_fair_day", {"day": day})
    over = is_over(session, hall, day, now)
    fresh = _given_since(session, hall, day) if over else set()
    plan = load_plan(session, hall.edition_id, hall.code)
    presence = {
        each.exhibitor_id: each for each in exhibitors.list_presence(session, hall.edition_id) if each.date == day
    }
    gone = _absences(session, hall_id, day)
    # Guests stand at their host's; who has a stand in another hall is of that hall's day.
    aside = {*list_guests(session, hall.edition_id), *_elsewhere(session, hall)}
    rows = []
    blocks = plan.blocks if plan else {}
    for row in exhibitors.list_placeable(session, hall.edition_id):
        if row.id in aside:
            continue
        block, here = blocks.get(row.id, ()), presence.get(row.id)
        came = here is not None and here.status in (Presence.PRESENT, Presence.LATE)
        state = _state(held=bool(block), came=came, late=bool(here and here.status is Presence.LATE),
                       gone=row.id in gone, over=over and row.id not in fresh)  # fmt: skip
        stands, first = tuple(each.code for each in block), block[0] if block else None
        rows.append(
            DayRow(
                row,
                state,
                stands,
                first.id if first else None,
                gone.get(row.id, ()),
                here.arrived_at if here and came else None,
                bool(first and first.locked),
            )
        )
    rows.sort(key=lambda each: (each.stands or each.former or ("~",), each.exhibitor.code))
    waitlisted = exhibitors.list_exhibitors(session, hall.edition_id, status=Status.WAITLISTED)
    return DayView(hall_id, day, days, hall.claim_by, over, tuple(rows), tuple(waitlisted))


def _state(*, held: bool, came: bool, late: bool, gone: bool, over: bool) -> DayState:
    if came:
        return (DayState.LATE if late else DayState.HERE) if held else DayState.STRANDED
    if held:
        return DayState.MISSING if over else DayState.EXPECTED
    return DayState.ABSENT if gone else DayState.WAITING


def _given_since(session: Session, hall: Hall, day: date) -> set[int]:
    """Who was given a stand after the time of that day: they are expected, not missing.

    What was only given back by undoing does not count.
    """
    if hall.claim_by is None:
        return set()
    since = instant(day, hall.claim_by, get_edition(session, hall.edition_id).zone)
    query = select(PlanChange.steps).where(
        PlanChange.hall_id == hall.id,
        PlanChange.undoes_id.is_(None),
        PlanChange.at >= since,
        PlanChange.at < since + timedelta(days=1),
    )
    return {after for steps in session.scalars(query) for _, _, after in steps if after is not None}


def is_over(session: Session, hall: Hall, day: date, now: datetime) -> bool:
    """Whether the time has passed by which exhibitors must have come on a day."""
    if hall.claim_by is None:
        return False
    zone = get_edition(session, hall.edition_id).zone
    return now >= instant(day, hall.claim_by, zone)


def _absences(session: Session, hall_id: int, day: date) -> dict[int, tuple[str, ...]]:
    query = select(StandAbsence).where(StandAbsence.hall_id == hall_id, StandAbsence.day == day)
    return {row.exhibitor_id: tuple(row.stands) for row in session.scalars(query)}


def _elsewhere(session: Session, hall: Hall) -> set[int]:
    query = (
        select(StandAssignment.exhibitor_id)
        .join(Stand, Stand.id == StandAssignment.stand_id)
        .join(Hall, Hall.id == Stand.hall_id)
        .where(Hall.edition_id == hall.edition_id, Hall.id != hall.id)
    )
    return set(session.scalars(query))


def propose(session: Session, hall_id: int, day: date, now: datetime, absent: Collection[int] | None = None) -> Reflow:
    """What could be given on: the stands of those missing (or only of these of them) to those who wait.

    First the waiting list by rank, then accepted exhibitors who have no stand and were not absent that day.
    Several halls: only stands of this hall.

    Raises:
        Refusal: those of `get_day`.
    """
    view = get_day(session, hall_id, day, now)
    missing = [row for row in view.in_state(DayState.MISSING) if absent is None or row.exhibitor.id in absent]
    stranded = view.in_state(DayState.STRANDED)
    unplaced = [*stranded, *view.in_state(DayState.WAITING)]
    problem = load_problem(session, hall_id, also=view.waitlisted)
    places: Mapping[str, tuple[str, ...]] = {row.exhibitor.code: row.stands for row in view.rows if row.stands}
    turn = in_turn(
        ((each.waiting_rank or 0, each.code) for each in view.waitlisted), (row.exhibitor.code for row in unplaced)
    )
    return reflow(problem, places, [row.exhibitor.code for row in missing], turn)


@dataclass(frozen=True)
class Target:
    """A block somebody could have: its stands, who is there (None: free), what speaks against it."""

    stand_id: int
    stands: tuple[str, ...]
    holder: ExhibitorRow | None
    objections: tuple[Refusal, ...]
    away: int


def list_targets(session: Session, hall_id: int, exhibitor_id: int, limit: int = 40) -> list[Target]:
    """Where somebody could go: free blocks, and blocks to change places with; those without objection and near first.

    ``away`` says how far a block is from the one it has now (in stands of the row order), 0 when it has none.
    """
    found = load_fitting(session, hall_id)
    floor = found.floor
    people = {row.id: row for row in exhibitors.list_placeable(session, session.get_one(Hall, hall_id).edition_id)}
    if exhibitor_id not in people:
        raise Refusal("exhibitor_not_found", {"exhibitor": exhibitor_id})
    held = floor.block_of(exhibitor_id)
    at = floor.place[held[0]] if held else None
    size = len(held) or asked_size(session, exhibitor_id)
    targets: dict[tuple[int, ...], Target] = {}
    for spot in floor.spots:
        holder = floor.holders.get(spot.id)
        if spot.closed or holder == exhibitor_id:
            continue
        runs = floor.runs_for(exhibitor_id, spot.id, size) if holder is None else floor.exchanges(held, spot.id)
        run = next(iter(runs), None) if holder is None or held else None
        if run is None or run in targets or run == held:
            continue
        against = found.objections(exhibitor_id, run)
        if holder is not None and len(floor.block_of(holder)) == size:
            against += found.objections(holder, held)
        codes = tuple(floor.code[each] for each in run)
        away = abs(floor.place[run[0]] - at) if at is not None else 0
        targets[run] = Target(spot.id, codes, people.get(holder or 0), tuple(against), away)
    ordered = sorted(targets.values(), key=lambda each: (len(each.objections), each.holder is not None, each.away))
    return ordered[:limit]


def offer_for(session: Session, hall_id: int, row: DayRow) -> Target | None:
    """What a late comer is offered: its former stand where that is still free, else the nearest that suits."""
    free = [each for each in list_targets(session, hall_id, row.exhibitor.id) if each.holder is None]
    own = next((each for each in free if set(row.former) & set(each.stands)), None)
    if own is not None:
        return own
    suits = [each for each in free if not each.objections]
    where = _centres(session, hall_id)
    home = where.get(row.former[0]) if row.former else None
    return min(suits, key=lambda each: (_squared(home, where[each.stands[0]]), each.stands), default=None)


def _centres(session: Session, hall_id: int) -> dict[str, tuple[int, int]]:
    query = select(Stand.code, Stand.x_cm, Stand.y_cm, Stand.w_cm, Stand.h_cm).where(Stand.hall_id == hall_id)
    return {each.code: (2 * each.x_cm + each.w_cm, 2 * each.y_cm + each.h_cm) for each in session.execute(query)}


def _squared(one: tuple[int, int] | None, other: tuple[int, int]) -> int:
    return 0 if one is None else (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
