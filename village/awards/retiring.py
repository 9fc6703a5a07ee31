"""What is forgotten of jurors after three years: their names. Marks and results stay, by the juror's code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select, update

from village.awards.models import Juror, Recusal
from village.people.rules.retention import Keeper, Stage

if TYPE_CHECKING:
    from village.kit.deeds import Deed


def forget_jurors(deed: Deed, edition_id: int, _limit: int) -> int:
    """Put the code in the place of a juror's name, and take out why somebody recused themselves."""
    named = or_(Juror.name_ar != Juror.code, Juror.name_fr != Juror.code)
    rows = deed.session.scalars(select(Juror).where(Juror.edition_id == edition_id, named).with_for_update()).all()
    for row in rows:
        row.name_ar = row.name_fr = row.code
        row.account_id = None
    own = select(Juror.id).where(Juror.edition_id == edition_id)
    reasons = update(Recusal).where(Recusal.juror_id.in_(own)).values(reason_ar="", reason_fr="")
    deed.session.execute(reasons)
    return len(rows)


KEEPERS = (Keeper("jurors", Stage.THREE_YEARS, forget_jurors),)
