"""Stands by lot in public: seal who takes part, call the witnesses' numbers, draw.  Each step is one deed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from village.audit.actions import record
from village.editions.queries import get_edition
from village.floor.actions.allocate import write_result
from village.floor.lot_bundle import DrawnLot, draw_lot, opened, sealed_lot
from village.floor.models import AllocationRun, Hall, StandLot
from village.floor.queries import load_problem
from village.kit import lot
from village.kit.called_lot import FEWEST_SEATS, MOST_SEATS, commitment_of, is_number, seats_of
from village.kit.db import Json, locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.kit.deeds import Deed

def seal_lot(deed: Deed, *, hall_id: int, seats: int) -> int:
    """Seal a lot for a hall's stands and return its id: from now on nobody and nothing can be added to it.

    Sealed are the stands, all accepted exhibitors with their needs and wishes, who is pinned, the rules, and how
    many witnesses will call a number.

    Raises:
        Refusal: ``hall_not_found``, ``nothing_to_allocate``, ``lot_seats_wrong``, ``lot_is_open`` while another lot
            of the hall waits to be drawn.
    """
    hall = locked(deed.session, Hall, hall_id)
    if hall is None:
        raise Refusal("hall_not_found", {"hall": hall_id})
    if not FEWEST_SEATS <= seats <= MOST_SEATS:
        raise Refusal("lot_seats_wrong", {"fewest": FEWEST_SEATS, "most": MOST_SEATS})
    open_lot = select(StandLot.number).where(StandLot.hall_id == hall_id, StandLot.state == "sealed")
    waiting = deed.session.scalar(open_lot)
    if waiting is not None:
        raise Refusal("lot_is_open", {"number": waiting})
    case = load_problem(deed.session, hall_id)
    if not case.exhibitors or not case.stands:
        raise Refusal("nothing_to_allocate")
    newest = select(StandLot.commitment).where(StandLot.hall_id == hall_id).order_by(StandLot.number.desc()).limit(1)
    number = (deed.session.scalar(select(func.max(StandLot.number)).where(StandLot.hall_id == hall_id)) or 0) + 1
    sealed = sealed_lot(
        case,
        edition=get_edition(deed.session, hall.edition_id).code,
        hall=hall.code,
        number=number,
        previous=deed.session.scalar(newest),
        seats=seats,
    )
    row = StandLot(
        hall_id=hall_id,
        number=number,
        state="sealed",
        sealed=sealed,
        commitment=commitment_of(sealed),
        sealed_at=deed.now,
        actor=str(deed.actor),
    )
    deed.session.add(row)
    deed.session.flush()
    facts: dict[str, Json] = {
        "number": number,
        "exhibitors": len(case.exhibitors),
        "stands": len(case.stands),
        "seats": seats,
    }
    record(deed, "lot.sealed", _thing(deed, row), {"commitment": row.commitment, **facts})
    return row.id


def type_number(deed: Deed, *, lot_id: int, seat: str, value: str) -> None:
    """Type the number that a witness called; two people type it, each with an own account, before it counts.

    Who types again corrects the own typing, until the lot is drawn.

    Raises:
        Refusal: ``stand_lot_not_found``, ``lot_not_sealed``, ``lot_seat_unknown``, ``lot_number_wrong``.
    """
    row = _sealed(deed, lot_id)
    if seat not in row.sealed["seats"]:
        raise Refusal("lot_seat_unknown", {"seat": seat})
    if not is_number(value):
        raise Refusal("lot_number_wrong", {"seat": seat})
    who = str(deed.actor)
    row.typed = [*(each for each in row.typed if (each[0], each[1]) != (seat, who)), [seat, who, value]]
    told: dict[str, Json] = {"number": row.number, "seat": seat, "value": value}
    record(deed, "lot.number_typed", _thing(deed, row), {"commitment": row.commitment, **told})


def draw_stands(deed: Deed, *, lot_id: int, computed: DrawnLot | None = None) -> int:
    """Draw a lot whose numbers are all known; the plan it gives is a proposal.  Returns the id of its run.

    ``computed`` is the outcome as computed before the deed began: taken when it comes from the same seed.

    Raises:
        Refusal: ``stand_lot_not_found``, ``lot_not_sealed``, ``lot_numbers_missing``.
    """
    row = _sealed(deed, lot_id)
    witness = [(each.code, each.value) for each in seats_of(row.sealed, row.typed) if each.value is not None]
    if len(witness) != len(row.sealed["seats"]):
        raise Refusal("lot_numbers_missing", {"number": row.number})
    seed = lot.seed(row.commitment, witness).hex()
    found = computed if computed is not None and computed.seed == seed else draw_lot(row.sealed, witness)
    row.witness = [list(each) for each in sorted(witness)]
    row.seed, row.ranking, row.turns = found.seed, list(found.ranking), [list(turn) for turn in found.turns]
    row.state, row.drawn_at = "drawn", deed.now
    run_id = _propose(deed, row, found)
    facts: dict[str, Json] = {
        "number": row.number,
        "seed": found.seed,
        "placed": len(found.allocation.plan),
        "ranking": list(found.ranking),
    }
    record(deed, "lot.drawn", _thing(deed, row), {"commitment": row.commitment, **facts})
    return run_id


def _propose(deed: Deed, row: StandLot, found: DrawnLot) -> int:
    hall = deed.session.get_one(Hall, row.hall_id)
    case = opened(row.sealed)
    run = AllocationRun(
        hall_id=hall.id,
        rule_set=case.rules.name,
        seed=0,
        weights=dict(hall.weights or {}),
        actor=str(deed.actor),
        at=deed.now,
        done_at=deed.now,
        layout_version=hall.layout_version,
        plan_version=hall.plan_version,
        lot_id=row.id,
    )
    write_result(run, case, found.allocation)
    deed.session.add(run)
    deed.session.flush()
    return run.id


def cancel_lot(deed: Deed, *, lot_id: int, reason: str) -> None:
    """Cancel a lot that has not been drawn yet, for a reason that everybody may read on its page.

    A lot that was drawn stays: whoever dislikes its outcome must not be able to draw again in silence.

    Raises:
        Refusal: ``stand_lot_not_found``, ``lot_not_sealed``, ``lot_reason_missing``.
    """
    row = _sealed(deed, lot_id)
    if not reason.strip():
        raise Refusal("lot_reason_missing")
    row.state, row.reason = "cancelled", reason.strip()[:500]
    record(deed, "lot.cancelled", _thing(deed, row), {"commitment": row.commitment, "number": row.number})


def _sealed(deed: Deed, lot_id: int) -> StandLot:
    row = locked(deed.session, StandLot, lot_id)
    if row is None:
        raise Refusal("stand_lot_not_found", {"lot": lot_id})
    if row.state != "sealed":
        raise Refusal("lot_not_sealed", {"number": row.number})
    return row


def _thing(deed: Deed, row: StandLot) -> str:
    return f"lot:{deed.session.get_one(Hall, row.hall_id).code}-{row.number}"
