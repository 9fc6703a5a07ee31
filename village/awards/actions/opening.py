"""The chair opens the marks of a category together; the organiser publishes the ranking."""

from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from village.audit.actions import record
from village.awards import rules
from village.awards.actions.loading import criteria_of, list_seats, load_category, sits_on
from village.awards.models import (
    Absence,
    AwardCategory,
    AwardResult,
    Juror,
    JurorAssignment,
    JurorClosing,
    Nominee,
    PaperSheet,
    Recusal,
)
from village.awards.queries.judged import SealedSheet, load_sheets, terms_of
from village.awards.rules import AwardClass, CategoryState, DecidedBy, Panel, Seat, Standing, TieRule
from village.kit.deeds import Deed
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from village.kit.db import Json


def open_marks(deed: Deed, *, category_id: int) -> None:
    """The chair opens the marks of a category, all together; the ranking is computed and kept.

    Refusals: `category_not_found`, `not_the_chair`, `rules_not_committed`, `already_opened`,
    `marks_missing` {count}, `nothing_marked`, `paper_sheets_wait` {count} for what was typed from paper and nobody
    has confirmed, `sheets_not_closed` {count} while a juror who marked has not closed
    (who has no account gave signed paper, which is closed), `vote_still_open`, `seals_broken` {count} where marks
    were changed otherwise than by a deed.
    """
    category = load_category(deed, category_id)
    jurors = list_seats(deed, category.edition_id)
    chair = next((juror for juror in jurors if juror.seat == Seat.CHAIR), None)
    if chair is None or not sits_on(deed, chair):
        raise Refusal("not_the_chair")
    if category.state == CategoryState.DRAFT:
        raise Refusal("rules_not_committed", {"category": category.code})
    if category.state != CategoryState.MARKING:
        raise Refusal("already_opened", {"category": category.code})
    sheets = load_sheets(deed.session, category_id)
    if objections := _objections_to_opening(deed, category, jurors, sheets):
        raise Refusal.of(objections)
    keep_results(deed, category, judge(deed, category, sheets))
    category.state = CategoryState.OPENED
    category.opened_at = deed.now
    facts: dict[str, Json] = {
        "sheets": len(sheets),
        "jurors": len({one.sheet.juror_id for one in sheets}),
        # Whoever holds the lines of the log recomputes it from the last seal of each sheet.
        "seals": sha256("".join(sorted(one.seal for one in sheets)).encode()).hexdigest(),
    }
    terms = terms_of(deed.session, category_id, category.panel, vote=_has_vote(category))
    if terms.votes is not None:
        facts["votes"] = [[one.id, terms.votes.get(one.id, 0)] for one in category.nominees]
    record(deed, "marks.opened", f"award:{category_id}", facts)


def confirm_honours(deed: Deed, *, category_id: int) -> None:
    """Fix who is honoured without marks; from now on citations are written, and the honours can be published.

    Refusals: `category_not_found`, `award_is_marked`, `already_opened`, `nominees_too_few`.
    """
    category = load_category(deed, category_id)
    if category.award_class != AwardClass.HONOUR:
        raise Refusal("award_is_marked", {"category": category.code})
    if category.state != CategoryState.DRAFT:
        raise Refusal("already_opened", {"category": category.code})
    if not category.nominees:
        raise Refusal("nominees_too_few", {"nominees": 0, "winners": 1})
    category.state = CategoryState.OPENED
    category.ruled_at = category.opened_at = deed.now
    honoured: list[Json] = [one.exhibitor_id for one in category.nominees]
    record(deed, "award.honours_confirmed", f"award:{category_id}", {"code": category.code, "exhibitors": honoured})


def publish_results(deed: Deed, *, category_id: int, drawn: Collection[str] = ()) -> None:
    """Make what came of a category public: the ranking of an opened one, its honours, or its draw.

    `drawn` are the codes of the draws that are concluded, a fact of the draws.

    Refusals: `category_not_found`, `marks_hidden`, `already_published`, `award_draw_awaited` {draw}, and
    `tie_waits_for_lot` {rank} while a winning rank is shared and the rules give it to a lot.
    """
    category = load_category(deed, category_id)
    if category.state == CategoryState.PUBLISHED:
        raise Refusal("already_published", {"category": category.code})
    by_draw = category.award_class == AwardClass.CHANCE
    if category.state != CategoryState.OPENED and not by_draw:
        raise Refusal("marks_hidden", {"category": category.code})
    if by_draw and category.draw_code not in drawn:
        raise Refusal("award_draw_awaited", {"draw": category.draw_code})
    rows = deed.session.execute(
        select(Nominee.exhibitor_id, AwardResult)
        .join(AwardResult, AwardResult.nominee_id == Nominee.id)
        .where(AwardResult.category_id == category_id)
        .order_by(AwardResult.rank, Nominee.position)
    ).all()
    waiting = [row.rank for _, row in rows if row.rank <= category.winners and row.decided_by == DecidedBy.EX_AEQUO]
    if waiting and category.tie_rule == TieRule.LOT:
        raise Refusal("tie_waits_for_lot", {"rank": waiting[0]})
    category.state = CategoryState.PUBLISHED
    category.published_at = deed.now
    ranking: list[Json] = [_ranked(exhibitor, row) for exhibitor, row in rows]
    facts: dict[str, Json] = {"code": category.code, "ranking": ranking}
    if by_draw:
        facts["draw"] = category.draw_code
    record(deed, "award.published", f"award:{category_id}", facts)


