"""Reads of the lots that end ties: what was sealed, which numbers were called, what came of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from village.awards.models import AwardLot
from village.awards.rules.lot import tie_bundle
from village.kit.called_lot import Seat, seats_of
from village.kit.refusal import Refusal


@dataclass(frozen=True)
class TieLotView:
    """A lot among nominees that share a rank; `tickets` and `ranking` are codes of exhibitors."""

    id: int
    category_id: int
    number: int
    rank: int
    state: str
    commitment: str
    tickets: tuple[str, ...]
    seats: tuple[Seat, ...]
    seed: str | None
    ranking: tuple[str, ...]
    sealed_at: datetime
    drawn_at: datetime | None
    reason: str | None
    bundle: bytes

    @property
    def ready(self) -> bool:
        """Whether every number was typed alike by two people."""
        return self.state == "sealed" and all(each.value is not None for each in self.seats)

    @property
    def can_cancel(self) -> bool:
        """Whether its outcome is still unknown to everybody: not every number has been typed."""
        return self.state == "sealed" and not all(each.typed for each in self.seats)


def list_lots(session: Session, category_id: int) -> list[TieLotView]:
    """List the lots of a category, the first sealed first (one SQL query)."""
    rows = session.scalars(select(AwardLot).where(AwardLot.category_id == category_id).order_by(AwardLot.number))
    return [_view(row) for row in rows]


def get_lot(session: Session, lot_id: int) -> TieLotView:
    """Return a lot. Refusal: `tie_lot_not_found`."""
    row = session.get(AwardLot, lot_id)
    if row is None:
        raise Refusal("tie_lot_not_found")
    return _view(row)


def _view(row: AwardLot) -> TieLotView:
    return TieLotView(
        id=row.id,
        category_id=row.category_id,
        number=row.number,
        rank=row.rank,
        state=row.state,
        commitment=row.commitment,
        tickets=tuple(row.sealed["tickets"]),
        seats=seats_of(row.sealed, row.typed),
        seed=row.seed,
        ranking=tuple(row.ranking),
        sealed_at=row.sealed_at,
        drawn_at=row.drawn_at,
        reason=row.reason,
        bundle=tie_bundle(
            sealed=row.sealed, commitment=row.commitment, witness=row.witness, seed=row.seed, ranking=row.ranking
        ),
    )
