"""Who does not mark whom: ties that jurors declare, and absences. Such a row is left out of the mean, never a zero."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from village.audit.actions import record
from village.awards.actions.loading import load_category, load_juror, load_nominee, own_seat
from village.awards.models import Absence, AwardCategory, JurorClosing, Mark, MarkSheet, Nominee, PaperSheet, Recusal
from village.awards.rules import CategoryState, Tie
from village.kit.deeds import Deed
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.kit.db import Json


def declare_tie(
    deed: Deed, *, juror_id: int, exhibitor_id: int, tie: Tie | str, reason_ar: str = "", reason_fr: str = ""
) -> int:
    """A juror declares a tie with an exhibitor: no marks for it, and sheets given before are removed unread.

    Returns how many sheets were removed. Refusals: `not_your_seat`, and those of `record_recusal`.
    """
    own_seat(deed, juror_id)
    return record_recusal(
        deed, juror_id=juror_id, exhibitor_id=exhibitor_id, tie=tie, reason_ar=reason_ar, reason_fr=reason_fr
    )


def record_recusal(
    deed: Deed,
    *,
    juror_id: int,
    exhibitor_id: int,
    tie: Tie | str = Tie.OTHER,
    reason_ar: str = "",
    reason_fr: str = "",
) -> int:
    """Write down a recusal for a juror (the organiser's or the chair's deed). Returns the sheets removed.

    Refusals: `juror_not_found`, `tie_unknown`, `award_reason_missing` (asked for where the tie is another than those
    that have a name), `already_recused`, `nominee_not_found`, `marks_closed` where every category that names the
    exhibitor is opened.
    """
    juror = load_juror(deed, juror_id)
    if tie not in set(Tie):
        raise Refusal("tie_unknown")
    if tie == Tie.OTHER and not (reason_ar.strip() or reason_fr.strip()):
        raise Refusal("award_reason_missing")
    if is_recused(deed, juror_id, exhibitor_id):
        raise Refusal("already_recused")
    hidden = _lock_hidden_nominations(deed, juror.edition_id, exhibitor_id)
    deed.session.add(
        Recusal(
            juror_id=juror_id,
            exhibitor_id=exhibitor_id,
            reason_ar=reason_ar.strip(),
            reason_fr=reason_fr.strip(),
            tie=Tie(tie).value,
            declared_at=deed.now,
        )
    )
    removed = _remove_rows(deed, juror_id, hidden)
    record(deed, "juror.recused", f"juror:{juror_id}", {"exhibitor": exhibitor_id, "sheets_removed": removed})
    return removed


def declare_absent(deed: Deed, *, juror_id: int, nominee_ids: Sequence[int]) -> None:
    """Write down that a juror was absent for nominees: their rows are left out of the means.

    Refusals: `juror_not_found`, `nominee_not_found`, `marks_closed`, `already_marked`, `already_absent`.
    """
    juror = load_juror(deed, juror_id)
    for nominee_id in sorted(nominee_ids):
        nominee, category = load_nominee(deed, nominee_id)
        if juror.edition_id != category.edition_id:
            raise Refusal("juror_not_found")
        if category.state != CategoryState.MARKING:
            raise Refusal("marks_closed", {"category": category.code})
        if sheet_of(deed, juror_id, nominee_id) or deed.session.get(PaperSheet, (juror_id, nominee_id)):
            raise Refusal("already_marked")
        if is_absent(deed, juror_id, nominee_id):
            raise Refusal("already_absent")
        deed.session.add(Absence(juror_id=juror_id, nominee_id=nominee_id, declared_at=deed.now))
        facts: dict[str, Json] = {"juror": juror_id, "exhibitor": nominee.exhibitor_id}
        record(deed, "juror.absent", f"award:{category.id}", facts)


def take_back_absence(deed: Deed, *, juror_id: int, nominee_ids: Sequence[int]) -> None:
    """A juror noted as absent came after all: the rows are awaited again, and closed sheets are open again.

    Refusals: `juror_not_found`, `nominee_not_found`, `marks_closed`, `not_absent`.
    """
    load_juror(deed, juror_id)
    for nominee_id in sorted(nominee_ids):
        nominee, category = load_nominee(deed, nominee_id)
        if category.state != CategoryState.MARKING:
            raise Refusal("marks_closed", {"category": category.code})
        if not is_absent(deed, juror_id, nominee_id):
            raise Refusal("not_absent")
        deed.session.execute(delete(Absence).where(Absence.juror_id == juror_id, Absence.nominee_id == nominee_id))
        deed.session.execute(
            delete(JurorClosing).where(JurorClosing.juror_id == juror_id, JurorClosing.category_id == category.id)
        )
        facts: dict[str, Json] = {"juror": juror_id, "exhibitor": nominee.exhibitor_id}
        record(deed, "juror.came", f"award:{category.id}", facts)


def sheet_of(deed: Deed, juror_id: int, nominee_id: int) -> MarkSheet | None:
    """Return what a juror gave a nominee, as it stands now, or None."""
    query = select(MarkSheet).where(MarkSheet.juror_id == juror_id, MarkSheet.nominee_id == nominee_id)
    return deed.session.scalars(query.execution_options(populate_existing=True)).first()


def is_excused(deed: Deed, juror_id: int, nominee: Nominee) -> bool:
    """Tell whether a juror need not mark a nominee."""
    recused = nominee.exhibitor_id is not None and is_recused(deed, juror_id, nominee.exhibitor_id)
    return recused or is_absent(deed, juror_id, nominee.id)


def is_recused(deed: Deed, juror_id: int, exhibitor_id: int) -> bool:
    """Tell whether a juror has declared a tie with an exhibitor."""
    query = select(Recusal.id).where(Recusal.juror_id == juror_id, Recusal.exhibitor_id == exhibitor_id)
    return deed.session.scalar(query) is not None


def is_absent(deed: Deed, juror_id: int, nominee_id: int) -> bool:
    """Tell whether a juror is noted as absent for a nominee."""
    query = select(Absence.id).where(Absence.juror_id == juror_id, Absence.nominee_id == nominee_id)
    return deed.session.scalar(query) is not None


def _lock_hidden_nominations(deed: Deed, edition_id: int, exhibitor_id: int) -> list[int]:
    """Nominee ids of an exhibitor in the categories whose marks are not opened, those categories held."""
    nominations = deed.session.execute(
        select(Nominee.id, AwardCategory.id)
        .join(AwardCategory, AwardCategory.id == Nominee.category_id)
        .where(AwardCategory.edition_id == edition_id, Nominee.exhibitor_id == exhibitor_id)
        .order_by(AwardCategory.id)
    ).all()
    if not nominations:
        raise Refusal("nominee_not_found")
    hidden = [
        nominee
        for nominee, category in nominations
        if load_category(deed, category).state in {CategoryState.DRAFT, CategoryState.MARKING}
    ]
    if not hidden:
        raise Refusal("marks_closed", {"category": ""})
    return hidden


def _remove_rows(deed: Deed, juror_id: int, nominee_ids: Collection[int]) -> int:
    given = deed.session.execute(
        select(MarkSheet.id, Nominee.category_id)
        .join(Nominee, Nominee.id == MarkSheet.nominee_id)
        .where(MarkSheet.juror_id == juror_id, MarkSheet.nominee_id.in_(list(nominee_ids)))
    ).all()
    ids = [sheet for sheet, _ in given]
    deed.session.execute(delete(Mark).where(Mark.sheet_id.in_(ids)))
    deed.session.execute(delete(MarkSheet).where(MarkSheet.id.in_(ids)))
    typed = delete(PaperSheet).where(PaperSheet.juror_id == juror_id, PaperSheet.nominee_id.in_(list(nominee_ids)))
    deed.session.execute(typed)
    for _, category_id in given:
        if (closing := deed.session.get(JurorClosing, (juror_id, category_id))) is not None:
            closing.sheets -= 1
    return len(ids)
