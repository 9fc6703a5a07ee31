"""What goes with an award: promised for a rank, handed over to whoever holds it, with a proof."""

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from village.audit.actions import record
from village.awards.actions.loading import load_category
from village.awards.models import AwardCategory, AwardPrize, AwardResult, Nominee
from village.awards.rules import AwardClass, CategoryState
from village.kit.deeds import Deed
from village.kit.pictures import clean_proof
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.kit.db import Json
    from village.kit.storage import FileStorage

KINDS: Final = ("shield", "prize", "paper")
MOST_NAME: Final = 200
MOST_MAD: Final = 10_000_000


def promise_prize(  # noqa: PLR0913 - all that a promise says
    deed: Deed,
    *,
    category_id: int,
    rank: int,
    kind: str,
    title_ar: str,
    title_fr: str,
    value_mad: int | None = None,
    giver_ar: str = "",
    giver_fr: str = "",
    promised_for: date | None = None,
) -> int:
    """Promise something to whoever will hold a rank (in an honour: the place in the list). Returns its id.

    Refusals: `category_not_found`, `award_by_draw` (its prizes are those of the draw), `prize_kind_unknown`,
    `award_name_missing`, `prize_rank_wrong`, `prize_value_wrong`, `prize_promised_already` (a second tap).
    """
    category = load_category(deed, category_id)
    words = (title_ar.strip()[:MOST_NAME], title_fr.strip()[:MOST_NAME])
    _check_promise(category, rank, kind, words, value_mad)
    _check_new(deed, category_id, rank, kind, words)
    row = AwardPrize(
        category_id=category_id,
        rank=rank,
        kind=kind,
        title_ar=words[0],
        title_fr=words[1],
        value_mad=value_mad,
        giver_ar=giver_ar.strip()[:MOST_NAME],
        giver_fr=giver_fr.strip()[:MOST_NAME],
        promised_for=promised_for,
        promised_at=deed.now,
    )
    deed.session.add(row)
    deed.session.flush()
    facts: dict[str, Json] = {
        "code": category.code,
        "prize": row.id,
        "rank": rank,
        "kind": kind,
        "value_mad": value_mad,
    }
    record(deed, "award_prize.promised", f"award:{category_id}", facts)
    return row.id


def _check_promise(
    category: AwardCategory, rank: int, kind: str, words: tuple[str, str], value_mad: int | None
) -> None:
    if category.award_class == AwardClass.CHANCE:
        raise Refusal("award_by_draw", {"category": category.code})
    if kind not in KINDS:
        raise Refusal("prize_kind_unknown")
    if not any(words):
        raise Refusal("award_name_missing")
    if rank < 1 or (category.award_class == AwardClass.MERIT and rank > category.winners):
        raise Refusal("prize_rank_wrong", {"most": category.winners})
    if value_mad is not None and not 0 <= value_mad <= MOST_MAD:
        raise Refusal("prize_value_wrong", {"most": MOST_MAD})


def _check_new(deed: Deed, category_id: int, rank: int, kind: str, words: tuple[str, str]) -> None:
    """Refuse the same promise a second time: a form that was sent twice."""
    same = select(AwardPrize.id).where(
        AwardPrize.category_id == category_id,
        AwardPrize.rank == rank,
        AwardPrize.kind == kind,
        AwardPrize.title_ar == words[0],
        AwardPrize.title_fr == words[1],
    )
    if deed.session.scalar(same) is not None:
        raise Refusal("prize_promised_already")


def withdraw_promise(deed: Deed, *, prize_id: int) -> None:
    """Take a promise back that was not kept yet; the log keeps that it was made.

    Refusals: `award_prize_not_found`, `prize_already_delivered`.
    """
    row, category = _promised(deed, prize_id)
    facts: dict[str, Json] = {"code": category.code, "prize": row.id, "rank": row.rank}
    deed.session.delete(row)
    record(deed, "award_prize.withdrawn", f"award:{category.id}", facts)


def deliver_prize(
    deed: Deed,
    *,
    prize_id: int,
    receiver: str,
    proof: bytes | None,
    storage: "FileStorage",
    nominee_id: int | None = None,
) -> int:
    """Hand over what was promised. Returns the nominee it went to.

    Args:
        deed: the open deed.
        prize_id: the promise.
        receiver: who took it, by name.
        proof: a picture of the hand-over or the signed paper (JPEG, PNG, WebP, PDF); a prize needs one, a shield
            handed over on the stage does not.
        storage: where proofs are kept.
        nominee_id: to whom, where several share the rank; else whoever holds it.

    Refusals: `award_prize_not_found`, `prize_already_delivered`, `result_not_published`, `receiver_missing`,
    `proof_missing`, `holder_unclear` {rank}, `rank_not_held` {rank}, and those of `pictures.clean_proof`.

    """
    row, category = _promised(deed, prize_id)
    if category.state != CategoryState.PUBLISHED:
        raise Refusal("result_not_published", {"category": category.code})
    if not receiver.strip():
        raise Refusal("receiver_missing")
    if not proof and row.kind == "prize":
        raise Refusal("proof_missing")
    row.nominee_id = _holder(deed, category, row.rank, nominee_id)
    if proof:
        clean, ending = clean_proof(proof)
        row.proof_sha256 = sha256(clean).hexdigest()
        row.proof_key = f"awards/proofs/{row.id}-{row.proof_sha256[:16]}.{ending}"
        storage.put(row.proof_key, clean)
    row.receiver = receiver.strip()[:MOST_NAME]
    row.delivered_at = deed.now
    facts: dict[str, Json] = {
        "code": category.code,
        "prize": row.id,
        "rank": row.rank,
        "nominee": row.nominee_id,
        "proof": row.proof_sha256,
    }
    record(deed, "award_prize.delivered", f"award:{category.id}", facts)
    return row.nominee_id


def _promised(deed: Deed, prize_id: int) -> tuple[AwardPrize, AwardCategory]:
    """Load a promise with its category held: of two hands that give the same thing, the second is refused."""
    category_id = deed.session.scalar(select(AwardPrize.category_id).where(AwardPrize.id == prize_id))
    if category_id is None:
        raise Refusal("award_prize_not_found")
    category = load_category(deed, category_id)
    row = deed.session.get(AwardPrize, prize_id, populate_existing=True)
    if row is None:
        raise Refusal("award_prize_not_found")
    if row.delivered_at is not None:
        raise Refusal("prize_already_delivered")
    return row, category


def _holder(deed: Deed, category: AwardCategory, rank: int, nominee_id: int | None) -> int:
    if category.award_class == AwardClass.HONOUR:
        query = select(Nominee.id).where(Nominee.category_id == category.id).order_by(Nominee.position, Nominee.id)
        holders = list(deed.session.scalars(query))[rank - 1 : rank]
    else:
        ranked = select(AwardResult.nominee_id).where(
            AwardResult.category_id == category.id, AwardResult.rank == rank
        )
        holders = list(deed.session.scalars(ranked))
    if not holders or (nominee_id is not None and nominee_id not in holders):
        raise Refusal("rank_not_held", {"rank": rank})
    if nominee_id is None and len(holders) > 1:
        raise Refusal("holder_unclear", {"rank": rank})
    return nominee_id if nominee_id is not None else holders[0]
