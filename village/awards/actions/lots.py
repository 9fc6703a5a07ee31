"""A lot ends a tie: who is level is sealed, witnesses call numbers, the order follows. Each step is one deed."""

from typing import TYPE_CHECKING

from sqlalchemy import select

from village.audit.actions import record
from village.awards.actions.loading import load_category
from village.awards.actions.opening import judge, keep_results
from village.awards.models import AwardCategory, AwardLot, AwardResult
from village.awards.queries.judged import load_sheets, nominee_codes
from village.awards.rules import CategoryState, TieRule
from village.awards.rules.lot import draw_tie, sealed_tie
from village.editions.queries import get_edition
from village.kit.called_lot import FEWEST_SEATS, MOST_SEATS, commitment_of, is_number, seats_of
from village.kit.deeds import Deed
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.kit.db import Json


def seal_tie_lot(deed: Deed, *, category_id: int, rank: int, seats: int = FEWEST_SEATS) -> int:
    """Seal who shares a rank, and how many witnesses will call a number. Returns the id of the lot.

    Refusals: `category_not_found`, `tie_rule_not_lot`, `marks_hidden`, `already_published`, `tie_lot_seats_wrong`,
    `tie_lot_is_open` {number}, `rank_not_shared` {rank}.
    """
    category = load_category(deed, category_id)
    if category.tie_rule != TieRule.LOT:
        raise Refusal("tie_rule_not_lot", {"category": category.code})
    _must_be_opened(category)
    if not FEWEST_SEATS <= seats <= MOST_SEATS:
        raise Refusal("tie_lot_seats_wrong", {"fewest": FEWEST_SEATS, "most": MOST_SEATS})
    earlier = deed.session.scalars(
        select(AwardLot).where(AwardLot.category_id == category_id).order_by(AwardLot.number)
    ).all()
    if waiting := [row.number for row in earlier if row.state == "sealed"]:
        raise Refusal("tie_lot_is_open", {"number": waiting[0]})
    level = set(
        deed.session.scalars(
            select(AwardResult.nominee_id).where(AwardResult.category_id == category_id, AwardResult.rank == rank)
        )
    )
    if len(level) <= 1:
        raise Refusal("rank_not_shared", {"rank": rank})
    codes = {code for code, nominee in nominee_codes(deed.session, category_id).items() if nominee in level}
    sealed = sealed_tie(
        edition=get_edition(deed.session, category.edition_id).code,
        category=category.code,
        number=len(earlier) + 1,
        previous=earlier[-1].commitment if earlier else None,
        rank=rank,
        tickets=codes,
        seats=seats,
    )
    row = AwardLot(
        category_id=category_id,
        number=len(earlier) + 1,
        rank=rank,
        state="sealed",
        sealed=sealed,
        commitment=commitment_of(sealed),
        sealed_at=deed.now,
        actor=str(deed.actor),
    )
    deed.session.add(row)
    deed.session.flush()
    _tell(deed, row, category, "tie_lot.sealed", {"rank": rank, "tickets": list(sealed["tickets"]), "seats": seats})
    return row.id


def type_lot_number(deed: Deed, *, lot_id: int, seat: str, value: str) -> None:
    """Type the number that a witness called; two people type it, each with an own account, before it counts.

    Who types again corrects the own typing, until two typed the same: then the number stands.

    Refusals: `tie_lot_not_found`, `tie_lot_not_sealed`, `tie_lot_seat_unknown`, `tie_lot_number_wrong`,
    `tie_lot_number_fixed` {seat}.
    """
    row, category = _sealed(deed, lot_id)
    if seat not in row.sealed["seats"]:
        raise Refusal("tie_lot_seat_unknown", {"seat": seat})
    if not is_number(value):
        raise Refusal("tie_lot_number_wrong", {"seat": seat})
    who = str(deed.actor)
    typed = [seat, who, value]
    if typed in row.typed:
        return
    if next(each for each in seats_of(row.sealed, row.typed) if each.code == seat).value is not None:
        raise Refusal("tie_lot_number_fixed", {"seat": seat})
    row.typed = [*(each for each in row.typed if (each[0], each[1]) != (seat, who)), typed]
    _tell(deed, row, category, "tie_lot.number_typed", {"seat": seat, "value": value})


def draw_tie_lot(deed: Deed, *, lot_id: int) -> tuple[str, ...]:
    """Draw a lot whose numbers are all known: the ranking of the category follows it. Returns the codes in order.

    Refusals: `tie_lot_not_found`, `tie_lot_not_sealed`, `tie_lot_numbers_missing`, `already_published`.
    """
    row, category = _sealed(deed, lot_id)
    _must_be_opened(category)
    witness = [
        (seat.code, seat.value) for seat in seats_of(row.sealed, row.typed) if seat.value is not None
    ]
    if len(witness) != len(row.sealed["seats"]):
        raise Refusal("tie_lot_numbers_missing", {"number": row.number})
    found = draw_tie(row.sealed, witness)
    row.witness = [list(each) for each in sorted(witness)]
    row.seed, row.ranking = found.seed, list(found.ranking)
    row.state, row.drawn_at = "drawn", deed.now
    deed.session.flush()
    keep_results(deed, category, judge(deed, category, load_sheets(deed.session, category.id)))
    _tell(deed, row, category, "tie_lot.drawn", {"seed": found.seed, "ranking": list(found.ranking)})
    return found.ranking


def cancel_tie_lot(deed: Deed, *, lot_id: int, reason: str) -> None:
    """Cancel a lot that has not been drawn yet, for a reason that everybody may read.

    A lot whose numbers are all called stays, drawn or not: its outcome can be computed, and whoever dislikes it must
    not be able to draw again.

    Refusals: `tie_lot_not_found`, `tie_lot_not_sealed`, `tie_lot_numbers_known`, `tie_lot_reason_missing`.
    """
    row, category = _sealed(deed, lot_id)
    if all(seat.typed for seat in seats_of(row.sealed, row.typed)):
        raise Refusal("tie_lot_numbers_known", {"number": row.number})
    if not reason.strip():
        raise Refusal("tie_lot_reason_missing")
    row.state, row.reason = "cancelled", reason.strip()[:500]
    _tell(deed, row, category, "tie_lot.cancelled", {})


def _sealed(deed: Deed, lot_id: int) -> tuple[AwardLot, AwardCategory]:
    """Load a lot with its category held, so that of two deeds on one lot the second sees what the first did."""
    category_id = deed.session.scalar(select(AwardLot.category_id).where(AwardLot.id == lot_id))
    if category_id is None:
        raise Refusal("tie_lot_not_found")
    category = load_category(deed, category_id)
    row = deed.session.get_one(AwardLot, lot_id, populate_existing=True)
    if row.state != "sealed":
        raise Refusal("tie_lot_not_sealed", {"number": row.number})
    return row, category


def _must_be_opened(category: AwardCategory) -> None:
    if category.state == CategoryState.PUBLISHED:
        raise Refusal("already_published", {"category": category.code})
    if category.state != CategoryState.OPENED:
        raise Refusal("marks_hidden", {"category": category.code})


def _tell(deed: Deed, row: AwardLot, category: AwardCategory, code: str, facts: "dict[str, Json]") -> None:
    told: dict[str, Json] = {"code": category.code, "number": row.number, "commitment": row.commitment}
    record(deed, code, f"award:{category.id}", told | facts)
