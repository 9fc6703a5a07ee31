"""Reads of what exhibitors ask of the floor, and of who shares whose stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.exhibitors import queries as exhibitors
from village.floor.models import Hall, Stand, StandAssignment, StandPreference, StandRequest, StandShare, StandWish
from village.floor.places import good_place_points
from village.floor.queries.rotation import EarlierPlace, earlier_places
from village.floor.rules import WishKind
from village.floor.wants import Wants

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy.orm import Session

    from village.exhibitors.queries import ExhibitorRow


@dataclass(frozen=True)
class RequestRow:
    """An accepted exhibitor with what it asks, whom it shares with, what it has, and its earlier places.

    ``met`` is the rank (from 1) of the dearest stand it wished for and has, None where it has none of them.
    """

    exhibitor: ExhibitorRow
    wants: Wants
    host: ExhibitorRow | None
    guests: tuple[ExhibitorRow, ...]
    stands: tuple[str, ...]
    earlier: tuple[EarlierPlace, ...]

    @property
    def good_places(self) -> int:
        """How good its earlier places were, 0 to 100."""
        return good_place_points((each.ago, each.value) for each in self.earlier)

    @property
    def met(self) -> int | None:
        """Rank of the dearest stand it wished for and has."""
        return next((rank for rank, code in enumerate(self.wants.stands, start=1) if code in self.stands), None)


def list_requests(session: Session, edition_id: int) -> list[RequestRow]:
    """Every accepted exhibitor with what it asks, in order of code.  A constant number of SQL queries."""
    rows = exhibitors.list_placeable(session, edition_id)
    by_id = {row.id: row for row in rows}
    wants = wants_of(session, by_id)
    hosts = {row.guest_id: row.host_id for row in session.scalars(select(StandShare)) if row.guest_id in by_id}
    earlier, held = earlier_places(session, edition_id), _held(session, edition_id)
    return [
        RequestRow(
            row,
            wants[row.id],
            by_id.get(hosts.get(row.id, 0)),
            tuple(by_id[guest] for guest, host in sorted(hosts.items()) if host == row.id),
            held.get(hosts.get(row.id, row.id), ()),
            earlier.get(row.id, ()),
        )
        for row in rows
    ]


def wants_of(session: Session, ids: Iterable[int], *, own: bool = False) -> dict[int, Wants]:
    """What exhibitors ask, by id: those who never asked want one plain stand.  Four SQL queries.

    ``own``: neighbours that the exhibitor itself asked for; else also those that the organisers noted.
    """
    wanted = list(ids)
    requests = session.scalars(select(StandRequest).where(StandRequest.exhibitor_id.in_(wanted)))
    by_id = {row.exhibitor_id: row for row in requests}
    stands: dict[int, list[str]] = {}
    ranked = (
        select(StandPreference.exhibitor_id, Stand.code)
        .join(Stand, Stand.id == StandPreference.stand_id)
        .where(StandPreference.exhibitor_id.in_(wanted))
        .order_by(StandPreference.exhibitor_id, StandPreference.rank)
    )
    for who, code in session.execute(ranked):
        stands.setdefault(who, []).append(code)
    near = _neighbours(session, wanted, own=own)
    return {who: _wants(by_id.get(who), stands.get(who, ()), near.get(who, {})) for who in wanted}


def _wants(row: StandRequest | None, stands: Iterable[str], near: dict[WishKind, list[str]]) -> Wants:
    beside, apart = (tuple(sorted(near.get(kind, ()))) for kind in (WishKind.TOGETHER, WishKind.APART))
    if row is None:
        return Wants(stands=tuple(stands), beside=beside, apart=apart)
    return Wants(
        row.size,
        row.min_size,
        row.min_area_cm2,
        row.wants_corner,
        row.needs_corner,
        row.needs_food,
        row.priority,
        tuple(stands),
        beside,
        apart,
    )


def _neighbours(session: Session, ids: Collection[int], *, own: bool) -> dict[int, dict[WishKind, list[str]]]:
    query = select(StandWish).where(StandWish.a_id.in_(ids) | StandWish.b_id.in_(ids))
    rows = session.scalars(query).all()
    codes = exhibitors.codes_by_id(session, {who for row in rows for who in (row.a_id, row.b_id)})
    found: dict[int, dict[WishKind, list[str]]] = {}
    for row in rows:
        for who, other in ((row.a_id, row.b_id), (row.b_id, row.a_id)):
            if row.asked_by_id == who or (row.asked_by_id is None and not own):
                found.setdefault(who, {}).setdefault(WishKind(row.kind), []).append(codes[other])
    return found


def find_wants(session: Session, exhibitor_id: int, *, own: bool = False) -> Wants:
    """What one exhibitor asks."""
    return wants_of(session, [exhibitor_id], own=own)[exhibitor_id]


def _held(session: Session, edition_id: int) -> dict[int, tuple[str, ...]]:
    query = (
        select(StandAssignment.exhibitor_id, Stand.code)
        .join(Stand, Stand.id == StandAssignment.stand_id)
        .join(Hall, Hall.id == Stand.hall_id)
        .where(Hall.edition_id == edition_id)
        .order_by(Stand.row, Stand.position)
    )
    found: dict[int, tuple[str, ...]] = {}
    for who, code in session.execute(query):
        found[who] = (*found.get(who, ()), code)
    return found


def shares(session: Session, hall_id: int) -> dict[int, tuple[int, ...]]:
    """Who stands as a guest at whose stand of a hall: ids of the guests by the id of the host."""
    query = (
        select(StandShare.host_id, StandShare.guest_id)
        .join(StandAssignment, StandAssignment.exhibitor_id == StandShare.host_id)
        .join(Stand, Stand.id == StandAssignment.stand_id)
        .where(Stand.hall_id == hall_id)
        .distinct()
        .order_by(StandShare.host_id, StandShare.guest_id)
    )
    found: dict[int, tuple[int, ...]] = {}
    for host, guest in session.execute(query):
        found[host] = (*found.get(host, ()), guest)
    return found


def list_guests(session: Session, edition_id: int) -> dict[int, int]:
    """Host by guest (ids) of an edition: guests need no stand of their own."""
    ids = set(exhibitors.ids_by_code(session, edition_id).values())
    rows = session.execute(select(StandShare.guest_id, StandShare.host_id))
    return {row.guest_id: row.host_id for row in rows if row.guest_id in ids}
