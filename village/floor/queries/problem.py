"""How a stored floor becomes an instance: the problem as rules and solver take it.

The drawing gives stands, rows, neighbours, circuits and how good each place is; applications and requests give what
exhibitors need and wish; assignments give who is pinned.  docs/decisions/0010 says how each is read, and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.exhibitors import queries as exhibitors
from village.exhibitors.rules import LastYear
from village.floor import allocation
from village.floor.geometry.neighbours import neighbours
from village.floor.geometry.scene import scene_of
from village.floor.models import Hall, Stand, StandAssignment, StandWish
from village.floor.places import place_value
from village.floor.queries.layout import layout_rows, things_of
from village.floor.queries.requests import list_guests, wants_of
from village.floor.queries.rotation import good_places
from village.floor.rules import Box, Needs, Reserve, WishKind
from village.floor.rules import Stand as StandValue
from village.floor.wants import Wants
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from village.exhibitors.queries import ExhibitorRow
    from village.floor.allocation import Problem
    from village.floor.queries.layout import LayoutRows

# Ranks of stand wishes that the rules know.
MOST_WISHES = 5


@dataclass(frozen=True)
class BrokenPin:
    """A pinned exhibitor whose stands are no block of one row any more: it is not pinned until that is mended."""

    exhibitor: str
    stands: tuple[str, ...]


def stand_value(row: Stand, zone: str, *, circuit: str | None = None, ways: Sequence[int] | None = None) -> StandValue:
    """A stand's row as the value that rules and solver take.

    ``ways`` are the distances of all the hall's stands from the entrance, in rising order; with them the value of
    the place is found where the organisers did not say it.
    """
    value = row.value
    if value is None:
        value = place_value(row.entrance_cm, row.open_sides, ways) if ways else 0
    return StandValue(
        row.code,
        Box(row.x_cm, row.y_cm, row.w_cm, row.h_cm),
        zone,
        row.row,
        row.position,
        row.has_power,
        row.has_water,
        row.step_free,
        row.entrance_cm,
        Reserve(row.reserved_for) if row.reserved_for else None,
        row.closed,
        row.area_cm2,
        row.open_sides > 1,
        row.food_floor,
        circuit,
        value,
    )


def needs_of(row: ExhibitorRow, wants: Wants | None = None) -> Needs:
    """What an exhibitor cannot do without, from its application and what it asked of the floor."""
    asked = wants or Wants()
    return Needs(
        power=row.power_w > 0,
        water=row.needs_water,
        cold=row.needs_cold,
        step_free=row.needs_step_free,
        food=asked.needs_food,
        corner=asked.needs_corner,
        power_w=row.power_w,
    )


def load_problem(session: Session, hall_id: int, *, also: Collection[ExhibitorRow] = ()) -> Problem:
    """A hall's stands with their neighbours and circuits, the exhibitors to place, their wishes, and the pins.

    Who would manage with fewer stands than it asks for has as many in the problem as everybody's place allows.
    Guests are part of their host's party; who stands in another hall of the edition is not placed here.  ``also`` are
    others who may get a stand: the waiting list, on the day.  A constant number of SQL queries.

    Raises:
        Refusal: ``hall_not_found``.
    """
    hall = session.get(Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    rows = layout_rows(session, hall)
    held = _held(session, hall.edition_id)
    elsewhere = {who for who, stands in held.items() if stands[0].hall_id != hall_id}
    people = [
        each for each in (*exhibitors.list_placeable(session, hall.edition_id), *also) if each.id not in elsewhere
    ]
    party = _parties(people, list_guests(session, hall.edition_id))
    code_of = {row.id: party[row.id].code for row in people}
    wants = wants_of(session, [row.id for row in people])
    asking = [(row, wants[row.id]) for row in people]
    asked = allocation.problem(
        _stands(rows),
        _exhibitors(session, hall, rows, asking, party),
        _wishes(session, hall.edition_id, code_of),
        rules=allocation.RULE_SETS[hall.rule_set].with_weights(hall.weights or {}),
        pins=_pins(held, code_of)[0],
        edges=neighbours(scene_of(things_of(rows))),
        circuits=[allocation.Circuit(code, row.watts) for code, row in rows.circuits.items()],
    )
    from village.floor.allocation.rounds import begin_small

    return begin_small(asked, {row.code: each.min_size for row, each in asking})


def broken_pins(session: Session, hall_id: int) -> tuple[BrokenPin, ...]:
    """Pinned exhibitors of a hall whose stands make no block any more; the problem is loaded without these pins."""
    hall = session.get(Hall, hall_id)
    if hall is None:
        return ()
    held = {who: stands for who, stands in _held(session, hall.edition_id).items() if stands[0].hall_id == hall_id}
    return _pins(held, exhibitors.codes_by_id(session, set(held)))[1]


def _stands(rows: LayoutRows) -> list[StandValue]:
    zones = {row.id: code for code, row in rows.zones.items()}
    circuits = {row.id: code for code, row in rows.circuits.items()}
    ways = sorted(row.entrance_cm for row in rows.stands.values())
    return [
        stand_value(row, zones[row.zone_id], circuit=circuits.get(row.circuit_id or 0), ways=ways)
        for row in rows.stands.values()
    ]


def _parties(people: Iterable[ExhibitorRow], hosts: Mapping[int, int]) -> dict[int, ExhibitorRow]:
    """With whom each exhibitor stands: its host (or the host's host) where there is one here, else itself."""
    by_id = {row.id: row for row in people}
    found = {}
    for who, row in by_id.items():
        host, seen = who, {who}
        while hosts.get(host) in by_id and hosts[host] not in seen:
            host = hosts[host]
            seen.add(host)
        # A circle of guests has no host: each stands for itself.
        found[who] = row if hosts.get(host) in seen and hosts.get(host) in by_id else by_id[host]
    return found


def _exhibitors(
    session: Session,
    hall: Hall,
    rows: LayoutRows,
    asking: Sequence[tuple[ExhibitorRow, Wants]],
    party: Mapping[int, ExhibitorRow],
) -> list[allocation.Exhibitor]:
    good = good_places(session, hall.edition_id)
    zones = {code: tuple(row.sectors) for code, row in rows.zones.items()}
    guests: dict[int, list[Needs]] = {}
    for row, asked in asking:
        if party[row.id].id != row.id:
            guests.setdefault(party[row.id].id, []).append(needs_of(row, asked))
    found = []
    for row, asked in asking:
        if party[row.id].id != row.id:
            continue
        needs = reduce(_united, guests.get(row.id, ()), needs_of(row, asked))
        found.append(
            allocation.Exhibitor(
                row.code,
                allocation.zone_of(row.sector, row.branch, zones, hall.default_zone),
                row.province_code,
                needs,
                poor_place_last_year=row.last_year_place == LastYear.POOR,
                sector=row.sector,
                size=asked.size,
                min_area_cm2=asked.min_area_cm2,
                wants_corner=asked.wants_corner,
                priority=asked.priority,
                seniority=row.previous_editions,
                stand_wishes=tuple(code for code in asked.stands if code in rows.stands)[:MOST_WISHES],
                good_places=good.get(row.id, 0),
            )
        )
    return found


def _united(a: Needs, b: Needs) -> Needs:
    """What two cannot do without at one stand: the needs of both, the watts together."""
    return Needs(
        a.power or b.power,
        a.water or b.water,
        a.cold or b.cold,
        a.step_free or b.step_free,
        a.food or b.food,
        a.corner or b.corner,
        a.power_w + b.power_w,
    )


def _wishes(session: Session, edition_id: int, code_of: Mapping[int, str]) -> list[allocation.Wish]:
    """Wishes about neighbours; a guest's wish is its host's, and within one party there is none."""
    rows = session.scalars(select(StandWish).where(StandWish.edition_id == edition_id))
    return [
        allocation.Wish(WishKind(each.kind), code_of[each.a_id], code_of[each.b_id])
        for each in rows
        if each.a_id in code_of and each.b_id in code_of and code_of[each.a_id] != code_of[each.b_id]
    ]


@dataclass(frozen=True)
class _Held:
    """One stand that an exhibitor has."""

    hall_id: int
    code: str
    row: str
    position: int
    pinned: bool


def _held(session: Session, edition_id: int) -> dict[int, tuple[_Held, ...]]:
    """The stands of each exhibitor of an edition, in row order."""
    query = (
        select(StandAssignment.exhibitor_id, StandAssignment.locked, Stand)
        .join(Stand, Stand.id == StandAssignment.stand_id)
        .join(Hall, Hall.id == Stand.hall_id)
        .where(Hall.edition_id == edition_id)
        .order_by(Stand.row, Stand.position, Stand.code)
    )
    found: dict[int, tuple[_Held, ...]] = {}
    for who, pinned, stand in session.execute(query):
        here = _Held(stand.hall_id, stand.code, stand.row, stand.position, pinned)
        found[who] = (*found.get(who, ()), here)
    return found


def _pins(
    held: Mapping[int, tuple[_Held, ...]], code_of: Mapping[int, str]
) -> tuple[dict[str, tuple[str, ...]], tuple[BrokenPin, ...]]:
    """Who is pinned where, and the pins that make no block any more."""
    pins: dict[str, tuple[str, ...]] = {}
    broken = []
    for who, stands in held.items():
        pinned = tuple(each for each in stands if each.pinned)
        if not pinned or who not in code_of:
            continue
        codes = tuple(each.code for each in pinned)
        if all(a.row == b.row and b.position == a.position + 1 for a, b in pairwise(pinned)):
            pins[code_of[who]] = codes
        else:
            broken.append(BrokenPin(code_of[who], codes))
    return pins, tuple(sorted(broken, key=lambda each: each.exhibitor))
