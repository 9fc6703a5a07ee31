"""The chair opens the marks of a category together; the organiser publishes the ranking."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from village.audit.actions import record
from village.awards import rules
from village.awards.actions.loading import criteria_of, list_seats, load_category, sits_on
from village.awards.models import Absence, AwardCategory, AwardResult, Juror, Mark, MarkSheet, Nominee, Recusal
from village.awards.rules import CategoryState, Seat, Sheet
from village.kit.deeds import Deed
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.kit.db import Json


def open_marks(deed: Deed, *, category_id: int) -> None:
    """The chair opens the marks of a category, all together; the ranking is computed and kept.

    Refusals: `category_not_found`, `not_the_chair`, `rules_not_committed`, `already_opened`,
    `marks_missing` {count}, `nothing_marked`.
    """
    category = load_category(deed, category_id)
    jurors = list_seats(deed, category.edition_id)
    chair = next(juror for juror in jurors if juror.seat == Seat.CHAIR) if jurors else None
    if chair is None or not sits_on(deed, chair):
        raise Refusal("not_the_chair")
    if category.state == CategoryState.DRAFT:
        raise Refusal("rules_not_committed", {"category": category.code})
    if category.state != CategoryState.MARKING:
        raise Refusal("already_opened", {"category": category.code})
    sheets = _sheets(deed, category_id)
    if awaited := _awaited(deed, category, jurors, sheets):
        raise Refusal("marks_missing", {"count": len(awaited), "category": category.code})
    if not sheets:
        raise Refusal("nothing_marked", {"category": category.code})
    _keep_results(deed, category_id, rules.rank_nominees(criteria_of(category), sheets, chair.id))
    category.state = CategoryState.OPENED
    category.opened_at = deed.now
    record(deed, "marks.opened", f"award:{category_id}", {"sheets": len(sheets), "jurors": len(jurors)})


def publish_results(deed: Deed, *, category_id: int) -> None:
    """Make the ranking of an opened category public.

    Refusals: `category_not_found`, `marks_hidden`, `already_published`.
    """
    category = load_category(deed, category_id)
    if category.state == CategoryState.PUBLISHED:
        raise Refusal("already_published", {"category": category.code})
    if category.state != CategoryState.OPENED:
        raise Refusal("marks_hidden", {"category": category.code})
    category.state = CategoryState.PUBLISHED
    category.published_at = deed.now
    rows = deed.session.execute(
        select(Nominee.exhibitor_id, AwardResult)
        .join(AwardResult, AwardResult.nominee_id == Nominee.id)
        .where(AwardResult.category_id == category_id)
        .order_by(AwardResult.rank, Nominee.position)
    ).all()
    ranking: list[Json] = [
        {"exhibitor": exhibitor, "rank": row.rank, "mean": f"{row.mean_numerator}/{row.mean_denominator}"}
        for exhibitor, row in rows
    ]
    record(deed, "award.published", f"award:{category_id}", {"code": category.code, "ranking": ranking})


def _sheets(deed: Deed, category_id: int) -> list[Sheet]:
    rows = deed.session.execute(
        select(MarkSheet.juror_id, MarkSheet.nominee_id, Mark.criterion_id, Mark.half_points)
        .join(Mark, Mark.sheet_id == MarkSheet.id)
        .join(Nominee, Nominee.id == MarkSheet.nominee_id)
        .where(Nominee.category_id == category_id)
    )
    marks: dict[tuple[int, int], dict[int, int]] = {}
    for juror, nominee, criterion, half in rows:
        marks.setdefault((juror, nominee), {})[criterion] = half
    return [Sheet(juror, nominee, given) for (juror, nominee), given in marks.items()]


def _awaited(
    deed: Deed, category: AwardCategory, jurors: Sequence[Juror], sheets: Sequence[Sheet]
) -> list[tuple[int, int]]:
    nominees = {one.exhibitor_id: one.id for one in category.nominees}
    recused = deed.session.execute(
        select(Recusal.juror_id, Recusal.exhibitor_id).where(Recusal.exhibitor_id.in_(nominees))
    )
    absent = deed.session.execute(
        select(Absence.juror_id, Absence.nominee_id).where(Absence.nominee_id.in_(nominees.values()))
    )
    excused = [(juror, nominees[exhibitor]) for juror, exhibitor in recused] + [(row[0], row[1]) for row in absent]
    given = [(sheet.juror_id, sheet.nominee_id) for sheet in sheets]
    return rules.unmarked_rows([one.id for one in jurors], nominees.values(), excused, given)


def _keep_results(deed: Deed, category_id: int, standings: Iterable[rules.Standing]) -> None:
    deed.session.add_all(
        AwardResult(
            nominee_id=one.nominee_id,
            category_id=category_id,
            rank=one.rank,
            mean_numerator=one.mean.numerator,
            mean_denominator=one.mean.denominator,
            heaviest_numerator=one.heaviest_mean.numerator,
            heaviest_denominator=one.heaviest_mean.denominator,
            jurors=one.jurors,
            tied_with_next=one.tied_with_next,
            decided_by=one.decided_by,
        )
        for one in standings
    )
