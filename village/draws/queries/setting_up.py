"""An open draw as it was typed, for whoever changes it before it is sealed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from village.draws.models import Draw, DrawEntrant, DrawMember, DrawPrize, DrawSeat
from village.draws.rules.eligibility import Reason
from village.exhibitors import queries as exhibitors
from village.kit.refusal import Refusal
from village.people import queries as people

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

_PLAIN = (
    "code",
    "title_ar",
    "title_fr",
    "rule_ar",
    "rule_fr",
    "place_ar",
    "place_fr",
    "pool",
    "substitutes",
    "most_per_group",
    "uses_secret",
    "replacement",
    "quorum",
)


@dataclass(frozen=True)
class TypedPlan:
    """What the form of a draw is filled with; prizes, seats and members are rows of field values."""

    plain: Mapping[str, Any]
    announced_at: datetime
    days: tuple[str, ...]
    no_winners: bool
    tied: str
    fewest: int
    beacon: bool
    prizes: tuple[Mapping[str, Any], ...]
    seats: tuple[Mapping[str, Any], ...]
    members: tuple[Mapping[str, Any], ...]


def get_typed_plan(session: Session, draw_id: int) -> TypedPlan:
    """Read what was typed of a draw. Seven queries.

    Raises:
        Refusal: `draw_not_found`.

    """
    row = session.get(Draw, draw_id)
    if row is None:
        raise Refusal("draw_not_found", {"draw": draw_id})
    codes = {number: code for code, number in exhibitors.ids_by_code(session, row.edition_id).items()}
    tied = session.scalars(
        select(DrawEntrant.exhibitor_id).where(
            DrawEntrant.draw_id == draw_id, DrawEntrant.reasons.contains(str(Reason.TIE))
        )
    )
    return TypedPlan(
        {name: getattr(row, name) for name in _PLAIN},
        row.announced_at,
        tuple(row.present_on.split()),
        row.bars_award_winners,
        " ".join(sorted(codes[number] for number in tied if number in codes)),
        row.fewest_seats,
        row.beacon_chain is not None,
        _prizes(session, draw_id),
        _seats(session, row, codes),
        _members(session, draw_id),
    )


def _prizes(session: Session, draw_id: int) -> tuple[dict[str, Any], ...]:
    """Prizes that are alike and stand together become one row with their number; a marked one stands alone."""
    rows = session.scalars(select(DrawPrize).where(DrawPrize.draw_id == draw_id).order_by(DrawPrize.position))
    names = ("title_ar", "title_fr", "value_mad", "mark", "giver_ar", "giver_fr")
    written = [{name: getattr(row, name) for name in names} for row in rows]
    return tuple(
        {**one, "copies": len(list(alike))} for one, alike in ((key, group) for key, group in groupby(written))
    )


def _seats(session: Session, row: Draw, codes: Mapping[int, str]) -> tuple[dict[str, Any], ...]:
    persons = {number: code for code, number in people.ids_by_code(session, row.edition_id).items()}
    seats = session.scalars(select(DrawSeat).where(DrawSeat.draw_id == row.id).order_by(DrawSeat.id))
    return tuple(
        {
            "kind": seat.kind,
            "name_ar": seat.name_ar,
            "name_fr": seat.name_fr,
            "person": persons.get(seat.person_id or 0, ""),
            "ties": " ".join(codes[int(number)] for number in seat.ties.split() if int(number) in codes),
            "key": seat.public_key or "",
        }
        for seat in seats
    )


def _members(session: Session, draw_id: int) -> tuple[dict[str, Any], ...]:
    rows = session.scalars(select(DrawMember).where(DrawMember.draw_id == draw_id).order_by(DrawMember.id))
    return tuple({"role": row.role, "name_ar": row.name_ar, "name_fr": row.name_fr} for row in rows)
