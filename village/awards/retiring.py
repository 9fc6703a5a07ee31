"""What is forgotten after three years: names of jurors and receivers, private notes. Marks and results stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select, update

from village.awards.models import AwardCategory, AwardPrize, Juror, MarkSheet, Recusal
from village.people.rules.retention import FILES, Keeper, Stage

if TYPE_CHECKING:
    from village.kit.deeds import Deed


def forget_jurors(deed: Deed, edition_id: int, _limit: int) -> int:
    """Put the code in the place of a juror's name; take out reasons and private notes."""
    named = or_(Juror.name_ar != Juror.code, Juror.name_fr != Juror.code)
    rows = deed.session.scalars(select(Juror).where(Juror.edition_id == edition_id, named).with_for_update()).all()
    for row in rows:
        row.name_ar = row.name_fr = row.code
        row.account_id = None
    own = select(Juror.id).where(Juror.edition_id == edition_id)
    reasons = update(Recusal).where(Recusal.juror_id.in_(own)).values(reason_ar="", reason_fr="")
    deed.session.execute(reasons)
    deed.session.execute(update(MarkSheet).where(MarkSheet.juror_id.in_(own)).values(note=""))
    return len(rows)


def forget_receivers(deed: Deed, edition_id: int, _limit: int) -> int:
    """Take out who took a prize, and the file that proves it; its digest stays, as in the log."""
    here = select(AwardCategory.id).where(AwardCategory.edition_id == edition_id)
    told = or_(AwardPrize.receiver != "", AwardPrize.proof_key.is_not(None))
    rows = deed.session.scalars(select(AwardPrize).where(AwardPrize.category_id.in_(here), told)).all()
    files = deed.notes.setdefault(FILES, [])
    for row in rows:
        if row.proof_key:
            files.append(row.proof_key)
        row.receiver, row.proof_key = "", None
    return len(rows)


KEEPERS = (
    Keeper("jurors", Stage.THREE_YEARS, forget_jurors),
    Keeper("handovers", Stage.THREE_YEARS, forget_receivers),
)
