"""Who was honoured: the published awards of an edition, the years before, the votes that are open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village.awards.models import AwardBallot, AwardCategory
from village.awards.queries.categories import list_categories
from village.awards.queries.results import list_standings
from village.awards.queries.rows import CategoryRow, NomineeRow, StandingRow
from village.awards.rules import AwardClass, CategoryState, DecidedBy
from village.editions.queries import EditionView, get_edition, list_editions
from village.exhibitors.queries import ExhibitorRow, list_exhibitors


@dataclass(frozen=True)
class Laureate:
    """Who holds a winning rank, or an honour; `mean` and `decided_by` only where a jury marked."""

    nominee_id: int
    exhibitor_id: int | None
    code: str
    name_ar: str
    name_fr: str
    rank: int
    mean: Fraction | None
    adjusted: Fraction | None
    decided_by: DecidedBy | None
    citation_ar: str
    citation_fr: str
    is_joint: bool


@dataclass(frozen=True)
class PalmaresEntry:
    """A published category and who was honoured in it; by lot: nobody here, see its draw."""

    category: CategoryRow
    laureates: tuple[Laureate, ...]


@dataclass(frozen=True)
class Palmares:
    """All published awards of an edition."""

    edition: EditionView
    categories: tuple[PalmaresEntry, ...]


@dataclass(frozen=True)
class ArchiveYear:
    """An edition with published awards, and how many."""

    edition: EditionView
    categories: int


@dataclass(frozen=True)
class VotePaper:
    """A category on which visitors vote."""

    category: CategoryRow
    opens_at: datetime
    closes_at: datetime
    is_open: bool
    ballots: int


def get_palmares(session: Session, edition_id: int) -> Palmares:
    """Return the published awards of an edition (seven SQL queries). Refusal: `edition_not_found`."""
    exhibitors = {row.id: row for row in list_exhibitors(session, edition_id)}
    standings = list_standings(session, edition_id, published_only=True)
    return Palmares(
        get_edition(session, edition_id),
        tuple(
            PalmaresEntry(category, _laureates(category, standings.get(category.id, []), exhibitors))
            for category in list_categories(session, edition_id)
            if category.state is CategoryState.PUBLISHED
        ),
    )


def list_archive(session: Session) -> list[ArchiveYear]:
    """List the editions with published awards, the newest first (two SQL queries)."""
    rows = session.execute(
        select(AwardCategory.edition_id, func.count())
        .where(AwardCategory.state == CategoryState.PUBLISHED)
        .group_by(AwardCategory.edition_id)
    )
    counts = {edition: count for edition, count in rows}
    return [ArchiveYear(view, counts[view.id]) for view in reversed(list_editions(session)) if view.id in counts]


def list_vote_papers(session: Session, edition_id: int, now: datetime) -> list[VotePaper]:
    """List the ruled categories with a vote of visitors, open now or not (five SQL queries)."""
    rows = session.execute(
        select(AwardBallot.category_id, func.count())
        .join(AwardCategory, AwardCategory.id == AwardBallot.category_id)
        .where(AwardCategory.edition_id == edition_id)
        .group_by(AwardBallot.category_id)
    )
    ballots = {category: count for category, count in rows}
    return [
        VotePaper(
            category=one,
            opens_at=one.vote_opens_at,
            closes_at=one.vote_closes_at,
            is_open=one.state is CategoryState.MARKING and one.vote_opens_at <= now < one.vote_closes_at,
            ballots=ballots.get(one.id, 0),
        )
        for one in list_categories(session, edition_id)
        if one.has_vote and one.state is not CategoryState.DRAFT and one.vote_opens_at and one.vote_closes_at
    ]


def _laureates(
    category: CategoryRow, standings: list[StandingRow], exhibitors: Mapping[int, ExhibitorRow]
) -> tuple[Laureate, ...]:
    named = {one.id: one for one in category.nominees}
    if category.award_class is AwardClass.HONOUR:
        return tuple(_laureate(one, None, exhibitors, place) for place, one in enumerate(category.nominees, 1))
    winners = [row for row in standings if row.is_winner]
    ranks = [row.rank for row in winners]
    return tuple(
        _laureate(named[row.nominee_id], row, exhibitors, row.rank, is_joint=ranks.count(row.rank) > 1)
        for row in winners
    )


def _laureate(
    one: NomineeRow,
    row: StandingRow | None,
    exhibitors: Mapping[int, ExhibitorRow],
    rank: int,
    *,
    is_joint: bool = False,
) -> Laureate:
    exhibitor = exhibitors.get(one.exhibitor_id) if one.exhibitor_id is not None else None
    return Laureate(
        nominee_id=one.id,
        exhibitor_id=one.exhibitor_id,
        code=exhibitor.code if exhibitor else "",
        name_ar=one.name_ar or (exhibitor.name_ar if exhibitor else ""),
        name_fr=one.name_fr or (exhibitor.name_fr if exhibitor else ""),
        rank=rank,
        mean=row.mean if row else None,
        adjusted=row.adjusted if row else None,
        decided_by=row.decided_by if row else None,
        citation_ar=one.citation_ar,
        citation_fr=one.citation_fr,
        is_joint=is_joint,
    )
