"""Reads of lots for the stands: what was sealed, which numbers were called, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from village.floor.lot_bundle import bundle_of
from village.floor.models import AllocationRun, Hall, StandLot
from village.kit.called_lot import Seat, seats_of
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class LotTurn:
    """One turn: place in the order (0: settled before), who, its stands, blocks it liked better and why not."""

    place: int
    who: str
    stands: tuple[str, ...]
    better: tuple[tuple[tuple[str, ...], str], ...]
    gone: int
    needed: int


@dataclass(frozen=True)
class LotView:
    """A lot for the stands of a hall."""

    id: int
    hall_id: int
    hall: str
    edition_id: int
    number: int
    state: str
    commitment: str
    sealed: Mapping[str, Any]
    seats: tuple[Seat, ...]
    seed: str | None
    ranking: tuple[str, ...]
    turns: tuple[LotTurn, ...]
    sealed_at: datetime
    drawn_at: datetime | None
    reason: str | None
    run_id: int | None
    applied: bool

    @property
    def participants(self) -> tuple[str, ...]:
        """Codes of those who take part."""
        return tuple(each["code"] for each in self.sealed["problem"]["exhibitors"])

    @property
    def stands(self) -> int:
        """How many stands are given."""
        open_ = (each for each in self.sealed["problem"]["stands"] if not (each["closed"] or each["reserved_for"]))
        return sum(1 for _ in open_)

    @property
    def ready(self) -> bool:
        """Whether every number was typed alike by two people."""
        return self.state == "sealed" and all(each.value is not None for each in self.seats)

    @property
    def witness(self) -> list[tuple[str, str]]:
        """Seats with their numbers, as far as they are known."""
        return [(each.code, each.value) for each in self.seats if each.value is not None]

    @property
    def bundle(self) -> bytes:
        """The lot as canonical JSON; only of a lot that was drawn."""
        turns = [
            [each.place, each.who, list(each.stands) or None, [[list(block), why] for block, why in each.better],
             each.gone, each.needed]
            for each in self.turns
        ]  # fmt: skip
        return bundle_of(
            sealed=self.sealed,
            commitment=self.commitment,
            witness=self.witness,
            seed=self.seed,
            ranking=self.ranking,
            turns=turns,
        )


def list_lots(session: Session, edition_id: int) -> list[LotView]:
    """The lots of an edition, the newest first."""
    query = (
        select(StandLot, Hall.code, AllocationRun.id, AllocationRun.applied_at)
        .join(Hall, Hall.id == StandLot.hall_id)
        .outerjoin(AllocationRun, AllocationRun.lot_id == StandLot.id)
        .where(Hall.edition_id == edition_id)
        .order_by(StandLot.sealed_at.desc(), StandLot.id.desc())
    )
    return [
        _view(row, hall, edition_id, run, applied is not None) for row, hall, run, applied in session.execute(query)
    ]


def get_lot(session: Session, edition_id: int, lot_id: int) -> LotView:
    """A lot of an edition.

    Raises:
        Refusal: ``stand_lot_not_found``.
    """
    found = next((each for each in list_lots(session, edition_id) if each.id == lot_id), None)
    if found is None:
        raise Refusal("stand_lot_not_found", {"lot": lot_id})
    return found


def _view(row: StandLot, hall: str, edition_id: int, run_id: int | None, applied: bool) -> LotView:  # noqa: FBT001
    turns = tuple(
        LotTurn(place, who, tuple(block or ()), tuple((tuple(b), why) for b, why in better), gone, needed)
        for place, who, block, better, gone, needed in row.turns
    )
    return LotView(
        row.id,
        row.hall_id,
        hall,
        edition_id,
        row.number,
        row.state,
        row.commitment,
        row.sealed,
        seats_of(row.sealed, row.typed),
        row.seed,
        tuple(row.ranking),
        turns,
        row.sealed_at,
        row.drawn_at,
        row.reason,
        run_id,
        applied,
    )