def judge(deed: Deed, category: AwardCategory, sheets: Sequence[SealedSheet]) -> tuple[Standing, ...]:
    """Rank a category from its sheets, ballots and the lots drawn so far."""
    chair = next((one.id for one in list_seats(deed, category.edition_id) if one.seat == Seat.CHAIR), None)
    terms = terms_of(deed.session, category.id, category.panel, vote=_has_vote(category))
    return rules.rank_nominees(criteria_of(category), [one.sheet for one in sheets], chair, terms)


def keep_results(deed: Deed, category: AwardCategory, standings: Iterable[Standing]) -> None:
    """Keep a ranking in the place of the one before."""
    deed.session.execute(delete(AwardResult).where(AwardResult.category_id == category.id))
    for one in standings:
        mean, heaviest = rules.storable(one.mean), rules.storable(one.heaviest_mean)
        freed = None if one.adjusted is None else rules.storable(one.adjusted)
        deed.session.add(
            AwardResult(
                nominee_id=one.nominee_id,
                category_id=category.id,
                rank=one.rank,
                mean_numerator=mean.numerator,
                mean_denominator=mean.denominator,
                heaviest_numerator=heaviest.numerator,
                heaviest_denominator=heaviest.denominator,
                jurors=one.jurors,
                tied_with_next=one.tied_with_next,
                decided_by=one.decided_by.value,
                adjusted_numerator=None if freed is None else freed.numerator,
                adjusted_denominator=None if freed is None else freed.denominator,
                votes=one.votes,
            )
        )


def _objections_to_opening(
    deed: Deed, category: AwardCategory, jurors: Sequence[Juror], sheets: Sequence[SealedSheet]
) -> list[Refusal]:
    found = []
    if awaited := _awaited(deed, category, jurors, sheets):
        found.append(Refusal("marks_missing", {"count": len(awaited), "category": category.code}))
    if not sheets:
        found.append(Refusal("nothing_marked", {"category": category.code}))
    marked = {one.sheet.juror_id for one in sheets}
    with_account = {one.id for one in jurors if one.account_id is not None and one.id in marked}
    query = select(JurorClosing.juror_id).where(JurorClosing.category_id == category.id)
    if still := with_account - set(deed.session.scalars(query)):
        found.append(Refusal("sheets_not_closed", {"count": len(still)}))
    named = [one.id for one in category.nominees]
    typed = select(func.count()).select_from(PaperSheet).where(PaperSheet.nominee_id.in_(named))
    if waiting := deed.session.scalar(typed):
        found.append(Refusal("paper_sheets_wait", {"count": waiting}))
    if _has_vote(category) and category.vote_closes_at and deed.now < category.vote_closes_at:
        found.append(Refusal("vote_still_open"))
    if broken := sum(not one.fits for one in sheets):
        found.append(Refusal("seals_broken", {"count": broken}))
    return found


def _awaited(
    deed: Deed, category: AwardCategory, jurors: Sequence[Juror], sheets: Sequence[SealedSheet]
) -> list[tuple[int, int]]:
    nominees = [one.id for one in category.nominees]
    recused = deed.session.execute(
        select(Recusal.juror_id, Nominee.id)
        .join(Nominee, Nominee.exhibitor_id == Recusal.exhibitor_id)
        .where(Nominee.category_id == category.id)
    )
    absent = deed.session.execute(
        select(Absence.juror_id, Absence.nominee_id).where(Absence.nominee_id.in_(nominees))
    )
    assigned = deed.session.execute(
        select(JurorAssignment.juror_id, JurorAssignment.nominee_id).where(JurorAssignment.nominee_id.in_(nominees))
    )
    pairs = {(juror, nominee) for juror, nominee in assigned}
    rows = rules.rows_to_mark([one.id for one in jurors], nominees, Panel(category.panel), pairs)
    excused = [(juror, nominee) for found in (recused, absent) for juror, nominee in found]
    return rules.unmarked_rows(rows, excused, [(one.sheet.juror_id, one.sheet.nominee_id) for one in sheets])


def _has_vote(category: AwardCategory) -> bool:
    return rules.voted(criteria_of(category)) is not None


def _ranked(exhibitor: int | None, row: AwardResult) -> "Json":
    line: dict[str, Json] = {
        "exhibitor": exhibitor,
        "rank": row.rank,
        "mean": f"{row.mean_numerator}/{row.mean_denominator}",
    }
    if row.adjusted_numerator is not None:
        line["adjusted"] = f"{row.adjusted_numerator}/{row.adjusted_denominator}"
    return line
